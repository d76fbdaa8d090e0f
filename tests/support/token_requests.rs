//! A token endpoint that grants nothing, and keeps what it is asked with.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// It listens on loopback for as long as its runtime runs.
pub struct TokenRequests {
    /// Where it listens.
    pub url: String,
    assertions: Assertions,
}

type Assertions = Arc<Mutex<Vec<String>>>;

impl TokenRequests {
    /// Listens from now on.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/token", listener.local_addr().expect("an address"));
        let assertions = Assertions::default();
        let router = Router::new().route("/token", post(refuse)).with_state(Arc::clone(&assertions));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, assertions }
    }

    /// The client assertions that came, in their order.
    pub fn assertions(&self) -> Vec<String> {
        self.assertions.lock().unwrap().clone()
    }
}

/// A refusal that is not worth another try.
async fn refuse(State(assertions): State<Assertions>, body: String) -> (StatusCode, Json<Value>) {
    let form: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let assertion = form.into_iter().find(|(name, _)| name == "client_assertion");
    assertions.lock().unwrap().extend(assertion.map(|(_, assertion)| assertion));
    (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_client"})))
}
