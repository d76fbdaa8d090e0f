//! Who is verified, and that nobody else can tell why they are not (design.md, promises 4 and 5).

use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::Kind;
use epic_simulator::site::{MinimumDataSets, PostSearch, RestrictedAnswer};
use serde_json::{Value, json};
use shared::prefetch_job::PrefetchJob;
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::en_us::DIALOG;

use super::caller::{BORN, CAMILA, Caller, Footprint, HOME, MOBILE, WORK, refused_try_again, world_with_token};
use crate::support::aws::Fault as AwsFault;
use crate::support::world::World;

const PHONE: AnsweredBy = AnsweredBy::Phone;

/// What every refusal asks of others: a search in each phone format, then counted before anything is compared.
fn footprint_of_a_refusal() -> Footprint {
    let aws = ["dynamodb:GetItem", "dynamodb:GetItem", "dynamodb:GetItem", "dynamodb:TransactWriteItems"];
    Footprint { fhir: vec!["POST Patient".to_owned(); 3], aws: aws.map(str::to_owned).to_vec() }
}

/// Camila's own answers, in a world bent by `bend`, are refused like any others.
pub(super) async fn check_refused(bend: impl FnOnce(&World)) {
    check_refused_from(HOME, BORN, "female", bend).await;
}

async fn check_refused_from(number: &str, born: &str, gender: &str, bend: impl FnOnce(&World)) {
    let world = world_with_token().await;
    bend(&world);
    let mut caller = Caller::from(&world, number).await;
    let before = caller.attributes.clone();
    let (heard, footprint) = caller.footprint(async |caller| caller.verify(born, gender).await).await;
    assert_eq!(heard.text, refused_try_again());
    assert_eq!((heard.action.as_str(), heard.slot.as_deref(), heard.status), ("ElicitSlot", Some("DateOfBirth"), None));
    assert_eq!(heard.intent["slots"], json!({"DateOfBirth": null, "Gender": null}));
    assert_eq!((&heard.intent["name"], &heard.intent["state"]), (&json!("VerifyCaller"), &json!("InProgress")));
    assert_eq!(footprint, footprint_of_a_refusal());
    let mut expected = before;
    expected.insert("verificationTry".to_owned(), json!("1"));
    expected.insert("asked".to_owned(), json!("DateOfBirth"));
    assert_eq!(caller.attributes, expected);
}

pub(super) fn change(world: &World, change: impl FnOnce(&mut Value)) {
    world.epic.control().change("Patient", CAMILA, change);
}

/// Someone else with Camila's number, birth date and gender.
pub(super) fn twin(world: &World) -> Value {
    let mut twin = Value::Null;
    change(world, |camila| twin = camila.clone());
    twin["id"] = json!("twin");
    twin
}

#[tokio::test]
async fn who_agrees_in_every_factor_is_verified_and_the_job_is_sent_after_the_record() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let (heard, footprint) = caller.footprint(async |caller| caller.verify(BORN, "female").await).await;
    assert_eq!((heard.text.as_str(), heard.status.as_deref()), (DIALOG.verified, Some("verified")));
    assert_eq!((&heard.intent["state"], heard.action.as_str()), (&json!("Fulfilled"), "Close"));
    assert_eq!(footprint.fhir, ["POST Patient"; 3]);
    let expected = [
        "dynamodb:GetItem",
        "dynamodb:GetItem",
        "dynamodb:GetItem",
        "dynamodb:TransactWriteItems",
        "dynamodb:TransactWriteItems",
        "dynamodb:PutItem",
        "sqs:SendMessage",
    ];
    assert_eq!(footprint.aws, expected);
    let record = world.call_store().read(&caller.call(), world.clock.clock().now()).await.unwrap().unwrap();
    assert_eq!(record.caller.patient.expose(), CAMILA);
    assert_eq!(record.caller.verified_by, ["phone", "birth_date", "gender"]);
    let job = PrefetchJob::from_message(&world.aws.sqs().bodies()[0]).unwrap();
    assert_eq!((job.call, job.connection), (caller.call(), world.connection.clone()));
}

#[tokio::test]
async fn nothing_of_the_patient_is_in_the_attributes_or_in_the_message() {
    let world = world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    caller.say("ListMedications").await;
    let attributes = serde_json::to_string(&caller.attributes).unwrap();
    for secret in [CAMILA, BORN, "female", "Lopez", "drospirenone"] {
        assert!(!attributes.contains(secret), "{secret}");
        assert!(!world.aws.sqs().bodies()[0].contains(secret), "{secret}");
    }
    assert_eq!(caller.attributes["x-amz-lex:allow-interrupt:*:*"], "true");
}

