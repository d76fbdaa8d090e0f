//! Abbreviations in capitals that nobody knows, among words that everybody does.

use super::*;

#[test]
fn capitals_that_nobody_knows_are_refused() {
    refuses(&[
        "Take 1 tab prn sleep RPT x1",
        "Take 1 tab w/ BF",
        "1 tab daily, RTC 2 wk",
        "apply to LUE daily",
        "1 tab prn SI",
        "1 tab prn PVCs",
        "1 tab prn SOB/QRS",
        "Raise the HOB",
        "Hold for a UOP below 30",
        "BF daily",
        "Take 1 tab qhs, RPTx1",
        "listen for BS daily, BS",
    ]);
    // Among capitals a word can't be told from an abbreviation, unless it has no vowel.
    refuses(&["TAKE 1 TABLET PRN QRS", "1 TAB DAILY WITH BF"]);
}

#[test]
fn letters_of_two_meanings_have_the_one_that_their_place_gives_them() {
    reads("1 tab PRN HA", "1 tablet as needed for headache");
    reads("1 tab q6h prn ha", "1 tablet every 6 hours as needed for headache");
    reads("1 tab at onset of HA", "1 tablet at onset of headache");
    reads("1 TAB PRN MIGRAINE HA", "1 tablet as needed for MIGRAINE headache");
    reads("1 tab prn HA/nausea", "1 tablet as needed for headache or nausea");
    reads("1 tab q4h PRN BTP", "1 tablet every 4 hours as needed for breakthrough pain");
    // A reason by itself.
    reads("HA", "headache");
    reads(
        "check BS daily, if BS greater than 300 or low BS, then FBS",
        "check blood sugar daily, if blood sugar greater than 300 or low blood sugar, then fasting blood sugar",
    );
    refuses(&["HA drops daily", "1 tab with HA drops", "1 tab BTP"]);
}

#[test]
fn capitals_that_patients_know_and_words_that_are_stressed_are_read() {
    for text in [
        "Take daily for COPD",
        "for ADHD, GERD or HIV",
        "for PTSD and IBS",
        "Call your MD or go to the ER",
        "check INR and TSH before the MRI",
        "Call MGH with questions",
        "right bundle branch block (RBBB)",
        "DO NOT take WITH FOOD",
        "TAKE WITH WARM MILK, not water",
        "Take ONE with a LOT of water, TWO HOURS after eating",
        "LAST DOSE on FRIDAY",
        "Take 1 tablet EACH DAY, then STOP",
        "Use ONLY at onset. MAX 2 per day",
        "avoid NSAIDs and STDs",
        "in JAN and FEB",
        "LEFT EYE only",
        "TAKE 1 TABLET FOR MENOPAUSAL OAB",
    ] {
        assert!(instruction(text).is_ok(), "{text}");
    }
    refuses(&["hemodialysis (QRS) days"]);
}
