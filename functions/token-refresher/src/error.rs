//! Why a refresh failed.

use std::fmt;

use lambda_runtime::Diagnostic;
use shared::aws::AwsError;
use shared::connection_settings::SettingsError;
use shared::telemetry::ErrorChain;

use crate::event::MalformedEvent;
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
    /// Opening the connection that the event is about.
    #[error("the connection can't be served")]
    Connection(#[source] SettingsError),
    /// Reading the table.
    #[error("the stored token could not be read")]
    ReadToken(#[source] AwsError),
    /// Taking, renewing the lease.
    #[error("the lease could not be written")]
    WriteLease(#[source] AwsError),
    /// Reading which key signs.
    #[error("the signing keys could not be read")]
    ReadSigningKeys(#[source] AwsError),
    /// No key signs for the connection yet.
    #[error("the connection has no signing key: careline provision gives it one")]
    NoSigningKey,
    /// A key was to be tried that the connection hasn't got.
    #[error("the connection has no such key")]
    KeyNotInRing,
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
            Self::Connection(error) => error.code(),
            Self::ReadToken(_) | Self::WriteLease(_) | Self::StoreToken(_) => "access-token-table-failed",
            Self::ReadSigningKeys(_) => "signing-key-table-failed",
            Self::NoSigningKey => "no-signing-key",
            Self::KeyNotInRing => "key-not-in-ring",
            Self::SignClientAssertion(error) if error.code == "AccessDeniedException" => "signing-not-permitted",
            Self::SignClientAssertion(error) if is_of_the_key(error) => "signing-key-unusable",
            Self::BuildClientAssertion | Self::SignClientAssertion(_) => "signing-failed",
            Self::RequestToken(error) => error.code(),
            Self::AttemptTimeout => "timeout",
        }
    }

    /// Whether trying again may end otherwise, without a person doing something.
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::ReadToken(_)
            | Self::WriteLease(_)
            | Self::StoreToken(_)
            | Self::ReadSigningKeys(_)
            | Self::Connection(SettingsError::Read(_))
            | Self::AttemptTimeout => true,
            Self::SignClientAssertion(error) => may_pass(error),
            Self::RequestToken(error) => error.is_retryable(),
            Self::DecodeEvent(_)
            | Self::Connection(_)
            | Self::NoSigningKey
            | Self::KeyNotInRing
            | Self::BuildClientAssertion => false,
        }
    }
}

/// Whether KMS refuses the key itself: disabled, to be deleted, gone, or for another algorithm.
fn is_of_the_key(error: &AwsError) -> bool {
    ["DisabledException", "KMSInvalidStateException", "NotFoundException", "InvalidKeyUsageException"]
        .contains(&error.code.as_str())
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

    #[test]
    fn a_key_that_kms_refuses_and_one_that_our_role_may_not_use_have_codes_of_their_own() {
        let code =
            |code: &str| Failure::SignClientAssertion(AwsError { operation: "kms:Sign", code: code.to_owned() }).code();
        assert_eq!((code("DisabledException"), code("timeout")), ("signing-key-unusable", "signing-failed"));
        assert_eq!(code("AccessDeniedException"), "signing-not-permitted");
    }
}
