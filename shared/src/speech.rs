//! What a patient hears. Every sentence stands in one place per language: [`en_us`].

use serde::{Deserialize, Serialize};

mod abbreviation;
mod course;
mod coverage;
pub mod dialog;
mod doubtful;
pub mod en_us;
mod expand;
mod frequency;
pub mod medication;
mod number;
mod order_noise;
mod plain_text;
mod signs;

/// A language that Careline speaks, as Lex names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// English as spoken in the United States.
    #[serde(rename = "en_US")]
    EnUs,
}

impl Locale {
    /// The locale of a bot's `localeId`. English where we don't speak the language: a sentence beats silence.
    pub fn of_bot(_locale_id: Option<&str>) -> Self {
        Self::EnUs
    }

    /// The dialog in this language.
    pub fn dialog(self) -> &'static dialog::Dialog {
        match self {
            Self::EnUs => &en_us::DIALOG,
        }
    }
}
