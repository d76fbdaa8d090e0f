//! Orders as hurried hands and interfaces write them.

use super::*;

#[test]
fn what_was_written_without_its_space_is_read_as_two_words() {
    reads("Take 500mg(1tab) daily", "Take 500 milligrams (1 tablet) daily");
    reads("Give 2.5mL(5mg)daily", "Give 2.5 milliliters (5 milligrams) daily");
    reads("5 ml(1 teaspoons) daily", "5 milliliters (1 teaspoon) daily");
    reads("1 tab daily,2 tabs at night", "1 tablet daily, 2 tablets at night");
    reads("call (555)123-4567 at 9:30, 1:1000 or 1,000", "call (555)123-4567 at 9:30, 1:1000 or 1,000");
}

#[test]
fn days_run_together_in_any_hand_are_refused() {
    refuses(&["7.5mg Su, 5mg MTWThFSa", "1 tab MoWeFr", "1 tab TuThSaSu", "1 tab Su", "5 mg Tu and Sa"]);
    reads(
        "5 mg Mon, Wed and Fri, 2.5 mg Sat and Sun",
        "5 milligrams Monday, Wednesday and Friday, 2.5 milligrams Saturday and Sunday",
    );
    reads("Mon/Wed/Fri", "Monday, Wednesday and Friday");
    reads("5 mg Mon-Fri", "5 milligrams Monday through Friday");
    reads("5 mg Tue-Sat, Sun-Thu", "5 milligrams Tuesday through Saturday, Sunday through Thursday");
    reads("5 mg Mon-Sun", "5 milligrams Monday through Sunday");
    reads("5 mg Sat-Sun", "5 milligrams Saturday and Sunday");
    refuses(&["5 mg Mon-Thu", "1 patch Thu-Mon"]);
    reads("avoid Sun, and Sat down; O2 Sat", "avoid Sun, and Sat down; O2 Sat");
}

#[test]
fn a_range_with_spaces_is_one_where_something_is_counted() {
    reads("Take 1 - 2 tabs", "Take 1 to 2 tablets");
    reads("1 - 2 puffs q4h", "1 to 2 puffs every 4 hours");
    reads("150-199 equals 2 units", "150 to 199 equals 2 units");
    reads("Entresto 24 - 26 tablets", "Entresto 24 dash 26 tablets");
    refuses(&["2 - 1 tabs"]);
}

#[test]
fn the_halves_of_a_day_are_read_where_they_are_nothing_else() {
    reads("1.5 tabs in am and 1/2 tab in pm", "1.5 tablets in the AM and 1/2 tablet in the PM");
    reads("1 tab every AM", "1 tablet every AM");
    reads("1 tab at 0800 and at 2030, at 1200.", "1 tablet at 8am and at 8:30pm, at noon.");
    reads("1 tab at 0800, 1400, and 2000", "1 tablet at 8am, 2pm, and 8pm");
    reads("start at 1000, then 2000 daily", "start at 1000, then 2000 daily");
    reads("diet at 1200 kcal, drawn at 0900 sharp", "diet at 1200 kcal, drawn at 0900 sharp");
    reads("1 tab at 0800 daily, at 2000 with food", "1 tablet at 8am daily, at 8pm with food");
    reads("hung at 1000 mL, 2200 hours", "hung at 1,000 milliliters, 2200 hours");
    reads("mix with 8oz H2O", "mix with 8 ounces water");
    refuses(&["1 tab am and 2 tabs pm"]);
}

#[test]
fn what_an_order_has_for_others_is_put_in_words_or_left_out() {
    reads("1 spray by Each Nostril route daily", "1 spray in each nostril daily");
    reads("1 tab daily (HCC) Dx: I10", "1 tablet daily");
    reads(
        "hold if SBP less than 100 or HR less than 60",
        "hold if systolic blood pressure less than 100 or heart rate less than 60",
    );
    reads("for HTN, check BP and BG", "for high blood pressure, check blood pressure and blood glucose");
    reads("Dx: asthma", "diagnosis: asthma");
    reads(
        "1 neb q6h prn wheezing, prn SOB",
        "1 nebulizer every 6 hours as needed for wheezing, as needed for shortness of breath",
    );
    refuses(&["1 tab VO BID", "1 tab sos"]);
    reads("1 tab prn, prn only if needed", "1 tablet as needed, as needed only if needed");
    reads("1 tab per hr", "1 tablet per hour");
}

