//! The intents of both bots: which one a turn is about, and its answer.

mod aside;
mod count_medications;
mod emergency;
mod fallback;
mod goodbye;
mod help;
mod keypad;
mod last_turn;
mod list_medications;
mod next_appointment;
mod not_read;
mod one_medication;
mod other_language;
mod repeat;
mod speak_to_person;
pub(crate) mod verify_caller;

use shared::deadline::Deadline;
use shared::metrics::Metric;
use shared::speech::Locale;
use shared::speech::dialog::Dialog;
use shared::speech::dialog::verification::AnsweredBy;

use self::last_turn::LastTurn;
use self::one_medication::Question;
use crate::Fulfillment;
use crate::lex::event::{Event, InvocationSource};
use crate::lex::messages::Form;
use crate::lex::response::{IntentState, Reply};
use crate::listening::{Aside, Danger, Urgent};
use crate::session::{Session, attribute};
use crate::site::Site;

/// After so many times in a row a person helps better.
const TIMES_NOT_UNDERSTOOD: usize = 3;

/// An intent of our bots (`template.yaml`).
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
    /// Says the last turn again.
    Repeat,
    /// Says it again, and everything from then on, more slowly.
    SpeakSlower,
    /// Spells the name of a medication.
    SpellThat,
    /// Tells how many medications there are.
    CountMedications,
    /// Tells how one medication is taken.
    HowToTake,
    /// Tells what it is for.
    WhatFor,
    /// Is silent.
    StopSpeaking,
    /// Says what can be said.
    Help,
    /// Someone is in danger.
    Emergency,
    /// Hands over to a person.
    SpeakToPerson,
    /// Ends the call.
    Goodbye,
    /// Goes on in the other language, which the flow does.
    OtherLanguage,
    /// Words beside the matter: none of Lex's, which we listen for ourselves.
    Aside,
    /// Nothing that we know.
    Fallback,
}

impl IntentName {
    /// Every one that Lex has a name for, but for that of none, and our own.
    const ALL: [Self; 16] = [
        Self::VerifyCaller,
        Self::ListMedications,
        Self::MoreMedications,
        Self::NextAppointment,
        Self::Repeat,
        Self::SpeakSlower,
        Self::SpellThat,
        Self::CountMedications,
        Self::HowToTake,
        Self::WhatFor,
        Self::StopSpeaking,
        Self::Help,
        Self::Emergency,
        Self::SpeakToPerson,
        Self::Goodbye,
        Self::OtherLanguage,
    ];

    /// The intent with Lex's `name`.
    pub(crate) fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|intent| intent.as_str() == name).unwrap_or(Self::Fallback)
    }

    /// Its name in Lex, and in the log.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyCaller => "VerifyCaller",
            Self::ListMedications => "ListMedications",
            Self::MoreMedications => "MoreMedications",
            Self::NextAppointment => "NextAppointment",
            Self::Repeat => "Repeat",
            Self::SpeakSlower => "SpeakSlower",
            Self::SpellThat => "SpellThat",
            Self::CountMedications => "CountMedications",
            Self::HowToTake => "HowToTake",
            Self::WhatFor => "WhatFor",
            Self::StopSpeaking => "StopSpeaking",
            Self::Help => "Help",
            Self::Emergency => "Emergency",
            Self::SpeakToPerson => "SpeakToPerson",
            Self::Goodbye => "Goodbye",
            Self::OtherLanguage => "OtherLanguage",
            Self::Aside => "Aside",
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
    /// What was said beside the matter, if it was.
    pub aside: Option<Aside>,
}

