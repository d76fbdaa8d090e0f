//! What `{:?}` and `{:#?}` show of every type that holds something of a patient's, or a secret.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;
use shared::access_token::AccessToken;
use shared::access_token::store::TokenRecord;
use shared::aws::Aws;
use shared::call_record::{CallRecord, CallReference, MedicationsOutcome, PatientId, VerifiedCaller};
use shared::connection::ConnectionName;
use shared::environment::Reader;
use shared::fhir::medication::Medication;
use shared::fhir::medication_request::MedicationRequest;
use shared::fhir::operation_outcome::OperationOutcome;
use shared::fhir::patient::Patient;
use shared::medication_list::{MedicationList, SpokenMedication};
use shared::medications::MedicationPolicy;
use shared::phi::Phi;
use shared::prefetch_job::{PrefetchJob, VERSION};
use shared::speech::Locale;

use super::odd::TOKEN;
use crate::support::canary::{Canaries, DRUG, EVERYTHING, FAMILY_NAME, GIVEN_NAME, Kind, PATIENT_ID, patient};

const REFERENCE: &str = "Rf3vKqYwZtNpMxLdHcJbGsTr0u5i8o2a1e7y9X4CanW";
const AWS_SECRET: &str = "wJalrXUtnFEMIcanaryK7MDENGbPxRfiCYEXAMPLEKEY";

#[test]
fn the_debug_text_of_no_type_shows_what_it_holds() {
    let mut canaries = Canaries::of_the_patient();
    canaries.add(Kind::Token, TOKEN);
    canaries.add(Kind::CallReference, REFERENCE);
    canaries.add(Kind::Secret, AWS_SECRET);
    let mut texts = Vec::new();
    let mut show = |value: &dyn std::fmt::Debug| texts.push(format!("{value:?}\n{value:#?}"));

    let now = Timestamp::now();
    let token = AccessToken::new(TOKEN.into(), 1, "system/Patient.read".to_owned(), now, now, "kid".to_owned());
    show(&token);
    show(&TokenRecord { token: Some(token), ..TokenRecord::default() });

    let call = CallReference::parse(REFERENCE).unwrap();
    let connection = ConnectionName::parse("sandbox").unwrap();
    let job = PrefetchJob { version: VERSION, connection: connection.clone(), call: call.clone(), enqueued_at: now };
    let patient_id = PatientId::parse(PATIENT_ID).unwrap();
    let caller = VerifiedCaller {
        connection,
        patient: patient_id.clone(),
        locale: Locale::EnUs,
        verified_by: vec!["phone".to_owned()],
        verified_at: now,
        expires_at: now,
    };
    let medication = SpokenMedication {
        name: Phi::new(DRUG.to_owned()),
        sentences: vec![Phi::new(EVERYTHING.to_owned())],
        readable: true,
        ..SpokenMedication::default()
    };
    let list = MedicationList {
        medications: vec![medication.clone()],
        partial: false,
        withheld: false,
        left_out: BTreeMap::new(),
        read_at: now,
    };
    let outcome = MedicationsOutcome::Read { list: list.clone() };
    for value in [&call as &dyn std::fmt::Debug, &job, &patient_id, &caller, &medication, &list, &outcome] {
        show(value);
    }
    show(&CallRecord { caller, medications: Some(outcome), appointments: None });

    let order = json!({"resourceType": "MedicationRequest", "id": EVERYTHING, "status": EVERYTHING, "note": EVERYTHING,
        "medicationCodeableConcept": {"text": DRUG, "coding": [{"code": DRUG, "display": DRUG}]},
        "medicationReference": {"reference": EVERYTHING, "display": DRUG}, "subject": {"reference": EVERYTHING},
        "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": DRUG}}],
        "dosageInstruction": [{"text": EVERYTHING, "patientInstruction": EVERYTHING, "route": {"text": DRUG},
            "doseAndRate": [{"doseQuantity": {"value": 2_147_873_319_u32, "unit": DRUG}}]}]});
    let drug = json!({"resourceType": "Medication", "id": EVERYTHING, "code": {"text": DRUG},
        "ingredient": [{"itemCodeableConcept": {"text": DRUG}}]});
    let failure = json!({"resourceType": "OperationOutcome", "issue": [{"severity": EVERYTHING, "code": DRUG,
        "diagnostics": EVERYTHING, "details": {"text": EVERYTHING, "coding": [{"code": EVERYTHING}]}}]});
    let read = |resource: serde_json::Value| resource.to_string().into_bytes();
    show(&shared::json::decode::<Patient>(&read(patient(PATIENT_ID))).unwrap());
    show(&shared::json::decode::<MedicationRequest>(&read(order)).unwrap());
    show(&shared::json::decode::<Medication>(&read(drug)).unwrap());
    show(&shared::json::decode::<OperationOutcome>(&read(failure)).unwrap());
    // A site's list of what is not spoken tells of no patient; what is wrong in it is not repeated all the same.
    assert!(MedicationPolicy::parse(EVERYTHING).is_none());

    let environment: BTreeMap<String, String> = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", AWS_SECRET),
        ("AWS_SESSION_TOKEN", TOKEN),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let aws = Aws::from_environment(&environment, &shared::http::client().unwrap()).unwrap();
    show(&aws);
    show(&aws.sdk_config(&Default::default()));
    show(&aws_sdk_dynamodb::Client::new(&aws.sdk_config(&Default::default())));

    for text in &texts {
        canaries.assert_none_in("the Debug text of a type", text);
    }
    assert!(texts.len() > 15 && texts.iter().all(|text| text.len() > 10));
}

#[test]
fn what_is_wrong_with_a_configuration_is_told_without_its_values() {
    let variables = [
        fulfillment::config::VARIABLES,
        prefetch_worker::config::VARIABLES,
        token_refresher::config::VARIABLES,
        jwks::config::VARIABLES,
    ];
    let names = variables.concat().into_iter().map(|variable| variable.name);
    let names = names.chain(["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL", "AWS_SECRET_ACCESS_KEY"]);
    let environment: BTreeMap<_, _> =
        names.map(|name| (name.to_owned(), format!("{GIVEN_NAME} {FAMILY_NAME} {TOKEN}\n"))).collect();
    let mut canaries = Canaries::of_the_patient();
    canaries.add(Kind::Token, TOKEN);
    let errors = [
        fulfillment::config::Config::from_environment(&environment).unwrap_err(),
        prefetch_worker::config::Config::from_environment(&environment).unwrap_err(),
        token_refresher::config::Config::from_environment(&environment).unwrap_err(),
        jwks::config::Config::from_environment(&environment).unwrap_err(),
        Aws::from_environment(&environment, &shared::http::client().unwrap()).unwrap_err(),
        Reader::new(&environment).error(),
    ];
    for error in &errors {
        canaries.assert_none_in("an error of the configuration", &format!("{error} {error:?} {error:#?}"));
    }
    assert!(errors[0].problems.len() >= 5);
}
