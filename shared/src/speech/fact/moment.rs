//! Moments of a day, a week and a life: FHIR's `when`, `timeOfDay`, `dayOfWeek` and `event`.

use jiff::civil::Date;

use super::amount::Number;

/// An event of the day, and how long before or after it.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::speech) struct Moment {
    /// The event.
    pub(in crate::speech) when: When,
    /// Minutes from it; before or after, as the event says.
    pub(in crate::speech) offset: Option<Number>,
}

/// FHIR's `EventTiming`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum When {
    /// A part of the day.
    Part(Part),
    /// Before, with or after a meal.
    Meal(Relation, Meal),
    /// Before going to sleep.
    Bedtime,
    /// Once asleep.
    Asleep,
    /// After waking.
    Waking,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum Part {
    Morning,
    EarlyMorning,
    LateMorning,
    Noon,
    Afternoon,
    EarlyAfternoon,
    LateAfternoon,
    Evening,
    EarlyEvening,
    LateEvening,
    Night,
}

/// Where it stands to a meal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum Relation {
    Before,
    With,
    After,
}

/// A meal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum Meal {
    Any,
    Breakfast,
    Lunch,
    Dinner,
}

impl When {
    /// A code of FHIR's.
    pub(in crate::speech) fn parse(code: &str) -> Option<Self> {
        use Meal::{Any, Breakfast, Dinner, Lunch};
        use Relation::{After, Before, With};
        Some(match code {
            "MORN" => Self::Part(Part::Morning),
            "MORN.early" => Self::Part(Part::EarlyMorning),
            "MORN.late" => Self::Part(Part::LateMorning),
            "NOON" => Self::Part(Part::Noon),
            "AFT" => Self::Part(Part::Afternoon),
            "AFT.early" => Self::Part(Part::EarlyAfternoon),
            "AFT.late" => Self::Part(Part::LateAfternoon),
            "EVE" => Self::Part(Part::Evening),
            "EVE.early" => Self::Part(Part::EarlyEvening),
            "EVE.late" => Self::Part(Part::LateEvening),
            "NIGHT" => Self::Part(Part::Night),
            "PHS" => Self::Asleep,
            "HS" => Self::Bedtime,
            "WAKE" => Self::Waking,
            "C" => Self::Meal(With, Any),
            "CM" => Self::Meal(With, Breakfast),
            "CD" => Self::Meal(With, Lunch),
            "CV" => Self::Meal(With, Dinner),
            "AC" => Self::Meal(Before, Any),
            "ACM" => Self::Meal(Before, Breakfast),
            "ACD" => Self::Meal(Before, Lunch),
            "ACV" => Self::Meal(Before, Dinner),
            "PC" => Self::Meal(After, Any),
            "PCM" => Self::Meal(After, Breakfast),
            "PCD" => Self::Meal(After, Lunch),
            "PCV" => Self::Meal(After, Dinner),
            _ => return None,
        })
    }

    /// Whether minutes before or after it mean something.
    pub(in crate::speech) fn takes_offset(self) -> bool {
        !matches!(self, Self::Part(_) | Self::Meal(Relation::With, _))
    }
}

/// A time of day, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) struct ClockTime {
    /// 0 to 23.
    pub(in crate::speech) hour: u8,
    /// 0 to 59.
    pub(in crate::speech) minute: u8,
}

impl ClockTime {
    /// FHIR's `time`, with or without its seconds, which must be none.
    pub(in crate::speech) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let two = |part: Option<&str>| part.filter(|part| part.len() == 2).and_then(|part| part.parse::<u8>().ok());
        let (hour, minute) = (two(parts.next())?, two(parts.next())?);
        let seconds = parts.next().is_none_or(|seconds| seconds.chars().all(|c| matches!(c, '0' | '.')));
        (hour < 24 && minute < 60 && seconds && parts.next().is_none()).then_some(Self { hour, minute })
    }

    /// Epic's `0900`.
    pub(in crate::speech) fn of_four_digits(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_at_checked(2).filter(|_| text.len() == 4)?;
        Self::parse(&format!("{hour}:{minute}"))
    }
}

/// A day of the week, from Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    /// FHIR's `mon` to `sun`.
    pub(in crate::speech) fn parse(code: &str) -> Option<Self> {
        Some(match code.to_lowercase().as_str() {
            "mon" => Self::Monday,
            "tue" => Self::Tuesday,
            "wed" => Self::Wednesday,
            "thu" => Self::Thursday,
            "fri" => Self::Friday,
            "sat" => Self::Saturday,
            "sun" => Self::Sunday,
            _ => return None,
        })
    }
}

/// A single moment: a day, perhaps with a time as the chart wrote it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) struct Event {
    /// The day.
    pub(in crate::speech) day: Date,
    /// The time.
    pub(in crate::speech) time: Option<ClockTime>,
}

impl Event {
    /// FHIR's `dateTime`, if it is a day at least. A time is said as it is written, in whatever zone that was; but the
    /// zero meridian's is a computer's, and on no clock here.
    pub(in crate::speech) fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        if time.is_some_and(|time| time.ends_with(['Z', 'z']) || time.ends_with("00:00") && time.len() > 8) {
            return None;
        }
        let day = date.parse::<Date>().ok().filter(|_| date.len() == 10)?;
        let time = match time {
            Some(time) => Some(ClockTime::parse(time.get(..5)?)?),
            None => None,
        };
        Some(Self { day, time })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moments_time_is_the_clocks_and_never_the_zero_meridians() {
        let parsed = |text| Event::parse(text).map(|event| event.time.map(|time| (time.hour, time.minute)));
        assert_eq!(parsed("2026-12-01"), Some(None));
        assert_eq!(parsed("2026-12-01T08:30:00-06:00"), Some(Some((8, 30))));
        assert_eq!(parsed("2026-12-01T08:00:00"), Some(Some((8, 0))));
        assert_eq!(parsed("2026-12-01T00:00:00"), Some(Some((0, 0))));
        for text in ["2026-12-01T14:00:00Z", "2026-12-01T14:00:00+00:00", "2026-12-01T14:00:00.000Z", "2026-12"] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }
}
