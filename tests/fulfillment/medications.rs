//! The medications: from the record, from the worker a moment later, from Epic; and for nobody without a valid record.

use std::collections::BTreeMap;
use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::Kind;
use serde_json::json;
use shared::call_record::store::Written;
use shared::call_record::{CallReference, MedicationsOutcome, PatientId, VerifiedCaller};
use shared::connection::ConnectionName;
use shared::medication_list::{MedicationList, SpokenMedication};
use shared::phi::Phi;
use shared::randomness::Randomness;
use shared::speech::Locale;
use shared::speech::en_us::DIALOG;

use super::caller::{CAMILA, Caller, Footprint, HOME, world_with_token};
use crate::support::aws::Fault as AwsFault;
use crate::support::world::World;

fn list(world: &World, count: usize) -> MedicationsOutcome {
    let medication = |n: usize| SpokenMedication {
        name: Phi::new(format!("drug{n}")),
        sentences: vec![Phi::new(format!("Drug{n}, one tablet a day."))],
        readable: true,
        ..SpokenMedication::default()
    };
    MedicationsOutcome::Read {
        list: MedicationList {
            medications: (1..=count).map(medication).collect(),
            partial: false,
            withheld: false,
            left_out: BTreeMap::new(),
            read_at: world.clock.clock().now(),
        },
    }
}

/// Stores what the worker would.
async fn prefetch(caller: &Caller<'_>, medications: &MedicationsOutcome) {
    let (store, now) = (caller.world.call_store(), caller.world.clock.clock().now());
    let record = store.read(&caller.call(), now).await.unwrap().unwrap();
    assert_eq!(
        store.write_medications(&caller.call(), medications, record.caller.expires_at).await.unwrap(),
        Written::Stored
    );
}

#[tokio::test]
async fn a_prefetched_list_costs_one_request() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    prefetch(&caller, &list(&world, 7)).await;
    for (intent, said) in [
        ("ListMedications", "You have 7 medications on your list. Here are the first three. Drug1,"),
        ("MoreMedications", "Here are the next three. Drug4,"),
        ("MoreMedications", "Here is the last one. Drug7,"),
        ("MoreMedications", DIALOG.end_of_list),
        ("ListMedications", "You have 7 medications on your list."),
    ] {
        let (heard, footprint) = caller.footprint(async |caller| caller.say(intent).await).await;
        assert!(heard.text.starts_with(said), "{}", heard.text);
        assert_eq!(heard.action, "ElicitIntent");
        let one = Footprint { fhir: Vec::new(), aws: vec!["dynamodb:Query".to_owned()] };
        assert_eq!(footprint, one);
    }
}

#[tokio::test]
async fn a_list_that_nobody_prefetched_is_read_live_and_kept() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let live = caller.say("ListMedications").await;
    assert!(live.text.contains("drospirenone"), "{}", live.text);
    assert_eq!(world.epic.requests().count("MedicationRequest", Kind::Search), 1);
    let (again, footprint) = caller.footprint(async |caller| caller.say("ListMedications").await).await;
    assert_eq!(again.text, live.text);
    assert_eq!((footprint.fhir.len(), footprint.aws.len()), (0, 1));
}

#[tokio::test]
async fn a_list_that_comes_within_a_second_is_waited_for() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let (call, now) = (caller.call(), world.clock.clock().now());
    let store = world.call_store();
    let medications = list(&world, 2);
    // It comes when the turn has found that it isn't there.
    world.aws.fail("dynamodb:Query", AwsFault::Hold, 1);
    let worker = async {
        world.aws.held().await;
        let expires_at = now.saturating_add(jiff::SignedDuration::from_mins(20)).unwrap();
        assert_eq!(store.write_medications(&call, &medications, expires_at).await.unwrap(), Written::Stored);
        world.aws.release();
    };
    let (heard, ()) = tokio::join!(caller.say("ListMedications"), worker);
    assert!(heard.text.starts_with("You have 2 medications on your list. Drug1"), "{}", heard.text);
    assert_eq!(world.epic.requests().count("MedicationRequest", Kind::Search), 0);
}

