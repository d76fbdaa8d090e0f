//! Answers, events and messages that hold canaries where nobody expects them: as values of the wrong type, as keys, in
//! errors' own words, in numbers.

use careline::local_stack::Function;
use epic_simulator::fault::Fault;
use serde_json::{Value, json};

use crate::support::canary::{BIRTH_DATE, DRUG, EVERYTHING, FAMILY_NAME, GIVEN_NAME, PATIENT_ID, PHONE};
use crate::support::http_api;

/// A token that nobody issued.
pub const TOKEN: &str = "Zt4qPw8nRk2vXy6bMd0fHj5sLc9gTa3eUi7oVp1xQr4wNz8m";

/// What a server may answer, on any of its paths.
pub fn answers() -> Vec<Fault> {
    let answer = |status, content_type: &str, body: String| Fault::Answer {
        status,
        content_type: content_type.to_owned(),
        body,
    };
    let json = |status, body: &str| answer(status, "application/fhir+json", body.to_owned());
    let bundle = |entries: Value| json!({"resourceType": "Bundle", "type": "searchset", "entry": entries}).to_string();
    vec![
        Fault::Status(503),
        Fault::Drop,
        Fault::Truncated,
        answer(200, "text/html", format!("<html><title>{EVERYTHING}</title></html>")),
        answer(502, "text/html", format!("<html><title>{EVERYTHING}</title></html>")),
        answer(302, "text/plain", EVERYTHING.to_owned()),
        json(404, &outcome("4103")),
        json(400, &outcome("4127")),
        json(400, &outcome("2147873319")),
        json(403, &outcome("7231961")),
        json(500, &outcome(GIVEN_NAME)),
        // Cut off, and no JSON, within fields that nobody knows.
        json(200, r#"{"resourceType": "Bundle", "Quillonetta": {"florbexamune": tru"#),
        json(200, r#"{"resourceType": "Bundle", "Zyxwanterl": [{"eQzCanaryVxKqWmNpRtYb": "#),
        json(200, r#"{"access_token": "x", "Quillonetta": {"florbexamune": nul}}"#),
        // The wrong types.
        json(200, &json!({"resourceType": EVERYTHING, "entry": EVERYTHING}).to_string()),
        json(200, &json!({"resourceType": "Bundle", "link": EVERYTHING, "entry": {GIVEN_NAME: DRUG}}).to_string()),
        json(
            200,
            &bundle(json!([EVERYTHING, {"resource": {"resourceType": "OperationOutcome", "issue": EVERYTHING}}])),
        ),
        json(200, &bundle(json!([{"resource": shared::json::decode::<Value>(outcome("59177").as_bytes()).unwrap()}]))),
        json(
            200,
            &bundle(json!([
                {"resource": {"resourceType": "Patient", "id": [PATIENT_ID], "birthDate": {BIRTH_DATE: PHONE}}},
                {"resource": {"resourceType": "Patient", "id": EVERYTHING, "name": EVERYTHING, "telecom": [PHONE]}},
                {"resource": {"resourceType": "MedicationRequest", "id": PATIENT_ID, "status": [DRUG]}},
            ])),
        ),
    ]
}

/// An error in Epic's form, with canaries in every field that can hold words.
fn outcome(code: &str) -> String {
    json!({
        "resourceType": "OperationOutcome",
        "id": EVERYTHING,
        "issue": [{
            "severity": "fatal",
            "code": "processing",
            "diagnostics": EVERYTHING,
            "expression": [EVERYTHING],
            "location": [EVERYTHING],
            "details": {"coding": [{"system": EVERYTHING, "code": code, "display": EVERYTHING}], "text": EVERYTHING},
        }],
    })
    .to_string()
}

/// What a token endpoint may answer.
pub fn token_answers() -> Vec<Fault> {
    let answer = |status, body: Value| Fault::Answer {
        status,
        content_type: "application/json".to_owned(),
        body: body.to_string(),
    };
    let granted = |changes: Value| {
        let mut body = json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600});
        changes.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
        answer(200, body)
    };
    vec![
        answer(400, json!({"error": "invalid_client", "error_description": EVERYTHING, "error_uri": EVERYTHING})),
        answer(400, json!({"error": EVERYTHING, "error_description": TOKEN})),
        answer(401, json!({"error": [EVERYTHING], GIVEN_NAME: TOKEN})),
        granted(json!({"token_type": EVERYTHING})),
        granted(json!({"expires_in": EVERYTHING})),
        granted(json!({"expires_in": -2_147_873_319_i64})),
        granted(json!({"scope": EVERYTHING})),
        granted(json!({"scope": [EVERYTHING]})),
        granted(json!({"access_token": EVERYTHING})),
        granted(json!({"access_token": {"token": TOKEN}})),
        granted(json!({"access_token": 2_147_873_319_u32})),
    ]
}

/// What may come to each function.
pub fn events(connection: &str) -> Vec<(Function, Vec<String>)> {
    let everywhere = |field: &str, values: &[Value]| -> Vec<String> {
        values.iter().map(|value| json!({field: value, GIVEN_NAME: EVERYTHING}).to_string()).collect()
    };
    let odd = [
        json!(EVERYTHING),
        json!([EVERYTHING]),
        json!({FAMILY_NAME: EVERYTHING, "name": EVERYTHING}),
        json!(2_147_873_319_u32),
        json!({GIVEN_NAME: {DRUG: {PATIENT_ID: [[[TOKEN]]]}}}),
    ];
    // No JSON, or none to the end.
    let broken = || {
        [EVERYTHING, r#"{"Quillonetta": tru"#, r#"{"sessionState": {"florbexamune": [{"eQzCanaryVx": 1e9999"#, ""]
            .map(str::to_owned)
    };
    let mut lex: Vec<String> = broken().to_vec();
    lex.extend(odd.iter().map(Value::to_string));
    for field in
        ["sessionState", "bot", "invocationSource", "inputMode", "inputTranscript", "sessionId", "interpretations"]
    {
        lex.extend(everywhere(field, &odd));
    }
    for value in &odd {
        let state = |state: Value| json!({"sessionState": state, "inputTranscript": EVERYTHING}).to_string();
        lex.push(state(json!({"intent": value})));
        lex.push(state(json!({"intent": {"name": value, "slots": value, "confirmationState": value}})));
        lex.push(state(json!({"intent": {"name": "VerifyCaller", "slots": {"DateOfBirth": value, "Gender": value}},
            "sessionAttributes": {"callingNumber": PHONE}})));
        lex.push(state(json!({"intent": {"name": "ListMedications"}, "sessionAttributes": value})));
        let attributes = json!({"callReference": value, "callingNumber": value, "contactId": value,
            "medicationsSpoken": value, "verificationTry": value, "notUnderstood": value});
        lex.push(state(json!({"intent": {"name": "MoreMedications"}, "sessionAttributes": attributes})));
    }
    // Of the form of a call reference, and none.
    let reference = format!("{GIVEN_NAME}{PATIENT_ID}2147873319");
    let padded = format!("{reference:x<43}");
    lex.push(
        json!({"sessionState": {"intent": {"name": "ListMedications"},
        "sessionAttributes": {"callReference": &padded[..43]}}})
        .to_string(),
    );
    lex.push(format!("{}{}", "[".repeat(300), "]".repeat(300)));

    let mut refresher: Vec<String> = broken().to_vec();
    refresher.extend(odd.iter().map(Value::to_string));
    for field in ["connection", "reason", "rejected_version", "source"] {
        refresher.extend(everywhere(field, &odd));
        for value in &odd {
            let mut event = json!({"connection": connection, "reason": "rejected", "rejected_version": 1});
            event[field] = value.clone();
            refresher.push(event.to_string());
        }
    }

    let mut worker: Vec<String> = broken().to_vec();
    worker.extend(odd.iter().map(Value::to_string));
    worker.extend(everywhere("Records", &odd));
    for value in &odd {
        // A message's id is AWS's, and goes back to it where the message failed.
        let id = if value.is_string() { json!("a-message") } else { value.clone() };
        worker.push(json!({"Records": [{"messageId": id, "body": value}]}).to_string());
        worker.push(json!({"Records": [{"body": EVERYTHING, "attributes": value}]}).to_string());
    }

    let mut jwks: Vec<String> = broken().to_vec();
    jwks.extend(odd.iter().map(Value::to_string));
    for field in ["rawPath", "pathParameters", "requestContext", "headers"] {
        jwks.extend(everywhere(field, &odd));
        for value in &odd {
            let mut event = http_api::conditional("GET", "/sandbox/jwks.json", EVERYTHING);
            event[field] = value.clone();
            jwks.push(event.to_string());
        }
    }
    for path in [format!("/{EVERYTHING}/jwks.json"), format!("/{}/jwks.json", PATIENT_ID.to_ascii_lowercase())] {
        jwks.extend([EVERYTHING, "GET"].map(|method| http_api::conditional(method, &path, EVERYTHING).to_string()));
    }
    vec![
        (Function::Fulfillment, lex),
        (Function::TokenRefresher, refresher),
        (Function::PrefetchWorker, worker),
        (Function::Jwks, jwks),
    ]
}

/// What may stand in the queue: `job`, with everything else in the place of each of its fields, and no job at all.
pub fn messages(job: &str) -> Vec<String> {
    let job: Value = shared::json::decode(job.as_bytes()).unwrap();
    let mut messages = vec![
        EVERYTHING.to_owned(),
        String::new(),
        json!(EVERYTHING).to_string(),
        r#"{"version": 1, "Quillonetta": {"florbexamune": tru"#.to_owned(),
        r#"{"Zyxwanterl": [nul"#.to_owned(),
    ];
    for field in ["version", "connection", "call", "enqueued_at"] {
        for value in
            [json!(EVERYTHING), json!({GIVEN_NAME: DRUG}), json!(2_147_873_319_u32), json!(7_231_961), json!(DRUG)]
        {
            let mut message = job.clone();
            message[field] = value;
            message[GIVEN_NAME] = json!(EVERYTHING);
            messages.push(message.to_string());
        }
    }
    messages
}
