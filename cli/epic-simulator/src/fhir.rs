//! The FHIR server, R4 and STU3: what may be asked by whom, and who answers.

use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::disturbance::Disturbance;
use crate::fault::Endpoint;
use crate::fhir::authorization::Interaction;
use crate::fhir::parameters::Parameters;
use crate::fhir::refusal::Refusal;
use crate::requests::{FhirRequest, Kind};
use crate::server::Incoming;
use crate::state::{State, Version};

mod appointment_search;
mod authorization;
mod bundle;
mod chart;
mod discovery;
mod medication_search;
pub(crate) mod operation_outcome;
pub(crate) mod paging;
mod parameters;
mod patient;
mod patient_matching;
mod read;
mod refusal;

/// The media type of every answer.
const FHIR_JSON: &str = "application/fhir+json; charset=utf-8";

/// What a path asks for.
#[derive(Clone, Copy)]
enum Target<'a> {
    Metadata,
    SmartConfiguration,
    /// `{type}` (GET) or `{type}/_search` (POST).
    Search,
    /// `{type}?sessionID=…`
    Page,
    Read(&'a str),
    Nothing,
}

pub(crate) async fn answer(state: &State, incoming: &Incoming) -> Response {
    let (version, path) = version(incoming.head.uri.path());
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let get = incoming.head.method == Method::GET;
    let post = incoming.head.method == Method::POST;
    let parameters = Parameters::read(incoming, state.site().post_search);
    let (resource_type, target) = match segments.as_slice() {
        ["metadata"] if get => ("metadata", Target::Metadata),
        [".well-known", "smart-configuration"] if get => ("smart-configuration", Target::SmartConfiguration),
        [resource_type] if get && parameters.page_session().is_some() => (*resource_type, Target::Page),
        [resource_type] if get => (*resource_type, Target::Search),
        [resource_type, "_search"] if post => (*resource_type, Target::Search),
        [resource_type, id] if get => (*resource_type, Target::Read(id)),
        [resource_type, ..] => (*resource_type, Target::Nothing),
        [] => ("", Target::Nothing),
    };

    let disturbance = Disturbance::strike(state, endpoint(resource_type, target));
    let place = state.record_fhir_request(FhirRequest {
        method: incoming.head.method.to_string(),
        resource_type: resource_type.to_owned(),
        kind: kind(target),
        query_parameters: !matches!(target, Target::Page) && incoming.head.uri.query().is_some_and(|q| !q.is_empty()),
        parameters: parameters.names(),
        status: None,
    });
    let answer = if disturbance.takes_its_place() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        respond(state, incoming, version, resource_type, target, &parameters)
            .unwrap_or_else(|refusal| refusal.into_answer(state, version))
    };
    let answer = disturbance.deliver(&incoming.connection, answer).await;
    if !incoming.connection.is_cut() {
        state.record_fhir_status(place, answer.status().as_u16());
    }
    answer
}

fn respond(
    state: &State,
    incoming: &Incoming,
    version: Version,
    resource_type: &str,
    target: Target<'_>,
    parameters: &Parameters,
) -> Result<Response, Refusal> {
    let interaction = match target {
        Target::Metadata => return Ok(discovery::metadata(state, version)),
        Target::SmartConfiguration => return Ok(discovery::smart_configuration(state, version)),
        Target::Search | Target::Page => Interaction::Search,
        Target::Read(_) => Interaction::Read,
        Target::Nothing => return Err(Refusal::NoSuchInteraction),
    };
    let scopes = authorization::authorize(state, &incoming.head.headers)?;
    let registered = ["Patient", "Medication", "Appointment", version.medication_type()];
    if !registered.contains(&resource_type) {
        return Err(Refusal::NotRegistered);
    }
    if !authorization::is_granted(&scopes, resource_type, interaction) {
        return Err(Refusal::InsufficientScope);
    }
    match target {
        Target::Read(id) => read::read(state, resource_type, id),
        Target::Page => {
            let page = state.pages().open(parameters.page_session().unwrap_or_default(), state.now());
            bundle::page(state, page.ok_or(Refusal::bad_request(4113))?)
        }
        _ if incoming.head.method == Method::POST && !incoming.is_form() => Err(Refusal::bad_request(4100)),
        _ => match resource_type {
            "Patient" => bundle::page(state, patient::search(state, version, parameters)?.into()),
            "Appointment" => bundle::page(state, appointment_search::search(state, version, parameters)?.into()),
            "MedicationRequest" | "MedicationStatement" => {
                bundle::page(state, medication_search::search(state, version, parameters)?.into())
            }
            _ => Err(Refusal::NoSuchInteraction),
        },
    }
}

/// Which base a path is below, and what follows that.
fn version(path: &str) -> (Version, &str) {
    let below = Version::ALL.into_iter().find_map(|version| Some((version, path.strip_prefix(version.path())?)));
    below.unwrap_or((Version::R4, ""))
}

fn endpoint(resource_type: &str, target: Target<'_>) -> Endpoint {
    match (target, resource_type) {
        (Target::Page, _) => Endpoint::Page,
        (Target::Metadata | Target::SmartConfiguration, _) => Endpoint::Discovery,
        (_, "Patient") => Endpoint::Patient,
        (_, "Medication") => Endpoint::Medication,
        (_, "Appointment") => Endpoint::Appointment,
        _ => Endpoint::MedicationRequest,
    }
}

fn kind(target: Target<'_>) -> Kind {
    match target {
        Target::Metadata | Target::SmartConfiguration => Kind::Discovery,
        Target::Search => Kind::Search,
        Target::Page => Kind::Page,
        Target::Read(_) => Kind::Read,
        Target::Nothing => Kind::Other,
    }
}
