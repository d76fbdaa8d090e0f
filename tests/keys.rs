//! `careline keys`: the table of signing keys, and whole rotations against the local AWS's KMS, which enforces IAM.

mod commands;
mod front;
mod kms;
mod stage;
mod store;
mod trial;
