//! The search for one patient's `Appointment`s.

use serde_json::Value;

use crate::data::text;
use crate::fhir::chart::{self, kept};
use crate::fhir::paging::Results;
use crate::fhir::parameters::Parameters;
use crate::fhir::refusal::Refusal;
use crate::state::{State, Version};

/// What each version's search knows. `date` and `status` are undocumented in R4, where they take hits out of their page
/// after it was fetched.
const KNOWN_R4: &[&str] = &["patient", "service-category", "date", "status"];
const KNOWN_STU3: &[&str] = &["patient", "identifier", "date", "status"];

pub(super) fn search(state: &State, version: Version, parameters: &Parameters) -> Result<Results, Refusal> {
    let (mut results, patient_id) = match chart::open(state, version, "Appointment", parameters)? {
        chart::Opened::Answered(results) => return Ok(results),
        chart::Opened::Chart { results, patient_id } => (results, patient_id),
    };
    let known = match version {
        Version::R4 => KNOWN_R4,
        Version::Stu3 => KNOWN_STU3,
    };
    if parameters.has_unknown(known) {
        results.warnings.push(59100);
    }
    results.rows = kept(state.data().chart("Appointment", &patient_id));
    if !state.behaviour().lies.ignores_filters {
        let statuses = parameters.any_of("status");
        for row in &mut results.rows {
            let status = text(&row.resource, "status");
            row.kept = (statuses.is_empty() || statuses.contains(&status)) && is_within(&row.resource, parameters);
        }
        if version == Version::Stu3 {
            results.rows.retain(|row| row.kept);
        }
    }
    Ok(results)
}

/// Whether the day it starts on is within what `date` asks for: `ge` and `le` are all that is needed here.
fn is_within(appointment: &Value, parameters: &Parameters) -> bool {
    let day = text(appointment, "start").get(..10).unwrap_or_default();
    parameters.all("date").all(|bound| match bound.split_at_checked(2) {
        Some(("ge", bound)) => day >= bound,
        Some(("le", bound)) => day <= bound,
        _ => day == bound,
    })
}
