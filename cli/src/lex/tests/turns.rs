//! Slots, hooks and the shapes of events.

use std::time::Duration;

use super::*;
use crate::lex::reply::IntentState;

/// What `VerifyCaller` may ask for.
const NO_SLOTS: [&str; 8] = [
    "Confirmation",
    "DateOfBirth",
    "FirstName",
    "Gender",
    "LastName",
    "PhoneNumber",
    "PostalCode",
    "RecordNumberEnding",
];

fn closed(intent: &str, state: IntentState) -> Outcome {
    Outcome::Closed { intent: intent.to_owned(), state }
}

#[tokio::test]
async fn slots_are_asked_for_by_priority_in_the_words_of_the_bot() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    assert_eq!(talk.says("verify me", delegate).await, Outcome::Listening);
    assert!(talk.heard[0].starts_with("What is your date of birth?"), "{:?}", talk.heard);
    let event = talk.event(0);
    assert_eq!(talk.sources(), ["DialogCodeHook"]);
    assert_eq!(
        event["sessionState"]["intent"]["slots"],
        json!(NO_SLOTS.iter().map(|name| (*name, Value::Null)).collect::<BTreeMap<_, _>>())
    );
    assert_eq!(event["sessionState"]["intent"]["state"], "InProgress");
    assert_eq!(
        event["proposedNextState"]["dialogAction"],
        json!({"type": "ElicitSlot", "slotToElicit": "DateOfBirth"})
    );
    assert_eq!(event["proposedNextState"]["prompt"]["attempt"], "Initial");

    assert_eq!(talk.says("September twelfth nineteen eighty-seven", delegate).await, Outcome::Listening);
    assert!(talk.heard[0].starts_with("What gender is on your chart?"), "{:?}", talk.heard);
    let event = talk.event(0);
    let value = &event["sessionState"]["intent"]["slots"]["DateOfBirth"];
    assert_eq!(value["shape"], "Scalar");
    assert_eq!(value["value"]["originalValue"], "September twelfth nineteen eighty-seven");
    assert_eq!(value["value"]["interpretedValue"], "1987-09-12");
    assert_eq!(value["value"]["resolvedValues"], json!(["1987-09-12"]));
    assert_eq!(event["proposedNextState"]["dialogAction"]["slotToElicit"], "Gender");
}

#[tokio::test]
async fn fulfillment_follows_the_dialog_hook_when_all_slots_are_filled() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("9/12/1987", delegate).await;
    let outcome = talk.says("I'm a woman", delegate_then_close).await;
    assert_eq!(outcome, closed("VerifyCaller", IntentState::Fulfilled));
    assert_eq!(talk.sources(), ["DialogCodeHook", "FulfillmentCodeHook"]);
    assert_eq!(talk.heard, ["Done."]);
    let event = talk.event(1);
    assert_eq!(event["sessionState"]["intent"]["state"], "ReadyForFulfillment");
    assert_eq!(event["sessionState"]["intent"]["slots"]["Gender"]["value"]["interpretedValue"], "female");
    assert_eq!(event["sessionState"]["intent"]["slots"]["Gender"]["value"]["originalValue"], "woman");
    assert_eq!(event["interpretations"][0]["intent"], event["sessionState"]["intent"]);
    assert_eq!(event["proposedNextState"], Value::Null);
    assert_eq!(talk.event(0)["sessionState"]["intent"]["state"], "InProgress");
}

#[tokio::test]
async fn an_intent_without_a_dialog_hook_goes_straight_to_fulfillment() {
    let definition = with_times(25, 0);
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    talk.says("what are my medications", delegate_then_close).await;
    assert_eq!(talk.sources(), ["FulfillmentCodeHook"]);
}

