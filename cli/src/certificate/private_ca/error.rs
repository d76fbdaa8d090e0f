//! Why a private CA did not do its part.

use jiff::Timestamp;
use shared::aws::AwsError;

use crate::certificate::change::Declined;
use crate::certificate::common_name::CommonName;

/// Why a private CA did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum PrivateCaError {
    /// ACM PCA refused a request, or did not answer.
    #[error(transparent)]
    Aws(AwsError),
    /// ACM PCA was too long about it.
    #[error("{operation} had nothing to give within {seconds} s; run the command again, it goes on from there")]
    NotInTime {
        /// What was asked.
        operation: &'static str,
        /// For how long.
        seconds: u64,
    },
    /// What ACM PCA answered is not what it documents.
    #[error("the answer to {0} can't be read")]
    Unreadable(&'static str),
    /// There is a private CA of this name, and it can't issue anything.
    #[error("the private CA \"{name}\" ({arn}) is {status}: set it right in ACM PCA, or choose another name")]
    NotUsable {
        /// Its common name.
        name: CommonName,
        /// Its ARN.
        arn: String,
        /// Its status in ACM PCA's words, such as `DISABLED`.
        status: String,
    },
    /// The private CA's own key is neither RSA nor on a NIST curve.
    #[error("the private CA {0} has a key that signs otherwise than with RSA or ECDSA")]
    Algorithm(String),
    /// The private CA's own certificate ends too soon.
    #[error("the private CA {arn} ends on {not_after}: what it issues could not be used for long")]
    EndsSoon {
        /// Its ARN.
        arn: String,
        /// When its certificate ends.
        not_after: Timestamp,
    },
    /// What was issued is not for our key.
    #[error("the private CA issued a certificate for another key than was asked")]
    OtherKey,
    /// A change was not wanted.
    #[error(transparent)]
    Declined(Declined),
}
