//! Every test that crosses a crate: the functions together, the local AWS, the template, the documents.

mod appointments;
mod authorization_server;
mod call_record;
mod certificate;
mod connections;
mod doctor;
mod documents;
mod events;
mod fulfillment;
mod jose;
mod jwks;
mod keys;
mod local_stack;
mod medications;
mod phi_leak;
mod pipeline;
mod provision;
mod roles;
mod rotation;
mod stu3;
mod support;
mod template;
mod tidy;
mod token_lifecycle;
mod two_connections;
mod worker;
