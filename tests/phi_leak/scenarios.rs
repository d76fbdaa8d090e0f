//! What is played: a call that goes well, every refusal, every outage, and whatever Epic, Lex and the queue may send.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use careline::local_stack::Function;
use epic_simulator::control::entry;
use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::site::{PostSearch, RestrictedAnswer, Site};
use serde_json::{Value, json};
use shared::access_token::store::attribute;
use shared::speech::en_us::DIALOG;

use super::odd;
use super::stage::{CLAIM, LONG_AGO, Stage};
use crate::support::canary::{
    BIRTH_DATE, BIRTH_DATE_SAID, DRUG, EVERYTHING, FAMILY_NAME, GIVEN_NAME, INSTRUCTION, PATIENT_ID, PHONE, patient,
};
use crate::support::lex::{self, Claim};

const NOW: Duration = Duration::ZERO;
/// In every refusal.
const REFUSED: &str = "I couldn't verify you";

/// Plays everything.
pub async fn play(stage: &Stage<'_>) {
    verified_call(stage).await;
    refusals(stage).await;
    restricted_chart(stage).await;
    odd_charts(stage).await;
    outages_of_epic(stage).await;
    silence_of_epic(stage).await;
    token_endpoint(stage).await;
    odd_events(stage).await;
    odd_items(stage).await;
    stage.forget_token().await;
    stage.forget_attempts().await;
}

async fn verified_call(stage: &Stage<'_>) {
    // The canaries are in what is said, too.
    let slots = json!({"DateOfBirth": {"shape": "Scalar", "value": {"originalValue": BIRTH_DATE_SAID,
        "interpretedValue": BIRTH_DATE, "resolvedValues": [BIRTH_DATE]}}, "Gender": null});
    let attributes = json!({"callingNumber": PHONE, "contactId": "c"});
    for transcript in [EVERYTHING, "07231961"] {
        for mode in ["Speech", "DTMF", "Text"] {
            let mut event = lex::turn("DialogCodeHook", "VerifyCaller", slots.clone(), attributes.clone(), transcript);
            event["inputMode"] = json!(mode);
            stage.invoke(Function::Fulfillment, &event.to_string()).await;
        }
    }
    let verified = stage.verify().await;
    assert!(lex::heard(&verified).contains(DIALOG.verified), "{verified}");
    let call = stage.open_call(NOW).await;
    for _ in 0..2 {
        stage.work(&[stage.job(&call)]).await;
    }
    let told = stage.list(&call).await;
    assert!(lex::heard(&told).to_lowercase().contains(DRUG), "the canaries get as far as the caller's ear: {told}");
    for intent in ["MoreMedications", "SpeakToPerson", "Goodbye", "FallbackIntent", GIVEN_NAME] {
        let attributes = json!({"callReference": call.as_str(), "callingNumber": PHONE});
        for hook in ["DialogCodeHook", "FulfillmentCodeHook"] {
            let event = lex::turn(hook, intent, json!({}), attributes.clone(), EVERYTHING);
            stage.invoke(Function::Fulfillment, &event.to_string()).await;
        }
    }
}

async fn refusals(stage: &Stage<'_>) {
    loop {
        let hour = hour(stage);
        stage.forget_attempts().await;
        let sixth = six_tries(stage).await;
        // Tries are counted by the clock's hour, and that of a deployed stack can't be set: where the hour changed
        // meanwhile, the sixth was the next hour's first.
        if hour == self::hour(stage) {
            assert!(sixth.contains(REFUSED), "{sixth}");
            break;
        }
    }
    stage.forget_attempts().await;
    for number in ["anonymous", EVERYTHING, "", "+12147873319999999"] {
        stage.verify_claim(Claim { number, ..CLAIM }).await;
    }
    for birth_date in [(EVERYTHING, EVERYTHING), ("2961-07-23", "07/23/2961"), ("", BIRTH_DATE_SAID)] {
        stage.verify_claim(Claim { birth_date, ..CLAIM }).await;
    }
    stage.verify_claim(Claim { gender: EVERYTHING, ..CLAIM }).await;
}

