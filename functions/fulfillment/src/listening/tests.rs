//! Who is heard to be in danger or to want a person, and who is not.

use serde_json::json;

use super::*;

mod aside;
mod bots;
mod self_harm;
mod spanish;

fn said(transcript: &str) -> Option<Urgent> {
    urgent(&event(json!({"inputMode": "Speech", "inputTranscript": transcript})))
}

#[track_caller]
fn all(expected: Option<Urgent>, transcripts: &[&str]) {
    let otherwise: Vec<_> = transcripts.iter().filter(|words| said(words) != expected).collect();
    assert!(otherwise.is_empty(), "{expected:?}: {otherwise:?}");
}

fn event(event: serde_json::Value) -> Event {
    shared::json::decode(event.to_string().as_bytes()).unwrap()
}

const DANGER: Option<Urgent> = Some(Urgent::Emergency(Danger { poisoning: false, self_harm: false }));
const POISONING: Option<Urgent> = Some(Urgent::Emergency(Danger { poisoning: true, self_harm: false }));
const SELF_HARM: Option<Urgent> = Some(Urgent::Emergency(Danger { poisoning: false, self_harm: true }));
const BOTH: Option<Urgent> = Some(Urgent::Emergency(Danger { poisoning: true, self_harm: true }));
const PERSON: Option<Urgent> = Some(Urgent::Person);

#[test]
fn too_much_or_something_wrong_was_taken() {
    all(
        POISONING,
        &[
            "I took too many",
            "I took too many of my pills",
            "I think I've taken too much",
            "I take too many pills",
            "She took way too many of them",
            "I overdosed",
            "overdose",
            "my husband swallowed too many tablets",
            "I took the whole bottle",
            "I swallowed the whole bottle of Tylenol",
            "I took all of my pills at once",
            "I took a double dose",
            "I accidentally took my medicine twice",
            "I took it twice today",
            "I took the wrong pill",
            "I took my wife's medicine by mistake",
            "I took someone else's pills",
            "my son drank bleach",
            "she's been poisoned",
            "tomé demasiadas",
            "Tomé demasiadas pastillas",
            "me tomé todas las pastillas",
            "mi hijo se tomó demasiado medicamento",
            "creo que es una sobredosis",
            "me tome el doble",
            "tomé la pastilla equivocada",
            "mi hija se tragó una pila",
            "está envenenado",
            "TOME DEMASIADAS",
        ],
    );
}

#[test]
fn someone_is_in_danger() {
    all(
        DANGER,
        &[
            "I can't breathe",
            "I cant breathe",
            "I cannot breathe",
            "I can’t catch my breath",
            "it's hard to breathe",
            "I'm having trouble breathing",
            "he isn't breathing",
            "she stopped breathing",
            "I have chest pain",
            "chest pain",
            "my chest hurts",
            "my chest is really hurting",
            "there's a pain in my chest",
            "pressure in my chest",
            "what should I take for chest pain",
            "what can I take for my chest pain",
            "what do I do for chest pain",
            "I need help for chest pain",
            "I took my medicine for chest pain and it still hurts",
            "heart attack",
            "I think I'm having a heart attack",
            "my wife is having a stroke",
            "he's having a seizure",
            "he's unconscious",
            "my mother passed out",
            "she won't wake up",
            "I'm bleeding",
            "it won't stop bleeding",
            "bleeding",
            "my throat is closing",
            "I'm having an allergic reaction",
            "he's choking",
            "call 911",
            "nine one one",
            "I need an ambulance",
            "this is an emergency",
            "emergency",
            "it's a medical emergency",
            "help, emergency, please",
            "take me to the emergency room",
            "I'm dying",
            "no puedo respirar",
            "¡No puedo respirar!",
            "no respira",
            "me falta el aire",
            "tengo dolor de pecho",
            "dolor de pecho",
            "me duele el pecho",
            "tengo un dolor muy fuerte en el pecho",
            "me está dando un infarto",
            "un ataque al corazón",
            "derrame cerebral",
            "está inconsciente",
            "se desmayó",
            "no se despierta",
            "estoy sangrando",
            "no para de sangrar",
            "se me está cerrando la garganta",
            "llame al 911",
            "necesito una ambulancia",
            "es una emergencia",
            "emergencia",
            "qué puedo tomar para el dolor de pecho",
        ],
    );
}

