//! jwks: the key set as Epic fetches it.

mod deployed;
mod memory;
mod requests;

use jwks::JwksEndpoint;
use jwks::config::Config;
use lambda_runtime::{Context, LambdaEvent};
use serde_json::Value;
use serde_json::value::RawValue;
use shared::connection::ConnectionName;
use shared::jwk::{Jwk, JwkSet};
use shared::signing_keys::store::Written;
use shared::signing_keys::{KeyRing, SigningKey};

use crate::support::http_api;
use crate::support::world::{World, signing_key};

/// Another key's public part, of another kind: that of shared's own tests.
const EC_PUBLIC_KEY: &[u8] = include_bytes!("../shared/src/jwk/p-384.public.der");

/// The world with a ring of this key for its connection.
async fn world_with(keys: &[SigningKey]) -> World {
    let world = World::working().await;
    publish(&world, keys).await;
    world
}

/// The key that signs.
fn rsa_key() -> SigningKey {
    signing_key("2026-11-23T10:00:00Z".parse().unwrap())
}

/// A key that was added later, and doesn't sign yet.
fn ec_key() -> SigningKey {
    let jwk = Jwk::from_subject_public_key_info(EC_PUBLIC_KEY).unwrap();
    SigningKey { jwk, promoted_at: None, ..rsa_key() }
}

/// Writes the connection's ring, as `careline keys` does.
async fn publish(world: &World, keys: &[SigningKey]) {
    let store = world.key_ring_store();
    let revision = store.read(&world.connection).await.unwrap().revision;
    let ring = KeyRing { keys: keys.to_vec(), ..KeyRing::default() };
    assert_eq!(store.write(&world.connection, &ring, revision).await.unwrap(), Written::Stored);
}

/// jwks as it starts: another process, with clients of its own.
fn endpoint(world: &World) -> JwksEndpoint {
    JwksEndpoint::new(Config::from_environment(&world.environment).unwrap(), world.dynamodb(), world.clock.clock())
}

/// jwks, started.
async fn started(world: &World) -> JwksEndpoint {
    let endpoint = endpoint(world);
    endpoint.prepare().await;
    endpoint
}

/// The answer to an event.
async fn answer(endpoint: &JwksEndpoint, event: &Value) -> Value {
    let payload = RawValue::from_string(event.to_string()).unwrap();
    let Ok(response) = jwks::handle(endpoint, LambdaEvent::new(payload, Context::default())).await;
    serde_json::to_value(&response).unwrap()
}

/// The answer to a GET of the connection's set.
async fn get(endpoint: &JwksEndpoint, connection: &ConnectionName) -> Value {
    answer(endpoint, &http_api::request("GET", &format!("/{connection}/jwks.json"))).await
}

/// The set in an answer.
#[track_caller]
fn set_of(answer: &Value) -> JwkSet {
    assert_eq!(answer["statusCode"], 200, "{answer}");
    shared::json::decode(answer["body"].as_str().expect("a body").as_bytes()).expect("a set")
}

/// The keys' set.
fn set(keys: &[SigningKey]) -> JwkSet {
    KeyRing { keys: keys.to_vec(), ..KeyRing::default() }.public_keys()
}
