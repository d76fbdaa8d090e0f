//! A structure that says two things at once: neither is told as what is to be done, and the caller hears that they differ.

use super::*;

/// What is said in a language of a medication with these dosage instructions, without the name.
pub(super) fn spoken_in(locale: Locale, dosages: &str) -> String {
    let request = request(&format!(r#"{{"dosageInstruction": {dosages}}}"#));
    let spoken = medication(locale, Some(&Phi::new("x".to_owned())), instructions(&request, false));
    spoken.sentences[1..].iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>().join(" ")
}

const ONE: &str = r#""doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]"#;

/// Structures of which one part can't be so beside another, and what of them must not be heard.
fn disagreeing() -> Vec<(String, &'static [&'static str])> {
    let doses = |doses: &str| {
        format!(
            r#""doseAndRate": [{doses}], "timing": {{"repeat": {{"frequency": 1, "period": 1, "periodUnit": "d"}}}}"#
        )
    };
    let dose = |kind: &str, value: &str, unit: &str| {
        format!(r#"{{"type": {{"text": "{kind}"}}, "doseQuantity": {{"value": {value}, "unit": "{unit}"}}}}"#)
    };
    let pair = |first: (&str, &str), second: (&str, &str)| {
        doses(&format!("{}, {}", dose("ordered", first.0, first.1), dose("calculated", second.0, second.1)))
    };
    let timing = |timing: &str| format!(r#"{ONE}, "timing": {{{timing}}}"#);
    let daily = r#""repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}"#;
    let twice = r#""frequency": 2, "period": 1, "periodUnit": "d""#;
    let limited = |value: u8, repeat: &str, limit: &str| {
        format!(
            r#""doseAndRate": [{{"doseQuantity": {{"value": {value}, "unit": "tablet"}}}}], "timing": {{"repeat": {{{repeat}}}}}, {limit}"#
        )
    };
    let a_day = |most: u8| {
        format!(
            r#""maxDosePerPeriod": {{"numerator": {{"value": {most}, "unit": "tablet"}}, "denominator": {{"value": 1, "unit": "d"}}}}"#
        )
    };
    let each = r#""maxDosePerAdministration": {"value": 2, "unit": "tablet"}"#;
    vec![
        (pair(("5", "mg"), ("50", "mg")), &["5 mill", "50 mill"]),
        (pair(("5", "mg"), ("50", "mcg")), &["5 mill", "50 micro"]),
        (pair(("1", "tablet"), ("2", "tablet")), &["1 tablet.", "2 tablets"]),
        (
            doses(r#"{"doseQuantity": {"value": 5, "unit": "mg"}}, {"doseQuantity": {"value": 50, "unit": "mg"}}"#),
            &["5 mill", "50 mill"],
        ),
        (timing(&format!(r#"{daily}, "code": {{"text": "Every Monday"}}"#)), &["once a day", "Monday"]),
        (timing(&format!(r#"{daily}, "code": {{"text": "BID"}}"#)), &["once a day", "a day"]),
        (timing(&format!(r#"{daily}, "code": {{"coding": [{{"code": "Q8H"}}]}}"#)), &["once a day", "8 hours"]),
        (timing(&format!(r#"{daily}, "code": {{"text": "Three times daily"}}"#)), &["once a day", "hree times"]),
        (
            timing(r#""code": {"coding": [{"code": "BID", "display": "three times a day"}]}"#),
            &["2 times", "three times"],
        ),
        (timing(r#""code": {"coding": [{"code": "BID"}, {"code": "TID"}]}"#), &["2 times", "3 times"]),
        (timing(&format!(r#""repeat": {{{twice}, "timeOfDay": ["08:00", "14:00", "20:00"]}}"#)), &["2 times", "8 AM"]),
        (timing(&format!(r#""repeat": {{{twice}, "when": ["MORN", "NOON", "HS"]}}"#)), &["2 times", "bedtime"]),
        (
            timing(r#""repeat": {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "thu"]}"#),
            &["once a week", "Monday"],
        ),
        (timing(&format!(r#"{daily}, "code": {{"text": "Once"}}"#)), &["once a day"]),
        (
            timing(&format!(r#""repeat": {{{twice}, "count": 3, "boundsDuration": {{"value": 7, "unit": "d"}}}}"#)),
            &["7 days", "3 times"],
        ),
        (limited(4, twice, each), &["4 tablets"]),
        (limited(4, twice, &a_day(4)), &["4 tablets", "2 times"]),
        (limited(4, r#""frequency": 1, "period": 1, "periodUnit": "wk""#, &a_day(3)), &["4 tablets"]),
        (
            format!(r#"{ONE}, "route": {{"text": "Left Eye"}}, "site": {{"text": "Right eye"}}"#),
            &["left eye", "ight eye"],
        ),
        (format!(r#"{ONE}, "route": {{"text": "Oral"}}, "method": {{"text": "Inject"}}"#), &["by mouth", "nject"]),
        (
            format!(r#"{ONE}, "additionalInstruction": [{{"text": "Take 2 tablets at bedtime"}}]"#),
            &["1 tablet.", "2 tablets"],
        ),
    ]
}

#[test]
fn of_a_structure_that_contradicts_itself_nothing_is_told_but_that() {
    for (structure, _) in disagreeing() {
        let dosage = format!("[{{{structure}}}]");
        let (said, readable) = said_of(&dosage);
        assert_eq!(said, REMARKS.disagreeing, "{structure}");
        assert!(!readable);
        let said = spoken_in(Locale::EsUs, &dosage);
        assert_eq!(said, Locale::EsUs.language().remarks().disagreeing, "{structure}");
    }
}

#[test]
fn beside_words_what_disagrees_is_not_told_and_that_it_disagrees_is() {
    for (structure, untold) in disagreeing() {
        let dosage = format!(r#"[{{"text": "Use as directed.", {structure}}}]"#);
        let (said, readable) = said_of(&dosage);
        assert!(readable && said.starts_with("The instructions say: Use as directed."), "{said}");
        assert!(said.ends_with(REMARKS.differing), "{structure}: {said}");
        for words in untold {
            assert!(!said.contains(words), "{words}: {said}");
        }
        let said = spoken_in(Locale::EsUs, &dosage);
        assert!(said.contains(Locale::EsUs.language().remarks().differing), "{structure}: {said}");
    }
}

#[test]
fn a_structure_in_which_all_can_be_so_is_told() {
    let dose = |kind: &str, value: &str, unit: &str| {
        format!(r#"{{"type": {{"text": "{kind}"}}, "doseQuantity": {{"value": {value}, "unit": "{unit}"}}}}"#)
    };
    let pair = |first: String, second: String| format!(r#""doseAndRate": [{first}, {second}]"#);
    let timing = |timing: &str| format!(r#"{ONE}, "timing": {{{timing}}}"#);
    let norco = r#""doseAndRate": [{"doseRange": {"low": {"value": 1, "unit": "tablet"}, "high": {"value": 2, "unit": "tablet"}}}],
        "timing": {"repeat": {"frequency": 1, "period": 4, "periodUnit": "h"}}, "asNeededBoolean": true,
        "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}"#;
    for (structure, told) in [
        (
            pair(dose("ordered", "5", "mg/kg"), dose("calculated", "350", "mg")),
            "5 milligrams per kilogram, also given as 350",
        ),
        (pair(dose("ordered", "500", "mg"), dose("calculated", "487.5", "mg")), "500 milligrams"),
        (pair(dose("ordered", "0.5", "mg"), dose("calculated", "500", "mcg")), "zero point five milligrams"),
        (
            pair(dose("ordered", "10", "mg"), dose("admin-amount", "2", "tablet")),
            "10 milligrams, also given as 2 tablets",
        ),
        (
            timing(
                r#""repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "count": 14, "boundsDuration": {"value": 7, "unit": "d"}}"#,
            ),
            "for 7 days",
        ),
        (norco.to_owned(), "no more than 8 tablets in 1 day"),
        (
            timing(r#""repeat": {"frequency": 1, "period": 12, "periodUnit": "h"}, "code": {"text": "BID"}"#),
            "every 12 hours",
        ),
        (
            timing(
                r#""repeat": {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}, "code": {"text": "Every Monday"}"#,
            ),
            "once a week",
        ),
        (
            timing(
                r#""repeat": {"frequency": 3, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "wed", "fri"], "timeOfDay": ["09:00"]}"#,
            ),
            "3 times a week",
        ),
        (timing(r#""repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["AC"]}"#), "before meals"),
        (timing(r#""repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"]}"#), "on Monday"),
        (
            timing(r#""repeat": {"frequency": 1, "period": 3, "periodUnit": "d", "timeOfDay": ["09:00"]}"#),
            "every 3 days",
        ),
        (
            format!(
                r#"{}, "maxDosePerPeriod": {{"numerator": {{"value": 4, "unit": "tablet"}}, "denominator": {{"value": 24, "unit": "h"}}}}"#,
                timing(r#""repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}"#)
            ),
            "no more than 4 tablets in 24 hours",
        ),
    ] {
        let (said, readable) = said_of(&format!("[{{{structure}}}]"));
        assert!(readable && said.to_lowercase().contains(&told.to_lowercase()), "{structure}: {said}");
        let (said, _) = said_of(&format!(r#"[{{"text": "Use as directed.", {structure}}}]"#));
        assert!(!said.contains(REMARKS.differing), "{said}");
    }
}

#[test]
fn a_limit_below_what_the_words_say_is_told_as_a_contradiction() {
    let limit = |most: u8| {
        format!(
            r#""maxDosePerPeriod": {{"numerator": {{"value": {most}, "unit": "tablet"}}, "denominator": {{"value": 1, "unit": "d"}}}}"#
        )
    };
    let own = r#""doseAndRate": [{"doseQuantity": {"value": 4, "unit": "tablet"}}], "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "#;
    for structure in [limit(4), format!("{own}{}", limit(4))] {
        let (said, _) = said_of(&format!(r#"[{{"text": "Take 4 tablets twice a day", {structure}}}]"#));
        assert_eq!(
            said,
            "The instructions say: Take 4 tablets twice a day. But another part of your chart says: no more than 4 tablets \
             in 1 day. Please check with your pharmacist which is right."
        );
    }
    for (words, structure) in
        [("Take 4 tablets twice a day", limit(8)), ("Take 4 tablets twice a day as needed", limit(6))]
    {
        let (said, _) = said_of(&format!(r#"[{{"text": "{words}", {structure}}}]"#));
        assert!(said.contains("Your chart adds: no more than"), "{said}");
    }
}

#[test]
fn a_course_that_ends_before_it_starts_is_not_told() {
    let (said, _) = said_of(&format!(
        r#"[{{{ONE}, "timing": {{"repeat": {{"frequency": 1, "period": 1, "periodUnit": "d",
            "boundsPeriod": {{"start": "2026-11-20", "end": "2026-11-10"}}}}}}}}]"#
    ));
    assert_eq!(said, format!("The instructions say: 1 tablet, once a day. {}", REMARKS.differing));
    let (said, _) =
        said_of(r#"[{"text": "Take 1 tablet daily., Starting Fri 11/20/2026, Until Tue 11/10/2026, Normal"}]"#);
    assert_eq!(said, format!("The instructions say: Take 1 tablet daily. {}", REMARKS.differing));
    let (said, _) = said_of(&format!(
        r#"[{{{ONE}, "timing": {{"repeat": {{"frequency": 1, "period": 1, "periodUnit": "d",
            "boundsPeriod": {{"start": "2026-11-20T00:00:00Z", "end": "2026-11-20"}}}}}}}}]"#
    ));
    assert!(!said.contains(REMARKS.differing), "{said}");
}

#[test]
fn a_statements_period_that_ends_before_it_starts_is_not_told() {
    let request = request(r#"{"dosageInstruction": [{"text": "Take 1 tablet daily"}]}"#);
    let period = json::decode::<Field<Period>>(br#"{"start": "2026-11-20", "end": "2026-10"}"#).unwrap();
    let own = Instructions { period: &period, ..instructions(&request, false) };
    let said = medication(Locale::EnUs, Some(&Phi::new("aspirin".to_owned())), own).sentences;
    let said = said[1..].iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>();
    assert_eq!(said, ["The instructions say: Take 1 tablet daily.", REMARKS.differing]);
}
