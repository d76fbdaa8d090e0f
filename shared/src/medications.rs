//! A patient's current medications: read from the chart, judged entry by entry, made ready to speak.
//!
//! Every entry of the answer ends in exactly one of: spoken, named with the word that its instructions can't be read, or
//! left out for a reason that is counted ([`LeftOut`]).

mod current;
mod included;
mod named;
mod policy;
pub mod preview;

use std::collections::{BTreeMap, HashSet};

use self::current::{Current, NotCurrent, request, statement};
use self::included::Included;
use self::named::{Named, Names};
pub use self::policy::{MEDICATIONS_NOT_SPOKEN, MedicationPolicy};
use crate::call_record::{MedicationsOutcome, PatientId};
use crate::clock::Clock;
use crate::deadline::Deadline;
use crate::fhir::field::Field;
use crate::fhir::operation_outcome::Issue;
use crate::fhir::search::EntryResource;
use crate::fhir::{Entry, FhirClient, FhirError, FhirVersion, Search, SearchMethod, SearchSet};
use crate::medication_list::{LeftOut, MedicationList};
use crate::metrics::Metric;
use crate::speech::{self, Locale};

/// At most this many pages: 2000 orders at `COUNT` a page. More is reported as partial.
pub const PAGE_LIMIT: usize = 20;
/// The largest resource that is read, in bytes: orders have some thousand.
const LARGEST: usize = 256 * 1024;
/// Orders a page. Epic publishes no default; a page of 100 is about 300 KB.
const COUNT: &str = "100";

/// What a chart gave, and how much was read for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What became of it.
    pub outcome: MedicationsOutcome,
    /// How many pages the answer had; 0 where there was none.
    pub pages: usize,
}

/// Reads `patient`'s current medications, ready to speak in `locale`.
///
/// # Errors
/// [`FhirError`], but not for a restricted chart: that is [`MedicationsOutcome::Restricted`].
pub async fn read(
    fhir: &FhirClient,
    patient: &PatientId,
    policy: &MedicationPolicy,
    locale: Locale,
    clock: &Clock,
    deadline: Deadline,
) -> Result<MedicationsOutcome, FhirError> {
    read_chart(fhir, patient, policy, locale, clock, deadline).await.map(|reading| reading.outcome)
}

/// As [`read`], telling also how much was read.
///
/// # Errors
/// As [`read`].
pub async fn read_chart(
    fhir: &FhirClient,
    patient: &PatientId,
    policy: &MedicationPolicy,
    locale: Locale,
    clock: &Clock,
    deadline: Deadline,
) -> Result<Reading, FhirError> {
    let set = match search(fhir, patient, deadline).await {
        Ok(set) => set,
        Err(FhirError::Restricted) => return Ok(Reading { outcome: MedicationsOutcome::Restricted, pages: 0 }),
        Err(error) => return Err(error),
    };
    let mut judged = Judged::of(&set, patient, fhir);
    let Names { named, cut } = named::resolve(fhir, &judged.current, &judged.included, policy, deadline).await;
    let mut list = MedicationList {
        medications: Vec::new(),
        partial: judged.partial || cut || set.truncated() || set.issues().into_iter().any(Issue::makes_partial),
        withheld: judged.left_out.contains_key(&LeftOut::NotSpokenHere),
        left_out: BTreeMap::new(),
        read_at: clock.now(),
    };
    // Those to be taken first, those on hold after them; within each, as Epic orders them.
    let mut current = judged.current.drain(..).zip(named).collect::<Vec<_>>();
    current.sort_by_key(|(current, _)| current.status);
    for (current, Named { name, withheld }) in current {
        if withheld {
            list.withheld = true;
            *judged.left_out.entry(LeftOut::NotSpokenHere).or_default() += 1;
        } else {
            // Speaking is all that takes long without waiting: a caller whose time is up is answered in between.
            tokio::task::yield_now().await;
            list.medications.push(speech::medication::medication(
                locale,
                name.as_ref(),
                current.instructions(list.read_at),
            ));
        }
    }
    list.left_out = judged.left_out;
    tell(fhir, clock, &set, &list);
    Ok(Reading { outcome: MedicationsOutcome::Read { list }, pages: set.pages() })
}

