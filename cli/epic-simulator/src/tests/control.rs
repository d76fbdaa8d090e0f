//! The simulator steered by another process, and its life.

use std::time::Duration;

use crate::fault::Endpoint;

use super::*;

async fn command(world: &World, command: Value) -> u16 {
    let request = world.http.post(world.simulator.control_url()).body(command.to_string());
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn every_knob_turns_over_http() {
    let world = World::working().await;
    for knob in [
        json!({"delay": {"endpoint": "token", "milliseconds": 1}}),
        json!({"fault": {"endpoint": "patient", "fault": {"outcome": {"status": 403, "code": 4118}}, "times": {"next": 1}}}),
        json!({"fault": {"endpoint": "page", "fault": "stall", "times": "always"}}),
        json!({"fault": {"endpoint": "token", "fault": {"o_auth_error": "invalid_client"}, "times": {"next": 1}}}),
        json!({"fail": {"endpoint": "medication_request", "status": 503, "times": 2}}),
        json!({"hang": {"endpoint": "medication"}}),
        json!({"drop_connection": {"endpoint": "discovery", "times": 1}}),
        json!("release"),
        json!("heal"),
        json!({"site": {"page_size": 5, "page_session_lifetime": 60, "phone_formats": ["e164"],
            "minimum_data_sets": "epic_default", "post_search": "ignores_body", "includes": false,
            "post_filter": true, "restricted_answer": {"refused": {"code": 4131}}, "warnings": [4119]}}),
        json!({"site": {}}),
        json!({"restrict": {"patient": "x"}}),
        json!({"restrict_medications": {"patient": "x"}}),
        json!({"unrestrict": {"patient": "x"}}),
        json!("revoke_tokens"),
        json!({"set_scopes": ["system/*.read"]}),
        json!({"register_keys": {"set": {"keys": [jwk(CLIENT_KEY, "key-1")]}}}),
        json!({"register_keys": {"url": "http://127.0.0.1:1/jwks"}}),
        json!("expire_pages"),
        json!({"set_clock_offset": {"seconds": -30}}),
        json!({"lie_about_token": {"expires_in": null}}),
        json!({"lie_with_entries": [{"resource": {}}]}),
        json!("lie_unfiltered"),
        json!("lie_about_filters"),
        json!({"lie_about_next_link": {"url": "https://example.org/"}}),
        json!("lie_endlessly"),
        json!({"put": {"resourceType": "Patient", "id": "x"}}),
        json!({"put_in_chart": {"patient": "x", "resource": {}}}),
        json!({"remove": {"resource_type": "Patient", "id": "x"}}),
    ] {
        assert_eq!(command(&world, knob.clone()).await, 204, "{knob}");
    }
}

#[tokio::test]
async fn a_command_does_what_it_says() {
    let world = World::working().await;
    command(&world, json!({"restrict": {"patient": CAMILA}})).await;
    world.get(&format!("Patient/{CAMILA}")).await.check(403, &["4130"]);
    command(&world, json!({"unrestrict": {"patient": CAMILA}})).await;
    command(&world, json!({"fail": {"endpoint": "patient", "status": 502, "times": 1}})).await;
    assert_eq!(world.get(&format!("Patient/{CAMILA}")).await.status, 502);
    assert_eq!(world.get(&format!("Patient/{CAMILA}")).await.status, 200);
}

#[tokio::test]
async fn an_unknown_command_is_refused() {
    let world = World::working().await;
    for wrong in
        [json!("explode"), json!({"fail": {"endpoint": "nowhere"}}), json!({"site": {"page_sice": 1}}), json!(1)]
    {
        assert_eq!(command(&world, wrong.clone()).await, 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_was_asked_is_told_over_http() {
    let world = World::working().await;
    world.token().await;
    world.present(&world.assertion().claim("aud", "x")).await;
    world.get("metadata").await;
    let told = Answer::of(world.http.get(world.simulator.requests_url())).await.body;
    assert_eq!(told["token"][0]["verdict"], "granted");
    assert_eq!(told["token"][1]["verdict"], "wrong-audience");
    assert_eq!(told["fhir"][0]["kind"], "discovery");
    assert_eq!(told["key_set_fetches"], 0);
}

#[tokio::test]
async fn a_stopped_simulator_is_gone_even_while_it_hangs() {
    let world = World::working().await;
    world.simulator.control().hang(Endpoint::Patient);
    let url = format!("{}/Patient/{CAMILA}", world.simulator.fhir_base_url());
    let request = world.http.get(&url).bearer_auth(world.simulator.control().issue_token());
    let hanging = tokio::spawn(request.send());
    world.simulator.until(|requests| requests.fhir.len() == 1).await;
    // At once, but on a machine that may be busy; who waited for what hangs would wait for ever.
    tokio::time::timeout(Duration::from_secs(20), world.simulator.stop()).await.expect("stops");
    assert!(hanging.await.unwrap().is_err());
    assert!(world.http.get(url).send().await.unwrap_err().is_connect());
}
