//! Fetching the JWK Set URL as Epic does: over TLS, without credentials, following no redirect.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CACHE_CONTROL};
use shared::http::{HttpError, read_body};
use shared::json::DecodeError;

use super::served::Served;

/// How long the answer may take: a cold start takes a fraction of it.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why the URL serves no set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// There was no answer.
    #[error("the JWK Set URL did not answer")]
    Http(#[source] HttpError),
    /// It answered something else than a document.
    #[error("the JWK Set URL answered with status {status}")]
    Status {
        /// The status of HTTP.
        status: u16,
    },
    /// The document is no set.
    #[error("the JWK Set URL serves no JWK Set")]
    NotASet(#[source] DecodeError),
}

/// Fetches the set.
pub(super) async fn fetch(http: &reqwest::Client, url: &str) -> Result<Served, FetchError> {
    let failed = |error: reqwest::Error| FetchError::Http(HttpError::new(&error));
    let request = http.get(url).header(ACCEPT, "application/json").timeout(TIMEOUT);
    let response = request.send().await.map_err(failed)?;
    if response.status() != StatusCode::OK {
        return Err(FetchError::Status { status: response.status().as_u16() });
    }
    let cache_control = response.headers().get_all(CACHE_CONTROL).into_iter();
    let cache_control: Vec<String> =
        cache_control.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
    let body = read_body(response).await.map_err(FetchError::Http)?;
    Served::read(&body, cache_control.iter().map(String::as_str)).map_err(FetchError::NotASet)
}
