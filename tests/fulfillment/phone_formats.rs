//! The answers to a try's searches, one for each phone format, are judged together.

use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::site::PhoneFormat;
use serde_json::{Value, json};
use shared::speech::en_us::DIALOG;

use super::caller::{BORN, Caller, HOME, world_with_token};
use super::verification::{change, check_refused, twin};

/// A search's answer: these patients.
fn found(patients: &[Value]) -> Fault {
    let entries = patients.iter().map(|patient| json!({"resource": patient})).collect::<Vec<_>>();
    answer(json!({"resourceType": "Bundle", "type": "searchset", "entry": entries}).to_string())
}

fn answer(body: String) -> Fault {
    Fault::Answer { status: 200, content_type: "application/fhir+json".to_owned(), body }
}

#[tokio::test]
async fn two_patients_who_both_agree_are_refused_also_where_each_is_found_in_another_phone_format() {
    check_refused(|world| {
        let (mut camila, twin) = (Value::Null, twin(world));
        change(world, |patient| camila = patient.clone());
        for entries in [vec![camila], vec![twin], Vec::new()] {
            world.epic.control().fault(Endpoint::Patient, found(&entries), Times::Next(1));
        }
    })
    .await;
}

#[tokio::test]
async fn hits_among_which_one_cant_be_read_verify_nobody_since_it_may_agree_too() {
    for unreadable in
        [r#"{"resource": {"resourceType": "Patient", "id": "twin", "id": "twin"}}"#, r#"{"resource": []}"#]
    {
        check_refused(|world| {
            let mut camila = Value::Null;
            change(world, |patient| camila = patient.clone());
            let body = format!(
                r#"{{"resourceType": "Bundle", "type": "searchset", "entry": [{{"resource": {camila}}}, {unreadable}]}}"#
            );
            world.epic.control().fault(Endpoint::Patient, answer(body), Times::Always);
        })
        .await;
    }
}

#[tokio::test]
async fn a_chart_restricted_in_one_phone_format_is_refused_whoever_the_others_find() {
    check_refused(|world| {
        let mut camila = Value::Null;
        change(world, |patient| camila = patient.clone());
        let restricted = Fault::Outcome { status: 403, code: 4130 };
        for answer in [restricted, found(&[camila]), found(&[])] {
            world.epic.control().fault(Endpoint::Patient, answer, Times::Next(1));
        }
    })
    .await;
}

#[tokio::test]
async fn one_who_agrees_is_refused_where_the_answer_in_another_phone_format_may_hide_another() {
    let outcome = |status, code| Fault::Outcome { status, code };
    let page = |more: &str, entries: &str| {
        answer(format!(r#"{{"resourceType": "Bundle", "type": "searchset", {more} "entry": [{entries}]}}"#))
    };
    let next = r#""link": [{"relation": "next", "url": "http://127.0.0.1:1/Patient?sessionID=2"}],"#;
    for hiding in [
        outcome(400, 4127),
        outcome(200, 59133),
        outcome(301, 4107),
        page(next, ""),
        page(r#""total": 1,"#, ""),
        page("", r#"{"resource": {"resourceType": "Patient", "id": "twin", "id": "twin"}}"#),
        page("", "7"),
        found(&[json!({"resourceType": "Patient", "id": "whoever", "gender": "male", "birthDate": "1960-01-01"})]),
    ] {
        check_refused(|world| {
            let mut camila = Value::Null;
            change(world, |patient| camila = patient.clone());
            for answer in [found(&[camila]), hiding, found(&[])] {
                world.epic.control().fault(Endpoint::Patient, answer, Times::Next(1));
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_phone_format_that_epic_does_not_take_hides_nobody() {
    let world = world_with_token().await;
    let mut camila = Value::Null;
    change(&world, |patient| camila = patient.clone());
    for code in [4100, 4115, 59111] {
        let not_taken = Fault::Outcome { status: 400, code };
        for answer in [not_taken.clone(), found(std::slice::from_ref(&camila)), not_taken] {
            world.epic.control().fault(Endpoint::Patient, answer, Times::Next(1));
        }
        Caller::verified(&world).await;
    }
}

#[tokio::test]
async fn a_housemates_number_with_words_beside_it_does_no_harm() {
    let world = world_with_token().await;
    let (mut camila, mut housemate) = (Value::Null, twin(&world));
    change(&world, |patient| camila = patient.clone());
    (housemate["birthDate"], housemate["gender"]) = (json!("1960-03-01"), json!("male"));
    housemate["telecom"] = json!([{"system": "phone", "use": "home", "value": "469-555-5555 (wife)"}]);
    // Camila's legal sex.
    housemate["extension"] = json!([]);
    world.epic.control().fault(Endpoint::Patient, found(&[housemate, camila]), Times::Always);
    Caller::verified(&world).await;
}

#[tokio::test]
async fn an_outage_of_one_search_tells_a_right_guess_from_a_wrong_one_in_nothing() {
    let world = world_with_token().await;
    let mut camila = Value::Null;
    change(&world, |patient| camila = patient.clone());
    for born in ["1990-01-01", BORN] {
        world.epic.control().fault(Endpoint::Patient, found(std::slice::from_ref(&camila)), Times::Next(1));
        world.epic.control().fault(Endpoint::Patient, Fault::Truncated, Times::Next(1));
        let heard = Caller::from(&world, HOME).await.verify(born, "female").await;
        assert_eq!(heard.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person), "{born}");
        world.epic.control().heal();
    }
}

#[tokio::test]
async fn the_second_phone_format_finds_whom_the_first_does_not() {
    let world = world_with_token().await;
    world.epic.control().site(|site| site.phone_formats = vec![PhoneFormat::E164]);
    Caller::verified(&world).await;
}
