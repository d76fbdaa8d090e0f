//! A connection of the test's own on the shared local stack: its table of keys, its JWK Set URL, and an operator who can
//! be asked.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_kms::types::{KeySpec, KeyUsageType};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use careline::command::{Arguments, Command};
use careline::deployment::Deployment;
use careline::keys::{self, KeysError};
use careline::local_stack::{Function, LocalStack};
use careline::operator::Operator;
use clap::Parser as _;
use shared::connection::ConnectionName;
use shared::signing_keys::KeyRing;
use shared::signing_keys::store::{KeyRingStore, Written};
use shared::telemetry::ErrorChain;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::front::Front;
use crate::support::clock::MovableClock;
use crate::support::deployed::Deployed;
use crate::support::dynamodb::create;
use crate::support::operator::unhurried;
use crate::support::world::TOKEN_REFRESHER;

/// What answers at the JWK Set URL.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The set of the table.
    Table,
    /// Another status, without a set.
    Status(u16),
    /// Another body.
    Body(String),
}

/// The JWK Set URL: as jwks, without its memory.
#[derive(Clone)]
struct JwkSetUrl {
    store: KeyRingStore,
    answer: Arc<Mutex<Answer>>,
    cache_control: Arc<Mutex<String>>,
}

pub struct Stage {
    pub deployment: Deployment,
    pub clock: MovableClock,
    pub kms: aws_sdk_kms::Client,
    /// The key that the template would have made for connection `epic`.
    pub first_key_id: String,
    /// Where AWS answers, with a token-refresher that knows these connections.
    pub front: Front,
    url: JwkSetUrl,
    server: JoinHandle<()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

pub async fn stack() -> &'static LocalStack {
    &tokio::task::spawn_blocking(Deployed::shared).await.expect("the local stack").stack
}

pub fn connection(name: &str) -> ConnectionName {
    ConnectionName::parse(name).unwrap()
}

impl Stage {
    /// Connections `epic`, with a first key that signs, and `mercy`, with none. Sets may be kept for an hour.
    pub async fn working() -> Self {
        let stage = Self::empty().await;
        let (epic, clock) = (connection("epic"), stage.now());
        let registered = keys::register_first(&stage.deployment, &epic, &stage.first_key_id, &clock).await.unwrap();
        assert!(matches!(registered, keys::Registered::Now { .. }));
        keys::wait_until_served(&stage.deployment, &epic, &clock).await.unwrap();
        stage
    }

