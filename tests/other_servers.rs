//! FHIR servers that are not Epic's: what the standards allow them to answer, over a socket.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::future::join_all;
use serde_json::{Value, json};
use shared::aws::connector::RequestCounter;
use shared::call_record::{MedicationsOutcome, PatientId};
use shared::deadline::Deadline;
use shared::fhir::{FhirClient, FhirError};
use shared::medication_list::MedicationList;
use shared::medications::{self, MedicationPolicy};
use shared::speech::Locale;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use url::Url;

use crate::fulfillment::caller::{CAMILA, world_with_token};
use crate::support::world::World;

/// What was asked of a server.
#[derive(Debug, Clone)]
struct Asked {
    method: String,
    /// With its query.
    path: String,
    encoding: Option<String>,
    body: String,
}

/// A FHIR server that answers by a rule, until the test is over.
struct Server {
    base_url: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
    task: AbortHandle,
}

impl Server {
    async fn answering(rule: impl Fn(&Asked, u16) -> (u16, Vec<u8>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let base_url = Url::parse(&format!("http://127.0.0.1:{port}/fhir/")).unwrap();
        let (asked, rule) = (Arc::new(Mutex::new(Vec::new())), Arc::new(rule));
        let seen = Arc::clone(&asked);
        let routes = Router::new().fallback(move |request: Request| {
            let (seen, rule) = (Arc::clone(&seen), Arc::clone(&rule));
            async move {
                let (parts, body) = request.into_parts();
                let asked = Asked {
                    method: parts.method.to_string(),
                    path: parts.uri.to_string(),
                    encoding: parts.headers.get("accept-encoding").map(|value| value.to_str().unwrap().to_owned()),
                    body: String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap(),
                };
                let (status, body) = rule(&asked, port);
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
                let response = Response::builder().status(StatusCode::from_u16(status).unwrap());
                response.header("content-type", "application/fhir+json;charset=UTF-8").body(Body::from(body)).unwrap()
            }
        });
        let task = tokio::spawn(async move { axum::serve(listener, routes).await }).abort_handle();
        Self { base_url, asked, task }
    }

    fn client(&self, world: &World) -> FhirClient {
        let http = shared::http::client().unwrap();
        FhirClient::new(http, self.base_url.clone(), world.access_token_source(), RequestCounter::default())
    }

    async fn medications(&self, world: &World) -> Result<MedicationList, FhirError> {
        let (fhir, patient) = (self.client(world), PatientId::parse(CAMILA).unwrap());
        let (policy, clock) = (MedicationPolicy::default(), world.clock.clock());
        match medications::read(&fhir, &patient, &policy, Locale::EnUs, &clock, deadline()).await? {
            MedicationsOutcome::Read { list } => Ok(list),
            MedicationsOutcome::Restricted => panic!("restricted"),
        }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
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

/// An order of Camila's.
fn order(id: &str) -> Value {
    json!({
        "resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
        "subject": {"reference": format!("Patient/{CAMILA}")},
        "medicationCodeableConcept": {"text": "testamine 10 mg tablet"},
        "dosageInstruction": [{"text": "Take 1 tablet by mouth daily"}],
    })
}

fn bundle(entries: &[Value], next: Option<&str>) -> Vec<u8> {
    let entries: Vec<_> = entries.iter().map(|resource| json!({"resource": resource})).collect();
    let link = next.map(|next| json!({"relation": "next", "url": next}));
    let links = link.into_iter().collect::<Vec<_>>();
    json!({"resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries}).to_string().into_bytes()
}

/// An outcome as HAPI's server writes it: no code of its own, and FHIR's most general one.
fn outcome(code: &str) -> Vec<u8> {
    let issue = json!({"severity": "error", "code": code, "diagnostics": "HAPI-0000: Jane Doe"});
    json!({"resourceType": "OperationOutcome", "issue": [issue]}).to_string().into_bytes()
}

/// FHIR (R4, "search", "using HTTP POST"): a server may take searches by one of the two and answer 405 to the other.
#[tokio::test]
async fn a_server_that_takes_no_search_by_post_is_asked_for_a_chart_by_get() {
    let world = world_with_token().await;
    for (status, body) in [(405, Vec::new()), (405, outcome("not-supported")), (501, b"<html>".to_vec())] {
        let server = Server::answering(move |asked, _| match asked.method.as_str() {
            "GET" => (200, bundle(&[order("n1")], None)),
            _ => (status, body.clone()),
        })
        .await;
        assert_eq!(server.medications(&world).await.map(|list| list.medications.len()), Ok(1), "{status}");
        let asked = server.asked();
        assert_eq!((asked[0].method.as_str(), asked[0].path.as_str()), ("POST", "/fhir/MedicationRequest/_search"));
        assert_eq!(asked[1].path, format!("/fhir/MedicationRequest?{}", asked[0].body));
        assert_eq!(asked.len(), 2, "and what won't help isn't tried again");
    }
}

/// RFC 9110, section 12.5.3: to who doesn't say which content codings it takes, a server may send any.
#[tokio::test]
async fn no_server_is_let_to_think_that_we_unpack_what_it_packs() {
    let world = world_with_token().await;
    let server = Server::answering(|_, _| (200, bundle(&[order("n1")], None))).await;
    server.medications(&world).await.unwrap();
    assert_eq!(server.asked()[0].encoding.as_deref(), Some("identity"));
}

/// RFC 8259, section 8.1: it must not be sent, and may be passed over.
#[tokio::test]
async fn a_byte_order_mark_before_an_answer_is_passed_over() {
    let world = world_with_token().await;
    let server =
        Server::answering(|_, _| (200, [b"\xEF\xBB\xBF", bundle(&[order("n1")], None).as_slice()].concat())).await;
    assert_eq!(server.medications(&world).await.map(|list| list.medications.len()), Ok(1));
}

#[tokio::test]
async fn an_outcome_that_only_says_that_something_went_wrong_means_what_its_status_means() {
    let world = world_with_token().await;
    for (status, error, requests) in [
        (403, FhirError::NotAuthorized { code: None }, 1),
        (400, FhirError::Status { status: 400 }, 1),
        (404, FhirError::Status { status: 404 }, 1),
        (429, FhirError::Status { status: 429 }, 2),
        (500, FhirError::Failure { code: None }, 2),
        (503, FhirError::Failure { code: None }, 2),
    ] {
        let server = Server::answering(move |_, _| (status, outcome("processing"))).await;
        assert_eq!(server.medications(&world).await, Err(error), "{status}");
        assert_eq!(server.asked().len(), requests, "{status}");
    }
}

#[tokio::test]
async fn a_next_page_is_found_however_its_link_is_written_and_whatever_the_page_before_holds() {
    let world = world_with_token().await;
    for (next, found) in [
        ("http://127.0.0.1:PORT/fhir?_getpages=1", true),
        ("HTTP://127.0.0.1:PORT/fhir/MedicationRequest?page=2", true),
        ("http://127.1:PORT/fhir/MedicationRequest?page=2", true),
        ("MedicationRequest?page=2", true),
        ("?page=2", true),
        ("/other/MedicationRequest?page=2", true),
        ("//127.0.0.1:PORT/fhir/MedicationRequest?page=2", true),
        ("https://127.0.0.1:PORT/fhir/MedicationRequest?page=2", false),
        ("//127.0.0.1:1/fhir/MedicationRequest?page=2", false),
        ("http://[", false),
    ] {
        for first in [Vec::new(), vec![order("n1")]] {
            let own = first.len();
            let server = Server::answering(move |asked, port| match asked.method.as_str() {
                "POST" => (200, bundle(&first, Some(&next.replace("PORT", &port.to_string())))),
                _ => (200, bundle(&[order("n2")], None)),
            })
            .await;
            let list = server.medications(&world).await.unwrap();
            assert_eq!((list.medications.len(), list.partial), (own + usize::from(found), !found), "{next}");
        }
    }
}

#[tokio::test]
async fn a_medication_that_was_entered_in_error_or_changed_by_what_we_do_not_know_names_nothing() {
    let world = world_with_token().await;
    let medication = |changes: Value| {
        let mut medication = json!({"resourceType": "Medication", "id": "m1", "code": {"text": "warfarin 5 mg"}});
        medication.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        medication
    };
    let unknown = json!([{"url": "http://example.org/not"}]);
    for (contained, name) in [
        (vec![medication(json!({"status": "active"}))], "warfarin 5 milligrams"),
        (vec![medication(json!({"status": "inactive"}))], "warfarin 5 milligrams"),
        (vec![medication(json!({})), medication(json!({}))], "warfarin 5 milligrams"),
        (vec![medication(json!({})), medication(json!({"code": {"text": "aspirin 81 mg"}}))], ""),
        (vec![medication(json!({"status": "entered-in-error"}))], ""),
        (vec![medication(json!({"status": ["active"]}))], ""),
        (vec![medication(json!({"implicitRules": "http://example.org/rules"}))], ""),
        (vec![medication(json!({"modifierExtension": unknown}))], ""),
        (vec![medication(json!({"ingredient": [{"modifierExtension": unknown}]}))], ""),
    ] {
        let mut order = order("n1");
        order["medicationCodeableConcept"] = Value::Null;
        order["medicationReference"] = json!({"reference": "#m1"});
        order["contained"] = json!(contained);
        let page = bundle(&[order], None);
        let server = Server::answering(move |_, _| (200, page.clone())).await;
        let list = server.medications(&world).await.unwrap();
        assert_eq!(list.medications[0].name.expose(), name, "{contained:?}");
        assert_eq!(list.medications[0].readable, !name.is_empty());
    }
}

#[tokio::test]
async fn what_the_server_labels_as_restricted_is_withheld_and_what_nobody_knows_the_status_of_may_be_missing() {
    let world = world_with_token().await;
    for (changes, withheld, partial) in [
        (json!({"meta": {"security": [{"code": "N"}]}}), false, false),
        (json!({"meta": {"security": [{"code": "R"}]}}), true, false),
        (json!({"meta": {"security": [{"code": "V"}]}, "status": "stopped"}), false, false),
        (json!({"status": "unknown"}), false, true),
        (json!({"status": "completed"}), false, false),
        (json!({"intent": "plan", "reportedBoolean": true}), false, true),
        (json!({"intent": "plan"}), false, false),
        (json!({"supportingInformation": "x".repeat(300_000)}), false, true),
    ] {
        let mut other = order("n2");
        other.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let page = bundle(&[order("n1"), other], None);
        let server = Server::answering(move |_, _| (200, page.clone())).await;
        let list = server.medications(&world).await.unwrap();
        assert_eq!((list.withheld, list.partial), (withheld, partial), "{:?}", list.left_out);
        assert_eq!(list.medications.len() + list.left_out.values().sum::<usize>(), 2);
    }
}

/// Promise 8: what takes the longer to be read, the longer it is, isn't read where nobody writes so much.
#[tokio::test]
async fn texts_of_a_length_that_nobody_writes_are_not_read() {
    let world = world_with_token().await;
    let orders = (0..30).map(|number| {
        let mut order = order(&number.to_string());
        let text = "take 1 tablet daily ".repeat(3_000);
        order["dosageInstruction"] = json!([{"text": text, "patientInstruction": format!("{text}{text}")}]);
        order["medicationCodeableConcept"]["coding"] = json!([{"display": "warfarin ".repeat(5_000)}]);
        order
    });
    let page = bundle(&orders.collect::<Vec<_>>(), None);
    let server = Server::answering(move |_, _| (200, page.clone())).await;
    let list = server.medications(&world).await.unwrap();
    assert_eq!(list.medications.iter().filter(|medication| !medication.readable).count(), 30);
}

/// How many connections a client has before one of them is gone.
const AT_ONCE: usize = 4;

/// How a server ends a connection that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// As soon as it has answered.
    AtOnce,
    /// When it is asked again, as what stands between does that has forgotten the connection.
    WhenAsked,
}

/// A server that answers once on each connection, and ends it without saying so before; how many connections it had.
async fn forgetful_server(ends: Ends) -> (Url, Arc<Mutex<usize>>, AbortHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = Url::parse(&format!("http://{}/fhir/", listener.local_addr().unwrap())).unwrap();
    let connections = Arc::new(Mutex::new(0));
    let count = Arc::clone(&connections);
    let task = tokio::spawn(async move {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            *count.lock().unwrap() += 1;
            let count = Arc::clone(&count);
            tokio::spawn(async move {
                let mut asked = [0; 8192];
                let read = connection.read(&mut asked).await.unwrap();
                // All are there before one is answered, so that each has a connection of its own.
                while *count.lock().unwrap() < AT_ONCE {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                let path = String::from_utf8_lossy(&asked[..read]).split(' ').nth(1).unwrap().to_owned();
                let id = path.rsplit('/').next().unwrap();
                let body = json!({"resourceType": "Medication", "id": id}).to_string();
                let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                connection.write_all(answer.as_bytes()).await.unwrap();
                if ends == Ends::WhenAsked {
                    let _ = connection.read(&mut asked[..1]).await;
                }
            });
        }
    });
    (base_url, connections, task.abort_handle())
}

#[tokio::test]
async fn connections_that_were_kept_and_are_gone_cost_no_answer() {
    let world = world_with_token().await;
    for ends in [Ends::AtOnce, Ends::WhenAsked] {
        let (base_url, connections, task) = forgetful_server(ends).await;
        let http = shared::http::client().unwrap();
        let fhir = FhirClient::new(http, base_url, world.access_token_source(), RequestCounter::default());
        let at_once = join_all(["m1", "m2", "m3", "m4"].map(|id| fhir.read("Medication", id, deadline()))).await;
        assert!(at_once.iter().all(Result::is_ok), "{at_once:?}");
        assert_eq!(*connections.lock().unwrap(), AT_ONCE);
        let again = fhir.read("Medication", "m5", deadline()).await;
        assert!(again.is_ok(), "{ends:?}: {:?}", again.err());
        task.abort();
    }
}