#[tokio::test]
async fn what_is_not_understood_is_asked_again_and_then_falls_back() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("verify me", delegate).await;
    for attempt in ["Retry1", "Retry2"] {
        assert_eq!(talk.says("the blue one", delegate).await, Outcome::Listening);
        assert_eq!(talk.event(0)["proposedNextState"]["prompt"]["attempt"], attempt);
        assert_eq!(talk.event(0)["sessionState"]["intent"]["name"], "VerifyCaller");
        assert!(talk.heard[0].starts_with("What is your date of birth?"));
    }
    talk.says("the blue one", delegate_then_close).await;
    assert_eq!(talk.sources(), ["DialogCodeHook", "FulfillmentCodeHook"]);
    assert_eq!(talk.event(0)["sessionState"]["intent"]["name"], "FallbackIntent");
    assert_eq!(talk.event(0)["interpretations"][0]["intent"]["name"], "FallbackIntent");
}

#[tokio::test]
async fn a_slot_that_the_function_empties_is_asked_for_from_the_start() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("verify me", delegate).await;
    talk.says("the blue one", delegate).await;
    let again = |event: &Value| {
        let intent =
            json!({"name": "VerifyCaller", "state": "InProgress", "slots": event["sessionState"]["intent"]["slots"]});
        json!({
            "sessionState": {"dialogAction": {"type": "ElicitSlot", "slotToElicit": "DateOfBirth"}, "intent": intent},
            "messages": [{"contentType": "PlainText", "content": "With the year, please."}],
        })
    };
    assert_eq!(talk.says("September 12th", again).await, Outcome::Listening);
    assert_eq!(talk.heard, ["With the year, please."]);
    talk.says("the blue one", delegate).await;
    assert_eq!(talk.event(0)["proposedNextState"]["prompt"]["attempt"], "Retry1");
    assert_eq!(talk.event(0)["sessionState"]["intent"]["slots"]["DateOfBirth"], Value::Null);
}

#[tokio::test]
async fn a_birth_date_without_its_year_leans_to_the_future() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("verify me", delegate).await;
    talk.says("september 12th", delegate).await;
    let value = &talk.event(0)["sessionState"]["intent"]["slots"]["DateOfBirth"]["value"];
    assert_eq!((&value["interpretedValue"], &value["originalValue"]), (&json!("2026-09-12"), &json!("september 12th")));
}

#[tokio::test]
async fn another_intent_clearly_meant_ends_the_asking() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("verify me", delegate).await;
    talk.says("a person, please", delegate_then_close).await;
    assert_eq!(talk.event(0)["sessionState"]["intent"]["name"], "SpeakToPerson");
}

#[tokio::test]
async fn a_sample_with_another_slot_corrects_that_slot() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("9/11/1987", delegate).await;
    assert_eq!(talk.says("my birthday is 9/12/1987", delegate).await, Outcome::Listening);
    let slots = talk.event(0)["sessionState"]["intent"]["slots"].clone();
    assert_eq!(slots["DateOfBirth"]["value"]["interpretedValue"], "1987-09-12");
    assert_eq!(slots["Gender"], Value::Null);
    assert_eq!(talk.event(0)["proposedNextState"]["prompt"]["attempt"], "Retry1");
}

#[tokio::test]
async fn genders_are_filled_by_any_of_their_words_and_letters_only_alone() {
    for (said, gender) in [
        ("F", Some("female")),
        ("it's M", Some("male")),
        ("I am a man", Some("male")),
        ("the letter x", Some("x")),
        ("non-binary", Some("nonbinary")),
        ("I don't know", Some("unknown")),
        ("plan m is what they call it", None),
    ] {
        let definition = definition();
        let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
        talk.says("9/12/1987", delegate).await;
        talk.says(said, delegate_then_close).await;
        let value = &talk.event(0)["sessionState"]["intent"]["slots"]["Gender"];
        assert_eq!(value.pointer("/value/interpretedValue").and_then(Value::as_str), gender, "{said}");
    }
}

