//! Why a connection was not provisioned, or not deprovisioned.

use shared::aws::AwsError;
use shared::environment::ConfigError;

use crate::certificate::common_name::NoCommonName;
use crate::certificate::error::CertificateError;
use crate::certificate::kms_key::KmsKeyError;
use crate::certificate::private_ca::error::PrivateCaError;
use crate::deployment::DeploymentError;
use crate::keys::KeysError;
use crate::operator::NotAgreed;

/// Why a connection was not provisioned, or not deprovisioned: what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// The stack can't be worked on.
    #[error(transparent)]
    Deployment(DeploymentError),
    /// It was not agreed to.
    #[error(transparent)]
    NotAgreed(NotAgreed),
    /// A name is none.
    #[error("that is no common name")]
    CommonName(#[from] NoCommonName),
    /// An alias is none.
    #[error("{0}")]
    Alias(&'static str),
    /// The alias names another key.
    #[error("the alias {alias} names another key: give another with --alias")]
    AliasTaken {
        /// The alias.
        alias: String,
    },
    /// The key can't be used.
    #[error("the connection's key can't be used")]
    Key(#[source] KmsKeyError),
    /// The keys can't be worked on.
    #[error(transparent)]
    Keys(KeysError),
    /// A request to KMS failed.
    #[error("KMS did not do it")]
    Kms(#[source] AwsError),
    /// ACM PCA's endpoint is no URL.
    #[error(transparent)]
    Environment(ConfigError),
    /// The JWK Set can't be written.
    #[error("the JWK Set can't be written")]
    KeySet,
    /// The certificate or its files.
    #[error("the certificate is not there")]
    Certificate(#[source] CertificateError),
    /// The private CA was not taken away.
    #[error("the private CA is not taken away")]
    PrivateCa(#[source] PrivateCaError),
}

impl From<NotAgreed> for ProvisionError {
    fn from(error: NotAgreed) -> Self {
        Self::NotAgreed(error)
    }
}

impl ProvisionError {
    /// Whether what was asked for makes no sense, as opposed to having gone wrong.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Deployment(error) => error.is_usage(),
            Self::NotAgreed(error) => matches!(error, NotAgreed::NobodyToAsk),
            Self::CommonName(_) | Self::Alias(_) | Self::AliasTaken { .. } | Self::Environment(_) => true,
            _ => false,
        }
    }
}
