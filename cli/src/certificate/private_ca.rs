//! Private CAs in ACM PCA: found by their common name or made, asked for a certificate, and deleted.
//!
//! A private CA of an organisation's own is used as it is. One that we make is a root CA and carries a tag of ours, so
//! that nothing but what we made is ever finished or deleted by us.

mod creation;
pub mod deletion;
pub mod error;
mod issuance;
mod search;

use std::time::Duration;

use aws_sdk_acmpca::config::timeout::TimeoutConfig;
use aws_sdk_acmpca::error::{ProvideErrorMetadata, SdkError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{Context, SHA256};
use shared::aws::connector::RequestCounter;
use shared::aws::{Aws, AwsError};
use shared::environment::{ConfigError, Environment, Reader, Variable};
use shared::http::parse_endpoint;

use self::error::PrivateCaError;

/// ACM PCA's own endpoint, under the name by which every AWS SDK knows it: a local AWS has no ACM PCA, and another
/// server stands in for it.
pub const AWS_ENDPOINT_URL_ACM_PCA: Variable = Variable {
    name: "AWS_ENDPOINT_URL_ACM_PCA",
    expectation: "an https URL, or http on a loopback address, or absent",
    default: None,
    purpose: "where ACM PCA is, if not where all of AWS is",
};

/// One attempt. Operators wait longer than callers, and making a CA takes AWS more than a read of a table.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// A request with its retries.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(30);
/// Between two looks at what AWS is still busy with.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The private CAs of an AWS account in a region.
#[derive(Debug, Clone)]
pub struct PrivateCas {
    client: aws_sdk_acmpca::Client,
}

impl PrivateCas {
    /// Those of `aws`, at [`AWS_ENDPOINT_URL_ACM_PCA`] where that is set.
    ///
    /// # Errors
    /// [`ConfigError`] where it is set to something else than an endpoint.
    pub fn from_environment(aws: &Aws, environment: &dyn Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(environment);
        let endpoint =
            reader.read_optional(&AWS_ENDPOINT_URL_ACM_PCA, |value| parse_endpoint(value).map(|_| value.to_owned()));
        let Some(endpoint) = endpoint else { return Err(reader.error()) };
        let timeouts =
            TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_TIMEOUT).operation_timeout(OPERATION_TIMEOUT);
        let mut config = aws.sdk_config(&RequestCounter::default()).into_builder().timeout_config(timeouts.build());
        if endpoint.is_some() {
            config.set_endpoint_url(endpoint);
        }
        Ok(Self { client: aws_sdk_acmpca::Client::new(&config.build()) })
    }
}

/// Keeps the facts of a failed request.
fn failed<E: ProvideErrorMetadata, R>(operation: &'static str) -> impl Fn(SdkError<E, R>) -> PrivateCaError {
    move |error| PrivateCaError::Aws(AwsError::new(operation, &error))
}

/// Repeats a request until AWS has what it asks for, for `limit` at the most.
async fn once_ready<T, E: ProvideErrorMetadata, R>(
    operation: &'static str,
    limit: Duration,
    request: impl AsyncFn() -> Result<T, SdkError<E, R>>,
) -> Result<T, PrivateCaError> {
    let polling = async {
        loop {
            match request().await {
                Err(error) if error.code() == Some("RequestInProgressException") => {
                    tokio::time::sleep(POLL_INTERVAL).await;
                }
                other => return other.map_err(failed(operation)),
            }
        }
    };
    let not_in_time = PrivateCaError::NotInTime { operation, seconds: limit.as_secs() };
    tokio::time::timeout(limit, polling).await.unwrap_or(Err(not_in_time))
}

/// A token by which ACM PCA knows, for five minutes, that it is asked for the same thing again: made of all that the
/// thing depends on, within the 36 characters that it may have.
fn idempotency_token<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Context::new(&SHA256);
    for part in parts {
        hash.update(&part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut token = URL_SAFE_NO_PAD.encode(hash.finish());
    token.truncate(36);
    token
}

#[cfg(test)]
mod tests {
    use aws_sdk_acmpca::error::ErrorMetadata;

    use super::*;

    #[test]
    fn a_token_says_what_is_asked_for_in_36_characters() {
        let token = idempotency_token(["Careline", "arn"]);
        assert_eq!(token, idempotency_token(["Careline", "arn"]));
        assert_eq!(token.len(), 36);
        assert_ne!(token, idempotency_token(["Careline", "arn2"]));
        assert_ne!(token, idempotency_token(["Carelinearn"]));
    }

    fn refused(code: &str) -> Result<(), SdkError<ErrorMetadata, ()>> {
        Err(SdkError::service_error(ErrorMetadata::builder().code(code).build(), ()))
    }

    #[tokio::test]
    async fn waiting_ends() {
        let busy = async || refused("RequestInProgressException");
        let waited = once_ready("acm-pca:GetCertificate", Duration::from_millis(5), busy).await;
        assert!(matches!(waited, Err(PrivateCaError::NotInTime { operation: "acm-pca:GetCertificate", .. })));
    }

    #[tokio::test]
    async fn a_refusal_is_not_waited_for() {
        let refusing = async || refused("AccessDeniedException");
        let waited = once_ready("acm-pca:GetCertificate", Duration::from_secs(600), refusing).await;
        assert_eq!(waited.unwrap_err().to_string(), "acm-pca:GetCertificate failed: AccessDeniedException");
    }
}