impl Turn<'_> {
    /// The sentences in the caller's language.
    pub(crate) fn dialog(&self) -> &'static Dialog {
        self.locale.dialog()
    }

    /// Whether a question of verification stands.
    pub(crate) fn is_verifying(&self) -> bool {
        self.session.call_reference().is_none() && self.session.last_turn() == Some(IntentName::VerifyCaller.as_str())
    }

    /// How the caller answers.
    pub(crate) fn answered_by(&self) -> AnsweredBy {
        if self.form() == Form::Written { AnsweredBy::Writing } else { AnsweredBy::Phone }
    }

    /// The form in which the caller takes them.
    pub(crate) fn form(&self) -> Form {
        Form::of(self.event, self.session)
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

/// What the caller means, where that is another intent than Lex's: a key; words beside the matter; or a word about the
/// question of verification that stands, or one to it that Lex gave up on, which is then answered in that question's place,
/// with the slots that Lex has of it. `event` is turned to it.
pub(crate) fn meant(event: &mut Event, intent: IntentName, aside: Option<Aside>, session: &Session) -> IntentName {
    const VERIFY_CALLER: &str = IntentName::VerifyCaller.as_str();
    let verifying = session.call_reference().is_none() && session.last_turn() == Some(VERIFY_CALLER);
    if let Some(intent) = aside.and_then(|aside| aside::intent(aside, session, verifying)) {
        let hook = event.invocation_source;
        if verifying {
            aside::turn_to_question(event);
        } else if intent != IntentName::Aside {
            event.turn_to(intent.as_str());
            event.invocation_source = hook;
        }
        return intent;
    }
    let about_the_question = |intent| verifying && matches!(intent, IntentName::Repeat | IntentName::Help);
    let Some(keyed) = keypad::keyed(event, intent, session) else {
        let asked = session.word(attribute::ASKED).filter(|_| verifying && intent == IntentName::Fallback);
        if let Some(asked) = asked {
            event.turn_to(VERIFY_CALLER);
            // What it may have been, Lex itself doesn't believe.
            event.empty_slot(asked);
        } else if about_the_question(intent) {
            event.turn_to(VERIFY_CALLER);
        }
        return intent;
    };
    let (hook, intent) = (event.invocation_source, IntentName::parse(keyed));
    if about_the_question(intent) || intent == IntentName::VerifyCaller {
        event.turn_to(VERIFY_CALLER);
    } else {
        event.turn_to(keyed);
        event.invocation_source = hook;
    }
    intent
}

/// Answers what needs no site's settings, and nobody else's answer: an emergency, a person, goodbye, and the other language
/// where nobody is verified.
pub(crate) fn at_once(
    fulfillment: &Fulfillment,
    urgent: Option<Urgent>,
    intent: IntentName,
    session: &mut Session,
    dialog: &Dialog,
) -> Option<Answer> {
    match (urgent, intent) {
        (Some(Urgent::Emergency(danger)), _) => Some(emergency::answer(fulfillment, session, dialog, danger)),
        (Some(Urgent::Person), _) | (None, IntentName::SpeakToPerson) => {
            Some(speak_to_person::answer(fulfillment, session, dialog))
        }
        // The bot understood words that we don't know: which kind of emergency it is isn't known either.
        (None, IntentName::Emergency) => Some(emergency::answer(fulfillment, session, dialog, Danger::ANY)),
        (None, IntentName::Goodbye) => Some(goodbye::answer(session, dialog)),
        (None, IntentName::OtherLanguage) if session.call_reference().is_none() => {
            Some(Answer::new(Reply::delegate(), "other-language"))
        }
        _ => None,
    }
}

/// Answers a turn of `intent`. Boxed are the futures within that hold the SDK's: they are deep and large.
pub(crate) async fn answer(fulfillment: &Fulfillment, intent: IntentName, turn: &mut Turn<'_>) -> Answer {
    if let Some(aside) = turn.aside.filter(|_| intent == IntentName::Aside) {
        return aside::answer(fulfillment, turn, aside);
    }
    let dialog_hook = turn.event.invocation_source == InvocationSource::DialogCodeHook;
    let asks_who = turn.event.intent().is_some_and(|intent| intent.name == IntentName::VerifyCaller.as_str());
    if !asks_who {
        // Lex forgets what was given so far, and so what was asked.
        verify_caller::forget_questions(turn.session);
    }
    if intent == IntentName::Fallback {
        return if asks_who {
            verify_caller::question_stands(fulfillment, turn)
        } else {
            fallback::answer(fulfillment, turn)
        };
    }
    if intent != IntentName::VerifyCaller {
        understood(turn.session);
    }
    if !matches!(intent, IntentName::HowToTake | IntentName::WhatFor) {
        // What was asked about a medication was not answered.
        turn.session.set_word(attribute::ASKED_OF, None);
    }
    let verified = turn.session.call_reference().is_some();
    match (intent, dialog_hook) {
        (IntentName::VerifyCaller, true) => {
            turn.session.set_last_turn(LastTurn { intent, at: None }.written());
            verify_caller::validate(fulfillment, turn)
        }
        (IntentName::VerifyCaller, false) => Box::pin(verify_caller::fulfil(fulfillment, turn)).await,
        (IntentName::Help, _) => {
            let answer = help::answer(fulfillment, turn);
            if verified {
                turn.session.set_last_turn(LastTurn { intent, at: None }.written());
            }
            answer
        }
        (IntentName::StopSpeaking, _) => help::stop(turn),
        (IntentName::Repeat | IntentName::SpeakSlower, _) if !verified => repeat::question(fulfillment, intent, turn),
        // A dialog hook has no time for a chart; Lex goes on to the fulfillment hook.
        (_, true) => Answer::new(Reply::delegate(), "delegated"),
        (IntentName::Repeat, false) => Box::pin(again(fulfillment, turn)).await,
        (IntentName::SpeakSlower, false) => {
            repeat::slow_down(turn);
            Box::pin(again(fulfillment, turn)).await
        }
        (IntentName::OtherLanguage, false) => Box::pin(other_language::answer(fulfillment, turn)).await,
        (_, false) => Box::pin(about_the_chart(fulfillment, LastTurn { intent, at: None }, turn)).await,
    }
}

async fn again(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let last = repeat::last(turn);
    match last.intent {
        IntentName::Help => help::answer(fulfillment, turn),
        _ => Box::pin(about_the_chart(fulfillment, last, turn)).await,
    }
}

/// Answers a turn, or answers it again, from what is known of the patient.
async fn about_the_chart(fulfillment: &Fulfillment, what: LastTurn, turn: &mut Turn<'_>) -> Answer {
    match what.intent {
        IntentName::MoreMedications => {
            let from = turn.session.count(attribute::MEDICATIONS_SPOKEN);
            list_medications::answer(fulfillment, turn, from).await
        }
        IntentName::NextAppointment => next_appointment::answer(fulfillment, turn).await,
        IntentName::CountMedications => count_medications::answer(fulfillment, turn).await,
        IntentName::HowToTake => one_medication::answer(fulfillment, turn, Question::HowToTake, what.at).await,
        IntentName::WhatFor => one_medication::answer(fulfillment, turn, Question::WhatFor, what.at).await,
        IntentName::SpellThat => one_medication::answer(fulfillment, turn, Question::Spelling, what.at).await,
        _ => list_medications::answer(fulfillment, turn, what.at.unwrap_or(0)).await,
    }
}

/// The sentence of an outage, which is that of a restricted chart too, and a hand-over.
pub(crate) fn outage(
    fulfillment: &Fulfillment,
    session: &mut Session,
    dialog: &Dialog,
    outcome: &'static str,
) -> Answer {
    tell_failure(fulfillment, session);
    unavailable(fulfillment, session, dialog, outcome)
}

/// Tells whoever looks after the line that a turn failed.
pub(crate) fn tell_failure(fulfillment: &Fulfillment, session: &Session) {
    // Where it isn't known whose call it is, every connection's callers are in trouble.
    let named = fulfillment.connection(session);
    for connection in fulfillment.connections().filter(|name| named.is_none_or(|named| named == *name)) {
        Metric::TurnFailed.record(connection, 1, fulfillment.clock());
    }
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