#[tokio::test]
async fn voice_chat_and_keypad_events_have_the_shapes_of_the_saved_ones() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    talk.says("largest lake in minnesota", delegate_then_close).await;
    let event = talk.event(0);
    assert_eq!(event["inputMode"], "Speech");
    assert_eq!(event["responseContentType"], "text/plain; charset=utf-8");
    assert_eq!(event["requestAttributes"]["x-amz-lex:accept-content-types"], "PlainText,SSML");
    assert_eq!(event["requestAttributes"]["x-amz-lex:channels:platform"], "Connect");
    assert_eq!(event["interpretations"][0]["nluConfidence"], Value::Null);
    assert_eq!(event["proposedNextState"], Value::Null);
    assert!(event.as_object().unwrap().contains_key("proposedNextState"));

    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Chat);
    talk.says("verify me", delegate).await;
    let event = talk.event(0);
    assert_eq!(event["inputMode"], "Text");
    assert_eq!(event["requestAttributes"]["x-amz-lex:accept-content-types"], "PlainText");
    assert_eq!(event["requestAttributes"]["x-amz-lex:channels:platform"], "Connect Chat");
    assert_eq!(event["interpretations"][0]["nluConfidence"], 1.0);
    assert!(event["sessionState"].get("activeContexts").is_none());

    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.keypad = true;
    talk.says("verify me", delegate).await;
    assert_eq!(talk.event(0)["inputMode"], "Speech");
    talk.says("09121987#", delegate).await;
    let event = talk.event(0);
    assert_eq!(event["inputMode"], "DTMF");
    assert_eq!(event["inputTranscript"], "09121987");
    assert_eq!(event["requestAttributes"]["x-amz-lex:dtmf-transcript"], "09121987");
    assert_eq!(event["sessionState"]["intent"]["slots"]["DateOfBirth"]["value"]["interpretedValue"], "1987-09-12");
    talk.says("*", delegate).await;
    assert_eq!(talk.event(0)["requestAttributes"]["x-amz-lex:dtmf-transcript"], "[DEL]");
}

/// The deployed bots with other times for `ListMedications`, which has no dialog hook here: how long its function may take,
/// and after how long words of progress come.
fn with_times(timeout_in_seconds: u64, progress_in_seconds: u64) -> Definition {
    let mut definition = definition();
    let intents = &mut definition.bots.get_mut("HealthcareIVR").unwrap().bot_locales[0].intents;
    let intent = intents.iter_mut().find(|intent| intent.name == "ListMedications").unwrap();
    intent.dialog_code_hook.enabled = false;
    let updates = intent.fulfillment_code_hook.fulfillment_updates_specification.as_mut().unwrap();
    updates.timeout_in_seconds = timeout_in_seconds;
    updates.start_response.as_mut().unwrap().delay_in_seconds = progress_in_seconds;
    updates.update_response.as_mut().unwrap().frequency_in_seconds = progress_in_seconds;
    definition
}

#[tokio::test]
async fn the_caller_hears_words_while_fulfillment_takes_its_time() {
    // Progress comes at once; the time is for a busy machine.
    let definition = with_times(60, 0);
    // Answers when the caller has heard so much, and when more would have come.
    let slow = async |event: Value, so_far: Rc<Cell<usize>>, heard: usize| {
        while so_far.get() < heard {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        Invocation::Answered(close(&event, "Fulfilled", &["Done."]).to_string().into_bytes())
    };
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    let so_far = Rc::clone(&talk.heard_so_far);
    talk.says_to("what are my medications", async |event| slow(event, Rc::clone(&so_far), 5).await).await;
    let (first, last) = (talk.heard.first().unwrap(), talk.heard.last().unwrap());
    assert_eq!((first.as_str(), last.as_str()), ("One moment, please.", "Done."));
    // Lex says no more than five.
    assert_eq!(talk.heard[1..5], vec!["I'm still looking. Thank you for waiting."; 4]);
    assert_eq!(talk.heard.len(), 6);

    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Chat);
    talk.says_to("what are my medications", async |event| slow(event, Rc::default(), 0).await).await;
    assert_eq!(talk.heard, ["Done."], "a chat has no words of progress");
}

#[tokio::test]
async fn a_function_that_never_answers_ends_in_words_and_the_error_branch() {
    let definition = with_times(0, 60);
    let mut talk = Talk::with(&definition, "HealthcareIVR", Platform::Voice);
    let outcome = talk.says_to("what are my medications", async |_| std::future::pending().await).await;
    assert!(matches!(outcome, Outcome::Failed(failure) if failure.to_string().contains("had not answered after 0 s")));
    assert_eq!(talk.heard, ["I'm sorry, I can't get that right now."]);
}

