//! What every command on a connection's keys works with: the ring in its table, KMS, and what Epic sees.

use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::signing_keys::KeyRing;
use shared::signing_keys::store::{KeyRingStore, StoredKeyRing, Written};

use super::error::KeysError;
use super::jwk_set_url::{self, FetchError};
use super::rotation;
use super::served::Served;
use crate::deployment::Deployment;

/// How often a change is planned anew where somebody else wrote meanwhile. People write here, a few times a year.
pub(super) const ATTEMPTS: usize = 5;

/// A connection's keys, to work on.
pub(super) struct Workbench<'a> {
    pub(super) deployment: &'a Deployment,
    pub(super) connection: ConnectionName,
    pub(super) kms: aws_sdk_kms::Client,
    pub(super) clock: &'a Clock,
    jwks_url: String,
    store: KeyRingStore,
}

impl<'a> Workbench<'a> {
    pub(super) fn new(
        deployment: &'a Deployment,
        connection: ConnectionName,
        clock: &'a Clock,
    ) -> Result<Self, KeysError> {
        let table = deployment.signing_key_table_name().map_err(KeysError::Deployment)?.to_owned();
        let jwks_url = deployment.jwks_url(&connection).map_err(KeysError::Deployment)?;
        let store = KeyRingStore::new(deployment.dynamodb(), table);
        Ok(Self { deployment, connection, kms: deployment.kms(), clock, jwks_url, store })
    }

    pub(super) fn jwks_url(&self) -> &str {
        &self.jwks_url
    }

    pub(super) async fn read(&self) -> Result<StoredKeyRing, KeysError> {
        self.read_of(&self.connection).await
    }

    /// The ring of another connection of the stack.
    pub(super) async fn read_of(&self, connection: &ConnectionName) -> Result<StoredKeyRing, KeysError> {
        self.store.read(connection).await.map_err(KeysError::Table)
    }

    /// Writes the ring over the one that was read.
    pub(super) async fn write(&self, ring: &KeyRing, read: &StoredKeyRing) -> Result<Written, KeysError> {
        if *ring == read.ring {
            return Ok(Written::Stored);
        }
        self.store.write(&self.connection, ring, read.revision).await.map_err(KeysError::Table)
    }

    /// What Epic sees now.
    pub(super) async fn fetch(&self) -> Result<Served, FetchError> {
        jwk_set_url::fetch(self.deployment.http(), &self.jwks_url).await
    }

    /// Notes in the stored ring what was just seen.
    pub(super) async fn note(&self, served: &Served) -> Result<KeyRing, KeysError> {
        for _ in 0..ATTEMPTS {
            let read = self.read().await?;
            let ring = rotation::look(&read.ring, served, self.clock.now());
            if self.write(&ring, &read).await? == Written::Stored {
                return Ok(ring);
            }
        }
        Err(KeysError::Contended)
    }
}
