//! Someone in danger, or who wants a person, is heard in both bots, in both hooks, in the middle of a slot, in both languages;
//! and whoever asks for help, or for the question again, is not lost.

use serde_json::{Value, json};
use shared::call_record::CallReference;
use shared::randomness::Randomness;
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::{Locale, en_us, es_us};

use super::caller::{Caller, HOME, Heard, slots, world_with_token};
use crate::support::aws::Fault;
use crate::support::world::World;

/// An event of either bot, in either hook: verified or not, in the middle of a slot or not.
fn turns(caller: &Caller<'_>) -> Vec<(&'static str, Value)> {
    let null = json!({"DateOfBirth": null, "Gender": null});
    let call = CallReference::new(&Randomness::system());
    let verified = |mut event: Value| {
        event["sessionState"]["sessionAttributes"]["callReference"] = json!(call.as_str());
        event["bot"]["name"] = json!("HealthcareIVR");
        event
    };
    vec![
        ("the first question", caller.event("VerifyCaller", "DialogCodeHook", null.clone())),
        ("a slot", caller.event("VerifyCaller", "DialogCodeHook", slots("1987-09-12", "female"))),
        ("verification", caller.event("VerifyCaller", "FulfillmentCodeHook", slots("1987-09-12", "female"))),
        ("not understood", caller.event("FallbackIntent", "FulfillmentCodeHook", json!({}))),
        ("a list", verified(caller.event("ListMedications", "FulfillmentCodeHook", json!({})))),
        ("a dialog hook", verified(caller.event("ListMedications", "DialogCodeHook", json!({})))),
        ("a medication", verified(caller.event("HowToTake", "DialogCodeHook", json!({"Medication": null})))),
        ("goodbye", verified(caller.event("Goodbye", "FulfillmentCodeHook", json!({})))),
        ("an intent that isn't ours", verified(caller.event("BookHotel", "DialogCodeHook", json!({})))),
    ]
}

fn saying(mut event: Value, words: &str, locale: &str) -> Value {
    event["inputTranscript"] = json!(words);
    event["transcriptions"] = json!([{"transcription": words, "transcriptionConfidence": 0.9}]);
    event["bot"]["localeId"] = json!(locale);
    event
}

#[tokio::test]
async fn an_emergency_beats_everything_asks_nobody_and_costs_nothing() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let attributes = caller.attributes.clone();
    let (fhir, aws) = (world.epic.requests().fhir.len(), world.aws.operations().len());
    for (locale, words, poisoning, self_harm) in [
        ("en_US", "I can't breathe", false, false),
        ("en_US", "I took too many pills", true, false),
        ("en_US", "I want to kill myself", false, true),
        ("en_US", "I took all my pills, I want to die", true, true),
        ("es_US", "no puedo respirar", false, false),
        ("es_US", "tomé demasiadas pastillas", true, false),
        ("es_US", "ya no quiero vivir", false, true),
        ("es_US", "me tomé todas las pastillas, me quiero morir", true, true),
        ("es_US", "I took too many pills", true, false),
        ("es_US", "I want to die", false, true),
        ("en_US", "no puedo respirar", false, false),
        ("en_US", "me quiero matar", false, true),
    ] {
        let first = match locale {
            "en_US" => "If this is an emergency, hang up and dial 9 1 1.",
            _ => "Si esto es una emergencia, cuelgue y marque el 9 1 1.",
        };
        let dialog = Locale::of_bot(Some(locale)).dialog();
        for (place, event) in turns(&caller) {
            let sent = saying(event, words, locale);
            let heard = caller.send(&sent).await;
            assert!(heard.text.starts_with(first), "{place}, {words}: {}", heard.text);
            assert_eq!(heard.text.contains("1, 8 0 0, 2 2 2, 1 2 2 2"), poisoning, "{place}, {words}: {}", heard.text);
            assert_eq!(heard.text.contains(" 9 8 8, "), self_harm, "{place}, {words}: {}", heard.text);
            assert!(heard.text.ends_with(dialog.to_a_person), "{place}: {}", heard.text);
            assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")), "{place}");
            assert_eq!(
                heard.intent["slots"], sent["sessionState"]["intent"]["slots"],
                "{place}: what was said is kept"
            );
            caller.attributes = attributes.clone();
        }
    }
    assert_eq!((world.epic.requests().fhir.len(), world.aws.operations().len()), (fhir, aws), "nobody is asked");
}

