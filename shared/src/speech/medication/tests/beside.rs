//! What stands beside the words: a statement's end, limits, amounts and sides that the structure has otherwise.

use super::*;

#[test]
fn a_statements_end_is_told_as_an_orders_is_and_once() {
    let ended = "Your chart lists it until May 27, 2020, which has passed. Please ask your pharmacist or your doctor \
                 whether you should still take it.";
    let bounded = r#"{"dosageInstruction": [{"text": "Take 1 tablet daily", "timing": {"repeat": {"boundsPeriod":
                     {"end": "2020-05-27"}}}}]}"#;
    for (json, period, told) in [
        ("{}", r#"{"start": "2019-05-28", "end": "2020-05-27"}"#, ended),
        (bounded, r#"{"end": "2020-05-27"}"#, ended),
        ("{}", r#"{"end": "2026-12"}"#, "Your chart lists it until December 2026."),
        ("{}", r#"{"end": "soon"}"#, REMARKS.more_in_chart),
        ("{}", "7", REMARKS.more_in_chart),
        ("{}", "{}", REMARKS.no_instructions),
    ] {
        let request = request(json);
        let period = json::decode::<Field<Period>>(period.as_bytes()).unwrap();
        let own = Instructions { period: &period, ..instructions(&request, false) };
        let said = medication(Locale::EnUs, Some(&Phi::new("aspirin".to_owned())), own).sentences;
        let told_by = said.iter().filter(|sentence| sentence.expose() == told).count();
        assert_eq!((told_by, said.last().unwrap().expose().as_str()), (1, told), "{json}");
    }
}

#[test]
fn one_limit_for_two_times_is_told_as_a_contradiction() {
    let (said, _) = said_of(
        r#"[{"text": "0.25 mg as needed. Do not exceed more than 4 mg per day",
             "maxDosePerAdministration": {"value": 4, "unit": "mg"}}]"#,
    );
    assert!(said.contains("But another part of your chart says: no more than 4 milligrams each time."), "{said}");
    let (said, _) = said_of(
        r#"[{"text": "Take 1 tablet as needed. No more than 4 tablets per day",
             "maxDosePerAdministration": {"value": 2, "unit": "tablet"}}]"#,
    );
    assert!(said.contains("Your chart adds: no more than 2 tablets each time."), "{said}");
}

#[test]
fn an_amount_of_nothing_is_told_to_be_that_beside_words_too() {
    let (said, _) = said_of(
        r#"[{"text": "Apply to affected areas daily", "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "ea"}}]}]"#,
    );
    assert_eq!(
        said,
        format!(
            "The instructions say: Apply to affected areas daily. Your chart adds: an amount of 1. {}",
            REMARKS.no_unit
        )
    );
}

#[test]
fn decimals_are_said_in_words_wherever_they_stand() {
    let request = request(r#"{"dosageInstruction": [{"text": "Take 0.25 mg (1,250.5 units) daily, at 37.5 F"}]}"#);
    let name = Phi::new("Alprazolam 0.25mg".to_owned());
    for (locale, name_said, said) in [
        (
            Locale::EnUs,
            "Alprazolam zero point two five milligrams.",
            "zero point two five milligrams (1,250 point five units) daily, at thirty-seven point five F.",
        ),
        (Locale::EsUs, "Alprazolam cero punto dos cinco", "cero punto dos cinco"),
    ] {
        let spoken = medication(locale, Some(&name), instructions(&request, false));
        assert!(spoken.sentences[0].expose().starts_with(name_said), "{:?}", spoken.sentences[0].expose());
        assert!(spoken.sentences[1].expose().contains(said), "{:?}", spoken.sentences[1].expose());
        assert!(spoken.name.expose().contains("0.25"), "a name is matched and chosen by its digits");
    }
}

#[test]
fn another_side_or_another_strength_of_the_one_that_is_taken_is_told_as_a_contradiction() {
    for (text, structure, other) in [
        ("1 drop to left eye daily", r#""route": {"text": "Both Eyes"}"#, "in both eyes."),
        (
            "Take 1 capsule (20 mg) daily",
            r#""doseAndRate": [{"doseQuantity": {"value": 40, "unit": "mg"}}]"#,
            "40 milligrams.",
        ),
    ] {
        let (said, _) = said_of(&format!(r#"[{{"text": "{text}", {structure}}}]"#));
        assert!(said.contains(&format!("But another part of your chart says: {other}")), "{said}");
    }
    let (said, _) = said_of(
        r#"[{"text": "Take 2 capsules (20 mg each)", "doseAndRate": [{"doseQuantity": {"value": 40, "unit": "mg"}}]}]"#,
    );
    assert!(said.contains("Your chart adds: 40 milligrams."), "{said}");
}

#[test]
fn another_time_of_day_is_told_as_a_contradiction_and_one_more_as_an_addition() {
    let said = |text: &str, times: &str| {
        said_of(&format!(r#"[{{"text": "{text}", "timing": {{"repeat": {{"timeOfDay": {times}}}}}}}]"#)).0
    };
    for text in ["Take 1 tablet daily at 2100", "Take 1 tablet at 9 PM", "Take 1 tablet at 9pm"] {
        let said = said(text, r#"["08:00:00"]"#);
        assert!(said.contains("But another part of your chart says: at 8 AM."), "{said}");
    }
    let more = said("Take 1 tablet at 8 AM", r#"["08:00:00", "20:00:00"]"#);
    assert!(!more.contains("But another part") && more.contains("Your chart adds"), "{more}");
    for text in ["Take 1 tablet daily at 8 AM", "Take 1 tablet daily at 0800"] {
        let said = said(text, r#"["08:00:00"]"#);
        assert!(!said.contains("another part") && !said.contains("adds"), "{said}");
    }
}

#[test]
fn an_additional_instruction_that_says_another_thing_than_the_words_contradicts_them() {
    let said = |addition: &str| {
        let dosage =
            format!(r#"[{{"text": "Take 1 tablet daily", "additionalInstruction": [{{"text": "{addition}"}}]}}]"#);
        said_of(&dosage).0
    };
    assert_eq!(
        said("Take twice a day"),
        "The instructions say: Take 1 tablet daily. But another part of your chart says: Take twice a day. Please check \
         with your pharmacist which is right."
    );
    assert_eq!(said("Take with food"), "The instructions say: Take 1 tablet daily. Also: Take with food.");
}
