//! Session attributes, and what a reply leaves behind.

use super::*;

fn elicit_intent(attributes: Option<Value>) -> Value {
    let mut reply = json!({
        "sessionState": {"dialogAction": {"type": "ElicitIntent"}},
        "messages": [{"contentType": "PlainText", "content": "What else?"}],
    });
    if let Some(attributes) = attributes {
        reply["sessionState"]["sessionAttributes"] = attributes;
    }
    reply
}

#[tokio::test]
async fn attributes_that_a_reply_leaves_out_stay() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    talk.says("my medications", |_| elicit_intent(None)).await;
    talk.says("more", |_| elicit_intent(Some(Value::Null))).await;
    assert_eq!(talk.conversation.attributes()["callingNumber"], "+14695555555");
    assert_eq!(talk.event(0)["sessionState"]["sessionAttributes"]["callingNumber"], "+14695555555");
}

#[tokio::test]
async fn attributes_that_a_reply_has_take_the_place_of_all() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    talk.says("my medications", |_| elicit_intent(Some(json!({"medicationsSpoken": "3"})))).await;
    talk.says("more", |_| elicit_intent(None)).await;
    assert_eq!(talk.event(0)["sessionState"]["sessionAttributes"], json!({"medicationsSpoken": "3"}));
}

#[tokio::test]
async fn an_empty_map_erases_the_attributes() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    talk.says("my medications", |_| elicit_intent(Some(json!({})))).await;
    assert!(talk.conversation.attributes().is_empty());
}

#[tokio::test]
async fn after_elicit_intent_anything_may_be_wanted() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    assert_eq!(talk.says("my medications", |_| elicit_intent(None)).await, Outcome::Listening);
    assert_eq!(talk.heard, ["What else?"]);
    talk.says("goodbye", |event| close(event, "Fulfilled", &["Bye."])).await;
    assert_eq!(talk.event(0)["sessionState"]["intent"]["name"], "Goodbye");
}

#[tokio::test]
async fn an_intent_returned_without_its_slots_has_lost_them() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    let forgetful =
        |_: &Value| json!({"sessionState": {"dialogAction": {"type": "Delegate"}, "intent": {"name": "VerifyCaller"}}});
    talk.says("9/12/1987", forgetful).await;
    assert!(talk.heard[0].starts_with("What is your date of birth?"), "{:?}", talk.heard);
}

#[tokio::test]
async fn a_close_without_words_is_said_in_the_bots() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    let fails = |event: &Value| {
        if event["invocationSource"] == "DialogCodeHook" { delegate(event) } else { close(event, "Failed", &[]) }
    };
    talk.says("my medications", fails).await;
    assert_eq!(talk.heard, ["I'm sorry, I can't get that right now."]);
}

#[tokio::test]
async fn ssml_is_heard_without_its_tags() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    let ssml = |_: &Value| {
        json!({
            "sessionState": {"dialogAction": {"type": "ElicitIntent"}},
            "messages": [{"contentType": "SSML", "content": "<speak>Take <break time='1s'/>two.</speak>"}],
        })
    };
    talk.says("my medications", ssml).await;
    assert_eq!(talk.heard, ["Take two."]);
}
