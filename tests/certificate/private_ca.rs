//! With a private CA, in a server that stands in for ACM PCA.

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use aws_sdk_acmpca::types::{
    Asn1Subject, CertificateAuthorityConfiguration, CertificateAuthorityStatus as Status, CertificateAuthorityType,
    KeyAlgorithm, SigningAlgorithm,
};
use careline::certificate::existing::Reason;
use careline::certificate::private_ca::PrivateCas;
use careline::certificate::private_ca::deletion::{Deletion, DeletionWindow};
use careline::certificate::private_ca::error::PrivateCaError;
use careline::certificate::provision::Outcome;
use careline::local_stack::private_ca::PrivateCaServer;

use super::*;
use crate::support::operator::unhurried;

const PRIVATE_CA: &str = "Example Hospital CA";

async fn server() -> PrivateCaServer {
    PrivateCaServer::start(checkout(), &mut |_| {}).await.unwrap_or_else(|error| panic!("{}", ErrorChain(&error)))
}

fn private_cas(server: &PrivateCaServer) -> PrivateCas {
    PrivateCas::from_environment(&Deployed::shared().stack.aws(), &server.environment()).expect("an endpoint")
}

fn issuer(server: &PrivateCaServer) -> Issuer {
    Issuer::PrivateCa { name: PRIVATE_CA.parse().unwrap(), private_cas: private_cas(server) }
}

/// ACM PCA without our code.
fn acm_pca(server: &PrivateCaServer) -> aws_sdk_acmpca::Client {
    let config = unhurried(&Deployed::shared().stack.aws());
    aws_sdk_acmpca::Client::new(&config.into_builder().endpoint_url(server.endpoint()).build())
}

/// Every private CA there is, with its status.
async fn all(server: &PrivateCaServer) -> Vec<(String, Status)> {
    let listed = acm_pca(server).list_certificate_authorities().send().await.expect("a list");
    let one = |authority: &aws_sdk_acmpca::types::CertificateAuthority| {
        Some((authority.arn()?.to_owned(), authority.status()?.clone()))
    };
    listed.certificate_authorities().iter().filter_map(one).collect()
}

/// A private CA that somebody else began to make, and didn't finish.
async fn of_somebody_else(server: &PrivateCaServer) -> String {
    let configuration = CertificateAuthorityConfiguration::builder()
        .key_algorithm(KeyAlgorithm::Rsa2048)
        .signing_algorithm(SigningAlgorithm::Sha256Withrsa)
        .subject(Asn1Subject::builder().common_name(PRIVATE_CA).build())
        .build()
        .unwrap();
    let created = acm_pca(server)
        .create_certificate_authority()
        .certificate_authority_configuration(configuration)
        .certificate_authority_type(CertificateAuthorityType::Root)
        .send()
        .await;
    created.expect("a private CA").certificate_authority_arn().expect("its ARN").to_owned()
}

async fn deletes(server: &PrivateCaServer) -> (Vec<Deletion>, Vec<Change>) {
    let mut changes = Vec::new();
    let mut announce = |change: &Change| {
        changes.push(change.clone());
        ControlFlow::Continue(())
    };
    let (name, window) = (PRIVATE_CA.parse().unwrap(), "7".parse::<DeletionWindow>().unwrap());
    let done = private_cas(server).schedule_deletion(&name, window, &mut announce).await;
    (done.unwrap_or_else(|error| panic!("{}", ErrorChain(&error))), changes)
}

async fn check_chain(spec: KeySpec) {
    let server = server().await;
    let output = Output::new(&format!("private-ca-{spec}"));
    let key = key(spec).await;
    let run = Operator { key: &key, issuer: issuer(&server), output: &output }.runs().await;
    assert_eq!(run.done().outcome, Outcome::Issued { reason: Reason::Absent, private_ca_created: true });
    let (name, private_ca) = (NAME.parse().unwrap(), PRIVATE_CA.parse().unwrap());
    let create = Change::CreatePrivateCa { name: PRIVATE_CA.parse().unwrap() };
    assert_eq!(run.changes, [create, Change::IssueCertificate { private_ca, name }]);

    let found = output.findings(&key).await;
    for (what, value) in [
        ("name", json!([NAME])),
        ("issuer", json!([PRIVATE_CA])),
        ("chain_holds", json!(true)),
        ("key_is_kms", json!(true)),
        ("public_key_is_kms", json!(true)),
        ("is_ca", json!(false)),
        ("may_sign", json!(true)),
        ("may_issue", json!(false)),
        ("signed_by_its_own_key", json!(false)),
    ] {
        assert_eq!(found[what], value, "{what}");
    }
    let verify = ["verify", "-x509_strict", "-CAfile", "chain.pem", "certificate.pem"];
    assert_ne!(openssl(&output, &verify), Some(false));

    let certificate = output.read("certificate.pem");
    for place in [name_in, end_of] {
        output.write("certificate.pem", &tampered(&certificate, place));
        assert_eq!(output.findings(&key).await["chain_holds"], false);
        assert_ne!(openssl(&output, &verify), Some(true));
    }
    server.stop().await;
}

