//! AWS as a test itself asks it, beside the functions that it tests.

use std::time::Duration;

use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use shared::aws::Aws;
use shared::aws::connector::RequestCounter;

/// How long one attempt may take: that a machine is busy with other tests is no fault of AWS.
const PATIENCE: Duration = Duration::from_secs(60);

/// The configuration of a client that waits.
///
/// A function gives an attempt up after 2 s and asks again. Of a test that would be a second invocation, a second message
/// or a table that is there already: what it then counts is not what it asked for.
pub fn unhurried(aws: &Aws) -> SdkConfig {
    unhurried_and_counted(aws, &RequestCounter::default())
}

/// As [`unhurried`], for a client whose requests are counted.
pub fn unhurried_and_counted(aws: &Aws, requests: &RequestCounter) -> SdkConfig {
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(PATIENCE).build();
    aws.sdk_config(requests).into_builder().timeout_config(timeouts).build()
}
