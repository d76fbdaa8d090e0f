//! Careline deployed on this machine: `template.yaml` and the functions' binaries, on a local AWS that enforces IAM.
//!
//! Nothing is rewritten for local use: a local AWS (ministack, pinned, installed inside the checkout) takes the template
//! through CloudFormation and SAM, runs the functions under the template's roles, polls the queue and fires the schedule.
//! It listens on loopback only, and it ends with this process however that ends.

mod build;
mod error;
mod log;
pub mod private_ca;
pub mod python;
mod runner;
mod set_up;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shared::aws::Aws;
use shared::connection::ConnectionName;
use shared::fhir::FhirVersion;

pub use self::error::LocalStackError;
pub use self::log::{LogLine, LogReader};
use self::runner::{Credentials, Runner};
use crate::deployment::{Deployment, DeploymentError};

/// The name under which the template is deployed.
const STACK_NAME: &str = "careline";

/// A function of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// Keeps Epic's access token fresh.
    TokenRefresher,
    /// Answers the turns of a call.
    Fulfillment,
    /// Reads a verified caller's medications.
    PrefetchWorker,
    /// Serves the public keys.
    Jwks,
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 4] = [Self::TokenRefresher, Self::Fulfillment, Self::PrefetchWorker, Self::Jwks];

    /// Its package, binary and name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::TokenRefresher => "token-refresher",
            Self::Fulfillment => "fulfillment",
            Self::PrefetchWorker => "prefetch-worker",
            Self::Jwks => "jwks",
        }
    }

    /// How the template's resources and outputs of this function begin.
    pub fn logical_id(self) -> &'static str {
        match self {
            Self::TokenRefresher => "TokenRefresher",
            Self::Fulfillment => "Fulfillment",
            Self::PrefetchWorker => "PrefetchWorker",
            Self::Jwks => "Jwks",
        }
    }
}

/// An Epic that the functions are deployed for: the connection's settings of these names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpicConnection {
    /// The connection's name.
    pub name: ConnectionName,
    /// `client_id`.
    pub client_id: String,
    /// `token_endpoint`.
    pub token_endpoint: String,
    /// `fhir_base_url`.
    pub fhir_base_url: String,
    /// `fhir_version`.
    pub fhir_version: FhirVersion,
    /// `scopes`.
    pub scopes: String,
    /// `time_zone`, if appointments are told.
    pub time_zone: Option<String>,
}

/// The running stack. Dropping it, or the death of this process, ends everything it started.
#[derive(Debug)]
pub struct LocalStack {
    runner: Runner,
    endpoint: String,
    region: String,
    operator: Credentials,
    outputs: BTreeMap<String, String>,
    roles: BTreeMap<String, Credentials>,
    binaries: build::Binaries,
    directory: PathBuf,
}

impl LocalStack {
    /// Installs what is missing, builds the functions, starts the local AWS and deploys the template in it. `tell` is
    /// given each step as it begins; the first start on a machine takes minutes, a later one seconds.
    ///
    /// # Errors
    /// [`LocalStackError`], in words for the person at the terminal.
    pub async fn start(
        checkout: &Path,
        epic: &EpicConnection,
        tell: &mut dyn FnMut(&str),
    ) -> Result<Self, LocalStackError> {
        Self::start_with(checkout, std::slice::from_ref(epic), &[], tell).await
    }

