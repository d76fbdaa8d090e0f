//! STU3's `MedicationStatement`: whose it is, whether it counts, what is to be taken.

use serde::Deserialize;

use super::codeable_concept::CodeableConcept;
use super::dosage::Dosage;
use super::field::{Field, List, Present};
use super::medication::Medication;
use super::meta::Meta;
use super::period::Period;
use super::reference::Reference;
use crate::phi::Phi;

/// The fields of FHIR STU3's `MedicationStatement` that we read. Its `note` is not among them: a remark between
/// clinicians, not an instruction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MedicationStatement {
    /// The logical id.
    pub id: Field<Phi<String>>,
    /// Security labels.
    pub meta: Field<Meta>,
    /// Rules without which the resource can't be understood. We know none.
    pub implicit_rules: Field<Present>,
    /// `active`, `completed`, `entered-in-error`, `intended`, `stopped` or `on-hold`.
    pub status: Field<String>,
    /// Where it is taken: inpatient, outpatient, community, patientspecified. One at most, unlike R4's.
    pub category: Field<CodeableConcept>,
    /// One form of `medication[x]`.
    pub medication_codeable_concept: Field<CodeableConcept>,
    /// The other form of `medication[x]`.
    pub medication_reference: Field<Reference>,
    /// From when to when it is taken. One form of `effective[x]`; the other, a single moment, says nothing of its end.
    pub effective_period: Field<Period>,
    /// The patient (or group) it is about.
    pub subject: Field<Reference>,
    /// Whether it is taken: `y`, `n`, `unk` or `na`. Epic writes `unk`.
    pub taken: Field<String>,
    /// What it is for.
    pub reason_code: List<CodeableConcept>,
    /// How it is to be taken.
    pub dosage: List<Dosage>,
    /// Resources within this one, of which Medications are read.
    pub contained: List<Medication>,
    /// Extensions that change what the resource says. We know none, so where one stands nothing here can be relied on.
    pub modifier_extension: Field<Present>,
}
