//! The numbers in a spoken or written date, to find out whether its year was said.

use jiff::civil::Date;

/// The numbers of an utterance, in order: "September twelfth nineteen eighty-seven" has 12, 19 and 87.
#[derive(Default)]
pub(super) struct SpokenNumbers {
    numbers: Vec<u32>,
    /// Whether the last one is a bare ten ("twenty"), which a following "first" or "two" completes.
    open: bool,
}

impl SpokenNumbers {
    /// Reads `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut spoken = Self::default();
        for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            spoken.add(word);
        }
        spoken
    }

    /// Whether they say the year of `date`: whole, in two parts, digit by digit, or in two digits beside the day.
    pub(super) fn say_year(&self, date: Date) -> bool {
        let (Ok(year), Ok(day)) = (u32::try_from(date.year()), u32::try_from(date.day())) else {
            return false;
        };
        let pairs = || self.numbers.windows(2).filter_map(|pair| <[u32; 2]>::try_from(pair).ok());
        // "nineteen, eighty-seven"; "two thousand, four".
        let in_two = |[a, b]: [u32; 2]| {
            b < 100
                && ((10..100).contains(&a) && a * 100 + b == year
                    || a >= 1000 && a % 100 == 0 && a.checked_add(b) == Some(year))
        };
        let by_digit = |digits: &[u32]| {
            digits.iter().all(|digit| *digit < 10) && digits.iter().fold(0, |sum, digit| sum * 10 + digit) == year
        };
        self.numbers.contains(&year)
            || pairs().any(in_two)
            || self.numbers.windows(4).any(by_digit)
            || self.say_in_two_digits(year % 100, day)
    }

    /// Whether they say `year` (of two digits) and, beside it, `day`: in "September 27" the 27 is the day.
    fn say_in_two_digits(&self, year: u32, day: u32) -> bool {
        let mut others = self.numbers.clone();
        let Some(at) = others.iter().rposition(|number| *number == year) else {
            return false;
        };
        others.remove(at);
        others.contains(&day)
    }

    fn add(&mut self, word: &str) {
        let open = std::mem::take(&mut self.open);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Ok(number) = digits.parse() {
            self.numbers.push(number);
        } else if let Some(unit) = position(&UNITS, word).or_else(|| position(&UNIT_ORDINALS, word)) {
            match self.numbers.last_mut() {
                Some(tens) if open && unit < 10 => *tens += unit,
                _ => self.numbers.push(unit),
            }
        } else if let Some(tens) = position(&TENS, word) {
            self.numbers.push(tens * 10);
            self.open = true;
        } else if let Some(tens) = position(&TENS_ORDINALS, word) {
            self.numbers.push(tens * 10);
        } else if word == "hundred" {
            self.multiply(100);
        } else if word == "thousand" {
            self.multiply(1000);
        }
    }

    fn multiply(&mut self, by: u32) {
        match self.numbers.pop() {
            // "May twenty, two thousand four": the day ran into the year.
            Some(number) if by == 1000 && number > 20 && number % 10 > 0 => {
                self.numbers.extend([number / 10 * 10, number % 10 * 1000]);
            }
            Some(number) => self.numbers.push(number.saturating_mul(by)),
            None => {}
        }
    }
}

/// By value: index 1 is "one". A year's "oh five" is 5, so "oh" and "zero" count for nothing.
const UNITS: [&str; 20] = [
    "",
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
const UNIT_ORDINALS: [&str; 20] = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const TENS_ORDINALS: [&str; 4] = ["", "", "twentieth", "thirtieth"];

fn position(words: &[&str], word: &str) -> Option<u32> {
    u32::try_from(words.iter().position(|known| *known == word)?).ok()
}
