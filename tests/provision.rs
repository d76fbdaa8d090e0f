//! `careline provision`, `connection` and `deprovision` on the local stack, as an operator runs them.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use careline::command::{Arguments, Command};
use careline::deployment::Deployment;
use careline::local_stack::private_ca::PrivateCaServer;
use careline::local_stack::{EpicConnection, LocalStack};
use careline::operator::Operator;
use careline::provisioning::{self, ProvisionError, Tools};
use careline::{connection as settings, keys};
use clap::Parser as _;
use epic_simulator::Simulator;
use epic_simulator::settings::Settings;
use serde_json::{Value, json};
use shared::clock::Clock;
use shared::environment::{Environment, ProcessEnvironment};
use shared::fhir::FhirVersion;
use shared::randomness::Randomness;

use crate::support::deployed::{Deployed, checkout, connection};

/// Runs a command line on a deployed stack: what it said, and how it ended.
async fn run(
    deployment: &Deployment,
    environment: &dyn Environment,
    words: &[&str],
    answers: &str,
) -> (String, Result<(), String>) {
    let command = Arguments::try_parse_from([&["careline"], words].concat()).expect("a command").command;
    let (clock, randomness) = (Clock::system(), Randomness::system());
    let tools = Tools { environment, clock: &clock, randomness: &randomness };
    let (mut input, mut out) = (Cursor::new(answers.as_bytes().to_vec()), Vec::new());
    let is_terminal = !answers.is_empty();
    let mut operator = Operator { input: &mut input, out: &mut out, is_terminal };
    let in_words = |error: &dyn std::error::Error| shared::telemetry::ErrorChain(error).to_string();
    let done = match &command {
        Command::Provision(options) => provisioning::provision(options, deployment, &tools, &mut operator)
            .await
            .map_err(|error: ProvisionError| in_words(&error)),
        Command::Deprovision(options) => provisioning::deprovision(options, deployment, &tools, &mut operator)
            .await
            .map_err(|error| in_words(&error)),
        Command::Connection(options) => {
            settings::run(options, deployment, &clock, &mut operator).await.map_err(|error| in_words(&error))
        }
        _ => panic!("{words:?}"),
    };
    (String::from_utf8(out).expect("text"), done)
}

/// A directory of the test's own.
fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    path
}

async fn shared_stack() -> Deployment {
    let deployed = tokio::task::spawn_blocking(Deployed::shared).await.expect("the local stack");
    deployed.stack.deployment().expect("HTTP")
}

#[tokio::test]
async fn provision_run_again_changes_nothing_and_says_so() {
    let deployment = shared_stack().await;
    let out = directory("provision-twice");
    let words = ["provision", "--self-signed", "--yes", "--out", out.to_str().unwrap()];
    let (said, done) = run(&deployment, &ProcessEnvironment, &words, "").await;
    done.unwrap();
    let url = deployment.jwks_url(&connection()).unwrap();
    assert!(said.contains("a self-signed certificate was made"), "{said}");
    for field in ["Non-Production JWK Set URL", "Production JWK Set URL", "MedicationRequest.Search"] {
        assert!(said.contains(field), "{said}");
    }
    assert_eq!(said.matches(&url).count(), 2, "{said}");
    let files = || -> Vec<(String, Vec<u8>)> {
        ["certificate.pem", "public-key.pem", "jwks.json"]
            .map(|name| (name.to_owned(), std::fs::read(out.join(name)).expect("a file")))
            .into()
    };
    let before = files();
    let (said, done) = run(&deployment, &ProcessEnvironment, &words, "").await;
    done.unwrap();
    assert!(said.contains("Everything was there already."), "{said}");
    assert_eq!(files(), before);

    // The file is what the URL serves.
    let served = shared::http::client().unwrap().get(&url).send().await.expect("an answer");
    let served: Value = shared::json::decode(&shared::http::read_body(served).await.unwrap()).unwrap();
    assert_eq!(shared::json::decode::<Value>(&before[2].1).unwrap(), served);
}

#[tokio::test]
async fn provision_asks_for_the_names_and_does_nothing_without_a_yes() {
    let deployment = shared_stack().await;
    let out = directory("provision-asks");
    let words = ["provision", "--out", out.to_str().unwrap()];
    let (said, done) = run(&deployment, &ProcessEnvironment, &words, "Mercy CA\nMercy Careline\n\nn\n").await;
    assert_eq!(done.unwrap_err(), "nothing was changed");
    for text in ["Private CA's common name [", "Certificate's common name [", "KMS alias [alias/careline/sandbox]"] {
        assert!(said.contains(text), "{said}");
    }
    assert!(said.contains("\"Mercy Careline\"") && said.contains("\"Mercy CA\""), "{said}");
    assert!(!out.exists());
    let (_, done) = run(&deployment, &ProcessEnvironment, &words, "").await;
    assert!(done.unwrap_err().contains("--yes"), "nobody is there to be asked");
}

