//! prefetch-worker: each message has an outcome of its own, and twice is the same as once.

use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault, Times};
use lambda_runtime::{Context, LambdaEvent};
use prefetch_worker::PrefetchWorker;
use prefetch_worker::config::Config;
use prefetch_worker::error::BatchError;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use shared::aws::Aws;
use shared::call_record::store::Written;
use shared::call_record::{CallRecord, CallReference, MedicationsOutcome, PatientId, VerifiedCaller};
use shared::connection::ConnectionName;
use shared::prefetch_job::{PrefetchJob, VERSION};
use shared::randomness::Randomness;
use shared::speech::Locale;

use crate::support::aws::Fault as AwsFault;
use crate::support::world::World;

/// Camila Lopez of Epic's sandbox, who has one order.
const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";

impl World {
    /// A worker with clients of its own.
    fn worker(&self) -> PrefetchWorker {
        let http = shared::http::client().unwrap();
        let aws = Aws::from_environment(&self.environment, &http).unwrap();
        let config = Config::from_environment(&self.environment).unwrap();
        PrefetchWorker::new(config, &aws, http, self.clock.clock())
    }

    /// Gives a worker of its own a batch; the ids of the messages that failed.
    async fn batch(&self, event: Value) -> Result<Vec<String>, BatchError> {
        let payload = RawValue::from_string(event.to_string()).unwrap();
        let response = prefetch_worker::handle(&self.worker(), LambdaEvent::new(payload, Context::default())).await?;
        let failures = response.batch_item_failures.into_iter().map(|failure| failure.item_identifier);
        Ok(failures.collect())
    }

    /// A batch of these messages, `m0`, `m1` and so on.
    async fn messages(&self, bodies: &[String]) -> Vec<String> {
        let records = bodies.iter().enumerate().map(|(index, body)| message(&format!("m{index}"), body));
        self.batch(json!({"Records": records.collect::<Vec<_>>()})).await.unwrap()
    }

    /// Opens a call of Camila's that lasts ten minutes.
    async fn call(&self) -> CallReference {
        self.call_of(CAMILA).await
    }

    async fn call_of(&self, patient: &str) -> CallReference {
        let call = CallReference::new(&Randomness::system());
        let now = self.clock.clock().now();
        let caller = VerifiedCaller {
            connection: self.connection.clone(),
            patient: PatientId::parse(patient).unwrap(),
            locale: Locale::EnUs,
            verified_by: vec!["phone".to_owned(), "birth_date".to_owned()],
            verified_at: now,
            expires_at: now + Duration::from_secs(600),
        };
        assert_eq!(self.call_store().open(&call, &caller).await.unwrap(), Written::Stored);
        call
    }

    fn job(&self, call: &CallReference) -> PrefetchJob {
        PrefetchJob {
            version: VERSION,
            connection: self.connection.clone(),
            call: call.clone(),
            enqueued_at: self.clock.clock().now(),
        }
    }

    fn message_of(&self, call: &CallReference) -> String {
        self.job(call).to_message()
    }

    async fn record(&self, call: &CallReference) -> CallRecord {
        self.call_store().read(call, self.clock.clock().now()).await.unwrap().unwrap()
    }

    /// How many medications are stored for a call.
    async fn stored_medications(&self, call: &CallReference) -> usize {
        match self.record(call).await.medications.unwrap() {
            MedicationsOutcome::Read { list } => list.medications.len(),
            MedicationsOutcome::Restricted => panic!("restricted"),
        }
    }

    fn fhir_requests(&self) -> usize {
        self.epic.requests().fhir.len()
    }
}

fn message(id: &str, body: &str) -> Value {
    json!({"messageId": id, "receiptHandle": "r", "body": body, "attributes": {}, "eventSource": "aws:sqs"})
}

#[tokio::test]
async fn a_job_stores_the_callers_medications_ready_to_speak() {
    let world = World::working().await;
    let call = world.call().await;
    assert!(world.messages(&[world.message_of(&call)]).await.is_empty());
    let Some(MedicationsOutcome::Read { list }) = world.record(&call).await.medications else { panic!("no list") };
    let sentences = list.medications[0].sentences.iter().map(|sentence| sentence.expose().as_str());
    assert_eq!(
        sentences.collect::<Vec<_>>(),
        [
            "drospirenone-ethinyl estradiol tablet 3 and zero point zero two milligrams, also called Yaz, or Gianvi.",
            "The instructions say: Take 1 tablet by mouth 1 time each day.",
            "Your chart adds: at 9 AM.",
            "Your chart lists it until May 27, 2020, which has passed. Please ask your pharmacist or your doctor whether you \
             should still take it.",
        ]
    );
    assert!(!list.partial && !list.withheld);
}

#[tokio::test]
async fn a_poison_message_does_not_fail_its_batch() {
    let world = World::working().await;
    let (first, second) = (world.call().await, world.call().await);
    let later = PrefetchJob { version: 2, ..world.job(&first) };
    let elsewhere = PrefetchJob { connection: ConnectionName::parse("elsewhere").unwrap(), ..world.job(&first) };
    let bodies = [
        "Message Body".to_owned(),
        world.message_of(&first),
        later.to_message(),
        String::new(),
        world.message_of(&second),
        elsewhere.to_message(),
        r#"{"version": 1, "connection": "sandbox", "call": "../../etc", "enqueued_at": "2026-11-23T10:00:00Z"}"#
            .to_owned(),
    ];
    let mut failed = world.messages(&bodies).await;
    failed.sort();
    assert_eq!(failed, ["m0", "m2", "m3", "m5", "m6"]);
    assert_eq!((world.stored_medications(&first).await, world.stored_medications(&second).await), (1, 1));
}

