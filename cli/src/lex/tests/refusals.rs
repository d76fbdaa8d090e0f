//! Replies that Lex would refuse.

use super::*;
use crate::lex::reply::{Refusal, read};

#[track_caller]
fn refused(reply: &Value) -> Refusal {
    let definition = definition();
    read(reply.to_string().as_bytes(), locale(&definition), "PlainText,SSML").expect_err("refused")
}

fn saying(messages: &Value) -> Value {
    json!({"sessionState": {"dialogAction": {"type": "ElicitIntent"}}, "messages": messages})
}

fn action(kind: &str, intent: &Value) -> Value {
    json!({
        "sessionState": {"dialogAction": {"type": kind}, "intent": intent},
        "messages": [{"contentType": "PlainText", "content": "x"}],
    })
}

#[test]
fn a_working_reply_is_taken() {
    let definition = definition();
    let reply = saying(&json!([{"contentType": "PlainText", "content": "x".repeat(1024)}]));
    read(reply.to_string().as_bytes(), locale(&definition), "PlainText").unwrap();
}

#[test]
fn a_message_has_1_to_1024_characters() {
    let of = |content: &str| saying(&json!([{"contentType": "PlainText", "content": content}]));
    assert_eq!(refused(&of(&"x".repeat(1025))), Refusal::MessageTooLong { number: 1, characters: 1025 });
    assert_eq!(refused(&of("")), Refusal::EmptyMessage { number: 1 });
    // Beyond the basic plane a character counts twice, as in Java.
    assert_eq!(refused(&of(&"\u{1F48A}".repeat(513))), Refusal::MessageTooLong { number: 1, characters: 1026 });
}

#[test]
fn a_turn_has_at_most_ten_messages() {
    let messages: Vec<Value> = (0..11).map(|_| json!({"contentType": "PlainText", "content": "x"})).collect();
    assert_eq!(refused(&saying(&messages.into())), Refusal::TooManyMessages { count: 11 });
}

#[test]
fn ssml_goes_only_where_it_is_accepted() {
    let definition = definition();
    let ssml = saying(&json!([{"contentType": "SSML", "content": "<speak>x</speak>"}])).to_string();
    read(ssml.as_bytes(), locale(&definition), "PlainText,SSML").unwrap();
    let refusal = read(ssml.as_bytes(), locale(&definition), "PlainText").unwrap_err();
    assert_eq!(refusal, Refusal::NotAccepted { number: 1, content_type: "SSML", accepted: "PlainText" });
    let bare = saying(&json!([{"contentType": "SSML", "content": "x"}]));
    assert_eq!(refused(&bare), Refusal::NotSpeak { number: 1 });
}

#[test]
fn what_is_of_another_form_is_refused() {
    for reply in [
        json!({}),
        json!({"sessionState": {}}),
        json!({"sessionState": {"dialogAction": {"type": "Hop"}}}),
        json!({"session_state": {"dialogAction": {"type": "Delegate"}}}),
        json!({"sessionState": {"dialogAction": {"type": "Delegate"}, "sessionAttributes": {"count": 3}}}),
        saying(&json!([{"contentType": "Plain", "content": "x"}])),
        saying(&json!("x")),
        action("Close", &json!({"name": "VerifyCaller", "state": "Done"})),
    ] {
        assert!(matches!(refused(&reply), Refusal::Form(_)), "{reply}");
    }
    let definition = definition();
    assert!(matches!(read(b"null", locale(&definition), "PlainText"), Err(Refusal::Form(_))));
    assert!(matches!(read(b"", locale(&definition), "PlainText"), Err(Refusal::Form(_))));
}

#[test]
fn intents_and_slots_that_the_bot_does_not_have_are_refused() {
    let slots = json!({"name": "VerifyCaller", "slots": {"ShoeSize": null}});
    assert_eq!(refused(&action("Delegate", &slots)), Refusal::UnknownSlot);
    assert_eq!(refused(&action("Delegate", &json!({"name": "ListMedications"}))), Refusal::UnknownIntent);
    let mut elicit = action("ElicitSlot", &json!({"name": "VerifyCaller"}));
    elicit["sessionState"]["dialogAction"]["slotToElicit"] = "ShoeSize".into();
    assert_eq!(refused(&elicit), Refusal::UnknownSlot);
}

#[test]
fn each_dialog_action_needs_what_lex_documents() {
    let without_messages = |mut reply: Value| {
        reply.as_object_mut().unwrap().remove("messages");
        reply
    };
    let intent = json!({"name": "VerifyCaller"});
    for (reply, action, missing) in [
        (without_messages(saying(&json!([]))), "ElicitIntent", "messages"),
        (without_messages(action("ConfirmIntent", &intent)), "ConfirmIntent", "messages"),
        (action("ConfirmIntent", &Value::Null), "ConfirmIntent", "an intent"),
        (action("ElicitSlot", &intent), "ElicitSlot", "slotToElicit"),
        (action("ElicitSlot", &Value::Null), "ElicitSlot", "an intent"),
        (action("Close", &Value::Null), "Close", "an intent"),
        (action("Close", &intent), "Close", "the intent's state"),
    ] {
        assert_eq!(refused(&reply), Refusal::Missing { action, missing }, "{reply}");
    }
    let ready = action("Close", &json!({"name": "VerifyCaller", "state": "ReadyForFulfillment"}));
    assert_eq!(refused(&ready), Refusal::StateOfClose("ReadyForFulfillment"));
}

#[test]
fn attributes_and_replies_have_their_limits() {
    let with = |length: usize| json!({"sessionState": {"dialogAction": {"type": "Delegate"}, "sessionAttributes": {"a": "x".repeat(length)}}});
    // 12 KB in base64 are 9 KB of text.
    assert!(matches!(refused(&with(9 * 1024)), Refusal::AttributesTooLarge { bytes } if bytes > 12 * 1024));
    assert!(matches!(refused(&with(51 * 1024)), Refusal::TooLarge { .. }));
    let definition = definition();
    read(with(9000).to_string().as_bytes(), locale(&definition), "PlainText").unwrap();
}

#[tokio::test]
async fn a_refused_reply_ends_in_the_error_branch_with_the_bots_words() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    let outcome = talk.says("my medications", |event| close(event, "Fulfilled", &[&"x".repeat(1025)])).await;
    assert!(matches!(outcome, Outcome::Failed(failure) if failure.to_string().contains("1025 characters")));
    assert_eq!(talk.heard, ["I'm sorry, I can't get that right now."]);
}

#[tokio::test]
async fn an_event_larger_than_lex_sends_ends_in_the_error_branch() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    let outcome = talk.says(&"medications ".repeat(2000), delegate_then_close).await;
    assert!(matches!(outcome, Outcome::Failed(_)));
    assert!(talk.sources().is_empty());
}
