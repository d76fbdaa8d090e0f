//! The KMS keys that `careline keys` makes, takes and gives up.

use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeySpec, KeyUsageType, SigningAlgorithmSpec};
use careline::keys::{CannotSign, KeysError};
use careline::local_stack::Function;
use serde_json::{Value, json};
use shared::aws::AwsError;
use shared::signing_algorithm::SigningAlgorithm;

use super::stage::{Stage, make_key, stack};

async fn sign(kms: &aws_sdk_kms::Client, key_id: &str, algorithm: SigningAlgorithmSpec) -> Result<(), String> {
    let sign = kms.sign().key_id(key_id).signing_algorithm(algorithm).message(Blob::new("an assertion"));
    sign.send().await.map(drop).map_err(|error| AwsError::new("kms:Sign", &error).code)
}

/// Promise 3 for keys that the template doesn't make.
#[tokio::test]
async fn a_new_key_lets_token_refreshers_role_alone_sign_and_with_its_one_algorithm() {
    let stage = Stage::working().await;
    let role = stack().await.output("TokenRefresherRoleArn").expect("an output");
    let account = role.split(':').nth(4).expect("an ARN");
    for (name, algorithm, spec, other) in [
        ("RS384", SigningAlgorithmSpec::RsassaPkcs1V15Sha384, "RSA_3072", SigningAlgorithmSpec::EcdsaSha384),
        ("ES384", SigningAlgorithmSpec::EcdsaSha384, "ECC_NIST_P384", SigningAlgorithmSpec::EcdsaSha256),
    ] {
        let kid = stage.add(&format!("--algorithm {name}")).await;
        let ring = stage.ring("epic").await;
        assert_eq!(ring.key(&kid).unwrap().algorithm().as_str(), name);
        let key_id = stage.key_id(&kid).await;
        assert!(key_id.starts_with("arn:aws:kms:"), "{key_id}");

        assert_eq!(sign(&stage.kms_as(Function::TokenRefresher).await, &key_id, algorithm.clone()).await, Ok(()));
        assert!(sign(&stage.kms_as(Function::TokenRefresher).await, &key_id, other).await.is_err());
        for function in Function::ALL.into_iter().filter(|function| *function != Function::TokenRefresher) {
            let refused = sign(&stage.kms_as(function).await, &key_id, algorithm.clone()).await;
            assert_eq!(refused, Err("AccessDeniedException".to_owned()), "{function:?}");
        }
        // Signing is all that it may.
        let disabled = stage.kms_as(Function::TokenRefresher).await.disable_key().key_id(&key_id).send().await;
        assert_eq!(AwsError::new("kms:DisableKey", &disabled.unwrap_err()).code, "AccessDeniedException");

        // The local AWS doesn't tell IAM which algorithm is asked for; AWS does.
        let policy = stage.kms.get_key_policy().key_id(&key_id).send().await.unwrap();
        let policy: Value = shared::json::decode(policy.policy().unwrap().as_bytes()).unwrap();
        let statement = |sid: &str| {
            let all = policy["Statement"].as_array().unwrap();
            all.iter().find(|statement| statement["Sid"] == sid).cloned().unwrap()
        };
        assert_eq!(policy["Statement"].as_array().unwrap().len(), 2);
        assert_eq!(
            statement("TokenRefresherSigns"),
            json!({
                "Sid": "TokenRefresherSigns",
                "Effect": "Allow",
                "Principal": {"AWS": role},
                "Action": "kms:Sign",
                "Resource": "*",
                "Condition": {"StringEqualsIfExists": {"kms:SigningAlgorithm": algorithm.as_str()}},
            })
        );
        assert_eq!(statement("IamDecides")["Principal"], json!({"AWS": format!("arn:aws:iam::{account}:root")}));

        let described = stage.kms.describe_key().key_id(&key_id).send().await.unwrap();
        let metadata = described.key_metadata().unwrap();
        assert_eq!(metadata.key_spec().unwrap().as_str(), spec);
        assert_eq!(metadata.key_usage().unwrap(), &KeyUsageType::SignVerify);
        let tags = stage.kms.list_resource_tags().key_id(&key_id).send().await.unwrap();
        let tags: Vec<_> = tags.tags().iter().map(|tag| (tag.tag_key(), tag.tag_value())).collect();
        assert_eq!(tags, [("careline:stack", stage.deployment.stack()), ("careline:connection", "epic")]);
    }
}

