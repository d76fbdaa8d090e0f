//! What is told of a chart: from the call's record, where prefetch-worker leaves it while the caller is on the line, or from
//! Epic.

use std::time::Duration;

use jiff::Timestamp;
use shared::aws::AwsError;
use shared::call_record::store::{CallStore, Written};
use shared::call_record::{CallRecord, CallReference, VerifiedCaller};
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

/// A part of a chart that callers ask about: where it stands in a call's record, and how it is read at Epic.
pub(crate) trait Part {
    /// What became of reading it, as it is stored.
    type Outcome;
    /// What is told of it.
    type List;

    /// Its outcome, if the record has one.
    fn of(record: &mut CallRecord) -> Option<Self::Outcome>;

    /// Reads it at Epic.
    async fn read(
        &self,
        fulfillment: &Fulfillment,
        turn: &Turn<'_>,
        caller: &VerifiedCaller,
    ) -> Result<Self::Outcome, FhirError>;

    /// Stores its outcome, unless one is stored already.
    async fn store(
        calls: &CallStore,
        call: &CallReference,
        outcome: &Self::Outcome,
        expires_at: Timestamp,
    ) -> Result<Written, AwsError>;

    /// Its list, if there is one.
    fn list(outcome: Self::Outcome) -> Result<Self::List, NotRead>;
}

/// What a question about `part` is answered from: what is in the call's record, in one read; or what comes there in a
/// moment; or what Epic says.
pub(crate) async fn find<P: Part>(
    part: &P,
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
) -> Result<(P::List, Source), NotRead> {
    // Whatever the attributes claim: without a record of ours that is valid now, nobody is verified.
    let call = turn.session.call_reference().ok_or(NotRead::NoCall)?;
    let mut record = read_call(fulfillment, turn, &call).await?;
    let (outcome, source) = match P::of(&mut record) {
        Some(outcome) => (outcome, Source::Prefetched),
        None => match wait_for_worker::<P>(fulfillment, turn, &call, &record.caller).await? {
            Some(outcome) => (outcome, Source::Waited),
            None => read_live(part, fulfillment, turn, &call, &record.caller).await?,
        },
    };
    Ok((P::list(outcome)?, source))
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

/// The record once more, for what somebody else has read of the chart. `None`: it couldn't be read this time, and the turn
/// goes on without. A record that is gone by now is an error as ever.
async fn read_call_again(
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    call: &CallReference,
) -> Result<Option<CallRecord>, NotRead> {
    match read_call(fulfillment, turn, call).await {
        Err(NotRead::ReadCall(error)) => {
            tracing::warn!(code = "call-not-read-again", error = %error, "a call could not be read a second time");
            Ok(None)
        }
        read => read.map(Some),
    }
}

/// Looks for a second for what the worker leaves in the record, unless its job has become stale: nobody works on it then.
async fn wait_for_worker<P: Part>(
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    call: &CallReference,
    caller: &VerifiedCaller,
) -> Result<Option<P::Outcome>, NotRead> {
    let age = fulfillment.clock().now().duration_since(caller.verified_at);
    if age.unsigned_abs() >= STALE_AFTER {
        return Ok(None);
    }
    let look = async {
        loop {
            tokio::time::sleep(WAIT_INTERVAL).await;
            let Some(mut record) = read_call_again(fulfillment, turn, call).await? else { return Ok(None) };
            if let Some(outcome) = P::of(&mut record) {
                return Ok(Some(outcome));
            }
        }
    };
    tokio::time::timeout(WAIT_FOR_WORKER, look).await.unwrap_or(Ok(None))
}

/// Reads the chart, and stores what came of it for the turns to come; if another was as quick, theirs is what is told, since
/// "more" will go on in what is stored.
async fn read_live<P: Part>(
    part: &P,
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    call: &CallReference,
    caller: &VerifiedCaller,
) -> Result<(P::Outcome, Source), NotRead> {
    let outcome = part.read(fulfillment, turn, caller).await.map_err(NotRead::ReadChart)?;
    let store = P::store(fulfillment.calls(), call, &outcome, caller.expires_at);
    match turn.deadline.request(store).await {
        Ok(Ok(Written::Stored)) => {}
        Ok(Ok(Written::AlreadyThere)) => {
            if let Some(stored) = read_call_again(fulfillment, turn, call).await?.as_mut().and_then(P::of) {
                return Ok((stored, Source::Waited));
            }
        }
        // The caller has waited for this.
        Ok(Err(_)) | Err(_) => tracing::warn!(code = "list-not-stored", "a list that was read live was not stored"),
    }
    if caller.expires_at <= fulfillment.clock().now() {
        return Err(NotRead::NoCall);
    }
    Ok((outcome, Source::Live))
}

/// By when a live read has to end.
pub(crate) fn reading_deadline(turn: &Turn<'_>) -> Deadline {
    turn.deadline.at_most(turn.deadline.remaining().saturating_sub(AFTER_READING))
}
