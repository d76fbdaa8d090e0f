//! How the server answers the search for medications: pages, failures, restrictions, lies about what was asked.

use std::collections::BTreeMap;
use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::Kind;
use epic_simulator::site::{PostSearch, RestrictedAnswer};
use futures_util::future::join_all;
use serde_json::json;
use shared::aws::connector::RequestCounter;
use shared::call_record::{MedicationsOutcome, PatientId};
use shared::deadline::Deadline;
use shared::fhir::{FhirClient, FhirError};
use shared::medication_list::LeftOut;
use shared::medications::{self, MedicationPolicy};
use shared::speech::Locale;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::timeout;
use url::Url;

use super::{CAMILA, names, order};
use crate::support::world::World;

#[tokio::test]
async fn a_server_that_ignores_the_search_is_not_believed() {
    let world = World::working().await;
    world.epic.control().site(|site| site.post_search = PostSearch::IgnoresBodyUnfiltered);
    let list = world.list(CAMILA).await;
    assert_eq!(list.medications.len(), 1);
    assert_eq!(list.left_out[&LeftOut::ForeignPatient], 1745);
    assert!(list.partial);
}

#[tokio::test]
async fn an_epic_that_does_not_read_the_form_is_asked_by_get() {
    let world = World::working().await;
    world.epic.control().site(|site| site.post_search = PostSearch::IgnoresBody);
    assert_eq!(world.list(CAMILA).await.medications.len(), 1);
    let requests = world.epic.requests();
    let sent = requests.fhir_of("MedicationRequest").map(|request| (request.method.as_str(), request.query_parameters));
    assert_eq!(sent.collect::<Vec<_>>(), [("POST", false), ("GET", true)], "never both ways at once");
}

#[tokio::test]
async fn all_pages_are_read_and_an_order_on_two_of_them_is_one() {
    let world = World::working().await;
    for number in 0..7 {
        world.order(&format!("n{number}"), json!({}));
    }
    world.epic.control().put_in_chart(CAMILA, order("n3", json!({})));
    world.epic.control().site(|site| site.page_size = 2);
    let list = world.list(CAMILA).await;
    assert_eq!(names(&list).len(), 8);
    assert_eq!(list.left_out[&LeftOut::Duplicate], 1);
    assert_eq!(world.epic.requests().count("MedicationRequest", Kind::Page), 4);
    assert!(!list.partial);
}

#[tokio::test]
async fn pages_that_expire_are_searched_for_again() {
    let world = World::working().await;
    for number in 0..3 {
        world.order(&format!("n{number}"), json!({}));
    }
    world.epic.control().site(|site| site.page_size = 2);
    let expired = Fault::Outcome { status: 400, code: 4113 };
    world.epic.control().fault(Endpoint::Page, expired, Times::Next(1));
    let list = world.list(CAMILA).await;
    assert_eq!((list.medications.len(), list.partial), (4, false));
    assert_eq!(world.epic.requests().count("MedicationRequest", Kind::Search), 2);
}

#[tokio::test]
async fn paging_that_cannot_go_on_leaves_a_list_that_says_so() {
    for bend in [
        |world: &World| world.epic.control().lie_endlessly(),
        |world: &World| {
            world.epic.control().lie_about_next_link("https://elsewhere.example.org/MedicationRequest?page=2")
        },
        |world: &World| world.epic.control().lie_about_next_link("http://127.0.0.1:1/MedicationRequest?page=2"),
        |world: &World| {
            world.epic.control().site(|site| site.page_size = 1);
            world.epic.control().fault(Endpoint::Page, Fault::Status(500), Times::Always);
        },
        |world: &World| {
            world.epic.control().site(|site| site.page_size = 1);
            world.epic.control().fault(Endpoint::Page, Fault::Truncated, Times::Always);
        },
    ] {
        let world = World::working().await;
        world.order("n1", json!({}));
        bend(&world);
        let list = world.list(CAMILA).await;
        assert!(list.partial && !list.medications.is_empty());
        assert!(world.epic.requests().fhir.len() <= medications::PAGE_LIMIT);
    }
}

#[tokio::test]
async fn an_answer_of_fewer_matches_than_it_says_there_are_is_partial() {
    let found = |total: serde_json::Value, modes: &[&str]| {
        let entries = modes.iter().enumerate().map(|(number, mode)| {
            let resource = match *mode {
                "include" => json!({"resourceType": "Medication", "id": format!("m{number}")}),
                "outcome" => json!({"resourceType": "OperationOutcome", "issue": []}),
                _ => order(&format!("n{number}"), json!({})),
            };
            json!({"resource": resource, "search": {"mode": mode}})
        });
        let bundle = json!({"resourceType": "Bundle", "type": "searchset", "total": total,
            "entry": entries.collect::<Vec<_>>()});
        Fault::Answer { status: 200, content_type: "application/fhir+json".to_owned(), body: bundle.to_string() }
    };
    for (answer, partial) in [
        (found(json!(250), &["match"; 100]), true),
        (found(json!(2), &["match", "include", "outcome"]), true),
        (found(json!(1), &["match", "include", "outcome"]), false),
        // Epic may count before it filters, or not at all; no total is an error.
        (found(json!(0), &["match"]), false),
        (found(json!("many"), &["match"]), false),
        (found(json!(-1), &["match"]), false),
        (found(json!(null), &["match"]), false),
    ] {
        let world = World::working().await;
        world.epic.control().fault(Endpoint::MedicationRequest, answer, Times::Next(1));
        assert_eq!(world.list(CAMILA).await.partial, partial);
    }
}

