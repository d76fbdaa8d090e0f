//! One request to the FHIR server with the stored token, and what of its answer tells causes apart.
//!
//! The functions' own client mends what it can (another token, another try); here everything is to be seen as it is.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use serde::Deserialize;
use shared::access_token::AccessToken;
use shared::fhir::SearchSet;
use shared::fhir::operation_outcome::{Issue, OperationOutcome};
use shared::http::{HttpError, read_body};
use shared::json::decode;
use url::Url;

use super::discovery::with_slash;

const TIMEOUT: Duration = Duration::from_secs(15);
/// Epic's words where the app may and its background user may not.
const USER_DENIED: &[u8] = b"authenticated user is not authorized";

/// The FHIR server, as whoever holds the stored token sees it.
pub(super) struct Server<'a> {
    http: &'a reqwest::Client,
    base: Url,
    token: AccessToken,
}

/// What a request asks. Its parameters may be a patient's, so it has no `Debug`.
pub(super) enum Request<'a> {
    /// `GET {type}/{id}`
    Read(&'static str, &'a str),
    /// `POST {type}/_search`
    PostSearch(&'static str, &'a [(&'static str, String)]),
    /// `GET {type}?…`
    GetSearch(&'static str, &'a [(&'static str, String)]),
    /// `POST Patient/$match`
    Match(String),
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Bundle,
    OperationOutcome,
    /// Another resource.
    Resource,
    /// Nothing of FHIR's.
    Other,
}

/// An answer. It may hold a chart, so it has no `Debug`.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Whether the challenge says `insufficient_scope`.
    pub(super) insufficient_scope: bool,
    /// Whether it is in Epic's words that the user may not.
    pub(super) user_denied: bool,
    pub(super) body: Body,
    /// What the server says of its answer.
    pub(super) issues: Vec<Issue>,
    /// The Bundle.
    pub(super) set: SearchSet,
}

impl<'a> Server<'a> {
    pub(super) fn new(http: &'a reqwest::Client, base: &Url, token: AccessToken) -> Self {
        Self { http, base: with_slash(base), token }
    }

    /// Sends a request and reads its answer.
    pub(super) async fn ask(&self, request: Request<'_>) -> Result<Answer, HttpError> {
        let message = self.message(request).ok_or(HttpError::Broken)?;
        let response = self.http.execute(message).await.map_err(|error| HttpError::new(&error))?;
        let status = response.status().as_u16();
        let challenges = response.headers().get_all(WWW_AUTHENTICATE).into_iter();
        let insufficient_scope =
            challenges.filter_map(|value| value.to_str().ok()).any(|c| c.contains("insufficient_scope"));
        Ok(Answer::new(status, insufficient_scope, read_body(response).await?))
    }

    fn message(&self, request: Request<'_>) -> Option<reqwest::Request> {
        let url = |path: &str| self.base.join(path).ok();
        let form = |parameters: &[(&'static str, String)]| {
            form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
        };
        let post = |path: &str, content_type, body: String| {
            let mut message = reqwest::Request::new(reqwest::Method::POST, url(path)?);
            message.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
            *message.body_mut() = Some(body.into());
            Some(message)
        };
        let mut message = match request {
            Request::Read(resource_type, id) => {
                reqwest::Request::new(reqwest::Method::GET, url(&format!("{resource_type}/{id}"))?)
            }
            Request::PostSearch(resource_type, parameters) => {
                post(&format!("{resource_type}/_search"), "application/x-www-form-urlencoded", form(parameters))?
            }
            Request::GetSearch(resource_type, parameters) => {
                let mut url = url(resource_type)?;
                url.set_query(Some(&form(parameters)));
                reqwest::Request::new(reqwest::Method::GET, url)
            }
            Request::Match(parameters) => post("Patient/$match", "application/fhir+json", parameters)?,
        };
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", self.token.secret())).ok()?;
        authorization.set_sensitive(true);
        message.headers_mut().insert(AUTHORIZATION, authorization);
        message.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/fhir+json"));
        *message.timeout_mut() = Some(TIMEOUT);
        Some(message)
    }
}

impl Answer {
    pub(super) fn new(status: u16, insufficient_scope: bool, bytes: Vec<u8>) -> Self {
        #[derive(Deserialize)]
        struct Typed {
            #[serde(rename = "resourceType")]
            resource_type: String,
        }
        let body = match decode::<Typed>(&bytes).ok().map(|typed| typed.resource_type).as_deref() {
            Some("Bundle") => Body::Bundle,
            Some("OperationOutcome") => Body::OperationOutcome,
            Some(_) => Body::Resource,
            None => Body::Other,
        };
        let user_denied = bytes.windows(USER_DENIED.len()).any(|window| window.eq_ignore_ascii_case(USER_DENIED));
        let outcome =
            || decode::<OperationOutcome>(&bytes).map(|outcome| outcome.issues().collect()).unwrap_or_default();
        let mut issues: Vec<Issue> = if body == Body::OperationOutcome { outcome() } else { Vec::new() };
        let set = if body == Body::Bundle { SearchSet::of_page(bytes) } else { SearchSet::default() };
        issues.extend(set.issues());
        Self { status, insufficient_scope, user_denied, body, issues, set }
    }

    /// Whether the server lets nobody ask so: of the two ways to search, FHIR lets it take one.
    pub(super) fn takes_no_post(&self) -> bool {
        matches!(self.status, 405 | 501)
    }

    /// Whether the server says one of these of its answer, by Epic's codes.
    pub(super) fn says(&self, codes: &[u32]) -> bool {
        self.issues.iter().filter_map(|issue| issue.code).any(|code| codes.contains(&code))
    }

    /// Status and Epic's codes, for a person.
    pub(super) fn seen(&self) -> String {
        let codes: Vec<String> =
            self.issues.iter().filter_map(|issue| issue.code).map(|code| code.to_string()).collect();
        if codes.is_empty() {
            format!("status {}", self.status)
        } else {
            format!("status {}, code {}", self.status, codes.join(", "))
        }
    }
}
