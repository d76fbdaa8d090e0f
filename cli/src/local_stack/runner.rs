//! The process that runs the local AWS (`cli/local-stack/run.py`) or another service for it, and what it tells.
//!
//! It lives as long as its standard input is open. The other end is held here, so it closes when the stack is dropped and
//! when this process dies, be it by SIGKILL; the runner then kills all it started and removes its directory.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::aws::{AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, AWS_REGION, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, Aws};

use super::build::Binaries;
use super::error::LocalStackError;

/// What the runner is to run.
#[derive(Serialize)]
pub(super) struct Plan {
    pub(super) template: PathBuf,
    pub(super) stack_name: &'static str,
    /// Made by the runner, and removed by it.
    pub(super) directory: PathBuf,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) binaries: Binaries,
}

/// A line of the runner.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line<R> {
    Step(String),
    Ready(R),
    Failed(String),
}

/// The stack, ready.
#[derive(Deserialize)]
pub(super) struct Ready {
    pub(super) endpoint: String,
    pub(super) region: String,
    pub(super) operator: Credentials,
    pub(super) outputs: BTreeMap<String, String>,
    /// By the name of the output that has the role's ARN.
    pub(super) roles: BTreeMap<String, Credentials>,
}

/// Credentials of the local AWS. They open nothing else, so they may be printed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Credentials {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
}

impl Credentials {
    /// The variables by which Lambda gives these to a function.
    pub(super) fn environment(&self, region: &str, endpoint: &str) -> BTreeMap<String, String> {
        [
            (AWS_REGION.name, Some(region)),
            (AWS_ENDPOINT_URL.name, Some(endpoint)),
            (AWS_ACCESS_KEY_ID.name, Some(self.access_key_id.as_str())),
            (AWS_SECRET_ACCESS_KEY.name, Some(&self.secret_access_key)),
            (AWS_SESSION_TOKEN.name, self.session_token.as_deref()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
        .collect()
    }

    /// AWS with these credentials. The HTTP client is a new one: its connections belong to the runtime that opens them,
    /// and each test has its own.
    pub(super) fn aws(&self, region: &str, endpoint: &str) -> Aws {
        #[expect(clippy::expect_used, reason = "TLS is set up from constants, and the five variables are set above")]
        let http = shared::http::client().expect("an HTTP client");
        #[expect(clippy::expect_used, reason = "as above; the endpoint is on loopback")]
        Aws::from_environment(&self.environment(region, endpoint), &http).expect("a whole environment")
    }
}

/// The runner, running.
#[derive(Debug)]
pub(super) struct Runner {
    child: Child,
    input: ChildStdin,
}

impl Runner {
    /// Starts the runner and waits until what it runs is ready.
    pub(super) fn start<R: DeserializeOwned>(
        python: &Path,
        script: &Path,
        plan: &impl Serialize,
        tell: &dyn Fn(&str),
    ) -> Result<(Self, R), LocalStackError> {
        let failed = |source| LocalStackError::Run { program: script.display().to_string(), source };
        let mut child = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Ctrl-C is for us: a process group of its own gets no signal of the terminal's, only the end of its input.
            .process_group(0)
            .spawn()
            .map_err(failed)?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(LocalStackError::Ended);
        };
        let plan = serde_json::to_string(plan).map_err(|_| LocalStackError::Ended)?;
        writeln!(input, "{plan}").and_then(|()| input.flush()).map_err(failed)?;

        for line in BufReader::new(output).lines() {
            match shared::json::decode(line.map_err(failed)?.as_bytes()) {
                Ok(Line::Step(text)) => tell(&text),
                Ok(Line::Ready(ready)) => return Ok((Self { child, input }, ready)),
                Ok(Line::Failed(text)) => return Err(LocalStackError::Failed(text)),
                Err(_) => break,
            }
        }
        Err(LocalStackError::Ended)
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Closes the runner's input and waits for its end.
    pub(super) fn stop(self) {
        let Self { mut child, input } = self;
        drop(input);
        let _ = child.wait();
    }
}

/// A directory for a runner, which makes it. Those of processes that are gone are removed first, in case a runner was
/// killed before it could.
pub(super) fn new_directory(checkout: &Path) -> Result<PathBuf, LocalStackError> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let local = checkout.join(".local");
    let entries = fs::read_dir(&local).map_err(|source| LocalStackError::File {
        operation: "can't read",
        path: local.clone(),
        source,
    })?;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let process = path.file_name().and_then(|name| name.to_str()?.strip_prefix("run-")?.split('-').next());
        if process.is_some_and(|id| Path::new("/proc/self").exists() && !Path::new("/proc").join(id).exists()) {
            let _ = fs::remove_dir_all(&path);
        }
    }
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    Ok(local.join(format!("run-{}-{count}", std::process::id())))
}
