//! What anybody may read: the `CapabilityStatement` and the SMART configuration.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer::json_answer;
use crate::fhir::FHIR_JSON;
use crate::state::State;

pub(super) fn metadata(state: &State) -> Response {
    let resource = |resource_type: &str, interactions: &[&str], parameters: &[&str]| {
        let interactions: Vec<Value> = interactions.iter().map(|code| json!({"code": code})).collect();
        let parameters: Vec<Value> = parameters.iter().map(|name| json!({"name": name})).collect();
        json!({
            "type": resource_type,
            "interaction": interactions,
            "searchInclude": ["*"],
            "searchRevInclude": ["Provenance:target"],
            "searchParam": parameters,
        })
    };
    let patient = ["_id", "identifier", "family", "given", "name", "birthdate", "gender", "legal-sex", "telecom"];
    let medication_request = ["patient", "subject", "status", "category", "intent"];
    let statement = json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": state.now().to_string(),
        "kind": "instance",
        "software": {"name": "Epic simulator", "version": env!("CARGO_PKG_VERSION")},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [{
            "mode": "server",
            "security": {
                "extension": [{
                    "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                    "extension": [{"url": "token", "valueUri": state.token_endpoint()}],
                }],
            },
            "resource": [
                resource("Medication", &["read"], &[]),
                resource("MedicationRequest", &["read", "search-type"], &medication_request),
                resource("Patient", &["read", "search-type"], &patient),
            ],
        }],
    });
    json_answer(StatusCode::OK, FHIR_JSON, &statement)
}

/// Like Epic's, it doesn't name the algorithms that assertions may be signed with, nor the backend scopes.
pub(super) fn smart_configuration(state: &State) -> Response {
    let configuration = json!({
        "issuer": state.fhir_base_url(),
        "token_endpoint": state.token_endpoint(),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        "grant_types_supported": ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "fhirUser", "launch", "profile"],
        "capabilities": ["client-confidential-asymmetric", "permission-v1", "permission-v2"],
    });
    json_answer(StatusCode::OK, "application/json", &configuration)
}
