//! Before a key is promoted, token-refresher tries it: nobody else knows whether its role may sign with it.

use std::time::Duration;

use aws_sdk_kms::types::{KeySpec, KeyUsageType};
use careline::keys::{KeysError, NotProven};
use careline::token_refresher::NoAnswer;
use serde_json::{Value, json};
use shared::clock::Clock;
use shared::refresh_request::{Probe, RefreshReply};
use shared::telemetry::ErrorChain;

use super::stage::{Stage, make_key, stack};
use crate::support::clock::MovableClock;
use crate::support::several::{BROUGHT, Several};
use crate::support::world::TOKEN_REFRESHER;

/// A key that whoever brought it has not let token-refresher sign with: its kid, and its KMS key.
async fn bring(stage: &Stage) -> (String, String) {
    let key_id = make_key(&stage.kms, KeySpec::EccNistP384, KeyUsageType::SignVerify).await;
    let kid = stage.add(&format!("--key-id {key_id}")).await;
    stage.later(2 * 3600);
    (kid, key_id)
}

/// The key's policy with another statement.
async fn add_to_policy(kms: &aws_sdk_kms::Client, key_id: &str, statement: Value) {
    let policy = kms.get_key_policy().key_id(key_id).send().await.unwrap();
    let mut policy: Value = shared::json::decode(policy.policy().unwrap().as_bytes()).unwrap();
    policy["Statement"].as_array_mut().unwrap().push(statement);
    kms.put_key_policy().key_id(key_id).policy(policy.to_string()).send().await.unwrap();
}

#[tokio::test]
async fn a_key_whose_policy_does_not_let_token_refresher_sign_is_not_promoted_until_it_has_what_the_refusal_names() {
    let stage = Stage::working().await;
    let (kid, key_id) = bring(&stage).await;
    let before = stage.ring("epic").await;
    // It is not even asked whether to do it.
    let (refused, said) = stage.run(&format!("promote {kid} --connection epic"), "y\n", true).await;
    assert!(!said.contains("Do it?"), "{said}");
    let error = refused.unwrap_err();
    let said = ErrorChain(&error).to_string();
    assert!(said.starts_with(&format!("the key {kid} is not promoted: the policy of its KMS key {key_id} ")), "{said}");
    let KeysError::NotProven { source: NotProven::NotPermitted { statement, .. }, .. } = error else {
        panic!("{said}")
    };
    let role = stack().await.output("TokenRefresherRoleArn").expect("an output");
    let statement: Value = shared::json::decode(statement.as_bytes()).unwrap();
    assert_eq!((&statement["Principal"]["AWS"], &statement["Action"]), (&json!(role), &json!("kms:Sign")));
    assert_eq!(stage.ring("epic").await, before);

    add_to_policy(&stage.kms, &key_id, statement).await;
    stage.keys(&format!("promote {kid}")).await.unwrap_or_else(|error| panic!("{}", ErrorChain(&error)));
    assert_eq!(stage.ring("epic").await.signing().unwrap().kid(), kid);
}

/// Whether an error is the one that was to be.
type Expected = fn(&NotProven) -> bool;

#[tokio::test]
async fn a_key_is_not_promoted_while_token_refresher_does_not_prove_that_it_signs_with_it() {
    let stage = Stage::working().await;
    let kid = stage.add("--algorithm ES384").await;
    stage.later(2 * 3600);
    let before = stage.ring("epic").await;
    let failed = |code: &str| RefreshReply::Failed { code: code.to_owned(), retryable: true };
    let json = |reply: &RefreshReply| Ok(serde_json::to_vec(reply).unwrap());
    let answers: [(Result<Vec<u8>, String>, Expected); 8] = [
        // As one that was deployed before it could do this.
        (Err("malformed-event".to_owned()), |error| matches!(error, NotProven::NoAnswer(NoAnswer::Failed))),
        (Ok(b"<html>".to_vec()), |error| matches!(error, NotProven::NoAnswer(NoAnswer::Unreadable))),
        (json(&RefreshReply::StillValid), |error| matches!(error, NotProven::NoAnswer(NoAnswer::Unreadable))),
        (json(&RefreshReply::Signed { probe: Probe::new("a.b.c".to_owned()) }), |error| {
            matches!(error, NotProven::NotVerified { .. })
        }),
        (json(&failed("key-not-in-ring")), |error| matches!(error, NotProven::NotInRing)),
        (json(&failed("signing-key-unusable")), |error| matches!(error, NotProven::Unusable { .. })),
        (json(&failed("signing-failed")), |error| matches!(error, NotProven::Failed { .. })),
        (json(&failed("unknown-connection")), |error| matches!(error, NotProven::Failed { .. })),
    ];
    let check = async |expected: Expected| {
        let error = stage.keys(&format!("promote {kid}")).await.unwrap_err();
        let KeysError::NotProven { source, .. } = &error else { panic!("{}", ErrorChain(&error)) };
        assert!(expected(source), "{}", ErrorChain(&error));
        assert_eq!(stage.ring("epic").await, before);
    };
    for (answer, expected) in answers {
        stage.front.lambda.deploy(TOKEN_REFRESHER, move |_| std::future::ready(answer.clone()));
        check(expected).await;
    }
    stage.front.lambda.limit(TOKEN_REFRESHER, 0);
    check(|error| {
        matches!(error, NotProven::NoAnswer(NoAnswer::NotInvoked { code }) if code == "TooManyRequestsException")
    })
    .await;
}

/// The deployed token-refresher, with the rights of its role.
#[tokio::test]
async fn on_the_deployed_stack_a_key_that_token_refresher_may_not_sign_with_is_refused_and_nothing_changes() {
    let several = Several::deployed().await;
    let kms = several.stack.deployment().expect("an HTTP client").kms();
    let key_id = make_key(&kms, KeySpec::EccNistP384, KeyUsageType::SignVerify).await;
    let added = several.keys(BROUGHT, &format!("add --key-id {key_id}"), &Clock::system()).await;
    added.unwrap_or_else(|error| panic!("{}", ErrorChain(&error)));
    let before = several.key_ring(BROUGHT).await;
    let kid = before.keys.last().expect("a key").kid().to_owned();

    // Nobody holds a copy of the set here, so that nothing is waited for.
    let later = MovableClock::default().ahead(Duration::from_secs(60)).clock();
    let promote = async || several.keys(BROUGHT, &format!("promote {kid}"), &later).await;
    let error = promote().await.unwrap_err();
    let KeysError::NotProven { source: NotProven::NotPermitted { statement, .. }, .. } = &error else {
        panic!("{}", ErrorChain(&error))
    };
    assert_eq!(several.key_ring(BROUGHT).await, before);
    assert_ne!(before.signing().expect("a key signs").kid(), kid);

    add_to_policy(&kms, &key_id, shared::json::decode(statement.as_bytes()).unwrap()).await;
    promote().await.unwrap_or_else(|error| panic!("{}", ErrorChain(&error)));
    assert_eq!(several.key_ring(BROUGHT).await.signing().expect("a key signs").kid(), kid);
}
