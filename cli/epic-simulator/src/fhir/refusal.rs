//! Answers that refuse, as Epic words them.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::fhir::operation_outcome::{Issue, outcome_answer};
use crate::state::{State, Version};

/// Why there is no answer.
pub(super) enum Refusal {
    /// No token.
    NoToken,
    /// A token that is unknown, expired or revoked.
    InvalidToken,
    /// The token doesn't cover this type and interaction.
    InsufficientScope,
    /// The app isn't registered for this API: a bare 403.
    NotRegistered,
    /// The type or path doesn't have this interaction.
    NoSuchInteraction,
    /// An `OperationOutcome`.
    Outcome { status: StatusCode, code: u32 },
    /// The patient was merged into another: 4107, and a redirect to the same of the survivor.
    Merged { path: String },
}

impl Refusal {
    pub(super) fn bad_request(code: u32) -> Self {
        Self::Outcome { status: StatusCode::BAD_REQUEST, code }
    }

    pub(super) fn into_answer(self, state: &State, version: Version) -> Response {
        match self {
            Self::NoToken => unauthorized("Bearer"),
            Self::InvalidToken => unauthorized(
                "Bearer error=\"invalid_token\", error_description=\"The access token provided is expired, revoked, \
                 malformed, or invalid for other reasons\"",
            ),
            Self::InsufficientScope => challenge(
                StatusCode::FORBIDDEN,
                "Bearer error=\"insufficient_scope\", error_description=\"The access token provided is valid, but is \
                 not authorized for this service\"",
            ),
            Self::NotRegistered => StatusCode::FORBIDDEN.into_response(),
            Self::NoSuchInteraction => StatusCode::METHOD_NOT_ALLOWED.into_response(),
            Self::Outcome { status, code } => outcome_answer(status, &[Issue::new(code)]),
            Self::Merged { path } => {
                let mut answer = outcome_answer(StatusCode::MOVED_PERMANENTLY, &[Issue::new(4107)]);
                if let Ok(location) = HeaderValue::try_from(format!("{}/{path}", state.fhir_base_url(version))) {
                    answer.headers_mut().insert(header::LOCATION, location);
                }
                answer
            }
        }
    }
}

fn unauthorized(challenge_: &'static str) -> Response {
    challenge(StatusCode::UNAUTHORIZED, challenge_)
}

fn challenge(status: StatusCode, challenge: &'static str) -> Response {
    (status, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}
