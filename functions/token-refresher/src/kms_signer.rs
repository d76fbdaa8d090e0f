//! Signing with a key in KMS, whose private part never leaves it.

use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{MessageType, SigningAlgorithmSpec};
use shared::aws::AwsError;
use shared::signing_algorithm::SigningAlgorithm;
use shared::signing_keys::SigningKey;

use crate::client_assertion::{ClientAssertion, SigningInput};
use crate::jose_signature::jose_signature;

const OPERATION: &str = "kms:Sign";

/// Signs with the keys of the connections.
#[derive(Debug)]
pub(crate) struct KmsSigner {
    kms: aws_sdk_kms::Client,
}

impl KmsSigner {
    pub(crate) fn new(kms: aws_sdk_kms::Client) -> Self {
        Self { kms }
    }

    /// Signs an assertion that names `key`. KMS refuses an algorithm that is not the key's.
    pub(crate) async fn sign(&self, key: &SigningKey, input: SigningInput) -> Result<ClientAssertion, AwsError> {
        let output = self
            .kms
            .sign()
            .key_id(&key.key_id)
            .signing_algorithm(kms_algorithm(key.algorithm()))
            // KMS hashes messages up to 4096 bytes itself; no configuration makes ours longer (tested beside it).
            .message_type(MessageType::Raw)
            .message(Blob::new(input.as_bytes()))
            .send()
            .await
            .map_err(|error| AwsError::new(OPERATION, &error))?;
        let signature = output.signature().map(AsRef::as_ref).unwrap_or_default();
        let signature = jose_signature(key.algorithm(), signature)
            .ok_or_else(|| AwsError { operation: OPERATION, code: "unreadable-response".to_owned() })?;
        Ok(input.signed(&signature))
    }
}

/// KMS's name of an algorithm.
fn kms_algorithm(algorithm: SigningAlgorithm) -> SigningAlgorithmSpec {
    match algorithm {
        SigningAlgorithm::Rs384 => SigningAlgorithmSpec::RsassaPkcs1V15Sha384,
        SigningAlgorithm::Es384 => SigningAlgorithmSpec::EcdsaSha384,
    }
}