#[tokio::test]
async fn a_key_that_is_given_is_added_if_it_can_sign_for_us() {
    let stage = Stage::working().await;
    let refused = async |key_id: &str, words: &str| match stage.keys(&format!("add --key-id {key_id} {words}")).await {
        Err(error) => error,
        Ok(said) => panic!("{said}"),
    };
    let encrypts = make_key(&stage.kms, KeySpec::Rsa3072, KeyUsageType::EncryptDecrypt).await;
    let error = refused(&encrypts, "").await;
    assert!(matches!(error, KeysError::NotAdded { source: CannotSign::Purpose, .. }), "{error:?}");
    let other_curve = make_key(&stage.kms, KeySpec::EccNistP256, KeyUsageType::SignVerify).await;
    let error = refused(&other_curve, "").await;
    assert!(matches!(error, KeysError::NotAdded { source: CannotSign::Unusable(_), .. }), "{error:?}");
    let error = refused("arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab", "").await;
    assert!(matches!(error, KeysError::NotAdded { source: CannotSign::Missing, .. }), "{error:?}");

    let given = make_key(&stage.kms, KeySpec::EccNistP384, KeyUsageType::SignVerify).await;
    stage.kms.disable_key().key_id(&given).send().await.unwrap();
    let error = refused(&given, "").await;
    assert!(matches!(&error, KeysError::NotAdded { source: CannotSign::State { state }, .. } if state == "Disabled"));
    stage.kms.enable_key().key_id(&given).send().await.unwrap();
    let error = refused(&given, "--algorithm RS384").await;
    assert!(matches!(error, KeysError::OtherAlgorithm { algorithm: "ES384", .. }), "{error:?}");
    assert_eq!(stage.ring("epic").await.keys.len(), 1);

    // By its id alone, too: what is kept is the ARN.
    let id = given.rsplit('/').next().unwrap();
    let kid = stage.add(&format!("--key-id {id}")).await;
    let ring = stage.ring("epic").await;
    let key = ring.key(&kid).unwrap();
    assert_eq!((key.key_id.as_str(), key.algorithm()), (given.as_str(), SigningAlgorithm::Es384));
    // Whoever brought it sees to its policy, and is told what it must say.
    let said = stage.keys(&format!("add --key-id {given}")).await.unwrap();
    assert!(said.contains("is there already. Nothing was changed."), "{said}");
}

#[tokio::test]
async fn a_key_that_kms_would_not_sign_with_is_not_promoted() {
    let stage = Stage::working().await;
    let kid = stage.add("").await;
    let key_id = stage.key_id(&kid).await;
    stage.later(2 * 3600);
    stage.kms.disable_key().key_id(&key_id).send().await.unwrap();
    let error = stage.keys(&format!("promote {kid}")).await.unwrap_err();
    assert!(matches!(&error, KeysError::CannotSign { source: CannotSign::State { state }, .. } if state == "Disabled"));
    stage.kms.schedule_key_deletion().key_id(&key_id).send().await.unwrap();
    let error = stage.keys(&format!("promote {kid}")).await.unwrap_err();
    assert!(
        matches!(&error, KeysError::CannotSign { source: CannotSign::State { state }, .. } if state == "PendingDeletion")
    );
    let mut ring = stage.ring("epic").await;
    ring.keys.last_mut().unwrap().key_id = "arn:aws:kms:us-east-1:000000000000:key/gone".to_owned();
    stage.write("epic", &ring).await;
    let error = stage.keys(&format!("promote {kid}")).await.unwrap_err();
    assert!(matches!(error, KeysError::CannotSign { source: CannotSign::Missing, .. }), "{error:?}");
    assert_eq!(stage.ring("epic").await.signing().unwrap().key_id, stage.first_key_id);
}

#[tokio::test]
async fn a_kms_key_is_deleted_with_the_key_if_careline_made_it_and_nobody_else_has_it() {
    let stage = Stage::working().await;
    // Never promoted: each may go at once.
    let made = stage.add("").await;
    let made_id = stage.key_id(&made).await;
    let said = stage.keys(&format!("retire {made}")).await.unwrap();
    assert!(said.contains("will be deleted in 30 days"), "{said}");
    assert_eq!(stage.key_state(&made_id).await, "PendingDeletion");

    let kept = stage.add("").await;
    let kept_id = stage.key_id(&kept).await;
    stage.keys(&format!("retire {kept} --keep-kms-key")).await.unwrap();
    assert_eq!(stage.key_state(&kept_id).await, "Enabled");

    let brought_id = make_key(&stage.kms, KeySpec::EccNistP384, KeyUsageType::SignVerify).await;
    let brought = stage.add(&format!("--key-id {brought_id}")).await;
    let said = stage.keys(&format!("retire {brought}")).await.unwrap();
    assert!(said.contains("stays: careline did not make it"), "{said}");
    assert_eq!(stage.key_state(&brought_id).await, "Enabled");

    let common = stage.add("").await;
    let common_id = stage.key_id(&common).await;
    let (done, said) = stage.run(&format!("add --key-id {common_id} --connection mercy --yes"), "", false).await;
    done.unwrap();
    assert!(said.contains("It is the first, and signs at once"), "{said}");
    let said = stage.keys(&format!("retire {common}")).await.unwrap();
    assert!(said.contains("stays: connection mercy has it, too"), "{said}");
    assert_eq!(stage.key_state(&common_id).await, "Enabled");
}

#[tokio::test]
async fn a_deletion_that_failed_is_made_up_for_by_the_same_command() {
    let stage = Stage::working().await;
    let kid = stage.add("").await;
    let key_id = stage.key_id(&kid).await;
    // As if it had died between the table and KMS.
    stage.keys(&format!("retire {kid} --keep-kms-key")).await.unwrap();
    let said = stage.keys(&format!("retire {kid}")).await.unwrap();
    assert!(said.contains("was retired before") && said.contains("will be deleted in 30 days"), "{said}");
    assert_eq!(stage.key_state(&key_id).await, "PendingDeletion");
    let said = stage.keys(&format!("retire {kid}")).await.unwrap();
    assert!(said.contains("was retired before. Nothing was changed."), "{said}");
}
