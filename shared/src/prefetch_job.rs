//! The message from fulfillment to prefetch-worker: references only, never a patient's id.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::call_record::CallReference;
use crate::connection::ConnectionName;
use crate::json::{self, DecodeError};

/// The one version of the message there is.
pub const VERSION: u32 = 1;

/// A job this old is acknowledged without work: the caller has long been answered by a live read. The queue gives one that
/// failed two tries more before that (`VisibilityTimeout` in `template.yaml`).
pub const STALE_AFTER: Duration = Duration::from_secs(60);

/// "This caller is verified: read their medications before they ask."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrefetchJob {
    /// [`VERSION`].
    pub version: u32,
    /// Whose Epic.
    pub connection: ConnectionName,
    /// The call, under which the caller's id is stored and the list will be.
    pub call: CallReference,
    /// When the message was sent.
    pub enqueued_at: Timestamp,
}

/// A message that is no job of ours: it fails until the redrive policy carries it to the dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MalformedJob {
    /// Not the JSON of a job.
    #[error("not a prefetch job")]
    Malformed(#[source] DecodeError),
    /// A job of a version that this worker doesn't know. It is a number of anybody's choice, so it isn't repeated.
    #[error("a prefetch job of unknown version")]
    UnknownVersion,
}

impl PrefetchJob {
    /// The message's body.
    ///
    /// # Panics
    /// Never: the fields are text and numbers.
    pub fn to_message(&self) -> String {
        #[expect(clippy::expect_used, reason = "text and numbers always serialise")]
        serde_json::to_string(self).expect("a job serialises")
    }

    /// Reads a message's body. Fields we don't know are ignored: a newer sender may add some.
    ///
    /// # Errors
    /// [`MalformedJob`], which repeats nothing of the body.
    pub fn from_message(body: &str) -> Result<Self, MalformedJob> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let Versioned { version } = json::decode(body.as_bytes()).map_err(MalformedJob::Malformed)?;
        if version != VERSION {
            return Err(MalformedJob::UnknownVersion);
        }
        json::decode(body.as_bytes()).map_err(MalformedJob::Malformed)
    }

    /// Whether the job is too old to be of use.
    pub fn is_stale_at(&self, now: Timestamp) -> bool {
        now.duration_since(self.enqueued_at) >= jiff::SignedDuration::try_from(STALE_AFTER).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::Randomness;

    fn job() -> PrefetchJob {
        PrefetchJob {
            version: VERSION,
            connection: ConnectionName::parse("sandbox").unwrap(),
            call: CallReference::new(&Randomness::from_fn(|buffer| buffer.fill(7))),
            enqueued_at: "2026-11-23T10:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_message_reads_back_and_a_field_that_a_newer_sender_adds_does_no_harm() {
        let message = job().to_message();
        assert_eq!(PrefetchJob::from_message(&message), Ok(job()));
        assert_eq!(PrefetchJob::from_message(&message.replacen('{', r#"{"more": [1],"#, 1)), Ok(job()));
    }

    #[test]
    fn an_unknown_version_is_told_from_a_malformed_message() {
        let newer = job().to_message().replace(r#""version":1"#, r#""version":2"#);
        assert_eq!(PrefetchJob::from_message(&newer), Err(MalformedJob::UnknownVersion));
        let message = job().to_message();
        for body in ["", "{}", "not JSON", r#"{"version": "1"}"#, &message.replace("sandbox", "San D"), &message[1..]] {
            assert!(matches!(PrefetchJob::from_message(body), Err(MalformedJob::Malformed(_))), "{body}");
        }
    }

    #[test]
    fn nothing_of_a_malformed_message_is_repeated() {
        let error = PrefetchJob::from_message(r#"{"version": 1, "connection": "Jane Doe"}"#).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("Jane"));
    }

    #[test]
    fn a_job_is_stale_after_a_minute() {
        let at = |text: &str| text.parse().unwrap();
        assert!(!job().is_stale_at(at("2026-11-23T10:00:59Z")));
        assert!(job().is_stale_at(at("2026-11-23T10:01:00Z")));
        assert!(!job().is_stale_at(at("2026-11-23T09:59:00Z")), "a sender whose clock is ahead");
    }
}
