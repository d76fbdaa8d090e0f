//! Opening one patient's chart for a search: which patient is asked for, and what keeps the chart closed.

use std::sync::Arc;

use serde_json::Value;

use crate::fhir::paging::{Results, Row};
use crate::fhir::parameters::Parameters;
use crate::fhir::read;
use crate::fhir::refusal::Refusal;
use crate::site::RestrictedAnswer;
use crate::state::{Restricted, State, Version};

/// A chart that is searched.
pub(super) enum Opened {
    /// There is nothing more to find: the site lies, or keeps the chart closed and says so in a Bundle.
    Answered(Results),
    /// This patient's, with nothing found yet.
    Chart { results: Results, patient_id: String },
}

/// The restrictions that keep resources of a type back.
pub(super) fn restricted_by(resource_type: &str) -> &'static [Restricted] {
    match resource_type {
        "Patient" | "Appointment" => &[Restricted::Everything],
        _ => &[Restricted::Everything, Restricted::Medications],
    }
}

pub(super) fn open(
    state: &State,
    version: Version,
    resource_type: &'static str,
    parameters: &Parameters,
) -> Result<Opened, Refusal> {
    let site = state.site();
    let mut results = Results {
        version,
        resource_type,
        patient_id: None,
        rows: Vec::new(),
        page_size: parameters.count().unwrap_or(usize::MAX).min(site.page_size).max(1),
        includes_medications: false,
        warnings: Vec::new(),
    };
    if parameters.unfiltered || state.behaviour().lies.unfiltered {
        results.rows = kept(state.data().shared(resource_type));
        return Ok(Opened::Answered(results));
    }
    let patient_id = patient(parameters)?;
    let survivor = match state.data().read("Patient", &patient_id) {
        None => return Err(Refusal::bad_request(59102)),
        Some(patient) => read::survivor(patient).map(str::to_owned),
    };
    if let Some(survivor) = survivor {
        return Err(Refusal::Merged { path: format!("{resource_type}?patient={survivor}") });
    }
    if read::is_restricted(state, &patient_id, restricted_by(resource_type)) {
        if site.restricted_answer != RestrictedAnswer::InBundle {
            return Err(read::restricted(site.restricted_answer));
        }
        results.warnings.push(4134);
        return Ok(Opened::Answered(results));
    }
    results.patient_id = Some(patient_id.clone());
    Ok(Opened::Chart { results, patient_id })
}

pub(super) fn kept(resources: Vec<Arc<Value>>) -> Vec<Row> {
    resources.into_iter().map(|resource| Row { resource, kept: true }).collect()
}

/// The one patient asked for, as `patient` or `subject`, with or without `Patient/`.
fn patient(parameters: &Parameters) -> Result<String, Refusal> {
    if parameters.is_empty() {
        return Err(Refusal::bad_request(4110));
    }
    let mut ids: Vec<&str> = parameters.any_of("patient");
    ids.extend(parameters.any_of("subject"));
    let id_of = |value: &str| value.strip_prefix("Patient/").unwrap_or(value).to_owned();
    match ids.as_slice() {
        [] => Err(Refusal::bad_request(4111)),
        [one] => Ok(id_of(one)),
        [one, others @ ..] if others.iter().all(|other| id_of(other) == id_of(one)) => Ok(id_of(one)),
        _ => Err(Refusal::bad_request(4112)),
    }
}
