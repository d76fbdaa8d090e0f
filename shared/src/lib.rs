//! What two functions share, or agree on: nothing else belongs here (ARCHITECTURE.md, "Admission to shared").
//!
//! Read it in this order: [`connection`] names whose Epic we speak with; [`access_token`] is how a request gets in;
//! [`fhir`] is how charts are read; [`medications`] decides what of a chart is current, [`appointments`] what is to come; [`speech`] says it;
//! [`call_record`] and [`prefetch_job`] are what the functions leave for each other. The rest is set-up.

pub mod access_token;
pub mod appointment_list;
pub mod appointments;
pub mod aws;
pub mod call_record;
pub mod clock;
pub mod connection;
pub mod connection_settings;
pub mod connections;
pub mod deadline;
pub mod environment;
pub mod fhir;
pub mod http;
pub mod json;
pub mod jwk;
pub mod medication_list;
pub mod medications;
pub mod metrics;
pub mod phi;
pub mod prefetch_job;
pub mod randomness;
pub mod refresh_request;
pub mod signing_algorithm;
pub mod signing_keys;
pub mod speech;
pub mod telemetry;
