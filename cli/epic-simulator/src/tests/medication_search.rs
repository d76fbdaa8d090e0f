//! The search for medication requests.

use crate::data::Data;

use super::*;

const STREICH: &str = "8e1a0a7c-e308-444b-075a-3c2b1f60f881";

#[tokio::test]
async fn a_patients_requests_are_found_and_nobody_elses() {
    let world = World::working().await;
    for patient in [STREICH.to_owned(), format!("Patient/{STREICH}")] {
        let answer = world.search("MedicationRequest", &[("patient", &patient)]).await;
        answer.check(200, &[]);
        assert_eq!(answer.matches().len(), 2);
        for entry in answer.body["entry"].as_array().unwrap() {
            assert_eq!(entry["resource"]["subject"]["reference"], format!("Patient/{STREICH}"));
        }
    }
}

#[tokio::test]
async fn status_category_and_intent_narrow_it() {
    let world = World::working().await;
    let count = |parameter: (&'static str, &'static str)| {
        let world = &world;
        async move {
            let answer = world.search("MedicationRequest", &[("patient", STREICH), parameter]).await;
            assert_eq!(answer.status, 200);
            answer.matches().len()
        }
    };
    assert_eq!(count(("status", "active")).await, 1);
    assert_eq!(count(("status", "active,stopped")).await, 2);
    assert_eq!(count(("status", "draft")).await, 0);
    assert_eq!(count(("category", "community")).await, 2);
    let system = "http://terminology.hl7.org/CodeSystem/medicationrequest-category|community";
    assert_eq!(count(("category", system)).await, 2);
    assert_eq!(count(("category", "inpatient,discharge")).await, 0);
    assert_eq!(count(("intent", "order")).await, 2);
    assert_eq!(count(("intent", "plan")).await, 0);
}

#[tokio::test]
async fn a_status_sent_twice_means_either() {
    let world = World::working().await;
    let twice = [("patient", STREICH), ("status", "active"), ("status", "stopped")];
    assert_eq!(world.search("MedicationRequest", &twice).await.matches().len(), 2);
}

#[tokio::test]
async fn nothing_found_is_an_outcome_entry() {
    let world = World::working().await;
    world.search("MedicationRequest", &[("patient", STREICH), ("status", "draft")]).await.check(200, &["4101"]);
}

#[tokio::test]
async fn the_patient_is_required_and_one() {
    let world = World::working().await;
    world.search("MedicationRequest", &[]).await.check(400, &["4110"]);
    world.search("MedicationRequest", &[("status", "active")]).await.check(400, &["4111"]);
    world.search("MedicationRequest", &[("patient", "203713")]).await.check(400, &["59102"]);
    world.search("MedicationRequest", &[("patient", STREICH), ("patient", CAMILA)]).await.check(400, &["4112"]);
    assert_eq!(world.search("MedicationRequest", &[("subject", STREICH), ("patient", STREICH)]).await.status, 200);
}

#[tokio::test]
async fn an_unknown_category_is_warned_of_and_ignored() {
    let world = World::working().await;
    let answer = world.search("MedicationRequest", &[("patient", STREICH), ("category", "homemeds")]).await;
    answer.check(200, &["59101"]);
    assert_eq!(answer.matches().len(), 2);
}

#[tokio::test]
async fn medications_come_along_where_the_site_includes_them() {
    let world = World::working().await;
    let parameters = [("patient", CAMILA), ("_include", "MedicationRequest:medication")];
    let answer = world.search("MedicationRequest", &parameters).await;
    assert_eq!((answer.matches().len(), answer.ids("include").len()), (1, 1));
    assert_eq!(answer.body["total"], 1, "what is included doesn't count");
    assert!(world.search("MedicationRequest", &parameters[..1]).await.ids("include").is_empty(), "not asked for");
    world.simulator.control().site(|site| site.includes = false);
    assert!(world.search("MedicationRequest", &parameters).await.ids("include").is_empty());
}

#[tokio::test]
async fn the_sites_warnings_ride_on_every_answer() {
    let world = World::working().await;
    world.simulator.control().site(|site| site.warnings = vec![4119, 59204]);
    let answer = world.search("MedicationRequest", &[("patient", STREICH)]).await;
    answer.check(200, &["4119", "59204"]);
    assert_eq!((answer.matches().len(), answer.ids("outcome").len()), (2, 1));
    let none = world.search("MedicationRequest", &[("patient", STREICH), ("status", "draft")]).await;
    none.check(200, &["4101", "4119", "59204"]);
    assert_eq!(none.body["entry"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_chart_serves_whatever_was_put_in_it() {
    let data = Data::hospital()
        .with_in_chart(
            CAMILA,
            json!({"resourceType": "MedicationRequest", "id": "foreign", "status": "active",
            "subject": {"reference": format!("Patient/{STREICH}")}}),
        )
        .with_in_chart(CAMILA, json!({"resourceType": "MedicationStatement", "id": "statement"}))
        .with_changed("MedicationRequest", "none of that id", |_| panic!("nothing to change"))
        .with_changed("Patient", CAMILA, |patient| patient["birthDate"] = "1987-09-13".into());
    let world = World::with(|settings| settings.data = data).await;
    let answer = world.search("MedicationRequest", &[("patient", CAMILA), ("status", "active")]).await;
    assert_eq!(answer.matches()[1..], ["foreign", "statement"]);
    assert_eq!(world.get(&format!("Patient/{CAMILA}")).await.body["birthDate"], "1987-09-13");
}

#[tokio::test]
async fn every_medication_request_of_the_data_is_served() {
    let data = Data::hospital().with(Data::hl7_examples()).with(Data::us_core_examples());
    let (patients, requests) = (data.shared("Patient"), data.all("MedicationRequest").count());
    assert_eq!(requests, 1746 + 27 + 4);
    let world = World::with(|settings| settings.data = data).await;
    let mut served = 0;
    for patient in patients {
        let mut answer = world.search("MedicationRequest", &[("patient", patient["id"].as_str().unwrap())]).await;
        served += answer.matches().len();
        while let Some(next) = answer.next() {
            answer = world.follow(&next).await;
            served += answer.matches().len();
        }
    }
    assert_eq!(served, requests);
}
