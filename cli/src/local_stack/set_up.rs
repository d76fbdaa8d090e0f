//! Setting up a connection of the stack that was just deployed: its settings, and the key that signs for it.

use shared::aws::AwsError;
use shared::aws::connector::RequestCounter;
use shared::clock::Clock;
use shared::jwk::Jwk;
use shared::signing_keys::store::KeyRingStore;
use shared::signing_keys::{KeyRing, SigningKey};

use super::error::LocalStackError;
use super::{EpicConnection, LocalStack};

/// Sets a connection up, as an operator does after deploying.
pub(super) async fn connection(stack: &LocalStack, connection: &EpicConnection) -> Result<(), LocalStackError> {
    let failed = |reason: String| LocalStackError::SetUp { reason };
    let sdk = stack.aws().sdk_config(&RequestCounter::default());
    let settings = serde_json::json!({
        "client_id": connection.client_id,
        "token_endpoint": connection.token_endpoint,
        "fhir_base_url": connection.fhir_base_url,
        "scopes": connection.scopes,
    });
    let prefix = stack.output("ConnectionSettingsPrefix").unwrap_or_default();
    aws_sdk_secretsmanager::Client::new(&sdk)
        .put_secret_value()
        .secret_id(format!("{prefix}{}", connection.name))
        .secret_string(settings.to_string())
        .send()
        .await
        .map_err(|error| failed(AwsError::new("secretsmanager:PutSecretValue", &error).to_string()))?;

    let key_id = stack.signing_key_id(&connection.name);
    let public_key = aws_sdk_kms::Client::new(&sdk)
        .get_public_key()
        .key_id(key_id)
        .send()
        .await
        .map_err(|error| failed(AwsError::new("kms:GetPublicKey", &error).to_string()))?;
    let der = public_key.public_key().map(AsRef::as_ref).unwrap_or_default();
    let jwk = Jwk::from_subject_public_key_info(der).map_err(|error| failed(error.to_string()))?;
    let now = Clock::system().now();
    let key = SigningKey {
        key_id: key_id.to_owned(),
        jwk,
        added_at: now,
        seen_at: None,
        promoted_at: Some(now),
        replaced_at: None,
    };
    let table = stack.output("SigningKeyTableName").unwrap_or_default().to_owned();
    KeyRingStore::new(aws_sdk_dynamodb::Client::new(&sdk), table)
        .write(&connection.name, &KeyRing { keys: vec![key], served: None }, 0)
        .await
        .map_err(|error| failed(error.to_string()))?;
    Ok(())
}
