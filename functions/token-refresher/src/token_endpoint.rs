//! Epic's token endpoint: a client credentials request (RFC 6749, section 4.4), and what may come back.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use secrecy::SecretString;
use serde::Deserialize;
use shared::access_token::EXPIRY_MARGIN;
use shared::http::{HttpError, read_body, server_date};
use shared::json::{self, DecodeError};
use url::Url;

use crate::client_assertion::ClientAssertion;
use crate::scopes::Scopes;

/// A longer life than this is taken as this: the token is then only replaced sooner than it had to be.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// A shorter life than this would be over when it counts: an attempt may take 4 s, and of a token's life the last 10 s are
/// not used ([`EXPIRY_MARGIN`]). Every caller would find the token missing, and have it replaced again and again.
const SHORTEST_LIFE: Duration = EXPIRY_MARGIN.saturating_add(Duration::from_secs(5));
/// What SMART recommends (Backend Services, "issue access token"), where the answer doesn't say how long a token lives.
const LIFE_UNLESS_TOLD: Duration = Duration::from_secs(300);
/// A longer token would not fit the headers of a request (servers take 8 to 16 KiB of them).
const LONGEST_TOKEN: usize = 8 * 1024;

/// The errors that RFC 6749, section 5.2, and RFC 6750 know; anything else is not repeated.
const OAUTH_ERRORS: [&str; 7] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_token",
];

/// A token as granted.
pub(crate) struct Grant {
    pub(crate) secret: SecretString,
    pub(crate) expires_in: Duration,
    /// The scopes granted.
    pub(crate) scope: String,
}

/// A request to the token endpoint that did not end in a usable token.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenRequestError {
    /// No answer.
    #[error("the token endpoint could not be reached")]
    Exchange(#[source] HttpError),
    /// 429 or 5xx: it may pass.
    #[error("the token endpoint answered {0}")]
    Unavailable(StatusCode),
    /// An OAuth error: a person must mend it.
    #[error("the token endpoint refused: {0}")]
    OAuth(&'static str),
    /// Another status than 200 and 201, without an OAuth error.
    #[error("the token endpoint answered {0} without an OAuth error")]
    Status(StatusCode),
    /// 200 or 201, but not a token response.
    #[error("the token response can't be read")]
    Json(#[source] DecodeError),
    /// A token that is not to be used as a bearer token.
    #[error("the token is not a bearer token")]
    TokenType,
    /// A token that is empty, too long, or no text for a header.
    #[error("the token can't be sent in a header")]
    Token,
    /// A life that is not a whole number of seconds, or too short for the token to be used.
    #[error("the token's life is not a number of seconds in which it can be used")]
    Lifetime,
    /// Fewer scopes than are needed.
    #[error("the scopes granted do not cover those needed")]
    Narrowed,
}

impl TokenRequestError {
    /// Its stable code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Exchange(HttpError::Timeout) => "timeout",
            Self::Exchange(HttpError::Connect) => "no-connection",
            Self::Exchange(HttpError::Broken) => "broken-connection",
            Self::Exchange(HttpError::TooLarge) | Self::Json(_) | Self::TokenType | Self::Token | Self::Lifetime => {
                "malformed-token-response"
            }
            Self::Unavailable(_) => "token-endpoint-unavailable",
            Self::OAuth(code) => code,
            Self::Status(_) => "token-endpoint-refused",
            Self::Narrowed => "scope-narrowed",
        }
    }

    /// Whether another attempt may end otherwise.
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::Exchange(HttpError::Timeout | HttpError::Connect | HttpError::Broken) | Self::Unavailable(_) => true,
            Self::Exchange(HttpError::TooLarge)
            | Self::OAuth(_)
            | Self::Status(_)
            | Self::Json(_)
            | Self::TokenType
            | Self::Token
            | Self::Lifetime
            | Self::Narrowed => false,
        }
    }
}

/// The token endpoint of a connection.
#[derive(Debug)]
pub(crate) struct TokenEndpoint {
    http: reqwest::Client,
    url: Url,
    audience: String,
}

#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    token_type: String,
    expires_in: Option<Seconds>,
    scope: Option<String>,
}

/// Seconds, as an integer (RFC 6749) or as what servers write in its place: a float, or digits in quotes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Integer(u64),
    Float(f64),
    Text(String),
}

impl Seconds {
    /// The life that this is, [`LONGEST_LIFE`] at most; `None` where it is no whole number, or less than [`SHORTEST_LIFE`].
    fn life(&self) -> Option<Duration> {
        let life = match self {
            Self::Integer(seconds) => Duration::from_secs(*seconds),
            Self::Float(seconds) if seconds.fract() == 0.0 => {
                Duration::try_from_secs_f64(seconds.min(LONGEST_LIFE.as_secs_f64())).ok()?
            }
            Self::Float(_) => return None,
            Self::Text(digits) => Duration::from_secs(digits.parse().ok()?),
        };
        (life >= SHORTEST_LIFE).then_some(life.min(LONGEST_LIFE))
    }
}

