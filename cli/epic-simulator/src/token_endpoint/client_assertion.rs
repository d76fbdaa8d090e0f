//! Checks a client assertion (`private_key_jwt`) as Epic does: no clock skew is allowed for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::signature;
use serde_json::Value;

use crate::requests::Verdict;
use crate::settings::KeySource;
use crate::state::State;
use crate::token_endpoint::key_set;

/// The furthest `exp` may lie ahead of Epic's clock, and after `iat` and `nbf`.
const LONGEST_LIFE_MS: i128 = 300_000;
/// Epic's limit on `jti`.
const LONGEST_JTI: usize = 151;

/// A JWT of three segments, its signature not yet verified.
pub(super) struct Assertion<'a> {
    header: Value,
    claims: Value,
    /// What is signed: the first two segments with the dot between.
    signed: &'a str,
    signature: Vec<u8>,
}

impl<'a> Assertion<'a> {
    pub(super) fn parse(jwt: &'a str) -> Result<Self, Verdict> {
        let malformed = || Verdict::MalformedAssertion;
        let (signed, signature) = jwt.rsplit_once('.').ok_or_else(malformed)?;
        let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
        let decode = |segment: &str| URL_SAFE_NO_PAD.decode(segment).map_err(|_| Verdict::MalformedAssertion);
        let object = |segment: &str| {
            let value: Value = serde_json::from_slice(&decode(segment)?).map_err(|_| Verdict::MalformedAssertion)?;
            if value.is_object() { Ok(value) } else { Err(Verdict::MalformedAssertion) }
        };
        Ok(Self { header: object(header)?, claims: object(claims)?, signed, signature: decode(signature)? })
    }

    pub(super) fn jti(&self) -> Option<String> {
        self.claims.get("jti").and_then(Value::as_str).map(str::to_owned)
    }

    pub(super) fn kid(&self) -> Option<String> {
        self.header.get("kid").and_then(Value::as_str).map(str::to_owned)
    }

    /// Header, signature, claims; then the `jti` is used up.
    pub(super) async fn check(&self, state: &State) -> Result<(), Verdict> {
        if !state.behaviour().synchronised {
            return Err(Verdict::NotSynchronised);
        }
        let algorithm = self.check_header(state)?;
        let kid = self.kid().filter(|kid| !kid.is_empty()).ok_or(Verdict::NoKeyId)?;
        key_set::verify_with(state, |set| self.verify(set, &kid, algorithm)).await?;
        self.check_claims(state)?;
        let jti = self.jti().filter(|jti| !jti.is_empty()).ok_or(Verdict::NoJti)?;
        if jti.chars().count() > LONGEST_JTI {
            return Err(Verdict::JtiTooLong);
        }
        if state.jti_is_new(&jti) { Ok(()) } else { Err(Verdict::ReusedJti) }
    }

    fn check_header(&self, state: &State) -> Result<Algorithm, Verdict> {
        let algorithm = Algorithm::of(&self.header, &state.behaviour().keys).ok_or(Verdict::UnsupportedAlgorithm)?;
        if self.header.get("typ").is_some_and(|typ| typ != "JWT") {
            return Err(Verdict::WrongType);
        }
        if let Some(jku) = self.header.get("jku") {
            match &state.behaviour().keys {
                KeySource::Url(url) if jku == url => {}
                _ => return Err(Verdict::WrongKeySetUrl),
            }
        }
        Ok(algorithm)
    }

