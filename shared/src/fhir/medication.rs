//! Medication: what a drug is called and made of.

use serde::Deserialize;

use super::codeable_concept::{CodeableConcept, text};
use super::field::{Field, List, Present};
use super::reference::Reference;
use crate::phi::Phi;

/// The fields of FHIR's `Medication` that we read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Medication {
    /// `Medication`: a contained resource can be of any type.
    pub resource_type: Field<String>,
    /// The logical id; of a contained one, without `#`.
    pub id: Field<Phi<String>>,
    /// Rules without which the resource can't be understood. We know none.
    pub implicit_rules: Field<Present>,
    /// Extensions that change what the resource says. We know none.
    pub modifier_extension: Field<Present>,
    /// `active`, `inactive` or `entered-in-error`.
    pub status: Field<String>,
    /// What it is.
    pub code: Field<CodeableConcept>,
    /// What it is made of.
    pub ingredient: List<Ingredient>,
}

/// FHIR's `Medication.ingredient`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Ingredient {
    /// One form of `item[x]`.
    pub item_codeable_concept: Field<CodeableConcept>,
    /// The other form of `item[x]`.
    pub item_reference: Field<Reference>,
    /// Extensions that change what it says. We know none.
    pub modifier_extension: Field<Present>,
}

impl Medication {
    /// Whether it is a Medication at all.
    pub fn is_one(&self) -> bool {
        self.resource_type.read().is_some_and(|name| name == "Medication")
    }

    /// Whether its id is `id`.
    pub fn has_id(&self, id: &str) -> bool {
        self.id.read().is_some_and(|own| own.expose() == id)
    }

    /// Whether it is what it says: not entered in error, and with nothing in it that changes what it means.
    pub fn is_reliable(&self) -> bool {
        let is_meant =
            !self.status.is_malformed() && self.status.read().is_none_or(|status| status != "entered-in-error");
        let is_plain = |ingredient: &Ingredient| !ingredient.modifier_extension.is_present();
        let is_modified = self.implicit_rules.is_present() || self.modifier_extension.is_present();
        is_meant && !is_modified && self.ingredient.items.iter().all(is_plain)
    }

    /// Whether something that it may be known by is there and can't be read.
    pub fn is_malformed(&self) -> bool {
        let unreadable = |ingredient: &Ingredient| {
            ingredient.item_codeable_concept.is_malformed() || ingredient.item_reference.is_malformed()
        };
        self.code.is_malformed() || self.ingredient.malformed || self.ingredient.items.iter().any(unreadable)
    }

    /// Its code and its ingredients': every concept by which it may be known.
    pub fn concepts(&self) -> impl Iterator<Item = &CodeableConcept> {
        let ingredients = self.ingredient.items.iter().filter_map(|ingredient| ingredient.item_codeable_concept.read());
        self.code.read().into_iter().chain(ingredients)
    }

    /// The words of its references to ingredients, by which it may be known, too.
    pub fn ingredient_displays(&self) -> impl Iterator<Item = &str> {
        let references = self.ingredient.items.iter().filter_map(|ingredient| ingredient.item_reference.read());
        references.filter_map(|reference| text(&reference.display))
    }
}
