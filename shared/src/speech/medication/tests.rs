mod beside;
mod disagreeing;
mod modified;
mod spanish;
mod timing;
mod way;

use super::*;
use crate::fhir::medication_request::MedicationRequest;
use crate::json;
use crate::speech::en_us::REMARKS;
use crate::speech::sentence::{SENTENCE_LIMIT, split};

fn instructions(request: &MedicationRequest, on_hold: bool) -> Instructions<'_> {
    Instructions {
        dosages: &request.dosage_instruction,
        path: "dosageInstruction",
        modified: request.modifier_extension.is_present(),
        reasons: &request.reason_code,
        period: &Field::Absent,
        on_hold,
        now: "2026-11-24T12:00:00Z".parse().unwrap(),
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
         Your chart adds: at 9 AM. Your chart lists it until May 27, 2020, which has passed. Please ask your pharmacist or \
         your doctor whether you should still take it."
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
        "Part 1 of 2, first. The instructions say: 2 tablets at once. Part 2 of 2, then. The instructions say: Then 1 \
         tablet daily."
    );
    assert!(readable);
}

#[test]
fn one_instruction_that_cannot_be_said_makes_the_whole_unreadable() {
    for dosages in [
        r#"[{"text": "Take 1 tablet daily"}, {"doseAndRate": [{"doseQuantity": {"value": 2, "code": "XQ"}}]}]"#,
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
        assert_eq!(said, REMARKS.unreadable, "{dosages}");
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
        "The instructions say: one tablet every 4 hours. Your chart adds: by mouth, as needed for Rib Pain. Also: With or \
         after food."
    );
    assert!(readable);
    let (said, _) = said_of(r#"[{"text": "one tablet daily", "asNeededBoolean": true}]"#);
    assert!(said.ends_with("Your chart adds: as needed."), "{said}");
    let (said, _) = said_of(r#"[{"text": "one tablet daily PRN", "asNeededBoolean": true}]"#);
    assert!(said.ends_with("daily as needed."), "{said}");
}

#[test]
fn a_limit_or_dose_that_the_words_lack_is_added() {
    for (dosages, added) in [
        (
            r#"[{"text": "take as directed", "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}]}]"#,
            "Your chart adds: 2 tablets.",
        ),
        (
            r#"[{"text": "one tablet daily", "maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"},
                 "denominator": {"value": 24, "unit": "h"}}}]"#,
            "Your chart adds: no more than 4 tablets in 24 hours.",
        ),
    ] {
        let (said, _) = said_of(dosages);
        assert!(said.ends_with(added), "{said}");
    }
}

#[test]
fn what_cannot_be_said_sends_the_caller_to_the_pharmacist() {
    for dosages in [
        r#"[{"text": "take as directed", "doseAndRate": [{"doseQuantity": {"value": 2, "code": "XQ"}}]}]"#,
        r#"[{"text": "one tablet daily", "maxDosePerPeriod": {"numerator": {"value": 4}}}]"#,
        r#"[{"text": "one tablet daily", "additionalInstruction": [{"coding": [{"code": "1"}]}]}]"#,
        r#"[{"text": "one tablet daily, see https://example.org/leaflet"}]"#,
        r#"[{"text": "See Admin Instructions."}]"#,
    ] {
        let (said, _) = said_of(dosages);
        assert!(said.ends_with(REMARKS.more_in_chart), "{said}");
    }
}

