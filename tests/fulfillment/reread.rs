//! A call's record that was read once, and can't be read again in the same turn: the chart is told all the same.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault as EpicFault, Times};
use epic_simulator::requests::Kind;
use shared::appointment_list::AppointmentList;
use shared::call_record::store::Written;
use shared::call_record::{AppointmentsOutcome, CallReference, MedicationsOutcome};
use shared::medication_list::MedicationList;
use shared::speech::en_us::DIALOG;

use super::caller::Caller;
use crate::support::aws::Fault;
use crate::support::world::{World, missing};

/// What is asked, where Epic is asked for it, and words of the answer from Epic.
const QUESTIONS: [(&str, Endpoint, &str, &str); 2] = [
    ("ListMedications", Endpoint::MedicationRequest, "MedicationRequest", "drospirenone"),
    ("NextAppointment", Endpoint::Appointment, "Appointment", "Doctor One"),
];
/// The lists are read live as soon as this has passed: nobody is waited for.
const NOBODY_IS_AT_IT: Duration = Duration::from_secs(61);

/// A world in which Camila has an order and an appointment, and a token is stored.
async fn world() -> World {
    let world = World::with_appointments().await;
    world.refresh(missing()).await.unwrap();
    world.book("One", 24);
    world
}

/// Lets the next read of a call pass, and fails those after it.
fn fail_after_one_read(world: &World) {
    world.aws.fail("dynamodb:Query", Fault::Delay(Duration::ZERO), 1);
    world.aws.fail("dynamodb:Query", Fault::Error(500, "InternalServerError"), usize::MAX);
}

/// Stores lists with nothing in them, as another who has just read the chart.
async fn store_others(world: &World, call: &CallReference) {
    let (store, now) = (world.call_store(), world.clock.clock().now());
    let list = MedicationList {
        medications: Vec::new(),
        partial: false,
        withheld: false,
        left_out: BTreeMap::new(),
        read_at: now,
    };
    let medications = MedicationsOutcome::Read { list };
    let list = AppointmentList { next: Vec::new(), more: 0, partial: false, left_out: BTreeMap::new(), read_at: now };
    let appointments = AppointmentsOutcome::Read { list };
    let expires_at = now + Duration::from_secs(600);
    assert_eq!(store.write_medications(call, &medications, expires_at).await.unwrap(), Written::Stored);
    assert_eq!(store.write_appointments(call, &appointments, expires_at).await.unwrap(), Written::Stored);
}

#[tokio::test]
async fn where_the_workers_list_cannot_be_looked_for_the_chart_is_read_live() {
    for (intent, _, _, said) in QUESTIONS {
        let world = world().await;
        let mut caller = Caller::verified(&world).await;
        fail_after_one_read(&world);
        let heard = caller.say(intent).await;
        assert!(heard.text.contains(said) && heard.action == "ElicitIntent", "{}", heard.text);
    }
}

#[tokio::test]
async fn what_was_read_live_is_told_where_what_another_stored_meanwhile_cannot_be_read() {
    for (intent, endpoint, resource_type, said) in QUESTIONS {
        let world = world().await;
        let mut caller = Caller::verified(&world).await;
        world.clock.advance(NOBODY_IS_AT_IT);
        world.epic.control().fault(endpoint, EpicFault::Hold, Times::Next(1));
        fail_after_one_read(&world);
        let call = caller.call();
        let other = async {
            world.epic.until(|requests| requests.count(resource_type, Kind::Search) == 1).await;
            store_others(&world, &call).await;
            world.epic.control().release();
            pending::<Infallible>().await
        };
        let heard = tokio::select! { heard = caller.say(intent) => heard, never = other => match never {} };
        assert!(heard.text.contains(said) && heard.action == "ElicitIntent", "{}", heard.text);
    }
}

/// Promise 11 holds where the record could not be read again, too.
#[tokio::test]
async fn a_record_that_expires_while_it_cannot_be_read_is_gone() {
    for (intent, endpoint, resource_type, _) in QUESTIONS {
        let world = world().await;
        let mut caller = Caller::verified(&world).await;
        world.epic.control().fault(endpoint, EpicFault::Hold, Times::Next(1));
        fail_after_one_read(&world);
        let time = async {
            world.epic.until(|requests| requests.count(resource_type, Kind::Search) == 1).await;
            world.clock.advance(Duration::from_secs(20 * 60));
            world.epic.control().release();
            pending::<Infallible>().await
        };
        let heard = tokio::select! { heard = caller.say(intent) => heard, never = time => match never {} };
        assert_eq!((heard.text.as_str(), heard.status.as_deref()), (DIALOG.verify_first, Some("required")));
    }
}
