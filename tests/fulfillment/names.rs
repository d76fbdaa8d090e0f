//! Questions about the list and about one medication of it, each with one request; and the last turn again.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::call_record::MedicationsOutcome;
use shared::call_record::store::Written;
use shared::medication_list::{MedicationList, SpokenMedication};
use shared::phi::Phi;
use shared::speech::en_us::DIALOG;

use super::caller::{Caller, Footprint, Heard, world_with_token};
use crate::support::world::World;

fn medication(name: &str, also: &[&str], purpose: &[&str]) -> SpokenMedication {
    let texts = |texts: &[&str]| texts.iter().map(|text| Phi::new((*text).to_owned())).collect();
    SpokenMedication {
        name: Phi::new(name.to_owned()),
        also_called: texts(also),
        purpose: texts(purpose),
        sentences: texts(&[&format!("{name}."), &format!("Take one of {name} a day.")]),
        readable: true,
    }
}

fn medications() -> Vec<SpokenMedication> {
    vec![
        medication("lisinopril 10 milligrams", &["zestril"], &["Your chart says it is for high blood pressure."]),
        medication("hydroxyzine 25 milligrams", &[], &[]),
        medication("metoprolol tartrate 25 milligrams", &[], &[]),
        medication("metoprolol succinate 50 milligrams", &["toprol xl"], &[]),
        medication("drospirenone and ethinyl estradiol", &["drospirenone", "ethinyl estradiol", "yaz"], &[]),
    ]
}

async fn with_list(world: &World, medications: Vec<SpokenMedication>, partial: bool) -> Caller<'_> {
    let caller = Caller::verified(world).await;
    let now = world.clock.clock().now();
    let list = MedicationList { medications, partial, withheld: false, left_out: BTreeMap::new(), read_at: now };
    let (store, call) = (world.call_store(), caller.call());
    let record = store.read(&call, now).await.unwrap().unwrap();
    assert_eq!(
        store.write_medications(&call, &MedicationsOutcome::Read { list }, record.caller.expires_at).await.unwrap(),
        Written::Stored
    );
    caller
}

fn asking(caller: &Caller<'_>, intent: &str, medication: Option<&str>) -> Value {
    let slot = medication.map_or(Value::Null, |said| {
        json!({"shape": "Scalar", "value": {"originalValue": said, "interpretedValue": said, "resolvedValues": []}})
    });
    caller.event(intent, "FulfillmentCodeHook", json!({"Medication": slot}))
}

async fn ask(caller: &mut Caller<'_>, intent: &str, medication: Option<&str>) -> Heard {
    let event = asking(caller, intent, medication);
    let (heard, footprint) = caller.footprint(async |caller| caller.send(&event).await).await;
    assert_eq!(footprint, Footprint { fhir: Vec::new(), aws: vec!["dynamodb:Query".to_owned()] }, "one request");
    heard
}

async fn key(caller: &mut Caller<'_>, key: &str) -> Heard {
    let mut event = caller.event("FallbackIntent", "FulfillmentCodeHook", json!({}));
    (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!(key));
    caller.send(&event).await
}

#[tokio::test]
async fn each_question_is_answered_with_one_request_and_the_block_stays_open() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    for (intent, said, expected) in [
        ("CountMedications", None, format!("You have 5 medications on your list. {}", DIALOG.listening.to_hear_them)),
        (
            "HowToTake",
            Some("zestril"),
            "lisinopril 10 milligrams. Take one of lisinopril 10 milligrams a day.".to_owned(),
        ),
        ("HowToTake", Some("lie sin oh pril"), "lisinopril 10 milligrams.".to_owned()),
        ("WhatFor", Some("lisinopril"), "About lisinopril 10 milligrams. Your chart says it is for high".to_owned()),
        (
            "WhatFor",
            Some("hydroxyzine"),
            "Your chart doesn't tell me what hydroxyzine 25 milligrams is for.".to_owned(),
        ),
        ("WhatFor", None, "Your chart doesn't tell me what hydroxyzine".to_owned()),
        ("HowToTake", Some("hydralazine"), DIALOG.listening.not_on_the_list.to_owned()),
        ("SpellThat", None, "hydroxyzine is spelled H Y D R O X Y Z I N E.".to_owned()),
        ("HowToTake", Some("yaz"), "drospirenone and ethinyl estradiol.".to_owned()),
        ("SpellThat", None, "drospirenone is spelled D R O S P I R E N O N E. ethinyl is".to_owned()),
    ] {
        let heard = ask(&mut caller, intent, said).await;
        assert!(heard.text.starts_with(&expected), "{intent} {said:?}: {}", heard.text);
        assert_eq!(heard.action, "ElicitIntent", "{intent} {said:?}");
    }
}

