//! The KMS keys behind the ring: made, looked at, and scheduled for deletion. Nothing here signs (design.md, promise 3).

use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeyMetadata, KeySpec, KeyState, KeyUsageType, SigningAlgorithmSpec, Tag};
use serde_json::{Value, json};
use shared::aws::AwsError;
use shared::connection::ConnectionName;
use shared::jwk::{Jwk, UnusableKey};
use shared::signing_algorithm::SigningAlgorithm;

/// Tags of a key that `careline` made: the stack, and the connection.
const STACK_TAG: &str = "careline:stack";
/// As [`STACK_TAG`].
const CONNECTION_TAG: &str = "careline:connection";
/// How long a key that is scheduled for deletion can be had back: the longest that KMS offers.
pub(super) const PENDING_DAYS: i32 = 30;

/// Why a KMS key can't sign our assertions.
#[derive(Debug, thiserror::Error)]
pub enum CannotSign {
    /// It is gone, or was never there.
    #[error("there is no such KMS key")]
    Missing,
    /// It is disabled, or about to be deleted.
    #[error("its KMS key is in state {state}, and signs in state Enabled only")]
    State {
        /// KMS's name of the state.
        state: String,
    },
    /// It is for something else.
    #[error("its KMS key is not for SIGN_VERIFY with RSASSA_PKCS1_V1_5_SHA_384 or ECDSA_SHA_384")]
    Purpose,
    /// No assertion can be verified with it.
    #[error("its public part is of no use")]
    Unusable(#[source] UnusableKey),
    /// KMS did not answer, or refused to.
    #[error("its KMS key can't be looked at")]
    Kms(#[source] AwsError),
}

/// A KMS key that signs, by its ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KmsKey {
    pub(super) key_id: String,
    pub(super) jwk: Jwk,
}

/// What a key is made for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Purpose<'a> {
    pub(super) stack: &'a str,
    pub(super) connection: &'a ConnectionName,
    pub(super) algorithm: SigningAlgorithm,
    /// token-refresher's role.
    pub(super) signer: &'a str,
}

impl Purpose<'_> {
    pub(super) fn key_spec(&self) -> KeySpec {
        match self.algorithm {
            SigningAlgorithm::Rs384 => KeySpec::Rsa3072,
            SigningAlgorithm::Es384 => KeySpec::EccNistP384,
        }
    }

    /// The account decides who administers the key, through IAM, and only token-refresher's role is told here that it may
    /// sign: with this key, and with the one algorithm.
    fn key_policy(&self) -> Option<String> {
        let mut arn = self.signer.split(':');
        let (Some("arn"), Some(partition), Some("iam"), Some(_), Some(account)) =
            (arn.next(), arn.next(), arn.next(), arn.next(), arn.next())
        else {
            return None;
        };
        let policy = json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "IamDecides",
                    "Effect": "Allow",
                    "Principal": {"AWS": format!("arn:{partition}:iam::{account}:root")},
                    "Action": "kms:*",
                    "Resource": "*",
                },
                signing_statement(self.signer, self.algorithm),
            ],
        });
        Some(policy.to_string())
    }
}

/// What a key's policy says so that a role may sign with it, by its one algorithm.
pub(super) fn signing_statement(signer: &str, algorithm: SigningAlgorithm) -> Value {
    json!({
        "Sid": "TokenRefresherSigns",
        "Effect": "Allow",
        "Principal": {"AWS": signer},
        "Action": "kms:Sign",
        "Resource": "*",
        // Every kms:Sign on AWS names its algorithm, so IfExists loosens nothing there. A local AWS may not tell it to IAM.
        "Condition": {"StringEqualsIfExists": {"kms:SigningAlgorithm": signing_algorithm(algorithm).as_str()}},
    })
}

/// KMS's name of an algorithm.
pub(super) fn signing_algorithm(algorithm: SigningAlgorithm) -> SigningAlgorithmSpec {
    match algorithm {
        SigningAlgorithm::Rs384 => SigningAlgorithmSpec::RsassaPkcs1V15Sha384,
        SigningAlgorithm::Es384 => SigningAlgorithmSpec::EcdsaSha384,
    }
}

