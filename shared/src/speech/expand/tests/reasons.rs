//! What a medication is taken for as needed: behind a "for" that nobody writes.

use super::*;

#[test]
fn behind_as_needed_a_reason_gets_its_for_whatever_words_it_has() {
    for (text, spoken) in [
        ("1 tab prn BP greater than 160", "1 tablet as needed for blood pressure greater than 160"),
        ("1 tab prn HR greater than 120", "1 tablet as needed for heart rate greater than 120"),
        ("1 tab q6h prn hives", "1 tablet every 6 hours as needed for hives"),
        ("1 tab q6h prn left knee pain", "1 tablet every 6 hours as needed for left knee pain"),
        ("1 tab bidprn panic attacks", "1 tablet two times a day as needed for panic attacks"),
        ("1 tab TID/PRN pain", "1 tablet three times a day, as needed for pain"),
        ("1 tab p.r.n. pain", "1 tablet as needed for pain"),
        ("1 TAB PO PRN TREMOR", "1 tablet by mouth as needed for TREMOR"),
        ("1 tab prn GERD", "1 tablet as needed for GERD"),
        ("Take prn pain", "Take as needed for pain"),
    ] {
        reads(text, spoken);
    }
}

#[test]
fn what_is_no_reason_gets_no_for() {
    for (text, spoken) in [
        ("1 tab prn, pain", "1 tablet as needed, pain"),
        ("1 tab prn (pain)", "1 tablet as needed (pain)"),
        ("1 tab prn for pain", "1 tablet as needed for pain"),
        ("1 tab prn with food", "1 tablet as needed with food"),
        ("1 tab prn 1 hour before bed", "1 tablet as needed 1 hour before bed"),
        ("1 tab prn one hour before bed", "1 tablet as needed one hour before bed"),
        ("1 tab prn bid", "1 tablet as needed two times a day"),
        ("1 tab prn q6h", "1 tablet as needed every 6 hours"),
        ("1 tab prn may repeat once", "1 tablet as needed may repeat once"),
        ("1 tab prn max 3 per day", "1 tablet as needed max 3 per day"),
        ("1 tab prn Do not exceed 3", "1 tablet as needed Do not exceed 3"),
        ("1 drop prn left eye", "1 drop as needed left eye"),
        ("1 tab prn orally", "1 tablet as needed orally"),
        ("Take prn ibuprofen", "Take as needed ibuprofen"),
        ("take your prn medicine", "take your as needed medicine"),
        ("1 tab prn. Call us.", "1 tablet as needed. Call us."),
        ("1 tab prn", "1 tablet as needed"),
    ] {
        reads(text, spoken);
    }
}

#[test]
fn a_slash_between_reasons_is_an_or() {
    for (text, spoken) in [
        ("2 puffs PRN SOB/wheezing", "2 puffs as needed for shortness of breath or wheezing"),
        ("2 puffs prn wheezing/tightness", "2 puffs as needed for wheezing or tightness"),
        ("2 puffs prn wheezing/tightness.", "2 puffs as needed for wheezing or tightness."),
        ("1 tab prn pain/fever/chills", "1 tablet as needed for pain or fever or chills"),
        ("1 tab for pain/fever", "1 tablet for pain or fever"),
        ("1 tab prn BP/wheezing", "1 tablet as needed for blood pressure or wheezing"),
        ("1 tab prn n/v", "1 tablet as needed for nausea or vomiting"),
        ("SOB/wheezing", "shortness of breath or wheezing"),
    ] {
        reads(text, spoken);
    }
}

#[test]
fn a_slash_elsewhere_may_be_an_and_and_stays() {
    reads("1 tab with breakfast/dinner", "1 tablet with breakfast/dinner");
    reads("apply to feet/legs", "apply to feet/legs");
    reads("1 tab prn left/right", "1 tablet as needed left/right");
    reads("check BP/BG daily", "check blood pressure slash blood glucose daily");
    reads("for HTN/CHF", "for high blood pressure slash congestive heart failure");
    reads("for pain and/or fever", "for pain and/or fever");
    reads("1 tab PO TID/PRN", "1 tablet by mouth three times a day, as needed");
}