#[tokio::test]
async fn a_function_that_fails_ends_in_the_error_branch() {
    let definition = definition();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    let outcome = talk.says_to("verify me", async |_| Invocation::FunctionError(String::new())).await;
    assert!(matches!(outcome, Outcome::Failed(_)));
    assert_eq!(talk.heard, ["I'm sorry, I can't get that right now."], "the dialog hook's words");
    let fails_late = async |event: Value| match event["invocationSource"].as_str() {
        Some("DialogCodeHook") => Invocation::Answered(delegate(&event).to_string().into_bytes()),
        _ => Invocation::FunctionError(String::new()),
    };
    let outcome = talk.says_to("a person please", fails_late).await;
    assert!(matches!(outcome, Outcome::Failed(_)));
    assert_eq!(talk.heard, ["I'm sorry, I can't get that right now."], "fulfillment's");
}

#[tokio::test]
async fn a_confirmation_is_asked_again_until_it_is_a_yes_or_a_no() {
    let definition = definition();
    let confirm = |event: &Value| {
        json!({
            "sessionState": {"dialogAction": {"type": "ConfirmIntent"}, "intent": event["sessionState"]["intent"]},
            "messages": [{"contentType": "PlainText", "content": "Is that right?"}],
        })
    };
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("9/12/1987", confirm).await;
    talk.says("perhaps", delegate).await;
    assert_eq!((talk.heard.as_slice(), talk.sources().len()), (["Is that right?".to_owned()].as_slice(), 0));
    talk.says("yes", delegate).await;
    assert_eq!(talk.event(0)["sessionState"]["intent"]["confirmationState"], "Confirmed");
}

#[tokio::test]
async fn slots_that_may_stay_empty_are_asked_for_only_by_the_function() {
    let definition = deployed();
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    let outcome = talk.says("verify me", delegate_then_close).await;
    assert_eq!(outcome, closed("VerifyCaller", IntentState::Fulfilled));
    assert_eq!(talk.sources(), ["DialogCodeHook", "FulfillmentCodeHook"]);
    assert_eq!(talk.event(0)["proposedNextState"], Value::Null);

    let asks_for = |slot: &'static str| {
        move |event: &Value| {
            let intent = &event["sessionState"]["intent"];
            json!({
                "sessionState": {"dialogAction": {"type": "ElicitSlot", "slotToElicit": slot}, "intent": intent},
            })
        }
    };
    let mut talk = Talk::with(&definition, "PatientAuth", Platform::Voice);
    talk.says("verify me", asks_for("PostalCode")).await;
    assert!(talk.heard[0].starts_with("What is the zip code"), "the slot's own question: {:?}", talk.heard);
    // What is not understood comes with the question that Lex would ask again.
    talk.says("the blue one", asks_for("PostalCode")).await;
    assert_eq!(talk.event(0)["proposedNextState"]["dialogAction"]["slotToElicit"], "PostalCode");
    assert_eq!(talk.event(0)["proposedNextState"]["prompt"]["attempt"], "Retry1");
    talk.says("five three seven one one", asks_for("LastName")).await;
    let slots = talk.event(0)["sessionState"]["intent"]["slots"].clone();
    assert_eq!(slots["PostalCode"]["value"]["interpretedValue"], "53711");
    talk.says("it's López", asks_for("Confirmation")).await;
    let slots = talk.event(0)["sessionState"]["intent"]["slots"].clone();
    assert_eq!(slots["LastName"]["value"]["originalValue"], "López");
    talk.says("yes, that's right", asks_for("Gender")).await;
    let slots = talk.event(0)["sessionState"]["intent"]["slots"].clone();
    assert_eq!(slots["Confirmation"]["value"]["interpretedValue"], "yes");
    talk.says("a person please", delegate_then_close).await;
    assert_eq!(talk.event(0)["sessionState"]["intent"]["name"], "SpeakToPerson");
}
