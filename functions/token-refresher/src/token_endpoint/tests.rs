use serde_json::{Value, json};
use shared::telemetry::ErrorChain;

use super::*;

fn needed() -> Scopes {
    Scopes::parse_needed("system/Patient.rs system/MedicationRequest.rs").unwrap()
}

/// Epic's own example (oauth2 documentation), with the scopes we need.
fn granted() -> Value {
    json!({
        "access_token": "eyJhbGciOiJSUzI1NiJ9.s3cret.x",
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": "Patient.read Patient.search MedicationRequest.read MedicationRequest.search",
    })
}

fn read(status: u16, body: &Value) -> Result<Grant, TokenRequestError> {
    read_response(StatusCode::from_u16(status).unwrap(), body.to_string().as_bytes(), &needed())
}

#[track_caller]
fn check_refused(field: &str, value: Value, expected: &TokenRequestError) {
    let mut body = granted();
    body[field] = value;
    assert_eq!(read(200, &body).err().as_ref(), Some(expected));
}

#[test]
fn a_token_response_is_read() {
    let grant = read(200, &granted()).ok().unwrap();
    assert_eq!(grant.expires_in, Duration::from_secs(3600));
    assert!(grant.scope.starts_with("Patient.read "));
}

#[test]
fn a_token_is_granted_whatever_stands_beside_it_and_with_201_too() {
    let mut body = granted();
    body.as_object_mut().unwrap().extend(
        json!({"refresh_token": null, "ext_expires_in": "x", "patient": 7, "id_token": ["s3cret"], "scope": null})
            .as_object()
            .unwrap()
            .clone(),
    );
    for status in [200, 201] {
        assert_eq!(read(status, &body).ok().unwrap().scope, needed().as_str());
    }
}

#[test]
fn bearer_is_bearer_in_any_case() {
    let mut body = granted();
    body["token_type"] = json!("Bearer");
    assert!(read(200, &body).is_ok());
    check_refused("token_type", json!("mac"), &TokenRequestError::TokenType);
}

#[test]
fn a_life_must_be_long_enough_to_be_used_and_is_taken_as_a_day_at_most() {
    check_refused("expires_in", json!(0), &TokenRequestError::Lifetime);
    check_refused("expires_in", json!(-1), &TokenRequestError::Lifetime);
    check_refused("expires_in", json!(14), &TokenRequestError::Lifetime);
    let mut body = granted();
    body["expires_in"] = json!(15);
    assert_eq!(read(200, &body).ok().unwrap().expires_in, SHORTEST_LIFE);
    body["expires_in"] = json!(i64::MAX);
    assert_eq!(read(200, &body).ok().unwrap().expires_in, LONGEST_LIFE);
}

#[test]
fn a_life_is_read_in_every_form_of_a_whole_number() {
    let mut body = granted();
    for hour in [json!(3600), json!(3600.0), json!("3600"), json!(3.6e3)] {
        body["expires_in"] = hour;
        assert_eq!(read(200, &body).ok().unwrap().expires_in, Duration::from_secs(3600), "{body}");
    }
    for longest in [json!(u64::MAX), json!(1e300), json!("99999999")] {
        body["expires_in"] = longest;
        assert_eq!(read(200, &body).ok().unwrap().expires_in, LONGEST_LIFE, "{body}");
    }
    for none in [json!(0.5), json!(3600.5), json!(-3600.0), json!("0"), json!("-1"), json!("3600 s"), json!("")] {
        check_refused("expires_in", none, &TokenRequestError::Lifetime);
    }
    for other in [json!(true), json!([3600]), json!({"seconds": 3600})] {
        body["expires_in"] = other;
        assert!(matches!(read(200, &body).err().unwrap(), TokenRequestError::Json(_)), "{body}");
    }
}

#[test]
fn a_life_that_is_not_told_is_taken_as_the_one_that_smart_recommends() {
    let mut body = granted();
    body["expires_in"] = json!(null);
    assert_eq!(read(200, &body).ok().unwrap().expires_in, Duration::from_secs(300));
    body.as_object_mut().unwrap().remove("expires_in");
    assert_eq!(read(200, &body).ok().unwrap().expires_in, Duration::from_secs(300));
}

#[test]
fn a_token_that_no_header_takes_is_refused() {
    for token in ["", "a b", "a\nb", "ü", &"a".repeat(LONGEST_TOKEN + 1)] {
        check_refused("access_token", json!(token), &TokenRequestError::Token);
    }
}

#[test]
fn fewer_scopes_than_needed_are_refused_and_none_told_means_those_asked_for() {
    check_refused("scope", json!("system/Patient.rs"), &TokenRequestError::Narrowed);
    let mut body = granted();
    body.as_object_mut().unwrap().remove("scope");
    assert_eq!(read(200, &body).ok().unwrap().scope, needed().as_str());
}

#[test]
fn an_oauth_error_is_final_and_only_known_codes_are_repeated() {
    let body = json!({"error": "invalid_client", "error_description": null});
    for status in [400, 401] {
        let error = read(status, &body).err().unwrap();
        assert_eq!((error.code(), error.is_retryable()), ("invalid_client", false));
    }
    let error = read(400, &json!({"error": "s3cret"})).err().unwrap();
    assert_eq!((error.code(), error.is_retryable()), ("unknown-oauth-error", false));
}

#[test]
fn throttling_and_server_errors_may_pass_whatever_their_body_says() {
    for status in [429, 500, 502, 503, 504] {
        let error = read(status, &json!({"error": "invalid_client"})).err().unwrap();
        assert_eq!((error.code(), error.is_retryable()), ("token-endpoint-unavailable", true));
    }
}

#[test]
fn another_status_without_an_oauth_error_is_final() {
    for status in [204, 302, 400, 403, 404] {
        let error = read(status, &json!("<html>")).err().unwrap();
        assert_eq!((error.code(), error.is_retryable()), ("token-endpoint-refused", false));
    }
}

#[test]
fn no_error_repeats_the_answer() {
    for body in [
        json!({"access_token": "s3cret"}),
        json!({"access_token": {"s3cret": 1}, "token_type": "bearer", "expires_in": 1}),
        json!({"access_token": "s3cret", "token_type": "s3cret", "expires_in": 1}),
        json!({"access_token": "s3cret", "token_type": "bearer", "expires_in": "s3cret"}),
        json!({"access_token": "s3cret s3cret", "token_type": "bearer", "expires_in": 1}),
        json!({"access_token": "s3cret", "token_type": "bearer", "expires_in": 1, "scope": "s3cret"}),
    ] {
        let error = read(200, &body).err().unwrap();
        let shown = format!("{} {error:?}", ErrorChain(&error));
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}