    /// As [`LocalStack::start`], for several connections, and with other parameters of the template given too.
    ///
    /// # Errors
    /// [`LocalStackError`].
    pub async fn start_with(
        checkout: &Path,
        connections: &[EpicConnection],
        parameters: &[(&str, &str)],
        tell: &mut dyn FnMut(&str),
    ) -> Result<Self, LocalStackError> {
        let names: Vec<_> = connections.iter().map(|connection| connection.name.as_str()).collect();
        let mut all = BTreeMap::from(
            [
                ("Connections", names.join(",").as_str()),
                // Whoever watches a local stack doesn't want to wait for the schedule.
                ("SchedulePeriodMinutes", "1"),
                // Nor for others' copies of the key set to expire.
                ("JwksMaxAgeSeconds", "5"),
                ("Architecture", architecture()),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        all.extend(parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));

        let checkout = checkout.to_owned();
        let stack = on_a_thread(tell, move |tell| start_blocking(&checkout, all, tell)).await?;
        for connection in connections {
            set_up::connection(&stack, connection).await?;
        }
        Ok(stack)
    }

    /// Where the local AWS listens: `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The local AWS as an operator, who may do everything, with an HTTP client of its own.
    pub fn aws(&self) -> Aws {
        self.operator.aws(&self.region, &self.endpoint)
    }

    /// The local AWS with the role that the template gives a function, with an HTTP client of its own.
    pub fn aws_as(&self, function: Function) -> Aws {
        self.role(function).aws(&self.region, &self.endpoint)
    }

    /// The variables by which Lambda gives a function its region and its role's credentials.
    pub fn environment_of(&self, function: Function) -> BTreeMap<String, String> {
        self.role(function).environment(&self.region, &self.endpoint)
    }

    /// An output of the template.
    pub fn output(&self, name: &str) -> Option<&str> {
        self.outputs.get(name).map(String::as_str)
    }

    /// The stack as the operator's commands work on it, with HTTP clients of its own.
    ///
    /// # Errors
    /// [`DeploymentError`] where HTTP can't be set up.
    pub fn deployment(&self) -> Result<Deployment, DeploymentError> {
        Deployment::from_outputs(STACK_NAME, self.aws(), self.outputs.clone())
    }

    /// A function's name on the local AWS.
    pub fn function_name(&self, function: Function) -> &str {
        self.output(&format!("{}FunctionName", function.logical_id())).unwrap_or_default()
    }

    /// A connection's JWK Set URL; empty where the template tells none.
    pub fn jwks_url(&self, connection: &ConnectionName) -> String {
        self.deployment().and_then(|deployment| deployment.jwks_url(connection)).unwrap_or_default()
    }

    /// Where everything lies that runs, until it ends.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The id of the process that runs the local AWS.
    pub fn runner_id(&self) -> u32 {
        self.runner.id()
    }

    /// The binary that runs as a function.
    pub fn binary(&self, function: Function) -> Option<&Path> {
        self.binaries.get(function.name()).map(PathBuf::as_path)
    }

    /// A reader of what the functions write on standard output and standard error, from the start of the stack.
    pub fn log(&self) -> LogReader {
        LogReader::new(&self.endpoint, &self.region, STACK_NAME)
    }

    /// Ends everything and waits until it has ended.
    pub async fn stop(self) {
        stop(self.runner).await;
    }

    fn role(&self, function: Function) -> Credentials {
        // The template's test asserts an output for each role; without one nothing is permitted.
        self.roles.get(&format!("{}RoleArn", function.logical_id())).cloned().unwrap_or_default()
    }
}

/// Does what blocks on a thread of its own, which a runtime that is shut down meanwhile doesn't wait for; `tell` is given
/// each step from there.
async fn on_a_thread<T: Send + 'static>(
    tell: &mut dyn FnMut(&str),
    work: impl FnOnce(&dyn Fn(&str)) -> Result<T, LocalStackError> + Send + 'static,
) -> Result<T, LocalStackError> {
    let (steps, mut step) = tokio::sync::mpsc::unbounded_channel::<String>();
    let (done, worked) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let tell = move |text: &str| {
            let _ = steps.send(text.to_owned());
        };
        let _ = done.send(work(&tell));
    });
    while let Some(text) = step.recv().await {
        tell(&text);
    }
    worked.await.map_err(|_| LocalStackError::Ended)?
}

/// Ends what a runner runs, and waits until it has ended.
async fn stop(runner: Runner) {
    let (done, ended) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        runner.stop();
        let _ = done.send(());
    });
    let _ = ended.await;
}

fn start_blocking(
    checkout: &Path,
    parameters: BTreeMap<String, String>,
    tell: &dyn Fn(&str),
) -> Result<LocalStack, LocalStackError> {
    let python = python::environment(checkout, "ministack", &checkout.join("cli/local-stack/requirements.txt"), tell)?;
    let binaries = build::functions(checkout, tell)?;
    let plan = runner::Plan {
        template: checkout.join("template.yaml"),
        stack_name: STACK_NAME,
        directory: runner::new_directory(checkout)?,
        parameters,
        binaries,
    };
    let (runner, ready): (_, runner::Ready) =
        Runner::start(&python, &checkout.join("cli/local-stack/run.py"), &plan, tell)?;
    Ok(LocalStack {
        runner,
        endpoint: ready.endpoint,
        region: ready.region,
        operator: ready.operator,
        outputs: ready.outputs,
        roles: ready.roles,
        binaries: plan.binaries,
        directory: plan.directory,
    })
}

/// This machine's processor as the template's `Architecture` names it.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    }
}