#[tokio::test]
async fn others_find_the_chain_of_a_certificate_for_an_rsa_key_in_order() {
    check_chain(KeySpec::Rsa3072).await;
}

#[tokio::test]
async fn others_find_the_chain_of_a_certificate_for_a_key_on_p_384_in_order() {
    check_chain(KeySpec::EccNistP384).await;
}

#[tokio::test]
async fn run_twice_it_changes_nothing_and_another_certificate_is_issued_by_the_same_private_ca() {
    let server = server().await;
    let output = Output::new("private-ca-twice");
    let key = key(KeySpec::EccNistP384).await;
    let operator = Operator { key: &key, issuer: issuer(&server), output: &output };
    operator.runs().await.done();
    let (files, there) = (output.all(), all(&server).await);
    assert_eq!(there.len(), 1);

    let again = operator.runs().await;
    assert!(again.done().changed_nothing() && again.changes.is_empty());
    assert_eq!((output.all(), all(&server).await), (files, there.clone()));

    std::fs::remove_file(output.0.join("certificate.pem")).unwrap();
    let run = operator.runs().await;
    assert_eq!(run.done().outcome, Outcome::Issued { reason: Reason::Absent, private_ca_created: false });
    assert_eq!(run.changes.len(), 1);
    assert_eq!(all(&server).await, there);
    assert_eq!(output.findings(&key).await["chain_holds"], true);

    // Who issued it is shown by the chain: without one, it is as good as none.
    std::fs::remove_file(output.0.join("chain.pem")).unwrap();
    let run = operator.runs().await;
    assert_eq!(run.done().outcome, Outcome::Issued { reason: Reason::OtherIssuer, private_ca_created: false });

    let alone = Operator { key: &key, issuer: Issuer::SelfSigned, output: &output };
    assert_eq!(alone.runs().await.done().outcome, Outcome::SelfSigned(Reason::OtherIssuer));
    assert!(!output.has("chain.pem"), "it belongs to a certificate that is gone");
}

#[tokio::test]
async fn what_is_declined_is_not_done_and_the_next_run_goes_on_from_there() {
    let server = server().await;
    let output = Output::new("private-ca-declined");
    let key = key(KeySpec::EccNistP384).await;
    let operator = Operator { key: &key, issuer: issuer(&server), output: &output };
    let run = operator.runs_for(NAME, 0, ControlFlow::Break(())).await;
    assert!(matches!(run.result, Err(CertificateError::Declined(_))));
    assert_eq!(run.changes.len(), 1);
    assert_eq!(all(&server).await, []);
    assert!(!output.has("certificate.pem"));

    operator.runs().await.done();
    assert_eq!(output.findings(&key).await["chain_holds"], true);
}

/// One that ended between making a private CA and installing its certificate.
#[tokio::test]
async fn what_an_earlier_run_left_unfinished_is_finished() {
    let server = server().await;
    let arn = of_somebody_else(&server).await;
    let output = Output::new("private-ca-unfinished");
    let key = key(KeySpec::EccNistP384).await;
    let operator = Operator { key: &key, issuer: issuer(&server), output: &output };
    let run = operator.runs().await;
    let Err(CertificateError::PrivateCa(PrivateCaError::NotUsable { status, .. })) = &run.result else {
        panic!("what somebody else is about to finish is left to them")
    };
    assert_eq!(status, "PENDING_CERTIFICATE");

    let tag = aws_sdk_acmpca::types::Tag::builder().key("CreatedBy").value("careline provision").build().unwrap();
    acm_pca(&server).tag_certificate_authority().certificate_authority_arn(&arn).tags(tag).send().await.unwrap();
    let run = operator.runs().await;
    run.done();
    assert!(matches!(&run.changes[..], [Change::FinishPrivateCa { .. }, Change::IssueCertificate { .. }]));
    assert_eq!(all(&server).await, [(arn, Status::Active)]);
    assert_eq!(output.findings(&key).await["chain_holds"], true);
}

