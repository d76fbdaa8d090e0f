//! What hurried hands write for a range, a list of days or a strength: in plain words where it can be nothing else, refused
//! where it can.

use super::*;

#[test]
fn a_range_with_its_unit_on_both_sides_is_from_the_one_to_the_other() {
    for text in [
        "Take 500mg - 1000mg daily",
        "Take 500 mg-1000 mg daily",
        "Take 500 mg - 1,000 mg daily",
        "Take 500mg-1000mg daily",
    ] {
        reads(text, "Take 500 milligrams to 1,000 milligrams daily");
    }
    reads("1 tab - 2 tabs daily", "1 tablet to 2 tablets daily");
    reads("every 4 hours - 6 hours", "every 4 hours to 6 hours");
    reads("25-50 mg po daily", "25 to 50 milligrams by mouth daily");
    reads("5-10 mL PO q6h", "5 to 10 milliliters by mouth every 6 hours");
    reads("500mg-1g q6h", "500 milligrams to 1 gram every 6 hours");
    reads("1-2 po q4h, start 5-10 mg daily", "1 to 2 by mouth every 4 hours, start 5 to 10 milligrams daily");
    reads("Norco 5/325 1-2 tabs, mix 1-2 scoops", "Norco 5/325 1 to 2 tablets, mix 1 to 2 scoops");
    reads("apply 2-3 x/week", "apply 2 to 3 times a week");
    reads("apply 3-4 x daily", "apply 3 to 4 times daily");
    refuses(&["apply 3-4 x 2"]);
    reads(
        "goal INR 2-3 or INR 2.5-3.5, if BP 140-160",
        "goal INR 2 to 3 or INR 2.5 to 3.5, if blood pressure 140 to 160",
    );
    reads("1 tab day 2-5", "1 tablet day 2 to 5");
    refuses(&["Take 1000mg - 500mg daily", "Take 2 tabs - 1 tab daily"]);
    // Strengths of two substances.
    reads("carbidopa-levodopa 25 mg-100 mg", "carbidopa-levodopa 25 milligrams dash 100 milligrams");
    reads("Take 25 mg-100 mg daily", "Take 25 milligrams dash 100 milligrams daily");
    reads("Take 25-100 mg tid", "Take 25 dash 100 milligrams three times a day");
    reads("Take 24 mg-26 mg bid", "Take 24 milligrams dash 26 milligrams two times a day");
    reads("24-26 mg po bid", "24 dash 26 milligrams by mouth two times a day");
    reads("Take 10 mg-20 mg tablets", "Take 10 milligrams dash 20 milligrams tablets");
}

#[test]
fn several_doses_in_a_row_and_two_frequencies_are_refused() {
    refuses(&[
        "Take 5-10-15 mg daily",
        "Take 5-10-15mg daily",
        "Inject 4-6-8 units",
        "Take 5-10-15 daily",
        "1 tablet QD/BID",
        "1 tablet daily/BID",
        "1 tablet BID/TID",
        "1 tablet QD-TID",
        "1 tablet q4h/q6h",
        "1 mL IM/IV daily",
        "1 tab AC/PC",
    ]);
    reads("Take 50-325-40 mg tablets", "Take 50 dash 325 dash 40 milligrams tablets");
    reads("1 tab PO/PRN", "1 tablet by mouth, as needed");
    reads("1 tab TID-QID", "1 tablet three times a day to four times a day");
}

#[test]
fn days_by_their_letters_are_days_where_each_letter_is_one() {
    for text in ["1 tab PO M/W/F", "1 tab PO M-W-F", "1 tab PO M,W,F"] {
        reads(text, "1 tablet by mouth Monday, Wednesday and Friday");
    }
    reads("1 tab T/Th/Sa", "1 tablet Tuesday, Thursday and Saturday");
    reads("1 tab M-F", "1 tablet Monday through Friday");
    reads("1 tab Tu/Th", "1 tablet Tuesday and Thursday");
    refuses(&["1 tab T/S", "1 tab M/F", "1 tab W/F", "1 tab T/T/S", "1 tab F/W/M", "1 tab Tu-Th", "1 tab TTh"]);
}

