//! What the token endpoint answers, and why.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use careline::doctor::cause::Cause;
use careline::doctor::report::{Check, Outcome};
use epic_simulator::fault::{Endpoint, Fault, Times};
use jiff::SignedDuration;
use serde_json::json;

use super::clinic::Clinic;

#[tokio::test]
async fn a_client_that_is_not_synchronised_yet_is_told_apart_from_one_that_is_unknown_or_withdrawn() {
    let clinic = Clinic::new().await;
    clinic.world.epic.control().synchronise(false);
    clinic.check(&[(Check::TokenEndpoint, Cause::NotSynchronised)]).await;

    let clinic = Clinic::new().await;
    clinic.world.set("client_id", json!("the-production-one"));
    clinic.settle();
    clinic.check(&[(Check::TokenEndpoint, Cause::ClientUnknown)]).await;

    let clinic = Clinic::settled().await;
    clinic.world.epic.control().synchronise(false);
    clinic.check(&[(Check::TokenEndpoint, Cause::ClientWithdrawn)]).await;
}

#[tokio::test]
async fn another_client_id_than_the_one_that_had_a_token_is_not_taken_for_a_withdrawn_one() {
    let clinic = Clinic::settled().await;
    clinic.world.set("client_id", json!("the-production-one"));
    clinic.world.clock.advance(std::time::Duration::from_secs(60));
    clinic.world.aws.secrets_manager().changed_at(clinic.world.clock.clock().now());
    clinic.check(&[(Check::TokenEndpoint, Cause::NotSynchronised)]).await;
}

#[tokio::test]
async fn each_oauth_error_is_told_in_epics_terms() {
    let clinic = Clinic::settled().await;
    for (error, cause) in [
        ("invalid_request", Cause::RequestMalformed),
        ("unauthorized_client", Cause::NoBackgroundUser),
        ("invalid_grant", Cause::WrongFlow),
        ("unsupported_grant_type", Cause::WrongFlow),
        ("invalid_scope", Cause::ScopeMissing),
    ] {
        clinic.world.epic.control().fault(Endpoint::Token, Fault::OAuthError(error.to_owned()), Times::Next(1));
        clinic.check(&[(Check::TokenEndpoint, cause)]).await;
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_or_none_is_told_apart() {
    let clinic = Clinic::settled().await;
    let portal =
        Fault::Answer { status: 200, content_type: "text/html".to_owned(), body: "<html>s3cret</html>".to_owned() };
    for (fault, cause) in [
        (Fault::Status(503), Cause::TokenEndpointUnavailable),
        (Fault::Drop, Cause::TokenEndpointUnreachable),
        (Fault::Status(404), Cause::TokenEndpointWrong),
        (portal, Cause::TokenEndpointWrong),
    ] {
        clinic.world.epic.control().fault(Endpoint::Token, fault, Times::Next(1));
        clinic.check(&[(Check::TokenEndpoint, cause)]).await;
    }
}

#[tokio::test]
async fn a_proxy_before_the_token_endpoint_is_an_audience_that_epic_does_not_know() {
    let clinic = Clinic::settled().await;
    let proxy = proxy_to(clinic.world.epic.token_endpoint()).await;
    clinic.world.set("token_endpoint", json!(proxy));
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::Discovery, Cause::AudienceWrong)], "{}", super::clinic::text_of(&report));
    assert_eq!(report.outcome(Check::TokenEndpoint), Some(&Outcome::NotChecked(Check::Discovery)));
}

#[tokio::test]
async fn a_clock_that_differs_from_epics_is_told_by_its_date() {
    // Our iat lies in its future; and our exp in its past.
    for offset in [-60, 300] {
        let clinic = Clinic::settled().await;
        clinic.world.epic.control().set_clock_offset(SignedDuration::from_secs(offset));
        clinic.check(&[(Check::Clock, Cause::ClockWrong)]).await;
    }
    let clinic = Clinic::settled().await;
    clinic.world.epic.control().set_clock_offset(SignedDuration::from_secs(60));
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::Clock, Cause::ClockWrong)]);
    assert!(report.is_well(), "as long as tokens are granted it is a warning");
}

#[tokio::test]
async fn scopes_that_are_not_granted_are_told_by_name() {
    let clinic = Clinic::settled().await;
    clinic.world.epic.control().set_scopes(&["system/Patient.read", "system/Medication.read"]);
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::Scopes, Cause::ScopeMissing)]);
    let text = super::clinic::text_of(&report);
    assert!(text.contains("missing: system/MedicationRequest.rs"), "{text}");
}

/// A check stores nothing, takes no lease, and its token is in no answer.
#[tokio::test]
async fn a_check_leaves_no_trace() {
    let clinic = Clinic::settled().await;
    let world = &clinic.world;
    let before = world.access_token_store().read(&world.connection).await.unwrap();
    world.aws.forget_calls();
    let reply = world.refresh(json!({"connection": "sandbox", "reason": "check"})).await.unwrap();
    let text = serde_json::to_string(&reply).unwrap();
    assert!(text.contains(r#""is":"granted""#), "{text}");
    for token in world.epic.control().issued_tokens() {
        assert!(!text.contains(&token));
    }
    let after = world.access_token_store().read(&world.connection).await.unwrap();
    assert_eq!((after.version, after.fence, after.lease_until), (before.version, before.fence, before.lease_until));
    for writing in ["dynamodb:UpdateItem", "dynamodb:PutItem"] {
        assert_eq!(world.aws.count(writing), 0);
    }
    // The assertion, and the probe.
    assert_eq!(world.aws.count("kms:Sign"), 2);
}

/// A proxy on loopback that passes token requests on.
async fn proxy_to(token_endpoint: String) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    let http = shared::http::client().unwrap();
    let pass_on = move |body: Bytes| {
        let request = http.post(&token_endpoint).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        async move {
            let answer = request.send().await.unwrap();
            let status = StatusCode::from_u16(answer.status().as_u16()).unwrap();
            (status, shared::http::read_body(answer).await.unwrap())
        }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/token", post(pass_on))).await });
    url
}
