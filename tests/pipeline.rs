//! The whole pipeline as it is deployed: real binaries under the template's roles, the queue and the schedule of the local
//! AWS, real HTTP to the simulator, and callers on the telephone.

mod scripts;

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry};
use careline::local_stack::Function;
use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::{FhirRequest, Kind};
use jiff::Timestamp;
use serde_json::{Value, json};
use shared::access_token::store::attribute;
use shared::call_record::store::{CallStore, Written};
use shared::call_record::{CallRecord, CallReference, PatientId, VerifiedCaller};
use shared::connection::ConnectionName;
use shared::prefetch_job::{PrefetchJob, VERSION};
use shared::randomness::Randomness;
use shared::speech::Locale;
use shared::speech::en_us::DIALOG;

use crate::fulfillment::caller::refused_try_again;
use crate::support::deployed::{CONNECTION, Deployed};
use crate::support::journal::{Invocation, Journal};
use crate::support::lex::{self, Claim};
use crate::support::operator::unhurried;
use crate::support::patient::{BIRTH_DATE, MEDICATION, Patient};
use crate::support::telephone::Telephone;

/// The deployed pipeline with a patient of the test's own, since wrong tries count against a number and a patient.
struct Line<'a> {
    deployed: &'a Deployed,
    patient: Patient,
}

impl<'a> Line<'a> {
    /// Admits a patient whose number ends in `digits`.
    fn of(deployed: &'a Deployed, digits: &str) -> Self {
        Self { deployed, patient: Patient::admit(&deployed.epic, digits) }
    }

    fn claim(&self) -> Claim<'_> {
        self.patient.claim()
    }

    fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&unhurried(&self.deployed.stack.aws()))
    }

    fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&unhurried(&self.deployed.stack.aws()))
    }

    fn lambda(&self) -> aws_sdk_lambda::Client {
        aws_sdk_lambda::Client::new(&unhurried(&self.deployed.stack.aws()))
    }

    fn output(&self, name: &str) -> String {
        self.deployed.stack.output(name).unwrap_or_else(|| panic!("no output {name}")).to_owned()
    }

    fn calls(&self) -> CallStore {
        CallStore::new(self.dynamodb(), self.output("CallTableName"))
    }

    async fn call(&self, reference: &CallReference) -> CallRecord {
        self.calls().read(reference, Timestamp::now()).await.expect("the table").expect("the call")
    }

    /// Opens a call of the patient's, of which nobody knows yet.
    async fn open_call(&self) -> CallReference {
        let reference = CallReference::new(&Randomness::system());
        let now = Timestamp::now();
        let caller = VerifiedCaller {
            connection: ConnectionName::parse(CONNECTION).unwrap(),
            patient: PatientId::parse(&self.patient.id).unwrap(),
            locale: Locale::EnUs,
            verified_by: vec!["phone".to_owned()],
            verified_at: now,
            expires_at: now + Duration::from_secs(600),
        };
        assert_eq!(self.calls().open(&reference, &caller).await.expect("the table"), Written::Stored);
        reference
    }

    /// As before the first token: another test may have had one replaced by force, which is done once in 30 s.
    async fn forget_token(&self) {
        let item = self.dynamodb().delete_item().table_name(self.output("AccessTokenTableName"));
        item.key(attribute::CONNECTION, AttributeValue::S(CONNECTION.to_owned())).send().await.expect("the table");
    }

    async fn invoke(&self, event: &Value) -> Value {
        let lambda = aws_sdk_lambda::Client::new(&unhurried(&self.deployed.stack.aws()));
        let name = self.deployed.stack.function_name(Function::Fulfillment);
        let output = lambda.invoke().function_name(name).payload(event.to_string().into_bytes().into()).send().await;
        let output = output.expect("fulfillment is invoked");
        assert_eq!(output.function_error(), None);
        shared::json::decode(output.payload().expect("an answer").as_ref()).expect("an answer in JSON")
    }

    /// How many medication searches Epic has had.
    fn searches(&self) -> usize {
        self.deployed.epic.requests().count("MedicationRequest", Kind::Search)
    }
}

