//! The client assertion: a JWT by which we prove to Epic who we are (SMART `private_key_jwt`, RFC 7523).
//!
//! Pure: the signature is made elsewhere ([`crate::kms_signer`]), and time and `jti` are passed in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use shared::refresh_request::PROBE_AUDIENCE;
use shared::signing_algorithm::SigningAlgorithm;
use shared::signing_keys::SigningKey;

/// `iat` and `nbf` lie this far back: Epic refuses both in the future and documents no allowance for a clock that differs.
const BACKDATED: SignedDuration = SignedDuration::from_secs(15);
/// `exp` lies this far ahead. Epic refuses more than 5 minutes ahead at receipt, and more than 5 minutes after `iat` or
/// `nbf`: this leaves a minute for our clock to run ahead of Epic's, and 45 s to spare from
/// `iat` to `exp`.
const LIFETIME: SignedDuration = SignedDuration::from_secs(240);
/// A probe is looked at when it arrives.
const PROBE_LIFETIME: SignedDuration = SignedDuration::from_secs(60);

#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    kid: &'a str,
    typ: &'static str,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    jti: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
}

#[derive(Serialize)]
struct ProbeClaims<'a> {
    aud: &'a str,
    jti: &'a str,
    exp: i64,
}

/// The key that is to sign, as the header names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyName<'a> {
    pub(crate) kid: &'a str,
    pub(crate) algorithm: SigningAlgorithm,
}

impl<'a> From<&'a SigningKey> for KeyName<'a> {
    fn from(key: &'a SigningKey) -> Self {
        Self { kid: key.kid(), algorithm: key.algorithm() }
    }
}

/// An assertion before it is signed: what the signature is made over.
pub(crate) struct SigningInput(String);

impl SigningInput {
    /// The assertion of `client_id` for one request to the token endpoint that is `audience`, made at `now` and to be signed with `key`.
    ///
    /// # Errors
    /// Those of `serde_json`, which writing text and numbers to memory can't cause.
    pub(crate) fn new(
        client_id: &str,
        audience: &str,
        key: KeyName<'_>,
        jti: &str,
        now: Timestamp,
    ) -> Result<Self, serde_json::Error> {
        let now = now.as_second();
        let issued_at = now - BACKDATED.as_secs();
        let header = Header { alg: key.algorithm.as_str(), kid: key.kid, typ: "JWT" };
        let claims = Claims {
            iss: client_id,
            sub: client_id,
            aud: audience,
            jti,
            iat: issued_at,
            nbf: issued_at,
            exp: now + LIFETIME.as_secs(),
        };
        Self::of(&header, &claims)
    }

    /// A probe, signed like an assertion, that is none: it names nobody, and its audience is no token endpoint.
    ///
    /// # Errors
    /// As [`SigningInput::new`].
    pub(crate) fn probe(key: KeyName<'_>, jti: &str, now: Timestamp) -> Result<Self, serde_json::Error> {
        let header = Header { alg: key.algorithm.as_str(), kid: key.kid, typ: "JWT" };
        let exp = now.as_second() + PROBE_LIFETIME.as_secs();
        Self::of(&header, &ProbeClaims { aud: PROBE_AUDIENCE, jti, exp })
    }

    fn of(header: &Header<'_>, claims: &impl Serialize) -> Result<Self, serde_json::Error> {
        let encode = |part: Vec<u8>| URL_SAFE_NO_PAD.encode(part);
        Ok(Self(format!("{}.{}", encode(serde_json::to_vec(header)?), encode(serde_json::to_vec(claims)?))))
    }

