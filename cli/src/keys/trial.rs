//! Whether token-refresher can sign with a key: it tries, since nobody else has its role (design.md, promise 3).

use shared::refresh_request::{RefreshReason, RefreshReply, RefreshRequest};
use shared::signing_keys::SigningKey;

use super::kms_key;
use super::workbench::Workbench;
use crate::deployment::DeploymentError;
use crate::probe;
use crate::token_refresher::{self, NoAnswer};

/// Why it isn't known that token-refresher signs with a key: what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum NotProven {
    /// Its role is not known.
    #[error(transparent)]
    Deployment(DeploymentError),
    /// Its role may not.
    #[error(
        "the policy of its KMS key {key_id} does not let token-refresher sign; add this statement to it, and run the same \
         command again: {statement}"
    )]
    NotPermitted {
        /// The KMS key.
        key_id: String,
        /// What the key's policy lacks, in JSON.
        statement: String,
    },
    /// KMS refuses the key to it.
    #[error(
        "KMS does not sign with its KMS key {key_id} for token-refresher: it is disabled, to be deleted, gone, or for \
         another purpose"
    )]
    Unusable {
        /// The KMS key.
        key_id: String,
    },
    /// It doesn't see the key.
    #[error("token-refresher does not find the key in its table; deploy the stack again")]
    NotInRing,
    /// It could not try.
    #[error("token-refresher could not try it: {code}; look the code up in docs/logging.md")]
    Failed {
        /// The code of its failure.
        code: String,
    },
    /// It signed, and not with this key.
    #[error(
        "what token-refresher signs with its KMS key {key_id} is not verified by the key on record; bring in the KMS key \
         anew with careline keys add"
    )]
    NotVerified {
        /// The KMS key.
        key_id: String,
    },
    /// It doesn't answer.
    #[error(
        "token-refresher could not be asked to try it; you need lambda:InvokeFunction, and a stack that was deployed with \
         this version"
    )]
    NoAnswer(#[source] NoAnswer),
}

/// Has token-refresher sign a probe with a key of the ring, and verifies that with the key as it is published.
pub(super) async fn try_key(bench: &Workbench<'_>, key: &SigningKey) -> Result<(), NotProven> {
    let request = RefreshRequest {
        connection: bench.connection.clone(),
        reason: RefreshReason::Sign,
        rejected_version: None,
        kid: Some(key.kid().to_owned()),
    };
    let key_id = || key.key_id.clone();
    match token_refresher::ask(bench.deployment, &request).await.map_err(NotProven::NoAnswer)? {
        RefreshReply::Signed { probe } if probe::is_verified(probe.as_str(), &key.jwk) => Ok(()),
        RefreshReply::Signed { .. } => Err(NotProven::NotVerified { key_id: key_id() }),
        RefreshReply::Failed { code, .. } => Err(match code.as_str() {
            "signing-not-permitted" => {
                let signer = bench.deployment.token_refresher_role_arn().map_err(NotProven::Deployment)?;
                let statement = kms_key::signing_statement(signer, key.algorithm()).to_string();
                NotProven::NotPermitted { key_id: key_id(), statement }
            }
            "signing-key-unusable" => NotProven::Unusable { key_id: key_id() },
            "key-not-in-ring" => NotProven::NotInRing,
            _ => NotProven::Failed { code },
        }),
        _ => Err(NotProven::NoAnswer(NoAnswer::Unreadable)),
    }
}
