//! Every check of the assertion: right in all else, wrong in one thing.

use super::*;

/// The client hears only `invalid_client`; the true cause is recorded.
async fn check_invalid(world: &World, assertion: Assertion, verdict: Verdict) {
    let answer = world.present(&assertion).await;
    assert_eq!(answer.status, 400, "{verdict:?}");
    assert_eq!(answer.body, json!({"error": "invalid_client", "error_description": null}), "{verdict:?}");
    assert_eq!(world.last_verdict(), verdict);
    assert!(verdict.is_invalid_client());
}

#[tokio::test]
async fn all_rsa_algorithms_of_epic_are_taken() {
    let world = World::working().await;
    for algorithm in ["RS256", "RS384", "RS512"] {
        assert_eq!(world.present(&world.assertion().header("alg", algorithm)).await.status, 200, "{algorithm}");
    }
}

#[tokio::test]
async fn other_algorithms_are_refused() {
    let world = World::working().await;
    for algorithm in ["none", "HS256", "PS384", "ES384", "rs384"] {
        check_invalid(&world, world.assertion().header("alg", algorithm), Verdict::UnsupportedAlgorithm).await;
    }
}

#[tokio::test]
async fn the_signature_must_be_of_the_algorithm_named() {
    let world = World::working().await;
    let jwt = world.assertion().jwt();
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let (_, claims) = signed.split_once('.').unwrap();
    let header = URL_SAFE_NO_PAD.encode(json!({"alg": "RS256", "typ": "JWT", "kid": "key-1"}).to_string());
    assert_eq!(world.post_token(&form(&format!("{header}.{claims}.{signature}"))).await.status, 400);
    assert_eq!(world.last_verdict(), Verdict::WrongSignature);
}

#[tokio::test]
async fn typ_is_jwt_or_absent() {
    let world = World::working().await;
    let mut without = world.assertion();
    without.header.remove("typ");
    assert_eq!(world.present(&without).await.status, 200);
    check_invalid(&world, world.assertion().header("typ", "at+jwt"), Verdict::WrongType).await;
}

#[tokio::test]
async fn jku_is_the_registered_url_or_absent() {
    let world = World::working().await;
    check_invalid(&world, world.assertion().header("jku", "https://example.org/jwks"), Verdict::WrongKeySetUrl).await;
}

#[tokio::test]
async fn kid_selects_exactly_one_key() {
    let world = World::working().await;
    check_invalid(&world, world.assertion().header("kid", "key-2"), Verdict::UnknownKeyId).await;
    let mut without = world.assertion();
    without.header.remove("kid");
    check_invalid(&world, without, Verdict::NoKeyId).await;
    let twice = json!({"keys": [jwk(CLIENT_KEY, "key-1"), jwk(OTHER_KEY, "key-1")]});
    world.simulator.control().register_keys(KeySource::Set(twice));
    check_invalid(&world, world.assertion(), Verdict::AmbiguousKeyId).await;
}

#[tokio::test]
async fn the_key_must_be_of_the_algorithms_type() {
    let world = World::working().await;
    for (field, value) in [("kty", "EC"), ("alg", "RS256"), ("use", "enc")] {
        let mut key = jwk(CLIENT_KEY, "key-1");
        key[field] = value.into();
        world.simulator.control().register_keys(KeySource::Set(json!({"keys": [key]})));
        check_invalid(&world, world.assertion(), Verdict::WrongKeyType).await;
    }
}

#[tokio::test]
async fn another_key_does_not_sign_for_the_client() {
    let world = World::working().await;
    check_invalid(&world, world.assertion().signed_by(OTHER_KEY), Verdict::WrongSignature).await;
}

#[tokio::test]
async fn a_claim_changed_after_signing_is_found() {
    let world = World::working().await;
    let segments = |jwt: &str| jwt.split('.').map(str::to_owned).collect::<Vec<_>>();
    let assertion = world.assertion();
    let signature = segments(&assertion.jwt()).remove(2);
    let changed = segments(&assertion.claim("jti", "another").jwt());
    let jwt = format!("{}.{}.{signature}", changed[0], changed[1]);
    assert_eq!(world.post_token(&form(&jwt)).await.status, 400);
    assert_eq!(world.last_verdict(), Verdict::WrongSignature);
}

#[tokio::test]
async fn an_assertion_has_three_segments_of_json() {
    let world = World::working().await;
    let jwt = world.assertion().jwt();
    let cut = jwt.rsplit_once('.').unwrap().0;
    for malformed in ["x", "a.b", cut, &format!("{jwt}.x"), &format!("{jwt}=="), &jwt.replacen("ey", "e!", 1)] {
        let answer = world.post_token(&form(malformed)).await;
        assert_eq!(answer.body["error"], "invalid_client", "{malformed}");
        assert_eq!(world.last_verdict(), Verdict::MalformedAssertion, "{malformed}");
    }
}

