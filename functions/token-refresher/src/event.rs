//! What invokes token-refresher: the schedule, in any of the forms it may come in, a call that needs a token, or an
//! operator's command that has something tried.

use serde::Deserialize;
use shared::connection::ConnectionName;
use shared::json::{self, DecodeError};
use shared::refresh_request::RefreshReason;

/// Why a refresh was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// The schedule fired.
    Schedule,
    /// A call found no usable token.
    Missing,
    /// Epic refused the token of this version with 401.
    Rejected(u64),
}

/// An event, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// A token is to be looked after.
    Refresh {
        /// Whose token; `None` where the event names no connection: then all of them.
        connection: Option<ConnectionName>,
        /// Why.
        trigger: Trigger,
    },
    /// It is to be found out what the token endpoint answers, and nothing else.
    Check {
        /// For whom.
        connection: ConnectionName,
    },
    /// It is to be found out whether a key can be signed with, and nothing else.
    Sign {
        /// Whose key.
        connection: ConnectionName,
        /// Which.
        kid: String,
    },
}

/// An event of no form that we know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MalformedEvent {
    /// Its JSON is another.
    #[error("the event can't be read")]
    Json(#[source] DecodeError),
    /// It is neither from a schedule nor a request.
    #[error("the event gives neither a schedule's source nor a reason")]
    NoReason,
    /// A rejection without the version rejected.
    #[error("the event gives no rejected version")]
    NoRejectedVersion,
    /// A check of nobody in particular.
    #[error("the event gives no connection to check")]
    NoConnection,
    /// No key in particular is to be tried.
    #[error("the event gives no key to sign with")]
    NoKid,
}

/// The fields of every form together; others are ignored.
#[derive(Deserialize)]
struct Payload {
    /// `aws.scheduler` (EventBridge Scheduler without an input of its own) or `aws.events` (a rule).
    source: Option<String>,
    connection: Option<ConnectionName>,
    reason: Option<RefreshReason>,
    rejected_version: Option<u64>,
    kid: Option<String>,
}

impl Event {
    /// Reads an event.
    ///
    /// # Errors
    /// [`MalformedEvent`], which repeats nothing of it.
    pub(crate) fn decode(payload: &str) -> Result<Self, MalformedEvent> {
        let payload: Payload = json::decode(payload.as_bytes()).map_err(MalformedEvent::Json)?;
        let trigger = match (payload.reason, payload.rejected_version) {
            (Some(RefreshReason::Schedule), _) => Trigger::Schedule,
            (Some(RefreshReason::Missing), _) => Trigger::Missing,
            (Some(RefreshReason::Rejected), Some(version)) => Trigger::Rejected(version),
            (Some(RefreshReason::Rejected), None) => return Err(MalformedEvent::NoRejectedVersion),
            (Some(RefreshReason::Check), _) => {
                let connection = payload.connection.ok_or(MalformedEvent::NoConnection)?;
                return Ok(Self::Check { connection });
            }
            (Some(RefreshReason::Sign), _) => {
                let connection = payload.connection.ok_or(MalformedEvent::NoConnection)?;
                return Ok(Self::Sign { connection, kid: payload.kid.ok_or(MalformedEvent::NoKid)? });
            }
            (None, _) => match payload.source.as_deref() {
                Some("aws.scheduler" | "aws.events") => Trigger::Schedule,
                _ => return Err(MalformedEvent::NoReason),
            },
        };
        Ok(Self::Refresh { connection: payload.connection, trigger })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sandbox() -> Option<ConnectionName> {
        Some(ConnectionName::parse("sandbox").unwrap())
    }

    #[test]
    fn the_schedule_is_known_in_each_of_its_forms() {
        let input = r#"{"connection": "sandbox", "reason": "schedule"}"#;
        assert_eq!(Event::decode(input), Ok(Event::Refresh { connection: sandbox(), trigger: Trigger::Schedule }));
        // Scheduler's own payload has its detail as text, a rule's as an object (EventBridge user guides).
        for (source, detail) in [("aws.scheduler", r#""{}""#), ("aws.events", "{}")] {
            let event = format!(
                r#"{{"version": "0", "id": "53dc4d37", "detail-type": "Scheduled Event", "source": "{source}",
                     "account": "123456789012", "time": "2026-11-23T10:00:00Z", "region": "us-east-1",
                     "resources": ["arn"], "detail": {detail}}}"#
            );
            assert_eq!(Event::decode(&event), Ok(Event::Refresh { connection: None, trigger: Trigger::Schedule }));
        }
    }

    #[test]
    fn a_call_asks_for_a_missing_or_a_rejected_token() {
        let missing = r#"{"connection": "sandbox", "reason": "missing", "added_later": true}"#;
        assert_eq!(Event::decode(missing), Ok(Event::Refresh { connection: sandbox(), trigger: Trigger::Missing }));
        let rejected = r#"{"connection": "sandbox", "reason": "rejected", "rejected_version": 7}"#;
        let expected = Event::Refresh { connection: sandbox(), trigger: Trigger::Rejected(7) };
        assert_eq!(Event::decode(rejected), Ok(expected));
    }

    #[test]
    fn an_operator_asks_for_a_check_of_one_connection() {
        let check = r#"{"connection": "sandbox", "reason": "check"}"#;
        assert_eq!(Event::decode(check), Ok(Event::Check { connection: sandbox().unwrap() }));
        assert_eq!(Event::decode(r#"{"reason": "check"}"#), Err(MalformedEvent::NoConnection));
    }

    #[test]
    fn an_operator_has_one_key_of_one_connection_tried() {
        let sign = r#"{"connection": "sandbox", "reason": "sign", "kid": "kid-2"}"#;
        let expected = Event::Sign { connection: sandbox().unwrap(), kid: "kid-2".to_owned() };
        assert_eq!(Event::decode(sign), Ok(expected));
        assert_eq!(Event::decode(r#"{"reason": "sign", "kid": "kid-2"}"#), Err(MalformedEvent::NoConnection));
        assert_eq!(Event::decode(r#"{"connection": "sandbox", "reason": "sign"}"#), Err(MalformedEvent::NoKid));
    }

    #[test]
    fn anything_else_is_malformed_and_not_repeated() {
        for event in [
            "{}",
            "null",
            "[]",
            r#""s3cret""#,
            r#"{"source": "s3cret"}"#,
            r#"{"reason": "s3cret"}"#,
            r#"{"connection": "s3cret S3CRET", "reason": "missing"}"#,
            r#"{"connection": "sandbox", "reason": "rejected"}"#,
            r#"{"connection": "sandbox", "reason": "rejected", "rejected_version": "s3cret"}"#,
        ] {
            let error = Event::decode(event).unwrap_err();
            let shown = format!("{} {error:?}", shared::telemetry::ErrorChain(&error));
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
}
