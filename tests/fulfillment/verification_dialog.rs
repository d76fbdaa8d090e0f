//! How a caller is asked: what comes next, what is read back, and what is no answer.

use serde_json::{Value, json};
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::{en_us, es_us};

use super::caller::{BORN, HOME, world_with_token};
use super::dialogue::{Dialogue, asks, person, policy, question, reads_back, refused, verified};
use crate::support::world::World;

const PHONE: AnsweredBy = AnsweredBy::Phone;
const SAID: &str = "September twelfth nineteen eighty-seven";

async fn at_the_default(world: &World) -> Dialogue<'_> {
    Dialogue::at(world, policy(json!({})), HOME).await
}

/// A site where the phone number and the birth date are enough.
async fn at_two_factors(world: &World) -> Dialogue<'_> {
    Dialogue::at(world, policy(json!({"required": ["phone", "birth_date"]})), HOME).await
}

#[tokio::test]
async fn a_caller_is_asked_for_the_birth_date_then_hears_it_and_is_asked_for_the_gender() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    asks(&dialogue.says("verify me", &[]).await, "DateOfBirth");
    let heard = dialogue.born(SAID, BORN).await;
    reads_back(&heard, "Gender");
    assert!(heard.text.ends_with(&en_us::DIALOG.verification.gender.text(PHONE)), "{}", heard.text);
    verified(&dialogue.answers("Gender", "female").await);
    let attributes = serde_json::to_string(&dialogue.caller.attributes).unwrap();
    assert!(!attributes.contains("1987") && !attributes.contains("female"), "{attributes}");
}

#[tokio::test]
async fn a_birth_date_told_at_once_is_read_back_too() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    let words = format!("I was born {SAID}");
    reads_back(&dialogue.says(&words, &[("DateOfBirth", SAID, BORN)]).await, "Gender");
}

#[tokio::test]
async fn no_to_the_birth_date_asks_for_it_again_and_costs_no_try() {
    let world = world_with_token().await;
    for no in ["No.", "that's not right", "no, the twelfth"] {
        let mut dialogue = at_the_default(&world).await;
        dialogue.says("verify me", &[]).await;
        dialogue.born("September thirteenth nineteen eighty-seven", "1987-09-13").await;
        let heard = dialogue.says(no, &[]).await;
        let dialog = &en_us::DIALOG.verification;
        let expected = format!("{} {}", dialog.birth_date_again, dialog.birth_date.text(PHONE));
        assert_eq!((heard.slot.as_deref(), heard.text), (Some("DateOfBirth"), expected), "{no}");
        assert_eq!((&heard.intent["slots"]["DateOfBirth"], dialogue.tries()), (&Value::Null, "0"));
        reads_back(&dialogue.born(SAID, BORN).await, "Gender");
        verified(&dialogue.answers("Gender", "female").await);
    }
    assert_eq!(world.epic.requests().fhir.len(), 3, "one search for each who was verified");
}

#[tokio::test]
async fn yes_to_the_birth_date_repeats_the_question_and_an_answer_needs_no_yes() {
    let world = world_with_token().await;
    for yes in ["yes", "That's right."] {
        let mut dialogue = at_the_default(&world).await;
        dialogue.born(SAID, BORN).await;
        asks(&dialogue.says(yes, &[]).await, "Gender");
        verified(&dialogue.answers("Gender", "female").await);
    }
    let mut dialogue = at_the_default(&world).await;
    dialogue.born(SAID, BORN).await;
    verified(&dialogue.says("yes, female", &[("Gender", "female", "female")]).await);
}

#[tokio::test]
async fn a_birth_date_that_is_never_right_is_a_persons() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    for _ in 0..2 {
        dialogue.born(SAID, BORN).await;
        assert_eq!(dialogue.says("no", &[]).await.slot.as_deref(), Some("DateOfBirth"));
    }
    dialogue.born(SAID, BORN).await;
    person(&dialogue.says("no", &[]).await, "");
}

