//! Every test that crosses a crate: the functions together, the local AWS, the template, the documents.

mod authorization_server;
mod call_record;
mod certificate;
mod connections;
mod documents;
mod events;
mod fulfillment;
mod jose;
mod jwks;
mod local_stack;
mod medications;
mod phi_leak;
mod pipeline;
mod roles;
mod rotation;
mod support;
mod template;
mod tidy;
mod token_lifecycle;
mod two_connections;
mod worker;
