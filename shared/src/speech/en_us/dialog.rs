//! The dialog in English.

use super::verification::VERIFICATION;
use crate::speech::dialog::Dialog;
use crate::speech::number::with_decimals;

/// The dialog.
pub const DIALOG: Dialog = Dialog {
    verified: "Thank you. You are verified.",
    refused_try_again: "I'm sorry, I couldn't verify you with that. Let's try once more.",
    refused: "I'm sorry, I couldn't verify you.",
    number_not_usable: "I'm sorry, I can't verify callers on this line.",
    outage: "I'm sorry, I can't get to that right now.",
    to_a_person: "Let me get you to a person who can help.",
    call_the_clinic: "Please call your clinic or hospital directly, and they can help you.",
    call_the_clinic_at: "Please call your clinic or hospital at {number}, and they can help you.",
    verify_first: "Before I can tell you about your medications, I need to check who you are.",
    goodbye: "Thank you for calling.",
    count: |count, whole| {
        let medications = if count == 1 { "medication" } else { "medications" };
        if whole {
            format!("You have {count} {medications} on your list.")
        } else {
            format!("I found {count} {medications} on your list.")
        }
    },
    these: |now, left, first| {
        let number = |count| match count {
            1 => "one".to_owned(),
            2 => "two".to_owned(),
            3 => "three".to_owned(),
            more => more.to_string(),
        };
        match (now, first) {
            (_, true) if now == left => None,
            (1, true) => Some("Here is the first one.".to_owned()),
            (_, true) => Some(format!("Here are the first {}.", number(now))),
            (1, false) if now == left => Some("Here is the last one.".to_owned()),
            (_, false) if now == left => Some(format!("Here are the last {}.", number(now))),
            (1, false) => Some("Here is the next one.".to_owned()),
            (_, false) => Some(format!("Here are the next {}.", number(now))),
        }
    },
    none: "There are no current medications on your list.",
    none_read: "I couldn't read any medication on your list. That doesn't mean that there is none.",
    none_spoken: "There are no medications on your list that I can tell you about on this line.",
    partial: "I couldn't read the whole list, so there may be more. Please ask your clinic or pharmacist about the rest.",
    withheld: "There is something on your list that I can't tell you on this line. A person can: say, a person please.",
    about_the_list: "This list comes from your hospital's record. It may not have everything you take. Please don't \
                     start, stop or change a medicine because of it. If anything sounds wrong, ask your pharmacist or \
                     doctor.",
    once_a_turn: &[],
    more_to_come: |left| match left {
        1 => "There is 1 more. To hear it, say, more.".to_owned(),
        left => format!("There are {left} more. To hear them, say, more."),
    },
    end_of_list: "That is the end of your list.",
    what_next: "You can say, repeat, or, a person please, or, goodbye.",
    verification: VERIFICATION,
    name: |name| with_decimals(name, super::number::decimal),
    too_long: |name| {
        let name = if name.is_empty() { "one medication" } else { name };
        format!("The instructions for {name} are too long to read on this line. Please ask your pharmacist for them.")
    },
    appointments: super::appointments::APPOINTMENTS,
    listening: super::listening::LISTENING,
    aside: super::aside::ASIDE,
};
