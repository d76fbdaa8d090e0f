//! Why there is no certificate.

use std::io;
use std::path::PathBuf;

use super::change::Declined;
use super::kms_key::KmsKeyError;
use super::private_ca::error::PrivateCaError;

/// Why there is no certificate, or why its files are not all there.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The key in KMS is of no use, or does not sign.
    #[error("the signing key can't be used")]
    Key(#[source] KmsKeyError),
    /// The X.509 library refused what it was given.
    #[error("the certificate could not be written down")]
    Write,
    /// The private CA did not do its part.
    #[error("the private CA can't be used")]
    PrivateCa(#[source] PrivateCaError),
    /// A change was not wanted.
    #[error(transparent)]
    Declined(Declined),
    /// A private CA and what it issues would have one name, and a chain of them could not be told from a self-signed one.
    #[error("the certificate and the private CA must not have the same common name")]
    SameName,
    /// A file can't be read or written.
    #[error("{operation} {}", .path.display())]
    File {
        /// What was tried, such as `can't write`.
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
}

impl From<PrivateCaError> for CertificateError {
    fn from(error: PrivateCaError) -> Self {
        match error {
            PrivateCaError::Declined(declined) => Self::Declined(declined),
            other => Self::PrivateCa(other),
        }
    }
}
