//! The JWK Set URL of the deployed stack, as Epic sees it: over HTTP, and with no credentials.

use std::time::{Duration, Instant};

use careline::local_stack::Function;
use reqwest::Method;
use reqwest::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use serde_json::{Value, json};
use shared::connection::ConnectionName;
use shared::jwk::JwkSet;
use shared::signing_keys::KeyRing;
use shared::signing_keys::publication::in_memory_for;
use shared::signing_keys::store::Written;

use super::ec_key;
use crate::support::deployed::{CONNECTION, Deployed, connection};
use crate::support::operator::unhurried;

/// What the local stack is deployed with.
const MAX_AGE: Duration = Duration::from_secs(5);
/// For what takes milliseconds, when every core may be compiling.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer: status, headers, body.
struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: impl reqwest::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }
}

async fn ask(method: Method, url: &str, if_none_match: Option<&str>) -> Answer {
    let mut request = shared::http::client().unwrap().request(method, url).header("accept", "application/json");
    if let Some(tag) = if_none_match {
        request = request.header(IF_NONE_MATCH, tag);
    }
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: shared::http::read_body(response).await.expect("a whole answer") }
}

async fn shared_stack() -> (&'static Deployed, String) {
    let deployed = tokio::task::spawn_blocking(Deployed::shared).await.expect("the local stack");
    (deployed, deployed.stack.jwks_url(&connection()))
}

#[tokio::test]
async fn the_url_serves_the_public_keys_to_anyone_and_nothing_private() {
    let (deployed, url) = shared_stack().await;
    let answer = ask(Method::GET, &url, None).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header(CONTENT_TYPE), Some("application/json"));
    assert_eq!(answer.header(CACHE_CONTROL), Some("public, max-age=5"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(answer.header(ETAG).is_some_and(|tag| tag.starts_with('"')), "{:?}", answer.headers);

    let ring = deployed.key_ring_store().read(&connection()).await.expect("the table").ring;
    let set: JwkSet = shared::json::decode(&answer.body).expect("a set");
    assert_eq!(set, ring.public_keys());
    let body: Value = shared::json::decode(&answer.body).expect("JSON");
    for key in body["keys"].as_array().expect("keys") {
        assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("RSA"), &json!("RS384"), &json!("sig")));
        // RFC 7518, section 6.3.2, and where the key is.
        assert!(["d", "p", "q", "dp", "dq", "qi", "oth", "k", "key_id"].iter().all(|name| key.get(name).is_none()));
    }
}

#[tokio::test]
async fn the_url_answers_head_and_conditions_without_a_body() {
    let (_, url) = shared_stack().await;
    let get = ask(Method::GET, &url, None).await;
    let head = ask(Method::HEAD, &url, None).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in [CONTENT_TYPE, CACHE_CONTROL, ETAG] {
        assert_eq!(head.header(&name), get.header(&name), "{name}");
    }
    let tag = get.header(ETAG).expect("a tag");
    for method in [Method::GET, Method::HEAD] {
        let unchanged = ask(method, &url, Some(tag)).await;
        assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
        assert_eq!(unchanged.header(ETAG), Some(tag));
        assert_eq!(unchanged.header(CACHE_CONTROL), get.header(CACHE_CONTROL));
    }
    assert_eq!(ask(Method::GET, &url, Some("\"another\"")).await.status, 200);
}

#[tokio::test]
async fn nothing_else_is_served() {
    let (deployed, url) = shared_stack().await;
    let unknown = ask(Method::GET, &deployed.stack.jwks_url(&ConnectionName::parse("nobody").unwrap()), None).await;
    assert_eq!((unknown.status, unknown.header(CACHE_CONTROL)), (404, Some("no-store")));
    // The API has no such routes; the function is not even asked.
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let refused = ask(method, &url, None).await;
        assert_eq!((refused.status, refused.header(ALLOW)), (404, None));
    }
    for path in ["", "jwks.json", "epic", "epic/jwks.json/more", "epic/other.json"] {
        let other = url.replace(&format!("{CONNECTION}/jwks.json"), path);
        assert_eq!(ask(Method::GET, &other, None).await.status, 404, "{other}");
    }
}

#[tokio::test]
async fn epic_learns_our_keys_from_the_url_alone() {
    let (deployed, _) = shared_stack().await;
    let lambda = aws_sdk_lambda::Client::new(&unhurried(&deployed.stack.aws()));
    let event = json!({"connection": CONNECTION, "reason": "missing"}).to_string();
    let name = deployed.stack.function_name(Function::TokenRefresher);
    let began = Instant::now();
    // Whoever holds the lease, this or the schedule, gets a token with a key that was fetched.
    while deployed.epic.requests().tokens_granted() == 0 {
        let asked = lambda.invoke().function_name(name).payload(event.clone().into_bytes().into()).send().await;
        assert_eq!(asked.expect("token-refresher is invoked").function_error(), None);
        assert!(began.elapsed() < PATIENCE, "no token");
    }
    assert!(deployed.epic.requests().key_set_fetches > 0);
}

#[tokio::test]
async fn a_rotation_is_seen_at_the_url_within_the_stated_time() {
    let alone = Deployed::alone().await;
    let (deployed, url) = (alone.deployed, alone.deployed.stack.jwks_url(&connection()));
    let store = deployed.key_ring_store();
    let before = store.read(&connection()).await.expect("the table");
    let added = KeyRing { keys: [before.ring.keys.clone(), vec![ec_key()]].concat(), ..KeyRing::default() };
    let tag = ask(Method::GET, &url, None).await.header(ETAG).expect("a tag").to_owned();

    for (ring, revision) in [(&added, before.revision), (&before.ring, before.revision + 1)] {
        assert_eq!(store.write(&connection(), ring, revision).await.expect("the table"), Written::Stored);
        let written = Instant::now();
        loop {
            // A request that comes after the stated time must be answered with the new set.
            let is_due = written.elapsed() >= in_memory_for(MAX_AGE);
            let set: JwkSet = shared::json::decode(&ask(Method::GET, &url, None).await.body).expect("a set");
            if set == ring.public_keys() {
                break;
            }
            assert!(!is_due, "an old set is served");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    assert_eq!(ask(Method::GET, &url, Some(&tag)).await.status, 304, "it is what it was");
}