#[tokio::test]
async fn everything_can_be_keyed_and_keyed_again() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.says("verify me", &[]).await;
    let heard = dialogue.keys("09131987").await;
    assert!(heard.text.starts_with("I heard September 13, 1987. If that's not right, press 4."), "{heard:?}");
    let heard = dialogue.keys("4").await;
    assert!(heard.text.starts_with(en_us::DIALOG.verification.birth_date_again), "{heard:?}");
    assert_eq!((heard.slot.as_deref(), dialogue.tries()), (Some("DateOfBirth"), "0"));
    dialogue.keys("09131987").await;
    // Or all eight digits, where the question takes so many keys.
    let heard = dialogue.keys("09121987#").await;
    assert!(heard.text.starts_with("I heard September 12, 1987.") && heard.slot.as_deref() == Some("Gender"));
    verified(&dialogue.keys("1").await);
}

#[tokio::test]
async fn a_key_for_another_gender_is_another_gender() {
    let world = world_with_token().await;
    for keys in ["2", "3"] {
        let mut dialogue = at_the_default(&world).await;
        dialogue.keys("09121987").await;
        refused(&dialogue.keys(keys).await);
    }
    let mut dialogue = at_the_default(&world).await;
    dialogue.keys("09121987").await;
    let dialog = &en_us::DIALOG.verification;
    let expected = format!("{} {}", dialog.not_heard, dialog.gender.text(PHONE));
    assert_eq!(dialogue.keys("7").await.text, expected);
}

#[tokio::test]
async fn where_nothing_is_left_to_ask_the_birth_date_is_confirmed() {
    let world = world_with_token().await;
    let dialog = &en_us::DIALOG.verification;
    for yes in ["yes", "that's right", "1"] {
        let mut dialogue = at_two_factors(&world).await;
        asks(&dialogue.says("verify me", &[]).await, "DateOfBirth");
        let heard = dialogue.born(SAID, BORN).await;
        let expected = format!("I heard September 12, 1987. {}", dialog.is_that_right.text(PHONE));
        assert_eq!((heard.slot.as_deref(), heard.text), (Some("Confirmation"), expected));
        verified(&if yes == "1" { dialogue.keys(yes).await } else { dialogue.says(yes, &[]).await });
    }
    for no in ["no", "2"] {
        let mut dialogue = at_two_factors(&world).await;
        dialogue.born(SAID, BORN).await;
        let heard = if no == "2" { dialogue.keys(no).await } else { dialogue.answers("Confirmation", no).await };
        assert_eq!(heard.slot.as_deref(), Some("DateOfBirth"), "{no}");
        assert_eq!(dialogue.born(SAID, BORN).await.slot.as_deref(), Some("Confirmation"));
        verified(&dialogue.answers("Confirmation", "yes").await);
    }
}

#[tokio::test]
async fn neither_yes_nor_no_is_asked_again_and_is_a_persons_in_the_end() {
    let world = world_with_token().await;
    let mut dialogue = at_two_factors(&world).await;
    dialogue.born(SAID, BORN).await;
    let dialog = &en_us::DIALOG.verification;
    let expected = format!("{} {}", dialog.not_heard, dialog.is_that_right.hint(PHONE));
    for _ in 0..2 {
        assert_eq!(dialogue.says("what", &[]).await.text, expected);
    }
    person(&dialogue.says("what", &[]).await, "");
    assert!(world.epic.requests().fhir.is_empty());
}

#[tokio::test]
async fn an_answer_of_which_nothing_is_understood_is_asked_again_and_the_third_time_a_persons() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.says("verify me", &[]).await;
    let asked_again = en_us::DIALOG.verification.birth_date_impossible.text(PHONE);
    assert_eq!(dialogue.says("blah", &[]).await.text, asked_again);
    assert_eq!(dialogue.says("blah", &[]).await.slot.as_deref(), Some("DateOfBirth"));
    person(&dialogue.says("blah", &[]).await, "");
}

