//! Which key signs an assertion, and what becomes of a refresh where none does.

use epic_simulator::settings::KeySource;
use serde_json::json;
use shared::jwk::Jwk;
use shared::refresh_request::RefreshReply;
use shared::signing_keys::KeyRing;

use super::failed;
use crate::support::aws::Fault;
use crate::support::key_set::{key_set, serve};
use crate::support::kms::{EC_PUBLIC_KEY, EC_SIGNING_KEY_ID, SIGNING_KEY_ID};
use crate::support::world::{World, invoke, missing, rejected};

#[tokio::test]
async fn without_a_signing_key_the_lease_is_not_taken() {
    let world = World::working().await;
    let empty = world.key_ring_store().read(&world.connection).await.unwrap();
    world.key_ring_store().write(&world.connection, &KeyRing::default(), empty.revision).await.unwrap();
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
    assert_eq!(world.refresh(missing()).await.unwrap(), failed("signing-failed", false));
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
