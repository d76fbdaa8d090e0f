//! Which search this site answers: tried out with a test patient, judged as a call would judge it.

use fulfillment::trial::{Trial, Verdict};
use jiff::Timestamp;
use serde_json::json;
use shared::call_record::PatientId;
use shared::http::HttpError;

use super::cause::Cause;
use super::fhir_api;
use super::fhir_exchange::{Answer, Request, Server};
use super::report::{Diagnosis, Found};
use super::test_patient::{TestPatient, TestPatientError};

/// The notations tried, in the order in which sites are likely to take them; the first is how Epic stores numbers.
const FORMATS: [&str; 4] = ["NNN-NNN-NNNN", "+1NNNNNNNNNN", "NNNNNNNNNN", "(NNN) NNN-NNNN"];
/// The age from which the setting that is printed lets patients hear their chart.
const MINIMUM_AGE: u8 = 18;

/// How the parameters travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Post,
    Get,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Get => "get",
        }
    }
}

/// What came of one search.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hit {
    Found(PatientId),
    Nobody,
    Several,
    NotReadOut,
    /// The parameters were not read.
    Ignored,
    NamesNeeded,
    Failed(Cause),
}

/// How a search is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    method: Method,
    with_gender: bool,
    with_names: bool,
}

/// A search that was tried, and what came of it.
type Tried = (&'static str, Hit);

/// What finds the test patient.
pub(super) struct Search {
    /// The patient found.
    pub(super) patient: PatientId,
    /// The setting `patient_search`.
    pub(super) setting: String,
}

/// Checks that the test patient can be searched for at all, before anything is asked.
///
/// # Errors
/// [`TestPatientError::Unusable`].
pub(super) fn check_test_patient(patient: &TestPatient) -> Result<(), TestPatientError> {
    let way = Way { method: Method::Post, with_gender: true, with_names: patient.names.is_some() };
    trial(patient, FORMATS.first().copied().unwrap_or_default(), way).map(drop)
}

/// Tries the searches out.
pub(super) async fn find(
    server: &Server<'_>,
    patient: &TestPatient,
    now: Timestamp,
) -> Result<Found<Search>, Diagnosis> {
    let mut last = Err(Cause::SearchIgnored);
    for method in [Method::Post, Method::Get] {
        // Names are one thing more that a caller must say, and spell: only where Epic wants them.
        for with_names in [false, true] {
            let names_wanted = last == Err(Cause::NamesNeeded) && patient.names.is_some();
            if with_names && !names_wanted {
                break;
            }
            for with_gender in [true, false] {
                let way = Way { method, with_gender, with_names };
                let tried = try_all(server, patient, way, now).await;
                last = conclude(&tried);
                match &last {
                    Ok((found, formats)) => return Ok(told(found.clone(), formats, way)),
                    // Another gender on the chart than the one given is still the same patient to look at.
                    Err(Cause::PatientNotFound) => {}
                    Err(_) => break,
                }
            }
        }
        // A GET puts a birth date into a URL, and so into others' logs: only where a form isn't read.
        if last != Err(Cause::SearchIgnored) {
            break;
        }
    }
    let cause = last.err().unwrap_or(Cause::PatientNotFound);
    let seen = if cause == Cause::NamesNeeded { without_names(server, patient).await } else { String::new() };
    Err(Diagnosis::new(cause, seen))
}

fn told(patient: PatientId, formats: &[&'static str], way: Way) -> Found<Search> {
    let best = formats.first().copied().unwrap_or_default();
    let names = if way.with_names { ", with first and last name" } else { "" };
    let mut found = Found::new(
        Search { patient, setting: setting(best, way, MINIMUM_AGE) },
        format!("exactly one patient agrees; by {}{names}, phone as {}", way.method.name(), formats.join(" or ")),
    );
    if !way.with_gender {
        found.seen.push_str("; not with the gender given: compare it with the chart before you leave it out");
    }
    found
}

async fn try_all(server: &Server<'_>, patient: &TestPatient, way: Way, now: Timestamp) -> Vec<Tried> {
    let mut tried = Vec::new();
    for format in FORMATS {
        let Ok(trial) = trial(patient, format, way) else { continue };
        let parameters = trial.parameters(format);
        let hit = try_once(server, &trial, way.method, &parameters, now).await;
        tried.push((format, hit));
    }
    tried
}

async fn try_once(
    server: &Server<'_>,
    trial: &Trial,
    method: Method,
    parameters: &[(&'static str, String)],
    now: Timestamp,
) -> Hit {
    let request = match method {
        Method::Post => Request::PostSearch("Patient", parameters),
        Method::Get => Request::GetSearch("Patient", parameters),
    };
    judge(&server.ask(request).await, |answer| trial.judge(&answer.set, now))
}

/// From an answer to what came of the search.
fn judge(answer: &Result<Answer, HttpError>, verdict: impl FnOnce(&Answer) -> Verdict) -> Hit {
    if answer.as_ref().is_ok_and(Answer::takes_no_post) {
        return Hit::Ignored;
    }
    // What is left out of a Patient leaves who they are.
    if let Some(cause) = fhir_api::diagnose(answer.as_ref()).filter(|cause| *cause != Cause::SubtypeNotTicked) {
        return Hit::Failed(cause);
    }
    let Ok(answer) = answer else { return Hit::Nobody };
    match () {
        () if answer.says(&[59133]) => Hit::NamesNeeded,
        () if answer.says(&[4110]) => Hit::Ignored,
        // Another refusal of the question, such as of its notation (4100) or for too many hits (4127).
        () if !(200..300).contains(&answer.status) => Hit::Nobody,
        () => match verdict(answer) {
            Verdict::One(patient) => Hit::Found(patient),
            Verdict::Nobody => Hit::Nobody,
            Verdict::Several => Hit::Several,
            Verdict::NotReadOut => Hit::NotReadOut,
            Verdict::Unusable => Hit::Ignored,
        },
    }
}

/// The patient and the formats that find them; or the one cause for which none does.
fn conclude(tried: &[Tried]) -> Result<(PatientId, Vec<&'static str>), Cause> {
    let found =
        || tried.iter().filter_map(|(format, hit)| if let Hit::Found(id) = hit { Some((*format, id)) } else { None });
    if let Some((_, first)) = found().next() {
        if found().any(|(_, id)| id != first) {
            return Err(Cause::SeveralPatients);
        }
        return Ok((first.clone(), found().map(|(format, _)| format).collect()));
    }
    let failed = tried.iter().find_map(|(_, hit)| if let Hit::Failed(cause) = hit { Some(*cause) } else { None });
    let any = |wanted: Hit| tried.iter().any(|(_, hit)| *hit == wanted);
    Err(match failed {
        Some(cause) => cause,
        None if any(Hit::Several) => Cause::SeveralPatients,
        None if any(Hit::NotReadOut) => Cause::NotReadOut,
        None if any(Hit::NamesNeeded) => Cause::NamesNeeded,
        None if tried.iter().all(|(_, hit)| *hit == Hit::Ignored) => Cause::SearchIgnored,
        None => Cause::PatientNotFound,
    })
}

/// What can be told where this Epic wants names: whether they were given, and whether it has `$match`; for whoever talks to
/// its analyst.
async fn without_names(server: &Server<'_>, patient: &TestPatient) -> String {
    let mut told = match &patient.names {
        None => "give family and given, and the setting will ask callers for them".to_owned(),
        Some(_) => "not even with names is it enough".to_owned(),
    };
    let body = json!({
        "resourceType": "Parameters",
        "parameter": [
            {"name": "resource", "resource": {
                "resourceType": "Patient",
                "telecom": [{"system": "phone", "value": patient.phone.expose()}],
                "birthDate": patient.birth_date.expose(),
                "gender": patient.gender.expose(),
            }},
            {"name": "count", "valueInteger": 3},
        ],
    });
    let answers = matches!(server.ask(Request::Match(body.to_string())).await, Ok(answer) if answer.status == 200);
    told.push_str(if answers { "; Patient.$match answers here" } else { "; Patient.$match is not open to the app" });
    told
}

fn trial(patient: &TestPatient, format: &str, way: Way) -> Result<Trial, TestPatientError> {
    // The trial is of the search: how old the test patient is doesn't matter.
    let policy = setting(format, way, 0);
    let trial = Trial::new(&policy, patient.phone.expose(), patient.birth_date.expose(), patient.gender.expose());
    let named = |trial: Trial| match patient.names.as_ref().filter(|_| way.with_names) {
        Some(names) => trial.with_names(names.given.expose(), names.family.expose()),
        None => Ok(trial),
    };
    trial.and_then(named).map_err(TestPatientError::Unusable)
}

fn setting(format: &str, way: Way, minimum_age: u8) -> String {
    let mut required = vec!["phone", "birth_date"];
    if way.with_gender {
        required.push("gender");
    }
    if way.with_names {
        required.push("name");
    }
    json!({
        "required": required,
        "phone_formats": [format],
        "method": way.method.name(),
        "country_code": "1",
        "minimum_age": minimum_age,
        "said_number": "person",
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str) -> Hit {
        Hit::Found(PatientId::parse(id).unwrap())
    }

    #[track_caller]
    fn check(hits: [Hit; 4], expected: Result<(&str, &[&str]), Cause>) {
        let tried: Vec<Tried> = FORMATS.into_iter().zip(hits).collect();
        let expected = expected.map(|(id, formats)| (PatientId::parse(id).unwrap(), formats.to_vec()));
        assert_eq!(conclude(&tried), expected, "{tried:?}");
    }

    #[test]
    fn a_format_that_finds_the_patient_is_enough_and_two_patients_are_one_too_many() {
        use Hit::{Ignored, Nobody};
        check([found("a"), Nobody, found("a"), Ignored], Ok(("a", &["NNN-NNN-NNNN", "NNNNNNNNNN"])));
        check([found("a"), Nobody, found("b"), Nobody], Err(Cause::SeveralPatients));
    }

    #[test]
    fn why_nobody_is_found_is_told_apart() {
        use Hit::{Failed, Ignored, NamesNeeded, Nobody, NotReadOut, Several};
        check([Nobody, Failed(Cause::InsufficientScope), Several, Nobody], Err(Cause::InsufficientScope));
        check([Nobody, Several, Nobody, Nobody], Err(Cause::SeveralPatients));
        check([Nobody, NotReadOut, Nobody, NamesNeeded], Err(Cause::NotReadOut));
        check([NamesNeeded, NamesNeeded, NamesNeeded, NamesNeeded], Err(Cause::NamesNeeded));
        check([Ignored, Ignored, Ignored, Ignored], Err(Cause::SearchIgnored));
        check([Nobody, Ignored, Nobody, Nobody], Err(Cause::PatientNotFound));
    }

    #[test]
    fn a_server_that_takes_no_search_by_post_has_not_read_it_and_is_asked_by_get() {
        for (status, body) in [(405, ""), (405, r#"{"resourceType": "OperationOutcome"}"#), (501, "<html>")] {
            let answer = Answer::new(status, false, body.as_bytes().to_vec());
            assert_eq!(judge(&Ok(answer), |_| Verdict::Nobody), Hit::Ignored, "{status} {body}");
        }
    }

    #[test]
    fn the_setting_is_one_that_fulfillment_takes() {
        for (method, with_gender, with_names) in
            [(Method::Post, true, false), (Method::Get, false, false), (Method::Post, true, true)]
        {
            for format in FORMATS {
                let setting = setting(format, Way { method, with_gender, with_names }, MINIMUM_AGE);
                assert!(Trial::new(&setting, "+14695555555", "1987-09-12", "female").is_ok(), "{setting}");
                assert!(!setting.contains('\''), "{setting}");
            }
        }
    }

    #[test]
    fn a_test_patient_that_cannot_be_searched_for_is_told_without_a_word_of_it() {
        let patient = |phone: &str, born: &str, gender: &str| {
            TestPatient::parse(&format!("phone: {phone}\nbirth_date: {born}\ngender: {gender}\n")).unwrap()
        };
        assert!(check_test_patient(&patient("+14695555555", "1987-09-12", "female")).is_ok());
        for wrong in [
            patient("555-5555", "1987-09-12", "female"),
            patient("+14695555555", "12.9.1987", "female"),
            patient("+14695555555", "1987-09-12", "woman"),
        ] {
            let told = check_test_patient(&wrong).unwrap_err().to_string();
            assert!(told.contains(" must be ") && !told.contains("1987") && !told.contains("woman"), "{told}");
        }
    }
}
