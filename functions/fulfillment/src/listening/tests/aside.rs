//! What is said beside the matter, and what is an answer or a question of the bots'.

use super::super::aside;
use super::*;

#[track_caller]
fn asides(expected: Option<Aside>, transcripts: &[&str]) {
    let heard = |words: &str| aside(&event(json!({"inputMode": "Speech", "inputTranscript": words})));
    let otherwise: Vec<_> =
        transcripts.iter().map(|words| (words, heard(words))).filter(|(_, heard)| *heard != expected).collect();
    assert!(otherwise.is_empty(), "{expected:?}: {otherwise:?}");
}

#[test]
fn who_needs_a_moment_is_heard() {
    asides(
        Some(Aside::Moment),
        &[
            "hold on",
            "Hold on a minute, please",
            "wait",
            "wait a second",
            "just a second",
            "one moment please",
            "let me get my glasses",
            "um, let me find my pen",
            "I'm looking for my glasses",
            "not yet",
            "espéreme tantito",
            "un momento, por favor",
            "permítame",
            "déjeme buscar mis lentes",
            "un momento, voy por mis lentes",
        ],
    );
}

#[test]
fn who_did_not_hear_is_heard() {
    asides(
        Some(Aside::Again),
        &["huh?", "sorry?", "I beg your pardon", "I didn't hear you", "I didn't catch that", "¿eh?", "no la escucho"],
    );
    asides(
        Some(Aside::Slower),
        &[
            "speak up",
            "Louder, please",
            "a little louder",
            "I can't hear you",
            "I can hardly hear you",
            "I'm hard of hearing",
            "slow down",
            "you're talking too fast",
            "hable más fuerte",
            "no oigo bien",
            "más despacio, por favor",
            "va muy rápido",
        ],
    );
}

#[test]
fn thanks_greetings_machines_and_missing_keys_are_heard() {
    asides(Some(Aside::Thanks), &["thank you", "okay, thank you so much", "thanks a lot", "gracias", "muchas gracias"]);
    asides(
        Some(Aside::Hello),
        &["hello?", "are you there", "hello, can you hear me", "¿bueno?", "¿me oye?", "¿sigue ahí?"],
    );
    asides(
        Some(Aside::Machine),
        &[
            "is this a robot",
            "am I talking to a machine",
            "are you a computer",
            "is this a recording",
            "¿es una máquina?",
            "¿estoy hablando con un robot?",
        ],
    );
    asides(
        Some(Aside::NoKeys),
        &[
            "I don't have a keypad",
            "it's a rotary phone",
            "I can't see the buttons",
            "no tengo teclado",
            "no puedo oprimir nada",
        ],
    );
    asides(
        Some(Aside::Why),
        &[
            "why do you need that",
            "that's private",
            "I don't want to say that",
            "¿por qué me pregunta eso?",
            "¿para qué quiere saber eso?",
        ],
    );
}

#[test]
fn who_calls_for_another_is_heard() {
    asides(
        Some(Aside::ForAnother),
        &[
            "I'm calling for my husband",
            "I'm calling for my mother, she can't hear well",
            "I'm calling about my son",
            "my wife's medications",
            "I want to hear my mother's pills",
            "I'm her daughter",
            "I'm his caregiver",
            "I'm calling on behalf of a friend",
            "I'm calling for someone else",
            "it's for my dad",
            "llamo por mi esposo",
            "hablo de parte de mi mamá",
            "las medicinas de mi papá",
            "soy su hija",
            "soy la esposa de él",
            "no son para mí",
        ],
    );
}

