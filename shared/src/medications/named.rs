//! What a current medication is called: in its resource itself, in it, beside it in the answer, or at the server.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures_util::StreamExt as _;

use url::Url;

use super::current::Current;
use super::included::Included;
use super::policy::MedicationPolicy;
use crate::deadline::Deadline;
use crate::fhir::FhirClient;
use crate::fhir::codeable_concept::{CodeableConcept, text};
use crate::fhir::field;
use crate::fhir::medication::Medication;
use crate::fhir::reference::{Reference, local_id};
use crate::phi::Phi;

/// At most this many Medications are read one by one: an answer without the included ones is slow, not endless.
const READ_LIMIT: usize = 20;
/// And within this time: a list with a name missing is better than none.
const READ_BUDGET: Duration = Duration::from_secs(4);
/// So many of them at a time, to be gentle with Epic.
const READS_AT_A_TIME: usize = 4;

/// Words that stand where a name should, and name nothing.
const NO_NAMES: [&str; 6] =
    ["prescribed medication", "medication", "medicationrequest", "medication request", "unknown", "see instructions"];

/// Whether `words` name a medication.
pub(super) fn is_name(words: &str) -> bool {
    !NO_NAMES.contains(&words.to_lowercase().as_str())
}

/// A medication's name, and whether it is spoken here.
pub(super) struct Named {
    /// `None` where the chart gives no name.
    pub(super) name: Option<Phi<String>>,
    /// Whether the site doesn't have it spoken.
    pub(super) withheld: bool,
}

/// The names of medications, in their order.
pub(super) struct Names {
    pub(super) named: Vec<Named>,
    /// Whether there were more to be read than [`READ_LIMIT`].
    pub(super) cut: bool,
}

/// The names of these medications. Where not all can be read, it is the first ones that are, each time the same.
pub(super) async fn resolve(
    fhir: &FhirClient,
    current: &[Current],
    included: &Included,
    policy: &MedicationPolicy,
    deadline: Deadline,
) -> Names {
    let deadline = deadline.at_most(READ_BUDGET);
    let mut seen = HashSet::new();
    let missing = current.iter().filter_map(|current| missing(fhir, current, included, policy));
    let mut ids = missing.filter(|id| seen.insert(*id)).collect::<Vec<_>>();
    let cut = ids.len() > READ_LIMIT;
    ids.truncate(READ_LIMIT);
    let read = futures_util::stream::iter(ids)
        .map(|id| async move { (id.to_owned(), read(fhir, id, deadline).await) })
        .buffer_unordered(READS_AT_A_TIME)
        .filter_map(|(id, medication)| std::future::ready(medication.map(|medication| (id, medication))))
        .collect::<HashMap<_, _>>()
        .await;
    let named = current.iter().map(|current| name(fhir.base_url(), current, included, &read, policy)).collect();
    Names { named, cut }
}

/// The id of the Medication that has to be read: one that didn't come along, and whose reference doesn't name it, or
/// whose codes the site's list asks for.
fn missing<'a>(
    fhir: &FhirClient,
    current: &'a Current,
    included: &Included,
    policy: &MedicationPolicy,
) -> Option<&'a str> {
    let reference = current.reference.read()?;
    let url = reference.as_str()?;
    if included.find(url, fhir.base_url()).is_some() || (policy.is_empty() && display(reference).is_some()) {
        return None;
    }
    local_id(url, "Medication", fhir.base_url())
}

async fn read(fhir: &FhirClient, id: &str, deadline: Deadline) -> Option<Medication> {
    match fhir.read("Medication", id, deadline).await {
        Ok(body) => field::resource::<Medication>(&body).ok().filter(|read| read.is_one() && read.has_id(id)),
        Err(error) => {
            tracing::warn!(code = error.code(), "a referenced medication could not be read");
            None
        }
    }
}

/// A medication's name, from all that is at hand: the server at `base_url` gave it.
pub(super) fn name(
    base_url: &Url,
    current: &Current,
    included: &Included,
    read: &HashMap<String, Medication>,
    policy: &MedicationPolicy,
) -> Named {
    let own = current.concept.read();
    let reference = current.reference.read();
    let medication = reference.and_then(Reference::as_str).and_then(|url| match url.strip_prefix('#') {
        Some(id) => contained(current, id),
        None => included.find(url, base_url).or_else(|| read.get(local_id(url, "Medication", base_url)?)),
    });
    let words = own.and_then(best_words);
    let name = words.or_else(|| reference.and_then(display)).or_else(|| of_medication(medication?));
    let concepts = own.into_iter().chain(medication.into_iter().flat_map(Medication::concepts)).collect::<Vec<_>>();
    let displays = reference.and_then(|reference| text(&reference.display)).into_iter();
    let displays = displays.chain(medication.into_iter().flat_map(Medication::ingredient_displays)).collect::<Vec<_>>();
    let listed = policy.withholds(concepts.iter().copied(), displays.iter().copied());
    // What of it can't be looked at may be what is on the list.
    let is_doubtful = |medication: &Medication| medication.is_malformed() || !medication.is_reliable();
    let unseen = (reference.is_some() && medication.is_none()) || medication.is_some_and(is_doubtful);
    let unseen = !policy.is_empty() && unseen;
    Named { name: name.map(Phi::new), withheld: listed || unseen || !policy.could_tell(&concepts, &displays) }
}

/// What a Medication is called by itself. A mixture without a code of its own is called by what is in it; one that was
/// entered in error is called nothing.
pub(super) fn of_medication(medication: &Medication) -> Option<String> {
    if !medication.is_reliable() {
        return None;
    }
    medication.code.read().and_then(best_words).or_else(|| ingredients(medication))
}

/// The Medication of this id within the resource; none where two that differ have it.
fn contained<'a>(current: &'a Current, id: &str) -> Option<&'a Medication> {
    let mut of_id = current.contained.items.iter().filter(|medication| medication.is_one() && medication.has_id(id));
    let first = of_id.next()?;
    of_id.all(|other| other == first).then_some(first)
}

/// The reference's own words, if they name something. They are Epic's name for what was ordered, with its strength.
fn display(reference: &Reference) -> Option<String> {
    let words = text(&reference.display)?;
    is_name(words).then(|| words.to_owned())
}

fn best_words(concept: &CodeableConcept) -> Option<String> {
    concept.words().find(|words| is_name(words)).map(str::to_owned)
}

fn ingredients(medication: &Medication) -> Option<String> {
    let names = medication
        .ingredient
        .items
        .iter()
        .map(|ingredient| {
            ingredient
                .item_codeable_concept
                .read()
                .and_then(best_words)
                .or_else(|| ingredient.item_reference.read().and_then(display))
        })
        .collect::<Option<Vec<_>>>()?;
    (!names.is_empty() && !medication.ingredient.malformed).then(|| names.join(", "))
}
