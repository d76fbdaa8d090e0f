//! [`Control`](super::Control) over HTTP, so that another process can steer the simulator, and what it was asked.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::Value;

use crate::answer::json_answer;
use crate::fault::{Endpoint, Fault, Times};
use crate::settings::KeySource;
use crate::site::Site;
use crate::state::SharedState;

/// Where commands are posted, one a request: `{"restrict": {"patient": "…"}}`, `"heal"`.
pub(crate) const CONTROL_PATH: &str = "/_simulator/control";
/// Where what was asked is read.
pub(crate) const REQUESTS_PATH: &str = "/_simulator/requests";

/// One command; each does what [`Control`](super::Control)'s method of that name does.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Command {
    Delay {
        endpoint: Endpoint,
        milliseconds: u64,
    },
    Fault {
        endpoint: Endpoint,
        fault: Fault,
        times: Times,
    },
    Fail {
        endpoint: Endpoint,
        status: u16,
        times: u32,
    },
    Hang {
        endpoint: Endpoint,
    },
    DropConnection {
        endpoint: Endpoint,
        times: u32,
    },
    Release,
    Heal,
    /// What isn't named takes its default.
    Site(Box<Site>),
    Restrict {
        patient: String,
    },
    RestrictMedications {
        patient: String,
    },
    Unrestrict {
        patient: String,
    },
    RevokeTokens,
    SetScopes(Vec<String>),
    RegisterKeys(KeySource),
    Synchronise(bool),
    KeepKeySet,
    MoveKeys(KeySource),
    ExpirePages,
    SetClockOffset {
        seconds: i64,
    },
    LieAboutToken(Value),
    LieWithEntries(Vec<Value>),
    LieUnfiltered,
    LieAboutFilters,
    LieAboutNextLink {
        url: String,
    },
    LieEndlessly,
    Put(Value),
    PutInChart {
        patient: String,
        resource: Value,
    },
    Remove {
        resource_type: String,
        id: String,
    },
}

pub(crate) async fn control(Shared(state): Shared<SharedState>, body: Bytes) -> Response {
    match serde_json::from_slice(&body) {
        Ok(command) => {
            obey(&state, command);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, format!("no such command: {error}\n")).into_response(),
    }
}

fn obey(state: &SharedState, command: Command) {
    let control = super::of(state);
    match command {
        Command::Delay { endpoint, milliseconds } => control.delay(endpoint, Duration::from_millis(milliseconds)),
        Command::Fault { endpoint, fault, times } => control.fault(endpoint, fault, times),
        Command::Fail { endpoint, status, times } => control.fail(endpoint, status, times),
        Command::Hang { endpoint } => control.hang(endpoint),
        Command::DropConnection { endpoint, times } => control.drop_connection(endpoint, times),
        Command::Release => control.release(),
        Command::Heal => control.heal(),
        Command::Site(changed) => control.site(|site| *site = *changed),
        Command::Restrict { patient } => control.restrict(&patient),
        Command::RestrictMedications { patient } => control.restrict_medications(&patient),
        Command::Unrestrict { patient } => control.unrestrict(&patient),
        Command::RevokeTokens => control.revoke_tokens(),
        Command::SetScopes(scopes) => control.set_scopes(&scopes.iter().map(String::as_str).collect::<Vec<_>>()),
        Command::RegisterKeys(keys) => control.register_keys(keys),
        Command::Synchronise(synchronised) => control.synchronise(synchronised),
        Command::KeepKeySet => control.keep_key_set(),
        Command::MoveKeys(keys) => control.move_keys(keys),
        Command::ExpirePages => control.expire_pages(),
        Command::SetClockOffset { seconds } => control.set_clock_offset(SignedDuration::from_secs(seconds)),
        Command::LieAboutToken(fields) => control.lie_about_token(fields),
        Command::LieWithEntries(entries) => control.lie_with_entries(entries),
        Command::LieUnfiltered => control.lie_unfiltered(),
        Command::LieAboutFilters => control.lie_about_filters(),
        Command::LieAboutNextLink { url } => control.lie_about_next_link(&url),
        Command::LieEndlessly => control.lie_endlessly(),
        Command::Put(resource) => control.put(resource),
        Command::PutInChart { patient, resource } => control.put_in_chart(&patient, resource),
        Command::Remove { resource_type, id } => control.remove(&resource_type, &id),
    }
}

pub(crate) async fn requests(Shared(state): Shared<SharedState>) -> Response {
    json_answer(StatusCode::OK, "application/json", &serde_json::json!(state.requests()))
}
