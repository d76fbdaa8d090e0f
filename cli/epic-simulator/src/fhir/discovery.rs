//! What anybody may read: the `CapabilityStatement` and the SMART configuration.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer::json_answer;
use crate::fhir::FHIR_JSON;
use crate::state::{State, Version};

pub(super) fn metadata(state: &State, version: Version) -> Response {
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
    let (number, medication, appointment): (_, &[&str], &[&str]) = match version {
        Version::R4 => {
            ("4.0.1", &["patient", "subject", "status", "category", "intent"], &["patient", "service-category"])
        }
        Version::Stu3 => ("3.0.2", &["patient", "status", "category"], &["patient", "date", "status", "identifier"]),
    };
    let statement = json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": state.now().to_string(),
        "kind": "instance",
        "software": {"name": "Epic simulator", "version": env!("CARGO_PKG_VERSION")},
        "fhirVersion": number,
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
                resource("Appointment", &["read", "search-type"], appointment),
                resource("Medication", &["read"], &[]),
                resource(version.medication_type(), &["read", "search-type"], medication),
                resource("Patient", &["read", "search-type"], &patient),
            ],
        }],
    });
    json_answer(StatusCode::OK, FHIR_JSON, &statement)
}

/// Like Epic's, it doesn't name the algorithms that assertions may be signed with, nor the backend scopes.
pub(super) fn smart_configuration(state: &State, version: Version) -> Response {
    let configuration = json!({
        "issuer": state.fhir_base_url(version),
        "token_endpoint": state.token_endpoint(),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        "grant_types_supported": ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "fhirUser", "launch", "profile"],
        "capabilities": ["client-confidential-asymmetric", "permission-v1", "permission-v2"],
    });
    json_answer(StatusCode::OK, "application/json", &configuration)
}
