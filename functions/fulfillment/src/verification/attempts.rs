//! Attempts at verification, counted against guessing: per call, per calling number, per number that is said, and per
//! patient whose number or name it is (design.md, promise 5).
//!
//! Each counter is an item beside the calls, under a keyed hash: the table tells nobody which number or patient it is
//! about. It holds the set of its attempts' ids, so that an attempt delivered twice counts once. Counters are kept by the
//! clock's hour and by the day, which are in the key: then another item counts, whatever TTL has deleted by then (promise
//! 11).
//!
//! One transaction reserves an attempt in all its counters or in none, before anything is compared: however many patients
//! share the number, a try is one request, and guesses sent side by side can't pass a limit together. An attempt that
//! can't succeed, since a counter is full, costs the others nothing.

pub(crate) mod key;

use std::time::Duration;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;
use shared::aws::AwsError;
use shared::call_record::PatientId;
use shared::call_record::store::attribute::{CALL, EXPIRES_AT, ITEM};
use shared::connection::ConnectionName;

use self::key::{AttemptKey, AttemptSecret};
use super::phone::E164;

/// Tries in a call: a caller may mishear a question or misspeak twice. Then a person helps better.
pub(crate) const TRIES_PER_CALL: usize = 3;
/// Tries an hour from a number: a household's mistakes, not a search through birth dates.
const TRIES_PER_NUMBER: usize = 5;
/// Tries an hour at a patient, from wherever.
const TRIES_PER_PATIENT: usize = 5;
/// Tries a day from a number, and at a patient. Five an hour alone would be 120 a day: who forges a patient's number and
/// knows the year of their birth would need three days.
const TRIES_PER_DAY: usize = 10;
/// By the hour, so that whoever was locked out is not for long: the limits slow guessing, they punish nobody.
const HOUR_SECONDS: i64 = 60 * 60;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;
/// A call ends within a quarter of an hour; its counter is kept for longer than any.
const CALL_SECONDS: i64 = DAY_SECONDS;
/// Patients who share one number, at most: a household or a home. One transaction of DynamoDB's takes 100 items, two of
/// which are a patient's, and five of the caller's.
pub(crate) const MAX_CANDIDATES: usize = 47;

const OPERATION: &str = "dynamodb:UpdateItem attempts";
/// The set of attempt ids in a counter's item.
const ATTEMPTS: &str = "attempts";
/// Another attempt at the same counters, in flight at this moment, makes a transaction fail: try again, soon, this often.
const CONFLICT_TRIES: u32 = 4;
const CONFLICT_WAIT: Duration = Duration::from_millis(40);

/// One attempt: who tries, and what makes it this attempt and no other.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    /// Whose patient is claimed: an id is a patient's at one Epic only.
    pub connection: &'a ConnectionName,
    /// The call's id, if it has one.
    pub call: Option<&'a str>,
    /// The number called from, where it is known.
    pub calling_number: Option<&'a E164>,
    /// The number that is said, where one is. It has counters of its own: whoever claims a number that is another's locks
    /// that other out of nothing but claiming it too.
    pub said_number: Option<&'a E164>,
    /// What makes it this attempt, the same each time it is delivered: the number of the try, and what was said.
    pub said: &'a [&'a str],
}

/// Whether an attempt may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reservation {
    /// It is counted, and within all limits.
    Reserved,
    /// A counter is full: whatever was said, nobody is verified.
    Full,
}

/// The counters.
#[derive(Debug)]
pub(crate) struct AttemptCounters {
    dynamodb: aws_sdk_dynamodb::Client,
    table_name: String,
    secret: AttemptSecret,
}

struct Counter {
    partition: String,
    item: String,
    limit: usize,
    expires_at: i64,
}

impl AttemptCounters {
    /// The counters in the table of calls, named under `secret`.
    pub(crate) fn new(dynamodb: aws_sdk_dynamodb::Client, table_name: String, secret: AttemptSecret) -> Self {
        Self { dynamodb, table_name, secret }
    }

    /// Reads the secret, if that has not succeeded yet.
    ///
    /// # Errors
    /// [`AwsError`].
    pub(crate) async fn prepare(&self) -> Result<(), AwsError> {
        self.secret.key().await.map(drop)
    }

    /// Counts `attempt` at `candidates`, all of whose number it is, unless a counter is full.
    ///
    /// # Errors
    /// [`AwsError`]: it isn't known whether it is within the limits, so nobody may be verified.
    pub(crate) async fn reserve(
        &self,
        attempt: &Attempt<'_>,
        candidates: &[PatientId],
        now: Timestamp,
    ) -> Result<Reservation, AwsError> {
        let key = self.secret.key().await?;
        // More patients than share a number: the request is made all the same, since every try makes it.
        let (candidates, too_many) =
            if candidates.len() > MAX_CANDIDATES { (&[][..], true) } else { (candidates, false) };
        for remaining in (0..CONFLICT_TRIES).rev() {
            let items = self.updates(key, attempt, candidates, now, |counter, update, id| {
                update
                    .update_expression("ADD #attempts :attempt SET #expires_at = :expires_at")
                    .condition_expression(
                        "attribute_not_exists(#attempts) OR size(#attempts) < :limit OR contains(#attempts, :id)",
                    )
                    .expression_attribute_names("#expires_at", EXPIRES_AT)
                    .expression_attribute_values(":id", AttributeValue::S(id.to_owned()))
                    .expression_attribute_values(":limit", AttributeValue::N(counter.limit.to_string()))
                    .expression_attribute_values(":expires_at", AttributeValue::N(counter.expires_at.to_string()))
            })?;
            let Err(error) = self.dynamodb.transact_write_items().set_transact_items(Some(items)).send().await else {
                return Ok(if too_many { Reservation::Full } else { Reservation::Reserved });
            };
            match error.as_service_error().map(cancellation) {
                Some(Cancellation::Full) => return Ok(Reservation::Full),
                Some(Cancellation::Conflict) if remaining > 0 => tokio::time::sleep(CONFLICT_WAIT).await,
                _ => return Err(AwsError::new(OPERATION, &error)),
            }
        }
        Err(AwsError { operation: OPERATION, code: "TransactionConflict".to_owned() })
    }

