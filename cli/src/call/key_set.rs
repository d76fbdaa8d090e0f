//! Our public keys, served as Epic would fetch them.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use aws_sdk_kms::Client;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use shared::aws::connector::RequestCounter;
use shared::aws::{Aws, AwsError};
use shared::jwk::{Jwk, JwkSet};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::error::CallError;

/// Where the set is served, as is customary.
const PATH: &str = "/.well-known/jwks.json";
/// How long a server may keep the set: short, since each local stack makes a new key.
const CACHE_CONTROL: &str = "public, max-age=60";

/// The server of the set. It has a URL before there is a key: servers are told the one and deployed with the other.
#[derive(Debug)]
pub(super) struct KeySetServer {
    address: SocketAddr,
    set: Arc<OnceLock<String>>,
    server: JoinHandle<()>,
}

impl KeySetServer {
    /// Listens on `port` of loopback, or on a free one.
    pub(super) async fn start(port: Option<u16>) -> Result<Self, CallError> {
        let failed = |source| CallError::Listen { what: "the key set", source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let set = Arc::new(OnceLock::new());
        let router = Router::new().route(PATH, get(serve)).with_state(Arc::clone(&set));
        let server = tokio::spawn(async move {
            // It ends with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, set, server })
    }

    /// The JWK Set URL.
    pub(super) fn url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Serves the public part of the key `key_id`, and writes it to `file`.
    pub(super) async fn publish(&self, aws: &Aws, key_id: &str, file: Option<&Path>) -> Result<(), CallError> {
        let client = Client::new(&aws.sdk_config(&RequestCounter::default()));
        let output =
            client.get_public_key().key_id(key_id).send().await.map_err(|error| CallError::PublicKey {
                reason: AwsError::new("kms:GetPublicKey", &error).to_string(),
            })?;
        let der = output.public_key.map(aws_sdk_kms::primitives::Blob::into_inner).unwrap_or_default();
        let jwk = Jwk::from_subject_public_key_info(&der)
            .map_err(|error| CallError::PublicKey { reason: error.to_string() })?;
        let set = serde_json::to_string(&JwkSet { keys: vec![jwk] })
            .map_err(|error| CallError::PublicKey { reason: error.to_string() })?;
        if let Some(path) = file {
            std::fs::write(path, &set).map_err(|source| CallError::WriteKeySet { path: path.to_owned(), source })?;
        }
        let _ = self.set.set(set);
        Ok(())
    }
}

impl Drop for KeySetServer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(State(set): State<Arc<OnceLock<String>>>) -> Response {
    match set.get() {
        Some(set) => {
            let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, CACHE_CONTROL)];
            (headers, set.clone()).into_response()
        }
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
