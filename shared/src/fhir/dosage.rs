//! Dosage: how a medication is to be taken, in words and in structure.

use serde::Deserialize;

use super::codeable_concept::CodeableConcept;
use super::field::{Field, List, Present};
use super::period::Period;
use crate::phi::Phi;

/// FHIR's `Dosage`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Dosage {
    /// The order of the instructions.
    pub sequence: Field<i64>,
    /// The whole instruction in words; Epic adds the order's dates to it.
    pub text: Field<Phi<String>>,
    /// The words for the patient.
    pub patient_instruction: Field<Phi<String>>,
    /// Such as "with or after food".
    pub additional_instruction: List<CodeableConcept>,
    /// When.
    pub timing: Field<Timing>,
    /// One form of `asNeeded[x]`.
    pub as_needed_boolean: Field<bool>,
    /// What stands in the value's place where that isn't known.
    #[serde(rename = "_asNeededBoolean")]
    pub as_needed_boolean_element: Field<Present>,
    /// The other form of `asNeeded[x]`: for what.
    pub as_needed_codeable_concept: Field<CodeableConcept>,
    /// Where on the body.
    pub site: Field<CodeableConcept>,
    /// By which way into the body.
    pub route: Field<CodeableConcept>,
    /// What to do with it: take, apply, inject.
    pub method: Field<CodeableConcept>,
    /// How much; Epic gives the same dose as calculated, administered and ordered.
    pub dose_and_rate: List<DoseAndRate>,
    /// STU3 has one dose, on the dosage itself.
    pub dose_quantity: Field<Quantity>,
    /// STU3: a dose from low to high.
    pub dose_range: Field<Range>,
    /// STU3: a rate.
    pub rate_ratio: Field<Ratio>,
    /// STU3: a rate from low to high.
    pub rate_range: Field<Range>,
    /// STU3: a rate.
    pub rate_quantity: Field<Quantity>,
    /// At most this much in a time.
    pub max_dose_per_period: Field<Ratio>,
    /// At most this much at once.
    pub max_dose_per_administration: Field<Quantity>,
    /// At most this much in a life.
    pub max_dose_per_lifetime: Field<Quantity>,
    /// Extensions that change what the dosage says. We know none.
    pub modifier_extension: Field<Present>,
}

impl Dosage {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Every dose and rate with its path within the dosage, whichever version of FHIR it came in.
    pub fn doses(&self) -> Vec<(String, Dose<'_>)> {
        let list = self.dose_and_rate.items.iter().enumerate();
        let mut doses =
            list.map(|(index, dose)| (format!("doseAndRate[{index}]."), dose.as_dose())).collect::<Vec<_>>();
        let own = Dose {
            kind: None,
            dose_quantity: &self.dose_quantity,
            dose_range: &self.dose_range,
            rate_ratio: &self.rate_ratio,
            rate_range: &self.rate_range,
            rate_quantity: &self.rate_quantity,
        };
        if own.is_present() {
            doses.push((String::new(), own));
        }
        doses
    }
}

/// A dose and a rate, of R4's `doseAndRate` or of STU3's dosage itself.
#[derive(Debug, Clone, Copy)]
pub struct Dose<'a> {
    /// `ordered`, `calculated`; Epic's `admin-amount`.
    pub kind: Option<&'a str>,
    /// A dose.
    pub dose_quantity: &'a Field<Quantity>,
    /// A dose from low to high.
    pub dose_range: &'a Field<Range>,
    /// A rate.
    pub rate_ratio: &'a Field<Ratio>,
    /// A rate from low to high.
    pub rate_range: &'a Field<Range>,
    /// A rate.
    pub rate_quantity: &'a Field<Quantity>,
}

impl Dose<'_> {
    fn is_present(&self) -> bool {
        self.dose_quantity.is_present()
            || self.dose_range.is_present()
            || self.rate_ratio.is_present()
            || self.rate_range.is_present()
            || self.rate_quantity.is_present()
    }
}

/// FHIR's `Timing`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Timing {
    /// Single moments.
    pub event: List<Phi<String>>,
    /// The rule.
    pub repeat: Field<Repeat>,
    /// The rule as a code or in words: `BID`, Epic's `0900`.
    pub code: Field<CodeableConcept>,
    /// Extensions that change what the timing says. We know none.
    pub modifier_extension: Field<Present>,
}

/// FHIR's `Timing.repeat`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Repeat {
    /// How long in all.
    pub bounds_duration: Field<Quantity>,
    /// How long in all, as a range.
    pub bounds_range: Field<Range>,
    /// From when to when.
    pub bounds_period: Field<Period>,
    /// How many times in all.
    pub count: Field<Phi<Decimal>>,
    /// How many times in all at most.
    pub count_max: Field<Phi<Decimal>>,
    /// How long each time.
    pub duration: Field<Phi<Decimal>>,
    /// How long each time at most.
    pub duration_max: Field<Phi<Decimal>>,
    /// `s`, `min`, `h`, `d`, `wk`, `mo` or `a`.
    pub duration_unit: Field<Phi<String>>,
    /// How often in a period.
    pub frequency: Field<Phi<Decimal>>,
    /// How often in a period at most.
    pub frequency_max: Field<Phi<Decimal>>,
    /// The period.
    pub period: Field<Phi<Decimal>>,
    /// The period at most.
    pub period_max: Field<Phi<Decimal>>,
    /// `s`, `min`, `h`, `d`, `wk`, `mo` or `a`.
    pub period_unit: Field<Phi<String>>,
    /// `mon` to `sun`.
    pub day_of_week: List<Phi<String>>,
    /// Times of day.
    pub time_of_day: List<Phi<String>>,
    /// Events of the day, such as `HS` (before sleep) and `ACM` (before breakfast).
    pub when: List<Phi<String>>,
    /// Minutes from the event.
    pub offset: Field<Phi<Decimal>>,
}

/// FHIR's `Dosage.doseAndRate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DoseAndRate {
    /// Whether it is the dose ordered, or one calculated from it.
    pub r#type: Field<CodeableConcept>,
    /// A dose.
    pub dose_quantity: Field<Quantity>,
    /// A dose from low to high.
    pub dose_range: Field<Range>,
    /// A rate.
    pub rate_ratio: Field<Ratio>,
    /// A rate from low to high.
    pub rate_range: Field<Range>,
    /// A rate.
    pub rate_quantity: Field<Quantity>,
}

impl DoseAndRate {
    fn as_dose(&self) -> Dose<'_> {
        let kind = self.r#type.read().and_then(|kind| kind.codes().chain(kind.words()).next());
        let Self { r#type: _, dose_quantity, dose_range, rate_ratio, rate_range, rate_quantity } = self;
        Dose { kind, dose_quantity, dose_range, rate_ratio, rate_range, rate_quantity }
    }
}

/// FHIR's `Quantity`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Quantity {
    /// How much.
    pub value: Field<Phi<Decimal>>,
    /// `<`, `>=` and their like: not the value, but less or more.
    pub comparator: Field<Phi<String>>,
    /// The unit in words.
    pub unit: Field<Phi<String>>,
    /// The unit in code.
    pub code: Field<Phi<String>>,
}

/// FHIR's `Range`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Range {
    /// The least.
    pub low: Field<Quantity>,
    /// The most.
    pub high: Field<Quantity>,
}

/// FHIR's `Ratio`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Ratio {
    /// So much …
    pub numerator: Field<Quantity>,
    /// … in so much.
    pub denominator: Field<Quantity>,
}

/// A number of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Decimal(pub f64);

/// JSON has no NaN.
impl Eq for Decimal {}
