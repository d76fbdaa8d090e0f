//! The STU3 server beside the R4 one, and the appointments of both.

use super::*;
use crate::data::Data;
use crate::fault::{Endpoint, Fault, Times};

impl World {
    async fn search_stu3(&self, resource_type: &str, parameters: &[(&str, &str)]) -> Answer {
        let token = self.simulator.control().issue_token();
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        let url = format!("{}/{resource_type}/_search", self.simulator.stu3_base_url());
        let request = self.http.post(url).bearer_auth(token).body(body);
        Answer::of(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")).await
    }

    async fn with_appointments() -> Self {
        Self::with(|settings| {
            let now = (settings.now)();
            settings.data = std::mem::take(&mut settings.data).with_appointments(now);
        })
        .await
    }
}

#[tokio::test]
async fn each_version_has_its_own_resource_for_medications() {
    let world = World::working().await;
    let of_camila = [("patient", CAMILA)];
    assert_eq!(world.search_stu3("MedicationStatement", &of_camila).await.matches(), ["eStatementOfCamilas"]);
    assert_eq!(world.search("MedicationRequest", &of_camila).await.matches().len(), 1);
    // R4's Epic has no MedicationStatement: a bare 403, as for an API that isn't ticked.
    assert_eq!(world.search("MedicationStatement", &of_camila).await.status, 403);
    assert_eq!(world.search_stu3("MedicationRequest", &of_camila).await.status, 403);
    let base = world.simulator.stu3_base_url();
    let metadata = Answer::of(world.http.get(format!("{base}/metadata"))).await;
    assert_eq!(metadata.body["fhirVersion"], "3.0.2");
}

#[tokio::test]
async fn statements_are_active_where_nothing_is_asked_for() {
    let world = World::with(|settings| settings.data = Data::stu3_examples()).await;
    let of_pat1 = |more: &[(&'static str, &'static str)]| [&[("patient", "pat1")], more].concat();
    let count =
        async |parameters: &[(&str, &str)]| world.search_stu3("MedicationStatement", parameters).await.matches().len();
    let active = count(&of_pat1(&[])).await;
    assert_eq!(count(&of_pat1(&[("status", "active")])).await, active);
    assert!(count(&of_pat1(&[("status", "active,completed,intended,on-hold")])).await > active);
    assert_eq!(count(&of_pat1(&[("category", "inpatient")])).await, 1, "STU3 has one category, not a list of them");
    let links = world.search_stu3("MedicationStatement", &of_pat1(&[("_count", "1")])).await;
    assert!(links.next().unwrap().starts_with(&world.simulator.stu3_base_url()));
}

#[tokio::test]
async fn medications_come_along_with_statements_too() {
    let world = World::working().await;
    let parameters = [("patient", CAMILA), ("_include", "MedicationStatement:medication")];
    let answer = world.search_stu3("MedicationStatement", &parameters).await;
    assert_eq!((answer.matches().len(), answer.ids("include").len()), (1, 1));
}

#[tokio::test]
async fn appointments_are_those_of_whoever_takes_part() {
    let world = World::with_appointments().await;
    let of_camila = [("patient", CAMILA)];
    assert_eq!(world.search("Appointment", &of_camila).await.matches().len(), 4);
    assert_eq!(world.search_stu3("Appointment", &of_camila).await.matches().len(), 4);
    let booked = [("patient", CAMILA), ("status", "booked"), ("date", "ge2026-11-22")];
    assert_eq!(world.search_stu3("Appointment", &booked).await.matches(), ["eAppointmentNext", "eAppointmentLater"]);
    world.search("Appointment", &[("patient", "203713")]).await.check(400, &["59102"]);
}

#[tokio::test]
async fn appointments_need_their_scope_and_fail_for_themselves() {
    let world = World::with_appointments().await;
    let of_camila = [("patient", CAMILA)];
    world.simulator.control().restrict_medications(CAMILA);
    assert_eq!(world.search("Appointment", &of_camila).await.status, 200, "it is the medications that are restricted");
    world.simulator.control().restrict(CAMILA);
    world.search("Appointment", &of_camila).await.check(403, &["4130"]);
    world.simulator.control().unrestrict(CAMILA);
    world.simulator.control().fault(Endpoint::Appointment, Fault::Status(503), Times::Next(1));
    assert_eq!(world.search("MedicationRequest", &of_camila).await.status, 200);
    assert_eq!(world.search("Appointment", &of_camila).await.status, 503);
    world.simulator.control().set_scopes(&["system/Patient.read", "system/MedicationRequest.read"]);
    assert_eq!(world.search("Appointment", &of_camila).await.status, 403);
}
