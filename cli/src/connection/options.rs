//! The options of `careline connection`.

use clap::{Args, Subcommand};
use serde_json::{Map, Value};
use shared::json;

use super::error::ConnectionError;
use crate::deployment::Target;
use crate::operator::Consent;

/// The options of `careline connection`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Clone, Subcommand)]
pub(super) enum Command {
    /// Say what a connection is: only the settings that are given change
    #[command(after_help = "Examples:\n  \
        careline connection set --client-id ID --token-endpoint https://HOST/oauth2/token --fhir-base-url https://HOST/api/FHIR/R4\n  \
        careline connection set --connection mercy --scopes system/Patient.rs\n  \
        careline connection set --connection mercy --fhir-version STU3 --fhir-base-url https://HOST/api/FHIR/STU3\n  \
        careline connection set --connection mercy --time-zone America/Chicago")]
    Set(Set),
    /// Show a connection's settings
    #[command(after_help = "Examples:\n  \
        careline connection show\n  \
        careline connection show --connection mercy --json")]
    Show(Show),
}

#[derive(Debug, Clone, Args)]
pub(super) struct Set {
    #[command(flatten)]
    pub(super) target: Target,
    /// The client id that Epic gave the app for this environment
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Epic's token endpoint
    #[arg(long, value_name = "URL")]
    token_endpoint: Option<String>,
    /// The base of Epic's FHIR API
    #[arg(long, value_name = "URL")]
    fhir_base_url: Option<String>,
    /// FHIR's version there: R4 or STU3
    #[arg(long, value_name = "VERSION")]
    fhir_version: Option<String>,
    /// The scopes to ask for, with a space between them
    #[arg(long, value_name = "SCOPES")]
    scopes: Option<String>,
    /// How callers are found and verified (`careline doctor` prints what a site needs)
    #[arg(long, value_name = "JSON")]
    patient_search: Option<String>,
    /// Medications that are never read out: codings as "system|code", and names in lower case
    #[arg(long, value_name = "JSON")]
    medications_not_spoken: Option<String>,
    /// The clinic's time zone, such as America/Chicago: appointments are told in it
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Take this setting out, so that its default holds; may be given several times
    #[arg(long, value_name = "SETTING")]
    unset: Vec<String>,
    #[command(flatten)]
    pub(super) consent: Consent,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Show {
    #[command(flatten)]
    pub(super) target: Target,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Options {
    /// The stack and connection to work on.
    pub fn target(&self) -> &Target {
        match &self.command {
            Command::Set(Set { target, .. }) | Command::Show(Show { target, .. }) => target,
        }
    }
}

impl Set {
    /// The settings after the change.
    pub(super) fn applied_to(&self, before: &Map<String, Value>) -> Result<Map<String, Value>, ConnectionError> {
        let mut after = before.clone();
        let texts = [
            ("client_id", &self.client_id),
            ("token_endpoint", &self.token_endpoint),
            ("fhir_base_url", &self.fhir_base_url),
            ("fhir_version", &self.fhir_version),
            ("scopes", &self.scopes),
            ("time_zone", &self.time_zone),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                after.insert(name.to_owned(), Value::String(value.clone()));
            }
        }
        let documents = [
            ("patient_search", "--patient-search", &self.patient_search),
            ("medications_not_spoken", "--medications-not-spoken", &self.medications_not_spoken),
        ];
        for (name, option, value) in documents {
            if let Some(value) = value {
                let value =
                    json::decode(value.as_bytes()).map_err(|source| ConnectionError::NotJson { option, source })?;
                after.insert(name.to_owned(), value);
            }
        }
        for name in &self.unset {
            if after.remove(name).is_none() && super::settings::all().all(|variable| variable.name != name) {
                return Err(super::settings::unknown(name));
            }
        }
        Ok(after)
    }
}
