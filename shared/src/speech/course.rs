//! An order's course: from when, until when, how many times in all.

use jiff::civil::Date;

use super::coverage::Said;
use super::en_us;
use crate::fhir::codeable_concept::text;
use crate::fhir::dosage::{Repeat, Timing};
use crate::fhir::field::Field;
use crate::phi::Phi;

/// A course in words: the order's own dates where it has them, else the structure's.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Course {
    /// From when.
    pub(super) from: Option<String>,
    /// Until when.
    pub(super) until: Option<String>,
    /// How many times in all, where nothing else says so.
    pub(super) count: Option<u32>,
    /// Whether there is more than that, or something that contradicts it.
    pub(super) more: bool,
}

/// A date of the structure, as exact as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Year(i16),
    Month(i16, i8),
    Day(Date),
    /// An instant: the day depends on the time zone, which we don't know.
    About(Date),
}

impl Course {
    /// The course that `timing` gives beside the order's dates, `from` and `until`, and what is `said`.
    pub(super) fn of(timing: &Field<Timing>, from: Option<String>, until: Option<String>, said: &Said<'_>) -> Self {
        let mut course = Self { from, until, ..Self::default() };
        let Some(repeat) = timing.read().and_then(|timing| timing.repeat.read()) else { return course };
        match &repeat.bounds_period {
            Field::Absent => {}
            Field::Malformed => course.more = true,
            Field::Read(period) => {
                course.more |= !merge(&mut course.from, &period.start);
                course.more |= !merge(&mut course.until, &period.end);
            }
        }
        course.add_count(repeat, said);
        course
    }

    fn add_count(&mut self, repeat: &Repeat, said: &Said<'_>) {
        self.more |= repeat.count_max.is_present();
        let count = match &repeat.count {
            Field::Absent => return,
            Field::Malformed => return self.more = true,
            Field::Read(count) => count.expose().0,
        };
        if said.covers_count(count, repeat, self.days(repeat)) {
            return;
        }
        self.count = (1..10_000_u32).find(|whole| (f64::from(*whole) - count).abs() < f64::EPSILON);
        self.more |= self.count.is_none();
    }

    /// From the first day to the last.
    fn days(&self, repeat: &Repeat) -> Option<i32> {
        let period = repeat.bounds_period.read();
        let day = |order: &Option<String>, structure: Option<&Field<Phi<String>>>| {
            order.as_deref().and_then(day_of_order).or_else(|| match structure.and_then(text).and_then(When::parse) {
                Some(When::Day(day) | When::About(day)) => Some(day),
                Some(When::Year(_) | When::Month(..)) | None => None,
            })
        };
        let first = day(&self.from, period.map(|period| &period.start))?;
        let last = day(&self.until, period.map(|period| &period.end))?;
        last.since(first).ok().map(|span| span.get_days())
    }
}

/// Puts the structure's date where the order has none. False where it has another, or one of them can't be understood.
fn merge(order: &mut Option<String>, structure: &Field<Phi<String>>) -> bool {
    if !structure.is_present() {
        return true;
    }
    let Some(when) = text(structure).and_then(When::parse) else { return false };
    match order {
        Some(date) => day_of_order(date).is_some_and(|day| when.includes(day)),
        None => {
            *order = when.spoken();
            order.is_some()
        }
    }
}

impl When {
    /// A FHIR date or instant.
    fn parse(text: &str) -> Option<Self> {
        let day = |text: &str| text.parse::<Date>().ok();
        match text.len() {
            4 => text.parse().ok().map(Self::Year),
            7 => day(&format!("{text}-01")).map(|first| Self::Month(first.year(), first.month())),
            10 => day(text).map(Self::Day),
            _ => text.split_once('T').and_then(|(date, _)| day(date)).map(Self::About),
        }
    }

    fn includes(self, day: Date) -> bool {
        match self {
            Self::Year(year) => day.year() == year,
            Self::Month(year, month) => (day.year(), day.month()) == (year, month),
            Self::Day(own) => day == own,
            Self::About(own) => day.since(own).is_ok_and(|span| span.get_days().abs() <= 1),
        }
    }

