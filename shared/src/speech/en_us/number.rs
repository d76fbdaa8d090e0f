//! Numbers as a person says them in English: whole ones in digits, which every voice reads, decimals in words.

use crate::speech::fact::Number;
use crate::speech::number::with_commas;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// "1,000", "zero point five".
pub(super) fn number(number: Number) -> String {
    let digits = number.digits();
    digits.split_once('.').map_or_else(|| with_commas(&digits), |(whole, decimals)| decimal(whole, decimals))
}

/// A number with its decimals, from its digits.
pub(super) fn decimal(whole: &str, decimals: &str) -> String {
    let decimals = decimals.bytes().map(|digit| word(ONES.get(usize::from(digit.wrapping_sub(b'0')))));
    let decimals = decimals.collect::<Vec<_>>().join(" ");
    let whole = whole.parse::<usize>().ok().and_then(in_words).unwrap_or_else(|| with_commas(whole));
    format!("{whole} point {decimals}")
}

/// What a word in small letters amounts to: up to twenty, and the tens.
pub(in crate::speech) fn value(word: &str) -> Option<u8> {
    let position = |words: &[&str]| words.iter().position(|known| !known.is_empty() && *known == word);
    let value = position(&ONES).or_else(|| Some(position(&TENS)? * 10))?;
    u8::try_from(value).ok()
}

/// Below a thousand.
fn in_words(number: usize) -> Option<String> {
    Some(match number {
        0..20 => word(ONES.get(number)).to_owned(),
        20..100 if number.is_multiple_of(10) => word(TENS.get(number / 10)).to_owned(),
        20..100 => format!("{}-{}", word(TENS.get(number / 10)), word(ONES.get(number % 10))),
        100..1000 if number.is_multiple_of(100) => format!("{} hundred", word(ONES.get(number / 100))),
        100..1000 => format!("{} hundred {}", word(ONES.get(number / 100)), in_words(number % 100)?),
        _ => return None,
    })
}

fn word(word: Option<&&'static str>) -> &'static str {
    word.copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_said_digit_by_digit_behind_the_point() {
        for (value, said) in [
            (0.5, "zero point five"),
            (0.025, "zero point zero two five"),
            (33.33, "thirty-three point three three"),
            (112.5, "one hundred twelve point five"),
            (1250.5, "1,250 point five"),
            (10000.0, "10,000"),
            (1.0, "1"),
        ] {
            assert_eq!(number(Number::of(value).unwrap()), said);
        }
    }
}
