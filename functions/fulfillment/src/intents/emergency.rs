//! An emergency, heard in the caller's words or told by the bot: whom to call, and a person at once.

use shared::speech::dialog::Dialog;

use super::Answer;
use crate::Fulfillment;
use crate::lex::messages::Sentence;
use crate::lex::response::IntentState;
use crate::session::Session;

/// Says whom to call; where something was taken that should not have been, Poison Control too.
pub(crate) fn answer(fulfillment: &Fulfillment, session: &mut Session, dialog: &Dialog, poisoning: bool) -> Answer {
    let says = |template, number| Sentence::dialling(template, number);
    let mut sentences = vec![says(dialog.listening.emergency, fulfillment.emergency_number().as_str())];
    if poisoning {
        sentences.push(says(dialog.listening.poison_control, fulfillment.poison_control_number().as_str()));
    }
    let reply = fulfillment.hand_over().close_after(session, dialog, IntentState::Fulfilled, sentences);
    // What kind of emergency is the caller's own matter, and not the log's.
    Answer::new(reply, "emergency")
}
