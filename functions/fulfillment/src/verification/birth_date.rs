//! The birth date, as said or keyed.
//!
//! `AMAZON.Date` leans to the future and completes what was not said: "September twelfth" is next September's. So a date
//! counts only when its year was said or keyed; and of a year said in two digits, the century is ours to find, where only
//! one can be meant.

mod spoken_numbers;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use shared::phi::Phi;

use crate::lex::event::SlotValue;
use spoken_numbers::{Said, SpokenNumbers};

/// Nobody who phones is older, and an age beyond it is a century misheard.
const OLDEST_YEARS: i16 = 120;
/// Two digits for the month, two for the day, four for the year.
const KEYED_DIGITS: usize = 8;

/// Why what was said or keyed is no birth date. It is asked for again; what was said is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoBirthDate {
    /// No such day, one to come, or one too long ago.
    Impossible,
    /// The year was not said, or in two digits that two centuries have.
    YearNotSaid,
}

/// The birth date that was keyed: `None` where `transcript` is not the eight digits asked for. Lex need not have
/// understood them: what `AMAZON.Date` makes of keys is not documented.
pub(crate) fn keyed(transcript: &str, now: Timestamp) -> Option<Result<Phi<Date>, NoBirthDate>> {
    let digits = transcript.trim().trim_end_matches('#');
    if digits.len() != KEYED_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let date = || {
        let (month, day) = (i8::try_from(number(0..2)?).ok()?, i8::try_from(number(2..4)?).ok()?);
        Date::new(number(4..8)?, month, day).ok().filter(|date| is_plausible(*date, now))
    };
    Some(date().map(Phi::new).ok_or(NoBirthDate::Impossible))
}

/// The birth date that a filled slot holds.
///
/// # Errors
/// [`NoBirthDate`].
pub(crate) fn spoken(slot: &SlotValue, now: Timestamp) -> Result<Phi<Date>, NoBirthDate> {
    let original = slot.original.as_ref().map_or("", |original| original.expose().as_str());
    if let Some(keyed) = keyed(original, now) {
        return keyed;
    }
    let interpreted = slot.interpreted.as_ref().ok_or(NoBirthDate::Impossible)?;
    let date = full_date(interpreted.expose()).ok_or(NoBirthDate::Impossible)?;
    let plausible = |date: &Date| is_plausible(*date, now);
    match SpokenNumbers::of(original).year_of(date) {
        Said::Whole => Some(date).filter(plausible).map(Phi::new).ok_or(NoBirthDate::Impossible),
        Said::InTwoDigits => {
            // Whatever century Lex took: '87 can be one only, and of '15 only the caller knows which.
            let in_century = |by: i16| Date::new(date.year().checked_add(by)?, date.month(), date.day()).ok();
            let mut possible = [-100, 0, 100].into_iter().filter_map(in_century).filter(plausible);
            match (possible.next(), possible.next()) {
                (Some(date), None) => Ok(Phi::new(date)),
                (None, _) => Err(NoBirthDate::Impossible),
                (Some(_), Some(_)) => Err(NoBirthDate::YearNotSaid),
            }
        }
        Said::Not => Err(NoBirthDate::YearNotSaid),
    }
}

/// A date of the form YYYY-MM-DD and no other: `2026-W48` and `1987-09` are Lex's for less than a day.
fn full_date(text: &str) -> Option<Date> {
    (text.len() == "YYYY-MM-DD".len()).then(|| text.parse().ok()).flatten()
}

fn is_plausible(date: Date, now: Timestamp) -> bool {
    let today = latest_date_at(now);
    date <= today && date.year() >= today.year() - OLDEST_YEARS
}

/// The latest date that it is anywhere: nobody was born after it.
fn latest_date_at(now: Timestamp) -> Date {
    Offset::constant(14).to_datetime(now).date()
}

/// The earliest date that it is anywhere: who has an age on it has that age everywhere.
pub(crate) fn earliest_date_at(now: Timestamp) -> Date {
    Offset::constant(-12).to_datetime(now).date()
}

#[cfg(test)]
mod tests;
