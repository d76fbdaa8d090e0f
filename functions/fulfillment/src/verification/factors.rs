//! The comparison, factor by factor, of what a caller gave with what a chart has. Epic's search is a hint only: it weighs
//! its parameters and returns patients of whom one of them, or none, is true.

use jiff::Timestamp;
use jiff::civil::Date;
use shared::fhir::codeable_concept::text;
use shared::fhir::field::Field;
use shared::fhir::patient::{ContactPoint, Patient};
use shared::fhir::period::Period;
use shared::phi::Phi;

use super::birth_date::earliest_date_at;
use super::gender::Gender;
use super::phone::{E164, Numbering};
use super::policy::{Factor, SearchPolicy};

/// Confidentiality codes of HL7's that keep a chart from being read out: restricted, very restricted.
const RESTRICTED: [&str; 2] = ["R", "V"];

/// What the caller gave.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The number called from.
    pub phone: E164,
    /// The birth date.
    pub birth_date: Phi<Date>,
    /// The gender.
    pub gender: Gender,
}

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
        let (required, optional) = (agreeing(&self.policy.required), agreeing(&self.policy.optional));
        let enough = required.len() == self.policy.required.len() && optional.len() >= self.policy.optional_needed;
        enough.then(|| [required, optional].concat())
    }

    /// Whether the number called from is the patient's: they are who a wrong guess is counted against.
    pub(crate) fn is_candidate(&self, patient: &Patient) -> bool {
        self.agrees(Factor::Phone, patient)
    }

    /// Whether nothing searched for is true of `patient`, on the most generous reading (an old number, a number at work,
    /// one with words beside it). No search returns such a patient, only a server that didn't read what was searched for.
    pub(crate) fn is_unasked_for(&self, patient: &Patient) -> bool {
        let mentioned = |value: &str| self.policy.numbering.mentions(value, &self.claim.phone);
        let any_number = patient.telecom.items.iter().any(|point| text(&point.value).is_some_and(mentioned));
        let loosely = |factor| match factor {
            Factor::Phone => any_number,
            Factor::BirthDate | Factor::Gender => self.agrees(factor, patient),
        };
        ![Factor::Phone, Factor::BirthDate, Factor::Gender]
            .into_iter()
            .filter(|factor| self.policy.has(*factor))
            .any(loosely)
    }

    /// Whether the chart may be read out at all to a caller who is this patient: in use, alive, not merged into another,
    /// not restricted, of age.
    pub(crate) fn may_be_verified(&self, patient: &Patient) -> bool {
        patient.is_active()
            && patient.is_alive()
            && !patient.is_replaced()
            && !is_restricted(patient)
            && birth_date(patient)
                .is_some_and(|born| age_on(born, earliest_date_at(self.now)) >= self.policy.minimum_age)
    }

    fn agrees(&self, factor: Factor, patient: &Patient) -> bool {
        match factor {
            Factor::Phone => patient.telecom.items.iter().any(|point| {
                is_own_and_current(point, self.now) && is_number(point, &self.claim.phone, &self.policy.numbering)
            }),
            Factor::BirthDate => birth_date(patient) == Some(*self.claim.birth_date.expose()),
            Factor::Gender => {
                let mut legal_sex = patient.legal_sex().into_iter().flat_map(|concept| concept.codes());
                self.claim.gender.is(text(&patient.gender)) || legal_sex.any(|code| self.claim.gender.is(Some(code)))
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
    let is_own = match &point.contact_use {
        Field::Absent => true,
        Field::Read(usage) => matches!(usage.as_str(), "home" | "mobile" | "temp"),
        Field::Malformed => false,
    };
    let is_current = match &point.period {
        Field::Absent => true,
        Field::Read(period) => is_within(period, now),
        Field::Malformed => false,
    };
    is_phone && is_own && is_current
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

fn is_restricted(patient: &Patient) -> bool {
    match &patient.meta {
        Field::Absent => false,
        Field::Read(meta) => {
            let restricts = |label: &shared::fhir::codeable_concept::Coding| match text(&label.code) {
                Some(code) => RESTRICTED.contains(&code),
                None => true,
            };
            meta.security.malformed || meta.security.items.iter().any(restricts)
        }
        Field::Malformed => true,
    }
}

#[cfg(test)]
mod tests;
