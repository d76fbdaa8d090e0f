//! What a caller can hear of their medications: made by whoever read the chart, ready to speak, stored as it is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::phi::{self, Phi};

/// A patient's current medications, in the order in which they are spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedicationList {
    /// The medications that count as current.
    pub medications: Vec<SpokenMedication>,
    /// Whether there may be more than could be read: a warning of Epic's, a page that failed, the limit of pages or
    /// of Medications read one by one, an entry that could not be read at all or was about somebody else.
    pub partial: bool,
    /// Whether a medication was left out that this site doesn't speak, or that is labelled as restricted: "there is more, ask
    /// a person".
    pub withheld: bool,
    /// How many entries were left out, by reason.
    pub left_out: BTreeMap<LeftOut, usize>,
    /// When the chart was read.
    pub read_at: Timestamp,
}

/// One medication, ready to speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenMedication {
    /// Its name in a form that can be spoken. Empty where the chart gives none; the sentences say so.
    #[serde(serialize_with = "phi::stored")]
    pub name: Phi<String>,
    /// What else a caller may call it: brand and generic names without strengths and forms, in lower case.
    #[serde(default, serialize_with = "phi::stored_list")]
    pub also_called: Vec<Phi<String>>,
    /// What it is for, in whole sentences: nothing where the chart doesn't tell.
    #[serde(default, serialize_with = "phi::stored_list")]
    pub purpose: Vec<Phi<String>>,
    /// What is said of it: whole sentences, in order, plain text without markup.
    #[serde(serialize_with = "phi::stored_list")]
    pub sentences: Vec<Phi<String>>,
    /// Whether its instructions could be read; if not, the sentences say that and send the caller to the pharmacist.
    pub readable: bool,
}

/// Why an entry of an answer is not among the medications. Every entry is spoken, named as unreadable, or has one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Not a resource of the kind asked for: an `OperationOutcome`, an included Medication.
    OtherResource,
    /// About another patient: dropped, counted, an alarm.
    ForeignPatient,
    /// Not a resource that can be read at all.
    Malformed,
    /// A status other than active and on-hold.
    NotCurrentStatus,
    /// An intent other than an order's: a proposal, a plan.
    NotAnOrder,
    /// A category that is not taken at home: inpatient.
    NotAtHome,
    /// `doNotPerform`: an order not to take it.
    DoNotPerform,
    /// STU3's `taken` says that the patient doesn't take it.
    NotTaken,
    /// On this site's list of medications that are not spoken, or labelled as restricted.
    NotSpokenHere,
    /// The same resource a second time.
    Duplicate,
}
