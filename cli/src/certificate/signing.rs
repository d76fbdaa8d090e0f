//! Signed X.509 structures from a library that signs while it writes, and a key that signs over the network.
//!
//! `rcgen` asks for the signature in the midst of its writing and can't wait for it. So a structure is written twice: the
//! first time to learn what is to be signed, the second time with the signature on it. What is signed must be the same
//! both times, and that is checked.

use std::cell::OnceCell;

use super::error::CertificateError;
use super::public_key::{Algorithm, PublicKey};

/// Writes a structure with `write`, which is given the key and is called twice, and has it signed by `sign`.
///
/// # Errors
/// [`CertificateError::Write`], or what `sign` says.
pub(super) async fn signed<T>(
    public_key: &PublicKey,
    write: impl Fn(&RemoteKey<'_>) -> Result<T, rcgen::Error>,
    sign: impl AsyncFnOnce(Vec<u8>) -> Result<Vec<u8>, CertificateError>,
) -> Result<T, CertificateError> {
    let learning = RemoteKey { public_key, message: OnceCell::new(), signature: None };
    write(&learning).map_err(|_| CertificateError::Write)?;
    let message = learning.message.into_inner().ok_or(CertificateError::Write)?;
    let signature = sign(message.clone()).await?;
    let signing = RemoteKey { public_key, message: OnceCell::from(message), signature: Some(signature) };
    write(&signing).map_err(|_| CertificateError::Write)
}

/// A key as `rcgen` wants it.
pub(super) struct RemoteKey<'a> {
    public_key: &'a PublicKey,
    /// What is to be signed, from the first writing on.
    message: OnceCell<Vec<u8>>,
    /// Its signature, at the second writing.
    signature: Option<Vec<u8>>,
}

impl rcgen::PublicKeyData for RemoteKey<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.public_key.bytes()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        match self.public_key.algorithm() {
            Algorithm::RsaSha384 => &rcgen::PKCS_RSA_SHA384,
            Algorithm::EcdsaSha384 => &rcgen::PKCS_ECDSA_P384_SHA384,
        }
    }
}

impl rcgen::SigningKey for RemoteKey<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        match &self.signature {
            // A signature of this length is never seen: what holds it is thrown away.
            None => self.message.set(message.to_vec()).map(|()| Vec::new()).map_err(|_| rcgen::Error::RemoteKeyError),
            Some(signature) if self.message.get().is_some_and(|learned| learned == message) => Ok(signature.clone()),
            Some(_) => Err(rcgen::Error::RemoteKeyError),
        }
    }
}
