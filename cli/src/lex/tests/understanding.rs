//! What is wanted, from what is said.

use super::*;
use crate::lex::understanding::interpret;

#[track_caller]
fn means(bot: &str, said: &str) -> String {
    let definition = definition();
    let locale = definition.bots[bot].locale("en_US").unwrap();
    interpret(locale, said, "2026-08-01".parse().unwrap())[0].intent.clone()
}

#[test]
fn a_sample_utterance_is_understood_with_certainty() {
    let definition = definition();
    for (name, bot) in &definition.bots {
        for locale in &bot.bot_locales {
            for intent in &locale.intents {
                for sample in intent.sample_utterances.iter().filter(|sample| !sample.utterance.contains('{')) {
                    let found = interpret(locale, &sample.utterance, "2026-08-01".parse().unwrap());
                    assert_eq!(found[0].intent, intent.name, "{name}: {}", sample.utterance);
                    assert_eq!(found[0].confidence, Some(1.0), "{name}: {}", sample.utterance);
                }
            }
        }
    }
}

#[test]
fn case_punctuation_and_fillers_make_no_difference() {
    for said in ["WHAT ARE MY MEDICATIONS?", "Um, what are my medications, please?", "well... so what's my medications"]
    {
        assert_eq!(means("HealthcareIVR", said), "ListMedications", "{said}");
    }
    assert_eq!(means("HealthcareIVR", "Goodbye!"), "Goodbye");
    assert_eq!(means("PatientAuth", "uh, a person, please."), "SpeakToPerson");
    // Where nothing else is said, "yes" is no filler.
    assert_eq!(means("PatientAuth", "um, yes please"), "VerifyCaller");
}

#[test]
fn what_is_close_to_a_sample_is_understood() {
    for (bot, said, intent) in [
        ("HealthcareIVR", "could you tell me what medications I'm on", "ListMedications"),
        ("HealthcareIVR", "which medications am I taking right now", "ListMedications"),
        ("HealthcareIVR", "tell me some more", "MoreMedications"),
        ("HealthcareIVR", "can I please talk to a real person", "SpeakToPerson"),
        ("PatientAuth", "I need to speak with a human being", "SpeakToPerson"),
        ("PatientAuth", "my birthday is the 12th of september 1987 I think", "VerifyCaller"),
        ("PatientAuth", "I'd like to know about my medications", "VerifyCaller"),
    ] {
        assert_eq!(means(bot, said), intent, "{said}");
    }
}

#[test]
fn what_is_close_to_no_sample_falls_back_without_confidence() {
    for said in ["largest lake in minnesota", "", "...", "qwertz", "the weather on mars tomorrow"] {
        let definition = definition();
        let locale = definition.bots["HealthcareIVR"].locale("en_US").unwrap();
        let found = interpret(locale, said, "2026-08-01".parse().unwrap());
        assert_eq!((found[0].intent.as_str(), found[0].confidence), ("FallbackIntent", None), "{said}");
    }
}

#[test]
fn the_fallback_stands_before_what_is_below_the_threshold() {
    let definition = definition();
    let found = interpret(locale(&definition), "my medications", "2026-08-01".parse().unwrap());
    assert_eq!(found[0].intent, "VerifyCaller");
    let fallback = found.iter().position(|interpretation| interpretation.intent == "FallbackIntent").unwrap();
    assert!(found[..fallback].iter().all(|interpretation| interpretation.confidence >= Some(0.4)));
    assert!(found[fallback + 1..].iter().all(|interpretation| interpretation.confidence < Some(0.4)));
}

#[test]
fn a_slot_is_filled_from_the_words_around_it() {
    let definition = definition();
    for (said, original) in [
        ("my birthday is September twelfth nineteen eighty-seven.", "September twelfth nineteen eighty-seven"),
        ("9/12/87", "9/12/87"),
        ("I was born on 12 September 1987", "12 September 1987"),
        ("it's 1987-09-12", "1987-09-12"),
    ] {
        let found = interpret(locale(&definition), said, "2026-08-01".parse().unwrap());
        let slot = found[0].slots["DateOfBirth"].as_ref().expect(said);
        assert_eq!((slot.interpreted(), slot.original()), ("1987-09-12", Some(original)), "{said}");
        assert_eq!(found[0].slots["Gender"], None);
    }
}

