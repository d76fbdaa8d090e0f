//! `AMAZON.Date`: dates as people say them, leaning to the future where the year or more is left out.
//!
//! Documented (Lex V2 guide, AMAZON.Date): ISO 8601; on or after today where the words leave it open; a month or year
//! that is not over ends on its last day, one that is, or is running, begins on its first. Not documented, and so
//! decided here: a year of two digits is of 1969 to 2068, as in `strptime`; eight keyed digits are month, day, year, in
//! either language, as our prompts ask for them.

mod english;
mod spanish;

use jiff::civil::Date;

use super::language::Language;
use super::number;

/// A date read from words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reckoned {
    /// The date.
    pub(crate) date: Date,
    /// Whether the words can hardly mean anything but a date: a day of a month, at least.
    pub(crate) clear: bool,
}

/// Reads all of `words` as a date; `today` is where the future begins.
pub(crate) fn read(words: &[&str], language: Language, today: Date) -> Option<Reckoned> {
    if let Some(date) = digits_only(words, language) {
        return Some(clear(date));
    }
    match language {
        Language::English => english::read(words, today),
        Language::Spanish => spanish::read(words, today),
    }
}

fn clear(date: Date) -> Reckoned {
    Reckoned { date, clear: true }
}

fn vague(date: Date) -> Reckoned {
    Reckoned { date, clear: false }
}

/// "09121987", "091287", "19870912", and the same digit by digit ("zero nine one two …").
fn digits_only(words: &[&str], language: Language) -> Option<Date> {
    let keyed: String = match words {
        [one] if one.bytes().all(|b| b.is_ascii_digit()) => (*one).to_owned(),
        many if many.len() >= 6 => many
            .iter()
            .map(|word| number::digits_of(word, language).filter(|digits| digits.len() == 1))
            .collect::<Option<String>>()?,
        _ => return None,
    };
    let part = |at: std::ops::Range<usize>| keyed.get(at).and_then(|text| text.parse::<i16>().ok());
    match keyed.len() {
        8 => date(part(4..8)?, part(0..2)?, part(2..4)?).or_else(|| date(part(0..4)?, part(4..6)?, part(6..8)?)),
        6 => date(of_two_digits(part(4..6)?), part(0..2)?, part(2..4)?),
        _ => None,
    }
}

/// The next such day from `today` on.
fn next(month: i16, day: i16, today: Date) -> Option<Date> {
    (0..=8).filter_map(|years| date(today.year() + years, month, day)).find(|&date| date >= today)
}

/// The first day of a month that is over or running, the last of one to come.
fn of_month(year: i16, month: i16, today: Date) -> Option<Date> {
    let first = date(year, month, 1)?;
    Some(if first > today { first.last_of_month() } else { first })
}

/// The first day of a year that is over or running, the last of one to come.
fn of_year(year: i16, today: Date) -> Option<Date> {
    let first = date(year, 1, 1)?;
    Some(if first > today { first.last_of_year() } else { first })
}

fn of_two_digits(year: i16) -> i16 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn without_first<'a, 'w>(words: &'a [&'w str], word: &str) -> &'a [&'w str] {
    match words {
        [first, rest @ ..] if *first == word => rest,
        _ => words,
    }
}
