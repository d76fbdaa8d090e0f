//! The comparison, factor by factor, of what a caller gave with what a chart has. Epic's search is a hint only: it weighs
//! its parameters and returns patients of whom one of them, or none, is true.

use jiff::Timestamp;
use jiff::civil::Date;
use shared::fhir::codeable_concept::text;
use shared::fhir::meta::is_restricted;
use shared::fhir::patient::{ContactPoint, Patient};

use super::birth_date::earliest_date_at;
use super::claim::Claim;
use super::current::{goes_on, is_of_use};
use super::phone::{E164, Numbering};
use super::policy::{Factor, SearchPolicy};

/// Compares claims with charts, by the site's policy and at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Comparison<'a> {
    /// The policy.
    pub policy: &'a SearchPolicy,
    /// What the caller gave.
    pub claim: &'a Claim,
    /// When.
    pub now: Timestamp,
}

impl Comparison<'_> {
    /// The factors that agree with `patient`, if they are enough by the policy.
    pub(crate) fn verified_by(&self, patient: &Patient) -> Option<Vec<Factor>> {
        let agreeing = |factors: &[Factor]| {
            factors.iter().copied().filter(|factor| self.agrees(*factor, patient)).collect::<Vec<_>>()
        };
        let needed = self.policy.needed(self.claim.said_number().is_some());
        let (required, optional) = (agreeing(&needed.required), agreeing(&needed.optional));
        let enough = required.len() == needed.required.len() && optional.len() >= needed.optional_needed;
        enough.then(|| [required, optional].concat())
    }

    /// Whether the caller's number is the patient's, or their name where patients are found by name: they are who a wrong
    /// guess is counted against.
    pub(crate) fn is_candidate(&self, patient: &Patient) -> bool {
        self.agrees(if self.policy.finds_by_phone() { Factor::Phone } else { Factor::Name }, patient)
    }

    /// Whether nothing searched for is true of `patient`, on the most generous reading (an old number, a number at work,
    /// one with words beside it, a name that sounds alike). No search returns such a patient, only a server that didn't
    /// read what was searched for.
    pub(crate) fn is_unasked_for(&self, patient: &Patient) -> bool {
        let number = self.claim.number().filter(|_| self.policy.finds_by_phone());
        let any_number = number.is_some_and(|number| {
            let mentioned = |value: &str| self.policy.numbering.mentions(value, number);
            patient.telecom.items.iter().any(|point| text(&point.value).is_some_and(mentioned))
        });
        let any_name = self.claim.name.as_ref().is_some_and(|name| name.may_find(patient));
        !(any_number || any_name || self.agrees(Factor::BirthDate, patient) || self.agrees(Factor::Gender, patient))
    }

    /// Whether the chart may be read out at all to a caller who is this patient: in use, alive, not merged into another,
    /// not restricted, of age, and with nothing in it that changes what all of this means.
    pub(crate) fn may_be_verified(&self, patient: &Patient) -> bool {
        patient.is_active()
            && patient.is_alive()
            && !patient.is_replaced()
            && !patient.is_modified()
            && !is_restricted(&patient.meta)
            && birth_date(patient)
                .is_some_and(|born| age_on(born, earliest_date_at(self.now)) >= self.policy.minimum_age)
    }

    fn agrees(&self, factor: Factor, patient: &Patient) -> bool {
        let claim = self.claim;
        match factor {
            Factor::Phone => claim.number().is_some_and(|number| {
                let is_it = |point: &&ContactPoint| is_own_and_current(point, self.now);
                patient.telecom.items.iter().filter(is_it).any(|point| is_number(point, number, &self.policy.numbering))
            }),
            Factor::BirthDate => birth_date(patient) == Some(*claim.birth_date.expose()),
            Factor::Gender => claim.gender.is_some_and(|gender| {
                let mut legal_sex = patient.legal_sex().into_iter().flat_map(|concept| concept.codes());
                gender.is(text(&patient.gender)) || legal_sex.any(|code| gender.is(Some(code)))
            }),
            Factor::Name => claim.name.as_ref().is_some_and(|name| name.is_of(patient, self.now)),
            Factor::PostalCode => claim.postal_code.as_ref().is_some_and(|code| code.is_of(patient, self.now)),
            Factor::MrnLastFour => {
                let system = self.policy.mrn_system.as_deref();
                claim.record_number.as_ref().is_some_and(|ending| ending.is_of(patient, system, self.now))
            }
        }
    }
}

fn is_number(point: &ContactPoint, number: &E164, numbering: &Numbering) -> bool {
    text(&point.value).and_then(|value| numbering.of_chart(value)).as_ref() == Some(number)
}

/// Whether a contact point is a phone of the patient's own, in use now. One whose use or period can't be read isn't.
fn is_own_and_current(point: &ContactPoint, now: Timestamp) -> bool {
    let is_phone = point.system.read().is_some_and(|system| system == "phone" || system == "sms");
    is_phone && is_of_use(&point.contact_use, &["home", "mobile", "temp"]) && goes_on(&point.period, now)
}

/// The birth date, where the chart has a whole one.
fn birth_date(patient: &Patient) -> Option<Date> {
    let written = text(&patient.birth_date)?;
    (written.len() == "YYYY-MM-DD".len()).then(|| written.parse().ok()).flatten()
}

/// An age in whole years; who was born on 29 February is a year older on 1 March.
fn age_on(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests;
