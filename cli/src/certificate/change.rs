//! What is about to be changed in AWS, told before it is.

use std::fmt;
use std::ops::ControlFlow;

use super::common_name::CommonName;
use super::private_ca::deletion::DeletionWindow;

/// A change in AWS. What it prints completes "about to …".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A private CA is made, and its self-signed certificate installed.
    CreatePrivateCa {
        /// The private CA's common name.
        name: CommonName,
    },
    /// A private CA of ours that has no certificate yet gets it.
    FinishPrivateCa {
        /// The private CA's common name.
        name: CommonName,
        /// Its ARN.
        arn: String,
    },
    /// A private CA issues the certificate.
    IssueCertificate {
        /// The private CA's common name.
        private_ca: CommonName,
        /// The certificate's common name.
        name: CommonName,
    },
    /// A private CA is disabled and its deletion scheduled.
    DeletePrivateCa {
        /// The private CA's common name.
        name: CommonName,
        /// Its ARN.
        arn: String,
        /// How long it can be restored.
        window: DeletionWindow,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreatePrivateCa { name } => write!(
                f,
                "create the private CA \"{name}\" in ACM PCA, which AWS bills each month until it is deleted, and \
                 install its self-signed certificate"
            ),
            Self::FinishPrivateCa { name, arn } => {
                write!(f, "install the self-signed certificate of the private CA \"{name}\" ({arn})")
            }
            Self::IssueCertificate { private_ca, name } => {
                write!(f, "have the private CA \"{private_ca}\" issue a certificate for \"{name}\"")
            }
            Self::DeletePrivateCa { name, arn, window } => write!(
                f,
                "disable the private CA \"{name}\" ({arn}) and have it deleted after {} days, during which it can be \
                 restored",
                window.days()
            ),
        }
    }
}

/// Is told each change before it is made; where it answers [`ControlFlow::Break`], that change and all that would come
/// after it are not made.
pub type Announce<'a> = dyn FnMut(&Change) -> ControlFlow<()> + 'a;

/// A change that whoever was told of it did not want.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it was declined to {0}")]
pub struct Declined(pub Change);

/// Announces `change`.
///
/// # Errors
/// [`Declined`] where it is not wanted.
pub(super) fn announce(to: &mut Announce<'_>, change: Change) -> Result<(), Declined> {
    match to(&change) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Declined(change)),
    }
}
