//! Secrets Manager's `GetSecretValue` and `DescribeSecret`.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::aws::Answer;

/// The secret under which attempt counters are keyed.
pub const ATTEMPT_SECRET_ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:attempts-AbCdEf";
/// What the names of the connections' settings begin with.
pub const SETTINGS_PREFIX: &str = "careline/connections/";

/// The secret.
pub const ATTEMPT_SECRET: &str = "a secret for tests only, of forty-odd characters";

/// The attempt counters' secret, and each connection's settings.
#[derive(Default)]
pub struct SecretsManager {
    settings: Mutex<BTreeMap<String, Value>>,
    /// When the settings were last written, by the tests' clock and not by it that writes.
    changed_at: Mutex<Option<Timestamp>>,
}

impl SecretsManager {
    /// Sets one setting of a connection.
    pub fn set(&self, connection: &str, name: &str, value: Value) {
        let mut settings = self.settings.lock().unwrap();
        let settings = settings.entry(connection.to_owned()).or_insert_with(|| Value::Object(Map::new()));
        settings[name] = value;
    }

    /// Writes a connection's settings as they are.
    pub fn put(&self, connection: &str, settings: Value) {
        self.settings.lock().unwrap().insert(connection.to_owned(), settings);
    }

    /// One setting of a connection, which is text.
    pub fn setting(&self, connection: &str, name: &str) -> String {
        self.settings.lock().unwrap()[connection][name].as_str().unwrap().to_owned()
    }

    /// Has the settings have been written then.
    pub fn changed_at(&self, time: Timestamp) {
        *self.changed_at.lock().unwrap() = Some(time);
    }

    pub fn answer(&self, operation: &str, request: &Value) -> Answer {
        let id = request["SecretId"].as_str().unwrap_or_default();
        if operation == "DescribeSecret" {
            let changed_at = self.changed_at.lock().unwrap().map(Timestamp::as_second);
            return Answer::ok(json!({"ARN": id, "Name": id, "LastChangedDate": changed_at}));
        }
        let secret = match id.strip_prefix(SETTINGS_PREFIX) {
            _ if operation != "GetSecretValue" => None,
            None => (id == ATTEMPT_SECRET_ARN).then(|| ATTEMPT_SECRET.to_owned()),
            Some(connection) => self.settings.lock().unwrap().get(connection).map(Value::to_string),
        };
        match secret {
            Some(secret) => Answer::ok(json!({"ARN": id, "Name": id, "SecretString": secret})),
            None => Answer::error(400, "ResourceNotFoundException"),
        }
    }
}
