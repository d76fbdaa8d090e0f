//! Appointments: what a chart's become, and how prefetch-worker reads them beside the medications.

use std::time::Duration;

use epic_simulator::control::entry;
use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::Kind;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::{Context, LambdaEvent};
use prefetch_worker::PrefetchWorker;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use shared::appointment_list::{AppointmentList, NotUpcoming};
use shared::appointments;
use shared::aws::Aws;
use shared::aws::connector::RequestCounter;
use shared::call_record::store::Written;
use shared::call_record::{
    AppointmentsOutcome, CallRecord, CallReference, MedicationsOutcome, PatientId, VerifiedCaller,
};
use shared::deadline::Deadline;
use shared::fhir::{FhirClient, FhirError, FhirVersion};
use shared::prefetch_job::{PrefetchJob, VERSION};
use shared::randomness::Randomness;
use shared::speech::Locale;
use url::Url;

use crate::support::aws::Fault as AwsFault;
use crate::support::world::World;

/// Camila Lopez of Epic's sandbox.
pub const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";
/// What the functions ask for where appointments are told.
const SCOPES: &str = "system/Patient.rs system/MedicationRequest.rs system/MedicationStatement.rs \
                      system/Medication.rs system/Appointment.rs";

/// An appointment of Camila's so many hours from now, with `changes`.
pub fn appointment(now: Timestamp, id: &str, hours: i64, changes: Value) -> Value {
    let start = now.saturating_add(SignedDuration::from_hours(hours)).unwrap();
    let mut appointment = json!({
        "resourceType": "Appointment",
        "id": id,
        "status": "booked",
        "start": start.to_string(),
        "participant": [
            {"actor": {"reference": format!("Patient/{CAMILA}"), "display": "Lopez, Camila"}, "status": "accepted"},
            {"actor": {"reference": "Practitioner/d1", "display": format!("Doctor {id}, MD")}, "status": "accepted"},
            {"actor": {"reference": "Location/l1", "display": "EMC FAMILY MEDICINE [10501101]"}, "status": "accepted"},
        ],
    });
    for (name, value) in changes.as_object().unwrap() {
        appointment[name] = value.clone();
    }
    appointment
}

impl World {
    /// A world whose site tells appointments.
    pub async fn with_appointments() -> Self {
        let world = Self::working().await;
        world.set("time_zone", json!("America/Chicago"));
        world.set("scopes", json!(SCOPES));
        world.deploy_token_refresher();
        world
    }

    /// Books an appointment of Camila's so many hours from now.
    pub fn book(&self, id: &str, hours: i64) {
        self.epic.control().put(appointment(self.clock.clock().now(), id, hours, json!({})));
    }

    async fn appointments(&self, version: FhirVersion) -> Result<AppointmentsOutcome, FhirError> {
        let base_url = match version {
            FhirVersion::R4 => self.epic.fhir_base_url(),
            FhirVersion::Stu3 => self.epic.stu3_base_url(),
        };
        let (base_url, http) = (Url::parse(&base_url).unwrap(), shared::http::client().unwrap());
        let fhir = FhirClient::new(http, base_url, self.access_token_source(), RequestCounter::default());
        let (patient, zone) = (PatientId::parse(CAMILA).unwrap(), TimeZone::get("America/Chicago").unwrap());
        let deadline = Deadline::within(Duration::from_secs(12));
        appointments::read(&fhir.speaking(version), &patient, &zone, &self.clock.clock(), deadline).await
    }

    async fn appointment_list(&self, version: FhirVersion) -> AppointmentList {
        list_of(self.appointments(version).await.unwrap())
    }

    /// Opens a call of Camila's, and gives a worker of its own the job for it; whether the message failed.
    pub async fn prefetch(&self, call: &CallReference) -> bool {
        let http = shared::http::client().unwrap();
        let aws = Aws::from_environment(&self.environment, &http).unwrap();
        let config = prefetch_worker::config::Config::from_environment(&self.environment).unwrap();
        let worker = PrefetchWorker::new(config, &aws, http, self.clock.clock());
        let job = PrefetchJob {
            version: VERSION,
            connection: self.connection.clone(),
            call: call.clone(),
            enqueued_at: self.clock.clock().now(),
        };
        let event = json!({"Records": [{"messageId": "m0", "body": job.to_message()}]}).to_string();
        let event = LambdaEvent::new(RawValue::from_string(event).unwrap(), Context::default());
        !prefetch_worker::handle(&worker, event).await.unwrap().batch_item_failures.is_empty()
    }

    pub async fn open(&self) -> CallReference {
        let (call, now) = (CallReference::new(&Randomness::system()), self.clock.clock().now());
        let caller = VerifiedCaller {
            connection: self.connection.clone(),
            patient: PatientId::parse(CAMILA).unwrap(),
            locale: Locale::EnUs,
            verified_by: vec!["phone".to_owned()],
            verified_at: now,
            expires_at: now + Duration::from_secs(600),
        };
        assert_eq!(self.call_store().open(&call, &caller).await.unwrap(), Written::Stored);
        call
    }

