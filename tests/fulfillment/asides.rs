//! Words beside the matter, in the middle of a question, before any and after verification: each is answered, costs no try and
//! counts as no misunderstanding, and the call goes on where it was.

use serde_json::json;
use shared::speech::dialog::aside::AsideDialog;
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::en_us::DIALOG;
use shared::speech::es_us;

use super::caller::{BORN, Caller, HOME, Heard, world_with_token};
use super::dialogue::{Dialogue, policy, verified};

const SAID: &str = "September twelfth nineteen eighty-seven";
const ASIDE: &AsideDialog = &DIALOG.aside;

/// What a caller says beside the matter, and what answers it. A person helps beside those with `true`.
const ASIDES: [(&str, &str, bool); 6] = [
    ("hold on", ASIDE.moment, false),
    ("thank you", ASIDE.thanks, false),
    ("is this a robot", ASIDE.machine, true),
    ("I don't have a keypad", ASIDE.no_keys, false),
    ("should I stop taking warfarin", ASIDE.ask_a_pharmacist, true),
    ("I need a refill", ASIDE.not_here, true),
];

async fn says(caller: &mut Caller<'_>, words: &str, intent: &str, hook: &str) -> Heard {
    let mut event = caller.event(intent, hook, json!({}));
    event["inputTranscript"] = json!(words);
    caller.send(&event).await
}

#[tokio::test]
async fn in_a_question_they_are_answered_and_the_question_stands_with_what_was_given() {
    let world = world_with_token().await;
    for (words, answer, person) in ASIDES.into_iter().chain([("hello?", ASIDE.here, false)]) {
        let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
        dialogue.born(SAID, BORN).await;
        let read_back = format!("I heard September 12, 1987. {}", DIALOG.verification.say_no.hint(AnsweredBy::Phone));
        let question = DIALOG.verification.gender.text(AnsweredBy::Phone);
        let person = if person { format!(" {}", ASIDE.a_person_can) } else { String::new() };
        // As often as it takes.
        for _ in 0..4 {
            let heard = dialogue.says(words, &[]).await;
            assert_eq!(heard.slot.as_deref(), Some("Gender"), "{words}: {heard:?}");
            assert_eq!(heard.text, format!("{answer}{person} {read_back} {question}"), "{words}");
        }
        assert_eq!(dialogue.tries(), "0");
        verified(&dialogue.answers("Gender", "female").await);
    }
}

/// "Just a second" may be the second of a month to Lex.
#[tokio::test]
async fn what_lex_took_from_them_is_no_answer() {
    let world = world_with_token().await;
    let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
    dialogue.says("verify me", &[]).await;
    let heard = dialogue.says("just a second", &[("DateOfBirth", "second", "2026-12-02")]).await;
    let question = DIALOG.verification.birth_date.text(AnsweredBy::Phone);
    assert_eq!(heard.text, format!("{} {question}", ASIDE.moment));
    assert!(heard.intent["slots"]["DateOfBirth"].is_null(), "{heard:?}");
    dialogue.born(SAID, BORN).await;
    let heard = dialogue.says("wait a second", &[("DateOfBirth", "second", "2026-12-02")]).await;
    assert!(heard.text.contains(&question) && heard.intent["slots"]["DateOfBirth"].is_null(), "{heard:?}");
}

#[tokio::test]
async fn who_did_not_hear_hears_the_question_again_and_who_asks_for_it_slower_hears_it_slower() {
    let world = world_with_token().await;
    for (words, slower) in
        [("huh?", None), ("I didn't catch that", None), ("I can't hear you", Some("1")), ("slow down", Some("1"))]
    {
        let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
        dialogue.says("verify me", &[]).await;
        let heard = dialogue.says(words, &[]).await;
        assert_eq!(heard.text, DIALOG.verification.birth_date.text(AnsweredBy::Phone), "{words}");
        assert_eq!(dialogue.caller.attributes.get("slower").and_then(|slower| slower.as_str()), slower, "{words}");
    }
    let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
    dialogue.says("verify me", &[]).await;
    let heard = dialogue.says("why do you need that", &[]).await;
    assert!(heard.text.starts_with(DIALOG.listening.help_in_a_question), "{heard:?}");
}

#[tokio::test]
async fn they_are_no_misunderstanding_and_no_end_of_one() {
    let world = world_with_token().await;
    let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
    dialogue.says("verify me", &[]).await;
    for words in ["krrk", "hold on", "krrk", "thank you"] {
        assert_eq!(dialogue.says(words, &[]).await.action, "ElicitSlot", "{words}");
    }
    assert_eq!(dialogue.says("krrk", &[]).await.status.as_deref(), Some("person"));
}

