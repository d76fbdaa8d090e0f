//! Builds the functions with the cargo that runs us.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use shared::environment::{Environment as _, ProcessEnvironment};

use super::Function;
use super::error::LocalStackError;

/// What cargo says of each thing it built, on a line of JSON; only what is read here.
#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Where each function's binary is, by the function's name.
pub(super) type Binaries = BTreeMap<&'static str, PathBuf>;

/// What this process has built, by checkout: a process of many stacks, such as a test's, asks cargo once.
static BUILT: Mutex<BTreeMap<PathBuf, Binaries>> = Mutex::new(BTreeMap::new());

/// Builds the functions, unless this process has, and tells where their binaries are.
///
/// # Errors
/// [`LocalStackError::Build`] when they don't compile; cargo's own words have gone to standard error.
pub(super) fn functions(checkout: &Path, tell: &dyn Fn(&str)) -> Result<Binaries, LocalStackError> {
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(binaries) = built.get(checkout) {
        return Ok(binaries.clone());
    }
    tell("building the functions");
    let binaries = build(checkout)?;
    built.insert(checkout.to_owned(), binaries.clone());
    Ok(binaries)
}

/// cargo unifies the features of the packages it is asked for. The package that is running now is asked for too, in the
/// way in which it was built, so that what was built for it serves the functions and nothing is compiled twice.
fn build(checkout: &Path) -> Result<Binaries, LocalStackError> {
    if !on_path("cc") {
        return Err(LocalStackError::Missing { what: "a C linker".to_owned(), package: "gcc" });
    }
    let cargo = ProcessEnvironment.get("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = Command::new(&cargo);
    command
        .current_dir(checkout)
        .args(["build", "--locked", "--bins", "--message-format", "json-render-diagnostics"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    // Set by the cargo that runs us, of the package that is running; build scripts look at them (ring's does), so that
    // with them in place everything from there on is compiled again, the running program included.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_MANIFEST_LINKS", "CARGO_PKG_NAME"] {
        command.env_remove(name);
    }
    for part in ["MAJOR", "MINOR", "PATCH", "PRE"] {
        command.env_remove(format!("CARGO_PKG_VERSION_{part}"));
    }
    for function in Function::ALL {
        command.args(["--package", function.name()]);
    }
    match ProcessEnvironment.get("CARGO_PKG_NAME").as_deref() {
        Some("pipeline-tests") => command.args(["--package", "pipeline-tests", "--test", "pipeline"]),
        _ => command.args(["--package", "careline"]),
    };
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    let output = command.output().map_err(|source| LocalStackError::Run { program: cargo, source })?;
    if !output.status.success() {
        return Err(LocalStackError::Build);
    }
    let built: BTreeMap<String, PathBuf> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| shared::json::decode::<Message>(line).ok())
        .filter_map(|message| {
            let target = message.target.filter(|target| target.kind.iter().any(|kind| kind == "bin"))?;
            Some((target.name, message.executable?))
        })
        .collect();
    Function::ALL
        .into_iter()
        .map(|function| Some((function.name(), built.get(function.name())?.clone())))
        .collect::<Option<_>>()
        .ok_or(LocalStackError::Build)
}

fn on_path(program: &str) -> bool {
    let path = ProcessEnvironment.get("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| directory.join(program).is_file())
}
