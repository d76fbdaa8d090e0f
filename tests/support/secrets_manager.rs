//! Secrets Manager's `GetSecretValue`.

use serde_json::{Value, json};

use super::aws::Answer;

/// The secret under which attempt counters are keyed.
pub const ATTEMPT_SECRET_ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:attempts-AbCdEf";

/// The secret.
pub const ATTEMPT_SECRET: &str = "a secret for tests only, of forty-odd characters";

pub struct SecretsManager;

impl SecretsManager {
    pub fn answer(&self, operation: &str, request: &Value) -> Answer {
        if operation != "GetSecretValue" || request["SecretId"] != ATTEMPT_SECRET_ARN {
            return Answer::error(400, "ResourceNotFoundException");
        }
        Answer::ok(json!({
            "ARN": ATTEMPT_SECRET_ARN,
            "Name": "attempts",
            "SecretString": ATTEMPT_SECRET,
        }))
    }
}