fn job(call: &CallReference) -> String {
    let connection = ConnectionName::parse(CONNECTION).unwrap();
    PrefetchJob { version: VERSION, connection, call: call.clone(), enqueued_at: Timestamp::now() }.to_message()
}

fn is_list(invocation: &Invocation) -> bool {
    // The dialog hook comes first, and leaves the answer to fulfillment.
    invocation.line("turn").is_some_and(|turn| turn["intent"] == "ListMedications" && turn["outcome"] != "delegated")
}

/// Done when 3: nobody but the template's schedule refreshes here. A scheduled run, and only that, tells the remaining life.
#[tokio::test]
async fn the_deployed_schedule_refreshes_the_token() {
    let deployed = Deployed::disturbed().await;
    let mut journal = Journal::of(deployed);
    let is_scheduled = |invocation: &Invocation| {
        invocation.line("token-stored").is_some()
            && invocation.events().any(|event| event.get("TokenRemainingSeconds").is_some())
    };
    // Once a minute; the first time up to 70 s after the deployment.
    journal.until_within(Duration::from_secs(150), 1, is_scheduled).await;
    assert!(deployed.epic.requests().tokens_granted() >= 1);
}

/// Done when 3, and promise 1.
#[tokio::test]
async fn a_verified_caller_hears_the_list_that_the_deployed_queue_had_prefetched_with_one_read() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0101");
    let mut journal = Journal::from_now(alone.deployed).await;
    let telephone = Telephone::of(alone.deployed);
    let mut call = telephone.call(&line.patient.number);
    for words in ["verify me", BIRTH_DATE, "female"] {
        call.say(words).await;
    }
    assert!(call.heard.contains(&DIALOG.verified.to_owned()), "{:?}", call.heard);
    let done = journal.with("prefetch-done").await;
    assert_eq!(
        (done.function, &done.line("prefetch-done").unwrap()["medications"]),
        (Function::PrefetchWorker, &json!(1))
    );

    let before = alone.deployed.epic.requests().fhir.len();
    call.say("what are my medications").await;
    assert_eq!(alone.deployed.epic.requests().fhir.len(), before, "Epic was asked during the turn");
    assert!(call.heard.join(" ").contains(MEDICATION), "{:?}", call.heard);
    let turn = journal.until(1, is_list).await.remove(0);
    assert_eq!(turn.line("answered").unwrap()["source"], "prefetched");
    let turn = turn.line("turn").unwrap();
    let requests = ["dynamodb", "fhir", "sqs", "lambda"].map(|to| turn[format!("{to}_requests")].as_u64());
    assert_eq!(requests, [Some(1), Some(0), Some(0), Some(0)]);
}

