//! The end of the bot's part where it can't help: a person, or where there is none, the clinic's own number.

use shared::speech::dialog::Dialog;

use crate::dialled_number::DialledNumber;
use crate::lex::messages::{Messages, Sentence};
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::{Session, VerificationStatus};

/// Whether there is a person to hand a caller over to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandOver {
    /// The flow puts the caller through; where it can't, it tells whom to call.
    Person,
    /// There is nobody: the caller is told to call the clinic, at its number if that is known.
    None(Option<DialledNumber>),
}

impl HandOver {
    /// Reads `HAND_OVER`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "person" => Some(Self::Person),
            "none" => Some(Self::None(None)),
            _ => None,
        }
    }

    /// With the number to call where there is nobody.
    pub fn or_call(self, clinic: Option<DialledNumber>) -> Self {
        match self {
            Self::Person => Self::Person,
            Self::None(_) => Self::None(clinic),
        }
    }

    /// What the flow does next, and what the caller is told of it, with a number in it perhaps.
    pub(crate) fn next<'a>(&'a self, dialog: &Dialog) -> (VerificationStatus, &'static str, Option<&'a DialledNumber>) {
        match self {
            Self::Person => (VerificationStatus::Person, dialog.to_a_person, None),
            Self::None(None) => (VerificationStatus::Ended, dialog.call_the_clinic, None),
            Self::None(Some(number)) => (VerificationStatus::Ended, dialog.call_the_clinic_at, Some(number)),
        }
    }

    /// Says `sentence`, if any, and hands over.
    pub fn close(&self, session: &mut Session, dialog: &Dialog, state: IntentState, sentence: Option<&str>) -> Reply {
        self.close_after(session, dialog, state, sentence.into_iter().map(Sentence::from).collect())
    }

    /// As [`Self::close`], with any sentences.
    pub(crate) fn close_after(
        &self,
        session: &mut Session,
        dialog: &Dialog,
        state: IntentState,
        mut sentences: Vec<Sentence>,
    ) -> Reply {
        let (status, next, number) = self.next(dialog);
        session.set_status(Some(status));
        sentences.push(number.map_or_else(|| next.into(), |number| Sentence::dialling(next, number.as_str())));
        Reply::new(DialogAction::Close(state), Messages::of(sentences))
    }
}
