//! `OperationOutcome`s with Epic's codes. Clients must go by the code: its system differs from customer to customer.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer::json_answer;
use crate::fhir::FHIR_JSON;

/// Epic's code system for errors, with a customer number and environment of the simulator's own.
const ERROR_SYSTEM: &str = "urn:oid:1.2.840.114350.1.13.99999.3.7.2.657369";

/// One issue, by Epic's code.
#[derive(Clone, Copy)]
pub(crate) struct Issue {
    severity: &'static str,
    issue_type: &'static str,
    code: u32,
    text: &'static str,
}

impl Issue {
    /// The issue of a code; one that isn't in the table is a fatal processing error.
    pub(crate) fn new(code: u32) -> Self {
        let (severity, issue_type, text) = match code {
            4100 => ("fatal", "invalid", "The resource request contained an invalid parameter"),
            4101 => ("warning", "not-found", "Resource request returns no results"),
            4102 => ("fatal", "not-found", "Invalid FHIR ID provided"),
            4103 => ("fatal", "deleted", "The requested resource has been deleted"),
            4107 => ("fatal", "processing", "The patient was merged into another patient"),
            4110 => ("fatal", "required", "No parameters were provided"),
            4111 => ("fatal", "required", "A required parameter is missing"),
            4112 => ("fatal", "invalid", "The combination of parameters is invalid"),
            4113 => ("fatal", "expired", "The paging session has expired"),
            4115 => ("fatal", "value", "The value of a required parameter is invalid"),
            4118 => ("fatal", "forbidden", "The authenticated user is not authorized to view the requested data"),
            4119 => {
                ("warning", "incomplete", "This response may not contain the entire record available in the system")
            }
            4122 | 59100 => ("warning", "not-supported", "An unknown parameter was found in the request"),
            4127 => ("fatal", "too-costly", "The search matches too many patients"),
            4130 => ("fatal", "suppressed", "Break-the-Glass security restricts access to this patient"),
            4131 => ("fatal", "suppressed", "Break-the-Glass security prevents access to this patient"),
            4134 => ("warning", "suppressed", "Results of a Break-the-Glass patient were left out"),
            4135 => ("fatal", "throttled", "The daily limit of documents was reached"),
            59101 => ("warning", "value", "The value of an optional parameter is unknown"),
            59102 => ("fatal", "value", "The content of an element is invalid: patient"),
            59108 => ("fatal", "required", "A required element is missing"),
            59109 => ("warning", "value", "The value of an optional parameter is invalid"),
            59111 => ("fatal", "value", "The value of a required element is invalid"),
            59133 => ("warning", "incomplete", "The search needs more data elements, or matches too many patients"),
            59144 => ("fatal", "not-found", "A reference could not be resolved"),
            59159 => ("fatal", "business-rule", "A business rule was violated"),
            59204 => ("warning", "suppressed", "Client not authorized for MedicationRequest - Signed Medication Order"),
            59205 => ("warning", "suppressed", "User not authorized for outside records"),
            _ => ("fatal", "processing", "An internal error occurred"),
        };
        Self { severity, issue_type, code, text }
    }
}

/// The resource.
pub(super) fn operation_outcome(issues: &[Issue]) -> Value {
    let issue = |issue: &Issue| {
        json!({
            "severity": issue.severity,
            "code": issue.issue_type,
            "details": {
                "coding": [{"system": ERROR_SYSTEM, "code": issue.code.to_string(), "display": issue.text}],
                "text": issue.text,
            },
        })
    };
    json!({"resourceType": "OperationOutcome", "issue": issues.iter().map(issue).collect::<Vec<_>>()})
}

/// The resource as an answer of its own.
pub(crate) fn outcome_answer(status: StatusCode, issues: &[Issue]) -> Response {
    json_answer(status, FHIR_JSON, &operation_outcome(issues))
}
