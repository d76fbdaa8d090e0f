//! DynamoDB: an engine in this process, fresh for each test.

use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, TimeToLiveSpecification,
};
use axum::http::HeaderMap;
use shared::access_token::store::attribute;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::aws::Answer;

/// The table of access tokens, as the template makes it.
pub const ACCESS_TOKEN_TABLE: &str = "AccessTokens";
/// The table of calls, as the template makes it.
pub const CALL_TABLE: &str = "Calls";

/// The table of signing keys, as the template makes it.
pub const SIGNING_KEY_TABLE: &str = "SigningKeys";

/// The engine's own server; the stand-in passes requests on to it, so that they are counted and can fail.
pub struct DynamoDb {
    endpoint: String,
    http: reqwest::Client,
    _stop: oneshot::Sender<()>,
}

impl DynamoDb {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/", listener.local_addr().unwrap());
        let database = dynoxide::Database::memory().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database, async {
            let _ = stopped.await;
        }));
        Self { endpoint, http: shared::http::client().unwrap(), _stop: stop }
    }

    pub async fn answer(&self, headers: HeaderMap, body: Vec<u8>) -> Answer {
        let mut request = self.http.post(&self.endpoint).body(body);
        for (name, value) in &headers {
            if name != "host" && name != "content-length" {
                request = request.header(name, value);
            }
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        Answer { status, function_error: false, body: shared::http::read_body(response).await.unwrap() }
    }
}

/// Makes all tables.
pub async fn create_tables(client: &aws_sdk_dynamodb::Client) {
    create(client, ACCESS_TOKEN_TABLE, &[attribute::CONNECTION], Some(attribute::TIME_TO_LIVE)).await;
    create(client, CALL_TABLE, &["call", "item"], Some("expires_at")).await;
    create(client, SIGNING_KEY_TABLE, &["connection"], None).await;
}

/// Makes a table with these keys, text all of them.
pub async fn create(client: &aws_sdk_dynamodb::Client, table: &str, keys: &[&str], time_to_live: Option<&str>) {
    let mut request = client.create_table().table_name(table).billing_mode(BillingMode::PayPerRequest);
    for (key, key_type) in keys.iter().zip([KeyType::Hash, KeyType::Range]) {
        request = request
            .attribute_definitions(
                AttributeDefinition::builder()
                    .attribute_name(*key)
                    .attribute_type(ScalarAttributeType::S)
                    .build()
                    .unwrap(),
            )
            .key_schema(KeySchemaElement::builder().attribute_name(*key).key_type(key_type).build().unwrap());
    }
    request.send().await.unwrap();
    let Some(time_to_live) = time_to_live else { return };
    let time_to_live = TimeToLiveSpecification::builder().attribute_name(time_to_live).enabled(true).build().unwrap();
    client.update_time_to_live().table_name(table).time_to_live_specification(time_to_live).send().await.unwrap();
}