#[derive(Deserialize)]
struct ErrorResponse {
    error: String,
}

impl TokenEndpoint {
    /// The token endpoint at `url`, which knows itself as `audience`.
    pub(crate) fn new(http: reqwest::Client, url: Url, audience: String) -> Self {
        Self { http, url, audience }
    }

    /// The audience of assertions sent to it: its URL by the letter, since that is how Epic compares it.
    pub(crate) fn audience(&self) -> &str {
        &self.audience
    }

    /// Asks for a token with `scopes`, all of which are needed. Its caller bounds the time it takes.
    pub(crate) async fn request_token(
        &self,
        assertion: &ClientAssertion,
        scopes: &Scopes,
    ) -> Result<Grant, TokenRequestError> {
        self.ask(assertion, scopes).await?.grant(scopes)
    }

    /// Asks for a token with `scopes`: what was answered, whatever that is.
    pub(crate) async fn ask(&self, assertion: &ClientAssertion, scopes: &Scopes) -> Result<Answer, TokenRequestError> {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("scope", scopes.as_str())
            .append_pair("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            .append_pair("client_assertion", assertion.secret())
            .finish();
        let exchange_failed = |error| TokenRequestError::Exchange(error);
        let response = self
            .http
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(body)
            .send()
            .await
            .map_err(|error| exchange_failed(HttpError::new(&error)))?;
        let (status, date) = (response.status(), server_date(&response));
        let body = read_body(response).await.map_err(exchange_failed)?;
        Ok(Answer { status, date, body })
    }
}

/// What the token endpoint answered. It may hold a token, so it has no `Debug`.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// The time that the token endpoint says it is.
    pub(crate) date: Option<Timestamp>,
    body: Vec<u8>,
}

impl Answer {
    /// The token granted, whatever its scopes are; left out, they are those `asked` for.
    pub(crate) fn token(&self, asked: &Scopes) -> Result<Grant, TokenRequestError> {
        read_token(self.status, &self.body, asked)
    }

    /// The token granted, with all the scopes that are `needed`.
    fn grant(&self, needed: &Scopes) -> Result<Grant, TokenRequestError> {
        read_response(self.status, &self.body, needed)
    }
}

fn read_response(status: StatusCode, body: &[u8], needed: &Scopes) -> Result<Grant, TokenRequestError> {
    let grant = read_token(status, body, needed)?;
    if !Scopes::parse(&grant.scope).cover(needed) {
        return Err(TokenRequestError::Narrowed);
    }
    Ok(grant)
}

fn read_token(status: StatusCode, body: &[u8], asked: &Scopes) -> Result<Grant, TokenRequestError> {
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Err(TokenRequestError::Unavailable(status));
    }
    // RFC 6749, section 5.1, has 200 only; frameworks that answer every POST with 201 mean the same.
    if status != StatusCode::OK && status != StatusCode::CREATED {
        return Err(match json::decode::<ErrorResponse>(body) {
            Ok(response) => TokenRequestError::OAuth(known_oauth_error(&response.error)),
            Err(_) => TokenRequestError::Status(status),
        });
    }
    let response: TokenResponse = json::decode(body).map_err(TokenRequestError::Json)?;
    read_grant(response, asked)
}

fn read_grant(response: TokenResponse, asked: &Scopes) -> Result<Grant, TokenRequestError> {
    let TokenResponse { access_token, token_type, expires_in, scope } = response;
    if !token_type.eq_ignore_ascii_case("bearer") {
        return Err(TokenRequestError::TokenType);
    }
    let sendable = access_token.chars().all(|c| c.is_ascii_graphic());
    if !(1..=LONGEST_TOKEN).contains(&access_token.len()) || !sendable {
        return Err(TokenRequestError::Token);
    }
    let life = expires_in.map_or(Some(LIFE_UNLESS_TOLD), |seconds| seconds.life());
    let expires_in = life.ok_or(TokenRequestError::Lifetime)?;
    // RFC 6749, section 5.1: a scope left out is the one asked for.
    let scope = scope.unwrap_or_else(|| asked.as_str().to_owned());
    Ok(Grant { secret: access_token.into(), expires_in, scope })
}

fn known_oauth_error(code: &str) -> &'static str {
    OAUTH_ERRORS.into_iter().find(|known| *known == code).unwrap_or("unknown-oauth-error")
}

#[cfg(test)]
mod tests;
