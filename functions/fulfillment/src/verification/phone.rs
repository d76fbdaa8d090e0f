//! Phone numbers, normalised to E.164, so that "469-555-5555" on a chart is the "+14695555555" that calls.

use shared::phi::Phi;

use super::spoken_digits::digits;

/// A number in E.164: `+`, country code, national number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct E164(Phi<String>);

impl E164 {
    /// The number, for comparison and for Epic.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// How numbers are written where the site is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    country_code: String,
    national_digits: usize,
}

impl Numbering {
    /// Numbers of the country with `country_code` (digits only), whose national numbers have `national_digits` digits.
    pub fn new(country_code: String, national_digits: usize) -> Self {
        Self { country_code, national_digits }
    }

    /// The number that calls, as Connect gives it: E.164. `None` where it is withheld, anonymous, malformed or foreign.
    pub fn of_caller(&self, text: &str) -> Option<E164> {
        self.international(text.trim().strip_prefix('+')?)
    }

    /// A number that a caller says or keys: its digits, with or without the country code. `None` where it is not all of one.
    pub(crate) fn of_said(&self, said: &str) -> Option<E164> {
        let digits = digits(said);
        if digits.len() == self.national_digits {
            self.international(&format!("{}{digits}", self.country_code))
        } else {
            self.international(&digits)
        }
    }

    /// A number as a chart has it: with or without country code, in whatever punctuation. `None` where it is foreign, or
    /// anything but one number: an extension behind it makes it the number of a house and not of a person.
    pub fn of_chart(&self, text: &str) -> Option<E164> {
        let text = text.trim();
        let text = text.strip_prefix("tel:").unwrap_or(text);
        let (international, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let punctuation = |c: char| matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\u{2010}' | '\u{2011}');
        let digits: String = rest.chars().filter(|c| !punctuation(*c)).collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            None
        } else if !international && digits.len() == self.national_digits {
            self.international(&format!("{}{digits}", self.country_code))
        } else {
            self.international(&digits)
        }
    }

    /// Whether `number` stands in `text` in whatever form, with words, an extension or another number beside it: enough for
    /// a search to find by, never to verify by.
    pub fn mentions(&self, text: &str, number: &E164) -> bool {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        number.expose().get(1 + self.country_code.len()..).is_some_and(|national| digits.contains(national))
    }

    /// The national number, written in `format`, in which each `N` stands for a digit.
    pub fn write(&self, number: &E164, format: &str) -> String {
        let mut digits = number.expose().chars().skip(1 + self.country_code.len());
        format.chars().filter_map(|c| if c == 'N' { digits.next() } else { Some(c) }).collect()
    }

    fn international(&self, digits: &str) -> Option<E164> {
        let national = digits.strip_prefix(&self.country_code)?;
        let complete = national.len() == self.national_digits && national.bytes().all(|byte| byte.is_ascii_digit());
        (complete && !national.starts_with('0')).then(|| E164(Phi::new(format!("+{digits}"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn american() -> Numbering {
        Numbering::new("1".to_owned(), 10)
    }

    #[test]
    fn a_chart_may_punctuate_as_it_likes() {
        let number = american().of_caller("+14695555555");
        assert!(number.is_some());
        for text in [
            "469-555-5555",
            "(469) 555-5555",
            "469.555.5555",
            "4695555555",
            " 1-469-555-5555 ",
            "+1 469 555 5555",
            "+14695555555",
            "tel:+1-469-555-5555",
            "14695555555",
        ] {
            assert_eq!(american().of_chart(text), number, "{text}");
        }
    }

    #[test]
    fn what_is_not_exactly_one_number_of_this_country_is_none() {
        for text in [
            "",
            "555-5555",
            "469-555-5555 x12",
            "469-555-5555 ext. 12",
            "469-555-55556",
            "24695555555",
            "+4695555555",
            "+44 20 7946 0958",
            "469-555-5555 / 469-555-5556",
            "call his wife",
            "069-555-5555",
            "٤٦٩٥٥٥٥٥٥٥",
        ] {
            assert_eq!(american().of_chart(text), None, "{text}");
        }
    }

    #[test]
    fn a_calling_number_is_e164_of_this_country_or_none() {
        for text in
            ["anonymous", "", "4695555555", "+442079460958", "+266696687", "+1469555555", "sip:a@b", "+1469555555a"]
        {
            assert_eq!(american().of_caller(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_said_with_or_without_country_code_and_in_either_language() {
        let number = american().of_caller("+14695555555");
        for said in [
            "469 555 5555",
            "+1 469-555-5555",
            "one four six nine five five five five five five five",
            "four six nine, five five five, fifty five fifty five",
            "cuatro seis nueve cinco cinco cinco cinco cinco cinco cinco",
            "4695555555#",
        ] {
            assert_eq!(american().of_said(said), number, "{said}");
        }
        for said in ["555-5555", "469 555 55555", "", "my wife's", "+44 20 7946 0958", "0695555555"] {
            assert_eq!(american().of_said(said), None, "{said}");
        }
    }

    #[test]
    fn a_number_is_written_in_each_format() {
        let number = american().of_caller("+14695550123").unwrap();
        for (format, expected) in
            [("NNN-NNN-NNNN", "469-555-0123"), ("+1NNNNNNNNNN", "+14695550123"), ("(NNN) NNN-NNNN", "(469) 555-0123")]
        {
            assert_eq!(american().write(&number, format), expected);
        }
    }

    #[test]
    fn debug_text_holds_no_number() {
        assert!(!format!("{:?}", american().of_caller("+14695555555")).contains("469"));
    }
}