#[test]
fn a_question_about_a_medicine_is_no_emergency() {
    all(
        None,
        &[
            "what did I take for chest pain",
            "what do I take for chest pain",
            "what is my chest pain medicine",
            "which one is for chest pain",
            "is it for my heart attack",
            "what do I take to prevent a stroke",
            "which pill is against strokes",
            "how do I take my seizure medicine",
            "what medicine do I take since my stroke",
            "what's the inhaler for shortness of breath",
            "when do I use it for trouble breathing",
            "I'm in pain",
            "what do I take for pain",
            "what is it for",
            "how many do I take",
            "is that taken twice a day",
            "is my inhaler medicine for asthma",
            "how many are too many",
            "emergency contact",
            "what is an emergency contact",
            "what is my emergency inhaler called",
            "what's the cream for poison ivy",
            "when is my flu shot",
            "what are my medications",
            "my phone number is four six nine nine one one five five five five",
            "September eleventh nineteen fifty one",
            "nine eleven nineteen fifty",
            "more",
            "female",
            "para qué es",
            "qué tomo para el dolor de pecho",
            "cuál es la medicina para el infarto",
            "cómo tomo la pastilla del dolor de pecho",
            "contacto de emergencia",
            "cuántas tomo",
            "nueve once de mil novecientos cincuenta",
            "cuáles son mis medicamentos",
            "once de septiembre",
            "derramé la medicina",
            "",
        ],
    );
}

#[test]
fn a_person_is_asked_for() {
    all(
        PERSON,
        &[
            "I don't want a robot, I want a person",
            "I don't like machines, give me a person",
            "I don't need this, let me talk to someone",
            "a person",
            "a person, please",
            "Person",
            "agent",
            "Agent!",
            "operator",
            "representative",
            "I want to speak to a person",
            "let me talk to someone",
            "can I talk to a real person",
            "I need to speak with somebody about this",
            "connect me to an agent",
            "get me a human",
            "I'd like a representative",
            "human",
            "a human being",
            "talk to a nurse",
            "the pharmacist",
            "customer service",
            "zero",
            "just give me an operator please",
            "una persona",
            "una persona, por favor",
            "representante",
            "quiero hablar con alguien",
            "quiero hablar con una persona",
            "comuníqueme con un agente",
            "páseme con la operadora",
            "necesito hablar con una enfermera",
            "operadora",
            "cero",
        ],
    );
}

#[test]
fn who_does_not_ask_for_a_person_gets_none() {
    all(
        None,
        &[
            "I'm a person",
            "what did the person at the pharmacy say",
            "I don't want a person",
            "I don't want to talk to anyone",
            "I do not need an agent",
            "I don't want you to transfer me to an operator",
            "not a person",
            "no quiero hablar con una persona",
            "nonbinary person",
            "ask my pharmacist",
            "what does it say about someone",
            "please",
            "no",
            "",
        ],
    );
}

#[test]
fn an_emergency_comes_before_a_person() {
    assert_eq!(said("get me a person I can't breathe"), DANGER);
    assert_eq!(said("operator I took too many pills"), POISONING);
}

#[test]
fn an_emergency_is_looked_for_in_all_that_may_have_been_said_and_a_person_in_what_was() {
    let heard = |second: &str, confidence: serde_json::Value| {
        urgent(&event(json!({"inputMode": "Speech", "inputTranscript": "eye can breathe", "transcriptions": [
            {"transcription": "eye can breathe", "transcriptionConfidence": 0.7},
            {"transcription": second, "transcriptionConfidence": confidence},
        ]})))
    };
    assert_eq!(heard("I can't breathe", json!(0.55)), DANGER);
    assert_eq!(heard("I can't breathe", json!(null)), DANGER);
    assert_eq!(heard("I can't breathe", json!(0.1)), None);
    assert_eq!(heard("a person", json!(0.69)), None);
}

