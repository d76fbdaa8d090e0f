//! What the simulator's parts share.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use tokio::sync::watch;

use crate::data::Data;
use crate::fault::Faults;
use crate::fhir::paging::PageSessions;
use crate::requests::{FhirRequest, Requests, TokenRequest};
use crate::settings::{KeySource, Now, Settings};
use crate::site::Site;
use crate::token_endpoint::access_tokens::AccessTokens;
use crate::token_endpoint::key_set::KeySetCache;

/// The path of the token endpoint.
pub(crate) const TOKEN_PATH: &str = "/interconnect-fhir-oauth/oauth2/token";
/// A version of FHIR, which Epic serves at a base of its own; one token is good for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    R4,
    Stu3,
}

impl Version {
    pub(crate) const ALL: [Self; 2] = [Self::R4, Self::Stu3];

    /// The path of its base.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::R4 => "/interconnect-fhir-oauth/api/FHIR/R4",
            Self::Stu3 => "/interconnect-fhir-oauth/api/FHIR/STU3",
        }
    }

    /// The type of resource that medications are: R4's Epic has no `MedicationStatement`.
    pub(crate) fn medication_type(self) -> &'static str {
        match self {
            Self::R4 => "MedicationRequest",
            Self::Stu3 => "MedicationStatement",
        }
    }
}

/// One simulator. Each lock is held for a moment only, and never two at once.
pub(crate) struct State {
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
    pub(crate) client_id: String,
    pub(crate) token_lifetime: Duration,
    now: Now,
    behaviour: Mutex<Behaviour>,
    data: Mutex<Data>,
    access_tokens: Mutex<AccessTokens>,
    seen_jtis: Mutex<HashSet<String>>,
    pages: Mutex<PageSessions>,
    key_set: Mutex<KeySetCache>,
    requests: watch::Sender<Requests>,
    /// Counts the releases of held answers.
    pub(crate) releases: watch::Sender<u64>,
    /// True once the simulator stops: whatever waits then ends.
    pub(crate) stopping: watch::Sender<bool>,
}

/// What can be changed while the simulator runs.
pub(crate) struct Behaviour {
    pub(crate) site: Site,
    pub(crate) keys: KeySource,
    /// Whether the client's registration has arrived here.
    pub(crate) synchronised: bool,
    /// Whether a cached key set that doesn't verify is fetched again before its time.
    pub(crate) refetches_keys: bool,
    pub(crate) scopes: Vec<String>,
    pub(crate) faults: Faults,
    pub(crate) lies: Lies,
    pub(crate) restricted: BTreeMap<String, Restricted>,
    pub(crate) clock_offset: SignedDuration,
}

/// What the simulator says although it isn't so.
#[derive(Default)]
pub(crate) struct Lies {
    /// Fields of the token endpoint's answer; null leaves a field out.
    pub(crate) token_answer: Map<String, Value>,
    /// Entries added to every page of a search, as they are: Appointments where those are searched for, all others where
    /// medications are.
    pub(crate) entries: Vec<Value>,
    /// Searches answer with every resource of the type.
    pub(crate) unfiltered: bool,
    /// Searches for medications ignore status, category and intent.
    pub(crate) ignores_filters: bool,
    /// The URL of every `next` link.
    pub(crate) next_link: Option<String>,
    /// Every page has a `next`, and the next page is the first again.
    pub(crate) endless: bool,
}

/// What of a chart is under Break-the-Glass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restricted {
    Everything,
    Medications,
}

impl State {
    pub(crate) fn new(origin: String, settings: Settings) -> Self {
        Self {
            origin,
            client_id: settings.client_id,
            token_lifetime: settings.token_lifetime,
            now: settings.now,
            behaviour: Mutex::new(Behaviour {
                site: settings.site,
                keys: settings.jwks,
                synchronised: true,
                refetches_keys: true,
                scopes: settings.scopes,
                faults: Faults::default(),
                lies: Lies::default(),
                restricted: BTreeMap::new(),
                clock_offset: SignedDuration::ZERO,
            }),
            data: Mutex::new(settings.data),
            access_tokens: Mutex::default(),
            seen_jtis: Mutex::default(),
            pages: Mutex::default(),
            key_set: Mutex::default(),
            requests: watch::Sender::default(),
            releases: watch::Sender::default(),
            stopping: watch::Sender::default(),
        }
    }

    /// Epic's time.
    pub(crate) fn now(&self) -> Timestamp {
        let now = (self.now)();
        now.checked_add(self.behaviour().clock_offset).unwrap_or(now)
    }

    pub(crate) fn token_endpoint(&self) -> String {
        format!("{}{TOKEN_PATH}", self.origin)
    }

    pub(crate) fn fhir_base_url(&self, version: Version) -> String {
        format!("{}{}", self.origin, version.path())
    }

    pub(crate) fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        lock(&self.behaviour)
    }

    pub(crate) fn site(&self) -> Site {
        self.behaviour().site.clone()
    }

    pub(crate) fn data(&self) -> MutexGuard<'_, Data> {
        lock(&self.data)
    }

    pub(crate) fn access_tokens(&self) -> MutexGuard<'_, AccessTokens> {
        lock(&self.access_tokens)
    }

    pub(crate) fn pages(&self) -> MutexGuard<'_, PageSessions> {
        lock(&self.pages)
    }

    pub(crate) fn key_set(&self) -> MutexGuard<'_, KeySetCache> {
        lock(&self.key_set)
    }

    /// Remembers a `jti`. False if it was seen before.
    pub(crate) fn jti_is_new(&self, jti: &str) -> bool {
        lock(&self.seen_jtis).insert(jti.to_owned())
    }

    pub(crate) fn requests(&self) -> Requests {
        self.requests.borrow().clone()
    }

    /// Waits until what was asked so far fulfils `condition`.
    pub(crate) async fn until(&self, condition: impl Fn(&Requests) -> bool) {
        // The sender lives as long as self: waiting can't fail.
        let _ = self.requests.subscribe().wait_for(condition).await;
    }

    pub(crate) fn record_token_request(&self, request: TokenRequest) {
        self.requests.send_modify(|requests| requests.token.push(request));
    }

    pub(crate) fn record_key_set_fetch(&self) {
        self.requests.send_modify(|requests| requests.key_set_fetches += 1);
    }

    /// Records a FHIR request as it comes in; its place, for the status of its answer.
    pub(crate) fn record_fhir_request(&self, request: FhirRequest) -> usize {
        let mut place = 0;
        self.requests.send_modify(|requests| {
            place = requests.fhir.len();
            requests.fhir.push(request);
        });
        place
    }

    pub(crate) fn record_fhir_status(&self, place: usize, status: u16) {
        self.requests.send_modify(|requests| {
            if let Some(request) = requests.fhir.get_mut(place) {
                request.status = Some(status);
            }
        });
    }
}

/// A panic while the lock was held leaves nothing half-changed that matters here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Shared by the server's tasks and the handles on it.
pub(crate) type SharedState = Arc<State>;
