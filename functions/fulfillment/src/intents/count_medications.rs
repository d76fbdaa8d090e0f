//! `CountMedications`: how many are there?

use super::last_turn::LastTurn;
use super::list_medications::from_list;
use super::{Answer, IntentName, Turn};
use crate::Fulfillment;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, Reply};
use crate::medication_turn::how_many;

/// Tells their number, and how to hear them.
pub(crate) async fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    from_list(fulfillment, turn, |list, turn| {
        let dialog = turn.dialog();
        turn.session.set_last_turn(LastTurn { intent: IntentName::CountMedications, at: None }.written());
        let mut sentences = how_many(list, dialog);
        let next = if list.medications.is_empty() { dialog.what_next } else { dialog.listening.to_hear_them };
        sentences.push(next.to_owned());
        let messages = Messages::of(sentences.into_iter().map(Into::into).collect());
        (Reply::new(DialogAction::ElicitIntent, messages), None)
    })
    .await
}