    /// The bytes to sign.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The assertion, in JWS compact form.
    pub(crate) fn signed(self, signature: &[u8]) -> ClientAssertion {
        ClientAssertion(format!("{}.{}", self.0, URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// A signed assertion. Whoever holds it can get one token while it lives, so it has no `Debug` or `Display`.
pub(crate) struct ClientAssertion(String);

impl ClientAssertion {
    /// The assertion, for the request's body. Security warning: anywhere else it leaks.
    pub(crate) fn secret(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use shared::randomness::Randomness;

    use super::*;

    const NOW: &str = "2026-11-23T10:00:00Z";
    /// Epic's limit for `jti`, which must be a string.
    const JTI_LIMIT: usize = 151;
    /// KMS signs no longer message as it is.
    const RAW_LIMIT: usize = 4096;

    fn key(kid: &str, algorithm: SigningAlgorithm) -> KeyName<'_> {
        KeyName { kid, algorithm }
    }

    fn signing_input() -> SigningInput {
        let (endpoint, now) = ("https://epic.example/token", NOW.parse().unwrap());
        SigningInput::new("client-1", endpoint, key("kid-1", SigningAlgorithm::Rs384), "jti-1", now).unwrap()
    }

    #[test]
    fn the_assertion_is_the_golden_one() {
        // Made with Python: base64url of the two JSON texts, joined by a dot; the signature is the bytes 1, 2, 3.
        let expected = concat!(
            "eyJhbGciOiJSUzM4NCIsImtpZCI6ImtpZC0xIiwidHlwIjoiSldUIn0.",
            "eyJpc3MiOiJjbGllbnQtMSIsInN1YiI6ImNsaWVudC0xIiwiYXVkIjoiaHR0cHM6Ly9lcGljLmV4YW1wbGUvdG9rZW4iLCJqdGki",
            "OiJqdGktMSIsImlhdCI6MTc5NTQyNzk4NSwibmJmIjoxNzk1NDI3OTg1LCJleHAiOjE3OTU0MjgyNDB9.AQID"
        );
        assert_eq!(signing_input().signed(&[1, 2, 3]).secret(), expected);
    }

    #[test]
    fn the_header_names_the_algorithm_of_its_key() {
        let now = NOW.parse().unwrap();
        let input = SigningInput::new("c", "e", key("kid-2", SigningAlgorithm::Es384), "j", now).unwrap();
        let header = std::str::from_utf8(input.as_bytes()).unwrap().split('.').next().unwrap();
        let header: Value = shared::json::decode(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
        assert_eq!(header, json!({"alg": "ES384", "kid": "kid-2", "typ": "JWT"}));
    }

    #[test]
    fn its_times_keep_within_epics_limits_with_a_margin_for_skew() {
        let input = signing_input();
        let claims = std::str::from_utf8(input.as_bytes()).unwrap().split('.').nth(1).unwrap();
        let claims: Value = shared::json::decode(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        let now = NOW.parse::<Timestamp>().unwrap().as_second();
        let at = |name: &str| claims[name].as_i64().unwrap();
        assert!(at("exp") - at("iat") <= 300 && at("exp") - at("nbf") <= 300);
        // Our clock may be ten seconds behind or ahead of Epic's.
        for epic in [now - 10, now + 10] {
            assert!(at("iat") <= epic && at("nbf") <= epic);
            assert!(at("exp") > epic && at("exp") - epic <= 300);
        }
        assert_eq!(claims["jti"], json!("jti-1"));
    }

    #[test]
    fn a_probe_names_nobody_and_is_for_no_token_endpoint() {
        let input = SigningInput::probe(key("kid-1", SigningAlgorithm::Rs384), "jti-1", NOW.parse().unwrap()).unwrap();
        let claims = std::str::from_utf8(input.as_bytes()).unwrap().split('.').nth(1).unwrap();
        let claims: Value = shared::json::decode(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        let exp = NOW.parse::<Timestamp>().unwrap().as_second() + 60;
        assert_eq!(claims, json!({"aud": "urn:careline:doctor", "jti": "jti-1", "exp": exp}));
    }

    #[test]
    fn a_random_name_is_a_jti_that_epic_takes() {
        assert!(Randomness::system().name().len() <= JTI_LIMIT);
    }

    #[test]
    fn the_longest_configuration_still_fits_what_kms_signs() {
        let (client_id, endpoint) = ("c".repeat(256), "e".repeat(1024));
        let jti = "j".repeat(JTI_LIMIT);
        let kid = "k".repeat(43);
        let key = key(&kid, SigningAlgorithm::Es384);
        let input = SigningInput::new(&client_id, &endpoint, key, &jti, NOW.parse().unwrap()).unwrap();
        assert!(input.as_bytes().len() <= RAW_LIMIT, "{}", input.as_bytes().len());
    }
}
