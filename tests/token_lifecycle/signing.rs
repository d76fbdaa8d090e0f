//! Which key signs an assertion, and what becomes of a refresh where none does.

use epic_simulator::settings::KeySource;
use serde_json::json;
use shared::jwk::Jwk;
use shared::refresh_request::RefreshReply;
use shared::signing_keys::store::Written;
use shared::signing_keys::{KeyRing, SigningKey};

use super::failed;
use crate::support::aws::Fault;
use crate::support::key_set::{key_set, serve};
use crate::support::kms::{EC_PUBLIC_KEY, EC_SIGNING_KEY_ID, SIGNING_KEY_ID};
use crate::support::world::{World, invoke, missing, rejected, signing_key};

#[tokio::test]
async fn without_a_signing_key_the_lease_is_not_taken() {
    let world = World::working().await;
    let empty = world.key_ring_store().read(&world.connection).await.unwrap();
    assert_eq!(
        world.key_ring_store().write(&world.connection, &KeyRing::default(), empty.revision).await.unwrap(),
        Written::Stored
    );
    assert_eq!(world.refresh(missing()).await.unwrap(), failed("no-signing-key", false));
    assert_eq!(world.aws.count("dynamodb:UpdateItem"), 0);
}

#[tokio::test]
async fn a_key_that_was_promoted_signs_the_next_assertion_and_one_on_p_384_with_its_own_algorithm() {
    let world = World::working().await;
    let refresher = world.token_refresher();
    assert_eq!(invoke(&refresher, &missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
    world.sign_with(EC_SIGNING_KEY_ID, EC_PUBLIC_KEY).await;
    world.epic.control().register_keys(KeySource::Url(serve(key_set(&[EC_PUBLIC_KEY])).await));
    assert_eq!(invoke(&refresher, &rejected(1)).await.unwrap(), RefreshReply::Refreshed { version: 2 });
    let request = &world.aws.calls("kms:Sign")[1].body;
    assert_eq!((&request["KeyId"], &request["SigningAlgorithm"]), (&json!(EC_SIGNING_KEY_ID), &json!("ECDSA_SHA_384")));
    let kid = Jwk::from_subject_public_key_info(EC_PUBLIC_KEY).unwrap().kid().to_owned();
    assert_eq!(world.stored().await.token.unwrap().kid, kid);
}

#[tokio::test]
async fn a_key_that_kms_will_not_sign_with_is_of_no_use() {
    let world = World::working().await;
    for code in ["DisabledException", "KMSInvalidStateException", "InvalidKeyUsageException"] {
        world.aws.fail("kms:Sign", Fault::Error(400, code), 1);
        assert_eq!(world.refresh(missing()).await.unwrap(), failed("signing-key-unusable", false));
    }
}

#[tokio::test]
async fn a_signature_that_our_role_may_not_make_is_final_and_a_throttled_one_is_not() {
    let world = World::working().await;
    world.aws.fail("kms:Sign", Fault::Error(400, "AccessDeniedException"), 1);
    assert_eq!(world.refresh(missing()).await.unwrap(), failed("signing-not-permitted", false));
    world.aws.fail("kms:Sign", Fault::Error(400, "ThrottlingException"), 3);
    assert_eq!(world.refresh(missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
}

#[tokio::test]
async fn kms_is_asked_to_sign_with_the_one_algorithm_that_our_role_allows() {
    let world = World::working().await;
    world.first_token().await;
    let request = &world.aws.calls("kms:Sign")[0].body;
    assert_eq!(request["SigningAlgorithm"], "RSASSA_PKCS1_V1_5_SHA_384");
    assert_eq!(request["KeyId"], SIGNING_KEY_ID);
}

/// A ring whose second key doesn't sign yet.
async fn with_a_second_key(world: &World) -> String {
    let now = world.clock.clock().now();
    let jwk = Jwk::from_subject_public_key_info(EC_PUBLIC_KEY).unwrap();
    let kid = jwk.kid().to_owned();
    let second = SigningKey { key_id: EC_SIGNING_KEY_ID.to_owned(), jwk, promoted_at: None, ..signing_key(now) };
    let ring = KeyRing { keys: vec![signing_key(now), second], ..KeyRing::default() };
    let revision = world.key_ring_store().read(&world.connection).await.unwrap().revision;
    assert_eq!(world.key_ring_store().write(&world.connection, &ring, revision).await.unwrap(), Written::Stored);
    kid
}

#[tokio::test]
async fn a_key_is_tried_with_a_probe_and_without_a_trace() {
    let world = World::working().await;
    let kid = with_a_second_key(&world).await;
    world.aws.forget_calls();
    let reply = world.refresh(json!({"connection": "sandbox", "reason": "sign", "kid": kid})).await.unwrap();
    assert!(matches!(reply, RefreshReply::Signed { .. }), "{reply:?}");
    assert_eq!(world.aws.operations(), ["dynamodb:GetItem", "kms:Sign"]);
    let request = &world.aws.calls("kms:Sign")[0].body;
    assert_eq!((&request["KeyId"], &request["SigningAlgorithm"]), (&json!(EC_SIGNING_KEY_ID), &json!("ECDSA_SHA_384")));
    assert!(world.epic.requests().token.is_empty());
}

#[tokio::test]
async fn why_a_key_can_not_be_signed_with_is_told_by_its_code() {
    let world = World::working().await;
    let kid = with_a_second_key(&world).await;
    let sign = async |connection: &str, kid: &str| {
        world.refresh(json!({"connection": connection, "reason": "sign", "kid": kid})).await.unwrap()
    };
    assert_eq!(sign("sandbox", "another").await, failed("key-not-in-ring", false));
    assert_eq!(sign("nobodys", &kid).await, failed("unknown-connection", false));
    for (code, told) in [
        ("AccessDeniedException", failed("signing-not-permitted", false)),
        ("DisabledException", failed("signing-key-unusable", false)),
        ("NotFoundException", failed("signing-key-unusable", false)),
    ] {
        world.aws.fail("kms:Sign", Fault::Error(400, code), 1);
        assert_eq!(sign("sandbox", &kid).await, told);
    }
    world.aws.fail("dynamodb:GetItem", Fault::Error(400, "AccessDeniedException"), 1);
    assert_eq!(sign("sandbox", &kid).await, failed("signing-key-table-failed", true));
    // Nothing of it is counted as a refresh, and the next one is none the wiser.
    assert_eq!(world.refresh(missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
}
