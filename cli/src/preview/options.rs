//! The options of `careline preview`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use shared::speech::Locale;

/// The options of `careline preview`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The caller's language
    #[arg(long, value_name = "LOCALE", default_value = "en_US")]
    pub locale: PreviewLocale,
    /// How to print it; json tells where in the resource each sentence comes from
    #[arg(long, default_value = "text")]
    pub format: Format,
    /// A FHIR resource or Bundle in JSON, or one a line; without it, or with -, standard input
    pub file: Option<PathBuf>,
}

/// A language, by the name that Lex has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PreviewLocale {
    /// English.
    #[value(name = "en_US")]
    EnUs,
    /// Spanish.
    #[value(name = "es_US")]
    EsUs,
}

impl From<PreviewLocale> for Locale {
    fn from(locale: PreviewLocale) -> Self {
        match locale {
            PreviewLocale::EnUs => Self::EnUs,
            PreviewLocale::EsUs => Self::EsUs,
        }
    }
}

/// How to print what is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A sentence a line.
    Text,
    /// As a voice is given it, a medication a line.
    Ssml,
    /// Each sentence with the paths of what it says.
    Json,
}
