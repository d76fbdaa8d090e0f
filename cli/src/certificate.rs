//! X.509 for a signing key in KMS: what `careline provision` makes, and `careline deprovision` undoes.
//!
//! A certificate is issued by a private CA in ACM PCA ([`private_ca`]) on a request that KMS signs, or it is self-signed.
//! Either way the private key never leaves KMS, which signs what is to be signed. [`provision`] puts the parts together
//! and leaves them in a directory, and changes nothing where all is there already.

pub mod change;
pub mod common_name;
pub mod directory;
pub mod error;
pub mod existing;
pub mod kms_key;
pub mod private_ca;
pub mod provision;
pub mod public_key;
mod reading;
pub mod request;
mod self_signed;
mod signing;
#[cfg(test)]
mod test_key;
