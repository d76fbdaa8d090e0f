//! A second opinion on our client assertions: an authorization server by others (`oidc-provider`), set up as SMART Backend
//! Services asks (`tests/authorization-server/server.mjs`). Our simulator might share a misunderstanding with us; it can't.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared::clock::Clock;
use shared::jwk::JwkSet;
use shared::refresh_request::RefreshReply;

use crate::support::key_set::serve;
use crate::support::node;
use crate::support::world::{World, invoke, missing, signing_jwk};

/// oidc-provider, with one client that has its keys at a URL.
struct AuthorizationServer {
    process: Child,
    /// Open as long as the server is to run.
    _input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

impl AuthorizationServer {
    async fn start(client_id: &str, scopes: &str, keys: Value) -> Self {
        let jwks_url = serve(keys).await;
        let mut process = node::authorization_server()
            .args([client_id, &jwks_url, scopes])
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

/// A world in which the authorization server is the other one, and what time it is, is true: Node knows no other time.
async fn world_of(server: &AuthorizationServer) -> World {
    let world = World::working().await;
    world.set("token_endpoint", json!(server.token_endpoint()));
    world
}

async fn working_server() -> AuthorizationServer {
    let world = World::working().await;
    let keys = serde_json::to_value(JwkSet { keys: vec![signing_jwk()] }).expect("a set is JSON");
    AuthorizationServer::start(&world.setting("client_id"), &world.setting("scopes"), keys).await
}

fn clock_ahead_by(minutes: i64) -> Clock {
    Clock::from_fn(move || Timestamp::now() + SignedDuration::from_mins(minutes))
}

#[tokio::test]
async fn an_authorization_server_by_others_grants_us_a_token() {
    let mut server = working_server().await;
    let world = world_of(&server).await;
    let refresher = world.token_refresher_at(Clock::system());
    assert_eq!(invoke(&refresher, &missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
    assert_eq!(server.verdict(), json!({"granted": world.setting("scopes")}));
    let token = world.access_token_store().read(&world.connection).await.unwrap().token.unwrap();
    assert_eq!(token.scope, world.setting("scopes"));
    assert_eq!(token.lifetime(), SignedDuration::try_from(Duration::from_secs(300)).unwrap());
}

#[tokio::test]
async fn it_takes_a_new_assertion_for_each_token() {
    let mut server = working_server().await;
    for _ in 0..2 {
        let world = world_of(&server).await;
        let refresher = world.token_refresher_at(Clock::system());
        assert_eq!(invoke(&refresher, &missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
        assert!(server.verdict().get("granted").is_some());
    }
}

/// That it grants means something only if it refuses.
#[tokio::test]
async fn it_refuses_a_key_that_is_not_ours_and_an_assertion_that_lives_too_long() {
    let refused = RefreshReply::Failed { code: "invalid_client".to_owned(), retryable: false };

    let mut stranger = AuthorizationServer::start(
        &World::working().await.setting("client_id"),
        &World::working().await.setting("scopes"),
        json!({"keys": []}),
    )
    .await;
    let world = world_of(&stranger).await;
    let refresher = world.token_refresher_at(Clock::system());
    assert_eq!(invoke(&refresher, &missing()).await.unwrap(), refused);
    assert_eq!(stranger.verdict()["refused"], "invalid_client");

    let mut server = working_server().await;
    let world = world_of(&server).await;
    let refresher = world.token_refresher_at(clock_ahead_by(10));
    assert_eq!(invoke(&refresher, &missing()).await.unwrap(), refused);
    let verdict = server.verdict();
    assert_eq!(verdict["refused"], "invalid_client", "{verdict}");
}