#[tokio::test]
async fn a_person_beats_any_slot_and_costs_no_attempt() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let attributes = caller.attributes.clone();
    for (locale, words) in [
        ("en_US", "a person please"),
        ("en_US", "agent"),
        ("en_US", "I want to speak to someone"),
        ("es_US", "quiero hablar con alguien"),
        ("es_US", "representante"),
        ("en_US", "una persona por favor"),
    ] {
        for (place, event) in turns(&caller) {
            let heard = caller.send(&saying(event, words, locale)).await;
            let dialog = Locale::of_bot(Some(locale)).dialog();
            assert_eq!(heard.text, dialog.to_a_person, "{place}, {words}");
            assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")), "{place}");
            assert!(!caller.attributes.contains_key("verificationTry"));
            caller.attributes = attributes.clone();
        }
    }
    assert!(world.epic.requests().fhir.is_empty());
}

#[tokio::test]
async fn the_key_of_a_person_works_in_the_middle_of_a_slot() {
    let world = World::working().await;
    let mut caller = Caller::from(&world, HOME).await;
    for (_, mut event) in turns(&caller) {
        (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!("0"));
        assert_eq!(caller.send(&event).await.status.as_deref(), Some("person"));
    }
}

#[tokio::test]
async fn in_a_chat_the_numbers_are_written_and_on_the_phone_marked_up() {
    let world = World::working().await;
    let caller = Caller::from(&world, HOME).await;
    let mut event = saying(caller.event("FallbackIntent", "FulfillmentCodeHook", json!({})), "overdose", "en_US");
    event["requestAttributes"] =
        json!({"x-amz-lex:channels:platform": "Connect", "x-amz-lex:accept-content-types": "PlainText,SSML"});
    let response = super::caller::invoke(&caller.fulfillment, &event.to_string()).await;
    let content = response["messages"][0]["content"].as_str().unwrap();
    assert_eq!(response["messages"][0]["contentType"], "SSML");
    assert!(content.contains("<say-as interpret-as=\"digits\">911</say-as>"), "{content}");
    assert!(content.contains("<say-as interpret-as=\"telephone\">1-800-222-1222</say-as>"), "{content}");
    (event["inputMode"], event["requestAttributes"]) =
        (json!("Text"), json!({"x-amz-lex:channels:platform": "Connect Chat"}));
    let response = super::caller::invoke(&caller.fulfillment, &event.to_string()).await;
    let content = response["messages"][0]["content"].as_str().unwrap();
    assert!(content.contains("dial 911.") && content.contains("1-800-222-1222") && !content.contains('<'), "{content}");
}

