//! `Appointment`: whose it is, whether it is booked, when, with whom and where. What we read is the same in R4 and STU3.

use serde::Deserialize;

use super::field::{Field, List, Present};
use super::meta::Meta;
use super::reference::Reference;
use crate::phi::Phi;

/// The fields of FHIR's `Appointment` that we read. Its description, comment, reasons and instructions are not among them:
/// they tell what somebody is ill with, and nobody has to hear that to come in time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Appointment {
    /// The logical id.
    pub id: Field<Phi<String>>,
    /// Security labels.
    pub meta: Field<Meta>,
    /// Rules without which the resource can't be understood. We know none.
    pub implicit_rules: Field<Present>,
    /// `proposed`, `pending`, `booked`, `arrived`, `fulfilled`, `cancelled`, `noshow`, `entered-in-error` and others.
    pub status: Field<String>,
    /// When it begins: an instant, with an offset.
    pub start: Field<Phi<String>>,
    /// Who and what takes part, the patient included.
    pub participant: List<Participant>,
    /// Extensions that change what the resource says. We know none, so where one stands nothing here can be relied on.
    pub modifier_extension: Field<Present>,
}

/// FHIR's `Appointment.participant`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Participant {
    /// A Patient, Practitioner, Location or other.
    pub actor: Field<Reference>,
    /// `accepted`, `declined`, `tentative` or `needs-action`.
    pub status: Field<String>,
    /// Extensions that change what it says. We know none.
    pub modifier_extension: Field<Present>,
}

impl Appointment {
    /// Whether something that we don't know changes what it says.
    pub fn is_modified(&self) -> bool {
        self.implicit_rules.is_present() || self.modifier_extension.is_present()
    }
}

impl Participant {
    /// Whether it takes no part: it declined.
    pub fn has_declined(&self) -> bool {
        self.status.read().is_some_and(|status| status == "declined")
    }

    /// Whether something that we don't know changes what it says.
    pub fn is_modified(&self) -> bool {
        self.modifier_extension.is_present()
    }
}
