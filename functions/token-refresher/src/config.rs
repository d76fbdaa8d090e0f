//! What the template sets, read and checked whole at start.

use std::time::Duration;

use shared::access_token::store::ACCESS_TOKEN_TABLE_NAME;
use shared::connection::{CONNECTION_NAME, ConnectionName};
use shared::environment::{ConfigError, Environment, Reader, Variable};
use shared::http::parse_endpoint;
use shared::telemetry::{LOG_LEVEL, parse_level};
use tracing::level_filters::LevelFilter;
use url::Url;

use crate::scopes::Scopes;

/// The client id that Epic gave our app.
pub const EPIC_CLIENT_ID: Variable = Variable {
    name: "EPIC_CLIENT_ID",
    expectation: "1 to 256 visible ASCII characters",
    default: None,
    purpose: "The client id of our app at Epic: a different one for production.",
};
/// Where tokens are issued.
pub const EPIC_TOKEN_ENDPOINT: Variable = Variable {
    name: "EPIC_TOKEN_ENDPOINT",
    expectation: "an https URL, or http on a loopback address, without query, fragment or user, of at most 1024 characters",
    default: None,
    purpose: "Epic's token endpoint, which is also the audience of our assertions.",
};
/// The scopes that are asked for, and that a grant must cover.
pub const EPIC_SCOPES: Variable = Variable {
    name: "EPIC_SCOPES",
    expectation: "scopes with a space between them, such as system/Patient.rs",
    default: None,
    purpose: "The scopes to request; a token that is granted fewer is not stored.",
};
/// The key that signs.
pub const SIGNING_KEY_ID: Variable = Variable {
    name: "SIGNING_KEY_ID",
    expectation: "the id or ARN of a KMS key",
    default: None,
    purpose: "The KMS key (RSA, SIGN_VERIFY) that signs our assertions.",
};
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
    CONNECTION_NAME,
    ACCESS_TOKEN_TABLE_NAME,
    EPIC_CLIENT_ID,
    EPIC_TOKEN_ENDPOINT,
    EPIC_SCOPES,
    SIGNING_KEY_ID,
    SCHEDULE_PERIOD_SECONDS,
];

/// token-refresher's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// How much is logged.
    pub log_level: LevelFilter,
    /// The connection it serves.
    pub connection: ConnectionName,
    /// The table of access tokens.
    pub access_token_table_name: String,
    /// Our client id.
    pub client_id: String,
    /// Where tokens are issued.
    pub token_endpoint: Url,
    /// What to ask for.
    pub scopes: Scopes,
    /// What signs.
    pub signing_key_id: String,
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
        let log_level = reader.read(&LOG_LEVEL, parse_level);
        let connection = reader.read(&CONNECTION_NAME, |text| ConnectionName::parse(text).ok());
        let table = reader.read(&ACCESS_TOKEN_TABLE_NAME, |text| Some(text.to_owned()));
        let client_id = reader.read(&EPIC_CLIENT_ID, |text| visible(text, 256));
        let endpoint = reader.read(&EPIC_TOKEN_ENDPOINT, |text| parse_endpoint(&visible(text, 1024)?));
        let scopes = reader.read(&EPIC_SCOPES, Scopes::parse_needed);
        let key = reader.read(&SIGNING_KEY_ID, |text| visible(text, 2048));
        let period = reader.read(&SCHEDULE_PERIOD_SECONDS, |text| {
            text.parse().ok().filter(|seconds| (60..=3600).contains(seconds)).map(Duration::from_secs)
        });
        match (log_level, connection, table, client_id, endpoint, scopes, key, period) {
            (
                Some(log_level),
                Some(connection),
                Some(access_token_table_name),
                Some(client_id),
                Some(token_endpoint),
                Some(scopes),
                Some(signing_key_id),
                Some(schedule_period),
            ) => Ok(Self {
                log_level,
                connection,
                access_token_table_name,
                client_id,
                token_endpoint,
                scopes,
                signing_key_id,
                schedule_period,
            }),
            _ => Err(reader.error()),
        }
    }
}

fn visible(text: &str, limit: usize) -> Option<String> {
    (text.len() <= limit && text.chars().all(|c| c.is_ascii_graphic())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn working() -> BTreeMap<String, String> {
        BTreeMap::from(
            [
                ("CONNECTION_NAME", "sandbox"),
                ("ACCESS_TOKEN_TABLE_NAME", "AccessTokens"),
                ("EPIC_CLIENT_ID", "3f1c9ab5-9a1b-4a0e-8f2a-1f8d6d2f7a10"),
                ("EPIC_TOKEN_ENDPOINT", "https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token"),
                ("EPIC_SCOPES", "system/Patient.rs system/MedicationRequest.rs"),
                ("SIGNING_KEY_ID", "1234abcd-12ab-34cd-56ef-1234567890ab"),
                ("SCHEDULE_PERIOD_SECONDS", "300"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        )
    }

    #[test]
    fn a_whole_configuration_is_read() {
        let config = Config::from_environment(&working()).unwrap();
        assert_eq!(config.log_level, LevelFilter::INFO);
        assert_eq!(config.schedule_period, Duration::from_secs(300));
    }

    #[test]
    fn every_variable_is_checked() {
        for (name, bad) in [
            ("LOG_LEVEL", "trace"),
            ("CONNECTION_NAME", "Sandbox"),
            ("ACCESS_TOKEN_TABLE_NAME", ""),
            ("EPIC_CLIENT_ID", "two words"),
            ("EPIC_TOKEN_ENDPOINT", "http://fhir.example.org/token"),
            ("EPIC_SCOPES", " "),
            ("SIGNING_KEY_ID", ""),
            ("SCHEDULE_PERIOD_SECONDS", "59"),
        ] {
            let mut environment = working();
            environment.insert(name.to_owned(), bad.to_owned());
            let problems = Config::from_environment(&environment).unwrap_err().problems;
            assert_eq!(problems.iter().map(|problem| problem.name).collect::<Vec<_>>(), [name]);
        }
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let problems = Config::from_environment(&BTreeMap::new()).unwrap_err().problems;
        assert_eq!(problems.len(), VARIABLES.len() - 1, "all but LOG_LEVEL, which has a default");
    }
}
