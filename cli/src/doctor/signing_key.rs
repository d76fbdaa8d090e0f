//! The key that signs: the one on record, and the one that KMS has.

use aws_sdk_kms::types::{KeyMetadata, KeyState, KeyUsageType, SigningAlgorithmSpec};
use shared::aws::AwsError;
use shared::jwk::Jwk;
use shared::signing_algorithm::SigningAlgorithm;
use shared::signing_keys::store::KeyRingStore;
use shared::signing_keys::{KeyRing, SigningKey};

use super::cause::Cause;
use super::report::{Diagnosis, Found};
use super::subject::Subject;

/// The ring, and the key of it that signs.
pub(super) struct Keys {
    pub(super) ring: KeyRing,
    pub(super) signing: SigningKey,
}

pub(super) async fn check(subject: &Subject<'_>) -> Result<Found<Keys>, Diagnosis> {
    let table = subject.output("SigningKeyTableName")?.to_owned();
    let read = KeyRingStore::new(subject.deployment.dynamodb(), table).read(&subject.connection).await;
    let ring = read.map_err(|error| Diagnosis::new(Cause::TableUnusable, error.to_string()))?.ring;
    let signing = ring.signing().cloned().ok_or(Cause::NoSigningKey)?;
    let in_kms = look(subject, &signing).await?;
    if in_kms != signing.jwk {
        return Err(Diagnosis::new(Cause::SigningKeyDiffers, format!("on record it is {}", signing.kid())));
    }
    let seen = format!("{} ({}), enabled in KMS and the one on record", signing.kid(), signing.algorithm().as_str());
    Ok(Found::new(Keys { ring, signing }, seen))
}

/// The public key of the KMS key, which can sign.
async fn look(subject: &Subject<'_>, signing: &SigningKey) -> Result<Jwk, Diagnosis> {
    let kms = subject.deployment.kms();
    let unusable = |seen: &str| Diagnosis::new(Cause::SigningKeyUnusable, seen);
    let failed = |error: AwsError| {
        let permitted = error.code != "AccessDeniedException";
        let hint = if permitted { "" } else { " (you need kms:DescribeKey and kms:GetPublicKey)" };
        Diagnosis::new(Cause::SigningKeyUnusable, format!("{error}{hint}"))
    };
    let described = kms.describe_key().key_id(&signing.key_id).send().await;
    let described = described.map_err(|error| failed(AwsError::new("kms:DescribeKey", &error)))?;
    let metadata = described.key_metadata().ok_or_else(|| unusable("KMS tells nothing of it"))?;
    if let Some(reason) = why_not(metadata, signing.algorithm()) {
        return Err(unusable(&reason));
    }
    let public_key = kms.get_public_key().key_id(&signing.key_id).send().await;
    let public_key = public_key.map_err(|error| failed(AwsError::new("kms:GetPublicKey", &error)))?;
    let der = public_key.public_key().map(AsRef::as_ref).unwrap_or_default();
    Jwk::from_subject_public_key_info(der).map_err(|error| unusable(&error.to_string()))
}

/// Why a KMS key doesn't sign with `algorithm`.
fn why_not(metadata: &KeyMetadata, algorithm: SigningAlgorithm) -> Option<String> {
    let state = metadata.key_state();
    if state != Some(&KeyState::Enabled) {
        return Some(format!("its state is {}", state.map_or("not told", KeyState::as_str)));
    }
    if metadata.key_usage() != Some(&KeyUsageType::SignVerify) {
        return Some("it is not for SIGN_VERIFY".to_owned());
    }
    let needed = match algorithm {
        SigningAlgorithm::Rs384 => SigningAlgorithmSpec::RsassaPkcs1V15Sha384,
        SigningAlgorithm::Es384 => SigningAlgorithmSpec::EcdsaSha384,
    };
    // A KMS that lists none is not taken for one that can't.
    let offered = metadata.signing_algorithms();
    (!offered.is_empty() && !offered.contains(&needed)).then(|| format!("it does not sign with {}", needed.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(state: KeyState, usage: KeyUsageType, algorithm: SigningAlgorithmSpec) -> KeyMetadata {
        let builder = KeyMetadata::builder().key_id("k").key_state(state).key_usage(usage);
        builder.signing_algorithms(algorithm).build().unwrap()
    }

    #[test]
    fn only_an_enabled_key_for_signing_with_that_algorithm_signs() {
        use SigningAlgorithmSpec::{EcdsaSha384, RsassaPkcs1V15Sha384, RsassaPssSha384};
        let (enabled, sign) = (KeyState::Enabled, KeyUsageType::SignVerify);
        let why = |key: &KeyMetadata| why_not(key, SigningAlgorithm::Rs384);
        assert_eq!(why(&metadata(enabled.clone(), sign.clone(), RsassaPkcs1V15Sha384)), None);
        let pending = metadata(KeyState::PendingDeletion, sign.clone(), RsassaPkcs1V15Sha384);
        assert_eq!(why(&pending).unwrap(), "its state is PendingDeletion");
        let encrypting = metadata(enabled.clone(), KeyUsageType::EncryptDecrypt, RsassaPkcs1V15Sha384);
        assert_eq!(why(&encrypting).unwrap(), "it is not for SIGN_VERIFY");
        for other in [EcdsaSha384, RsassaPssSha384] {
            assert!(
                why(&metadata(enabled.clone(), sign.clone(), other)).unwrap().contains("RSASSA_PKCS1_V1_5_SHA_384")
            );
        }
    }
}
