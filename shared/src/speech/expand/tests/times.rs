//! The sign "x": how long, how many times, or a product that nobody can tell from either.

use super::*;

#[test]
fn a_sign_before_a_time_is_for_so_long_in_every_unit_of_time() {
    for (text, spoken) in [
        ("1 tab daily x 1 yr", "1 tablet daily for 1 year"),
        ("1 tab daily x 1 year", "1 tablet daily for 1 year"),
        ("1 tab daily x 2 yrs", "1 tablet daily for 2 years"),
        ("1 tab daily x1yr", "1 tablet daily for 1 year"),
        ("1 tab daily x 1-2 years", "1 tablet daily for 1 to 2 years"),
        ("1 tab daily x 1 additional week", "1 tablet daily for 1 additional week"),
        ("1 tab daily x 10 (ten) more days", "1 tablet daily for 10 more days"),
        ("1 tab daily x 5 total doses", "1 tablet daily for 5 total doses"),
        ("1 tab daily x 7 to 10 days", "1 tablet daily for 7 to 10 days"),
        ("1 tab daily x 1 or 2 weeks", "1 tablet daily for 1 or 2 weeks"),
        ("1 tab daily x 1 (one) to 2 (two) more weeks", "1 tablet daily for 1 to 2 more weeks"),
        ("1 tab daily x 1 cycle", "1 tablet daily for 1 cycle"),
        ("1 tab daily x3 cycles", "1 tablet daily for 3 cycles"),
        ("1 tab x 3 mornings", "1 tablet for 3 mornings"),
        ("swish x 30 sec", "swish for 30 seconds"),
        ("1 tab daily x a week", "1 tablet daily for a week"),
        ("1 tab daily x several days", "1 tablet daily for several days"),
        ("1 TAB DAILY X 1 YEAR", "1 tablet DAILY for 1 year"),
    ] {
        reads(text, spoken);
    }
}

#[test]
fn a_sign_is_times_only_where_nothing_that_is_counted_follows() {
    for (text, spoken) in [
        ("500 mg x1", "500 milligrams 1 time"),
        ("500 mg x1, then 250 mg daily", "500 milligrams 1 time, then 250 milligrams daily"),
        ("500 mg x 1 then 250 mg daily", "500 milligrams 1 time then 250 milligrams daily"),
        ("500 mg x1 now", "500 milligrams 1 time now"),
        ("500 mg x 2 prn pain", "500 milligrams times 2 as needed for pain"),
        ("may repeat x 1 in 2 hours", "may repeat 1 time in 2 hours"),
        ("may repeat x1 (max 2/day)", "may repeat 1 time (max 2 per day)"),
        ("1 tab x 2 daily", "1 tablet times 2 daily"),
        ("1 tab q5min x3 prn chest pain", "1 tablet every 5 minutes times 3 as needed for chest pain"),
        ("1 tab once x1", "1 tablet once 1 time"),
        ("1 tab twice x 7 days", "1 tablet twice for 7 days"),
        ("a 5 cm x 5 cm area, 2 inch x 4 inches", "a 5 centimeters by 5 centimeters area, 2 inch by 4 inches"),
        ("may repeat x 3 times", "may repeat 3 times"),
        ("may repeat x 1 time only", "may repeat 1 time only"),
        ("before X ray, factor X daily", "before X ray, factor X daily"),
    ] {
        reads(text, spoken);
    }
    refuses(&[
        "1 tab daily x 90 dys",
        "1 tab daily x 1 wek",
        "1 tab daily x 1y",
        "1 tab daily x2 refills",
        "1 tab x 2 neb",
        "1 tab daily x 3 more",
        "1 tab x daily",
        "1 tab x 3d/wk",
        "1 tab x 7 days/week",
        "2 x tablets daily",
    ]);
}

#[test]
fn a_number_before_a_sign_and_a_quantity_behind_it_are_refused() {
    refuses(&[
        "Take 2 x 500mg bid",
        "Take 2 x 500 mg tablets bid",
        "Take 2x500mg bid",
        "Take 2x 500 mg bid",
        "Take two x 500 mg bid",
        "Take 1/2 x 500 mg bid",
        "500 mg x 2 tabs",
        "500 mg x2 tabs",
        "Take x2 tabs",
        "Take 2x tabs daily",
        "Use 3 x 5 min",
        "Use 3x 5 min",
        "Take 1 x 7 days",
        "gauze 4 x 4 in",
        "gauze 4 × 4 in",
    ]);
    reads("apply 2x daily, then 3x a week", "apply 2 times daily, then 3 times a week");
    reads("apply 2 x daily x 5 days", "apply 2 times daily for 5 days");
}
