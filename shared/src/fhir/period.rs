//! A period, as FHIR's possibly partial dates.

use serde::Deserialize;

use super::field::Field;
use crate::phi::Phi;

/// FHIR's `Period`. Its ends are inclusive, and may be a year, a month, a day or an instant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Period {
    /// When it begins. Absent: unknown, not "never".
    pub start: Field<Phi<String>>,
    /// When it ends. Absent: it goes on.
    pub end: Field<Phi<String>>,
}
