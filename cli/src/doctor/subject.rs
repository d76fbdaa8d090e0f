//! What is examined: one connection of a deployed stack, with an operator's credentials.

use shared::aws::connector::RequestCounter;
use shared::clock::Clock;
use shared::connection::ConnectionName;

use super::cause::Cause;
use super::report::Diagnosis;
use super::test_patient::TestPatient;
use crate::deployment::Deployment;

/// What is examined, and by whom.
pub struct Subject<'a> {
    /// The stack.
    pub deployment: &'a Deployment,
    /// The connection.
    pub connection: ConnectionName,
    /// This machine's clock.
    pub clock: &'a Clock,
    /// A patient by whom the search is tried out.
    pub test_patient: Option<&'a TestPatient>,
}

impl Subject<'_> {
    /// An output of the stack.
    pub(super) fn output(&self, name: &str) -> Result<&str, Diagnosis> {
        self.deployment.output(name).map_err(|error| Diagnosis::new(Cause::AwsUnreachable, error.to_string()))
    }

    /// Secrets Manager as the operator.
    pub(super) fn secrets(&self) -> aws_sdk_secretsmanager::Client {
        aws_sdk_secretsmanager::Client::new(&self.deployment.aws().sdk_config(&RequestCounter::default()))
    }

    /// SQS as the operator.
    pub(super) fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&self.deployment.aws().sdk_config(&RequestCounter::default()))
    }
}
