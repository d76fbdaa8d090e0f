//! When and how often.

use super::said_of;

#[test]
fn what_a_code_of_timing_is_called_beyond_its_meaning_is_said() {
    for (code, said) in [
        (r#"{"coding": [{"code": "Q4H", "display": "Q4H"}], "text": "Q4H PRN"}"#, Some("every 4 hours as needed")),
        (r#"{"coding": [{"code": "Q4H", "display": "Q4H PRN"}], "text": "Q4H"}"#, Some("every 4 hours as needed")),
        (r#"{"coding": [{"code": "BID"}], "text": "2 times daily with meals"}"#, Some("2 times daily with meals")),
        (r#"{"coding": [{"code": "QOD"}], "text": "Every other day"}"#, None),
        (r#"{"coding": [{"code": "Q4H", "display": "every 4 hours"}]}"#, None),
    ] {
        let dosage = format!(r#"[{{"timing": {{"code": {code}}}, "doseQuantity": {{"value": 1, "unit": "tablet"}}}}]"#);
        let (heard, readable) = said_of(&dosage);
        assert_eq!(heard.split("Also: ").nth(1), said.map(|said| format!("{said}.")).as_deref(), "{code}");
        assert!(readable && !heard.contains("doesn't say"), "{heard}");
    }
    let (heard, _) = said_of(
        r#"[{"timing": {"code": {"text": "3 times daily after meals"}}, "doseQuantity": {"value": 1, "unit": "tablet"}}]"#,
    );
    assert_eq!(heard, "The instructions say: 1 tablet. Also: 3 times daily after meals.");
}

#[test]
fn doses_for_different_days_are_not_said_to_be_taken_at_the_same_time() {
    let (heard, _) = said_of(
        r#"[{"sequence": 1, "text": "Take 5 mg on Monday"}, {"sequence": 1, "text": "Take 2.5 mg on Tuesday"}]"#,
    );
    assert_eq!(
        heard,
        "Part 1 of 2. The instructions say: Take 5 milligrams on Monday. Part 2 of 2, in addition. The instructions say: \
         Take two point five milligrams on Tuesday."
    );
}
