use super::*;
use crate::fhir::dosage::Dosage;
use crate::json;
use crate::speech::fact::{Doubt, Found, Reading};

mod pharmacist;

fn covers(words: &str, dosage: &str) -> bool {
    let dosage: Dosage = json::decode(dosage.as_bytes()).unwrap();
    let reading = Reading::of(&dosage);
    let said = Said::of(words);
    let is_said = |found: &Found| said.verdict(&found.fact) == Verdict::Said;
    !reading.is_unsafe && reading.doubt == Doubt::None && reading.facts.iter().all(is_said)
}

#[test]
fn words_with_the_same_dose_and_frequency_cover_the_structure() {
    for (words, dosage) in [
        (
            "take 1 tablet daily",
            r#"{"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}],
            "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}"#,
        ),
        (
            "one to two tablets every 4 to 6 hours",
            r#"{"doseAndRate": [{"doseRange": {"low": {"value": 1}, "high": {"value": 2}}}],
            "timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}}}"#,
        ),
        ("500 milligrams daily for 5 days", r#"{"doseAndRate": [{"doseQuantity": {"value": 500, "unit": "mg"}}]}"#),
        (
            "take a tablet at bedtime",
            r#"{"doseAndRate": [{"doseQuantity": {"value": 1}}], "timing": {"repeat": {"when": ["HS"]}}}"#,
        ),
        (
            "1 tablet as needed, no more than 3 tablets a day",
            r#"{"maxDosePerPeriod": {"numerator": {"value": 3, "unit": "tablet"}, "denominator": {"value": 24, "unit": "h"}}}"#,
        ),
        ("take as directed", "{}"),
    ] {
        assert!(covers(words, dosage), "{words}");
    }
}

#[test]
fn a_dose_a_frequency_or_a_limit_that_the_words_lack_is_found() {
    for (words, dosage) in [
        ("take as directed", r#"{"doseAndRate": [{"doseQuantity": {"value": 1}}]}"#),
        ("500 milligrams daily", r#"{"doseAndRate": [{"doseQuantity": {"value": 500, "unit": "mcg"}}]}"#),
        ("one tablet daily for 4 days", r#"{"timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}}"#),
        ("one capsule three times daily", r#"{"maxDosePerPeriod": {"numerator": {"value": 3, "unit": "capsules"}}}"#),
        ("no more than 3 tablets a day", r#"{"maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"}}}"#),
        ("take 1 tablet daily", r#"{"timing": {"repeat": {"boundsDuration": {"value": 7, "unit": "d"}}}}"#),
        ("take 1 tablet daily", r#"{"timing": {"repeat": {"dayOfWeek": ["mon"]}}}"#),
        ("take 1 tablet daily", r#"{"doseAndRate": [{"doseQuantity": {"value": "1"}}]}"#),
        ("take 1 tablet daily", r#"{"timing": 7}"#),
        ("take 1 tablet daily", r#"{"maxDosePerPeriod": []}"#),
        ("take 1 tablet daily", r#"{"modifierExtension": [{"url": "x"}]}"#),
    ] {
        assert!(!covers(words, dosage), "{words}: {dosage}");
    }
}

#[test]
fn words_that_leave_out_a_number_or_a_condition_do_not_say_it_all() {
    let order = Said::of("take 1 tablet (20 milligrams) daily with food");
    assert!(!Said::of("take 1 tablet daily with food").says_all_of(&order));
    assert!(!Said::of("take 1 tablet, 20 milligrams, daily").says_all_of(&order));
    let limit = Said::of("take 1 tablet, do not crush");
    assert!(!Said::of("take 1 tablet, not with milk").says_all_of(&limit));
    assert!(!Said::of("take with food, do not lie down").phrase("do not take with food"));
    // The same in other words is said twice: whether they are the same is not for us to judge.
    assert!(!Said::of("take 1 tablet of 20 milligrams once a day, with food").says_all_of(&order));
}

#[test]
fn a_number_counts_only_beside_its_unit_and_a_limit_beside_its_word() {
    for (words, dosage) in [
        (
            "take up to 2 tablets by mouth every 8 hours as needed",
            r#"{"maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}"#,
        ),
        (
            "take 4 tablets, or up to 1 tablet every 4 hours",
            r#"{"maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"}}}"#,
        ),
        (
            "take 4 tablets at once. do not take more than 6 tablets a day",
            r#"{"maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"}}}"#,
        ),
        (
            "no more than 4 tablets a week",
            r#"{"maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}"#,
        ),
        ("no more than 4 tablets a day", r#"{"maxDosePerLifetime": {"value": 4, "unit": "tablet"}}"#),
        (
            "take 1 tablet by mouth 2 times a day",
            r#"{"doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}]}"#,
        ),
        ("take 1 tablet every 4 hours", r#"{"doseAndRate": [{"doseQuantity": {"value": 4}}]}"#),
        (
            "take 1 tablet (500 milligrams) daily",
            r#"{"doseAndRate": [{"doseQuantity": {"value": 500, "unit": "mg"}}, {"doseQuantity": {"value": 2, "unit": "tablet"}}]}"#,
        ),
        ("take 1 and 1/2 tablets daily", r#"{"doseAndRate": [{"doseQuantity": {"value": 0.5, "unit": "tablet"}}]}"#),
        ("take 1 tablet every 7 days", r#"{"timing": {"repeat": {"boundsDuration": {"value": 7, "unit": "d"}}}}"#),
        ("take 1 tablet monthly", r#"{"timing": {"repeat": {"dayOfWeek": ["mon"]}}}"#),
        ("take 30 milligrams daily", r#"{"timing": {"repeat": {"duration": 30, "durationUnit": "min"}}}"#),
        ("take for 30 days", r#"{"timing": {"repeat": {"duration": 30, "durationUnit": "min"}}}"#),
        ("take before bed, with meals", r#"{"timing": {"repeat": {"when": ["PC"]}}}"#),
        ("take 2 tablets", r#"{"doseAndRate": [{"doseRange": {"high": {"value": 2, "unit": "tablet"}}}]}"#),
        ("use two sprays", r#"{"doseAndRate": [{"doseRange": {"low": {"value": 2, "unit": "spray"}}}]}"#),
    ] {
        assert!(!covers(words, dosage), "{words}: {dosage}");
    }
    for (words, dosage) in [
        (
            "take 1 to 2 tablets every 8 hours. do not take more than 8 tablets in 24 hours",
            r#"{"maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}},
            "doseAndRate": [{"doseRange": {"low": {"value": 1, "unit": "tablet"}, "high": {"value": 2, "unit": "tablet"}}}]}"#,
        ),
        (
            "maximum 4 puffs a day",
            r#"{"maxDosePerPeriod": {"numerator": {"value": 4, "unit": "{puff}"}, "denominator": {"value": 1, "code": "d"}}}"#,
        ),
        ("take up to 2 tablets", r#"{"doseAndRate": [{"doseRange": {"high": {"value": 2, "unit": "tablet"}}}]}"#),
        ("take half a tablet", r#"{"doseAndRate": [{"doseQuantity": {"value": 0.5, "unit": "tablet"}}]}"#),
        ("take 1 and 1/2 tablets", r#"{"doseAndRate": [{"doseQuantity": {"value": 1.5, "unit": "tablet"}}]}"#),
        ("apply 1 patch", r#"{"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "patch"}}]}"#),
        ("take 2 daily", r#"{"doseAndRate": [{"doseQuantity": {"value": 2, "unit": "each"}}]}"#),
        ("inject 1 pen weekly", r#"{"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "Pen"}}]}"#),
        ("infuse over 30 minutes", r#"{"timing": {"repeat": {"duration": 30, "durationUnit": "min"}}}"#),
        ("apply to skin daily", r#"{"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "Application"}}]}"#),
        ("take before breakfast", r#"{"timing": {"repeat": {"when": ["ACM"]}}}"#),
        (
            "take 2 tablets for 3 days, then 1 tablet for 3 days",
            r#"{"timing": {"repeat": {"boundsDuration": {"value": 6, "unit": "d"}}}}"#,
        ),
        ("take daily at noon", r#"{"timing": {"repeat": {"timeOfDay": ["12:00:00"]}}}"#),
        ("take daily at midnight", r#"{"timing": {"repeat": {"timeOfDay": ["00:00:00"]}}}"#),
        ("take daily at 9:30pm", r#"{"timing": {"repeat": {"timeOfDay": ["21:30:00"]}}}"#),
        ("take with a light snack", r#"{"timing": {"repeat": {"when": ["C"]}}}"#),
    ] {
        assert!(covers(words, dosage), "{words}: {dosage}");
    }
}

#[test]
fn one_text_says_another_only_in_its_own_words() {
    for (order, patient) in [
        ("instill 1 drop into the left eye 2 times a day.", "instill 1 drop 2 times a day."),
        ("take 1 tablet once a day on monday and thursday", "take 1 tablet once a day"),
        ("take 1 tablet daily on an empty stomach", "take 1 tablet daily"),
        ("take 1 tablet every evening", "take 1 tablet daily"),
        ("take 5 milligrams daily", "take 5 milliliters daily"),
        ("take 2 tablets in the morning and 1 in the evening", "take 1 tablet in the morning and 2 in the evening"),
        ("take with food", "do not take with food"),
        ("take with food", "take with food or milk"),
        ("take 1", "take 1 and 1/2 tablets"),
        ("take 1 tablet daily. stop after 3 days.", "take 1 tablet daily."),
    ] {
        assert!(!Said::of(patient).says_all_of(&Said::of(order)), "{order} / {patient}");
    }
    for (order, patient) in [
        ("one to two tablets every 4-6 hours", "take one to two tablets every four to six hours"),
        ("take 1 tablet daily", "take 1 tablet daily for blood pressure. call with questions."),
        ("take a tablet daily. rest.", "take 1 tablet daily. take with food. rest."),
    ] {
        assert!(Said::of(patient).says_all_of(&Said::of(order)), "{order} / {patient}");
    }
}

#[test]
fn as_needed_is_of_the_medication_and_not_of_its_food() {
    for (words, needed) in [
        ("take 1 tablet every 6 hours as needed", true),
        ("as needed for pain", true),
        ("every 6 hours. may take with food if needed.", false),
        ("every 6 hours. may take with food as needed.", false),
        ("no longer needed", false),
    ] {
        assert_eq!(Said::of(words).as_needed(), needed, "{words}");
    }
}

#[test]
fn another_organ_another_side_or_another_hour_is_a_contradiction() {
    let verdict = |words: &str, dosage: &str| {
        let dosage: Dosage = json::decode(dosage.as_bytes()).unwrap();
        Reading::of(&dosage).facts.iter().map(|found| Said::of(words).verdict(&found.fact)).next()
    };
    for (words, dosage) in [
        ("1 drop in the left ear daily", r#"{"route": {"text": "Ophthalmic"}}"#),
        ("1 drop in the left ear daily", r#"{"route": {"text": "Left Eye"}}"#),
        ("1 drop in each ear daily", r#"{"route": {"text": "Both Eyes"}}"#),
        ("1 drop in the left eye daily", r#"{"route": {"text": "Both Eyes"}}"#),
        ("1 spray by mouth daily", r#"{"route": {"text": "Nasal"}}"#),
        ("insert 1 vaginally daily", r#"{"route": {"text": "Rectal"}}"#),
        ("take at 9:30pm", r#"{"timing": {"repeat": {"timeOfDay": ["09:30:00"]}}}"#),
        ("take at noon", r#"{"timing": {"repeat": {"timeOfDay": ["08:00:00"]}}}"#),
        ("apply to both knees daily", r#"{"site": {"text": "left knee"}}"#),
    ] {
        assert_eq!(verdict(words, dosage), Some(Verdict::Contradicted), "{words}: {dosage}");
    }
    for (words, dosage) in [
        ("1 drop in the eye daily", r#"{"route": {"text": "Left Eye"}}"#),
        ("1 drop daily", r#"{"route": {"text": "Left Eye"}}"#),
        ("apply to the skin", r#"{"route": {"text": "Nasal"}}"#),
        ("apply to the knee", r#"{"site": {"text": "left knee"}}"#),
    ] {
        assert_eq!(verdict(words, dosage), Some(Verdict::Lacking), "{words}: {dosage}");
    }
}
