//! A key in KMS's place, for tests of what is made with one.

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P384_SHA384_ASN1, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use shared::randomness::Randomness;
use x509_cert::der::Encode as _;

use super::public_key::PublicKey;
use super::reading::ReadCertificate;
use super::self_signed::self_signed;

/// What stands before the point in a `SubjectPublicKeyInfo` for P-384.
const P_384_HEAD: [u8; 23] = [
    0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00,
    0x22, 0x03, 0x62, 0x00,
];

/// A new key on P-384.
pub(super) struct TestKey {
    pair: EcdsaKeyPair,
    pub(super) public_key: PublicKey,
}

impl TestKey {
    pub(super) fn new() -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        let info = [P_384_HEAD.as_slice(), pair.public_key().as_ref()].concat();
        let public_key = PublicKey::from_subject_public_key_info(&info).unwrap();
        Self { pair, public_key }
    }

    /// A self-signed certificate, made at `now`.
    pub(super) fn certificate(&self, name: &str, now: &str) -> ReadCertificate {
        let (name, now) = (name.parse().unwrap(), now.parse().unwrap());
        let sign =
            async |message: Vec<u8>| Ok(self.pair.sign(&SystemRandom::new(), &message).unwrap().as_ref().to_vec());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(self_signed(&self.public_key, &name, now, &Randomness::system(), sign)).unwrap()
    }
}

/// Whether a certificate's signature is that of the key inside it.
pub(super) fn verifies(certificate: &ReadCertificate) -> bool {
    let certificate = certificate.inner();
    let key = certificate.tbs_certificate.subject_public_key_info.subject_public_key.raw_bytes();
    UnparsedPublicKey::new(&ECDSA_P384_SHA384_ASN1, key)
        .verify(&certificate.tbs_certificate.to_der().unwrap(), certificate.signature.raw_bytes())
        .is_ok()
}
