//! What goes from bot to bot, and how calls end.

use std::cell::RefCell;

use serde_json::{Value, json};

use super::*;

/// A call whose function answers every event by closing with `status` and leaving `more` in the session.
struct Phone<'a> {
    flow: ContactFlow<'a>,
    heard: Vec<String>,
    events: RefCell<Vec<Value>>,
}

impl<'a> Phone<'a> {
    fn call(definition: &'a Definition, channel: Channel) -> Self {
        let caller = Caller { number: Some("+14695555555".to_owned()), locale_id: "en_US".to_owned(), channel };
        let services = (Clock::system(), Randomness::system());
        let mut heard = Vec::new();
        let flow = ContactFlow::answer(definition, caller, services, &mut keep(&mut heard)).unwrap();
        Self { flow, heard, events: RefCell::default() }
    }

    async fn says(&mut self, said: &str, status: Option<&str>, state: &str) {
        self.heard.clear();
        let events = &self.events;
        let function = async |payload: Vec<u8>| {
            let event: Value = shared::json::decode(&payload).unwrap();
            let mut intent = event["sessionState"]["intent"].clone();
            intent["state"] = state.into();
            let mut attributes = event["sessionState"]["sessionAttributes"].clone();
            attributes["callReference"] = "opaque".into();
            attributes["verificationTry"] = "1".into();
            if let Some(status) = status {
                attributes[STATUS] = status.into();
            }
            events.borrow_mut().push(event);
            let reply = json!({
                "sessionState": {"dialogAction": {"type": "Close"}, "intent": intent, "sessionAttributes": attributes},
                "messages": [{"contentType": "PlainText", "content": "Said."}],
            });
            Invocation::Answered(reply.to_string().into_bytes())
        };
        self.flow.say(said, &function, &mut keep(&mut self.heard)).await;
    }

    fn attributes(&self) -> Value {
        self.events.borrow().last().unwrap()["sessionState"]["sessionAttributes"].clone()
    }
}

fn keep(heard: &mut Vec<String>) -> impl FnMut(Happening<'_>) {
    |happening| match happening {
        Happening::Heard(text) => heard.push(text.to_owned()),
        Happening::Failed(failure) => heard.push(format!("({failure})")),
    }
}

#[tokio::test]
async fn a_verified_caller_goes_on_with_nothing_but_what_is_handed_over() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Voice);
    assert_eq!(phone.heard, [ENGLISH.greeting]);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    assert_eq!(phone.heard, ["Said.", ENGLISH.medications]);
    let contact = phone.attributes()["contactId"].clone();
    assert_eq!(phone.attributes(), json!({"callingNumber": "+14695555555", "contactId": contact}));

    phone.says("goodbye", None, "Fulfilled").await;
    assert_eq!(
        phone.attributes(),
        json!({"callReference": "opaque", "callingNumber": "+14695555555", "contactId": contact})
    );
    assert_eq!(phone.heard, ["Said.", ENGLISH.goodbye]);
    assert_eq!(phone.flow.ended(), Some(Ending::Goodbye));
}

#[tokio::test]
async fn a_caller_for_a_person_is_handed_over() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("person"), "Fulfilled").await;
    assert_eq!(phone.heard, ["Said.", ENGLISH.person]);
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn a_bot_that_is_done_and_has_nobody_to_hand_over_to_ends_the_call() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", None, "Failed").await;
    assert_eq!(phone.heard, ["Said.", ENGLISH.goodbye]);
    assert_eq!(phone.flow.ended(), Some(Ending::Goodbye));
}

#[tokio::test]
async fn a_status_that_only_medications_can_have_does_not_pass_verification() {
    let definition = Definition::deployed().unwrap();
    for status in ["required", "VERIFIED", ""] {
        let mut phone = Phone::call(&definition, Channel::Voice);
        phone.says("a person please", Some(status), "Fulfilled").await;
        assert_eq!(phone.flow.ended(), Some(Ending::Person), "{status}");
    }
}

#[tokio::test]
async fn a_caller_whose_record_has_gone_is_verified_once_more_and_no_more() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    phone.says("my medications", Some("required"), "Failed").await;
    assert_eq!(phone.heard, ["Said.", ENGLISH.greeting]);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    // The second verification began without what the first left.
    assert_eq!(phone.attributes().get("callReference"), None);
    phone.says("my medications", Some("required"), "Failed").await;
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn a_bot_that_fails_hands_over_to_a_person() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.heard.clear();
    let function = async |_| Invocation::FunctionError(String::new());
    phone.flow.say("verify me", &function, &mut keep(&mut phone.heard)).await;
    assert_eq!(phone.heard.last(), Some(&ENGLISH.person.to_owned()));
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn a_withheld_number_is_not_handed_over() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.flow.caller.number = None;
    assert!(!attributes(&phone.flow.caller, "c").contains_key("callingNumber"));
}

#[tokio::test]
async fn a_chat_has_no_calling_number() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Chat);
    phone.says("a person please", Some("person"), "Fulfilled").await;
    assert_eq!(phone.attributes().as_object().unwrap().keys().collect::<Vec<_>>(), ["contactId"]);
}

#[tokio::test]
async fn nothing_is_said_to_a_caller_who_has_gone() {
    let definition = Definition::deployed().unwrap();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("person"), "Fulfilled").await;
    phone.says("hello?", Some("person"), "Fulfilled").await;
    assert!(phone.heard.is_empty());
}

#[test]
fn a_language_that_the_bots_do_not_speak_is_named() {
    let definition = Definition::deployed().unwrap();
    let caller = Caller { number: None, locale_id: "fr_FR".to_owned(), channel: Channel::Voice };
    let services = (Clock::system(), Randomness::system());
    let error = ContactFlow::answer(&definition, caller, services, &mut |_| {}).unwrap_err();
    assert!(error.to_string().starts_with("the bots don't speak fr_FR; they speak en_US"), "{error}");
}
