//! What answers a caller who is not understood, asks for help, or is in danger, in English.

use crate::speech::dialog::listening::ListeningDialog;

/// The sentences.
pub(super) const LISTENING: ListeningDialog = ListeningDialog {
    emergency: "If this is an emergency, hang up and dial {number}.",
    poison_control: "If you or someone else took too much of something, you can also call Poison Control at {number}.",
    crisis_lifeline: "If you or someone else is thinking about suicide or self-harm, you can also call the Suicide and Crisis \
                      Lifeline at {number}, day or night.",
    not_understood: "I didn't understand that. You can say, help, or, a person please.",
    not_understood_again: "I'm sorry, I still didn't understand.",
    help_unverified: "To hear your medications, say, verify me. To speak with a person, say, a person please. To end the \
                      call, say, goodbye.",
    keys_unverified: "Or use the keys: 1 to be verified, 9 to end the call, 0 for a person.",
    help_verified: "You can say, medications, or, more, repeat, slower, spell that, how many are there, or, when is my next \
                    appointment. About one medication you can ask, how do I take it, or, what is it for, with its name. To \
                    speak with a person, say, a person please. To end the call, say, goodbye.",
    keys_verified: "Or use the keys: 1 for your medications, 2 for more, 3 to hear it again, 4 for your next appointment, 5 \
                    to go slower, 6 to spell the name, 7 for how many there are, 8 for how to take the last one, 9 to end \
                    the call, 0 for a person.",
    help_in_a_question: "I ask this to be sure who you are. To speak with a person, say, a person please.",
    stopped: "All right.",
    to_hear_them: "To hear the list, say, medications.",
    which_medication: "Which medication do you mean? Please say its name.",
    not_on_the_list: "I don't find a medication by that name on your list. To hear the list, say, medications.",
    which_of_two: "Do you mean {name}, or {other}? Please say the one you mean.",
    which_of_many: "Several medications on your list sound like that. Please say the whole name of the one you mean.",
    about: "About {name}.",
    this_medication: "this medication",
    purpose_unknown: "Your chart doesn't tell me what {name} is for. Please ask your pharmacist or doctor.",
    spelled: "{name} is spelled {letters}.",
    not_spelled: "I have no name to spell. Say, medications, to hear your list first.",
};
