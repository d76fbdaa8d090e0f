//! When is the next appointment: from the record, from the worker a moment later, from Epic; and for nobody without a valid
//! record.

use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::Kind;
use serde_json::json;
use shared::appointment_list::{AppointmentList, Attendee, UpcomingAppointment};
use shared::call_record::store::Written;
use shared::call_record::{AppointmentsOutcome, MedicationsOutcome};
use shared::phi::Phi;
use shared::speech::en_us::DIALOG;
use tokio::time::timeout;

use super::caller::{CAMILA, Caller, Footprint};
use crate::support::aws::Fault as AwsFault;
use crate::support::world::{World, missing};

const NONE: &str = "I found no upcoming appointments. This comes from your hospital's record";

/// A world whose site tells appointments, with a token in its table.
async fn world() -> World {
    let world = World::with_appointments().await;
    world.clock.to_ten_past();
    world.refresh(missing()).await.unwrap();
    world
}

/// One appointment, in two days.
fn list(world: &World) -> AppointmentsOutcome {
    let now = world.clock.clock().now();
    AppointmentsOutcome::Read {
        list: AppointmentList {
            next: vec![UpcomingAppointment {
                starts_at: Phi::new(now + Duration::from_secs(2 * 24 * 3600)),
                at_the_clinic: Phi::new("2026-12-01T10:30".parse().unwrap()),
                in_another_year: false,
                with: vec![Attendee { name: Phi::new("Maria Lopez".to_owned()), is_doctor: true }],
                place: None,
            }],
            more: 0,
            partial: false,
            left_out: Default::default(),
            read_at: now,
        },
    }
}

async fn store(caller: &Caller<'_>, appointments: &AppointmentsOutcome) {
    let (store, now) = (caller.world.call_store(), caller.world.clock.clock().now());
    let record = store.read(&caller.call(), now).await.unwrap().unwrap();
    assert_eq!(
        store.write_appointments(&caller.call(), appointments, record.caller.expires_at).await.unwrap(),
        Written::Stored
    );
}

#[tokio::test]
async fn prefetched_appointments_cost_one_request() {
    let world = world().await;
    let mut caller = Caller::verified(&world).await;
    store(&caller, &list(&world)).await;
    for _ in 0..2 {
        let (heard, footprint) = caller.footprint(async |caller| caller.say("NextAppointment").await).await;
        let said =
            "Your next appointment is on Tuesday, December first, at 10:30 in the morning, with Doctor Maria Lopez.";
        assert!(heard.text.starts_with(said), "{}", heard.text);
        assert_eq!(heard.action, "ElicitIntent");
        assert_eq!(footprint, Footprint { fhir: Vec::new(), aws: vec!["dynamodb:Query".to_owned()] });
    }
    // And again, as it was told.
    let repeated = caller.say("Repeat").await;
    assert!(repeated.text.starts_with("Your next appointment is on Tuesday"), "{}", repeated.text);
}

#[tokio::test]
async fn appointments_that_nobody_prefetched_are_read_live_and_kept() {
    let world = world().await;
    world.book("One", 24);
    world.book("Two", 48);
    let mut caller = Caller::verified(&world).await;
    let live = caller.say("NextAppointment").await;
    assert!(
        live.text.contains("with Doctor One, at EMC Family Medicine. After that, you have one on"),
        "{}",
        live.text
    );
    assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 1);
    let (again, footprint) = caller.footprint(async |caller| caller.say("NextAppointment").await).await;
    assert_eq!(again.text, live.text);
    assert_eq!((footprint.fhir.len(), footprint.aws.len()), (0, 1));
    // The other answers of the line are none the worse for it.
    assert!(caller.say("ListMedications").await.text.contains("drospirenone"));
}

#[tokio::test]
async fn appointments_that_come_within_a_second_are_waited_for() {
    let world = world().await;
    let mut caller = Caller::verified(&world).await;
    let (store, call, appointments) = (world.call_store(), caller.call(), list(&world));
    let expires_at = world.clock.clock().now() + Duration::from_secs(1200);
    // They come when the turn has found that they aren't there.
    world.aws.fail("dynamodb:Query", AwsFault::Hold, 1);
    let worker = async {
        world.aws.held().await;
        assert_eq!(store.write_appointments(&call, &appointments, expires_at).await.unwrap(), Written::Stored);
        world.aws.release();
    };
    let (heard, ()) = tokio::join!(caller.say("NextAppointment"), worker);
    assert!(heard.text.contains("Maria Lopez"), "{}", heard.text);
    assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 0);
}

#[tokio::test]
async fn none_is_said_with_the_word_that_the_record_may_not_show_everything() {
    let world = world().await;
    let mut caller = Caller::verified(&world).await;
    let heard = caller.say("NextAppointment").await;
    assert!(heard.text.starts_with(NONE), "{}", heard.text);
    assert_eq!(heard.action, "ElicitIntent");
}

