//! What words claim of how much and how often, to be compared with what other words claim.

use super::units::COUNTED;
use super::{Said, structure};
use crate::speech::fact::{Amounts, Within};
use crate::speech::frequency::same;
use crate::speech::unit::{Family, Known, Measure, Unit};

/// How much and how often, where the words say one thing of it.
pub(in crate::speech) struct Claims {
    /// How many of what is counted.
    pub(super) counted: Option<f64>,
    /// In micrograms.
    mass: Option<f64>,
    /// In times an hour: at least, at most.
    frequency: Option<(f64, f64)>,
}

impl Claims {
    /// Whether others claim something else.
    pub(in crate::speech) fn disagrees(&self, other: &Self) -> bool {
        let differ =
            |one: Option<f64>, other: Option<f64>| one.zip(other).is_some_and(|(one, other)| !same(one, other));
        let rates =
            |at: fn(&(f64, f64)) -> f64| differ(self.frequency.as_ref().map(at), other.frequency.as_ref().map(at));
        differ(self.counted, other.counted)
            || differ(self.mass, other.mass)
            || rates(|rate| rate.0)
            || rates(|rate| rate.1)
    }
}

impl Said<'_> {
    /// What the words claim.
    pub(in crate::speech) fn claims(&self) -> Claims {
        let counted = COUNTED.iter().flat_map(|unit| self.doses_of(*unit));
        let masses = [Known::Gram, Known::Milligram, Known::Microgram].into_iter().flat_map(|unit| {
            let factor = if let Family::Mass(factor) = unit.family() { factor } else { 0.0 };
            self.doses_of(unit).into_iter().map(move |value| value * factor)
        });
        let frequency = if self.states_frequency { self.frequencies.as_slice() } else { &[] };
        Claims {
            counted: only(counted),
            mass: only(masses),
            frequency: if let [one] = frequency { Some(*one) } else { None },
        }
    }

    /// Whether what the words have taken is more than a limit allows: each time, or in the limit's time where they have it
    /// taken so often that it is. As needed and up to so much, a limit is below what is taken at most.
    pub(super) fn exceeds(&self, most: &Amounts, within: &Within) -> bool {
        let claims = self.claims();
        let is_open = self.any_word(&["needed", "necessary", "may", "if"]) || self.phrase("up to");
        let dose = match &most.measure {
            Measure { of: Unit::Known(unit), per } if per.is_empty() => match unit.family() {
                Family::Mass(_) => claims.mass,
                Family::Counted => only(self.doses_of(*unit).into_iter()),
                _ => None,
            },
            _ => None,
        };
        let times = match (within, claims.frequency) {
            (Within::Period(period), Some((rate, _))) if !is_open && !self.names_days() => {
                (rate * period.extent().0 + 0.001).floor().max(1.0)
            }
            _ => 1.0,
        };
        dose.is_some_and(|dose| dose * times > most.extent().1 * 1.001)
    }

    /// The numbers of what is taken in a unit.
    fn doses_of(&self, unit: Known) -> Vec<f64> {
        let measure = crate::speech::unit::Measure::of(unit);
        let amounts = self.amounts_of(|word| structure::is_word_of(word, unit));
        amounts.filter(|amount| self.is_dose(amount, &measure)).map(|amount| amount.value).collect()
    }
}

/// The one value that there is.
fn only(mut values: impl Iterator<Item = f64>) -> Option<f64> {
    let first = values.next()?;
    values.all(|value| same(value, first)).then_some(first)
}
