//! The signing key in KMS. Its private part never leaves it.

use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeyUsageType, MessageType, SigningAlgorithmSpec};
use shared::aws::AwsError;

use super::public_key::{Algorithm, PublicKey, UnusablePublicKey};

/// Why the key in KMS can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KmsKeyError {
    /// KMS did not give its public part.
    #[error("the key's public part could not be read")]
    Read(#[source] AwsError),
    /// It is of a kind that Epic doesn't take.
    #[error("the key is of no use")]
    Unusable(#[source] UnusablePublicKey),
    /// It is for encryption, or for other signatures.
    #[error("the key is not for SIGN_VERIFY with {0}")]
    Purpose(&'static str),
    /// KMS did not sign.
    #[error("KMS did not sign")]
    Sign(#[source] AwsError),
}

/// A key in KMS with its public part.
#[derive(Debug, Clone)]
pub struct KmsKey {
    kms: aws_sdk_kms::Client,
    key_id: String,
    public_key: PublicKey,
}

impl KmsKey {
    /// Reads the public part of the key `key_id`: an id, an ARN, or an alias (`alias/…`).
    ///
    /// # Errors
    /// [`KmsKeyError`] where it is not there or can't sign as Epic takes it.
    pub async fn read(kms: aws_sdk_kms::Client, key_id: &str) -> Result<Self, KmsKeyError> {
        let output = kms.get_public_key().key_id(key_id).send().await;
        let output = output.map_err(|error| KmsKeyError::Read(AwsError::new("kms:GetPublicKey", &error)))?;
        let der = output.public_key().map(Blob::as_ref).unwrap_or_default();
        let public_key = PublicKey::from_subject_public_key_info(der).map_err(KmsKeyError::Unusable)?;
        let algorithm = signing_algorithm(public_key.algorithm());
        if output.key_usage() != Some(&KeyUsageType::SignVerify) || !output.signing_algorithms().contains(&algorithm) {
            return Err(KmsKeyError::Purpose(match public_key.algorithm() {
                Algorithm::RsaSha384 => "RSASSA_PKCS1_V1_5_SHA_384",
                Algorithm::EcdsaSha384 => "ECDSA_SHA_384",
            }));
        }
        // What an alias names may change between the reading and the signing; the key's own ARN stays.
        let key_id = output.key_id().unwrap_or(key_id).to_owned();
        Ok(Self { kms, key_id, public_key })
    }

    /// Its id as KMS tells it: its ARN.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Its public part.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Signs `message`, which KMS hashes itself and takes up to 4096 bytes of: what a certificate says has some hundreds.
    pub(super) async fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, KmsKeyError> {
        const OPERATION: &str = "kms:Sign";
        let output = self
            .kms
            .sign()
            .key_id(&self.key_id)
            .signing_algorithm(signing_algorithm(self.public_key.algorithm()))
            .message_type(MessageType::Raw)
            .message(Blob::new(message))
            .send()
            .await
            .map_err(|error| KmsKeyError::Sign(AwsError::new(OPERATION, &error)))?;
        // An ECDSA signature comes in DER, which is X.509's form too.
        let signature = output.signature().map(|signature| signature.as_ref().to_vec());
        signature
            .ok_or_else(|| KmsKeyError::Sign(AwsError { operation: OPERATION, code: "unreadable-response".to_owned() }))
    }
}

fn signing_algorithm(algorithm: Algorithm) -> SigningAlgorithmSpec {
    match algorithm {
        Algorithm::RsaSha384 => SigningAlgorithmSpec::RsassaPkcs1V15Sha384,
        Algorithm::EcdsaSha384 => SigningAlgorithmSpec::EcdsaSha384,
    }
}
