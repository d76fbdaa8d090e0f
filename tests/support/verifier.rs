//! Other people's cryptography, to judge ours: Python programs beside `tests/verifiers/`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use careline::local_stack::python;
use serde_json::Value;

use super::deployed::checkout;

/// Their Python, which is installed inside the checkout when it is first asked for: that takes a while, which what is to be
/// judged may not live for.
#[track_caller]
pub fn python() -> PathBuf {
    let requirements = checkout().join("tests/requirements-verifiers.txt");
    python::environment(checkout(), "verifiers", &requirements, &|_| {}).unwrap_or_else(|error| panic!("{error}"))
}

/// What `tests/verifiers/NAME` finds of `asked`.
#[track_caller]
pub fn findings(name: &str, asked: &Value) -> Value {
    let mut verifier = Command::new(python())
        .arg(checkout().join("tests/verifiers").join(name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the environment's Python runs");
    verifier.stdin.take().expect("a pipe").write_all(asked.to_string().as_bytes()).expect("it reads");
    let output = verifier.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    shared::json::decode(&output.stdout).expect("a JSON object")
}
