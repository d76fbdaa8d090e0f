//! KMS: `Sign` and `GetPublicKey` with a real RSA key, refusing what KMS refuses.

use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA384, RsaKeyPair};
use serde_json::{Value, json};

use super::aws::Answer;

/// A key for tests only, made by `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072`.
const PRIVATE_KEY: &[u8] = include_bytes!("test-only-signing-key.pkcs8.der");
/// Its public part, as a `SubjectPublicKeyInfo` in DER: what `GetPublicKey` returns.
pub const PUBLIC_KEY: &[u8] = include_bytes!("test-only-signing-key.public.der");
/// The key's id.
pub const SIGNING_KEY_ID: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
/// KMS takes no longer message as it is.
const RAW_LIMIT: usize = 4096;

pub struct Kms {
    key: RsaKeyPair,
    /// What `GetPublicKey` says the key is for.
    key_usage: Mutex<&'static str>,
}

impl Kms {
    pub fn new() -> Self {
        Self { key: RsaKeyPair::from_pkcs8(PRIVATE_KEY).unwrap(), key_usage: Mutex::new("SIGN_VERIFY") }
    }

    /// Makes `GetPublicKey` tell another use of the key.
    pub fn set_key_usage(&self, key_usage: &'static str) {
        *self.key_usage.lock().unwrap() = key_usage;
    }

    pub fn answer(&self, operation: &str, request: &Value) -> Answer {
        if request["KeyId"] != SIGNING_KEY_ID {
            return Answer::error(400, "NotFoundException");
        }
        match operation {
            "GetPublicKey" => Answer::ok(json!({
                "KeyId": SIGNING_KEY_ID,
                "PublicKey": STANDARD.encode(PUBLIC_KEY),
                "KeySpec": "RSA_3072",
                "KeyUsage": *self.key_usage.lock().unwrap(),
                "SigningAlgorithms": ["RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384"],
            })),
            "Sign" => self.sign(request),
            _ => Answer::error(400, "UnknownOperationException"),
        }
    }

    fn sign(&self, request: &Value) -> Answer {
        let message = STANDARD.decode(request["Message"].as_str().unwrap_or_default()).unwrap_or_default();
        let algorithm = request["SigningAlgorithm"].as_str().unwrap_or_default();
        // `ring` can't sign a digest, so this stands in for RAW messages only.
        if algorithm != "RSASSA_PKCS1_V1_5_SHA_384"
            || request["MessageType"].as_str().is_some_and(|kind| kind != "RAW")
            || !(1..=RAW_LIMIT).contains(&message.len())
        {
            return Answer::error(400, "ValidationException");
        }
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA384, &SystemRandom::new(), &message, &mut signature).unwrap();
        Answer::ok(json!({
            "KeyId": SIGNING_KEY_ID,
            "Signature": STANDARD.encode(signature),
            "SigningAlgorithm": algorithm,
        }))
    }
}