#[tokio::test]
async fn an_alias_that_names_another_key_is_not_moved() {
    let deployment = shared_stack().await;
    let other = deployment.kms().create_key().send().await.expect("a key").key_metadata.expect("a key").key_id;
    deployment.kms().create_alias().alias_name("alias/taken").target_key_id(other).send().await.expect("an alias");
    let out = directory("provision-alias");
    let words = ["provision", "--self-signed", "--yes", "--alias", "alias/taken", "--out", out.to_str().unwrap()];
    let (_, done) = run(&deployment, &ProcessEnvironment, &words, "").await;
    assert!(done.unwrap_err().contains("alias/taken names another key"));
}

#[tokio::test]
async fn settings_are_checked_before_they_are_written_and_shown_as_they_are() {
    let deployment = shared_stack().await;
    let before = run(&deployment, &ProcessEnvironment, &["connection", "show", "--json"], "").await.0;
    for (words, told) in [
        (
            &["connection", "set", "--yes", "--fhir-base-url", "http://epic.example.org"][..],
            "fhir_base_url is set, but must",
        ),
        (&["connection", "set", "--yes", "--patient-search", "{"], "--patient-search must be JSON"),
        (&["connection", "set", "--yes", "--unset", "client-id"], "there is no setting client-id"),
    ] {
        let (_, done) = run(&deployment, &ProcessEnvironment, words, "").await;
        assert!(done.as_ref().unwrap_err().contains(told), "{done:?}");
    }
    let same: Value = shared::json::decode(before.as_bytes()).unwrap();
    let scopes = same["scopes"].as_str().unwrap();
    let words = ["connection", "set", "--yes", "--scopes", scopes];
    let (said, done) = run(&deployment, &ProcessEnvironment, &words, "").await;
    done.unwrap();
    assert!(said.contains("Nothing was changed."), "{said}");
    assert_eq!(run(&deployment, &ProcessEnvironment, &["connection", "show", "--json"], "").await.0, before);
}

/// From a stack whose connection is set up by these commands alone to its end: with a private CA, then without anything.
#[tokio::test]
async fn a_connection_is_provisioned_with_a_private_ca_and_deprovisioned() {
    let epic = Simulator::start(Settings::default()).await.expect("the simulator starts");
    let described = EpicConnection {
        name: connection(),
        client_id: "careline-sandbox".to_owned(),
        token_endpoint: epic.token_endpoint(),
        fhir_base_url: epic.fhir_base_url(),
        fhir_version: FhirVersion::R4,
        scopes: "system/Patient.read".to_owned(),
        time_zone: None,
    };
    let stack = LocalStack::start(checkout(), &described, &mut |_| {}).await.expect("the local stack starts");
    let private_cas = PrivateCaServer::start(checkout(), &mut |_| {}).await.expect("ACM PCA's stand-in starts");
    let (deployment, environment) = (stack.deployment().expect("HTTP"), private_cas.environment());
    let out = directory("provision-private-ca");
    let words = ["provision", "--yes", "--private-ca", "Mercy CA", "--out", out.to_str().unwrap()];
    let (said, done) = run(&deployment, &environment, &words, "").await;
    done.unwrap();
    assert!(said.contains("About to create the private CA \"Mercy CA\""), "{said}");
    assert!(out.join("chain.pem").exists() && out.join("certificate.pem").exists());
    let (said, done) = run(&deployment, &environment, &words, "").await;
    done.unwrap();
    assert!(said.contains("Everything was there already."), "{said}");

    // Only the given settings change, and the functions start anew with them.
    let words = ["connection", "set", "--yes", "--scopes", "system/Patient.rs"];
    let (said, done) = run(&deployment, &ProcessEnvironment, &words, "").await;
    done.unwrap();
    assert!(said.contains("scopes: changed") && said.contains("Done."), "{said}");
    let shown = run(&deployment, &ProcessEnvironment, &["connection", "show", "--json"], "").await.0;
    let shown: Value = shared::json::decode(shown.as_bytes()).unwrap();
    assert_eq!((&shown["scopes"], &shown["client_id"]), (&json!("system/Patient.rs"), &json!("careline-sandbox")));

    let words = ["deprovision", "--private-ca", "Mercy CA", "--window", "7"];
    let (said, done) = run(&deployment, &environment, &words, "n\n").await;
    assert_eq!(done.unwrap_err(), "nothing was changed");
    assert!(said.contains("Epic refuses us from now on"), "{said}");
    let clock = Clock::system();
    let key = keys::signing_key(&deployment, &connection(), &clock).await.unwrap().expect("a key");
    let (said, done) = run(&deployment, &environment, &words, "y\n").await;
    done.unwrap();
    assert!(said.contains("Done.") && said.contains("About to disable the private CA"), "{said}");
    assert_eq!(keys::signing_key(&deployment, &connection(), &clock).await.unwrap(), None);
    let state = deployment.kms().describe_key().key_id(&key.key_id).send().await.expect("a key").key_metadata;
    assert_eq!(state.expect("a key").key_state.expect("a state").as_str(), "PendingDeletion");
    let (said, done) = run(&deployment, &environment, &words, "y\n").await;
    done.unwrap();
    assert!(said.contains("There was nothing to undo."), "{said}");
    private_cas.stop().await;
    stack.stop().await;
}
