//! `SpeakToPerson`: a person, please.

use super::{Answer, Turn};
use crate::Fulfillment;
use crate::lex::response::IntentState;

/// Hands over, or says whom to call.
pub(crate) fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let dialog = turn.dialog();
    Answer::new(fulfillment.hand_over().close(turn.session, dialog, IntentState::Fulfilled, None), "person")
}
