//! Numbers as people say them in English: "twelfth", "twenty first", "oh nine", "12th", "nineteen eighty-seven".

use super::{Reading, digits};

const UNITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TEENS: [&str; 10] =
    ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
const TENS: [(&str, i16); 8] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];
const ORDINALS: [(&str, i16); 20] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
];

/// A single digit: "nine", "oh", "9".
pub(crate) fn digit(word: &str) -> Option<i16> {
    match word {
        "oh" | "o" => Some(0),
        _ if word.len() == 1 => word.parse().ok(),
        _ => position(&UNITS, word),
    }
}

/// Days and months: one or two digits, cardinal or ordinal. The longest reading first.
pub(crate) fn day_or_month(words: &[&str]) -> Vec<Reading> {
    let mut readings = Vec::new();
    if let Some(&first) = words.first() {
        let second = words.get(1).copied().unwrap_or_default();
        if let Some(tens) = tens(first) {
            readings.extend(unit(second).or_else(|| ordinal(second).filter(|&n| n < 10)).map(|unit| (tens + unit, 2)));
        }
        if matches!(first, "oh" | "o" | "zero") {
            readings.extend(unit(second).or_else(|| ordinal(second).filter(|&n| n < 10)).map(|unit| (unit, 2)));
        }
        readings.extend(
            digits(first, 1..=2)
                .or_else(|| unit(first))
                .or_else(|| teen(first))
                .or_else(|| tens(first))
                .map(|n| (n, 1)),
        );
        readings.extend(ordinal(first).map(|n| (n, 1)));
    }
    readings
}

/// Whether a word is an ordinal: "twelfth", "12th".
pub(crate) fn is_ordinal(word: &str) -> bool {
    ordinal(word).is_some()
}

/// Years that were said in full, and how many words they take: "1987", "nineteen eighty-seven", "two thousand and
/// five", "one nine eight seven". The longest reading first.
pub(crate) fn full_year(words: &[&str]) -> Vec<Reading> {
    let mut readings = Vec::new();
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    if words.len() >= 4 {
        let digits: Option<Vec<i16>> = words.iter().take(4).map(|word| digit(word)).collect();
        readings.extend(digits.map(|digits| (digits.iter().fold(0, |year, digit| year * 10 + digit), 4)));
    }
    readings.extend(digits(word(0), 4..=4).map(|year| (year, 1)));
    // "two thousand", "one thousand nine hundred eighty-seven".
    if let Some(thousands) = unit(word(0)).filter(|_| word(1) == "thousand") {
        let hundreds = unit(word(2)).filter(|_| word(3) == "hundred");
        let (base, used) = hundreds.map_or((thousands * 1000, 2), |h| (thousands * 1000 + h * 100, 4));
        readings.extend(with_rest(words, base, used));
    }
    // "nineteen hundred", "nineteen hundred and five", "nineteen eighty-seven", "twenty twelve", "19 87".
    let century = teen(word(0)).or_else(|| tens(word(0))).or_else(|| digits(word(0), 2..=2));
    if let Some(century) = century.filter(|century| (18..=21).contains(century)) {
        if word(1) == "hundred" {
            readings.extend(with_rest(words, century * 100, 2));
        } else {
            let rest = two_digits(words.get(1..).unwrap_or_default());
            readings.extend(rest.map(|(n, used)| (century * 100 + n, used + 1)));
        }
    }
    readings.sort_by_key(|&(_, used)| std::cmp::Reverse(used));
    readings
}

/// The last two digits of a year: "eighty-seven", "oh five", "87".
pub(crate) fn two_digits(words: &[&str]) -> Option<Reading> {
    let first = words.first().copied()?;
    let second = words.get(1).copied().unwrap_or_default();
    if matches!(first, "oh" | "o" | "zero") {
        return digit(second).map(|n| (n, 2));
    }
    if let Some(tens) = tens(first) {
        return Some(unit(second).filter(|&n| n > 0).map_or((tens, 1), |unit| (tens + unit, 2)));
    }
    teen(first).or_else(|| digits(first, 2..=2)).map(|n| (n, 1))
}

/// `base` alone, and with what follows it: "two thousand", "two thousand (and) five".
fn with_rest(words: &[&str], base: i16, used: usize) -> Vec<Reading> {
    let and = usize::from(words.get(used).is_some_and(|&word| word == "and"));
    let rest = words.get(used + and..).unwrap_or_default();
    let small = two_digits(rest).or_else(|| rest.first().and_then(|word| unit(word)).map(|n| (n, 1)));
    small.map(|(n, more)| (base + n, used + and + more)).into_iter().chain([(base, used)]).collect()
}

fn unit(word: &str) -> Option<i16> {
    position(&UNITS, word)
}

fn teen(word: &str) -> Option<i16> {
    position(&TEENS, word).map(|n| n + 10)
}

fn tens(word: &str) -> Option<i16> {
    TENS.iter().find(|(name, _)| *name == word).map(|&(_, n)| n)
}

fn ordinal(word: &str) -> Option<i16> {
    let written = || {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix))?;
        digits.parse().ok().filter(|n| (1..=31).contains(n))
    };
    let named = ORDINALS.iter().find(|(name, _)| *name == word).map(|&(_, n)| n);
    named.or_else(|| (word == "thirtieth").then_some(30)).or_else(written)
}

fn position(names: &[&str; 10], word: &str) -> Option<i16> {
    names.iter().position(|name| *name == word).and_then(|at| i16::try_from(at).ok())
}
