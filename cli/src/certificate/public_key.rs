//! The public part of a signing key, and which signatures it verifies.

use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::pem::LineEnding;
use x509_cert::der::{Decode as _, EncodePem as _};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

/// `rsaEncryption`, RFC 8017 appendix C.
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `id-ecPublicKey`, RFC 5480.
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `secp384r1`, RFC 5480.
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// How a key signs, here as in its client assertions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-384: JOSE's RS384, X.509's `sha384WithRSAEncryption`.
    RsaSha384,
    /// ECDSA on P-384 with SHA-384: JOSE's ES384, X.509's `ecdsa-with-SHA384`.
    EcdsaSha384,
}

/// Why a public key is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnusablePublicKey {
    /// It can't be read.
    #[error("the public key is not a SubjectPublicKeyInfo")]
    Malformed,
    /// It is for signatures that Epic doesn't take.
    #[error("the key is neither an RSA key nor one on P-384")]
    Kind,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    algorithm: Algorithm,
    info: SubjectPublicKeyInfoOwned,
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo` in DER, which is what `kms:GetPublicKey` returns.
    ///
    /// # Errors
    /// [`UnusablePublicKey`].
    pub fn from_subject_public_key_info(der: &[u8]) -> Result<Self, UnusablePublicKey> {
        let info = SubjectPublicKeyInfoOwned::from_der(der).map_err(|_| UnusablePublicKey::Malformed)?;
        if info.subject_public_key.as_bytes().is_none() {
            return Err(UnusablePublicKey::Malformed);
        }
        let curve = || info.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok();
        let algorithm = if info.algorithm.oid == RSA_ENCRYPTION {
            Algorithm::RsaSha384
        } else if info.algorithm.oid == EC_PUBLIC_KEY && curve() == Some(SECP384R1) {
            Algorithm::EcdsaSha384
        } else {
            return Err(UnusablePublicKey::Kind);
        };
        Ok(Self { algorithm, info })
    }

    /// How its private part signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key as PEM (RFC 7468, `PUBLIC KEY`); nothing where it can't be written, which what was read can be.
    pub fn to_pem(&self) -> Option<String> {
        self.info.to_pem(LineEnding::LF).ok()
    }

    /// The key itself, without its algorithm.
    pub(super) fn bytes(&self) -> &[u8] {
        self.info.subject_public_key.raw_bytes()
    }

    /// Whether a certificate with `info` is for this key.
    pub(super) fn is(&self, info: &SubjectPublicKeyInfoOwned) -> bool {
        self.info == *info
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P_384: &[u8] = include_bytes!("../../../shared/src/jwk/p-384.public.der");
    const RSA_2048: &[u8] = include_bytes!("../../../shared/src/jwk/rsa-2048.public.der");

    #[test]
    fn the_kind_of_key_decides_how_it_signs() {
        let algorithm = |der| PublicKey::from_subject_public_key_info(der).unwrap().algorithm();
        assert_eq!(algorithm(RSA_2048), Algorithm::RsaSha384);
        assert_eq!(algorithm(P_384), Algorithm::EcdsaSha384);
    }

    #[test]
    fn another_curve_is_refused() {
        // secp521r1 is one arc further.
        let mut other = P_384.to_vec();
        let curve = other.windows(5).position(|bytes| bytes == [0x2b, 0x81, 0x04, 0x00, 0x22]).unwrap();
        other[curve + 4] = 0x23;
        assert_eq!(PublicKey::from_subject_public_key_info(&other), Err(UnusablePublicKey::Kind));
        assert_eq!(PublicKey::from_subject_public_key_info(b"key"), Err(UnusablePublicKey::Malformed));
    }

    #[test]
    fn its_pem_is_the_same_key() {
        let key = PublicKey::from_subject_public_key_info(RSA_2048).unwrap();
        let pem = key.to_pem().unwrap();
        assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n"), "{pem}");
        let (_, der) = x509_cert::der::pem::decode_vec(pem.as_bytes()).unwrap();
        assert_eq!(der, RSA_2048);
    }
}
