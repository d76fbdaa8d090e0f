//! What `careline call` starts, it ends: nothing listens, runs or lies about once its stack is gone.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use aws_sdk_lambda::primitives::Blob;
use careline::local_stack::{EpicConnection, Function, LocalStack};
use shared::fhir::FhirVersion;

use crate::support::deployed::{checkout, connection};
use crate::support::operator::unhurried;

/// Killing takes milliseconds; here every core may be compiling.
const PATIENCE: Duration = Duration::from_secs(20);

/// A stack of this test's own in which a function has run: its process waits for the next invocation.
async fn running() -> LocalStack {
    let nobody = "http://127.0.0.1:9/".to_owned();
    let epic = EpicConnection {
        name: connection(),
        client_id: "nobody".to_owned(),
        token_endpoint: nobody.clone(),
        fhir_base_url: nobody,
        fhir_version: FhirVersion::R4,
        scopes: "system/Patient.read".to_owned(),
        time_zone: None,
    };
    let stack = LocalStack::start(checkout(), &epic, &mut |_| {}).await.expect("the local stack starts");
    let lambda = aws_sdk_lambda::Client::new(&unhurried(&stack.aws()));
    let worker = stack.function_name(Function::PrefetchWorker);
    let no_message = Blob::new(r#"{"Records": []}"#);
    let answer = lambda.invoke().function_name(worker).payload(no_message).send().await.expect("an answer");
    assert_eq!(answer.function_error(), None);
    assert!(!processes_in(stack.directory()).is_empty(), "the function's process runs from the stack's directory");
    stack
}

/// The processes whose program or working directory is in `directory`.
fn processes_in(directory: &Path) -> Vec<PathBuf> {
    let processes = fs::read_dir("/proc").expect("Linux").filter_map(|entry| Some(entry.ok()?.path()));
    processes
        .filter(|process| {
            ["exe", "cwd"]
                .iter()
                .any(|link| fs::read_link(process.join(link)).is_ok_and(|target| target.starts_with(directory)))
        })
        .collect()
}

fn listens(endpoint: &str) -> bool {
    TcpStream::connect(endpoint.trim_start_matches("http://")).is_ok()
}

#[track_caller]
fn assert_gone(endpoint: &str, directory: &Path) {
    let started = Instant::now();
    while listens(endpoint) || !processes_in(directory).is_empty() {
        assert!(started.elapsed() < PATIENCE, "{endpoint}: {:?}", processes_in(directory));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_stopped_stack_leaves_nothing() {
    let stack = running().await;
    let (endpoint, directory) = (stack.endpoint().to_owned(), stack.directory().to_owned());
    stack.stop().await;
    assert!(!listens(&endpoint));
    assert_eq!(processes_in(&directory), Vec::<PathBuf>::new());
    assert!(!directory.exists());
}

/// Dropping the stack closes the runner's standard input, and so does this process's death, of whatever kind.
#[tokio::test]
async fn a_dropped_stack_leaves_nothing() {
    let stack = running().await;
    let (endpoint, directory) = (stack.endpoint().to_owned(), stack.directory().to_owned());
    drop(stack);
    assert_gone(&endpoint, &directory);
}

#[tokio::test]
async fn a_killed_runner_takes_the_local_aws_with_it() {
    let stack = running().await;
    let (endpoint, directory) = (stack.endpoint().to_owned(), stack.directory().to_owned());
    let killed = Command::new("kill").args(["-KILL", &stack.runner_id().to_string()]).status().expect("kill runs");
    assert!(killed.success());
    assert_gone(&endpoint, &directory);
}
