//! The flow as it is played: what goes from bot to bot, and how calls end.

use std::cell::RefCell;

use serde_json::{Value, json};

use super::*;

const STATUS: &str = "verificationStatus";
const CALLING_NUMBER: &str = "+14695555555";

/// A call whose function answers every event by closing with a status and leaving more in the session.
struct Phone<'a> {
    flow: ContactFlow<'a>,
    heard: Vec<String>,
    events: RefCell<Vec<Value>>,
}

fn deployed() -> FlowDefinition {
    FlowDefinition::deployed().unwrap()
}

fn caller(channel: Channel) -> Caller {
    Caller { number: Some(CALLING_NUMBER.to_owned()), locale_id: "en_US".to_owned(), channel }
}

impl<'a> Phone<'a> {
    fn call(definition: &'a FlowDefinition, channel: Channel) -> Self {
        Self::with(definition, caller(channel), People::There)
    }

    fn with(definition: &'a FlowDefinition, caller: Caller, people: People) -> Self {
        let services = (Clock::system(), Randomness::system());
        let mut heard = Vec::new();
        let flow = ContactFlow::answer_with(definition, caller, people, services, &mut keep(&mut heard)).unwrap();
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
            // Nobody is verified by changing the language.
            let unverified = intent["name"] == "OtherLanguage" && attributes.get("callReference").is_none();
            let status = status.filter(|status| *status != "verified" || !unverified);
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

    fn event(&self) -> Value {
        self.events.borrow().last().unwrap().clone()
    }

    fn attributes(&self) -> Value {
        let mut attributes = self.event()["sessionState"]["sessionAttributes"].clone();
        // How Lex is to listen is not what goes from bot to bot.
        attributes.as_object_mut().unwrap().retain(|name, _| !name.starts_with("x-amz-lex:"));
        attributes
    }

    #[track_caller]
    fn hears(&self, words: &str) {
        let heard = self.heard.join(" ");
        assert!(heard.contains(words), "{words}: {heard}");
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
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.hears("Para español, oprima el 2.");
    phone.hears("hang up and dial 911. Before");
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    phone.hears("Said. You can ask, what are my medications?");
    let contact = phone.attributes()["contactId"].clone();
    let connection = "";
    assert_eq!(
        phone.attributes(),
        json!({"callingNumber": CALLING_NUMBER, "contactId": contact, "connection": connection})
    );

    phone.says("goodbye", Some("ended"), "Fulfilled").await;
    assert_eq!(
        phone.attributes(),
        json!({
            "callReference": "opaque", "callingNumber": CALLING_NUMBER, "contactId": contact, "connection": connection,
        })
    );
    assert_eq!(phone.heard, ["Said.", "Goodbye."]);
    assert_eq!(phone.flow.ended(), Some(Ending::Goodbye));
}

#[tokio::test]
async fn a_caller_for_a_person_is_handed_over() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("person"), "Fulfilled").await;
    phone.hears("Please stay on the line.");
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn a_bot_that_is_done_and_has_nobody_to_hand_over_to_ends_the_call() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("ended"), "Failed").await;
    assert_eq!(phone.heard, ["Said.", "Goodbye."]);
    assert_eq!(phone.flow.ended(), Some(Ending::Goodbye));
}

#[tokio::test]
async fn a_bot_whose_part_broke_off_leaves_nobody_without_a_person() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", None, "Failed").await;
    phone.hears("Said. Please stay on the line.");
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    phone.says("a person please", None, "Failed").await;
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn where_there_is_nobody_the_number_is_told_once_whatever_ends_the_call() {
    for number in ["+14695550100", ""] {
        let definition = FlowDefinition::with(&[("PersonQueueArn", ""), ("ClinicPhoneNumber", number)]).unwrap();
        for (locale_id, channel, said, nobody, call) in [
            (
                "en_US",
                Channel::Voice,
                "a person please",
                "I'm sorry. There is nobody on this line",
                "You can call us at",
            ),
            (
                "en_US",
                Channel::Chat,
                "a person please",
                "I'm sorry. There is nobody on this line",
                "You can call us at",
            ),
            ("es_US", Channel::Voice, "una persona por favor", "Lo siento. En esta línea no hay", "Puede llamarnos al"),
            ("es_US", Channel::Chat, "una persona por favor", "Lo siento. En esta línea no hay", "Puede llamarnos al"),
        ] {
            // What fulfillment says has the number, where there is one.
            let caller = || Caller { locale_id: locale_id.to_owned(), ..caller(channel) };
            let mut phone = Phone::with(&definition, caller(), People::There);
            phone.says(said, Some("ended"), "Failed").await;
            assert!(!phone.heard.join(" ").contains("5550100"), "{:?}", phone.heard);
            assert_eq!((phone.heard.len(), phone.flow.ended()), (2, Some(Ending::Goodbye)), "{:?}", phone.heard);
            // And where fulfillment could say nothing, the flow says it.
            let mut phone = Phone::with(&definition, caller(), People::There);
            phone.says(said, None, "Failed").await;
            phone.hears(nobody);
            let heard = phone.heard.join(" ");
            assert_eq!(heard.contains(&format!("{call} {number}.")), !number.is_empty(), "{heard}");
            assert!(!heard.contains("on the line") && !heard.contains("no cuelgue"), "{heard}");
            assert_eq!(phone.flow.ended(), Some(Ending::Goodbye));
        }
    }
}

