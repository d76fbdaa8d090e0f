//! The key under which the counters are named.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use shared::aws::AwsError;
use shared::environment::Variable;
use tokio::sync::OnceCell;

/// Where the secret is.
pub(crate) const ATTEMPT_SECRET_ARN: Variable = Variable {
    name: "ATTEMPT_SECRET_ARN",
    expectation: "the ARN of a Secrets Manager secret",
    default: None,
    purpose: "The secret under which the counters of attempts are hashed. Rotating it resets the counters only.",
};

/// A shorter secret is a mistake, and could be guessed.
const SECRET_BYTES: usize = 32;

/// The key. It is never printed.
pub(crate) struct AttemptKey(hmac::Key);

impl AttemptKey {
    /// The key with these secret bytes.
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// A name for `parts`, which doesn't tell them.
    pub(crate) fn name(&self, parts: &[&str]) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            // Length first, so that no two lists of parts read the same.
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        URL_SAFE_NO_PAD.encode(context.sign())
    }
}

impl std::fmt::Debug for AttemptKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AttemptKey")
    }
}

/// The key in Secrets Manager: read once, at start; and where that failed, when it is first needed.
#[derive(Debug)]
pub(crate) struct AttemptSecret {
    secrets: aws_sdk_secretsmanager::Client,
    arn: String,
    key: OnceCell<AttemptKey>,
}

impl AttemptSecret {
    /// The secret with this ARN.
    pub(crate) fn new(secrets: aws_sdk_secretsmanager::Client, arn: String) -> Self {
        Self { secrets, arn, key: OnceCell::new() }
    }

    /// The key.
    ///
    /// # Errors
    /// [`AwsError`], also for a secret that is too short to be one.
    pub(crate) async fn key(&self) -> Result<&AttemptKey, AwsError> {
        self.key.get_or_try_init(|| self.read()).await
    }

    async fn read(&self) -> Result<AttemptKey, AwsError> {
        const OPERATION: &str = "secretsmanager:GetSecretValue attempts";
        let request = self.secrets.get_secret_value().secret_id(&self.arn);
        let output = request.send().await.map_err(|error| AwsError::new(OPERATION, &error))?;
        let secret = output.secret_string().map(str::as_bytes).unwrap_or_default();
        if secret.len() < SECRET_BYTES {
            return Err(AwsError { operation: OPERATION, code: "secret-too-short".to_owned() });
        }
        Ok(AttemptKey::new(secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_nothing_and_no_two_lists_have_the_same() {
        let key = AttemptKey::new(b"a secret for tests only");
        let name = key.name(&["number", "+14695555555"]);
        assert!(!name.contains("469") && name.len() == 43, "{name}");
        assert_eq!(name, key.name(&["number", "+14695555555"]));
        assert_ne!(name, AttemptKey::new(b"another secret").name(&["number", "+14695555555"]));
        assert_ne!(key.name(&["a", "bc"]), key.name(&["ab", "c"]));
        assert!(!format!("{key:?}").contains("secret"));
    }
}