#[tokio::test]
async fn a_restricted_chart_is_told_in_the_very_words_of_an_outage() {
    let mut heard = Vec::new();
    for bend in ["medications", "appointments", "everything", "outage", "not-authorised", "unavailable"] {
        let world = world().await;
        let mut caller = Caller::verified(&world).await;
        // Nobody is waited for.
        world.clock.advance(Duration::from_secs(61));
        match bend {
            "medications" => {
                let (store, expires_at) = (world.call_store(), world.clock.clock().now() + Duration::from_secs(600));
                assert_eq!(
                    store.write_medications(&caller.call(), &MedicationsOutcome::Restricted, expires_at).await.unwrap(),
                    Written::Stored
                );
            }
            "appointments" => self::store(&caller, &AppointmentsOutcome::Restricted).await,
            "unavailable" => self::store(&caller, &AppointmentsOutcome::Unavailable).await,
            "everything" => world.epic.control().restrict(CAMILA),
            "outage" => world.epic.control().fault(Endpoint::Appointment, Fault::Status(500), Times::Always),
            _ => world.epic.control().fault(Endpoint::Appointment, Fault::Status(403), Times::Always),
        }
        let answer = caller.say("NextAppointment").await;
        assert_eq!(answer.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person), "{bend}");
        heard.push((answer.action, answer.status));
    }
    assert!(heard.iter().all(|one| *one == ("Close".to_owned(), Some("person".to_owned()))), "{heard:?}");
}

#[tokio::test]
async fn appointments_that_epic_lets_nobody_read_are_asked_for_once_and_a_failure_that_passes_again() {
    let world = world().await;
    let mut caller = Caller::verified(&world).await;
    world.clock.advance(Duration::from_secs(61));
    world.epic.control().fault(Endpoint::Appointment, Fault::Status(403), Times::Always);
    let first = caller.say("NextAppointment").await;
    assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 1);
    world.epic.control().heal();
    let (again, footprint) = caller.footprint(async |caller| caller.say("NextAppointment").await).await;
    assert_eq!(again, first);
    assert_eq!(footprint, Footprint { fhir: Vec::new(), aws: vec!["dynamodb:Query".to_owned()] });
    // The medications are none the worse for it.
    assert!(caller.say("ListMedications").await.text.contains("drospirenone"));

    let mut caller = Caller::verified(&world).await;
    world.clock.advance(Duration::from_secs(61));
    world.epic.control().fault(Endpoint::Appointment, Fault::Status(503), Times::Next(2));
    assert_eq!(caller.say("NextAppointment").await, first);
    assert!(caller.say("NextAppointment").await.text.starts_with(NONE));
}

#[tokio::test]
async fn an_epic_that_hangs_is_given_up_within_the_budget() {
    let world = world().await;
    let mut caller = Caller::verified(&world).await;
    world.clock.advance(Duration::from_secs(61));
    world.epic.control().hang(Endpoint::Appointment);
    let heard = timeout(Duration::from_secs(12), caller.say("NextAppointment")).await.expect("within the budget");
    assert!(heard.text.starts_with(DIALOG.outage), "{}", heard.text);
}

#[tokio::test]
async fn nobody_without_a_valid_record_hears_of_appointments() {
    let world = world().await;
    world.book("One", 24);
    let mut caller = Caller::verified(&world).await;
    world.clock.advance(Duration::from_secs(24 * 3600));
    let heard = caller.say("NextAppointment").await;
    assert_eq!((heard.text.as_str(), heard.status.as_deref()), (DIALOG.verify_first, Some("required")));
    caller.attributes.insert("callReference".to_owned(), json!("A".repeat(43)));
    assert_eq!(caller.say("NextAppointment").await.text, DIALOG.verify_first);
    assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 0);
}

#[tokio::test]
async fn a_line_that_tells_no_appointments_says_so_and_goes_on() {
    let world = super::caller::world_with_token().await;
    let mut caller = Caller::verified(&world).await;
    let (heard, footprint) = caller.footprint(async |caller| caller.say("NextAppointment").await).await;
    assert!(heard.text.starts_with(DIALOG.appointments.not_here), "{}", heard.text);
    assert_eq!((heard.action.as_str(), footprint.fhir.len(), footprint.aws.len()), ("ElicitIntent", 0, 0));
    assert!(caller.say("ListMedications").await.text.contains("drospirenone"));
}

#[tokio::test]
async fn a_site_that_speaks_stu3_is_answered_live_in_stu3() {
    let world = World::with_appointments().await;
    world.set("fhir_base_url", json!(world.epic.stu3_base_url()));
    world.set("fhir_version", json!("STU3"));
    world.clock.to_ten_past();
    world.refresh(missing()).await.unwrap();
    world.book("One", 24);
    let mut caller = Caller::verified(&world).await;
    assert!(caller.say("ListMedications").await.text.contains("drospirenone"));
    assert!(caller.say("NextAppointment").await.text.contains("with Doctor One"));
    let requests = world.epic.requests();
    assert_eq!(requests.count("MedicationStatement", Kind::Search), 1);
    assert_eq!(
        (requests.count("Appointment", Kind::Search), requests.count("MedicationRequest", Kind::Search)),
        (1, 0)
    );
}