#[tokio::test]
async fn who_is_in_danger_in_words_for_the_other_language_is_not_asked_on() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("español", Some("ended"), "Failed").await;
    assert_eq!((phone.heard.join(" ").as_str(), phone.flow.ended()), ("Said. Goodbye.", Some(Ending::Goodbye)));
}

#[tokio::test]
async fn no_other_status_passes_verification() {
    let definition = deployed();
    for (status, ending) in
        [("required", Ending::Person), ("VERIFIED", Ending::Person), ("", Ending::Person), ("ended", Ending::Goodbye)]
    {
        let mut phone = Phone::call(&definition, Channel::Voice);
        phone.says("a person please", Some(status), "Fulfilled").await;
        assert_eq!(phone.flow.ended(), Some(ending), "{status}");
    }
}

#[tokio::test]
async fn a_caller_whose_record_has_gone_is_verified_once_more_and_no_more() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    phone.says("my medications", Some("required"), "Failed").await;
    phone.hears("I need to check who you are");
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    // The second verification began without what the first left.
    assert_eq!(phone.attributes().get("callReference"), None);
    phone.says("my medications", Some("required"), "Failed").await;
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn an_answer_that_closes_comes_back_to_the_bot_with_the_call_reference() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    for _ in 0..3 {
        phone.says("my medications", None, "Failed").await;
        phone.hears("Is there anything else");
        assert_eq!(phone.flow.ended(), None);
    }
    assert_eq!(phone.attributes()["callReference"], "opaque");
    phone.says("my medications", None, "Failed").await;
    assert_eq!(phone.flow.ended(), Some(Ending::Person), "and not for ever");
}

#[tokio::test]
async fn a_bot_that_fails_hands_over_to_a_person() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.heard.clear();
    let function = async |_| Invocation::FunctionError(String::new());
    phone.flow.say("verify me", &function, &mut keep(&mut phone.heard)).await;
    phone.hears("Please stay on the line.");
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn neither_a_withheld_number_nor_a_chats_is_handed_over() {
    let definition = deployed();
    for caller in [Caller { number: None, ..caller(Channel::Voice) }, caller(Channel::Chat)] {
        let mut phone = Phone::with(&definition, caller, People::There);
        phone.says("verify me", Some("person"), "Failed").await;
        assert!(phone.attributes().get("callingNumber").is_none());
    }
}

#[tokio::test]
async fn keys_after_the_end_key_are_the_next_input() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Keypad);
    phone.says("0#9#", Some("verified"), "Fulfilled").await;
    assert_eq!(phone.flow.ended(), Some(Ending::Person), "this function never says goodbye");
    assert_eq!(phone.events.borrow().len(), 2);
}

#[tokio::test]
async fn after_verification_each_key_is_an_input() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Keypad);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    phone.says("12", Some("verified"), "Fulfilled").await;
    assert_eq!(phone.event()["inputTranscript"], "1");
}

#[tokio::test]
async fn spanish_is_chosen_by_a_key_and_in_a_chat_by_words() {
    let definition = deployed();
    for channel in [Channel::Voice, Channel::Keypad, Channel::Chat] {
        let caller = Caller { locale_id: "es_US".to_owned(), ..caller(channel) };
        let mut phone = Phone::with(&definition, caller, People::There);
        if channel != Channel::Chat {
            phone.hears("Gracias por llamar a la línea de medicamentos.");
        }
        phone.says("una persona, por favor", Some("verified"), "Fulfilled").await;
        assert_eq!(phone.event()["bot"]["localeId"], "es_US", "{channel:?}");
        phone.hears("¿cuáles son mis medicinas?");
        phone.says("adiós", Some("ended"), "Fulfilled").await;
        assert_eq!(phone.heard, ["Said.", "Adiós."]);
    }
}

#[tokio::test]
async fn the_language_can_be_changed_in_words_before_verification() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("español, por favor", None, "Fulfilled").await;
    phone.hears("diga, comenzar");
    phone.says("English", None, "Fulfilled").await;
    phone.hears("verify me");
    // The function listened first: whoever is in danger may say so in words that the bot takes for these.
    let hooks = phone.events.borrow().iter().map(|event| event["invocationSource"].clone()).collect::<Vec<_>>();
    assert_eq!(hooks, ["DialogCodeHook", "DialogCodeHook"]);
}

