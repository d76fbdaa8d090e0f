//! The questions, put as replies.

use jiff::civil::Date;
use shared::speech::dialog::Dialog;

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

/// Asks for `slot`: in the bot's own words, unless there are `before` it sentences of ours.
pub(super) fn ask(turn: &mut Turn<'_>, slots: Slots<'_>, slot: Slot, before: &[&str], outcome: &'static str) -> Answer {
    // A name that was refused may have been misheard; letters are not.
    let spelled = slot.is_name() && turn.session.count(attribute::VERIFICATION_TRY) > 0;
    if spelled {
        return ask_to_spell(turn, slots, slot, before, outcome);
    }
    let question = question(turn.dialog(), slot);
    let sentences: Vec<&str> = before.iter().copied().chain([question]).collect();
    let messages = if before.is_empty() { Messages::default() } else { Messages::say(&sentences) };
    elicit(turn, slots, slot, DialogAction::ElicitSlot { slot: slot.name() }, messages, outcome)
}

/// Asks for a name letter by letter.
pub(super) fn ask_to_spell(
    turn: &mut Turn<'_>,
    slots: Slots<'_>,
    slot: Slot,
    before: &[&str],
    outcome: &'static str,
) -> Answer {
    let dialog = &turn.dialog().verification;
    let question = if slot == Slot::FirstName { dialog.spell_first_name } else { dialog.spell_last_name };
    let sentences: Vec<&str> = before.iter().copied().chain([question]).collect();
    let action = DialogAction::ElicitSpelling { slot: slot.name() };
    elicit(turn, slots, slot, action, Messages::say(&sentences), outcome)
}

/// Asks whether the birth date is right.
pub(super) fn ask_to_confirm(turn: &mut Turn<'_>, slots: Slots<'_>, birth_date: Date) -> Answer {
    let dialog = &turn.dialog().verification;
    let messages = Messages::say(&[&read_back(turn, birth_date), dialog.is_that_right]);
    ReadBack::Asked.set(turn.session);
    let slot = Slot::Confirmation;
    let action = DialogAction::ElicitSlot { slot: slot.name() };
    elicit(turn, slots, slot, action, messages, "birth-date-read-back")
}

/// Asks for `slot`, after a birth date that the caller hears as it was understood, and can say no to.
pub(super) fn ask_after_birth_date(turn: &mut Turn<'_>, slots: Slots<'_>, slot: Slot, birth_date: Date) -> Answer {
    let dialog = &turn.dialog().verification;
    let keyed = turn.event.input_mode == InputMode::Dtmf;
    let correction = if keyed { dialog.key_again } else { dialog.say_no };
    let heard = read_back(turn, birth_date);
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
    let dialog = turn.dialog();
    if not_understood(turn.session) >= TIMES_NOT_UNDERSTOOD {
        let reply = fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, None);
        return Answer::new(reply, "not-understood-person");
    }
    let not_heard = dialog.verification.not_heard;
    let say = |sentence| Messages::say(&[sentence]);
    let (slot, messages, outcome) = match unclear {
        Unclear::BirthDate(NoBirthDate::Impossible) => {
            (Slot::DateOfBirth, say(dialog.birth_date_impossible), "birth-date-impossible")
        }
        Unclear::BirthDate(NoBirthDate::YearNotSaid) => {
            (Slot::DateOfBirth, say(dialog.birth_date_without_year), "birth-date-without-year")
        }
        Unclear::Slot(Slot::DateOfBirth) => {
            (Slot::DateOfBirth, say(dialog.birth_date_impossible), "birth-date-unclear")
        }
        Unclear::Slot(Slot::Gender) => (Slot::Gender, say(dialog.gender_unclear), "gender-unclear"),
        Unclear::Slot(Slot::Confirmation) => {
            (Slot::Confirmation, say(dialog.verification.yes_or_no), "confirmation-unclear")
        }
        Unclear::Slot(slot) if slot.is_name() => {
            slots.empty(slot);
            return ask_to_spell(turn, slots, slot, &[not_heard], "name-unclear");
        }
        Unclear::Slot(slot) => (slot, Messages::say(&[not_heard, question(dialog, slot)]), "digits-unclear"),
    };
    slots.empty(slot);
    if slot == Slot::DateOfBirth {
        ReadBack::NotYet.set(turn.session);
    }
    elicit(turn, slots, slot, DialogAction::ElicitSlot { slot: slot.name() }, messages, outcome)
}

/// The question for `slot`, where the bot's own prompt can't be said.
pub(super) fn question(dialog: &Dialog, slot: Slot) -> &'static str {
    let dialog = &dialog.verification;
    match slot {
        Slot::PhoneNumber => dialog.phone_number,
        Slot::DateOfBirth => dialog.birth_date,
        Slot::Gender => dialog.gender,
        Slot::FirstName => dialog.first_name,
        Slot::LastName => dialog.last_name,
        Slot::PostalCode => dialog.postal_code,
        Slot::RecordNumberEnding => dialog.record_number,
        Slot::Confirmation => dialog.yes_or_no,
    }
}

fn read_back(turn: &Turn<'_>, birth_date: Date) -> String {
    (turn.dialog().verification.birth_date_heard)(birth_date)
}

fn elicit(
    turn: &mut Turn<'_>,
    slots: Slots<'_>,
    slot: Slot,
    action: DialogAction,
    messages: Messages,
    outcome: &'static str,
) -> Answer {
    turn.session.set_word(attribute::ASKED, Some(slot.name()));
    let reply = Reply { slots: slots.into_changes(), ..Reply::new(action, messages) };
    Answer::new(reply, outcome)
}
