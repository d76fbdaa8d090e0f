//! The search for Patients: which criteria come together, and what they find.

use std::sync::Arc;

use serde_json::Value;

use crate::data::text;
use crate::fhir::paging::{Results, Row};
use crate::fhir::parameters::Parameters;
use crate::fhir::patient_matching::{Criteria, has_telecom};
use crate::fhir::read;
use crate::fhir::refusal::Refusal;
use crate::site::{MinimumDataSets, PhoneFormat, RestrictedAnswer};
use crate::state::{Restricted, State, Version};

/// What Epic's Patient.Search knows, of what the simulator does; other parameters are warned of and ignored.
const KNOWN: [&str; 11] = [
    "identifier",
    "family",
    "given",
    "name",
    "birthdate",
    "gender",
    "legal-sex",
    "telecom",
    "address-postalcode",
    "phone",
    "active",
];
/// More hits than this are an error, not pages.
const MOST_HITS: usize = 100;

pub(super) fn search(state: &State, version: Version, parameters: &Parameters) -> Result<Results, Refusal> {
    let site = state.site();
    let mut results = Results {
        version,
        resource_type: "Patient",
        patient_id: None,
        rows: Vec::new(),
        page_size: parameters.count().unwrap_or(usize::MAX).min(site.page_size).max(1),
        includes_medications: false,
        warnings: Vec::new(),
    };
    let patients = state.data().shared("Patient");
    if parameters.unfiltered || state.behaviour().lies.unfiltered {
        results.rows = patients.into_iter().map(|resource| Row { resource, kept: true }).collect();
        return Ok(results);
    }
    if parameters.is_empty() {
        return Err(Refusal::bad_request(4110));
    }
    if parameters.has_unknown(&KNOWN) {
        results.warnings.push(59100);
    }
    let hits = find(parameters, &site.phone_formats, site.minimum_data_sets, patients, &mut results.warnings)?;
    if hits.len() > MOST_HITS {
        return Err(Refusal::bad_request(4127));
    }
    for resource in hits {
        if read::is_restricted(state, text(&resource, "id"), &[Restricted::Everything]) {
            match site.restricted_answer {
                RestrictedAnswer::InBundle => results.warnings.push(4134),
                refused @ RestrictedAnswer::Refused { .. } => return Err(read::restricted(refused)),
            }
        } else {
            let kept = passes_post_filter(parameters, &resource);
            results.rows.push(Row { resource, kept });
        }
    }
    Ok(results)
}

fn find(
    parameters: &Parameters,
    phone_formats: &[PhoneFormat],
    minimum: MinimumDataSets,
    patients: Vec<Arc<Value>>,
    warnings: &mut Vec<u32>,
) -> Result<Vec<Arc<Value>>, Refusal> {
    let only = |keep: &dyn Fn(&Value) -> bool| patients.iter().filter(|p| keep(p)).cloned().collect::<Vec<_>>();
    // An id makes every other criterion irrelevant, and an identifier may stand alone.
    if let Some(id) = parameters.first("_id") {
        return Ok(only(&|patient| text(patient, "id") == id));
    }
    if let Some(identifier) = parameters.first("identifier") {
        return Ok(only(&|patient| has_identifier(patient, identifier)));
    }
    let criteria = Criteria::new(parameters, phone_formats).ok_or(Refusal::bad_request(4100))?;
    if !suffices(&criteria, minimum) {
        warnings.push(59133);
        return Ok(Vec::new());
    }
    Ok(only(&|patient| criteria.hits(patient)))
}

fn suffices(criteria: &Criteria<'_>, minimum: MinimumDataSets) -> bool {
    let named = criteria.family.is_some() && criteria.given.is_some();
    let born = criteria.birth_date.is_some();
    let reached = criteria.telecom.is_some();
    let default = named && (born || (criteria.gender.is_some() && reached));
    match minimum {
        MinimumDataSets::EpicDefault => default,
        MinimumDataSets::WithoutName => default || (born && (reached || criteria.family.is_some())),
    }
}

/// `system|value`, `type|value` (Epic's ID type) or just a value.
fn has_identifier(patient: &Value, sought: &str) -> bool {
    let (system, value) = sought.split_once('|').map_or((None, sought), |(system, value)| (Some(system), value));
    patient.get("identifier").and_then(Value::as_array).into_iter().flatten().any(|identifier| {
        let kind = identifier.pointer("/type/text").and_then(Value::as_str);
        text(identifier, "value") == value
            && system.is_none_or(|system| text(identifier, "system") == system || kind == Some(system))
    })
}

/// `phone` and `active` are undocumented: they take hits out of their page after it was fetched.
fn passes_post_filter(parameters: &Parameters, patient: &Value) -> bool {
    let active = patient.get("active").and_then(Value::as_bool).unwrap_or(true).to_string();
    parameters.first("active").is_none_or(|wanted| wanted == active)
        && parameters.first("phone").is_none_or(|phone| has_telecom(patient, "phone", phone))
}
