//! The sets in memory, and when the table is read again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use shared::aws::AwsError;
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::metrics::Metric;
use shared::signing_keys::store::{KeyRingStore, StoredKeyRing};
use tokio::sync::Mutex;

use crate::entity_tag::EntityTag;

/// The one request that is made here, by the name that the store gives it.
const OPERATION: &str = "dynamodb:GetItem signing keys";
/// What a read may take with its retries. The function has 5 s; a table answers in milliseconds.
const READ_BUDGET: Duration = Duration::from_secs(2);
/// How long a set that could not be read again is served before the next try: an outage of the table must not cost each
/// request a [`READ_BUDGET`].
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// A set, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeySet {
    /// The JWK Set.
    pub(crate) body: String,
    /// The body's tag.
    pub(crate) entity_tag: EntityTag,
}

impl KeySet {
    /// The set with this body.
    pub(crate) fn of_body(body: String) -> Self {
        Self { entity_tag: EntityTag::of(&body), body }
    }
}

/// A set as it was last read.
#[derive(Debug)]
struct Kept {
    set: Arc<KeySet>,
    /// When it was read.
    read_at: Timestamp,
    /// When the table was last asked, answer or none.
    asked_at: Timestamp,
    /// How long after that it is asked again.
    ask_again_after: Duration,
}

impl Kept {
    /// Whether it is served without asking. A clock that was set back doesn't prolong that.
    fn is_fresh_at(&self, now: Timestamp) -> bool {
        Duration::try_from(now.duration_since(self.asked_at)).is_ok_and(|age| age < self.ask_again_after)
    }
}

/// The connections' sets.
#[derive(Debug)]
pub(crate) struct KeySets {
    /// A connection's lock is held while its ring is read: however many ask meanwhile, it is read once.
    kept: BTreeMap<ConnectionName, Mutex<Option<Kept>>>,
    store: KeyRingStore,
    in_memory_for: Duration,
    clock: Clock,
}

impl KeySets {
    /// The sets of these connections, each kept in memory for so long.
    pub(crate) fn new(
        connections: Vec<ConnectionName>,
        store: KeyRingStore,
        in_memory_for: Duration,
        clock: Clock,
    ) -> Self {
        let kept = connections.into_iter().map(|connection| (connection, Mutex::default())).collect();
        Self { kept, store, in_memory_for, clock }
    }

    /// Whether the connection is one of those served.
    pub(crate) fn are_of(&self, connection: &ConnectionName) -> bool {
        self.kept.contains_key(connection)
    }

    /// Reads all of them, side by side. What goes wrong is logged.
    pub(crate) async fn read_all(&self) {
        join_all(self.kept.keys().map(|connection| self.current(connection))).await;
    }

    /// The connection's set: from memory, or read again if that is too old. `None` where the connection has no key, which
    /// is not kept in mind, so that its first key is served at once.
    ///
    /// # Errors
    /// [`AwsError`] where it can't be read, and never was.
    pub(crate) async fn current(&self, connection: &ConnectionName) -> Result<Option<Arc<KeySet>>, AwsError> {
        let Some(kept) = self.kept.get(connection) else { return Ok(None) };
        let mut kept = kept.lock().await;
        let now = self.clock.now();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_fresh_at(now)) {
            return Ok(Some(Arc::clone(&kept.set)));
        }
        match self.read(connection).await {
            Ok(None) => {
                *kept = None;
                Ok(None)
            }
            Ok(Some((set, revision))) => {
                if kept.as_ref().is_none_or(|kept| *kept.set != set) {
                    let connection = connection.as_str();
                    tracing::info!(code = "key-set-changed", connection, revision, "another key set is served");
                }
                let set = Arc::new(set);
                let ask_again_after = self.in_memory_for;
                // `now` is from before the read: a key that is written while it is under way is seen in time, too.
                *kept = Some(Kept { set: Arc::clone(&set), read_at: now, asked_at: now, ask_again_after });
                Ok(Some(set))
            }
            Err(error) => {
                Metric::KeySetNotRead.record(connection, 1, &self.clock);
                let connection = connection.as_str();
                let Some(kept) = kept.as_mut() else {
                    tracing::error!(code = "key-set-not-read", connection, error = %error, "no key set can be served");
                    return Err(error);
                };
                let age_s = now.duration_since(kept.read_at).as_secs();
                tracing::error!(code = "key-set-not-read", connection, age_s, error = %error, "an older set is served");
                kept.asked_at = now;
                kept.ask_again_after = TRY_AGAIN_AFTER.min(self.in_memory_for);
                Ok(Some(Arc::clone(&kept.set)))
            }
        }
    }

    /// Reads a connection's ring: its set and its revision, if it has a key.
    async fn read(&self, connection: &ConnectionName) -> Result<Option<(KeySet, u64)>, AwsError> {
        let read = tokio::time::timeout(READ_BUDGET, self.store.read(connection)).await;
        let StoredKeyRing { ring, revision } = read.map_err(|_| AwsError::deadline_exceeded(OPERATION))??;
        if ring.keys.is_empty() {
            return Ok(None);
        }
        let body = serde_json::to_string(&ring.public_keys()).map_err(|_| AwsError::malformed_item(OPERATION))?;
        Ok(Some((KeySet::of_body(body), revision)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_fresh_from_when_it_was_asked_for_and_not_by_a_clock_set_back() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let asked_at = at("2026-11-23T10:00:00Z");
        let set = Arc::new(KeySet::of_body(String::new()));
        let kept = Kept { set, read_at: asked_at, asked_at, ask_again_after: Duration::from_secs(30) };
        for (now, is_fresh) in [
            ("2026-11-23T09:59:59Z", false),
            ("2026-11-23T10:00:00Z", true),
            ("2026-11-23T10:00:29.999Z", true),
            ("2026-11-23T10:00:30Z", false),
        ] {
            assert_eq!(kept.is_fresh_at(at(now)), is_fresh, "{now}");
        }
    }
}
