//! The connection's settings: whether all of them are there and as the functions want them.

use aws_sdk_secretsmanager::Client;
use jiff::Timestamp;
use shared::aws::AwsError;
use shared::connection_settings::{Settings, SettingsError, SettingsStore};
use shared::environment::ConfigError;
use shared::fhir::FhirVersion;
use token_refresher::config::ConnectionConfig as ForTokens;
use token_refresher::scopes::Scopes;
use url::Url;

use super::cause::Cause;
use super::report::{Diagnosis, Found};
use super::subject::Subject;

/// What the other checks need of them.
pub(super) struct Known {
    pub(super) token_endpoint: Url,
    pub(super) fhir_base_url: Url,
    pub(super) fhir_version: FhirVersion,
    /// Whether appointments are told.
    pub(super) tells_appointments: bool,
    /// What is asked for.
    pub(super) scopes: Scopes,
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
        fhir_version: calls.fhir_version,
        tells_appointments: calls.time_zone.is_some(),
        scopes: tokens.scopes,
        changed_at: changed_at(&client, store.secret_name(&subject.connection)).await,
    };
    let count = settings.names().count();
    let warning = other_version(&known.fhir_base_url, known.fhir_version)
        .map(|named| Diagnosis::new(Cause::FhirVersionDiffers, format!("the base URL names {named}")));
    let mut found = Found::new(known, format!("{count} of them set, all as the functions want them"));
    found.warning = warning;
    Ok(found)
}

/// The version that a base URL names, as Epic's do, if it is not the one that is set. It is a hint only: a proxy may call
/// its paths what it likes.
fn other_version(base_url: &Url, version: FhirVersion) -> Option<&'static str> {
    let mut segments = base_url.path_segments()?;
    let named = segments.find_map(|segment| ["DSTU2", "STU3", "R4"].into_iter().find(|name| *name == segment))?;
    (named != version.as_str()).then_some(named)
}

impl Known {
    /// The scopes that this version and what is told here need, as SMART v1 writes them.
    pub(super) fn needed_scopes(&self) -> String {
        let medications = self.fhir_version.medication_resource();
        let appointments = if self.tells_appointments { " system/Appointment.read" } else { "" };
        format!("system/Patient.read system/{medications}.read system/Medication.read{appointments}")
    }
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
    fn a_version_that_the_base_url_contradicts_is_noticed() {
        let other = |url: &str, version| other_version(&Url::parse(url).unwrap(), version);
        assert_eq!(other("https://epic.example.org/api/FHIR/R4", FhirVersion::R4), None);
        assert_eq!(other("https://epic.example.org/api/FHIR/STU3/", FhirVersion::R4), Some("STU3"));
        assert_eq!(other("https://epic.example.org/api/FHIR/R4/", FhirVersion::Stu3), Some("R4"));
        assert_eq!(other("https://proxy.example.org/epic", FhirVersion::Stu3), None);
    }

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
