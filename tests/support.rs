//! The world around the functions, in this process: AWS and Epic on loopback sockets, and a clock that can be moved.
//!
//! [`world::World::working`] makes one in which everything works; a test bends one thing.

pub mod aws;
pub mod canary;
pub mod clock;
pub mod deployed;
pub mod dynamodb;
pub mod http_api;
pub mod journal;
pub mod key_set;
pub mod kms;
pub mod lambda;
pub mod lex;
pub mod node;
pub mod operator;
pub mod patient;
pub mod schedule;
pub mod secrets_manager;
pub mod several;
pub mod sqs;
pub mod telephone;
pub mod token_requests;
pub mod verifier;
pub mod waiting;
pub mod world;
