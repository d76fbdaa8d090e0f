//! What Epic finds at the JWK Set URL.

use careline::doctor::cause::Cause;
use careline::doctor::report::{Check, Outcome};
use epic_simulator::settings::KeySource;
use serde_json::{Value, json};

use super::clinic::{Clinic, Page, doubled, set_with};
use crate::support::key_set::key_set;
use crate::support::kms::{EC_PUBLIC_KEY, PUBLIC_KEY};

async fn check(page: Page, expected: Cause) {
    let clinic = Clinic::settled().await;
    clinic.publish(page);
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::JwkSetUrl, expected)], "{}", super::clinic::text_of(&report));
    // Epic says invalid_client, and doctor that it follows.
    assert_eq!(report.outcome(Check::TokenEndpoint), Some(&Outcome::NotChecked(Check::JwkSetUrl)));
}

#[tokio::test]
async fn a_url_that_asks_for_a_login_or_does_not_serve_is_told_apart() {
    let login = Page { location: Some("https://login.example/"), ..Page::answering(302, "") };
    check(login, Cause::JwksUrlRedirects).await;
    check(Page::answering(401, ""), Cause::JwksUrlRefuses).await;
    check(Page::answering(404, r#"{"message":"Not Found"}"#), Cause::JwksUrlRefuses).await;
    check(Page::answering(200, "<html>log in</html>"), Cause::JwksNotASet).await;
}

#[tokio::test]
async fn a_url_that_does_not_answer_is_told() {
    let mut clinic = Clinic::settled().await;
    clinic.output("JwksUrl", "http://127.0.0.1:9/{connection}/jwks.json");
    clinic.register();
    clinic.check(&[(Check::JwkSetUrl, Cause::JwksUrlUnreachable)]).await;
}

#[tokio::test]
async fn a_key_that_epic_cannot_take_from_the_set_is_told_apart() {
    check(Page::of(&key_set(&[EC_PUBLIC_KEY])), Cause::KidAbsent).await;
    check(Page::of(&doubled()), Cause::KidRepeated).await;
    check(Page::of(&set_with(&[("kty", json!("EC"))])), Cause::KeyTypeWrong).await;
    check(Page::of(&set_with(&[("alg", json!("RS256"))])), Cause::KeyTypeWrong).await;
    let other = key_set(&[include_bytes!("../../shared/src/jwk/rsa-2048.public.der")]);
    let other: Value = other["keys"][0]["n"].clone();
    check(Page::of(&set_with(&[("n", other)])), Cause::KeyDiffers).await;
}

#[tokio::test]
async fn a_set_that_says_not_how_long_it_may_be_kept_is_a_warning() {
    let clinic = Clinic::settled().await;
    clinic.publish(Page { cache_control: None, ..Page::of(&key_set(&[PUBLIC_KEY])) });
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::JwkSetUrl, Cause::CacheUnstated)]);
    assert!(report.is_well());
}

#[tokio::test]
async fn an_old_set_that_epic_keeps_is_told_apart_from_a_key_that_was_uploaded() {
    let clinic = Clinic::settled().await;
    // Epic has a copy, and keeps it.
    clinic.world.epic.control().keep_key_set();
    clinic.world.sign_with(crate::support::kms::EC_SIGNING_KEY_ID, EC_PUBLIC_KEY).await;
    clinic.publish_quietly(Page::of(&key_set(&[PUBLIC_KEY, EC_PUBLIC_KEY])));
    clinic.check(&[(Check::TokenEndpoint, Cause::KeySetCached)]).await;

    let clinic = Clinic::settled().await;
    clinic.world.epic.control().register_keys(KeySource::Set(key_set(&[PUBLIC_KEY])));
    clinic.world.sign_with(crate::support::kms::EC_SIGNING_KEY_ID, EC_PUBLIC_KEY).await;
    clinic.publish_quietly(Page::of(&key_set(&[PUBLIC_KEY, EC_PUBLIC_KEY])));
    clinic.world.clock.advance(std::time::Duration::from_secs(2 * 60 * 60));
    clinic.check(&[(Check::TokenEndpoint, Cause::StaticKey)]).await;
}
