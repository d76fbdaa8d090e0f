//! Words as names and answers are compared: as anybody's are listened to, and letters that are written in two ways in the
//! plainer one, so that "Strauß" is "STRAUSS" and "Øystein" is "Oystein", however either was written.

use crate::listening;

/// The words of `text`, in lower case, without diacritics, apostrophes and punctuation.
pub(crate) fn words(text: &str) -> Vec<String> {
    listening::words(text).iter().map(|word| plainer(word)).collect()
}

fn plainer(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            'æ' => plain.push_str("ae"),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'œ' => plain.push_str("oe"),
            'ß' => plain.push_str("ss"),
            'ŧ' => plain.push('t'),
            'þ' => plain.push_str("th"),
            other => plain.push(other),
        }
    }
    plain
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
            assert_eq!(words(text), [plain], "{text}");
        }
    }

    #[test]
    fn an_apostrophe_ends_no_word_and_a_hyphen_does() {
        assert_eq!(words("That’s O'Brien-Smith, sí."), ["thats", "obrien", "smith", "si"]);
    }
}
