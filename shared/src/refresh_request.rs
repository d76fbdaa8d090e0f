//! What fulfillment and prefetch-worker ask of token-refresher, and what it answers.

use serde::{Deserialize, Serialize};

use crate::connection::ConnectionName;

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
}
