//! A private CA that is no longer wanted.

use std::fmt;
use std::str::FromStr;

use aws_sdk_acmpca::types::CertificateAuthorityStatus as Status;
use jiff::Timestamp;

use super::error::PrivateCaError;
use super::{PrivateCas, failed};
use crate::certificate::change::{Announce, Change, announce};
use crate::certificate::common_name::CommonName;

/// For how long what is deleted can be restored: 7 to 30 days, in ACM PCA as in KMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeletionWindow(u8);

/// Not 7 to 30 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is deleted can be restored for 7 to 30 days")]
pub struct NoDeletionWindow;

impl DeletionWindow {
    /// The longest.
    pub const LONGEST: Self = Self(30);

    /// Its days.
    pub fn days(self) -> u8 {
        self.0
    }
}

impl FromStr for DeletionWindow {
    type Err = NoDeletionWindow;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().ok().filter(|days| (7..=30).contains(days)).map(Self).ok_or(NoDeletionWindow)
    }
}

/// What became of a private CA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deletion {
    /// It is disabled, and its deletion scheduled.
    Scheduled {
        /// Its ARN.
        arn: String,
        /// Until when it can be restored, if ACM PCA says so.
        restorable_until: Option<Timestamp>,
    },
    /// It was scheduled before.
    AlreadyScheduled {
        /// Its ARN.
        arn: String,
        /// Until when it can be restored, if ACM PCA says so.
        restorable_until: Option<Timestamp>,
    },
    /// `careline provision` did not make it: it is left as it is.
    NotOurs {
        /// Its ARN.
        arn: String,
    },
}

impl fmt::Display for Deletion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, until) = match self {
            Self::Scheduled { arn, restorable_until } => (format!("{arn} is scheduled for deletion"), restorable_until),
            Self::AlreadyScheduled { arn, restorable_until } => {
                (format!("{arn} was scheduled for deletion before"), restorable_until)
            }
            Self::NotOurs { arn } => {
                return write!(f, "{arn} was not made by careline provision, and is left as it is");
            }
        };
        match until {
            Some(until) => write!(f, "{what}, and can be restored until {until}"),
            None => f.write_str(&what),
        }
    }
}

impl PrivateCas {
    /// Disables the private CAs of this name that `careline provision` made, and schedules their deletion. Run again it
    /// finds that done; what others made is left as it is. Nothing is told where there is none of this name.
    ///
    /// # Errors
    /// [`PrivateCaError`].
    pub async fn schedule_deletion(
        &self,
        name: &CommonName,
        window: DeletionWindow,
        announce_to: &mut Announce<'_>,
    ) -> Result<Vec<Deletion>, PrivateCaError> {
        let mut done = Vec::new();
        for found in self.named(name).await? {
            let arn = found.arn;
            if found.status == Status::Deleted {
                done.push(Deletion::AlreadyScheduled { arn, restorable_until: found.restorable_until });
                continue;
            }
            if !self.is_ours(&arn).await? {
                done.push(Deletion::NotOurs { arn });
                continue;
            }
            let change = Change::DeletePrivateCa { name: name.clone(), arn: arn.clone(), window };
            announce(announce_to, change).map_err(PrivateCaError::Declined)?;
            if found.status == Status::Active {
                self.disable(&arn).await?;
            }
            self.delete(&arn, window).await?;
            let restorable_until = self.restorable_until(&arn).await;
            done.push(Deletion::Scheduled { arn, restorable_until });
        }
        Ok(done)
    }

    /// ACM PCA deletes no private CA that is active.
    async fn disable(&self, arn: &str) -> Result<(), PrivateCaError> {
        let request = self.client.update_certificate_authority().certificate_authority_arn(arn);
        let disabled = request.status(Status::Disabled).send().await;
        disabled.map(|_| ()).map_err(failed("acm-pca:UpdateCertificateAuthority"))
    }

    async fn delete(&self, arn: &str, window: DeletionWindow) -> Result<(), PrivateCaError> {
        let request = self.client.delete_certificate_authority().certificate_authority_arn(arn);
        let deleted = request.permanent_deletion_time_in_days(i32::from(window.days())).send().await;
        deleted.map(|_| ()).map_err(failed("acm-pca:DeleteCertificateAuthority"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_has_7_to_30_days() {
        assert_eq!("7".parse(), Ok(DeletionWindow(7)));
        assert_eq!("30".parse(), Ok(DeletionWindow::LONGEST));
        for text in ["6", "31", "0", "-7", "", "week"] {
            assert_eq!(text.parse::<DeletionWindow>(), Err(NoDeletionWindow), "{text}");
        }
    }
}
