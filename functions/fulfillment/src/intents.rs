//! The intents of both bots: which one a turn is about, and its answer.

pub(crate) mod fallback;
pub(crate) mod goodbye;
pub(crate) mod list_medications;
pub(crate) mod next_appointment;
pub(crate) mod speak_to_person;
pub(crate) mod verify_caller;

use shared::deadline::Deadline;
use shared::metrics::Metric;
use shared::speech::Locale;
use shared::speech::dialog::Dialog;

use crate::Fulfillment;
use crate::lex::event::{Event, InputMode, InvocationSource};
use crate::lex::response::{IntentState, Reply};
use crate::session::{Session, attribute};
use crate::site::Site;

/// After so many times in a row a person helps better.
const TIMES_NOT_UNDERSTOOD: usize = 3;

/// An intent of our bots (`bots.json`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntentName {
    /// Verifies who is calling.
    VerifyCaller,
    /// Speaks of the medications, from the first.
    ListMedications,
    /// Speaks of the next ones.
    MoreMedications,
    /// Tells the next appointments.
    NextAppointment,
    /// Hands over to a person.
    SpeakToPerson,
    /// Ends the call.
    Goodbye,
    /// Nothing that we know.
    Fallback,
}

impl IntentName {
    /// The intent with Lex's `name`.
    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "VerifyCaller" => Self::VerifyCaller,
            "ListMedications" => Self::ListMedications,
            "MoreMedications" => Self::MoreMedications,
            "NextAppointment" => Self::NextAppointment,
            "SpeakToPerson" => Self::SpeakToPerson,
            "Goodbye" => Self::Goodbye,
            _ => Self::Fallback,
        }
    }

    /// Its name in the log.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::VerifyCaller => "VerifyCaller",
            Self::ListMedications => "ListMedications",
            Self::MoreMedications => "MoreMedications",
            Self::NextAppointment => "NextAppointment",
            Self::SpeakToPerson => "SpeakToPerson",
            Self::Goodbye => "Goodbye",
            Self::Fallback => "FallbackIntent",
        }
    }
}

/// A turn to be answered.
pub(crate) struct Turn<'a> {
    /// What Lex sent.
    pub event: &'a Event,
    /// The attributes, to be read and changed.
    pub session: &'a mut Session,
    /// Whose patients call here.
    pub site: &'a Site,
    /// The language.
    pub locale: Locale,
    /// By when the caller must hear something.
    pub deadline: Deadline,
}

impl Turn<'_> {
    /// The sentences in the caller's language.
    pub(crate) fn dialog(&self) -> &'static Dialog {
        self.locale.dialog()
    }
}

/// A turn's answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// What Lex is told.
    pub reply: Reply,
    /// What it came to, for the log.
    pub outcome: &'static str,
}

impl Answer {
    /// An answer.
    pub(crate) fn new(reply: Reply, outcome: &'static str) -> Self {
        Self { reply, outcome }
    }
}

/// Answers a turn of `intent`.
pub(crate) async fn answer(fulfillment: &Fulfillment, intent: IntentName, turn: &mut Turn<'_>) -> Answer {
    let dialog_hook = turn.event.invocation_source == InvocationSource::DialogCodeHook;
    // On any menu of a telephone, zero is a person.
    let zero = turn.event.input_mode == InputMode::Dtmf && turn.event.input_transcript.expose().trim() == "0";
    if intent == IntentName::Fallback {
        return if zero { speak_to_person::answer(fulfillment, turn) } else { fallback::answer(fulfillment, turn) };
    }
    if intent != IntentName::VerifyCaller {
        understood(turn.session);
    }
    match (intent, dialog_hook) {
        (IntentName::VerifyCaller, true) => verify_caller::validate(fulfillment, turn),
        (IntentName::VerifyCaller, false) => verify_caller::fulfil(fulfillment, turn).await,
        (IntentName::SpeakToPerson, _) => speak_to_person::answer(fulfillment, turn),
        (IntentName::Goodbye, _) => goodbye::answer(turn),
        // A dialog hook has no time for a chart; Lex goes on to the fulfillment hook.
        (_, true) => Answer::new(Reply::delegate(), "delegated"),
        (IntentName::MoreMedications, false) => {
            let from = turn.session.count(attribute::MEDICATIONS_SPOKEN);
            list_medications::answer(fulfillment, turn, from).await
        }
        (IntentName::NextAppointment, false) => next_appointment::answer(fulfillment, turn).await,
        (_, false) => list_medications::answer(fulfillment, turn, 0).await,
    }
}

/// The sentence of an outage, which is that of a restricted chart too, and a hand-over.
pub(crate) fn outage(
    fulfillment: &Fulfillment,
    session: &mut Session,
    dialog: &Dialog,
    outcome: &'static str,
) -> Answer {
    // Where it isn't known whose call it is, every connection's callers are in trouble.
    let named = fulfillment.connection(session);
    for connection in fulfillment.connections().filter(|name| named.is_none_or(|named| named == *name)) {
        Metric::TurnFailed.record(connection, 1, fulfillment.clock());
    }
    unavailable(fulfillment, session, dialog, outcome)
}

/// As [`outage`], where nothing is down.
fn unavailable(fulfillment: &Fulfillment, session: &mut Session, dialog: &Dialog, outcome: &'static str) -> Answer {
    let reply = fulfillment.hand_over().close(session, dialog, IntentState::Failed, Some(dialog.outage));
    Answer::new(reply, outcome)
}

/// The caller was understood: the count of times in a row that they were not begins again.
fn understood(session: &mut Session) {
    if session.count(attribute::NOT_UNDERSTOOD) > 0 {
        session.set_count(attribute::NOT_UNDERSTOOD, 0);
    }
}

/// The caller was not understood, so many times in a row.
fn not_understood(session: &mut Session) -> usize {
    let times = session.count(attribute::NOT_UNDERSTOOD).saturating_add(1);
    session.set_count(attribute::NOT_UNDERSTOOD, times);
    times
}

#[cfg(test)]
mod tests;