#[tokio::test]
async fn a_search_puts_nothing_into_a_url() {
    let world = world_with_token().await;
    Caller::verified(&world).await;
    let requests = world.epic.requests();
    assert!(requests.fhir_of("Patient").all(|search| search.method == "POST" && !search.query_parameters));
    assert_eq!(requests.count("Patient", Kind::Search), 3);
}

#[tokio::test]
async fn a_number_that_nobody_has_is_refused() {
    check_refused_from("+14695550000", BORN, "female", |_| ()).await;
}

#[tokio::test]
async fn a_wrong_birth_date_is_refused() {
    check_refused_from(HOME, "1987-09-13", "female", |_| ()).await;
}

#[tokio::test]
async fn a_wrong_gender_is_refused() {
    check_refused_from(HOME, BORN, "male", |_| ()).await;
}

#[tokio::test]
async fn a_gender_that_is_unknown_to_both_is_refused() {
    check_refused_from(HOME, BORN, "unknown", |world| change(world, |camila| camila["gender"] = json!("unknown")))
        .await;
}

#[tokio::test]
async fn two_patients_who_both_agree_are_refused() {
    check_refused(|world| world.epic.control().put(twin(world))).await;
}

#[tokio::test]
async fn another_patient_with_the_same_number_does_no_harm() {
    let world = world_with_token().await;
    let mut child = twin(&world);
    child["birthDate"] = json!("2015-03-01");
    world.epic.control().put(child);
    Caller::verified(&world).await;
}

#[tokio::test]
async fn a_number_at_work_is_refused() {
    check_refused_from(WORK, BORN, "female", |_| ()).await;
}

#[tokio::test]
async fn an_old_number_is_refused() {
    check_refused(|world| change(world, |camila| camila["telecom"][0]["use"] = json!("old"))).await;
}

#[tokio::test]
async fn a_number_whose_period_has_ended_is_refused() {
    check_refused(|world| change(world, |camila| camila["telecom"][0]["period"] = json!({"end": "2020-05-01"}))).await;
}

#[tokio::test]
async fn an_inactive_patient_is_refused() {
    check_refused(|world| change(world, |camila| camila["active"] = json!(false))).await;
}

#[tokio::test]
async fn a_patient_who_is_deceased_is_refused() {
    check_refused(|world| change(world, |camila| camila["deceasedBoolean"] = json!(true))).await;
}

#[tokio::test]
async fn a_patient_who_died_on_a_date_is_refused() {
    check_refused(|world| {
        change(world, |camila| {
            camila.as_object_mut().unwrap().remove("deceasedBoolean");
            camila["deceasedDateTime"] = json!("2024-01-01");
        })
    })
    .await;
}

#[tokio::test]
async fn a_patient_merged_into_another_is_refused() {
    let link = json!([{"other": {"reference": "Patient/other"}, "type": "replaced-by"}]);
    check_refused(|world| change(world, |camila| camila["link"] = link)).await;
}

#[tokio::test]
async fn a_minor_is_refused() {
    check_refused_from(HOME, "2015-03-01", "female", |world| {
        change(world, |camila| camila["birthDate"] = json!("2015-03-01"));
    })
    .await;
}