/// Done when 3.
#[tokio::test]
async fn a_poison_message_reaches_the_dead_letters_while_its_batch_succeeds() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0102");
    // A token, and a worker that has started: the batch is then done before its messages are seen again.
    let mut warming = Journal::from_now(alone.deployed).await;
    line.invoke(&lex::verify("0102", line.claim())).await;
    warming.with("prefetch-done").await;
    let mut journal = Journal::from_now(alone.deployed).await;
    let (sqs, queue, dead_letters) =
        (line.sqs(), line.output("PrefetchQueueUrl"), line.output("PrefetchDeadLetterQueueUrl"));
    sqs.purge_queue().queue_url(&dead_letters).send().await.expect("the dead letters");
    // The template has a failed message wait 25 s before it comes again, and come five times. How long it waits is all
    // that is changed, or the test would last two minutes; how often it comes is the template's. Longer than the batch
    // takes, or the good message would come again, too.
    let wait = async |seconds: &str| {
        let request = sqs.set_queue_attributes().queue_url(&queue);
        request.attributes(QueueAttributeName::VisibilityTimeout, seconds).send().await.expect("the queue");
    };
    wait("5").await;
    // Closed while they are sent: a poll that comes between the messages would take some of them alone.
    let lambda = line.lambda();
    let mappings = lambda.list_event_source_mappings().send().await.expect("the queue's mapping");
    let [mapping] = mappings.event_source_mappings() else { panic!("one queue drives one function") };
    let poll = async |enabled| {
        let update = lambda.update_event_source_mapping().uuid(mapping.uuid().expect("an id")).enabled(enabled);
        update.send().await.expect("the queue's mapping");
    };
    poll(false).await;
    let call = line.open_call().await;
    let later_version = job(&call).replace("\"version\":1", "\"version\":2");
    assert_ne!(later_version, job(&call));
    let messages = [("poison", "not a job".to_owned()), ("good", job(&call)), ("later", later_version.clone())];
    let entries = messages
        .map(|(id, body)| SendMessageBatchRequestEntry::builder().id(id).message_body(body).build().expect("an entry"));
    sqs.send_message_batch().queue_url(&queue).set_entries(Some(entries.into())).send().await.expect("the queue");

    poll(true).await;
    let is_batch =
        |invocation: &Invocation| invocation.count("job-malformed") == 2 && invocation.count("prefetch-done") == 1;
    journal.until(1, is_batch).await;
    assert!(line.call(&call).await.medications.is_some());

    let (mut dead, began) = (Vec::new(), Instant::now());
    while dead.len() < 2 {
        assert!(began.elapsed() < Duration::from_secs(120), "of the dead letters only {dead:?}");
        let received = sqs.receive_message().queue_url(&dead_letters).wait_time_seconds(1).send().await;
        dead.extend(
            received.expect("the dead letters").messages.unwrap_or_default().into_iter().filter_map(|m| m.body),
        );
    }
    wait("25").await;
    dead.sort();
    assert_eq!(dead, ["not a job".to_owned(), later_version.clone()]);
    journal.read().await;
    let worker = |invocation: &&Invocation| invocation.function == Function::PrefetchWorker;
    let count =
        |code| journal.invocations.iter().filter(worker).map(|invocation| invocation.count(code)).sum::<usize>();
    // The good one was acknowledged with the batch: it never came again. The poison came as often as the template says.
    assert_eq!((count("prefetch-done"), count("prefetch-already-there"), count("job-malformed")), (1, 0, 10));
}

/// In the template's own time: as long as a caller may still ask.
#[tokio::test]
async fn a_job_that_failed_is_done_when_it_comes_again() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0108");
    let mut journal = Journal::from_now(alone.deployed).await;
    // Both tries of the first delivery, and whatever another test's job, come again, asks meanwhile.
    alone.deployed.epic.control().fault(Endpoint::MedicationRequest, Fault::Status(503), Times::Always);
    line.invoke(&lex::verify("0108", line.claim())).await;
    journal.with("fhir-status").await;
    alone.deployed.epic.control().heal();
    let is_done = |invocation: &Invocation| invocation.line("prefetch-done").is_some();
    let done = journal.until_within(Duration::from_secs(55), 1, is_done).await.remove(0);
    let age_ms = done.line("prefetch-done").unwrap()["age_ms"].as_u64();
    assert!(age_ms.is_some_and(|age| (20_000..60_000).contains(&age)), "{age_ms:?}");
    assert!(!journal.invocations.iter().any(|invocation| invocation.line("prefetch-stale").is_some()));
}

#[tokio::test]
async fn a_wrong_birth_date_is_refused_in_neutral_words() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0103");
    let mut journal = Journal::from_now(alone.deployed).await;
    let telephone = Telephone::of(alone.deployed);
    let mut call = telephone.call(&line.patient.number);
    for words in ["verify me", "March third nineteen ninety", "female"] {
        call.say(words).await;
    }
    assert_eq!(call.heard, [refused_try_again()]);
    let refused = journal.with("verification-refused").await;
    assert_eq!(refused.line("verification-refused").unwrap()["reason"], "no-match");
    assert!(refused.line("caller-verified").is_none());
    // And the caller may have misspoken.
    for words in [BIRTH_DATE, "female"] {
        call.say(words).await;
    }
    assert!(call.heard.contains(&DIALOG.verified.to_owned()), "{:?}", call.heard);
}

