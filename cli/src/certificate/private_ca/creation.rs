//! A private CA that can issue: the one that is there, or a new one.

use std::time::Duration;

use aws_sdk_acmpca::primitives::Blob;
use aws_sdk_acmpca::types::{
    Asn1Subject, CertificateAuthorityConfiguration, CertificateAuthorityStatus as Status, CertificateAuthorityType,
    KeyAlgorithm, SigningAlgorithm, Tag, ValidityPeriodType,
};
use jiff::Timestamp;

use super::error::PrivateCaError;
use super::issuance::{Order, Template};
use super::search::{Found, TAG_KEY, TAG_VALUE};
use super::{PrivateCas, failed, idempotency_token, once_ready};
use crate::certificate::change::{Announce, Change, announce};
use crate::certificate::common_name::CommonName;

/// The key of a private CA of ours: of a strength that lasts as long as the CA does.
const KEY_ALGORITHM: KeyAlgorithm = KeyAlgorithm::EcSecp384r1;
/// How long a private CA of ours lives: longer than some certificates one after the other, shorter than its key is strong.
const VALIDITY_YEARS: i64 = 10;
/// How long ACM PCA may take to make a private CA's key. It takes some seconds.
const CREATION_LIMIT: Duration = Duration::from_secs(180);

/// A private CA that can issue.
#[derive(Debug)]
pub(in crate::certificate) struct PrivateCa {
    pub(super) arn: String,
    pub(super) name: CommonName,
    pub(super) signing_algorithm: SigningAlgorithm,
    /// When its own certificate ends.
    pub(super) not_after: Timestamp,
    /// Whether it was made, or finished, just now.
    pub(in crate::certificate) created: bool,
}

impl PrivateCas {
    /// The private CA of this name: an active one of the account's own, whoever made it. One that an earlier run of ours
    /// left unfinished is finished; where there is none, one is made.
    ///
    /// # Errors
    /// [`PrivateCaError::NotUsable`] where there is one, and it is neither active nor ours to finish: another of the same
    /// name would cost as much and confuse whoever looks.
    pub(in crate::certificate) async fn find_or_create(
        &self,
        name: &CommonName,
        announce_to: &mut Announce<'_>,
    ) -> Result<PrivateCa, PrivateCaError> {
        let found = self.named(name).await?;
        let with = |statuses: &[Status]| found.iter().find(|private_ca| statuses.contains(&private_ca.status));
        if let Some(active) = with(&[Status::Active]) {
            return Ok(PrivateCa {
                arn: active.arn.clone(),
                name: name.clone(),
                signing_algorithm: signing_algorithm(active)?,
                not_after: active.not_after.ok_or(PrivateCaError::Unreadable("acm-pca:ListCertificateAuthorities"))?,
                created: false,
            });
        }
        if let Some(unfinished) = with(&[Status::Creating, Status::PendingCertificate]) {
            if !unfinished.is_root || !self.is_ours(&unfinished.arn).await? {
                return Err(not_usable(name, unfinished));
            }
            let arn = unfinished.arn.clone();
            announce(announce_to, Change::FinishPrivateCa { name: name.clone(), arn: arn.clone() })
                .map_err(PrivateCaError::Declined)?;
            return self.finish(name, arn, signing_algorithm(unfinished)?).await;
        }
        if let Some(unusable) = with(&[Status::Disabled, Status::Expired]) {
            return Err(not_usable(name, unusable));
        }
        announce(announce_to, Change::CreatePrivateCa { name: name.clone() }).map_err(PrivateCaError::Declined)?;
        let arn = self.create(name, &found).await?;
        self.finish(name, arn, SigningAlgorithm::Sha384Withecdsa).await
    }

    async fn create(&self, name: &CommonName, found: &[Found]) -> Result<String, PrivateCaError> {
        const OPERATION: &str = "acm-pca:CreateCertificateAuthority";
        let malformed = |_| PrivateCaError::Unreadable(OPERATION);
        let configuration = CertificateAuthorityConfiguration::builder()
            .key_algorithm(KEY_ALGORITHM)
            .signing_algorithm(SigningAlgorithm::Sha384Withecdsa)
            .subject(Asn1Subject::builder().common_name(name.as_str()).build())
            .build()
            .map_err(malformed)?;
        // Whoever sees the same private CAs of this name, deleted ones too, asks for the same new one.
        let seen = found.iter().map(|private_ca| private_ca.arn.as_str());
        let created = self
            .client
            .create_certificate_authority()
            .certificate_authority_configuration(configuration)
            .certificate_authority_type(CertificateAuthorityType::Root)
            .idempotency_token(idempotency_token([name.as_str()].into_iter().chain(seen)))
            .tags(Tag::builder().key(TAG_KEY).value(TAG_VALUE).build().map_err(malformed)?)
            .send()
            .await
            .map_err(failed(OPERATION))?;
        created.certificate_authority_arn.ok_or(PrivateCaError::Unreadable(OPERATION))
    }

    /// Gives a root CA the certificate that it signs itself, with which it becomes active.
    async fn finish(
        &self,
        name: &CommonName,
        arn: String,
        signing_algorithm: SigningAlgorithm,
    ) -> Result<PrivateCa, PrivateCaError> {
        const CSR: &str = "acm-pca:GetCertificateAuthorityCsr";
        const IMPORT: &str = "acm-pca:ImportCertificateAuthorityCertificate";
        let request = self.client.get_certificate_authority_csr().certificate_authority_arn(&arn);
        let request = once_ready(CSR, CREATION_LIMIT, async || request.clone().send().await).await?;
        let order = Order {
            private_ca: &arn,
            template: Template::RootCa,
            request: request.csr().ok_or(PrivateCaError::Unreadable(CSR))?,
            signing_algorithm: signing_algorithm.clone(),
            validity: (VALIDITY_YEARS, ValidityPeriodType::Years),
        };
        let certificate = self.issued(&order).await?.certificate;
        let pem = certificate.to_pem().map_err(|_| PrivateCaError::Unreadable(IMPORT))?;
        self.client
            .import_certificate_authority_certificate()
            .certificate_authority_arn(&arn)
            .certificate(Blob::new(pem))
            .send()
            .await
            .map_err(failed(IMPORT))?;
        Ok(PrivateCa { arn, name: name.clone(), signing_algorithm, not_after: certificate.not_after(), created: true })
    }
}

/// How a private CA signs what it issues: with SHA-384, as its key can.
fn signing_algorithm(private_ca: &Found) -> Result<SigningAlgorithm, PrivateCaError> {
    match private_ca.key_algorithm {
        KeyAlgorithm::Rsa2048 | KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096 => Ok(SigningAlgorithm::Sha384Withrsa),
        KeyAlgorithm::EcPrime256v1 | KeyAlgorithm::EcSecp384r1 | KeyAlgorithm::EcSecp521r1 => {
            Ok(SigningAlgorithm::Sha384Withecdsa)
        }
        _ => Err(PrivateCaError::Algorithm(private_ca.arn.clone())),
    }
}

fn not_usable(name: &CommonName, found: &Found) -> PrivateCaError {
    PrivateCaError::NotUsable { name: name.clone(), arn: found.arn.clone(), status: found.status.as_str().to_owned() }
}
