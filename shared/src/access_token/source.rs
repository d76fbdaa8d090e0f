//! How a call gets a usable token: from the table, and when there is none, by having token-refresher replace it.
//!
//! Any number of callers may find the token missing at once. Each asks token-refresher; one of those takes the lease, and
//! everybody reads the table until the token is there (design.md, promise 2). Nobody here signs anything (promise 3).

use std::pin::pin;
use std::time::Duration;

use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use tokio::time::Instant;

use super::AccessToken;
use super::store::{AccessTokenStore, TokenRecord};
use crate::aws::AwsError;
use crate::clock::Clock;
use crate::connection::ConnectionName;
use crate::deadline::Deadline;
use crate::environment::Variable;
use crate::json;
use crate::metrics::Metric;
use crate::refresh_request::{RefreshReason, RefreshReply, RefreshRequest};

/// The function to invoke for a token.
pub const TOKEN_REFRESHER_FUNCTION_NAME: Variable = Variable {
    name: "TOKEN_REFRESHER_FUNCTION_NAME",
    expectation: "a Lambda function's name or ARN",
    default: None,
    purpose: "token-refresher, invoked when a call finds no usable token.",
};

/// How soon the table is read again while a token is awaited: a refresh takes some hundred milliseconds.
const FIRST_POLL: Duration = Duration::from_millis(100);
/// The pauses grow to this, so that many callers who wait for a dead holder's lease to end are no load on the table.
const LONGEST_POLL: Duration = Duration::from_millis(600);
/// When to ask again after token-refresher could not be had, or failed in a way that may pass.
const ASK_AGAIN_AFTER: Duration = Duration::from_millis(600);

