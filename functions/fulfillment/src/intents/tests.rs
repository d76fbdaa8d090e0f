//! The bots in `template.yaml` and the code agree.

use std::collections::BTreeSet;

use sam_template::Template;
use serde_json::Value;

use super::IntentName;
use super::verify_caller::slot::Slot;
use crate::lex::messages::MAX_CHARS;
use crate::verification::gender::Gender;

/// Each language of each bot, with its name for a failing test.
fn locales() -> Vec<(String, Value)> {
    let template = Template::careline().unwrap();
    let given = |name: &str| Some(name.to_owned());
    let bots = template.of_type("AWS::Lex::Bot").map(|(name, bot)| (name, template.resolve(bot, &given).unwrap()));
    let locales: Vec<_> = bots
        .flat_map(|(name, bot)| {
            let locales = bot["BotLocales"].as_array().unwrap().clone();
            locales.into_iter().map(move |locale| (format!("{name} {}", locale["LocaleId"]), locale))
        })
        .collect();
    assert_eq!(locales.len(), 4, "two bots in two languages");
    locales
}

fn items<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value[field].as_array().into_iter().flatten()
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
    for (locale, bot) in locales() {
        for intent in items(&bot, "Intents") {
            let name = intent["Name"].as_str().unwrap();
            assert_eq!(IntentName::parse(name).as_str(), name, "{locale}");
            assert_eq!(intent["DialogCodeHook"]["Enabled"], true, "{locale}: {name}");
            // With the other language PatientAuth's part is over; but a word of danger is heard before. After verification
            // the list has to be there in it.
            let fulfilled = intent.get("FulfillmentCodeHook").is_some_and(|hook| hook["Enabled"] == true);
            let over = name == IntentName::OtherLanguage.as_str() && locale.starts_with("PatientAuth");
            assert_eq!(fulfilled, !over, "{locale}: {name}");
        }
    }
}

#[test]
fn the_slots_that_are_read_are_there_and_every_gender_is_known() {
    for (locale, bot) in locales() {
        for slot in items(&bot, "Intents").flat_map(|intent| items(intent, "Slots")) {
            assert_eq!(slot["ObfuscationSetting"]["ObfuscationSettingType"], "DefaultObfuscation", "{locale}: {slot}");
        }
        let Some(verify) = items(&bot, "Intents").find(|intent| intent["Name"] == "VerifyCaller") else { continue };
        let slots: Vec<_> = items(verify, "Slots").map(|slot| slot["Name"].as_str().unwrap()).collect();
        assert!(slots.iter().all(|slot| Slot::parse(slot).is_some()), "{locale}: {slots:?}");
        assert_eq!(verify["DialogCodeHook"]["Enabled"], true);
        let genders = items(&bot, "SlotTypes").find(|slot_type| slot_type["Name"] == Slot::Gender.name()).unwrap();
        for value in items(genders, "SlotTypeValues") {
            assert!(Gender::parse(value["SampleValue"]["Value"].as_str().unwrap()).is_some(), "{locale}: {value}");
        }
    }
}

#[test]
fn both_languages_have_the_same_intents_and_slots() {
    let shape = |bot: &Value| -> Vec<(String, Vec<String>)> {
        let name = |value: &Value| value["Name"].as_str().unwrap().to_owned();
        items(bot, "Intents").map(|intent| (name(intent), items(intent, "Slots").map(name).collect())).collect()
    };
    let locales = locales();
    for bots in locales.chunks(2) {
        assert_eq!(shape(&bots[0].1), shape(&bots[1].1), "{} and {}", bots[0].0, bots[1].0);
    }
}

#[test]
fn no_two_intents_of_a_bot_claim_the_same_words() {
    for (locale, bot) in locales() {
        let mut said = BTreeSet::new();
        for intent in items(&bot, "Intents") {
            let utterances: Vec<_> = items(intent, "SampleUtterances").collect();
            assert!(utterances.len() >= 10 || intent["Name"] == "FallbackIntent", "{locale}: {}", intent["Name"]);
            for utterance in utterances {
                let words = utterance["Utterance"].as_str().unwrap().to_lowercase();
                assert!(said.insert(words.clone()), "{locale}: {words}");
            }
        }
    }
}

#[test]
fn nothing_in_the_definition_is_longer_than_lex_takes() {
    let locales = locales();
    let mut messages = Vec::new();
    locales.iter().for_each(|(_, bot)| texts(bot, "Value", &mut messages));
    assert!(messages.len() > 20 && messages.iter().all(|message| message.chars().count() <= MAX_CHARS));
}
