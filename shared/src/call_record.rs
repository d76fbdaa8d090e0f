//! A call: who is on the line, and what has been read for them. It lives for minutes, under an opaque reference.

pub mod store;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::appointment_list::AppointmentList;
use crate::connection::ConnectionName;
use crate::medication_list::MedicationList;
use crate::phi::{self, Phi};
use crate::randomness::Randomness;
use crate::speech::Locale;

/// The one name by which a call is known outside the backend: 256 random bits, worth nothing without our table.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct CallReference(String);

/// A text that is no call reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a call reference")]
pub struct InvalidCallReference;

impl CallReference {
    /// A new reference.
    pub fn new(randomness: &Randomness) -> Self {
        Self(randomness.name())
    }

    /// Reads a reference that came back from Lex.
    ///
    /// # Errors
    /// [`InvalidCallReference`] when it is not of the form that [`CallReference::new`] makes.
    pub fn parse(text: &str) -> Result<Self, InvalidCallReference> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if text.len() == 43 && text.chars().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidCallReference)
        }
    }

    /// The reference as text, for Lex's session attribute, the queue and the table.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CallReference {
    type Error = InvalidCallReference;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// Whoever holds the reference may hear the list while the call lasts, so it is not printed whole.
impl fmt::Debug for CallReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CallReference({}..)", self.0.get(..6).unwrap_or_default())
    }
}

/// A FHIR Patient's logical id. It never leaves the backend (design.md, promise 6).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct PatientId(#[serde(serialize_with = "phi::stored")] Phi<String>);

impl PatientId {
    /// Wraps an id that Epic gave. FHIR ids are 1 to 64 letters, digits, `-` and `.`; Epic's are, too. Anything else is
    /// refused, since it becomes part of a URL.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        ((1..=64).contains(&text.len()) && text.chars().all(allowed)).then(|| Self(Phi::new(text.to_owned())))
    }

    /// The id, for a request to Epic or our table.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The caller item of a call: written once, when the caller was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedCaller {
    /// Whose Epic.
    pub connection: ConnectionName,
    /// Who is on the line.
    pub patient: PatientId,
    /// The language in which the list is to be made ready.
    pub locale: Locale,
    /// The names of the factors that agreed, such as `phone`, `birth_date`, `gender`.
    pub verified_by: Vec<String>,
    /// When.
    pub verified_at: Timestamp,
    /// When the call record ends: a list is never read out after it.
    pub expires_at: Timestamp,
}

/// What became of reading the medications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum MedicationsOutcome {
    /// Read: ready to speak.
    Read {
        /// The list.
        list: MedicationList,
    },
    /// Epic restricts the chart (break-the-glass): policy, not a fault. Told in the very words of an outage.
    Restricted,
}

/// What became of reading the appointments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum AppointmentsOutcome {
    /// Read.
    Read {
        /// The list.
        list: AppointmentList,
    },
    /// Epic restricts the chart, as in [`MedicationsOutcome::Restricted`].
    Restricted,
    /// Epic lets this line read no appointments: asked again within the call, it would say the same. Told in the very words
    /// of an outage.
    Unavailable,
}

/// A call as one read of the table shows it, at a time when it has not expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRecord {
    /// Who is on the line.
    pub caller: VerifiedCaller,
    /// What became of reading their medications; `None` while nobody has.
    pub medications: Option<MedicationsOutcome>,
    /// What became of reading their appointments; `None` while nobody has, or where it can't be told.
    pub appointments: Option<AppointmentsOutcome>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_and_nothing_else_does() {
        let reference = CallReference::new(&Randomness::from_fn(|buffer| buffer.fill(7)));
        assert_eq!(CallReference::parse(reference.as_str()), Ok(reference.clone()));
        let (short, long) = ("a".repeat(42), "a".repeat(44));
        let foreign = format!("{}#", "a".repeat(42));
        for other in ["", short.as_str(), long.as_str(), foreign.as_str()] {
            assert!(CallReference::parse(other).is_err());
        }
        assert!(!format!("{reference:?}").contains(reference.as_str()));
    }

    #[test]
    fn what_became_of_the_appointments_is_stored_under_a_name_of_its_own() {
        for (outcome, stored) in [
            (AppointmentsOutcome::Restricted, r#"{"outcome":"restricted"}"#),
            (AppointmentsOutcome::Unavailable, r#"{"outcome":"unavailable"}"#),
        ] {
            assert_eq!(serde_json::to_string(&outcome).unwrap(), stored);
            assert_eq!(crate::json::decode::<AppointmentsOutcome>(stored.as_bytes()).unwrap(), outcome);
        }
    }

    #[test]
    fn an_id_that_would_change_a_url_is_refused() {
        assert!(PatientId::parse("e0w0LEDCYtfckT6N.CkJKCw3").is_some());
        for other in ["", "a/b", "a?b", "a%2Fb", "ä", &"a".repeat(65)] {
            assert!(PatientId::parse(other).is_none());
        }
    }
}