    /// Connections `epic` and `mercy` without any key.
    pub async fn empty() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let stack = stack().await;
        let config = unhurried(&stack.aws());
        let (dynamodb, kms) = (aws_sdk_dynamodb::Client::new(&config), aws_sdk_kms::Client::new(&config));
        // Tests share the local AWS, and a stack's name is what tells their KMS keys apart.
        let name = format!("careline-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let table = format!("{name}-SigningKeys");
        create(&dynamodb, &table, &["connection"], None).await;
        let first_key_id = make_key(&kms, KeySpec::Rsa3072, KeyUsageType::SignVerify).await;
        let url = JwkSetUrl {
            store: KeyRingStore::new(dynamodb, table.clone()),
            answer: Arc::new(Mutex::new(Answer::Table)),
            cache_control: Arc::new(Mutex::new("public, max-age=3600".to_owned())),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let jwks_url = format!("http://{}/{{connection}}/jwks.json", listener.local_addr().unwrap());
        let router = Router::new().route("/{connection}/jwks.json", get(serve)).with_state(url.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let role = stack.output("TokenRefresherRoleArn").expect("an output").to_owned();
        let clock = MovableClock::default();
        let front = Front::start(stack, "epic,mercy", &table, clock.clock()).await;
        let outputs = [
            ("SigningKeyTableName", table),
            ("TokenRefresherFunctionName", TOKEN_REFRESHER.to_owned()),
            ("TokenRefresherRoleArn", role),
            ("JwksUrl", jwks_url),
            ("ConnectionNames", "epic,mercy".to_owned()),
            ("SigningKeyIdepic", first_key_id.clone()),
        ];
        let outputs = BTreeMap::from(outputs.map(|(name, value)| (name.to_owned(), value)));
        let deployment = Deployment::from_outputs(&name, front.aws.clone(), outputs).unwrap();
        Self { deployment, clock, kms, first_key_id, front, url, server }
    }

    pub fn now(&self) -> shared::clock::Clock {
        self.clock.clock()
    }

    pub fn later(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub fn url_answers(&self, answer: Answer) {
        *self.url.answer.lock().unwrap() = answer;
    }

    pub fn url_states(&self, cache_control: &str) {
        cache_control.clone_into(&mut self.url.cache_control.lock().unwrap());
    }

    pub async fn ring(&self, name: &str) -> KeyRing {
        self.url.store.read(&connection(name)).await.unwrap().ring
    }

    pub async fn write(&self, name: &str, ring: &KeyRing) {
        let revision = self.url.store.read(&connection(name)).await.unwrap().revision;
        assert_eq!(self.url.store.write(&connection(name), ring, revision).await.unwrap(), Written::Stored);
    }

    /// `careline keys …` for connection `epic`, agreed to beforehand unless it is `list`.
    pub async fn keys(&self, words: &str) -> Result<String, KeysError> {
        let yes = if words.starts_with("list") { "" } else { " --yes" };
        let (done, said) = self.run(&format!("{words} --connection epic{yes}"), "", false).await;
        done.map(|()| said)
    }

    /// `careline keys …` as it was written, with an answer to its question.
    pub async fn run(&self, words: &str, answer: &str, is_terminal: bool) -> (Result<(), KeysError>, String) {
        let (mut input, mut out) = (answer.as_bytes(), Vec::new());
        let mut operator = Operator { input: &mut input, out: &mut out, is_terminal };
        let done = keys::run(&options(words), &self.deployment, &self.now(), &mut operator).await;
        (done, String::from_utf8(out).unwrap())
    }

    /// Adds a key, and returns its kid.
    pub async fn add(&self, words: &str) -> String {
        let before = self.ring("epic").await;
        self.keys(&format!("add {words}")).await.unwrap_or_else(|error| panic!("{}", ErrorChain(&error)));
        let ring = self.ring("epic").await;
        let new = ring.keys.iter().find(|key| before.key(key.kid()).is_none()).expect("a new key");
        new.kid().to_owned()
    }

    /// The KMS key's ARN of a key of `epic`.
    pub async fn key_id(&self, kid: &str) -> String {
        self.ring("epic").await.key(kid).expect("a key").key_id.clone()
    }

    /// How many KMS keys careline made here.
    pub async fn kms_keys(&self) -> usize {
        let mut count = 0;
        let mut pages = self.kms.list_keys().into_paginator().items().send();
        while let Some(key) = pages.next().await {
            let key = key.unwrap();
            let tags = self.kms.list_resource_tags().key_id(key.key_id().unwrap()).send().await.unwrap();
            count += tags.tags().iter().filter(|tag| tag.tag_value() == self.deployment.stack()).count();
        }
        count
    }

    pub async fn key_state(&self, key_id: &str) -> String {
        let described = self.kms.describe_key().key_id(key_id).send().await.unwrap();
        described.key_metadata().unwrap().key_state().unwrap().as_str().to_owned()
    }

    /// KMS as a function's role.
    pub async fn kms_as(&self, function: Function) -> aws_sdk_kms::Client {
        aws_sdk_kms::Client::new(&unhurried(&stack().await.aws_as(function)))
    }
}

/// `careline keys …` as it was written.
pub fn options(words: &str) -> keys::Options {
    let words = ["careline", "keys"].into_iter().chain(words.split_whitespace());
    let Command::Keys(options) = Arguments::try_parse_from(words).unwrap().command else { panic!("keys") };
    options
}

/// A KMS key that careline did not make.
pub async fn make_key(kms: &aws_sdk_kms::Client, spec: KeySpec, usage: KeyUsageType) -> String {
    let created = kms.create_key().key_spec(spec).key_usage(usage).send().await.unwrap();
    created.key_metadata().unwrap().arn().unwrap().to_owned()
}

async fn serve(State(url): State<JwkSetUrl>, Path(name): Path<String>) -> Response {
    let answer = url.answer.lock().unwrap().clone();
    let body = match answer {
        Answer::Table => {
            let ring = url.store.read(&connection(&name)).await.unwrap().ring;
            if ring.keys.is_empty() {
                return StatusCode::NOT_FOUND.into_response();
            }
            serde_json::to_string(&ring.public_keys()).unwrap()
        }
        Answer::Status(status) => return StatusCode::from_u16(status).unwrap().into_response(),
        Answer::Body(body) => body,
    };
    let cache_control = url.cache_control.lock().unwrap().clone();
    ([(header::CONTENT_TYPE, "application/json".to_owned()), (header::CACHE_CONTROL, cache_control)], body)
        .into_response()
}
