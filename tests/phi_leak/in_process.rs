//! What can only be had in this process: an AWS that answers with canaries, panics, and what others log.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use epic_simulator::fault::{Endpoint, Fault as EpicFault, Times};
use futures_util::{StreamExt as _, stream};
use jwks::JwksEndpoint;
use lambda_runtime::{Context, LambdaEvent};
use serde_json::json;
use serde_json::value::RawValue;
use shared::call_record::PatientId;
use shared::clock::Clock;
use shared::deadline::Deadline;
use shared::fhir::{Search, SearchMethod};
use shared::randomness::Randomness;
use shared::signing_keys::KeyRing;
use shared::signing_keys::publication::LONGEST_IN_MEMORY;
use shared::signing_keys::store::Written;
use shared::telemetry::ErrorChain;

use super::odd;
use super::stage::{CLAIM, LONG_AGO, Stage, Told, fulfillment_of, jwks_of, worker_of};
use crate::support::aws::Fault;
use crate::support::canary::{self, BIRTH_DATE, EVERYTHING, FAMILY_NAME, GIVEN_NAME, PATIENT_ID, PHONE};
use crate::support::dynamodb::SIGNING_KEY_TABLE;
use crate::support::http_api;
use crate::support::lex;
use crate::support::world::{TOKEN_REFRESHER, World, invoke, missing, signing_jwk, signing_key};

/// Every request that a function makes of AWS.
const OPERATIONS: [&str; 10] = [
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:TransactWriteItems",
    "sqs:SendMessage",
    "secretsmanager:GetSecretValue",
    "secretsmanager:GetSecretValue settings",
    "kms:Sign",
    "lambda:Invoke",
];

/// As many of them side by side.
const AT_A_TIME: usize = 6;

/// Plays what needs this process.
pub async fn play(world: &World, stage: &Stage<'_>) {
    records_that_fail(world, stage).await;
    what_cannot_be_taken_back(world, stage).await;
    functions_that_fail(world, stage).await;
    late_and_lost(world, stage).await;
    key_sets(world, stage).await;
    panics(world, stage).await;
    errors_of_shared(world, stage).await;
    lines_of_others();
}

/// Each in a world of its own, since some end only when a budget does.
pub async fn odd_answers_of_aws(stage: &Stage<'_>) {
    let answers = aws_answers();
    let combinations = OPERATIONS.iter().flat_map(|operation| answers.iter().map(move |answer| (operation, answer)));
    let told = stream::iter(combinations)
        .map(|(operation, (status, body))| odd_answer_of_aws(operation, Fault::Answer(*status, body.clone())))
        .buffer_unordered(AT_A_TIME)
        .collect::<Vec<_>>()
        .await;
    told.into_iter().for_each(|told| stage.told.borrow_mut().add(told));
}

fn aws_answers() -> Vec<(u16, String)> {
    let reasons = json!([{"Code": "None", "Message": EVERYTHING, "Item": {"body": {"S": EVERYTHING}}}]);
    let error = |status: u16, code: &str| {
        let body =
            json!({"__type": code, "message": EVERYTHING, "Message": EVERYTHING, "CancellationReasons": reasons});
        (status, body.to_string())
    };
    let odd = json!({"Item": {"connection": {"N": EVERYTHING}}, "Items": EVERYTHING, "Signature": EVERYTHING,
        "PublicKey": EVERYTHING, "SecretString": EVERYTHING, GIVEN_NAME: FAMILY_NAME});
    vec![
        error(400, "TransactionCanceledException"),
        error(403, "AccessDeniedException"),
        // A code that is a patient's.
        error(400, GIVEN_NAME),
        (502, format!("<html>{EVERYTHING}</html>")),
        (200, format!("{{{EVERYTHING}")),
        (200, odd.to_string()),
    ]
}

