//! What the FHIR server answers to the stored token.

use careline::doctor::cause::Cause;
use careline::doctor::report::Check;
use epic_simulator::fault::{Endpoint, Fault, Times};
use serde_json::json;

use super::clinic::{CAMILA, Clinic, text_of};

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
    clinic.world.set("fhir_base_url", json!(base.replace("/R4", "/R9")));
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
    // The simulator's warnings ride on every search: of a Patient it is a warning, and a list that lacks something isn't.
    let told = [Check::PatientApi, Check::MedicationRequestApi].map(|check| (check, Cause::SubtypeNotTicked));
    clinic.check_with(Some(CAMILA), &told).await;
}

const STU3_SCOPES: &str = "system/Patient.read system/MedicationStatement.read system/Medication.read";

/// A connection in STU3.
async fn in_stu3(scopes: &str) -> Clinic {
    let clinic = Clinic::new().await;
    clinic.world.set("fhir_base_url", json!(clinic.world.epic.stu3_base_url()));
    clinic.world.set("fhir_version", json!("STU3"));
    clinic.world.set("scopes", json!(scopes));
    clinic.settle();
    clinic.renew().await;
    clinic
}

#[tokio::test]
async fn an_epic_in_stu3_is_asked_for_what_stu3_has() {
    let clinic = in_stu3(STU3_SCOPES).await;
    let report = clinic.examine_with(Some(CAMILA)).await;
    assert_eq!(report.causes(), [], "{}", text_of(&report));
    let text = text_of(&report);
    assert!(
        text.contains("medication-statement-api") && text.contains("MedicationStatement.Search may be used"),
        "{text}"
    );
    assert!(!text.contains("medication-request-api") && !text.contains("appointment-api"), "{text}");
    let asked = clinic.world.epic.requests();
    assert!(asked.fhir_of("MedicationStatement").count() > 0 && asked.fhir_of("MedicationRequest").count() == 0);
    clinic.world.epic.control().fault(Endpoint::MedicationRequest, answer(403, ""), Times::Next(1));
    clinic.check(&[(Check::MedicationStatementApi, Cause::ApiNotTicked)]).await;
}

#[tokio::test]
async fn scopes_of_another_version_are_told_before_anything_is_refused() {
    let clinic = in_stu3("system/Patient.read system/MedicationRequest.read system/Medication.read").await;
    let report = clinic.examine().await;
    assert_eq!(report.causes(), [(Check::Scopes, Cause::ScopeNotAsked)], "{}", text_of(&report));
    assert!(text_of(&report).contains("not asked for: system/MedicationStatement.read"), "{}", text_of(&report));
}

#[tokio::test]
async fn a_base_url_of_another_version_than_the_one_set_is_a_word_of_warning() {
    let clinic = Clinic::settled().await;
    clinic.world.set("fhir_base_url", json!(clinic.world.epic.stu3_base_url()));
    let told = [
        (Check::Settings, Cause::FhirVersionDiffers),
        // So the simulator answers for what a version doesn't have.
        (Check::MedicationRequestApi, Cause::ApiNotTicked),
    ];
    clinic.check(&told).await;
}

#[tokio::test]
async fn appointments_are_asked_for_where_they_are_told() {
    let clinic = Clinic::settled().await;
    clinic.world.set("time_zone", json!("America/Chicago"));
    let scopes = "system/Patient.read system/MedicationRequest.read system/Medication.read";
    clinic.check(&[(Check::Scopes, Cause::ScopeNotAsked)]).await;
    clinic.world.set("scopes", json!(format!("{scopes} system/Appointment.read")));
    clinic.renew().await;
    let report = clinic.examine_with(Some(CAMILA)).await;
    assert_eq!(report.causes(), [], "{}", text_of(&report));
    assert!(text_of(&report).contains("Appointment.Search may be used, tried for the test patient"));
    for (fault, cause) in [(answer(403, ""), Cause::ApiNotTicked), (Fault::Status(503), Cause::FhirUnavailable)] {
        clinic.world.epic.control().fault(Endpoint::Appointment, fault, Times::Next(1));
        clinic.check(&[(Check::AppointmentApi, cause)]).await;
    }
}
