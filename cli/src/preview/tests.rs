use serde_json::Value;
use shared::appointments::parse_time_zone;

use super::*;

const REQUEST: &str = r#"{"resourceType": "MedicationRequest", "status": "active", "intent": "order",
    "subject": {"reference": "Patient/p1"}, "medicationReference": {"reference": "Medication/m1"},
    "dosageInstruction": [{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "asNeededBoolean": false, "route": {"text": "Oral"},
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}]}"#;
const MEDICATION: &str =
    r#"{"resourceType": "Medication", "id": "m1", "code": {"text": "lisinopril 10 MG Oral Tablet"}}"#;

/// What is printed of `input`, and what standard error says.
fn previewed(input: &str, locale: PreviewLocale, format: Format) -> (String, String) {
    let options = Options { locale, format, time_zone: None, file: None };
    let (mut out, mut remarks) = (Vec::new(), Vec::new());
    let clock = Clock::system();
    run(&options, &clock, &mut input.as_bytes(), (&mut out, &mut remarks)).unwrap();
    (String::from_utf8(out).unwrap(), String::from_utf8(remarks).unwrap())
}

fn text(input: &str) -> (String, String) {
    previewed(input, PreviewLocale::EnUs, Format::Text)
}

fn bundle(entries: &[&str]) -> String {
    let entries = entries.iter().map(|entry| format!(r#"{{"resource": {entry}}}"#)).collect::<Vec<_>>().join(",");
    format!(r#"{{"resourceType": "Bundle", "type": "searchset", "entry": [{entries}]}}"#)
}

#[test]
fn a_request_is_told_a_sentence_a_line_by_the_name_of_the_medication_beside_it() {
    let (said, remarks) = text(&format!("{MEDICATION}\n{REQUEST}"));
    let mut paragraphs = said.split("\n\n");
    assert!(paragraphs.next().unwrap().starts_with("lisinopril 10 milligrams"));
    let request = paragraphs.next().unwrap().lines().collect::<Vec<_>>();
    assert!(request[0].starts_with("lisinopril 10 milligrams") && request.len() >= 2, "{said}");
    assert!(said.contains("1 tablet") && said.contains("by mouth"), "{said}");
    assert_eq!(remarks, "");
}

#[test]
fn a_resource_by_itself_is_spoken_where_a_list_would_leave_it_out_and_standard_error_says_why() {
    for (from, to, why) in [
        (r#""active""#, r#""stopped""#, "status is neither active nor on-hold"),
        (r#""order""#, r#""plan""#, "intent is not an order's"),
        (r#""status""#, r#""doNotPerform": true, "status""#, "an order not to take it"),
        (r#""status""#, r#""category": [{"text": "Inpatient"}], "status""#, "not taken at home"),
    ] {
        assert!(REQUEST.contains(from));
        let input = REQUEST.replacen(from, to, 1);
        let (said, remarks) = text(&input);
        assert!(said.contains("1 tablet"), "{why}: {said}");
        assert!(remarks.starts_with("MedicationRequest: ") && remarks.contains(why), "{remarks}");
        let (said, remarks) = text(&bundle(&[&input]));
        assert!(!said.contains("1 tablet") && remarks.contains(why), "{said}");
    }
}

#[test]
fn a_bundle_is_heard_as_a_list() {
    let (said, remarks) = text(&bundle(&[REQUEST, MEDICATION]));
    assert!(said.starts_with("You have 1 medication on your list.\n\nlisinopril"), "{said}");
    assert!(said.trim_end().ends_with("ask your pharmacist or doctor.") && said.matches("lisinopril").count() == 1);
    assert_eq!(remarks, "");
    let warning = r#"{"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "incomplete"}]}"#;
    let (said, _) = text(&bundle(&[REQUEST, MEDICATION, warning]));
    assert!(said.starts_with("I found 1 medication on your list.\nI couldn't read the whole list"), "{said}");
    assert!(text(&bundle(&[])).0.starts_with("There are no current medications on your list."));
}

#[test]
fn both_languages_say_it_and_ssml_is_escaped() {
    let input = MEDICATION.replace("10 MG", "10 MG & more");
    let (said, _) = previewed(&input, PreviewLocale::EsUs, Format::Ssml);
    assert!(said.starts_with("<speak>") && said.trim_end().ends_with("</speak>"), "{said}");
    assert!(said.contains("10 miligramos"), "{said}");
    let (spanish, english) = (previewed(REQUEST, PreviewLocale::EsUs, Format::Text).0, text(REQUEST).0);
    assert!(spanish.contains("tableta") && !english.contains("tableta"), "{spanish}");
}

#[test]
fn json_tells_where_each_sentence_stands() {
    let (said, _) = previewed(REQUEST, PreviewLocale::EnUs, Format::Json);
    let document: Value = shared::json::decode(said.as_bytes()).unwrap();
    assert_eq!(document["locale"], "en_US");
    let resource = &document["resources"][0];
    assert_eq!((&resource["resourceType"], &resource["heard"]), (&"MedicationRequest".into(), &true.into()));
    let sentences = resource["sentences"].as_array().unwrap();
    let sources = sentences.iter().flat_map(|sentence| sentence["sources"].as_array().unwrap());
    let sources = sources.map(|source| source.as_str().unwrap()).collect::<Vec<_>>();
    assert!(sentences.iter().all(|sentence| !sentence["sources"].as_array().unwrap().is_empty()));
    for path in ["doseAndRate[0].doseQuantity", "route", "timing.repeat"] {
        let path = format!("dosageInstruction[0].{path}");
        assert!(sources.iter().any(|source| source.starts_with(&path)), "{path}: {sources:?}");
    }
}

#[test]
fn of_what_is_no_resource_it_is_told_where_and_never_what() {
    let refused = |input: &str| {
        let options = Options { locale: PreviewLocale::EnUs, format: Format::Text, time_zone: None, file: None };
        let outputs: (&mut dyn Write, &mut dyn Write) = (&mut io::sink(), &mut io::sink());
        let error = run(&options, &Clock::system(), &mut input.as_bytes(), outputs).unwrap_err();
        assert!(error.is_usage());
        error.to_string()
    };
    assert!(refused("").contains("empty"));
    assert!(refused("Jane Doe").contains("resource 1 of the input is no JSON (line 1, column 1)"));
    assert!(refused(&format!("{REQUEST}\n{{\"name\": \"Jane Doe\"}}")).contains("resource 2 of the input is no FHIR"));
    assert!(refused(r#"["Jane Doe"]"#).contains("resource 1") && !refused(r#"["Jane Doe"]"#).contains("Jane"));
    let file = Some("no/such/file.json".into());
    let missing = Options { locale: PreviewLocale::EnUs, format: Format::Text, time_zone: None, file };
    let outputs: (&mut dyn Write, &mut dyn Write) = (&mut io::sink(), &mut io::sink());
    let error = run(&missing, &Clock::system(), &mut io::empty(), outputs).unwrap_err();
    assert_eq!(error.to_string(), "no/such/file.json can't be read");
}

const APPOINTMENT: &str = r#"{"resourceType": "Appointment", "status": "booked", "start": "2999-12-03T10:30:00-06:00",
    "participant": [{"actor": {"reference": "Practitioner/d1", "display": "Lopez, Maria, MD"}, "status": "accepted"}]}"#;

#[test]
fn an_appointment_is_told_by_the_clinics_clock() {
    let (said, remarks) = text(APPOINTMENT);
    assert!(said.contains("December third") && said.contains("10:30 in the morning"), "{said}");
    assert_eq!(remarks, "");
    let (said, remarks) = text(&bundle(&[APPOINTMENT]));
    assert!(said.starts_with("Your next appointment") && !said.contains("medication"), "{said}");
    assert_eq!(remarks, "");
    let (said, remarks) = text(&APPOINTMENT.replace("2999", "1999").replace("booked", "cancelled"));
    assert!(said.contains("1999") && remarks.contains("it is not booked"), "{said}{remarks}");
    let options = Options {
        locale: PreviewLocale::EnUs,
        format: Format::Text,
        time_zone: parse_time_zone("America/New_York").flatten(),
        file: None,
    };
    let mut out = Vec::new();
    run(&options, &Clock::system(), &mut APPOINTMENT.as_bytes(), (&mut out, &mut io::sink())).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("11:30 in the morning"));
}

#[test]
fn an_appointment_without_a_start_is_told_to_lack_it() {
    let without = APPOINTMENT.replace(r#""start": "2999-12-03T10:30:00-06:00","#, "");
    let (said, remarks) = text(&without.replace("booked", "proposed"));
    assert_eq!(said, "");
    assert!(remarks.contains("no start") && remarks.contains("it is not booked"), "{remarks}");
    for booked in [without, APPOINTMENT.replace("2999-12-03T10:30:00-06:00", "next week")] {
        let (_, remarks) = text(&booked);
        assert!(remarks.contains("no start") && remarks.contains("may not be whole"), "{remarks}");
    }
}

#[test]
fn each_bundle_of_a_batchs_answer_is_a_list_by_itself() {
    let (said, _) = text(&bundle(&[&bundle(&[REQUEST, MEDICATION]), &bundle(&[])]));
    assert!(said.contains("You have 1 medication on your list.") && said.contains("There are no current"), "{said}");
}

#[test]
fn a_type_that_is_no_name_steers_no_terminal() {
    for input in ["{\"resourceType\": \"\\u001b[2JX\"}", "{\"resourceType\": \"X\\nMedicationRequest: heard\"}"] {
        let (_, remarks) = text(input);
        assert_eq!(remarks, "entry: nothing is said of a resource of this type\n", "{input:?}");
    }
}
