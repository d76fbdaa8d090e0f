//! FHIR's Timing as facts: its rule, its code, its moments.

use super::amount::{Amounts, Number, number};
use super::moment::{ClockTime, Day, Event, Moment, Part, When};
use super::read::Reading;
use super::{Fact, Found, Often};
use crate::fhir::codeable_concept::{CodeableConcept, text};
use crate::fhir::dosage::{Repeat, Timing};
use crate::fhir::field::{Field, List};
use crate::phi::Phi;
use crate::speech::unit::Known;

/// What a code of timing stands for.
#[derive(Clone, PartialEq)]
enum Code {
    Often(Often),
    Moment(When),
    Time(ClockTime),
    AfternoonOrEvening,
}

/// Adds what a timing says, apart from the order's dates.
pub(super) fn read(timing: &Field<Timing>, reading: &mut Reading) {
    let timing = match timing {
        Field::Absent => return,
        Field::Malformed => return reading.lacks_the_core(),
        Field::Read(timing) => timing,
    };
    match &timing.repeat {
        Field::Absent => {}
        Field::Malformed => reading.lacks_the_core(),
        Field::Read(repeat) => of_repeat(repeat, reading),
    }
    of_events(&timing.event, reading);
    match &timing.code {
        Field::Absent => {}
        Field::Malformed => reading.lacks_the_core(),
        Field::Read(code) => of_code(code, reading),
    }
}

fn of_repeat(repeat: &Repeat, reading: &mut Reading) {
    let path = |element: &str| format!("timing.repeat.{element}");
    if repeat.duration.is_present() || repeat.duration_max.is_present() || repeat.duration_unit.is_present() {
        match Amounts::of_time(&repeat.duration, &repeat.duration_max, text(&repeat.duration_unit)) {
            Some(lasting) => reading.add(Fact::Lasting(lasting), path("duration")),
            None => reading.lacks_the_core(),
        }
    }
    of_times_of_day(&repeat.time_of_day, reading);
    if let Some(often) = often(repeat, reading) {
        reading.add(Fact::Often(often), path("frequency"));
    }
    of_days(&repeat.day_of_week, reading);
    of_moments(repeat, reading);
    let bounds = [
        (
            &repeat.bounds_duration.read().map(Amounts::of_quantity),
            repeat.bounds_duration.is_malformed(),
            "boundsDuration",
        ),
        (&repeat.bounds_range.read().map(Amounts::of_range), repeat.bounds_range.is_malformed(), "boundsRange"),
    ];
    for (amounts, malformed, element) in bounds {
        match amounts {
            Some(Some(amounts)) if amounts.is_of_time() => reading.add(Fact::Course(amounts.clone()), path(element)),
            None if !malformed => {}
            _ => reading.lacks_the_core(),
        }
    }
    let whole = |number: &Number| number.parts().1 == 0.0;
    match (number(&repeat.count), number(&repeat.count_max)) {
        (Some(None), Some(None)) => {}
        (Some(Some(count)), Some(most)) if whole(&count) && most.as_ref().is_none_or(whole) => {
            let most = most.filter(|most| *most != count);
            reading.add(Fact::Count(count, most), path("count"));
        }
        _ => reading.lacks_the_core(),
    }
}

/// How often, as the rule says it; FHIR has times of day without a rule mean each of them, every day.
fn often(repeat: &Repeat, reading: &mut Reading) -> Option<Often> {
    let has_times = repeat.frequency.is_present() || repeat.frequency_max.is_present();
    let has_period = repeat.period.is_present() || repeat.period_max.is_present() || repeat.period_unit.is_present();
    if !has_times && !has_period {
        let times = u8::try_from(repeat.time_of_day.items.len()).ok().filter(|times| *times > 0)?;
        return repeat.day_of_week.items.is_empty().then(|| Often::times_a(times, Known::Day));
    }
    let read = || {
        let unit = Known::of_time(text(&repeat.period_unit)?)?;
        let (times, times_most) = (number(&repeat.frequency)?, number(&repeat.frequency_max)?);
        let (period, period_most) = (number(&repeat.period)?, number(&repeat.period_max)?);
        let times_most = times_most.filter(|most| Some(*most) != times);
        let times = times.or_else(|| times_most.is_none().then_some(Number::ONE));
        // A period is one where none is given, as with codes like "a day".
        let period = period?;
        let period_most = period_most.filter(|most| *most != period);
        let (period, period_most, unit) = in_whole_units(period, period_most, unit);
        let rises = |low: Option<Number>, high: Option<Number>| low.zip(high).is_none_or(|(low, high)| low < high);
        (rises(times, times_most) && rises(Some(period), period_most)).then_some(Often {
            times,
            times_most,
            period,
            period_most,
            unit,
        })
    };
    let often = read();
    if often.is_none() {
        reading.lacks_the_core();
    }
    often
}

