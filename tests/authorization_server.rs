//! A second opinion on our client assertions: an authorization server by others (`oidc-provider`), set up as SMART Backend
//! Services asks (`tests/authorization-server/server.mjs`). Our simulator might share a misunderstanding with us; it can't.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared::clock::Clock;
use shared::refresh_request::RefreshReply;
use shared::signing_algorithm::SigningAlgorithm;

use crate::support::key_set::{key_set, serve};
use crate::support::kms::{EC_PUBLIC_KEY, EC_SIGNING_KEY_ID, PUBLIC_KEY, SIGNING_KEY_ID};
use crate::support::node;
use crate::support::world::{World, invoke, missing};

/// oidc-provider, with one client that has its keys at a URL.
struct AuthorizationServer {
    process: Child,
    /// Open as long as the server is to run.
    _input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

impl AuthorizationServer {
    async fn start(client_id: &str, scopes: &str, algorithm: SigningAlgorithm, keys: Value) -> Self {
        let jwks_url = serve(keys).await;
        let mut process = node::authorization_server()
            .args([client_id, &jwks_url, scopes, algorithm.as_str()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node runs");
        let input = process.stdin.take().expect("a pipe");
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let issuer = lines.next().expect("the server says its issuer").expect("a line");
        Self { process, _input: input, lines, issuer }
    }

    fn token_endpoint(&self) -> String {
        format!("{}/token", self.issuer)
    }

    /// What became of the next token request.
    fn verdict(&mut self) -> Value {
        let line = self.lines.next().expect("a verdict").expect("a line");
        shared::json::decode(line.as_bytes()).expect("a line of JSON")
    }
}

impl Drop for AuthorizationServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The key that signs with this algorithm: its id, and its public part.
fn key(algorithm: SigningAlgorithm) -> (&'static str, &'static [u8]) {
    match algorithm {
        SigningAlgorithm::Rs384 => (SIGNING_KEY_ID, PUBLIC_KEY),
        SigningAlgorithm::Es384 => (EC_SIGNING_KEY_ID, EC_PUBLIC_KEY),
    }
}

/// A world in which the authorization server is the other one, and what time it is, is true: Node knows no other time.
async fn world_of(server: &AuthorizationServer, algorithm: SigningAlgorithm) -> World {
    let world = World::working().await;
    world.set("token_endpoint", json!(server.token_endpoint()));
    let (key_id, public_key) = key(algorithm);
    world.sign_with(key_id, public_key).await;
    world
}

/// One whose client signs with this algorithm, and has its key and the other one in its set.
async fn working_server(algorithm: SigningAlgorithm) -> AuthorizationServer {
    let world = World::working().await;
    let keys = key_set(&[PUBLIC_KEY, EC_PUBLIC_KEY]);
    AuthorizationServer::start(&world.setting("client_id"), &world.setting("scopes"), algorithm, keys).await
}

fn clock_ahead_by(minutes: i64) -> Clock {
    Clock::from_fn(move || Timestamp::now() + SignedDuration::from_mins(minutes))
}

async fn check_grant(algorithm: SigningAlgorithm) {
    let mut server = working_server(algorithm).await;
    let world = world_of(&server, algorithm).await;
    let refresher = world.token_refresher_at(Clock::system());
    assert_eq!(invoke(&refresher, &missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
    assert_eq!(server.verdict(), json!({"granted": world.setting("scopes")}));
    let token = world.access_token_store().read(&world.connection).await.unwrap().token.unwrap();
    assert_eq!(token.scope, world.setting("scopes"));
    assert_eq!(token.lifetime(), SignedDuration::try_from(Duration::from_secs(300)).unwrap());
}

#[tokio::test]
async fn an_authorization_server_by_others_grants_us_a_token() {
    check_grant(SigningAlgorithm::Rs384).await;
}

#[tokio::test]
async fn an_authorization_server_by_others_grants_us_a_token_for_an_elliptic_curve_key() {
    check_grant(SigningAlgorithm::Es384).await;
}

#[tokio::test]
async fn it_takes_a_new_assertion_for_each_token() {
    let algorithm = SigningAlgorithm::Es384;
    let mut server = working_server(algorithm).await;
    for _ in 0..2 {
        let world = world_of(&server, algorithm).await;
        let refresher = world.token_refresher_at(Clock::system());
        assert_eq!(invoke(&refresher, &missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
        assert!(server.verdict().get("granted").is_some());
    }
}

/// That it grants means something only if it refuses.
#[tokio::test]
async fn it_refuses_a_key_that_is_not_ours_and_an_assertion_that_lives_too_long() {
    for algorithm in [SigningAlgorithm::Rs384, SigningAlgorithm::Es384] {
        let world = World::working().await;
        let (client_id, scopes) = (world.setting("client_id"), world.setting("scopes"));
        let stranger = AuthorizationServer::start(&client_id, &scopes, algorithm, json!({"keys": []})).await;
        check_refusal(stranger, algorithm, Clock::system()).await;
        check_refusal(working_server(algorithm).await, algorithm, clock_ahead_by(10)).await;
    }
}

/// Its client is registered for one algorithm.
#[tokio::test]
async fn it_refuses_another_algorithm_than_the_clients_though_the_key_is_in_the_set() {
    let (rs384, es384) = (SigningAlgorithm::Rs384, SigningAlgorithm::Es384);
    check_refusal(working_server(rs384).await, es384, Clock::system()).await;
    check_refusal(working_server(es384).await, rs384, Clock::system()).await;
}

/// Asserts that what is signed with the key of this algorithm, at this time, is refused.
async fn check_refusal(mut server: AuthorizationServer, algorithm: SigningAlgorithm, clock: Clock) {
    let refused = RefreshReply::Failed { code: "invalid_client".to_owned(), retryable: false };
    let world = world_of(&server, algorithm).await;
    assert_eq!(invoke(&world.token_refresher_at(clock), &missing()).await.unwrap(), refused);
    let verdict = server.verdict();
    assert_eq!(verdict["refused"], "invalid_client", "{verdict}");
}
