//! Whole calls at sites of other policies than the default: the bots of the template, and the contact flow, played to
//! fulfillment in this process.

use careline::contact_flow::definition::FlowDefinition;
use careline::contact_flow::{Caller as OnTheLine, Channel, ContactFlow, Happening};
use careline::lex::invocation::Invocation;
use epic_simulator::site::MinimumDataSets;
use serde_json::{Value, json};
use shared::randomness::Randomness;

use super::caller::{HOME, fulfillment, invoke, world_with_token};
use super::dialogue::policy;
use crate::support::world::World;

/// A line of a call: what the caller says or keys, and what they hear of the reply, in small letters.
type Turn<'a> = (&'a str, &'a str);

async fn play(world: &World, policy: Value, number: Option<&str>, channel: Channel, locale: &str, turns: &[Turn<'_>]) {
    world.set("patient_search", policy);
    let fulfillment = fulfillment(world);
    fulfillment.prepare().await;
    let definition = FlowDefinition::deployed().unwrap();
    let caller = OnTheLine { number: number.map(str::to_owned), locale_id: locale.to_owned(), channel };
    let mut heard = Vec::new();
    let hear = |happening: Happening<'_>, heard: &mut Vec<String>| match happening {
        Happening::Heard(words) => heard.push(words.to_lowercase()),
        Happening::Failed(failure) => panic!("Connect takes the error branch: {failure}"),
    };
    let services = (world.clock.clock(), Randomness::system());
    let mut flow =
        ContactFlow::answer(&definition, caller, services, &mut |happening| hear(happening, &mut heard)).unwrap();
    let function = async |payload: Vec<u8>| {
        let answer = invoke(&fulfillment, std::str::from_utf8(&payload).unwrap()).await;
        Invocation::Answered(answer.to_string().into_bytes())
    };
    for (says, hears) in turns {
        heard.clear();
        flow.say(says, &function, &mut |happening| hear(happening, &mut heard)).await;
        let heard = heard.join(" ");
        assert!(heard.contains(hears), "{says}: {heard}");
    }
}

fn with_names() -> Value {
    policy(json!({"required": ["phone", "name", "birth_date", "gender"]}))
}

#[tokio::test]
async fn a_caller_gives_their_name_and_spells_it() {
    let world = world_with_token().await;
    world.epic.control().site(|site| site.minimum_data_sets = MinimumDataSets::EpicDefault);
    let turns = [
        ("verify me", "first name"),
        ("Camila", "last name"),
        ("I'll spell it", "one letter at a time"),
        ("l o p e z", "date of birth"),
        ("September twelfth nineteen eighty-seven", "i heard september 12, 1987"),
        ("female", "you are verified"),
    ];
    play(&world, with_names(), Some(HOME), Channel::Voice, "en_US", &turns).await;
}

#[tokio::test]
async fn a_name_that_was_misheard_is_spelled_at_the_next_try() {
    let world = world_with_token().await;
    let turns = [
        ("verify me", "first name"),
        ("Camila", "last name"),
        ("Gomez", "date of birth"),
        ("September twelfth nineteen eighty-seven", "gender"),
        ("female", "spell your first name"),
        ("Camila", "spell your last name"),
        ("l o p e z", "date of birth"),
        ("September twelfth nineteen eighty-seven", "gender"),
        ("female", "you are verified"),
    ];
    play(&world, with_names(), Some(HOME), Channel::Voice, "en_US", &turns).await;
}

#[tokio::test]
async fn a_number_that_is_withheld_is_said_or_keyed_and_the_zip_code_beside_it() {
    let world = world_with_token().await;
    let said = policy(json!({"said_number": "postal_code"}));
    let turns = [
        ("verify me", "phone number"),
        ("four six nine five five five five five five five", "date of birth"),
        ("September twelfth nineteen eighty-seven", "gender"),
        ("female", "zip code"),
        ("seven five oh four three", "you are verified"),
    ];
    play(&world, said.clone(), None, Channel::Voice, "en_US", &turns).await;
    let turns = [
        ("verify me", "phone number"),
        ("4695555555#", "date of birth"),
        ("09121987#", "gender"),
        ("1", "zip code"),
        ("75043#", "you are verified"),
    ];
    play(&world, said.clone(), None, Channel::Keypad, "en_US", &turns).await;
    let turns = [
        ("verify me", "phone number"),
        ("469-555-5555", "date of birth"),
        ("09/12/1987", "gender"),
        ("Female", "zip code"),
        ("75043", "you are verified"),
    ];
    play(&world, said.clone(), Some(HOME), Channel::Chat, "en_US", &turns).await;
    let turns = [
        ("verifíqueme", "teléfono"),
        ("cuatro seis nueve cinco cinco cinco cinco cinco cinco cinco", "fecha de nacimiento"),
        ("doce de septiembre de mil novecientos ochenta y siete", "entendí el 12 de septiembre de 1987"),
        ("femenino", "código postal"),
        ("siete cinco cero cuatro tres", "está verificada"),
    ];
    play(&world, said, None, Channel::Voice, "es_US", &turns).await;
}

#[tokio::test]
async fn a_birth_date_that_nothing_follows_is_confirmed_by_word_or_key() {
    let world = world_with_token().await;
    for (channel, no, yes) in [(Channel::Voice, "no", "yes"), (Channel::Keypad, "2", "1")] {
        let turns = [
            ("verify me", "date of birth"),
            ("September thirteenth nineteen eighty-seven", "is that right"),
            (no, "date of birth"),
            ("September twelfth nineteen eighty-seven", "is that right"),
            (yes, "you are verified"),
        ];
        let two_factors = policy(json!({"required": ["phone", "birth_date"]}));
        play(&world, two_factors, Some(HOME), channel, "en_US", &turns).await;
    }
}

#[tokio::test]
async fn a_record_number_is_not_known_and_the_zip_code_is() {
    let world = world_with_token().await;
    let turns = [
        ("verify me", "date of birth"),
        ("September twelfth nineteen eighty-seven", "record number"),
        ("I don't know", "zip code"),
        ("seventy-five oh forty-three", "you are verified"),
    ];
    let either = policy(json!({"required": ["phone", "birth_date"],
        "optional": ["mrn_last_four", "postal_code"], "optional_needed": 1}));
    play(&world, either, Some(HOME), Channel::Voice, "en_US", &turns).await;
}

#[tokio::test]
async fn another_number_is_on_the_chart() {
    let world = world_with_token().await;
    let turns = [
        ("verify me", "date of birth"),
        ("I have another number", "phone number"),
        ("four six nine five five five five five five five", "date of birth"),
        ("September twelfth nineteen eighty-seven", "gender"),
        ("female", "last four digits"),
        ("three seven one three", "you are verified"),
    ];
    let said = policy(json!({"said_number": "mrn_last_four",
        "mrn_system": "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.14"}));
    play(&world, said, Some("+14695550000"), Channel::Voice, "en_US", &turns).await;
}