/// "Every zero point five days" is every 12 hours: a part of a unit in a smaller one, where it has so many of it, or so many
/// and a half.
fn in_whole_units(period: Number, most: Option<Number>, unit: Known) -> (Number, Option<Number>, Known) {
    let smaller = match unit {
        Known::Hour => (60.0, Known::Minute),
        Known::Day => (24.0, Known::Hour),
        Known::Week => (7.0, Known::Day),
        Known::Year => (12.0, Known::Month),
        _ => return (period, most, unit),
    };
    let converted = |number: Number| {
        let value = (number.value() * smaller.0 * 1e6).round() / 1e6;
        Number::of(value).filter(|_| (value * 2.0).fract() == 0.0 && value >= 1.0)
    };
    let is_part = period.value() < 1.0;
    match (converted(period), most.map(converted)) {
        (Some(period), None) if is_part => (period, None, smaller.1),
        (Some(period), Some(Some(most))) if is_part => (period, Some(most), smaller.1),
        _ => (period, most, unit),
    }
}

fn of_times_of_day(times: &List<Phi<String>>, reading: &mut Reading) {
    let read = times.items.iter().map(|time| ClockTime::parse(time.expose())).collect::<Option<Vec<_>>>();
    match read.filter(|_| !times.malformed) {
        Some(times) if times.is_empty() => {}
        Some(times) => reading.add(Fact::Times(times), "timing.repeat.timeOfDay".to_owned()),
        None => reading.lacks_the_core(),
    }
}

fn of_days(days: &List<Phi<String>>, reading: &mut Reading) {
    let read = days.items.iter().map(|day| Day::parse(day.expose())).collect::<Option<Vec<_>>>();
    match read.filter(|_| !days.malformed) {
        Some(days) if days.is_empty() => {}
        Some(days) => reading.add(Fact::Days(days), "timing.repeat.dayOfWeek".to_owned()),
        None => reading.lacks_the_core(),
    }
}

fn of_moments(repeat: &Repeat, reading: &mut Reading) {
    // An offset of nought is none.
    let offset = match &repeat.offset {
        Field::Read(minutes) if minutes.expose().0 == 0.0 => Some(None),
        field => number(field),
    };
    let read = |code: &Phi<String>| {
        let when = When::parse(code.expose())?;
        let offset = offset?;
        (offset.is_none() || when.takes_offset()).then_some(Moment { when, offset })
    };
    let moments = repeat.when.items.iter().map(read).collect::<Option<Vec<_>>>();
    let lone_offset = repeat.when.items.is_empty() && repeat.offset.is_present();
    match moments.filter(|_| !repeat.when.malformed && !lone_offset) {
        Some(moments) if moments.is_empty() => {}
        Some(moments) => reading.add(Fact::Moments(moments), "timing.repeat.when".to_owned()),
        None => reading.lacks_the_core(),
    }
}

fn of_events(events: &List<Phi<String>>, reading: &mut Reading) {
    let read = events.items.iter().map(|event| Event::parse(event.expose())).collect::<Option<Vec<_>>>();
    match read.filter(|_| !events.malformed) {
        Some(events) if events.is_empty() => {}
        Some(events) => reading.add(Fact::Events(events), "timing.event".to_owned()),
        None => reading.lacks_the_core(),
    }
}

