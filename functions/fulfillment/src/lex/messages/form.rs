//! In which form a turn is said: marked up for a voice that takes it, as plain words for one that doesn't, or to be read.

use std::fmt::Write as _;

use shared::speech::ssml::{self, clean, entity};

use super::MAX_CHARS;
use super::sentence::{Part, Sentence};
use super::split::pieces;
use crate::lex::event::{Event, InputMode};
use crate::session::Session;

/// The request attribute with the kinds of message that the channel plays.
const ACCEPTED: &str = "x-amz-lex:accept-content-types";

/// How fast a caller is spoken to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Rate {
    /// As the voice speaks.
    #[default]
    Normal,
    /// Slower.
    Slow,
    /// Slower still.
    Slowest,
}

/// The form of a turn's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Plain text that is read.
    Written,
    /// Plain text that is spoken.
    Spoken,
    /// SSML. Of its elements only those that Connect takes with every voice: `speak`, `break`, `prosody` with a rate,
    /// `say-as`.
    Ssml(Rate),
}

impl Form {
    /// The form that `event`'s channel takes: SSML on the phone, where its list has it.
    pub(crate) fn of(event: &Event, session: &Session) -> Self {
        let list = event.request_attributes.expose().get(ACCEPTED).map_or("", String::as_str);
        if event.input_mode == InputMode::Text {
            Self::Written
        } else if event.is_phone_call() && list.split(',').any(|kind| kind.trim().eq_ignore_ascii_case("SSML")) {
            Self::Ssml(session.rate())
        } else {
            Self::Spoken
        }
    }

    /// Lex's word for it.
    pub(super) fn content_type(self) -> &'static str {
        if matches!(self, Self::Ssml(_)) { "SSML" } else { "PlainText" }
    }

    /// A paragraph in texts that each are a message.
    pub(super) fn paragraph(self, sentences: &[Sentence], first: bool) -> Vec<String> {
        let limit = MAX_CHARS.saturating_sub(chars(&self.within_tags("", true)));
        let mut texts: Vec<String> = Vec::new();
        for piece in sentences.iter().flat_map(|sentence| self.pieces(sentence, limit)) {
            match texts.last_mut() {
                Some(text) if chars(text) + 1 + chars(&piece) <= limit => {
                    text.push(' ');
                    text.push_str(&piece);
                }
                _ => texts.push(piece),
            }
        }
        let paused = |at: usize| !first && at == 0;
        texts.iter().enumerate().map(|(at, text)| self.within_tags(text, paused(at))).collect()
    }

    /// A sentence in pieces of at most `limit` characters: one, unless it is too long.
    fn pieces(self, sentence: &Sentence, limit: usize) -> Vec<String> {
        let whole: String = sentence.parts().iter().map(|part| self.part(part)).collect();
        if chars(&whole) <= limit {
            return vec![whole.trim().to_owned()].into_iter().filter(|text| !text.is_empty()).collect();
        }
        let words: String = sentence.parts().iter().map(|part| Self::Spoken.part(part)).collect();
        pieces(&words, limit, |c| self.width(c)).into_iter().map(|piece| self.escape(piece)).collect()
    }

    fn part(self, part: &Part) -> String {
        match (self, part) {
            (_, Part::Words(words)) => self.escape(&clean(words.expose())),
            (Self::Written, Part::Dialled(number)) => clean(number.expose()),
            (Self::Spoken, Part::Dialled(number)) => digit_by_digit(number.expose()),
            (Self::Ssml(_), Part::Dialled(number)) => {
                let number = self.escape(&clean(number.expose()));
                // A short number is no telephone number to every voice.
                let kind = if chars(&number) <= 6 { "digits" } else { "telephone" };
                format!("<say-as interpret-as=\"{kind}\">{number}</say-as>")
            }
            (Self::Written | Self::Spoken, Part::Spelled(word)) => letters(word.expose()),
            (Self::Ssml(_), Part::Spelled(word)) => {
                // Apart, so that they are letters to a voice that doesn't know the element, too.
                format!("<say-as interpret-as=\"characters\">{}</say-as>", self.escape(&letters(word.expose())))
            }
        }
    }

    fn within_tags(self, text: &str, paused: bool) -> String {
        let Self::Ssml(rate) = self else { return text.to_owned() };
        let pause = if paused { "<break time=\"600ms\"/>" } else { "" };
        match rate {
            Rate::Normal => format!("<speak>{pause}{text}</speak>"),
            Rate::Slow => format!("<speak>{pause}<prosody rate=\"slow\">{text}</prosody></speak>"),
            Rate::Slowest => format!("<speak>{pause}<prosody rate=\"x-slow\">{text}</prosody></speak>"),
        }
    }

    fn escape(self, text: &str) -> String {
        if matches!(self, Self::Ssml(_)) { ssml::escape(text) } else { text.to_owned() }
    }

    fn width(self, c: char) -> usize {
        match (self, entity(c)) {
            (Self::Ssml(_), Some(entity)) => entity.len(),
            _ => c.len_utf16(),
        }
    }
}

/// The digits of a number apart, its groups too: "1, 8 0 0, …".
fn digit_by_digit(number: &str) -> String {
    let groups = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let apart = |group: &str| group.chars().map(String::from).collect::<Vec<_>>().join(" ");
    groups.map(apart).collect::<Vec<_>>().join(", ")
}

fn letters(word: &str) -> String {
    let mut letters = String::new();
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        let apart = if letters.is_empty() { "" } else { " " };
        let _ = write!(letters, "{apart}{}", c.to_uppercase());
    }
    letters
}

/// Characters as Lex counts them, in UTF-16.
pub(super) fn chars(text: &str) -> usize {
    text.encode_utf16().count()
}
