//! What is ours: settings, keys in KMS, token-refresher, tables and queues.

use careline::doctor::cause::Cause;
use careline::doctor::report::Check;
use serde_json::json;
use shared::signing_keys::KeyRing;
use shared::signing_keys::store::Written;

use super::clinic::Clinic;
use crate::support::aws::Fault;
use crate::support::kms::SIGNING_KEY_ID;

/// Another RSA key, of shared's own tests.
const ANOTHER_KEY: &[u8] = include_bytes!("../../shared/src/jwk/rsa-2048.public.der");

#[tokio::test]
async fn where_all_is_well_there_is_no_cause() {
    let clinic = Clinic::settled().await;
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [], "{}", super::clinic::text_of(&report));
    assert!(report.is_well());
}

#[tokio::test]
async fn settings_that_are_missing_or_wrong_are_told_by_name() {
    let clinic = Clinic::settled().await;
    clinic.world.aws.fail("secretsmanager:GetSecretValue settings", Fault::Error(400, "ResourceNotFoundException"), 1);
    clinic.check(&[(Check::Settings, Cause::SettingsMissing)]).await;

    clinic.world.set("client_id", json!("s3cret s3cret"));
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::Settings, Cause::SettingsIncomplete)]);
    let text = super::clinic::text_of(&report);
    assert!(text.contains("client_id must be 1 to 256 visible ASCII characters") && !text.contains("s3cret"), "{text}");
}

#[tokio::test]
async fn a_connection_without_a_signing_key_is_told_to_be_provisioned() {
    let clinic = Clinic::settled().await;
    let store = clinic.world.key_ring_store();
    let read = store.read(&clinic.world.connection).await.unwrap();
    assert_eq!(
        store.write(&clinic.world.connection, &KeyRing::default(), read.revision).await.unwrap(),
        Written::Stored
    );
    clinic.check(&[(Check::SigningKey, Cause::NoSigningKey)]).await;
}

#[tokio::test]
async fn a_kms_key_that_cannot_sign_or_is_another_is_told_apart() {
    let clinic = Clinic::settled().await;
    let kms = &clinic.world.aws;
    let pending = json!({"KeyMetadata": {"KeyId": SIGNING_KEY_ID, "KeyState": "PendingDeletion"}});
    kms.fail("kms:DescribeKey", Fault::Answer(200, pending.to_string()), 1);
    clinic.check(&[(Check::SigningKey, Cause::SigningKeyUnusable)]).await;

    kms.fail("kms:DescribeKey", Fault::Error(400, "NotFoundException"), 1);
    clinic.check(&[(Check::SigningKey, Cause::SigningKeyUnusable)]).await;

    use base64::Engine as _;
    let other = base64::engine::general_purpose::STANDARD.encode(ANOTHER_KEY);
    let other = json!({"KeyId": SIGNING_KEY_ID, "PublicKey": other});
    kms.fail("kms:GetPublicKey", Fault::Answer(200, other.to_string()), 1);
    clinic.check(&[(Check::SigningKey, Cause::SigningKeyDiffers)]).await;
}

#[tokio::test]
async fn that_token_refresher_may_not_sign_or_not_be_invoked_is_told_apart() {
    let clinic = Clinic::settled().await;
    clinic.world.aws.fail("kms:Sign", Fault::Error(400, "AccessDeniedException"), 1);
    clinic.check(&[(Check::Signing, Cause::SigningNotPermitted)]).await;
    clinic.world.aws.fail("lambda:Invoke", Fault::Error(403, "AccessDeniedException"), 1);
    clinic.check(&[(Check::Signing, Cause::TokenRefresherFailed)]).await;
}

#[tokio::test]
async fn a_signature_of_another_key_is_not_verified_by_the_published_set() {
    let clinic = Clinic::settled().await;
    use base64::Engine as _;
    let signature = base64::engine::general_purpose::STANDARD.encode([7; 384]);
    clinic.world.aws.fail("kms:Sign", Fault::Answer(200, json!({"Signature": signature}).to_string()), 1);
    clinic.check(&[(Check::Probe, Cause::ProbeNotVerified)]).await;
}

#[tokio::test]
async fn a_schedule_that_does_not_run_is_told_where_a_token_would_be_granted() {
    Clinic::new().await.check(&[(Check::AccessToken, Cause::ScheduleNotRunning)]).await;
}

#[tokio::test]
async fn tables_and_queues_that_cannot_be_used_are_told_and_failed_jobs_are_a_warning() {
    let clinic = Clinic::settled().await;
    let aws = &clinic.world.aws;
    aws.fail("dynamodb:DescribeTable", Fault::Error(400, "AccessDeniedException"), 1);
    clinic.check(&[(Check::Tables, Cause::TableUnusable)]).await;
    aws.fail("sqs:GetQueueAttributes", Fault::Error(400, "AWS.SimpleQueueService.NonExistentQueue"), 1);
    clinic.check(&[(Check::Queues, Cause::QueueUnusable)]).await;
    let three = json!({"Attributes": {"ApproximateNumberOfMessages": "3"}});
    aws.fail("sqs:GetQueueAttributes", Fault::Answer(200, three.to_string()), 2);
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::Queues, Cause::DeadLetters)]);
    assert!(report.is_well());
}

#[tokio::test]
async fn an_output_that_the_stack_lacks_is_told_by_name() {
    let mut clinic = Clinic::settled().await;
    clinic.output("Connections", "sandbox");
    clinic.output("JwksUrl", "http://keys.example.org/{connection}/jwks.json");
    clinic.check(&[(Check::JwkSetUrl, Cause::JwksUrlNotHttps)]).await;
}
