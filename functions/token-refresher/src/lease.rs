//! The lease: who refreshes. One writer at a time, and none that is late (design.md, promise 2).
//!
//! Taking it counts the fence up; each write afterwards holds only on condition of that fence, so a holder whose lease ran
//! out and was taken by another can't write any more, however late it wakes. A token is stored on condition of the fence
//! and the version read, never of its expiry: a replacement may live shorter than what it replaces.
//!
//! The SDK sends a write again when its answer was lost. The second then finds its condition broken by the first: that is
//! told apart by the random name of the owner.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use jiff::{SignedDuration, Timestamp};
use shared::access_token::AccessToken;
use shared::access_token::store::{TokenRecord, attribute, parse};
use shared::aws::AwsError;
use shared::connection::ConnectionName;

/// How long a lease runs unless it is renewed: as long as callers wait before one of them replaces a dead holder.
pub(crate) const LEASE: Duration = Duration::from_secs(5);
/// DynamoDB may delete the item this long after the last write: by then no writer with an old fence is left.
const KEPT_FOR: Duration = Duration::from_secs(28 * 24 * 60 * 60);

/// The table of access tokens, as its one writer sees it.
#[derive(Debug)]
pub(crate) struct Leases {
    dynamodb: aws_sdk_dynamodb::Client,
    table_name: String,
}

/// A lease that was taken, and the record as it then stood.
pub(crate) struct Lease {
    connection: ConnectionName,
    owner: String,
    fence: u64,
    until: Timestamp,
    pub(crate) record: TokenRecord,
}

