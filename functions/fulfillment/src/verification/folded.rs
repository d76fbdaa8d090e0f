//! Text as it is compared: in lower case and without diacritics, so that "Núñez" is "NUNEZ", however either was written.

/// `text` in lower case and without diacritics. A letter that is written in two ways gets the plainer one ("ø" is "o",
/// "ß" is "ss"); what has no plainer form stays.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            // Marks that stand by themselves, after their letter.
            '\u{300}'..='\u{36f}' => {}
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => folded.push('a'),
            'æ' => folded.push_str("ae"),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ể' | 'ễ' | 'ẽ' | 'ẹ' | 'ẻ' =>
            {
                folded.push('e');
            }
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => folded.push('g'),
            'ĥ' | 'ħ' => folded.push('h'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' => folded.push('i'),
            'ĵ' => folded.push('j'),
            'ķ' => folded.push('k'),
            'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => folded.push('n'),
            'ò'..='ö'
            | 'ø'
            | 'ō'
            | 'ŏ'
            | 'ő'
            | 'ơ'
            | 'ọ'
            | 'ỏ'
            | 'ố'
            | 'ồ'
            | 'ổ'
            | 'ỗ'
            | 'ộ'
            | 'ớ'
            | 'ờ'
            | 'ở'
            | 'ỡ'
            | 'ợ' => folded.push('o'),
            'œ' => folded.push_str("oe"),
            'ŕ' | 'ŗ' | 'ř' => folded.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => folded.push('s'),
            'ß' => folded.push_str("ss"),
            'ţ' | 'ť' | 'ŧ' | 'ț' => folded.push('t'),
            'þ' => folded.push_str("th"),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' =>
            {
                folded.push('u');
            }
            'ŵ' => folded.push('w'),
            'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' | 'ạ' | 'ả' => {
                folded.push('a')
            }
            other => folded.push(other),
        }
    }
    folded
}

/// The words of `text`, [`folded`]. An apostrophe is no end of a word: "that's" is "thats", "O'Brien" is "obrien".
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let closed: String = folded.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´')).collect();
    closed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_diacritics_make_no_difference() {
        for (text, plain) in [
            ("Núñez", "nunez"),
            ("NU\u{301}N\u{303}EZ", "nunez"),
            ("Müller", "muller"),
            ("Strauß", "strauss"),
            ("Øystein", "oystein"),
            ("Nguyễn", "nguyen"),
            ("Łukasz", "lukasz"),
            ("İbrahim", "ibrahim"),
            ("Ĺubomír", "lubomir"),
            ("王", "王"),
        ] {
            assert_eq!(folded(text), plain, "{text}");
        }
    }

    #[test]
    fn an_apostrophe_ends_no_word_and_a_hyphen_does() {
        assert_eq!(words("That’s O'Brien-Smith, sí."), ["thats", "obrien", "smith", "si"]);
    }
}
