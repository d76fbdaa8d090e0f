//! A world with what an operator sees of it: a stack's outputs, and a JWK Set URL that can be spoilt.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::routing::get;
use careline::deployment::Deployment;
use careline::doctor::Subject;
use careline::doctor::cause::Cause;
use careline::doctor::examination::examine;
use careline::doctor::report::{Check, Report};
use careline::doctor::test_patient::TestPatient;
use epic_simulator::settings::KeySource;
use serde_json::{Value, json};
use shared::refresh_request::RefreshReply;

use crate::support::dynamodb::{ACCESS_TOKEN_TABLE, CALL_TABLE, SIGNING_KEY_TABLE};
use crate::support::key_set::key_set;
use crate::support::kms::PUBLIC_KEY;
use crate::support::secrets_manager::SETTINGS_PREFIX;
use crate::support::sqs::{DEAD_LETTER_QUEUE_URL, PREFETCH_QUEUE_URL};
use crate::support::world::{TOKEN_REFRESHER, World, missing};

/// Camila Lopez of Epic's sandbox.
pub const CAMILA: &str = "phone: +14694694321\nbirth_date: 1987-09-12\ngender: female\n";
/// Longer than any Epic takes to synchronise.
const HALF_A_DAY: Duration = Duration::from_secs(13 * 60 * 60);

/// What the JWK Set URL answers.
#[derive(Clone)]
pub struct Page {
    pub status: u16,
    pub location: Option<&'static str>,
    pub cache_control: Option<&'static str>,
    pub body: String,
}

impl Page {
    /// A set, to be kept for an hour.
    pub fn of(set: &Value) -> Self {
        Self { status: 200, location: None, cache_control: Some("public, max-age=3600"), body: set.to_string() }
    }

    /// An answer without a set.
    pub fn answering(status: u16, body: &str) -> Self {
        Self { status, body: body.to_owned(), ..Self::of(&Value::Null) }
    }
}

/// What is examined.
pub struct Clinic {
    pub world: World,
    page: Arc<Mutex<Page>>,
    outputs: BTreeMap<String, String>,
}

impl Clinic {
    /// A connection that was just set up: it has never had a token, and Epic knows it by its JWK Set URL.
    pub async fn new() -> Self {
        let world = World::working().await;
        let page = Arc::new(Mutex::new(Page::of(&key_set(&[PUBLIC_KEY]))));
        let origin = serve(Arc::clone(&page)).await;
        world.aws.secrets_manager().changed_at(world.clock.clock().now());
        let outputs = [
            ("Connections", "sandbox"),
            ("ConnectionSettingsPrefix", SETTINGS_PREFIX),
            ("AccessTokenTableName", ACCESS_TOKEN_TABLE),
            ("CallTableName", CALL_TABLE),
            ("SigningKeyTableName", SIGNING_KEY_TABLE),
            ("TokenRefresherFunctionName", TOKEN_REFRESHER),
            ("PrefetchQueueUrl", PREFETCH_QUEUE_URL),
            ("PrefetchDeadLetterQueueUrl", DEAD_LETTER_QUEUE_URL),
            ("JwksUrl", &format!("{origin}/{{connection}}/jwks.json")),
        ];
        let outputs = outputs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let clinic = Self { world, page, outputs };
        clinic.register();
        clinic
    }

    /// One that has been at work for half a day, with a token in its table.
    pub async fn settled() -> Self {
        let clinic = Self::new().await;
        clinic.settle();
        clinic.renew().await;
        clinic
    }

    /// Lets half a day pass.
    pub fn settle(&self) {
        self.world.clock.advance(HALF_A_DAY);
    }

    /// Lets the token expire, and has it replaced.
    pub async fn renew(&self) {
        self.world.clock.advance(Duration::from_secs(2 * 60 * 60));
        let reply = self.world.refresh(missing()).await.expect("an answer");
        assert!(matches!(reply, RefreshReply::Refreshed { .. }), "{reply:?}");
    }

    /// Registers the JWK Set URL at Epic, which has no copy of the set then.
    pub fn register(&self) {
        self.world.epic.control().register_keys(KeySource::Url(self.jwks_url()));
    }

    pub fn jwks_url(&self) -> String {
        self.outputs["JwksUrl"].replace("{connection}", "sandbox")
    }

    /// Changes what the JWK Set URL answers; Epic looks at it anew.
    pub fn publish(&self, page: Page) {
        *self.page.lock().unwrap() = page;
        self.register();
    }

    /// As [`Clinic::publish`], with Epic none the wiser.
    pub fn publish_quietly(&self, page: Page) {
        *self.page.lock().unwrap() = page;
    }

    /// Changes an output of the stack.
    pub fn output(&mut self, name: &str, value: &str) {
        self.outputs.insert(name.to_owned(), value.to_owned());
    }

    pub async fn examine(&self) -> Report {
        self.examine_with(None).await
    }

    pub async fn examine_with(&self, patient: Option<&str>) -> Report {
        let test_patient = patient.map(|text| TestPatient::parse(text).unwrap());
        let deployment = Deployment::from_outputs("careline", self.world.aws.aws(), self.outputs.clone()).unwrap();
        let clock = self.world.clock.clock();
        let connection = self.world.connection.clone();
        examine(&Subject { deployment: &deployment, connection, clock: &clock, test_patient: test_patient.as_ref() })
            .await
    }

    /// Asserts that doctor names these causes, and no others.
    #[track_caller]
    pub fn check(&self, expected: &[(Check, Cause)]) -> impl Future<Output = ()> {
        self.check_with(None, expected)
    }

    /// As [`Clinic::check`], with a test patient.
    #[track_caller]
    pub fn check_with(&self, patient: Option<&str>, expected: &[(Check, Cause)]) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let report = self.examine_with(patient).await;
            assert_eq!(report.causes(), expected, "{place}\n{}", text_of(&report));
        }
    }
}

pub fn text_of(report: &Report) -> String {
    let mut out = Vec::new();
    report.write_text(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub fn json_of(report: &Report) -> Value {
    let mut out = Vec::new();
    report.write_json(&mut out).unwrap();
    shared::json::decode(&out).unwrap()
}

/// The set of the signing key, its entry changed.
pub fn set_with(changed: &[(&str, Value)]) -> Value {
    let mut set = key_set(&[PUBLIC_KEY]);
    for (name, value) in changed {
        set["keys"][0][*name] = value.clone();
    }
    set
}

/// The set with its entry twice.
pub fn doubled() -> Value {
    let set = key_set(&[PUBLIC_KEY]);
    json!({"keys": [set["keys"][0], set["keys"][0]]})
}

async fn serve(page: Arc<Mutex<Page>>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let answer = move || {
        let Page { status, location, cache_control, body } = page.lock().unwrap().clone();
        let mut headers = HeaderMap::new();
        for (name, value) in [(LOCATION, location), (CACHE_CONTROL, cache_control)] {
            headers.extend(value.map(|value| (name, HeaderValue::from_static(value))));
        }
        async move { (StatusCode::from_u16(status).unwrap(), headers, body) }
    };
    let router = Router::new().route("/{connection}/jwks.json", get(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    origin
}