#[tokio::test]
async fn a_chart_with_a_label_of_restriction_is_refused() {
    let meta =
        json!({"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]});
    check_refused(|world| change(world, |camila| camila["meta"] = meta)).await;
}

#[tokio::test]
async fn a_chart_under_break_the_glass_is_refused() {
    check_refused(|world| world.epic.control().restrict(CAMILA)).await;
}

#[tokio::test]
async fn a_chart_under_break_the_glass_told_within_a_bundle_is_refused() {
    check_refused(|world| {
        world.epic.control().site(|site| site.restricted_answer = RestrictedAnswer::InBundle);
        world.epic.control().restrict(CAMILA);
    })
    .await;
}

#[tokio::test]
async fn hits_that_nobody_asked_for_verify_nobody() {
    check_refused(|world| world.epic.control().lie_unfiltered()).await;
}

#[tokio::test]
async fn an_epic_before_2026_that_ignores_the_body_verifies_nobody() {
    check_refused(|world| world.epic.control().site(|site| site.post_search = PostSearch::IgnoresBodyUnfiltered)).await;
    check_refused(|world| world.epic.control().site(|site| site.post_search = PostSearch::IgnoresBody)).await;
}

#[tokio::test]
async fn an_epic_that_wants_names_verifies_nobody() {
    check_refused(|world| world.epic.control().site(|site| site.minimum_data_sets = MinimumDataSets::EpicDefault))
        .await;
}

#[tokio::test]
async fn too_many_hits_verify_nobody() {
    let outcome = Fault::Outcome { status: 400, code: 4127 };
    check_refused(|world| world.epic.control().fault(Endpoint::Patient, outcome, Times::Always)).await;
}

#[tokio::test]
async fn hits_on_further_pages_verify_nobody_since_there_may_be_another() {
    check_refused(|world| {
        let mut sister = twin(world);
        sister["birthDate"] = json!("1990-01-01");
        world.epic.control().put(sister);
        world.epic.control().site(|site| site.page_size = 1);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_locked_out_is_refused_whatever_is_said() {
    let world = world_with_token().await;
    for _ in 0..5 {
        Caller::from(&world, HOME).await.verify("1990-01-01", "female").await;
    }
    let mut caller = Caller::from(&world, HOME).await;
    let (heard, footprint) = caller.footprint(async |caller| caller.verify(BORN, "female").await).await;
    assert_eq!((heard.text.as_str(), heard.action.as_str()), (refused_try_again().as_str(), "ElicitSlot"));
    assert_eq!(footprint, footprint_of_a_refusal());
}

#[tokio::test]
async fn the_third_refusal_of_a_call_is_handed_to_a_person() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    assert_eq!(caller.verify("1990-01-01", "female").await.action, "ElicitSlot");
    assert_eq!(caller.verify("1990-01-02", "female").await.action, "ElicitSlot");
    let heard = caller.verify("1990-01-03", "female").await;
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")));
    assert_eq!(heard.text, format!("{} {}", DIALOG.refused, DIALOG.to_a_person));
    assert_eq!(heard.intent["state"], "Failed");
}

#[tokio::test]
async fn warnings_among_the_hits_are_no_patients() {
    let world = world_with_token().await;
    world.epic.control().site(|site| site.warnings = vec![4119, 59204]);
    Caller::verified(&world).await;
}

#[tokio::test]
async fn an_outcome_as_the_first_entry_is_not_the_patient() {
    let world = world_with_token().await;
    let mut patient = Value::Null;
    change(&world, |camila| patient = camila.clone());
    let outcome = json!({"resourceType": "OperationOutcome", "id": "outcome", "issue": [{"severity": "warning",
        "code": "processing", "details": {"coding": [{"code": "4119"}]}}]});
    let bundle = json!({"resourceType": "Bundle", "type": "searchset", "entry": [
        {"resource": outcome, "search": {"mode": "outcome"}}, {"resource": patient, "search": {"mode": "match"}}]});
    let answer =
        Fault::Answer { status: 200, content_type: "application/fhir+json".to_owned(), body: bundle.to_string() };
    world.epic.control().fault(Endpoint::Patient, answer, Times::Always);
    let caller = Caller::verified(&world).await;
    let record = world.call_store().read(&caller.call(), world.clock.clock().now()).await.unwrap().unwrap();
    assert_eq!(record.caller.patient.expose(), CAMILA);
}

#[tokio::test]
async fn a_dialog_hook_asks_nobody_and_reads_back_the_birth_date_that_it_understood() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let fresh = caller.attributes.clone();
    for (said, understood, outcome) in [
        ("September twelfth nineteen eighty-seven", "1987-09-12", None),
        ("9/12/87", "2087-09-12", None),
        ("September twelfth", "2027-09-12", Some(DIALOG.verification.birth_date_without_year)),
        ("September twelfth 2087", "2087-09-12", Some(DIALOG.verification.birth_date_impossible)),
    ] {
        let mut slots = json!({"DateOfBirth": null, "Gender": null});
        slots["DateOfBirth"] = json!({"shape": "Scalar",
            "value": {"originalValue": said, "interpretedValue": understood, "resolvedValues": [understood]}});
        caller.attributes = fresh.clone();
        let event = caller.event("VerifyCaller", "DialogCodeHook", slots.clone());
        let (heard, footprint) = caller.footprint(async |caller| caller.send(&event).await).await;
        assert_eq!(footprint, Footprint { fhir: Vec::new(), aws: Vec::new() });
        match outcome {
            None => {
                let verification = &DIALOG.verification;
                let (say_no, gender) = (verification.say_no.hint(PHONE), verification.gender.text(PHONE));
                let expected = format!("I heard September 12, 1987. {say_no} {gender}");
                assert_eq!((heard.text, heard.slot.as_deref()), (expected, Some("Gender")));
                assert_eq!(heard.intent["slots"], slots);
            }
            Some(question) => {
                assert_eq!((heard.slot.as_deref(), heard.text), (Some("DateOfBirth"), question.text(PHONE)));
                assert_eq!(heard.intent["slots"]["DateOfBirth"], Value::Null);
            }
        }
    }
}

#[tokio::test]
async fn a_keyed_birth_date_is_taken_whatever_lex_made_of_the_keys() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let wrong = json!({"shape": "Scalar", "value": {"originalValue": "09121987", "interpretedValue": "2027-01-01"}});
    for filled in [Value::Null, wrong] {
        let mut event = caller.event("VerifyCaller", "DialogCodeHook", json!({"DateOfBirth": filled, "Gender": null}));
        (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!("09121987"));
        let heard = caller.send(&event).await;
        assert_eq!(heard.slot.as_deref(), Some("Gender"));
        assert!(heard.text.starts_with("I heard September 12, 1987."), "{}", heard.text);
        let mut slots = heard.intent["slots"].clone();
        assert_eq!(slots["DateOfBirth"]["value"]["interpretedValue"], BORN);
        slots["Gender"] = super::caller::slots(BORN, "female")["Gender"].clone();
        let event = caller.event("VerifyCaller", "FulfillmentCodeHook", slots);
        assert_eq!(caller.send(&event).await.status.as_deref(), Some("verified"));
    }
    let mut event = caller.event("VerifyCaller", "DialogCodeHook", json!({"DateOfBirth": null, "Gender": null}));
    (event["inputMode"], event["inputTranscript"]) = (json!("DTMF"), json!("13451987"));
    assert_eq!(caller.send(&event).await.text, DIALOG.verification.birth_date_impossible.text(PHONE));
}

#[tokio::test]
async fn a_hook_delivered_twice_verifies_twice_and_both_references_are_good() {
    let world = world_with_token().await;
    let (mut first, mut second) = (Caller::from(&world, MOBILE).await, Caller::from(&world, MOBILE).await);
    second.attributes = first.attributes.clone();
    first.verify(BORN, "female").await;
    second.verify(BORN, "female").await;
    for caller in [&first, &second] {
        let record = world.call_store().read(&caller.call(), world.clock.clock().now()).await.unwrap();
        assert_eq!(record.unwrap().caller.patient.expose(), CAMILA);
    }
}

#[tokio::test]
async fn without_a_queue_the_call_goes_on() {
    let world = world_with_token().await;
    world.aws.fail("sqs:SendMessage", AwsFault::Error(400, "AccessDeniedException"), 1);
    let mut caller = Caller::verified(&world).await;
    assert!(caller.say("ListMedications").await.text.contains("drospirenone"));
}

#[tokio::test]
async fn an_outage_of_epics_is_told_and_costs_no_try() {
    let world = world_with_token().await;
    world.epic.control().fault(Endpoint::Patient, Fault::Status(503), Times::Always);
    for _ in 0..6 {
        let heard = Caller::from(&world, HOME).await.verify(BORN, "female").await;
        assert_eq!(heard.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person));
        assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")));
    }
    world.epic.control().heal();
    Caller::verified(&world).await;
}

#[tokio::test]
async fn a_status_that_epic_says_nothing_with_is_an_outage_and_costs_no_try() {
    // A wrong base URL, or something before Epic that takes no POST: nobody was searched for.
    for status in [302, 400, 404, 405, 410, 422] {
        let world = world_with_token().await;
        world.epic.control().fault(Endpoint::Patient, Fault::Status(status), Times::Always);
        for _ in 0..6 {
            let heard = Caller::from(&world, HOME).await.verify(BORN, "female").await;
            assert_eq!(heard.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person), "{status}");
        }
        world.epic.control().heal();
        Caller::verified(&world).await;
    }
}
