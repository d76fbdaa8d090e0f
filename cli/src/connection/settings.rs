//! What a connection's settings are, and whether they will do: by the functions' own code.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use shared::connection_settings::Settings;
use shared::environment::{ConfigError, Variable};

use super::error::ConnectionError;

/// Every setting that some function reads, each once.
pub(super) fn all() -> impl Iterator<Item = &'static Variable> {
    let functions =
        [token_refresher::config::SETTINGS, fulfillment::config::SETTINGS, prefetch_worker::config::SETTINGS];
    let mut seen = BTreeSet::new();
    functions.into_iter().flatten().filter(move |variable| seen.insert(variable.name))
}

/// The names of those whose values are not the same.
pub(super) fn changed<'a>(before: &'a Map<String, Value>, after: &'a Map<String, Value>) -> BTreeSet<&'a str> {
    before.keys().chain(after.keys()).map(String::as_str).filter(|name| before.get(*name) != after.get(*name)).collect()
}

/// No function knows a setting of this name.
pub(super) fn unknown(name: &str) -> ConnectionError {
    let known = all().map(|variable| variable.name).collect::<Vec<_>>().join(", ");
    ConnectionError::Unknown { name: name.to_owned(), known }
}

/// Checks what is set, and tells what is still missing.
///
/// # Errors
/// [`ConnectionError::Invalid`] with everything that is set and wrong, and [`ConnectionError::Unknown`].
pub(super) fn check(settings: &Map<String, Value>) -> Result<Vec<&'static str>, ConnectionError> {
    if let Some(name) = settings.keys().find(|name| all().all(|variable| variable.name != *name)) {
        return Err(unknown(name));
    }
    // A JSON object is one.
    let settings = Settings::parse(&Value::Object(settings.clone()).to_string()).unwrap_or_default();
    let errors = [
        token_refresher::config::ConnectionConfig::from_settings(&settings).err(),
        fulfillment::config::ConnectionConfig::from_settings(&settings).err(),
        prefetch_worker::config::ConnectionConfig::from_settings(&settings).err(),
    ];
    let mut seen = BTreeSet::new();
    let problems = errors.into_iter().flatten().flat_map(|error| error.problems);
    let (wrong, missing): (Vec<_>, Vec<_>) =
        problems.filter(|problem| seen.insert(problem.name)).partition(|problem| problem.set);
    if wrong.is_empty() {
        Ok(missing.into_iter().map(|problem| problem.name).collect())
    } else {
        Err(ConnectionError::Invalid(ConfigError { problems: wrong }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn checked(settings: Value) -> Result<Vec<&'static str>, String> {
        let Value::Object(settings) = settings else { panic!("an object") };
        check(&settings).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_missing_is_told_and_what_is_wrong_is_refused() {
        assert_eq!(checked(json!({})).unwrap(), ["client_id", "token_endpoint", "fhir_base_url"]);
        let whole = json!({"client_id": "id", "token_endpoint": "https://epic.example.org/token",
            "fhir_base_url": "https://epic.example.org/api/FHIR/R4"});
        assert_eq!(checked(whole).unwrap(), Vec::<&str>::new());
        let error = checked(json!({"fhir_base_url": "http://epic.example.org", "client_id": "two words"})).unwrap_err();
        assert!(error.contains("client_id is set, but must be") && error.contains("fhir_base_url is set"), "{error}");
        assert!(!error.contains("two words") && !error.contains("epic.example.org"), "{error}");
    }

    #[test]
    fn a_setting_that_no_function_knows_is_refused() {
        assert!(checked(json!({"client-id": "id"})).unwrap_err().contains("there is no setting client-id"));
    }

    #[test]
    fn every_setting_is_known_once() {
        let names: Vec<_> = all().map(|variable| variable.name).collect();
        assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
        assert!(names.contains(&"patient_search") && names.contains(&"medications_not_spoken"));
    }
}
