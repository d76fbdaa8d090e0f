//! Medications that a site doesn't have spoken on the phone.

use super::named::is_name;
use crate::environment::Variable;
use crate::fhir::codeable_concept::{CodeableConcept, Coding, text};
use crate::json;

/// The site's list.
pub const MEDICATIONS_NOT_SPOKEN: Variable = Variable {
    name: "medications_not_spoken",
    expectation: "a JSON list of `system|code` codings and lower-case names of medications or ingredients",
    default: Some("[]"),
    purpose: "Medications that are not spoken; the caller hears that there is more, and to ask a person.",
};

/// What is not spoken here. That is also what can't be compared with the list: where it has names, a medication without
/// words; where it has codings, one without a coding of any of their systems.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MedicationPolicy {
    codings: Vec<(String, String)>,
    names: Vec<String>,
}

impl MedicationPolicy {
    /// Reads [`MEDICATIONS_NOT_SPOKEN`].
    pub fn parse(list: &str) -> Option<Self> {
        let mut policy = Self::default();
        for item in json::decode::<Vec<String>>(list.as_bytes()).ok()? {
            match item.split_once('|') {
                Some((system, code)) if !system.is_empty() && !code.is_empty() && !code.contains('|') => {
                    policy.codings.push((system.to_owned(), code.to_owned()));
                }
                None if !item.trim().is_empty() && item.to_lowercase() == item => {
                    policy.names.push(item.trim().to_owned());
                }
                Some(_) | None => return None,
            }
        }
        Some(policy)
    }

    /// Whether nothing is on the list.
    pub fn is_empty(&self) -> bool {
        self.codings.is_empty() && self.names.is_empty()
    }

    /// Whether a medication known by these concepts, and by the words of references to it and its ingredients, is on
    /// the list.
    pub fn withholds<'a>(
        &self,
        concepts: impl IntoIterator<Item = &'a CodeableConcept>,
        displays: impl IntoIterator<Item = &'a str>,
    ) -> bool {
        let names = |words: &str| {
            let words = words.to_lowercase();
            self.names.iter().any(|name| contains_words(&words, name))
        };
        let concept = |concept: &CodeableConcept| {
            concept.words().any(names)
                || concept.coding.items.iter().any(|coding| {
                    let (system, code) = (text(&coding.system), text(&coding.code));
                    self.codings
                        .iter()
                        .any(|(own_system, own_code)| system == Some(own_system) && code == Some(own_code))
                })
        };
        displays.into_iter().any(names) || concepts.into_iter().any(concept)
    }

    /// Whether so much is known of a medication that it can be told from those on the list: words, where the list has
    /// names, and a coding of one of the list's systems, where it has codings. One that can't be told may be on it.
    pub(super) fn could_tell(&self, concepts: &[&CodeableConcept], displays: &[&str]) -> bool {
        let mut words = displays.iter().copied().chain(concepts.iter().flat_map(|concept| concept.words()));
        let mut codings = concepts.iter().flat_map(|concept| &concept.coding.items);
        let is_of_a_listed_system = |coding: &Coding| {
            let system = text(&coding.system).filter(|_| text(&coding.code).is_some());
            self.codings.iter().any(|(own_system, _)| system == Some(own_system))
        };
        (self.names.is_empty() || words.any(is_name)) && (self.codings.is_empty() || codings.any(is_of_a_listed_system))
    }
}

/// Whether `name` stands in `words` with no letter or digit on either side.
fn contains_words(words: &str, name: &str) -> bool {
    words.match_indices(name).any(|(start, _)| {
        let before = words.get(..start).and_then(|before| before.chars().next_back());
        let after = words.get(start + name.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(json: &str) -> CodeableConcept {
        json::decode(json.as_bytes()).unwrap()
    }

    #[test]
    fn a_name_is_withheld_as_a_whole_word_and_a_code_with_its_system() {
        let policy = MedicationPolicy::parse(r#"["methadone", "http://example.org/rx|42"]"#).unwrap();
        assert!(policy.withholds([], Some("Methadone HCl 10 mg tablet")));
        assert!(policy.withholds([&concept(r#"{"text": "METHADONE"}"#)], None));
        assert!(!policy.withholds([], Some("methadonex 10 mg")));
        assert!(
            policy.withholds([&concept(r#"{"coding": [{"system": "http://example.org/rx", "code": "42"}]}"#)], None)
        );
        assert!(!policy.withholds([&concept(r#"{"coding": [{"system": "http://other.org", "code": "42"}]}"#)], None));
    }

    #[test]
    fn a_list_that_is_not_of_the_stated_form_is_refused() {
        assert_eq!(MedicationPolicy::parse("[]"), Some(MedicationPolicy::default()));
        for list in ["", "methadone", r#"["Methadone"]"#, r#"[""]"#, r#"["|42"]"#, r#"["s|"]"#, "[1]", "{}"] {
            assert_eq!(MedicationPolicy::parse(list), None, "{list}");
        }
    }
}
