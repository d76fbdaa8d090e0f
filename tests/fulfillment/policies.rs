//! What a site may ask its callers for, and what a number is worth that is said (design.md, promises 4 and 5).

use epic_simulator::site::MinimumDataSets;
use serde_json::{Value, json};
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::en_us::DIALOG;

use super::attempts::counted;
use super::caller::{BORN, CAMILA, Caller, HOME, WORK, world_with_token};
use super::dialogue::{Dialogue, asks, person, policy, reads_back, refused, verified};
use super::verification::change;
use crate::support::world::World;

const SAID: &str = "September twelfth nineteen eighty-seven";
const NOBODYS: &str = "+14695550000";
/// The numbering system of record numbers in Epic's sandbox.
const MRN_SYSTEM: &str = "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.14";

fn with_names() -> Value {
    policy(json!({"required": ["phone", "name", "birth_date", "gender"]}))
}

fn by_name() -> Value {
    policy(json!({"required": ["name", "birth_date", "postal_code"]}))
}

fn said_needs(also: Value) -> Value {
    policy(json!({"said_number": also}))
}

async fn record_of(world: &World, caller: &Caller<'_>) -> (String, Vec<String>) {
    let record = world.call_store().read(&caller.call(), world.clock.clock().now()).await.unwrap().unwrap();
    (record.caller.patient.expose().to_owned(), record.caller.verified_by)
}

#[tokio::test]
async fn an_epic_that_wants_names_finds_who_gives_them() {
    let world = world_with_token().await;
    world.epic.control().site(|site| site.minimum_data_sets = MinimumDataSets::EpicDefault);
    let mut dialogue = Dialogue::at(&world, with_names(), HOME).await;
    asks(&dialogue.says("verify me", &[]).await, "FirstName");
    asks(&dialogue.answers("FirstName", "camila").await, "LastName");
    asks(&dialogue.answers("LastName", "lópez").await, "DateOfBirth");
    reads_back(&dialogue.born(SAID, BORN).await, "Gender");
    verified(&dialogue.answers("Gender", "female").await);
    let search = world.epic.requests().fhir.last().unwrap().parameters.clone();
    for parameter in ["birthdate", "telecom", "family", "given", "gender"] {
        assert!(search.iter().any(|name| name == parameter), "{search:?}");
    }
    let (patient, by) = record_of(&world, &dialogue.caller).await;
    assert_eq!((patient.as_str(), by), (CAMILA, ["phone", "name", "birth_date", "gender"].map(str::to_owned).to_vec()));
    let attributes = serde_json::to_string(&dialogue.caller.attributes).unwrap().to_lowercase();
    for secret in ["camila", "lopez", "lópez", "1987"] {
        assert!(!attributes.contains(secret), "{attributes}");
    }
}

#[tokio::test]
async fn a_name_is_spelled_on_request_and_after_it_was_not_understood() {
    let world = world_with_token().await;
    let dialog = &DIALOG.verification;
    let mut dialogue = Dialogue::at(&world, with_names(), HOME).await;
    dialogue.says("verify me", &[]).await;
    let heard = dialogue.answers("FirstName", "I'll spell it").await;
    assert_eq!((heard.slot.as_deref(), heard.text.as_str()), (Some("FirstName"), dialog.spell_first_name.on_the_phone));
    assert_eq!(heard.intent["slots"]["FirstName"], Value::Null);
    asks(&dialogue.says("c a m i l a", &[("FirstName", "c a m i l a", "camila")]).await, "LastName");
    let heard = dialogue.says("uh", &[]).await;
    let expected = format!("{} {}", dialog.not_heard, dialog.spell_last_name.on_the_phone);
    assert_eq!((heard.slot.as_deref(), heard.text), (Some("LastName"), expected));
    dialogue.answers("LastName", "L O P E Z").await;
    dialogue.born(SAID, BORN).await;
    verified(&dialogue.answers("Gender", "female").await);
}

