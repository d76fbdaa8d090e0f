//! The messages of a turn, within Lex's limits by construction: whatever is packed here, Lex accepts.

mod form;
mod sentence;
mod split;

use serde::Serialize;
use shared::phi::{self, Phi};

pub(crate) use self::form::{Form, Rate};
pub(crate) use self::sentence::Sentence;

/// Lex refuses a reply with more messages than this.
pub(crate) const MAX_MESSAGES: usize = 10;
/// Lex refuses a message of more than 1024 characters; the ones configured in a bot end at 1000, tags and entities included.
/// We keep to the smaller.
pub(crate) const MAX_CHARS: usize = 1000;
/// Lex refuses a reply of more than 50 KB. Attributes and slots came in an event of at most 12 KB, so that with this much
/// speech (a quarter of an hour) a reply stays below that, however much JSON's escapes add.
pub(crate) const MAX_BYTES: usize = 16_000;

/// What the caller hears: paragraphs of sentences, each of which begins a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages(Vec<Vec<Sentence>>);

/// One message as Lex takes it: of 1 to [`MAX_CHARS`] characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    content_type: &'static str,
    #[serde(serialize_with = "phi::stored")]
    content: Phi<String>,
}

impl Message {
    /// Words of our own, far below the limits.
    pub(crate) fn plain(words: &str) -> Self {
        Self { content_type: Form::Spoken.content_type(), content: Phi::new(words.to_owned()) }
    }
}

impl Messages {
    /// Packs paragraphs of whole sentences. Each paragraph begins a message; a sentence is cut only when it alone is too
    /// long for one, and then between words. `None` where it would be, in `form`, more than a turn may hold.
    pub(crate) fn pack<P, S>(form: Form, paragraphs: impl IntoIterator<Item = P>) -> Option<Self>
    where
        P: IntoIterator<Item = S>,
        S: Into<Sentence>,
    {
        let messages = Self(paragraphs.into_iter().map(|p| p.into_iter().map(Into::into).collect()).collect());
        fits(&messages.texts(form)).then_some(messages)
    }

    /// Sentences of our own, as one paragraph. They are far below the limits.
    pub fn say(sentences: &[&str]) -> Self {
        Self::of(sentences.iter().map(|sentence| Sentence::from(*sentence)).collect())
    }

    /// As [`Self::say`].
    pub(crate) fn of(sentences: Vec<Sentence>) -> Self {
        Self(vec![sentences])
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.texts(Form::Spoken).is_empty()
    }

    /// These, and after them `more`.
    pub(crate) fn followed_by(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// The texts of the messages, in order.
    pub(crate) fn texts(&self, form: Form) -> Vec<String> {
        let mut texts = Vec::new();
        for paragraph in &self.0 {
            texts.extend(form.paragraph(paragraph, texts.is_empty()));
        }
        texts
    }

    /// The messages as Lex takes them. What was not packed, and doesn't fit, is said without tags, or to the limit only.
    pub(crate) fn into_wire(self, form: Form) -> Vec<Message> {
        let texts = self.texts(form);
        if fits(&texts) {
            let message = |text| Message { content_type: form.content_type(), content: Phi::new(text) };
            return texts.into_iter().map(message).collect();
        }
        let mut bytes = 0;
        let plain = self.texts(Form::Spoken).into_iter().take(MAX_MESSAGES).take_while(|text| {
            bytes += text.len();
            bytes <= MAX_BYTES
        });
        plain.map(|text| Message { content_type: Form::Spoken.content_type(), content: Phi::new(text) }).collect()
    }
}

fn fits(texts: &[String]) -> bool {
    texts.len() <= MAX_MESSAGES && texts.iter().map(String::len).sum::<usize>() <= MAX_BYTES
}

#[cfg(test)]
mod tests;
