//! Setting up a connection of the stack that was just deployed, by the operator's own commands: its settings, and the key
//! that signs for it.

use shared::aws::AwsError;
use shared::aws::connector::RequestCounter;
use shared::clock::Clock;
use shared::telemetry::ErrorChain;

use super::error::LocalStackError;
use super::{EpicConnection, LocalStack};
use crate::keys::register_first;

/// Sets a connection up, as an operator does after deploying.
pub(super) async fn connection(stack: &LocalStack, connection: &EpicConnection) -> Result<(), LocalStackError> {
    let failed = |reason: String| LocalStackError::SetUp { reason };
    let settings = serde_json::json!({
        "client_id": connection.client_id,
        "token_endpoint": connection.token_endpoint,
        "fhir_base_url": connection.fhir_base_url,
        "scopes": connection.scopes,
    });
    let prefix = stack.output("ConnectionSettingsPrefix").unwrap_or_default();
    aws_sdk_secretsmanager::Client::new(&stack.aws().sdk_config(&RequestCounter::default()))
        .put_secret_value()
        .secret_id(format!("{prefix}{}", connection.name))
        .secret_string(settings.to_string())
        .send()
        .await
        .map_err(|error| failed(AwsError::new("secretsmanager:PutSecretValue", &error).to_string()))?;
    let deployment = stack.deployment().map_err(|error| failed(ErrorChain(&error).to_string()))?;
    let key_id = stack.signing_key_id(&connection.name);
    let registered = register_first(&deployment, &connection.name, key_id, &Clock::system()).await;
    registered.map(drop).map_err(|error| failed(ErrorChain(&error).to_string()))
}