#[tokio::test]
async fn where_it_is_not_known_which_is_meant_the_caller_is_asked() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    let heard = ask(&mut caller, "HowToTake", None).await;
    assert_eq!((heard.action.as_str(), heard.slot.as_deref()), ("ElicitSlot", Some("Medication")));
    assert_eq!(heard.text, DIALOG.listening.which_medication);
    let heard = ask(&mut caller, "WhatFor", Some("metoprolol")).await;
    assert_eq!((heard.action.as_str(), heard.slot.as_deref()), ("ElicitSlot", Some("Medication")));
    let question = "Do you mean metoprolol tartrate 25 milligrams, or metoprolol succinate 50 milligrams?";
    assert!(heard.text.starts_with(question), "{}", heard.text);
    assert_eq!(heard.intent["slots"]["Medication"], Value::Null);
    let heard = ask(&mut caller, "HowToTake", Some("the second one")).await;
    assert!(heard.text.starts_with("metoprolol succinate 50 milligrams."), "{}", heard.text);
    ask(&mut caller, "WhatFor", Some("metoprolol")).await;
    let heard = ask(&mut caller, "HowToTake", Some("twenty five milligrams")).await;
    assert!(heard.text.starts_with("metoprolol tartrate 25 milligrams."), "{}", heard.text);
    let heard = ask(&mut caller, "HowToTake", Some("the second one")).await;
    assert_eq!(heard.text, DIALOG.listening.not_on_the_list, "nothing is asked any more");
    caller.attributes.remove("lastMedication");
    let heard = ask(&mut caller, "SpellThat", None).await;
    assert_eq!((heard.action.as_str(), heard.text.as_str()), ("ElicitIntent", DIALOG.listening.not_spelled));
}

#[tokio::test]
async fn a_name_within_a_spanish_sentence_has_its_strength_and_form_in_spanish() {
    let world = world_with_token().await;
    let warfarin = |strength: &str| medication(&format!("warfarin {strength} Oral Tablet"), &[], &[]);
    let list = vec![warfarin("1 milligram"), warfarin("2.5 milligrams")];
    let mut caller = with_list(&world, list, false).await;
    for (intent, said, expected) in [
        (
            "WhatFor",
            "warfarin",
            "¿Se refiere a warfarin un miligramo, tableta oral, o a warfarin dos punto cinco miligramos, tableta oral? Por \
             favor diga cuál.",
        ),
        (
            "WhatFor",
            "la primera",
            "Su expediente no me dice para qué es warfarin un miligramo, tableta oral. Por favor pregunte",
        ),
    ] {
        let mut event = asking(&caller, intent, Some(said));
        event["bot"]["localeId"] = json!("es_US");
        let heard = caller.send(&event).await;
        assert!(heard.text.starts_with(expected), "{said}: {}", heard.text);
    }
}

#[tokio::test]
async fn a_list_that_is_not_whole_is_said_not_to_be_where_a_medication_is_not_found() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), true).await;
    let heard = ask(&mut caller, "HowToTake", Some("warfarin")).await;
    assert_eq!(heard.text, format!("{} {}", DIALOG.listening.not_on_the_list, DIALOG.partial));
    assert!(ask(&mut caller, "CountMedications", None).await.text.contains(DIALOG.partial));
}

#[tokio::test]
async fn of_one_medication_no_name_need_be_said_and_of_none_that_is_said() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications()[..1].to_vec(), false).await;
    assert!(ask(&mut caller, "WhatFor", Some("it")).await.text.contains("high blood pressure"));
    let world = world_with_token().await;
    let mut caller = with_list(&world, Vec::new(), false).await;
    for intent in ["HowToTake", "WhatFor", "SpellThat", "CountMedications"] {
        assert!(ask(&mut caller, intent, Some("lisinopril")).await.text.starts_with(DIALOG.none), "{intent}");
    }
}

#[tokio::test]
async fn repeat_says_the_last_turn_again_and_not_the_list_from_the_top() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    for (intent, said) in [
        ("ListMedications", None),
        ("MoreMedications", None),
        ("HowToTake", Some("hydroxyzine")),
        ("WhatFor", Some("lisinopril")),
        ("CountMedications", None),
        ("MoreMedications", None),
        ("SpellThat", None),
    ] {
        let heard = ask(&mut caller, intent, said).await;
        assert_eq!(ask(&mut caller, "Repeat", None).await, heard, "{intent}");
        assert_eq!(ask(&mut caller, "Repeat", None).await, heard, "{intent}, twice");
    }
    let help = caller.say("Help").await;
    assert_eq!(caller.say("Repeat").await, help);
    assert!(help.text.starts_with(DIALOG.listening.help_verified) && help.action == "ElicitIntent");
    let attributes = Value::Object(caller.attributes.clone()).to_string();
    assert!(!attributes.contains("lisinopril") && !attributes.contains("hydroxyzine"), "{attributes}");
}

