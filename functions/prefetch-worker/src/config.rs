//! What the template sets, read and checked whole at start; and what an operator says of each connection.

use jiff::tz::TimeZone;
use shared::access_token::source::TOKEN_REFRESHER_FUNCTION_NAME;
use shared::access_token::store::ACCESS_TOKEN_TABLE_NAME;
use shared::appointments::{TIME_ZONE, parse_time_zone};
use shared::call_record::store::CALL_TABLE_NAME;
use shared::connection::{CONNECTIONS, ConnectionName};
use shared::connection_settings::{CONNECTION_SETTINGS_PREFIX, FHIR_BASE_URL};
use shared::environment::{ConfigError, Environment, Reader, Variable};
use shared::fhir::FhirVersion;
use shared::fhir::version::FHIR_VERSION;
use shared::http::parse_endpoint;
use shared::medications::{MEDICATIONS_NOT_SPOKEN, MedicationPolicy};
use shared::telemetry::{LOG_LEVEL, parse_level};
use tracing::level_filters::LevelFilter;
use url::Url;

/// Everything that prefetch-worker reads from its environment.
pub const VARIABLES: &[Variable] = &[
    LOG_LEVEL,
    CONNECTIONS,
    CONNECTION_SETTINGS_PREFIX,
    ACCESS_TOKEN_TABLE_NAME,
    TOKEN_REFRESHER_FUNCTION_NAME,
    CALL_TABLE_NAME,
];

/// Everything that prefetch-worker reads of a connection's settings.
pub const SETTINGS: &[Variable] = &[FHIR_BASE_URL, FHIR_VERSION, MEDICATIONS_NOT_SPOKEN, TIME_ZONE];

/// prefetch-worker's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// How much is logged.
    pub log_level: LevelFilter,
    /// The connections it serves.
    pub connections: Vec<ConnectionName>,
    /// Where their settings are.
    pub settings_prefix: String,
    /// The table of access tokens.
    pub access_token_table_name: String,
    /// token-refresher's name.
    pub token_refresher: String,
    /// The table of calls.
    pub call_table_name: String,
}

impl Config {
    /// Reads and checks every variable.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem at once.
    pub fn from_environment(environment: &dyn Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(environment);
        let text = |text: &str| Some(text.to_owned());
        let log_level = reader.read(&LOG_LEVEL, parse_level);
        let connections = reader.read(&CONNECTIONS, ConnectionName::parse_list);
        let settings_prefix = reader.read(&CONNECTION_SETTINGS_PREFIX, text);
        let access_token_table_name = reader.read(&ACCESS_TOKEN_TABLE_NAME, text);
        let token_refresher = reader.read(&TOKEN_REFRESHER_FUNCTION_NAME, text);
        let call_table_name = reader.read(&CALL_TABLE_NAME, text);
        let read = || {
            Some(Self {
                log_level: log_level?,
                connections: connections?,
                settings_prefix: settings_prefix?,
                access_token_table_name: access_token_table_name?,
                token_refresher: token_refresher?,
                call_table_name: call_table_name?,
            })
        };
        read().ok_or_else(|| reader.error())
    }
}

/// What an operator says of one connection.
#[derive(Debug, Clone)]
pub struct ConnectionConfig {
    /// Epic's FHIR API.
    pub fhir_base_url: Url,
    /// FHIR's version there.
    pub fhir_version: FhirVersion,
    /// What this site doesn't have spoken.
    pub policy: MedicationPolicy,
    /// The clinic's time zone, if appointments are told here.
    pub time_zone: Option<TimeZone>,
}

impl ConnectionConfig {
    /// Reads and checks every setting.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem at once.
    pub fn from_settings(settings: &dyn Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(settings);
        let fhir_base_url = reader.read(&FHIR_BASE_URL, parse_endpoint);
        let fhir_version = reader.read(&FHIR_VERSION, FhirVersion::parse);
        let policy = reader.read(&MEDICATIONS_NOT_SPOKEN, MedicationPolicy::parse);
        let time_zone = reader.read(&TIME_ZONE, parse_time_zone);
        let read = || {
            Some(Self {
                fhir_base_url: fhir_base_url?,
                fhir_version: fhir_version?,
                policy: policy?,
                time_zone: time_zone?,
            })
        };
        read().ok_or_else(|| reader.error())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_problem_is_told_at_once() {
        let environment = BTreeMap::from([("CONNECTIONS".to_owned(), "Not A Name".to_owned())]);
        let error = Config::from_environment(&environment).unwrap_err();
        let named = error.problems.iter().map(|problem| problem.name).collect::<Vec<_>>();
        let optional = LOG_LEVEL.name;
        let all = VARIABLES.iter().map(|variable| variable.name).filter(|name| *name != optional).collect::<Vec<_>>();
        assert_eq!(named, all);
    }

    #[test]
    fn every_setting_is_checked() {
        let settings = BTreeMap::from([
            ("fhir_base_url".to_owned(), "http://fhir.example.org/".to_owned()),
            ("fhir_version".to_owned(), "R5".to_owned()),
            ("medications_not_spoken".to_owned(), "methadone".to_owned()),
            ("time_zone".to_owned(), "Central".to_owned()),
        ]);
        let error = ConnectionConfig::from_settings(&settings).unwrap_err();
        assert_eq!(
            error.problems.iter().map(|problem| problem.name).collect::<Vec<_>>(),
            SETTINGS.iter().map(|setting| setting.name).collect::<Vec<_>>()
        );
    }
}
