//! What the template sets, read and checked whole at start.

use shared::access_token::source::TOKEN_REFRESHER_FUNCTION_NAME;
use shared::access_token::store::ACCESS_TOKEN_TABLE_NAME;
use shared::call_record::store::CALL_TABLE_NAME;
use shared::connection::{CONNECTION_NAME, ConnectionName, EPIC_FHIR_BASE_URL};
use shared::environment::{ConfigError, Environment, Reader, Variable};
use shared::http::parse_endpoint;
use shared::medications::{MEDICATIONS_NOT_SPOKEN, MedicationPolicy};
use shared::telemetry::{LOG_LEVEL, parse_level};
use tracing::level_filters::LevelFilter;
use url::Url;

/// Everything that prefetch-worker reads from its environment.
pub const VARIABLES: &[Variable] = &[
    LOG_LEVEL,
    CONNECTION_NAME,
    ACCESS_TOKEN_TABLE_NAME,
    TOKEN_REFRESHER_FUNCTION_NAME,
    CALL_TABLE_NAME,
    EPIC_FHIR_BASE_URL,
    MEDICATIONS_NOT_SPOKEN,
];

/// prefetch-worker's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// How much is logged.
    pub log_level: LevelFilter,
    /// The connection it serves.
    pub connection: ConnectionName,
    /// The table of access tokens.
    pub access_token_table_name: String,
    /// token-refresher's name.
    pub token_refresher: String,
    /// The table of calls.
    pub call_table_name: String,
    /// Epic's FHIR API.
    pub fhir_base_url: Url,
    /// What this site doesn't have spoken.
    pub policy: MedicationPolicy,
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
        let connection = reader.read(&CONNECTION_NAME, |text| ConnectionName::parse(text).ok());
        let access_token_table_name = reader.read(&ACCESS_TOKEN_TABLE_NAME, text);
        let token_refresher = reader.read(&TOKEN_REFRESHER_FUNCTION_NAME, text);
        let call_table_name = reader.read(&CALL_TABLE_NAME, text);
        let fhir_base_url = reader.read(&EPIC_FHIR_BASE_URL, parse_endpoint);
        let policy = reader.read(&MEDICATIONS_NOT_SPOKEN, MedicationPolicy::parse);
        match (log_level, connection, access_token_table_name, token_refresher, call_table_name, fhir_base_url, policy)
        {
            (
                Some(log_level),
                Some(connection),
                Some(access_token_table_name),
                Some(token_refresher),
                Some(call_table_name),
                Some(fhir_base_url),
                Some(policy),
            ) => Ok(Self {
                log_level,
                connection,
                access_token_table_name,
                token_refresher,
                call_table_name,
                fhir_base_url,
                policy,
            }),
            _ => Err(reader.error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_problem_is_told_at_once() {
        let environment = BTreeMap::from([
            ("CONNECTION_NAME".to_owned(), "Not A Name".to_owned()),
            ("EPIC_FHIR_BASE_URL".to_owned(), "http://fhir.example.org/".to_owned()),
            ("MEDICATIONS_NOT_SPOKEN".to_owned(), "methadone".to_owned()),
        ]);
        let error = Config::from_environment(&environment).unwrap_err();
        let named = error.problems.iter().map(|problem| problem.name).collect::<Vec<_>>();
        let optional = LOG_LEVEL.name;
        let all = VARIABLES.iter().map(|variable| variable.name).filter(|name| *name != optional).collect::<Vec<_>>();
        assert_eq!(named, all);
    }
}
