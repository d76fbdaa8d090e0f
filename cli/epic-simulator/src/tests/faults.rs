//! Delays, faults and lies.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::fault::{Endpoint, Fault, Times};

use super::*;

/// After so long without a word, none comes. It begins when the request has arrived: how long that takes is the machine's
/// affair.
const SILENCE: Duration = Duration::from_secs(1);

async fn camila(world: &World) -> Answer {
    world.get(&format!("Patient/{CAMILA}")).await
}

#[tokio::test]
async fn a_failure_strikes_so_many_times_and_its_endpoint_only() {
    let world = World::working().await;
    world.simulator.control().fail(Endpoint::Patient, 503, 2);
    assert_eq!(world.search("MedicationRequest", &[("patient", CAMILA)]).await.status, 200);
    let statuses = [camila(&world).await.status, camila(&world).await.status, camila(&world).await.status];
    assert_eq!(statuses, [503, 503, 200]);
}

#[tokio::test]
async fn a_failing_token_endpoint_still_judges_and_issues_nothing() {
    let world = World::working().await;
    world.simulator.control().fail(Endpoint::Token, 500, 1);
    let assertion = world.assertion();
    assert_eq!(world.present(&assertion).await.status, 500);
    assert_eq!(world.last_verdict(), Verdict::Granted);
    assert!(world.simulator.control().issued_tokens().is_empty());
    assert_eq!(world.simulator.requests().tokens_granted(), 0);
    world.present(&assertion).await;
    assert_eq!(world.last_verdict(), Verdict::ReusedJti, "a retry needs an assertion of its own");
}

#[tokio::test]
async fn an_oauth_error_can_be_any() {
    let world = World::working().await;
    let fault = Fault::OAuthError("unauthorized_client".to_owned());
    world.simulator.control().fault(Endpoint::Token, fault, Times::Always);
    for _ in 0..2 {
        let answer = world.present(&world.assertion()).await;
        assert_eq!((answer.status, &answer.body["error"]), (400, &json!("unauthorized_client")));
    }
}

#[tokio::test]
async fn an_outcome_can_be_any() {
    let world = World::working().await;
    let fault = Fault::Outcome { status: 403, code: 4118 };
    world.simulator.control().fault(Endpoint::Patient, fault, Times::Next(1));
    camila(&world).await.check(403, &["4118"]);
}

#[tokio::test]
async fn an_answer_can_be_any() {
    let world = World::working().await;
    let fault = Fault::Answer { status: 200, content_type: "text/html".to_owned(), body: "<html>".to_owned() };
    world.simulator.control().fault(Endpoint::Patient, fault, Times::Next(1));
    let answer = camila(&world).await;
    assert_eq!((answer.status, &answer.headers["content-type"]), (200, &"text/html".parse().unwrap()));
}

#[tokio::test]
async fn a_truncated_answer_is_no_json() {
    let world = World::working().await;
    world.simulator.control().fault(Endpoint::Patient, Fault::Truncated, Times::Next(1));
    let answer = camila(&world).await;
    assert_eq!((answer.status, &answer.body), (200, &Value::Null));
    assert_eq!(camila(&world).await.body["id"], CAMILA);
}

#[tokio::test]
async fn a_dropped_connection_has_no_answer() {
    let world = World::working().await;
    world.simulator.control().drop_connection(Endpoint::Token, 1);
    let request = world.http.post(world.simulator.token_endpoint()).body(form(&world.assertion().jwt()));
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    assert!(request.send().await.is_err());
    assert_eq!(world.simulator.control().issued_tokens().len(), 1, "issued, and lost on the way");
    assert_eq!(world.simulator.requests().tokens_granted(), 0);
    assert_eq!(world.present(&world.assertion()).await.status, 200);
}

#[tokio::test]
async fn a_hanging_endpoint_never_answers() {
    let world = World::working().await;
    world.simulator.control().hang(Endpoint::Patient);
    let url = format!("{}/Patient/{CAMILA}", world.simulator.fhir_base_url());
    let request = world.http.get(url).bearer_auth(world.simulator.control().issue_token());
    let mut hanging = tokio::spawn(request.send());
    world.simulator.until(|requests| requests.fhir.len() == 1).await;
    assert!(timeout(SILENCE, &mut hanging).await.is_err());
    hanging.abort();
    assert_eq!(world.simulator.requests().fhir.last().unwrap().status, None);
    world.simulator.control().heal();
    assert_eq!(camila(&world).await.status, 200);
}

