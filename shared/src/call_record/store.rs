//! The `Calls` table: a partition a call, read whole by one strongly consistent Query.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{AppointmentsOutcome, CallRecord, CallReference, MedicationsOutcome, VerifiedCaller};
use crate::aws::AwsError;
use crate::environment::Variable;
use crate::json;

/// The table's name.
pub const CALL_TABLE_NAME: Variable = Variable {
    name: "CALL_TABLE_NAME",
    expectation: "a DynamoDB table's name",
    default: None,
    purpose: "The table that holds the calls in progress and the counters of attempts.",
};

/// The items' attributes.
pub mod attribute {
    /// Partition key: the call's reference (or a counter's hashed name).
    pub const CALL: &str = "call";
    /// Sort key: which item of the call.
    pub const ITEM: &str = "item";
    /// The item's JSON, or a part of it.
    pub const BODY: &str = "body";
    /// How many parts the item has.
    pub const PARTS: &str = "parts";
    /// The TTL attribute, in epoch seconds. DynamoDB deletes days later: every read checks it itself.
    pub const EXPIRES_AT: &str = "expires_at";
}

const CALLER: &str = "caller";
const MEDICATIONS: &str = "medications";
const APPOINTMENTS: &str = "appointments";
/// The most of a body in one item. An item may have 400 KB with its names and keys; the rest is room to spare.
const PART_BYTES: usize = 350_000;

/// Reads and writes calls.
#[derive(Debug, Clone)]
pub struct CallStore {
    dynamodb: aws_sdk_dynamodb::Client,
    table_name: String,
}

/// Whether a write took effect.
#[must_use = "a write may have had no effect"]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is stored now.
    Stored,
    /// It was there before: the first writer wins, and a second delivery changes nothing.
    AlreadyThere,
}

impl CallStore {
    /// The store in `table_name`.
    pub fn new(dynamodb: aws_sdk_dynamodb::Client, table_name: String) -> Self {
        Self { dynamodb, table_name }
    }

    /// Opens a call: writes its caller item.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn open(&self, call: &CallReference, caller: &VerifiedCaller) -> Result<Written, AwsError> {
        const OPERATION: &str = "dynamodb:PutItem caller";
        let body = serde_json::to_string(caller).map_err(|_| AwsError::malformed_item(OPERATION))?;
        let parts = vec![(CALLER.to_owned(), body)];
        self.write(OPERATION, call, parts, caller.expires_at).await
    }

    /// Stores what became of reading the medications, unless that is stored already. `expires_at` is the call's.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn write_medications(
        &self,
        call: &CallReference,
        medications: &MedicationsOutcome,
        expires_at: Timestamp,
    ) -> Result<Written, AwsError> {
        self.write_outcome("dynamodb:PutItem medications", call, MEDICATIONS, medications, expires_at).await
    }

    /// Stores what became of reading the appointments, unless that is stored already. `expires_at` is the call's.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn write_appointments(
        &self,
        call: &CallReference,
        appointments: &AppointmentsOutcome,
        expires_at: Timestamp,
    ) -> Result<Written, AwsError> {
        self.write_outcome("dynamodb:PutItem appointments", call, APPOINTMENTS, appointments, expires_at).await
    }

    /// Reads a call. `None` if there is none, or it had expired at `now`.
    ///
    /// # Errors
    /// [`AwsError`], also where an item is not one of ours.
    pub async fn read(&self, call: &CallReference, now: Timestamp) -> Result<Option<CallRecord>, AwsError> {
        const OPERATION: &str = "dynamodb:Query call";
        let mut items = Vec::new();
        let mut start_key = None;
        loop {
            let output = self
                .dynamodb
                .query()
                .table_name(&self.table_name)
                .key_condition_expression("#call = :call")
                .expression_attribute_names("#call", attribute::CALL)
                .expression_attribute_values(":call", AttributeValue::S(call.as_str().to_owned()))
                .consistent_read(true)
                .set_exclusive_start_key(start_key)
                .send()
                .await
                .map_err(|error| AwsError::new(OPERATION, &error))?;
            items.extend(output.items.unwrap_or_default());
            start_key = output.last_evaluated_key;
            if start_key.is_none() {
                break;
            }
        }
        assemble(&items, now).ok_or_else(|| AwsError::malformed_item(OPERATION))
    }

    async fn write_outcome(
        &self,
        operation: &'static str,
        call: &CallReference,
        item: &str,
        outcome: &impl Serialize,
        expires_at: Timestamp,
    ) -> Result<Written, AwsError> {
        let body = serde_json::to_string(outcome).map_err(|_| AwsError::malformed_item(operation))?;
        let parts = split(&body)
            .into_iter()
            .enumerate()
            .map(|(index, part)| (format!("{item}#{index:03}"), part.to_owned()))
            .collect();
        self.write(operation, call, parts, expires_at).await
    }

    async fn write(
        &self,
        operation: &'static str,
        call: &CallReference,
        parts: Vec<(String, String)>,
        expires_at: Timestamp,
    ) -> Result<Written, AwsError> {
        let count = parts.len();
        let puts = parts.into_iter().map(|(name, body)| {
            Put::builder()
                .table_name(&self.table_name)
                .item(attribute::CALL, AttributeValue::S(call.as_str().to_owned()))
                .item(attribute::ITEM, AttributeValue::S(name))
                .item(attribute::BODY, AttributeValue::S(body))
                .item(attribute::PARTS, AttributeValue::N(count.to_string()))
                .item(attribute::EXPIRES_AT, AttributeValue::N(expires_at.as_second().to_string()))
                .condition_expression("attribute_not_exists(#call)")
                .expression_attribute_names("#call", attribute::CALL)
                .build()
                .map_err(|_| AwsError::malformed_item(operation))
        });
        let puts = puts.collect::<Result<Vec<_>, _>>()?;
        let result = match <[Put; 1]>::try_from(puts) {
            Ok([put]) => self.put(operation, put).await,
            // All parts or none: a reader never sees the parts of two writers.
            Err(puts) => self.put_together(operation, puts).await,
        };
        match result {
            Ok(()) => Ok(Written::Stored),
            Err(error) if error.is_condition_failed() => Ok(Written::AlreadyThere),
            Err(error) => Err(error),
        }
    }

    async fn put(&self, operation: &'static str, put: Put) -> Result<(), AwsError> {
        self.dynamodb
            .put_item()
            .table_name(put.table_name)
            .set_item(Some(put.item))
            .set_condition_expression(put.condition_expression)
            .set_expression_attribute_names(put.expression_attribute_names)
            .send()
            .await
            .map(drop)
            .map_err(|error| AwsError::new(operation, &error))
    }

    async fn put_together(&self, operation: &'static str, puts: Vec<Put>) -> Result<(), AwsError> {
        let items = puts.into_iter().map(|put| TransactWriteItem::builder().put(put).build()).collect();
        let sent = self.dynamodb.transact_write_items().set_transact_items(Some(items)).send().await;
        sent.map(drop).map_err(|error| {
            let cancelled_by_condition = error.as_service_error().is_some_and(|error| match error {
                aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
                    cancelled,
                ) => cancelled
                    .cancellation_reasons()
                    .iter()
                    .any(|reason| reason.code() == Some("ConditionalCheckFailed")),
                _ => false,
            });
            if cancelled_by_condition {
                AwsError { operation, code: "ConditionalCheckFailedException".to_owned() }
            } else {
                AwsError::new(operation, &error)
            }
        })
    }
}

