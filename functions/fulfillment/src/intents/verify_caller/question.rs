//! The questions, put as replies. Each is asked in words of ours, so that they fit the channel: the bot's own prompt, which
//! Lex says where it asks by itself, can't know it.

use jiff::civil::Date;
use shared::speech::dialog::verification::{AnsweredBy, Question, VerificationDialog};

use super::given::Unclear;
use super::slot::{Slot, Slots};
use crate::Fulfillment;
use crate::intents::{Answer, TIMES_NOT_UNDERSTOOD, Turn, not_understood};
use crate::lex::event::InputMode;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::{Session, attribute};
use crate::verification::birth_date::NoBirthDate;

/// The birth date was read back; the next answer tells whether it is right.
const READ_BACK: &str = "asked";
/// The birth date is right.
const RIGHT: &str = "right";

/// Where the read-back of the birth date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadBack {
    /// It was not read back.
    NotYet,
    /// It was, with the last question.
    Asked,
    /// It was, and is right.
    Right,
}

impl ReadBack {
    /// As the session has it.
    pub(super) fn of(session: &Session) -> Self {
        match session.word(attribute::READ_BACK) {
            Some(RIGHT) => Self::Right,
            Some(_) => Self::Asked,
            None => Self::NotYet,
        }
    }

    /// Keeps it in the session.
    pub(super) fn set(self, session: &mut Session) {
        let word = match self {
            Self::NotYet => None,
            Self::Asked => Some(READ_BACK),
            Self::Right => Some(RIGHT),
        };
        session.set_word(attribute::READ_BACK, word);
    }
}

/// Asks for `slot`, after the sentences `before` it.
pub(super) fn ask(turn: &mut Turn<'_>, slots: Slots<'_>, slot: Slot, before: &[&str], outcome: &'static str) -> Answer {
    // A name that was refused may have been misheard; letters are not.
    let spelled = slot.is_name() && turn.session.count(attribute::VERIFICATION_TRY) > 0;
    if spelled {
        return ask_to_spell(turn, slots, slot, before, outcome);
    }
    let question = question(turn, slot);
    elicit(turn, slots, slot, DialogAction::ElicitSlot { slot: slot.name() }, before, question, outcome)
}

/// Asks for a name letter by letter; in a chat, as it is written.
pub(super) fn ask_to_spell(
    turn: &mut Turn<'_>,
    slots: Slots<'_>,
    slot: Slot,
    before: &[&str],
    outcome: &'static str,
) -> Answer {
    let dialog = dialog(turn);
    let question = if slot == Slot::FirstName { dialog.spell_first_name } else { dialog.spell_last_name };
    let action = match turn.answered_by() {
        AnsweredBy::Phone => DialogAction::ElicitSpelling { slot: slot.name() },
        AnsweredBy::Writing => DialogAction::ElicitSlot { slot: slot.name() },
    };
    elicit(turn, slots, slot, action, before, question, outcome)
}

/// Asks whether the birth date is right.
pub(super) fn ask_to_confirm(turn: &mut Turn<'_>, slots: Slots<'_>, birth_date: Date) -> Answer {
    let heard = (dialog(turn).birth_date_heard)(birth_date);
    ReadBack::Asked.set(turn.session);
    ask(turn, slots, Slot::Confirmation, &[&heard], "birth-date-read-back")
}

/// Asks for `slot`, after a birth date that the caller hears as it was understood, and can say no to.
pub(super) fn ask_after_birth_date(turn: &mut Turn<'_>, slots: Slots<'_>, slot: Slot, birth_date: Date) -> Answer {
    let dialog = dialog(turn);
    let keyed = turn.event.input_mode == InputMode::Dtmf;
    let correction = if keyed { dialog.press_four } else { dialog.say_no.hint(turn.answered_by()) };
    let heard = (dialog.birth_date_heard)(birth_date);
    ReadBack::Asked.set(turn.session);
    ask(turn, slots, slot, &[&heard, correction], "birth-date-read-back")
}

/// Asks again for what was not understood; the third time in a row, hands over.
pub(super) fn ask_again(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'_>,
    mut slots: Slots<'_>,
    unclear: Unclear,
) -> Answer {
    if not_understood(turn.session) >= TIMES_NOT_UNDERSTOOD {
        let reply = fulfillment.hand_over().close(turn.session, turn.dialog(), IntentState::Failed, None);
        return Answer::new(reply, "not-understood-person");
    }
    let dialog = dialog(turn);
    let not_heard = [dialog.not_heard];
    let (slot, before, question, outcome) = match unclear {
        Unclear::BirthDate(NoBirthDate::Impossible) => {
            (Slot::DateOfBirth, &[][..], dialog.birth_date_impossible, "birth-date-impossible")
        }
        Unclear::BirthDate(NoBirthDate::YearNotSaid) => {
            (Slot::DateOfBirth, &[][..], dialog.birth_date_without_year, "birth-date-without-year")
        }
        Unclear::Slot(Slot::DateOfBirth) => {
            (Slot::DateOfBirth, &[][..], dialog.birth_date_impossible, "birth-date-unclear")
        }
        Unclear::Slot(slot) if slot.is_name() => {
            slots.empty(slot);
            return ask_to_spell(turn, slots, slot, &not_heard, "name-unclear");
        }
        // What it was that may be right or not, was just said.
        Unclear::Slot(Slot::Confirmation) => {
            let question = Question { asks: "", ..dialog.is_that_right };
            (Slot::Confirmation, &not_heard[..], question, "confirmation-unclear")
        }
        Unclear::Slot(slot) => {
            let outcome = if slot == Slot::Gender { "gender-unclear" } else { "digits-unclear" };
            (slot, &not_heard[..], question(turn, slot), outcome)
        }
    };
    slots.empty(slot);
    if slot == Slot::DateOfBirth {
        ReadBack::NotYet.set(turn.session);
    }
    elicit(turn, slots, slot, DialogAction::ElicitSlot { slot: slot.name() }, before, question, outcome)
}

/// The question for `slot`. The bot's own prompt for it has the same words.
fn question(turn: &Turn<'_>, slot: Slot) -> Question {
    let dialog = dialog(turn);
    match slot {
        Slot::PhoneNumber => dialog.phone_number,
        Slot::DateOfBirth => dialog.birth_date,
        Slot::Gender => dialog.gender,
        Slot::FirstName => dialog.first_name,
        Slot::LastName => dialog.last_name,
        Slot::PostalCode => dialog.postal_code,
        Slot::RecordNumberEnding => dialog.record_number,
        Slot::Confirmation => dialog.is_that_right,
    }
}

fn dialog(turn: &Turn<'_>) -> &'static VerificationDialog {
    &turn.dialog().verification
}

fn elicit(
    turn: &mut Turn<'_>,
    slots: Slots<'_>,
    slot: Slot,
    action: DialogAction,
    before: &[&str],
    question: Question,
    outcome: &'static str,
) -> Answer {
    turn.session.set_word(attribute::ASKED, Some(slot.name()));
    let question = question.text(turn.answered_by());
    let sentences: Vec<&str> = before.iter().copied().chain([question.as_str()]).collect();
    let reply = Reply { slots: slots.into_changes(), ..Reply::new(action, Messages::say(&sentences)) };
    Answer::new(reply, outcome)
}
