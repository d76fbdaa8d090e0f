//! `OtherLanguage`: the call goes on in the other language. The flow does that: it sets the voice, the language and its
//! sentences, and comes back.
//!
//! Before verification there is nothing else to do. After it, the list is there in the language in which it was made ready,
//! and what was made ready in one language isn't spoken in another's voice. So the caller goes on under a record of their own
//! in the other language: of the same patient, for the rest of the same call, under a reference of its own, and with the list
//! read ahead for it. Nobody is verified by that who was not: the record is made from the one that the reference names.

use shared::aws::AwsError;
use shared::call_record::store::Written;
use shared::call_record::{CallRecord, CallReference, MedicationsOutcome, VerifiedCaller};
use shared::telemetry::ErrorChain;

use super::verify_caller::prefetch;
use super::{Answer, Turn, not_read, outage};
use crate::Fulfillment;
use crate::chart_reading::{NotRead, read_call};
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::VerificationStatus;

/// Goes on in the other language.
pub(super) async fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let record = match turn.session.call_reference() {
        Some(call) => read_call(fulfillment, turn, &call).await,
        None => Err(NotRead::NoCall),
    };
    let record = match record {
        Ok(record) => record,
        Err(why) => {
            if why.is_fault() {
                tracing::error!(code = "language-not-changed", error = %ErrorChain(&why), "a call's language was not changed");
            }
            return not_read::answer(fulfillment, turn, &why);
        }
    };
    match go_on(fulfillment, turn, record).await {
        Ok(call) => {
            turn.session.set_call_reference(Some(&call));
            turn.session.set_status(Some(VerificationStatus::Verified));
            let messages = Messages::say(&[turn.dialog().listening.stopped]);
            Answer::new(Reply::new(DialogAction::Close(IntentState::Fulfilled), messages), "other-language")
        }
        Err(error) => {
            tracing::error!(code = "language-not-changed", error = %error, "a call's language was not changed");
            outage(fulfillment, turn.session, turn.dialog(), "outage")
        }
    }
}

/// Opens the record in the other language.
async fn go_on(fulfillment: &Fulfillment, turn: &Turn<'_>, record: CallRecord) -> Result<CallReference, AwsError> {
    let call = CallReference::new(fulfillment.randomness());
    // Not longer than the call would have lasted.
    let caller = VerifiedCaller { locale: turn.locale.other(), ..record.caller };
    // What is there already under a random reference is what the SDK wrote before, where an answer was lost.
    let (Written::Stored | Written::AlreadyThere) = turn
        .deadline
        .request(fulfillment.calls().open(&call, &caller))
        .await
        .map_err(|_| AwsError::deadline_exceeded("dynamodb:PutItem caller"))??;
    if record.medications == Some(MedicationsOutcome::Restricted) {
        // A chart that is restricted isn't opened again.
        let write = fulfillment.calls().write_medications(&call, &MedicationsOutcome::Restricted, caller.expires_at);
        let (Written::Stored | Written::AlreadyThere) = turn
            .deadline
            .request(write)
            .await
            .map_err(|_| AwsError::deadline_exceeded("dynamodb:PutItem medications"))??;
    } else {
        prefetch(fulfillment, turn, &call).await;
    }
    Ok(call)
}
