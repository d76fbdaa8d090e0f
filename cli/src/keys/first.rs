//! The stack's own key as a connection's first.

use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::signing_keys::store::Written;

use super::error::KeysError;
use super::workbench::{ATTEMPTS, Workbench};
use super::{add, kms_key, rotation};
use crate::deployment::Deployment;

/// What became of a first key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registered {
    /// It is published from now on, and signs.
    Now {
        /// Its `kid`.
        kid: String,
    },
    /// The connection has keys already: nothing was changed.
    Before,
}

/// Puts a KMS key on a connection's empty ring, where it signs at once: nobody knows another. A ring that has keys is left
/// as it is.
///
/// # Errors
/// [`KeysError`].
pub async fn register_first(
    deployment: &Deployment,
    connection: &ConnectionName,
    key_id: &str,
    clock: &Clock,
) -> Result<Registered, KeysError> {
    let bench = Workbench::new(deployment, connection.clone(), clock)?;
    for _ in 0..ATTEMPTS {
        let read = bench.read().await?;
        if !read.ring.keys.is_empty() {
            return Ok(Registered::Before);
        }
        let key = kms_key::read(&bench.kms, key_id).await;
        let key = key.map_err(|source| KeysError::NotAdded { key_id: key_id.to_owned(), source })?;
        let kid = key.jwk.kid().to_owned();
        let Some(ring) = rotation::add(&read.ring, &key.key_id, key.jwk, clock.now()) else {
            return Ok(Registered::Before);
        };
        if bench.write(&ring, &read).await? == Written::Stored {
            return Ok(Registered::Now { kid });
        }
    }
    Err(KeysError::Contended)
}

/// Waits until the JWK Set URL serves the key that signs, and notes for how long others may keep the set: from then on a
/// `max-age` that is lowered later is known to have been higher.
///
/// # Errors
/// [`KeysError::NotServed`] where it doesn't in time.
pub async fn wait_until_served(
    deployment: &Deployment,
    connection: &ConnectionName,
    clock: &Clock,
) -> Result<(), KeysError> {
    let bench = Workbench::new(deployment, connection.clone(), clock)?;
    let ring = bench.read().await?.ring;
    match ring.signing() {
        Some(key) => add::wait_until_served(&bench, key.kid(), add::PATIENCE).await.map(drop),
        None => Ok(()),
    }
}
