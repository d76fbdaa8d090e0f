//! `FallbackIntent` while a caller is asked who they are: on a bad line Lex gives up on what is said. The question stands.

use serde_json::{Value, json};
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::en_us::DIALOG;

use super::caller::{BORN, HOME, Heard, world_with_token};
use super::dialogue::{Dialogue, asks, person, policy, verified};
use crate::support::world::World;

const PHONE: AnsweredBy = AnsweredBy::Phone;
const SAID: &str = "September twelfth nineteen eighty-seven";

async fn at_the_default(world: &World) -> Dialogue<'_> {
    Dialogue::at(world, policy(json!({})), HOME).await
}

/// What is said before the question that stood.
#[track_caller]
fn stands(heard: &Heard, slot: &str, before: &str, question: &str) {
    let expected = format!("{} {before} {question}", DIALOG.verification.not_heard);
    assert_eq!((heard.action.as_str(), heard.slot.as_deref()), ("ElicitSlot", Some(slot)), "{heard:?}");
    assert_eq!(heard.text, expected.replace("  ", " "));
    assert_eq!(heard.intent["name"], "VerifyCaller");
}

/// The birth date as it is read back.
fn read_back() -> String {
    format!("I heard September 12, 1987. {}", DIALOG.verification.say_no.hint(PHONE))
}

#[tokio::test]
async fn what_lex_gives_up_on_leaves_the_question_standing_and_what_was_given_in_place() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    asks(&dialogue.says("verify me", &[]).await, "DateOfBirth");
    let heard = dialogue.gives_up("krrk", true, None).await;
    stands(&heard, "DateOfBirth", "", &DIALOG.verification.birth_date.text(PHONE));
    dialogue.born(SAID, BORN).await;
    let heard = dialogue.gives_up("krrk", true, None).await;
    stands(&heard, "Gender", &read_back(), &DIALOG.verification.gender.text(PHONE));
    assert_eq!(heard.intent["slots"]["DateOfBirth"]["value"]["interpretedValue"], BORN);
    assert_eq!((dialogue.tries(), world.epic.requests().fhir.len()), ("0", 0));
    verified(&dialogue.answers("Gender", "female").await);
}

#[tokio::test]
async fn where_lex_forgot_what_was_given_it_is_asked_for_from_the_start() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.born(SAID, BORN).await;
    let heard = dialogue.gives_up("krrk", false, None).await;
    stands(&heard, "DateOfBirth", DIALOG.aside.from_the_start, &DIALOG.verification.birth_date.text(PHONE));
    assert_eq!(dialogue.born(SAID, BORN).await.slot.as_deref(), Some("Gender"));
    verified(&dialogue.answers("Gender", "female").await);
}

#[tokio::test]
async fn what_lex_might_have_heard_and_does_not_believe_is_no_answer() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.born(SAID, BORN).await;
    let heard = dialogue.gives_up("mail", true, Some(("Gender", "mail", "male"))).await;
    stands(&heard, "Gender", &read_back(), &DIALOG.verification.gender.text(PHONE));
    assert_eq!(heard.intent["slots"]["Gender"], Value::Null);
    verified(&dialogue.answers("Gender", "female").await);
}

#[tokio::test]
async fn the_third_time_in_a_row_that_lex_gives_up_is_a_persons() {
    let world = world_with_token().await;
    for kept in [true, false] {
        let mut dialogue = at_the_default(&world).await;
        dialogue.born(SAID, BORN).await;
        for _ in 0..2 {
            assert_eq!(dialogue.gives_up("", kept, None).await.action, "ElicitSlot");
        }
        person(&dialogue.gives_up("", kept, None).await, "");
        // Words that fill no slot are as little understood as those that Lex gives up on.
        let mut dialogue = at_the_default(&world).await;
        dialogue.says("verify me", &[]).await;
        dialogue.says("krrk", &[]).await;
        dialogue.gives_up("krrk", kept, None).await;
        person(&dialogue.says("krrk", &[]).await, "");
    }
}

#[tokio::test]
async fn an_answer_between_begins_the_count_anew() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.says("verify me", &[]).await;
    for _ in 0..2 {
        dialogue.gives_up("krrk", true, None).await;
    }
    dialogue.born(SAID, BORN).await;
    for _ in 0..2 {
        assert_eq!(dialogue.gives_up("krrk", true, None).await.slot.as_deref(), Some("Gender"));
    }
    person(&dialogue.gives_up("krrk", true, None).await, "");
}

#[tokio::test]
async fn a_read_back_alone_is_read_back_again() {
    let world = world_with_token().await;
    let mut dialogue = Dialogue::at(&world, policy(json!({"required": ["phone", "birth_date"]})), HOME).await;
    dialogue.born(SAID, BORN).await;
    let heard = dialogue.gives_up("yes", true, Some(("Confirmation", "yes", "yes"))).await;
    let question = DIALOG.verification.is_that_right.text(PHONE);
    stands(&heard, "Confirmation", "I heard September 12, 1987.", &question);
    verified(&dialogue.says("yes", &[]).await);
}

#[tokio::test]
async fn danger_a_person_and_keys_are_heard_in_what_lex_gives_up_on() {
    let world = world_with_token().await;
    for (words, mode) in [("I can't breathe", "Speech"), ("a person please", "Speech"), ("0", "DTMF"), ("9", "DTMF")] {
        let mut dialogue = at_the_default(&world).await;
        dialogue.born(SAID, BORN).await;
        let mut event = dialogue.caller.event("FallbackIntent", "DialogCodeHook", json!({}));
        (event["inputTranscript"], event["inputMode"]) = (json!(words), json!(mode));
        let heard = dialogue.caller.send(&event).await;
        assert_eq!(heard.action, "Close", "{words}: {heard:?}");
    }
}

#[tokio::test]
async fn where_no_question_stands_the_caller_is_told_what_can_be_said() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.born(SAID, BORN).await;
    dialogue.caller.say("StopSpeaking").await;
    let heard = dialogue.gives_up("krrk", true, None).await;
    assert_eq!((heard.action.as_str(), heard.text.as_str()), ("ElicitIntent", DIALOG.listening.not_understood));
}
