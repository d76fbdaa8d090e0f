//! A number that stands somewhere in the words isn't the chart's for that.

use super::*;

/// The verdict on the first fact of `dosage`.
fn verdict(words: &str, dosage: &str) -> Verdict {
    let dosage: Dosage = json::decode(dosage.as_bytes()).unwrap();
    let reading = Reading::of(&dosage);
    Said::of(words).verdict(&reading.facts.first().expect("a fact").fact)
}

fn of_dose(words: &str, value: f64, unit: &str) -> Verdict {
    verdict(words, &format!(r#"{{"doseAndRate": [{{"doseQuantity": {{"value": {value}, "unit": "{unit}"}}}}]}}"#))
}

fn of_repeat(words: &str, repeat: &str) -> Verdict {
    verdict(words, &format!(r#"{{"timing": {{"repeat": {{{repeat}}}}}}}"#))
}

#[test]
fn a_part_of_a_tablet_is_no_tablet() {
    for words in [
        "take half a tablet daily",
        "take three-quarters of a tablet daily",
        "take 3/4 of a tablet daily",
        "take one daily plus nothing, 2 tablets",
        "take 1 to 2 tablets daily",
        "take 2 daily",
    ] {
        assert_eq!(of_dose(words, 1.0, "tablet"), Verdict::Contradicted, "{words}");
    }
    for (words, value) in [
        ("take half a tablet daily", 0.5),
        ("take three-quarters of a tablet", 0.75),
        ("take a tablet daily", 1.0),
        ("take 1 tablet plus 1/2 tablet daily", 1.5),
        ("take one point five tablets daily", 1.5),
        ("take twenty-five tablets", 25.0),
    ] {
        assert_eq!(of_dose(words, value, "tablet"), Verdict::Said, "{words}");
    }
}

#[test]
fn a_concentration_a_strength_or_a_dose_that_was_is_not_the_dose() {
    for (words, value, unit) in [
        ("inject 10 units (100 units per milliliter) daily", 100.0, "Units"),
        ("give 7.5 milliliters (400 milligrams per 5 milliliters) daily", 5.0, "mL"),
        ("take one hundred twenty five micrograms daily", 5.0, "mcg"),
        ("take zero point five milligrams daily", 5.0, "mg"),
        ("inject twenty five units daily", 5.0, "Units"),
        ("increase from 5 milligrams to 10 milligrams daily", 5.0, "mg"),
        ("take 10 milligrams (not 5 milligrams) daily", 5.0, "mg"),
        ("replaces 20 milligrams. take 40 milligrams daily", 20.0, "mg"),
        ("take 10 milligrams. previous dose 20 milligrams", 20.0, "mg"),
        ("take 2 tablets (10 milligrams total) daily", 5.0, "mg"),
        ("inject 10 units nightly", 10.0, "mL"),
        ("give 1 teaspoonful twice daily", 10.0, "mL"),
    ] {
        assert_eq!(of_dose(words, value, unit), Verdict::Contradicted, "{words}: {value} {unit}");
    }
    // What one of several holds is told beside the words.
    for (words, value, unit) in [
        ("take 2 times 5 milligrams tablets daily", 5.0, "mg"),
        ("take 3 tablets of 10 milligrams daily", 10.0, "mg"),
        ("take two of your 20 milligrams tablets daily", 20.0, "mg"),
        ("inject 300 units (3 milliliters pen) daily", 3.0, "mL"),
        ("give seven point five milliliters (400 milligrams per 5 milliliters) daily", 400.0, "mg"),
    ] {
        assert_ne!(of_dose(words, value, unit), Verdict::Said, "{words}: {value} {unit}");
    }
    for (words, value, unit) in [
        ("take one hundred twenty five micrograms daily", 125.0, "mcg"),
        ("take 2 tablets (10 milligrams total) daily", 10.0, "mg"),
        ("give 7.5 milliliters (400 milligrams per 5 milliliters) daily", 7.5, "mL"),
        ("give 1 teaspoon twice daily", 5.0, "mL"),
        ("take 1 tablet of 5 milligrams daily", 5.0, "mg"),
    ] {
        assert_eq!(of_dose(words, value, unit), Verdict::Said, "{words}: {value} {unit}");
    }
}

#[test]
fn what_is_done_once_a_week_is_not_done_daily_whatever_else_is() {
    let daily = r#""frequency": 1, "period": 1, "periodUnit": "d""#;
    for words in [
        "take 1 tablet once a week. recheck labs daily",
        "take 1 tablet weekly. take folic acid daily",
        "take 1 tablet once weekly (not once daily)",
    ] {
        assert_eq!(of_repeat(words, daily), Verdict::Contradicted, "{words}");
    }
    let often = r#""frequency": 4, "period": 1, "periodUnit": "d""#;
    assert_eq!(of_repeat("take 1 tablet daily. check blood sugar 4 times a day", often), Verdict::Contradicted);
    for (words, some) in [
        ("take 8 tablets every monday at bedtime", true),
        ("take 1 tablet daily on mondays and fridays", false),
        ("take 1 monday through friday", true),
        ("take 5 milligrams on weekdays", true),
        ("take 1 on monday, 2 on other days", false),
        ("take 1 daily. call the clinic on monday", false),
    ] {
        assert_eq!(Said::of(words).is_on_some_days(), some, "{words}");
    }
}

#[test]
fn another_meal_another_offset_another_half_of_the_day_and_another_limit_are_contradictions() {
    for (words, repeat) in [
        ("take with breakfast", r#""when": ["CD"]"#),
        ("take 30 minutes before breakfast", r#""when": ["ACM"], "offset": 60"#),
    ] {
        assert_eq!(of_repeat(words, repeat), Verdict::Contradicted, "{words}: {repeat}");
    }
    assert_eq!(of_repeat("take 1 hour before breakfast", r#""when": ["ACM"], "offset": 60"#), Verdict::Said);
    let at = |words: &str, hour: &str| {
        let dosage = format!(r#"{{"timing": {{"repeat": {{"timeOfDay": ["{hour}:00:00"]}}}}}}"#);
        let dosage: Dosage = json::decode(dosage.as_bytes()).unwrap();
        let facts = Reading::of(&dosage).facts;
        let times = facts.iter().find(|found| found.path == "timing.repeat.timeOfDay").unwrap();
        Said::of(words).verdict(&times.fact)
    };
    assert_eq!(at("take in the morning", "21"), Verdict::Contradicted);
    assert_eq!(at("take nightly", "08"), Verdict::Contradicted);
    assert_eq!(at("take in the morning", "08"), Verdict::Lacking);
    let limit = r#"{"maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}"#;
    assert_eq!(verdict("take 1 tablet as needed, max 4 per day", limit), Verdict::Contradicted);
    assert_eq!(verdict("take 1 tablet as needed, max 8 per day", limit), Verdict::Said);
}

#[test]
fn what_is_denied_is_not_said() {
    let as_needed = r#"{"asNeededBoolean": true}"#;
    for (words, dosage) in [
        ("place 1 drop in the right eye. do not use in the left eye", r#"{"route": {"text": "Left Eye"}}"#),
        ("insert 1 tablet vaginally. do not take by mouth", r#"{"route": {"text": "Oral"}}"#),
        ("take by mouth, not under the tongue", r#"{"route": {"text": "Sublingual"}}"#),
        ("take in the morning. do not take at bedtime", r#"{"timing": {"repeat": {"when": ["HS"]}}}"#),
        ("take before meals, never after meals", r#"{"timing": {"repeat": {"when": ["PC"]}}}"#),
    ] {
        assert_eq!(verdict(words, dosage), Verdict::Contradicted, "{words}");
    }
    assert_eq!(verdict("take scheduled, not as needed", as_needed), Verdict::Contradicted);
    // What may not be done is said where the chart has just that.
    let crush = r#"{"additionalInstruction": [{"text": "do not crush"}]}"#;
    assert_eq!(verdict("take 1 tablet, do not crush", crush), Verdict::Said);
    let limit = r#"{"maxDosePerPeriod": {"numerator": {"value": 4, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d"}}}"#;
    assert_eq!(verdict("do not take more than 4 tablets a day", limit), Verdict::Said);
}

#[test]
fn words_that_stop_a_medication_stop_it() {
    for (words, stops) in [
        ("do not take. discontinued", true),
        ("hold until further notice", true),
        ("stop this medication", true),
        ("on hold", true),
        ("take 1 tablet daily. stop if rash", false),
        ("hold 1 tablet under the tongue", false),
        ("do not take with milk", false),
        ("take for 10 days, then stop", false),
    ] {
        assert_eq!(Said::of(words).stops(), stops, "{words}");
    }
}

#[test]
fn days_are_one_by_one_from_one_to_another_or_all_but_some() {
    let of = |words: &str, days: &str| of_repeat(words, &format!(r#""dayOfWeek": [{days}]"#));
    let working = r#""mon", "tue", "wed", "thu", "fri""#;
    for (words, days, expected) in [
        ("5 milligrams monday through friday", working, Verdict::Said),
        ("5 milligrams on weekdays", working, Verdict::Said),
        ("5 milligrams monday through friday", r#""mon", "fri""#, Verdict::Contradicted),
        ("every day except tuesday", r#""tue""#, Verdict::Contradicted),
        ("daily except sunday", r#""mon", "tue", "wed", "thu", "fri", "sat""#, Verdict::Said),
        ("take 1 tablet daily", r#""mon""#, Verdict::Contradicted),
        ("take 1 tablet", r#""mon""#, Verdict::Lacking),
    ] {
        assert_eq!(of(words, days), expected, "{words}: {days}");
    }
}

#[test]
fn one_dose_and_other_frequencies_in_everyday_words_are_compared() {
    let daily = r#""frequency": 1, "period": 1, "periodUnit": "d""#;
    let four = r#""frequency": 4, "period": 1, "periodUnit": "d""#;
    for (words, repeat) in [
        ("take 1 tablet once", daily),
        ("take 1 tablet by mouth once.", daily),
        ("single dose: 150 milligrams", daily),
        ("take 1 tablet one time only", four),
        ("take 1 tablet per day", four),
        ("take 1 tablet with breakfast", four),
        ("take 1 tablet every third day", daily),
        ("take 1 tablet 4 days a week", four),
        ("take 1 tablet on alternate days", daily),
        ("take 1 tablet in the am", four),
    ] {
        assert_eq!(of_repeat(words, repeat), Verdict::Contradicted, "{words}");
    }
    for (words, repeat) in
        [("take 1 tablet before each meal and at bedtime", four), ("take 1 tablet as directed", daily)]
    {
        assert_eq!(of_repeat(words, repeat), Verdict::Lacking, "{words}");
    }
}

#[test]
fn halves_quarters_and_units_of_other_kinds_are_what_they_are() {
    for (words, value, unit) in [
        ("take a tablet and a half daily", 1.5, "tablet"),
        ("take two and a half tablets daily", 2.5, "tablet"),
        ("take one half tablet daily", 0.5, "tablet"),
        ("take one quarter tablet daily", 0.25, "tablet"),
        ("take two hundred milligrams daily", 200.0, "mg"),
    ] {
        assert_eq!(of_dose(words, value, unit), Verdict::Said, "{words}");
    }
    for (words, value, unit) in [
        ("take a tablet and a half daily", 1.0, "tablet"),
        ("take two and a half tablets daily", 0.5, "tablet"),
        ("take 20 milliequivalents daily", 40.0, "mEq"),
        ("take 20 milliequivalents daily", 20.0, "mg"),
        ("take 1 tablet daily (was 2 tablets daily)", 2.0, "tablet"),
        ("warfarin 5 milligrams tablet: take 7.5 milligrams daily", 5.0, "mg"),
        ("take 1 tablet daily. max 4 tablets per day", 4.0, "tablet"),
    ] {
        assert_eq!(of_dose(words, value, unit), Verdict::Contradicted, "{words}: {value} {unit}");
    }
    assert_ne!(of_dose("take 10 milligrams per kilogram daily", 10.0, "mg"), Verdict::Said);
    let course =
        |words: &str, value: u8| of_repeat(words, &format!(r#""boundsDuration": {{"value": {value}, "unit": "d"}}"#));
    assert_eq!(course("take for a week", 14), Verdict::Contradicted);
    assert_eq!(course("take for a week", 7), Verdict::Said);
    assert_eq!(course("take for one month", 30), Verdict::Said);
}

#[test]
fn what_is_applied_injected_or_put_under_the_tongue_is_not_swallowed() {
    for words in [
        "apply cream to the face",
        "inject 1 milliliter weekly",
        "insert 1 suppository nightly",
        "place 1 tablet under the tongue",
        "inhale the contents of 1 capsule",
    ] {
        assert_eq!(verdict(words, r#"{"route": {"text": "Oral"}}"#), Verdict::Contradicted, "{words}");
    }
    assert_eq!(verdict("inhale 2 puffs by mouth", r#"{"route": {"text": "Oral"}}"#), Verdict::Said);
}

#[test]
fn words_that_claim_one_thing_disagree_with_words_that_claim_another() {
    for (one, other, disagree) in [
        ("take 1 tablet by mouth daily", "take 2 tablets by mouth daily", true),
        ("take 8 tablets by mouth once a week", "take 8 tablets daily", true),
        ("take 1 tablet (5 milligrams) two times a day", "take 1 tablet (10 milligrams) two times daily", true),
        ("take 1 tablet daily", "take with food, at most 3 tablets a day", false),
        ("take 1 tablet (500 micrograms) daily", "take 0.5 milligrams once a day", false),
        ("take 2 tablets, then 1 tablet daily", "take 1 tablet daily", false),
    ] {
        assert_eq!(Said::of(one).claims().disagrees(&Said::of(other).claims()), disagree, "{one} / {other}");
    }
}

#[test]
fn a_strength_a_half_a_dose_and_bedtime_are_compared_as_they_are_meant() {
    assert_eq!(of_dose("take 1 tablet of 10 milligrams daily", 1.0, "tablet"), Verdict::Said);
    assert_eq!(of_dose("take 1 tablet of 10 milligrams daily", 10.0, "mg"), Verdict::Said);
    assert_eq!(of_dose("take 1 tablet of 10 milligrams daily", 10.0, "tablet"), Verdict::Contradicted);
    assert_eq!(of_dose("take 1 and a half tablets daily", 1.5, "tablet"), Verdict::Said);
    assert_eq!(of_dose("take 1 and a half tablets daily", 1.0, "tablet"), Verdict::Contradicted);
    let often =
        |words: &str, times: u8| of_repeat(words, &format!(r#""frequency": {times}, "period": 1, "periodUnit": "d""#));
    for (words, times, expected) in [
        ("1 tablet three times a day and at bedtime", 4, Verdict::Said),
        ("1 tablet three times a day before meals and at bedtime", 4, Verdict::Said),
        ("1 tablet four times a day before meals and at bedtime", 4, Verdict::Said),
        ("1 tablet 3 times a day and nightly", 4, Verdict::Said),
        ("1 tablet three times a day and at bedtime", 3, Verdict::Contradicted),
        ("1 tablet twice a day with meals and at bedtime", 4, Verdict::Contradicted),
        ("1 tablet twice a day, in the morning and at bedtime", 2, Verdict::Said),
        ("1 tablet daily and at bedtime", 2, Verdict::Said),
    ] {
        assert_eq!(often(words, times), expected, "{words}: {times}");
    }
    let limit = |words: &str, most: u8| {
        verdict(
            words,
            &format!(
                r#"{{"maxDosePerPeriod": {{"numerator": {{"value": {most}, "unit": "tablet"}}, "denominator": {{"value": 1, "unit": "d"}}}}}}"#
            ),
        )
    };
    assert_eq!(limit("take 2 tablets as needed, max 3 doses a day", 6), Verdict::Said);
    assert_eq!(limit("take 2 tablets as needed, max 3 doses a day", 5), Verdict::Contradicted);
    assert_eq!(limit("take 2 tablets as needed, max 3 doses", 6), Verdict::Lacking);
}

#[test]
fn a_dose_that_is_told_to_be_taken_is_the_dose_and_named_days_are_so_many_a_week() {
    let words = "take seven point five milligrams (one and one-half tablets of 5 milligrams) daily";
    for (value, unit, expected) in [
        (7.5, "mg", Verdict::Said),
        (75.0, "mg", Verdict::Contradicted),
        (5.0, "mg", Verdict::Contradicted),
        (7.5, "g", Verdict::Contradicted),
    ] {
        assert_eq!(of_dose(words, value, unit), expected, "{value} {unit}");
    }
    assert_eq!(of_dose("1 by mouth daily", 1.0, "tablet"), Verdict::Lacking);
    assert_eq!(of_dose("1 by mouth daily", 2.0, "tablet"), Verdict::Contradicted);
    let words = "1 tablet monday, wednesday and friday";
    for (repeat, expected) in [
        (r#""frequency": 3, "period": 1, "periodUnit": "wk""#, Verdict::Said),
        (r#""frequency": 1, "period": 1, "periodUnit": "wk""#, Verdict::Contradicted),
        (r#""frequency": 1, "period": 1, "periodUnit": "mo""#, Verdict::Contradicted),
    ] {
        assert_eq!(of_repeat(words, repeat), expected, "{repeat}");
    }
}

#[test]
fn another_deed_another_length_another_count_and_an_empty_stomach_are_contradictions() {
    for (words, dosage, expected) in [
        ("apply cream daily", r#"{"method": {"text": "Inject"}}"#, Verdict::Contradicted),
        ("inject 1 milliliter", r#"{"method": {"text": "Swallow"}}"#, Verdict::Contradicted),
        ("inject 1 milliliter", r#"{"method": {"text": "Inject"}}"#, Verdict::Said),
        ("take 1 tablet", r#"{"method": {"text": "Chew"}}"#, Verdict::Lacking),
        (
            "infuse over 30 minutes",
            r#"{"timing": {"repeat": {"duration": 60, "durationUnit": "min"}}}"#,
            Verdict::Contradicted,
        ),
        ("infuse over 1 hour", r#"{"timing": {"repeat": {"duration": 60, "durationUnit": "min"}}}"#, Verdict::Said),
        ("take 1 tablet once", r#"{"timing": {"repeat": {"count": 5}}}"#, Verdict::Contradicted),
        ("take 1 tablet once", r#"{"timing": {"repeat": {"count": 1}}}"#, Verdict::Said),
        ("take 1 tablet daily for 3 doses", r#"{"timing": {"repeat": {"count": 5}}}"#, Verdict::Contradicted),
        ("take 1 tablet once a day", r#"{"timing": {"repeat": {"count": 5}}}"#, Verdict::Lacking),
        ("take on an empty stomach", r#"{"timing": {"repeat": {"when": ["C"]}}}"#, Verdict::Contradicted),
        ("take on an empty stomach before meals", r#"{"timing": {"repeat": {"when": ["AC"]}}}"#, Verdict::Said),
        ("take at noon", r#"{"timing": {"repeat": {"when": ["NIGHT"]}}}"#, Verdict::Contradicted),
        ("take in the morning", r#"{"timing": {"repeat": {"when": ["NOON"]}}}"#, Verdict::Contradicted),
    ] {
        assert_eq!(verdict(words, dosage), expected, "{words}: {dosage}");
    }
    for (one, other, opposed) in [
        ("take with food", "take on an empty stomach", true),
        ("take in the morning", "take at bedtime", true),
        ("take with or without food", "take on an empty stomach", false),
        ("take 1 in the morning and 1 at bedtime", "take at bedtime", false),
        ("take 1 hour before meals", "take on an empty stomach", false),
    ] {
        assert_eq!(Said::of(one).opposes(&Said::of(other)), opposed, "{one} / {other}");
    }
}
