//! `SpeakToPerson`: a person, please.

use shared::speech::dialog::Dialog;

use super::Answer;
use crate::Fulfillment;
use crate::lex::response::IntentState;
use crate::session::Session;

/// Hands over, or says whom to call.
pub(crate) fn answer(fulfillment: &Fulfillment, session: &mut Session, dialog: &Dialog) -> Answer {
    Answer::new(fulfillment.hand_over().close(session, dialog, IntentState::Fulfilled, None), "person")
}
