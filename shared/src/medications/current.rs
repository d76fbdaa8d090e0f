//! What counts as current: decided by us, whatever the search was asked and did (design.md, §4), for whichever resource
//! a version of FHIR has for it.

pub(super) mod request;
pub(super) mod statement;

use jiff::Timestamp;
use url::Url;

use crate::call_record::PatientId;
use crate::fhir::codeable_concept::CodeableConcept;
use crate::fhir::dosage::Dosage;
use crate::fhir::field::{Field, List};
use crate::fhir::medication::Medication;
use crate::fhir::meta::{self, Meta};
use crate::fhir::period::Period;
use crate::fhir::reference::{self, Reference};
use crate::medication_list::LeftOut;
use crate::phi::Phi;
use crate::speech::medication::Instructions;

/// Whether a current medication is to be taken now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// Active.
    Active,
    /// On hold: spoken only as that.
    OnHold,
}

/// A medication that counts as current: what is spoken of it, whichever resource it came in.
#[derive(Debug)]
pub(super) struct Current {
    /// Whether it is to be taken now.
    pub(super) status: Status,
    /// The resource's id.
    pub(super) id: Field<Phi<String>>,
    /// One form of `medication[x]`.
    pub(super) concept: Field<CodeableConcept>,
    /// The other form of `medication[x]`.
    pub(super) reference: Field<Reference>,
    /// Medications within the resource.
    pub(super) contained: List<Medication>,
    /// What the resource calls the dosages.
    path: &'static str,
    /// How it is to be taken.
    dosages: List<Dosage>,
    /// What it is for.
    reasons: List<CodeableConcept>,
    /// From when to when it is taken, as a statement has it.
    period: Field<Period>,
    /// Whether there is an extension that changes what the resource says.
    modified: bool,
}

impl Current {
    /// What of it is spoken beside its name, as at `now`.
    pub(super) fn instructions(&self, now: Timestamp) -> Instructions<'_> {
        Instructions {
            dosages: &self.dosages,
            path: self.path,
            modified: self.modified,
            reasons: &self.reasons,
            period: &self.period,
            on_hold: self.status == Status::OnHold,
            now,
        }
    }
}

/// Why an entry is left out, and whether that leaves it open if the patient takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotCurrent {
    pub(super) reason: LeftOut,
    pub(super) uncertain: bool,
}

impl NotCurrent {
    /// One that is surely not taken.
    fn surely(reason: LeftOut) -> Self {
        Self { reason, uncertain: false }
    }

    /// One that may be taken.
    fn perhaps(reason: LeftOut) -> Self {
        Self { reason, uncertain: true }
    }
}

/// Refuses what isn't `patient`'s.
fn check_subject(subject: &Field<Reference>, patient: &PatientId, base_url: &Url) -> Result<(), NotCurrent> {
    let subject = subject.read().and_then(Reference::as_str);
    let id = subject.and_then(|subject| reference::local_id(subject, "Patient", base_url));
    if id == Some(patient.expose()) { Ok(()) } else { Err(NotCurrent::perhaps(LeftOut::ForeignPatient)) }
}

/// The two statuses that are spoken; the codes are the same in both resources.
fn status(code: &str) -> Result<Status, NotCurrent> {
    match code {
        "active" => Ok(Status::Active),
        "on-hold" => Ok(Status::OnHold),
        "cancelled" | "completed" | "draft" | "entered-in-error" | "intended" | "stopped" => {
            Err(NotCurrent::surely(LeftOut::NotCurrentStatus))
        }
        // `unknown`, and what FHIR has no word for.
        _ => Err(NotCurrent::perhaps(LeftOut::NotCurrentStatus)),
    }
}

/// Refuses what is labelled as restricted: a person may tell of it.
fn check_labels(meta: &Field<Meta>) -> Result<(), NotCurrent> {
    if meta::is_restricted(meta) { Err(NotCurrent::surely(LeftOut::NotSpokenHere)) } else { Ok(()) }
}

/// Where a medication is taken, as its categories say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Category {
    AtHome,
    Inpatient,
    Unknown,
}

impl Category {
    /// By code, of any system (sites map their own), else by words: Epic's STU3 categories come without a text, others
    /// without a code.
    fn of(concept: &CodeableConcept) -> Self {
        let known = |word: &str| match word.trim().to_ascii_lowercase().as_str() {
            // The last is STU3's: the patient says that they take it.
            "community" | "outpatient" | "discharge" | "patientspecified" => Some(Self::AtHome),
            "inpatient" => Some(Self::Inpatient),
            _ => None,
        };
        concept.codes().find_map(known).or_else(|| concept.words().find_map(known)).unwrap_or(Self::Unknown)
    }

    /// Lets pass what is taken at home.
    fn check(self) -> Result<(), NotCurrent> {
        match self {
            Self::AtHome => Ok(()),
            Self::Inpatient => Err(NotCurrent::surely(LeftOut::NotAtHome)),
            // A category of the site's own is not one of those that are read out; but the list may lack something then.
            Self::Unknown => Err(NotCurrent::perhaps(LeftOut::NotAtHome)),
        }
    }
}
