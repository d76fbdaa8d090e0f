//! What token-refresher signed for an operator, verified with a published key as Epic verifies an assertion.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature;
use serde_json::Value;
use shared::json::decode;
use shared::jwk::Jwk;
use shared::refresh_request::PROBE_AUDIENCE;
use shared::signing_algorithm::SigningAlgorithm;

/// What an uncompressed point begins with (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// Whether `probe` is a JWS for [`PROBE_AUDIENCE`], signed with the key of `jwk`. That it is new is known from having asked
/// for it just now: its `exp` is by token-refresher's clock, and an operator's may differ.
pub(crate) fn is_verified(probe: &str, jwk: &Jwk) -> bool {
    verify(probe, jwk).is_some()
}

fn verify(probe: &str, jwk: &Jwk) -> Option<()> {
    let (signed, signature) = probe.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let object = |part: &str| decode::<Value>(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    let (header, claims) = (object(header)?, object(claims)?);
    let named = header.get("alg")? == jwk.algorithm().as_str() && header.get("kid")? == jwk.kid();
    let is_ours = named && claims.get("aud")? == PROBE_AUDIENCE;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    (is_ours && is_signed(signed.as_bytes(), &signature, jwk)?).then_some(())
}

fn is_signed(signed: &[u8], signature: &[u8], jwk: &Jwk) -> Option<bool> {
    let members = serde_json::to_value(jwk).ok()?;
    let number = |name: &str| URL_SAFE_NO_PAD.decode(members.get(name)?.as_str()?).ok();
    let verified = match jwk.algorithm() {
        SigningAlgorithm::Rs384 => signature::RsaPublicKeyComponents { n: number("n")?, e: number("e")? }.verify(
            &signature::RSA_PKCS1_2048_8192_SHA384,
            signed,
            signature,
        ),
        SigningAlgorithm::Es384 => {
            let point = [vec![UNCOMPRESSED], number("x")?, number("y")?].concat();
            signature::UnparsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, point).verify(signed, signature)
        }
    };
    Some(verified.is_ok())
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair};
    use serde_json::json;

    use super::*;

    const PRIVATE: &[u8] = include_bytes!("../../tests/support/test-only-ec-signing-key.pkcs8.der");
    const PUBLIC: &[u8] = include_bytes!("../../tests/support/test-only-ec-signing-key.public.der");

    fn jwk() -> Jwk {
        Jwk::from_subject_public_key_info(PUBLIC).unwrap()
    }

    fn probe(header: &Value, claims: &Value) -> String {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, PRIVATE, &random).unwrap();
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = key.sign(&random, signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    #[track_caller]
    fn check(header: Value, claims: Value, expected: bool) {
        assert_eq!(is_verified(&probe(&header, &claims), &jwk()), expected, "{header} {claims}");
    }

    #[test]
    fn a_probe_is_verified_by_the_key_that_signed_it_and_by_no_other() {
        let jwk = jwk();
        let (header, claims) =
            (json!({"alg": "ES384", "kid": jwk.kid()}), json!({"aud": PROBE_AUDIENCE, "jti": "j", "exp": 1}));
        check(header.clone(), claims.clone(), true);
        check(json!({"alg": "RS384", "kid": jwk.kid()}), claims.clone(), false);
        check(json!({"alg": "ES384", "kid": "another"}), claims.clone(), false);
        check(header.clone(), json!({"aud": "https://epic.example/token", "exp": 1}), false);
        let mut text = probe(&header, &claims);
        text.replace_range(text.len() - 4.., "AAAA");
        assert!(!is_verified(&text, &jwk));
        for nonsense in ["", "a.b", "a.b.c", "..."] {
            assert!(!is_verified(nonsense, &jwk));
        }
    }
}
