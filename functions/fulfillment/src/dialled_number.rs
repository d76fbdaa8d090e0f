//! A telephone number that a caller is told to dial.

/// 3 to 15 digits, written as people write it: with a plus, hyphens, points, blanks and parentheses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialledNumber(String);

impl DialledNumber {
    /// Reads one. One of the North American plan in E.164 is written as people there write it, so that it is said in groups
    /// and can be dialled as it is said.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let written = text.chars().all(|c| c.is_ascii_digit() || " +-.()".contains(c));
        let number = north_american(text).unwrap_or_else(|| text.to_owned());
        (written && text.len() <= 30 && (3..=15).contains(&digits)).then_some(Self(number))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn north_american(text: &str) -> Option<String> {
    let digits =
        text.strip_prefix("+1").filter(|digits| digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    Some(format!("1-{}-{}-{}", digits.get(..3)?, digits.get(3..6)?, digits.get(6..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_can_be_dialled_is_taken_as_it_is_written() {
        for number in ["911", "112", "1-800-222-1222", "+1 (800) 222.1222"] {
            assert_eq!(DialledNumber::parse(number).unwrap().as_str(), number);
        }
        assert_eq!(DialledNumber::parse("+14695550100").unwrap().as_str(), "1-469-555-0100");
        assert_eq!(DialledNumber::parse("+442079460958").unwrap().as_str(), "+442079460958");
        assert_eq!(DialledNumber::parse(" 911 ").unwrap().as_str(), "911");
        for none in ["", "91", "nine one one", "1-800-POISON", "1234567890123456", "911;", "<911>"] {
            assert_eq!(DialledNumber::parse(none), None, "{none}");
        }
    }
}
