//! token-refresher, asked by an operator's command: what has to be signed is signed with its role (design.md, promise 3).

use std::time::Duration;

use shared::refresh_request::{RefreshReply, RefreshRequest};

use crate::deployment::{Deployment, DeploymentError};
use crate::lambda::DeployedFunction;
use crate::lex::invocation::Invocation;

/// How long an answer may take: longer than the function itself, which is ended after 20 s.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// Its name is not known.
    #[error(transparent)]
    Deployment(DeploymentError),
    /// The request can't be written.
    #[error("its event can't be written")]
    Request,
    /// It was not invoked.
    #[error("lambda:Invoke failed: {code}")]
    NotInvoked {
        /// AWS's error code, or `timeout`.
        code: String,
    },
    /// It failed.
    #[error("it ended in an error; its log tells which")]
    Failed,
    /// It answered something else.
    #[error("its answer can't be read")]
    Unreadable,
}

/// Asks it, once.
pub(crate) async fn ask(deployment: &Deployment, request: &RefreshRequest) -> Result<RefreshReply, NoAnswer> {
    let name = deployment.token_refresher_function_name().map_err(NoAnswer::Deployment)?;
    let payload = serde_json::to_vec(request).map_err(|_| NoAnswer::Request)?;
    let function = DeployedFunction::new(deployment.aws(), name);
    match tokio::time::timeout(PATIENCE, function.invoke(payload)).await {
        Ok(Invocation::Answered(reply)) => shared::json::decode(&reply).map_err(|_| NoAnswer::Unreadable),
        Ok(Invocation::FunctionError(_)) => Err(NoAnswer::Failed),
        Ok(Invocation::NotInvoked { code }) => Err(NoAnswer::NotInvoked { code }),
        Err(_) => Err(NoAnswer::NotInvoked { code: "timeout".to_owned() }),
    }
}
