//! The command line of `careline`.

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use careline::call::{self, CallError};
use clap::{Parser, Subcommand};
use shared::telemetry::ErrorChain;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Answers patients' calls about their medications, straight from Epic. This is the operator's tool.
#[derive(Parser)]
#[command(name = "careline", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer a phone call on this machine: a local AWS, a simulated Epic, and you at the terminal
    #[command(after_help = "Examples:\n  \
        careline call                                  be the caller; without a terminal, the sample call\n  \
        careline call --script tests/scripts/verified.call\n  \
        careline call --number +14695555555 --channel keypad\n  \
        careline call --client-id ID --token-endpoint https://HOST/oauth2/token \\\n    \
                      --fhir-base-url https://HOST/api/FHIR/R4 --jwks-out jwks.json")]
    Call(call::Options),
}

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
    let Command::Call(options) = command;
    let checkout = std::env::current_dir().ok().and_then(|directory| careline::checkout::find(&directory));
    let Some(checkout) = checkout else {
        let _ = writeln!(std::io::stderr(), "careline: no checkout found: run it inside the project's folder");
        return ExitCode::FAILURE;
    };
    match call::run(&options, &checkout, &mut std::io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, if CallError::is_usage(&error) { 2 } else { 1 }),
    }
}

/// Ends as a shell reports a signal: 128 and its number.
async fn signalled(mut interrupt: Signal, mut terminate: Signal) -> ExitCode {
    tokio::select! {
        _ = interrupt.recv() => ExitCode::from(128 + 2),
        _ = terminate.recv() => ExitCode::from(128 + 15),
    }
}

fn fail(error: &dyn Error, code: u8) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "careline: {}", ErrorChain(error));
    ExitCode::from(code)
}
