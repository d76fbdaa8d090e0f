//! Each FHIR API that we use, asked for something that is nobody's: that the question is let through is what counts.

use shared::fhir::FhirVersion;
use shared::http::HttpError;

use super::cause::Cause;
use super::fhir_exchange::{Answer, Body, Request, Server};
use super::report::{Diagnosis, Found};

/// An id that no server gives.
const NOBODY: &str = "careline-doctor-nobody";

/// A search for Patients of whom there are none, with the least that Epic's default asks for.
pub(super) async fn check_patients(server: &Server<'_>) -> Result<Found<()>, Diagnosis> {
    let nobody = [("family", "Careline-Doctor"), ("given", "Nobody"), ("birthdate", "1875-01-01"), ("_count", "1")]
        .map(|(name, value)| (name, value.to_owned()));
    let mut answer = server.ask(Request::PostSearch("Patient", &nobody)).await;
    if answer.as_ref().is_ok_and(Answer::takes_no_post) {
        answer = server.ask(Request::GetSearch("Patient", &nobody)).await;
    }
    match judge(&answer, "Patient.Search may be used") {
        // What is left out of a Patient leaves who they are.
        Err(diagnosis) if diagnosis.cause == Cause::SubtypeNotTicked => {
            let mut found = Found::new((), "");
            found.warning = Some(diagnosis);
            Ok(found)
        }
        result => result,
    }
}

/// A search for the medications of `patient`, or of nobody, as `version` has them.
pub(super) async fn check_medications_of(
    server: &Server<'_>,
    version: FhirVersion,
    patient: Option<&str>,
) -> Result<Found<()>, Diagnosis> {
    let parameters = [("patient", patient.unwrap_or(NOBODY).to_owned()), ("status", "active".to_owned())];
    search_chart(server, version.medication_resource(), &parameters, patient.is_some()).await
}

/// A search for the appointments of `patient`, or of nobody.
pub(super) async fn check_appointments_of(server: &Server<'_>, patient: Option<&str>) -> Result<Found<()>, Diagnosis> {
    let parameters = [("patient", patient.unwrap_or(NOBODY).to_owned()), ("_count", "1".to_owned())];
    search_chart(server, "Appointment", &parameters, patient.is_some()).await
}

