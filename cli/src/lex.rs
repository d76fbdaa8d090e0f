//! A stand-in for Lex V2 that keeps its runtime contract for one bot.
//!
//! It reads the bot from the definition that Lex's own bots are made of, understands what is said (`understanding`),
//! fills slots, invokes the function with the events Lex sends ([`event`]) and takes its replies as Lex does
//! ([`reply`]). What Lex documents is kept; what it leaves open is decided the way that is harder for the function, and
//! said where it is decided.

pub mod channel;
pub mod conversation;
mod date;
pub mod definition;
pub mod event;
pub mod invocation;
pub mod keys;
mod language;
pub(crate) mod message;
mod number;
pub mod reply;
mod slot;
mod understanding;
mod words;

#[cfg(test)]
mod tests;