#[tokio::test]
async fn who_does_not_know_what_is_required_is_a_persons_and_has_tried_nothing() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.says("verify me", &[]).await;
    person(&dialogue.says("I don't know", &[]).await, "");
    assert_eq!((dialogue.tries(), world.epic.requests().fhir.len()), ("0", 0));
}

#[tokio::test]
async fn what_was_answered_before_another_intent_is_asked_for_anew() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.born(SAID, BORN).await;
    dialogue.caller.say("ListMedications").await;
    let mut again = at_the_default(&world).await;
    again.caller.attributes = dialogue.caller.attributes.clone();
    asks(&again.says("verify me", &[]).await, "DateOfBirth");
    reads_back(&again.born(SAID, BORN).await, "Gender");
}

#[tokio::test]
async fn in_a_chat_every_question_says_what_to_type() {
    let world = world_with_token().await;
    let all = json!({"required": ["phone", "name", "birth_date", "gender", "postal_code"],
        "said_number": "mrn_last_four", "mrn_system": "urn:oid:1.2.3"});
    for (locale, dialog) in [("en_US", &en_us::DIALOG), ("es_US", &es_us::DIALOG)] {
        let mut dialogue = Dialogue::at(&world, policy(all.clone()), HOME).await;
        (dialogue.locale, dialogue.platform) = (locale, "Connect Chat");
        let verification = &dialog.verification;
        let mut heard = dialogue.says("verify me", &[]).await;
        for (slot, answer) in [
            ("PhoneNumber", "4695555555"),
            ("FirstName", "Camila"),
            ("LastName", "Lopez"),
            ("DateOfBirth", BORN),
            ("Gender", "female"),
            ("PostalCode", "75043"),
            ("RecordNumberEnding", "0000"),
        ] {
            let question = question(verification, slot).text(AnsweredBy::Writing);
            assert_eq!(heard.slot.as_deref(), Some(slot), "{heard:?}");
            assert!(heard.text.ends_with(&question), "{heard:?}");
            heard = dialogue.answers(slot, answer).await;
        }
        // A name that was refused is typed once more, not spelled.
        assert!(heard.text.starts_with(dialog.refused_try_again), "{heard:?}");
        heard = dialogue.answers("PhoneNumber", "4695555555").await;
        assert_eq!(heard.text, verification.spell_first_name.in_writing);
    }
}

#[tokio::test]
async fn a_caller_is_verified_in_spanish() {
    let world = world_with_token().await;
    let dialog = &es_us::DIALOG.verification;
    let mut dialogue = at_the_default(&world).await;
    dialogue.locale = "es_US";
    asks(&dialogue.says("verifíqueme", &[]).await, "DateOfBirth");
    let said = "trece de septiembre de mil novecientos ochenta y siete";
    let heard = dialogue.born(said, "1987-09-13").await;
    let (say_no, gender) = (dialog.say_no.hint(PHONE), dialog.gender.text(PHONE));
    assert_eq!(heard.text, format!("Entendí el 13 de septiembre de 1987. {say_no} {gender}"));
    let heard = dialogue.says("No, no es correcto", &[]).await;
    assert_eq!(heard.text, format!("{} {}", dialog.birth_date_again, dialog.birth_date.text(PHONE)));
    let heard = dialogue.born("doce de septiembre", "2027-09-12").await;
    assert_eq!(heard.text, dialog.birth_date_without_year.text(PHONE));
    dialogue.born("doce de septiembre de mil novecientos ochenta y siete", BORN).await;
    let heard = dialogue.says("mujer", &[]).await;
    assert_eq!((heard.status.as_deref(), heard.text.as_str()), (Some("verified"), es_us::DIALOG.verified));
}

#[tokio::test]
async fn no_binario_is_a_gender_and_no_no() {
    let world = world_with_token().await;
    let mut dialogue = at_the_default(&world).await;
    dialogue.locale = "es_US";
    dialogue.born("12 de septiembre de 1987", BORN).await;
    let heard = dialogue.says("no binario", &[]).await;
    assert!(heard.text.starts_with(es_us::DIALOG.refused_try_again), "compared, and refused: {heard:?}");
}