#[tokio::test]
async fn after_verification_the_language_is_changed_without_verifying_again() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    phone.says("español", Some("verified"), "Fulfilled").await;
    phone.hears("Said. Puede preguntar, ¿cuáles son mis medicinas?");
    phone.says("mis medicinas", Some("required"), "Failed").await;
    assert_eq!(
        (phone.event()["bot"]["localeId"].as_str(), phone.attributes()["callReference"].as_str()),
        (Some("es_US"), Some("opaque"))
    );
    phone.hears("necesito verificar su identidad");
    // Where there is no record to go on with, the language stays, and the caller is verified.
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("a person please", Some("verified"), "Fulfilled").await;
    phone.says("español", Some("required"), "Failed").await;
    phone.hears("I need to check who you are");
}

#[tokio::test]
async fn whoever_needs_a_person_gets_one_from_the_choice_of_language_too_and_so_does_who_never_ends_choosing() {
    let definition = deployed();
    let mut phone = Phone::call(&definition, Channel::Voice);
    phone.says("español", Some("person"), "Failed").await;
    phone.hears("putting you through to a person");
    let mut phone = Phone::call(&definition, Channel::Voice);
    for (said, heard) in [("español", "diga, comenzar"), ("English", "verify me"), ("español", "diga, comenzar")] {
        phone.says(said, None, "Fulfilled").await;
        phone.hears(heard);
    }
    phone.says("English", None, "Fulfilled").await;
    phone.hears("Le comunico con una persona.");
}

#[tokio::test]
async fn nobody_who_could_help_is_said_with_the_number_to_call() {
    let definition = deployed();
    for (people, reason) in [
        (People::Away, "Nobody is here to take your call"),
        (People::Unstaffed, "Nobody is here to take your call"),
        (People::Busy, "is busy right now"),
        (People::OutOfReach, "I can't put you through"),
    ] {
        let mut phone = Phone::with(&definition, caller(Channel::Voice), people);
        phone.says("a person please", Some("person"), "Fulfilled").await;
        phone.hears(reason);
        phone.hears("You can call us at +14695550100. Goodbye.");
        assert_eq!(phone.flow.ended(), Some(Ending::Goodbye));
    }
}

#[tokio::test]
async fn where_it_cannot_be_told_whether_anybody_is_there_the_caller_waits_for_them() {
    let definition = deployed();
    let mut phone = Phone::with(&definition, caller(Channel::Voice), People::Uncounted);
    phone.says("a person please", Some("person"), "Fulfilled").await;
    assert_eq!(phone.flow.ended(), Some(Ending::Person));
}

#[tokio::test]
async fn a_callback_is_offered_where_there_is_a_queue_for_it() {
    let definition = FlowDefinition::with(&[("CallbackQueueArn", "queue")]).unwrap();
    for (number, key, heard, ending) in [
        (Some(CALLING_NUMBER), "1", "We will call you back at this number. Goodbye.", Ending::CalledBack),
        (Some(CALLING_NUMBER), "2", "Goodbye.", Ending::Goodbye),
        (Some(CALLING_NUMBER), "", "Goodbye.", Ending::Goodbye),
        (None, "1", "I can't have you called back at this number. Goodbye.", Ending::Goodbye),
    ] {
        let caller = Caller { number: number.map(str::to_owned), ..caller(Channel::Voice) };
        let mut phone = Phone::with(&definition, caller, People::Away);
        phone.says("a person please", Some("person"), "Fulfilled").await;
        phone.hears("press 1");
        assert_eq!(phone.flow.ended(), None);
        phone.says(key, None, "Fulfilled").await;
        phone.hears(heard);
        assert_eq!(phone.flow.ended(), Some(ending));
    }
    // A chat can't be called.
    let mut phone = Phone::with(&definition, caller(Channel::Chat), People::Away);
    phone.says("a person please", Some("person"), "Fulfilled").await;
    phone.hears("You can call us at +14695550100. Goodbye.");
}

#[test]
fn consent_comes_before_a_recording() {
    let recorded = FlowDefinition::with(&[("RecordCalls", "true")]).unwrap();
    let phone = Phone::call(&recorded, Channel::Voice);
    let heard = phone.heard.join(" ");
    let (consent, greeting) = (heard.find("may be recorded").unwrap(), heard.find("medication line").unwrap());
    assert!(consent < greeting);
    assert!(!Phone::call(&deployed(), Channel::Voice).heard.join(" ").contains("recorded"));
}
