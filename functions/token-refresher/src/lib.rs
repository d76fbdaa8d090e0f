//! token-refresher: keeps the connections' access tokens fresh.
//!
//! **Event.** The schedule (EventBridge Scheduler's payload, with or without our input, or a rule's), or a direct,
//! synchronous invoke by a call that found no usable token ([`shared::refresh_request`]).
//! An event that names no connection is about all of them, side by side.
//! `careline doctor` asks for a check in the same way: an assertion is signed and a token asked for and thrown away; the
//! answer has codes and facts. `careline keys promote` has a key tried: a probe is signed, and nobody asked for anything.
//! **Writes.** The connection's item of the `AccessTokens` table: lease, token, version, fence.
//! **On failure.** The stored token stays, the lease is given back. A scheduled run, and an event that can't be read, end
//! in an error, so that Lambda's `Errors` metric tells; a direct invoke is answered with a stable code.
//! **Needs.** `kms:Sign` of the signing keys, `dynamodb:GetItem` and `dynamodb:UpdateItem` of the access tokens,
//! `dynamodb:GetItem` of the signing keys, `secretsmanager:GetSecretValue` of the connections' settings.
//! It is the only code that signs at run time and the only one that speaks with the token endpoint.

mod client_assertion;
pub mod config;
mod connection;
mod decision;
pub mod error;
mod event;
mod jose_signature;
mod kms_signer;
mod lease;
pub mod refresh;
pub mod scopes;
mod token_endpoint;

use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use lambda_runtime::LambdaEvent;
use serde_json::value::RawValue;
use shared::connection::ConnectionName;
use shared::deadline::Deadline;
use shared::metrics::Metric;
use shared::refresh_request::RefreshReply;
use shared::telemetry::ErrorChain;

use crate::error::{Failure, RefreshError};
use crate::event::{Event, Trigger};
use crate::refresh::TokenRefresher;

/// What a refresh may take where the runtime tells no deadline: as long as a caller would wait, and some.
const DEFAULT_BUDGET: Duration = Duration::from_secs(20);

/// Handles an event: see the crate's documentation.
///
/// # Errors
/// [`RefreshError`], for a scheduled run or an event that can't be read only.
pub async fn handle(
    refresher: &TokenRefresher,
    event: LambdaEvent<Box<RawValue>>,
) -> Result<RefreshReply, RefreshError> {
    let deadline = deadline(event.context.deadline, refresher.clock().now());
    let decoded = Event::decode(event.payload.get()).map_err(|error| failed(None, Failure::DecodeEvent(error)))?;
    let (connection, trigger) = match decoded {
        Event::Refresh { connection, trigger } => (connection, trigger),
        Event::Check { connection } => return Ok(check(refresher, &connection, deadline).await),
        Event::Sign { connection, kid } => return Ok(try_key(refresher, &connection, &kid).await),
    };
    let names = match connection {
        Some(name) => vec![name],
        None => refresher.connections().names().cloned().collect(),
    };
    let refreshing = names.iter().map(|name| refresh(refresher, name, trigger, deadline));
    let replies = join_all(refreshing).await.into_iter().collect::<Result<Vec<_>, _>>()?;
    // Of several, the one that tells most.
    let refreshed = replies.iter().find(|reply| matches!(reply, RefreshReply::Refreshed { .. }));
    Ok(refreshed.or(replies.first()).cloned().unwrap_or(RefreshReply::StillValid))
}

/// Refreshes one connection's token, and tells of it.
async fn refresh(
    refresher: &TokenRefresher,
    name: &ConnectionName,
    trigger: Trigger,
    deadline: Deadline,
) -> Result<RefreshReply, RefreshError> {
    let metrics = Some((refresher, name)).filter(|_| refresher.connections().names().any(|known| known == name));
    let result = refresher.refresh(name, trigger, deadline).await;
    if trigger == Trigger::Schedule && metrics.is_some() {
        refresher.record_remaining(name).await;
    }
    match result {
        Ok(reply) => {
            if reply == RefreshReply::TooSoon {
                Metric::TokenRejectedFresh.record(name, 1, refresher.clock());
                tracing::error!(code = "token-rejected-fresh", "Epic refused a token that was replaced a moment ago");
            }
            Ok(reply)
        }
        Err(failure) => {
            let reply = RefreshReply::Failed { code: failure.code().to_owned(), retryable: failure.is_retryable() };
            let error = failed(metrics, failure);
            if trigger == Trigger::Schedule { Err(error) } else { Ok(reply) }
        }
    }
}

/// Makes a check. It is no refresh: nothing of it is counted, and no alarm goes off.
async fn check(refresher: &TokenRefresher, name: &ConnectionName, deadline: Deadline) -> RefreshReply {
    match refresher.check(name, deadline).await {
        Ok(check) => {
            tracing::info!(code = "token-checked", connection = name.as_str(), "a check was made for an operator");
            RefreshReply::Checked(check)
        }
        Err(failure) => {
            let error = ErrorChain(&failure);
            tracing::warn!(code = "token-check-failed", reason = failure.code(), error = %error, "a check was not made");
            RefreshReply::Failed { code: failure.code().to_owned(), retryable: failure.is_retryable() }
        }
    }
}

/// Tries a key. It is no refresh either.
async fn try_key(refresher: &TokenRefresher, name: &ConnectionName, kid: &str) -> RefreshReply {
    match refresher.try_key(name, kid).await {
        Ok(probe) => {
            tracing::info!(code = "key-tried", connection = name.as_str(), "a probe was signed for an operator");
            RefreshReply::Signed { probe }
        }
        Err(failure) => {
            let error = ErrorChain(&failure);
            tracing::warn!(code = "key-not-usable", reason = failure.code(), error = %error, "a probe was not signed");
            RefreshReply::Failed { code: failure.code().to_owned(), retryable: failure.is_retryable() }
        }
    }
}

/// Logs a failure, and counts it for the connection that it is about, if it is one of ours.
fn failed(about: Option<(&TokenRefresher, &ConnectionName)>, failure: Failure) -> RefreshError {
    if let Some((refresher, name)) = about {
        Metric::TokenRefreshFailed.record(name, 1, refresher.clock());
    }
    let error = RefreshError(failure);
    let connection = about.map_or("", |(_, name)| name.as_str());
    tracing::error!(code = error.code(), connection, error = %error, "the access token was not refreshed");
    error
}

/// When the function is ended, in epoch milliseconds, as a deadline from `now` on.
fn deadline(ends_at_ms: u64, now: Timestamp) -> Deadline {
    let now_ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
    Deadline::within(match ends_at_ms {
        0 => DEFAULT_BUDGET,
        ends_at_ms => Duration::from_millis(ends_at_ms.saturating_sub(now_ms)),
    })
}
