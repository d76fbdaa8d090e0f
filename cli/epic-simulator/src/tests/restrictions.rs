//! Charts under Break-the-Glass, and merged patients.

use crate::site::RestrictedAnswer;

use super::*;

const CRITERIA: [(&str, &str); 2] = [("telecom", "469-555-5555"), ("birthdate", "1987-09-12")];

#[tokio::test]
async fn a_restricted_chart_is_refused_with_the_sites_code() {
    let world = World::working().await;
    world.simulator.control().restrict(CAMILA);
    for code in [4130, 4131] {
        world.simulator.control().site(|site| site.restricted_answer = RestrictedAnswer::Refused { code });
        let code = code.to_string();
        world.search("Patient", &CRITERIA).await.check(403, &[&code]);
        world.get(&format!("Patient/{CAMILA}")).await.check(403, &[&code]);
        world.search("MedicationRequest", &[("patient", CAMILA)]).await.check(403, &[&code]);
    }
    world.simulator.control().unrestrict(CAMILA);
    assert_eq!(world.search("Patient", &CRITERIA).await.matches(), [CAMILA]);
}

#[tokio::test]
async fn a_restricted_chart_can_be_left_out_with_a_warning() {
    let world = World::working().await;
    world.simulator.control().site(|site| site.restricted_answer = RestrictedAnswer::InBundle);
    world.simulator.control().restrict(CAMILA);
    for answer in
        [world.search("Patient", &CRITERIA).await, world.search("MedicationRequest", &[("patient", CAMILA)]).await]
    {
        answer.check(200, &["4134"]);
        assert!(answer.matches().is_empty());
    }
}

#[tokio::test]
async fn medications_alone_can_be_restricted() {
    let world = World::working().await;
    world.simulator.control().restrict_medications(CAMILA);
    assert_eq!(world.search("Patient", &CRITERIA).await.matches(), [CAMILA]);
    world.search("MedicationRequest", &[("patient", CAMILA)]).await.check(403, &["4130"]);
    let request = "MedicationRequest/ePDJ.zsf3Jfg2.MKkAMgW9EcIbsaiB.y-OTrPS5v2h8Q3";
    world.get(request).await.check(403, &["4130"]);
}

#[tokio::test]
async fn a_merged_patient_leads_to_the_survivor() {
    let world = World::working().await;
    let link = json!([{"type": "replaced-by", "other": {"reference": "Patient/survivor"}}]);
    world.simulator.control().change("Patient", CAMILA, |patient| patient["link"] = link);
    let base = world.simulator.fhir_base_url();
    let read = world.get(&format!("Patient/{CAMILA}")).await;
    read.check(301, &["4107"]);
    assert_eq!(read.headers["location"], format!("{base}/Patient/survivor"));
    let search = world.search("MedicationRequest", &[("patient", CAMILA)]).await;
    search.check(301, &["4107"]);
    assert_eq!(search.headers["location"], format!("{base}/MedicationRequest?patient=survivor"));
}
