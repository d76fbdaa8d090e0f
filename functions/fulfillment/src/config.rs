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

use crate::dialled_number::DialledNumber;
use crate::hand_over::HandOver;
use crate::verification::attempts::key::ATTEMPT_SECRET_ARN;
pub use crate::verification::policy::PATIENT_SEARCH;
use crate::verification::policy::SearchPolicy;

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

/// Whom to call where there is no person.
pub const CLINIC_PHONE_NUMBER: Variable = Variable {
    name: "CLINIC_PHONE_NUMBER",
    expectation: "a number to dial, of 3 to 15 digits, such as 1-469-555-0100, or empty",
    default: Some(""),
    purpose: "The clinic's number, told to a caller who can't be helped where `HAND_OVER` is none. Where it is empty, they are \
              told to call their clinic.",
};

/// Whom to call in an emergency.
pub const EMERGENCY_NUMBER: Variable = Variable {
    name: "EMERGENCY_NUMBER",
    expectation: "a number to dial, of 3 to 15 digits, such as 911",
    default: None,
    purpose: "The number that a caller in danger is told to dial.",
};
/// Whom to call where too much was taken.
pub const POISON_CONTROL_NUMBER: Variable = Variable {
    name: "POISON_CONTROL_NUMBER",
    expectation: "a number to dial, of 3 to 15 digits, such as 1-800-222-1222",
    default: None,
    purpose: "Poison Control's number, told beside the emergency's to a caller who speaks of an overdose.",
};

/// Whom to call where somebody may take their own life.
pub const CRISIS_LIFELINE_NUMBER: Variable = Variable {
    name: "CRISIS_LIFELINE_NUMBER",
    expectation: "a number to dial, of 3 to 15 digits, such as 988, or empty",
    default: Some(""),
    purpose: "The Suicide and Crisis Lifeline's number, told beside the emergency's to a caller who speaks of suicide or \
              self-harm. Where it is empty, none is told.",
};

/// Everything that fulfillment reads from its environment.
pub const VARIABLES: &[Variable] = &[
    LOG_LEVEL,
    CONNECTIONS,
    CONNECTION_SETTINGS_PREFIX,
    ACCESS_TOKEN_TABLE_NAME,
    CALL_TABLE_NAME,
    TOKEN_REFRESHER_FUNCTION_NAME,
    PREFETCH_QUEUE_URL,
    ATTEMPT_SECRET_ARN,
    HAND_OVER,
    CLINIC_PHONE_NUMBER,
    EMERGENCY_NUMBER,
    POISON_CONTROL_NUMBER,
    CRISIS_LIFELINE_NUMBER,
];

/// Everything that fulfillment reads of a connection's settings.
pub const SETTINGS: &[Variable] = &[FHIR_BASE_URL, FHIR_VERSION, PATIENT_SEARCH, MEDICATIONS_NOT_SPOKEN, TIME_ZONE];

