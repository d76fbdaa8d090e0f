//! What Epic's answers mean for a claim: nobody, or exactly one patient.

use std::collections::BTreeMap;

use shared::call_record::PatientId;
use shared::fhir::codeable_concept::text;
use shared::fhir::patient::Patient;
use shared::fhir::{Entry, FhirError, SearchSet};

use super::claim::Claim;
use super::factors::Comparison;
use super::gender::Gender;
use super::policy::Factor;

/// Epic ends a patient search with an error at more than 100 hits, so that one page holds every answer of Epic's.
const COUNT: &str = "100";

/// Why nobody was verified: for the log alone, never for the caller (design.md, promise 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// No patient agrees in every factor.
    NoMatch,
    /// Epic didn't take the search's parameters, and searched for nobody.
    NotTaken,
    /// The answer may hide patients: too many hits, pages beyond the first, patients not asked for or that can't be read.
    Unusable,
    /// Several patients agree.
    SeveralMatch,
    /// One agrees whose chart is not read out: inactive, deceased, merged, a minor's.
    NotReadOut,
    /// Epic restricts the chart.
    Restricted,
    /// Too many tries.
    LockedOut,
}

impl Refusal {
    /// Its name in the log.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::NoMatch => "no-match",
            Self::NotTaken => "search-not-taken",
            Self::Unusable => "unusable-search",
            Self::SeveralMatch => "several-match",
            Self::NotReadOut => "not-read-out",
            Self::Restricted => "restricted",
            Self::LockedOut => "locked-out",
        }
    }

    /// Whether an answer that ended so may hide a patient, who may agree as well as one that another answer shows.
    ///
    /// The rule: a search that wasn't made hides nobody (a phone format that this Epic doesn't take, in every search, must
    /// not make verification impossible), and neither does one that found nobody. Whatever was found and can't be looked
    /// at hides somebody: then nobody is verified, whom the other formats show. A site in whose Epic one of the formats
    /// finds too many, every time, has to leave that format out of its `patient_search`.
    fn hides_patients(self) -> bool {
        match self {
            Self::NoMatch | Self::NotTaken => false,
            Self::Unusable | Self::SeveralMatch | Self::NotReadOut | Self::Restricted | Self::LockedOut => true,
        }
    }
}

/// The patient who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verified {
    /// Their id.
    pub patient: PatientId,
    /// The factors that agreed.
    pub by: Vec<Factor>,
}

/// The parameters of a search for `claim`, with its phone number written as `phone` where patients are found by number.
///
/// What Epic doesn't search by, such as the end of a record number, is compared only; neither is the ZIP code sent, which
/// few servers search by.
pub(crate) fn parameters<'a>(
    claim: &'a Claim,
    birth_date: &'a str,
    phone: Option<&'a str>,
) -> Vec<(&'static str, &'a str)> {
    let mut parameters = vec![("birthdate", birth_date)];
    parameters.extend(phone.map(|phone| ("telecom", phone)));
    if let Some(name) = &claim.name {
        parameters.extend([("family", name.family.expose()), ("given", name.given.expose())]);
    }
    parameters.extend(claim.gender.map(Gender::search_parameter));
    parameters.push(("_count", COUNT));
    parameters
}

/// What a search that ended in an error means: a refusal like any other where the server answered the question, `None`
/// where it could not, which is an outage. A status with nothing said of it is one, too: whoever stands at a wrong base
/// URL, or keeps a POST from Epic, knows nothing of patients, and no caller may be locked out for it.
pub(crate) fn refusal_of(error: &FhirError) -> Option<Refusal> {
    match error {
        FhirError::Restricted => Some(Refusal::Restricted),
        FhirError::NotFound => Some(Refusal::NoMatch),
        // 4110 from an Epic before 2026 that doesn't read a body; 4100 and the like for a parameter's value.
        FhirError::BadRequest { .. } => Some(Refusal::NotTaken),
        // 4127 and 59133 for too many; 4107 for somebody whose chart another took the place of.
        FhirError::TooMany { .. } | FhirError::Merged => Some(Refusal::Unusable),
        _ => None,
    }
}