/// A code is another way to say the rule. One that says something else than the rule makes both doubtful.
fn of_code(concept: &CodeableConcept, reading: &mut Reading) {
    let path = || "timing.code".to_owned();
    let codes = concept.codes().chain(concept.words()).collect::<Vec<_>>();
    let Some(code) = codes.iter().find_map(|code| Code::parse(code)) else {
        // Words, such as Epic's "Every 6 hours as needed".
        return match codes.is_empty() {
            true => reading.lacks_the_core(),
            false => reading.add_words(concept, "timing.code"),
        };
    };
    // BID and TID, of one concept.
    if codes.iter().filter_map(|other| Code::parse(other)).any(|other| !code.is_of(&other)) {
        let disputed = codes.iter().filter_map(|other| Code::parse(other)).map(Code::fact);
        reading.disputed.extend(disputed.map(|fact| Found { fact, path: path() }));
        reading.dispute(|found| matches!(found.fact, Fact::Often(_)));
        return;
    }
    // "Q4H" may be called "Q4H PRN".
    let mut others = concept.words().filter(|words| Code::parse(words).is_none()).collect::<Vec<_>>();
    others.dedup();
    for words in others {
        reading.add_text(words, "timing.code");
    }
    let rule = reading.facts.iter().find_map(|found| match found.fact {
        Fact::Often(often) => Some(often),
        _ => None,
    });
    match code {
        Code::Often(often) => match rule {
            None => reading.add(Fact::Often(often), path()),
            Some(rule) if same_rate(rule, often) => {}
            Some(_) => {
                reading.disputed.push(Found { fact: Fact::Often(often), path: path() });
                reading.dispute(|found| matches!(found.fact, Fact::Often(_)));
            }
        },
        Code::Moment(when) => reading.add_moment(Moment { when, offset: None }, path()),
        Code::Time(time) => reading.add_time(time, path()),
        Code::AfternoonOrEvening => reading.add(Fact::AfternoonOrEvening, path()),
    }
}

fn same_rate(one: Often, other: Often) -> bool {
    let ((one_least, one_most), (other_least, other_most)) = (one.rates(), other.rates());
    let same = crate::speech::frequency::same;
    same(one_least, other_least) && same(one_most, other_most)
}

impl Code {
    /// Whether another code may stand for the same: "QD" and "QHS" are of one daily dose, and "nightly" is at bedtime.
    fn is_of(&self, other: &Self) -> bool {
        let is_early = |code: &Self| *code == Self::Moment(When::Part(Part::Morning));
        let is_of_day = |code: &Self| matches!(code, Self::Moment(_) | Self::AfternoonOrEvening);
        match (self, other) {
            (Self::Often(one), Self::Often(other)) => same_rate(*one, *other),
            (Self::Time(one), Self::Time(other)) => one == other,
            (one, other) if is_of_day(one) && is_of_day(other) => is_early(one) == is_early(other),
            _ => true,
        }
    }

    fn fact(self) -> Fact {
        match self {
            Self::Often(often) => Fact::Often(often),
            Self::Moment(when) => Fact::Moments(vec![Moment { when, offset: None }]),
            Self::Time(time) => Fact::Times(vec![time]),
            Self::AfternoonOrEvening => Fact::AfternoonOrEvening,
        }
    }

    /// A code of HL7's `GTSAbbreviation`, or what charts write for one. Those of several meanings (HS, OD, TIW) are none.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_uppercase().replace('.', "");
        let every = |count: u8, unit: Known| {
            let often = Often { period: Number::whole(count), ..Often::times_a(1, unit) };
            Some(Self::Often(often))
        };
        if let Some(time) = ClockTime::of_four_digits(&text) {
            return Some(Self::Time(time));
        }
        if let Some(rest) = text.strip_prefix('Q') {
            let (digits, unit) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
            if let (Ok(count), "H" | "HR" | "HRS") = (digits.parse::<u8>(), unit) {
                return if count > 0 && !digits.starts_with('0') { every(count, Known::Hour) } else { None };
            }
        }
        match text.as_str() {
            "BID" => Some(Self::Often(Often::times_a(2, Known::Day))),
            "TID" => Some(Self::Often(Often::times_a(3, Known::Day))),
            "QID" => Some(Self::Often(Often::times_a(4, Known::Day))),
            "QD" | "DAILY" => every(1, Known::Day),
            "QOD" => every(2, Known::Day),
            "WK" | "WEEKLY" => every(1, Known::Week),
            "MO" | "MONTHLY" => every(1, Known::Month),
            "AM" | "QAM" => Some(Self::Moment(When::Part(Part::Morning))),
            "QPM" => Some(Self::Moment(When::Part(Part::Evening))),
            // HL7 calls it the afternoon, and most who write it mean the evening.
            "PM" => Some(Self::AfternoonOrEvening),
            "NIGHTLY" => Some(Self::Moment(When::Part(Part::Night))),
            "BED" | "QHS" => Some(Self::Moment(When::Bedtime)),
            _ => None,
        }
    }
}