#[tokio::test]
async fn a_warning_makes_the_list_partial_and_finding_nothing_does_not() {
    for code in [4119, 59204, 59101] {
        let world = World::working().await;
        world.epic.control().site(|site| site.warnings = vec![code]);
        let list = world.list(CAMILA).await;
        assert!(list.partial && list.medications.len() == 1, "{code}");
    }
    let world = World::working().await;
    world.epic.control().change("MedicationRequest", "ePDJ.zsf3Jfg2.MKkAMgW9EcIbsaiB.y-OTrPS5v2h8Q3", |order| {
        order["status"] = json!("stopped");
    });
    let list = world.list(CAMILA).await;
    assert!(!list.partial && list.medications.is_empty());
    assert_eq!(list.left_out, BTreeMap::from([(LeftOut::OtherResource, 1)]), "the outcome that says so");
}

#[tokio::test]
async fn a_restricted_chart_is_an_outcome_of_its_own_and_not_asked_for_again() {
    for answer in
        [RestrictedAnswer::Refused { code: 4130 }, RestrictedAnswer::Refused { code: 4131 }, RestrictedAnswer::InBundle]
    {
        let world = World::working().await;
        world.epic.control().restrict_medications(CAMILA);
        world.epic.control().site(|site| site.restricted_answer = answer);
        assert_eq!(world.medications(CAMILA).await, Ok(MedicationsOutcome::Restricted));
        assert_eq!(world.epic.requests().fhir.len(), 1);
    }
}

#[tokio::test]
async fn a_failure_is_tried_once_more_and_then_told_for_what_it_is() {
    let answers = |fault: Fault| async move {
        let world = World::working().await;
        world.epic.control().fault(Endpoint::MedicationRequest, fault, Times::Always);
        let error = world.medications(CAMILA).await.unwrap_err();
        (error, world.epic.requests().fhir.len())
    };
    assert_eq!(answers(Fault::Status(503)).await, (FhirError::Status { status: 503 }, 2));
    assert_eq!(answers(Fault::Status(429)).await, (FhirError::Status { status: 429 }, 2));
    assert_eq!(answers(Fault::Status(403)).await, (FhirError::NotAuthorized { code: None }, 1));
    assert_eq!(
        answers(Fault::Outcome { status: 403, code: 4118 }).await,
        (FhirError::NotAuthorized { code: Some(4118) }, 1)
    );
    assert_eq!(
        answers(Fault::Outcome { status: 400, code: 4100 }).await,
        (FhirError::BadRequest { code: Some(4100) }, 1)
    );
    assert_eq!(
        answers(Fault::Outcome { status: 200, code: 59177 }).await,
        (FhirError::Failure { code: Some(59177) }, 1)
    );
    assert_eq!(answers(Fault::Status(302)).await, (FhirError::Status { status: 302 }, 1));
    assert!(matches!(answers(Fault::Truncated).await, (FhirError::NotJson(_), 1)));
}

#[tokio::test]
async fn a_server_that_wants_to_be_asked_again_in_ages_is_not_waited_for() {
    let world = World::working().await;
    let busy = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = Url::parse(&format!("http://{}/", busy.local_addr().unwrap())).unwrap();
    let server = tokio::spawn(async move {
        let (mut connection, _) = busy.accept().await.unwrap();
        assert!(connection.read(&mut [0; 4096]).await.unwrap() > 0);
        let answer = format!("HTTP/1.1 503 Busy\r\nRetry-After: {}\r\nContent-Length: 0\r\n\r\n", u64::MAX);
        connection.write_all(answer.as_bytes()).await.unwrap();
    });
    let http = shared::http::client().unwrap();
    let fhir = FhirClient::new(http, base_url, world.access_token_source(), RequestCounter::default());
    let answer = fhir.read("Medication", "m1", Deadline::within(Duration::from_secs(12))).await;
    assert_eq!(answer, Err(FhirError::Status { status: 503 }));
    server.await.unwrap();
}

#[tokio::test]
async fn one_failure_that_passes_is_not_noticed() {
    for fault in [Fault::Status(503), Fault::Drop] {
        let world = World::working().await;
        world.epic.control().fault(Endpoint::MedicationRequest, fault, Times::Next(1));
        assert_eq!(world.list(CAMILA).await.medications.len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_never_answers_takes_no_longer_than_the_budget() {
    // Longer than a caller waits for less, so that both tries have time on a machine that is busy.
    const BUDGET: Duration = Duration::from_secs(6);
    let answers = [Fault::Hang, Fault::Stall, Fault::Drip].map(async |fault| {
        let world = World::working().await;
        // The token is there: what is measured is the FHIR request.
        world.access_token_source().usable(Deadline::within(Duration::from_secs(12))).await.unwrap();
        world.epic.control().fault(Endpoint::MedicationRequest, fault.clone(), Times::Always);
        let (fhir, patient) = (world.fhir_client(), PatientId::parse(CAMILA).unwrap());
        let (policy, clock) = (MedicationPolicy::default(), world.clock.clock());
        let read = medications::read(&fhir, &patient, &policy, Locale::EnUs, &clock, Deadline::within(BUDGET));
        // By the clock that its own time-outs run on, and asked first: that nothing runs for a while is no fault of it.
        let read = timeout(BUDGET, read).await;
        assert_eq!(read, Ok(Err(FhirError::Timeout)), "{fault:?}");
        assert_eq!(world.epic.requests().fhir.len(), 2, "{fault:?}: the first try leaves time for a second");
    });
    join_all(answers).await;
}

#[tokio::test]
async fn a_token_that_epic_revoked_is_replaced_within_the_call() {
    let world = World::working().await;
    assert_eq!(world.list(CAMILA).await.medications.len(), 1);
    world.epic.control().revoke_tokens();
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(world.list(CAMILA).await.medications.len(), 1);
    assert_eq!(world.epic.requests().tokens_granted(), 2);
}
