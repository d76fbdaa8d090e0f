//! Our JWK Set, where a server can have it that is not at Epic's place in the cloud.
//!
//! The jwks function of the local stack serves it, at the local AWS's address. That one is another at each start, so a
//! server that must be told a URL beforehand is given a port of its own choice, from which requests are passed on.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use shared::http::read_body;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::error::CallError;
use super::options::Options;

/// Where the set is on that port, as is customary.
const PATH: &str = "/.well-known/jwks.json";

/// Where the set is.
#[derive(Debug)]
pub(super) struct KeySet {
    url: String,
    forwarder: Option<JoinHandle<()>>,
}

/// The jwks function's URL, and what asks there.
#[derive(Clone)]
struct Origin {
    url: String,
    http: reqwest::Client,
}

impl KeySet {
    /// The set that `url` serves: written to a file and passed on from a port, if the options say so.
    pub(super) async fn of(url: String, options: &Options) -> Result<Self, CallError> {
        let http = shared::http::client().map_err(|_| CallError::KeySet)?;
        let origin = Origin { url, http };
        if let Some(path) = &options.jwks_out {
            origin.write_to(path).await?;
        }
        let Some(port) = options.jwks_port else {
            return Ok(Self { url: origin.url, forwarder: None });
        };
        let failed = |source| CallError::Listen { what: "the key set", source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let address: SocketAddr = listener.local_addr().map_err(failed)?;
        let router = Router::new().route(PATH, get(pass_on)).with_state(origin);
        let forwarder = tokio::spawn(async move {
            // It ends with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { url: format!("http://{address}{PATH}"), forwarder: Some(forwarder) })
    }

    /// The JWK Set URL.
    pub(super) fn url(&self) -> String {
        self.url.clone()
    }
}

impl Drop for KeySet {
    fn drop(&mut self) {
        if let Some(forwarder) = &self.forwarder {
            forwarder.abort();
        }
    }
}

impl Origin {
    /// The set, and for how long it may be kept.
    async fn fetch(&self) -> Option<(Vec<u8>, Option<header::HeaderValue>)> {
        let response = self.http.get(&self.url).send().await.ok().filter(|response| response.status().is_success())?;
        let cache_control = response.headers().get(header::CACHE_CONTROL).cloned();
        Some((read_body(response).await.ok()?, cache_control))
    }

    async fn write_to(&self, path: &Path) -> Result<(), CallError> {
        let (set, _) = self.fetch().await.ok_or(CallError::KeySet)?;
        std::fs::write(path, set).map_err(|source| CallError::WriteKeySet { path: path.to_owned(), source })
    }
}

async fn pass_on(State(origin): State<Origin>) -> Response {
    let Some((set, cache_control)) = origin.fetch().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let mut response = ([(header::CONTENT_TYPE, "application/json")], set).into_response();
    if let Some(value) = cache_control {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    response
}
