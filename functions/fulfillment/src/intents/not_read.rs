//! The answer where there is nothing of the chart to tell: the same to every question about it, so that none tells more than
//! another of why (design.md, promise 5).

use super::{Answer, Turn, outage, unavailable};
use crate::Fulfillment;
use crate::chart_reading::NotRead;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::VerificationStatus;

/// Sends a caller who isn't verified to verification, and every other one to a person.
pub(super) fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>, why: &NotRead) -> Answer {
    match why {
        NotRead::NoCall => verify_first(turn),
        // Policy, not a fault; but the caller hears what they would hear of a fault.
        NotRead::Restricted => {
            tracing::info!(code = "chart-restricted", "a chart is not read out");
            unavailable(fulfillment, turn.session, turn.dialog(), "restricted")
        }
        NotRead::Unavailable | NotRead::ReadCall(_) | NotRead::ReadChart(_) => {
            outage(fulfillment, turn.session, turn.dialog(), "outage")
        }
    }
}

fn verify_first(turn: &mut Turn<'_>) -> Answer {
    turn.session.set_call_reference(None);
    turn.session.set_status(Some(VerificationStatus::Required));
    let messages = Messages::say(&[turn.dialog().verify_first]);
    Answer::new(Reply::new(DialogAction::Close(IntentState::Failed), messages), "verification-required")
}
