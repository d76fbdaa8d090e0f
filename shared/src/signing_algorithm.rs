//! The algorithms that sign our assertions, by JWS's names.

use serde::{Deserialize, Serialize};

/// What a key of ours signs with. SMART has every client support both; Epic takes ES384 only of apps that have a JWK Set
/// URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    #[serde(rename = "RS384")]
    Rs384,
    /// ECDSA on P-384 with SHA-384.
    #[serde(rename = "ES384")]
    Es384,
}

impl SigningAlgorithm {
    /// Its name in a JWS header and in a JWK.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs384 => "RS384",
            Self::Es384 => "ES384",
        }
    }
}