/// Where Lex gave up on them, or took them for an intent of another kind, it has forgotten the slots.
#[tokio::test]
async fn where_lex_forgot_what_was_given_the_caller_is_told_that_it_is_asked_again() {
    let world = world_with_token().await;
    for intent in ["FallbackIntent", "Goodbye", "Repeat"] {
        let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
        dialogue.born(SAID, BORN).await;
        let heard = says(&mut dialogue.caller, "thank you", intent, "DialogCodeHook").await;
        let question = DIALOG.verification.birth_date.text(AnsweredBy::Phone);
        assert_eq!(heard.text, format!("{} {} {question}", ASIDE.thanks, ASIDE.from_the_start), "{intent}");
        assert_eq!((heard.slot.as_deref(), &heard.intent["name"]), (Some("DateOfBirth"), &json!("VerifyCaller")));
    }
}

#[tokio::test]
async fn before_any_question_and_after_verification_they_are_answered_with_what_can_be_said() {
    let world = world_with_token().await;
    let mut verified = Caller::verified(&world).await;
    for hook in ["DialogCodeHook", "FulfillmentCodeHook"] {
        for (words, answer, _) in ASIDES {
            // Whatever the bot took it for: another way to end the call, or how a medicine is taken.
            for intent in ["FallbackIntent", "Goodbye", "SpeakToPerson", "HowToTake"] {
                let mut caller = Caller::from(&world, HOME).await;
                let heard = says(&mut caller, words, intent, hook).await;
                assert_eq!(heard.text, format!("{answer} {}", DIALOG.listening.help_unverified), "{words}");
                assert_eq!((heard.action.as_str(), heard.status), ("ElicitIntent", None));
                let ((), footprint) = verified
                    .footprint(async |caller| {
                        let heard = says(caller, words, intent, hook).await;
                        assert_eq!(heard.text, format!("{answer} {}", DIALOG.what_next), "{words}");
                        assert_eq!(heard.action, "ElicitIntent");
                    })
                    .await;
                assert!(footprint.fhir.is_empty() && footprint.aws.is_empty(), "{footprint:?}");
            }
        }
    }
}

/// Nobody is verified as another.
#[tokio::test]
async fn who_calls_for_another_is_told_so_and_a_person_takes_over() {
    let world = world_with_token().await;
    let expected = format!("{} {}", ASIDE.only_yourself, DIALOG.to_a_person);
    let mut caller = Caller::from(&world, HOME).await;
    let heard = says(&mut caller, "I'm calling for my husband", "Goodbye", "DialogCodeHook").await;
    assert_eq!((heard.text.as_str(), heard.status.as_deref()), (expected.as_str(), Some("person")));
    let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
    dialogue.says("verify me", &[]).await;
    let heard = dialogue.says("I'm calling for my mother", &[]).await;
    assert_eq!((heard.text.as_str(), heard.status.as_deref()), (expected.as_str(), Some("person")));
    assert_eq!((dialogue.tries(), world.epic.requests().fhir.len()), ("0", 0));
    // Who is verified goes on with their own.
    let mut caller = Caller::verified(&world).await;
    let heard = says(&mut caller, "my husband's medications", "ListMedications", "FulfillmentCodeHook").await;
    assert_eq!(heard.text, format!("{} {}", ASIDE.only_yourself, DIALOG.what_next));
    assert_eq!(heard.action, "ElicitIntent");
}

#[tokio::test]
async fn an_emergency_comes_before_them() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    for (words, intent) in [
        ("I'm calling for my husband, he can't breathe", "FallbackIntent"),
        ("I'm allergic to penicillin", "Emergency"),
    ] {
        let heard = says(&mut caller, words, intent, "DialogCodeHook").await;
        assert!(heard.text.starts_with("If this is an emergency"), "{heard:?}");
    }
}

#[tokio::test]
async fn they_are_answered_in_spanish() {
    let world = world_with_token().await;
    let aside = &es_us::DIALOG.aside;
    for (words, answer) in [
        ("espéreme tantito", aside.moment),
        ("muchas gracias", aside.thanks),
        ("¿bueno?", aside.here),
        ("no tengo teclado", aside.no_keys),
        ("¿es una máquina?", aside.machine),
        ("¿puedo tomar aspirina con lisinopril?", aside.ask_a_pharmacist),
        ("necesito un resurtido", aside.not_here),
        ("llamo por mi esposo", aside.only_yourself),
    ] {
        let mut dialogue = Dialogue::at(&world, policy(json!({})), HOME).await;
        dialogue.locale = "es_US";
        dialogue.says("verifíqueme", &[]).await;
        let heard = dialogue.says(words, &[]).await;
        assert!(heard.text.starts_with(answer), "{words}: {heard:?}");
    }
}