/// The number of the clock's hour.
fn hour(stage: &Stage<'_>) -> i64 {
    stage.now().as_second().div_euclid(3600)
}

/// As many tries as are refused in an hour, each for a reason of its own, and one more, of which nothing is wrong: what is
/// heard at that one.
async fn six_tries(stage: &Stage<'_>) -> String {
    let control = stage.epic.control();
    let refused = async |claim: Claim<'static>| {
        let heard = lex::heard(&stage.verify_claim(claim).await);
        assert!(heard.contains(REFUSED), "{heard}");
    };
    refused(Claim { birth_date: ("1961-07-24", "July twenty fourth nineteen sixty-one"), ..CLAIM }).await;
    // Somebody in whom everything agrees, too.
    control.put(patient("eTwinOfTheCanary"));
    refused(CLAIM).await;
    control.remove("Patient", "eTwinOfTheCanary");
    control.change("Patient", PATIENT_ID, |patient| patient["deceasedDateTime"] = json!(EVERYTHING));
    refused(CLAIM).await;
    control.put(patient(PATIENT_ID));
    control.restrict(PATIENT_ID);
    refused(CLAIM).await;
    control.unrestrict(PATIENT_ID);
    control.lie_unfiltered();
    refused(CLAIM).await;
    control.heal();
    lex::heard(&stage.verify().await)
}

async fn restricted_chart(stage: &Stage<'_>) {
    let control = stage.epic.control();
    control.restrict_medications(PATIENT_ID);
    for answer in [RestrictedAnswer::Refused { code: 4131 }, RestrictedAnswer::InBundle] {
        control.site(|site| site.restricted_answer = answer);
        let call = stage.open_call(LONG_AGO).await;
        let heard = lex::heard(&stage.list(&call).await);
        assert!(heard.contains(DIALOG.outage), "{heard}");
        let call = stage.open_call(NOW).await;
        stage.work(&[stage.job(&call)]).await;
        stage.list(&call).await;
    }
    control.unrestrict(PATIENT_ID);
    control.site(|site| *site = Site::default());
}

