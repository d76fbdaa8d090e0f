//! A deployed stack, found by its name: what an operator's command works on.
//!
//! Region and credentials are the operator's own, from the environment, as the functions have theirs; the names of
//! everything else are the stack's outputs, so that nothing has to be told twice.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_cloudformation::types::Stack;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use clap::Args;
use shared::aws::connector::RequestCounter;
use shared::aws::{Aws, AwsError};
use shared::connection::ConnectionName;
use shared::environment::{ConfigError, Environment};
use shared::http::HttpError;

/// What stands in the JWK Set URL's output for the connection's name.
const CONNECTION: &str = "{connection}";
/// One attempt of an AWS call. An operator waits longer than a caller; making an RSA key takes a second or two.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// A whole AWS call with its retries.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(30);
/// What AWS answers where the credentials are no good, or no longer.
const CREDENTIALS_REFUSED: [&str; 6] = [
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "InvalidTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
];

/// Which stack, and which of its connections.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// The deployed stack's name
    #[arg(long, value_name = "NAME", default_value = "careline")]
    pub stack: String,
    /// The Epic connection's name; may be left out where the stack has just one
    #[arg(long, value_name = "NAME", value_parser = ConnectionName::parse)]
    pub connection: Option<ConnectionName>,
}

/// Why a stack can't be worked on: what is missing, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DeploymentError {
    /// Region or credentials are missing.
    #[error(
        "AWS's region and your credentials are read from the environment; set them with: export AWS_REGION=REGION; \
         eval \"$(aws configure export-credentials --format env)\""
    )]
    Environment(#[source] ConfigError),
    /// AWS doesn't know the credentials, or not any more.
    #[error(
        "AWS doesn't accept the credentials in the environment; get new ones with: \
         eval \"$(aws configure export-credentials --format env)\""
    )]
    Credentials(#[source] AwsError),
    /// The HTTP client can't be made.
    #[error("HTTP can't be set up")]
    Http(#[source] HttpError),
    /// No such stack.
    #[error("there is no stack {stack} in {region}: deploy it, or give another --stack or AWS_REGION")]
    NoStack {
        /// The name asked for.
        stack: String,
        /// The region asked.
        region: String,
    },
    /// The stack can't be looked at.
    #[error("the stack's outputs can't be read")]
    Describe(#[source] AwsError),
    /// An output is missing.
    #[error("the stack {stack} has no output {output}: deploy this version's template.yaml")]
    NoOutput {
        /// The stack's name.
        stack: String,
        /// The output's name.
        output: String,
    },
    /// No such connection.
    #[error("the stack {stack} has no connection {given}; it has: {known}")]
    NoConnection {
        /// The stack's name.
        stack: String,
        /// The connection asked for.
        given: ConnectionName,
        /// Those there are.
        known: String,
    },
    /// Several connections, and none was named.
    #[error("the stack {stack} has several connections; name one with --connection: {known}")]
    WhichConnection {
        /// The stack's name.
        stack: String,
        /// Those there are.
        known: String,
    },
}

impl DeploymentError {
    /// Whether what was asked for makes no sense, as opposed to having gone wrong.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Environment(_) | Self::NoConnection { .. } | Self::WhichConnection { .. })
    }
}

/// A deployed stack.
#[derive(Debug, Clone)]
pub struct Deployment {
    stack: String,
    aws: Aws,
    http: reqwest::Client,
    outputs: BTreeMap<String, String>,
}

impl Deployment {
    /// Looks the stack up.
    ///
    /// # Errors
    /// [`DeploymentError`].
    pub async fn find(environment: &dyn Environment, stack: &str) -> Result<Self, DeploymentError> {
        let http = shared::http::client().map_err(DeploymentError::Http)?;
        let aws = Aws::from_environment(environment, &http).map_err(DeploymentError::Environment)?;
        let client = aws_sdk_cloudformation::Client::new(
            &aws.sdk_config(&RequestCounter::default()).into_builder().timeout_config(timeouts()).build(),
        );
        let described = client.describe_stacks().stack_name(stack).send().await;
        let described = described.map_err(|error| {
            let error = AwsError::new("cloudformation:DescribeStacks", &error);
            match error.code.as_str() {
                // So CloudFormation says that there is none.
                "ValidationError" => no_stack(stack, &aws),
                code if CREDENTIALS_REFUSED.contains(&code) => DeploymentError::Credentials(error),
                _ => DeploymentError::Describe(error),
            }
        })?;
        let described = described.stacks().first().ok_or_else(|| no_stack(stack, &aws))?;
        Ok(Self { stack: stack.to_owned(), http, outputs: outputs(described), aws })
    }

    /// A stack whose outputs are known: a local one.
    ///
    /// # Errors
    /// [`DeploymentError::Http`].
    pub fn from_outputs(stack: &str, aws: Aws, outputs: BTreeMap<String, String>) -> Result<Self, DeploymentError> {
        let http = shared::http::client().map_err(DeploymentError::Http)?;
        Ok(Self { stack: stack.to_owned(), aws, http, outputs })
    }

    /// The stack's name.
    pub fn stack(&self) -> &str {
        &self.stack
    }

    /// AWS as the operator.
    pub fn aws(&self) -> &Aws {
        &self.aws
    }

    /// What fetches from outside AWS.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// KMS as the operator.
    pub fn kms(&self) -> aws_sdk_kms::Client {
        let config = self.aws.sdk_config(&RequestCounter::default()).into_builder().timeout_config(timeouts()).build();
        aws_sdk_kms::Client::new(&config)
    }

    /// DynamoDB as the operator.
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let config = self.aws.sdk_config(&RequestCounter::default()).into_builder().timeout_config(timeouts()).build();
        aws_sdk_dynamodb::Client::new(&config)
    }

    /// An output of the stack.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn output(&self, name: &str) -> Result<&str, DeploymentError> {
        let missing = || DeploymentError::NoOutput { stack: self.stack.clone(), output: name.to_owned() };
        self.outputs.get(name).map(String::as_str).ok_or_else(missing)
    }

    /// The table of signing keys.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn signing_key_table_name(&self) -> Result<&str, DeploymentError> {
        self.output("SigningKeyTableName")
    }

    /// The table of access tokens.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn access_token_table_name(&self) -> Result<&str, DeploymentError> {
        self.output("AccessTokenTableName")
    }

    /// The table of calls.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn call_table_name(&self) -> Result<&str, DeploymentError> {
        self.output("CallTableName")
    }

    /// The queue of prefetch jobs.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn prefetch_queue_url(&self) -> Result<&str, DeploymentError> {
        self.output("PrefetchQueueUrl")
    }

    /// token-refresher's name as a function.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn token_refresher_function_name(&self) -> Result<&str, DeploymentError> {
        self.output("TokenRefresherFunctionName")
    }

    /// The role that signs.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn token_refresher_role_arn(&self) -> Result<&str, DeploymentError> {
        self.output("TokenRefresherRoleArn")
    }

    /// The key that the template makes for a connection. In an output's name, CloudFormation leaves out of the connection's
    /// what is neither letter nor digit.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn first_signing_key_id(&self, connection: &ConnectionName) -> Result<&str, DeploymentError> {
        let letters: String = connection.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("SigningKeyId{letters}");
        let found = self.outputs.iter().find(|(output, _)| output.eq_ignore_ascii_case(&name));
        found
            .map(|(_, value)| value.as_str())
            .ok_or(DeploymentError::NoOutput { stack: self.stack.clone(), output: name })
    }

    /// The connections, in the template's order.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`], also where the output holds something else.
    pub fn connections(&self) -> Result<Vec<ConnectionName>, DeploymentError> {
        let names = self.output("ConnectionNames")?.split(',').map(|name| ConnectionName::parse(name.trim()));
        names
            .collect::<Result<_, _>>()
            .map_err(|_| DeploymentError::NoOutput { stack: self.stack.clone(), output: "ConnectionNames".to_owned() })
    }

    /// The connection asked for, or the only one.
    ///
    /// # Errors
    /// [`DeploymentError`] where there is no such one, or several and none was asked for.
    pub fn connection(&self, given: Option<&ConnectionName>) -> Result<ConnectionName, DeploymentError> {
        let all = self.connections()?;
        let known = || all.iter().map(ConnectionName::as_str).collect::<Vec<_>>().join(", ");
        match (given, all.as_slice()) {
            (Some(given), all) if all.contains(given) => Ok(given.clone()),
            (Some(given), _) => {
                Err(DeploymentError::NoConnection { stack: self.stack.clone(), given: given.clone(), known: known() })
            }
            (None, [only]) => Ok(only.clone()),
            (None, _) => Err(DeploymentError::WhichConnection { stack: self.stack.clone(), known: known() }),
        }
    }

    /// A connection's JWK Set URL, as Epic is told it. On a local AWS, which has no names of its own, it is the local AWS's
    /// way to the API.
    ///
    /// # Errors
    /// [`DeploymentError::NoOutput`].
    pub fn jwks_url(&self, connection: &ConnectionName) -> Result<String, DeploymentError> {
        let url = self.output("JwksUrl")?;
        // `parse_endpoint` lets plain HTTP through for loopback only.
        let is_loopback = |url: &str| url.starts_with("http://");
        match self.aws.endpoint() {
            Some(endpoint) if is_loopback(endpoint) && !is_loopback(url) => {
                let api = self.output("JwksApiId")?;
                let endpoint = endpoint.trim_end_matches('/');
                Ok(format!("{endpoint}/_aws/execute-api/{api}/$default/{connection}/jwks.json"))
            }
            _ => Ok(url.replace(CONNECTION, connection.as_str())),
        }
    }
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_TIMEOUT).operation_timeout(OPERATION_TIMEOUT).build()
}

fn no_stack(stack: &str, aws: &Aws) -> DeploymentError {
    DeploymentError::NoStack { stack: stack.to_owned(), region: aws.region().to_owned() }
}

fn outputs(stack: &Stack) -> BTreeMap<String, String> {
    let pair = |output: &aws_sdk_cloudformation::types::Output| {
        Some((output.output_key()?.to_owned(), output.output_value()?.to_owned()))
    };
    stack.outputs().iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests;
