//! What is said digit by digit, or letter by letter, or keyed.

use std::ops::Range;

use super::{Filled, Said, filled, only_carried, spans};
use crate::lex::number;

/// A telephone number has so many digits, the country's code included.
const PHONE_NUMBER: [usize; 3] = [7, 10, 11];
/// The longest value of `AMAZON.AlphaNumeric`.
const ALPHANUMERIC: usize = 30;

/// `AMAZON.PhoneNumber`: the digits of the longest run that is a number's length, with a plus only where it was said.
pub(super) fn phone_number(said: Said<'_>) -> Option<Filled> {
    spans(said.words.len()).find_map(|span| {
        let digits = digits(said, &span)?;
        let plus = said.words.get(span.start).and_then(|first| said.text.get(..first.at.start)?.chars().next_back());
        let international = plus == Some('+') && (8..=15).contains(&digits.len());
        let interpreted = if international { format!("+{digits}") } else { digits.clone() };
        (international || PHONE_NUMBER.contains(&digits.len())).then(|| filled(said, span, &interpreted)).flatten()
    })
}

/// `AMAZON.AlphaNumeric`: single letters and digits in a row, or one word that has a digit. Only where nothing else is
/// said: letters and numbers are easily something else.
pub(super) fn alphanumeric(said: Said<'_>, carriers: &[String]) -> Option<Filled> {
    spans(said.words.len()).find_map(|span| {
        let mut value = String::new();
        for word in said.words.get(span.clone())? {
            match number::digits_of(&word.text, said.language) {
                Some(digits) => value.push_str(&digits),
                None if word.text.chars().count() == 1 || word.text.contains(|c: char| c.is_ascii_digit()) => {
                    value.push_str(&word.text.to_uppercase());
                }
                None => return None,
            }
        }
        let fits = value.len() <= ALPHANUMERIC && only_carried(said.words, &span, carriers);
        fits.then(|| filled(said, span, &value)).flatten()
    })
}

fn digits(said: Said<'_>, span: &Range<usize>) -> Option<String> {
    said.words.get(span.clone())?.iter().map(|word| number::digits_of(&word.text, said.language)).collect()
}