#[tokio::test]
async fn of_two_lists_read_at_once_the_stored_one_is_spoken_so_that_more_goes_on_in_it() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let (call, now) = (caller.call(), world.clock.clock().now());
    let (store, medications) = (world.call_store(), list(&world, 7));
    // Nobody is waited for: the chart is read at once, while a worker that was slow stores its own reading.
    world.clock.advance(Duration::from_secs(61));
    world.epic.control().fault(Endpoint::MedicationRequest, Fault::Hold, Times::Next(1));
    let worker = async {
        world.epic.until(|requests| requests.count("MedicationRequest", Kind::Search) == 1).await;
        let expires_at = now.saturating_add(jiff::SignedDuration::from_mins(20)).unwrap();
        assert_eq!(store.write_medications(&call, &medications, expires_at).await.unwrap(), Written::Stored);
        world.epic.control().release();
    };
    let (heard, ()) = tokio::join!(caller.say("ListMedications"), worker);
    assert!(heard.text.starts_with("You have 7 medications on your list. Here are the first three."), "{}", heard.text);
    let more = caller.say("MoreMedications").await;
    assert!(more.text.starts_with("Here are the next three. Drug4,"), "{}", more.text);
}

#[tokio::test]
async fn a_list_that_the_worker_has_given_up_is_not_waited_for() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    world.clock.advance(Duration::from_secs(61));
    let (_, footprint) = caller.footprint(async |caller| caller.say("ListMedications").await).await;
    assert_eq!(footprint.aws.iter().filter(|operation| *operation == "dynamodb:Query").count(), 1);
}

#[tokio::test]
async fn whatever_the_attributes_claim_there_is_no_list_without_a_record() {
    let world = world_with_token().await;
    let stranger = CallReference::new(&Randomness::system());
    for reference in [None, Some(""), Some("verified"), Some(stranger.as_str()), Some("attempts#number#x")] {
        let mut caller = Caller::from(&world, HOME).await;
        caller.attributes.insert("verificationStatus".to_owned(), json!("verified"));
        if let Some(reference) = reference {
            caller.attributes.insert("callReference".to_owned(), json!(reference));
        }
        for intent in ["ListMedications", "MoreMedications"] {
            let heard = caller.say(intent).await;
            assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("required")));
            assert_eq!(heard.text, DIALOG.verify_first);
            assert!(!caller.attributes.contains_key("callReference"));
        }
    }
    assert!(world.epic.requests().fhir.is_empty());
}

#[tokio::test]
async fn a_record_that_has_expired_is_gone() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    prefetch(&caller, &list(&world, 2)).await;
    world.clock.advance(Duration::from_secs(20 * 60));
    assert_eq!(caller.say("ListMedications").await.status.as_deref(), Some("required"));
}

#[tokio::test]
async fn a_record_of_another_connection_is_none_of_ours() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let (call, now) = (CallReference::new(&Randomness::system()), world.clock.clock().now());
    let other = VerifiedCaller {
        connection: ConnectionName::parse("another").unwrap(),
        patient: PatientId::parse(CAMILA).unwrap(),
        locale: Locale::EnUs,
        verified_by: Vec::new(),
        verified_at: now,
        expires_at: now.saturating_add(jiff::SignedDuration::from_mins(20)).unwrap(),
    };
    assert_eq!(world.call_store().open(&call, &other).await.unwrap(), Written::Stored);
    caller.attributes.insert("callReference".to_owned(), json!(call.as_str()));
    assert_eq!(caller.say("ListMedications").await.status.as_deref(), Some("required"));
}

#[tokio::test]
async fn a_token_revoked_during_the_call_is_replaced_within_it() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    world.epic.control().revoke_tokens();
    world.clock.advance(Duration::from_secs(61));
    assert!(caller.say("ListMedications").await.text.contains("drospirenone"));
    assert_eq!(world.epic.requests().tokens_granted(), 2);
}

#[tokio::test]
async fn a_call_that_finds_no_token_gets_one() {
    let world = World::working().await;
    Caller::verified(&world).await;
    assert_eq!(world.epic.requests().tokens_granted(), 1);
}

#[tokio::test]
async fn a_chart_restricted_after_verification_is_told_in_the_words_of_an_outage() {
    let outage = {
        let world = world_with_token().await;
        let mut caller = Caller::verified(&world).await;
        world.epic.control().fault(Endpoint::MedicationRequest, Fault::Status(500), Times::Always);
        caller.say("ListMedications").await
    };
    assert_eq!(outage.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person));
    assert_eq!((outage.action.as_str(), outage.status.as_deref()), ("Close", Some("person")));
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    world.epic.control().restrict_medications(CAMILA);
    assert_eq!(caller.say("ListMedications").await, outage);
    // The outcome is kept, so that a chart is not knocked at twice.
    let before = world.epic.requests().fhir.len();
    assert_eq!(caller.say("ListMedications").await, outage);
    assert_eq!(world.epic.requests().fhir.len(), before);
}