/// Every turn that makes requests of AWS, with one kind of them answered oddly.
async fn odd_answer_of_aws(operation: &str, answer: Fault) -> Told {
    let world = World::working().await;
    canary::admit(&world.epic);
    let stage = Stage::in_process(&world).await;
    let (asked, queued) = (stage.open_call(LONG_AGO).await, stage.open_call(Duration::ZERO).await);
    let job = [stage.job(&queued)];
    world.aws.fail(operation, answer, usize::MAX);
    let fulfillment = fulfillment_of(&world, world.clock.clock(), Randomness::system());
    fulfillment.prepare().await;
    let event = lex::verify("a contact", CLAIM).to_string();
    let event = LambdaEvent::new(RawValue::from_string(event).unwrap(), Context::default());
    let refresher = world.token_refresher();
    refresher.prepare().await;
    let missing = missing();
    let refreshed = invoke(&refresher, &missing);
    let verified = fulfillment::handle(&fulfillment, event);
    let published = async { jwks_of(&world, world.clock.clock()).prepare().await };
    let (refreshed, _, _, (), ()) = tokio::join!(refreshed, verified, stage.list(&asked), stage.work(&job), published);
    if let Err(error) = refreshed {
        stage.tell(&format!("{error} {error:?}"));
    }
    stage.told(&world.epic)
}

/// What a verified caller's record fails in: a second read of it in one turn, and the next record of a call that goes on in
/// the other language.
async fn records_that_fail(world: &World, stage: &Stage<'_>) {
    let refused = || Fault::Answer(400, json!({"__type": GIVEN_NAME, "message": EVERYTHING}).to_string());
    let call = stage.open_call(Duration::ZERO).await;
    world.aws.fail("dynamodb:Query", Fault::Delay(Duration::ZERO), 1);
    world.aws.fail("dynamodb:Query", refused(), 1);
    stage.list(&call).await;
    world.aws.fail("dynamodb:PutItem", refused(), 1);
    stage.other_language(&call).await;
    stage.other_language(&call).await;
}

/// The second write of two fails: taking back an attempt that was none, giving back a lease.
async fn what_cannot_be_taken_back(world: &World, stage: &Stage<'_>) {
    let refused = || Fault::Answer(400, json!({"__type": GIVEN_NAME, "message": EVERYTHING}).to_string());
    let first_passes = Fault::Delay(Duration::ZERO);
    stage.forget_attempts().await;
    world.aws.fail("dynamodb:TransactWriteItems", first_passes.clone(), 1);
    world.aws.fail("dynamodb:TransactWriteItems", refused(), 1);
    stage.verify().await;
    stage.forget_token().await;
    world.epic.control().fault(Endpoint::Token, EpicFault::OAuthError("invalid_client".to_owned()), Times::Next(1));
    world.aws.fail("dynamodb:UpdateItem", first_passes, 1);
    world.aws.fail("dynamodb:UpdateItem", refused(), 1);
    stage.refresh_for("missing").await;
    world.aws.fail("kms:Sign", refused(), 1);
    stage.refresh_for("check").await;
    world.aws.fail("kms:Sign", refused(), 1);
    for _ in 0..2 {
        stage.try_key(signing_jwk().kid()).await;
    }
}

/// token-refresher ends in an error, or answers something else.
async fn functions_that_fail(world: &World, stage: &Stage<'_>) {
    for answer in [Err(EVERYTHING), Ok(EVERYTHING), Ok(r#"{"outcome": "florbexamune"}"#)] {
        stage.forget_token().await;
        world.aws.lambda().deploy(TOKEN_REFRESHER, move |_| async move {
            answer.map(|text| text.as_bytes().to_vec()).map_err(str::to_owned)
        });
        let deadline = Deadline::within(Duration::from_secs(2));
        if let Err(error) = world.access_token_source().usable(deadline).await {
            stage.tell(&format!("{error} {error:?} {error:#?} {}", ErrorChain(&error)));
        }
    }
    world.deploy_token_refresher();
}

/// A stale job, a call that has ended.
async fn late_and_lost(world: &World, stage: &Stage<'_>) {
    let call = stage.open_call(Duration::ZERO).await;
    let job = stage.job(&call);
    let later = |seconds| world.clock.ahead(Duration::from_secs(seconds)).clock();
    for seconds in [30, 61, 1201] {
        let event = json!({"Records": [{"messageId": "m", "body": job}]}).to_string();
        let event = LambdaEvent::new(RawValue::from_string(event).unwrap(), Context::default());
        let _ = prefetch_worker::handle(&worker_of(world, later(seconds)), event).await;
    }
}

/// A key set that is served, that can't be read again, and that never could.
async fn key_sets(world: &World, stage: &Stage<'_>) {
    let clock = world.clock.ahead(Duration::ZERO);
    let ask = async |endpoint: &JwksEndpoint| {
        let event = http_api::conditional("GET", "/sandbox/jwks.json", EVERYTHING).to_string();
        let event = LambdaEvent::new(RawValue::from_string(event).unwrap(), Context::default());
        let Ok(answer) = jwks::handle(endpoint, event).await;
        stage.tell(&format!("{answer:?} {answer:#?} {endpoint:?}"));
    };
    let endpoint = jwks_of(world, clock.clock());
    let ring = KeyRing { keys: vec![signing_key(clock.clock().now())], ..KeyRing::default() };
    let store = world.key_ring_store();
    let revision = store.read(&world.connection).await.unwrap().revision;
    assert_eq!(store.write(&world.connection, &ring, revision).await.unwrap(), Written::Stored);
    ask(&endpoint).await;
    let odd = [("connection", "sandbox"), ("key_ring", EVERYTHING), ("revision", EVERYTHING)];
    let odd = odd.map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned())));
    stage.put(SIGNING_KEY_TABLE, odd.into()).await;
    clock.advance(LONGEST_IN_MEMORY);
    ask(&endpoint).await;
    ask(&jwks_of(world, clock.clock())).await;
}

