//! Numbers as people say them in dates and telephone numbers, in the languages of the bots.

pub(crate) mod english;
pub(crate) mod spanish;

use super::language::Language;

/// A way to read the first words as a number: its value, and how many words it takes.
pub(crate) type Reading = (i16, usize);

/// The digits of one word: "five", "5", "0555", "oh"; "cinco", "cero".
pub(crate) fn digits_of(word: &str, language: Language) -> Option<String> {
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
        return Some(word.to_owned());
    }
    let digit = match language {
        Language::English => english::digit(word),
        Language::Spanish => spanish::digit(word),
    };
    digit.map(|digit| digit.to_string())
}

/// A word of digits, as many as `lengths` allows.
fn digits(word: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let all_digits = word.bytes().all(|b| b.is_ascii_digit());
    (all_digits && lengths.contains(&word.len())).then(|| word.parse().ok()).flatten()
}
