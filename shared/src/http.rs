//! The one HTTP stack: reqwest over rustls with ring and the roots compiled in, for Epic and for AWS.
//!
//! reqwest's errors print the URL with its query, so they end here: [`HttpError`] has facts only.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use url::Url;

/// How long a connection may take to open; the request's own limit comes from its caller's deadline.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Idle connections are kept for the life of a warm function: opening one again costs a TLS handshake.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(300);
/// The largest body read: a page of 200 medication requests is about 600 KB; far more is a fault, and memory is finite.
pub const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// What some write before UTF-8 (RFC 8259, section 8.1: it must not be sent, and may be passed over).
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// An HTTP exchange that failed before there was an answer to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// No answer within the time allowed.
    #[error("no answer in time")]
    Timeout,
    /// No connection: name, route, port or TLS.
    #[error("could not connect")]
    Connect,
    /// The connection broke, or what came was not HTTP.
    #[error("the exchange broke off")]
    Broken,
    /// The body is larger than [`BODY_LIMIT`].
    #[error("the answer is too large")]
    TooLarge,
}

impl HttpError {
    /// Converts and drops reqwest's error, which knows the URL.
    pub fn new(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::Timeout
        } else if error.is_connect() {
            Self::Connect
        } else {
            Self::Broken
        }
    }
}

/// The client that every request of a function goes through. Make one per process: it holds the connection pool.
///
/// Redirects are not followed: Epic answers a merged patient with one, and a token must not travel to another server. No
/// content is unpacked, and every request says so: to who doesn't, any coding may be sent (RFC 9110, section 12.5.3).
///
/// # Errors
/// [`HttpError::Broken`] if TLS can't be set up, which no configuration of ours can cause.
pub fn client() -> Result<reqwest::Client, HttpError> {
    let roots = rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let tls = rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .map_err(|_| HttpError::Broken)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]);
    #[expect(clippy::disallowed_methods, reason = "the one place that builds the HTTP client")]
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .default_headers(headers)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(POOL_IDLE_TIMEOUT)
        .user_agent(concat!("careline/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| HttpError::new(&error))
}

/// Reads a body up to [`BODY_LIMIT`], without a byte order mark.
///
/// # Errors
/// [`HttpError::TooLarge`], or what broke.
pub async fn read_body(mut response: reqwest::Response) -> Result<Vec<u8>, HttpError> {
    let announced = response.content_length().map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if announced > BODY_LIMIT {
        return Err(HttpError::TooLarge);
    }
    let mut body = Vec::with_capacity(announced);
    while let Some(chunk) = response.chunk().await.map_err(|error| HttpError::new(&error))? {
        if body.len() + chunk.len() > BODY_LIMIT {
            return Err(HttpError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    if body.starts_with(BYTE_ORDER_MARK) {
        body.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(body)
}

/// The time that a server says it is, to the second (`Date`, RFC 9110 section 6.6.1).
pub fn server_date(response: &reqwest::Response) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(response.headers().get(reqwest::header::DATE)?.as_bytes()).ok()
}

/// Reads a base or endpoint URL from configuration: `https`, or `http` for a loopback address only; no query, fragment
/// or user.
pub fn parse_endpoint(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let loopback = match url.host()? {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    };
    let scheme_allowed = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    let plain =
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    (scheme_allowed && plain).then_some(url)
}

/// Whether two URLs have the same scheme, host and port: a link is followed only then.
pub fn same_origin(a: &Url, b: &Url) -> bool {
    a.origin() == b.origin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        for allowed in [
            "https://fhir.example.org/api/FHIR/R4",
            "http://127.0.0.1:9000/token",
            "http://localhost/x",
            "http://[::1]:1/",
        ] {
            assert!(parse_endpoint(allowed).is_some(), "{allowed}");
        }
        for refused in [
            "http://fhir.example.org/",
            "http://10.0.0.1/",
            "ftp://127.0.0.1/",
            "https://u:p@x.org/",
            "https://x.org/?a=b",
            "x",
            "",
        ] {
            assert!(parse_endpoint(refused).is_none(), "{refused}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let url = |text: &str| Url::parse(text).unwrap();
        assert!(same_origin(&url("https://x.org/a"), &url("https://x.org:443/b?c")));
        assert!(!same_origin(&url("https://x.org/a"), &url("https://x.org:8443/a")));
        assert!(!same_origin(&url("https://x.org/a"), &url("http://x.org/a")));
        assert!(!same_origin(&url("https://x.org/a"), &url("https://x.org.evil.example/a")));
    }
}
