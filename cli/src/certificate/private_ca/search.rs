//! Which private CAs there are.

use aws_sdk_acmpca::primitives::DateTime;
use aws_sdk_acmpca::types::{
    CertificateAuthority, CertificateAuthorityStatus, CertificateAuthorityType, KeyAlgorithm, ResourceOwner,
};
use jiff::Timestamp;

use super::error::PrivateCaError;
use super::{PrivateCas, failed};
use crate::certificate::common_name::CommonName;

/// The tag of what we made: its name.
pub(super) const TAG_KEY: &str = "CreatedBy";
/// The tag of what we made: its value.
pub(super) const TAG_VALUE: &str = "careline provision";
/// A private CA has 50 tags at the most; a page of them has no more either.
const MOST_TAGS: i32 = 50;

/// A private CA that is there.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) arn: String,
    pub(super) status: CertificateAuthorityStatus,
    pub(super) is_root: bool,
    pub(super) key_algorithm: KeyAlgorithm,
    /// When its certificate ends, if it has one.
    pub(super) not_after: Option<Timestamp>,
    /// Until when it can be restored, if it is deleted.
    pub(super) restorable_until: Option<Timestamp>,
    created_at: Option<Timestamp>,
}

impl Found {
    /// `None` where what every private CA has is missing.
    fn new(authority: &CertificateAuthority) -> Option<Self> {
        Some(Self {
            arn: authority.arn()?.to_owned(),
            status: authority.status()?.clone(),
            is_root: authority.r#type() == Some(&CertificateAuthorityType::Root),
            key_algorithm: authority.certificate_authority_configuration()?.key_algorithm().clone(),
            not_after: authority.not_after().and_then(timestamp),
            restorable_until: authority.restorable_until().and_then(timestamp),
            created_at: authority.created_at().and_then(timestamp),
        })
    }
}

impl PrivateCas {
    /// The account's own private CAs of this common name, the oldest first, so that every run takes the same.
    pub(super) async fn named(&self, name: &CommonName) -> Result<Vec<Found>, PrivateCaError> {
        const OPERATION: &str = "acm-pca:ListCertificateAuthorities";
        let mut pages = self
            .client
            .list_certificate_authorities()
            .resource_owner(ResourceOwner::SelfValue)
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while let Some(authority) = pages.next().await {
            let authority = authority.map_err(failed(OPERATION))?;
            let subject = authority.certificate_authority_configuration().and_then(|all| all.subject());
            if subject.and_then(|subject| subject.common_name()) == Some(name.as_str()) {
                found.push(Found::new(&authority).ok_or(PrivateCaError::Unreadable(OPERATION))?);
            }
        }
        found.sort_by(|one, other| (one.created_at, &one.arn).cmp(&(other.created_at, &other.arn)));
        Ok(found)
    }

    /// Whether we made this private CA.
    pub(super) async fn is_ours(&self, arn: &str) -> Result<bool, PrivateCaError> {
        let tags = self.client.list_tags().certificate_authority_arn(arn).max_results(MOST_TAGS).send().await;
        let tags = tags.map_err(failed("acm-pca:ListTags"))?;
        Ok(tags.tags().iter().any(|tag| tag.key() == TAG_KEY && tag.value() == Some(TAG_VALUE)))
    }

    /// Until when a deleted private CA can be restored, if ACM PCA says so.
    pub(super) async fn restorable_until(&self, arn: &str) -> Option<Timestamp> {
        let described = self.client.describe_certificate_authority().certificate_authority_arn(arn).send().await;
        described.ok()?.certificate_authority()?.restorable_until().and_then(timestamp)
    }
}

fn timestamp(time: &DateTime) -> Option<Timestamp> {
    Timestamp::from_second(time.secs()).ok()
}
