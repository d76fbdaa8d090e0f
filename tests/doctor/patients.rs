//! Which search finds a test patient.

use careline::command::Arguments;
use careline::doctor::cause::Cause;
use careline::doctor::report::{Check, Report};
use clap::Parser as _;
use epic_simulator::site::{MinimumDataSets, PhoneFormat, PostSearch};
use fulfillment::trial::Trial;
use serde_json::{Value, json};

use super::clinic::{CAMILA, Clinic, json_of, text_of};

/// Her id in the simulator's data.
const CAMILAS_ID: &str = "erXuFYUfucBZaryVksYEcMg3";

fn setting(report: &Report) -> Value {
    let text = report.patient_search().unwrap_or_else(|| panic!("a setting\n{}", text_of(report)));
    assert!(Trial::new(text, "+14694694321", "1987-09-12", "female").is_ok(), "fulfillment takes it: {text}");
    shared::json::decode(text.as_bytes()).unwrap()
}

#[tokio::test]
async fn the_phone_format_that_this_site_finds_numbers_in_is_the_setting() {
    let clinic = Clinic::settled().await;
    for (format, expected) in [
        (PhoneFormat::Dashed, "NNN-NNN-NNNN"),
        (PhoneFormat::E164, "+1NNNNNNNNNN"),
        (PhoneFormat::Digits, "NNNNNNNNNN"),
        (PhoneFormat::Parenthesised, "(NNN) NNN-NNNN"),
    ] {
        clinic.world.epic.control().site(|site| site.phone_formats = vec![format]);
        let report = clinic.examine_with(Some(CAMILA)).await;
        assert_eq!(report.causes(), [], "{}", text_of(&report));
        let setting = setting(&report);
        assert_eq!(setting["phone_formats"], json!([expected]));
        assert_eq!(
            (&setting["method"], &setting["required"]),
            (&json!("post"), &json!(["phone", "birth_date", "gender"]))
        );
        let text = text_of(&report);
        let command = text.lines().find(|line| line.starts_with("careline connection set ")).expect("a command");
        let (words, argument) = command.split_once('\'').expect("a quoted setting");
        let words = words.split_whitespace().chain([argument.trim_end_matches('\'')]);
        assert!(Arguments::try_parse_from(words).is_ok(), "{command}");
        assert_eq!(json_of(&report)["patient_search"], json!(report.patient_search().unwrap()));
    }
}

#[tokio::test]
async fn a_site_that_ignores_forms_is_searched_by_url() {
    let clinic = Clinic::settled().await;
    for ignores in [PostSearch::IgnoresBody, PostSearch::IgnoresBodyUnfiltered] {
        clinic.world.epic.control().site(|site| site.post_search = ignores);
        let report = clinic.examine_with(Some(CAMILA)).await;
        assert_eq!(setting(&report)["method"], json!("get"), "{}", text_of(&report));
    }
}

#[tokio::test]
async fn a_chart_with_another_gender_is_found_without_it_and_told_so() {
    let clinic = Clinic::settled().await;
    let report = clinic.examine_with(Some(&CAMILA.replace("female", "male"))).await;
    assert_eq!(setting(&report)["required"], json!(["phone", "birth_date"]));
    assert!(text_of(&report).contains("not with the gender given"), "{}", text_of(&report));
}

#[tokio::test]
async fn a_site_that_needs_names_is_told_and_with_them_has_a_setting_that_asks_for_them() {
    let clinic = Clinic::settled().await;
    clinic.world.epic.control().site(|site| site.minimum_data_sets = MinimumDataSets::EpicDefault);
    let expected = [(Check::PatientSearch, Cause::NamesNeeded)];
    clinic.check_with(Some(CAMILA), &expected).await;
    let report = clinic.examine_with(Some(CAMILA)).await;
    assert!(text_of(&report).contains("Patient.$match is not open to the app"), "{}", text_of(&report));
    let report = clinic.examine_with(Some(&format!("{CAMILA}family: Lopez\ngiven: Camila\n"))).await;
    assert_eq!(report.causes(), [], "{}", text_of(&report));
    assert_eq!(setting(&report)["required"], json!(["phone", "birth_date", "gender", "name"]));
    assert!(text_of(&report).contains("with first and last name, phone as NNN-NNN-NNNN"), "{}", text_of(&report));
    let report = clinic.examine_with(Some(&format!("{CAMILA}family: Lopes\ngiven: Camila\n"))).await;
    assert_eq!(report.causes(), [(Check::PatientSearch, Cause::PatientNotFound)], "{}", text_of(&report));
}

#[tokio::test]
async fn why_a_test_patient_is_not_found_is_told_apart() {
    let wrong = CAMILA.replace("1987-09-12", "1987-09-13");
    let clinic = Clinic::settled().await;
    clinic.check_with(Some(&wrong), &[(Check::PatientSearch, Cause::PatientNotFound)]).await;

    clinic.world.epic.control().restrict(CAMILAS_ID);
    clinic.check_with(Some(CAMILA), &[(Check::PatientSearch, Cause::BreakTheGlass)]).await;
    clinic.world.epic.control().unrestrict(CAMILAS_ID);

    clinic.world.epic.control().change("Patient", CAMILAS_ID, |patient| patient["active"] = json!(false));
    clinic.check_with(Some(CAMILA), &[(Check::PatientSearch, Cause::NotReadOut)]).await;
    clinic.world.epic.control().change("Patient", CAMILAS_ID, |patient| patient["active"] = json!(true));

    let mut twin = json!({"resourceType": "Patient", "id": "twin", "gender": "female", "birthDate": "1987-09-12"});
    twin["telecom"] = json!([{"system": "phone", "use": "mobile", "value": "469-469-4321"}]);
    clinic.world.epic.control().put(twin);
    clinic.check_with(Some(CAMILA), &[(Check::PatientSearch, Cause::SeveralPatients)]).await;
}

#[tokio::test]
async fn medications_that_may_not_be_read_for_a_patient_are_told_apart() {
    let clinic = Clinic::settled().await;
    clinic.world.epic.control().restrict_medications(CAMILAS_ID);
    clinic.check_with(Some(CAMILA), &[(Check::MedicationRequestApi, Cause::BreakTheGlass)]).await;
}

/// Whatever is found, nothing of the patient or of our secrets is told.
#[tokio::test]
async fn nothing_of_the_patient_and_no_token_is_told() {
    let clinic = Clinic::settled().await;
    let named = format!("{CAMILA}family: Lopez\ngiven: Camila\n");
    for minimum in [MinimumDataSets::WithoutName, MinimumDataSets::EpicDefault] {
        clinic.world.epic.control().site(|site| site.minimum_data_sets = minimum);
        let report = clinic.examine_with(Some(&named)).await;
        let told = format!("{}{}", text_of(&report), json_of(&report));
        for secret in ["4694694321", "469-469-4321", "1987", "Lopez", "Camila", CAMILAS_ID, "careline-sandbox"] {
            assert!(!told.contains(secret), "{secret}: {told}");
        }
        for token in clinic.world.epic.control().issued_tokens() {
            assert!(!told.contains(&token));
        }
    }
}
