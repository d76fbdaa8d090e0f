//! What a certificate says, as far as we ask.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use x509_cert::Certificate;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::pem::LineEnding;
use x509_cert::der::{Decode as _, EncodePem as _};
use x509_cert::name::Name;

use super::error::CertificateError;
use super::public_key::PublicKey;

/// `id-at-commonName`, RFC 5280 appendix A.1.
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// A certificate. That its signature is right is not asked here: it comes from KMS, from ACM PCA, or from our own file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadCertificate(Certificate);

impl ReadCertificate {
    /// Reads a certificate in DER.
    pub(super) fn from_der(der: &[u8]) -> Option<Self> {
        Certificate::from_der(der).ok().map(Self)
    }

    /// Reads the certificates of a PEM text, at least one.
    pub(super) fn chain_from_pem(text: &[u8]) -> Option<Vec<Self>> {
        // The library does not expect an empty text.
        let text = text.trim_ascii();
        if text.is_empty() {
            return None;
        }
        let chain = Certificate::load_pem_chain(text).ok()?;
        (!chain.is_empty()).then(|| chain.into_iter().map(Self).collect())
    }

    /// Reads a PEM text with one certificate.
    pub(super) fn from_pem(text: &[u8]) -> Option<Self> {
        <[Self; 1]>::try_from(Self::chain_from_pem(text)?).ok().map(|[certificate]| certificate)
    }

    /// The certificate as PEM.
    pub(super) fn to_pem(&self) -> Result<String, CertificateError> {
        self.0.to_pem(LineEnding::LF).map_err(|_| CertificateError::Write)
    }

    /// Whether it is for `key`.
    pub(super) fn is_for(&self, key: &PublicKey) -> bool {
        key.is(&self.0.tbs_certificate.subject_public_key_info)
    }

    /// Whether it names itself as its issuer.
    pub(super) fn is_self_issued(&self) -> bool {
        self.0.tbs_certificate.issuer == self.0.tbs_certificate.subject
    }

    /// Whether it names `issuer` as its issuer.
    pub(super) fn is_issued_by(&self, issuer: &Self) -> bool {
        self.0.tbs_certificate.issuer == issuer.0.tbs_certificate.subject
    }

    /// The common name that it is in.
    pub(super) fn common_name(&self) -> Option<&str> {
        common_name(&self.0.tbs_certificate.subject)
    }

    /// Its issuer's common name.
    pub(super) fn issuer_common_name(&self) -> Option<&str> {
        common_name(&self.0.tbs_certificate.issuer)
    }

    /// When it begins to be valid.
    pub(super) fn not_before(&self) -> Timestamp {
        timestamp(self.0.tbs_certificate.validity.not_before.to_unix_duration())
    }

    /// When it ends to be valid.
    pub(super) fn not_after(&self) -> Timestamp {
        timestamp(self.0.tbs_certificate.validity.not_after.to_unix_duration())
    }

    #[cfg(test)]
    pub(super) fn inner(&self) -> &Certificate {
        &self.0
    }
}

fn common_name(name: &Name) -> Option<&str> {
    let mut attributes = name.0.iter().flat_map(|relative| relative.0.iter());
    let value = attributes.find(|attribute| attribute.oid == COMMON_NAME)?.value.value();
    // UTF8String and PrintableString, which are all that RFC 5280 lets a CA write today, are both UTF-8.
    std::str::from_utf8(value).ok()
}

/// X.509 knows no time before 1950 or after 9999, and the library none before 1970.
fn timestamp(since_1970: Duration) -> Timestamp {
    let since_1970 = SignedDuration::try_from(since_1970).unwrap_or(SignedDuration::MAX);
    Timestamp::UNIX_EPOCH.checked_add(since_1970).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_none() {
        for text in ["", "\n", "certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert_eq!(ReadCertificate::chain_from_pem(text.as_bytes()), None, "{text:?}");
        }
    }
}
