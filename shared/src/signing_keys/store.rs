//! The `SigningKeys` table: one item a connection, written on condition of the revision that was read.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;

use super::KeyRing;
use crate::aws::AwsError;
use crate::connection::ConnectionName;
use crate::environment::Variable;
use crate::json;

/// The table's name.
pub const SIGNING_KEY_TABLE_NAME: Variable = Variable {
    name: "SIGNING_KEY_TABLE_NAME",
    expectation: "a DynamoDB table's name",
    default: None,
    purpose: "The table that holds each connection's signing keys: their public parts, and which one signs.",
};

/// Partition key: the connection's name.
const CONNECTION: &str = "connection";
/// The ring, as JSON.
const KEY_RING: &str = "key_ring";
/// Counts the ring's writes.
const REVISION: &str = "revision";

/// A ring as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredKeyRing {
    /// The ring; empty where none was ever written.
    pub ring: KeyRing,
    /// How often it was written; 0 where it never was.
    pub revision: u64,
}

/// Whether a write took effect.
#[must_use = "a write may have had no effect"]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is stored.
    Stored,
    /// Somebody else wrote since it was read: read it again.
    Outdated,
}

/// Reads and writes rings.
#[derive(Debug, Clone)]
pub struct KeyRingStore {
    dynamodb: aws_sdk_dynamodb::Client,
    table_name: String,
}

impl KeyRingStore {
    /// The store in `table_name`.
    pub fn new(dynamodb: aws_sdk_dynamodb::Client, table_name: String) -> Self {
        Self { dynamodb, table_name }
    }

    /// Reads a connection's ring, strongly consistent: a key that was just promoted signs from then on.
    ///
    /// # Errors
    /// [`AwsError`], also where the item is not one of ours.
    pub async fn read(&self, connection: &ConnectionName) -> Result<StoredKeyRing, AwsError> {
        const OPERATION: &str = "dynamodb:GetItem signing keys";
        let output = self
            .dynamodb
            .get_item()
            .table_name(&self.table_name)
            .key(CONNECTION, AttributeValue::S(connection.as_str().to_owned()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| AwsError::new(OPERATION, &error))?;
        let Some(item) = output.item() else {
            return Ok(StoredKeyRing::default());
        };
        let ring = item.get(KEY_RING).and_then(|value| value.as_s().ok());
        let revision = item.get(REVISION).and_then(|value| value.as_n().ok()?.parse().ok());
        match (ring.and_then(|text| json::decode(text.as_bytes()).ok()), revision) {
            (Some(ring), Some(revision)) => Ok(StoredKeyRing { ring, revision }),
            _ => Err(AwsError::malformed_item(OPERATION)),
        }
    }

    /// Writes a connection's ring over the one of `revision`.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn write(&self, connection: &ConnectionName, ring: &KeyRing, revision: u64) -> Result<Written, AwsError> {
        const OPERATION: &str = "dynamodb:PutItem signing keys";
        let body = serde_json::to_string(ring).map_err(|_| AwsError::malformed_item(OPERATION))?;
        let put = self
            .dynamodb
            .put_item()
            .table_name(&self.table_name)
            .item(CONNECTION, AttributeValue::S(connection.as_str().to_owned()))
            .item(KEY_RING, AttributeValue::S(body))
            .item(REVISION, AttributeValue::N((revision + 1).to_string()))
            .expression_attribute_names("#revision", REVISION);
        let put = if revision == 0 {
            put.condition_expression("attribute_not_exists(#revision)")
        } else {
            put.condition_expression("#revision = :revision")
                .expression_attribute_values(":revision", AttributeValue::N(revision.to_string()))
        };
        match put.send().await {
            Ok(_) => Ok(Written::Stored),
            Err(error)
                if matches!(error.as_service_error(), Some(PutItemError::ConditionalCheckFailedException(_))) =>
            {
                Ok(Written::Outdated)
            }
            Err(error) => Err(AwsError::new(OPERATION, &error)),
        }
    }
}
