//! A connection's settings: what an operator says of one Epic, kept in Secrets Manager and named by reference.
//!
//! A flat JSON object, written by `careline connection set` and read by each function for what it needs. It is checked as
//! a process's environment is, whole and by name; so a setting is a [`Variable`], whose value is text or, for the ones that
//! say so, JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::aws::AwsError;
use crate::connection::ConnectionName;
use crate::environment::{ConfigError, Environment, Variable};
use crate::json::{self, DecodeError};

/// What the names of the settings' secrets begin with; the connection's name follows.
pub const CONNECTION_SETTINGS_PREFIX: Variable = Variable {
    name: "CONNECTION_SETTINGS_PREFIX",
    expectation: "what the names of the connections' secrets begin with, such as careline/connections/",
    default: None,
    purpose: "Where each connection's settings are: the secret of this name and the connection's.",
};

/// The setting that says where the connection's FHIR API is.
pub const FHIR_BASE_URL: Variable = Variable {
    name: "fhir_base_url",
    expectation: "an https URL, or http on a loopback address, without query, fragment or user",
    default: None,
    purpose: "The base of Epic's FHIR API, such as https://HOST/interconnect-fhir-oauth/api/FHIR/R4.",
};

/// Settings as they were written, not yet checked. Their values may not be printed: an operator may have put a secret in.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Reads a JSON object. A value that is no text is kept as the JSON that it is; `null` is as if it were not there.
    ///
    /// # Errors
    /// [`DecodeError`], where it is no object.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        let values: BTreeMap<String, Value> = json::decode(text.as_bytes())?;
        let text = |value| match value {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        };
        Ok(Self(values.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()))
    }

    /// The names of what is set.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl Environment for Settings {
    fn get(&self, name: &str) -> Option<String> {
        Environment::get(&self.0, name)
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

/// A connection's settings could not be had, or are wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// No connection of this name is configured.
    #[error("there is no such connection here")]
    Unknown,
    /// Secrets Manager did not give them.
    #[error("the connection's settings could not be read")]
    Read(#[source] AwsError),
    /// They are no JSON object.
    #[error("the connection's settings are no JSON object")]
    Json(#[source] DecodeError),
    /// Something is missing or not as expected.
    #[error("the connection's settings are incomplete")]
    Incomplete(#[source] ConfigError),
}

impl SettingsError {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown-connection",
            Self::Read(_) => "settings-not-read",
            Self::Json(_) | Self::Incomplete(_) => "settings-incomplete",
        }
    }
}

/// Reads settings.
#[derive(Debug, Clone)]
pub struct SettingsStore {
    secrets: aws_sdk_secretsmanager::Client,
    prefix: String,
}

impl SettingsStore {
    /// The settings whose secrets' names begin with `prefix`.
    pub fn new(secrets: aws_sdk_secretsmanager::Client, prefix: String) -> Self {
        Self { secrets, prefix }
    }

    /// The name of a connection's secret.
    pub fn secret_name(&self, connection: &ConnectionName) -> String {
        format!("{}{connection}", self.prefix)
    }

    /// Reads a connection's settings.
    ///
    /// # Errors
    /// [`SettingsError::Read`] and [`SettingsError::Json`].
    pub async fn read(&self, connection: &ConnectionName) -> Result<Settings, SettingsError> {
        const OPERATION: &str = "secretsmanager:GetSecretValue settings";
        let request = self.secrets.get_secret_value().secret_id(self.secret_name(connection));
        let output = request.send().await.map_err(|error| SettingsError::Read(AwsError::new(OPERATION, &error)))?;
        Settings::parse(output.secret_string().unwrap_or_default()).map_err(SettingsError::Json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_text_or_the_json_that_it_is() {
        let settings =
            Settings::parse(r#"{"client_id": "a b", "patient_search": {"a": [1]}, "scopes": null}"#).unwrap();
        assert_eq!(Environment::get(&settings, "client_id").as_deref(), Some("a b"));
        assert_eq!(Environment::get(&settings, "patient_search").as_deref(), Some(r#"{"a":[1]}"#));
        assert_eq!(Environment::get(&settings, "scopes"), None);
    }

    #[test]
    fn what_is_no_object_is_refused_and_not_repeated() {
        for text in ["", "s3cret", r#"["s3cret"]"#, r#""s3cret""#] {
            let error = Settings::parse(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("s3cret"));
        }
    }

    #[test]
    fn debug_shows_names_only() {
        let settings = Settings::parse(r#"{"client_id": "s3cret"}"#).unwrap();
        assert_eq!(format!("{settings:?}"), r#"{"client_id"}"#);
    }
}