/// Panics whose words are canaries, in the handlers' middle.
async fn panics(world: &World, stage: &Stage<'_>) {
    let panicking = Randomness::from_fn(|_| panic!("{EVERYTHING}"));
    let fulfillment = fulfillment_of(world, world.clock.clock(), panicking);
    let event = lex::verify("the contact of the panic", CLAIM).to_string();
    let event = LambdaEvent::new(RawValue::from_string(event).unwrap(), Context::default());
    let Ok(reply) = fulfillment::handle(&fulfillment, event).await;
    stage.tell(&format!("{fulfillment:?} {fulfillment:#?} {:?}", world.token_refresher()));
    assert!(serde_json::to_string(&reply).unwrap().contains("messages"), "a panic ends in words");

    let (asked, now) = (AtomicUsize::new(0), stage.now());
    let clock = Clock::from_fn(move || match asked.fetch_add(1, Ordering::SeqCst) {
        0 => now,
        _ => panic!("{EVERYTHING}"),
    });
    let job = stage.job(&stage.open_call(Duration::ZERO).await);
    let event = json!({"Records": [{"messageId": "the-message-of-the-panic", "body": job}]}).to_string();
    let event = LambdaEvent::new(RawValue::from_string(event).unwrap(), Context::default());
    let response = prefetch_worker::handle(&worker_of(world, clock), event).await.unwrap();
    assert_eq!(response.batch_item_failures.len(), 1);
}

/// The errors that functions get from shared, before they put them into their own.
async fn errors_of_shared(world: &World, stage: &Stage<'_>) {
    let control = world.epic.control();
    let parameters = [("birthdate", BIRTH_DATE), ("telecom", PHONE), ("family", FAMILY_NAME)];
    let search = Search { resource_type: "Patient", parameters: &parameters, method: SearchMethod::Get, page_limit: 1 };
    let fhir = world.fhir_client();
    stage.tell(&format!("{search:?} {search:#?} {fhir:?}"));
    for fault in odd::answers() {
        control.fault(Endpoint::Patient, fault, Times::Always);
        let deadline = || Deadline::within(Duration::from_secs(4));
        let read = fhir.read("Patient", PATIENT_ID, deadline()).await.map(drop);
        for result in [fhir.search(&search, deadline()).await.map(|set| stage.tell(&format!("{set:?}"))), read] {
            if let Err(error) = result {
                stage.tell(&format!("{error} {error:?} {error:#?} {}", ErrorChain(&error)));
            }
        }
        control.heal();
    }
    assert!(PatientId::parse(EVERYTHING).is_none());
}

/// The runtime and the SDK log events, bodies and items; nothing of theirs is let through, whatever the environment says.
fn lines_of_others() {
    tracing::error!(target: "lambda_runtime", error = EVERYTHING, "{EVERYTHING}");
    tracing::trace!(target: "lambda_runtime::layers::api_response", body = EVERYTHING, "{EVERYTHING}");
    tracing::warn!(target: "aws_smithy_runtime::client::orchestrator", "{EVERYTHING}");
    tracing::debug!(target: "reqwest::connect", "{EVERYTHING}");
    tracing::info!(target: "hyper_util", "{EVERYTHING}");
    // Ours log nothing below debug: what stands there is for nobody's deployment.
    tracing::trace!(target: "fulfillment", "{EVERYTHING}");
    tracing::trace!(target: "shared", "{EVERYTHING}");
}
