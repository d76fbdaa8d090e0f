//! Rotating a connection's keys in the order that never locks us out, as Epic describes it: publish the new key beside
//! the old one; wait until whoever may hold a set without it has to fetch it again; sign with the new one; keep the old
//! one until nothing that it signed is waited for; take it out.
//!
//! All of it is here, without a clock, a table or a network: every function is given the ring, the time and what the JWK
//! Set URL was just seen to serve, and gives the ring that follows, or the reason why not and when.
//!
//! **How long others keep a copy** is what the URL said when they fetched it. It is known from looking: each look notes
//! how long a copy may be kept, and since when, in the ring. Between two looks that saw different times, either may have
//! been served, so a `max-age` that was lowered counts until copies of the last moment at which the higher one may have
//! been served have run out. What was served before the first look is taken to be what it saw. A time that was raised and
//! lowered again between two looks is not known: the commands that use the ring look each time they run.
//!
//! **A token outlives its key.** Whether the stored access token was obtained with the key to be retired doesn't matter:
//! Epic verifies an assertion once, when it exchanges it for a token, and the token is Epic's own from then on. So nothing
//! here asks what the stored token was obtained with.

use jiff::{SignedDuration, Timestamp};
use shared::jwk::Jwk;
use shared::signing_keys::publication::LONGEST_IN_MEMORY;
use shared::signing_keys::{KeyRing, RetiredKey, ServedMaxAge, SigningKey};

use super::cache_control::EPIC_KEEPS;
use super::in_words::{in_words, whole_seconds};
use super::served::{Publication, Served};

/// How long jwks serves a set from memory before it reads the table again: after a key was added, some instance of it may
/// go on handing out the set without it for so long.
pub const JWKS_MEMORY: SignedDuration = SignedDuration::from_secs(LONGEST_IN_MEMORY.as_secs().cast_signed());
/// The longest that an assertion lives, by SMART and by Epic.
const ASSERTION_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// How long a key may go on signing after another was promoted: the write may take 30 s, and a refresh that had read the
/// ring by then goes on for as long as a function runs, 20 s.
const LAST_SIGNATURE: SignedDuration = SignedDuration::from_secs(60);

/// Why a step would lock us out, or makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The ring has no such key.
    #[error("there is no such key in the ring")]
    Unknown,
    /// The URL doesn't serve the key that is to sign.
    #[error("the JWK Set URL doesn't serve it: Epic could verify nothing that it signs")]
    NotServed,
    /// The URL serves another key under its name.
    #[error("the JWK Set URL serves another key under its kid: Epic could verify nothing that it signs")]
    OtherMaterial,
    /// The URL serves its name several times.
    #[error("the JWK Set URL serves its kid more than once, and Epic takes none of them then")]
    Repeated,
    /// Copies of the set without the key may still be in use.
    #[error(
        "copies of the set without it may be in use until then; it may be promoted at {}, {}",
        whole_seconds(*.at), in_words(.at.duration_since(*.now))
    )]
    PromotedTooEarly {
        /// From when on it may be promoted.
        at: Timestamp,
        /// When that was asked.
        now: Timestamp,
    },
    /// What it signed, or the way back to it, may still be needed.
    #[error(
        "what it signed may be presented, and a set of before the change may be in use, until then; it may be retired \
         at {}, {}",
        whole_seconds(*.at), in_words(.at.duration_since(*.now))
    )]
    RetiredTooEarly {
        /// From when on it may be retired.
        at: Timestamp,
        /// When that was asked.
        now: Timestamp,
    },
    /// The key signs.
    #[error("it signs: promote another key first")]
    Signs,
    /// It is the only key.
    #[error("it is the only key: add another first")]
    Last,
    /// The URL doesn't serve the key that signs, so the one to retire may be the way back.
    #[error("the JWK Set URL doesn't serve the key that signs now: this one is the way back until it does")]
    SigningKeyNotServed,
}

