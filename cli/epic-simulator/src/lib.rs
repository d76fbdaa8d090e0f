//! Epic's stand-in: an OAuth token endpoint and a FHIR server, R4 and STU3, on a real socket of this machine, which behave
//! as Epic's do and check a client as Epic would.
//!
//! It shares no code with what it checks. What it knows of Epic (matching, paging, error codes, dates of changes) is
//! written where it is done. [`Simulator::control`] makes it slow, failing, restricted or lying while it runs, also from
//! another process (`POST /_simulator/control`); [`Simulator::requests`] (`GET /_simulator/requests`) tells what it was
//! asked and what it thought of it.

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::control::Control;
use crate::requests::Requests;
use crate::settings::Settings;
use crate::state::{SharedState, State, Version};

mod answer;
mod connection;
pub mod control;
pub mod data;
mod disturbance;
pub mod fault;
mod fhir;
pub mod requests;
mod server;
pub mod settings;
pub mod site;
mod state;
mod token_endpoint;

/// How long a test may wait for a request: whoever asks has minutes less, and a test without an end says nothing.
const ASKED_WITHIN: Duration = Duration::from_secs(60);
/// Answers under way at the stop get this long; a client that doesn't read its answer must not keep the simulator up.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// A running simulator. Dropping it stops it.
pub struct Simulator {
    state: SharedState,
    control: Control,
    server: JoinHandle<io::Result<()>>,
}

impl Simulator {
    /// Starts a simulator on a free port of 127.0.0.1, on the current tokio runtime.
    ///
    /// # Errors
    /// No port could be listened on.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(State::new(origin, settings));
        let server = tokio::spawn(server::serve(listener, Arc::clone(&state)));
        Ok(Self { control: Control::new(Arc::clone(&state)), state, server })
    }

    /// The token endpoint's URL, which an assertion's `aud` must be.
    pub fn token_endpoint(&self) -> String {
        self.state.token_endpoint()
    }

    /// The FHIR R4 server's base URL, without a slash at its end.
    pub fn fhir_base_url(&self) -> String {
        self.state.fhir_base_url(Version::R4)
    }

    /// The FHIR STU3 server's base URL, without a slash at its end.
    pub fn stu3_base_url(&self) -> String {
        self.state.fhir_base_url(Version::Stu3)
    }

    /// The URL that takes [`Control`]'s commands from another process.
    pub fn control_url(&self) -> String {
        format!("{}{}", self.state.origin, control::http::CONTROL_PATH)
    }

    /// The URL that tells [`Simulator::requests`] to another process.
    pub fn requests_url(&self) -> String {
        format!("{}{}", self.state.origin, control::http::REQUESTS_PATH)
    }

    /// Changes its behaviour while it runs.
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// What it was asked so far.
    pub fn requests(&self) -> Requests {
        self.state.requests()
    }

    /// Waits until what it was asked fulfils `condition`: a request is recorded as it arrives, before it is answered.
    ///
    /// # Panics
    /// If it does not within a minute.
    pub async fn until(&self, condition: impl Fn(&Requests) -> bool) {
        let waited = tokio::time::timeout(ASKED_WITHIN, self.state.until(condition)).await;
        assert!(waited.is_ok(), "waited in vain for a request");
    }

    /// Stops: answers under way are sent, those that hang are dropped, the port is closed.
    pub async fn stop(mut self) {
        self.state.stopping.send_replace(true);
        if tokio::time::timeout(STOP_WITHIN, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.state.stopping.send_replace(true);
    }
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator").field("origin", &self.state.origin).finish()
    }
}

#[cfg(test)]
mod tests;