#[tokio::test]
async fn iss_and_sub_are_the_client() {
    let world = World::working().await;
    check_invalid(&world, world.assertion().claim("iss", "another"), Verdict::WrongIssuer).await;
    check_invalid(&world, world.assertion().claim("sub", "another"), Verdict::WrongSubject).await;
    check_invalid(&world, world.assertion().without_claim("iss"), Verdict::WrongIssuer).await;
    check_invalid(&world, world.assertion().without_claim("sub"), Verdict::WrongSubject).await;
}

#[tokio::test]
async fn aud_is_the_token_endpoint_to_the_letter() {
    let world = World::working().await;
    let endpoint = world.simulator.token_endpoint();
    for wrong in [format!("{endpoint}/"), world.simulator.fhir_base_url(), endpoint.replace("127.0.0.1", "localhost")] {
        check_invalid(&world, world.assertion().claim("aud", wrong), Verdict::WrongAudience).await;
    }
    check_invalid(&world, world.assertion().without_claim("aud"), Verdict::WrongAudience).await;
}

#[tokio::test]
async fn exp_is_ahead_by_five_minutes_at_most() {
    let world = World::working().await;
    let now = world.now.lock().unwrap().as_second();
    // iat and nbf are at the present, so that only the distance of exp from Epic's clock is wrong.
    let at = |exp: i64| world.assertion().claim("iat", now).claim("nbf", now).claim("exp", exp);
    assert_eq!(world.present(&at(now + 300)).await.status, 200);
    assert_eq!(world.present(&at(now + 1)).await.status, 200);
    check_invalid(&world, at(now + 301), Verdict::ExpiresTooLate).await;
    check_invalid(&world, at(now), Verdict::Expired).await;
    check_invalid(&world, at(now * 1000), Verdict::ExpiresTooLate).await;
}

#[tokio::test]
async fn no_clock_skew_is_allowed_for() {
    let world = World::working().await;
    let now = world.now.lock().unwrap().as_second();
    check_invalid(&world, world.assertion().claim("iat", now + 1), Verdict::NotYetValid).await;
    check_invalid(&world, world.assertion().claim("nbf", now + 1), Verdict::NotYetValid).await;
    world.simulator.control().set_clock_offset(SignedDuration::from_secs(-21));
    check_invalid(&world, world.assertion(), Verdict::NotYetValid).await;
    world.simulator.control().set_clock_offset(SignedDuration::from_secs(240));
    check_invalid(&world, world.assertion(), Verdict::Expired).await;
}

#[tokio::test]
async fn an_assertion_lives_five_minutes_at_most() {
    let world = World::working().await;
    let now = world.now.lock().unwrap().as_second();
    for begin in ["iat", "nbf"] {
        assert_eq!(world.present(&world.assertion().claim(begin, now - 60)).await.status, 200);
        check_invalid(&world, world.assertion().claim(begin, now - 61), Verdict::LivesTooLong).await;
    }
}

#[tokio::test]
async fn times_are_numbers_of_seconds() {
    let world = World::working().await;
    check_invalid(&world, world.assertion().without_claim("exp"), Verdict::MalformedTime).await;
    check_invalid(&world, world.assertion().claim("exp", "1795435200"), Verdict::MalformedTime).await;
    check_invalid(&world, world.assertion().claim("iat", "now"), Verdict::MalformedTime).await;
}

#[tokio::test]
async fn iat_and_nbf_may_be_absent() {
    let world = World::working().await;
    assert_eq!(world.present(&world.assertion().without_claim("iat").without_claim("nbf")).await.status, 200);
}

#[tokio::test]
async fn a_jti_is_accepted_once() {
    let world = World::working().await;
    let assertion = world.assertion();
    assert_eq!(world.present(&assertion).await.status, 200);
    let answer = world.present(&assertion).await;
    assert_eq!((answer.status, &answer.body["error"]), (400, &json!("invalid_client")));
    assert_eq!(world.last_verdict(), Verdict::ReusedJti);
    let jtis: Vec<_> = world.simulator.requests().token.into_iter().map(|request| request.jti).collect();
    assert_eq!(jtis[0], jtis[1]);
    assert!(jtis[0].is_some());
}

#[tokio::test]
async fn jti_is_a_string_of_151_characters_at_most() {
    let world = World::working().await;
    assert_eq!(world.present(&world.assertion().claim("jti", "j".repeat(151))).await.status, 200);
    check_invalid(&world, world.assertion().claim("jti", "j".repeat(152)), Verdict::JtiTooLong).await;
    check_invalid(&world, world.assertion().claim("jti", 12345), Verdict::NoJti).await;
    check_invalid(&world, world.assertion().claim("jti", ""), Verdict::NoJti).await;
    check_invalid(&world, world.assertion().without_claim("jti"), Verdict::NoJti).await;
}
