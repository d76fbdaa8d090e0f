//! Calls that share a contact id: an id is a name that anybody can say, and opens nothing.

use serde_json::json;
use shared::speech::en_us::DIALOG;

use super::caller::{BORN, Caller, HOME, Heard, slots, world_with_token};
use super::dialogue::person;
use crate::support::patient::Patient;
use crate::support::world::World;

/// Everything that is asked of a chart.
const QUESTIONS: [&str; 8] = [
    "ListMedications",
    "MoreMedications",
    "CountMedications",
    "HowToTake",
    "WhatFor",
    "SpellThat",
    "NextAppointment",
    "SpeakSlower",
];

/// A patient who takes nothing but `medication`.
fn taking(world: &World, digits: &str, medication: &str) -> Patient {
    let patient = Patient::admit(&world.epic, digits);
    world.epic.control().change("MedicationRequest", &format!("eOrder{digits}"), |order| {
        order.as_object_mut().unwrap().remove("medicationReference");
        order["medicationCodeableConcept"] = json!({"text": format!("{medication} 10 mg tablet")});
    });
    patient
}

/// Somebody who calls from `number` in the contact of `other`, as Lex's session too.
async fn in_the_contact_of<'a>(other: &Caller<'_>, world: &'a World, number: &str) -> Caller<'a> {
    let mut caller = Caller::from(world, number).await;
    caller.attributes.insert("contactId".to_owned(), other.attributes["contactId"].clone());
    caller
}

#[track_caller]
fn hears(heard: &Heard, medication: &str, never: &str) {
    assert!(heard.text.contains(medication) && !heard.text.contains(never), "{heard:?}");
}

#[tokio::test]
async fn of_two_calls_in_one_contact_each_hears_their_own_list() {
    let world = world_with_token().await;
    let (first, second) = (taking(&world, "0101", "firstamine"), taking(&world, "0102", "secondamine"));
    let mut one = Caller::from(&world, &first.number).await;
    let mut other = in_the_contact_of(&one, &world, &second.number).await;
    let verified = tokio::join!(one.verify(BORN, "female"), other.verify(BORN, "female"));
    assert_eq!([verified.0.status.as_deref(), verified.1.status.as_deref()], [Some("verified"); 2]);
    assert_ne!(one.call(), other.call());
    // Read live and at once, and then each from its own record.
    for _ in 0..2 {
        let heard = tokio::join!(one.say("ListMedications"), other.say("ListMedications"));
        hears(&heard.0, "firstamine", "secondamine");
        hears(&heard.1, "secondamine", "firstamine");
    }
    // One environment answers both, turn by turn.
    one.fulfillment = other.fulfillment;
    hears(&one.say("ListMedications").await, "firstamine", "secondamine");
    std::mem::swap(&mut one.attributes, &mut other.attributes);
    hears(&one.say("ListMedications").await, "secondamine", "firstamine");
}

#[tokio::test]
async fn who_knows_a_verified_callers_contact_hears_nothing_of_theirs() {
    let world = world_with_token().await;
    let patient = taking(&world, "0103", "firstamine");
    let mut victim = Caller::from(&world, &patient.number).await;
    assert_eq!(victim.verify(BORN, "female").await.status.as_deref(), Some("verified"));
    hears(&victim.say("ListMedications").await, "firstamine", "secondamine");
    let contact = victim.attributes["contactId"].clone();
    // A chat whose client says what it likes, but for the reference, which it can't know.
    let mut chat = in_the_contact_of(&victim, &world, &patient.number).await;
    for guess in [None, Some(&contact)] {
        chat.attributes.insert("verificationStatus".to_owned(), json!("verified"));
        if let Some(guess) = guess {
            chat.attributes.insert("callReference".to_owned(), guess.clone());
        }
        for question in QUESTIONS {
            let attributes = chat.attributes.clone();
            let mut event = chat.event(question, "FulfillmentCodeHook", json!({}));
            event["requestAttributes"]["x-amz-lex:channels:platform"] = json!("Connect Chat");
            let (heard, footprint) = chat.footprint(async |chat| chat.send(&event).await).await;
            assert!(!heard.text.contains("firstamine") && footprint.fhir.is_empty(), "{question}: {heard:?}");
            chat.attributes = attributes;
        }
    }
    // Nor does the number of the contact that they chat in verify them.
    chat.attributes.remove("callReference");
    let mut event = chat.event("VerifyCaller", "FulfillmentCodeHook", slots(BORN, "female"));
    event["requestAttributes"]["x-amz-lex:channels:platform"] = json!("Connect Chat");
    person(&chat.send(&event).await, DIALOG.number_not_usable);
}

#[tokio::test]
async fn tries_that_fail_in_a_verified_callers_contact_take_nothing_from_them() {
    let world = world_with_token().await;
    let patient = taking(&world, "0104", "firstamine");
    let mut victim = Caller::from(&world, &patient.number).await;
    assert_eq!(victim.verify(BORN, "female").await.status.as_deref(), Some("verified"));
    let mut other = in_the_contact_of(&victim, &world, HOME).await;
    for born in ["1990-01-01", "1990-01-02", "1990-01-03"] {
        assert!(!other.verify(born, "female").await.text.contains(DIALOG.verified));
    }
    assert!(!other.say("ListMedications").await.text.contains("firstamine"));
    hears(&victim.say("ListMedications").await, "firstamine", "secondamine");
}
