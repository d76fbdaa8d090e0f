//! The `AccessTokens` table: one item a connection, with its token, the version and fence that order its writers, and
//! the lease of whoever is refreshing it. Everyone reads it here; only token-refresher writes it (its `lease` module).

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use secrecy::SecretString;

use super::AccessToken;
use crate::aws::AwsError;
use crate::connection::ConnectionName;
use crate::environment::Variable;

use std::collections::HashMap;

/// The table's name.
pub const ACCESS_TOKEN_TABLE_NAME: Variable = Variable {
    name: "ACCESS_TOKEN_TABLE_NAME",
    expectation: "a DynamoDB table's name",
    default: None,
    purpose: "The table that holds each connection's access token.",
};

/// The item's attributes. The names stand here once, for the reader and the writer.
pub mod attribute {
    /// Partition key: the connection's name.
    pub const CONNECTION: &str = "connection";
    /// The token.
    pub const ACCESS_TOKEN: &str = "access_token";
    /// OAuth's `token_type`, as granted.
    pub const TOKEN_TYPE: &str = "token_type";
    /// OAuth's `scope`, as granted.
    pub const SCOPE: &str = "scope";
    /// When the token was obtained, in epoch milliseconds.
    pub const OBTAINED_AT: &str = "obtained_at_ms";
    /// When it expires, in epoch milliseconds.
    pub const EXPIRES_AT: &str = "expires_at_ms";
    /// The `kid` of the key it was obtained with.
    pub const KID: &str = "kid";
    /// The token's version; counts up with each token stored.
    pub const VERSION: &str = "version";
    /// Who holds the lease: a random name.
    pub const LEASE_OWNER: &str = "lease_owner";
    /// Until when, in epoch milliseconds.
    pub const LEASE_UNTIL: &str = "lease_until_ms";
    /// Counts up with each lease taken: a holder with an older fence can't write any more.
    pub const FENCE: &str = "fence";
    /// When a refresh was last forced by a rejected token, in epoch milliseconds.
    pub const FORCED_AT: &str = "forced_at_ms";
    /// When DynamoDB may delete the item, in epoch seconds: weeks after the last refresh, when no writer with an old
    /// fence can be left (deleting it with the token would set version and fence back to zero).
    pub const TIME_TO_LIVE: &str = "time_to_live";
}

/// A connection's item, as read.
#[derive(Debug, Clone, Default)]
pub struct TokenRecord {
    /// The token last stored, usable or not.
    pub token: Option<AccessToken>,
    /// Its version; 0 where none was ever stored.
    pub version: u64,
    /// The last lease's fence; 0 where none was ever taken.
    pub fence: u64,
    /// Until when the last lease taken runs, unless it was given back.
    pub lease_until: Option<Timestamp>,
    /// When a refresh was last forced.
    pub forced_at: Option<Timestamp>,
}

impl TokenRecord {
    /// The token, if it can be used at `now`.
    pub fn usable_at(&self, now: Timestamp) -> Option<&AccessToken> {
        self.token.as_ref().filter(|token| token.is_usable_at(now))
    }
}

/// Reads the table.
#[derive(Debug, Clone)]
pub struct AccessTokenStore {
    dynamodb: aws_sdk_dynamodb::Client,
    table_name: String,
}

impl AccessTokenStore {
    /// The store in `table_name`.
    pub fn new(dynamodb: aws_sdk_dynamodb::Client, table_name: String) -> Self {
        Self { dynamodb, table_name }
    }

    /// Reads a connection's item, strongly consistent: a token just replaced must not be read as its predecessor.
    ///
    /// # Errors
    /// [`AwsError`], also where the item is not one of ours.
    pub async fn read(&self, connection: &ConnectionName) -> Result<TokenRecord, AwsError> {
        const OPERATION: &str = "dynamodb:GetItem access token";
        let output = self
            .dynamodb
            .get_item()
            .table_name(&self.table_name)
            .key(attribute::CONNECTION, AttributeValue::S(connection.as_str().to_owned()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| AwsError::new(OPERATION, &error))?;
        match output.item() {
            None => Ok(TokenRecord::default()),
            Some(item) => parse(item).ok_or_else(|| AwsError::malformed_item(OPERATION)),
        }
    }
}

/// Reads an item; `None` where it is not one of ours.
pub fn parse(item: &HashMap<String, AttributeValue>) -> Option<TokenRecord> {
    let text = |name| item.get(name).map(|value| value.as_s().ok().cloned());
    let number = |name| item.get(name).map(|value| value.as_n().ok()?.parse::<i64>().ok());
    let time = |name| number(name).map(|value| Timestamp::from_millisecond(value?).ok());
    let count = |name| match number(name) {
        None => Some(0),
        Some(value) => u64::try_from(value?).ok(),
    };
    let version = count(attribute::VERSION)?;
    let token = match item.get(attribute::ACCESS_TOKEN) {
        None => None,
        Some(secret) => Some(AccessToken::new(
            SecretString::from(secret.as_s().ok()?.clone()),
            version,
            text(attribute::SCOPE)??,
            time(attribute::OBTAINED_AT)??,
            time(attribute::EXPIRES_AT)??,
            text(attribute::KID)??,
        )),
    };
    Some(TokenRecord {
        token,
        version,
        fence: count(attribute::FENCE)?,
        lease_until: time(attribute::LEASE_UNTIL).flatten(),
        forced_at: time(attribute::FORCED_AT).flatten(),
    })
}
