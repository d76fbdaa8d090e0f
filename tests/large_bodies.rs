//! Bodies larger than memory is meant for: a clear error and no list, told as an outage; and no more is held than the limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::Response;
use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::Kind;
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use shared::aws::connector::RequestCounter;
use shared::call_record::{MedicationsOutcome, PatientId};
use shared::deadline::Deadline;
use shared::fhir::{FhirClient, FhirError, Search, SearchMethod};
use shared::http::{BODY_LIMIT, HttpError};
use shared::medications::{self, MedicationPolicy};
use shared::speech::Locale;
use shared::speech::en_us::DIALOG;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use url::Url;

use crate::fulfillment::caller::{BORN, CAMILA, Caller, HOME, world_with_token};
use crate::support::world::World;

const TOO_LARGE: FhirError = FhirError::Http(HttpError::TooLarge);

/// A Bundle of one order of Camila's, filled up with white space to so many bytes.
fn page(bytes: usize, next: Option<&str>) -> String {
    let order = json!({
        "resourceType": "MedicationRequest", "id": "n1", "status": "active", "intent": "order",
        "subject": {"reference": format!("Patient/{CAMILA}")},
        "medicationCodeableConcept": {"text": "testamine 10 mg tablet"},
        "dosageInstruction": [{"text": "Take 1 tablet by mouth daily"}],
    });
    let link = next.map(|next| json!({"relation": "next", "url": next}));
    let bundle = json!({"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": order}],
        "link": link.into_iter().collect::<Vec<_>>()});
    let bundle = bundle.to_string();
    bundle.clone() + &" ".repeat(bytes - bundle.len())
}

fn answer(bytes: usize) -> Fault {
    Fault::Answer { status: 200, content_type: "application/fhir+json".to_owned(), body: page(bytes, None) }
}

/// A FHIR server that answers whatever it is asked in one way, until the test is over.
struct Server {
    base_url: Url,
    task: AbortHandle,
}

impl Server {
    async fn answering(answer: impl Fn() -> Body + Clone + Send + Sync + 'static, length: Option<u64>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let routes = Router::new().fallback(move || async move {
            let response = Response::builder().header("content-type", "application/fhir+json");
            let announced = length.map(|length| ("content-length", length.to_string()));
            let response = announced.into_iter().fold(response, |response, (name, value)| response.header(name, value));
            response.body(answer()).unwrap()
        });
        let task = tokio::spawn(async move { axum::serve(listener, routes).await }).abort_handle();
        Self { base_url, task }
    }

    fn client(&self, world: &World) -> FhirClient {
        let http = shared::http::client().unwrap();
        FhirClient::new(http, self.base_url.clone(), world.access_token_source(), RequestCounter::default())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn deadline() -> Deadline {
    Deadline::within(Duration::from_secs(12))
}

#[tokio::test]
async fn a_page_of_the_largest_size_is_read_and_a_larger_one_is_no_list_and_not_asked_for_again() {
    let world = World::working().await;
    let read = async |fault| {
        world.epic.control().fault(Endpoint::MedicationRequest, fault, Times::Next(1));
        let (patient, policy) = (PatientId::parse(CAMILA).unwrap(), MedicationPolicy::default());
        let (fhir, clock) = (world.fhir_client(), world.clock.clock());
        medications::read(&fhir, &patient, &policy, Locale::EnUs, &clock, deadline()).await
    };
    let Ok(MedicationsOutcome::Read { list }) = read(answer(BODY_LIMIT)).await else { panic!("no list") };
    assert_eq!((list.medications.len(), list.partial), (1, false));
    assert_eq!(read(answer(BODY_LIMIT + 1)).await, Err(TOO_LARGE));
    assert_eq!(world.epic.requests().count("MedicationRequest", Kind::Search), 2);
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_large_is_not_waited_for() {
    let world = world_with_token().await;
    let nothing = || Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let server = Server::answering(nothing, Some(1 << 40)).await;
    // Who waited would be told that the time is up.
    assert_eq!(server.client(&world).read("Medication", "m1", deadline()).await, Err(TOO_LARGE));
}

#[tokio::test]
async fn a_body_without_an_end_is_cut_off_at_the_limit() {
    const CHUNK: &[u8] = &[b' '; 64 * 1024];
    let world = world_with_token().await;
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let endless = move || {
        let counter = Arc::clone(&counter);
        let chunks = stream::repeat(Bytes::from_static(CHUNK)).map(move |chunk| {
            counter.fetch_add(chunk.len(), Ordering::Relaxed);
            Ok::<_, std::io::Error>(chunk)
        });
        Body::from_stream(chunks)
    };
    let server = Server::answering(endless, None).await;
    assert_eq!(server.client(&world).read("Medication", "m1", deadline()).await, Err(TOO_LARGE));
    // What the sockets hold was sent, too.
    let sent = sent.load(Ordering::Relaxed);
    assert!(sent > BODY_LIMIT && sent < 4 * BODY_LIMIT, "{sent}");
}

#[tokio::test]
async fn pages_are_read_while_there_is_room_for_them_and_the_list_says_that_it_is_not_whole() {
    let world = world_with_token().await;
    let number = Arc::new(AtomicUsize::new(0));
    let pages = {
        let number = Arc::clone(&number);
        move || {
            let next = format!("page{}", number.fetch_add(1, Ordering::Relaxed));
            Body::from(page(BODY_LIMIT - 1, Some(&next)))
        }
    };
    let server = Server::answering(pages, None).await;
    let parameters = [("patient", CAMILA)];
    let search = Search {
        resource_type: "MedicationRequest",
        parameters: &parameters,
        method: SearchMethod::Post,
        page_limit: medications::PAGE_LIMIT,
    };
    let set = server.client(&world).search(&search, deadline()).await.unwrap();
    assert!(set.truncated());
    assert_eq!((set.pages(), number.load(Ordering::Relaxed)), (3, 3), "of 20 that it may have");
}

#[tokio::test]
async fn a_caller_hears_of_an_outage_and_nothing_is_stored_where_a_page_is_too_large() {
    let world = world_with_token().await;
    let outage = format!("{} {}", DIALOG.outage, DIALOG.to_a_person);
    let mut caller = Caller::verified(&world).await;
    world.epic.control().fault(Endpoint::MedicationRequest, answer(BODY_LIMIT + 1), Times::Always);
    let heard = caller.say("ListMedications").await;
    assert_eq!((heard.text.as_str(), heard.action.as_str()), (outage.as_str(), "Close"));
    assert_eq!(world.call_record(&caller.call()).await.medications, None);
    // Doing the job again would end the same way.
    let call = world.open().await;
    assert!(!world.prefetch(&call).await, "given up");
    assert_eq!(world.call_record(&call).await.medications, None);
    world.epic.control().fault(Endpoint::Patient, answer(BODY_LIMIT + 1), Times::Always);
    assert_eq!(Caller::from(&world, HOME).await.verify(BORN, "female").await.text, outage);
}