#[test]
fn the_number_of_a_noun_is_that_of_what_is_counted() {
    reads("one and one-half tabs", "one and one-half tablets");
    reads("2 and 1/2 tabs", "2 and 1/2 tablets");
    reads("for 21 d cycle", "for 21 day cycle");
    reads("1 TABLET(S) daily", "1 tablet daily");
    reads("2 patch(es)", "2 patches");
    reads("500 mg x1, then x 2", "500 milligrams 1 time, then times 2");
}

#[test]
fn a_number_that_a_space_or_a_letter_broke_is_refused() {
    refuses(&[
        "Inject 1 0 units",
        "Take 5 0 mg",
        "Take 12. 5 mg daily",
        "Inject 1. 5 units",
        "Take 2 .5 mg daily",
        "Take 2 .5 tablets",
        "Take 1. .5 mg",
        "Take 1.O mg",
        "Take 1'000 mg",
        "Inject 5/7/9 units before meals",
        "Inject 30-0-20",
    ]);
    reads("Take 1 tablet. 2 times a day", "Take 1 tablet. 2 times a day");
    reads("take 1 0.5 mg tablet", "take 1 tablet of 0.5 milligrams");
    reads("since 5/7/2019 days 1 and 2", "since 5/7/2019 days 1 and 2");
}

#[test]
fn a_mixed_number_without_its_space_is_refused() {
    refuses(&[
        "Take 11/2 tabs bid",
        "Take 21/2 tablets daily",
        "11/2tab daily",
        "Take 1.1/2 tab daily",
        "Take 3/12 tablets",
        "Take 2 /3 tabs daily",
        "Take 2/ 3 tabs daily",
        "Take 2 / 3 tabs daily",
    ]);
    reads("1/2 - 1 1/2 tabs", "1/2 to 1 and 1/2 tablets");
    reads("Take 1 Lotrel 5/10 capsule", "Take 1 Lotrel 5 slash 10 capsule");
    reads("Percocet 5/325 tablets", "Percocet 5 slash 325 tablets");
    reads("Take 3/4 tablet", "Take 3/4 tablet");
}

#[test]
fn a_heart_rate_behind_a_number_is_no_hour() {
    reads(
        "Hold SBP less than 90, HR less than 50",
        "Hold systolic blood pressure less than 90, heart rate less than 50",
    );
    reads("Hold SBP less than 90; HR at most 50", "Hold systolic blood pressure less than 90; heart rate at most 50");
    reads(
        "Hold for SBP less than 90 HR less than 50",
        "Hold for systolic blood pressure less than 90 heart rate less than 50",
    );
    reads("1 tab every 4 HR at most", "1 tablet every 4 hours at most");
    refuses(&["Hold for SBP less than 100/HR less than 55"]);
}

#[test]
fn what_is_twice_in_one_or_one_in_two_is_refused() {
    refuses(&[
        "1 tab biweekly",
        "1 tab bi-weekly",
        "1 tab Bi weekly",
        "1 tab bimonthly",
        "1 tab bi-monthly",
        "1 tab semiweekly",
        "1 tab semimonthly",
    ]);
    reads("1 tab weekly", "1 tablet weekly");
}

#[test]
fn a_side_or_a_unit_in_letters_that_mean_others_too_is_refused() {
    refuses(&[
        "TT po qam",
        "Take 1/2T",
        "Inject 10-U",
        "Inject 10-IU daily",
        "1 drop LE bid",
        "1 drop RE bid",
        "1 DROP RE BID",
        "Apply 2 g to UE joints",
        "1 puff IH bid",
    ]);
    reads("re: pain", "re: pain");
}

#[test]
fn a_scales_ranges_are_ranges_and_so_are_counts_said_twice() {
    reads(
        "Inject per sliding scale: BG 150-199 1 unit, 200-249 2 units, 250-299 3 units",
        "Inject per sliding scale: blood glucose 150 to 199 1 unit, 200 to 249 2 units, 250 to 299 3 units",
    );
    reads("For pain scale 1-3: 325mg; 4-6: 650mg", "For pain scale 1 to 3: 325 milligrams; 4 to 6: 650 milligrams");
    reads("Take 5 mg on days 1-5 and 8-12", "Take 5 milligrams on days 1 to 5 and 8 to 12");
    reads("Vicodin 5-7: 1 tablet", "Vicodin 5 dash 7: 1 tablet");
    reads("Insert 1 gram 2-3x/week", "Insert 1 gram 2 to 3 times a week");
    reads("Take 1 (one) - 2 (two) tabs", "Take 1 to 2 tablets");
    reads("Entresto 24-26 2 tabs", "Entresto 24 dash 26 2 tablets");
    refuses(&["Take 1 (two) - 2 (two) tabs"]);
}

