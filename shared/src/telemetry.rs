//! Logging: JSON lines on standard error, from our own crates only.
//!
//! The runtime and the SDK would log events, bodies and items (`lambda_runtime` prints the raw event at TRACE, handler
//! errors by `Debug`), so nothing of theirs is let through at any level. What we log is an allow-list: ids we mint, names,
//! counts, durations and codes.

use std::error::Error;
use std::fmt;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::environment::Variable;

/// The crates whose events are logged.
const OURS: [&str; 5] = ["shared", "token_refresher", "fulfillment", "prefetch_worker", "jwks"];

/// The log level of a function.
pub const LOG_LEVEL: Variable = Variable {
    name: "LOG_LEVEL",
    expectation: "error, warn, info or debug",
    default: Some("info"),
    purpose: "How much is logged. No level logs anything secret or clinical.",
};

/// Reads [`LOG_LEVEL`]. There is no `trace`: nothing of ours is logged there, and others' traces hold events.
pub fn parse_level(text: &str) -> Option<LevelFilter> {
    match text {
        "error" => Some(LevelFilter::ERROR),
        "warn" => Some(LevelFilter::WARN),
        "info" => Some(LevelFilter::INFO),
        "debug" => Some(LevelFilter::DEBUG),
        _ => None,
    }
}

/// Starts logging at `level` and makes panics tell their place only. Called first thing in `main`; a second call does
/// nothing.
pub fn init(level: LevelFilter) {
    let targets = Targets::new().with_targets(OURS.map(|target| (target, level)));
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(std::io::stderr)
        .with_filter(targets);
    let _ = tracing_subscriber::registry().with(lines).try_init();
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may quote what it choked on.
        let (file, line) = panic.location().map_or(("unknown", 0), |place| (place.file(), place.line()));
        tracing::error!(target: "shared", code = "panic", file, line, "a panic");
    }));
}

/// An error with its causes on one line: `refresh failed: kms:Sign failed: timeout`.
pub struct ErrorChain<'a>(pub &'a dyn Error);

impl fmt::Display for ErrorChain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}