/// What is searched for in a chart. STU3 gives the active ones where no status is named; where one is, `active` must be
/// among them, as it is here. Category and intent are left to [`current`]: a site may have more than FHIR's.
async fn search(fhir: &FhirClient, patient: &PatientId, deadline: Deadline) -> Result<SearchSet, FhirError> {
    let include = match fhir.version() {
        FhirVersion::R4 => "MedicationRequest:medication",
        FhirVersion::Stu3 => "MedicationStatement:medication",
    };
    let search = Search {
        resource_type: fhir.version().medication_resource(),
        parameters: &[
            ("patient", patient.expose()),
            ("status", "active,on-hold"),
            ("_include", include),
            ("_count", COUNT),
        ],
        method: SearchMethod::Post,
        page_limit: PAGE_LIMIT,
    };
    fhir.search_chart(&search, deadline).await
}

/// An answer's entries, each judged.
#[derive(Default)]
struct Judged {
    current: Vec<Current>,
    included: Included,
    left_out: BTreeMap<LeftOut, usize>,
    partial: bool,
}

impl Judged {
    fn of(set: &SearchSet, patient: &PatientId, fhir: &FhirClient) -> Self {
        let mut judged = Self::default();
        let mut ids = HashSet::new();
        for entry in set.entries() {
            let Entry::Resource(resource) = entry else {
                judged.leave_out(LeftOut::Malformed, true);
                continue;
            };
            if resource.resource_type != fhir.version().medication_resource() {
                judged.included.add(&resource, fhir.base_url());
                judged.leave_out(LeftOut::OtherResource, false);
                continue;
            }
            match judge(&resource, patient, fhir) {
                Err(not_current) => judged.leave_out(not_current.reason, not_current.uncertain),
                // Pages can overlap when an order is signed while we read.
                Ok(current) if matches!(&current.id, Field::Read(id) if !ids.insert(id.clone())) => {
                    judged.leave_out(LeftOut::Duplicate, false);
                }
                Ok(current) => judged.current.push(current),
            }
        }
        judged
    }

    fn leave_out(&mut self, reason: LeftOut, uncertain: bool) {
        *self.left_out.entry(reason).or_default() += 1;
        self.partial |= uncertain;
    }
}

fn judge(resource: &EntryResource<'_>, patient: &PatientId, fhir: &FhirClient) -> Result<Current, NotCurrent> {
    let unreadable = NotCurrent { reason: LeftOut::Malformed, uncertain: true };
    if resource.size() > LARGEST {
        return Err(unreadable);
    }
    match fhir.version() {
        FhirVersion::R4 => request::judge(resource.decode().map_err(|_| unreadable)?, patient, fhir.base_url()),
        FhirVersion::Stu3 => statement::judge(resource.decode().map_err(|_| unreadable)?, patient, fhir.base_url()),
    }
}

fn tell(fhir: &FhirClient, clock: &Clock, set: &SearchSet, list: &MedicationList) {
    let foreign = list.left_out.get(&LeftOut::ForeignPatient).copied().unwrap_or_default();
    if foreign > 0 {
        Metric::ForeignEntries.record(fhir.connection(), i64::try_from(foreign).unwrap_or(i64::MAX), clock);
        tracing::warn!(code = "foreign-entries", entries = foreign, "entries about another patient were dropped");
    }
    tracing::info!(
        code = "medications-read",
        pages = set.pages(),
        medications = list.medications.len(),
        left_out = list.left_out.values().sum::<usize>(),
        partial = list.partial,
        "medications read"
    );
}
