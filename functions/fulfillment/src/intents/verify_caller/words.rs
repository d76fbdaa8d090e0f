//! What a caller says in place of an answer: yes or no, that they will spell it, that they don't know, that their number
//! is another one. Looked for in what was said itself, before what Lex made of it: "no" fills many a slot.

use crate::lex::event::{Event, InputMode};
use crate::verification::folded;

const YES: [&str; 28] = [
    "yes",
    "yeah",
    "yep",
    "yup",
    "right",
    "correct",
    "sure",
    "okay",
    "ok",
    "thats right",
    "that is right",
    "thats correct",
    "si",
    "claro",
    "correcto",
    "correcta",
    "es correcto",
    "es correcta",
    "esta correcto",
    "esta correcta",
    "de acuerdo",
    "ese es",
    "esa es",
    "asi mero",
    "exacto",
    "asi es",
    "esta bien",
    "eso es",
];
const NO: [&str; 32] = [
    "no",
    "nope",
    "nah",
    "wrong",
    "incorrect",
    "thats not",
    "that is not",
    "thats wrong",
    "that is wrong",
    "its wrong",
    "it is wrong",
    "not right",
    "not correct",
    "thats incorrect",
    "incorrecto",
    "incorrecta",
    "es incorrecto",
    "es incorrecta",
    "ese no es",
    "esa no es",
    "equivocado",
    "equivocada",
    "esta mal",
    "esta equivocado",
    "esta equivocada",
    "eso no es",
    "eso esta mal",
    "me equivoque",
    "perdon me equivoque",
    "i made a mistake",
    "sorry i made a mistake",
    "i said it wrong",
];
const SPELL: [&str; 7] = ["spell", "spelling", "deletrear", "deletreo", "deletrearlo", "deletrearselo", "deletrearle"];
const NOT_KNOWN: [&str; 26] = [
    "i dont know",
    "dont know",
    "i do not know",
    "i dont remember",
    "i dont have one",
    "i dont have that",
    "i cant remember",
    "no idea",
    "not sure",
    "im not sure",
    "no se",
    "no lo se",
    "no la se",
    "no me acuerdo",
    "no recuerdo",
    "no lo recuerdo",
    "no la recuerdo",
    "no me lo se",
    "no estoy seguro",
    "no estoy segura",
    "no lo tengo",
    "no la tengo",
    "se me olvido",
    "quien sabe",
    "ni idea",
    "no tengo",
];
const OTHER_NUMBER: [&str; 17] = [
    "another number",
    "a different number",
    "different number",
    "other number",
    "another phone",
    "different phone",
    "other phone",
    "wrong number",
    "not my number",
    "otro numero",
    "otro telefono",
    "otro celular",
    "numero distinto",
    "numero diferente",
    "telefono diferente",
    "numero equivocado",
    "no es mi numero",
];

/// The key for "no" to a birth date that was read back, whatever is asked after it: 1 to 3 are genders there.
const NOT_RIGHT: &str = "4";

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YesOrNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// What was said or keyed.
pub(super) struct Said<'a> {
    /// As Lex has it.
    pub(super) text: &'a str,
    /// Whether it was keyed.
    pub(super) keyed: bool,
    words: Vec<String>,
}

impl<'a> Said<'a> {
    /// What was said in the turn of `event`.
    pub(super) fn of(event: &'a Event) -> Self {
        let text = event.input_transcript.expose();
        Self { text, keyed: event.input_mode == InputMode::Dtmf, words: folded::words(text) }
    }

    /// These words, spoken.
    pub(super) fn of_text(text: &'a str) -> Self {
        Self { text, keyed: false, words: folded::words(text) }
    }