#[tokio::test]
async fn a_stalled_answer_begins_and_never_ends() {
    let world = World::working().await;
    world.simulator.control().fault(Endpoint::Patient, Fault::Stall, Times::Always);
    let url = format!("{}/Patient/{CAMILA}", world.simulator.fhir_base_url());
    let request = world.http.get(url).bearer_auth(world.simulator.control().issue_token());
    let mut response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(!response.chunk().await.unwrap().unwrap().is_empty());
    assert!(timeout(SILENCE, response.bytes()).await.is_err());
}

#[tokio::test]
async fn a_dripping_answer_goes_on_and_on() {
    let world = World::working().await;
    world.simulator.control().fault(Endpoint::Patient, Fault::Drip, Times::Always);
    let url = format!("{}/Patient/{CAMILA}", world.simulator.fhir_base_url());
    let request = world.http.get(url).bearer_auth(world.simulator.control().issue_token());
    let mut response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    for _ in 0..3 {
        assert_eq!(response.chunk().await.unwrap().unwrap().len(), 1);
    }
    assert!(timeout(SILENCE, response.bytes()).await.is_err());
}

#[tokio::test]
async fn a_held_answer_comes_when_it_is_released() {
    let world = World::working().await;
    world.simulator.control().fault(Endpoint::Token, Fault::Hold, Times::Next(1));
    let assertion = world.assertion();
    let release = async {
        world.simulator.until(|requests| requests.token.len() == 1).await;
        assert_eq!(world.token().await.len(), 64, "the next request isn't held");
        world.simulator.control().release();
    };
    let (held, ()) = tokio::join!(world.present(&assertion), release);
    assert_eq!(held.status, 200);
    assert_eq!(world.simulator.requests().tokens_granted(), 2);
}

#[tokio::test]
async fn a_delay_delays() {
    let world = World::working().await;
    world.simulator.control().delay(Endpoint::Patient, Duration::from_millis(120));
    let start = Instant::now();
    assert_eq!(camila(&world).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn the_token_answer_can_lie() {
    let world = World::working().await;
    let lie = json!({"expires_in": "3600", "token_type": "mac", "scope": null});
    world.simulator.control().lie_about_token(lie);
    let answer = world.present(&world.assertion()).await;
    assert_eq!((&answer.body["expires_in"], &answer.body["token_type"]), (&json!("3600"), &json!("mac")));
    assert!(answer.body.get("scope").is_none());
    world.simulator.control().heal();
    assert_eq!(world.present(&world.assertion()).await.body["expires_in"], 3600);
}

#[tokio::test]
async fn a_search_can_be_answered_with_everything() {
    let world = World::working().await;
    world.simulator.control().lie_unfiltered();
    let criteria = [("telecom", "469-555-5555"), ("birthdate", "1987-09-12")];
    assert_eq!(world.search("Patient", &criteria).await.matches().len(), 14);
    assert_eq!(world.search("MedicationRequest", &[("patient", CAMILA)]).await.body["total"], 1746);
}

#[tokio::test]
async fn filters_can_be_ignored() {
    let world = World::working().await;
    world.simulator.control().lie_about_filters();
    let parameters = [("patient", "8e1a0a7c-e308-444b-075a-3c2b1f60f881"), ("status", "active")];
    assert_eq!(world.search("MedicationRequest", &parameters).await.matches().len(), 2);
}

#[tokio::test]
async fn entries_can_be_slipped_in_as_they_are() {
    let world = World::working().await;
    let foreign = crate::control::entry(json!({"resourceType": "MedicationRequest", "id": "foreign"}));
    world.simulator.control().lie_with_entries(vec![foreign, json!("no entry"), json!({"resource": 7})]);
    let answer = world.search("MedicationRequest", &[("patient", CAMILA)]).await;
    assert_eq!(answer.matches()[1], "foreign");
    assert_eq!(answer.body["entry"][2], "no entry");
    assert_eq!(answer.body["entry"][3]["resource"], 7);
}

#[tokio::test]
async fn next_links_can_lead_elsewhere_or_never_end() {
    let world = World::working().await;
    world.simulator.control().lie_about_next_link("https://example.org/x");
    let parameters = [("patient", CAMILA)];
    assert_eq!(world.search("MedicationRequest", &parameters).await.next().unwrap(), "https://example.org/x");
    world.simulator.control().heal();
    world.simulator.control().lie_endlessly();
    let mut next = world.search("MedicationRequest", &parameters).await.next().unwrap();
    for _ in 0..3 {
        let answer = world.follow(&next).await;
        assert_eq!(answer.matches().len(), 1);
        next = answer.next().expect("another page");
    }
}
