//! The real events, as they are, and with our bots', intents' and slots' names put in, their shape kept.

use serde_json::{Value, json};
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::en_us::DIALOG;

use super::caller::{BORN, CAMILA, Caller, HOME, Heard, fulfillment, heard, invoke, world_with_token};
use crate::support::world::World;

const FULFILLMENT: &str =
    include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/banking-bot-fulfillment-dob-slot.json");
const DIALOG_HOOK: &str =
    include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/book-hotel-dialog-null-slots.json");
const CHAT: &str = include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/connect-chat-dialog.json");
const VOICE: &str =
    include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/connect-voice-fallback-fulfillment.json");

async fn answer(world: &World, event: &str) -> (Value, Heard) {
    let response = invoke(&fulfillment(world), event).await;
    let heard = heard(&response);
    (response, heard)
}

/// The event with names of ours in the place of its own.
#[track_caller]
fn renamed(event: &str, names: &[(&str, &str)]) -> Value {
    let mut event = event.to_owned();
    for (from, to) in names {
        assert!(event.contains(&format!("\"{from}\"")), "{from}");
        event = event.replace(&format!("\"{from}\""), &format!("\"{to}\""));
    }
    shared::json::decode(event.as_bytes()).unwrap()
}

/// What Connect says of a phone call, in an event that was made without Connect.
fn on_the_phone(event: &mut Value) {
    event["requestAttributes"] = json!({"x-amz-lex:channels:platform": "Connect"});
    event["inputMode"] = json!("Speech");
}

#[tokio::test]
async fn an_event_of_another_bot_is_answered_with_what_can_be_said_here() {
    let world = World::working().await;
    for event in [FULFILLMENT, DIALOG_HOOK, CHAT, VOICE] {
        let (response, heard) = answer(&world, event).await;
        assert_eq!((heard.action.as_str(), heard.text.as_str()), ("ElicitIntent", DIALOG.listening.not_understood));
        assert!(response["sessionState"].get("intent").is_none());
        let sent: Value = shared::json::decode(event.as_bytes()).unwrap();
        for (name, value) in sent["sessionState"]["sessionAttributes"].as_object().into_iter().flatten() {
            assert_eq!(response["sessionState"]["sessionAttributes"][name], *value, "{name} is kept");
        }
    }
}

#[tokio::test]
async fn a_fulfillment_of_verify_caller_verifies() {
    let world = world_with_token().await;
    let mut event = renamed(
        FULFILLMENT,
        &[
            ("BankingBot", "PatientAuth"),
            ("CheckBalance", "VerifyCaller"),
            ("dateofBirth", "DateOfBirth"),
            ("accountType", "Gender"),
            ("savings", "woman"),
            ("Savings", "female"),
            ("01/01/1990", "09/12/1987"),
            ("1990-01-01", BORN),
        ],
    );
    event["sessionState"]["sessionAttributes"]["callingNumber"] = json!(HOME);
    on_the_phone(&mut event);
    let (response, heard) = answer(&world, &event.to_string()).await;
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("verified")));
    assert_eq!(heard.text, DIALOG.verified);
    assert_eq!(response["sessionState"]["intent"]["state"], "Fulfilled");
    assert_eq!(response["sessionState"]["intent"]["slots"], event["sessionState"]["intent"]["slots"]);
}

#[tokio::test]
async fn without_a_calling_number_verify_caller_ends_with_a_person() {
    let world = world_with_token().await;
    let event = renamed(FULFILLMENT, &[("CheckBalance", "VerifyCaller"), ("dateofBirth", "DateOfBirth")]);
    let (_, heard) = answer(&world, &event.to_string()).await;
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")));
    assert_eq!(heard.text, format!("{} {}", DIALOG.number_not_usable, DIALOG.to_a_person));
    assert!(world.epic.requests().fhir.is_empty());
}

#[tokio::test]
async fn a_dialog_turn_of_verify_caller_with_null_slots_goes_on_to_the_first_slot() {
    let world = World::working().await;
    let names = [("BookTrip", "PatientAuth"), ("BookHotel", "VerifyCaller"), ("CheckInDate", "DateOfBirth")];
    let mut event = renamed(DIALOG_HOOK, &[&names[..], &[("RoomType", "Gender")]].concat());
    event["sessionState"]["sessionAttributes"] = json!({"callingNumber": HOME});
    on_the_phone(&mut event);
    let (response, heard) = answer(&world, &event.to_string()).await;
    assert_eq!((heard.action.as_str(), heard.slot.as_deref()), ("ElicitSlot", Some("DateOfBirth")));
    assert!(heard.text.ends_with(&DIALOG.verification.birth_date.text(AnsweredBy::Phone)), "{}", heard.text);
    assert_eq!(response["sessionState"]["intent"]["slots"], event["sessionState"]["intent"]["slots"]);
}

