//! What goes wrong with a job, and what that means for its message.

use std::fmt;

use lambda_runtime::Diagnostic;
use shared::aws::AwsError;
use shared::connection_settings::SettingsError;
use shared::fhir::FhirError;
use shared::json::DecodeError;
use shared::prefetch_job::MalformedJob;
use shared::telemetry::ErrorChain;

/// A job that was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// The message is no job.
    #[error("the message is no job")]
    Decode(#[source] MalformedJob),
    /// The job is for another Epic than its call's.
    #[error("the job is for another connection than its call")]
    OtherConnection,
    /// The call's connection can't be served.
    #[error("the connection can't be served")]
    Connection(#[source] SettingsError),
    /// There is no such call yet: its record is written before the job is sent, so it will be there or never was.
    #[error("there is no such call")]
    NoSuchCall,
    /// The call's record could not be read.
    #[error("the call's record could not be read")]
    ReadCall(#[source] AwsError),
    /// The chart could not be read.
    #[error("the medications could not be read")]
    ReadMedications(#[source] FhirError),
    /// The list could not be stored.
    #[error("the medications could not be stored")]
    StoreMedications(#[source] AwsError),
    /// The appointments could not be read: the caller is answered live.
    #[error("the appointments could not be read")]
    ReadAppointments(#[source] FhirError),
    /// The appointments could not be stored.
    #[error("the appointments could not be stored")]
    StoreAppointments(#[source] AwsError),
    /// A fault of ours.
    #[error("a panic")]
    Panic,
}

/// What becomes of a job's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// It is reported as failed: it comes again, and after some times goes to the dead-letter queue.
    Retry,
    /// It is acknowledged: doing it again would end the same way, and the caller is answered by a live read.
    GiveUp,
}

impl JobError {
    /// What becomes of the message.
    pub fn disposition(&self) -> Disposition {
        match self {
            Self::Decode(_)
            | Self::OtherConnection
            | Self::Connection(_)
            | Self::NoSuchCall
            | Self::ReadCall(_)
            | Self::StoreMedications(_)
            // The message might be what panics: it must not come for ever, and the dead-letter queue tells a person.
            | Self::Panic => Disposition::Retry,
            // The medications are there, and are what the job is for.
            Self::ReadAppointments(_) | Self::StoreAppointments(_) => Disposition::GiveUp,
            Self::ReadMedications(error) => match error {
                FhirError::Token(_) | FhirError::Timeout | FhirError::SessionExpired | FhirError::Failure { .. } => {
                    Disposition::Retry
                }
                FhirError::Http(_) | FhirError::Status { .. } if error.is_transient() => Disposition::Retry,
                FhirError::Http(_)
                | FhirError::Status { .. }
                | FhirError::Restricted
                | FhirError::NotAuthorized { .. }
                | FhirError::FreshTokenRefused
                | FhirError::BadRequest { .. }
                | FhirError::TooMany { .. }
                | FhirError::Merged
                | FhirError::NotFound
                | FhirError::NotJson(_)
                | FhirError::NotABundle
                | FhirError::ForeignLink => Disposition::GiveUp,
            },
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Decode(_) => "job-malformed",
            Self::OtherConnection => "job-other-connection",
            Self::Connection(error) => error.code(),
            Self::NoSuchCall => "job-no-such-call",
            Self::ReadCall(_) => "call-not-read",
            Self::ReadMedications(error) | Self::ReadAppointments(error) => error.code(),
            Self::StoreMedications(_) => "medications-not-stored",
            Self::StoreAppointments(_) => "appointments-not-stored",
            Self::Panic => "job-panic",
        }
    }
}

/// A batch that fails as a whole. The runtime logs its `Debug`, so that says what its `Display` says.
#[derive(thiserror::Error)]
pub enum BatchError {
    /// The event is no batch of SQS messages.
    #[error("the event is no SQS batch")]
    DecodeEvent(#[source] DecodeError),
    /// A message has no id, so that its failure could not be reported. An empty id in its place would make Lambda take
    /// the batch for one thing or the other, silently.
    #[error("a message has no id")]
    NoMessageId,
}

impl BatchError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DecodeEvent(_) => "event-malformed",
            Self::NoMessageId => "message-without-id",
        }
    }
}

impl fmt::Debug for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", ErrorChain(self))
    }
}

impl From<BatchError> for Diagnostic {
    fn from(error: BatchError) -> Self {
        Self { error_type: error.code().to_owned(), error_message: format!("{error:?}") }
    }
}

#[cfg(test)]
mod tests {
    use shared::access_token::source::NoAccessToken;
    use shared::http::HttpError;

    use super::*;

    #[test]
    fn what_may_pass_is_retried_and_what_will_not_is_given_up() {
        for error in [
            FhirError::Token(NoAccessToken::Timeout),
            FhirError::Http(HttpError::Connect),
            FhirError::Timeout,
            FhirError::Status { status: 503 },
            FhirError::Status { status: 429 },
        ] {
            assert_eq!(JobError::ReadMedications(error).disposition(), Disposition::Retry);
        }
        for error in [
            FhirError::NotAuthorized { code: None },
            FhirError::BadRequest { code: Some(4100) },
            FhirError::Status { status: 302 },
            FhirError::Http(HttpError::TooLarge),
            FhirError::NotFound,
        ] {
            assert_eq!(JobError::ReadMedications(error).disposition(), Disposition::GiveUp);
        }
    }

    #[test]
    fn the_runtime_logs_the_causes_and_reports_a_stable_code() {
        let error = BatchError::DecodeEvent(shared::json::decode::<bool>(b"7").unwrap_err());
        assert!(format!("{error:?}").starts_with("the event is no SQS batch: not the JSON expected"));
        assert_eq!(Diagnostic::from(error).error_type, "event-malformed");
    }
}