/// What may be done with a key next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It signs; another is promoted next.
    Signs,
    /// It may be promoted once the URL was seen to serve it, and the wait from then on is over.
    PromoteOnceServed,
    /// It may be promoted from then on.
    Promote(Timestamp),
    /// It may be retired from then on.
    Retire(Timestamp),
}

/// The ring with what was just seen at the URL noted in it: which keys are served, and how long copies may be kept.
#[must_use]
pub fn look(ring: &KeyRing, served: &Served, now: Timestamp) -> KeyRing {
    let mut ring = ring.clone();
    for key in &mut ring.keys {
        let published = served.publication(&key.jwk) == Publication::Published;
        key.seen_at = match key.seen_at {
            None => published.then_some(now),
            // Within that time, an instance of jwks with the set of before is expected, and is counted in the wait. Later,
            // a copy without the key was handed out just now: the wait begins again when it is back.
            Some(at) if !published && now > after(at, JWKS_MEMORY) => None,
            seen => seen,
        };
    }
    let seconds = u64::try_from(served.lifetime().as_secs()).unwrap_or_default();
    match ring.served.last_mut() {
        Some(last) if last.seconds == seconds => last.last_seen_at = last.last_seen_at.max(now),
        _ => ring.served.push(ServedMaxAge { seconds, first_seen_at: now, last_seen_at: now }),
    }
    forget_what_ran_out(&mut ring.served, now);
    ring
}

/// The ring with another key, which is published from then on; none where it has it already. The first key of all signs at
/// once: nobody knows another one.
pub fn add(ring: &KeyRing, key_id: &str, jwk: Jwk, now: Timestamp) -> Option<KeyRing> {
    if ring.key(jwk.kid()).is_some() {
        return None;
    }
    let mut ring = ring.clone();
    let promoted_at = ring.keys.is_empty().then_some(now);
    ring.retired.retain(|retired| retired.kid != jwk.kid());
    ring.keys.push(SigningKey {
        key_id: key_id.to_owned(),
        jwk,
        added_at: now,
        seen_at: None,
        promoted_at,
        replaced_at: None,
    });
    Some(ring)
}

/// The ring in which this key signs in place of the one that did; none where it does already. `served` is what the URL
/// serves now, and was noted in the ring by [`look`].
///
/// # Errors
/// [`Refusal`] where whoever verifies us may not have the key yet.
pub fn promote(ring: &KeyRing, kid: &str, served: &Served, now: Timestamp) -> Result<Option<KeyRing>, Refusal> {
    let key = ring.key(kid).ok_or(Refusal::Unknown)?;
    if ring.signing() == Some(key) {
        return Ok(None);
    }
    match served.publication(&key.jwk) {
        Publication::Published => {}
        Publication::Absent => return Err(Refusal::NotServed),
        Publication::Different => return Err(Refusal::OtherMaterial),
        Publication::Repeated => return Err(Refusal::Repeated),
    }
    let at = may_be_promoted_at(ring, key).ok_or(Refusal::NotServed)?;
    if now < at {
        return Err(Refusal::PromotedTooEarly { at, now });
    }
    let mut ring = ring.clone();
    for key in &mut ring.keys {
        if key.kid() == kid {
            key.promoted_at = Some(now);
            key.replaced_at = None;
        } else if key.is_signing() {
            key.replaced_at = Some(now);
        }
    }
    Ok(Some(ring))
}

