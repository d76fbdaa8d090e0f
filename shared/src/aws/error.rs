//! What is kept of an SDK error.

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// Codes that don't end as most of AWS's do.
const OTHER_CODES: [&str; 12] = [
    "AccessDenied",
    "ExpiredToken",
    "IncompleteSignature",
    "InternalFailure",
    "InvalidClientTokenId",
    "MissingAuthenticationToken",
    "QueueDoesNotExist",
    "RequestExpired",
    "ServiceUnavailable",
    "SignatureDoesNotMatch",
    "Throttling",
    "AWS.SimpleQueueService.NonExistentQueue",
];

/// Whether this is an error code as AWS writes them. Anything else, even a single word, may be somebody's name or id, and
/// isn't repeated.
fn is_code(code: &str) -> bool {
    let is_word = code.len() <= 64 && code.chars().all(|c| c.is_ascii_alphabetic());
    let ends_as_one = ["Exception", "Error"].iter().any(|end| code.ends_with(end));
    (is_word && ends_as_one) || OTHER_CODES.contains(&code)
}

/// An AWS call that failed: the operation and its code. The SDK's own error prints response bodies and items, so it is
/// converted where it occurs and dropped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation} failed: {code}")]
pub struct AwsError {
    /// The operation in the service's words, such as `dynamodb:GetItem`.
    pub operation: &'static str,
    /// AWS's error code, or `timeout`, `no-connection`, `unreadable-response`, `not-sent`, `malformed-item`.
    pub code: String,
}

impl AwsError {
    /// Keeps the facts of `error`.
    pub fn new<E: ProvideErrorMetadata, R>(operation: &'static str, error: &SdkError<E, R>) -> Self {
        let code = match error {
            SdkError::ServiceError(context) => context.err().code().filter(|code| is_code(code)).unwrap_or("unknown"),
            SdkError::TimeoutError(_) => "timeout",
            SdkError::DispatchFailure(failure) if failure.is_timeout() => "timeout",
            SdkError::DispatchFailure(_) => "no-connection",
            SdkError::ResponseError(_) => "unreadable-response",
            _ => "not-sent",
        };
        Self { operation, code: code.to_owned() }
    }

    /// The item in the table is not one of ours.
    pub fn malformed_item(operation: &'static str) -> Self {
        Self { operation, code: "malformed-item".to_owned() }
    }

    /// The call did not end within its caller's deadline.
    pub fn deadline_exceeded(operation: &'static str) -> Self {
        Self { operation, code: "timeout".to_owned() }
    }

    /// A conditional write whose condition did not hold: a normal outcome, not a fault.
    pub fn is_condition_failed(&self) -> bool {
        self.code == "ConditionalCheckFailedException"
    }

    /// The call was refused for its rate.
    pub fn is_throttled(&self) -> bool {
        matches!(self.code.as_str(), "TooManyRequestsException" | "ThrottlingException" | "Throttling")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_told_apart_from_a_name() {
        for code in ["ProvisionedThroughputExceededException", "InternalServerError", "Throttling", "AccessDenied"] {
            assert!(is_code(code), "{code}");
        }
        for other in
            ["Camila", "erXuFYUfucBZaryVksYEcMg3", "4695555555", "Camila Lopez Exception", "Exception 1987", ""]
        {
            assert!(!is_code(other), "{other}");
        }
    }
}
