//! Words beside the matter: each is answered, and the call goes on where it was. They cost no try, and are not among the times
//! that a caller was not understood.

use super::help::next_unverified;
use super::{Answer, IntentName, Turn, verify_caller};
use crate::Fulfillment;
use crate::lex::event::Event;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::listening::Aside;
use crate::session::{Session, attribute};

/// The intent that `aside` stands for in a call like this: one of the bots', or [`IntentName::Aside`]. None where the bot's own
/// understanding counts: before anything is asked, "hello" begins.
pub(super) fn intent(aside: Aside, session: &Session, verifying: bool) -> Option<IntentName> {
    let verified = session.call_reference().is_some();
    match aside {
        Aside::Again => Some(IntentName::Repeat),
        Aside::Slower => Some(IntentName::SpeakSlower),
        Aside::Why => verifying.then_some(IntentName::Help),
        Aside::Hello => (verifying || verified).then_some(IntentName::Aside),
        Aside::Moment
        | Aside::Thanks
        | Aside::Machine
        | Aside::NoKeys
        | Aside::ForAnother
        | Aside::Clinical
        | Aside::NotHere => Some(IntentName::Aside),
    }
}

/// Turns `event` to the question that stands, whose answer was none: what Lex took from it is none either.
pub(super) fn turn_to_question(event: &mut Event) {
    const VERIFY_CALLER: &str = IntentName::VerifyCaller.as_str();
    let said = event.input_transcript.clone();
    event.turn_to(VERIFY_CALLER);
    for slot in verify_caller::slots_filled_from(event, said.expose()) {
        event.empty_slot(slot);
    }
}

/// Answers `aside`.
pub(super) fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>, aside: Aside) -> Answer {
    let dialog = turn.dialog();
    let said = &dialog.aside;
    let (sentence, outcome) = match aside {
        Aside::Moment => (said.moment, "aside-moment"),
        Aside::Thanks => (said.thanks, "aside-thanks"),
        Aside::Machine => (said.machine, "aside-machine"),
        Aside::NoKeys => (said.no_keys, "aside-no-keys"),
        Aside::ForAnother => (said.only_yourself, "aside-for-another"),
        Aside::Clinical => (said.ask_a_pharmacist, "aside-clinical"),
        Aside::NotHere => (said.not_here, "aside-not-here"),
        // The rest is an intent of its own.
        Aside::Hello | Aside::Again | Aside::Slower | Aside::Why => (said.here, "aside-hello"),
    };
    let verified = turn.session.call_reference().is_some();
    if aside == Aside::ForAnother && !verified {
        // Nobody is verified as another: a person can look into what they may be told.
        verify_caller::forget_questions(turn.session);
        let reply = fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, Some(sentence));
        return Answer::new(reply, outcome);
    }
    if turn.is_verifying() {
        let a_person_can = matches!(aside, Aside::Machine | Aside::Clinical | Aside::NotHere);
        let before: Vec<_> = [sentence].into_iter().chain(a_person_can.then_some(said.a_person_can)).collect();
        // They are no misunderstanding, and no end of one.
        let not_understood = turn.session.count(attribute::NOT_UNDERSTOOD);
        let answer = verify_caller::question_after(fulfillment, turn, &before, outcome);
        if turn.session.count(attribute::NOT_UNDERSTOOD) < not_understood {
            turn.session.set_count(attribute::NOT_UNDERSTOOD, not_understood);
        }
        return answer;
    }
    let next = if verified { dialog.what_next } else { next_unverified(turn) };
    Answer::new(Reply::new(DialogAction::ElicitIntent, Messages::say(&[sentence, next])), outcome)
}
