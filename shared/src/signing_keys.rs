//! The signing keys of a connection: which are published in its JWK Set, and which one signs.
//!
//! Operators' commands write the ring (`careline provision`, `careline keys`), in an order that never locks us out;
//! token-refresher signs with [`KeyRing::signing`], and jwks serves [`KeyRing::public_keys`] from here, so that neither
//! needs to ask KMS for a public key. The table is retained and recoverable: Epic knows what stands in it.

pub mod publication;
pub mod store;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::jwk::{Jwk, JwkSet};
use crate::signing_algorithm::SigningAlgorithm;

/// A connection's signing keys, in the order in which they were added. All are published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRing {
    /// The keys.
    pub keys: Vec<SigningKey>,
    /// Keys that were in the ring once, so that taking one out twice is the same as once.
    #[serde(default)]
    pub retired: Vec<RetiredKey>,
    /// How long others may keep the set, as the JWK Set URL was seen to say over time; the last is what it says now. One
    /// that no copy lives by any more is forgotten.
    #[serde(default)]
    pub served: Vec<ServedMaxAge>,
}

/// A key pair in KMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// The KMS key's ARN: an id alone would be taken for one in the account and region of whoever reads it.
    pub key_id: String,
    /// Its public part.
    pub jwk: Jwk,
    /// When it was added to the ring, and so began to be published.
    pub added_at: Timestamp,
    /// Since when the set that the JWK Set URL serves was seen to have it.
    #[serde(default)]
    pub seen_at: Option<Timestamp>,
    /// When it began to sign.
    #[serde(default)]
    pub promoted_at: Option<Timestamp>,
    /// When another began to sign in its place.
    #[serde(default)]
    pub replaced_at: Option<Timestamp>,
}

/// A key that was taken out of the ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetiredKey {
    /// Its `kid`.
    pub kid: String,
    /// The KMS key's ARN.
    pub key_id: String,
    /// When it was taken out.
    pub retired_at: Timestamp,
}

/// For how long the set was served to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedMaxAge {
    /// How many seconds a copy may be kept: the `max-age`, or what Epic takes where there is none.
    pub seconds: u64,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
    /// When it was last seen.
    pub last_seen_at: Timestamp,
}

impl SigningKey {
    /// Its `kid`.
    pub fn kid(&self) -> &str {
        self.jwk.kid()
    }

    /// What it signs with.
    pub fn algorithm(&self) -> SigningAlgorithm {
        self.jwk.algorithm()
    }

    /// Whether it signs.
    pub fn is_signing(&self) -> bool {
        self.promoted_at.is_some() && self.replaced_at.is_none()
    }
}

impl KeyRing {
    /// The key that signs, if one does: the last one promoted.
    pub fn signing(&self) -> Option<&SigningKey> {
        self.keys.iter().filter(|key| key.is_signing()).max_by_key(|key| key.promoted_at)
    }

    /// The key with this `kid`.
    pub fn key(&self, kid: &str) -> Option<&SigningKey> {
        self.keys.iter().find(|key| key.kid() == kid)
    }

    /// The set to publish.
    pub fn public_keys(&self) -> JwkSet {
        JwkSet { keys: self.keys.iter().map(|key| key.jwk.clone()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(der: &[u8], promoted_at: Option<&str>, replaced_at: Option<&str>) -> SigningKey {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        SigningKey {
            key_id: "arn:aws:kms:us-east-1:111122223333:key/1".to_owned(),
            jwk: Jwk::from_subject_public_key_info(der).unwrap(),
            added_at: time("2026-11-23T10:00:00Z"),
            seen_at: None,
            promoted_at: promoted_at.map(time),
            replaced_at: replaced_at.map(time),
        }
    }

    const RSA: &[u8] = include_bytes!("jwk/rsa-2048.public.der");
    const EC: &[u8] = include_bytes!("jwk/p-384.public.der");

    #[test]
    fn all_keys_are_published_and_one_signs() {
        let old = key(RSA, Some("2026-11-23T11:00:00Z"), Some("2026-11-24T11:00:00Z"));
        let new = key(EC, Some("2026-11-24T11:00:00Z"), None);
        let ring = KeyRing { keys: vec![old.clone(), new.clone()], ..KeyRing::default() };
        assert_eq!(ring.signing(), Some(&new));
        assert_eq!(ring.public_keys().keys, [old.jwk.clone(), new.jwk.clone()]);
        assert_eq!(ring.key(old.kid()), Some(&old));
    }

    #[test]
    fn a_key_that_was_not_promoted_does_not_sign() {
        assert_eq!(KeyRing { keys: vec![key(RSA, None, None)], ..KeyRing::default() }.signing(), None);
        assert_eq!(KeyRing::default().signing(), None);
    }
}