impl Lease {
    /// Whether nobody else can have taken it at `now`.
    pub(crate) fn lives(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

/// What became of a conditional write.
pub(crate) enum Written<T> {
    /// Done.
    Done(T),
    /// Another holds the lease, or has stored a token since: the record as it stands.
    Lost(TokenRecord),
}

impl Leases {
    pub(crate) fn new(dynamodb: aws_sdk_dynamodb::Client, table_name: String) -> Self {
        Self { dynamodb, table_name }
    }

    /// Takes the lease if nobody holds it at `now`. `owner` is a random name, new at each call.
    pub(crate) async fn take(
        &self,
        connection: &ConnectionName,
        owner: String,
        now: Timestamp,
    ) -> Result<Written<Lease>, AwsError> {
        const OPERATION: &str = "dynamodb:UpdateItem take lease";
        let result = self
            .update(connection)
            .update_expression("SET #owner = :owner, #until = :until, #ttl = :ttl ADD #fence :one")
            .condition_expression("attribute_not_exists(#until) OR #until <= :now")
            .expression_attribute_names("#owner", attribute::LEASE_OWNER)
            .expression_attribute_names("#until", attribute::LEASE_UNTIL)
            .expression_attribute_names("#ttl", attribute::TIME_TO_LIVE)
            .expression_attribute_names("#fence", attribute::FENCE)
            .expression_attribute_values(":owner", AttributeValue::S(owner.clone()))
            .expression_attribute_values(":until", milliseconds(now + LEASE))
            .expression_attribute_values(":ttl", time_to_live(now))
            .expression_attribute_values(":now", milliseconds(now))
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        let item = match result {
            Ok(output) => output.attributes.unwrap_or_default(),
            Err(error) => {
                let item = item_in_the_way(error, OPERATION)?;
                if !is_owned_by(&item, &owner) {
                    return Ok(Written::Lost(read(&item, OPERATION)?));
                }
                item
            }
        };
        let record = read(&item, OPERATION)?;
        let (connection, fence, until) = (connection.clone(), record.fence, now + LEASE);
        Ok(Written::Done(Lease { connection, owner, fence, until, record }))
    }

    /// Lets the lease run [`LEASE`] from `now` on, unless another has taken it.
    pub(crate) async fn renew(&self, lease: &mut Lease, now: Timestamp) -> Result<Written<()>, AwsError> {
        const OPERATION: &str = "dynamodb:UpdateItem renew lease";
        let result = self
            .update_as_holder(lease, "#fence = :fence AND #owner = :owner")
            .update_expression("SET #until = :until")
            .expression_attribute_names("#owner", attribute::LEASE_OWNER)
            .expression_attribute_values(":owner", AttributeValue::S(lease.owner.clone()))
            .expression_attribute_names("#until", attribute::LEASE_UNTIL)
            .expression_attribute_values(":until", milliseconds(now + LEASE))
            .send()
            .await;
        match result {
            Ok(_) => {
                lease.until = now + LEASE;
                Ok(Written::Done(()))
            }
            Err(error) => Ok(Written::Lost(read(&item_in_the_way(error, OPERATION)?, OPERATION)?)),
        }
    }

    /// Stores a token of the version after the one read, and gives the lease back. `forced_at` is when a rejected token
    /// was replaced, if it was.
    pub(crate) async fn store(
        &self,
        lease: &Lease,
        token: &AccessToken,
        forced_at: Option<Timestamp>,
    ) -> Result<Written<()>, AwsError> {
        const OPERATION: &str = "dynamodb:UpdateItem store token";
        let mut update = match lease.record.version {
            0 => self.update_as_holder(lease, "#fence = :fence AND attribute_not_exists(#version)"),
            version => self
                .update_as_holder(lease, "#fence = :fence AND #version = :read")
                .expression_attribute_values(":read", number(version)),
        };
        let mut attributes = vec![
            (attribute::ACCESS_TOKEN, AttributeValue::S(token.secret().to_owned())),
            (attribute::TOKEN_TYPE, AttributeValue::S("bearer".to_owned())),
            (attribute::SCOPE, AttributeValue::S(token.scope.clone())),
            (attribute::OBTAINED_AT, milliseconds(token.obtained_at)),
            (attribute::EXPIRES_AT, milliseconds(token.expires_at)),
            (attribute::KID, AttributeValue::S(token.kid.clone())),
            (attribute::VERSION, number(token.version)),
            (attribute::TIME_TO_LIVE, time_to_live(token.obtained_at)),
        ];
        attributes.extend(forced_at.map(|at| (attribute::FORCED_AT, milliseconds(at))));
        let assignments: Vec<_> = attributes.iter().map(|(name, _)| format!("#{name} = :{name}")).collect();
        for (name, value) in attributes {
            update = update
                .expression_attribute_names(format!("#{name}"), name)
                .expression_attribute_values(format!(":{name}"), value);
        }
        let result = update
            .update_expression(format!("SET {} REMOVE #owner, #until", assignments.join(", ")))
            .expression_attribute_names("#owner", attribute::LEASE_OWNER)
            .expression_attribute_names("#until", attribute::LEASE_UNTIL)
            .send()
            .await;
        match result {
            Ok(_) => Ok(Written::Done(())),
            Err(error) => {
                let record = read(&item_in_the_way(error, OPERATION)?, OPERATION)?;
                // Our own write, sent again after its answer was lost.
                let is_ours = record.version == token.version
                    && record.token.as_ref().is_some_and(|stored| stored.secret() == token.secret());
                Ok(if is_ours { Written::Done(()) } else { Written::Lost(record) })
            }
        }
    }

    /// Gives the lease back without a token, so that the next need not wait for its end.
    pub(crate) async fn release(&self, lease: &Lease) -> Result<(), AwsError> {
        const OPERATION: &str = "dynamodb:UpdateItem release lease";
        let result = self
            .update_as_holder(lease, "#fence = :fence AND #owner = :owner")
            .update_expression("REMOVE #owner, #until")
            .expression_attribute_names("#owner", attribute::LEASE_OWNER)
            .expression_attribute_values(":owner", AttributeValue::S(lease.owner.clone()))
            .expression_attribute_names("#until", attribute::LEASE_UNTIL)
            .send()
            .await;
        match result {
            Ok(_) => Ok(()),
            // Another has it already.
            Err(error) => item_in_the_way(error, OPERATION).map(|_| ()),
        }
    }

    fn update(&self, connection: &ConnectionName) -> UpdateItemFluentBuilder {
        self.dynamodb
            .update_item()
            .table_name(&self.table_name)
            .key(attribute::CONNECTION, AttributeValue::S(connection.as_str().to_owned()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }

    fn update_as_holder(&self, lease: &Lease, condition: &str) -> UpdateItemFluentBuilder {
        self.update(&lease.connection)
            .condition_expression(condition)
            .expression_attribute_names("#fence", attribute::FENCE)
            .expression_attribute_values(":fence", number(lease.fence))
    }
}

/// The item that broke the condition; any other failure is an error.
fn item_in_the_way<R>(
    error: SdkError<UpdateItemError, R>,
    operation: &'static str,
) -> Result<HashMap<String, AttributeValue>, AwsError> {
    let failure = AwsError::new(operation, &error);
    if let SdkError::ServiceError(context) = error
        && let UpdateItemError::ConditionalCheckFailedException(failed) = context.into_err()
    {
        // Without an item there was none: DynamoDB deleted it. The record is then empty.
        return Ok(failed.item.unwrap_or_default());
    }
    Err(failure)
}

fn read(item: &HashMap<String, AttributeValue>, operation: &'static str) -> Result<TokenRecord, AwsError> {
    parse(item).ok_or_else(|| AwsError::malformed_item(operation))
}

fn is_owned_by(item: &HashMap<String, AttributeValue>, owner: &str) -> bool {
    item.get(attribute::LEASE_OWNER).and_then(|value| value.as_s().ok()).is_some_and(|holder| holder == owner)
}

fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn milliseconds(time: Timestamp) -> AttributeValue {
    AttributeValue::N(time.as_millisecond().to_string())
}

fn time_to_live(now: Timestamp) -> AttributeValue {
    let kept_for = SignedDuration::try_from(KEPT_FOR).unwrap_or_default();
    AttributeValue::N((now + kept_for).as_second().to_string())
}
