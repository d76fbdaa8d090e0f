//! The end of the bot's part where it can't help: a person, or where there is none, the clinic's own number.

use shared::speech::dialog::Dialog;

use crate::lex::messages::{Messages, Sentence};
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::{Session, VerificationStatus};

/// Whether there is a person to hand a caller over to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOver {
    /// The flow puts the caller through.
    Person,
    /// There is nobody: the caller is told to call the clinic.
    None,
}

impl HandOver {
    /// Reads `HAND_OVER`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "person" => Some(Self::Person),
            "none" => Some(Self::None),
            _ => None,
        }
    }

    /// What the flow does next, and what the caller is told of it.
    pub(crate) fn next(self, dialog: &Dialog) -> (Option<VerificationStatus>, &'static str) {
        match self {
            Self::Person => (Some(VerificationStatus::Person), dialog.to_a_person),
            Self::None => (None, dialog.call_the_clinic),
        }
    }

    /// Says `sentence`, if any, and hands over.
    pub fn close(self, session: &mut Session, dialog: &Dialog, state: IntentState, sentence: Option<&str>) -> Reply {
        self.close_after(session, dialog, state, sentence.into_iter().map(Sentence::from).collect())
    }

    /// As [`Self::close`], with any sentences.
    pub(crate) fn close_after(
        self,
        session: &mut Session,
        dialog: &Dialog,
        state: IntentState,
        mut sentences: Vec<Sentence>,
    ) -> Reply {
        let (status, next) = self.next(dialog);
        session.set_status(status);
        sentences.push(next.into());
        Reply::new(DialogAction::Close(state), Messages::of(sentences))
    }
}
