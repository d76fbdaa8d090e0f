//! What a caller says in place of an answer: yes or no, that they will spell it, that they don't know, that their number
//! is another one. Looked for in what was said itself, before what Lex made of it: "no" fills many a slot.

use crate::lex::event::{Event, InputMode};
use crate::verification::folded;

const YES: [&str; 19] = [
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
    "exacto",
    "asi es",
    "esta bien",
    "eso es",
];
const NO: [&str; 23] = [
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
    "equivocado",
    "equivocada",
    "esta mal",
    "esta equivocado",
    "esta equivocada",
    "eso no es",
    "eso esta mal",
];
const SPELL: [&str; 4] = ["spell", "spelling", "deletrear", "deletreo"];
const NOT_KNOWN: [&str; 17] = [
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
    "no tengo",
];
const OTHER_NUMBER: [&str; 15] = [
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
    "numero diferente",
    "telefono diferente",
    "numero equivocado",
    "no es mi numero",
];

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

    /// Yes or no, by the words that come first: "no, the thirteenth". Of keys, 1 and 2.
    pub(super) fn yes_or_no(&self) -> Option<YesOrNo> {
        if self.keyed {
            return match self.words.as_slice() {
                [one] if one == "1" => Some(YesOrNo::Yes),
                [two] if two == "2" => Some(YesOrNo::No),
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

    /// Whether the caller will spell it.
    pub(super) fn will_be_spelled(&self) -> bool {
        self.words.iter().any(|word| SPELL.contains(&word.as_str()))
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
        phrases.iter().any(|phrase| begins(&phrase))
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
        for text in ["Yes.", "yeah that's it", "That's right", "sí", "Así es", "está bien", "correcto"] {
            assert_eq!(said(text, false).yes_or_no(), Some(YesOrNo::Yes), "{text}");
        }
        for text in
            ["No.", "nope", "no, the thirteenth", "that's not right", "that’s wrong", "no es correcto", "está mal"]
        {
            assert_eq!(said(text, false).yes_or_no(), Some(YesOrNo::No), "{text}");
        }
        for text in ["female", "", "no sé", "I don't know", "northern", "1", "2"] {
            assert_eq!(said(text, false).yes_or_no(), None, "{text}");
        }
        assert_eq!(said("1", true).yes_or_no(), Some(YesOrNo::Yes));
        assert_eq!(said("2#", true).yes_or_no(), Some(YesOrNo::No));
        assert_eq!(said("12", true).yes_or_no(), None);
    }

    #[test]
    fn what_is_no_answer_is_heard() {
        assert!(said("Let me spell it", false).will_be_spelled() && said("se lo deletreo", false).will_be_spelled());
        assert!(said("I don’t know", false).does_not_know() && said("no me acuerdo", false).does_not_know());
        assert!(said("I have another number", false).is_another_number());
        assert!(said("es otro número", false).is_another_number());
        assert!(!said("female", false).is_another_number() && !said("Lopez", false).will_be_spelled());
        assert!(said("it's September 12", false).holds("September 12") && !said("it's", false).holds(""));
    }
}