/// The ring without this key. `served` is what the URL serves now.
///
/// # Errors
/// [`Refusal`] where the key, or something that it signed, may still be needed.
pub fn retire(ring: &KeyRing, kid: &str, served: &Served, now: Timestamp) -> Result<KeyRing, Refusal> {
    let key = ring.key(kid).ok_or(Refusal::Unknown)?;
    if ring.keys.len() == 1 {
        return Err(Refusal::Last);
    }
    if key.is_signing() {
        return Err(Refusal::Signs);
    }
    // A key that never signed is nobody's way back, and may go at any time.
    if let Some(replaced_at) = key.replaced_at {
        let signing_is_served =
            ring.signing().is_some_and(|signing| served.publication(&signing.jwk) == Publication::Published);
        if !signing_is_served {
            return Err(Refusal::SigningKeyNotServed);
        }
        let at = may_be_retired_at(ring, replaced_at);
        if now < at {
            return Err(Refusal::RetiredTooEarly { at, now });
        }
    }
    let retired = RetiredKey { kid: kid.to_owned(), key_id: key.key_id.clone(), retired_at: now };
    let mut ring = ring.clone();
    ring.keys.retain(|key| key.kid() != kid);
    ring.retired.push(retired);
    Ok(ring)
}

/// What may be done with a key next.
pub fn next(ring: &KeyRing, key: &SigningKey) -> Next {
    match key.replaced_at {
        _ if key.is_signing() => Next::Signs,
        Some(replaced_at) => Next::Retire(may_be_retired_at(ring, replaced_at)),
        None => may_be_promoted_at(ring, key).map_or(Next::PromoteOnceServed, Next::Promote),
    }
}

/// When every copy of a set without the key has run out; none where the URL was not seen to serve it.
fn may_be_promoted_at(ring: &KeyRing, key: &SigningKey) -> Option<Timestamp> {
    let everywhere_at = after(key.seen_at?, JWKS_MEMORY);
    Some(copies_run_out_at(&ring.served, everywhere_at))
}

/// When nothing needs a key any more that was replaced.
///
/// The last assertion that it signed has expired by then. And every copy of the set of before the change has run out, so
/// that all who verify us have fetched the new key by then: if some don't know it, against all that they said, the old
/// key can be promoted again at once until then.
fn may_be_retired_at(ring: &KeyRing, replaced_at: Timestamp) -> Timestamp {
    let unused_at = after(replaced_at, LAST_SIGNATURE + ASSERTION_LIFE);
    unused_at.max(copies_run_out_at(&ring.served, replaced_at))
}

/// When the last copy runs out of those that were handed out until `until`.
fn copies_run_out_at(served: &[ServedMaxAge], until: Timestamp) -> Timestamp {
    if served.is_empty() {
        return after(until, EPIC_KEEPS);
    }
    let mut latest = until;
    let mut began = Timestamp::MIN;
    for (index, this) in served.iter().enumerate() {
        // Both moments included: one copy may be handed out in the very last, with what began to be served in it.
        if began <= until {
            let ended = ended_at(this, served.get(index + 1)).unwrap_or(until).min(until);
            latest = latest.max(after(ended, lifetime(this)));
        }
        // The next one may have been served from the moment on at which this one was last seen.
        began = this.last_seen_at;
    }
    latest
}

/// Until when `this` may have been served, if another followed it: an instance of jwks from before the change may have
/// answered for a while after the next one was first seen.
fn ended_at(this: &ServedMaxAge, next: Option<&ServedMaxAge>) -> Option<Timestamp> {
    Some(after(next?.first_seen_at.max(this.last_seen_at), JWKS_MEMORY))
}

/// Drops those that can't matter to any wait from now on. A wait that began before the end of one is over 29 hours later.
fn forget_what_ran_out(served: &mut Vec<ServedMaxAge>, now: Timestamp) {
    let ran_out = served.windows(2).take_while(|pair| match pair {
        [this, next] => ended_at(this, Some(next)).is_some_and(|ended| after(ended, EPIC_KEEPS) < now),
        _ => false,
    });
    let ran_out = ran_out.count();
    served.drain(..ran_out);
}

fn lifetime(served: &ServedMaxAge) -> SignedDuration {
    // What is stored is never more than that; a hand-made item may be.
    i64::try_from(served.seconds).map_or(EPIC_KEEPS, SignedDuration::from_secs).min(EPIC_KEEPS)
}

/// The time `wait` after `time`.
fn after(time: Timestamp, wait: SignedDuration) -> Timestamp {
    time.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
