//! prefetch-worker: reads a verified caller's medications, and then their appointments, before they ask.
//!
//! **Event.** A batch of SQS messages, each a [`shared::prefetch_job::PrefetchJob`].
//! **Writes.** What became of reading the medications and the appointments, under the call in the `Calls` table; never
//! twice.
//! **On failure.** Per message: what may succeed later is reported as failed and comes again, what won't is acknowledged
//! and logged (the caller is answered live), and what is no job is reported as failed until the queue's redrive policy
//! carries it to the dead-letter queue. The whole invocation fails only where failures could not be reported.
//! **Needs.** `dynamodb:Query` and `dynamodb:PutItem` of the calls, `dynamodb:GetItem` of the access tokens,
//! `lambda:InvokeFunction` of token-refresher, `secretsmanager:GetSecretValue` of the connections' settings. It can't sign, and it can't send.

mod batch;
pub mod config;
pub mod error;
mod prefetch;

use std::time::Duration;

use aws_lambda_events::sqs::SqsBatchResponse;
use jiff::Timestamp;
use lambda_runtime::LambdaEvent;
use serde_json::value::RawValue;
use shared::deadline::Deadline;

use crate::error::BatchError;
pub use crate::prefetch::PrefetchWorker;

/// What a batch may take. Below the function's time-out of 20 s, after which no failure would be reported and the whole
/// batch would come again.
const BUDGET: Duration = Duration::from_secs(18);
/// What is left of the runtime's own deadline, if that is nearer, for the response to get out.
const RESPONSE_MARGIN: Duration = Duration::from_secs(1);

/// Handles a batch: see the crate's documentation.
///
/// # Errors
/// [`BatchError`], where the failed messages can't be told by their ids.
pub async fn handle(
    worker: &PrefetchWorker,
    event: LambdaEvent<Box<RawValue>>,
) -> Result<SqsBatchResponse, BatchError> {
    let deadline = deadline(event.context.deadline, worker.now());
    let result = batch::run(worker, event.payload.get(), deadline).await;
    if let Err(error) = &result {
        tracing::error!(code = error.code(), error = %error, "the batch failed as a whole");
    }
    result
}

/// [`BUDGET`] from now, or the moment before the function is ended (`ends_at_ms`, in epoch milliseconds, 0 if unknown).
fn deadline(ends_at_ms: u64, now: Timestamp) -> Deadline {
    let now_ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let left = Duration::from_millis(ends_at_ms.saturating_sub(now_ms)).saturating_sub(RESPONSE_MARGIN);
    Deadline::within(if ends_at_ms == 0 { BUDGET } else { left.min(BUDGET) })
}
