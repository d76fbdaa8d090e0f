//! What answers words beside the matter, in English.

use crate::speech::dialog::aside::AsideDialog;

/// The sentences.
pub(super) const ASIDE: AsideDialog = AsideDialog {
    moment: "Take your time.",
    thanks: "You're welcome.",
    here: "I'm here.",
    machine: "I'm an automated system, not a person.",
    no_keys: "That's all right. You don't need any keys.",
    only_yourself: "I can only tell callers about their own medications on this line.",
    ask_a_pharmacist: "I can't answer that on this line. Please ask your pharmacist or doctor.",
    not_here: "I can't help with that on this line. I can tell you what medications are on your list, and how to take them.",
    a_person_can: "To speak with a person, say, a person please.",
    from_the_start: "I'll ask you again from the start.",
};
