//! What the template sets, read and checked whole at start.

use std::time::Duration;

use shared::connection::{CONNECTIONS, ConnectionName};
use shared::environment::{ConfigError, Environment, Reader, Variable};
use shared::signing_keys::store::SIGNING_KEY_TABLE_NAME;
use shared::telemetry::{LOG_LEVEL, parse_level};
use tracing::level_filters::LevelFilter;

/// How long others may keep a set.
pub const JWKS_MAX_AGE_SECONDS: Variable = Variable {
    name: "JWKS_MAX_AGE_SECONDS",
    expectation: "whole seconds, 1 to 86400",
    default: None,
    purpose: "How long Epic may keep our key set (Cache-Control: max-age): a key's rotation waits it out.",
};

/// Everything that jwks reads from its environment.
pub const VARIABLES: &[Variable] = &[LOG_LEVEL, CONNECTIONS, SIGNING_KEY_TABLE_NAME, JWKS_MAX_AGE_SECONDS];

/// jwks's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// How much is logged.
    pub log_level: LevelFilter,
    /// Whose keys are served.
    pub connections: Vec<ConnectionName>,
    /// The table of signing keys.
    pub signing_key_table_name: String,
    /// How long others may keep a set.
    pub max_age: Duration,
}

impl Config {
    /// Reads and checks every variable.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem at once.
    pub fn from_environment(environment: &dyn Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(environment);
        let log_level = reader.read(&LOG_LEVEL, parse_level);
        let connections = reader.read(&CONNECTIONS, ConnectionName::parse_list);
        let table = reader.read(&SIGNING_KEY_TABLE_NAME, |text| Some(text.to_owned()));
        let max_age = reader.read(&JWKS_MAX_AGE_SECONDS, |text| {
            text.parse().ok().filter(|seconds| (1..=86_400).contains(seconds)).map(Duration::from_secs)
        });
        match (log_level, connections, table, max_age) {
            (Some(log_level), Some(connections), Some(signing_key_table_name), Some(max_age)) => {
                Ok(Self { log_level, connections, signing_key_table_name, max_age })
            }
            _ => Err(reader.error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn working() -> BTreeMap<String, String> {
        BTreeMap::from(
            [
                ("CONNECTIONS", "sandbox,production"),
                ("SIGNING_KEY_TABLE_NAME", "SigningKeys"),
                ("JWKS_MAX_AGE_SECONDS", "3600"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        )
    }

    #[test]
    fn a_whole_configuration_is_read() {
        let config = Config::from_environment(&working()).unwrap();
        assert_eq!(config.log_level, LevelFilter::INFO);
        assert_eq!(config.connections.len(), 2);
        assert_eq!(config.max_age, Duration::from_secs(3600));
    }

    #[test]
    fn every_variable_is_checked() {
        for (name, bad) in [
            ("LOG_LEVEL", "trace"),
            ("CONNECTIONS", "sandbox,Production"),
            ("SIGNING_KEY_TABLE_NAME", ""),
            ("JWKS_MAX_AGE_SECONDS", "0"),
            ("JWKS_MAX_AGE_SECONDS", "86401"),
            ("JWKS_MAX_AGE_SECONDS", "1h"),
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
