//! AWS: SDK configuration from the Lambda environment, and errors that hold facts only.
//!
//! The configuration is built by hand: `aws-config` would load a second TLS stack and the system's roots (1.5 ms of CPU
//! a cold start), and on Lambda everything it would look for stands in the environment.

pub mod connector;
mod error;

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

use self::connector::{Connector, RequestCounter};
pub use self::error::AwsError;
use crate::environment::{ConfigError, Environment, Reader, Variable};

/// One attempt of an AWS call: a table or queue answers in milliseconds; after this long it is a fault.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);
/// A whole AWS call with its retries. The caller's own deadline may end it sooner.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(5);
/// The first try and two more: throttling and dropped connections pass quickly or not at all within a call.
const ATTEMPTS: u32 = 3;

/// Set by Lambda.
pub const AWS_REGION: Variable = set_by_lambda("AWS_REGION", "a region's name");
/// Set by Lambda from the function's role.
pub const AWS_ACCESS_KEY_ID: Variable = set_by_lambda("AWS_ACCESS_KEY_ID", "an access key id");
/// Set by Lambda from the function's role.
pub const AWS_SECRET_ACCESS_KEY: Variable = set_by_lambda("AWS_SECRET_ACCESS_KEY", "a secret access key");
/// Set by Lambda from the function's role.
pub const AWS_SESSION_TOKEN: Variable = set_by_lambda("AWS_SESSION_TOKEN", "a session token, or absent");
/// Set by a local AWS only.
pub const AWS_ENDPOINT_URL: Variable =
    set_by_lambda("AWS_ENDPOINT_URL", "an https URL, or http on a loopback address, or absent");

const fn set_by_lambda(name: &'static str, expectation: &'static str) -> Variable {
    Variable { name, expectation, default: None, purpose: "set by Lambda, not by the template" }
}

/// Where and as whom the AWS clients of this process call.
#[derive(Debug, Clone)]
pub struct Aws {
    region: Region,
    credentials: SharedCredentialsProvider,
    endpoint: Option<String>,
    http: reqwest::Client,
}

impl Aws {
    /// Reads region, credentials and (on a local AWS) the endpoint.
    ///
    /// # Errors
    /// [`ConfigError`] with every variable that is missing or malformed.
    pub fn from_environment(environment: &dyn Environment, http: &reqwest::Client) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(environment);
        let text = |value: &str| Some(value.to_owned());
        let region = reader.read(&AWS_REGION, text);
        let key = reader.read(&AWS_ACCESS_KEY_ID, text);
        let secret = reader.read(&AWS_SECRET_ACCESS_KEY, text);
        let session = reader.read_optional(&AWS_SESSION_TOKEN, text);
        let endpoint = reader
            .read_optional(&AWS_ENDPOINT_URL, |value| crate::http::parse_endpoint(value).map(|_| value.to_owned()));
        match (region, key, secret, session, endpoint) {
            (Some(region), Some(key), Some(secret), Some(session), Some(endpoint)) => Ok(Self {
                region: Region::new(region),
                credentials: SharedCredentialsProvider::new(Credentials::new(key, secret, session, None, "lambda")),
                endpoint,
                http: http.clone(),
            }),
            _ => Err(reader.error()),
        }
    }

    /// Where a local AWS listens; none on AWS itself.
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// The region's name.
    pub fn region(&self) -> &str {
        self.region.as_ref()
    }

    /// The configuration of one service's client, whose requests are counted in `requests`.
    pub fn sdk_config(&self, requests: &RequestCounter) -> SdkConfig {
        let mut config = SdkConfig::builder()
            .behavior_version(aws_smithy_runtime_api::client::behavior_version::BehaviorVersion::latest())
            .region(self.region.clone())
            .credentials_provider(self.credentials.clone())
            .http_client(Connector::new(self.http.clone(), requests.clone()))
            .sleep_impl(aws_smithy_async::rt::sleep::SharedAsyncSleep::new(TokioSleep::new()))
            .retry_config(
                RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(Duration::from_millis(50)),
            )
            .timeout_config(
                TimeoutConfig::builder()
                    .operation_attempt_timeout(ATTEMPT_TIMEOUT)
                    .operation_timeout(OPERATION_TIMEOUT)
                    .build(),
            );
        config.set_endpoint_url(self.endpoint.clone());
        config.build()
    }

    /// As [`Aws::sdk_config`], for the one call that may take as long as its caller's deadline lets it: invoking
    /// token-refresher. One attempt, no time-outs of its own.
    pub fn sdk_config_for_invoke(&self, requests: &RequestCounter) -> SdkConfig {
        self.sdk_config(requests)
            .into_builder()
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::disabled())
            .build()
    }
}