#[tokio::test]
async fn delivered_twice_is_the_same_as_once() {
    let world = World::working().await;
    let call = world.call().await;
    let message = world.message_of(&call);
    assert!(world.messages(std::slice::from_ref(&message)).await.is_empty());
    let (before, asked) = (world.record(&call).await, world.fhir_requests());
    assert!(world.messages(&[message.clone(), message]).await.is_empty());
    assert_eq!((world.record(&call).await, world.fhir_requests()), (before, asked), "no work the second time");
}

#[tokio::test]
async fn two_at_once_leave_one_list() {
    let world = World::working().await;
    let call = world.call().await;
    let message = world.message_of(&call);
    assert!(world.messages(&[message.clone(), message]).await.is_empty());
    assert_eq!(world.stored_medications(&call).await, 1);
}

#[tokio::test]
async fn a_stale_job_and_an_ended_call_are_acknowledged_without_work() {
    let world = World::working().await;
    let call = world.call().await;
    let message = world.message_of(&call);
    world.clock.advance(Duration::from_secs(60));
    assert!(world.messages(&[message]).await.is_empty(), "stale");
    world.clock.advance(Duration::from_secs(540));
    assert!(world.messages(&[world.message_of(&call)]).await.is_empty(), "a young job for a call that has ended");
    assert_eq!(world.fhir_requests(), 0);
}

#[tokio::test]
async fn a_job_without_its_call_comes_again_while_it_is_young() {
    let world = World::working().await;
    let message = world.message_of(&CallReference::new(&Randomness::system()));
    assert_eq!(world.messages(std::slice::from_ref(&message)).await, ["m0"]);
    world.clock.advance(Duration::from_secs(60));
    assert!(world.messages(&[message]).await.is_empty());
    assert_eq!(world.fhir_requests(), 0);
}

#[tokio::test]
async fn what_may_pass_comes_again_and_what_will_not_is_acknowledged() {
    for (fault, failed) in [
        (Fault::Status(503), vec!["m0"]),
        (Fault::Drop, vec!["m0"]),
        (Fault::Outcome { status: 200, code: 59177 }, vec!["m0"]),
        (Fault::Status(403), vec![]),
        (Fault::Outcome { status: 400, code: 4100 }, vec![]),
    ] {
        let world = World::working().await;
        let call = world.call().await;
        world.epic.control().fault(Endpoint::MedicationRequest, fault, Times::Always);
        assert_eq!(world.messages(&[world.message_of(&call)]).await, failed);
        assert_eq!(world.record(&call).await.medications, None);
    }
}

#[tokio::test]
async fn without_a_token_or_a_table_the_job_comes_again() {
    let world = World::working().await;
    let call = world.call().await;
    world.epic.control().fault(Endpoint::Token, Fault::OAuthError("invalid_client".to_owned()), Times::Always);
    assert_eq!(world.messages(&[world.message_of(&call)]).await, ["m0"]);

    let world = World::working().await;
    let call = world.call().await;
    world.aws.fail("dynamodb:Query", AwsFault::Error(400, "AccessDeniedException"), 100);
    assert_eq!(world.messages(&[world.message_of(&call)]).await, ["m0"]);
}

#[tokio::test]
async fn a_restricted_chart_is_stored_as_that() {
    let world = World::working().await;
    world.epic.control().restrict_medications(CAMILA);
    let call = world.call().await;
    assert!(world.messages(&[world.message_of(&call)]).await.is_empty());
    assert_eq!(world.record(&call).await.medications, Some(MedicationsOutcome::Restricted));
}

#[tokio::test]
async fn jobs_run_side_by_side() {
    let world = World::working().await;
    let mut bodies = Vec::new();
    for _ in 0..10 {
        bodies.push(world.message_of(&world.call().await));
    }
    world.epic.control().fault(Endpoint::MedicationRequest, Fault::Hold, Times::Next(10));
    let batch = world.messages(&bodies);
    let all_asked = async {
        // Held answers are let go only when every job has asked: one after the other would wait for ever.
        world.epic.until(|requests| requests.fhir.len() == 10).await;
        world.epic.control().release();
    };
    let (failed, ()) = tokio::join!(batch, all_asked);
    assert!(failed.is_empty());
}

#[tokio::test]
async fn a_failure_that_could_not_be_told_fails_the_batch_before_any_work() {
    let world = World::working().await;
    let call = world.call().await;
    let good = message("m0", &world.message_of(&call));
    for records in [json!([good, {"body": "x"}]), json!([good, {"messageId": "", "body": "x"}])] {
        let error = world.batch(json!({"Records": records})).await.unwrap_err();
        assert_eq!(error.code(), "message-without-id");
    }
    for event in [json!({}), json!([]), json!({"Records": 7}), json!("Jane Doe 1970-01-01")] {
        let error = world.batch(event).await.unwrap_err();
        assert_eq!(error.code(), "event-malformed");
        assert!(!format!("{error:?}").contains("Jane"));
    }
    assert_eq!(world.record(&call).await.medications, None);
}
