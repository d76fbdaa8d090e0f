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

use crate::hand_over::HandOver;
use crate::verification::attempts::key::ATTEMPT_SECRET_ARN;
use crate::verification::policy::{PATIENT_SEARCH, SearchPolicy};

/// Where prefetch jobs are sent.
pub const PREFETCH_QUEUE_URL: Variable = Variable {
    name: "PREFETCH_QUEUE_URL",
    expectation: "an SQS queue's URL",
    default: None,
    purpose: "The queue of prefetch-worker.",
};
/// Whether there is a person to hand a caller over to.
pub const HAND_OVER: Variable = Variable {
    name: "HAND_OVER",
    expectation: "person or none",
    default: None,
    purpose: "Whether the contact flow can put a caller through to a person; if not, they are told to call the clinic.",
};

/// Everything that fulfillment reads from its environment.
pub const VARIABLES: &[Variable] = &[
    LOG_LEVEL,
    CONNECTION_NAME,
    ACCESS_TOKEN_TABLE_NAME,
    EPIC_FHIR_BASE_URL,
    CALL_TABLE_NAME,
    TOKEN_REFRESHER_FUNCTION_NAME,
    PREFETCH_QUEUE_URL,
    ATTEMPT_SECRET_ARN,
    PATIENT_SEARCH,
    HAND_OVER,
    MEDICATIONS_NOT_SPOKEN,
];

/// fulfillment's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// How much is logged.
    pub log_level: LevelFilter,
    /// The connection it serves.
    pub connection: ConnectionName,
    /// The table of access tokens.
    pub access_token_table_name: String,
    /// Epic's FHIR API.
    pub fhir_base_url: Url,
    /// The table of calls and attempt counters.
    pub call_table_name: String,
    /// Whom to ask for a token.
    pub token_refresher_function_name: String,
    /// Where prefetch jobs go.
    pub prefetch_queue_url: String,
    /// Where the key of the attempt counters is.
    pub attempt_secret_arn: String,
    /// How callers are searched for and verified.
    pub patient_search: SearchPolicy,
    /// Whether there is a person.
    pub hand_over: HandOver,
    /// What is not spoken.
    pub medications_not_spoken: MedicationPolicy,
}

impl Config {
    /// Reads it.
    ///
    /// # Errors
    /// [`ConfigError`] with every variable that is missing or not as expected.
    pub fn from_environment(environment: &dyn Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(environment);
        let text = |value: &str| Some(value.to_owned());
        let log_level = reader.read(&LOG_LEVEL, parse_level);
        let connection = reader.read(&CONNECTION_NAME, |value| ConnectionName::parse(value).ok());
        let access_token_table_name = reader.read(&ACCESS_TOKEN_TABLE_NAME, text);
        let fhir_base_url = reader.read(&EPIC_FHIR_BASE_URL, parse_endpoint);
        let call_table_name = reader.read(&CALL_TABLE_NAME, text);
        let token_refresher_function_name = reader.read(&TOKEN_REFRESHER_FUNCTION_NAME, text);
        let prefetch_queue_url =
            reader.read(&PREFETCH_QUEUE_URL, |value| parse_endpoint(value).map(|_| value.to_owned()));
        let attempt_secret_arn =
            reader.read(&ATTEMPT_SECRET_ARN, |value| value.starts_with("arn:").then(|| value.to_owned()));
        let patient_search = SearchPolicy::read(&mut reader, environment);
        let hand_over = reader.read(&HAND_OVER, HandOver::parse);
        let medications_not_spoken = reader.read(&MEDICATIONS_NOT_SPOKEN, MedicationPolicy::parse);
        let read = || {
            Some(Self {
                log_level: log_level?,
                connection: connection?,
                access_token_table_name: access_token_table_name?,
                fhir_base_url: fhir_base_url?,
                call_table_name: call_table_name?,
                token_refresher_function_name: token_refresher_function_name?,
                prefetch_queue_url: prefetch_queue_url?,
                attempt_secret_arn: attempt_secret_arn?,
                patient_search: patient_search?,
                hand_over: hand_over?,
                medications_not_spoken: medications_not_spoken?,
            })
        };
        read().ok_or_else(|| reader.error())
    }
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
                ("EPIC_FHIR_BASE_URL", "https://fhir.example.org/api/FHIR/R4"),
                ("CALL_TABLE_NAME", "Calls"),
                ("TOKEN_REFRESHER_FUNCTION_NAME", "token-refresher"),
                ("PREFETCH_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/111122223333/prefetch"),
                ("ATTEMPT_SECRET_ARN", "arn:aws:secretsmanager:us-east-1:111122223333:secret:attempts"),
                ("HAND_OVER", "person"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        )
    }

    #[test]
    fn what_has_a_default_need_not_be_set() {
        let config = Config::from_environment(&working()).unwrap();
        assert_eq!(config.patient_search.minimum_age, 18);
        assert!(config.medications_not_spoken.is_empty());
    }

    #[test]
    fn everything_that_is_read_is_declared_and_missed_when_it_is_not_there() {
        let error = Config::from_environment(&BTreeMap::new()).unwrap_err();
        let missed: Vec<_> = error.problems.iter().map(|problem| problem.name).collect();
        let required: Vec<_> =
            VARIABLES.iter().filter(|variable| variable.default.is_none()).map(|variable| variable.name).collect();
        assert_eq!(missed, required);
    }

    #[test]
    fn each_variable_is_checked() {
        for (name, value) in [
            ("LOG_LEVEL", "trace"),
            ("CONNECTION_NAME", "San D"),
            ("EPIC_FHIR_BASE_URL", "http://fhir.example.org"),
            ("PREFETCH_QUEUE_URL", "prefetch"),
            ("ATTEMPT_SECRET_ARN", "attempts"),
            ("PATIENT_SEARCH", "{}"),
            ("HAND_OVER", "maybe"),
            ("MEDICATIONS_NOT_SPOKEN", "aspirin"),
        ] {
            let mut environment = working();
            environment.insert(name.to_owned(), value.to_owned());
            let error = Config::from_environment(&environment).unwrap_err();
            assert_eq!(error.problems.iter().map(|problem| problem.name).collect::<Vec<_>>(), [name]);
        }
    }
}
