//! Answers in JSON.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// An answer in JSON.
pub(crate) fn json_answer(status: StatusCode, content_type: &'static str, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, content_type)], value.to_string()).into_response()
}

/// Epic's answer for an OAuth error: the description is there, and null.
pub(crate) fn oauth_error(status: StatusCode, error: &str) -> Response {
    json_answer(status, "application/json", &json!({"error": error, "error_description": null}))
}