/// There is no usable token, and within the call there will be none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAccessToken {
    /// The table can't be read.
    #[error("the access token could not be read")]
    Read(#[source] AwsError),
    /// token-refresher could not be asked.
    #[error("token-refresher could not be invoked")]
    Invoke(#[source] AwsError),
    /// token-refresher failed.
    #[error("token-refresher answered {code}")]
    Refused {
        /// Its stable code.
        code: String,
    },
    /// Epic refused a token that had just been obtained: a fault of permissions.
    #[error("a fresh access token was refused")]
    FreshTokenRejected,
    /// Nobody stored a token in time.
    #[error("no access token came in time")]
    Timeout,
}

/// What asking token-refresher led to.
enum Asked {
    /// Read the table; ask again after this long if nothing came.
    ReadAgain(Duration),
    /// It did not work this time, and may the next.
    Failed(NoAccessToken),
}

/// A connection's tokens, for fulfillment and prefetch-worker.
#[derive(Debug, Clone)]
pub struct AccessTokenSource {
    store: AccessTokenStore,
    lambda: aws_sdk_lambda::Client,
    token_refresher: String,
    connection: ConnectionName,
    clock: Clock,
}

impl AccessTokenSource {
    /// The tokens of `connection`. `lambda` must have no time-outs or retries of its own
    /// ([`crate::aws::Aws::sdk_config_for_invoke`]).
    pub fn new(
        store: AccessTokenStore,
        lambda: aws_sdk_lambda::Client,
        token_refresher: String,
        connection: ConnectionName,
        clock: Clock,
    ) -> Self {
        Self { store, lambda, token_refresher, connection, clock }
    }

    /// The connection's name.
    pub fn connection(&self) -> &ConnectionName {
        &self.connection
    }

    /// The stored token if it is usable, else a new one, within `deadline`.
    ///
    /// # Errors
    /// [`NoAccessToken`].
    pub async fn usable(&self, deadline: Deadline) -> Result<AccessToken, NoAccessToken> {
        self.obtain(None, deadline).await
    }

    /// Another token than the one of `rejected_version`, which Epic refused with 401, within `deadline`.
    ///
    /// # Errors
    /// [`NoAccessToken`].
    pub async fn replacing(&self, rejected_version: u64, deadline: Deadline) -> Result<AccessToken, NoAccessToken> {
        self.obtain(Some(rejected_version), deadline).await
    }

    /// Tells CloudWatch that Epic refused a token that [`AccessTokenSource::replacing`] gave: whoever is answered so knows
    /// first, and where few call nobody asks token-refresher again soon enough for it to see.
    pub fn tell_fresh_token_refused(&self) {
        Metric::TokenRejectedFresh.record(&self.connection, 1, &self.clock);
    }

    async fn obtain(&self, rejected: Option<u64>, deadline: Deadline) -> Result<AccessToken, NoAccessToken> {
        let mut record = self.read(deadline).await?;
        let mut failure = NoAccessToken::Timeout;
        let mut poll = FIRST_POLL;
        loop {
            if let Some(token) = self.acceptable(&record, rejected) {
                return Ok(token);
            }
            // The table is read while token-refresher is waited for, too: the one asked may hang, and another store.
            let mut asking = pin!(self.ask(self.request(&record, rejected), deadline));
            let mut ask_again_at = None;
            while ask_again_at.is_none_or(|at| Instant::now() < at) {
                if deadline.for_request() < poll {
                    return Err(failure);
                }
                tokio::select! {
                    asked = &mut asking, if ask_again_at.is_none() => {
                        let after = match asked? {
                            Asked::ReadAgain(after) => after,
                            Asked::Failed(error) => {
                                failure = error;
                                ASK_AGAIN_AFTER
                            }
                        };
                        ask_again_at = Some(Instant::now() + after);
                    }
                    () = tokio::time::sleep(poll) => poll = (poll * 3 / 2).min(LONGEST_POLL),
                }
                match self.read(deadline).await {
                    Ok(read) => record = read,
                    // That the time is up says less than what went wrong before.
                    Err(NoAccessToken::Timeout) => {}
                    // It may pass, and there is time left.
                    Err(error) => failure = error,
                }
                if let Some(token) = self.acceptable(&record, rejected) {
                    return Ok(token);
                }
            }
        }
    }

    fn acceptable(&self, record: &TokenRecord, rejected: Option<u64>) -> Option<AccessToken> {
        record.usable_at(self.clock.now()).filter(|token| rejected != Some(token.version)).cloned()
    }

    async fn read(&self, deadline: Deadline) -> Result<TokenRecord, NoAccessToken> {
        deadline
            .request(self.store.read(&self.connection))
            .await
            .map_err(|_| NoAccessToken::Timeout)?
            .map_err(NoAccessToken::Read)
    }

    fn request(&self, record: &TokenRecord, rejected: Option<u64>) -> RefreshRequest {
        // A rejected token that has meanwhile expired or gone is simply missing.
        let rejected_version = rejected.filter(|_| record.usable_at(self.clock.now()).is_some());
        RefreshRequest {
            connection: self.connection.clone(),
            reason: if rejected_version.is_some() { RefreshReason::Rejected } else { RefreshReason::Missing },
            rejected_version,
            kid: None,
        }
    }

    /// Asks token-refresher to replace the token.
    ///
    /// # Errors
    /// Those that no second try mends.
    async fn ask(&self, request: RefreshRequest, deadline: Deadline) -> Result<Asked, NoAccessToken> {
        match self.invoke(&request, deadline).await {
            // Neither a check nor a probe is asked for by anybody here.
            Ok(
                RefreshReply::Refreshed { .. }
                | RefreshReply::StillValid
                | RefreshReply::Checked(_)
                | RefreshReply::Signed { .. },
            ) => Ok(Asked::ReadAgain(ASK_AGAIN_AFTER)),
            Ok(RefreshReply::HeldByOther { lease_ends_in_ms }) => {
                Ok(Asked::ReadAgain(Duration::from_millis(lease_ends_in_ms)))
            }
            Ok(RefreshReply::TooSoon) => Err(NoAccessToken::FreshTokenRejected),
            Ok(RefreshReply::Failed { code, retryable: true }) => Ok(Asked::Failed(NoAccessToken::Refused { code })),
            Ok(RefreshReply::Failed { code, retryable: false }) => Err(NoAccessToken::Refused { code }),
            Err(error) if is_final(&error) => Err(NoAccessToken::Invoke(error)),
            // Others' invokes fill its concurrency, or the one that took ours died: somebody else refreshes for us.
            Err(error) => Ok(Asked::Failed(NoAccessToken::Invoke(error))),
        }
    }

    async fn invoke(&self, request: &RefreshRequest, deadline: Deadline) -> Result<RefreshReply, AwsError> {
        const OPERATION: &str = "lambda:Invoke token-refresher";
        let failed = |code: &str| AwsError { operation: OPERATION, code: code.to_owned() };
        let payload = serde_json::to_vec(request).map_err(|_| failed("not-sent"))?;
        let invoke = self
            .lambda
            .invoke()
            .function_name(&self.token_refresher)
            .invocation_type(InvocationType::RequestResponse)
            .payload(Blob::new(payload))
            .send();
        let output = deadline
            .request(invoke)
            .await
            .map_err(|_| AwsError::deadline_exceeded(OPERATION))?
            .map_err(|error| AwsError::new(OPERATION, &error))?;
        if output.function_error().is_some() {
            return Err(failed("function-error"));
        }
        let payload = output.payload().map(Blob::as_ref).unwrap_or_default();
        json::decode(payload).map_err(|_| failed("unreadable-response"))
    }
}

/// Whether invoking failed for our role, our configuration or our request: asking again would end the same.
fn is_final(error: &AwsError) -> bool {
    matches!(error.code.as_str(), "AccessDeniedException" | "ResourceNotFoundException" | "not-sent")
}