#[test]
fn so_much_of_a_drug_in_a_time_is_per_time() {
    reads("do not exceed 3g APAP/day", "do not exceed 3 grams acetaminophen per day");
    reads("1 tab PO/week", "1 tablet by mouth per week");
    reads("1 tab BID/day", "1 tablet two times a day slash day");
}

#[test]
fn a_time_before_something_is_no_length() {
    refuses(&["1 tab x30 minutes prior to MRI", "1 tab x 1 hour before bed", "1 tab x30min before meals"]);
    reads("1 tab daily x7 days before surgery", "1 tablet daily for 7 days before surgery");
    reads("1 tab x30 minutes", "1 tablet for 30 minutes");
}

#[test]
fn a_number_in_words_counts_as_a_whole() {
    reads("1 tab daily for twenty one days", "1 tablet daily for twenty one days");
    reads("for one hundred one days, one day", "for one hundred one days, one day");
    reads("Take two and a half tablets daily", "Take two and a half tablets daily");
    reads("Take two and one half tablets daily", "Take two and one half tablets daily");
    reads("Take one half tablet daily", "Take one half tablet daily");
    reads("Take one half tab and then a half tab", "Take one half tablet and then a half tablet");
}

#[test]
fn a_sign_for_times_is_said_before_how_often_too() {
    reads("apply 1 x daily", "apply 1 time daily");
    reads("apply 2 x daily, 3 X a week", "apply 2 times daily, 3 times a week");
    reads("apply 1x/day", "apply 1 time per day");
    reads("apply 2 to 3 x per day", "apply 2 to 3 times per day");
    reads("two x weekly", "two times weekly");
}

#[test]
fn hours_in_a_row_are_hours() {
    reads("Take 1 tab at 0800 and 2000", "Take 1 tablet at 8am and 8pm");
    reads("1 drop BID (0800, 2000)", "1 drop two times a day (8am, 8pm)");
    reads("1 tab 0900 1300 1700", "1 tablet 9am, 1pm, 5pm");
    reads("1 tab 0600, 1400 and 2200 with food", "1 tablet 6am, 2pm and 10pm with food");
    reads("1 tab 0900/2100", "1 tablet 0900/2100");
    reads("1 tab 0900 2000 units", "1 tablet 0900, 2,000 units");
    reads("1 tab 1000 2000", "1 tablet 1000, 2000");
    reads("code 0900 9999", "code 0900, 9999");
}

#[test]
fn a_date_in_figures_is_said_in_words() {
    reads("STOP 12/24", "STOP December 24");
    reads("1 tab on 12/1, 12/8, and 12/15", "1 tablet on December 1, December 8, and December 15");
    reads("Take until 12/5 then stop", "Take until December 5 then stop");
    reads("1 tab daily, starting 12/25/2026.", "1 tablet daily, starting December 25, 2026.");
    reads("1 tab through 1/2, stop 1/2/27", "1 tablet through January 2, stop January 2, 2027");
    reads("1 tab on 1/2, 1/9 and 1/16", "1 tablet on January 2, January 9 and January 16");
    reads("1 tab (start 12/1). 2 tabs bid", "1 tablet (start December 1). 2 tablets two times a day");
    reads("1 tab until 12/5. 2 tabs bid", "1 tablet until December 5. 2 tablets two times a day");
    reads("1 tab on 1/15/26 and 2 tabs later", "1 tablet on January 15, 2026 and 2 tablets later");
    reads("1 tab until 12/1 or 12/8", "1 tablet until December 1 or December 8");
}

#[test]
fn what_may_be_a_quantity_is_no_date() {
    reads("start 1/2 tab, stop 1/2 daily", "start 1/2 tablet, stop 1/2 daily");
    reads("1/2 on 12/1 and 2 on 12/2", "1/2 on 12/1 and 2 on December 2");
    reads("on 12/1 2 tabs, on 12/8, 3 tabs", "on 12/1 2 tablets, on 12/8, 3 tablets");
    reads("start 5/10 mg tablets", "start 5 slash 10 milligrams tablets");
    reads("2 hours on 12/12 hours off", "2 hours on 12 slash 12 hours off");
    reads("hold on 13/45, BP on 120/80", "hold on 13/45, blood pressure on 120/80");
    reads("for pain of 5/10", "for pain of 5/10");
    refuses(&["Start on 1/2", "Start on 1/2 daily"]);
}
