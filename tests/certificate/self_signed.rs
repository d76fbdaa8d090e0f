//! Without a private CA.

use careline::certificate::directory::FileState;
use careline::certificate::existing::Reason;
use careline::certificate::kms_key::KmsKeyError;
use careline::certificate::provision::Outcome;
use careline::certificate::request::CertificateRequest;

use super::*;

async fn check_certificate(spec: KeySpec, algorithm: &str) {
    let output = Output::new(&format!("self-signed-{spec}"));
    let key = key(spec).await;
    let run = Operator { key: &key, issuer: Issuer::SelfSigned, output: &output }.runs().await;
    assert_eq!(run.done().outcome, Outcome::SelfSigned(Reason::Absent));
    assert_eq!(run.changes, [], "KMS signs, which leaves AWS as it was");
    let expected = json!({
        "name": [NAME],
        "issuer": [NAME],
        "algorithm": algorithm,
        "days": 731,
        "is_ca": false,
        "may_sign": true,
        "may_issue": false,
        "key_is_kms": true,
        "public_key_is_kms": true,
        "signed_by_its_own_key": true,
    });
    assert_eq!(output.findings(&key).await, expected);
    let verify = ["verify", "-check_ss_sig", "-CAfile", "certificate.pem", "certificate.pem"];
    assert_ne!(openssl(&output, &verify), Some(false));
    assert_eq!(output.read("jwks.json"), KEY_SET);
    assert!(!output.has("chain.pem"));

    // All of that means something only if another certificate would have been found out.
    let certificate = output.read("certificate.pem");
    for place in [name_in, end_of] {
        output.write("certificate.pem", &tampered(&certificate, place));
        assert_eq!(output.findings(&key).await["signed_by_its_own_key"], false);
        assert_ne!(openssl(&output, &verify), Some(true));
    }
    assert_eq!(output.findings(&super::key(KeySpec::EccNistP384).await).await["key_is_kms"], false);
}

#[tokio::test]
async fn others_find_a_self_signed_certificate_for_an_rsa_key_in_order() {
    check_certificate(KeySpec::Rsa3072, "sha384WithRSAEncryption").await;
}

#[tokio::test]
async fn others_find_a_self_signed_certificate_for_a_key_on_p_384_in_order() {
    check_certificate(KeySpec::EccNistP384, "ecdsa-with-SHA384").await;
}

#[tokio::test]
async fn others_find_a_request_in_order_and_one_that_was_changed_not() {
    for (spec, algorithm) in
        [(KeySpec::Rsa3072, "sha384WithRSAEncryption"), (KeySpec::EccNistP384, "ecdsa-with-SHA384")]
    {
        let key = key(spec).await;
        let request = CertificateRequest::new(&key, &NAME.parse().unwrap()).await.expect("a request");
        let kms_public_key = public_key_of(&key).await;
        let findings =
            |pem: &str| verifier::findings("x509.py", &json!({"request": pem, "kms_public_key": kms_public_key}));
        let expected = json!({
            "name": [NAME],
            "algorithm": algorithm,
            "may_sign": true,
            "may_issue": false,
            "key_is_kms": true,
            "signed_by_its_own_key": true,
        });
        assert_eq!(findings(request.as_pem()), expected);
        for place in [name_in, end_of] {
            assert_eq!(findings(&tampered(request.as_pem(), place))["signed_by_its_own_key"], false);
        }
    }
}

#[tokio::test]
async fn run_twice_it_changes_nothing_and_says_so() {
    let output = Output::new("self-signed-twice");
    let key = key(KeySpec::EccNistP384).await;
    let operator = Operator { key: &key, issuer: Issuer::SelfSigned, output: &output };
    assert!(!operator.runs().await.done().changed_nothing());
    let before = output.all();
    let again = operator.runs().await;
    assert!(again.done().changed_nothing());
    assert!(again.done().to_string().ends_with("nothing was changed\n"), "{}", again.done());
    assert_eq!(output.all(), before);
}

#[tokio::test]
async fn a_certificate_that_will_not_do_is_replaced() {
    let output = Output::new("self-signed-replaced");
    let (one, other) = (key(KeySpec::EccNistP384).await, key(KeySpec::EccNistP384).await);
    let operator = Operator { key: &one, issuer: Issuer::SelfSigned, output: &output };
    operator.runs().await.done();
    assert_eq!(operator.runs_in(700).await.done().outcome, Outcome::Kept);
    assert_eq!(operator.runs_in(702).await.done().outcome, Outcome::SelfSigned(Reason::NotValid));
    let renamed = operator.runs_for("Careline", 702, ControlFlow::Continue(())).await;
    assert_eq!(renamed.done().outcome, Outcome::SelfSigned(Reason::OtherName));

    let operator = Operator { key: &other, issuer: Issuer::SelfSigned, output: &output };
    let run = operator.runs().await;
    assert_eq!(run.done().outcome, Outcome::SelfSigned(Reason::OtherKey));
    let state = |name: &str| run.done().files.iter().find(|file| file.path.ends_with(name)).map(|file| file.state);
    assert_eq!(state("certificate.pem"), Some(FileState::Replaced));
    assert_eq!(state("public-key.pem"), Some(FileState::Replaced));
    assert_eq!(state("jwks.json"), Some(FileState::Unchanged));
    assert_eq!(output.findings(&other).await["key_is_kms"], true);
}

#[tokio::test]
async fn a_key_that_can_not_sign_for_epic_is_refused() {
    let kms = kms();
    let created = kms.create_key().key_spec(KeySpec::EccNistP256).key_usage(KeyUsageType::SignVerify).send().await;
    let other_curve = created.unwrap().key_metadata().unwrap().key_id().to_owned();
    assert!(matches!(KmsKey::read(kms.clone(), &other_curve).await, Err(KmsKeyError::Unusable(_))));
    let created = kms.create_key().key_spec(KeySpec::Rsa3072).key_usage(KeyUsageType::EncryptDecrypt).send().await;
    let for_encryption = created.unwrap().key_metadata().unwrap().key_id().to_owned();
    assert!(matches!(KmsKey::read(kms, &for_encryption).await, Err(KmsKeyError::Purpose(_))));
}
