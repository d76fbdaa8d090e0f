//! A verified caller's call: its record, and the medications read ahead.

use std::time::Duration;

use jiff::SignedDuration;
use shared::aws::AwsError;
use shared::call_record::store::Written;
use shared::call_record::{CallReference, VerifiedCaller};
use shared::metrics::Metric;
use tokio::time::Instant;

use crate::Fulfillment;
use crate::intents::{Answer, Turn};
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::VerificationStatus;
use crate::verification::search::Verified;

/// How long a call record lives. Lex ends a conversation after 15 minutes; PHI lives no longer than the call needs.
const CALL_LIFETIME: SignedDuration = SignedDuration::from_mins(20);
/// Queueing is not waited for longer: the worker would come too late.
const QUEUE_BUDGET: Duration = Duration::from_secs(3);

/// Opens the call of the caller who was `verified`.
///
/// # Errors
/// [`AwsError`]: there is no record, so that there is no call.
pub(super) async fn open_call(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'_>,
    verified: Verified,
    began: Instant,
) -> Result<Answer, AwsError> {
    let call = CallReference::new(fulfillment.randomness());
    let now = fulfillment.clock().now();
    let caller = VerifiedCaller {
        connection: turn.site.connection.clone(),
        patient: verified.patient,
        locale: turn.locale,
        verified_by: verified.by.iter().map(|factor| factor.name().to_owned()).collect(),
        verified_at: now,
        expires_at: now.saturating_add(CALL_LIFETIME).unwrap_or(now),
    };
    // Before the job: a worker that finds no record has nothing to read for. A record that is there already is this one: its
    // reference is random, and the SDK writes again where an answer was lost.
    let (Written::Stored | Written::AlreadyThere) = turn
        .deadline
        .request(fulfillment.calls().open(&call, &caller))
        .await
        .map_err(|_| AwsError::deadline_exceeded("dynamodb:PutItem caller"))??;
    tracing::info!(
        code = "caller-verified",
        factors = verified.by.len(),
        elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "a caller is verified"
    );
    prefetch(fulfillment, turn, &call).await;
    super::forget_questions(turn.session);
    turn.session.set_call_reference(Some(&call));
    turn.session.set_status(Some(VerificationStatus::Verified));
    let messages = Messages::say(&[turn.dialog().verified]);
    Ok(Answer::new(Reply::new(DialogAction::Close(IntentState::Fulfilled), messages), "verified"))
}

/// Has the medications read ahead. An optimisation: without it they are read when they are asked for.
pub(crate) async fn prefetch(fulfillment: &Fulfillment, turn: &Turn<'_>, call: &CallReference) {
    let send = fulfillment.prefetch_queue().send(&turn.site.connection, call, fulfillment.clock().now());
    let sent = turn.deadline.at_most(QUEUE_BUDGET).request(send).await;
    match sent.unwrap_or_else(|_| Err(AwsError::deadline_exceeded("sqs:SendMessage prefetch"))) {
        Ok(()) => tracing::info!(code = "prefetch-queued", "the medications are being read ahead"),
        Err(error) => {
            Metric::PrefetchNotQueued.record(&turn.site.connection, 1, fulfillment.clock());
            tracing::error!(code = "prefetch-not-queued", error = %error, "the medications are not read ahead");
        }
    }
}