#[test]
fn words_that_the_structure_contradicts_are_read_and_the_caller_is_sent_to_the_pharmacist() {
    for (dosage, other) in [
        (
            r#""text": "One tablet daily for 4 days", "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}"#,
            "4 times a day",
        ),
        (
            r#""text": "Take 1 tablet 2 times a day", "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}]"#,
            "2 tablets",
        ),
        (
            r#""text": "Take 500 mg daily", "doseAndRate": [{"doseQuantity": {"value": 250, "unit": "mg"}}]"#,
            "250 milligrams",
        ),
        (r#""text": "Take 1 tablet by mouth daily", "route": {"text": "Rectal"}"#, "in the rectum"),
        (r#""text": "Take 1 tablet with meals", "timing": {"repeat": {"when": ["AC"]}}"#, "before meals"),
        (
            r#""text": "Take 1 tablet daily for 5 days", "timing": {"repeat": {"boundsDuration": {"value": 7, "unit": "d"}}}"#,
            "for 7 days",
        ),
        (
            r#""text": "Take 1 tablet. Not more than 3 tablets a day", "maxDosePerPeriod":
               {"numerator": {"value": 4, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}"#,
            "no more than 4 tablets in 1 day",
        ),
        (r#""text": "Take 1 tablet on Monday", "timing": {"repeat": {"dayOfWeek": ["tue"]}}"#, "on Tuesday"),
    ] {
        let (said, readable) = said_of(&format!("[{{{dosage}}}]"));
        let check =
            format!("But another part of your chart says: {other}. Please check with your pharmacist which is right.");
        assert!(said.starts_with("The instructions say: ") && said.ends_with(&check), "{said}");
        assert!(readable);
    }
}

#[test]
fn the_same_dose_in_another_unit_is_no_contradiction() {
    for dosage in [
        r#""text": "Take 0.5 g daily", "doseAndRate": [{"doseQuantity": {"value": 500, "unit": "mg"}}]"#,
        r#""text": "Take 1 tablet daily for 1 week", "timing": {"repeat": {"boundsDuration": {"value": 7, "unit": "d"}}}"#,
        r#""text": "Take 2 pills daily", "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}]"#,
        r#""text": "Inhale 2 puffs daily", "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "Inhalation"}}]"#,
    ] {
        let (said, _) = said_of(&format!("[{{{dosage}}}]"));
        assert!(!said.contains("Your chart") && !said.contains("But"), "{said}");
    }
}

#[test]
fn a_dosage_without_words_is_said_from_its_structure() {
    for (dosage, sentences) in [
        (
            r#""doseAndRate": [{"doseQuantity": {"value": 0.5, "unit": "tablet"}}], "route": {"text": "Oral"},
               "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["PCM", "HS"]}}"#,
            "The instructions say: take half a tablet by mouth, 2 times a day, after breakfast and at bedtime.",
        ),
        (
            r#""method": {"text": "Inject"}, "doseAndRate": [{"doseQuantity": {"value": 0.25, "code": "mg"}}],
               "route": {"text": "Subcutaneous"}, "site": {"text": "abdomen"},
               "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}}"#,
            "The instructions say: inject zero point two five milligrams under the skin, at this place on the body: abdomen, \
             once a week, on Monday.",
        ),
        (
            r#""doseRange": {"low": {"value": 1, "unit": "TAB"}, "high": {"value": 2, "unit": "TAB"}},
               "timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}},
               "asNeededCodeableConcept": {"text": "pain"},
               "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "TAB"}, "denominator": {"value": 24, "unit": "h"}}"#,
            "The instructions say: 1 to 2 tablets, every 4 to 6 hours, as needed for pain. No more than 8 tablets in 24 hours.",
        ),
        (
            r#""doseAndRate": [{"type": {"text": "calculated"}, "doseQuantity": {"value": 2, "unit": "tablet"}},
                               {"type": {"text": "ordered"}, "doseQuantity": {"value": 1000, "unit": "mg"}}],
               "route": {"text": "Oral"}, "timing": {"code": {"text": "BID"}}"#,
            "The instructions say: take 1,000 milligrams, also given as 2 tablets, by mouth, 2 times a day.",
        ),
        (
            r#""doseAndRate": [{"doseQuantity": {"value": 1.0}}], "timing": {"code": {"coding": [{"code": "Q8H"}]}}"#,
            "The instructions say: an amount of 1, every 8 hours. Your chart gives that amount without saying what is \
             counted. Please ask your pharmacist.",
        ),
        (
            r#""method": {"text": "Apply"}, "route": {"text": "Topical"}, "timing": {"code": {"text": "PM"}}"#,
            "The instructions say: apply it on the skin, in the afternoon or evening.",
        ),
        (
            r#""route": {"text": "Oral"}"#,
            "The instructions say: take it by mouth. Your chart doesn't say how much to take, or how often. Please ask your \
             pharmacist.",
        ),
    ] {
        let (said, readable) = said_of(&format!("[{{{dosage}}}]"));
        assert_eq!(said, sentences);
        assert!(readable);
    }
}

#[test]
fn each_sentence_tells_where_it_stands_in_the_chart() {
    let request = request(
        r#"{"dosageInstruction": [{"text": "Take 1 tablet daily", "route": {"text": "Oral"}, "maxDosePerPeriod":
            {"numerator": {"value": 4, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}]}"#,
    );
    let told = told(Locale::EnUs, Some(&Phi::new("x".to_owned())), instructions(&request, false));
    let sources = told.sentences.iter().map(|sentence| sentence.sources.join(" ")).collect::<Vec<_>>();
    assert_eq!(
        sources,
        ["medication", "dosageInstruction[0].text", "dosageInstruction[0].route dosageInstruction[0].maxDosePerPeriod"]
    );
}

#[test]
fn spanish_is_said_from_the_structure_and_english_words_are_read_where_they_say_more() {
    let said_in_spanish = |dosage: &str| {
        let request = request(&format!(r#"{{"dosageInstruction": [{{{dosage}}}]}}"#));
        let spoken = medication(Locale::EsUs, Some(&Phi::new("x".to_owned())), instructions(&request, false));
        spoken.sentences[1..].iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>().join(" ")
    };
    let structure = r#""route": {"text": "Oral"}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}],
                       "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}"#;
    let spanish = "Las instrucciones dicen: tome una tableta por la boca, 2 veces al día.";
    let advice = "Si no entiende el inglés, pida a su farmacéutico que se lo explique en español.";
    assert!(crate::speech::es_us::DIALOG.once_a_turn.contains(&advice), "several medications in a turn have it once");
    assert_eq!(said_in_spanish(structure), spanish);
    assert_eq!(said_in_spanish(&format!(r#""text": "Take 1 tablet by mouth 2 times a day", {structure}"#)), spanish);
    assert_eq!(
        said_in_spanish(&format!(r#""text": "Take 1 tablet by mouth twice daily. Do not crush.", {structure}"#)),
        format!(
            "Una parte de las instrucciones dice: tome una tableta por la boca, 2 veces al día. Las instrucciones \
             escritas, en inglés, dicen: Take 1 tablet by mouth twice daily. Do not crush. {advice}"
        )
    );
    assert_eq!(
        said_in_spanish(&format!(r#""text": "Take 1 tablet by mouth daily", {structure}"#)),
        format!(
            "Una parte de las instrucciones dice: tome una tableta por la boca. Las instrucciones escritas, en inglés, dicen: Take 1 \
             tablet by mouth daily. Pero otra parte de su expediente dice: 2 veces al día. Por favor pregunte a su \
             farmacéutico cuál es lo correcto. {advice}"
        )
    );
    assert_eq!(
        said_in_spanish(r#""text": "Tome una tableta cada 8 horas""#),
        "Las instrucciones dicen: Tome una tableta cada 8 horas."
    );
}

#[test]
fn no_instructions_no_name_and_on_hold_are_said() {
    let none = medication(Locale::EnUs, None, instructions(&request("{}"), true));
    let said = none.sentences.iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>();
    assert_eq!(said, [REMARKS.unnamed, REMARKS.on_hold, REMARKS.no_instructions]);
    assert!(!none.readable && none.name.expose().is_empty());
}

#[test]
fn a_name_without_a_letter_that_a_voice_knows_is_no_name() {
    for name in ["服用", ".", "12"] {
        let spoken = medication(Locale::EnUs, Some(&Phi::new(name.to_owned())), instructions(&request("{}"), false));
        assert_eq!(spoken.sentences[0].expose(), REMARKS.unnamed, "{name}");
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
            "Your chart lists it from November 23, 2026 until November 30, 2026.",
        ),
        (", Starting Tue 12/15/2026", "{}", "Your chart lists it from December 15, 2026."),
        (", Starting 3 days before surgery", "{}", "Your chart lists it from 3 days before surgery."),
        (", Disp-90 tablet, R-3, Starting Tue 5/28/2019, Until Discontinued, Normal", "{}", ""),
        (
            "",
            r#"{"repeat": {"boundsPeriod": {"end": "2026-11-30"}, "count": 14}}"#,
            "Your chart adds: 14 times in all. Your chart lists it until November 30, 2026.",
        ),
    ] {
        let patient = format!(r#""patientInstruction": "{words}", "#);
        for patient in [patient.as_str(), ""] {
            let (said, readable) = said_of(&format!(r#"[{{{patient}"text": "{words}{noise}", "timing": {timing}}}]"#));
            assert_eq!(said, format!("{once} {course}").trim());
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
        let both = format!("The instructions say: {order} The instructions say: {patient}");
        // "2 tablets … and 1" isn't "1 tablet … and 2".
        let differing = if order.contains("and 1 in") { format!(" {}", REMARKS.differing) } else { String::new() };
        assert_eq!(said, both + &differing);
    }
}

#[test]
fn a_limit_and_as_needed_are_told_where_the_words_only_seem_to_have_them() {
    for (dosages, added) in [
        (
            r#"[{"text": "Take up to 2 tablets by mouth every 8 hours as needed",
                 "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}]"#,
            "no more than 8 tablets in 1 day.",
        ),
        (
            r#"[{"text": "Take up to 1 tablet every 4 hours",
                 "maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}]"#,
            "no more than 4 tablets in 1 day.",
        ),
        (
            r#"[{"text": "Take 1 tablet every 6 hours. May take with food if needed.", "asNeededBoolean": true}]"#,
            "as needed.",
        ),
    ] {
        let (said, _) = said_of(dosages);
        assert!(said.ends_with(&format!("Your chart adds: {added}")), "{said}");
    }
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
