//! Why a chart could not be read.

use crate::access_token::source::NoAccessToken;
use crate::http::HttpError;
use crate::json::DecodeError;

/// A request to the FHIR server that gave no usable answer. It knows statuses and Epic's code numbers, nothing that the
/// server wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FhirError {
    /// There is no access token.
    #[error("no access token for the FHIR request")]
    Token(#[source] NoAccessToken),
    /// The server was not reached, or the exchange broke.
    #[error("the FHIR request failed")]
    Http(#[source] HttpError),
    /// The budget was used up before an answer came.
    #[error("the FHIR request did not end in time")]
    Timeout,
    /// The chart is restricted (break-the-glass): policy, never retried, told in neutral words.
    #[error("the chart is restricted")]
    Restricted,
    /// The server refused this client or its user this kind of data.
    #[error("not authorised to read this{}", in_parentheses(.code))]
    NotAuthorized {
        /// Epic's code, such as 4118.
        code: Option<u32>,
    },
    /// Even a newly obtained token was refused with 401: a fault of permissions, which needs a person.
    #[error("a fresh access token was refused")]
    FreshTokenRefused,
    /// The server says that it doesn't accept the request as it is: sending it again changes nothing.
    #[error("the server rejected the request{}", in_parentheses(.code))]
    BadRequest {
        /// Epic's code, such as 4100.
        code: Option<u32>,
    },
    /// More matches than the server gives out (4127, 59133): the search must be narrower.
    #[error("too many matches{}", in_parentheses(.code))]
    TooMany {
        /// Epic's code.
        code: Option<u32>,
    },
    /// The patient was merged into another (4107).
    #[error("the record was merged into another")]
    Merged,
    /// No such resource, in the server's own words: a bare 404 is a [`FhirError::Status`].
    #[error("no such resource")]
    NotFound,
    /// The paging session ended (4113), also when the search was run again.
    #[error("the paging session expired")]
    SessionExpired,
    /// The server reported a failure of its own in an otherwise successful answer.
    #[error("the server reported a failure{}", in_parentheses(.code))]
    Failure {
        /// Epic's code, such as 59177.
        code: Option<u32>,
    },
    /// A status that nothing was said with, and that has no meaning by itself: a wrong base URL, a proxy.
    #[error("the server answered status {status}")]
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is not the JSON expected.
    #[error("the answer could not be read")]
    NotJson(#[source] DecodeError),
    /// The answer to a search is no Bundle.
    #[error("the answer is not a Bundle")]
    NotABundle,
    /// The request can't be made into a URL on the connection's own server.
    #[error("the request leads to another server")]
    ForeignLink,
}

impl FhirError {
    /// Whether the same request may succeed a little later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Token(reason) => match reason {
                NoAccessToken::Read(_) | NoAccessToken::Invoke(_) | NoAccessToken::Timeout => true,
                NoAccessToken::Refused { .. } | NoAccessToken::FreshTokenRejected => false,
            },
            // It would be as large again.
            Self::Http(HttpError::TooLarge) => false,
            Self::Http(_) | Self::Timeout | Self::SessionExpired | Self::Failure { .. } => true,
            // 501: there is no such thing here, and there will be none.
            Self::Status { status } => *status == 429 || (*status >= 500 && *status != 501),
            Self::Restricted
            | Self::NotAuthorized { .. }
            | Self::FreshTokenRefused
            | Self::BadRequest { .. }
            | Self::TooMany { .. }
            | Self::Merged
            | Self::NotFound
            | Self::NotJson(_)
            | Self::NotABundle
            | Self::ForeignLink => false,
        }
    }

    /// Whether it says that this chart is not to be read, so that not even the pages read so far are.
    pub fn forbids(&self) -> bool {
        matches!(self, Self::Restricted | Self::NotAuthorized { .. } | Self::FreshTokenRefused | Self::Merged)
    }

    /// The stable code under which this is logged.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Token(_) => "fhir-no-access-token",
            Self::Http(_) => "fhir-http",
            Self::Timeout => "fhir-timeout",
            Self::Restricted => "fhir-restricted",
            Self::NotAuthorized { .. } => "fhir-not-authorized",
            Self::FreshTokenRefused => "fhir-fresh-token-refused",
            Self::BadRequest { .. } => "fhir-bad-request",
            Self::TooMany { .. } => "fhir-too-many",
            Self::Merged => "fhir-merged",
            Self::NotFound => "fhir-not-found",
            Self::SessionExpired => "fhir-session-expired",
            Self::Failure { .. } => "fhir-failure",
            Self::Status { .. } => "fhir-status",
            Self::NotJson(_) => "fhir-not-json",
            Self::NotABundle => "fhir-not-a-bundle",
            Self::ForeignLink => "fhir-foreign-link",
        }
    }
}

fn in_parentheses(code: &Option<u32>) -> String {
    code.map(|code| format!(" ({code})")).unwrap_or_default()
}
