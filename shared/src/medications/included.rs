//! The Medications that come beside the requests, and which of them a reference means.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use url::Url;

use crate::fhir::field::Field;
use crate::fhir::medication::Medication;
use crate::fhir::reference::local_id;
use crate::fhir::search::EntryResource;

/// The Medications of an answer. `None` stands where two that differ claim to be the same one: a wrong name is worse than
/// none.
#[derive(Default)]
pub(super) struct Included {
    /// Those of the answering server, by their id, and those without a URL of their own.
    by_id: HashMap<String, Option<Medication>>,
    /// The others, by their URL, which can be a `urn:`. An id says nothing of them: other servers have the same ids.
    by_url: HashMap<String, Option<Medication>>,
}

impl Included {
    /// Keeps a resource that the server at `base_url` gave, if it is a Medication.
    pub(super) fn add(&mut self, resource: &EntryResource<'_>, base_url: &Url) {
        if resource.resource_type != "Medication" {
            return;
        }
        let Ok(medication) = resource.decode::<Medication>() else { return };
        let url = resource.full_url.as_deref().unwrap_or_default();
        let is_urn = url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn:"));
        if let Some(id) = local_id(url, "Medication", base_url) {
            // At its own URL, and no other's.
            if medication.has_id(id) {
                keep(&mut self.by_id, id, medication);
            }
            return;
        }
        if !url.is_empty() {
            keep(&mut self.by_url, &normal(url), medication.clone());
        }
        if let (true, Field::Read(id)) = (url.is_empty() || is_urn, &medication.id) {
            let id = id.expose().clone();
            keep(&mut self.by_id, &id, medication);
        }
    }

    /// The one that `reference` means.
    pub(super) fn find(&self, reference: &str, base_url: &Url) -> Option<&Medication> {
        match local_id(reference, "Medication", base_url) {
            Some(id) => self.by_id.get(id)?.as_ref(),
            None => self.by_url.get(&normal(reference))?.as_ref(),
        }
    }
}

fn keep(medications: &mut HashMap<String, Option<Medication>>, key: &str, medication: Medication) {
    match medications.entry(key.to_owned()) {
        Entry::Vacant(free) => {
            free.insert(Some(medication));
        }
        // The same comes along on each page that refers to it.
        Entry::Occupied(mut taken) if taken.get().as_ref() != Some(&medication) => {
            taken.insert(None);
        }
        Entry::Occupied(_) => {}
    }
}

/// A URL in the one spelling of its kind.
fn normal(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), String::from)
}
