//! The command line of `careline`.

use std::error::Error;
use std::io::{IsTerminal as _, Write};
use std::process::ExitCode;

use careline::call::{self, CallError};
use careline::command::{Arguments, Command};
use careline::connection::{self, ConnectionError};
use careline::deployment::Deployment;
use careline::doctor::{self, DoctorError};
use careline::keys::{self, KeysError};
use careline::operator::Operator;
use careline::preview::{self, PreviewError};
use careline::provisioning::{self, ProvisionError, Tools};
use careline::{checkout, completions};
use clap::Parser as _;
use shared::aws::AWS_REGION;
use shared::clock::Clock;
use shared::environment::{Environment, ProcessEnvironment};
use shared::randomness::Randomness;
use shared::telemetry::ErrorChain;
use tokio::io::BufReader;
use tokio::signal::unix::{Signal, SignalKind, signal};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error, 1),
    };
    let code = runtime.block_on(async {
        let (Ok(interrupt), Ok(terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) else {
            return ExitCode::FAILURE;
        };
        // Whatever is running is dropped when a signal comes first, and ends.
        tokio::select! {
            code = run(arguments.command) => code,
            code = signalled(interrupt, terminate) => code,
        }
    });
    // A read of the terminal that is under way would be waited for.
    runtime.shutdown_background();
    code
}

async fn run(command: Command) -> ExitCode {
    match command {
        Command::Call(options) => answer_calls(&options).await,
        Command::Provision(options) => finish(provision(&options).await, ProvisionError::is_usage),
        Command::Deprovision(options) => finish(deprovision(&options).await, ProvisionError::is_usage),
        Command::Connection(options) => finish(work_on_connection(&options).await, ConnectionError::is_usage),
        Command::Keys(options) => finish(work_on_keys(&options).await, KeysError::is_usage),
        Command::Doctor(options) => examine(&options).await,
        Command::Preview(options) => {
            let outputs: (&mut dyn Write, &mut dyn Write) = (&mut std::io::stdout(), &mut std::io::stderr());
            let previewed = preview::run(&options, &Clock::system(), &mut std::io::stdin(), outputs);
            finish(previewed, PreviewError::is_usage)
        }
        Command::Completions(options) => finish(completions::run(&options, &mut std::io::stdout()), |_| false),
    }
}

async fn answer_calls(options: &call::Options) -> ExitCode {
    let checkout = std::env::current_dir().ok().and_then(|directory| checkout::find(&directory));
    let Some(checkout) = checkout else {
        let _ = writeln!(std::io::stderr(), "careline: no checkout found: run it inside the project's folder");
        return ExitCode::FAILURE;
    };
    finish(call::run(options, &checkout, &mut std::io::stdout()).await, CallError::is_usage)
}

async fn work_on_keys(options: &keys::Options) -> Result<(), KeysError> {
    let deployment = Deployment::find(&ProcessEnvironment, &options.target().stack).await;
    let deployment = deployment.map_err(KeysError::Deployment)?;
    let mut terminal = Terminal::new();
    keys::run(options, &deployment, &Clock::system(), &mut terminal.operator()).await
}

async fn work_on_connection(options: &connection::Options) -> Result<(), ConnectionError> {
    let deployment = Deployment::find(&ProcessEnvironment, &options.target().stack).await;
    let deployment = deployment.map_err(ConnectionError::Deployment)?;
    let mut terminal = Terminal::new();
    connection::run(options, &deployment, &Clock::system(), &mut terminal.operator()).await
}

async fn provision(options: &provisioning::Provision) -> Result<(), ProvisionError> {
    let (stack, region) = options.place();
    let environment = InRegion::new(region);
    let deployment = Deployment::find(&environment, stack).await.map_err(ProvisionError::Deployment)?;
    let (clock, randomness, mut terminal) = (Clock::system(), Randomness::system(), Terminal::new());
    let tools = Tools { environment: &environment, clock: &clock, randomness: &randomness };
    provisioning::provision(options, &deployment, &tools, &mut terminal.operator()).await
}

async fn deprovision(options: &provisioning::Deprovision) -> Result<(), ProvisionError> {
    let (stack, region) = options.place();
    let environment = InRegion::new(region);
    let deployment = Deployment::find(&environment, stack).await.map_err(ProvisionError::Deployment)?;
    let (clock, randomness, mut terminal) = (Clock::system(), Randomness::system(), Terminal::new());
    let tools = Tools { environment: &environment, clock: &clock, randomness: &randomness };
    provisioning::deprovision(options, &deployment, &tools, &mut terminal.operator()).await
}

/// Standard input and output, with whoever sits there.
struct Terminal {
    input: BufReader<tokio::io::Stdin>,
    out: std::io::Stdout,
}

impl Terminal {
    fn new() -> Self {
        Self { input: BufReader::new(tokio::io::stdin()), out: std::io::stdout() }
    }

    fn operator(&mut self) -> Operator<'_> {
        Operator { input: &mut self.input, out: &mut self.out, is_terminal: std::io::stdin().is_terminal() }
    }
}

/// The process's environment, with the region that an option gives.
struct InRegion(Option<String>);

impl InRegion {
    fn new(region: Option<&str>) -> Self {
        Self(region.map(str::to_owned))
    }
}

impl Environment for InRegion {
    fn get(&self, name: &str) -> Option<String> {
        let given = (name == AWS_REGION.name).then(|| self.0.clone()).flatten();
        given.or_else(|| ProcessEnvironment.get(name))
    }
}

/// 1 is a check that failed, or that nothing could be examined.
async fn examine(options: &doctor::Options) -> ExitCode {
    match doctor::run(options, &ProcessEnvironment, &Clock::system(), &mut std::io::stdout()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => finish(Err(error), DoctorError::is_usage),
    }
}

/// Ends as a shell reports a signal: 128 and its number.
async fn signalled(mut interrupt: Signal, mut terminate: Signal) -> ExitCode {
    tokio::select! {
        _ = interrupt.recv() => ExitCode::from(128 + 2),
        _ = terminate.recv() => ExitCode::from(128 + 15),
    }
}

/// 0 if it went well, 2 if what was asked for makes no sense, 1 otherwise.
fn finish<E: Error>(done: Result<(), E>, is_usage: impl Fn(&E) -> bool) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, if is_usage(&error) { 2 } else { 1 }),
    }
}

fn fail(error: &dyn Error, code: u8) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "careline: {}", ErrorChain(error));
    ExitCode::from(code)
}