    fn spoken(self) -> Option<String> {
        match self {
            Self::Year(year) => en_us::date(year, None, None, false),
            Self::Month(year, month) => en_us::date(year, Some(month), None, false),
            Self::Day(day) => en_us::date(day.year(), Some(day.month()), Some(day.day()), false),
            Self::About(day) => en_us::date(day.year(), Some(day.month()), Some(day.day()), true),
        }
    }
}

/// Epic's date in an order: "Tue 5/28/2019", "5/28/19".
fn day_of_order(text: &str) -> Option<Date> {
    let date = text.split(' ').find(|word| word.contains('/'))?;
    let mut parts = date.split('/').map(|part| part.parse::<i16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let year = if year < 100 { year.checked_add(2000)? } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[track_caller]
    fn course(repeat: &str, from: Option<&str>, until: Option<&str>, words: &str) -> Course {
        let timing = json::decode::<Timing>(format!(r#"{{"repeat": {repeat}}}"#).as_bytes()).unwrap();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Course::of(&Field::Read(timing), owned(from), owned(until), &Said::of(words))
    }

    #[test]
    fn the_structures_dates_are_said_where_the_order_has_none() {
        for (start, end, from, until) in [
            ("2026-11-23", "2026-11-30", "November 23, 2026", "November 30, 2026"),
            ("2026-11", "2027", "November 2026", "2027"),
            ("2026-11-23T05:00:00Z", "2026-12-01T04:59:59Z", "about November 23, 2026", "about December 1, 2026"),
        ] {
            let course = course(
                &format!(r#"{{"boundsPeriod": {{"start": "{start}", "end": "{end}"}}}}"#),
                None,
                None,
                "take 1 tablet daily",
            );
            assert_eq!((course.from.as_deref(), course.until.as_deref()), (Some(from), Some(until)));
            assert!(!course.more);
        }
    }

    #[test]
    fn the_orders_dates_are_said_and_what_contradicts_them_is_told() {
        let (from, until) = (Some("Mon 11/23/2026"), Some("11/30/26"));
        for (bounds, more) in [
            (r#"{"start": "2026-11-23", "end": "2026-11-30"}"#, false),
            (r#"{"start": "2026-11-23T06:00:00Z", "end": "2026-12-01T05:59:59Z"}"#, false),
            (r#"{"start": "2026-11-23", "end": "2026-12-30"}"#, true),
            (r#"{"start": "today"}"#, true),
            (r#"{"start": 7}"#, true),
            ("7", true),
        ] {
            let course = course(&format!(r#"{{"boundsPeriod": {bounds}}}"#), from, until, "take 1 tablet daily");
            assert_eq!(course.more, more, "{bounds}");
            assert_eq!(course.until.as_deref(), until);
        }
        let surgery = course(r#"{"boundsPeriod": {"start": "2026-11-23"}}"#, Some("3 days before surgery"), None, "");
        assert!(surgery.more);
    }

    #[test]
    fn a_number_of_times_is_said_unless_the_words_or_the_dates_say_it() {
        let dates = (Some("Tue 5/28/2019"), Some("Wed 5/27/2020"));
        for (repeat, (from, until), words, count) in [
            (r#"{"count": 365, "timeOfDay": ["09:00:00"]}"#, dates, "take 1 tablet 1 time each day", None),
            (r#"{"count": 14}"#, dates, "take 1 tablet daily", Some(14)),
            (r#"{"count": 14}"#, (None, None), "take 1 tablet two times a day for 7 days", None),
            (r#"{"count": 14}"#, (None, None), "take 1 tablet two times a day", Some(14)),
            (r#"{"count": 2}"#, (None, None), "take 1 tablet 2 times a day", Some(2)),
            (r#"{"count": 3}"#, (None, None), "take 1 tablet daily for 3 doses", None),
        ] {
            assert_eq!(course(repeat, from, until, words).count, count, "{repeat}: {words}");
        }
        assert!(course(r#"{"count": 1.5}"#, None, None, "daily").more);
        assert!(course(r#"{"count": 3, "countMax": 5}"#, None, None, "daily for 3 doses").more);
    }
}
