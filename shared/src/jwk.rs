//! The public part of a signing key as a JSON Web Key: what Epic verifies us with, and where our `kid` comes from.
//!
//! token-refresher signs under the `kid`; `careline` serves the set. Both derive it from the key itself, so that they
//! can't disagree.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::Serialize;
use spki::ObjectIdentifier;
use spki::der::Decode as _;

/// `rsaEncryption`, RFC 8017 appendix C.
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// Epic takes no RSA key shorter than 2048 bits; KMS makes none longer than 4096.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// A public key that can't verify our assertions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnusableKey {
    /// Not a `SubjectPublicKeyInfo` in DER.
    #[error("the public key is not a SubjectPublicKeyInfo")]
    Malformed,
    /// A key for another algorithm.
    #[error("the key is not an RSA key")]
    NotRsa,
    /// A modulus outside 2048 to 4096 bits.
    #[error("the RSA key has {bits} bits, not 2048 to 4096")]
    Size {
        /// The modulus's length.
        bits: usize,
    },
}

/// An RSA public key for RS384 signatures, as RFC 7517 writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jwk {
    kty: &'static str,
    n: String,
    e: String,
    alg: &'static str,
    #[serde(rename = "use")]
    public_key_use: &'static str,
    kid: String,
}

impl Jwk {
    /// Reads a `SubjectPublicKeyInfo` in DER, which is what `kms:GetPublicKey` returns.
    ///
    /// # Errors
    /// [`UnusableKey`].
    pub fn from_subject_public_key_info(der: &[u8]) -> Result<Self, UnusableKey> {
        let info = spki::SubjectPublicKeyInfoRef::from_der(der).map_err(|_| UnusableKey::Malformed)?;
        if info.algorithm.oid != RSA_ENCRYPTION {
            return Err(UnusableKey::NotRsa);
        }
        let key = info.subject_public_key.as_bytes().ok_or(UnusableKey::Malformed)?;
        let key = pkcs1::RsaPublicKey::from_der(key).map_err(|_| UnusableKey::Malformed)?;
        let (modulus, exponent) = (key.modulus.as_bytes(), key.public_exponent.as_bytes());
        let leading_zeros = modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
        let bits = modulus.len() * 8 - leading_zeros;
        if !MODULUS_BITS.contains(&bits) {
            return Err(UnusableKey::Size { bits });
        }
        let (n, e) = (URL_SAFE_NO_PAD.encode(modulus), URL_SAFE_NO_PAD.encode(exponent));
        let kid = thumbprint(&n, &e);
        Ok(Self { kty: "RSA", n, e, alg: "RS384", public_key_use: "sig", kid })
    }

    /// The key's name: its thumbprint, so that a new key has a new name without anyone choosing one.
    pub fn kid(&self) -> &str {
        &self.kid
    }
}

/// The set that stands behind the JWK Set URL registered at Epic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    /// The keys; each `kid` is unique, since it is the key's thumbprint.
    pub keys: Vec<Jwk>,
}

/// RFC 7638: SHA-256 over the required members in lexicographic order, without white space.
fn thumbprint(n: &str, e: &str) -> String {
    let members = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
    URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()))
}

#[cfg(test)]
mod tests;