#[tokio::test]
async fn slower_is_the_last_turn_again_and_every_turn_from_then_on() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    let on_the_phone = |mut event: Value| {
        event["requestAttributes"]["x-amz-lex:accept-content-types"] = json!("PlainText,SSML");
        event
    };
    let turn = async |caller: &mut Caller<'_>, intent: &str| {
        let event = on_the_phone(asking(caller, intent, None));
        let response = super::caller::invoke(&caller.fulfillment, &event.to_string()).await;
        caller.attributes = response["sessionState"]["sessionAttributes"].as_object().unwrap().clone();
        (super::caller::heard(&response).text, response["messages"].to_string())
    };
    let (said, marked_up) = turn(&mut caller, "ListMedications").await;
    assert!(!marked_up.contains("prosody") && marked_up.contains("<break time="), "{marked_up}");
    let (slower, marked_up) = turn(&mut caller, "SpeakSlower").await;
    assert_eq!(slower, said);
    assert!(marked_up.contains("<prosody rate=\\\"slow\\\">"), "{marked_up}");
    let (_, marked_up) = turn(&mut caller, "MoreMedications").await;
    assert!(marked_up.contains("<prosody rate=\\\"slow\\\">"), "{marked_up}");
    let (_, marked_up) = turn(&mut caller, "SpeakSlower").await;
    assert!(marked_up.contains("<prosody rate=\\\"x-slow\\\">"), "{marked_up}");
}

#[tokio::test]
async fn every_answer_has_its_key() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    let said = async |caller: &mut Caller<'_>, pressed: &str| key(caller, pressed).await.text;
    assert!(said(&mut caller, "7").await.starts_with("You have 5 medications on your list."));
    assert!(said(&mut caller, "1").await.contains("lisinopril 10 milligrams."));
    let more = said(&mut caller, "2").await;
    assert!(more.starts_with("Here are the last two. metoprolol succinate"), "{more}");
    assert_eq!(said(&mut caller, "3").await, more);
    assert_eq!(said(&mut caller, "5").await, more);
    assert!(said(&mut caller, "6").await.starts_with("drospirenone is spelled D R O S"));
    assert!(said(&mut caller, "8").await.starts_with("drospirenone and ethinyl estradiol. Take one"));
    assert!(said(&mut caller, "*").await.starts_with(DIALOG.listening.help_verified));
    let mut event = caller.event("FallbackIntent", "FulfillmentCodeHook", json!({}));
    (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!(""));
    event["requestAttributes"]["x-amz-lex:dtmf-transcript"] = json!("[DEL]");
    assert!(caller.send(&event).await.text.starts_with(DIALOG.listening.help_verified), "as Connect writes the star");
    assert_eq!(key(&mut caller, "9").await.action, "Close");
    assert_eq!(key(&mut caller, "0").await.status.as_deref(), Some("person"));
    // In the middle of a slot, too: in the dialog hook Lex is let go on, to the intent that was keyed.
    let mut event = caller.event("HowToTake", "DialogCodeHook", json!({"Medication": null}));
    (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!("2"));
    let heard = caller.send(&event).await;
    assert_eq!((heard.action.as_str(), &heard.intent["name"]), ("Delegate", &json!("MoreMedications")));
}

#[tokio::test]
async fn silence_is_kept_and_the_way_on_is_told() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    let heard = caller.say("StopSpeaking").await;
    assert_eq!((heard.action.as_str(), heard.text), ("ElicitIntent", format!("All right. {}", DIALOG.what_next)));
}

#[tokio::test]
async fn whatever_the_attributes_claim_each_question_is_answered_in_words() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    for last in ["HowToTake:99999999999999999999", "ListMedications:18446744073709551615", "Repeat", "x", "SpellThat:7"]
    {
        for index in ["18446744073709551615", "-1", "x", "5"] {
            caller.attributes.insert("lastTurn".to_owned(), json!(last));
            caller.attributes.insert("lastMedication".to_owned(), json!(index));
            caller.attributes.insert("slower".to_owned(), json!(index));
            for intent in ["Repeat", "SpeakSlower", "HowToTake", "SpellThat", "MoreMedications"] {
                assert!(!caller.say(intent).await.text.is_empty(), "{last} {index} {intent}");
            }
        }
    }
}

#[tokio::test]
async fn without_a_valid_call_no_question_about_a_medication_is_answered() {
    let world = world_with_token().await;
    let mut caller = with_list(&world, medications(), false).await;
    world.clock.advance(std::time::Duration::from_secs(20 * 60));
    let attributes = caller.attributes.clone();
    for intent in ["Repeat", "SpeakSlower", "HowToTake", "WhatFor", "SpellThat", "CountMedications"] {
        caller.attributes = attributes.clone();
        caller.attributes.insert("lastTurn".to_owned(), json!("HowToTake:0"));
        let heard = caller.say(intent).await;
        assert_eq!((heard.text.as_str(), heard.status.as_deref()), (DIALOG.verify_first, Some("required")), "{intent}");
    }
}
