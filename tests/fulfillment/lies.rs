//! A server that lies about who the caller is, or shows them in what the standards allow and we can't go by.

use epic_simulator::control::entry;
use serde_json::{Value, json};

use super::caller::{Caller, world_with_token};
use super::verification::{change, check_refused, twin};

#[tokio::test]
async fn a_patient_who_is_shown_in_two_ways_of_which_one_disagrees_is_refused() {
    for (element, value) in [
        ("birthDate", json!("1950-01-01")),
        ("telecom", json!([{"system": "phone", "use": "home", "value": "212-555-0100"}])),
        ("gender", json!("male")),
        ("deceasedBoolean", json!(true)),
    ] {
        check_refused(|world| {
            let mut other = twin(world);
            other["id"] = json!(super::caller::CAMILA);
            // Without Epic's legal sex, which agrees as well as the gender.
            other["extension"] = Value::Null;
            other[element] = value;
            world.epic.control().lie_with_entries(vec![entry(other)]);
        })
        .await;
    }
}

#[tokio::test]
async fn a_patient_who_is_shown_twice_in_one_way_is_one_patient() {
    let world = world_with_token().await;
    let mut same = twin(&world);
    same["id"] = json!(super::caller::CAMILA);
    world.epic.control().lie_with_entries(vec![entry(same)]);
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
