//! The bots' own utterances, as the template has them.

use super::*;

/// What the bots know each intent by.
pub(super) fn utterances() -> Vec<(String, String)> {
    let template = sam_template::Template::careline().unwrap();
    let given = |name: &str| Some(name.to_owned());
    let items = |value: &serde_json::Value, field: &str| value[field].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    template
        .of_type("AWS::Lex::Bot")
        .flat_map(|(_, bot)| items(&template.resolve(bot, &given).unwrap(), "BotLocales"))
        .flat_map(|locale| items(&locale, "Intents"))
        .flat_map(|intent| {
            let said = items(&intent, "SampleUtterances");
            said.into_iter().map(move |said| (text(&intent["Name"]), text(&said["Utterance"])))
        })
        .collect()
}

/// What a caller is told to say in Spanish, the bots have to know as it is said.
#[test]
fn what_a_caller_is_told_to_say_in_spanish_is_an_utterance() {
    let utterances = utterances();
    for (intent, told) in [
        ("VerifyCaller", "comenzar"),
        ("VerifyCaller", "verificar"),
        ("VerifyCaller", "verifíqueme"),
        ("ListMedications", "cuáles son mis medicinas"),
        ("ListMedications", "cuáles son mis medicamentos"),
        ("ListMedications", "medicamentos"),
        ("MoreMedications", "más"),
        ("Repeat", "repetir"),
        ("SpeakSlower", "más despacio"),
        ("SpellThat", "deletrear"),
        ("CountMedications", "cuántos son"),
        ("NextAppointment", "cuándo es mi próxima cita"),
        ("HowToTake", "cómo lo tomo"),
        ("WhatFor", "para qué es"),
        ("SpeakToPerson", "una persona por favor"),
        ("Help", "ayuda"),
        ("Goodbye", "adiós"),
    ] {
        assert!(utterances.contains(&(intent.to_owned(), told.to_owned())), "{intent}: {told}");
    }
}

#[test]
fn the_bots_own_words_for_an_emergency_and_a_person_are_heard_and_no_others() {
    let (mut missed, mut wrong) = (Vec::new(), Vec::new());
    for (intent, words) in utterances() {
        match (intent.as_str(), said(&words)) {
            ("Emergency", Some(Urgent::Emergency(_))) | ("SpeakToPerson", PERSON) => {}
            ("Emergency" | "SpeakToPerson", _) => missed.push(words),
            (_, None) => {}
            _ => wrong.push((intent, words)),
        }
    }
    assert!(missed.is_empty() && wrong.is_empty(), "missed: {missed:#?}, wrong: {wrong:#?}");
}
