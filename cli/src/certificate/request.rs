//! The certificate signing request (RFC 2986), signed in KMS.

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyUsagePurpose};
use x509_cert::der::pem::{self, LineEnding};

use super::common_name::CommonName;
use super::error::CertificateError;
use super::kms_key::KmsKey;
use super::signing::signed;

/// A request, signed by the key that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRequest(String);

impl CertificateRequest {
    /// Makes a request for `key` in the name of `name`.
    ///
    /// # Errors
    /// [`CertificateError::Key`] where KMS does not sign.
    pub async fn new(key: &KmsKey, name: &CommonName) -> Result<Self, CertificateError> {
        let parameters = parameters(name);
        let request = signed(
            key.public_key(),
            |key| parameters.serialize_request(key),
            async |message| key.sign(message).await.map_err(CertificateError::Key),
        )
        .await?;
        let pem = pem::encode_string("CERTIFICATE REQUEST", LineEnding::LF, request.der());
        pem.map(Self).map_err(|_| CertificateError::Write)
    }

    /// The request as PEM.
    pub fn as_pem(&self) -> &str {
        &self.0
    }
}

/// What a request and a self-signed certificate have in common: a name, and that the key is for signatures only.
pub(super) fn parameters(name: &CommonName) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name.as_str());
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters
}
