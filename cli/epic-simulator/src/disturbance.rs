//! What happens to an answer on its way: delays, and faults that take its place or spoil it.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header, response};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::watch;

use crate::answer::oauth_error;
use crate::connection::Connection;
use crate::fault::{Endpoint, Fault};
use crate::fhir::operation_outcome::{Issue, outcome_answer};
use crate::state::State;

/// How long [`Fault::Drip`] waits before each byte.
const BETWEEN_DROPS: Duration = Duration::from_millis(100);

/// What strikes one request. Taken before the request is recorded, so that a test that saw the request arrive can
/// release its answer.
pub(crate) struct Disturbance {
    delay: Duration,
    fault: Option<Fault>,
    releases: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
}

impl Disturbance {
    pub(crate) fn strike(state: &State, endpoint: Endpoint) -> Self {
        let faults = &mut state.behaviour().faults;
        Self {
            delay: faults.delay_of(endpoint),
            fault: faults.strike(endpoint),
            releases: state.releases.subscribe(),
            stopping: state.stopping.subscribe(),
        }
    }

    /// Whether the answer won't arrive as it is.
    pub(crate) fn is_fault(&self) -> bool {
        self.fault.as_ref().is_some_and(|fault| *fault != Fault::Hold)
    }

    /// Whether the fault takes the place of an answer that is never made.
    pub(crate) fn takes_its_place(&self) -> bool {
        self.fault.as_ref().is_some_and(|fault| !fault.spoils_an_answer())
    }

    /// Sends `answer`, or what becomes of it.
    pub(crate) async fn deliver(mut self, connection: &Connection, answer: Response) -> Response {
        tokio::select! {
            () = tokio::time::sleep(self.delay), if !self.delay.is_zero() => {}
            _ = self.stopping.wait_for(|stopping| *stopping), if !self.delay.is_zero() => {}
            else => {}
        }
        match self.fault {
            None => answer,
            Some(Fault::Status(status)) => (status_of(status), "the simulator was told to fail\n").into_response(),
            Some(Fault::OAuthError(error)) => oauth_error(StatusCode::BAD_REQUEST, &error),
            Some(Fault::Outcome { status, code }) => outcome_answer(status_of(status), &[Issue::new(code)]),
            Some(Fault::Answer { status, content_type, body }) => {
                let plain = HeaderValue::from_static("text/plain");
                let content_type = HeaderValue::from_str(&content_type).unwrap_or(plain);
                (status_of(status), [(header::CONTENT_TYPE, content_type)], body).into_response()
            }
            Some(Fault::Truncated) => {
                let (head, half) = halve(answer).await;
                Response::from_parts(head, Body::from(half))
            }
            Some(Fault::Stall) => {
                let (head, half) = halve(answer).await;
                let mut stopping = self.stopping;
                let never = stream::once(async move {
                    let _ = stopping.wait_for(|stopping| *stopping).await;
                    Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
                });
                Response::from_parts(head, Body::from_stream(stream::once(async { Ok(half) }).chain(never)))
            }
            Some(Fault::Drip) => {
                let (mut head, body) = answer.into_parts();
                head.headers.remove(header::CONTENT_LENGTH);
                let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
                Response::from_parts(head, Body::from_stream(drip(body, self.stopping)))
            }
            Some(Fault::Drop) => {
                connection.cut();
                answer
            }
            Some(Fault::Hang) => {
                let _ = self.stopping.wait_for(|stopping| *stopping).await;
                connection.cut();
                answer
            }
            Some(Fault::Hold) => {
                tokio::select! {
                    _ = self.releases.changed() => {}
                    _ = self.stopping.wait_for(|stopping| *stopping) => connection.cut(),
                }
                answer
            }
        }
    }
}

/// A body a byte at a time, until the simulator stops.
fn drip(body: Bytes, stopping: watch::Receiver<bool>) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream::unfold((body, stopping), async |(mut body, mut stopping)| {
        if body.is_empty() {
            return None;
        }
        let stopped = tokio::time::timeout(BETWEEN_DROPS, stopping.wait_for(|stopping| *stopping)).await.is_ok();
        let drop = if stopped { Err(std::io::ErrorKind::ConnectionReset.into()) } else { Ok(body.split_to(1)) };
        Some((drop, (if stopped { Bytes::new() } else { body }, stopping)))
    })
}

async fn halve(answer: Response) -> (response::Parts, Bytes) {
    let (mut head, body) = answer.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    // The bodies are the simulator's own, and in memory.
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = body.slice(..body.len() / 2);
    (head, half)
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
