//! One sentence, and what of it is spoken in a way of its own: numbers to dial, and letters.

use shared::phi::Phi;

/// A sentence to be said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sentence(Vec<Part>);

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Words.
    Words(Phi<String>),
    /// A telephone number, spoken digit by digit.
    Dialled(Phi<String>),
    /// A word, spoken letter by letter.
    Spelled(Phi<String>),
}

impl Sentence {
    /// `template`, with a telephone number for its `{number}`.
    pub(crate) fn dialling(template: &str, number: &str) -> Self {
        Self::filled(template, "{number}", Part::Dialled(Phi::new(number.to_owned())))
    }

    /// `template`, with the letters of `word` for its `{letters}`.
    pub(crate) fn spelling(template: &str, word: &str) -> Self {
        Self::filled(template, "{letters}", Part::Spelled(Phi::new(word.to_owned())))
    }

    /// Its parts, in order.
    pub(super) fn parts(&self) -> &[Part] {
        &self.0
    }

    fn filled(template: &str, place: &str, part: Part) -> Self {
        let words = |text: &str| Part::Words(Phi::new(text.to_owned()));
        let parts = match template.split_once(place) {
            Some((before, after)) => vec![words(before), part, words(after)],
            None => vec![words(template), part],
        };
        Self(parts)
    }
}

impl From<&str> for Sentence {
    fn from(words: &str) -> Self {
        Self(vec![Part::Words(Phi::new(words.to_owned()))])
    }
}

impl From<String> for Sentence {
    fn from(words: String) -> Self {
        Self(vec![Part::Words(Phi::new(words))])
    }
}
