//! Reading charts over FHIR, R4 or STU3: one client, and of each resource the fields that we read.
//!
//! Everything here is lenient towards what it doesn't need and strict towards what it does: [`field`] says which of the
//! two a field is, [`search`] never lets one odd entry lose a page, and [`operation_outcome`] reads Epic's codes.

pub mod appointment;
pub mod bundle;
pub mod client;
pub mod codeable_concept;
pub mod dosage;
mod error;
pub mod field;
pub mod medication;
pub mod medication_request;
pub mod medication_statement;
pub mod meta;
pub mod operation_outcome;
pub mod patient;
pub mod period;
pub mod reference;
pub mod search;
pub mod version;

pub use self::client::FhirClient;
pub use self::error::FhirError;
pub use self::search::{Entry, Search, SearchMethod, SearchSet};
pub use self::version::FhirVersion;