#[tokio::test]
async fn without_a_call_record_of_ours_a_caller_is_sent_to_verification_whatever_the_attributes_claim() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0104");
    let invented = CallReference::new(&Randomness::system());
    for reference in [invented.as_str(), line.patient.id.as_str(), "", "attempts#call#x"] {
        let attributes = json!({
            "callReference": reference,
            "verificationStatus": "verified",
            "verifiedBy": "phone",
            "patientId": line.patient.id,
            "callingNumber": line.patient.number,
            "contactId": "c",
        });
        let event = lex::turn("FulfillmentCodeHook", "ListMedications", json!({}), attributes, "my medications");
        let reply = line.invoke(&event).await;
        let attributes = lex::attributes(&reply);
        assert_eq!(reply["sessionState"]["dialogAction"]["type"], "Close", "{reply}");
        assert_eq!(
            (attributes["verificationStatus"].as_str(), attributes.get("callReference")),
            (Some("required"), None)
        );
        assert_eq!(lex::heard(&reply), DIALOG.verify_first);
    }
}

/// Done when 4, on the deployed functions.
#[tokio::test]
async fn a_token_revoked_at_epic_is_replaced_within_the_call() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0105");
    let mut journal = Journal::from_now(alone.deployed).await;
    let control = alone.deployed.epic.control();
    // So that no run of the schedule finds it due, and replaces it between its being revoked and the turn.
    control.lie_about_token(json!({"expires_in": 3600}));
    line.forget_token().await;

    // So that there is something left to read when the token is revoked.
    control.fault(Endpoint::MedicationRequest, Fault::Outcome { status: 400, code: 4100 }, Times::Always);
    let reply = line.invoke(&lex::verify("0105", line.claim())).await;
    let attributes = lex::attributes(&reply);
    assert_eq!(attributes["verificationStatus"], "verified", "{reply}");
    journal.with("fhir-bad-request").await;
    control.heal();
    control.revoke_tokens();

    let (before, issued) = (alone.deployed.epic.requests().fhir.len(), control.issued_tokens().len());
    let event = lex::medications(attributes["callReference"].as_str().expect("a reference"));
    let heard = lex::heard(&line.invoke(&event).await);
    assert!(heard.contains(MEDICATION), "{heard}");
    let turn = journal.until(1, is_list).await.remove(0);
    assert_eq!(turn.line("answered").unwrap()["source"], "live");
    let statuses: Vec<_> = alone.deployed.epic.requests().fhir[before..].iter().map(status).collect();
    assert_eq!(statuses[..2], [401, 200]);
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 1);
    assert!(control.issued_tokens().len() > issued);
}

/// One is enough for a person to be told: where few call, there is no second one within the 30 s.
#[tokio::test]
async fn a_token_that_epic_refuses_as_soon_as_it_has_issued_it_is_told_by_its_metric_at_once() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0107");
    line.forget_token().await;
    let mut journal = Journal::from_now(alone.deployed).await;
    alone.deployed.epic.control().fault(Endpoint::MedicationRequest, Fault::Status(401), Times::Always);
    line.invoke(&lex::verify("0107", line.claim())).await;
    let refused = journal.with("fhir-fresh-token-refused").await;
    assert_eq!(refused.function, Function::PrefetchWorker);
    let told = refused.events().filter(|event| event["TokenRejectedFresh"] == 1 && event["Connection"] == CONNECTION);
    assert_eq!(told.count(), 1, "{:#?}", refused.lines);
}

fn status(request: &FhirRequest) -> u16 {
    request.status.unwrap_or_default()
}

/// Promise 10.
#[tokio::test]
async fn a_job_that_is_delivered_twice_changes_nothing_and_asks_epic_nothing() {
    let alone = Deployed::alone().await;
    let line = Line::of(alone.deployed, "0106");
    let mut journal = Journal::from_now(alone.deployed).await;
    let call = line.open_call().await;
    let (queue, message) = (line.output("PrefetchQueueUrl"), job(&call));
    let send = async || {
        line.sqs().send_message().queue_url(&queue).message_body(&message).send().await.expect("the queue");
    };
    send().await;
    journal.with("prefetch-done").await;
    let (record, searches) = (line.call(&call).await, line.searches());
    assert!(record.medications.is_some());
    for times in 1..=2 {
        send().await;
        journal.until(times, |invocation| invocation.line("prefetch-already-there").is_some()).await;
    }
    assert_eq!((line.call(&call).await, line.searches()), (record, searches));
}