    pub async fn call_record(&self, call: &CallReference) -> CallRecord {
        self.call_store().read(call, self.clock.clock().now()).await.unwrap().unwrap()
    }
}

fn list_of(outcome: AppointmentsOutcome) -> AppointmentList {
    match outcome {
        AppointmentsOutcome::Read { list } => list,
        AppointmentsOutcome::Restricted => panic!("restricted"),
        AppointmentsOutcome::Unavailable => panic!("unavailable"),
    }
}

/// Whom the appointments are with, which tells them apart.
fn with(list: &AppointmentList) -> Vec<&str> {
    list.next.iter().flat_map(|appointment| &appointment.with).map(|with| with.name.expose().as_str()).collect()
}

#[tokio::test]
async fn the_next_three_are_told_in_their_order_and_the_others_counted_in_both_versions() {
    for version in [FhirVersion::R4, FhirVersion::Stu3] {
        let world = World::with_appointments().await;
        for (id, hours) in [("Five", 500), ("Two", 48), ("One", 24), ("Four", 400), ("Three", 72), ("Past", -1)] {
            world.book(id, hours);
        }
        let now = world.clock.clock().now();
        let control = world.epic.control();
        control.put(appointment(now, "Cancelled", 5, json!({"status": "cancelled"})));
        // Epic's pages are short, and R4's search knows neither date nor status.
        control.site(|site| site.page_size = 2);
        let list = world.appointment_list(version).await;
        assert_eq!(with(&list), ["One", "Two", "Three"], "{version:?}");
        assert_eq!((list.more, list.partial), (2, false), "{:?}", list.left_out);
        assert_eq!(list.next[0].place.as_ref().unwrap().expose(), "EMC Family Medicine");
        assert!(world.epic.requests().count("Appointment", Kind::Page) > 0);
    }
}

#[tokio::test]
async fn what_a_lying_server_puts_among_the_appointments_is_dropped_and_counted() {
    for version in [FhirVersion::R4, FhirVersion::Stu3] {
        let world = World::with_appointments().await;
        let now = world.clock.clock().now();
        let of = |patient: &str| json!([{"actor": {"reference": patient}, "status": "accepted"}]);
        let lie = |id: &str, hours: i64, changes: Value| entry(appointment(now, id, hours, changes));
        world.epic.control().lie_with_entries(vec![
            lie("Foreign", 1, json!({"participant": of("Patient/somebody-else")})),
            lie(
                "Elsewhere",
                2,
                json!({"participant": of("https://elsewhere.example.org/Patient/erXuFYUfucBZaryVksYEcMg3")}),
            ),
            lie("Nobodys", 3, json!({"participant": []})),
            lie("Cancelled", 4, json!({"status": "cancelled"})),
            lie("Over", -48, json!({})),
            lie("Odd", 5, json!({"start": "tomorrow"})),
            lie("Changed", 6, json!({"modifierExtension": [{"url": "http://example.org/not"}]})),
            lie("Mine", 7, json!({})),
            lie("Mine", 7, json!({})),
        ]);
        let list = world.appointment_list(version).await;
        assert_eq!(with(&list), ["Mine"], "{version:?}");
        let expected = [
            (NotUpcoming::OtherResource, 1),
            (NotUpcoming::ForeignPatient, 3),
            (NotUpcoming::Malformed, 2),
            (NotUpcoming::NotBooked, 1),
            (NotUpcoming::Past, 1),
            (NotUpcoming::Duplicate, 1),
        ];
        assert_eq!(list.left_out.into_iter().collect::<Vec<_>>(), expected, "nothing was found, says the server too");
        assert!(list.partial);
    }
}

#[tokio::test]
async fn an_epic_that_does_not_read_forms_is_asked_by_url() {
    let world = World::with_appointments().await;
    world.book("One", 24);
    world.epic.control().site(|site| site.post_search = epic_simulator::site::PostSearch::IgnoresBody);
    assert_eq!(with(&world.appointment_list(FhirVersion::R4).await), ["One"]);
}

#[tokio::test]
async fn a_job_stores_the_medications_and_then_the_appointments() {
    let world = World::with_appointments().await;
    world.book("One", 24);
    let call = world.open().await;
    assert!(!world.prefetch(&call).await);
    let record = world.call_record(&call).await;
    assert!(matches!(record.medications, Some(MedicationsOutcome::Read { .. })));
    assert_eq!(with(&list_of(record.appointments.clone().unwrap())), ["One"]);
    let asked: Vec<_> = world.epic.requests().fhir.iter().map(|request| request.resource_type.clone()).collect();
    assert_eq!(asked, ["MedicationRequest", "Appointment"]);
    // Delivered twice is the same as once.
    assert!(!world.prefetch(&call).await);
    assert_eq!((world.call_record(&call).await, world.epic.requests().fhir.len()), (record, 2));
}