#[test]
fn before_and_after_a_named_meal_is_read_where_it_is_of_dosing() {
    reads("1 tab ac breakfast", "1 tablet before breakfast");
    reads("1 tab po AC breakfast and supper.", "1 tablet by mouth before breakfast and supper.");
    reads("2 caps pc dinner", "2 capsules after dinner");
    reads("30 min ac meals", "30 minutes before meals");
    refuses(&["Pepcid AC breakfast", "Take with PC lunch"]);
}

#[test]
fn letters_with_one_meaning_beside_their_neighbours_are_expanded_and_others_refused() {
    reads(
        "1 tab SL q5min prn CP, MR x 3",
        "1 tablet under the tongue every 5 minutes as needed for chest pain, may repeat 3 times",
    );
    reads("1 tab for CP MRx1", "1 tablet for chest pain may repeat 1 time");
    reads("1 dose MR q4h", "1 dose may repeat every 4 hours");
    refuses(&["1 tablet CP daily", "1 tablet MR daily", "Take 1 MR"]);
    reads("1 tab D1-5", "1 tablet days 1 to 5");
    reads("40 mg daily D1-D4 every 28 days", "40 milligrams daily days 1 to 4 every 28 days");
    reads("D1,8,15 q28d", "days 1, 8 and 15 every 28 days");
    reads("on C1D1-5 and C2D1", "on cycle 1 days 1 to 5 and cycle 2 day 1");
    reads("in D5W, vitamin D3 daily", "in D5W, vitamin D3 daily");
}

#[test]
fn one_or_both_is_not_both_and_a_lone_hold_is_not_read() {
    reads("4 drops in affected ear(s) bid", "4 drops in affected ear or ears two times a day");
    reads("apply to affected area(s) daily", "apply to affected area or areas daily");
    reads("in both eye(s), each ear(s)", "in both eyes, each ear");
    reads("1-2 tab(s) daily", "1 to 2 tablets daily");
    refuses(&[
        "Take 1 tablet daily, R-0, Hold",
        "Take 1 tablet daily. Hold.",
        "1 tab daily - hold",
        "1 tab daily (HOLD)",
        "1 tab HOLD",
    ]);
    reads("Hold for SBP less than 100", "Hold for systolic blood pressure less than 100");
    reads("Hold", "Hold");
}

#[test]
fn a_strength_stands_behind_what_is_counted() {
    reads("Take 1 10 mg tablet daily", "Take 1 tablet of 10 milligrams daily");
    reads("Take one 10mg tab, with food", "Take one tablet of 10 milligrams, with food");
    reads("Take 5mg (1/2 of 10mg tab)", "Take 5 milligrams (1/2 of 10 milligrams tablet)");
    reads("7.5 mg (one and one-half 5 mg tabs)", "7.5 milligrams (one and one-half tablets of 5 milligrams)");
    reads("Take 2 5 mg tabs.", "Take 2 tablets of 5 milligrams.");
    reads("Take 1 50,000 unit capsule weekly", "Take 1 capsule of 50,000 units weekly");
    reads("Take 1-and-a-half tablets", "Take 1 and a half tablets");
    refuses(&["Take 2 500 mg tablets"]);
}

#[test]
fn what_stands_beside_a_schedule_is_said_in_words() {
    reads("6 tabs PO q week on Mondays", "6 tablets by mouth every week on Mondays");
    reads("50,000 units q week x 8 weeks", "50,000 units every week for 8 weeks");
    reads("1 tab q day prn", "1 tablet every day as needed");
    reads("1 tab qid ac hs", "1 tablet four times a day before meals and at bedtime");
    reads("2 puffs q6h prn SOB/wheezing", "2 puffs every 6 hours as needed for shortness of breath or wheezing");
    reads("1 tab q6h prn N/V", "1 tablet every 6 hours as needed for nausea or vomiting");
    reads("80 mg/kg/day div BID", "80 milligrams per kilogram per day divided two times a day");
    reads("1 tab on MWF after HD", "1 tablet on Monday, Wednesday and Friday after dialysis");
    reads("1 tab on HD days, 2 tabs on non-HD days", "1 tablet on dialysis days, 2 tablets on non-dialysis days");
    reads("Take 1 ER tab, 2 SR tabs wkly", "Take 1 ER tablet, 2 SR tablets weekly");
    reads("1 each by Other route daily", "1 each daily");
    refuses(&["1 tab HD", "vitamin HD daily"]);
}
