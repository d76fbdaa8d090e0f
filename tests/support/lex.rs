//! Events as Lex V2 sends them from Connect, for turns that are played to fulfillment without a bot.

use serde_json::{Map, Value, json};

/// What a caller says of themselves.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The number they call from.
    pub number: &'a str,
    /// The birth date as Lex understood it, and as they said it.
    pub birth_date: (&'a str, &'a str),
    /// The gender.
    pub gender: &'a str,
}

/// A turn of `intent`, with the session's attributes.
pub fn turn(hook: &str, intent: &str, slots: Value, attributes: Value, transcript: &str) -> Value {
    let intent = json!({"name": intent, "slots": slots, "state": "ReadyForFulfillment", "confirmationState": "None"});
    json!({
        "messageVersion": "1.0",
        "invocationSource": hook,
        "inputMode": "Speech",
        "responseContentType": "text/plain; charset=utf-8",
        "sessionId": "8c6b1c5e-6d8a-4c3f-9a55-0f1f5d9c2b10",
        "inputTranscript": transcript,
        "bot": {"id": "YWKVXZGMDJ", "name": "PatientAuth", "aliasId": "0OJEBBWKI2", "aliasName": "live",
            "localeId": "en_US", "version": "1"},
        "interpretations": [{"intent": intent, "interpretationSource": "Lex", "nluConfidence": 0.92}],
        "proposedNextState": null,
        "requestAttributes": {"x-amz-lex:channels:platform": "Connect"},
        "sessionState": {"activeContexts": null, "sessionAttributes": attributes, "intent": intent,
            "originatingRequestId": "33b39120-ccaf-4ca4-b5d0-4e4bc1c7b86d"},
        "transcriptions": [{"transcription": transcript, "transcriptionConfidence": 0.92,
            "resolvedContext": {"intent": "VerifyCaller"}, "resolvedSlots": slots}],
    })
}

/// Both slots are filled: who is it?
pub fn verify(contact_id: &str, claim: Claim<'_>) -> Value {
    let slot = |original: &str, interpreted: &str| {
        json!({"shape": "Scalar", "value":
            {"originalValue": original, "interpretedValue": interpreted, "resolvedValues": [interpreted]}})
    };
    let (birth_date, said) = claim.birth_date;
    let slots = json!({"DateOfBirth": slot(said, birth_date), "Gender": slot(claim.gender, claim.gender)});
    let attributes = json!({"callingNumber": claim.number, "contactId": contact_id});
    turn("FulfillmentCodeHook", "VerifyCaller", slots, attributes, claim.gender)
}

/// A caller asks for their medications, with the reference that verification gave them.
pub fn medications(call_reference: &str) -> Value {
    let attributes = json!({"callReference": call_reference, "contactId": "c"});
    turn("FulfillmentCodeHook", "ListMedications", json!({}), attributes, "what are my medications")
}

/// The session's attributes of a reply.
pub fn attributes(reply: &Value) -> Map<String, Value> {
    reply["sessionState"]["sessionAttributes"].as_object().cloned().unwrap_or_default()
}

/// What the caller hears of a reply.
pub fn heard(reply: &Value) -> String {
    let messages = reply["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
    messages.iter().filter_map(|message| message["content"].as_str()).collect::<Vec<_>>().join(" ")
}