    fn verify(&self, set: &Value, kid: &str, algorithm: Algorithm) -> Result<(), Verdict> {
        let keys = set.get("keys").and_then(Value::as_array).ok_or(Verdict::KeySetUnavailable)?;
        let mut with_kid = keys.iter().filter(|key| key.get("kid").and_then(Value::as_str) == Some(kid));
        let key = match (with_kid.next(), with_kid.next()) {
            (None, _) => return Err(Verdict::UnknownKeyId),
            (Some(key), None) => key,
            (Some(_), Some(_)) => return Err(Verdict::AmbiguousKeyId),
        };
        let field = |name: &str| key.get(name).and_then(Value::as_str);
        let fits = field("kty") == Some(algorithm.key_type)
            && field("alg").is_none_or(|alg| alg == algorithm.name)
            && field("use").is_none_or(|use_| use_ == "sig");
        if !fits {
            return Err(Verdict::WrongKeyType);
        }
        let number =
            |name| field(name).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok()).ok_or(Verdict::WrongSignature);
        let (signed, signature) = (self.signed.as_bytes(), self.signature.as_slice());
        let verified = match algorithm.parameters {
            Parameters::Rsa(parameters) => {
                let key = signature::RsaPublicKeyComponents { n: number("n")?, e: number("e")? };
                key.verify(parameters, signed, signature)
            }
            Parameters::Ecdsa { curve, parameters } => {
                if field("crv") != Some(curve) {
                    return Err(Verdict::WrongKeyType);
                }
                let point = [vec![UNCOMPRESSED], number("x")?, number("y")?].concat();
                signature::UnparsedPublicKey::new(parameters, point).verify(signed, signature)
            }
        };
        verified.map_err(|_| Verdict::WrongSignature)
    }

    fn check_claims(&self, state: &State) -> Result<(), Verdict> {
        let claim = |name: &str| self.claims.get(name).and_then(Value::as_str);
        if claim("iss") != Some(state.client_id.as_str()) {
            return Err(Verdict::WrongIssuer);
        }
        if claim("sub") != Some(state.client_id.as_str()) {
            return Err(Verdict::WrongSubject);
        }
        if claim("aud") != Some(state.token_endpoint().as_str()) {
            return Err(Verdict::WrongAudience);
        }
        self.check_times(state.now())
    }

    fn check_times(&self, now: Timestamp) -> Result<(), Verdict> {
        let milliseconds = |name: &str| match self.claims.get(name) {
            None => Ok(None),
            Some(value) => value.as_i64().map(|s| Some(i128::from(s) * 1000)).ok_or(Verdict::MalformedTime),
        };
        let now = i128::from(now.as_millisecond());
        let exp = milliseconds("exp")?.ok_or(Verdict::MalformedTime)?;
        if exp <= now {
            return Err(Verdict::Expired);
        }
        if exp > now + LONGEST_LIFE_MS {
            return Err(Verdict::ExpiresTooLate);
        }
        for begin in [milliseconds("iat")?, milliseconds("nbf")?].into_iter().flatten() {
            if begin > now {
                return Err(Verdict::NotYetValid);
            }
            if exp - begin > LONGEST_LIFE_MS {
                return Err(Verdict::LivesTooLong);
            }
        }
        Ok(())
    }
}

/// What an uncompressed point begins with (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// A signature algorithm that Epic takes.
#[derive(Clone, Copy)]
struct Algorithm {
    name: &'static str,
    key_type: &'static str,
    parameters: Parameters,
}

#[derive(Clone, Copy)]
enum Parameters {
    Rsa(&'static signature::RsaParameters),
    Ecdsa { curve: &'static str, parameters: &'static signature::EcdsaVerificationAlgorithm },
}

impl Algorithm {
    fn of(header: &Value, keys: &KeySource) -> Option<Self> {
        let rsa = |name, parameters| Self { name, key_type: "RSA", parameters: Parameters::Rsa(parameters) };
        let ecdsa = |name, curve, parameters| Self {
            name,
            key_type: "EC",
            parameters: Parameters::Ecdsa { curve, parameters },
        };
        // 2048 bits is Epic's least. An elliptic curve is for apps with a JWK Set URL only.
        Some(match (header.get("alg")?.as_str()?, keys) {
            ("RS256", _) => rsa("RS256", &signature::RSA_PKCS1_2048_8192_SHA256),
            ("RS384", _) => rsa("RS384", &signature::RSA_PKCS1_2048_8192_SHA384),
            ("RS512", _) => rsa("RS512", &signature::RSA_PKCS1_2048_8192_SHA512),
            ("ES256", KeySource::Url(_)) => ecdsa("ES256", "P-256", &signature::ECDSA_P256_SHA256_FIXED),
            ("ES384", KeySource::Url(_)) => ecdsa("ES384", "P-384", &signature::ECDSA_P384_SHA384_FIXED),
            _ => return None,
        })
    }
}
