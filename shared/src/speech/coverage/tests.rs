use super::*;
use crate::json;

fn covers(words: &str, dosage: &str) -> bool {
    let dosage: Dosage = json::decode(dosage.as_bytes()).unwrap();
    Said::of(words).covers(&dosage, false)
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
            r#"{"maxDosePerPeriod": {"numerator": {"value": 3, "unit": "tablet"}}}"#,
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
    assert!(Said::of("take 1 tablet of 20 milligrams once a day, with food").says_all_of(&order));
}
