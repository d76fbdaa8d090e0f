//! Amounts: numbers with their unit.

use crate::fhir::codeable_concept::text;
use crate::fhir::dosage::{Decimal, Quantity, Range};
use crate::fhir::field::Field;
use crate::phi::Phi;
use crate::speech::unit::{Family, Known, Measure, Unit};

/// A number that can be said: not below nought, and of a size and an exactness that a listener can hold.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(in crate::speech) struct Number(f64);

/// Larger ones are no dose that anybody takes at home.
const LARGEST: f64 = 10_000_000.0;
/// More decimals than these come from a computer's arithmetic.
const DECIMALS: usize = 4;

impl Number {
    /// One.
    pub(in crate::speech) const ONE: Self = Self(1.0);

    /// A small whole number.
    pub(in crate::speech) fn whole(value: u8) -> Self {
        Self(f64::from(value))
    }

    /// A chart's number, unless it is nothing that can be said.
    pub(in crate::speech) fn of(value: f64) -> Option<Self> {
        let decimals = value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
        // JSON has a nought below nought; adding nought takes its sign away.
        ((0.0..=LARGEST).contains(&value) && decimals <= DECIMALS).then_some(Self(value + 0.0))
    }

    /// As [`Number::of`], and more than nought.
    pub(in crate::speech) fn positive(field: &Field<Phi<Decimal>>) -> Option<Self> {
        field.read().and_then(|number| Self::of(number.expose().0)).filter(|number| number.0 > 0.0)
    }

    /// Its value.
    pub(in crate::speech) fn value(self) -> f64 {
        self.0
    }

    /// In digits, without commas.
    pub(in crate::speech) fn digits(self) -> String {
        self.0.to_string()
    }

    /// Whether it is one.
    pub(in crate::speech) fn is_one(self) -> bool {
        self == Self::ONE
    }

    /// Its whole part, where it is small enough to be counted, and what is left.
    pub(in crate::speech) fn parts(self) -> (f64, f64) {
        (self.0.trunc(), self.0.fract())
    }
}

/// An amount, or one from low to high; one of both is there.
#[derive(Clone, PartialEq)]
pub(in crate::speech) struct Amounts {
    /// The least.
    pub(in crate::speech) low: Option<Number>,
    /// The most; the same as the least where there is one amount.
    pub(in crate::speech) high: Option<Number>,
    /// Of what.
    pub(in crate::speech) measure: Measure,
}

impl Amounts {
    /// One amount.
    pub(in crate::speech) fn one(number: Number, measure: Measure) -> Self {
        Self { low: Some(number), high: Some(number), measure }
    }

    /// One amount, unless it is from low to high.
    pub(in crate::speech) fn single(&self) -> Option<Number> {
        self.low.filter(|_| self.low == self.high)
    }

    /// FHIR's `Quantity`. `None`: it has no safe words.
    pub(in crate::speech) fn of_quantity(quantity: &Quantity) -> Option<Self> {
        // "Less than 5 mg" isn't 5 mg.
        if quantity.comparator.is_present() {
            return None;
        }
        Some(Self::one(Number::positive(&quantity.value)?, measure(quantity)?))
    }

    /// FHIR's `Range`. `None`: it has no safe words.
    pub(in crate::speech) fn of_range(range: &Range) -> Option<Self> {
        if range.low.is_malformed() || range.high.is_malformed() {
            return None;
        }
        let side = |field: &Field<Quantity>| match field.read() {
            None => Some(None),
            Some(quantity) if quantity.comparator.is_present() => None,
            Some(quantity) => {
                let number = quantity.value.read().and_then(|number| Number::of(number.expose().0))?;
                Some(Some((number, measure(quantity)?)))
            }
        };
        match (side(&range.low)?, side(&range.high)?) {
            (None, None) => None,
            (Some((low, measure)), None) => Some(Self { low: Some(low), high: None, measure }),
            (None, Some((high, measure))) => Some(Self { low: None, high: Some(high), measure }),
            (Some((low, low_measure)), Some((high, high_measure))) => {
                let measure = if low_measure.of == Unit::None { high_measure.clone() } else { low_measure };
                let agree = measure == high_measure || high_measure.of == Unit::None;
                (agree && low <= high && high.value() > 0.0).then_some(Self {
                    low: Some(low),
                    high: Some(high),
                    measure,
                })
            }
        }
    }

