//! Signing with the key in KMS, whose private part never leaves it.

use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeyUsageType, MessageType, SigningAlgorithmSpec};
use shared::aws::AwsError;
use shared::jwk::{Jwk, UnusableKey};
use tokio::sync::OnceCell;

use crate::client_assertion::{ClientAssertion, SigningInput};

/// JWS's RS384.
const ALGORITHM: SigningAlgorithmSpec = SigningAlgorithmSpec::RsassaPkcs1V15Sha384;

/// The signing key's public part could not be had, or is of no use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SigningKeyError {
    /// KMS did not give it.
    #[error("the signing key's public part could not be read")]
    GetPublicKey(#[source] AwsError),
    /// Its KMS key can't sign RS384.
    #[error("the signing key is not for SIGN_VERIFY with RSASSA_PKCS1_V1_5_SHA_384")]
    Purpose,
    /// It is too short, or of another kind.
    #[error("the signing key is of no use")]
    Unusable(#[source] UnusableKey),
}

/// Signs with one key.
#[derive(Debug)]
pub(crate) struct KmsSigner {
    kms: aws_sdk_kms::Client,
    key_id: String,
    /// The public part, read once: in init, or by the first refresh if KMS did not answer then.
    jwk: OnceCell<Jwk>,
}

impl KmsSigner {
    pub(crate) fn new(kms: aws_sdk_kms::Client, key_id: String) -> Self {
        Self { kms, key_id, jwk: OnceCell::new() }
    }

    /// The key's `kid`: the thumbprint of its public part, so that it is the one in the JWK Set.
    pub(crate) async fn kid(&self) -> Result<&str, SigningKeyError> {
        self.jwk.get_or_try_init(|| self.public_key()).await.map(Jwk::kid)
    }

    async fn public_key(&self) -> Result<Jwk, SigningKeyError> {
        let output = self.kms.get_public_key().key_id(&self.key_id).send().await;
        let output =
            output.map_err(|error| SigningKeyError::GetPublicKey(AwsError::new("kms:GetPublicKey", &error)))?;
        if output.key_usage() != Some(&KeyUsageType::SignVerify) || !output.signing_algorithms().contains(&ALGORITHM) {
            return Err(SigningKeyError::Purpose);
        }
        let der = output.public_key().map(Blob::as_ref).unwrap_or_default();
        Jwk::from_subject_public_key_info(der).map_err(SigningKeyError::Unusable)
    }

    /// Signs an assertion.
    pub(crate) async fn sign(&self, input: SigningInput) -> Result<ClientAssertion, AwsError> {
        const OPERATION: &str = "kms:Sign";
        let output = self
            .kms
            .sign()
            .key_id(&self.key_id)
            .signing_algorithm(ALGORITHM)
            // KMS hashes messages up to 4096 bytes itself; no configuration makes ours longer (tested beside it).
            .message_type(MessageType::Raw)
            .message(Blob::new(input.as_bytes()))
            .send()
            .await
            .map_err(|error| AwsError::new(OPERATION, &error))?;
        let signature = output
            .signature()
            .ok_or_else(|| AwsError { operation: OPERATION, code: "unreadable-response".to_owned() })?;
        Ok(input.signed(signature.as_ref()))
    }
}