/// The patients of one answer, each read once.
pub(crate) struct Answer {
    patients: Vec<Patient>,
    complete: bool,
}

impl Answer {
    /// The patients of `answer`. An `OperationOutcome` among its entries, even as its first, is none.
    pub(crate) fn of(answer: &SearchSet) -> Self {
        let (mut patients, mut complete) = (Vec::new(), !answer.truncated());
        for entry in answer.entries() {
            match entry {
                Entry::Resource(resource) if resource.resource_type == "Patient" => match resource.decode() {
                    Ok(patient) => patients.push(patient),
                    Err(_) => complete = false,
                },
                Entry::Resource(_) => {}
                Entry::Malformed => complete = false,
            }
        }
        Self { patients, complete }
    }

    /// Those who agree.
    ///
    /// # Errors
    /// [`Refusal::Unusable`] for an answer that is not whole or not to the question asked: then not even a patient in whom
    /// everything agrees is taken from it, since there may be another beyond.
    fn agreeing<'a>(&'a self, comparison: Comparison<'_>) -> Result<Vec<(&'a Patient, Vec<Factor>)>, Refusal> {
        if !self.complete || self.patients.iter().any(|patient| comparison.is_unasked_for(patient)) {
            return Err(Refusal::Unusable);
        }
        Ok(self.patients.iter().filter_map(|patient| Some((patient, comparison.verified_by(patient)?))).collect())
    }
}

/// The answers about one claim: one for each phone format, or why there is none.
pub(crate) struct Hits(Vec<Result<Answer, Refusal>>);

impl Hits {
    /// These answers.
    pub(crate) fn new(answers: Vec<Result<Answer, Refusal>>) -> Self {
        Self(answers)
    }

    /// The patients whose number it is, once each.
    pub(crate) fn candidates(&self, comparison: Comparison<'_>) -> Vec<PatientId> {
        let patients = self.0.iter().flatten().flat_map(|answer| &answer.patients);
        let candidates = patients.filter(|patient| comparison.is_candidate(patient));
        let by_id: BTreeMap<String, PatientId> =
            candidates.filter_map(id_of).map(|id| (id.expose().to_owned(), id)).collect();
        by_id.into_values().collect()
    }

    /// The one patient who agrees, over all answers, none of which may hide another ([`Refusal::hides_patients`]).
    ///
    /// # Errors
    /// [`Refusal`], where there is none, more than one, or one whose chart is not read out or may not be.
    pub(crate) fn verify(&self, comparison: Comparison<'_>) -> Result<Verified, Refusal> {
        let mut matches = Vec::new();
        // The most telling one, for the log.
        let mut refusal = Refusal::NoMatch;
        for answer in &self.0 {
            match answer.as_ref().map_err(|refusal| *refusal).and_then(|answer| answer.agreeing(comparison)) {
                Ok(agreeing) => matches.extend(agreeing),
                Err(reason) => refusal = refusal.max(reason),
            }
        }
        let (first, by) = matches.first().filter(|_| !refusal.hides_patients()).ok_or(refusal)?;
        // A hit that agrees and has no id can't be told from another.
        let id = id_of(first).ok_or(Refusal::Unusable)?;
        if matches.iter().any(|(patient, _)| id_of(patient).as_ref() != Some(&id)) {
            return Err(Refusal::SeveralMatch);
        }
        // Who is shown in two ways, one of which doesn't agree, is shown wrongly in one of them.
        let patients = self.0.iter().flatten().flat_map(|answer| &answer.patients);
        if patients.filter(|patient| id_of(patient).as_ref() == Some(&id)).count() != matches.len() {
            return Err(Refusal::Unusable);
        }
        if !matches.iter().all(|(patient, _)| comparison.may_be_verified(patient)) {
            return Err(Refusal::NotReadOut);
        }
        Ok(Verified { patient: id, by: by.clone() })
    }
}

fn id_of(patient: &Patient) -> Option<PatientId> {
    text(&patient.id).and_then(PatientId::parse)
}
