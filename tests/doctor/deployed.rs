//! The command on the deployed local stack, as an operator runs it.

use std::collections::BTreeMap;

use careline::command::{Arguments, Command};
use careline::doctor;
use careline::lambda::DeployedFunction;
use careline::lex::invocation::Invocation;
use careline::local_stack::Function;
use clap::Parser as _;
use serde_json::Value;
use shared::clock::Clock;

use crate::support::deployed::Deployed;

#[tokio::test]
async fn on_the_deployed_stack_all_is_well() {
    let deployed = tokio::task::spawn_blocking(Deployed::shared).await.expect("the local stack");
    let stack = &deployed.stack;
    // The schedule may not have fired yet.
    let refresher = DeployedFunction::new(&stack.aws(), stack.function_name(Function::TokenRefresher));
    let refreshed = refresher.invoke(br#"{"connection": "sandbox", "reason": "missing"}"#.to_vec()).await;
    assert!(matches!(refreshed, Invocation::Answered(_)), "{refreshed:?}");

    let patient = stack.directory().join("test-patient.txt");
    std::fs::write(&patient, super::clinic::CAMILA).expect("a file");
    let words = ["careline", "doctor", "--connection", "sandbox", "--json", "--test-patient"];
    let words = words.into_iter().map(str::to_owned).chain([patient.display().to_string()]);
    let Command::Doctor(options) = Arguments::try_parse_from(words).expect("a command").command else {
        panic!("doctor");
    };
    let environment: BTreeMap<String, String> = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_ENDPOINT_URL", stack.endpoint()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let mut out = Vec::new();
    let is_well = doctor::run(&options, &environment, &Clock::system(), &mut out).await.expect("a report");
    let report: Value = shared::json::decode(&out).expect("JSON");
    let bad: Vec<&Value> =
        report["checks"].as_array().expect("checks").iter().filter(|check| check["result"] != "ok").collect();
    assert!(is_well && bad.is_empty(), "{bad:#?}");
    assert!(report["patient_search"].as_str().expect("a setting").contains("NNN-NNN-NNNN"), "{report}");
}
