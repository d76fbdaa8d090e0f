//! A JWK Set URL.

use axum::Router;
use axum::routing::get;
use serde_json::Value;
use shared::jwk::{Jwk, JwkSet};

/// Serves a key set on loopback, as the `jwks` function does at the URL registered with Epic.
pub async fn serve(keys: Value) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/jwks.json", listener.local_addr().expect("an address"));
    let answer = move || {
        let keys = keys.to_string();
        async move { ([("content-type", "application/jwk-set+json")], keys) }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/jwks.json", get(answer))).await });
    url
}

/// The set of these public keys, each a `SubjectPublicKeyInfo` in DER.
pub fn key_set(public_keys: &[&[u8]]) -> Value {
    let keys = public_keys.iter().map(|key| Jwk::from_subject_public_key_info(key).unwrap()).collect();
    serde_json::to_value(JwkSet { keys }).expect("a set is JSON")
}
