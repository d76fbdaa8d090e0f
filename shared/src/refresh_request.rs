//! What fulfillment, prefetch-worker, `careline doctor` and `careline keys` ask of token-refresher, and what it answers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::connection::ConnectionName;
use crate::signing_algorithm::SigningAlgorithm;

/// Why a token is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshReason {
    /// The schedule: refresh if little of the token's life is left.
    Schedule,
    /// There is no token, or it has expired.
    Missing,
    /// Epic refused the token of `rejected_version` with 401.
    Rejected,
    /// `careline doctor` wants to know what the token endpoint answers: a token is asked for and thrown away.
    Check,
    /// `careline keys promote` wants to know whether token-refresher can sign with a key that doesn't sign yet: a probe is
    /// signed, and nobody asked for a token.
    Sign,
}

/// The payload of a direct, synchronous invoke of token-refresher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshRequest {
    /// Whose token.
    pub connection: ConnectionName,
    /// Why.
    pub reason: RefreshReason,
    /// The version that Epic refused; only with [`RefreshReason::Rejected`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected_version: Option<u64>,
    /// The `kid` of the key to try, which must be in the connection's ring; only with [`RefreshReason::Sign`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
}

/// What became of a refresh. Never the token: whoever needs it reads the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum RefreshReply {
    /// A new token is stored under this version.
    Refreshed {
        /// The version stored.
        version: u64,
    },
    /// The stored token needs no replacing: it is usable, or newer than the one rejected.
    StillValid,
    /// Another holds the lease and is refreshing: read the table until it is there.
    HeldByOther {
        /// Milliseconds until the lease ends, should its holder have died.
        lease_ends_in_ms: u64,
    },
    /// A forced refresh was made less than 30 s ago; a token that fresh being refused is a fault of permissions.
    TooSoon,
    /// It failed, with a stable code: `invalid_client`, `timeout`, …
    Failed {
        /// The code (docs/logging.md).
        code: String,
        /// Whether trying again later may help: false for an OAuth error, which needs a person.
        retryable: bool,
    },
    /// A check was made, and nothing stored.
    Checked(TokenCheck),
    /// A key was tried, and nothing stored.
    Signed {
        /// What was signed with it.
        probe: Probe,
    },
}

/// What an assertion that was signed for a check came to. Codes and facts: no token, no assertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCheck {
    /// The `kid` of the key that signed.
    pub kid: String,
    /// With what it signed.
    pub algorithm: SigningAlgorithm,
    /// A JWS signed with that key for [`PROBE_AUDIENCE`], which opens nothing: what we sign can be verified by it.
    pub probe: Probe,
    /// How long signing the assertion took, in milliseconds.
    pub sign_ms: u64,
    /// How long the token endpoint took, in milliseconds.
    pub token_endpoint_ms: u64,
    /// By how many seconds token-refresher's clock is ahead of the token endpoint's `Date`, if it told one.
    pub clock_ahead_s: Option<i64>,
    /// What the token endpoint answered.
    pub answer: TokenAnswer,
}

/// A JWS that proves to us what a key signs. It is nobody's credential; it looks like one, so its `Debug` doesn't show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Probe(String);

impl Probe {
    /// A signed JWS in compact form.
    pub fn new(jws: String) -> Self {
        Self(jws)
    }

    /// The JWS.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe(..)")
    }
}

/// What the token endpoint answered to a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum TokenAnswer {
    /// A bearer token that could be used.
    Granted {
        /// Its life in seconds.
        expires_in_s: u64,
        /// The scopes granted, as far as they are about resources.
        granted: Vec<String>,
        /// The scopes needed that are not among them: with any, no refresh would store the token.
        missing: Vec<String>,
    },
    /// No usable token.
    Refused {
        /// The code under which a refresh would have failed (docs/logging.md).
        code: String,
        /// The HTTP status, where there was an answer.
        status: Option<u16>,
    },
}

/// The audience of a probe: nobody's token endpoint, so that the probe proves nothing to anybody but us.
pub const PROBE_AUDIENCE: &str = "urn:careline:doctor";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::decode;

    #[test]
    fn a_check_is_read_as_it_was_written() {
        let check = TokenCheck {
            kid: "kid-1".to_owned(),
            algorithm: SigningAlgorithm::Es384,
            probe: Probe::new("a.b.c".to_owned()),
            sign_ms: 3,
            token_endpoint_ms: 40,
            clock_ahead_s: Some(-1),
            answer: TokenAnswer::Refused { code: "invalid_client".to_owned(), status: Some(400) },
        };
        let reply = RefreshReply::Checked(check);
        let text = serde_json::to_string(&reply).unwrap();
        assert!(text.starts_with(r#"{"outcome":"checked","kid":"kid-1","algorithm":"ES384""#), "{text}");
        assert!(text.contains(r#""probe":"a.b.c""#) && !format!("{reply:?}").contains("a.b.c"), "{text}");
        assert_eq!(decode::<RefreshReply>(text.as_bytes()).unwrap(), reply);
    }

    #[test]
    fn a_key_is_tried_by_its_kid_and_answered_with_the_probe_alone() {
        let request = RefreshRequest {
            connection: ConnectionName::parse("sandbox").unwrap(),
            reason: RefreshReason::Sign,
            rejected_version: None,
            kid: Some("kid-2".to_owned()),
        };
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(text, r#"{"connection":"sandbox","reason":"sign","kid":"kid-2"}"#);
        let reply = RefreshReply::Signed { probe: Probe::new("a.b.c".to_owned()) };
        let text = serde_json::to_string(&reply).unwrap();
        assert_eq!(text, r#"{"outcome":"signed","probe":"a.b.c"}"#);
        assert_eq!(decode::<RefreshReply>(text.as_bytes()).unwrap(), reply);
    }
}