/// Another of the same name would cost as much, and nobody would know which is which.
#[tokio::test]
async fn a_private_ca_that_is_disabled_is_not_replaced_by_another_of_its_name() {
    let server = server().await;
    let arn = of_somebody_else(&server).await;
    let disable = acm_pca(&server).update_certificate_authority().certificate_authority_arn(&arn);
    disable.status(Status::Disabled).send().await.unwrap();
    let output = Output::new("private-ca-disabled");
    let key = key(KeySpec::EccNistP384).await;
    let run = Operator { key: &key, issuer: issuer(&server), output: &output }.runs().await;
    let error = ErrorChain(&run.result.unwrap_err()).to_string();
    assert!(error.contains(PRIVATE_CA) && error.contains(&arn) && error.contains("DISABLED"), "{error}");
    assert_eq!(all(&server).await, [(arn, Status::Disabled)]);
}

#[tokio::test]
async fn the_private_ca_has_another_name_than_what_it_issues() {
    let server = server().await;
    let output = Output::new("private-ca-same-name");
    let key = key(KeySpec::EccNistP384).await;
    let operator = Operator { key: &key, issuer: issuer(&server), output: &output };
    let run = operator.runs_for(PRIVATE_CA, 0, ControlFlow::Continue(())).await;
    assert!(matches!(run.result, Err(CertificateError::SameName)));
    assert_eq!(all(&server).await, []);
}

#[tokio::test]
async fn a_private_ca_of_ours_is_deleted_and_one_of_somebody_else_never() {
    let server = server().await;
    assert_eq!(deletes(&server).await, (Vec::new(), Vec::new()));

    let theirs = of_somebody_else(&server).await;
    assert_eq!(deletes(&server).await, (vec![Deletion::NotOurs { arn: theirs.clone() }], Vec::new()));
    acm_pca(&server).delete_certificate_authority().certificate_authority_arn(&theirs).send().await.unwrap();

    let output = Output::new("private-ca-deleted");
    let key = key(KeySpec::EccNistP384).await;
    let operator = Operator { key: &key, issuer: issuer(&server), output: &output };
    operator.runs().await.done();
    let (ours, _) = all(&server).await.into_iter().find(|(_, status)| *status == Status::Active).unwrap();
    let (done, changes) = deletes(&server).await;
    // In the order in which ACM PCA lists them, which is any.
    let before = Deletion::AlreadyScheduled { arn: theirs, restorable_until: None };
    assert!(
        done.contains(&before) && done.contains(&Deletion::Scheduled { arn: ours.clone(), restorable_until: None })
    );
    assert_eq!(done.len(), 2, "{done:?}");
    assert!(matches!(&changes[..], [Change::DeletePrivateCa { arn, .. }] if *arn == ours));
    assert!(all(&server).await.iter().all(|(_, status)| *status == Status::Deleted));
    let (done, changes) = deletes(&server).await;
    assert!(done.iter().all(|deletion| matches!(deletion, Deletion::AlreadyScheduled { .. })) && changes.is_empty());

    // The certificate is good for as long as it says; only for the next one a private CA is wanted again.
    assert!(operator.runs().await.done().changed_nothing());
    std::fs::remove_file(output.0.join("certificate.pem")).unwrap();
    let run = operator.runs().await;
    assert_eq!(run.done().outcome, Outcome::Issued { reason: Reason::Absent, private_ca_created: true });
}

#[test]
fn an_endpoint_that_is_none_is_told_by_name() {
    let environment = BTreeMap::from([("AWS_ENDPOINT_URL_ACM_PCA".to_owned(), "http://example.com".to_owned())]);
    let error = PrivateCas::from_environment(&Deployed::shared().stack.aws(), &environment).unwrap_err().to_string();
    assert!(error.contains("AWS_ENDPOINT_URL_ACM_PCA is set, but must be an https URL"), "{error}");
}

fn listens(server: &str) -> bool {
    TcpStream::connect(server.trim_start_matches("http://")).is_ok()
}

#[tokio::test]
async fn the_server_ends_when_it_is_stopped_and_when_it_is_dropped() {
    let stopped = server().await;
    let endpoint = stopped.endpoint().to_owned();
    assert!(listens(&endpoint));
    stopped.stop().await;
    assert!(!listens(&endpoint));

    let dropped = server().await;
    let endpoint = dropped.endpoint().to_owned();
    drop(dropped);
    let started = Instant::now();
    while listens(&endpoint) {
        assert!(started.elapsed() < Duration::from_secs(20), "{endpoint} still listens");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
