//! A call's record, and what prefetch-worker adds to it while the caller is on the line.

use std::time::Duration;

use shared::aws::AwsError;
use shared::call_record::{CallRecord, CallReference};
use shared::deadline::Deadline;
use shared::fhir::FhirError;
use shared::prefetch_job::STALE_AFTER;

use crate::Fulfillment;
use crate::intents::Turn;

/// How long a caller waits for the worker (design.md, promise 8), and how often is looked.
const WAIT_FOR_WORKER: Duration = Duration::from_secs(1);
const WAIT_INTERVAL: Duration = Duration::from_millis(100);
/// Of the budget, what a live read leaves to writing through what was read.
const AFTER_READING: Duration = Duration::from_secs(1);

/// Why there is nothing of the chart to tell.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRead {
    /// Nobody is verified.
    #[error("there is no valid call")]
    NoCall,
    /// Policy.
    #[error("the chart is restricted")]
    Restricted,
    /// Epic lets this line read no such thing.
    #[error("the line may not read this")]
    Unavailable,
    /// The table.
    #[error("the call could not be read")]
    ReadCall(#[source] AwsError),
    /// Epic.
    #[error("the chart could not be read")]
    ReadChart(#[source] FhirError),
}

impl NotRead {
    /// Whether something is down, rather than as it should be.
    pub(crate) fn is_fault(&self) -> bool {
        matches!(self, Self::Unavailable | Self::ReadCall(_) | Self::ReadChart(_))
    }
}

/// Where what is told came from, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// It was there.
    Prefetched,
    /// Somebody else read it, while this turn was at it.
    Waited,
    /// This turn read it.
    Live,
}

impl Source {
    /// Its name in the log.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Prefetched => "prefetched",
            Self::Waited => "waited",
            Self::Live => "live",
        }
    }
}

/// The call's record, if it is valid now and this connection's. One request.
pub(crate) async fn read_call(
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    call: &CallReference,
) -> Result<CallRecord, NotRead> {
    let read = fulfillment.calls().read(call, fulfillment.clock().now());
    let record = turn
        .deadline
        .request(read)
        .await
        .unwrap_or_else(|_| Err(AwsError::deadline_exceeded("dynamodb:Query call")))
        .map_err(NotRead::ReadCall)?;
    record.filter(|record| record.caller.connection == turn.site.connection).ok_or(NotRead::NoCall)
}

/// Looks for a second for what `part` takes of the record, unless its job has become stale: nobody works on it then.
pub(crate) async fn wait_for_worker<T>(
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    call: &CallReference,
    record: &CallRecord,
    part: impl Fn(CallRecord) -> Option<T>,
) -> Result<Option<T>, NotRead> {
    let age = fulfillment.clock().now().duration_since(record.caller.verified_at);
    if age.unsigned_abs() >= STALE_AFTER {
        return Ok(None);
    }
    let look = async {
        loop {
            tokio::time::sleep(WAIT_INTERVAL).await;
            if let Some(part) = part(read_call(fulfillment, turn, call).await?) {
                return Ok(part);
            }
        }
    };
    tokio::time::timeout(WAIT_FOR_WORKER, look).await.ok().transpose()
}

/// By when a live read has to end.
pub(crate) fn reading_deadline(turn: &Turn<'_>) -> Deadline {
    turn.deadline.at_most(turn.deadline.remaining().saturating_sub(AFTER_READING))
}
