//! What a caller would hear of resources in a file, without a server: how an operator or a pharmacist checks a drug before
//! patients do. Every medication is spoken, also one that a list would leave out; why it would is told beside it.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::Url;

use super::current::{Current, NotCurrent, Status, request, statement};
use super::included::Included;
use super::named;
use super::policy::MedicationPolicy;
use crate::appointment_list::NotUpcoming;
use crate::fhir::medication::Medication;
use crate::fhir::operation_outcome::Issue;
use crate::fhir::search::EntryResource;
use crate::fhir::{Entry, SearchSet};
use crate::medication_list::LeftOut;
use crate::phi::Phi;
use crate::speech::Locale;
use crate::speech::medication::{Told, name_told, told};
use crate::speech::sentence::Sentence;

/// Where resources stand whose server isn't known: at no server.
const NOWHERE: &str = "https://fhir.invalid/";

/// What would be heard of a set of resources.
#[derive(Debug, Default)]
pub struct Preview {
    /// The medications, and what else the set holds, in its order.
    pub resources: Vec<Previewed>,
    /// Whether the set says that it may lack something.
    pub partial: bool,
}

/// What would be heard of one resource.
#[derive(Debug)]
pub struct Previewed {
    /// Its type; empty where it is no resource.
    pub resource_type: String,
    /// Its place in the set, from 0.
    pub index: usize,
    /// What is said. `None`: nothing is said of such a resource.
    pub told: Option<Told>,
    /// Why a patient's list would leave it out.
    pub left_out: Option<Why>,
}

/// Why a list would leave a resource out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Why {
    /// A medication.
    Medication(LeftOut),
    /// An appointment.
    Appointment(NotUpcoming),
    /// An appointment without a start that can be told, and why it would be left out.
    NoStart(NotUpcoming),
}

/// Speaks of every resource of `set` in `locale`, as at `now`; of appointments by the clock of `zone`, or as it is written.
pub fn preview(set: &SearchSet, zone: Option<&TimeZone>, locale: Locale, now: Timestamp) -> Preview {
    let Some(base_url) = set.entries().find_map(|entry| base_url(&entry)).or_else(|| Url::parse(NOWHERE).ok()) else {
        return Preview::default();
    };
    let mut included = Included::default();
    for entry in set.entries() {
        if let Entry::Resource(resource) = entry {
            included.add(&resource, &base_url);
        }
    }
    let speaking = Speaking { included, base_url, zone, locale, now };
    let resources = set.entries().enumerate().map(|(index, entry)| speaking.previewed(index, &entry)).collect();
    Preview { resources, partial: set.truncated() || set.issues().into_iter().any(Issue::makes_partial) }
}

/// The base URL of the server that an entry came from, by its full URL, with a slash at the end.
fn base_url(entry: &Entry<'_>) -> Option<Url> {
    let Entry::Resource(resource) = entry else { return None };
    let full_url = resource.full_url.as_deref()?;
    let (base, _id) = full_url.rsplit_once('/')?;
    Url::parse(base.strip_suffix(&*resource.resource_type)?).ok().filter(|url| url.path().ends_with('/'))
}

struct Speaking<'a> {
    included: Included,
    base_url: Url,
    zone: Option<&'a TimeZone>,
    locale: Locale,
    now: Timestamp,
}

impl Speaking<'_> {
    fn previewed(&self, index: usize, entry: &Entry<'_>) -> Previewed {
        let Entry::Resource(resource) = entry else {
            return Previewed {
                resource_type: String::new(),
                index,
                told: None,
                left_out: Some(Why::Medication(LeftOut::Malformed)),
            };
        };
        let (told, left_out) = match &*resource.resource_type {
            "MedicationRequest" => self.judged(resource, request::status_of, request::current),
            "MedicationStatement" => self.judged(resource, statement::status_of, statement::current),
            "Medication" => (self.medication(resource), None),
            "Appointment" => self.appointment(resource),
            _ => (None, None),
        };
        Previewed { resource_type: resource.resource_type.clone().into_owned(), index, told, left_out }
    }

    fn judged<'a, R: Deserialize<'a>>(
        &self,
        resource: &EntryResource<'a>,
        status_of: impl Fn(&R) -> Result<Status, NotCurrent>,
        current: impl Fn(R, Status) -> Current,
    ) -> (Option<Told>, Option<Why>) {
        let Ok(read) = resource.decode::<R>() else { return (None, Some(Why::Medication(LeftOut::Malformed))) };
        let judged = status_of(&read);
        let current = current(read, judged.unwrap_or(Status::Active));
        let policy = MedicationPolicy::default();
        let named = named::name(&self.base_url, &current, &self.included, &HashMap::new(), &policy);
        let told = told(self.locale, named.name.as_ref(), current.instructions(self.now));
        (Some(told), judged.err().map(|not_current| Why::Medication(not_current.reason)))
    }

    /// A Medication says what it is called, and not how it is taken.
    fn medication(&self, resource: &EntryResource<'_>) -> Option<Told> {
        let medication: Medication = resource.decode().ok()?;
        let name = named::of_medication(&medication).map(Phi::new);
        Some(name_told(self.locale, name.as_ref()))
    }

    fn appointment(&self, resource: &EntryResource<'_>) -> (Option<Told>, Option<Why>) {
        let Some((said, why)) = crate::appointments::preview(resource, self.zone, self.locale, self.now) else {
            return (None, Some(Why::Appointment(NotUpcoming::Malformed)));
        };
        let why = why.map(if said.is_some() { Why::Appointment } else { Why::NoStart });
        let sources = || ["start", "participant"].map(str::to_owned).to_vec();
        let told = said.map(|text| Told {
            name: Phi::default(),
            also_called: Vec::new(),
            purpose: Vec::new(),
            sentences: vec![Sentence { text: Phi::new(text), sources: sources() }],
            readable: true,
        });
        (told, why)
    }
}