#[tokio::test]
async fn another_name_is_refused_like_anything_else_and_then_spelled() {
    let world = world_with_token().await;
    let mut footprints = Vec::new();
    for (given, family, born, number) in [
        ("Camila", "Lopes", BORN, HOME),
        ("Kamila", "Lopez", BORN, HOME),
        ("Camila", "Lopez", "1987-09-13", HOME),
        ("Nobody", "Nowhere", "1950-01-01", NOBODYS),
    ] {
        let mut dialogue = Dialogue::at(&world, with_names(), number).await;
        dialogue.answers("FirstName", given).await;
        dialogue.answers("LastName", family).await;
        dialogue.born(born, born).await;
        let mut caller_heard = None;
        let before = (world.epic.requests().fhir.len(), world.aws.operations().len());
        caller_heard.replace(dialogue.answers("Gender", "female").await);
        let heard = caller_heard.unwrap();
        refused(&heard);
        let expected = format!("{} {}", DIALOG.refused_try_again, DIALOG.verification.spell_first_name.on_the_phone);
        assert_eq!((heard.slot.as_deref(), heard.text), (Some("FirstName"), expected));
        let aws = world.aws.operations()[before.1..].to_vec();
        footprints.push((world.epic.requests().fhir.len() - before.0, aws));
    }
    assert!(footprints.windows(2).all(|pair| pair[0] == pair[1]), "{footprints:?}");
}

#[tokio::test]
async fn an_old_name_verifies_nobody() {
    let world = world_with_token().await;
    change(&world, |camila| {
        camila["name"] = json!([{"use": "official", "family": "Diaz", "given": ["Camila"]},
            {"use": "old", "family": "Lopez", "given": ["Camila"]}]);
    });
    let mut dialogue = Dialogue::at(&world, with_names(), HOME).await;
    dialogue.answers("FirstName", "Camila").await;
    dialogue.answers("LastName", "Lopez").await;
    dialogue.born(SAID, BORN).await;
    refused(&dialogue.answers("Gender", "female").await);
}

#[tokio::test]
async fn where_patients_are_found_by_name_any_phone_will_do() {
    let world = world_with_token().await;
    for number in ["anonymous", NOBODYS, HOME] {
        let mut dialogue = Dialogue::at(&world, by_name(), number).await;
        dialogue.answers("FirstName", "Camila").await;
        dialogue.answers("LastName", "Lopez").await;
        reads_back(&dialogue.born(SAID, BORN).await, "PostalCode");
        let searches = world.epic.requests().fhir.len();
        verified(&dialogue.says("seven five oh four three", &[]).await);
        assert_eq!(world.epic.requests().fhir.len() - searches, 1);
        assert_eq!(record_of(&world, &dialogue.caller).await.1, ["name", "birth_date", "postal_code"]);
    }
}

#[tokio::test]
async fn who_is_found_by_name_is_guarded_from_whichever_number_it_is_tried() {
    let world = world_with_token().await;
    for day in 1..=5 {
        let mut dialogue = Dialogue::at(&world, by_name(), &format!("+1469555100{day}")).await;
        dialogue.answers("FirstName", "Camila").await;
        dialogue.answers("LastName", "Lopez").await;
        dialogue.born("", &format!("1990-01-0{day}")).await;
        dialogue.slots["DateOfBirth"] = json!(null);
        dialogue.born(&format!("1990-01-0{day}"), &format!("1990-01-0{day}")).await;
        refused(&dialogue.answers("PostalCode", "75043").await);
    }
    assert_eq!(counted(&world, "patient").await, [5]);
    let mut dialogue = Dialogue::at(&world, by_name(), "anonymous").await;
    dialogue.answers("FirstName", "Camila").await;
    dialogue.answers("LastName", "Lopez").await;
    dialogue.born(SAID, BORN).await;
    refused(&dialogue.answers("PostalCode", "75043").await);
}