/// Entries and resources in which everything has another form than FHIR says, and those of somebody else.
async fn odd_charts(stage: &Stage<'_>) {
    let control = stage.epic.control();
    let order = |changes: Value| {
        let mut order = json!({
            "resourceType": "MedicationRequest", "id": EVERYTHING, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": DRUG}, "dosageInstruction": [{"text": INSTRUCTION}],
            "subject": {"reference": format!("Patient/{PATIENT_ID}"), "display": EVERYTHING},
        });
        changes.as_object().unwrap().iter().for_each(|(name, value)| order[name] = value.clone());
        entry(order)
    };
    control.lie_with_entries(vec![
        order(json!({"subject": {"reference": "Patient/somebody-else", "display": EVERYTHING}})),
        order(json!({"subject": {"reference": EVERYTHING}})),
        entry(json!({"resourceType": "Appointment", "id": EVERYTHING, "status": EVERYTHING, "start": EVERYTHING,
            "participant": [{"actor": {"reference": format!("Patient/{PATIENT_ID}"), "display": EVERYTHING}}]})),
        entry(json!({"resourceType": "Appointment", "id": [EVERYTHING], "status": "booked", "start": "2961-07-23T16:30:00Z",
            "description": EVERYTHING, "participant": [
                {"actor": {"reference": format!("Patient/{PATIENT_ID}"), "display": EVERYTHING}, "status": [EVERYTHING]},
                {"actor": {"reference": "Practitioner/d1", "display": format!("{FAMILY_NAME}, {GIVEN_NAME}, MD")}},
                {"actor": {"reference": "Location/l1", "display": EVERYTHING}}]})),
        entry(json!({"resourceType": "Appointment", "id": PATIENT_ID, "status": "booked", "start": EVERYTHING,
            "participant": EVERYTHING})),
        order(json!({"status": EVERYTHING, "intent": EVERYTHING})),
        order(json!({"id": [EVERYTHING], "dosageInstruction": {FAMILY_NAME: EVERYTHING}})),
        order(json!({"dosageInstruction": [{"text": 2_147_873_319_u32, "doseAndRate": EVERYTHING, "timing": [DRUG]}]})),
        order(json!({"medicationReference": {"reference": format!("Medication/{PATIENT_ID}"), "display": DRUG}})),
        order(json!({"medicationReference": {"reference": EVERYTHING}, "medicationCodeableConcept": null})),
        json!(EVERYTHING),
        json!({GIVEN_NAME: EVERYTHING, "resource": EVERYTHING}),
        json!({"resource": {"resourceType": FAMILY_NAME, "id": PATIENT_ID}}),
        json!({"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": EVERYTHING, "code": DRUG,
            "diagnostics": EVERYTHING, "details": {"coding": [{"code": "2147873319"}], "text": EVERYTHING}}]}}),
    ]);
    let call = stage.open_call(NOW).await;
    stage.work(&[stage.job(&call)]).await;
    stage.appointments(&call).await;
    stage.appointments(&stage.open_call(LONG_AGO).await).await;
    control.heal();
    for link in ["https://example.org/Quillonetta?patient=eQzCanaryVxKqWmNpRtYb7J3", EVERYTHING] {
        control.lie_about_next_link(link);
        control.site(|site| site.page_size = 1);
        stage.list(&stage.open_call(LONG_AGO).await).await;
    }
    control.heal();
    // Pages without an end, and a search whose form isn't read.
    control.lie_endlessly();
    stage.list(&stage.open_call(LONG_AGO).await).await;
    control.heal();
    for post_search in [PostSearch::IgnoresBody, PostSearch::IgnoresBodyUnfiltered] {
        control.site(|site| site.post_search = post_search);
        stage.verify().await;
        stage.list(&stage.open_call(LONG_AGO).await).await;
    }
    // Further pages, and medications that are only referred to, go wrong in their own ways.
    let twice = json!({"id": "eSecondOrderOfTheCanary"});
    control.put(order(twice)["resource"].clone());
    for (endpoint, includes) in [(Endpoint::Page, true), (Endpoint::Medication, false)] {
        control.site(|site| (site.page_size, site.includes) = (1, includes));
        for fault in odd::answers() {
            control.fault(endpoint, fault, Times::Always);
            stage.list(&stage.open_call(LONG_AGO).await).await;
            control.heal();
        }
    }
    control.remove("MedicationRequest", "eSecondOrderOfTheCanary");
    control.site(|site| *site = Site::default());
}

async fn outages_of_epic(stage: &Stage<'_>) {
    let control = stage.epic.control();
    for fault in odd::answers() {
        control.fault(Endpoint::Patient, fault.clone(), Times::Always);
        control.fault(Endpoint::Appointment, fault.clone(), Times::Always);
        control.fault(Endpoint::MedicationRequest, fault, Times::Always);
        stage.forget_attempts().await;
        stage.verify().await;
        let (asked, queued) = (stage.open_call(LONG_AGO).await, stage.open_call(NOW).await);
        stage.list(&asked).await;
        stage.appointments(&asked).await;
        stage.work(&[stage.job(&queued)]).await;
        control.heal();
    }
}

/// Nothing comes back, until every budget is used up: all side by side.
async fn silence_of_epic(stage: &Stage<'_>) {
    let control = stage.epic.control();
    stage.forget_attempts().await;
    control.hang(Endpoint::Patient);
    control.fault(Endpoint::MedicationRequest, Fault::Stall, Times::Always);
    let (asked, queued) = (stage.open_call(LONG_AGO).await, stage.open_call(NOW).await);
    let job = [stage.job(&queued)];
    let (heard, listed, ()) = tokio::join!(stage.verify(), stage.list(&asked), stage.work(&job));
    assert!(lex::heard(&heard).contains(DIALOG.outage) && lex::heard(&listed).contains(DIALOG.outage));
    control.heal();
}

