//! Promise 7: nothing secret or clinical reaches a log line, a metric, an error or a Debug text, at any log level, on any
//! path, whatever Epic, Lex or AWS sends.
//!
//! A patient whose every field is a canary (`support/canary.rs`) has a chart in the simulator, and the same canaries stand
//! in whatever others send: as values, as keys, in errors. All scenarios are played twice: to the functions' code in
//! processes of its own, one for each log level, whose standard output and standard error are searched; and to the deployed
//! binaries, whose log is.

mod debug_text;
mod in_process;
mod odd;
mod scenarios;
mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use aws_sdk_lambda::types::Environment as Variables;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use careline::local_stack::Function;
use serde_json::{Value, json};
use shared::environment::{Environment as _, ProcessEnvironment};
use shared::telemetry;

use self::stage::{Stage, Told};
use crate::support::canary::{self, Canaries, Kind};
use crate::support::deployed::Deployed;
use crate::support::journal::Journal;
use crate::support::operator::unhurried;
use crate::support::secrets_manager::ATTEMPT_SECRET;
use crate::support::world::World;

/// Tells a process of this test binary what to play in it, and where to leave what it told.
const PLAY: &str = "CARELINE_TEST_PHI_LEAK";
const LEAVE_IN: &str = "CARELINE_TEST_PHI_LEAK_FILE";
/// The level at which the most is logged, and what takes long is played, too.
const MOST: &str = "debug";
/// What such a process plays in the place of the scenarios.
const PLANTED: &str = "planted";

/// What a planted leak of each kind looks like.
const LEAKS: [(Kind, &str); 6] = [
    (Kind::Token, odd::TOKEN),
    (Kind::Name, canary::FAMILY_NAME),
    (Kind::BirthDate, canary::BIRTH_DATE),
    (Kind::Phone, canary::PHONE),
    (Kind::PatientId, canary::PATIENT_ID),
    (Kind::Drug, canary::DRUG),
];

/// A process in which scenarios were played.
struct Played {
    output: Output,
    canaries: Canaries,
    texts: String,
    answers: String,
}

impl Played {
    /// Everything that it logged: standard error, and standard output with the metrics.
    fn log(&self) -> String {
        [&self.output.stderr, &self.output.stdout].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
    }

    /// Whether it went through to its end. Its panics tell their place only, as any of ours.
    #[track_caller]
    fn assert_ended(&self) {
        let panics: Vec<_> = self.log().lines().filter(|line| line.contains("\"panic\"")).map(str::to_owned).collect();
        assert!(self.output.status.success(), "{:?}: {}", self.output.status, panics.join("\n"));
    }

    /// The codes of its log lines, and the names of its metrics.
    fn codes(&self) -> BTreeSet<String> {
        codes(self.log().lines())
    }
}

/// Plays in a process of its own, with everything in its environment that makes others log more.
fn play_in_a_process(what: &str) -> Played {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("phi-leak-{}-{what}.json", std::process::id()));
    // Not its path: cargo may have built another there meanwhile.
    let output = Command::new("/proc/self/exe")
        .args(["--exact", "phi_leak::in_a_process_of_its_own", "--nocapture", "--test-threads=1"])
        .envs([(PLAY, what), ("RUST_LOG", "trace"), ("AWS_LAMBDA_LOG_LEVEL", "TRACE"), ("RUST_BACKTRACE", "0")])
        .env(LEAVE_IN, &file)
        .output()
        .expect("a process");
    let left = std::fs::read(&file).unwrap_or_else(|_| b"{}".to_vec());
    let _ = std::fs::remove_file(&file);
    let left: Value = shared::json::decode(&left).expect("what it left");
    let mut canaries = Canaries::of_the_patient();
    for (kind, name) in [(Kind::Token, "tokens"), (Kind::CallReference, "references"), (Kind::Secret, "secrets")] {
        let values = left[name].as_array().map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(Value::as_str).for_each(|value| canaries.add(kind, value));
    }
    let text = |name: &str| left[name].as_str().unwrap_or_default().to_owned();
    Played { output, canaries, texts: text("texts"), answers: text("answers") }
}

/// What runs in such a process; nothing in any other.
#[tokio::test]
async fn in_a_process_of_its_own() {
    let Some(play) = ProcessEnvironment.get(PLAY) else { return };
    let file = PathBuf::from(ProcessEnvironment.get(LEAVE_IN).expect("where to leave it"));
    if play == PLANTED {
        return plant(&file);
    }
    // As each function's main does.
    telemetry::init(telemetry::parse_level(&play).expect("a level"));
    let world = World::working().await;
    world.clock.to_ten_past();
    canary::admit(&world.epic);
    let stage = Stage::in_process(&world).await;
    scenarios::play(&stage).await;
    in_process::play(&world, &stage).await;
    if play == MOST {
        in_process::odd_answers_of_aws(&stage).await;
    }
    // The assertions, up to their signatures.
    let signed = world
        .aws
        .calls("kms:Sign")
        .into_iter()
        .rev()
        .take(20)
        .filter_map(|call| String::from_utf8(STANDARD.decode(call.body["Message"].as_str()?).ok()?).ok());
    let secrets: Vec<_> = signed.chain([ATTEMPT_SECRET.to_owned()]).collect();
    leave(&file, stage.told(&world.epic), &secrets);
}

