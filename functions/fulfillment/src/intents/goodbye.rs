//! `Goodbye`: the end of the call.

use super::{Answer, Turn};
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};

/// Thanks, and ends the bot's part; the flow says goodbye.
pub(crate) fn answer(turn: &mut Turn<'_>) -> Answer {
    turn.session.set_status(None);
    let messages = Messages::say(&[turn.dialog().goodbye]);
    Answer::new(Reply::new(DialogAction::Close(IntentState::Fulfilled), messages), "goodbye")
}
