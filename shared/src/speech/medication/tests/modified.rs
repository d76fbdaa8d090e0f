//! What changes what a chart says, what stands where a value should, and texts that nobody could mean.

use super::*;

#[test]
fn an_extension_that_changes_the_timing_makes_the_instructions_unreadable() {
    let timing = r#""repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}"#;
    let dosage = |timing: &str| format!(r#"[{{"text": "Take 1 tablet", "timing": {{{timing}}}}}]"#);
    assert!(said_of(&dosage(timing)).1);
    let changed = format!(r#"{timing}, "modifierExtension": [{{"url": "http://example.org/not"}}]"#);
    assert_eq!(said_of(&dosage(&changed)), (REMARKS.unreadable.to_owned(), false));
}

#[test]
fn that_nobody_knows_whether_it_is_as_needed_is_not_passed_over() {
    let dosage = |change: &str| format!(r#"[{{"text": "Take 1 tablet daily", "_asNeededBoolean": {{}}{change}}}]"#);
    let (said, _) = said_of(&dosage(""));
    assert!(said.ends_with(REMARKS.more_in_chart), "{said}");
    let (said, _) = said_of(&dosage(r#", "asNeededBoolean": false"#));
    assert_eq!(said, "The instructions say: Take 1 tablet daily.");
}

#[test]
fn nothing_is_never_less_than_nothing() {
    let (said, _) = said_of(
        r#"[{"doseAndRate": [{"doseRange": {"low": {"value": -0.0, "unit": "mg"}, "high": {"value": 2.50e0, "unit": "mg"}}}],
             "timing": {"code": {"text": "BID"}}}]"#,
    );
    assert_eq!(said, "The instructions say: 0 to two point five milligrams, 2 times a day.");
}

#[test]
fn what_is_longer_than_anybody_writes_is_not_read_out() {
    let words = |count: usize| "take 1 tablet daily ".repeat(count);
    let dosages =
        |text: &str, for_patient: &str| format!(r#"[{{"text": "{text}", "patientInstruction": "{for_patient}"}}]"#);
    assert!(said_of(&dosages(&words(50), "")).1);
    for (text, for_patient) in
        [(words(5_000), String::new()), (String::new(), words(5_000)), (words(5_000), words(5_001))]
    {
        assert!(said_of(&dosages(&text, &for_patient)).0 == REMARKS.unreadable);
    }
    assert!(spoken_name(Some(&Phi::new("lisinopril 10 mg ".repeat(1_000)))).is_none());
}

#[test]
fn a_name_that_the_voice_would_skip_letters_of_is_none() {
    let name = |name: &str| spoken_name(Some(&Phi::new(name.to_owned()))).map(|name| name.spoken);
    for read in ["Ölbad 5 mg", "interferon β-1a 30 mcg", "Beyfortus™ 50 mg", "niño 5 mg"] {
        assert!(name(read).is_some(), "{read}");
    }
    // The second has a Cyrillic letter in the place of an "a".
    for skipped in ["Аспирин 81 mg", "\u{430}spirin 81 mg", "阿司匹林 81 mg", "aspirin (阿司匹林) 81 mg"]
    {
        assert_eq!(name(skipped), None, "{skipped}");
    }
    // What isn't seen isn't said.
    let hidden = "as\u{200B}pi\u{61C}rin\u{FE0F} \u{E0041}81\u{34F} mg";
    assert_eq!(name(hidden).as_deref(), Some("aspirin 81 milligrams"));
}
