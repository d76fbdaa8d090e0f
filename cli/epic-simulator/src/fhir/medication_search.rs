//! The search for one patient's medications: `MedicationRequest`s in R4, `MedicationStatement`s in STU3.

use serde_json::Value;

use crate::data::text;
use crate::fhir::chart::{self, kept};
use crate::fhir::paging::Results;
use crate::fhir::parameters::Parameters;
use crate::fhir::refusal::Refusal;
use crate::state::{State, Version};

/// What each version's search knows.
const KNOWN_R4: &[&str] = &["patient", "subject", "status", "category", "intent"];
const KNOWN_STU3: &[&str] = &["patient", "status", "category"];
/// The categories that Epic knows; another one is warned of and ignored.
const CATEGORIES_R4: [&str; 4] = ["inpatient", "outpatient", "community", "discharge"];
const CATEGORIES_STU3: [&str; 4] = ["inpatient", "outpatient", "community", "patientspecified"];

pub(super) fn search(state: &State, version: Version, parameters: &Parameters) -> Result<Results, Refusal> {
    let site = state.site();
    let resource_type = version.medication_type();
    let include = format!("{resource_type}:medication");
    let (mut results, patient_id) = match chart::open(state, version, resource_type, parameters)? {
        chart::Opened::Answered(results) => return Ok(results),
        chart::Opened::Chart { results, patient_id } => (results, patient_id),
    };
    results.includes_medications = site.includes && parameters.all("_include").any(|asked| asked == include);
    let filter = Filter::new(version, parameters, &mut results.warnings);
    results.rows = kept(state.data().chart(resource_type, &patient_id));
    if !state.behaviour().lies.ignores_filters {
        for row in &mut results.rows {
            row.kept = filter.lets_pass(&row.resource);
        }
        if !site.post_filter {
            results.rows.retain(|row| row.kept);
        }
    }
    Ok(results)
}

struct Filter<'a> {
    resource_type: &'static str,
    statuses: Vec<&'a str>,
    intents: Vec<&'a str>,
    categories: Vec<&'a str>,
}

impl<'a> Filter<'a> {
    fn new(version: Version, parameters: &'a Parameters, warnings: &mut Vec<u32>) -> Self {
        let (known, known_categories) = match version {
            Version::R4 => (KNOWN_R4, CATEGORIES_R4),
            Version::Stu3 => (KNOWN_STU3, CATEGORIES_STU3),
        };
        if parameters.has_unknown(known) {
            warnings.push(59100);
        }
        let mut categories = parameters.any_of("category");
        // A category may be sent as `system|code`.
        for category in &mut categories {
            *category = category.rsplit('|').next().unwrap_or_default();
        }
        let asked = categories.len();
        categories.retain(|category| known_categories.contains(category));
        if categories.len() < asked {
            warnings.push(59101);
        }
        let mut statuses = parameters.any_of("status");
        let mut intents = parameters.any_of("intent");
        if version == Version::Stu3 {
            // Its default, and R4 has none; an intent is R4's only.
            if statuses.is_empty() {
                statuses.push("active");
            }
            intents.clear();
        }
        Self { resource_type: version.medication_type(), statuses, intents, categories }
    }

    fn lets_pass(&self, request: &Value) -> bool {
        if text(request, "resourceType") != self.resource_type {
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
    // R4 has a list of them, STU3 one.
    let category = request.get("category");
    let one = category.filter(|category| category.is_object());
    let concepts = category.and_then(Value::as_array).into_iter().flatten().chain(one);
    let codings = concepts.filter_map(|concept| concept.get("coding").and_then(Value::as_array)).flatten();
    codings.map(|coding| text(coding, "code"))
}