#[tokio::test]
async fn the_end_of_the_record_number_counts_by_the_numbering_system_that_the_site_names() {
    let world = world_with_token().await;
    let required = json!(["phone", "birth_date", "mrn_last_four"]);
    for (system, ending, agrees) in
        [(MRN_SYSTEM, "3713", true), (MRN_SYSTEM, "3714", false), ("urn:oid:1.2.3", "3713", false)]
    {
        let policy = policy(json!({"required": required, "mrn_system": system}));
        let mut dialogue = Dialogue::at(&world, policy, HOME).await;
        reads_back(&dialogue.born(SAID, BORN).await, "RecordNumberEnding");
        let heard = dialogue.keys(ending).await;
        if agrees { verified(&heard) } else { refused(&heard) }
    }
}

#[tokio::test]
async fn of_optional_factors_as_many_are_asked_for_as_must_agree_and_another_where_one_is_not_known() {
    let world = world_with_token().await;
    let policy = policy(json!({"required": ["phone", "birth_date"], "mrn_system": MRN_SYSTEM,
        "optional": ["mrn_last_four", "postal_code"], "optional_needed": 1}));
    let mut dialogue = Dialogue::at(&world, policy.clone(), HOME).await;
    reads_back(&dialogue.born(SAID, BORN).await, "RecordNumberEnding");
    verified(&dialogue.answers("RecordNumberEnding", "3713").await);

    let mut dialogue = Dialogue::at(&world, policy.clone(), HOME).await;
    dialogue.born(SAID, BORN).await;
    asks(&dialogue.answers("RecordNumberEnding", "I don't know").await, "PostalCode");
    verified(&dialogue.answers("PostalCode", "75043").await);

    let mut dialogue = Dialogue::at(&world, policy, HOME).await;
    dialogue.born(SAID, BORN).await;
    dialogue.says("I don't know", &[]).await;
    person(&dialogue.says("no idea", &[]).await, "");
}

#[tokio::test]
async fn digits_that_are_too_few_are_asked_for_again_and_cost_no_try() {
    let world = world_with_token().await;
    let policy = policy(json!({"required": ["phone", "birth_date", "postal_code"]}));
    let mut dialogue = Dialogue::at(&world, policy, HOME).await;
    dialogue.born(SAID, BORN).await;
    let heard = dialogue.answers("PostalCode", "7504").await;
    let expected =
        format!("{} {}", DIALOG.verification.not_heard, DIALOG.verification.postal_code.text(AnsweredBy::Phone));
    assert_eq!((heard.slot.as_deref(), heard.text, dialogue.tries()), (Some("PostalCode"), expected, "0"));
    verified(&dialogue.answers("PostalCode", "75043").await);
}

#[tokio::test]
async fn digits_that_lex_takes_for_a_date_too_are_no_birth_date() {
    let world = world_with_token().await;
    let policy = policy(json!({"required": ["phone", "birth_date", "postal_code"]}));
    let mut dialogue = Dialogue::at(&world, policy, HOME).await;
    dialogue.born(SAID, BORN).await;
    let zip = "seven five oh four three";
    let both = [("PostalCode", zip, zip), ("DateOfBirth", "seven five oh four", "2004-07-05")];
    asks(&dialogue.says(zip, &both).await, "DateOfBirth");
    assert_eq!(dialogue.born(SAID, BORN).await.slot.as_deref(), Some("Confirmation"));
    verified(&dialogue.answers("Confirmation", "yes").await);
}

#[tokio::test]
async fn a_number_that_is_withheld_is_asked_for_and_counts_with_one_factor_more() {
    let world = world_with_token().await;
    for (number, platform) in [("anonymous", "Connect"), ("+442079460958", "Connect"), (HOME, "Connect Chat")] {
        for (zip, agrees) in [("75043", true), ("75044", false)] {
            let mut dialogue = Dialogue::at(&world, said_needs(json!("postal_code")), number).await;
            dialogue.platform = platform;
            asks(&dialogue.says("verify me", &[]).await, "PhoneNumber");
            asks(&dialogue.answers("PhoneNumber", "4695555555").await, "DateOfBirth");
            reads_back(&dialogue.born(SAID, BORN).await, "Gender");
            asks(&dialogue.answers("Gender", "female").await, "PostalCode");
            let heard = dialogue.answers("PostalCode", zip).await;
            if agrees {
                verified(&heard);
                let by = record_of(&world, &dialogue.caller).await.1;
                assert_eq!(by, ["phone", "birth_date", "gender", "postal_code"]);
            } else {
                refused(&heard);
                assert_eq!(heard.slot.as_deref(), Some("PhoneNumber"));
            }
        }
    }
}