#[test]
fn a_word_that_may_be_a_month_is_no_birth_date_in_a_sentence() {
    let definition = definition();
    let found = interpret(locale(&definition), "may I talk to a person", "2026-08-01".parse().unwrap());
    assert_eq!(found[0].intent, "SpeakToPerson");
}

#[test]
fn slots_of_every_kind_are_filled_in_their_samples() {
    let definition = definition();
    for (bot, language, said, slot, value) in [
        ("PatientAuth", "en_US", "my phone number is 469-555-5555", "PhoneNumber", Some("4695555555")),
        (
            "PatientAuth",
            "en_US",
            "my number is four six nine five five five oh one two three",
            "PhoneNumber",
            Some("4695550123"),
        ),
        ("PatientAuth", "en_US", "My last name is López.", "LastName", Some("López")),
        ("PatientAuth", "en_US", "my zip code is five three seven one one", "PostalCode", Some("53711")),
        ("PatientAuth", "en_US", "my record number ends in 0 4 a 7", "RecordNumberEnding", Some("04A7")),
        ("PatientAuth", "es_US", "mi teléfono es el cuatro seis nueve 555 5555", "PhoneNumber", Some("4695555555")),
        (
            "PatientAuth",
            "es_US",
            "nací el doce de septiembre de mil novecientos ochenta y siete",
            "DateOfBirth",
            Some("1987-09-12"),
        ),
        ("HealthcareIVR", "en_US", "How do I take my blood pressure pill?", "Medication", Some("blood pressure pill")),
        ("HealthcareIVR", "en_US", "what is Eliquis for", "Medication", Some("Eliquis")),
        ("HealthcareIVR", "en_US", "um, why am I taking the water pill, please", "Medication", Some("water pill")),
        ("HealthcareIVR", "en_US", "how do I take it", "Medication", None),
        ("HealthcareIVR", "en_US", "how do I take that one", "Medication", None),
        ("HealthcareIVR", "es_US", "¿Cómo tomo la metformina?", "Medication", Some("metformina")),
        (
            "HealthcareIVR",
            "es_US",
            "para qué sirve la pastilla de la presión",
            "Medication",
            Some("pastilla de la presión"),
        ),
        ("HealthcareIVR", "es_US", "cómo la tomo", "Medication", None),
    ] {
        let locale = definition.bots[bot].locale(language).unwrap();
        let found = interpret(locale, said, "2026-08-01".parse().unwrap());
        let slot = found[0].slots.get(slot).unwrap_or_else(|| panic!("{said}: {:?}", found[0]));
        assert_eq!(slot.as_ref().map(|slot| slot.interpreted()), value, "{said}");
    }
}

#[test]
fn digits_alone_are_no_slot_but_a_date() {
    for (said, intent) in [("0", "FallbackIntent"), ("4695555555", "FallbackIntent"), ("09121987", "VerifyCaller")] {
        assert_eq!(means("PatientAuth", said), intent, "{said}");
    }
}

#[test]
fn spanish_is_understood() {
    let definition = definition();
    for (said, intent) in [
        ("¿Cuáles son mis medicinas, por favor?", "ListMedications"),
        ("quisiera hablar con una persona", "SpeakToPerson"),
        ("más despacio, por favor", "SpeakSlower"),
        ("¿me lo puede repetir?", "Repeat"),
        ("ayúdeme, no puedo respirar", "Emergency"),
        ("¿cuándo es mi próxima cita?", "NextAppointment"),
        ("adiós", "Goodbye"),
        ("¿qué me toca tomar?", "ListMedications"),
        ("léeme mis medicinas", "ListMedications"),
        ("dele", "MoreMedications"),
        ("hable más duro, por favor", "Repeat"),
        ("háblame más despacio", "SpeakSlower"),
        ("deletréalo", "SpellThat"),
        ("la metformina, ¿cómo la tomo?", "HowToTake"),
        ("¿cuándo me toca ponerme la insulina?", "HowToTake"),
        ("¿y esa para qué es?", "WhatFor"),
        ("¿cuándo me toca la cita?", "NextAppointment"),
        ("déjeme buscar una pluma", "StopSpeaking"),
        ("necesito un intérprete", "SpeakToPerson"),
        ("que Dios la bendiga", "Goodbye"),
    ] {
        let locale = definition.bots["HealthcareIVR"].locale("es_US").unwrap();
        assert_eq!(interpret(locale, said, "2026-08-01".parse().unwrap())[0].intent, intent, "{said}");
    }
}
