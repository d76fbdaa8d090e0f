//! `FallbackIntent`, and any intent that isn't ours: the caller is asked again, and told what can be said; then a person.
//! Where a question of verification stands, it is that question which is asked again ([`super::verify_caller`]).

use super::help::what_can_be_said;
use super::{Answer, TIMES_NOT_UNDERSTOOD, Turn, not_understood};
use crate::Fulfillment;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};

/// Asks again: shortly at first.
pub(crate) fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let dialog = turn.dialog();
    let times = not_understood(turn.session);
    if times >= TIMES_NOT_UNDERSTOOD {
        let reply = fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, None);
        return Answer::new(reply, "not-understood-person");
    }
    let messages = if times == 1 {
        Messages::say(&[dialog.listening.not_understood])
    } else {
        what_can_be_said(turn, Some(dialog.listening.not_understood_again))
    };
    Answer::new(Reply::new(DialogAction::ElicitIntent, messages), "not-understood")
}