async fn token_endpoint(stage: &Stage<'_>) {
    let control = stage.epic.control();
    stage.forget_attempts().await;
    for fault in odd::answers().into_iter().chain(odd::token_answers()) {
        stage.forget_token().await;
        control.fault(Endpoint::Token, fault, Times::Always);
        stage.refresh().await;
        control.heal();
    }
    stage.forget_token().await;
    control.hang(Endpoint::Token);
    tokio::join!(stage.verify(), stage.refresh_for("schedule"));
    control.heal();
    // Refused by Epic once, and again with the token that came in its place.
    stage.forget_token().await;
    for _ in 0..3 {
        stage.verify().await;
        control.revoke_tokens();
    }
}

async fn odd_events(stage: &Stage<'_>) {
    for (function, events) in odd::events(stage.connection) {
        for event in events {
            stage.invoke(function, &event).await;
        }
    }
    let call = stage.open_call(NOW).await;
    stage.work(&odd::messages(&stage.job(&call))).await;
}

/// Items that are none of ours, as a faulty or later version may leave them.
async fn odd_items(stage: &Stage<'_>) {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let number = |value: &str| AttributeValue::N(value.to_owned());
    let sound = HashMap::from([
        (attribute::CONNECTION, text(stage.connection)),
        (attribute::ACCESS_TOKEN, text(odd::TOKEN)),
        (attribute::TOKEN_TYPE, text(EVERYTHING)),
        (attribute::SCOPE, text(EVERYTHING)),
        (attribute::OBTAINED_AT, number("1")),
        (attribute::EXPIRES_AT, number("2")),
        (attribute::KID, text(EVERYTHING)),
        (attribute::VERSION, number("1")),
    ]);
    for (name, value) in [
        (attribute::KID, text(EVERYTHING)),
        (attribute::ACCESS_TOKEN, AttributeValue::L(vec![text(odd::TOKEN)])),
        (attribute::EXPIRES_AT, text(EVERYTHING)),
        (attribute::VERSION, text(DRUG)),
        (attribute::LEASE_UNTIL, text(EVERYTHING)),
    ] {
        let mut item = sound.clone();
        item.insert(name, value);
        stage
            .put(&stage.access_token_table, item.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            .await;
        stage.forget_attempts().await;
        stage.verify().await;
        stage.refresh().await;
        stage.forget_token().await;
    }
    let wrong_type = json!({"patient": PATIENT_ID, "connection": EVERYTHING, "locale": FAMILY_NAME}).to_string();
    for (item, body) in [
        ("caller", EVERYTHING),
        ("caller", &wrong_type),
        ("caller", r#"{"Quillonetta": tru"#),
        ("medications#000", EVERYTHING),
        ("medications#000", r#"{"outcome": "florbexamune"}"#),
        ("medications#000", r#"{"outcome": "read", "list": {"medications": [{"name": 2147873319}]}}"#),
        ("appointments#000", EVERYTHING),
        ("appointments#000", r#"{"outcome": "florbexamune"}"#),
    ] {
        let call = stage.open_call(LONG_AGO).await;
        let key = HashMap::from([("call".to_owned(), text(call.as_str())), ("item".to_owned(), text(item))]);
        let rest = [("body", text(body)), ("parts", number("1")), ("expires_at", number("9999999999"))];
        let rest = rest.map(|(name, value)| (name.to_owned(), value));
        stage.put(&stage.call_table, key.into_iter().chain(rest).collect()).await;
        stage.list(&call).await;
        stage.appointments(&call).await;
        stage.work(&[stage.job(&call)]).await;
    }
}
