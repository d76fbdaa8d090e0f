//! An Epic that is spoken with in STU3: the same rules, for MedicationStatements.

use std::time::Duration;

use epic_simulator::control::entry;
use epic_simulator::data::Data;
use epic_simulator::requests::Kind;
use serde_json::{Value, json};
use shared::aws::connector::RequestCounter;
use shared::call_record::{MedicationsOutcome, PatientId};
use shared::deadline::Deadline;
use shared::fhir::{FhirClient, FhirVersion};
use shared::medication_list::{LeftOut, MedicationList};
use shared::medications::{self, MedicationPolicy};
use shared::speech::Locale;
use url::Url;

use super::{CAMILA, left_out, list_of, names, said};
use crate::support::world::World;

/// A patient's list, read in STU3.
async fn list(world: &World, patient: &str) -> MedicationList {
    list_of(read(world, patient).await)
}

async fn read(world: &World, patient: &str) -> MedicationsOutcome {
    let (base_url, http) = (Url::parse(&world.epic.stu3_base_url()).unwrap(), shared::http::client().unwrap());
    let fhir = FhirClient::new(http, base_url, world.access_token_source(), RequestCounter::default());
    let (fhir, patient) = (fhir.speaking(FhirVersion::Stu3), PatientId::parse(patient).unwrap());
    let (policy, deadline) = (MedicationPolicy::default(), Deadline::within(Duration::from_secs(12)));
    medications::read(&fhir, &patient, &policy, Locale::EnUs, &world.clock.clock(), deadline).await.unwrap()
}

async fn world() -> World {
    let world = World::working().await;
    let scopes = "system/Patient.rs system/MedicationStatement.rs system/Medication.rs";
    world.set("scopes", json!(scopes));
    world.deploy_token_refresher();
    world
}

/// An active statement of Camila's, with `changes`.
fn statement(id: &str, changes: Value) -> Value {
    let mut statement = json!({
        "resourceType": "MedicationStatement",
        "id": id,
        "status": "active",
        "taken": "unk",
        "subject": {"reference": format!("Patient/{CAMILA}")},
        "medicationCodeableConcept": {"text": format!("testamine-{id} 10 mg tablet")},
        "dosage": [{"text": "Take 1 tablet by mouth daily"}],
    });
    for (name, value) in changes.as_object().unwrap() {
        statement[name] = value.clone();
    }
    statement
}

#[tokio::test]
async fn the_same_medication_sounds_the_same_in_both_versions() {
    let world = World::working().await;
    let r4 = world.list(CAMILA).await;
    let world = self::world().await;
    let stu3 = list(&world, CAMILA).await;
    assert_eq!(stu3.medications, r4.medications);
    assert!(said(&stu3.medications[0]).contains("Take 1 tablet by mouth"), "{}", said(&stu3.medications[0]));
    assert_eq!(world.epic.requests().count("MedicationStatement", Kind::Search), 1);
    assert_eq!(world.epic.requests().count("MedicationRequest", Kind::Search), 0);
}

#[tokio::test]
async fn every_statement_of_hl7s_examples_is_spoken_or_left_out_for_its_reason() {
    let world = world().await;
    let control = world.epic.control();
    // The server gives everything, whatever was asked of it: the decision is ours.
    control.lie_about_filters();
    for resource_type in ["Patient", "MedicationStatement"] {
        Data::stu3_examples().all(resource_type).for_each(|resource| control.put(resource.clone()));
    }
    let list = list(&world, "pat1").await;
    let examples = Data::stu3_examples();
    let own = examples.all("MedicationStatement").filter(|s| s["subject"]["reference"] == "Patient/pat1").count();
    assert_eq!(list.medications.len() + left_out(&list), own);
    // Each would be read out by a list that forgot to ask.
    assert_eq!(list.left_out.get(&LeftOut::NotTaken), Some(&2), "{:?}", list.left_out);
    assert!(list.left_out.get(&LeftOut::NotCurrentStatus).is_some_and(|count| *count >= 2), "{:?}", list.left_out);
}

#[tokio::test]
async fn what_a_lying_server_puts_among_the_statements_is_dropped_and_counted() {
    let world = world().await;
    world.epic.control().lie_with_entries(vec![
        entry(statement("foreign", json!({"subject": {"reference": "Patient/somebody-else"}}))),
        entry(statement("nobodys", json!({"subject": null}))),
        entry(statement("refused", json!({"taken": "n"}))),
        entry(statement("inpatient", json!({"category": {"coding": [{"code": "inpatient"}]}}))),
        entry(statement("odd", json!({"taken": 7}))),
        entry(json!({"resourceType": "MedicationRequest", "id": "order", "status": "active", "intent": "order",
            "subject": {"reference": format!("Patient/{CAMILA}")}})),
        entry(statement("held", json!({"status": "on-hold"}))),
        entry(statement("mine", json!({"taken": "y"}))),
        json!({"resource": "MedicationStatement"}),
    ]);
    let list = list(&world, CAMILA).await;
    assert_eq!(list.medications.len(), 3, "{:?}", names(&list));
    assert!(names(&list)[1].contains("mine") && names(&list)[2].contains("held"), "{:?}", names(&list));
    assert!(said(&list.medications[2]).contains("on hold"));
    let expected = [
        (LeftOut::OtherResource, 1 + 1),
        (LeftOut::ForeignPatient, 2),
        (LeftOut::Malformed, 2),
        (LeftOut::NotAtHome, 1),
        (LeftOut::NotTaken, 1),
    ];
    assert_eq!(list.left_out.into_iter().collect::<Vec<_>>(), expected, "with the Medication that comes along");
    assert!(list.partial);
}

#[tokio::test]
async fn all_pages_of_statements_are_read_and_a_name_is_found_where_it_is() {
    let world = world().await;
    let control = world.epic.control();
    control.site(|site| (site.page_size, site.includes) = (2, false));
    control.put(json!({"resourceType": "Medication", "id": "m1", "code": {"text": "elsewhereamine 5 mg"}}));
    let nameless = json!({"medicationCodeableConcept": null});
    let with = |reference: Value| {
        let mut changes = nameless.clone();
        changes["medicationReference"] = reference;
        changes
    };
    control.put(statement("s1", with(json!({"reference": "Medication/m1"}))));
    let mut contained = with(json!({"reference": "#m2"}));
    contained["contained"] = json!([{"resourceType": "Medication", "id": "m2", "code": {"text": "insidamine 5 mg"}}]);
    control.put(statement("s2", contained));
    control.put(statement("s3", json!({"modifierExtension": [{"url": "http://example.org/not"}]})));
    let list = list(&world, CAMILA).await;
    assert!(!list.partial && list.medications.len() == 4, "{:?}", names(&list));
    for name in ["elsewhereamine", "insidamine", "testamine-s3"] {
        assert!(names(&list).iter().any(|spoken| spoken.contains(name)), "{name}: {:?}", names(&list));
    }
    assert!(!list.medications[3].readable, "an extension that changes it makes it unreadable");
    assert_eq!(world.epic.requests().count("MedicationStatement", Kind::Page), 1);
}

#[tokio::test]
async fn a_restricted_chart_is_restricted_in_stu3_too() {
    let world = world().await;
    world.epic.control().restrict_medications(CAMILA);
    assert_eq!(read(&world, CAMILA).await, MedicationsOutcome::Restricted);
}