fn leave(file: &Path, mut told: Told, secrets: &[String]) {
    told.tokens.push(odd::TOKEN.to_owned());
    let left = json!({"tokens": told.tokens, "references": told.references, "secrets": secrets,
        "texts": told.texts, "answers": told.answers});
    std::fs::write(file, left.to_string()).expect("the file");
}

/// Leaks one value of each kind in each way in which a function could.
fn plant(file: &Path) {
    telemetry::init(telemetry::parse_level("error").expect("a level"));
    let mut texts = String::new();
    for (_, value) in LEAKS {
        tracing::error!(target: "fulfillment", code = "planted", error = value, "planted");
        println!("{}", json!({"_aws": {}, "Connection": value}));
        texts.push_str(&format!("{:?}\n", std::io::Error::other(value)));
    }
    std::fs::write(file, json!({"tokens": [odd::TOKEN], "texts": texts}).to_string()).expect("the file");
}

#[test]
fn at_no_level_does_a_log_line_or_an_error_hold_anything_of_a_patient_or_a_secret() {
    let levels = ["error", "warn", "info", MOST];
    let played = levels.map(|level| std::thread::spawn(move || play_in_a_process(level)));
    for (level, played) in levels.into_iter().zip(played) {
        let played = played.join().expect("the process");
        played.assert_ended();
        played.canaries.assert_none_in(&format!("the log at level {level}"), &played.log());
        played.canaries.assert_none_in("an error or a Debug text", &played.texts);
        // What is spoken is spoken to the caller; the rest never leaves the backend (promise 6).
        let spoken = [Kind::Drug, Kind::BirthDate, Kind::Phone, Kind::Name, Kind::Demographics, Kind::CallReference];
        for line in played.answers.lines() {
            // What a caller's own words put into Lex's fields comes back in them.
            if !line.contains(canary::EVERYTHING) && !line.contains(canary::GIVEN_NAME) {
                played.canaries.assert_none_but(&spoken, "an answer to Lex", line);
            }
        }
        if level == MOST {
            let mut played = played.codes();
            // `main` logs it, of which the test of the binaries sees to.
            played.insert("configuration".to_owned());
            let missing: Vec<_> = logged_codes().difference(&played).cloned().collect();
            assert!(missing.is_empty(), "no scenario makes the functions log {missing:?}");
        }
    }
}

/// What makes the test above mean something: one leak of each kind, in each of the ways, is found.
#[test]
fn a_planted_leak_of_each_kind_is_found() {
    let planted = play_in_a_process(PLANTED);
    planted.assert_ended();
    let kinds: BTreeSet<_> = LEAKS.into_iter().map(|(kind, _)| kind).collect();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for place in [text(&planted.output.stderr), text(&planted.output.stdout), planted.texts.clone()] {
        assert_eq!(planted.canaries.found_in(&place), kinds, "{place}");
        let failed = std::panic::catch_unwind(|| planted.canaries.assert_none_in("a place", &place));
        assert!(failed.is_err());
    }
}

#[tokio::test]
async fn the_deployed_binaries_log_nothing_of_a_patient_and_no_secret() {
    let alone = Deployed::alone().await;
    let deployed = alone.deployed;
    log_more(deployed).await;
    canary::admit(&deployed.epic);
    let mut journal = Journal::of(deployed);
    let stage = Stage::deployed(deployed);
    scenarios::play(&stage).await;

    let mut canaries = Canaries::of_the_patient();
    let told = stage.told.take();
    deployed.epic.control().issued_tokens().iter().for_each(|token| canaries.add(Kind::Token, token));
    canaries.add(Kind::Token, odd::TOKEN);
    told.references.iter().for_each(|reference| canaries.add(Kind::CallReference, reference));
    canaries.add(Kind::Secret, &attempt_secret(deployed).await);

    journal.read().await;
    let log = |journal: &Journal| {
        let lines = journal.invocations.iter().flat_map(|invocation| invocation.lines.clone());
        lines.collect::<Vec<_>>().join("\n")
    };
    canaries.assert_none_in("the log of the deployed functions", &log(&journal));
    canaries.assert_none_in("an error of the deployed functions", &told.texts);
    let seen = codes(log(&journal).lines());
    for code in ["caller-verified", "prefetch-queued", "prefetch-done", "verification-refused", "chart-restricted"]
        .into_iter()
        .chain(["no-medications", "verification-failed", "job-malformed", "event-malformed", "malformed-event"])
        .chain(["token-stored", "invalid_client", "foreign-entries", "fhir-retry", "turn", "ForeignEntries"])
    {
        assert!(seen.contains(code), "no deployed function logged {code}: {seen:?}");
    }

    for function in Function::ALL {
        let refused = without_a_configuration(deployed, function);
        assert!(refused.contains("\"configuration\""), "{refused}");
        canaries.assert_none_in("what a binary says of its configuration", &refused);
    }

    // And what is written to their log is searched: one leak of each kind is found there.
    for (kind, value) in LEAKS {
        plant_in_log(deployed, value).await;
        journal.invocations.clear();
        journal.read().await;
        assert!(canaries.found_in(&log(&journal)).contains(&kind), "{kind:?}");
    }
}

