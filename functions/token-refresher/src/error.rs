//! Why a refresh failed.

use std::fmt;

use lambda_runtime::Diagnostic;
use shared::aws::AwsError;
use shared::telemetry::ErrorChain;

use crate::event::MalformedEvent;
use crate::kms_signer::SigningKeyError;
use crate::token_endpoint::TokenRequestError;

/// A refresh that did not end in an answer. Its `Debug` is its `Display` with all causes, since the runtime logs the
/// former: facts only, as in every error of ours.
pub struct RefreshError(pub(crate) Failure);

/// What failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Reading the event.
    #[error("the event is malformed")]
    DecodeEvent(#[source] MalformedEvent),
    /// The event is about another connection than ours.
    #[error("the event is for a connection that is not served here")]
    UnknownConnection,
    /// Reading the table.
    #[error("the stored token could not be read")]
    ReadToken(#[source] AwsError),
    /// Taking, renewing the lease.
    #[error("the lease could not be written")]
    WriteLease(#[source] AwsError),
    /// Reading the signing key's public part.
    #[error("there is no signing key")]
    SigningKey(#[source] SigningKeyError),
    /// Writing the assertion's claims.
    #[error("the client assertion could not be built")]
    BuildClientAssertion,
    /// Signing.
    #[error("the client assertion could not be signed")]
    SignClientAssertion(#[source] AwsError),
    /// The exchange with the token endpoint.
    #[error("no token was granted")]
    RequestToken(#[source] TokenRequestError),
    /// Signing and exchange took longer than an attempt may.
    #[error("an attempt took too long")]
    AttemptTimeout,
    /// Storing the token that was granted.
    #[error("the token could not be stored")]
    StoreToken(#[source] AwsError),
}

impl Failure {
    /// The stable code, in logs, replies and Lambda's `errorType`.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::DecodeEvent(_) => "malformed-event",
            Self::UnknownConnection => "unknown-connection",
            Self::ReadToken(_) | Self::WriteLease(_) | Self::StoreToken(_) => "access-token-table-failed",
            Self::SigningKey(SigningKeyError::Purpose | SigningKeyError::Unusable(_)) => "signing-key-unusable",
            Self::SigningKey(SigningKeyError::GetPublicKey(_))
            | Self::BuildClientAssertion
            | Self::SignClientAssertion(_) => "signing-failed",
            Self::RequestToken(error) => error.code(),
            Self::AttemptTimeout => "timeout",
        }
    }

    /// Whether trying again may end otherwise, without a person doing something.
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::ReadToken(_) | Self::WriteLease(_) | Self::StoreToken(_) | Self::AttemptTimeout => true,
            Self::SigningKey(SigningKeyError::GetPublicKey(error)) | Self::SignClientAssertion(error) => {
                may_pass(error)
            }
            Self::RequestToken(error) => error.is_retryable(),
            Self::DecodeEvent(_)
            | Self::UnknownConnection
            | Self::SigningKey(SigningKeyError::Purpose | SigningKeyError::Unusable(_))
            | Self::BuildClientAssertion => false,
        }
    }
}

/// Whether a KMS error is one of load or network rather than of the key, its policy or our role.
fn may_pass(error: &AwsError) -> bool {
    let transient = [
        "timeout",
        "no-connection",
        "unreadable-response",
        "KMSInternalException",
        "DependencyTimeoutException",
        "KeyUnavailableException",
        "InternalFailure",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    ];
    error.is_throttled() || transient.contains(&error.code.as_str())
}

impl RefreshError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }
}

impl fmt::Display for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", ErrorChain(&self.0))
    }
}

impl fmt::Debug for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl From<RefreshError> for Diagnostic {
    fn from(error: RefreshError) -> Self {
        Self { error_type: error.code().to_owned(), error_message: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_logs_and_reports_the_causes_and_a_stable_code() {
        let cause = AwsError { operation: "kms:Sign", code: "timeout".to_owned() };
        let error = RefreshError(Failure::SignClientAssertion(cause));
        let text = "the client assertion could not be signed: kms:Sign failed: timeout";
        assert_eq!((format!("{error:?}"), error.to_string()), (text.to_owned(), text.to_owned()));
        let diagnostic = Diagnostic::from(error);
        assert_eq!((diagnostic.error_type.as_str(), diagnostic.error_message.as_str()), ("signing-failed", text));
    }

    #[test]
    fn a_fault_of_the_key_or_our_role_is_final_and_one_of_load_is_not() {
        let sign = |code: &str| {
            Failure::SignClientAssertion(AwsError { operation: "kms:Sign", code: code.to_owned() }).is_retryable()
        };
        assert!(sign("ThrottlingException") && sign("timeout") && sign("KMSInternalException"));
        assert!(!sign("AccessDeniedException") && !sign("DisabledException") && !sign("NotFoundException"));
    }
}
