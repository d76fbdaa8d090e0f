//! A concept by its codes and its words.

use serde::Deserialize;

use super::field::{Field, List};
use crate::phi::Phi;

/// FHIR's `CodeableConcept`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CodeableConcept {
    /// The same concept in several code systems.
    pub coding: List<Coding>,
    /// The words that a person wrote or chose.
    pub text: Field<Phi<String>>,
}

/// FHIR's `Coding`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Coding {
    /// The code system's URI.
    pub system: Field<Phi<String>>,
    /// The code.
    pub code: Field<Phi<String>>,
    /// The code system's words for it.
    pub display: Field<Phi<String>>,
}

impl CodeableConcept {
    /// Its codes, whatever their system.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.coding.items.iter().filter_map(|coding| text(&coding.code))
    }

    /// Its own words, and after them those of its codings.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        text(&self.text).into_iter().chain(self.coding.items.iter().filter_map(|coding| text(&coding.display)))
    }
}

/// A text field's content, unless it is blank.
pub fn text(field: &Field<Phi<String>>) -> Option<&str> {
    field.read().map(|text| text.expose().trim()).filter(|text| !text.is_empty())
}
