//! Whatever the list holds, each answer about it is taken by Lex and by Connect, and says the same with markup as without.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::call_record::store::Written;
use shared::call_record::{CallReference, MedicationsOutcome, PatientId, VerifiedCaller};
use shared::connection::ConnectionName;
use shared::medication_list::{MedicationList, SpokenMedication};
use shared::phi::Phi;
use shared::randomness::Randomness;
use shared::speech::Locale;

use super::caller::{CAMILA, Caller, HOME, invoke};
use super::chance::Chance;
use super::ssml;
use crate::support::world::World;

const TURNS: usize = 60;

fn text(chance: &mut Chance) -> Phi<String> {
    const WORDS: &[&str] = &[
        "take",
        "one",
        "tablet",
        "250",
        "1,000",
        "0.5",
        "mg",
        "&",
        "<b>",
        "</speak>",
        "\"twice\"",
        "it's",
        "&amp;",
        "a > b",
        "\u{0}",
        "\u{FFFE}",
        "\u{1F48A}",
        "daily.",
        "\n",
        "ñandú",
        "]]>",
        "<!--",
        "",
    ];
    let count = match chance.below(8) {
        0 => 0,
        1 => 700,
        n => 4 * n,
    };
    Phi::new((0..count).map(|_| *chance.of(WORDS)).collect::<Vec<_>>().join(" "))
}

fn texts(chance: &mut Chance) -> Vec<Phi<String>> {
    (0..chance.below(4)).map(|_| text(chance)).collect()
}

async fn call(world: &World, chance: &mut Chance) -> CallReference {
    let (call, now) = (CallReference::new(&Randomness::system()), world.clock.clock().now());
    let expires_at = now.saturating_add(jiff::SignedDuration::from_mins(20)).unwrap();
    let caller = VerifiedCaller {
        connection: ConnectionName::parse("sandbox").unwrap(),
        patient: PatientId::parse(CAMILA).unwrap(),
        locale: Locale::EnUs,
        verified_by: Vec::new(),
        verified_at: now,
        expires_at,
    };
    let medication = |chance: &mut Chance| SpokenMedication {
        name: text(chance),
        also_called: texts(chance),
        purpose: texts(chance),
        sentences: texts(chance),
        readable: true,
    };
    let medications = (0..chance.below(6)).map(|_| medication(chance)).collect();
    let list = MedicationList {
        medications,
        partial: chance.below(2) == 0,
        withheld: chance.below(3) == 0,
        left_out: BTreeMap::new(),
        read_at: now,
    };
    let store = world.call_store();
    assert_eq!(store.open(&call, &caller).await.unwrap(), Written::Stored);
    assert_eq!(
        store.write_medications(&call, &MedicationsOutcome::Read { list }, expires_at).await.unwrap(),
        Written::Stored
    );
    call
}

/// The text of the messages; each is checked by the way.
fn checked(response: &Value, marked_up: bool) -> String {
    let messages = response["messages"].as_array().unwrap();
    assert!((1..=10).contains(&messages.len()));
    let text = messages.iter().map(|message| {
        let content = message["content"].as_str().unwrap();
        assert!((1..=1000).contains(&content.encode_utf16().count()));
        if !marked_up {
            assert_eq!(message["contentType"], "PlainText");
            return content.to_owned();
        }
        assert_eq!(message["contentType"], "SSML");
        let read = ssml::read(content).unwrap_or_else(|error| panic!("{error}: {content}"));
        assert!(ssml::is_for_connect(&read), "{content}");
        read.text()
    });
    let text: Vec<String> = text.collect();
    assert!(text.iter().all(|text| !text.trim().is_empty()));
    text.join(" ").split_whitespace().collect()
}

#[tokio::test]
async fn each_answer_is_well_formed_within_the_limits_and_the_same_with_markup_as_without() {
    let world = super::caller::world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let mut chance = Chance::new(20_261_125);
    let mut the_same = 0;
    for turn in 0..TURNS {
        let call = call(&world, &mut chance).await;
        caller.attributes.insert("callReference".to_owned(), json!(call.as_str()));
        for intent in
            ["ListMedications", "MoreMedications", "CountMedications", "HowToTake", "WhatFor", "SpellThat", "Repeat"]
        {
            let said = *chance.of(&["it", "take tablet", "250"]);
            let slot = json!({"shape": "Scalar", "value": {"originalValue": said, "resolvedValues": []}});
            caller.attributes.insert("medicationsSpoken".to_owned(), json!(chance.below(6).to_string()));
            caller.attributes.insert("lastMedication".to_owned(), json!(chance.below(6).to_string()));
            caller
                .attributes
                .insert("lastTurn".to_owned(), json!(chance.of(&["ListMedications:1", "HowToTake:0", "Help"])));
            caller.attributes.insert("slower".to_owned(), json!(chance.below(3).to_string()));
            let mut event = caller.event(intent, "FulfillmentCodeHook", json!({"Medication": slot}));
            let plain = invoke(&caller.fulfillment, &event.to_string()).await;
            event["requestAttributes"]["x-amz-lex:accept-content-types"] = json!("PlainText,SSML");
            let marked_up = invoke(&caller.fulfillment, &event.to_string()).await;
            let (plain_text, text) = (checked(&plain, false), checked(&marked_up, true));
            // With markup there may be room for fewer medications in a turn, or for none of so many words.
            let spoken = |response: &Value| response["sessionState"]["sessionAttributes"]["medicationsSpoken"].clone();
            if spoken(&plain) == spoken(&marked_up) && !text.contains("toolong") {
                assert_eq!(text, plain_text, "turn {turn}, {intent}");
                the_same += 1;
            }
        }
    }
    assert!(the_same > TURNS * 4, "{the_same}");
}
