//! When and how often.

use super::disagreeing::spoken_in;
use super::{Locale, said_of};

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

#[test]
fn a_part_of_a_day_or_a_week_is_said_in_hours_and_days() {
    for (period, unit, english, spanish) in [
        ("0.5", "d", "every 12 hours", "cada 12 horas"),
        ("0.25", "d", "every 6 hours", "cada 6 horas"),
        ("0.5", "wk", "every 3 and a half days", "cada 3 días y medio"),
        ("3.5", "d", "every 3 and a half days", "cada 3 días y medio"),
        ("1.5", "wk", "every 1 and a half weeks", "cada una semana y media"),
        ("0.5", "h", "every 30 minutes", "cada 30 minutos"),
        ("0.5", "a", "every 6 months", "cada 6 meses"),
        ("0.3", "d", "every zero point three days", "cada cero punto tres días"),
    ] {
        let dosage = format!(
            r#"[{{"doseQuantity": {{"value": 2, "unit": "tablet"}}, "timing": {{"repeat": {{"frequency": 1, "period": {period}, "periodUnit": "{unit}"}}}}}}]"#
        );
        assert_eq!(said_of(&dosage).0, format!("The instructions say: 2 tablets, {english}."));
        assert_eq!(spoken_in(Locale::EsUs, &dosage), format!("Las instrucciones dicen: 2 tabletas, {spanish}."));
    }
}
