//! `Goodbye`: the end of the call.

use shared::speech::dialog::Dialog;

use super::Answer;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::{Session, VerificationStatus};

/// Thanks, and ends the bot's part; the flow says goodbye.
pub(crate) fn answer(session: &mut Session, dialog: &Dialog) -> Answer {
    session.set_status(Some(VerificationStatus::Ended));
    let messages = Messages::say(&[dialog.goodbye]);
    Answer::new(Reply::new(DialogAction::Close(IntentState::Fulfilled), messages), "goodbye")
}
