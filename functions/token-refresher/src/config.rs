//! What the template sets, read and checked whole at start; and what an operator says of each connection.

use std::time::Duration;

use shared::access_token::store::ACCESS_TOKEN_TABLE_NAME;
use shared::connection::{CONNECTIONS, ConnectionName};
use shared::connection_settings::CONNECTION_SETTINGS_PREFIX;
use shared::environment::{ConfigError, Environment, Reader, Variable};
use shared::http::parse_endpoint;
use shared::signing_keys::store::SIGNING_KEY_TABLE_NAME;
use shared::telemetry::{LOG_LEVEL, parse_level};
use tracing::level_filters::LevelFilter;
use url::Url;

use crate::scopes::Scopes;

/// How often the schedule fires.
pub const SCHEDULE_PERIOD_SECONDS: Variable = Variable {
    name: "SCHEDULE_PERIOD_SECONDS",
    expectation: "whole seconds, 60 to 3600",
    default: None,
    purpose: "The schedule's period: a token is replaced when less than two of them are left.",
};

/// Everything that token-refresher reads from its environment.
pub const VARIABLES: &[Variable] = &[
    LOG_LEVEL,
    CONNECTIONS,
    CONNECTION_SETTINGS_PREFIX,
    ACCESS_TOKEN_TABLE_NAME,
    SIGNING_KEY_TABLE_NAME,
    SCHEDULE_PERIOD_SECONDS,
];

/// The client id that Epic gave our app.
pub const CLIENT_ID: Variable = Variable {
    name: "client_id",
    expectation: "1 to 256 visible ASCII characters",
    default: None,
    purpose: "The client id of our app at Epic: a different one for production.",
};
/// Where tokens are issued.
pub const TOKEN_ENDPOINT: Variable = Variable {
    name: "token_endpoint",
    expectation: "an https URL, or http on a loopback address, without query, fragment or user, of at most 1024 characters",
    default: None,
    purpose: "Epic's token endpoint, which is also the audience of our assertions.",
};
/// The scopes that are asked for, and that a grant must cover.
pub const SCOPES: Variable = Variable {
    name: "scopes",
    expectation: "scopes with a space between them, such as system/Patient.rs",
    default: Some("system/Patient.read system/MedicationRequest.read system/Medication.read"),
    purpose: "The scopes to request; a token that is granted fewer is not stored.",
};

/// Everything that token-refresher reads of a connection's settings.
pub const SETTINGS: &[Variable] = &[CLIENT_ID, TOKEN_ENDPOINT, SCOPES];

/// token-refresher's configuration.
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
    /// The table of signing keys.
    pub signing_key_table_name: String,
    /// How often the schedule fires.
    pub schedule_period: Duration,
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
        let signing_key_table_name = reader.read(&SIGNING_KEY_TABLE_NAME, text);
        let schedule_period = reader.read(&SCHEDULE_PERIOD_SECONDS, |text| {
            text.parse().ok().filter(|seconds| (60..=3600).contains(seconds)).map(Duration::from_secs)
        });
        let read = || {
            Some(Self {
                log_level: log_level?,
                connections: connections?,
                settings_prefix: settings_prefix?,
                access_token_table_name: access_token_table_name?,
                signing_key_table_name: signing_key_table_name?,
                schedule_period: schedule_period?,
            })
        };
        read().ok_or_else(|| reader.error())
    }
}

/// What an operator says of one connection.
#[derive(Debug, Clone)]
pub struct ConnectionConfig {
    /// Our client id.
    pub client_id: String,
    /// Where tokens are issued.
    pub token_endpoint: Url,
    /// The same as it was written: a URL that is read and written again may have another spelling (its host in lower
    /// case, without its port, with a slash at its end), and Epic compares an audience by the letter.
    pub audience: String,
    /// What to ask for.
    pub scopes: Scopes,
}

impl ConnectionConfig {
    /// Reads and checks every setting.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem at once.
    pub fn from_settings(settings: &dyn Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(settings);
        let client_id = reader.read(&CLIENT_ID, |text| visible(text, 256));
        let token_endpoint = reader.read(&TOKEN_ENDPOINT, |text| {
            let audience = visible(text, 1024)?;
            Some((parse_endpoint(&audience)?, audience))
        });
        let scopes = reader.read(&SCOPES, Scopes::parse_needed);
        let read = || {
            let (token_endpoint, audience) = token_endpoint?;
            Some(Self { client_id: client_id?, token_endpoint, audience, scopes: scopes? })
        };
        read().ok_or_else(|| reader.error())
    }
}

fn visible(text: &str, limit: usize) -> Option<String> {
    (text.len() <= limit && text.chars().all(|c| c.is_ascii_graphic())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn working() -> BTreeMap<String, String> {
        map(&[
            ("CONNECTIONS", "sandbox,production"),
            ("CONNECTION_SETTINGS_PREFIX", "careline/connections/"),
            ("ACCESS_TOKEN_TABLE_NAME", "AccessTokens"),
            ("SIGNING_KEY_TABLE_NAME", "SigningKeys"),
            ("SCHEDULE_PERIOD_SECONDS", "300"),
        ])
    }

    fn settings() -> BTreeMap<String, String> {
        map(&[
            ("client_id", "3f1c9ab5-9a1b-4a0e-8f2a-1f8d6d2f7a10"),
            ("token_endpoint", "https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token"),
        ])
    }

    #[track_caller]
    fn assert_problem<T>(result: Result<T, ConfigError>, name: &str) {
        let problems = result.err().expect("a problem").problems;
        assert_eq!(problems.iter().map(|problem| problem.name).collect::<Vec<_>>(), [name]);
    }

    #[test]
    fn a_whole_configuration_is_read() {
        let config = Config::from_environment(&working()).unwrap();
        assert_eq!(config.log_level, LevelFilter::INFO);
        assert_eq!(config.connections.len(), 2);
        assert_eq!(config.schedule_period, Duration::from_secs(300));
        let connection = ConnectionConfig::from_settings(&settings()).unwrap();
        assert_eq!(connection.scopes.as_str(), SCOPES.default.unwrap());
    }

    #[test]
    fn every_variable_and_every_setting_is_checked() {
        for (name, bad) in [
            ("LOG_LEVEL", "trace"),
            ("CONNECTIONS", "Sandbox"),
            ("CONNECTION_SETTINGS_PREFIX", ""),
            ("ACCESS_TOKEN_TABLE_NAME", ""),
            ("SIGNING_KEY_TABLE_NAME", ""),
            ("SCHEDULE_PERIOD_SECONDS", "59"),
        ] {
            let mut environment = working();
            environment.insert(name.to_owned(), bad.to_owned());
            assert_problem(Config::from_environment(&environment), name);
        }
        for (name, bad) in
            [("client_id", "two words"), ("token_endpoint", "http://fhir.example.org/token"), ("scopes", " ")]
        {
            let mut environment = settings();
            environment.insert(name.to_owned(), bad.to_owned());
            assert_problem(ConnectionConfig::from_settings(&environment), name);
        }
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let nothing = BTreeMap::new();
        let required = |variables: &[Variable]| variables.iter().filter(|variable| variable.default.is_none()).count();
        assert_eq!(Config::from_environment(&nothing).unwrap_err().problems.len(), required(VARIABLES));
        assert_eq!(ConnectionConfig::from_settings(&nothing).unwrap_err().problems.len(), required(SETTINGS));
    }
}
