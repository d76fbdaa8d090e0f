//! The numbers in a name and in what a caller says: "warfarin, five milligrams", "the twelve point five one". They tell two
//! orders of one medication apart.

use crate::listening::words;
use crate::number_words::{is_zero, spanish_hundreds, spanish_tens, spanish_unit, tens, unit};

/// A number that is being put together from words.
#[derive(Default)]
struct Spoken {
    whole: Option<u32>,
    decimals: Option<String>,
}

/// The numbers in `text`, in digits and in words, as they are written without commas and needless zeros.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut spoken = Spoken::default();
    for token in text.split(|c: char| c.is_whitespace() || c == '-') {
        let digits = token.trim_start_matches(|c: char| !c.is_ascii_digit());
        if digits.len() + 1 >= token.len() && !digits.is_empty() {
            spoken.end(&mut found);
            let number: String = digits.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
            found.extend(written(&number.replace(',', "")));
        } else if !words(token).iter().all(|word| spoken.take(word, &mut found)) {
            spoken.end(&mut found);
        }
    }
    spoken.end(&mut found);
    found
}

impl Spoken {
    /// Takes a word of a number; `false` where it is none.
    fn take(&mut self, word: &str, found: &mut Vec<String>) -> bool {
        if matches!(word, "and" | "y") {
            return true;
        }
        if matches!(word, "point" | "punto" | "coma") {
            self.decimals = Some(String::new());
            return true;
        }
        let small = unit(word).or_else(|| spanish_unit(word)).or_else(|| is_zero(word).then_some(0));
        if let (Some(decimals), Some(digit)) = (&mut self.decimals, small.or_else(|| tens(word))) {
            decimals.push_str(&digit.to_string());
            return true;
        }
        match (word, self.whole) {
            ("hundred", Some(whole)) => self.whole = Some(whole.saturating_mul(100)),
            ("thousand" | "mil", whole) => self.whole = Some(whole.unwrap_or(1).saturating_mul(1000)),
            _ => {
                let (value, room) = match (small, tens(word).or_else(|| spanish_tens(word)), spanish_hundreds(word)) {
                    (Some(value), ..) => (value, if value < 10 { 10 } else { 100 }),
                    (_, Some(value), _) => (value, 100),
                    (.., Some(value)) => (value, 1000),
                    _ => return false,
                };
                // "Twenty" and "five" are one number, "five" and "twenty" are two.
                match self.whole {
                    Some(whole) if whole > 0 && whole % room == 0 => self.whole = Some(whole.saturating_add(value)),
                    _ => {
                        self.end(found);
                        self.whole = Some(value);
                    }
                }
            }
        }
        true
    }

    fn end(&mut self, found: &mut Vec<String>) {
        let Self { whole, decimals } = std::mem::take(self);
        if whole.is_some() || decimals.as_ref().is_some_and(|decimals| !decimals.is_empty()) {
            found.extend(written(&format!("{}.{}", whole.unwrap_or(0), decimals.unwrap_or_default())));
        }
    }
}

/// "12.50" is "12.5", and "5." is "5".
fn written(number: &str) -> Option<String> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let (whole, decimals) =
        (whole.trim_start_matches('0'), decimals.trim_end_matches(|c: char| !c.is_ascii_digit() || c == '0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let number = if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") };
    (number != "0").then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_digits_and_in_words() {
        for (text, expected) in [
            ("warfarin 5 milligrams", vec!["5"]),
            ("Amoxicillin 1,000 milligrams and 12.50 milligrams", vec!["1000", "12.5"]),
            ("the five milligram one", vec!["5", "1"]),
            ("twenty five", vec!["25"]),
            ("twenty-five", vec!["25"]),
            ("twelve point five milligrams", vec!["12.5"]),
            ("point five", vec!["0.5"]),
            ("zero point zero two", vec!["0.02"]),
            ("one hundred twenty five", vec!["125"]),
            ("two hundred and fifty", vec!["250"]),
            ("one thousand", vec!["1000"]),
            ("five twenty", vec!["5", "20"]),
            ("veinticinco", vec!["25"]),
            ("ciento veinte", vec!["120"]),
            ("treinta y cinco miligramos", vec!["35"]),
            ("mil quinientos", vec!["1500"]),
            ("doce punto cinco", vec!["12.5"]),
            ("10mg", vec!["10"]),
            ("lisinopril", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }
}