#[tokio::test]
async fn a_chat_turn_that_is_not_understood_is_asked_again_and_one_for_a_person_gets_one() {
    let world = World::working().await;
    let event = renamed(CHAT, &[("ThirdPartyBotBoilerplateLexV2", "HealthcareIVR")]);
    assert_eq!(answer(&world, &event.to_string()).await.1.text, DIALOG.listening.not_understood);
    let event = renamed(CHAT, &[("FallbackIntent", "SpeakToPerson")]);
    let (_, heard) = answer(&world, &event.to_string()).await;
    assert_eq!((heard.text.as_str(), heard.status.as_deref()), (DIALOG.to_a_person, Some("person")));
}

#[tokio::test]
async fn a_voice_turn_of_list_medications_is_answered_with_them() {
    let world = world_with_token().await;
    let caller = Caller::verified(&world).await;
    let mut event =
        renamed(VOICE, &[("connect-chatgpt-Lex-Bot", "HealthcareIVR"), ("FallbackIntent", "ListMedications")]);
    event["sessionState"]["sessionAttributes"]["callReference"] = json!(caller.call().as_str());
    let (response, heard) = answer(&world, &event.to_string()).await;
    assert_eq!(heard.action, "ElicitIntent");
    assert!(heard.text.contains("on your list") && heard.text.contains("drospirenone"), "{}", heard.text);
    assert_eq!(response["sessionState"]["sessionAttributes"]["CustomerNumber"], "+12065550100");
    assert!(!response.to_string().contains(CAMILA));
}

#[tokio::test]
async fn what_is_no_event_of_lexs_is_answered_with_a_sentence() {
    let world = World::working().await;
    for payload in ["null", "7", "\"x\"", "[]", "{}", r#"{"sessionState": 7}"#] {
        let (response, heard) = answer(&world, payload).await;
        assert!(!heard.text.is_empty(), "{payload}");
        assert!(response["sessionState"].get("sessionAttributes").is_none_or(|attributes| attributes != &json!({})));
    }
}

#[tokio::test]
async fn who_is_not_understood_three_times_in_a_row_gets_a_person() {
    let world = World::working().await;
    let mut caller = Caller::from(&world, HOME).await;
    let heard = caller.say("FallbackIntent").await;
    assert_eq!((heard.action.as_str(), heard.text.as_str()), ("ElicitIntent", DIALOG.listening.not_understood));
    let heard = caller.say("FallbackIntent").await;
    let again =
        [DIALOG.listening.not_understood_again, DIALOG.listening.help_unverified, DIALOG.listening.keys_unverified];
    assert_eq!((heard.action.as_str(), heard.text), ("ElicitIntent", again.join(" ")));
    let dialog = caller.event("VerifyCaller", "DialogCodeHook", json!({"DateOfBirth": null, "Gender": null}));
    assert_eq!(caller.send(&dialog).await.action, "ElicitSlot");
    // Who was asked for something is asked for it again.
    assert_eq!(caller.say("FallbackIntent").await.action, "ElicitSlot");
    assert_eq!(caller.say("FallbackIntent").await.action, "ElicitSlot");
    let heard = caller.say("FallbackIntent").await;
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")));
}

#[tokio::test]
async fn where_there_is_no_person_the_caller_is_told_whom_to_call() {
    let mut world = World::working().await;
    world.environment.insert("HAND_OVER".to_owned(), "none".to_owned());
    let heard = Caller::from(&world, HOME).await.say("SpeakToPerson").await;
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("ended")));
    assert_eq!(heard.text, DIALOG.call_the_clinic);
}

#[tokio::test]
async fn goodbye_ends_the_call_and_zero_is_a_person() {
    let world = World::working().await;
    let mut caller = Caller::from(&world, HOME).await;
    let heard = caller.say("Goodbye").await;
    assert_eq!((heard.action.as_str(), heard.text.as_str()), ("Close", DIALOG.goodbye));
    assert_eq!(heard.status.as_deref(), Some("ended"));
    let mut event = caller.event("FallbackIntent", "FulfillmentCodeHook", json!({}));
    (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!("0"));
    assert_eq!(caller.send(&event).await.status.as_deref(), Some("person"));
}