/// Makes a key, and returns its ARN.
pub(super) async fn create(kms: &Client, purpose: &Purpose<'_>) -> Result<String, AwsError> {
    const OPERATION: &str = "kms:CreateKey";
    let not_sent = || AwsError { operation: OPERATION, code: "not-sent".to_owned() };
    let tag = |key: &str, value: &str| Tag::builder().tag_key(key).tag_value(value).build().map_err(|_| not_sent());
    let Purpose { stack, connection, algorithm, .. } = *purpose;
    let created = kms
        .create_key()
        .description(format!(
            "Signs the client assertions of {stack} for Epic ({}), connection {connection}.",
            algorithm.as_str()
        ))
        .key_spec(purpose.key_spec())
        .key_usage(KeyUsageType::SignVerify)
        .policy(purpose.key_policy().ok_or_else(not_sent)?)
        .tags(tag(STACK_TAG, stack)?)
        .tags(tag(CONNECTION_TAG, connection.as_str())?)
        .customize()
        // A request whose answer was lost has made a key; sent again, it would make another.
        .config_override(aws_sdk_kms::config::Builder::new().retry_config(RetryConfig::disabled()))
        .send()
        .await
        .map_err(|error| AwsError::new(OPERATION, &error))?;
    let arn = created.key_metadata().and_then(KeyMetadata::arn);
    arn.map(str::to_owned).ok_or_else(|| AwsError { operation: OPERATION, code: "unreadable-response".to_owned() })
}

/// Reads a key's ARN and public part, if it can sign for us.
pub(super) async fn read(kms: &Client, key_id: &str) -> Result<KmsKey, CannotSign> {
    check_state(kms, key_id).await?;
    let output = kms.get_public_key().key_id(key_id).send().await;
    let output = output.map_err(|error| failed(AwsError::new("kms:GetPublicKey", &error)))?;
    let der = output.public_key().map(Blob::as_ref).unwrap_or_default();
    if output.key_usage() != Some(&KeyUsageType::SignVerify) {
        return Err(CannotSign::Purpose);
    }
    let jwk = Jwk::from_subject_public_key_info(der).map_err(CannotSign::Unusable)?;
    if !output.signing_algorithms().contains(&signing_algorithm(jwk.algorithm())) {
        return Err(CannotSign::Purpose);
    }
    let arn = output.key_id().unwrap_or(key_id).to_owned();
    Ok(KmsKey { key_id: arn, jwk })
}

/// Whether a key is in a state to sign in.
///
/// It says nothing of the key's policy: whether token-refresher's role may sign with it, only token-refresher can try
/// ([`super::trial`]).
pub(super) async fn check_state(kms: &Client, key_id: &str) -> Result<(), CannotSign> {
    match state(kms, key_id).await? {
        KeyState::Enabled => Ok(()),
        state => Err(CannotSign::State { state: state.as_str().to_owned() }),
    }
}

/// A key's state.
pub(super) async fn state(kms: &Client, key_id: &str) -> Result<KeyState, CannotSign> {
    let described = kms.describe_key().key_id(key_id).send().await;
    let described = described.map_err(|error| failed(AwsError::new("kms:DescribeKey", &error)))?;
    described.key_metadata().and_then(KeyMetadata::key_state).cloned().ok_or_else(|| {
        CannotSign::Kms(AwsError { operation: "kms:DescribeKey", code: "unreadable-response".to_owned() })
    })
}

/// Whether `careline` made this key for a connection of this stack. One that was brought belongs to who brought it.
pub(super) async fn was_made_for(kms: &Client, key_id: &str, stack: &str) -> Result<bool, AwsError> {
    // KMS gives 50 tags a page, and lets a key have 50.
    let listed = kms.list_resource_tags().key_id(key_id).send().await;
    let listed = listed.map_err(|error| AwsError::new("kms:ListResourceTags", &error))?;
    Ok(listed.tags().iter().any(|tag| tag.tag_key() == STACK_TAG && tag.tag_value() == stack))
}

/// Has a key deleted after so many days.
pub(super) async fn schedule_deletion(kms: &Client, key_id: &str, days: i32) -> Result<(), AwsError> {
    let scheduled = kms.schedule_key_deletion().key_id(key_id).pending_window_in_days(days).send().await;
    scheduled.map(drop).map_err(|error| AwsError::new("kms:ScheduleKeyDeletion", &error))
}

fn failed(error: AwsError) -> CannotSign {
    if error.code == "NotFoundException" { CannotSign::Missing } else { CannotSign::Kms(error) }
}