/// What a binary writes where every variable holds canaries.
fn without_a_configuration(deployed: &Deployed, function: Function) -> String {
    let variables = [
        fulfillment::config::VARIABLES,
        prefetch_worker::config::VARIABLES,
        token_refresher::config::VARIABLES,
        jwks::config::VARIABLES,
    ];
    let output = Command::new(deployed.stack.binary(function).expect("a binary"))
        .env_clear()
        .envs(variables.concat().iter().map(|variable| (variable.name, canary::EVERYTHING)))
        .envs([("AWS_REGION", canary::EVERYTHING), ("AWS_ENDPOINT_URL", canary::EVERYTHING), ("RUST_LOG", "trace")])
        .output()
        .expect("the binary runs");
    assert!(!output.status.success());
    [output.stderr, output.stdout].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat()
}

/// Gives the deployed functions every variable that makes others log more.
async fn log_more(deployed: &Deployed) {
    let lambda = aws_sdk_lambda::Client::new(&unhurried(&deployed.stack.aws()));
    for function in Function::ALL {
        let name = deployed.stack.function_name(function);
        let configuration = lambda.get_function_configuration().function_name(name).send().await.expect("a function");
        let mut variables: BTreeMap<_, _> = configuration
            .environment()
            .and_then(|environment| environment.variables())
            .expect("variables")
            .clone()
            .into_iter()
            .collect();
        assert_eq!(variables["LOG_LEVEL"], "debug");
        for (name, value) in [("RUST_LOG", "trace"), ("AWS_LAMBDA_LOG_LEVEL", "TRACE"), ("RUST_BACKTRACE", "1")] {
            variables.insert(name.to_owned(), value.to_owned());
        }
        let variables = Variables::builder().set_variables(Some(variables.into_iter().collect())).build();
        lambda.update_function_configuration().function_name(name).environment(variables).send().await.expect("set");
    }
}

async fn attempt_secret(deployed: &Deployed) -> String {
    let sdk = unhurried(&deployed.stack.aws());
    let name = deployed.stack.function_name(Function::Fulfillment);
    let configuration = aws_sdk_lambda::Client::new(&sdk)
        .get_function_configuration()
        .function_name(name)
        .send()
        .await
        .expect("a function");
    let variables = configuration.environment().and_then(|environment| environment.variables()).expect("variables");
    let secrets = aws_sdk_secretsmanager::Client::new(&sdk);
    let secret = secrets.get_secret_value().secret_id(&variables["ATTEMPT_SECRET_ARN"]).send().await.expect("a secret");
    secret.secret_string().expect("a text").to_owned()
}

/// Writes a line into fulfillment's log group.
async fn plant_in_log(deployed: &Deployed, line: &str) {
    let http = shared::http::client().unwrap();
    let group = "/careline/fulfillment";
    let stream = shared::randomness::Randomness::system().name();
    let event = json!({"timestamp": jiff::Timestamp::now().as_millisecond(), "message": line});
    for (operation, body) in [
        ("CreateLogStream", json!({"logGroupName": group, "logStreamName": stream})),
        ("PutLogEvents", json!({"logGroupName": group, "logStreamName": stream, "logEvents": [event]})),
    ] {
        let response = http
            .post(deployed.stack.endpoint())
            .header("authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0")
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("Logs_20140328.{operation}"))
            .body(body.to_string())
            .send()
            .await
            .expect("the local AWS");
        assert!(response.status().is_success(), "{operation}: {}", response.status());
    }
}

/// The codes of log lines, and the names of metrics.
fn codes<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for line in lines {
        let Ok(Value::Object(line)) = shared::json::decode::<Value>(line.trim().as_bytes()) else { continue };
        match line.get("code") {
            Some(code) => codes.extend(code.as_str().map(str::to_owned)),
            None => codes.extend(line.keys().filter(|name| name.starts_with(char::is_uppercase)).cloned()),
        }
    }
    codes
}

/// Every code that stands in a log line of the functions' sources.
fn logged_codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders: Vec<_> =
        ["functions", "shared/src"].map(|folder| crate::support::deployed::checkout().join(folder)).into();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                let found = text.split("code = \"").skip(1).filter_map(|rest| rest.split('"').next());
                codes.extend(found.map(str::to_owned));
            }
        }
    }
    assert!(codes.len() > 20, "{codes:?}");
    codes
}
