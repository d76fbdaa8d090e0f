//! The language that a bot is spoken to in.

use super::definition::BotLocale;

/// The languages that this stand-in understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// English, as in the United States.
    English,
    /// Spanish, as in the United States.
    Spanish,
}

impl Language {
    /// The language of a bot's locale. (Any other is read as English: its words are then in no list.)
    pub(crate) fn of(locale: &BotLocale) -> Self {
        if locale.locale_id.starts_with("es") { Self::Spanish } else { Self::English }
    }
}
