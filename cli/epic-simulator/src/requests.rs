//! What was asked of the simulator, and what it thought of it: the facts that tests assert.

use serde::Serialize;

/// Everything asked so far, in the order it came.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Requests {
    /// Requests to the token endpoint.
    pub token: Vec<TokenRequest>,
    /// Requests to the FHIR server.
    pub fhir: Vec<FhirRequest>,
    /// How often the client's JWK Set URL was fetched.
    pub key_set_fetches: usize,
}

impl Requests {
    /// How many tokens were issued and sent.
    pub fn tokens_granted(&self) -> usize {
        self.token.iter().filter(|request| request.verdict == Verdict::Granted && !request.disturbed).count()
    }

    /// The FHIR requests of one type.
    pub fn fhir_of<'a>(&'a self, resource_type: &'a str) -> impl Iterator<Item = &'a FhirRequest> {
        self.fhir.iter().filter(move |request| request.resource_type == resource_type)
    }

    /// How many FHIR requests there were of one type and kind.
    pub fn count(&self, resource_type: &str, kind: Kind) -> usize {
        self.fhir_of(resource_type).filter(|request| request.kind == kind).count()
    }
}

/// A request to the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenRequest {
    /// What the checks found. The client hears `invalid_client` for all that is wrong with its assertion.
    pub verdict: Verdict,
    /// The assertion's `jti`, if it could be read.
    pub jti: Option<String>,
    /// The assertion's `kid`, if it could be read.
    pub kid: Option<String>,
    /// Whether a fault set by a test took the answer's place or spoilt it.
    pub disturbed: bool,
}

/// What the token endpoint found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All is well.
    Granted,
    /// Not a POST.
    NotPost,
    /// Not `application/x-www-form-urlencoded`, or not readable as such.
    NotForm,
    /// The URL has a query string, or just a question mark.
    QueryString,
    /// A parameter is missing or empty.
    MissingParameter,
    /// A parameter stands more than once.
    RepeatedParameter,
    /// `grant_type` is not `client_credentials`.
    UnsupportedGrantType,
    /// `client_assertion_type` is not the JWT bearer type.
    WrongAssertionType,
    /// The assertion is not three segments of base64url with JSON objects in the first two.
    MalformedAssertion,
    /// The client's registration has not arrived.
    NotSynchronised,
    /// `alg` is not RS256, RS384 or RS512.
    UnsupportedAlgorithm,
    /// `typ` is there and not `JWT`.
    WrongType,
    /// `jku` is there and not the registered JWK Set URL.
    WrongKeySetUrl,
    /// No `kid`.
    NoKeyId,
    /// No key has that `kid`.
    UnknownKeyId,
    /// Several keys have that `kid`.
    AmbiguousKeyId,
    /// The key's `kty` (or its `alg` or `use`) doesn't fit the assertion's `alg`.
    WrongKeyType,
    /// The client's JWK Set could not be fetched or is none.
    KeySetUnavailable,
    /// The signature doesn't verify, or the key is no RSA key of at least 2048 bits.
    WrongSignature,
    /// `iss` is not the client's id.
    WrongIssuer,
    /// `sub` is not the client's id.
    WrongSubject,
    /// `aud` is not the token endpoint's URL.
    WrongAudience,
    /// `exp` is missing, or `exp`, `iat` or `nbf` is not a number of seconds.
    MalformedTime,
    /// `exp` has passed.
    Expired,
    /// `exp` is more than five minutes ahead.
    ExpiresTooLate,
    /// `iat` or `nbf` is in the future.
    NotYetValid,
    /// `exp` is more than five minutes after `iat` or `nbf`.
    LivesTooLong,
    /// `jti` is missing or not a string (a string since November 2024).
    NoJti,
    /// `jti` is longer than 151 characters.
    JtiTooLong,
    /// An assertion with this `jti` was accepted before.
    ReusedJti,
}

impl Verdict {
    /// Whether the assertion was looked at and found wrong: what Epic calls `invalid_client`.
    pub fn is_invalid_client(self) -> bool {
        !self.is_invalid_request() && !matches!(self, Self::Granted | Self::UnsupportedGrantType)
    }

    /// Whether the request's form was wrong: what Epic calls `invalid_request`.
    pub fn is_invalid_request(self) -> bool {
        matches!(
            self,
            Self::NotPost
                | Self::NotForm
                | Self::QueryString
                | Self::MissingParameter
                | Self::RepeatedParameter
                | Self::WrongAssertionType
        )
    }
}

/// A request to the FHIR server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FhirRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// The type in the path: `Patient`, `MedicationRequest`, `metadata`, …
    pub resource_type: String,
    /// What was asked.
    pub kind: Kind,
    /// Whether the query string carried parameters (other than a page link's own).
    pub query_parameters: bool,
    /// The names of the parameters read, from wherever they came.
    pub parameters: Vec<String>,
    /// The answer's status; none while (or if) there is no answer.
    pub status: Option<u16>,
}

/// What a FHIR request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A search's first page.
    Search,
    /// A further page of a search.
    Page,
    /// A resource by its id.
    Read,
    /// `metadata` or `.well-known/smart-configuration`.
    Discovery,
    /// Anything else.
    Other,
}
