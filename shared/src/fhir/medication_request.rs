//! `MedicationRequest`: whose it is, whether it counts, what is to be taken.

use serde::Deserialize;

use super::codeable_concept::CodeableConcept;
use super::dosage::Dosage;
use super::field::{Field, List, Present};
use super::medication::Medication;
use super::meta::Meta;
use super::reference::Reference;
use crate::phi::Phi;

/// The fields of FHIR's `MedicationRequest` that we read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MedicationRequest {
    /// The logical id.
    pub id: Field<Phi<String>>,
    /// Security labels.
    pub meta: Field<Meta>,
    /// Rules without which the resource can't be understood. We know none.
    pub implicit_rules: Field<Present>,
    /// `active`, `on-hold`, `cancelled`, `completed`, `entered-in-error`, `stopped`, `draft` or `unknown`.
    pub status: Field<String>,
    /// `order` and its kinds, `proposal`, `plan` or `option`.
    pub intent: Field<String>,
    /// Where it is taken: inpatient, outpatient, community, discharge.
    pub category: List<CodeableConcept>,
    /// True: an order not to take it.
    pub do_not_perform: Field<bool>,
    /// What stands in the value's place where that isn't known.
    #[serde(rename = "_doNotPerform")]
    pub do_not_perform_element: Field<Present>,
    /// One form of `medication[x]`.
    pub medication_codeable_concept: Field<CodeableConcept>,
    /// The other form of `medication[x]`.
    pub medication_reference: Field<Reference>,
    /// The patient (or group) it is for.
    pub subject: Field<Reference>,
    /// Whether it was reported rather than ordered. One form of `reported[x]`.
    pub reported_boolean: Field<bool>,
    /// Who reported it. The other form of `reported[x]`.
    pub reported_reference: Field<Reference>,
    /// What it is for.
    pub reason_code: List<CodeableConcept>,
    /// How it is to be taken.
    pub dosage_instruction: List<Dosage>,
    /// Resources within this one, of which Medications are read.
    pub contained: List<Medication>,
    /// Extensions that change what the resource says. We know none, so where one stands nothing here can be relied on.
    pub modifier_extension: Field<Present>,
}