#[tokio::test]
async fn who_calls_from_their_number_is_asked_for_nothing_more() {
    let world = world_with_token().await;
    let mut dialogue = Dialogue::at(&world, said_needs(json!({"also": ["name"]})), HOME).await;
    dialogue.born(SAID, BORN).await;
    verified(&dialogue.answers("Gender", "female").await);
    // The same number, said beside it, is no claim.
    let mut dialogue = Dialogue::at(&world, said_needs(json!({"also": ["name"]})), HOME).await;
    asks(&dialogue.answers("PhoneNumber", "469 555 5555").await, "DateOfBirth");
    dialogue.born(SAID, BORN).await;
    verified(&dialogue.answers("Gender", "female").await);
}

#[tokio::test]
async fn who_has_another_number_on_the_chart_says_it_where_the_site_takes_that() {
    let world = world_with_token().await;
    let mut dialogue = Dialogue::at(&world, said_needs(json!("postal_code")), NOBODYS).await;
    dialogue.born(SAID, BORN).await;
    let heard = dialogue.answers("Gender", "female").await;
    refused(&heard);
    assert!(heard.text.contains(DIALOG.verification.other_number), "{}", heard.text);
    asks(&dialogue.says("another number", &[]).await, "PhoneNumber");
    asks(&dialogue.answers("PhoneNumber", "469-555-5555").await, "DateOfBirth");
    dialogue.born(SAID, BORN).await;
    dialogue.answers("Gender", "female").await;
    verified(&dialogue.answers("PostalCode", "75043").await);

    // Where it doesn't, a person helps.
    let mut dialogue = Dialogue::at(&world, policy(json!({})), NOBODYS).await;
    dialogue.says("verify me", &[]).await;
    person(&dialogue.says("it's another number", &[]).await, DIALOG.number_not_usable);
}

#[tokio::test]
async fn a_number_at_work_counts_no_more_when_it_is_said() {
    let world = world_with_token().await;
    let mut dialogue = Dialogue::at(&world, said_needs(json!("postal_code")), "anonymous").await;
    dialogue.answers("PhoneNumber", WORK).await;
    dialogue.born(SAID, BORN).await;
    dialogue.answers("Gender", "female").await;
    refused(&dialogue.answers("PostalCode", "75043").await);
}

#[tokio::test]
async fn tries_are_counted_at_a_number_that_is_said_and_at_the_patient_whose_it_is() {
    let world = world_with_token().await;
    let guess = async |number: &str, day: u32| {
        let mut dialogue = Dialogue::at(&world, said_needs(json!("postal_code")), "anonymous").await;
        let born = format!("1990-01-{day:02}");
        dialogue.answers("PhoneNumber", number).await;
        dialogue.born(&born, &born).await;
        dialogue.answers("Gender", "female").await;
        refused(&dialogue.answers("PostalCode", "75043").await);
    };
    for day in 1..=7 {
        guess(NOBODYS, day).await;
    }
    assert_eq!((counted(&world, "said").await, counted(&world, "said-day").await), (vec![5], vec![5]));
    assert!(counted(&world, "number").await.is_empty(), "nobody called from a number");
    for day in 1..=2 {
        guess(HOME, day).await;
    }
    assert_eq!(counted(&world, "patient").await, [2]);
    // She who calls from it is not locked out by who claimed it.
    Caller::verified(&world).await;
}
