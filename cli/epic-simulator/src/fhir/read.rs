//! Reads by id, and what stands between an id and its resource: merges and restrictions.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use crate::answer::json_answer;
use crate::fhir::FHIR_JSON;
use crate::fhir::chart;
use crate::fhir::refusal::Refusal;
use crate::site::RestrictedAnswer;
use crate::state::{Restricted, State};

pub(super) fn read(state: &State, resource_type: &str, id: &str) -> Result<Response, Refusal> {
    let resource = state.data().read(resource_type, id).cloned();
    let not_found = Refusal::Outcome { status: StatusCode::NOT_FOUND, code: 4102 };
    let resource = resource.ok_or(not_found)?;
    if resource_type == "Patient" {
        if let Some(survivor) = survivor(&resource) {
            return Err(Refusal::Merged { path: format!("Patient/{survivor}") });
        }
        check_restriction(state, id, &[Restricted::Everything])?;
    }
    let subject = resource.pointer("/subject/reference").and_then(Value::as_str);
    if let Some(patient_id) = subject.and_then(|reference| reference.strip_prefix("Patient/")) {
        check_restriction(state, patient_id, chart::restricted_by(resource_type))?;
    }
    Ok(json_answer(StatusCode::OK, FHIR_JSON, &resource))
}

/// Whether a restriction of one of these kinds is on the chart.
pub(super) fn is_restricted(state: &State, patient_id: &str, by: &[Restricted]) -> bool {
    state.behaviour().restricted.get(patient_id).is_some_and(|restricted| by.contains(restricted))
}

pub(super) fn check_restriction(state: &State, patient_id: &str, by: &[Restricted]) -> Result<(), Refusal> {
    if !is_restricted(state, patient_id, by) {
        return Ok(());
    }
    Err(restricted(state.site().restricted_answer))
}

pub(super) fn restricted(answer: RestrictedAnswer) -> Refusal {
    let code = match answer {
        RestrictedAnswer::Refused { code } => code,
        RestrictedAnswer::InBundle => 4130,
    };
    Refusal::Outcome { status: StatusCode::FORBIDDEN, code }
}

/// The id of the patient that this one was merged into.
pub(super) fn survivor(patient: &Value) -> Option<&str> {
    let links = patient.get("link")?.as_array()?;
    let replaced = links.iter().find(|link| link.get("type").is_some_and(|kind| kind == "replaced-by"))?;
    replaced.pointer("/other/reference")?.as_str()?.strip_prefix("Patient/")
}
