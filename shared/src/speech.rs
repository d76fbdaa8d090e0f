//! What a patient hears. Every sentence stands in one place per language: [`en_us`], [`es_us`].

use serde::{Deserialize, Serialize};

mod abbreviation;
mod course;
mod coverage;
pub mod dialog;
mod doubtful;
pub mod en_us;
pub mod es_us;
mod expand;
mod fact;
mod frequency;
mod language;
pub mod medication;
mod name;
mod number;
mod order_noise;
mod plain_text;
pub mod sentence;
mod signs;
mod spanish_text;
pub mod ssml;
mod unit;

/// A language that Careline speaks, as Lex names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// English as spoken in the United States.
    #[serde(rename = "en_US")]
    EnUs,
    /// Spanish as spoken in the United States.
    #[serde(rename = "es_US")]
    EsUs,
}

impl Locale {
    /// The locale of a bot's `localeId`: Spanish for any Spanish, else English, since a sentence beats silence.
    pub fn of_bot(locale_id: Option<&str>) -> Self {
        let language = locale_id.unwrap_or_default().split(['_', '-']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("es") { Self::EsUs } else { Self::EnUs }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::EnUs => Self::EsUs,
            Self::EsUs => Self::EnUs,
        }
    }

    /// The dialog in this language.
    pub fn dialog(self) -> &'static dialog::Dialog {
        match self {
            Self::EnUs => &en_us::DIALOG,
            Self::EsUs => &es_us::DIALOG,
        }
    }
}

/// `text` of a chart without markup, in words that can be spoken; `None` where that can't be told, or something in it is not
/// to be spoken, such as a web address.
pub fn plain_words(text: &str) -> Option<String> {
    plain_text::plain(text).filter(|plain| !plain_text::has_unspoken(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_that_speaks_any_spanish_is_answered_in_spanish_and_every_other_in_english() {
        for spanish in ["es_US", "es_419", "es-ES", "es"] {
            assert_eq!(Locale::of_bot(Some(spanish)), Locale::EsUs, "{spanish}");
        }
        for other in [Some("en_US"), Some("fr_FR"), Some("est"), Some(""), None] {
            assert_eq!(Locale::of_bot(other), Locale::EnUs, "{other:?}");
        }
    }
}
