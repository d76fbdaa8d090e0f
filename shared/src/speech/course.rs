//! An order's course: from when, until when.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::language::{Language, When};
use crate::fhir::codeable_concept::text;
use crate::fhir::dosage::Timing;
use crate::fhir::field::Field;
use crate::fhir::period::Period;
use crate::phi::Phi;

/// A course: the order's own dates where it has them, else the structure's.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Course {
    /// From when.
    pub(super) from: Option<End>,
    /// Until when.
    pub(super) until: Option<End>,
    /// Whether there is more than that, or something that contradicts it.
    pub(super) more: bool,
    /// Whether it ended before it began: neither is told.
    pub(super) is_reversed: bool,
}

/// When a course begins or ends.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum End {
    /// At a date.
    At(When),
    /// As the order's words say: "3 days before surgery".
    Words(String),
}

/// For so long after its start it may be new to the patient when that was. Later, it changes nothing of what to take now,
/// and only makes a long list longer.
const NEWS_DAYS: i32 = 30;

impl Course {
    /// The course that `timing` gives beside the order's dates, `from` and `until`.
    pub(super) fn of(timing: &Field<Timing>, from: Option<String>, until: Option<String>) -> Self {
        let end = |words: String| day_of_order(&words).map_or_else(|| End::Words(words), |day| End::At(When::Day(day)));
        let mut course = Self { from: from.map(end), until: until.map(end), ..Self::default() };
        if let Some(repeat) = timing.read().and_then(|timing| timing.repeat.read()) {
            course.with(&repeat.bounds_period);
        }
        course.without_reversed()
    }

    /// The course that `period` gives alone.
    pub(super) fn of_period(period: &Field<Period>) -> Self {
        let mut course = Self::default();
        course.with(period);
        course.without_reversed()
    }

    fn without_reversed(self) -> Self {
        let when = |end: &Option<End>| match end {
            Some(End::At(when)) => Some(*when),
            _ => None,
        };
        let ends = when(&self.from).and_then(When::first_day).zip(when(&self.until).and_then(When::last_day));
        match ends {
            // An instant's day may be the one before.
            Some((from, until)) if until.since(from).is_ok_and(|span| span.get_days() < self.least_days()) => {
                Self { from: None, until: None, is_reversed: true, ..self }
            }
            _ => self,
        }
    }

    /// How many days may lie between its ends at least: one less than none where one of them is an instant.
    fn least_days(&self) -> i32 {
        let is_about = |end: &Option<End>| matches!(end, Some(End::At(When::About(_))));
        if is_about(&self.from) || is_about(&self.until) { -1 } else { 0 }
    }

    fn with(&mut self, period: &Field<Period>) {
        match period {
            Field::Absent => {}
            Field::Malformed => self.more = true,
            Field::Read(period) => {
                self.more |= !merge(&mut self.from, &period.start);
                self.more |= !merge(&mut self.until, &period.end);
            }
        }
    }

    /// From the first day to the last.
    pub(super) fn days(&self) -> Option<i32> {
        let day = |end: &Option<End>| match end {
            Some(End::At(When::Day(day) | When::About(day))) => Some(*day),
            _ => None,
        };
        day(&self.until)?.since(day(&self.from)?).ok().map(|span| span.get_days())
    }

    /// What is said of it at `now`: nothing of a start long past.
    pub(super) fn sentence(&self, language: &dyn Language, now: Timestamp) -> Option<String> {
        let today = Offset::UTC.to_datetime(now).date();
        let age = |day: Date| today.since(day).map_or(i32::MAX, |span| span.get_days());
        let spoken = |end: &End| match end {
            End::At(when) => language.date(*when),
            End::Words(words) => words.clone(),
        };
        let is_news = |from: &&End| match from {
            End::At(when) => when.last_day().is_none_or(|day| age(day) <= NEWS_DAYS),
            End::Words(_) => true,
        };
        let from = self.from.as_ref().filter(is_news).map(spoken);
        let until = self.until.as_ref().map(spoken);
        // A day more, since we don't know the chart's time zone.
        let passed = match &self.until {
            Some(End::At(when)) => when.last_day().is_some_and(|day| age(day) > 1),
            _ => false,
        };
        (from.is_some() || until.is_some()).then(|| language.listed(from.as_deref(), until.as_deref(), passed))
    }
}

