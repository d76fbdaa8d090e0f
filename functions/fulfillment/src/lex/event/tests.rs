use shared::json::decode;

use super::*;

const FIXTURES: [(&str, &str); 4] = [
    ("CheckBalance", include_str!("../../../tests/fixtures/lex-v2/banking-bot-fulfillment-dob-slot.json")),
    ("BookHotel", include_str!("../../../tests/fixtures/lex-v2/book-hotel-dialog-null-slots.json")),
    ("FallbackIntent", include_str!("../../../tests/fixtures/lex-v2/connect-chat-dialog.json")),
    ("FallbackIntent", include_str!("../../../tests/fixtures/lex-v2/connect-voice-fallback-fulfillment.json")),
];

fn event(text: &str) -> Event {
    decode(text.as_bytes()).unwrap()
}

#[test]
fn every_real_event_is_read_and_none_of_it_is_lost() {
    for (intent, text) in FIXTURES {
        let event = event(text);
        let raw: Value = decode(text.as_bytes()).unwrap();
        assert_eq!(event.intent().unwrap().name, intent);
        assert_eq!(event.session_id, raw["sessionId"]);
        assert_eq!(*event.input_transcript.expose(), raw["inputTranscript"]);
        assert_eq!(event.bot.locale_id.as_deref(), Some("en_US"));
        let dialog = raw["invocationSource"] == "DialogCodeHook";
        assert_eq!(event.invocation_source == InvocationSource::DialogCodeHook, dialog);
        let attributes = raw["sessionState"]["sessionAttributes"].as_object().map_or(0, Map::len);
        assert_eq!(event.session_state.session_attributes.expose().len(), attributes);
        let slots = raw["sessionState"]["intent"]["slots"].as_object().unwrap();
        assert_eq!(event.intent().unwrap().slots.expose(), slots);
    }
}

#[test]
fn a_filled_slot_is_read_and_a_null_one_is_empty() {
    let filled = event(FIXTURES[0].1);
    let slot = filled.intent().unwrap().slot("dateofBirth").unwrap();
    assert_eq!(slot.original.unwrap().expose(), "01/01/1990");
    assert_eq!(slot.interpreted.unwrap().expose(), "1990-01-01");
    let empty = event(FIXTURES[1].1);
    assert_eq!(empty.intent().unwrap().slot("CheckInDate"), None);
    assert_eq!(empty.intent().unwrap().slot("NoSuchSlot"), None);
}

#[test]
fn a_slot_without_an_interpreted_value_is_read() {
    let event = event(
        r#"{"sessionState": {"intent": {"name": "VerifyCaller", "slots": {"DateOfBirth":
            {"shape": "Scalar", "value": {"originalValue": "tomorrow", "resolvedValues": []}}}}}}"#,
    );
    let slot = event.intent().unwrap().slot("DateOfBirth").unwrap();
    assert_eq!(slot.original.unwrap().expose(), "tomorrow");
    assert_eq!(slot.interpreted, None);
}

#[test]
fn whatever_is_absent_null_or_of_another_type_reads_as_empty() {
    for text in [
        "{}",
        r#"{"sessionState": null, "bot": null, "interpretations": null, "inputTranscript": null, "invocationSource": null}"#,
        r#"{"sessionState": [1], "bot": "b", "interpretations": {}, "inputTranscript": 7, "invocationSource": "NewHook"}"#,
        r#"{"sessionState": {"intent": null, "sessionAttributes": null}, "sessionId": 4}"#,
        r#"{"sessionState": {"intent": {"name": null, "slots": null}, "sessionAttributes": []}, "inputMode": "Morse"}"#,
    ] {
        let event = event(text);
        assert!(event.intent().is_none(), "{text}");
        assert_eq!(event.invocation_source, InvocationSource::FulfillmentCodeHook);
        assert!(event.session_state.session_attributes.expose().is_empty());
    }
}

#[test]
fn confidence_may_be_a_number_an_object_or_absent() {
    for confidence in ["0.4", r#"{"score": 0.4}"#, "null"] {
        let text = format!(r#"{{"interpretations": [{{"intent": {{"name": "A"}}, "nluConfidence": {confidence}}}]}}"#);
        assert_eq!(event(&text).intent().unwrap().name, "A");
    }
}

#[test]
fn a_phone_call_is_told_by_connect_and_by_how_the_caller_answers() {
    let phone_calls = FIXTURES.map(|(_, text)| event(text).is_phone_call());
    assert_eq!(phone_calls, [false, false, false, true], "the voice event alone");
    let is_phone_call = |platform: &str, mode: &str| {
        let attributes = format!(r#"{{"x-amz-lex:channels:platform": {platform}}}"#);
        event(&format!(r#"{{"requestAttributes": {attributes}, "inputMode": {mode}}}"#)).is_phone_call()
    };
    assert!(is_phone_call("\"Connect\"", "\"Speech\"") && is_phone_call("\"Connect\"", "\"DTMF\""));
    for (platform, mode) in [
        ("\"Connect\"", "\"Text\""),
        ("\"Connect Chat\"", "\"Text\""),
        ("\"Connect Chat\"", "\"Speech\""),
        ("\"connect\"", "\"Speech\""),
        ("[\"Connect\"]", "\"Speech\""),
        ("null", "\"Speech\""),
    ] {
        assert!(!is_phone_call(platform, mode), "{platform} {mode}");
    }
    assert!(!event(r#"{"inputMode": "Speech", "requestAttributes": null}"#).is_phone_call());
}

#[test]
fn an_attribute_that_is_not_text_does_not_cost_the_others() {
    let event = event(r#"{"sessionState": {"sessionAttributes": {"a": "1", "b": 2, "c": null}}}"#);
    let expected = BTreeMap::from([("a".to_owned(), "1".to_owned())]);
    assert_eq!(*event.session_state.session_attributes.expose(), expected);
}

#[test]
fn debug_text_holds_nothing_that_a_caller_said() {
    let shown = format!("{:?}", event(FIXTURES[0].1));
    assert!(!shown.contains("1990") && !shown.contains("savings"), "{shown}");
}
