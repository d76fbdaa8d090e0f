//! Usual orders, as Epic writes them, beside a structure that says the same: nobody is told that they differ.

use serde_json::{Value, json};
use shared::json as decoder;

use super::chart::{LOCALES, speak_dosage};

/// An order's words, and its structure.
const ORDERS: [(&str, &str); 56] = [
    (
        "Take 1 tablet (10 mg total) by mouth daily.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 10, "unit": "mg"}}, {"type": {"text": "admin-amount"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 2 tablets (10 mg total) by mouth 2 (two) times a day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 10, "unit": "mg"}}, {"type": {"text": "admin-amount"}, "doseQuantity": {"value": 2, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Inject 10 Units under the skin nightly.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 10, "unit": "Units"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Subcutaneous"}}"#,
    ),
    (
        "Inject 10 Units under the skin 3 (three) times a day before meals.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 10, "unit": "Units"}}], "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}, "route": {"text": "Subcutaneous"}}"#,
    ),
    (
        "Take 1-2 tablets by mouth every 4 (four) hours as needed for pain.",
        r#"{"doseAndRate": [{"doseRange": {"low": {"value": 1, "unit": "tablet"}, "high": {"value": 2, "unit": "tablet"}}}], "timing": {"repeat": {"frequency": 1, "period": 4, "periodUnit": "h"}}, "asNeededBoolean": true, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 5 mL (250 mg total) by mouth 3 (three) times a day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 250, "unit": "mg"}}, {"type": {"text": "admin-amount"}, "doseQuantity": {"value": 5, "unit": "mL"}}], "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Place 1 drop into both eyes 2 (two) times a day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "drop"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Both Eyes"}}"#,
    ),
    (
        "Inhale 2 puffs every 4 (four) hours as needed for wheezing.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 2, "unit": "puff"}}], "timing": {"repeat": {"frequency": 1, "period": 4, "periodUnit": "h"}}, "route": {"text": "Inhalation"}, "asNeededBoolean": true}"#,
    ),
    (
        "Take 1 tablet by mouth every morning.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 capsule by mouth 3 (three) times a day with meals.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "capsule"}}], "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth nightly.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 40 mg by mouth daily. Take 1 hour before breakfast.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 40, "unit": "mg"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Apply 1 patch topically every 72 (seventy-two) hours.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "patch"}}], "timing": {"repeat": {"frequency": 1, "period": 72, "periodUnit": "h"}}, "route": {"text": "Topical"}}"#,
    ),
    (
        "Place 1 patch onto the skin every third day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "patch"}}], "timing": {"repeat": {"frequency": 1, "period": 72, "periodUnit": "h"}}, "route": {"text": "Transdermal"}}"#,
    ),
    (
        "Take 4 tablets by mouth once a week.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 4, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet on Monday, Wednesday and Friday.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"dayOfWeek": ["mon", "wed", "fri"]}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 8 tablets by mouth every Monday.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 8, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 8 tablets by mouth every Monday.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 8, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 2 tablets on day 1, then 1 tablet daily for 4 days.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Use 1 spray in each nostril 2 (two) times a day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "spray"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Each Nostril"}}"#,
    ),
    (
        "Take 17 g by mouth daily. Mix with 8 oz of water.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 17, "unit": "g"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet (500 mg) by mouth 2 times daily for 10 days.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 500, "unit": "mg"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "boundsDuration": {"value": 10, "unit": "d"}}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Place 1 tablet under the tongue every 5 minutes as needed for chest pain. Max 3 doses.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 5, "periodUnit": "min"}}, "route": {"text": "Sublingual"}, "asNeededBoolean": true}"#,
    ),
    (
        "Inject 0.5 mL (1 mg total) into the muscle once.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "mg"}}, {"type": {"text": "admin-amount"}, "doseQuantity": {"value": 0.5, "unit": "mL"}}], "timing": {"repeat": {"count": 1}}, "route": {"text": "Intramuscular"}}"#,
    ),
    (
        "Take 0.5 tablets (12.5 mg total) by mouth 2 (two) times a day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 12.5, "unit": "mg"}}, {"type": {"text": "admin-amount"}, "doseQuantity": {"value": 0.5, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth 4 (four) times a day before meals and nightly.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 20 mEq by mouth 2 times daily.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 20, "unit": "mEq"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 packet by mouth daily. Dissolve in 4 oz water.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "packet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth daily for 30 doses.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "count": 30}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 2 tablets by mouth at 8am and 8pm.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 2, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tab PO BID x 7 days",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "boundsDuration": {"value": 7, "unit": "d"}}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 650 mg (2 x 325 mg tablets) by mouth every 6 hours as needed for pain.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 650, "unit": "mg"}}], "timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}}, "route": {"text": "Oral"}, "asNeededBoolean": true}"#,
    ),
    (
        "Take 1 tablet by mouth daily. Do not take with milk.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 10 mg by mouth every evening.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 10, "unit": "mg"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": ["EVE"]}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Inject 80 mg (0.8 mL) under the skin every 12 hours.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 80, "unit": "mg"}}], "timing": {"repeat": {"frequency": 1, "period": 12, "periodUnit": "h"}}, "route": {"text": "Subcutaneous"}}"#,
    ),
    (
        "Take 600 mg by mouth every 6 hours as needed. Do not exceed 2400 mg per day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 600, "unit": "mg"}}], "timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}}, "route": {"text": "Oral"}, "asNeededBoolean": true, "maxDosePerPeriod": {"numerator": {"value": 2400, "unit": "mg"}, "denominator": {"value": 1, "unit": "d"}}}"#,
    ),
    (
        "Take 1 tablet by mouth at bedtime. Stop if rash occurs.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth daily. Hold for SBP < 100.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth daily with breakfast.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth 2 times daily with breakfast and dinner.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Apply to affected area 2 times daily.",
        r#"{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Topical"}}"#,
    ),
    (
        "Insert 1 suppository rectally daily as needed for constipation.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "suppository"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Rectal"}, "asNeededBoolean": true}"#,
    ),
    (
        "Take 1 tablet by mouth every other day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 2, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth every 8 hours for 5 days, then every 12 hours for 5 days.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take one tablet by mouth twice a day.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take one and a half tablets daily.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1.5, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Inject 0.75 mg under the skin every 7 days.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 0.75, "unit": "mg"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}, "route": {"text": "Subcutaneous"}}"#,
    ),
    (
        "Take 1 tablet by mouth once daily.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet by mouth once for 1 dose.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"count": 1}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Inhale 1 capsule daily using HandiHaler.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "capsule"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Inhalation"}}"#,
    ),
    (
        "Take 2 capsules (600 mg) by mouth 3 times daily. Each capsule is 300 mg.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 600, "unit": "mg"}}], "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 1 tablet daily Monday through Friday.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"dayOfWeek": ["mon", "tue", "wed", "thu", "fri"]}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Swish and swallow 5 mL 4 times daily.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 5, "unit": "mL"}}], "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}, "route": {"text": "Mouth/Throat"}}"#,
    ),
    (
        "Take 1 tablet by mouth daily as directed. Check blood pressure daily.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Take 4 tablets (40 mg total) by mouth daily for 3 days, THEN 2 tablets (20 mg total) daily for 3 days.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 40, "unit": "mg"}}, {"type": {"text": "admin-amount"}, "doseQuantity": {"value": 4, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "boundsDuration": {"value": 3, "unit": "d"}}}, "route": {"text": "Oral"}}"#,
    ),
    (
        "Dissolve 1 tablet in 8 oz water and take by mouth once.",
        r#"{"doseAndRate": [{"type": {"text": "ordered"}, "doseQuantity": {"value": 1, "unit": "tablet"}}], "timing": {"repeat": {"count": 1}}, "route": {"text": "Oral"}}"#,
    ),
];

#[test]
fn a_usual_order_is_not_said_to_differ_from_a_structure_that_says_the_same() {
    for (words, structure) in ORDERS {
        let mut dosage: Value = decoder::decode(structure.as_bytes()).expect("a structure");
        dosage["text"] = json!(words);
        for (locale, _) in LOCALES {
            let said = speak_dosage(locale, &dosage).join(" ");
            assert!(!said.contains("But another part") && !said.contains("Pero otra parte"), "{said}");
        }
    }
}
