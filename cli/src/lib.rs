//! `careline`, the operator's tool, as a library: so that tests can do what the commands do.
//!
//! [`command`] is how the commands are written. A call: [`contact_flow`] stands for Connect, [`lex`] for Lex, [`lambda`]
//! invokes the deployed function, and [`local_stack`] is the AWS that it is deployed on. [`script`] is the text of a played
//! conversation, [`call`] the command. On a deployed stack: [`deployment`] finds it, [`operator`] is who is asked,
//! [`provisioning`] brings it to Epic with a [`certificate`], [`connection`] says what each Epic is, [`keys`] rotates what
//! signs, and [`doctor`] tells why Epic doesn't let us in. What has to be signed for them [`token_refresher`] signs.

pub mod call;
pub mod certificate;
pub mod checkout;
pub mod command;
pub mod completions;
pub mod connection;
pub mod contact_flow;
pub mod deployment;
pub mod doctor;
pub mod keys;
pub mod lambda;
pub mod lex;
pub mod local_stack;
pub mod operator;
pub mod preview;
mod probe;
pub mod provisioning;
pub mod script;
pub mod token_refresher;
