//! token-refresher: keeps one connection's access token fresh.
//!
//! **Event.** The schedule (EventBridge Scheduler's payload, with or without our input, or a rule's), or a direct,
//! synchronous invoke by a call that found no usable token ([`shared::refresh_request`]).
//! **Writes.** The connection's item of the `AccessTokens` table: lease, token, version, fence.
//! **On failure.** The stored token stays, the lease is given back. A scheduled run, and an event that can't be read, end
//! in an error, so that Lambda's `Errors` metric tells; a direct invoke is answered with a stable code.
//! **Needs.** `kms:Sign` and `kms:GetPublicKey` of one key, `dynamodb:GetItem` and `dynamodb:UpdateItem` of one table.
//! It is the only code that signs at run time and the only one that speaks with the token endpoint.

mod client_assertion;
pub mod config;
mod decision;
pub mod error;
mod event;
mod kms_signer;
mod lease;
pub mod refresh;
pub mod scopes;
mod token_endpoint;

use std::time::Duration;

use jiff::Timestamp;
use lambda_runtime::LambdaEvent;
use serde_json::value::RawValue;
use shared::deadline::Deadline;
use shared::metrics::Metric;
use shared::refresh_request::RefreshReply;

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
    let event = match Event::decode(event.payload.get()) {
        Ok(event) => event,
        Err(error) => return Err(failed(refresher, Failure::DecodeEvent(error))),
    };
    let result = if event.connection.as_ref().is_some_and(|connection| connection != refresher.connection()) {
        Err(Failure::UnknownConnection)
    } else {
        refresher.refresh(event.trigger, deadline).await
    };
    if event.trigger == Trigger::Schedule {
        refresher.record_remaining().await;
    }
    match result {
        Ok(reply) => {
            if reply == RefreshReply::TooSoon {
                Metric::TokenRejectedFresh.record(refresher.connection(), 1, refresher.clock());
                tracing::error!(code = "token-rejected-fresh", "Epic refused a token that was replaced a moment ago");
            }
            Ok(reply)
        }
        Err(failure) => {
            let reply = RefreshReply::Failed { code: failure.code().to_owned(), retryable: failure.is_retryable() };
            let error = failed(refresher, failure);
            if event.trigger == Trigger::Schedule { Err(error) } else { Ok(reply) }
        }
    }
}

fn failed(refresher: &TokenRefresher, failure: Failure) -> RefreshError {
    Metric::TokenRefreshFailed.record(refresher.connection(), 1, refresher.clock());
    let error = RefreshError(failure);
    tracing::error!(code = error.code(), error = %error, "the access token was not refreshed");
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