#[tokio::test]
async fn without_a_time_zone_nobody_asks_for_appointments() {
    let world = World::working().await;
    let call = world.open().await;
    assert!(!world.prefetch(&call).await);
    assert_eq!(world.call_record(&call).await.appointments, None);
    assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 0);
}

#[tokio::test]
async fn failing_appointments_never_harm_the_medications_nor_bring_the_job_back() {
    for (fault, stored) in [
        (Fault::Status(503), None),
        (Fault::Status(429), None),
        // Whoever answers so at this URL may not be Epic.
        (Fault::Status(404), None),
        (Fault::Drop, None),
        (Fault::Truncated, None),
        (Fault::Status(403), Some(AppointmentsOutcome::Unavailable)),
        (Fault::Outcome { status: 400, code: 4118 }, Some(AppointmentsOutcome::Unavailable)),
    ] {
        let world = World::with_appointments().await;
        world.epic.control().fault(Endpoint::Appointment, fault.clone(), Times::Always);
        let call = world.open().await;
        assert!(!world.prefetch(&call).await, "{fault:?}");
        let record = world.call_record(&call).await;
        assert!(matches!(record.medications, Some(MedicationsOutcome::Read { .. })), "{fault:?}");
        assert_eq!(record.appointments, stored, "{fault:?}");
    }
}

#[tokio::test]
async fn appointments_that_epic_lets_nobody_read_are_asked_for_once_a_call_and_gone_with_it() {
    let world = World::with_appointments().await;
    world.epic.control().fault(Endpoint::Appointment, Fault::Status(403), Times::Always);
    let call = world.open().await;
    for _ in 0..2 {
        assert!(!world.prefetch(&call).await);
        assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 1);
    }
    world.clock.advance(Duration::from_secs(601));
    assert_eq!(world.call_store().read(&call, world.clock.clock().now()).await, Ok(None));
}

#[tokio::test]
async fn failing_medications_keep_the_appointments_back_only_while_they_may_yet_come() {
    let world = World::with_appointments().await;
    world.epic.control().fault(Endpoint::MedicationRequest, Fault::Status(503), Times::Always);
    let call = world.open().await;
    assert!(world.prefetch(&call).await, "the job comes again");
    assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 0);

    let world = World::with_appointments().await;
    world.epic.control().fault(Endpoint::MedicationRequest, Fault::Status(403), Times::Always);
    let call = world.open().await;
    assert!(!world.prefetch(&call).await);
    let record = world.call_record(&call).await;
    assert!(record.medications.is_none() && record.appointments.is_some());
}

#[tokio::test]
async fn a_chart_that_is_restricted_is_not_opened_again_for_its_appointments() {
    let world = World::with_appointments().await;
    world.epic.control().restrict_medications(CAMILA);
    let call = world.open().await;
    assert!(!world.prefetch(&call).await);
    let record = world.call_record(&call).await;
    assert_eq!((record.medications, record.appointments), (Some(MedicationsOutcome::Restricted), None));
    assert_eq!(world.epic.requests().count("Appointment", Kind::Search), 0);
    // And where it is the appointments' own search that says so.
    world.epic.control().restrict(CAMILA);
    assert_eq!(world.appointments(FhirVersion::R4).await, Ok(AppointmentsOutcome::Restricted));
}

#[tokio::test]
async fn a_record_without_appointments_or_with_ones_that_cannot_be_read_has_its_medications() {
    let world = World::with_appointments().await;
    let call = world.open().await;
    let store = world.call_store();
    let expires_at = world.call_record(&call).await.caller.expires_at;
    assert_eq!(
        store.write_medications(&call, &MedicationsOutcome::Restricted, expires_at).await.unwrap(),
        Written::Stored
    );
    let record = world.call_record(&call).await;
    assert_eq!((record.medications, record.appointments), (Some(MedicationsOutcome::Restricted), None));
    // As a later version may write them.
    let text = |value: &str| aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned());
    let number = |value: &str| aws_sdk_dynamodb::types::AttributeValue::N(value.to_owned());
    let put = world.dynamodb().put_item().table_name(crate::support::dynamodb::CALL_TABLE);
    put.item("call", text(call.as_str()))
        .item("item", text("appointments#000"))
        .item("body", text(r#"{"outcome": "later"}"#))
        .item("parts", number("1"))
        .item("expires_at", number("9999999999"))
        .send()
        .await
        .unwrap();
    let record = world.call_record(&call).await;
    assert_eq!((record.medications, record.appointments), (Some(MedicationsOutcome::Restricted), None));
}

#[tokio::test]
async fn a_table_that_does_not_take_the_appointments_fails_nothing() {
    let world = World::with_appointments().await;
    let call = world.open().await;
    world.aws.fail("dynamodb:PutItem", AwsFault::Delay(Duration::ZERO), 1);
    world.aws.fail("dynamodb:PutItem", AwsFault::Error(400, "AccessDeniedException"), 100);
    assert!(!world.prefetch(&call).await);
    assert!(world.call_record(&call).await.medications.is_some());
}