#[tokio::test]
async fn who_speaks_of_suicide_is_told_the_lifeline_in_each_form_and_language_of_either_bot() {
    let world = World::working().await;
    let caller = Caller::from(&world, HOME).await;
    for (locale, words, written) in [
        ("en_US", "I want to die", "the Suicide and Crisis Lifeline at 988, day or night."),
        ("es_US", "me quiero morir", "la Línea de Prevención del Suicidio y Crisis, al 988, a cualquier hora."),
    ] {
        for (place, event) in turns(&caller) {
            let mut event = saying(event, words, locale);
            let contents = async |event: &Value| {
                let response = super::caller::invoke(&caller.fulfillment, &event.to_string()).await;
                assert_eq!(response["sessionState"]["dialogAction"]["type"], "Close", "{place}");
                assert_eq!(response["sessionState"]["sessionAttributes"]["verificationStatus"], "person", "{place}");
                let contents = response["messages"].as_array().unwrap().iter();
                contents.map(|message| message["content"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
            };
            event["requestAttributes"] = json!({"x-amz-lex:channels:platform": "Connect",
                "x-amz-lex:accept-content-types": "PlainText,SSML"});
            let on_the_phone = contents(&event).await;
            let marked_up = written.replace("988", "<say-as interpret-as=\"digits\">988</say-as>");
            assert!(on_the_phone.contains(&marked_up), "{place}: {on_the_phone}");
            (event["inputMode"], event["requestAttributes"]) =
                (json!("Text"), json!({"x-amz-lex:channels:platform": "Connect Chat"}));
            let in_a_chat = contents(&event).await;
            assert!(in_a_chat.contains(written) && in_a_chat.contains("911"), "{place}: {in_a_chat}");
            assert!(!in_a_chat.contains("1-800-222-1222"), "{place}: {in_a_chat}");
        }
    }
}

#[tokio::test]
async fn a_site_without_a_lifeline_tells_none_and_one_with_another_tells_that() {
    for (number, told) in [("", None), ("116 123", Some("1 1 6, 1 2 3"))] {
        let mut world = World::working().await;
        world.environment.insert("CRISIS_LIFELINE_NUMBER".to_owned(), number.to_owned());
        let mut caller = Caller::from(&world, HOME).await;
        let event = saying(caller.event("FallbackIntent", "FulfillmentCodeHook", json!({})), "I want to die", "en_US");
        let heard = caller.send(&event).await;
        assert!(heard.text.starts_with("If this is an emergency, hang up and dial 9 1 1."), "{}", heard.text);
        assert!(heard.text.ends_with(en_us::DIALOG.to_a_person), "{}", heard.text);
        assert_eq!(heard.text.contains("Lifeline"), told.is_some(), "{}", heard.text);
        assert!(told.is_none_or(|told| heard.text.contains(told)), "{}", heard.text);
    }
}

#[tokio::test]
async fn the_sites_own_numbers_are_said() {
    let mut world = World::working().await;
    for (name, value) in [("EMERGENCY_NUMBER", "112"), ("POISON_CONTROL_NUMBER", "145"), ("HAND_OVER", "none")] {
        world.environment.insert(name.to_owned(), value.to_owned());
    }
    let mut caller = Caller::from(&world, HOME).await;
    let event = saying(caller.event("FallbackIntent", "FulfillmentCodeHook", json!({})), "I overdosed", "en_US");
    let heard = caller.send(&event).await;
    assert!(heard.text.contains("dial 1 1 2.") && heard.text.contains("1 4 5."), "{}", heard.text);
    assert!(heard.text.ends_with(en_us::DIALOG.call_the_clinic) && heard.status.as_deref() == Some("ended"));
}

#[tokio::test]
async fn an_emergency_that_the_bot_understood_is_one_and_needs_no_settings() {
    let world = World::working().await;
    world.aws.fail("secretsmanager:GetSecretValue settings", Fault::Hang, usize::MAX);
    let fulfillment = super::caller::fulfillment(&world);
    for (intent, words) in
        [("Emergency", "words that we don't know"), ("FallbackIntent", "I can't breathe"), ("SpeakToPerson", "x")]
    {
        let attributes = json!({"callingNumber": HOME}).as_object().unwrap().clone();
        let mut caller = Caller { world: &world, fulfillment: super::caller::fulfillment(&world), attributes };
        let event = saying(caller.event(intent, "FulfillmentCodeHook", json!({})), words, "es_US");
        let heard = caller.send(&event).await;
        assert!(heard.text.ends_with(es_us::DIALOG.to_a_person), "{intent}: {}", heard.text);
        // Words that we don't know may be of any danger.
        assert_eq!(heard.text.contains("9 8 8") && heard.text.contains("2 2 2"), intent == "Emergency", "{intent}");
        assert_eq!(heard.status.as_deref(), Some("person"));
    }
    drop(fulfillment);
}

/// A question of verification stands.
async fn asked(caller: &mut Caller<'_>) {
    let event = caller.event("VerifyCaller", "DialogCodeHook", json!({"DateOfBirth": null, "Gender": null}));
    let heard = caller.send(&event).await;
    assert!(["Delegate", "ElicitSlot"].contains(&heard.action.as_str()), "{heard:?}");
}

#[tokio::test]
async fn the_question_is_asked_again_with_what_was_answered_before_it() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    asked(&mut caller).await;
    let mut event = caller.event("Repeat", "DialogCodeHook", json!({}));
    let mut filled = slots("1987-09-12", "female");
    filled["Gender"] = Value::Null;
    let verify = json!({"intent": {"name": "VerifyCaller", "state": "InProgress", "confirmationState": "None", "slots": filled}});
    event["interpretations"].as_array_mut().unwrap().push(verify);
    let heard: Heard = caller.send(&event).await;
    assert!(["Delegate", "ElicitSlot"].contains(&heard.action.as_str()), "{heard:?}");
    assert_eq!(heard.intent["name"], "VerifyCaller");
    assert_eq!(heard.intent["slots"]["DateOfBirth"]["value"]["interpretedValue"], "1987-09-12");
    assert_eq!(heard.intent["state"], "InProgress");
}

#[tokio::test]
async fn help_in_the_middle_of_verification_says_why_it_is_asked_and_the_question_again() {
    let world = world_with_token().await;
    for (locale, dialog) in [("en_US", &en_us::DIALOG), ("es_US", &es_us::DIALOG)] {
        let mut caller = Caller::from(&world, HOME).await;
        asked(&mut caller).await;
        let mut event = saying(caller.event("Help", "DialogCodeHook", json!({})), "why do you ask", locale);
        let heard = caller.send(&event).await;
        let question = dialog.verification.birth_date.text(AnsweredBy::Phone);
        let expected = format!("{} {question}", dialog.listening.help_in_a_question);
        assert_eq!((heard.action.as_str(), heard.slot.as_deref()), ("ElicitSlot", Some("DateOfBirth")));
        assert_eq!((heard.text, &heard.intent["name"]), (expected, &json!("VerifyCaller")));
        // With the birth date given, it is read back again, and what comes after it is asked.
        let mut filled = slots("1987-09-12", "female");
        filled["Gender"] = Value::Null;
        let verify = json!({"intent": {"name": "VerifyCaller", "state": "InProgress", "slots": filled}});
        event["interpretations"].as_array_mut().unwrap().push(verify);
        let heard = caller.send(&event).await;
        assert_eq!((heard.action.as_str(), heard.slot.as_deref()), ("ElicitSlot", Some("Gender")), "{heard:?}");
        assert!(
            heard.text.starts_with(dialog.listening.help_in_a_question) && heard.text.contains("1987"),
            "{heard:?}"
        );
        assert!(!caller.attributes.contains_key("verificationTry"));
    }
}

#[tokio::test]
async fn help_before_verification_tells_what_can_be_said() {
    let world = World::working().await;
    let mut caller = Caller::from(&world, HOME).await;
    for intent in ["Help", "Repeat"] {
        let heard = caller.say(intent).await;
        let listening = &en_us::DIALOG.listening;
        assert_eq!(heard.text, format!("{} {}", listening.help_unverified, listening.keys_unverified), "{intent}");
        assert_eq!(heard.action, "ElicitIntent");
    }
}

#[tokio::test]
async fn before_verification_a_key_begins_it_ends_the_call_or_helps() {
    let world = World::working().await;
    for (key, action, intent) in
        [("1", "Delegate", "VerifyCaller"), ("9", "Close", "Goodbye"), ("*", "ElicitIntent", "")]
    {
        let mut caller = Caller::from(&world, HOME).await;
        let mut event = caller.event("FallbackIntent", "FulfillmentCodeHook", json!({}));
        (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!(key));
        let heard = caller.send(&event).await;
        assert!(heard.action == action || heard.action == "ElicitSlot", "{key}: {heard:?}");
        assert_eq!(heard.intent["name"].as_str().unwrap_or_default(), intent, "{key}");
    }
}
