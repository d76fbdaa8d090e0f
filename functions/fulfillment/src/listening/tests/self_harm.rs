//! Who speaks of taking their own life, or of hurting themselves; and who has swallowed something to do so.

use super::*;

#[test]
fn somebody_may_take_their_own_life() {
    all(
        SELF_HARM,
        &[
            "I want to die",
            "I just want to die",
            "she wants to die",
            "I want to be dead",
            "I want to kill myself",
            "I'm going to kill my self",
            "he says he'll kill himself",
            "I'm thinking about suicide",
            "I feel suicidal",
            "she's talking about suicide",
            "I don't want to live any more",
            "I don't want to be here anymore",
            "I don't want to wake up",
            "I wish I was dead",
            "I wish I had never been born",
            "they'd be better off without me",
            "I'm better off dead",
            "there's no reason to live",
            "life isn't worth living",
            "I can't go on anymore",
            "I'm going to hurt myself",
            "I've been cutting myself",
            "I want to end my life",
            "I'm going to end it all",
            "he's going to take his own life",
            "I have thoughts of dying",
            "I have a gun to my head",
            "I'm going to jump off a bridge",
            "I want to slit my wrists",
            "call nine eight eight",
            "I need the suicide hotline",
            "quiero morir",
            "quiero matarme",
            "estoy pensando en el suicidio",
            "ya no quiero despertar",
            "ya no quiero vivir",
            "ya no tengo ganas de vivir",
            "no vale la pena vivir",
            "quisiera estar muerta",
            "mejor muerto",
            "ojalá me muriera",
            "me voy a quitar la vida",
            "me voy a matar",
            "se quiere matar",
            "mi hija se quiere morir",
            "me quiero hacer daño",
            "estoy pensando en matarme",
            "me voy a pegar un tiro, quiero pegarme un tiro",
            "quiero tirarme del puente",
            "estoy cansada de vivir",
            "llame al 988",
        ],
    );
}

#[test]
fn who_took_something_to_die_is_poisoned_and_in_despair() {
    all(
        BOTH,
        &[
            "I took all my pills, I want to die",
            "I took all of my pills to die",
            "I took a bunch of pills to kill myself",
            "I overdosed on purpose",
            "I took too many on purpose",
            "I swallowed the whole bottle to end my life",
            "my daughter took too many pills, she wants to die",
            "me tomé todas las pastillas, me quiero morir",
            "tomé pastillas para morirme",
            "me tomé el frasco entero para matarme",
            "me las tomé a propósito",
            "I took too many pills, ya no quiero vivir",
        ],
    );
}

#[test]
fn other_dangers_are_no_despair_and_what_only_sounds_like_it_is_no_danger() {
    all(DANGER, &["I'm going to die", "I think she's dying", "siento que me muero", "me estoy muriendo", "I'm dying"]);
    all(POISONING, &["I took too many pills", "tomé demasiadas pastillas", "I overdosed"]);
    all(
        None,
        &[
            "I don't want to go on with the list",
            "I wish I had never been on that medicine",
            "my blood pressure is better without it",
            "me siento mejor sin mi medicina",
            "I took it to end my headache",
            "I want to end the call",
            "ya tomé mi pastilla",
            "no quiero seguir así con la lista",
            "my number is four six nine nine eight eight five five five five",
            "nine eight eight oh one",
        ],
    );
}

#[test]
fn despair_in_one_transcription_and_poisoning_in_another_are_both_heard() {
    let heard = event(json!({"inputMode": "Speech", "inputTranscript": "I took too many pills", "transcriptions": [
        {"transcription": "I took too many pills", "transcriptionConfidence": 0.7},
        {"transcription": "I want to die", "transcriptionConfidence": 0.6},
    ]}));
    assert_eq!(urgent(&heard), BOTH);
}