/// Splits a body into parts of at most [`PART_BYTES`], between characters.
fn split(body: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = body;
    while rest.len() > PART_BYTES {
        let (part, after) = rest.split_at(rest.floor_char_boundary(PART_BYTES));
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

type Item = HashMap<String, AttributeValue>;

/// The call that `items` make. Outer `None`: they are not ours. Inner `None`: there is no caller, or it has expired.
fn assemble(items: &[Item], now: Timestamp) -> Option<Option<CallRecord>> {
    let Some(caller) = items.iter().find(|item| name_of(item) == Some(CALLER)) else {
        return Some(None);
    };
    let caller: VerifiedCaller = json::decode(body_of(caller)?.as_bytes()).ok()?;
    if caller.expires_at <= now {
        return Some(None);
    }
    let medications = outcome(items, MEDICATIONS, now)?;
    // What can't be read of the appointments is read anew, and takes nothing away from the medications.
    let appointments = outcome(items, APPOINTMENTS, now).flatten();
    Some(Some(CallRecord { caller, medications, appointments }))
}

/// What the parts of an item make. Outer `None`: they are not ours. Inner `None`: they are not all there.
fn outcome<T: DeserializeOwned>(items: &[Item], name: &str, now: Timestamp) -> Option<Option<T>> {
    let is_part = |item: &&Item| {
        name_of(item).and_then(|item| item.strip_prefix(name)).is_some_and(|rest| rest.starts_with('#'))
            && expiry_of(item).is_some_and(|expiry| expiry > now.as_second())
    };
    // A Query answers in the order of the sort key, which is the order of the parts.
    let parts: Vec<&Item> = items.iter().filter(is_part).collect();
    let count = parts.first().and_then(|item| item.get(attribute::PARTS)?.as_n().ok()?.parse().ok());
    if count != Some(parts.len()) {
        return Some(None);
    }
    let body = parts.iter().map(|item| body_of(item)).collect::<Option<String>>()?;
    json::decode(body.as_bytes()).ok().map(Some)
}

fn name_of(item: &Item) -> Option<&str> {
    item.get(attribute::ITEM)?.as_s().ok().map(String::as_str)
}

fn body_of(item: &Item) -> Option<&str> {
    item.get(attribute::BODY)?.as_s().ok().map(String::as_str)
}

fn expiry_of(item: &Item) -> Option<i64> {
    item.get(attribute::EXPIRES_AT)?.as_n().ok()?.parse().ok()
}
