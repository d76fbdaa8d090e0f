//! The token request's form, and the answer.

use super::*;

#[tokio::test]
async fn a_right_assertion_gets_a_token() {
    let world = World::working().await;
    let answer = world.present(&world.assertion()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["token_type"], "bearer");
    assert_eq!(answer.body["expires_in"], 3600);
    assert_eq!(
        answer.body["scope"],
        "system/Patient.read system/MedicationRequest.read system/MedicationStatement.read system/Medication.read \
         system/Appointment.read",
        "what is registered, whatever is asked for"
    );
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(world.last_verdict(), Verdict::Granted);
    assert_eq!(world.simulator.requests().tokens_granted(), 1);
}

#[tokio::test]
async fn tokens_are_opaque_and_never_the_same() {
    let world = World::working().await;
    let (first, second) = (world.token().await, world.token().await);
    assert_ne!(first, second);
    assert!(!first.contains('.'), "nobody should try to decode it as a JWT");
    let mut issued = world.simulator.control().issued_tokens();
    issued.sort();
    let mut got = vec![first, second];
    got.sort();
    assert_eq!(issued, got);
}

#[track_caller]
fn check_refused(world: &World, answer: &Answer, error: &str, verdict: Verdict) {
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body, json!({"error": error, "error_description": null}));
    assert_eq!(world.last_verdict(), verdict);
}

#[tokio::test]
async fn only_post_is_taken() {
    let world = World::working().await;
    let answer = Answer::of(world.http.get(world.simulator.token_endpoint())).await;
    check_refused(&world, &answer, "invalid_request", Verdict::NotPost);
}

#[tokio::test]
async fn only_a_form_is_taken() {
    let world = World::working().await;
    for content_type in ["application/json", "multipart/form-data; boundary=x", "text/plain"] {
        let request = world.http.post(world.simulator.token_endpoint()).header(header::CONTENT_TYPE, content_type);
        let answer = Answer::of(request.body(form(&world.assertion().jwt()))).await;
        check_refused(&world, &answer, "invalid_request", Verdict::NotForm);
    }
    let without = world.http.post(world.simulator.token_endpoint()).body(form(&world.assertion().jwt()));
    check_refused(&world, &Answer::of(without).await, "invalid_request", Verdict::NotForm);
}

#[tokio::test]
async fn a_forms_character_set_may_be_named() {
    let world = World::working().await;
    let request = world.http.post(world.simulator.token_endpoint());
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded;charset=UTF-8");
    assert_eq!(Answer::of(request.body(form(&world.assertion().jwt()))).await.status, 200);
}

#[tokio::test]
async fn no_query_string_is_taken_not_even_an_empty_one() {
    let world = World::working().await;
    for suffix in ["?", "?grant_type=client_credentials"] {
        let request = world.http.post(format!("{}{suffix}", world.simulator.token_endpoint()));
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = Answer::of(request.body(form(&world.assertion().jwt()))).await;
        check_refused(&world, &answer, "invalid_request", Verdict::QueryString);
    }
}

#[tokio::test]
async fn every_parameter_is_needed_once() {
    let world = World::working().await;
    let whole = form(&world.assertion().jwt());
    for name in ["grant_type", "client_assertion_type", "client_assertion"] {
        let others = whole.split('&').filter(|pair| pair.split('=').next() != Some(name)).collect::<Vec<_>>();
        let answer = world.post_token(&others.join("&")).await;
        check_refused(&world, &answer, "invalid_request", Verdict::MissingParameter);
        let answer = world.post_token(&format!("{whole}&{name}=x")).await;
        check_refused(&world, &answer, "invalid_request", Verdict::RepeatedParameter);
    }
    assert_eq!(world.post_token(&whole).await.status, 200, "none of the refusals used the assertion up");
}

#[tokio::test]
async fn another_grant_is_not_supported() {
    let world = World::working().await;
    let body = form(&world.assertion().jwt()).replace("client_credentials", "authorization_code");
    let answer = world.post_token(&body).await;
    check_refused(&world, &answer, "unsupported_grant_type", Verdict::UnsupportedGrantType);
}

#[tokio::test]
async fn another_assertion_type_is_refused() {
    let world = World::working().await;
    let body = form(&world.assertion().jwt()).replace("jwt-bearer", "saml2-bearer");
    check_refused(&world, &world.post_token(&body).await, "invalid_request", Verdict::WrongAssertionType);
}
