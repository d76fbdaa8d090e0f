//! A batch: its jobs side by side, each with an outcome of its own.

use std::panic::AssertUnwindSafe;

use aws_lambda_events::sqs::SqsBatchResponse;
use futures_util::{FutureExt as _, StreamExt as _};
use serde::Deserialize;
use shared::deadline::Deadline;
use shared::json;
use shared::telemetry::ErrorChain;

use crate::error::{BatchError, Disposition, JobError};
use crate::prefetch::PrefetchWorker;

/// So many jobs at a time: all of a batch of the template's size (10), and no more of Epic at once if that grows.
const JOBS_AT_A_TIME: usize = 10;

/// An SQS event: only the fields we read. The others, maps with keys of anybody's choice among them, can't fail it.
#[derive(Deserialize)]
struct SqsEvent {
    #[serde(rename = "Records")]
    records: Vec<SqsMessage>,
}

/// A message of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SqsMessage {
    message_id: Option<String>,
    body: Option<String>,
}

/// Runs the jobs of an SQS event, and tells which messages failed.
pub(crate) async fn run(
    worker: &PrefetchWorker,
    event: &str,
    deadline: Deadline,
) -> Result<SqsBatchResponse, BatchError> {
    let event: SqsEvent = json::decode(event.as_bytes()).map_err(BatchError::DecodeEvent)?;
    let messages = event
        .records
        .into_iter()
        .map(|message| {
            let id = message.message_id.filter(|id| !id.is_empty()).ok_or(BatchError::NoMessageId)?;
            Ok((id, message.body.unwrap_or_default()))
        })
        // Before any work: a batch whose failures can't be told is not begun.
        .collect::<Result<Vec<_>, _>>()?;
    let failed = futures_util::stream::iter(messages)
        .map(|(id, body)| async move {
            // A panic in one job must not take the others' outcomes with it.
            let job = AssertUnwindSafe(worker.run(&body, deadline)).catch_unwind().await;
            let result = job.unwrap_or(Err(JobError::Panic));
            (id, result)
        })
        .buffer_unordered(JOBS_AT_A_TIME)
        .filter_map(|(id, result)| std::future::ready(failed(id, result)))
        .collect::<Vec<_>>()
        .await;
    let mut response = SqsBatchResponse::default();
    response.set_failures(failed);
    Ok(response)
}

/// The message's id, if it is to be reported as failed.
fn failed(id: String, result: Result<(), JobError>) -> Option<String> {
    let error = result.err()?;
    match error.disposition() {
        Disposition::Retry => {
            tracing::warn!(code = error.code(), error = %ErrorChain(&error), "a job failed and will come again");
            Some(id)
        }
        Disposition::GiveUp => {
            tracing::warn!(code = error.code(), error = %ErrorChain(&error), "a job was given up");
            None
        }
    }
}
