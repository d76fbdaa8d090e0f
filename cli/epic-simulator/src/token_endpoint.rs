//! The OAuth 2.0 token endpoint of SMART Backend Services, as strict as Epic's.
//!
//! Whatever is wrong with the assertion, the client hears `invalid_client` with a null description; the true cause is in
//! [`Requests`](crate::requests::Requests). The registered scopes are granted, whatever is asked for.

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::answer::{json_answer, oauth_error};
use crate::disturbance::Disturbance;
use crate::fault::Endpoint;
use crate::requests::{TokenRequest, Verdict};
use crate::server::Incoming;
use crate::state::State;
use crate::token_endpoint::client_assertion::Assertion;

pub(crate) mod access_tokens;
mod client_assertion;
pub(crate) mod key_set;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(crate) async fn answer(state: &State, incoming: &Incoming) -> Response {
    let disturbance = Disturbance::strike(state, Endpoint::Token);
    let mut request =
        TokenRequest { verdict: Verdict::Granted, jti: None, kid: None, disturbed: disturbance.is_fault() };
    request.verdict = check(state, incoming, &mut request).await.err().unwrap_or(Verdict::Granted);
    let verdict = request.verdict;
    state.record_token_request(request);

    let answer = match verdict {
        Verdict::Granted if !disturbance.takes_its_place() => issue(state),
        Verdict::Granted => oauth_error(StatusCode::BAD_REQUEST, "temporarily_unavailable"),
        Verdict::UnsupportedGrantType => oauth_error(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
        verdict if verdict.is_invalid_request() => oauth_error(StatusCode::BAD_REQUEST, "invalid_request"),
        _ => oauth_error(StatusCode::BAD_REQUEST, "invalid_client"),
    };
    disturbance.deliver(&incoming.connection, answer).await
}

async fn check(state: &State, incoming: &Incoming, seen: &mut TokenRequest) -> Result<(), Verdict> {
    if incoming.head.method != Method::POST {
        return Err(Verdict::NotPost);
    }
    // A bare question mark is refused too.
    if incoming.head.uri.query().is_some() {
        return Err(Verdict::QueryString);
    }
    if !incoming.is_form() {
        return Err(Verdict::NotForm);
    }
    let form = Form::parse(&incoming.body)?;
    if form.one("grant_type")? != "client_credentials" {
        return Err(Verdict::UnsupportedGrantType);
    }
    if form.one("client_assertion_type")? != ASSERTION_TYPE {
        return Err(Verdict::WrongAssertionType);
    }
    let assertion = Assertion::parse(form.one("client_assertion")?)?;
    seen.jti = assertion.jti();
    seen.kid = assertion.kid();
    assertion.check(state).await
}

fn issue(state: &State) -> Response {
    let scopes = state.behaviour().scopes.clone();
    let lifetime = state.token_lifetime;
    let mut fields = serde_json::Map::new();
    fields.insert("token_type".to_owned(), json!("bearer"));
    fields.insert("expires_in".to_owned(), json!(lifetime.as_secs()));
    fields.insert("scope".to_owned(), json!(scopes.join(" ")));
    let expires_at = state.now() + lifetime;
    fields.insert("access_token".to_owned(), json!(state.access_tokens().issue(scopes, expires_at)));
    for (field, lie) in &state.behaviour().lies.token_answer {
        if lie.is_null() {
            fields.remove(field);
        } else {
            fields.insert(field.clone(), lie.clone());
        }
    }
    let mut answer = json_answer(StatusCode::OK, "application/json", &fields.into());
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    answer
}

/// A form's parameters.
struct Form(Vec<(String, String)>);

impl Form {
    fn parse(body: &[u8]) -> Result<Self, Verdict> {
        // A JSON or multipart body under a form's content type would parse as one odd parameter: it then lacks the others.
        let text = std::str::from_utf8(body).map_err(|_| Verdict::NotForm)?;
        Ok(Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect()))
    }

    /// RFC 6749, section 3.2: a parameter without a value counts as omitted, and none may stand twice.
    fn one(&self, name: &str) -> Result<&str, Verdict> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Verdict::RepeatedParameter),
            (None | Some(""), None) => Err(Verdict::MissingParameter),
            (Some(value), None) => Ok(value),
        }
    }
}
