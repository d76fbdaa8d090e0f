//! A server that lies about who the caller is, or shows them in what the standards allow and we can't go by.

use epic_simulator::control::entry;
use epic_simulator::fault::{Endpoint, Fault, Times};
use serde_json::{Value, json};

use super::caller::{CAMILA, Caller, world_with_token};
use super::verification::{change, check_refused, twin};
use crate::support::world::World;

/// Has every search for patients find these.
fn find(world: &World, patients: Vec<Value>) {
    let entries: Vec<_> = patients.into_iter().map(entry).collect();
    let body = json!({"resourceType": "Bundle", "type": "searchset", "entry": entries}).to_string();
    let answer = Fault::Answer { status: 200, content_type: "application/fhir+json".to_owned(), body };
    world.epic.control().fault(Endpoint::Patient, answer, Times::Always);
}

/// Camila as the chart has her.
fn camila(world: &World) -> Value {
    let mut camila = twin(world);
    camila["id"] = json!(CAMILA);
    camila
}

#[tokio::test]
async fn a_patient_who_is_shown_in_two_ways_of_which_one_disagrees_is_refused() {
    for (element, value) in [
        ("birthDate", json!("1950-01-01")),
        ("telecom", json!([{"system": "phone", "use": "home", "value": "212-555-0100"}])),
        ("gender", json!("male")),
        ("deceasedBoolean", json!(true)),
    ] {
        check_refused(|world| {
            let mut other = camila(world);
            // Without Epic's legal sex, which agrees as well as the gender.
            other["extension"] = Value::Null;
            other[element] = value;
            find(world, vec![camila(world), other]);
        })
        .await;
    }
}

#[tokio::test]
async fn a_patient_who_is_shown_twice_in_one_way_is_one_patient() {
    let world = world_with_token().await;
    find(&world, vec![camila(&world), camila(&world)]);
    Caller::verified(&world).await;
}

/// FHIR: what changes the meaning of a resource, and isn't known, lets nobody go by it; an element without a value is there
/// all the same.
#[tokio::test]
async fn a_chart_that_something_changes_which_we_do_not_know_is_refused() {
    for (element, value) in [
        ("implicitRules", json!("http://example.org/rules")),
        ("modifierExtension", json!([{"url": "http://example.org/not", "valueBoolean": true}])),
        ("_deceasedDateTime", json!({"extension": [{"url": "http://example.org/unknown"}]})),
    ] {
        check_refused(|world| change(world, |camila| camila[element] = value)).await;
    }
    for (element, value) in [("deceasedBoolean", Value::Null), ("multipleBirthBoolean", json!(true))] {
        let world = world_with_token().await;
        change(&world, |camila| camila[element] = value);
        Caller::verified(&world).await;
    }
}
