//! The language is changed after verification: the caller goes on in it, without being verified again, and with nobody's list
//! but their own.

use std::time::Duration;

use serde_json::{Value, json};
use shared::call_record::store::Written;
use shared::call_record::{CallReference, MedicationsOutcome};
use shared::randomness::Randomness;
use shared::speech::en_us::DIALOG;
use shared::speech::es_us;

use super::caller::{Caller, HOME, Heard, world_with_token};
use crate::support::aws::Fault;
use crate::support::world::World;

async fn says(caller: &mut Caller<'_>, intent: &str, locale: &str) -> Heard {
    let mut event = caller.event(intent, "FulfillmentCodeHook", json!({}));
    event["bot"]["localeId"] = json!(locale);
    caller.send(&event).await
}

/// The references that the queue was told.
fn queued(world: &World) -> Vec<String> {
    let bodies = world.aws.sqs().bodies();
    let call = |body: &String| {
        let job: Value = shared::json::decode(body.as_bytes()).unwrap();
        job["call"].as_str().unwrap().to_owned()
    };
    bodies.iter().map(call).collect()
}

#[tokio::test]
async fn a_verified_caller_hears_the_list_in_the_other_language_and_is_not_verified_again() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let english = says(&mut caller, "ListMedications", "en_US").await;
    assert!(english.text.starts_with("You have 1 medication on your list."), "{english:?}");
    let before = caller.call();
    let (heard, footprint) = caller.footprint(async |caller| says(caller, "OtherLanguage", "en_US").await).await;
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("verified")));
    assert_eq!(heard.text, DIALOG.listening.stopped);
    assert!(footprint.fhir.is_empty(), "{footprint:?}");
    assert_ne!(caller.call(), before);
    // It is read ahead again, for the record in the other language.
    assert_eq!(queued(&world), [before.as_str(), caller.call().as_str()]);
    let (spanish, footprint) = caller.footprint(async |caller| says(caller, "ListMedications", "es_US").await).await;
    assert!(spanish.text.starts_with("Hay un medicamento en su lista."), "{spanish:?}");
    assert!(spanish.text.contains(es_us::DIALOG.about_the_list) && !spanish.text.contains("your list"), "{spanish:?}");
    assert!(footprint.fhir.iter().all(|request| !request.contains("Patient")), "{footprint:?}");
    // And back.
    says(&mut caller, "OtherLanguage", "es_US").await;
    assert_eq!(says(&mut caller, "ListMedications", "en_US").await.text, english.text);
}

#[tokio::test]
async fn a_call_in_the_other_language_lasts_no_longer() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    world.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(says(&mut caller, "OtherLanguage", "en_US").await.status.as_deref(), Some("verified"));
    world.clock.advance(Duration::from_secs(5 * 60 + 1));
    let heard = says(&mut caller, "ListMedications", "es_US").await;
    assert_eq!((heard.text.as_str(), heard.status.as_deref()), (es_us::DIALOG.verify_first, Some("required")));
}

#[tokio::test]
async fn a_reference_of_no_valid_record_opens_none() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let (calls, jobs) = (world.aws.operations(), queued(&world));
    world.clock.advance(Duration::from_secs(20 * 60 + 1));
    let expired = caller.call().as_str().to_owned();
    for reference in [expired, CallReference::new(&Randomness::system()).as_str().to_owned()] {
        caller.attributes.insert("callReference".to_owned(), json!(reference));
        caller.attributes.insert("verificationStatus".to_owned(), json!("verified"));
        let heard = says(&mut caller, "OtherLanguage", "en_US").await;
        assert_eq!((heard.text.as_str(), heard.status.as_deref()), (DIALOG.verify_first, Some("required")));
        assert!(!caller.attributes.contains_key("callReference"));
    }
    let written = |operations: &[String]| operations.iter().filter(|operation| operation.contains("PutItem")).count();
    assert_eq!((written(&world.aws.operations()), queued(&world)), (written(&calls), jobs));
}

#[tokio::test]
async fn a_restricted_chart_stays_restricted_and_is_not_opened_again() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let expires_at = world.clock.clock().now() + Duration::from_secs(600);
    let stored =
        world.call_store().write_medications(&caller.call(), &MedicationsOutcome::Restricted, expires_at).await;
    assert_eq!(stored, Ok(Written::Stored));
    let jobs = queued(&world);
    says(&mut caller, "OtherLanguage", "en_US").await;
    let (heard, footprint) = caller.footprint(async |caller| says(caller, "ListMedications", "es_US").await).await;
    assert!(heard.text.starts_with(es_us::DIALOG.outage), "{heard:?}");
    assert!(footprint.fhir.is_empty() && queued(&world) == jobs, "{footprint:?}");
}

#[tokio::test]
async fn what_fails_ends_in_a_sentence_and_a_person() {
    for operation in ["dynamodb:Query", "dynamodb:PutItem"] {
        let world = world_with_token().await;
        let mut caller = Caller::verified(&world).await;
        world.aws.fail(operation, Fault::Error(500, "InternalServerError"), usize::MAX);
        let heard = says(&mut caller, "OtherLanguage", "en_US").await;
        assert!(heard.text.starts_with(DIALOG.outage), "{operation}: {heard:?}");
        assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")));
    }
}

#[tokio::test]
async fn before_verification_and_in_the_dialog_hook_nobody_is_asked() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let (heard, footprint) = caller.footprint(async |caller| says(caller, "OtherLanguage", "en_US").await).await;
    assert_eq!((heard.action.as_str(), heard.status), ("Delegate", None));
    assert!(footprint.aws.is_empty(), "{footprint:?}");
    let mut caller = Caller::verified(&world).await;
    let event = caller.event("OtherLanguage", "DialogCodeHook", json!({}));
    let (heard, footprint) = caller.footprint(async |caller| caller.send(&event).await).await;
    assert!(heard.action == "Delegate" && footprint.aws.is_empty(), "{heard:?} {footprint:?}");
}
