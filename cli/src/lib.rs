//! `careline`, the operator's tool, as a library: so that tests can play calls as the command does.
//!
//! A call: [`contact_flow`] stands for Connect, [`lex`] for Lex, [`lambda`] invokes the deployed function, and
//! [`local_stack`] is the AWS that it is deployed on. [`script`] is the text of a played conversation, [`call`] the command.

pub mod call;
pub mod certificate;
pub mod checkout;
pub mod contact_flow;
pub mod lambda;
pub mod lex;
pub mod local_stack;
pub mod script;
