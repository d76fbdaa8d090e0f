//! KMS: `DescribeKey`, `GetPublicKey`, and `Sign` with a real RSA key and a real one on P-384, refusing what KMS refuses.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA384, RsaKeyPair};
use serde_json::{Value, json};

use super::aws::Answer;

/// A key for tests only, made by `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072`.
const PRIVATE_KEY: &[u8] = include_bytes!("test-only-signing-key.pkcs8.der");
/// Its public part, as a `SubjectPublicKeyInfo` in DER: what `GetPublicKey` returns.
pub const PUBLIC_KEY: &[u8] = include_bytes!("test-only-signing-key.public.der");
/// The key's id.
pub const SIGNING_KEY_ID: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
/// Another for tests only, made by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384`.
const EC_PRIVATE_KEY: &[u8] = include_bytes!("test-only-ec-signing-key.pkcs8.der");
/// Its public part.
pub const EC_PUBLIC_KEY: &[u8] = include_bytes!("test-only-ec-signing-key.public.der");
/// Its id.
pub const EC_SIGNING_KEY_ID: &str = "arn:aws:kms:us-east-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab";
/// KMS takes no longer message as it is.
const RAW_LIMIT: usize = 4096;

pub struct Kms {
    key: RsaKeyPair,
    ec_key: EcdsaKeyPair,
}

impl Kms {
    pub fn new() -> Self {
        let ec_key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, EC_PRIVATE_KEY, &SystemRandom::new()).unwrap();
        Self { key: RsaKeyPair::from_pkcs8(PRIVATE_KEY).unwrap(), ec_key }
    }

    pub fn answer(&self, operation: &str, request: &Value) -> Answer {
        let key_id = request["KeyId"].as_str().unwrap_or_default();
        match operation {
            "Sign" => self.sign(key_id, request),
            "DescribeKey" => describe(key_id),
            "GetPublicKey" => public_key(key_id),
            _ => Answer::error(400, "UnknownOperationException"),
        }
    }

    fn sign(&self, key_id: &str, request: &Value) -> Answer {
        let message = STANDARD.decode(request["Message"].as_str().unwrap_or_default()).unwrap_or_default();
        // `ring` can't sign a digest, so this stands in for RAW messages only.
        if request["MessageType"].as_str().is_some_and(|kind| kind != "RAW")
            || !(1..=RAW_LIMIT).contains(&message.len())
        {
            return Answer::error(400, "ValidationException");
        }
        let algorithm = request["SigningAlgorithm"].as_str().unwrap_or_default();
        let signature = match (key_id, algorithm) {
            (SIGNING_KEY_ID, "RSASSA_PKCS1_V1_5_SHA_384") => {
                let mut signature = vec![0; self.key.public().modulus_len()];
                self.key.sign(&RSA_PKCS1_SHA384, &SystemRandom::new(), &message, &mut signature).unwrap();
                signature
            }
            (EC_SIGNING_KEY_ID, "ECDSA_SHA_384") => {
                self.ec_key.sign(&SystemRandom::new(), &message).unwrap().as_ref().to_vec()
            }
            (SIGNING_KEY_ID | EC_SIGNING_KEY_ID, _) => return Answer::error(400, "InvalidKeyUsageException"),
            _ => return Answer::error(400, "NotFoundException"),
        };
        Answer::ok(json!({
            "KeyId": key_id,
            "Signature": STANDARD.encode(signature),
            "SigningAlgorithm": algorithm,
        }))
    }
}

fn describe(key_id: &str) -> Answer {
    let algorithm = match key_id {
        SIGNING_KEY_ID => "RSASSA_PKCS1_V1_5_SHA_384",
        EC_SIGNING_KEY_ID => "ECDSA_SHA_384",
        _ => return Answer::error(400, "NotFoundException"),
    };
    Answer::ok(json!({"KeyMetadata": {
        "KeyId": key_id,
        "KeyState": "Enabled",
        "KeyUsage": "SIGN_VERIFY",
        "SigningAlgorithms": [algorithm],
    }}))
}

fn public_key(key_id: &str) -> Answer {
    let der = match key_id {
        SIGNING_KEY_ID => PUBLIC_KEY,
        EC_SIGNING_KEY_ID => EC_PUBLIC_KEY,
        _ => return Answer::error(400, "NotFoundException"),
    };
    Answer::ok(json!({"KeyId": key_id, "PublicKey": STANDARD.encode(der)}))
}
