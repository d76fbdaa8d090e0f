//! An emergency, heard in the caller's words or told by the bot: whom to call, and a person at once.

use shared::speech::dialog::Dialog;

use super::Answer;
use crate::Fulfillment;
use crate::dialled_number::DialledNumber;
use crate::lex::messages::Sentence;
use crate::lex::response::IntentState;
use crate::listening::Danger;
use crate::session::Session;

/// Says whom to call; where something was taken that should not have been, Poison Control too; and where somebody may take
/// their own life or hurt themselves, the crisis lifeline, if the site has one. Who is dying comes first: the first number
/// is the emergency's, whatever the danger.
pub(crate) fn answer(fulfillment: &Fulfillment, session: &mut Session, dialog: &Dialog, danger: Danger) -> Answer {
    let says = |template, number: &DialledNumber| Sentence::dialling(template, number.as_str());
    let mut sentences = vec![says(dialog.listening.emergency, fulfillment.emergency_number())];
    if danger.poisoning {
        sentences.push(says(dialog.listening.poison_control, fulfillment.poison_control_number()));
    }
    if let Some(number) = fulfillment.crisis_lifeline_number().filter(|_| danger.self_harm) {
        sentences.push(says(dialog.listening.crisis_lifeline, number));
    }
    let reply = fulfillment.hand_over().close_after(session, dialog, IntentState::Fulfilled, sentences);
    // What kind of emergency is the caller's own matter, and not the log's.
    Answer::new(reply, "emergency")
}
