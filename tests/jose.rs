//! Our client assertions as others' JOSE judges them (Python's `joserfc`): signed in the local AWS's KMS by the deployed
//! token-refresher, and verified with the set that the deployed jwks serves.

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use careline::local_stack::Function;
use jiff::Timestamp;
use serde_json::{Value, json};
use shared::clock::Clock;
use shared::telemetry::ErrorChain;

use crate::support::clock::MovableClock;
use crate::support::key_set::key_set;
use crate::support::kms::{EC_PUBLIC_KEY, PUBLIC_KEY};
use crate::support::several::{JUDGED, Several};
use crate::support::verifier;
use crate::support::waiting::until;

/// The next assertion of this algorithm that token-refresher sends.
async fn assertion(several: &Several, algorithm: &str) -> String {
    let before = several.token_requests.assertions().len();
    let newest = || {
        let mut new = several.token_requests.assertions().into_iter().skip(before);
        new.rfind(|assertion| part(assertion, 0)["alg"] == algorithm)
    };
    until("an assertion", async || {
        // The schedule's run may have the lease.
        let event = json!({"connection": JUDGED, "reason": "missing"});
        several.invoke(Function::TokenRefresher, &event).await.expect("an answer");
        newest().is_some()
    })
    .await;
    newest().expect("one came")
}

/// A segment of an assertion.
fn part(assertion: &str, index: usize) -> Value {
    let segment = assertion.split('.').nth(index).expect("three segments");
    shared::json::decode(&URL_SAFE_NO_PAD.decode(segment).expect("base64url")).expect("JSON")
}

/// The assertion with a segment of these bytes in the place of its own.
fn with_segment(assertion: &str, index: usize, bytes: &[u8]) -> String {
    let mut segments: Vec<_> = assertion.split('.').map(str::to_owned).collect();
    segments[index] = URL_SAFE_NO_PAD.encode(bytes);
    segments.join(".")
}

/// The assertion of another client, and one whose signature has one bit changed.
fn tampered(assertion: &str) -> [String; 2] {
    let mut claims = part(assertion, 1);
    claims["sub"] = json!("somebody-else");
    let mut signature = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(2).expect("a signature")).expect("base64url");
    *signature.last_mut().expect("a byte") ^= 1;
    [with_segment(assertion, 1, claims.to_string().as_bytes()), with_segment(assertion, 2, &signature)]
}

/// A stranger's key of the same kind as that of this kid, and under its name.
fn impostor(algorithm: &str, kid: &str) -> Value {
    let mut set = key_set(&[if algorithm == "RS384" { PUBLIC_KEY } else { EC_PUBLIC_KEY }]);
    set["keys"][0]["kid"] = json!(kid);
    set
}

/// Has assertions judged, each with a set.
fn findings(several: &Several, asked: &[(&str, &Value)]) -> Vec<Value> {
    let asked: Vec<_> = asked.iter().map(|(assertion, set)| json!({"assertion": assertion, "set": set})).collect();
    let expected = json!({"client": format!("careline-{JUDGED}"), "audience": several.token_requests.url});
    let found = verifier::findings("jose.py", &json!({"expected": expected, "asked": asked}));
    found["findings"].as_array().expect("findings").clone()
}

/// Asserts that another's JOSE takes the key's assertions, and only them.
async fn check(several: &Several, algorithm: &str) {
    let assertions = [assertion(several, algorithm).await, assertion(several, algorithm).await];
    let set = several.key_set(JUDGED).await;
    let ours = serde_json::to_value(&set).expect("a set is JSON");
    let kid = part(&assertions[0], 0)["kid"].as_str().expect("a kid").to_owned();
    assert!(set.keys.iter().any(|key| key.kid() == kid));

    let found = findings(several, &[(&assertions[0], &ours), (&assertions[1], &ours)]);
    let now = Timestamp::now().as_second();
    for finding in &found {
        assert_eq!(finding["verified"], true, "{finding}");
        assert_eq!(finding["claims_hold"], true, "{finding}");
        assert_eq!(finding["header"], json!({"alg": algorithm, "kid": kid, "typ": "JWT"}));
        let claims = &finding["claims"];
        let time = |name: &str| claims[name].as_i64().expect("a number of seconds");
        let client = json!(format!("careline-{JUDGED}"));
        assert_eq!((&claims["iss"], &claims["sub"]), (&client, &client));
        assert_eq!(claims["aud"], json!(several.token_requests.url));
        assert!(time("iat") <= now && time("nbf") <= now && time("exp") > now && time("exp") - now <= 300, "{claims}");
        assert!(time("exp") - time("iat") <= 300 && time("exp") - time("nbf") <= 300, "{claims}");
        assert!(claims["jti"].as_str().is_some_and(|jti| (1..=151).contains(&jti.len())), "{claims}");
    }
    let jtis: BTreeSet<_> = found.iter().map(|finding| finding["claims"]["jti"].as_str()).collect();
    assert_eq!(jtis.len(), 2, "a jti is used again");

    // What is verified means something only if the rest is refused.
    let mut without = key_set(&[PUBLIC_KEY, EC_PUBLIC_KEY]);
    let rest = ours["keys"].as_array().expect("keys").iter().filter(|key| key["kid"] != kid);
    without["keys"].as_array_mut().expect("keys").extend(rest.cloned());
    let impostor = impostor(algorithm, &kid);
    let [other_client, other_signature] = tampered(&assertions[0]);
    let asked =
        [(&other_client, &ours), (&other_signature, &ours), (&assertions[0], &without), (&assertions[0], &impostor)];
    let found = findings(several, &asked.map(|(assertion, set)| (assertion.as_str(), set)));
    let whys: Vec<_> = found.iter().map(|finding| (&finding["verified"], finding["why"].as_str())).collect();
    let expected = ["BadSignatureError", "BadSignatureError", "InvalidKeyIdError", "BadSignatureError"];
    assert_eq!(whys, expected.map(|why| (&json!(false), Some(why))));
}

/// RS384 with the template's key, then ES384 with one that `careline keys` made.
#[tokio::test]
async fn a_jose_library_of_others_verifies_our_assertions_of_both_algorithms_with_the_served_set() {
    verifier::python();
    let several = Several::deployed().await;
    check(several, "RS384").await;

    let keys = async |words: &str, clock: &Clock| {
        several.keys(JUDGED, words, clock).await.unwrap_or_else(|error| panic!("{}", ErrorChain(&error)))
    };
    keys("add --algorithm ES384", &Clock::system()).await;
    let ring = several.key_ring(JUDGED).await;
    let new = ring.keys.last().expect("a key").kid().to_owned();
    // Nobody holds a copy of the set here, so that nothing is waited for.
    keys(&format!("promote {new}"), &MovableClock::default().ahead(Duration::from_secs(60)).clock()).await;
    check(several, "ES384").await;
}
