use super::*;
use crate::fhir::medication_request::MedicationRequest;
use crate::json;

fn instructions(request: &MedicationRequest, on_hold: bool) -> Instructions<'_> {
    Instructions {
        dosages: &request.dosage_instruction,
        modified: request.modifier_extension.is_present(),
        reasons: &request.reason_code,
        on_hold,
    }
}

fn request(json: &str) -> MedicationRequest {
    json::decode(json.as_bytes()).unwrap()
}

/// What is said of a medication with these dosage instructions.
fn said_of(dosages: &str) -> (String, bool) {
    let request = request(&format!(r#"{{"dosageInstruction": {dosages}}}"#));
    let spoken =
        medication(Locale::EnUs, Some(&Phi::new("lisinopril 10 MG".to_owned())), instructions(&request, false));
    assert_eq!(spoken.sentences[0].expose(), "lisinopril 10 milligrams.");
    let sentences = spoken.sentences[1..].iter().map(|sentence| sentence.expose().as_str());
    (sentences.collect::<Vec<_>>().join(" "), spoken.readable)
}

#[test]
fn epics_own_example_is_read_in_the_words_for_the_patient() {
    let (said, readable) = said_of(
        r#"[{"text": "Take 1 tablet by mouth 1 (one) time each day., Starting Tue 5/28/2019, Until Wed 5/27/2020, Normal",
             "patientInstruction": "Take 1 tablet by mouth 1 (one) time each day.",
             "timing": {"repeat": {"boundsPeriod": {"start": "2019-05-28"}, "count": 365, "timeOfDay": ["09:00:00"]},
                        "code": {"text": "0900"}},
             "asNeededBoolean": false, "route": {"text": "Oral"},
             "doseAndRate": [{"type": {"text": "calculated"}, "doseQuantity": {"value": 1, "unit": "tablet"}},
                             {"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}]}]"#,
    );
    assert_eq!(
        said,
        "The instructions say: Take 1 tablet by mouth 1 time each day. \
         Your chart lists it from Tue 5/28/2019 until Wed 5/27/2020."
    );
    assert!(readable);
}

#[test]
fn a_remark_for_the_patient_does_not_replace_the_orders_words() {
    let (said, _) = said_of(r#"[{"text": "Take 2 tablets daily", "patientInstruction": "Take with food"}]"#);
    assert_eq!(said, "The instructions say: Take 2 tablets daily. The instructions say: Take with food.");
}

#[test]
fn several_instructions_are_read_in_their_sequence() {
    let (said, readable) =
        said_of(r#"[{"sequence": 2, "text": "Then 1 tablet daily"}, {"sequence": 1, "text": "2 tablets at once"}]"#);
    assert_eq!(
        said,
        "Part 1 of 2. The instructions say: 2 tablets at once. Part 2 of 2. The instructions say: Then 1 tablet daily."
    );
    assert!(readable);
}

#[test]
fn one_instruction_without_words_makes_the_whole_unreadable() {
    for dosages in [
        r#"[{"text": "Take 1 tablet daily"}, {"doseAndRate": [{"doseQuantity": {"value": 2}}]}]"#,
        r#"[{"timing": {"repeat": {"frequency": 1}}}]"#,
        r#"[{"text": "  "}]"#,
        r#"[{"text": 7}]"#,
        r#"[{"text": "."}]"#,
        r#"[{"text": "Take 1 tablet daily"}, 7]"#,
        r#"[{"text": "2 drops OD"}]"#,
        r#"[{"text": "Take 1 tablet daily", "additionalInstruction": [{"text": "D/C if rash"}]}]"#,
        "7",
    ] {
        let (said, readable) = said_of(dosages);
        assert_eq!(said, en_us::UNREADABLE, "{dosages}");
        assert!(!readable, "{dosages}");
    }
}

#[test]
fn what_the_chart_has_beside_the_words_is_said() {
    let (said, readable) = said_of(
        r#"[{"text": "one tablet every 4 hours", "asNeededCodeableConcept": {"coding": [{"display": "Rib Pain (finding)"}]},
             "route": {"coding": [{"display": "Oral Route"}]}, "additionalInstruction": [{"text": "With or after food"}]}]"#,
    );
    assert_eq!(
        said,
        "The instructions say: one tablet every 4 hours. Also: With or after food. Your chart gives the way to take it as: \
         Oral Route. Your chart says to take it as needed, for: Rib Pain."
    );
    assert!(readable);
    let (said, _) = said_of(r#"[{"text": "one tablet daily", "asNeededBoolean": true}]"#);
    assert!(said.ends_with(en_us::AS_NEEDED), "{said}");
    let (said, _) = said_of(r#"[{"text": "one tablet daily PRN", "asNeededBoolean": true}]"#);
    assert!(said.ends_with("daily as needed."), "{said}");
}

#[test]
fn a_limit_or_dose_that_the_words_lack_sends_the_caller_to_the_pharmacist() {
    for dosages in [
        r#"[{"text": "take as directed", "doseAndRate": [{"doseQuantity": {"value": 2}}]}]"#,
        r#"[{"text": "one tablet daily", "maxDosePerPeriod": {"numerator": {"value": 4}}}]"#,
        r#"[{"text": "one tablet daily", "additionalInstruction": [{"coding": [{"code": "1"}]}]}]"#,
        r#"[{"text": "one tablet daily, see https://example.org/leaflet"}]"#,
        r#"[{"text": "See Admin Instructions."}]"#,
    ] {
        let (said, _) = said_of(dosages);
        assert!(said.ends_with(en_us::MORE_IN_CHART), "{said}");
    }
}

#[test]
fn no_instructions_no_name_and_on_hold_are_said() {
    let none = medication(Locale::EnUs, None, instructions(&request("{}"), true));
    let said = none.sentences.iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>();
    assert_eq!(said, [en_us::UNNAMED, en_us::ON_HOLD, en_us::NO_INSTRUCTIONS]);
    assert!(!none.readable && none.name.expose().is_empty());
}

#[test]
fn a_name_without_a_letter_that_a_voice_knows_is_no_name() {
    for name in ["服用", ".", "12"] {
        let spoken = medication(Locale::EnUs, Some(&Phi::new(name.to_owned())), instructions(&request("{}"), false));
        assert_eq!(spoken.sentences[0].expose(), en_us::UNNAMED, "{name}");
    }
}

#[test]
fn the_orders_course_is_said_whatever_the_words_for_the_patient_are() {
    let words = "Take 1 tablet (500 mg) by mouth 2 times a day.";
    let once = "The instructions say: Take 1 tablet (500 milligrams) by mouth 2 times a day.";
    for (noise, timing, course) in [
        (
            ", Starting Mon 11/23/2026, Until Mon 11/30/2026, Normal",
            "{}",
            "Your chart lists it from Mon 11/23/2026 until Mon 11/30/2026.",
        ),
        (", Starting Tue 12/15/2026", "{}", "Your chart lists it from Tue 12/15/2026."),
        (", Starting 3 days before surgery", "{}", "Your chart lists it from 3 days before surgery."),
        (
            ", Disp-90 tablet, R-3, Starting Tue 5/28/2019, Until Discontinued, Normal",
            "{}",
            "Your chart lists it from Tue 5/28/2019.",
        ),
        (
            "",
            r#"{"repeat": {"boundsPeriod": {"end": "2026-11-30"}, "count": 14}}"#,
            "Your chart lists it until November 30, 2026. Your chart says: 14 times in all.",
        ),
    ] {
        let patient = format!(r#""patientInstruction": "{words}", "#);
        for patient in [patient.as_str(), ""] {
            let (said, readable) = said_of(&format!(r#"[{{{patient}"text": "{words}{noise}", "timing": {timing}}}]"#));
            assert_eq!(said, format!("{once} {course}"));
            assert!(readable);
        }
    }
}

#[test]
fn the_orders_words_are_heard_unless_the_patients_are_the_same() {
    for (order, patient) in [
        ("Instill 1 drop into the left eye 2 times a day.", "Instill 1 drop 2 times a day."),
        ("Take 1 tablet once a day on Monday and Thursday.", "Take 1 tablet once a day."),
        ("Take 1 tablet daily on an empty stomach.", "Take 1 tablet daily."),
        ("Take 1 tablet every evening.", "Take 1 tablet daily."),
        ("Take 5 milligrams daily.", "Take 5 milliliters daily."),
        ("Take 2 tablets in the morning and 1 in the evening.", "Take 1 tablet in the morning and 2 in the evening."),
    ] {
        let (said, _) = said_of(&format!(r#"[{{"text": "{order}", "patientInstruction": "{patient}"}}]"#));
        assert_eq!(said, format!("The instructions say: {order} The instructions say: {patient}"));
    }
}

#[test]
fn a_limit_and_as_needed_are_told_where_the_words_only_seem_to_have_them() {
    for dosages in [
        r#"[{"text": "Take up to 2 tablets by mouth every 8 hours as needed",
             "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}]"#,
        r#"[{"text": "Take up to 1 tablet every 4 hours",
             "maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}]"#,
        r#"[{"text": "Take 1 tablet by mouth 2 times a day", "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}]}]"#,
    ] {
        let (said, _) = said_of(dosages);
        assert!(said.ends_with(en_us::MORE_IN_CHART), "{said}");
    }
    let (said, _) =
        said_of(r#"[{"text": "Take 1 tablet every 6 hours. May take with food if needed.", "asNeededBoolean": true}]"#);
    assert!(said.ends_with(en_us::AS_NEEDED), "{said}");
}

#[test]
fn an_extension_that_changes_the_meaning_makes_the_instructions_unreadable() {
    let request = request(r#"{"modifierExtension": [{"url": "x"}], "dosageInstruction": [{"text": "Take 1 daily"}]}"#);
    let spoken = medication(Locale::EnUs, Some(&Phi::new("x".to_owned())), instructions(&request, false));
    assert!(!spoken.readable);
}

#[test]
fn a_long_instruction_is_split_and_never_cut() {
    let words = (0..400).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let request = request(&format!(r#"{{"dosageInstruction": [{{"text": "{words}"}}]}}"#));
    let spoken = medication(Locale::EnUs, Some(&Phi::new("x".to_owned())), instructions(&request, false));
    assert!(spoken.sentences.iter().all(|sentence| sentence.expose().len() <= SENTENCE_LIMIT));
    let said = spoken.sentences.iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>().join(" ");
    assert!(said.contains(&words));
    assert_eq!(split(&"x".repeat(1000)).concat().len(), 1000);
}
