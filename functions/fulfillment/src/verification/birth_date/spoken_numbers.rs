//! The numbers in a spoken or written date, to find out whether its year was said.

use jiff::civil::Date;

use crate::number_words::{spanish_hundreds, spanish_tens, spanish_unit, tens, tens_ordinal, unit, unit_ordinal};
use crate::verification::folded::words;

/// How a year was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// With its century.
    Whole,
    /// Without, as in "9/12/87".
    InTwoDigits,
    /// Not at all.
    Not,
}

/// The numbers of an utterance, in order: "September twelfth nineteen eighty-seven" has 12, 19 and 87.
#[derive(Debug, Default)]
pub(super) struct SpokenNumbers {
    numbers: Vec<u32>,
    /// Whether the last one is a bare ten ("twenty"), which a following "first" or "two" completes.
    open: bool,
}

impl SpokenNumbers {
    /// Reads `text` as English, or as Spanish where it has numbers in Spanish.
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let numbers = spanish(&words);
        if !numbers.is_empty() {
            return Self { numbers, open: false };
        }
        let mut spoken = Self::default();
        words.iter().for_each(|word| spoken.add(word));
        spoken
    }

    /// How they say the year of `date`.
    pub(super) fn year_of(&self, date: Date) -> Said {
        let (Ok(year), Ok(day)) = (u32::try_from(date.year()), u32::try_from(date.day())) else {
            return Said::Not;
        };
        if self.say_whole(year) {
            Said::Whole
        } else if self.say_in_two_digits(year % 100, day) {
            Said::InTwoDigits
        } else {
            Said::Not
        }
    }

    /// Whether they say `year`: at once, in two parts, or digit by digit.
    fn say_whole(&self, year: u32) -> bool {
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
        self.numbers.contains(&year) || pairs().any(in_two) || self.numbers.windows(4).any(by_digit)
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
        } else if let Some(unit) = unit(word).or_else(|| unit_ordinal(word)) {
            match self.numbers.last_mut() {
                Some(tens) if open && unit < 10 => *tens += unit,
                _ => self.numbers.push(unit),
            }
        } else if let Some(tens) = tens(word) {
            self.numbers.push(tens);
            self.open = true;
        } else if let Some(tens) = tens_ordinal(word) {
            self.numbers.push(tens);
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

/// The numbers of a Spanish utterance, in order: "doce de septiembre de mil novecientos ochenta y siete" has 12 and 1987.
/// Empty where no number is said in Spanish.
fn spanish(words: &[String]) -> Vec<u32> {
    let (mut numbers, mut found) = (Vec::<u32>::new(), false);
    // Whether the last number goes on, and whether it does so over an "y".
    let (mut running, mut joined) = (false, false);
    for word in words {
        let last = numbers.last().copied().filter(|_| running).unwrap_or_default();
        let (value, completes) = if let Some(unit) = spanish_unit(word) {
            (unit, last >= 100 && last % 100 == 0 || joined && last % 10 == 0)
        } else if let Some(tens) = spanish_tens(word) {
            (tens, last >= 100 && last % 100 == 0)
        } else if let Some(hundreds) = spanish_hundreds(word) {
            if last == 2000 {
                // And nobody was born in two thousand nine hundred: that two is the day, too.
                numbers.pop();
                numbers.extend([2, 1000]);
            }
            (hundreds, last >= 1000 && last % 1000 == 0)
        } else if word == "mil" {
            found = true;
            // Of thousands a year has one or two: "tres, mil novecientos" is the month or the day before it.
            match numbers.last_mut().filter(|last| running && **last == 2) {
                Some(thousands) => *thousands *= 1000,
                None => numbers.push(1000),
            }
            (running, joined) = (true, false);
            continue;
        } else {
            joined = running && word == "y";
            running = joined;
            if let Ok(number) = word.parse() {
                numbers.push(number);
            }
            continue;
        };
        found = true;
        match numbers.last_mut().filter(|_| running && completes) {
            Some(number) => *number += value,
            None => numbers.push(value),
        }
        (running, joined) = (true, false);
    }
    if found { numbers } else { Vec::new() }
}
