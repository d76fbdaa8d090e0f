//! The search for `MedicationRequest`s of one patient.

use std::sync::Arc;

use serde_json::Value;

use crate::data::text;
use crate::fhir::paging::{Results, Row};
use crate::fhir::parameters::Parameters;
use crate::fhir::read;
use crate::fhir::refusal::Refusal;
use crate::site::RestrictedAnswer;
use crate::state::{Restricted, State};

const KNOWN: [&str; 5] = ["patient", "subject", "status", "category", "intent"];
/// The categories that Epic knows; another one is warned of and ignored.
const CATEGORIES: [&str; 4] = ["inpatient", "outpatient", "community", "discharge"];
/// The restrictions that keep medications back.
pub(super) const RESTRICTED_BY: &[Restricted] = &[Restricted::Everything, Restricted::Medications];

pub(super) fn search(state: &State, parameters: &Parameters) -> Result<Results, Refusal> {
    let site = state.site();
    let mut results = Results {
        resource_type: "MedicationRequest",
        patient_id: None,
        rows: Vec::new(),
        page_size: parameters.count().unwrap_or(usize::MAX).min(site.page_size).max(1),
        includes_medications: site.includes
            && parameters.all("_include").any(|include| include == "MedicationRequest:medication"),
        warnings: Vec::new(),
    };
    if parameters.unfiltered || state.behaviour().lies.unfiltered {
        results.rows = kept(state.data().shared("MedicationRequest"));
        return Ok(results);
    }
    let patient_id = patient(parameters)?;
    let survivor = match state.data().read("Patient", &patient_id) {
        None => return Err(Refusal::bad_request(59102)),
        Some(patient) => read::survivor(patient).map(str::to_owned),
    };
    if let Some(survivor) = survivor {
        return Err(Refusal::Merged { path: format!("MedicationRequest?patient={survivor}") });
    }
    if read::is_restricted(state, &patient_id, RESTRICTED_BY) {
        if site.restricted_answer != RestrictedAnswer::InBundle {
            return Err(read::restricted(site.restricted_answer));
        }
        results.warnings.push(4134);
        return Ok(results);
    }
    let filter = Filter::new(parameters, &mut results.warnings);
    results.rows = kept(state.data().chart("MedicationRequest", &patient_id));
    if !state.behaviour().lies.ignores_filters {
        for row in &mut results.rows {
            row.kept = filter.lets_pass(&row.resource);
        }
        if !site.post_filter {
            results.rows.retain(|row| row.kept);
        }
    }
    results.patient_id = Some(patient_id);
    Ok(results)
}

fn kept(resources: Vec<Arc<Value>>) -> Vec<Row> {
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

struct Filter<'a> {
    statuses: Vec<&'a str>,
    intents: Vec<&'a str>,
    categories: Vec<&'a str>,
}

impl<'a> Filter<'a> {
    fn new(parameters: &'a Parameters, warnings: &mut Vec<u32>) -> Self {
        if parameters.has_unknown(&KNOWN) {
            warnings.push(59100);
        }
        let mut categories = parameters.any_of("category");
        // A category may be sent as `system|code`.
        for category in &mut categories {
            *category = category.rsplit('|').next().unwrap_or_default();
        }
        let asked = categories.len();
        categories.retain(|category| CATEGORIES.contains(category));
        if categories.len() < asked {
            warnings.push(59101);
        }
        Self { statuses: parameters.any_of("status"), intents: parameters.any_of("intent"), categories }
    }

    fn lets_pass(&self, request: &Value) -> bool {
        if text(request, "resourceType") != "MedicationRequest" {
            // Only a test puts another type into a chart, and then it wants to see it served.
            return true;
        }
        let among = |wanted: &[&str], value: &str| wanted.is_empty() || wanted.contains(&value);
        among(&self.statuses, text(request, "status"))
            && among(&self.intents, text(request, "intent"))
            && (self.categories.is_empty() || codes(request).any(|code| self.categories.contains(&code)))
    }
}

fn codes(request: &Value) -> impl Iterator<Item = &str> {
    let concepts = request.get("category").and_then(Value::as_array).into_iter().flatten();
    let codings = concepts.filter_map(|concept| concept.get("coding").and_then(Value::as_array)).flatten();
    codings.map(|coding| text(coding, "code"))
}
