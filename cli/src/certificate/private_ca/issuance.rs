//! Certificates issued by a private CA.

use std::time::Duration;

use aws_sdk_acmpca::primitives::Blob;
use aws_sdk_acmpca::types::{SigningAlgorithm, Validity, ValidityPeriodType};
use jiff::Timestamp;

use super::creation::PrivateCa;
use super::error::PrivateCaError;
use super::{PrivateCas, failed, idempotency_token, once_ready};
use crate::certificate::change::{Announce, Change, announce};
use crate::certificate::common_name::CommonName;
use crate::certificate::existing::LEAST_LIFE;
use crate::certificate::reading::ReadCertificate;
use crate::certificate::request::CertificateRequest;
use crate::certificate::self_signed::VALIDITY_DAYS;

/// How long ACM PCA may take to issue a certificate. It takes a second or two.
const ISSUANCE_LIMIT: Duration = Duration::from_secs(60);

/// What ACM PCA makes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Template {
    /// A root CA's own certificate.
    RootCa,
    /// The certificate of somebody who issues none.
    EndEntity,
}

impl Template {
    fn name(self) -> &'static str {
        match self {
            Self::RootCa => "RootCACertificate/V1",
            Self::EndEntity => "EndEntityCertificate/V1",
        }
    }

    /// Its ARN in the partition (`aws`, `aws-us-gov`) of a private CA.
    fn arn(self, private_ca: &str) -> Option<String> {
        let partition = private_ca.strip_prefix("arn:")?.split(':').next()?;
        Some(format!("arn:{partition}:acm-pca:::template/{}", self.name()))
    }
}

/// A certificate that is asked for.
pub(super) struct Order<'a> {
    /// The ARN of who is to issue it.
    pub(super) private_ca: &'a str,
    pub(super) template: Template,
    /// The request, in PEM.
    pub(super) request: &'a str,
    pub(super) signing_algorithm: SigningAlgorithm,
    pub(super) validity: (i64, ValidityPeriodType),
}

/// A certificate with what it is verified with.
pub(in crate::certificate) struct Issued {
    pub(in crate::certificate) certificate: ReadCertificate,
    /// The private CA's own certificate first, its root's last. A root's own certificate has none.
    pub(in crate::certificate) chain: Vec<ReadCertificate>,
}

impl PrivateCas {
    /// Has a private CA issue a certificate on `request`, which is in the name of `name`. It is good for as long as a
    /// self-signed one would be, or as the private CA is, if that is shorter.
    pub(in crate::certificate) async fn issue(
        &self,
        private_ca: &PrivateCa,
        name: &CommonName,
        request: &CertificateRequest,
        now: Timestamp,
        announce_to: &mut Announce<'_>,
    ) -> Result<Issued, PrivateCaError> {
        let days = validity_days(private_ca, now)?;
        let change = Change::IssueCertificate { private_ca: private_ca.name.clone(), name: name.clone() };
        announce(announce_to, change).map_err(PrivateCaError::Declined)?;
        self.issued(&Order {
            private_ca: &private_ca.arn,
            template: Template::EndEntity,
            request: request.as_pem(),
            signing_algorithm: private_ca.signing_algorithm.clone(),
            validity: (days, ValidityPeriodType::Days),
        })
        .await
    }

    /// Places an order and waits for what comes of it.
    pub(super) async fn issued(&self, order: &Order<'_>) -> Result<Issued, PrivateCaError> {
        const ISSUE: &str = "acm-pca:IssueCertificate";
        const GET: &str = "acm-pca:GetCertificate";
        let (value, unit) = &order.validity;
        let validity = Validity::builder().value(*value).r#type(unit.clone()).build();
        let template = order.template.arn(order.private_ca).ok_or(PrivateCaError::Unreadable(ISSUE))?;
        let token = idempotency_token([order.private_ca, template.as_str(), order.request, &value.to_string()]);
        let issued = self
            .client
            .issue_certificate()
            .certificate_authority_arn(order.private_ca)
            .template_arn(template)
            .csr(Blob::new(order.request))
            .signing_algorithm(order.signing_algorithm.clone())
            .validity(validity.map_err(|_| PrivateCaError::Unreadable(ISSUE))?)
            .idempotency_token(token)
            .send()
            .await
            .map_err(failed(ISSUE))?;
        let arn = issued.certificate_arn().ok_or(PrivateCaError::Unreadable(ISSUE))?;
        let get = self.client.get_certificate().certificate_authority_arn(order.private_ca).certificate_arn(arn);
        let answer = once_ready(GET, ISSUANCE_LIMIT, async || get.clone().send().await).await?;
        let certificate = answer.certificate().and_then(|pem| ReadCertificate::from_pem(pem.as_bytes()));
        let chain = answer.certificate_chain().and_then(|pem| ReadCertificate::chain_from_pem(pem.as_bytes()));
        match (certificate, chain, order.template) {
            (Some(certificate), Some(chain), _) => Ok(Issued { certificate, chain }),
            (Some(certificate), None, Template::RootCa) => Ok(Issued { certificate, chain: Vec::new() }),
            _ => Err(PrivateCaError::Unreadable(GET)),
        }
    }
}

/// For how many days a private CA can issue: not beyond its own end, which ACM PCA refuses.
fn validity_days(private_ca: &PrivateCa, now: Timestamp) -> Result<i64, PrivateCaError> {
    // The day that has begun is not a whole one, and AWS's clock may be ahead.
    let left = private_ca.not_after.duration_since(now).as_hours() / 24 - 1;
    if left < LEAST_LIFE.as_hours() / 24 {
        return Err(PrivateCaError::EndsSoon { arn: private_ca.arn.clone(), not_after: private_ca.not_after });
    }
    Ok(left.min(i64::from(VALIDITY_DAYS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_that_of_the_private_cas_partition() {
        let arn = |private_ca| Template::EndEntity.arn(private_ca);
        assert_eq!(
            arn("arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1").as_deref(),
            Some("arn:aws:acm-pca:::template/EndEntityCertificate/V1")
        );
        assert_eq!(
            arn("arn:aws-us-gov:acm-pca:us-gov-west-1:111122223333:certificate-authority/1").as_deref(),
            Some("arn:aws-us-gov:acm-pca:::template/EndEntityCertificate/V1")
        );
        assert_eq!(arn("certificate-authority/1"), None);
    }

    #[test]
    fn nothing_is_issued_beyond_the_private_cas_end() {
        let days = |not_after: &str| {
            let private_ca = PrivateCa {
                arn: "arn".to_owned(),
                name: "Hospital CA".parse().unwrap(),
                signing_algorithm: SigningAlgorithm::Sha384Withrsa,
                not_after: not_after.parse().unwrap(),
                created: false,
            };
            validity_days(&private_ca, "2026-03-01T12:00:00Z".parse().unwrap()).ok()
        };
        assert_eq!(days("2036-03-01T12:00:00Z"), Some(730));
        assert_eq!(days("2026-06-09T12:00:00Z"), Some(99));
        assert_eq!(days("2026-03-31T12:00:00Z"), None);
    }
}
