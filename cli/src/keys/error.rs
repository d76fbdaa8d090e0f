//! Why a command on the keys did nothing, or not all.

use shared::aws::AwsError;

use super::jwk_set_url::FetchError;
use super::kms_key::CannotSign;
use super::rotation::Refusal;
use super::trial::NotProven;
use crate::deployment::DeploymentError;
use crate::operator::NotAgreed;

/// Why a command on the keys did nothing, or not all: what, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The stack can't be worked on.
    #[error(transparent)]
    Deployment(DeploymentError),
    /// It was not agreed to.
    #[error(transparent)]
    NotAgreed(NotAgreed),
    /// The ring can't be read or written.
    #[error("the connection's keys can't be read or written")]
    Table(#[source] AwsError),
    /// Others write the ring all the time.
    #[error("somebody else changes the connection's keys at the same time: run it again")]
    Contended,
    /// The set can't be looked at.
    #[error("nothing was changed, since what Epic sees can't be seen")]
    JwkSetUrl(#[source] FetchError),
    /// No key has this `kid`.
    #[error("no key's kid begins with {given}; see careline keys list")]
    NoSuchKey {
        /// What was given.
        given: String,
    },
    /// Several keys have such a `kid`.
    #[error("several keys' kids begin with {given}; see careline keys list")]
    Ambiguous {
        /// What was given.
        given: String,
    },
    /// The step would lock us out.
    #[error("the key {kid} is not {step}")]
    Refused {
        /// The key.
        kid: String,
        /// What was to be done.
        step: &'static str,
        /// Why not, and when.
        #[source]
        source: Refusal,
    },
    /// The key can't sign.
    #[error("the key {kid} is not promoted")]
    CannotSign {
        /// The key.
        kid: String,
        /// Why not.
        #[source]
        source: CannotSign,
    },
    /// It isn't known that token-refresher signs with the key.
    #[error("the key {kid} is not promoted")]
    NotProven {
        /// The key.
        kid: String,
        /// Why not.
        #[source]
        source: NotProven,
    },
    /// The key that was given or made can't be added.
    #[error("the key {key_id} is not added")]
    NotAdded {
        /// The KMS key.
        key_id: String,
        /// Why not.
        #[source]
        source: CannotSign,
    },
    /// The given key is for another algorithm than the given one.
    #[error("the key {key_id} is not added: it signs {algorithm}")]
    OtherAlgorithm {
        /// The KMS key.
        key_id: String,
        /// What it signs with.
        algorithm: &'static str,
    },
    /// No key could be made.
    #[error("no KMS key was made")]
    Create(#[source] AwsError),
    /// A key was made, and is not in the ring.
    #[error("the KMS key {key_id} was made, but not added; add it with: careline keys add --key-id {key_id}")]
    MadeNotAdded {
        /// The KMS key.
        key_id: String,
        /// Why not.
        #[source]
        source: Box<KeysError>,
    },
    /// The key was added, and the URL doesn't serve it.
    #[error(
        "the key {kid} was added, but the JWK Set URL didn't serve it within {seconds} s; see to the jwks function, \
         then run the same command again"
    )]
    NotServed {
        /// The key.
        kid: String,
        /// How long was waited.
        seconds: u64,
        /// What the URL said last, if it was no set.
        #[source]
        source: Option<FetchError>,
    },
    /// Whether the KMS key may be deleted can't be told.
    #[error("nothing was changed, since the KMS key {key_id} can't be looked at; --keep-kms-key leaves it alone")]
    KmsKey {
        /// The KMS key.
        key_id: String,
        /// Why not.
        #[source]
        source: AwsError,
    },
    /// The key was retired, and its KMS key stays.
    #[error("the key was retired, but its KMS key {key_id} stays; run the same command again")]
    NotDeleted {
        /// The KMS key.
        key_id: String,
        /// Why.
        #[source]
        source: AwsError,
    },
}

impl KeysError {
    /// Whether what was asked for makes no sense, as opposed to having gone wrong.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Deployment(error) => error.is_usage(),
            Self::NoSuchKey { .. } | Self::Ambiguous { .. } | Self::OtherAlgorithm { .. } => true,
            Self::NotAgreed(error) => matches!(error, NotAgreed::NobodyToAsk),
            _ => false,
        }
    }
}
