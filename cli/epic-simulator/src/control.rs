//! Changes the simulator's behaviour while it runs.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;

use crate::fault::{Endpoint, Fault, Times};
use crate::settings::KeySource;
use crate::site::Site;
use crate::state::{Lies, Restricted, SharedState};

pub(crate) mod http;

/// The simulator's knobs. What is set stays set until changed again, or until [`Control::heal`] where that says so.
#[derive(Clone)]
pub struct Control {
    state: SharedState,
}

impl Control {
    pub(crate) fn new(state: SharedState) -> Self {
        Self { state }
    }

    /// Delays every answer of an endpoint.
    pub fn delay(&self, endpoint: Endpoint, delay: Duration) {
        self.state.behaviour().faults.delay(endpoint, delay);
    }

    /// Makes something go wrong at an endpoint. Several faults of one endpoint strike in the order they were set.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault, times: Times) {
        self.state.behaviour().faults.arm(endpoint, fault, times);
    }

    /// The next `times` requests to an endpoint fail with this status.
    pub fn fail(&self, endpoint: Endpoint, status: u16, times: u32) {
        self.fault(endpoint, Fault::Status(status), Times::Next(times));
    }

    /// No request to an endpoint is answered.
    pub fn hang(&self, endpoint: Endpoint) {
        self.fault(endpoint, Fault::Hang, Times::Always);
    }

    /// The next `times` requests to an endpoint end with the connection closed.
    pub fn drop_connection(&self, endpoint: Endpoint, times: u32) {
        self.fault(endpoint, Fault::Drop, Times::Next(times));
    }

    /// Lets go all answers that [`Fault::Hold`] holds back now.
    pub fn release(&self) {
        self.state.releases.send_modify(|releases| *releases += 1);
    }

    /// Ends all delays, faults and lies. Restrictions, revocations, the site's set-up and the clock stay.
    pub fn heal(&self) {
        let mut behaviour = self.state.behaviour();
        behaviour.faults = crate::fault::Faults::default();
        behaviour.lies = Lies::default();
    }

    /// Changes how the customer's Epic is set up.
    pub fn site(&self, change: impl FnOnce(&mut Site)) {
        change(&mut self.state.behaviour().site);
    }

    /// Puts a whole chart under Break-the-Glass.
    pub fn restrict(&self, patient_id: &str) {
        self.state.behaviour().restricted.insert(patient_id.to_owned(), Restricted::Everything);
    }

    /// Puts a chart's medications under Break-the-Glass; the Patient is still found.
    pub fn restrict_medications(&self, patient_id: &str) {
        self.state.behaviour().restricted.insert(patient_id.to_owned(), Restricted::Medications);
    }

    /// Lifts a restriction.
    pub fn unrestrict(&self, patient_id: &str) {
        self.state.behaviour().restricted.remove(patient_id);
    }

    /// Revokes every token issued so far: they are answered with 401 from now on.
    pub fn revoke_tokens(&self) {
        self.state.access_tokens().revoke_all();
    }

    /// Revokes one token, and no other that may be issued meanwhile.
    pub fn revoke_token(&self, token: &str) {
        self.state.access_tokens().revoke(token);
    }

    /// The tokens issued so far: none may ever show up in a log.
    pub fn issued_tokens(&self) -> Vec<String> {
        self.state.access_tokens().issued()
    }

    /// Issues a token as the token endpoint would, without the exchange: for tests of what comes after it.
    pub fn issue_token(&self) -> String {
        let scopes = self.state.behaviour().scopes.clone();
        let expires_at = self.state.now() + self.state.token_lifetime;
        self.state.access_tokens().issue(scopes, expires_at)
    }

    /// Changes the scopes that tokens issued from now on have.
    pub fn set_scopes(&self, scopes: &[&str]) {
        self.state.behaviour().scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    }

    /// Registers another key set for the client, and forgets what was cached of the old one.
    pub fn register_keys(&self, keys: KeySource) {
        self.state.behaviour().keys = keys;
        *self.state.key_set() = crate::token_endpoint::key_set::KeySetCache::default();
    }

    /// Whether the client's registration has arrived: until then it is unknown here, as in the hour after it was saved.
    pub fn synchronise(&self, synchronised: bool) {
        self.state.behaviour().synchronised = synchronised;
    }

    /// Has a cached key set be kept to the end of its time, also when a signature doesn't verify with it.
    pub fn keep_key_set(&self) {
        self.state.behaviour().refetches_keys = false;
    }

    /// Registers another key set for the client, without a word to what was cached of the old one.
    pub fn move_keys(&self, keys: KeySource) {
        self.state.behaviour().keys = keys;
    }

    /// Makes every open `next` link fail with 4113.
    pub fn expire_pages(&self) {
        self.state.pages().expire();
    }

    /// Sets Epic's clock this far ahead of (negative: behind) [`crate::settings::Settings::now`].
    pub fn set_clock_offset(&self, offset: SignedDuration) {
        self.state.behaviour().clock_offset = offset;
    }

    /// Answers token requests with these fields in place of the true ones; null leaves a field out. Not an object: no
    /// change.
    pub fn lie_about_token(&self, fields: Value) {
        if let Value::Object(fields) = fields {
            self.state.behaviour().lies.token_answer = fields;
        }
    }

    /// Adds entries, as they are, to every page of a search for medications (Appointments: for appointments): [`entry`]
    /// wraps a resource.
    pub fn lie_with_entries(&self, entries: Vec<Value>) {
        self.state.behaviour().lies.entries = entries;
    }

    /// Makes searches answer with every resource of the type, whoever's it is.
    pub fn lie_unfiltered(&self) {
        self.state.behaviour().lies.unfiltered = true;
    }

    /// Makes medication searches ignore status, category and intent.
    pub fn lie_about_filters(&self) {
        self.state.behaviour().lies.ignores_filters = true;
    }

    /// Makes every `next` link this URL.
    pub fn lie_about_next_link(&self, url: &str) {
        self.state.behaviour().lies.next_link = Some(url.to_owned());
    }

    /// Makes every page have a `next`, without an end.
    pub fn lie_endlessly(&self) {
        self.state.behaviour().lies.endless = true;
    }

    /// Puts a resource into the data, in place of one of the same type and id.
    pub fn put(&self, resource: Value) {
        self.state.data().put(resource);
    }

    /// Changes a resource.
    pub fn change(&self, resource_type: &str, id: &str, change: impl FnOnce(&mut Value)) {
        self.state.data().change(resource_type, id, change);
    }

    /// Removes a resource.
    pub fn remove(&self, resource_type: &str, id: &str) {
        self.state.data().remove(resource_type, id);
    }

    /// Puts a resource into a patient's chart, whatever it says of itself.
    pub fn put_in_chart(&self, patient_id: &str, resource: Value) {
        self.state.data().put_in_chart(patient_id, resource);
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("origin", &self.state.origin).finish()
    }
}

/// A Bundle entry that claims to match the search.
pub fn entry(resource: Value) -> Value {
    serde_json::json!({"resource": resource, "search": {"mode": "match"}})
}

/// For the HTTP side, which holds the state only.
pub(crate) fn of(state: &SharedState) -> Control {
    Control::new(Arc::clone(state))
}
