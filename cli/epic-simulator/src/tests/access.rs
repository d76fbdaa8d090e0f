//! Who may ask the FHIR server what.

use super::*;

async fn get_with(world: &World, authorization: &str) -> Answer {
    let url = format!("{}/Patient/{CAMILA}", world.simulator.fhir_base_url());
    Answer::of(world.http.get(url).header(header::AUTHORIZATION, authorization)).await
}

#[track_caller]
fn check_challenge(answer: &Answer, status: u16, part: &str) {
    assert_eq!(answer.status, status);
    let challenge = answer.headers["www-authenticate"].to_str().unwrap();
    assert!(challenge.starts_with("Bearer") && challenge.contains(part), "{challenge}");
}

#[tokio::test]
async fn the_token_of_the_token_endpoint_opens_the_fhir_server() {
    let world = World::working().await;
    let token = world.token().await;
    let answer = get_with(&world, &format!("Bearer {token}")).await;
    assert_eq!((answer.status, &answer.body["id"]), (200, &json!(CAMILA)));
}

#[tokio::test]
async fn without_a_token_nothing_is_read() {
    let world = World::working().await;
    let url = format!("{}/Patient/{CAMILA}", world.simulator.fhir_base_url());
    check_challenge(&Answer::of(world.http.get(url)).await, 401, "");
    check_challenge(&get_with(&world, "Basic eDp5").await, 401, "");
}

#[tokio::test]
async fn a_token_never_issued_is_invalid() {
    let world = World::working().await;
    check_challenge(&get_with(&world, "Bearer x").await, 401, "invalid_token");
}

#[tokio::test]
async fn a_token_ends_with_its_lifetime_by_epics_clock() {
    let world = World::working().await;
    let authorization = format!("Bearer {}", world.token().await);
    world.pass(3599);
    assert_eq!(get_with(&world, &authorization).await.status, 200);
    world.simulator.control().set_clock_offset(SignedDuration::from_secs(1));
    check_challenge(&get_with(&world, &authorization).await, 401, "invalid_token");
}

#[tokio::test]
async fn a_revoked_token_is_invalid_and_a_new_one_good() {
    let world = World::working().await;
    let authorization = format!("Bearer {}", world.token().await);
    world.simulator.control().revoke_tokens();
    check_challenge(&get_with(&world, &authorization).await, 401, "invalid_token");
    assert_eq!(get_with(&world, &format!("Bearer {}", world.token().await)).await.status, 200);
}

#[tokio::test]
async fn of_two_tokens_one_can_be_revoked() {
    let world = World::working().await;
    let (revoked, other) = (world.token().await, world.token().await);
    world.simulator.control().revoke_token(&revoked);
    check_challenge(&get_with(&world, &format!("Bearer {revoked}")).await, 401, "invalid_token");
    assert_eq!(get_with(&world, &format!("Bearer {other}")).await.status, 200);
}

#[tokio::test]
async fn a_scope_opens_its_type_only_and_from_the_next_token_on() {
    let world = World::working().await;
    let before = format!("Bearer {}", world.token().await);
    world.simulator.control().set_scopes(&["system/MedicationRequest.read"]);
    assert_eq!(get_with(&world, &before).await.status, 200);
    let after = format!("Bearer {}", world.token().await);
    check_challenge(&get_with(&world, &after).await, 403, "insufficient_scope");
    assert_eq!(world.search("MedicationRequest", &[("patient", CAMILA)]).await.status, 200);
}

#[tokio::test]
async fn an_api_not_registered_is_a_bare_403() {
    let world = World::working().await;
    world.simulator.control().set_scopes(&["system/*.read"]);
    let answer = world.get("Observation/1").await;
    assert_eq!((answer.status, answer.body), (403, Value::Null));
}

#[tokio::test]
async fn what_a_type_cannot_do_is_405() {
    let world = World::working().await;
    let url = format!("{}/Patient/{CAMILA}", world.simulator.fhir_base_url());
    let token = world.token().await;
    assert_eq!(Answer::of(world.http.delete(url).bearer_auth(token)).await.status, 405);
    assert_eq!(world.search("Medication", &[("code", "x")]).await.status, 405);
}

#[tokio::test]
async fn discovery_is_anonymous() {
    let world = World::working().await;
    let get = |path: &str| world.http.get(format!("{}/{path}", world.simulator.fhir_base_url()));
    let metadata = Answer::of(get("metadata")).await;
    assert_eq!(metadata.body["resourceType"], "CapabilityStatement");
    let smart = Answer::of(get(".well-known/smart-configuration")).await;
    assert_eq!(smart.body["token_endpoint"], world.simulator.token_endpoint());
    assert!(smart.body.get("token_endpoint_auth_signing_alg_values_supported").is_none(), "Epic leaves it out");
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let world = World::working().await;
    for path in ["Patient/203713", "MedicationRequest/x", "Medication/x"] {
        world.get(path).await.check(404, &["4102"]);
    }
}

#[tokio::test]
async fn a_medication_is_read() {
    let world = World::working().await;
    let request = world.search("MedicationRequest", &[("patient", CAMILA)]).await;
    let reference = request.body["entry"][0]["resource"]["medicationReference"]["reference"].as_str().unwrap();
    let answer = world.get(reference).await;
    assert_eq!(answer.body["code"]["text"], "drospirenone-ethinyl estradiol (YAZ,GIANVI) tablet 3-0.02 mg");
}

#[tokio::test]
async fn answers_carry_epics_time() {
    let world = World::working().await;
    world.simulator.control().set_clock_offset(SignedDuration::from_secs(-90));
    let answer = world.get("metadata").await;
    assert_eq!(answer.headers["date"], "Mon, 23 Nov 2026 11:58:30 GMT");
}
