//! The connection's settings: whether all of them are there and as the functions want them.

use aws_sdk_secretsmanager::Client;
use jiff::Timestamp;
use shared::aws::AwsError;
use shared::connection_settings::{Settings, SettingsError, SettingsStore};
use shared::environment::ConfigError;
use token_refresher::config::ConnectionConfig as ForTokens;
use url::Url;

use super::cause::Cause;
use super::report::{Diagnosis, Found};
use super::subject::Subject;

/// What the other checks need of them.
pub(super) struct Known {
    pub(super) token_endpoint: Url,
    pub(super) fhir_base_url: Url,
    /// When they were last written, if Secrets Manager tells.
    pub(super) changed_at: Option<Timestamp>,
}

pub(super) async fn check(subject: &Subject<'_>) -> Result<Found<Known>, Diagnosis> {
    let prefix = subject.output("ConnectionSettingsPrefix")?.to_owned();
    let client = subject.secrets();
    let store = SettingsStore::new(client.clone(), prefix);
    let settings = store.read(&subject.connection).await.map_err(|error| match &error {
        SettingsError::Json(_) => Diagnosis::new(Cause::SettingsMissing, "they are no JSON object"),
        SettingsError::Read(error) => Diagnosis::new(Cause::SettingsMissing, error.to_string()),
        SettingsError::Unknown | SettingsError::Incomplete(_) => Diagnosis::from(Cause::SettingsMissing),
    })?;
    let (tokens, calls) = read(&settings).map_err(|seen| Diagnosis::new(Cause::SettingsIncomplete, seen))?;
    let known = Known {
        token_endpoint: tokens.token_endpoint,
        fhir_base_url: calls.fhir_base_url,
        changed_at: changed_at(&client, store.secret_name(&subject.connection)).await,
    };
    let count = settings.names().count();
    Ok(Found::new(known, format!("{count} of them set, all as the functions want them")))
}

/// As each function reads them: nothing here knows better what they want.
fn read(settings: &Settings) -> Result<(ForTokens, fulfillment::config::ConnectionConfig), String> {
    let tokens = ForTokens::from_settings(settings);
    let calls = fulfillment::config::ConnectionConfig::from_settings(settings);
    let lists = prefetch_worker::config::ConnectionConfig::from_settings(settings);
    let errors = [tokens.as_ref().err(), calls.as_ref().err(), lists.as_ref().err()];
    match (tokens.as_ref(), calls.as_ref(), errors.iter().flatten().next()) {
        (Ok(tokens), Ok(calls), None) => Ok((tokens.clone(), calls.clone())),
        _ => Err(problems(errors.into_iter().flatten())),
    }
}

/// Each problem once, by name and expectation.
fn problems<'a>(errors: impl Iterator<Item = &'a ConfigError>) -> String {
    let mut told = Vec::new();
    for problem in errors.flat_map(|error| &error.problems) {
        let state = if problem.set { "must be" } else { "is not set, and must be" };
        let sentence = format!("{} {state} {}", problem.name, problem.expectation);
        if !told.contains(&sentence) {
            told.push(sentence);
        }
    }
    told.join("; ")
}

/// An operator who may not ask simply doesn't know.
async fn changed_at(client: &Client, secret: String) -> Option<Timestamp> {
    let described = client.describe_secret().secret_id(secret).send().await;
    let described = described.map_err(|error| AwsError::new("secretsmanager:DescribeSecret", &error)).ok()?;
    Timestamp::from_second(described.last_changed_date()?.secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_is_told_once_by_name_and_never_by_value() {
        let settings = Settings::parse(r#"{"client_id": "a b", "fhir_base_url": "s3cret"}"#).unwrap();
        let told = read(&settings).err().unwrap();
        assert_eq!(told.matches("fhir_base_url must be an https URL").count(), 1, "{told}");
        assert!(
            told.contains("client_id must be") && told.contains("token_endpoint is not set, and must be"),
            "{told}"
        );
        assert!(!told.contains("s3cret"), "{told}");
    }
}
