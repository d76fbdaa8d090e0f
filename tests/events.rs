//! Each event in `events/`, played to the function's binary under the AWS runtime interface emulator, as Lambda runs it:
//! in the environment that the deployed template gives, with the role's credentials, against the local stack and the
//! simulator. The emulator answers 200 whatever happens, so it is the answer's body that is looked at.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use aws_sdk_lambda::operation::get_function_configuration::GetFunctionConfigurationOutput;
use careline::local_stack::{Function, python};
use serde_json::Value;
use shared::randomness::Randomness;

use crate::support::deployed::{Deployed, checkout};

/// Lambda gives a function's first invocation 10 s; here every core may be compiling.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is to be seen in an answer: a JSON pointer and the value there.
type Seen = (&'static str, Expected);

enum Expected {
    Is(&'static str),
    OneOf(&'static [&'static str]),
    Number(u64),
    Begins(&'static str),
    Absent,
    ASentence,
}

use crate::support::operator::unhurried;
use Expected::{ASentence, Absent, Begins, Is, Number, OneOf};

const ACTION: &str = "/sessionState/dialogAction/type";
const SLOT: &str = "/sessionState/dialogAction/slotToElicit";
const STATE: &str = "/sessionState/intent/state";
const STATUS: &str = "/sessionState/sessionAttributes/verificationStatus";
const CALL: &str = "/sessionState/sessionAttributes/callReference";
const SPOKEN: &str = "/messages/0/content";
const HTTP_STATUS: &str = "/statusCode";

/// Every event with its function and what its answer must show. Played in this order.
const EVENTS: &[(&str, Function, &[Seen])] = &[
    ("token-refresher-missing", Function::TokenRefresher, &[("/outcome", OneOf(&["refreshed", "still_valid"]))]),
    ("token-refresher-schedule", Function::TokenRefresher, &[("/outcome", OneOf(&["refreshed", "still_valid"]))]),
    ("token-refresher-scheduler-default", Function::TokenRefresher, &[("/outcome", Is("still_valid"))]),
    ("token-refresher-rule", Function::TokenRefresher, &[("/outcome", Is("still_valid"))]),
    ("token-refresher-check", Function::TokenRefresher, &[("/outcome", Is("checked")), ("/answer/is", Is("granted"))]),
    ("token-refresher-sign", Function::TokenRefresher, &[("/outcome", Is("failed")), ("/code", Is("key-not-in-ring"))]),
    ("token-refresher-rejected", Function::TokenRefresher, &[("/outcome", OneOf(&["refreshed", "still_valid"]))]),
    (
        "fulfillment-verify-caller-dialog",
        Function::Fulfillment,
        &[(ACTION, OneOf(&["ElicitSlot", "Delegate"])), (CALL, Absent)],
    ),
    (
        "fulfillment-verify-caller-keypad",
        Function::Fulfillment,
        &[(ACTION, OneOf(&["ElicitSlot", "Delegate"])), (CALL, Absent)],
    ),
    ("fulfillment-verify-caller", Function::Fulfillment, &[(ACTION, Is("Close")), (STATUS, Is("verified"))]),
    (
        "fulfillment-verify-caller-refused",
        Function::Fulfillment,
        &[(ACTION, Is("ElicitSlot")), (SLOT, Is("DateOfBirth")), (CALL, Absent), (SPOKEN, ASentence)],
    ),
    (
        "fulfillment-verify-caller-chat",
        Function::Fulfillment,
        &[(ACTION, Is("Close")), (STATUS, Is("person")), (CALL, Absent)],
    ),
    (
        "fulfillment-emergency",
        Function::Fulfillment,
        &[
            (ACTION, Is("Close")),
            (STATUS, Is("person")),
            (SPOKEN, Begins("<speak>If this is an emergency, hang up and dial")),
        ],
    ),
    ("fulfillment-list-medications", Function::Fulfillment, &[(ACTION, Is("Close")), (STATUS, Is("required"))]),
    ("fulfillment-speak-to-person", Function::Fulfillment, &[(ACTION, Is("Close")), (STATUS, Is("person"))]),
    ("fulfillment-goodbye", Function::Fulfillment, &[(ACTION, Is("Close")), (STATE, Is("Fulfilled"))]),
    ("fulfillment-fallback-chat", Function::Fulfillment, &[(SPOKEN, ASentence), (CALL, Absent)]),
    (
        "prefetch-worker",
        Function::PrefetchWorker,
        &[
            ("/batchItemFailures/0/itemIdentifier", Is("059f36b4-87a3-44ab-83d2-661975830a7d")),
            ("/batchItemFailures/1", Absent),
        ],
    ),
    (
        "jwks-get",
        Function::Jwks,
        &[
            (HTTP_STATUS, Number(200)),
            ("/body", Begins(r#"{"keys":[{"kty":"RSA","n":"#)),
            ("/headers/ETag", Begins("\"")),
        ],
    ),
    (
        "jwks-not-modified",
        Function::Jwks,
        &[(HTTP_STATUS, Number(304)), ("/body", Absent), ("/headers/ETag", Begins("\""))],
    ),
];

#[test]
fn every_event_is_played() {
    let played: BTreeSet<String> = EVENTS.iter().map(|(name, ..)| format!("{name}.json")).collect();
    let there: BTreeSet<String> = fs::read_dir(checkout().join("events"))
        .expect("events/")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(played, there);
    let readme = fs::read_to_string(checkout().join("events/README.md")).expect("events/README.md");
    for name in there {
        assert!(readme.contains(&format!("| `{name}` |")), "events/README.md says nothing of {name}");
    }
}

#[tokio::test]
async fn token_refresher_answers_its_events() {
    play(Function::TokenRefresher).await;
}

#[tokio::test]
async fn fulfillment_answers_its_events() {
    play(Function::Fulfillment).await;
}

#[tokio::test]
async fn prefetch_worker_answers_its_events() {
    play(Function::PrefetchWorker).await;
}

#[tokio::test]
async fn jwks_answers_its_events() {
    play(Function::Jwks).await;
}

/// What makes the tests above mean something: the emulator's 200 hides a function that fails.
#[tokio::test]
async fn an_event_that_no_function_knows_is_answered_with_an_error_and_not_repeated() {
    let emulator = Emulator::start(Function::TokenRefresher).await;
    let answer = emulator.invoke(br#"{"reason": "Camila Lopez"}"#).await;
    assert!(answer.get("errorMessage").is_some(), "{answer}");
    assert!(!answer.to_string().contains("Camila"), "{answer}");
}

async fn play(function: Function) {
    let emulator = Emulator::start(function).await;
    for (name, _, seen) in EVENTS.iter().filter(|(_, of, _)| *of == function) {
        let event = fs::read(checkout().join(format!("events/{name}.json"))).expect("an event");
        let answer = emulator.invoke_until_free(&event).await;
        assert!(answer.get("errorMessage").is_none(), "{name}: {answer}\n{}", emulator.log());
        for (pointer, expected) in *seen {
            let value = answer.pointer(pointer);
            let text = value.and_then(Value::as_str);
            let holds = match expected {
                Is(expected) => text == Some(expected),
                Number(expected) => value.and_then(Value::as_u64) == Some(*expected),
                Begins(expected) => text.is_some_and(|text| text.starts_with(expected)),
                OneOf(several) => text.is_some_and(|text| several.contains(&text)),
                Absent => value.is_none_or(Value::is_null),
                ASentence => text.is_some_and(|text| text.trim_end_matches("</speak>").ends_with(['.', '?', '!'])),
            };
            assert!(holds, "{name}: {pointer} in {answer}\n{}", emulator.log());
        }
    }
}

/// The runtime interface emulator with one function in it. One invocation at a time: two at once crash it.
struct Emulator {
    process: Child,
    url: String,
    http: reqwest::Client,
    directory: PathBuf,
}

impl Emulator {
    async fn start(function: Function) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);

        let deployed = tokio::task::spawn_blocking(Deployed::shared).await.expect("the local stack");
        let stack = &deployed.stack;
        // In the stack's directory, which is removed whatever becomes of this process.
        let directory = stack.directory().join(format!("emulator-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
        fs::create_dir_all(&directory).expect("a directory");
        let bootstrap = directory.join("bootstrap");
        // A copy could be "busy": a process that another test starts meanwhile would hold it open for writing.
        symlink(stack.binary(function).expect("a binary"), &bootstrap).expect("bootstrap is the binary");

        let log = fs::File::create(directory.join("log")).expect("a file");
        let (port, runtime_port) = (free_port(), free_port());
        let process = Command::new(&*EMULATOR)
            .args(["--runtime-interface-emulator-address", &format!("127.0.0.1:{port}")])
            .args(["--runtime-api-address", &format!("127.0.0.1:{runtime_port}")])
            .arg("./bootstrap")
            .current_dir(&directory)
            .env_clear()
            .envs(stack.environment_of(function))
            .envs(variables(deployed, function).await)
            .env("AWS_LAMBDA_FUNCTION_NAME", stack.function_name(function))
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file"))
            .stderr(log)
            .process_group(0)
            .spawn()
            .expect("the emulator starts");
        let url = format!("http://127.0.0.1:{port}/2015-03-31/functions/function/invocations");
        Self { process, url, http: shared::http::client().expect("an HTTP client"), directory }
    }

    /// As [`Emulator::invoke`], and again while another, such as the stack's own schedule, holds the lease.
    async fn invoke_until_free(&self, event: &[u8]) -> Value {
        let began = Instant::now();
        loop {
            let answer = self.invoke(event).await;
            match (answer["outcome"].as_str(), answer["lease_ends_in_ms"].as_u64()) {
                (Some("held_by_other"), Some(wait_ms)) if began.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
                }
                _ => return answer,
            }
        }
    }

    async fn invoke(&self, event: &[u8]) -> Value {
        let started = Instant::now();
        let response = loop {
            match self.http.post(&self.url).body(event.to_vec()).timeout(PATIENCE).send().await {
                Ok(response) => break response,
                Err(error) if error.is_connect() && started.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(error) => panic!("no answer of the emulator: {error}\n{}", self.log()),
            }
        };
        let body = shared::http::read_body(response).await.expect("an answer");
        shared::json::decode(&body)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", String::from_utf8_lossy(&body), self.log()))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.directory.join("log")).unwrap_or_default()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // The group: the emulator's function is its child.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// The environment that the template gives a function.
async fn variables(deployed: &Deployed, function: Function) -> Vec<(String, String)> {
    let lambda = aws_sdk_lambda::Client::new(&unhurried(&deployed.stack.aws()));
    let name = deployed.stack.function_name(function);
    let configuration: GetFunctionConfigurationOutput =
        lambda.get_function_configuration().function_name(name).send().await.expect("the function is deployed");
    let environment = configuration.environment().and_then(|environment| environment.variables());
    environment.expect("the template gives variables").clone().into_iter().collect()
}

/// The emulator that comes with the AWS SAM CLI, for this machine's processor.
static EMULATOR: LazyLock<PathBuf> = LazyLock::new(|| {
    let python = sam_python();
    let output = Command::new(python)
        .args(["-c", "import samcli; print(list(samcli.__path__)[0])"])
        .output()
        .expect("the environment's Python runs");
    let package = String::from_utf8(output.stdout).expect("a path");
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    Path::new(package.trim()).join(format!("local/rapid/aws-lambda-rie-{architecture}"))
});

/// The Python that has the AWS SAM CLI.
pub fn sam_python() -> PathBuf {
    let requirements = checkout().join("tests/requirements-sam.txt");
    python::environment(checkout(), "sam", &requirements, &|_| {}).unwrap_or_else(|error| panic!("{error}"))
}

/// A port that nobody takes before the emulator does: not one of those that the system gives to connections and to
/// listeners on port 0, of which the other tests have thousands. (Linux gives from 32768 on.)
fn free_port() -> u16 {
    let mut ports = std::iter::repeat_with(|| 10_000 + u16::from_be_bytes(Randomness::system().bytes()) % 20_000);
    ports.find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
