//! The routes, and what every answer has.

use std::io;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::net::TcpListener;

use crate::connection::{Connection, CuttableListener};
use crate::control::http::{self, CONTROL_PATH, REQUESTS_PATH};
use crate::state::{SharedState, TOKEN_PATH, Version};
use crate::{fhir, token_endpoint};

/// Far more than any request of ours needs.
const REQUEST_LIMIT: usize = 1024 * 1024;

/// A request, read whole.
pub(crate) struct Incoming {
    pub(crate) head: Parts,
    pub(crate) body: Bytes,
    pub(crate) connection: Connection,
}

impl Incoming {
    async fn read(connection: Connection, request: Request) -> Result<Self, Response> {
        let (head, body) = request.into_parts();
        match axum::body::to_bytes(body, REQUEST_LIMIT).await {
            Ok(body) => Ok(Self { head, body, connection }),
            Err(_) => Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
        }
    }

    /// Whether the body is a form.
    pub(crate) fn is_form(&self) -> bool {
        let content_type = self.head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
        media_type.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
    }
}

/// Serves until [`State::stopping`](crate::state::State::stopping), then lets what is under way end.
pub(crate) async fn serve(listener: TcpListener, state: SharedState) -> io::Result<()> {
    let mut stopping = state.stopping.subscribe();
    let fhir_path = |version: Version| format!("{}/{{*path}}", version.path());
    let routes = Router::new()
        .route(TOKEN_PATH, any(token))
        .route(&fhir_path(Version::R4), any(fhir))
        .route(&fhir_path(Version::Stu3), any(fhir))
        .route(CONTROL_PATH, post(http::control))
        .route(REQUESTS_PATH, get(http::requests))
        .layer(middleware::from_fn_with_state(SharedState::clone(&state), date))
        .with_state(state)
        .into_make_service_with_connect_info::<Connection>();
    axum::serve(CuttableListener(listener), routes)
        .with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stopping| *stopping).await;
        })
        .await
}

async fn token(
    Shared(state): Shared<SharedState>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response {
    match Incoming::read(connection, request).await {
        Ok(incoming) => token_endpoint::answer(&state, &incoming).await,
        Err(refused) => refused,
    }
}

async fn fhir(
    Shared(state): Shared<SharedState>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response {
    match Incoming::read(connection, request).await {
        Ok(incoming) => fhir::answer(&state, &incoming).await,
        Err(refused) => refused,
    }
}

/// Gives every answer the time of Epic's clock: that is how a client finds out that its own is wrong.
async fn date(Shared(state): Shared<SharedState>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let now = DateTimePrinter::new().timestamp_to_rfc9110_string(&state.now());
    if let Some(value) = now.ok().and_then(|now| HeaderValue::try_from(now).ok()) {
        answer.headers_mut().insert(header::DATE, value);
    }
    answer
}
