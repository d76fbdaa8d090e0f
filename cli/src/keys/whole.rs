//! All keys of a connection at once: what `careline provision` shows of them, and what `careline deprovision` ends.

use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::jwk::JwkSet;
use shared::signing_keys::store::Written;
use shared::signing_keys::{KeyRing, SigningKey};

use super::error::KeysError;
use super::kms_key;
use super::workbench::{ATTEMPTS, Workbench};
use crate::deployment::Deployment;

/// The key that signs, if one does.
///
/// # Errors
/// [`KeysError`].
pub async fn signing_key(
    deployment: &Deployment,
    connection: &ConnectionName,
    clock: &Clock,
) -> Result<Option<SigningKey>, KeysError> {
    let bench = Workbench::new(deployment, connection.clone(), clock)?;
    Ok(bench.read().await?.ring.signing().cloned())
}

/// Every key that is published.
///
/// # Errors
/// [`KeysError`].
pub async fn all_keys(
    deployment: &Deployment,
    connection: &ConnectionName,
    clock: &Clock,
) -> Result<Vec<SigningKey>, KeysError> {
    let bench = Workbench::new(deployment, connection.clone(), clock)?;
    Ok(bench.read().await?.ring.keys)
}

/// The set that is published.
///
/// # Errors
/// [`KeysError`].
pub async fn public_keys(
    deployment: &Deployment,
    connection: &ConnectionName,
    clock: &Clock,
) -> Result<JwkSet, KeysError> {
    let bench = Workbench::new(deployment, connection.clone(), clock)?;
    Ok(bench.read().await?.ring.public_keys())
}

/// Takes every key out of use, and has the KMS keys deleted after so many `days`. The KMS keys that it was for.
///
/// # Errors
/// [`KeysError`]. The ring is emptied first: a key that is on its way out signs nothing.
pub async fn remove_all(
    deployment: &Deployment,
    connection: &ConnectionName,
    days: u8,
    clock: &Clock,
) -> Result<Vec<String>, KeysError> {
    let bench = Workbench::new(deployment, connection.clone(), clock)?;
    for _ in 0..ATTEMPTS {
        let read = bench.read().await?;
        if bench.write(&KeyRing::default(), &read).await? == Written::Outdated {
            continue;
        }
        let mut removed = Vec::new();
        for key in read.ring.keys {
            kms_key::schedule_deletion(&bench.kms, &key.key_id, i32::from(days))
                .await
                .map_err(|source| KeysError::NotDeleted { key_id: key.key_id.clone(), source })?;
            removed.push(key.key_id);
        }
        return Ok(removed);
    }
    Err(KeysError::Contended)
}