/// fulfillment's configuration.
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
    /// The table of calls and attempt counters.
    pub call_table_name: String,
    /// Whom to ask for a token.
    pub token_refresher_function_name: String,
    /// Where prefetch jobs go.
    pub prefetch_queue_url: String,
    /// Where the key of the attempt counters is.
    pub attempt_secret_arn: String,
    /// Whether there is a person, and whom to call if not.
    pub hand_over: HandOver,
    /// Whom to call in an emergency.
    pub emergency_number: DialledNumber,
    /// Whom to call where too much was taken.
    pub poison_control_number: DialledNumber,
    /// Whom to call where somebody may take their own life, if anybody.
    pub crisis_lifeline_number: Option<DialledNumber>,
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
        let connections = reader.read(&CONNECTIONS, ConnectionName::parse_list);
        let settings_prefix = reader.read(&CONNECTION_SETTINGS_PREFIX, text);
        let access_token_table_name = reader.read(&ACCESS_TOKEN_TABLE_NAME, text);
        let call_table_name = reader.read(&CALL_TABLE_NAME, text);
        let token_refresher_function_name = reader.read(&TOKEN_REFRESHER_FUNCTION_NAME, text);
        let prefetch_queue_url =
            reader.read(&PREFETCH_QUEUE_URL, |value| parse_endpoint(value).map(|_| value.to_owned()));
        let attempt_secret_arn =
            reader.read(&ATTEMPT_SECRET_ARN, |value| value.starts_with("arn:").then(|| value.to_owned()));
        let hand_over = reader.read(&HAND_OVER, HandOver::parse);
        let clinic_phone_number = reader.read_optional(&CLINIC_PHONE_NUMBER, DialledNumber::parse);
        let emergency_number = reader.read(&EMERGENCY_NUMBER, DialledNumber::parse);
        let poison_control_number = reader.read(&POISON_CONTROL_NUMBER, DialledNumber::parse);
        let crisis_lifeline_number = reader.read_optional(&CRISIS_LIFELINE_NUMBER, DialledNumber::parse);
        let read = || {
            Some(Self {
                log_level: log_level?,
                connections: connections?,
                settings_prefix: settings_prefix?,
                access_token_table_name: access_token_table_name?,
                call_table_name: call_table_name?,
                token_refresher_function_name: token_refresher_function_name?,
                prefetch_queue_url: prefetch_queue_url?,
                attempt_secret_arn: attempt_secret_arn?,
                hand_over: hand_over?.or_call(clinic_phone_number?),
                emergency_number: emergency_number?,
                poison_control_number: poison_control_number?,
                crisis_lifeline_number: crisis_lifeline_number?,
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
    /// How callers are searched for and verified.
    pub patient_search: SearchPolicy,
    /// What is not spoken.
    pub medications_not_spoken: MedicationPolicy,
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
        let patient_search = SearchPolicy::read(&mut reader, settings);
        let medications_not_spoken = reader.read(&MEDICATIONS_NOT_SPOKEN, MedicationPolicy::parse);
        let time_zone = reader.read(&TIME_ZONE, parse_time_zone);
        let read = || {
            Some(Self {
                fhir_base_url: fhir_base_url?,
                fhir_version: fhir_version?,
                patient_search: patient_search?,
                medications_not_spoken: medications_not_spoken?,
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

    fn working() -> BTreeMap<String, String> {
        BTreeMap::from(
            [
                ("CONNECTIONS", "sandbox"),
                ("CONNECTION_SETTINGS_PREFIX", "careline/connections/"),
                ("ACCESS_TOKEN_TABLE_NAME", "AccessTokens"),
                ("CALL_TABLE_NAME", "Calls"),
                ("TOKEN_REFRESHER_FUNCTION_NAME", "token-refresher"),
                ("PREFETCH_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/111122223333/prefetch"),
                ("ATTEMPT_SECRET_ARN", "arn:aws:secretsmanager:us-east-1:111122223333:secret:attempts"),
                ("HAND_OVER", "person"),
                ("EMERGENCY_NUMBER", "911"),
                ("POISON_CONTROL_NUMBER", "1-800-222-1222"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        )
    }

    fn settings() -> BTreeMap<String, String> {
        BTreeMap::from([("fhir_base_url".to_owned(), "https://fhir.example.org/api/FHIR/R4".to_owned())])
    }

    #[test]
    fn what_has_a_default_need_not_be_set() {
        let config = Config::from_environment(&working()).unwrap();
        assert_eq!(config.crisis_lifeline_number, None);
        let config = ConnectionConfig::from_settings(&settings()).unwrap();
        assert_eq!(config.patient_search.minimum_age, 18);
        assert!(config.medications_not_spoken.is_empty() && config.time_zone.is_none());
    }

    #[test]
    fn everything_that_is_read_is_declared_and_missed_when_it_is_not_there() {
        let error = Config::from_environment(&BTreeMap::new()).unwrap_err();
        let missed: Vec<_> = error.problems.iter().map(|problem| problem.name).collect();
        let required: Vec<_> =
            VARIABLES.iter().filter(|variable| variable.default.is_none()).map(|variable| variable.name).collect();
        assert_eq!(missed, required);
        let error = ConnectionConfig::from_settings(&BTreeMap::new()).unwrap_err();
        assert_eq!(error.problems.iter().map(|problem| problem.name).collect::<Vec<_>>(), ["fhir_base_url"]);
    }

    #[test]
    fn each_variable_and_each_setting_is_checked() {
        for (name, value) in [
            ("LOG_LEVEL", "trace"),
            ("CONNECTIONS", "San D"),
            ("PREFETCH_QUEUE_URL", "prefetch"),
            ("ATTEMPT_SECRET_ARN", "attempts"),
            ("HAND_OVER", "maybe"),
            ("CLINIC_PHONE_NUMBER", "the clinic"),
            ("EMERGENCY_NUMBER", "the police"),
            ("POISON_CONTROL_NUMBER", "1-800-POISON"),
            ("CRISIS_LIFELINE_NUMBER", "the lifeline"),
        ] {
            let mut environment = working();
            environment.insert(name.to_owned(), value.to_owned());
            let error = Config::from_environment(&environment).unwrap_err();
            assert_eq!(error.problems.iter().map(|problem| problem.name).collect::<Vec<_>>(), [name]);
        }
        for (name, value) in [
            ("fhir_base_url", "http://fhir.example.org"),
            ("fhir_version", "stu3"),
            ("patient_search", "{}"),
            ("medications_not_spoken", "aspirin"),
            ("time_zone", "Central"),
        ] {
            let mut settings = settings();
            settings.insert(name.to_owned(), value.to_owned());
            let error = ConnectionConfig::from_settings(&settings).unwrap_err();
            assert_eq!(error.problems.iter().map(|problem| problem.name).collect::<Vec<_>>(), [name]);
        }
    }
}
