//! The access token: what it is, where it is kept ([`store`]) and how a call gets a usable one ([`source`]).

pub mod source;
pub mod store;

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};

/// A token with less life left than this is not used: a request may take this long to arrive and be checked.
pub const EXPIRY_MARGIN: Duration = Duration::from_secs(10);

/// An OAuth 2.0 bearer token for Epic's FHIR API. Its secret is not in its `Debug`, and it has no `Display`.
#[derive(Clone)]
pub struct AccessToken {
    secret: SecretString,
    /// Counts the tokens of a connection: each one stored has a higher version than the one it replaces.
    pub version: u64,
    /// The scopes that Epic granted, as it wrote them.
    pub scope: String,
    /// When it was obtained.
    pub obtained_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// The `kid` of the key that signed the assertion for it.
    pub kid: String,
}

impl AccessToken {
    /// A token with its facts.
    pub fn new(
        secret: SecretString,
        version: u64,
        scope: String,
        obtained_at: Timestamp,
        expires_at: Timestamp,
        kid: String,
    ) -> Self {
        Self { secret, version, scope, obtained_at, expires_at, kid }
    }

    /// The token itself, for an `Authorization` header or the encrypted table. Security warning: anywhere else it leaks.
    pub fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// Whether a request sent now would arrive before the token expires.
    pub fn is_usable_at(&self, now: Timestamp) -> bool {
        self.remaining_at(now) > SignedDuration::try_from(EXPIRY_MARGIN).unwrap_or_default()
    }

    /// The life left at `now`; negative once it has expired.
    pub fn remaining_at(&self, now: Timestamp) -> SignedDuration {
        self.expires_at.duration_since(now)
    }

    /// The life it was given.
    pub fn lifetime(&self) -> SignedDuration {
        self.expires_at.duration_since(self.obtained_at)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").field("version", &self.version).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(expires_at: &str) -> AccessToken {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        AccessToken::new("s3cret".into(), 1, String::new(), at("2026-11-23T10:00:00Z"), at(expires_at), "k".into())
    }

    #[test]
    fn a_token_inside_the_margin_is_not_used() {
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        assert!(token("2026-11-23T10:00:11Z").is_usable_at(now));
        assert!(!token("2026-11-23T10:00:10Z").is_usable_at(now));
        assert!(!token("2026-11-23T09:00:00Z").is_usable_at(now));
    }

    #[test]
    fn debug_hides_the_secret() {
        assert!(!format!("{:?}", token("2026-11-23T10:00:11Z")).contains("s3cret"));
    }
}
