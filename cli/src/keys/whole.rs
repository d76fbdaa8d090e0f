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

/// What became of a connection's keys.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The KMS keys that are deleted: the stack's own for the connection, and those that careline made.
    pub deleted: Vec<String>,
    /// Those that stay: whoever brought them may use them elsewhere.
    pub kept: Vec<String>,
}

/// Takes every key out of use, and has the KMS keys deleted after so many `days`, but for those that were brought.
///
/// # Errors
/// [`KeysError`]. The ring is emptied first: a key that is on its way out signs nothing.
pub async fn remove_all(
    deployment: &Deployment,
    connection: &ConnectionName,
    days: u8,
    clock: &Clock,
) -> Result<Removed, KeysError> {
    let bench = Workbench::new(deployment, connection.clone(), clock)?;
    let first = deployment.first_signing_key_id(connection).map_err(KeysError::Deployment)?;
    for _ in 0..ATTEMPTS {
        let read = bench.read().await?;
        if bench.write(&KeyRing::default(), &read).await? == Written::Outdated {
            continue;
        }
        let mut removed = Removed::default();
        for SigningKey { key_id, .. } in read.ring.keys {
            let not_deleted = |source| KeysError::NotDeleted { key_id: key_id.clone(), source };
            let ours = key_id == first
                || kms_key::was_made_for(&bench.kms, &key_id, deployment.stack()).await.map_err(not_deleted)?;
            if !ours {
                removed.kept.push(key_id);
                continue;
            }
            kms_key::schedule_deletion(&bench.kms, &key_id, i32::from(days)).await.map_err(not_deleted)?;
            removed.deleted.push(key_id);
        }
        return Ok(removed);
    }
    Err(KeysError::Contended)
}
