//! By which way, and on which side.

use super::said_of;

#[test]
fn of_two_eyes_ears_or_nostrils_it_is_said_which() {
    for (route, said) in [
        ("Both Eyes", "1 drop in both eyes, once a day"),
        ("Left Eye", "1 drop in the left eye, once a day"),
        ("Right Ear", "1 drop in the right ear, once a day"),
        ("Each Nostril", "1 drop in each nostril, once a day"),
        ("Left Nare", "1 drop in the left nostril, once a day"),
    ] {
        let (heard, readable) = said_of(&format!(
            r#"[{{"route": {{"text": "{route}"}}, "doseQuantity": {{"value": 1, "unit": "drop"}},
                 "timing": {{"code": {{"text": "Daily"}}}}}}]"#
        ));
        assert_eq!(heard, format!("The instructions say: use {said}."));
        assert!(readable);
    }
    for (text, heard) in [
        ("1 drop into both eyes daily", "1 drop into both eyes daily."),
        ("1 drop daily", "1 drop daily. Your chart adds: in both eyes."),
        (
            "1 drop in the left eye daily",
            "1 drop in the left eye daily. But another part of your chart says: in both eyes. Please check with your \
             pharmacist which is right.",
        ),
    ] {
        let (said, _) = said_of(&format!(r#"[{{"text": "{text}", "route": {{"text": "Both Eyes"}}}}]"#));
        assert_eq!(said, format!("The instructions say: {heard}"));
    }
}

#[test]
fn a_route_that_is_none_is_not_said() {
    for route in ["Does not apply", "Other", "Misc.(Non-Drug; Combo Route)"] {
        let (heard, readable) =
            said_of(&format!(r#"[{{"text": "Use 1 strip 4 times daily", "route": {{"text": "{route}"}}}}]"#));
        assert_eq!(heard, "The instructions say: Use 1 strip 4 times daily.", "{route}");
        assert!(readable);
    }
}

#[test]
fn a_way_in_letters_that_nobody_knows_is_told_to_be_there_and_not_read() {
    let (said, _) = said_of(
        r#"[{"route": {"text": "IT"}, "doseQuantity": {"value": 1, "unit": "mL"}, "timing": {"code": {"text": "BID"}}}]"#,
    );
    let more = crate::speech::en_us::REMARKS.more_in_chart;
    assert_eq!(said, format!("The instructions say: 1 milliliter, 2 times a day. {more}"));
}
