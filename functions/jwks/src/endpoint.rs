//! The JWK Set URLs, one a connection: which answer a request gets.

use std::time::Duration;

use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::signing_keys::publication::in_memory_for;
use shared::signing_keys::store::KeyRingStore;

use crate::config::Config;
use crate::key_sets::KeySets;
use crate::request::{Method, Request};
use crate::response::Response;

/// The endpoint that Epic fetches our keys from.
#[derive(Debug)]
pub struct JwksEndpoint {
    key_sets: KeySets,
    max_age: Duration,
}

impl JwksEndpoint {
    /// The endpoint for the configured connections.
    pub fn new(config: Config, dynamodb: aws_sdk_dynamodb::Client, clock: Clock) -> Self {
        let store = KeyRingStore::new(dynamodb, config.signing_key_table_name);
        let key_sets = KeySets::new(config.connections, store, in_memory_for(config.max_age), clock);
        Self { key_sets, max_age: config.max_age }
    }

    /// Reads every set, so that the first request is answered from memory. What can't be read is read then.
    pub async fn prepare(&self) {
        self.key_sets.read_all().await;
    }

    /// Answers a request.
    pub(crate) async fn answer(&self, request: &Request) -> Response {
        let connection = request.connection.as_ref().filter(|connection| self.key_sets.are_of(connection));
        let response = match connection {
            None => Response::not_found(),
            Some(_) if request.method == Method::Other => Response::method_not_allowed(),
            Some(connection) => self.serve(connection, request).await,
        };
        // Anybody can ask for any path, so it is told only where it is a name of ours.
        tracing::info!(
            code = "key-set-request",
            connection = connection.map(ConnectionName::as_str),
            method = request.method.as_str(),
            status = response.status(),
            "a key set was asked for"
        );
        response
    }

    async fn serve(&self, connection: &ConnectionName, request: &Request) -> Response {
        let set = match self.key_sets.current(connection).await {
            Ok(Some(set)) => set,
            Ok(None) => return Response::not_found(),
            Err(_) => return Response::unavailable(),
        };
        if request.if_none_match.as_deref().is_some_and(|field| set.entity_tag.is_named_in(field)) {
            return Response::not_modified(&set.entity_tag, self.max_age);
        }
        let response = Response::set(&set, self.max_age);
        if request.method == Method::Head { response.without_body() } else { response }
    }
}
