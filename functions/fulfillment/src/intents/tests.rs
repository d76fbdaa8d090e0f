//! The bots' definition and the code agree.

use std::collections::BTreeSet;

use serde_json::Value;

use super::IntentName;
use super::verify_caller::slot::Slot;
use crate::lex::messages::MAX_CHARS;
use crate::verification::gender::Gender;

fn bots() -> Value {
    shared::json::decode(include_bytes!("../../bots.json")).unwrap()
}

fn items<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value[field].as_array().into_iter().flatten()
}

fn locale<'a>(bots: &'a Value, bot: &str) -> &'a Value {
    &bots["Bots"][bot]["BotLocales"][0]
}

/// Every text under a key named `field`.
fn texts<'a>(value: &'a Value, field: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get(field).and_then(Value::as_str));
            fields.values().for_each(|value| texts(value, field, found));
        }
        Value::Array(values) => values.iter().for_each(|value| texts(value, field, found)),
        _ => {}
    }
}

#[test]
fn every_intent_of_the_bots_is_one_that_is_answered() {
    let bots = bots();
    for bot in ["PatientAuth", "HealthcareIVR"] {
        for intent in items(locale(&bots, bot), "Intents") {
            let name = intent["Name"].as_str().unwrap();
            assert_eq!(IntentName::parse(name).as_str(), name);
            assert_eq!(intent["FulfillmentCodeHook"]["Enabled"], true, "{name}");
        }
    }
}

#[test]
fn the_slots_are_those_that_are_read_and_every_gender_is_known() {
    let bots = bots();
    let auth = locale(&bots, "PatientAuth");
    let verify = items(auth, "Intents").find(|intent| intent["Name"] == "VerifyCaller").unwrap();
    let slots: Vec<_> = items(verify, "Slots").map(|slot| slot["Name"].as_str().unwrap()).collect();
    assert!(slots.iter().all(|slot| Slot::parse(slot).is_some()), "{slots:?}");
    assert_eq!(verify["DialogCodeHook"]["Enabled"], true);
    for slot in items(verify, "Slots") {
        assert_eq!(slot["ObfuscationSetting"]["ObfuscationSettingType"], "DefaultObfuscation");
    }
    for value in items(&auth["SlotTypes"][0], "SlotTypeValues") {
        assert!(Gender::parse(value["SampleValue"]["Value"].as_str().unwrap()).is_some());
    }
}

#[test]
fn no_two_intents_of_a_bot_claim_the_same_words() {
    let bots = bots();
    for bot in ["PatientAuth", "HealthcareIVR"] {
        let mut said = BTreeSet::new();
        for utterance in items(locale(&bots, bot), "Intents").flat_map(|intent| items(intent, "SampleUtterances")) {
            let words = utterance["Utterance"].as_str().unwrap().to_lowercase();
            assert!(said.insert(words.clone()), "{bot}: {words}");
        }
    }
}

#[test]
fn nothing_in_the_definition_is_longer_than_lex_takes() {
    let bots = bots();
    let mut messages = Vec::new();
    texts(&bots["Bots"], "Value", &mut messages);
    messages.extend(bots["Flow"].as_object().unwrap().values().filter_map(Value::as_str));
    assert!(messages.len() > 20 && messages.iter().all(|message| message.chars().count() <= MAX_CHARS));
}
