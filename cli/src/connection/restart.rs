//! Has the functions start anew, so that they read the settings again.

use shared::aws::AwsError;
use shared::aws::connector::RequestCounter;
use shared::clock::Clock;

use super::error::ConnectionError;
use crate::deployment::Deployment;

/// The functions that read settings, as the stack's outputs name them.
const FUNCTIONS: [&str; 3] = ["TokenRefresherFunctionName", "FulfillmentFunctionName", "PrefetchWorkerFunctionName"];

/// Changes each function's description, which is the least that makes Lambda start it anew; what runs is run to its end.
/// Deploying again leaves it: CloudFormation looks at what changes in the template.
pub(super) async fn functions(deployment: &Deployment, clock: &Clock) -> Result<(), ConnectionError> {
    let lambda = aws_sdk_lambda::Client::new(&deployment.aws().sdk_config(&RequestCounter::default()));
    let description = format!("Started anew for changed settings at {:.0}.", clock.now());
    for output in FUNCTIONS {
        let function = deployment.output(output).map_err(ConnectionError::Deployment)?;
        let update = lambda.update_function_configuration().function_name(function).description(&description);
        update.send().await.map_err(|error| ConnectionError::NotRestarted {
            function: function.to_owned(),
            source: AwsError::new("lambda:UpdateFunctionConfiguration", &error),
        })?;
    }
    Ok(())
}