    /// Takes `attempt` back, since it succeeded.
    ///
    /// # Errors
    /// [`AwsError`]: it stays counted, which costs the caller a try.
    pub(crate) async fn release(
        &self,
        attempt: &Attempt<'_>,
        candidates: &[PatientId],
        now: Timestamp,
    ) -> Result<(), AwsError> {
        let key = self.secret.key().await?;
        let items = self.updates(key, attempt, candidates, now, |_, update, _| {
            // Where nothing was counted, nothing is made.
            update.update_expression("DELETE #attempts :attempt").condition_expression("attribute_exists(#attempts)")
        })?;
        let sent = self.dynamodb.transact_write_items().set_transact_items(Some(items)).send().await;
        sent.map(drop).map_err(|error| AwsError::new(OPERATION, &error))
    }

    /// One update for each counter of `attempt`, which `complete` completes, given the attempt's id.
    fn updates(
        &self,
        key: &AttemptKey,
        attempt: &Attempt<'_>,
        candidates: &[PatientId],
        now: Timestamp,
        complete: impl Fn(&Counter, UpdateBuilder, &str) -> UpdateBuilder,
    ) -> Result<Vec<TransactWriteItem>, AwsError> {
        let id = key.name(&[&[attempt.call.unwrap_or_default()], attempt.said].concat());
        let items = counters(key, attempt, candidates, now).map(|counter| {
            let update = Update::builder()
                .table_name(&self.table_name)
                .key(CALL, AttributeValue::S(counter.partition.clone()))
                .key(ITEM, AttributeValue::S(counter.item.clone()))
                .expression_attribute_names("#attempts", ATTEMPTS)
                .expression_attribute_values(":attempt", AttributeValue::Ss(vec![id.clone()]));
            let update = complete(&counter, update, &id).build().map_err(|_| AwsError::malformed_item(OPERATION))?;
            Ok(TransactWriteItem::builder().update(update).build())
        });
        items.collect()
    }
}

/// The counters of `attempt`.
fn counters(
    key: &AttemptKey,
    attempt: &Attempt<'_>,
    candidates: &[PatientId],
    now: Timestamp,
) -> impl Iterator<Item = Counter> {
    let partition = |kind: &str, whom: &[&str]| format!("attempts#{kind}#{}", key.name(&[&[kind], whom].concat()));
    let within = |kind: &str, whom: &[&str], window: i64, limit| {
        let number = now.as_second().div_euclid(window);
        Counter {
            partition: partition(kind, whom),
            item: format!("{ATTEMPTS}#{number}"),
            limit,
            expires_at: (number + 1) * window,
        }
    };
    let call = attempt.call.map(|call| Counter {
        partition: partition("call", &[call]),
        item: ATTEMPTS.to_owned(),
        limit: TRIES_PER_CALL,
        expires_at: now.as_second() + CALL_SECONDS,
    });
    let number = |number: Option<&E164>, hour: &str, day: &str| {
        let counters = number.map(E164::expose).map(|number| {
            [
                within(hour, &[number], HOUR_SECONDS, TRIES_PER_NUMBER),
                within(day, &[number], DAY_SECONDS, TRIES_PER_DAY),
            ]
        });
        counters.into_iter().flatten()
    };
    let calling = number(attempt.calling_number, "number", "number-day");
    let said = number(attempt.said_number, "said", "said-day");
    let connection = attempt.connection.as_str();
    let patients = candidates.iter().map(PatientId::expose).flat_map(|patient| {
        [
            within("patient", &[connection, patient], HOUR_SECONDS, TRIES_PER_PATIENT),
            within("patient-day", &[connection, patient], DAY_SECONDS, TRIES_PER_DAY),
        ]
    });
    call.into_iter().chain(calling).chain(said).chain(patients).collect::<Vec<_>>().into_iter()
}

enum Cancellation {
    Full,
    Conflict,
    Other,
}

fn cancellation(error: &TransactWriteItemsError) -> Cancellation {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else {
        return Cancellation::Other;
    };
    let has = |code| cancelled.cancellation_reasons().iter().any(|reason| reason.code() == Some(code));
    if has("ConditionalCheckFailed") {
        Cancellation::Full
    } else if has("TransactionConflict") {
        Cancellation::Conflict
    } else {
        Cancellation::Other
    }
}