    /// Yes or no, by the words that come first: "no, the thirteenth". Of keys, 1 and 2, and [`Self::is_key_for_not_right`].
    pub(super) fn yes_or_no(&self) -> Option<YesOrNo> {
        if self.keyed {
            return match self.words.as_slice() {
                [one] if one == "1" => Some(YesOrNo::Yes),
                [no] if no == "2" || no == NOT_RIGHT => Some(YesOrNo::No),
                _ => None,
            };
        }
        // "No" first: "that's not right" has both in it.
        if self.begins(&NO) && !self.does_not_know() {
            Some(YesOrNo::No)
        } else {
            self.begins(&YES).then_some(YesOrNo::Yes)
        }
    }

    /// Whether the key was pressed that means no to a birth date, and nothing else.
    pub(super) fn is_key_for_not_right(&self) -> bool {
        self.keyed && matches!(self.words.as_slice(), [key] if key == NOT_RIGHT)
    }

    /// Whether the caller will spell it. "Spelling" alone is a name.
    pub(super) fn will_be_spelled(&self) -> bool {
        self.words.len() > 1 && self.words.iter().any(|word| SPELL.contains(&word.as_str()))
    }

    /// Whether the caller doesn't know it.
    pub(super) fn does_not_know(&self) -> bool {
        self.begins(&NOT_KNOWN)
    }

    /// Whether the caller's number is another than they call from.
    pub(super) fn is_another_number(&self) -> bool {
        OTHER_NUMBER.iter().any(|phrase| self.holds(phrase))
    }

    /// Whether `words` were said among others.
    pub(super) fn holds(&self, phrase: &str) -> bool {
        let phrase = folded::words(phrase);
        !phrase.is_empty() && self.words.windows(phrase.len()).any(|words| words == phrase.as_slice())
    }

    fn begins(&self, phrases: &[&str]) -> bool {
        let begins = |phrase: &&str| {
            let mut words = self.words.iter();
            phrase.split(' ').all(|word| words.next().is_some_and(|said| said == word))
        };
        phrases.iter().any(begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<'a>(text: &'a str, keyed: bool) -> Said<'a> {
        Said { text, keyed, words: folded::words(text) }
    }

    #[test]
    fn yes_and_no_are_heard_in_both_languages() {
        for text in ["Yes.", "yeah that's it", "That's right", "sí", "Así es", "está bien", "es correcto"] {
            assert_eq!(said(text, false).yes_or_no(), Some(YesOrNo::Yes), "{text}");
        }
        for text in [
            "No.",
            "nope",
            "no, the thirteenth",
            "that's not right",
            "that’s wrong",
            "no es correcto",
            "esa no es",
            "me equivoqué, es el trece",
            "perdón, me equivoqué",
            "sorry, I made a mistake",
        ] {
            assert_eq!(said(text, false).yes_or_no(), Some(YesOrNo::No), "{text}");
        }
        for text in ["female", "", "no sé", "no la recuerdo", "no estoy segura", "I don't know", "northern", "1", "2"]
        {
            assert_eq!(said(text, false).yes_or_no(), None, "{text}");
        }
        assert_eq!(said("1", true).yes_or_no(), Some(YesOrNo::Yes));
        assert_eq!(said("2#", true).yes_or_no(), Some(YesOrNo::No));
        assert_eq!(said("4", true).yes_or_no(), Some(YesOrNo::No));
        assert_eq!(said("12", true).yes_or_no(), None);
    }

    #[test]
    fn what_is_no_answer_is_heard() {
        assert!(
            said("Let me spell it", false).will_be_spelled() && said("déjeme deletrearlo", false).will_be_spelled()
        );
        assert!(!said("Spelling", false).will_be_spelled());
        assert!(said("I don’t know", false).does_not_know() && said("no me acuerdo", false).does_not_know());
        assert!(said("I have another number", false).is_another_number());
        assert!(said("es otro número", false).is_another_number());
        assert!(!said("female", false).is_another_number() && !said("Lopez", false).will_be_spelled());
        assert!(said("it's September 12", false).holds("September 12") && !said("it's", false).holds(""));
    }
}
