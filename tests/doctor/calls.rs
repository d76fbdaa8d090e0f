//! What the FHIR server answers to the stored token.

use careline::doctor::cause::Cause;
use careline::doctor::report::Check;
use epic_simulator::fault::{Endpoint, Fault, Times};
use serde_json::json;

use super::clinic::Clinic;

fn answer(status: u16, body: &str) -> Fault {
    Fault::Answer { status, content_type: "text/html".to_owned(), body: body.to_owned() }
}

#[tokio::test]
async fn who_may_not_is_told_apart_for_each_api() {
    let clinic = Clinic::settled().await;
    let user = || Fault::Outcome { status: 403, code: 4118 };
    for (endpoint, check) in [
        (Endpoint::Patient, Check::PatientApi),
        (Endpoint::MedicationRequest, Check::MedicationRequestApi),
        (Endpoint::Medication, Check::MedicationApi),
    ] {
        for (fault, cause) in [
            (answer(403, ""), Cause::ApiNotTicked),
            (user(), Cause::UserNotAuthorised),
            (answer(200, "<html>log in</html>"), Cause::NotFhir),
            (Fault::Status(503), Cause::FhirUnavailable),
        ] {
            clinic.world.epic.control().fault(endpoint, fault, Times::Next(1));
            clinic.check(&[(check, cause)]).await;
        }
    }
}

#[tokio::test]
async fn a_token_that_covers_less_than_it_says_is_told_by_insufficient_scope() {
    let clinic = Clinic::settled().await;
    let control = clinic.world.epic.control();
    control.set_scopes(&["system/Patient.read", "system/MedicationRequest.read"]);
    control
        .lie_about_token(json!({"scope": "system/Patient.read system/MedicationRequest.read system/Medication.read"}));
    clinic.renew().await;
    clinic.check(&[(Check::MedicationApi, Cause::InsufficientScope)]).await;
}

#[tokio::test]
async fn a_token_that_was_revoked_is_told_once() {
    let clinic = Clinic::settled().await;
    clinic.world.epic.control().revoke_tokens();
    clinic.check(&[(Check::PatientApi, Cause::TokenRefused)]).await;
}

#[tokio::test]
async fn a_wrong_base_is_told_by_the_discovery_document() {
    let clinic = Clinic::settled().await;
    let base = clinic.world.epic.fhir_base_url();
    clinic.world.set("fhir_base_url", json!(base.replace("/R4", "/DSTU2")));
    clinic.check(&[(Check::Discovery, Cause::FhirBaseWrong)]).await;
    clinic.world.set("fhir_base_url", json!("http://127.0.0.1:9/api/FHIR/R4"));
    clinic.check(&[(Check::Discovery, Cause::FhirUnreachable)]).await;
    clinic.world.set("fhir_base_url", json!(base));
    clinic.world.epic.control().fault(Endpoint::Discovery, answer(200, "<html>"), Times::Next(1));
    clinic.check(&[(Check::Discovery, Cause::NotFhir)]).await;
    clinic.world.epic.control().fault(Endpoint::Discovery, Fault::Status(502), Times::Next(1));
    clinic.check(&[(Check::Discovery, Cause::FhirUnavailable)]).await;
}

#[tokio::test]
async fn a_sub_type_that_is_not_ticked_is_told_by_its_warning() {
    let clinic = Clinic::settled().await;
    clinic.world.epic.control().site(|site| site.warnings = vec![4119]);
    clinic.check(&[]).await;
    clinic.world.epic.control().site(|site| site.warnings = vec![4119, 59204]);
    // The simulator's warnings ride on every search.
    let told = [Check::PatientApi, Check::MedicationRequestApi].map(|check| (check, Cause::SubtypeNotTicked));
    clinic.check(&told).await;
}