/// Puts the structure's date where the order has none. False where it has another, or one of them can't be understood.
fn merge(order: &mut Option<End>, structure: &Field<Phi<String>>) -> bool {
    if !structure.is_present() {
        return true;
    }
    let Some(when) = text(structure).and_then(When::parse) else { return false };
    match order {
        Some(End::At(When::Day(day))) => when.includes(*day),
        Some(_) => false,
        None => {
            *order = Some(End::At(when));
            true
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

    /// The first day that it can mean.
    fn first_day(self) -> Option<Date> {
        match self {
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Day(day) | Self::About(day) => Some(day),
        }
    }

    /// The last day that it can mean.
    fn last_day(self) -> Option<Date> {
        match self {
            Self::Year(year) => Date::new(year, 12, 31).ok(),
            Self::Month(year, month) => Date::new(year, month, 1).ok().map(Date::last_of_month),
            Self::Day(day) | Self::About(day) => Some(day),
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
    use crate::speech::Locale;

    #[track_caller]
    fn course(repeat: &str, from: Option<&str>, until: Option<&str>) -> Course {
        let timing = json::decode::<Timing>(format!(r#"{{"repeat": {repeat}}}"#).as_bytes()).unwrap();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Course::of(&Field::Read(timing), owned(from), owned(until))
    }

    #[track_caller]
    fn said(course: &Course, now: &str) -> Option<String> {
        course.sentence(Locale::EnUs.language(), now.parse().unwrap())
    }

    #[test]
    fn the_structures_dates_are_said_where_the_order_has_none() {
        for (start, end, sentence) in [
            ("2026-11-23", "2026-11-30", "Your chart lists it from November 23, 2026 until November 30, 2026."),
            ("2026-11", "2027", "Your chart lists it from November 2026 until 2027."),
            (
                "2026-11-23T05:00:00Z",
                "2026-12-01T04:59:59Z",
                "Your chart lists it from about November 23, 2026 until about December 1, 2026.",
            ),
        ] {
            let course = course(&format!(r#"{{"boundsPeriod": {{"start": "{start}", "end": "{end}"}}}}"#), None, None);
            assert_eq!(said(&course, "2026-11-24T12:00:00Z").as_deref(), Some(sentence));
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
            let course = course(&format!(r#"{{"boundsPeriod": {bounds}}}"#), from, until);
            assert_eq!(course.more, more, "{bounds}");
            assert_eq!(course.days(), Some(7));
        }
        assert!(course(r#"{"boundsPeriod": {"start": "2026-11-23"}}"#, Some("3 days before surgery"), None).more);
    }

    #[test]
    fn an_end_that_has_passed_is_told_and_a_start_long_past_is_not() {
        let course = course("{}", Some("Tue 5/28/2019"), Some("Wed 5/27/2020"));
        let passed = said(&course, "2026-11-24T12:00:00Z").unwrap();
        assert!(passed.starts_with("Your chart lists it until May 27, 2020, which has passed. Please ask"), "{passed}");
        for (now, sentence) in [
            ("2020-05-28T23:00:00Z", "Your chart lists it until May 27, 2020."),
            ("2019-06-20T00:00:00Z", "Your chart lists it from May 28, 2019 until May 27, 2020."),
            ("2019-05-01T00:00:00Z", "Your chart lists it from May 28, 2019 until May 27, 2020."),
        ] {
            assert_eq!(said(&course, now).as_deref(), Some(sentence));
        }
        assert_eq!(said(&Course { until: None, ..course }, "2026-11-24T12:00:00Z"), None);
    }
}
