//! The deployed function, invoked through the Lambda API as Lex does.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use serde::Deserialize;
use shared::aws::connector::RequestCounter;
use shared::aws::{Aws, AwsError};

use crate::lex::invocation::Invocation;

/// What Lambda returns for a function that failed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FunctionError {
    error_message: String,
}

/// A function on an AWS.
#[derive(Debug, Clone)]
pub struct DeployedFunction {
    client: Client,
    name: String,
}

impl DeployedFunction {
    /// The function of this name.
    pub fn new(aws: &Aws, name: &str) -> Self {
        // Lex waits as long as it waits: no time-out and no retries of the client's own.
        let config = aws.sdk_config_for_invoke(&RequestCounter::default());
        Self { client: Client::new(&config), name: name.to_owned() }
    }

    /// Invokes it and waits for its answer.
    pub async fn invoke(&self, payload: Vec<u8>) -> Invocation {
        let invoked = self.client.invoke().function_name(&self.name).payload(Blob::new(payload)).send().await;
        match invoked {
            Ok(output) if output.function_error().is_some() => {
                let payload = output.payload.map(Blob::into_inner).unwrap_or_default();
                let error: Option<FunctionError> = shared::json::decode(&payload).ok();
                Invocation::FunctionError(error.map(|error| error.error_message).unwrap_or_default())
            }
            Ok(output) => Invocation::Answered(output.payload.map(Blob::into_inner).unwrap_or_default()),
            Err(error) => Invocation::NotInvoked { code: AwsError::new("lambda:Invoke", &error).code },
        }
    }
}