async fn search_chart(
    server: &Server<'_>,
    resource_type: &'static str,
    parameters: &[(&'static str, String)],
    of_patient: bool,
) -> Result<Found<()>, Diagnosis> {
    let mut answer = server.ask(Request::PostSearch(resource_type, parameters)).await;
    // As the functions do.
    if answer.as_ref().is_ok_and(Answer::takes_no_post) {
        answer = server.ask(Request::GetSearch(resource_type, parameters)).await;
    }
    if let (true, Ok(answer)) = (of_patient, &answer)
        && answer.says(&[4102, 59102])
    {
        return Err(Diagnosis::new(Cause::PatientIdWrong, answer.seen()));
    }
    let whose = if of_patient { "for the test patient" } else { "of nobody" };
    judge(&answer, &format!("{resource_type}.Search may be used, tried {whose}"))
}

/// A read of a Medication that isn't there.
pub(super) async fn check_medications(server: &Server<'_>) -> Result<Found<()>, Diagnosis> {
    judge(&server.ask(Request::Read("Medication", NOBODY)).await, "Medication.Read may be used")
}

fn judge(answer: &Result<Answer, HttpError>, well: &str) -> Result<Found<()>, Diagnosis> {
    let seen = match answer {
        Ok(answer) => answer.seen(),
        Err(error) => error.to_string(),
    };
    match diagnose(answer.as_ref()) {
        None => Ok(Found::new((), format!("{well} ({seen})"))),
        Some(cause) => Err(Diagnosis::new(cause, seen)),
    }
}

/// From an answer to why it is not the one of a server that lets us ask. That somebody or something isn't there is an
/// answer like any other.
pub(super) fn diagnose(answer: Result<&Answer, &HttpError>) -> Option<Cause> {
    let Ok(answer) = answer else {
        return Some(Cause::FhirUnreachable);
    };
    let is_fhir = answer.body != Body::Other;
    match answer.status {
        401 => Some(Cause::TokenRefused),
        403 if answer.says(&[4130, 4131, 4134]) => Some(Cause::BreakTheGlass),
        403 if answer.insufficient_scope => Some(Cause::InsufficientScope),
        403 if answer.user_denied || answer.says(&[4118]) => Some(Cause::UserNotAuthorised),
        403 => Some(Cause::ApiNotTicked),
        429 | 500.. => Some(Cause::FhirUnavailable),
        200..300 if !is_fhir => Some(Cause::NotFhir),
        200..300 if answer.says(&[4134]) => Some(Cause::BreakTheGlass),
        200..300 if answer.says(&[4118]) => Some(Cause::UserNotAuthorised),
        200..300 if answer.says(&[59204]) => Some(Cause::SubtypeNotTicked),
        200..300 => None,
        _ if is_fhir => None,
        404 | 410 => Some(Cause::FhirBaseWrong),
        // So Epic answers for what an API doesn't have, which differs from what the app may.
        405 => Some(Cause::FhirBaseWrong),
        _ => Some(Cause::NotFhir),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SCOPE: bool = true;

    fn outcome(severity: &str, code: &str) -> String {
        json!({
            "resourceType": "OperationOutcome",
            "issue": [{"severity": severity, "code": "processing", "details": {"coding": [{"code": code}]}}],
        })
        .to_string()
    }

    fn bundle(code: &str) -> String {
        let outcome: serde_json::Value = shared::json::decode(outcome("warning", code).as_bytes()).unwrap();
        json!({"resourceType": "Bundle", "entry": [{"resource": outcome, "search": {"mode": "outcome"}}]}).to_string()
    }

    #[track_caller]
    fn check(status: u16, insufficient_scope: bool, body: &str, expected: Option<Cause>) {
        let answer = Answer::new(status, insufficient_scope, body.as_bytes().to_vec());
        assert_eq!(diagnose(Ok(&answer)), expected, "{status} {body}");
    }

    #[test]
    fn that_nobody_is_there_is_well() {
        check(200, false, &bundle("4101"), None);
        check(200, false, &bundle("4119"), None);
        check(200, false, &bundle("59133"), None);
        check(404, false, &outcome("fatal", "4102"), None);
        check(400, false, &outcome("fatal", "59102"), None);
    }

    #[test]
    fn who_may_not_is_told_apart() {
        check(401, false, "", Some(Cause::TokenRefused));
        check(403, false, "", Some(Cause::ApiNotTicked));
        check(403, SCOPE, "", Some(Cause::InsufficientScope));
        check(403, false, &outcome("fatal", "4118"), Some(Cause::UserNotAuthorised));
        let words = "The authenticated user is not authorized to view the requested data";
        check(403, false, words, Some(Cause::UserNotAuthorised));
        check(200, false, &bundle("4118"), Some(Cause::UserNotAuthorised));
        check(403, false, &outcome("fatal", "4130"), Some(Cause::BreakTheGlass));
        check(403, false, &outcome("fatal", "4131"), Some(Cause::BreakTheGlass));
        check(200, false, &bundle("4134"), Some(Cause::BreakTheGlass));
        check(200, false, &bundle("59204"), Some(Cause::SubtypeNotTicked));
    }

    #[test]
    fn what_is_no_fhir_server_is_told_apart() {
        check(404, false, "<html>", Some(Cause::FhirBaseWrong));
        check(405, false, "", Some(Cause::FhirBaseWrong));
        check(200, false, "<html>", Some(Cause::NotFhir));
        check(302, false, "", Some(Cause::NotFhir));
        check(400, false, "bad request", Some(Cause::NotFhir));
        for status in [429, 500, 502, 503] {
            check(status, false, "", Some(Cause::FhirUnavailable));
        }
        assert_eq!(diagnose(Err(&HttpError::Timeout)), Some(Cause::FhirUnreachable));
    }
}
