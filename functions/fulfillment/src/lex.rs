//! The Lex V2 contract, in types of our own: lenient in ([`event`]), exact out ([`response`]).
//!
//! `aws_lambda_events` knows Lex V1 only, and would read nothing of a V2 event without telling.

pub(crate) mod event;
pub(crate) mod messages;
pub(crate) mod response;
