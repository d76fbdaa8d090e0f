//! A page of results as a searchset Bundle.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::answer::json_answer;
use crate::data::text;
use crate::fhir::FHIR_JSON;
use crate::fhir::operation_outcome::{Issue, operation_outcome};
use crate::fhir::paging::{Page, Results};
use crate::fhir::parameters::PAGE_SESSION;
use crate::fhir::refusal::Refusal;
use crate::fhir::{chart, read};
use crate::state::{State, Version};

pub(super) fn page(state: &State, page: Page) -> Result<Response, Refusal> {
    let results = &page.results;
    if let (Some(patient_id), true) = (&results.patient_id, page.offset > 0) {
        read::check_restriction(state, patient_id, chart::restricted_by(results.resource_type))?;
    }
    let end = page.offset.saturating_add(results.page_size).min(results.rows.len());
    let rows = results.rows.get(page.offset..end).unwrap_or_default();
    let mut entries: Vec<Value> =
        rows.iter().filter(|row| row.kept).map(|row| entry(state, results.version, &row.resource, "match")).collect();
    if results.includes_medications {
        entries.extend(medications(state, results.version, &entries));
    }
    let lies = state.behaviour().lies.entries.clone();
    entries.extend(lies.into_iter().filter(|lie| belongs(lie, results)));
    let issues = issues(state, results);
    if !issues.is_empty() {
        entries.push(json!({"resource": operation_outcome(&issues), "search": {"mode": "outcome"}}));
    }

    let mut bundle = Map::new();
    bundle.insert("resourceType".to_owned(), json!("Bundle"));
    bundle.insert("type".to_owned(), json!("searchset"));
    bundle.insert("total".to_owned(), json!(kept(results)));
    bundle.insert("link".to_owned(), links(state, &page, end));
    if !entries.is_empty() {
        bundle.insert("entry".to_owned(), entries.into());
    }
    Ok(json_answer(StatusCode::OK, FHIR_JSON, &bundle.into()))
}

fn kept(results: &Results) -> usize {
    results.rows.iter().filter(|row| row.kept).count()
}

/// The search's and the site's warnings; 4101 where nothing was found for no other reason. One entry holds them all.
fn issues(state: &State, results: &Results) -> Vec<Issue> {
    let explained = results.warnings.iter().any(|code| matches!(code, 4134 | 59133));
    let nothing = (kept(results) == 0 && !explained).then_some(4101);
    let codes = nothing.into_iter().chain(results.warnings.iter().copied()).chain(state.site().warnings);
    codes.map(Issue::new).collect()
}

/// Whether a lie is told where this is searched for.
fn belongs(lie: &Value, results: &Results) -> bool {
    let is_appointment = lie.pointer("/resource/resourceType").is_some_and(|name| name == "Appointment");
    match results.resource_type {
        "Patient" => false,
        "Appointment" => is_appointment,
        _ => !is_appointment,
    }
}

fn entry(state: &State, version: Version, resource: &Value, mode: &str) -> Value {
    let base_url = state.fhir_base_url(version);
    let url = format!("{base_url}/{}/{}", text(resource, "resourceType"), text(resource, "id"));
    json!({
        "link": [{"relation": "self", "url": url}],
        "fullUrl": url,
        "resource": resource,
        "search": {"mode": mode},
    })
}

/// The Medications that the page's entries refer to, each once.
fn medications(state: &State, version: Version, entries: &[Value]) -> Vec<Value> {
    let mut references: Vec<&str> = Vec::new();
    for reference in entries.iter().filter_map(|entry| {
        entry.pointer("/resource/medicationReference/reference").and_then(Value::as_str)?.strip_prefix("Medication/")
    }) {
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    let data = state.data();
    let found = references.into_iter().filter_map(|id| data.read("Medication", id));
    found.map(|medication| entry(state, version, medication, "include")).collect()
}

fn links(state: &State, page: &Page, end: usize) -> Value {
    let search = format!("{}/{}", state.fhir_base_url(page.results.version), page.results.resource_type);
    let mut links = vec![json!({"relation": "self", "url": search})];
    let (lie, endless) = {
        let behaviour = state.behaviour();
        (behaviour.lies.next_link.clone(), behaviour.lies.endless)
    };
    let next = if end < page.results.rows.len() { Some(end) } else { endless.then_some(0) };
    if let Some(offset) = next {
        let until = state.now() + state.site().page_session_lifetime;
        let kept = Page { results: page.results.clone(), offset };
        let name = state.pages().keep(kept, until);
        links.push(json!({"relation": "next", "url": format!("{search}?{PAGE_SESSION}={name}")}));
    }
    if let Some(url) = lie {
        links.retain(|link| text(link, "relation") != "next");
        links.push(json!({"relation": "next", "url": url}));
    }
    links.into()
}
