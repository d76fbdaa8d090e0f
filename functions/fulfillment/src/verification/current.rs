//! What a chart has that still holds: periods that go on, and uses that are the patient's own.

use jiff::Timestamp;
use jiff::civil::Date;
use shared::fhir::codeable_concept::text;
use shared::fhir::field::Field;
use shared::fhir::period::Period;
use shared::phi::Phi;

use super::birth_date::earliest_date_at;

/// Whether a period goes on at `now`. Where there is none, it does; where one can't be read, it doesn't.
pub(super) fn goes_on(period: &Field<Period>, now: Timestamp) -> bool {
    match period {
        Field::Absent => true,
        Field::Read(period) => is_within(period, now),
        Field::Malformed => false,
    }
}

/// Whether a use is one of `uses`, or not said. One that can't be read isn't.
pub(super) fn is_of_use(usage: &Field<String>, uses: &[&str]) -> bool {
    match usage {
        Field::Absent => true,
        Field::Read(usage) => uses.contains(&usage.as_str()),
        Field::Malformed => false,
    }
}

fn is_within(period: &Period, now: Timestamp) -> bool {
    let today = earliest_date_at(now);
    // Its ends are inclusive. A date that ends somewhere in the world has ended; one that can't be read doesn't count.
    let ends_before = |bound: &Field<Phi<String>>| match bound {
        Field::Absent => false,
        bound => text(bound).and_then(last_day).is_none_or(|last| last < today),
    };
    let starts_after = |bound: &Field<Phi<String>>| match bound {
        Field::Absent => false,
        bound => text(bound).and_then(first_day).is_none_or(|first| first > today),
    };
    !ends_before(&period.end) && !starts_after(&period.start)
}

/// The first day of a FHIR date, which may be a year, a month, a day or an instant.
fn first_day(text: &str) -> Option<Date> {
    let day = text.split('T').next()?;
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map_or(Some(1), |month| month.parse().ok())?;
    let day = parts.next().map_or(Some(1), |day| day.parse().ok())?;
    Date::new(year, month, day).ok()
}

/// The last day of a FHIR date.
fn last_day(text: &str) -> Option<Date> {
    let first = first_day(text)?;
    match text.split('T').next()?.matches('-').count() {
        0 => Some(first.last_of_year()),
        1 => Some(first.last_of_month()),
        _ => Some(first),
    }
}
