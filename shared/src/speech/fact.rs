//! What the structure of a dosage says, free of any language: read once, compared with the words, said in each language.

mod amount;
mod moment;
mod read;
mod timing;
mod way;

pub(super) use self::amount::{Amounts, Number};
pub(super) use self::moment::{ClockTime, Day, Event, Meal, Moment, Part, Relation, When};
pub(super) use self::read::{Doubt, Reading, readable, words_of};
pub(super) use self::way::{Method, Named, Route, Side};

use super::unit::Known;

/// One thing that the structure says.
#[derive(Clone, PartialEq)]
pub(super) enum Fact {
    /// What to do with it.
    Method(Named<Method>),
    /// How much.
    Dose {
        /// The amount.
        amounts: Amounts,
        /// The same dose once more, in another unit.
        again: bool,
    },
    /// By which way into the body.
    Route(Named<Route>),
    /// Where on the body, in the chart's words.
    Site(String),
    /// How fast: an amount, perhaps in so much of something.
    Rate {
        /// The amount.
        amounts: Amounts,
        /// In how much, where it isn't in one of a unit.
        per: Option<Amounts>,
    },
    /// How long each time.
    Lasting(Amounts),
    /// How often.
    Often(Often),
    /// At which events of the day.
    Moments(Vec<Moment>),
    /// At which times of day.
    Times(Vec<ClockTime>),
    /// On which days of the week.
    Days(Vec<Day>),
    /// At which single moments.
    Events(Vec<Event>),
    /// As needed, and for what.
    AsNeeded(Option<String>),
    /// How long in all.
    Course(Amounts),
    /// How many times in all.
    Count(Number, Option<Number>),
    /// At most so much.
    Limit {
        /// How much.
        most: Amounts,
        /// In which time.
        within: Within,
    },
    /// A code of timing that leaves the hour to whoever gives it: in the afternoon or in the evening.
    AfternoonOrEvening,
    /// An additional instruction, in the chart's words.
    Additional(String),
}

/// How often: so many times in such a period.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Often {
    /// How many times; none: up to the most.
    pub(super) times: Option<Number>,
    /// How many times at most.
    pub(super) times_most: Option<Number>,
    /// The period.
    pub(super) period: Number,
    /// The period at most.
    pub(super) period_most: Option<Number>,
    /// Its unit.
    pub(super) unit: Known,
}

/// What a limit is for.
#[derive(Clone, PartialEq)]
pub(super) enum Within {
    /// A time.
    Period(Amounts),
    /// Each administration.
    Time,
    /// A life.
    Lifetime,
}

impl Often {
    /// So many times in one of `unit`.
    pub(super) fn times_a(times: u8, unit: Known) -> Self {
        let one = Number::ONE;
        Self { times: Some(Number::whole(times)), times_most: None, period: one, period_most: None, unit }
    }

    /// How often in an hour: at least, at most.
    pub(super) fn rates(self) -> (f64, f64) {
        let super::unit::Family::Time(hours) = self.unit.family() else { return (0.0, 0.0) };
        let most = self.times_most.or(self.times).map_or(1.0, Number::value);
        let least = self.times.map_or(0.0, Number::value);
        let longest = self.period_most.unwrap_or(self.period).value();
        (least / (longest * hours), most / (self.period.value() * hours))
    }
}

/// A fact, and where it stands in the dosage.
#[derive(Clone)]
pub(super) struct Found {
    /// The fact.
    pub(super) fact: Fact,
    /// The element's path within the dosage: `timing.repeat.when`.
    pub(super) path: String,
}