#[test]
fn a_lone_word_taken_for_a_name_is_the_name() {
    let named = |transcript: &str, slot: &str, original: &str| {
        urgent(&event(json!({"inputMode": "Speech", "inputTranscript": transcript, "sessionState": {"intent": {
            "name": "VerifyCaller", "slots": {"DateOfBirth": null, slot: {"shape": "Scalar", "value":
                {"originalValue": original, "interpretedValue": original, "resolvedValues": [original]}}}}}})))
    };
    assert_eq!(named("Person", "LastName", "person"), None);
    assert_eq!(named("Agent.", "FirstName", "Agent"), None);
    assert_eq!(named("a person please", "LastName", "person"), PERSON);
    assert_eq!(named("operator", "LastName", "lopez"), PERSON, "a name from an earlier turn");
    assert_eq!(named("operator", "Gender", "operator"), PERSON);
    assert_eq!(named("Socorro", "FirstName", "Socorro"), None, "the name of many a woman");
    assert_eq!(named("socorro", "FirstName", "lopez"), DANGER, "a name from an earlier turn");
    assert_eq!(named("overdose", "LastName", "overdose"), POISONING, "rather once too often");
}

#[test]
fn a_key_is_a_person_or_an_emergency_only_where_it_is_all_that_was_keyed() {
    let keyed = |keys: &str| urgent(&event(json!({"inputMode": "DTMF", "inputTranscript": keys})));
    assert_eq!((keyed("0"), keyed("000"), keyed("911")), (PERSON, PERSON, DANGER));
    for keys in ["09121987", "1", "0000", "75001", "*", "", "9110"] {
        assert_eq!(keyed(keys), None, "{keys}");
    }
}

#[test]
fn no_text_is_too_long_or_too_strange_to_be_listened_to() {
    for text in ["take ".repeat(20_000), "\u{0}\u{301}'".repeat(500), "… ? / -".repeat(100)] {
        assert_eq!(said(&text), None);
    }
}

#[test]
fn what_is_written_at_the_end_of_a_long_message_is_heard_too() {
    let long = format!("{} I took too many pills", "I am ok ".repeat(120));
    assert!(long.len() < 1024);
    assert_eq!(said(&long), POISONING);
}

#[test]
fn the_key_that_ends_an_input_changes_nothing() {
    for (keys, expected) in [("0#", PERSON), ("911#", DANGER), ("0000", None), ("#", None)] {
        assert_eq!(urgent(&event(json!({"inputMode": "DTMF", "inputTranscript": keys}))), expected, "{keys}");
    }
}

#[test]
fn danger_in_other_words() {
    all(
        DANGER,
        &[
            "9 1 1",
            "I need 9-1-1",
            "call nine eleven",
            "I cannot really breathe",
            "I can hardly breathe",
            "I can't br- breathe",
            "he is not waking up",
            "my chest is killing me",
        ],
    );
    all(
        POISONING,
        &[
            "I took thirty pills",
            "I took 30 Tylenol",
            "she swallowed about twenty tablets",
            "I took my dose twice",
            "I took two doses",
            "me tomé treinta pastillas",
        ],
    );
    all(
        None,
        &[
            "I took my 20 milligram tablet",
            "I take two pills twice a day",
            "I took it this morning",
            "which pill was filled on 9 1",
        ],
    );
}

#[test]
fn a_word_that_was_taken_for_a_name_is_one_at_that_question_only() {
    let answered = |first: &str, last: Option<&str>, asked: &str| {
        let slot = |name: &str| json!({"shape": "Scalar", "value": {"originalValue": name, "interpretedValue": name}});
        let slots = json!({"FirstName": slot(first), "LastName": last.map(slot)});
        urgent(&event(json!({"inputMode": "Speech", "inputTranscript": "operator", "sessionState": {
            "sessionAttributes": {"asked": asked}, "intent": {"name": "VerifyCaller", "slots": slots}}})))
    };
    assert_eq!(answered("Operator", None, "FirstName"), None);
    assert_eq!(answered("Ann", Some("Operator"), "LastName"), None);
    assert_eq!(answered("operator", None, "PostalCode"), PERSON);
    assert_eq!(answered("operator", Some("operator"), "LastName"), PERSON);
}
