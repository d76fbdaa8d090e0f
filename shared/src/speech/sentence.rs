//! Sentences with the elements of the chart that they tell.

use crate::phi::Phi;

/// A sentence, and what of the resource it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Plain text, without markup.
    pub text: Phi<String>,
    /// Paths within the resource: `dosageInstruction[0].doseAndRate[0].doseQuantity`.
    pub sources: Vec<String>,
}

/// The longest sentence: a message has 1000 characters, and a listener less patience. A longer one is split, never cut.
pub(super) const SENTENCE_LIMIT: usize = 400;

impl Sentence {
    /// A sentence of these elements.
    pub(super) fn new(text: impl Into<String>, sources: Vec<String>) -> Self {
        Self { text: Phi::new(text.into()), sources }
    }

    /// As several sentences where it is long.
    pub(super) fn split(self) -> Vec<Self> {
        let parts = split(self.text.expose());
        parts.into_iter().map(|part| Self::new(part, self.sources.clone())).collect()
    }
}

/// Splits a long sentence, at an end of a sentence within it, else after a comma, else between words, else anywhere.
pub(super) fn split(sentence: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = sentence.trim();
    while rest.len() > SENTENCE_LIMIT {
        let head = rest.get(..rest.floor_char_boundary(SENTENCE_LIMIT)).unwrap_or(rest);
        let at = [". ", "; ", ", ", " "].iter().find_map(|end| head.rfind(end).map(|at| at + end.len()));
        let (part, after) = rest.split_at(at.filter(|at| *at > 0).unwrap_or(head.len()));
        parts.push(part.trim().to_owned());
        rest = after.trim();
    }
    parts.push(rest.to_owned());
    parts
}