#[test]
fn what_a_pharmacist_has_to_answer_is_heard() {
    asides(
        Some(Aside::Clinical),
        &[
            "what are the side effects of lisinopril",
            "can I take aspirin with lisinopril",
            "can I take ibuprofen",
            "can I drink alcohol",
            "is it safe to drive",
            "should I stop taking warfarin",
            "can I skip it",
            "I missed a dose",
            "I forgot to take my pill this morning",
            "does it cause dizziness",
            "I'm allergic to penicillin",
            "what are my allergies",
            "I don't take that anymore",
            "¿qué efectos secundarios tiene?",
            "¿puedo tomar aspirina con lisinopril?",
            "¿debo dejar de tomar la warfarina?",
            "se me olvidó tomar la pastilla",
            "soy alérgica a la penicilina",
            "ya no la tomo",
        ],
    );
}

#[test]
fn what_this_line_is_not_for_is_heard() {
    asides(
        Some(Aside::NotHere),
        &[
            "I need a refill",
            "can you refill it",
            "I ran out of my pills",
            "my lab results",
            "my blood test results",
            "how much does it cost",
            "what is my copay",
            "I need to pay my bill",
            "I want to make an appointment",
            "cancel my appointment",
            "necesito un resurtido",
            "se me acabaron las pastillas",
            "mis resultados del laboratorio",
            "¿cuánto cuesta?",
            "quiero hacer una cita",
            "quiero cambiar mi cita",
        ],
    );
}

#[test]
fn an_answer_and_a_question_of_the_bots_is_none() {
    asides(
        None,
        &[
            "",
            "yes",
            "no",
            "no thank you",
            "female",
            "wait, female",
            "let me see, March third nineteen fifty",
            "sorry, April third nineteen fifty",
            "September second nineteen fifty",
            "thank you, goodbye",
            "gracias, es todo",
            "when should I take it",
            "how do I take lisinopril",
            "can I take it with food",
            "should I take it before meals",
            "what is loratadine for, is it for my allergies",
            "how much do I take",
            "when is my next appointment",
            "quiero saber cuándo es mi próxima cita",
            "¿la tomo con comida o sin comida?",
            "¿cómo tomo el lisinopril?",
            "what is my husband to do",
            "can I start over",
            "can I stop",
            "is this safe",
            "¿puedo seguir?",
            "soy la paciente",
            "I'm her patient",
        ],
    );
}

/// A lone word, where a name is asked for, is that name; and keys are keys.
#[test]
fn a_name_and_keys_are_no_asides() {
    let said = |words: &str, asked: &str, mode: &str| {
        aside(&event(json!({"inputMode": mode, "inputTranscript": words,
            "sessionState": {"sessionAttributes": {"asked": asked}}})))
    };
    assert_eq!(said("Huh", "LastName", "Speech"), None);
    assert_eq!(said("Huh", "Gender", "Speech"), Some(Aside::Again));
    assert_eq!(said("hold on", "LastName", "Speech"), Some(Aside::Moment));
    assert_eq!(said("it's the Price of Wales", "LastName", "Speech"), None);
    assert_eq!(said("wait", "Gender", "DTMF"), None);
}

/// Where the bots know words of these, they mean the same by them.
#[test]
fn no_words_of_the_bots_are_taken_for_another_thing() {
    let may_be = |intent: &str, aside: Aside| match intent {
        "StopSpeaking" => aside == Aside::Moment,
        "Repeat" => matches!(aside, Aside::Again | Aside::Slower),
        "SpeakSlower" => aside == Aside::Slower,
        "Help" => matches!(aside, Aside::Why | Aside::Again),
        // Before anything is asked, it begins.
        "VerifyCaller" => aside == Aside::Hello,
        _ => false,
    };
    let heard = |words: &str| {
        let event = event(json!({"inputMode": "Speech", "inputTranscript": words}));
        aside(&event).filter(|_| urgent(&event).is_none())
    };
    let utterances = bots::utterances();
    let wrong: Vec<_> = utterances
        .iter()
        .filter_map(|(intent, words)| {
            heard(words).filter(|aside| !may_be(intent, *aside)).map(|aside| (intent, words, aside))
        })
        .collect();
    assert!(wrong.is_empty() && utterances.len() > 1000, "{wrong:#?}");
}
