//! `FallbackIntent`, and any intent that isn't ours: what can be said is told again; then a person.

use super::{Answer, TIMES_NOT_UNDERSTOOD, Turn, not_understood};
use crate::Fulfillment;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};

/// Asks again.
pub(crate) fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let dialog = turn.dialog();
    if not_understood(turn.session) >= TIMES_NOT_UNDERSTOOD {
        let reply = fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, None);
        return Answer::new(reply, "not-understood-person");
    }
    // Which bot asks is known by what it was handed; both have this intent.
    let verified = turn.session.call_reference().is_some();
    let sentence = if verified { dialog.not_understood_verified } else { dialog.not_understood_unverified };
    Answer::new(Reply::new(DialogAction::ElicitIntent, Messages::say(&[sentence])), "not-understood")
}