    /// A number of time units, or one from low to high.
    pub(in crate::speech) fn of_time(
        low: &Field<Phi<Decimal>>,
        high: &Field<Phi<Decimal>>,
        unit: Option<&str>,
    ) -> Option<Self> {
        if low.is_malformed() || high.is_malformed() {
            return None;
        }
        let measure = Measure::of(Known::of_time(unit?)?);
        let (low, most) = (number(low)?, number(high)?);
        match (low, most) {
            (Some(low), None) => Some(Self::one(low, measure)),
            (low, Some(high)) if low.is_none_or(|low| low <= high) => Some(Self { low, high: Some(high), measure }),
            _ => None,
        }
    }

    /// Whether two amounts measure the same, so that only one of them can be the dose.
    pub(in crate::speech) fn is_of_a_kind(&self, other: &Self) -> bool {
        let (one, other) = (&self.measure, &other.measure);
        let same_family = match (one.of.family(), other.of.family()) {
            (Family::Mass(_), Family::Mass(_)) | (Family::Volume(_), Family::Volume(_)) => true,
            (Family::Time(_), Family::Time(_)) => true,
            _ => one.of == other.of,
        };
        same_family && one.per == other.per
    }

    /// From how much to how much, in the smallest unit of its kind: nothing where only the most is told, and the least
    /// where only that is.
    pub(in crate::speech) fn extent(&self) -> (f64, f64) {
        let factor = match self.measure.of.family() {
            Family::Mass(factor) | Family::Volume(factor) | Family::Time(factor) => factor,
            Family::Counted | Family::Own => 1.0,
        };
        let value = |number: Option<Number>| number.map(|number| number.value() * factor);
        let low = value(self.low).unwrap_or_default();
        (low, value(self.high).unwrap_or(low))
    }

    /// Whether it is of time, and of nothing else.
    pub(in crate::speech) fn is_of_time(&self) -> bool {
        self.measure.of.is_of_time() && self.measure.per.is_empty()
    }
}

/// A number that may be missing. `None`: it is there, and can't be said.
pub(super) fn number(field: &Field<Phi<Decimal>>) -> Option<Option<Number>> {
    match field {
        Field::Absent => Some(None),
        Field::Malformed => None,
        Field::Read(_) => Number::positive(field).map(Some),
    }
}

/// The unit by its words, else its code. Where both are known and differ, neither is.
fn measure(quantity: &Quantity) -> Option<Measure> {
    if quantity.unit.is_malformed() || quantity.code.is_malformed() {
        return None;
    }
    let parsed = |field: &Field<Phi<String>>| text(field).map(Measure::parse);
    match (parsed(&quantity.unit), parsed(&quantity.code)) {
        (None, None) => Some(Measure { of: Unit::None, per: Vec::new() }),
        (Some(unit), None) => unit,
        (None, Some(code)) => code,
        (Some(Some(unit)), Some(Some(code))) if unit == code || code.of == Unit::None => Some(unit),
        // "Each" is no other unit than what it counts; a word that we don't know isn't either than its code.
        (Some(Some(unit)), Some(Some(code))) if unit.of == Unit::None || matches!(unit.of, Unit::Other(_)) => {
            Some(code)
        }
        (Some(Some(unit)), Some(Some(Measure { of: Unit::Other(_), .. }))) => Some(unit),
        // Units are written for both kinds of unit.
        (Some(Some(unit)), Some(Some(code))) => is_same_kind(&unit, &code).then_some(unit),
        (Some(Some(unit)), Some(None)) => Some(unit),
        (Some(None), Some(code)) => code,
    }
}

/// International units are called units by most, and puffs are sprays, inhalations and actuations of one kind.
fn is_same_kind(one: &Measure, other: &Measure) -> bool {
    const KINDS: [&[Known]; 2] =
        [&[Known::Unit, Known::InternationalUnit], &[Known::Puff, Known::Spray, Known::Inhalation, Known::Actuation]];
    let (Unit::Known(one_unit), Unit::Known(other_unit)) = (&one.of, &other.of) else { return false };
    one.per == other.per && KINDS.iter().any(|kind| kind.contains(one_unit) && kind.contains(other_unit))
}
