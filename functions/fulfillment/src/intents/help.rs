//! `Help` and `StopSpeaking`: what can be said next.

use super::verify_caller;
use super::{Answer, Turn};
use crate::Fulfillment;
use crate::lex::messages::{Form, Messages};
use crate::lex::response::{DialogAction, Reply};

/// Says what can be said, and keyed. While a question of verification stands, why it is asked, and the question.
pub(crate) fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    if !turn.is_verifying() {
        return Answer::new(Reply::new(DialogAction::ElicitIntent, what_can_be_said(turn, None)), "help");
    }
    let why = turn.dialog().listening.help_in_a_question;
    verify_caller::question_after(fulfillment, turn, &[why], "help")
}

/// Is silent, but for the way on.
pub(crate) fn stop(turn: &Turn<'_>) -> Answer {
    let dialog = turn.dialog();
    let verified = turn.session.call_reference().is_some();
    let next = if verified { dialog.what_next } else { next_unverified(turn) };
    let messages = Messages::say(&[dialog.listening.stopped, next]);
    Answer::new(Reply::new(DialogAction::ElicitIntent, messages), "stopped")
}

/// What a caller can say who isn't verified.
pub(super) fn next_unverified(turn: &Turn<'_>) -> &'static str {
    turn.dialog().listening.help_unverified
}

/// What can be said, and, on the phone, keyed.
pub(super) fn what_can_be_said(turn: &Turn<'_>, first: Option<&'static str>) -> Messages {
    let listening = &turn.dialog().listening;
    // Which bot it is, is known by what it was handed; both have this intent.
    let (words, keys) = match turn.session.call_reference() {
        Some(_) => (listening.help_verified, listening.keys_verified),
        None => (listening.help_unverified, listening.keys_unverified),
    };
    let keys = (turn.form() != Form::Written).then_some(keys);
    Messages::say(&first.into_iter().chain([words]).chain(keys).collect::<Vec<_>>())
}
