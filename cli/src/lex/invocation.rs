//! What became of an invocation of the function, and what a caller meets when it goes wrong.

use super::event::Hook;
use super::reply::Refusal;

/// What became of an invocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invocation {
    /// The function returned this.
    Answered(Vec<u8>),
    /// The function failed: an error, a panic, its own time-out (`FunctionError`), with what Lambda says of it.
    FunctionError(String),
    /// Lambda didn't take the invocation: throttled, forbidden, not there.
    NotInvoked {
        /// AWS's error code.
        code: String,
    },
}

/// Why a turn ended in Connect's error branch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", .hook.name())]
pub struct Failure {
    /// Where.
    pub hook: Hook,
    /// Why.
    pub reason: FailureReason,
}

/// Why a turn ended in Connect's error branch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FailureReason {
    /// Lex would refuse the reply.
    #[error("Lex would refuse the reply: {0}")]
    Refused(Refusal),
    /// The function failed, with what Lambda says of it: the functions' errors hold facts only.
    #[error("the function failed: {0}")]
    FunctionError(String),
    /// Lambda didn't take the invocation.
    #[error("the function was not invoked: {code}")]
    NotInvoked {
        /// AWS's error code.
        code: String,
    },
    /// The function took longer than Lex waits.
    #[error("the function had not answered after {seconds} s")]
    TimedOut {
        /// How long Lex waits.
        seconds: u64,
    },
    /// The event is longer than Lex sends.
    #[error("the event is {bytes} bytes long, more than Lex sends")]
    EventTooLarge {
        /// Its length.
        bytes: usize,
    },
    /// A slot is of a type that this stand-in doesn't know, or the bot has no `FallbackIntent`.
    #[error("the bot's definition has something this stand-in doesn't know: {0}")]
    Definition(&'static str),
    /// The function went from step to step without letting the caller speak.
    #[error("the function's replies go round in circles")]
    Circle,
}
