//! Events that Lex would not send, or not yet: each is answered, in a form that Lex takes, with words.

use serde_json::{Map, Value, json};

use super::caller::{Caller, invoke, slots, world_with_token};
use super::chance::Chance;
use super::ssml;

const EVENTS: usize = 1500;
const REAL: [&str; 4] = [
    include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/banking-bot-fulfillment-dob-slot.json"),
    include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/book-hotel-dialog-null-slots.json"),
    include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/connect-chat-dialog.json"),
    include_str!("../../functions/fulfillment/tests/fixtures/lex-v2/connect-voice-fallback-fulfillment.json"),
];
const INTENTS: [&str; 16] = [
    "VerifyCaller",
    "ListMedications",
    "MoreMedications",
    "Repeat",
    "SpeakSlower",
    "SpellThat",
    "CountMedications",
    "HowToTake",
    "WhatFor",
    "NextAppointment",
    "StopSpeaking",
    "SpeakToPerson",
    "Emergency",
    "Goodbye",
    "Help",
    "FallbackIntent",
];
const WORDS: [&str; 14] = [
    "",
    "I took too many",
    "a person",
    "0",
    "1",
    "8",
    "*",
    "[DEL]",
    "09121987",
    "lisinopril",
    "drospirenone",
    "no puedo respirar",
    "\u{0}\u{FFFE}<speak>&",
    "yes",
];

fn value(chance: &mut Chance) -> Value {
    match chance.below(9) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1e300),
        4 => json!([]),
        5 => json!({}),
        6 => json!("x".repeat(chance.below(3) * 2000)),
        7 => json!(chance.of(&WORDS)),
        _ => {
            json!({"shape": "List", "values": [null], "value": {"originalValue": chance.of(&WORDS), "resolvedValues": null}})
        }
    }
}

/// Changes one value somewhere.
fn mutate(event: &mut Value, chance: &mut Chance) {
    match event {
        Value::Object(fields) if !fields.is_empty() && chance.below(6) > 0 => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = chance.of(&names);
            match chance.below(8) {
                0 => drop(fields.remove(name)),
                1 => drop(fields.insert(chance.of(&WORDS).to_string(), value(chance))),
                _ => mutate(fields.get_mut(name).unwrap(), chance),
            }
        }
        Value::Array(values) if !values.is_empty() && chance.below(6) > 0 => {
            let at = chance.below(values.len());
            mutate(&mut values[at], chance);
        }
        other => *other = value(chance),
    }
}

fn check(event: &Value, response: &Value) {
    let fail = |problem: &str| panic!("{problem}\n{event}\n{response}");
    let state = &response["sessionState"];
    let messages = response["messages"].as_array().map_or(&[][..], Vec::as_slice);
    match state["dialogAction"]["type"].as_str() {
        Some("Delegate") if messages.is_empty() => {}
        Some("ElicitSlot") if state["dialogAction"]["slotToElicit"].is_string() => {}
        Some("ElicitIntent" | "Close") if !messages.is_empty() => {}
        _ => fail("the action is none, or lacks what it needs"),
    }
    if state["dialogAction"]["type"] != "ElicitIntent" && state["intent"]["name"].as_str().is_none_or(str::is_empty) {
        fail("no intent is echoed");
    }
    if state["dialogAction"]["type"] == "Close"
        && !["Fulfilled", "Failed"].contains(&state["intent"]["state"].as_str().unwrap())
    {
        fail("closed in no state");
    }
    let texts = |values: &Map<String, Value>| values.values().all(Value::is_string);
    if state.get("sessionAttributes").is_some_and(|attributes| !attributes.as_object().is_some_and(texts)) {
        fail("attributes that are no text");
    }
    if messages.len() > 10 || response.to_string().len() > 50 * 1024 {
        fail("too much is said");
    }
    for message in messages {
        let content = message["content"].as_str().unwrap();
        let taken = match message["contentType"].as_str() {
            Some("PlainText") => !content.trim().is_empty(),
            Some("SSML") => {
                ssml::read(content).is_ok_and(|read| ssml::is_for_connect(&read) && !read.text().is_empty())
            }
            _ => false,
        };
        if !taken || content.encode_utf16().count() > 1000 {
            fail("a message that is not taken");
        }
    }
}

#[tokio::test]
async fn whatever_is_sent_is_answered_in_words_that_lex_takes() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    caller.say("ListMedications").await;
    let mut chance = Chance::new(7_919);
    for number in 0..EVENTS {
        let mut event = if number % 4 == 0 {
            shared::json::decode(chance.of(&REAL).as_bytes()).unwrap()
        } else {
            let hook = *chance.of(&["DialogCodeHook", "FulfillmentCodeHook"]);
            let born = if chance.below(20) == 0 {
                slots("1987-09-12", "female")
            } else {
                json!({"DateOfBirth": null, "Gender": null})
            };
            let medication = json!({"Medication": value(&mut chance)});
            let intent = *chance.of(&INTENTS);
            caller.event(intent, hook, if intent == "VerifyCaller" { born } else { medication })
        };
        event["inputMode"] = json!(chance.of(&["Speech", "DTMF", "Text"]));
        event["inputTranscript"] = json!(chance.of(&WORDS));
        if chance.below(2) == 0 {
            event["requestAttributes"]["x-amz-lex:accept-content-types"] = json!("PlainText,SSML");
        }
        event["bot"]["localeId"] = json!(chance.of(&["en_US", "es_US", "xx"]));
        for _ in 0..chance.below(4) {
            mutate(&mut event, &mut chance);
        }
        let response = invoke(&caller.fulfillment, &event.to_string()).await;
        check(&event, &response);
    }
}
