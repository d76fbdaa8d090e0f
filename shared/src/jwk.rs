//! The public part of a signing key as a JSON Web Key: what Epic verifies us with, and where our `kid` comes from.
//!
//! It is derived from the key itself when the key is taken into use ([`crate::signing_keys`]), so that what token-refresher
//! signs under and what jwks serves can't disagree.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use spki::ObjectIdentifier;
use spki::der::Decode as _;

use crate::signing_algorithm::SigningAlgorithm;

/// `rsaEncryption`, RFC 8017 appendix C.
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `id-ecPublicKey`, RFC 5480 section 2.1.1.
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `secp384r1`, RFC 5480 section 2.1.1.1: the curve of ES384.
const P_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
/// Epic takes no RSA key shorter than 2048 bits; KMS makes none longer than 4096.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;
/// A coordinate on P-384.
const COORDINATE_BYTES: usize = 48;
/// What an uncompressed point begins with, SEC 1 section 2.3.3.
const UNCOMPRESSED: u8 = 4;

/// A public key that can't verify our assertions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnusableKey {
    /// Not a `SubjectPublicKeyInfo` in DER.
    #[error("the public key is not a SubjectPublicKeyInfo")]
    Malformed,
    /// A key for another algorithm.
    #[error("the key is neither an RSA key nor one on P-384")]
    Kind,
    /// A modulus outside 2048 to 4096 bits.
    #[error("the RSA key has {bits} bits, not 2048 to 4096")]
    Size {
        /// The modulus's length.
        bits: usize,
    },
}

/// A public key for RS384 or ES384 signatures, as RFC 7517 writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    #[serde(flatten)]
    parameters: Parameters,
    alg: SigningAlgorithm,
    #[serde(rename = "use")]
    public_key_use: PublicKeyUse,
    kid: String,
}

/// The members that make the key, RFC 7518 section 6.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kty")]
enum Parameters {
    #[serde(rename = "RSA")]
    Rsa { n: String, e: String },
    #[serde(rename = "EC")]
    Ec { crv: Curve, x: String, y: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Curve {
    #[serde(rename = "P-384")]
    P384,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum PublicKeyUse {
    #[serde(rename = "sig")]
    Signature,
}

impl Jwk {
    /// Reads a `SubjectPublicKeyInfo` in DER, which is what `kms:GetPublicKey` returns.
    ///
    /// # Errors
    /// [`UnusableKey`].
    pub fn from_subject_public_key_info(der: &[u8]) -> Result<Self, UnusableKey> {
        let info = spki::SubjectPublicKeyInfoRef::from_der(der).map_err(|_| UnusableKey::Malformed)?;
        let key = info.subject_public_key.as_bytes().ok_or(UnusableKey::Malformed)?;
        let (parameters, alg) = if info.algorithm.oid == RSA_ENCRYPTION {
            (rsa(key)?, SigningAlgorithm::Rs384)
        } else if info.algorithm.oids() == Ok((EC_PUBLIC_KEY, Some(P_384))) {
            (ec(key)?, SigningAlgorithm::Es384)
        } else {
            return Err(UnusableKey::Kind);
        };
        let kid = thumbprint(&parameters);
        Ok(Self { parameters, alg, public_key_use: PublicKeyUse::Signature, kid })
    }

    /// The key's name: its thumbprint, so that a new key has a new name without anyone choosing one.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// What it verifies.
    pub fn algorithm(&self) -> SigningAlgorithm {
        self.alg
    }
}

/// The set that stands behind the JWK Set URL registered at Epic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwkSet {
    /// The keys; each `kid` is unique, since it is the key's thumbprint.
    pub keys: Vec<Jwk>,
}

fn rsa(key: &[u8]) -> Result<Parameters, UnusableKey> {
    let key = pkcs1::RsaPublicKey::from_der(key).map_err(|_| UnusableKey::Malformed)?;
    let (modulus, exponent) = (key.modulus.as_bytes(), key.public_exponent.as_bytes());
    let leading_zeros = modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
    let bits = modulus.len() * 8 - leading_zeros;
    if !MODULUS_BITS.contains(&bits) {
        return Err(UnusableKey::Size { bits });
    }
    Ok(Parameters::Rsa { n: URL_SAFE_NO_PAD.encode(modulus), e: URL_SAFE_NO_PAD.encode(exponent) })
}

fn ec(point: &[u8]) -> Result<Parameters, UnusableKey> {
    let Some((&UNCOMPRESSED, coordinates)) = point.split_first() else {
        return Err(UnusableKey::Malformed);
    };
    match coordinates.split_at_checked(COORDINATE_BYTES) {
        Some((x, y)) if y.len() == COORDINATE_BYTES => {
            Ok(Parameters::Ec { crv: Curve::P384, x: URL_SAFE_NO_PAD.encode(x), y: URL_SAFE_NO_PAD.encode(y) })
        }
        _ => Err(UnusableKey::Malformed),
    }
}

/// RFC 7638: SHA-256 over the required members in lexicographic order, without white space.
fn thumbprint(parameters: &Parameters) -> String {
    let members = match parameters {
        Parameters::Rsa { n, e } => format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#),
        Parameters::Ec { crv: Curve::P384, x, y } => format!(r#"{{"crv":"P-384","kty":"EC","x":"{x}","y":"{y}"}}"#),
    };
    URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()))
}

#[cfg(test)]
mod tests;
