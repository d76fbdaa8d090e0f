//! The options of `careline preview`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use shared::appointments::parse_time_zone;
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
    /// The clinic's time zone, such as America/Chicago; without it, appointments are told by the offset of their start
    #[arg(long, value_name = "ZONE", value_parser = time_zone)]
    pub time_zone: Option<TimeZone>,
    /// A FHIR resource or Bundle in JSON, or one a line; without it, or with -, standard input
    pub file: Option<PathBuf>,
}

fn time_zone(name: &str) -> Result<TimeZone, &'static str> {
    parse_time_zone(name).flatten().ok_or("a time zone's IANA name is expected, such as America/Chicago")
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
