use super::*;

#[track_caller]
fn reads(text: &str, spoken: &str) {
    assert_eq!(instruction(text).as_deref(), Ok(spoken), "{text}");
}

#[test]
fn abbreviations_are_expanded_and_numbers_stay_what_they_are() {
    reads("Take 1 tab PO BID PRN", "Take 1 tablet by mouth two times a day as needed");
    reads("75mcg daily", "75 micrograms daily");
    reads("10 mL bid", "10 milliliters two times a day");
    reads("0.25mg PO every 6-12 hours", "0.25 milligrams by mouth every 6 to 12 hours");
    reads("take .5 mg q4-6h", "take 0.5 milligrams every 4 to 6 hours");
    reads("1.0 mg b.i.d.", "1 milligram two times a day.");
    reads("2 gtt q 4 h", "2 drops every 4 hours");
    reads("Inject 10000 units SC qd", "Inject 10,000 units under the skin daily");
    reads("1.8 mg/kg IV infusion over 20 minutes", "1.8 milligrams per kilogram intravenous infusion over 20 minutes");
    reads("4mcg/kg/min", "4 micrograms per kilogram per minute");
    reads("5 mL (250mg/5mL)", "5 milliliters (250 milligrams per 5 milliliters)");
    reads("hung at 2200 hours", "hung at 2200 hours");
    reads("every 6 hours.Infuse over 30 min", "every 6 hours. Infuse over 30 minutes");
    reads("5/325 mg tablets", "5/325 milligrams tablets");
    reads("1/2 tab qhs", "1/2 tablet at bedtime");
    reads("5 cc at 8L/min", "5 milliliters at 8 liters per minute");
}

#[test]
fn what_is_said_twice_is_said_once_and_a_contradiction_is_refused() {
    reads("Take 1 tablet by mouth 1 (one) time each day.", "Take 1 tablet by mouth 1 time each day.");
    reads("2 (two), with food", "2, with food");
    reads("1 tablet (20 mg total)", "1 tablet (20 milligrams total)");
    assert_eq!(instruction("Take 2 (one) tablets"), Err(Unsafe));
}

#[test]
fn an_ambiguous_abbreviation_is_refused() {
    for text in [
        "2 gtt OD",
        "1 tab hs",
        "Insulin 10U daily",
        "take 1 OD",
        "D/C after 3 days",
        "1 ss tab",
        "10IU daily",
        "1 tab q0d",
        "Q.O.D.x",
        "5 drops AU",
        "1 tab po/hs",
        "0,5 mg daily",
        "2 drops as bid",
        "1 tab TIW",
        "1 tab.HS",
        "10U-20U",
    ] {
        assert_eq!(instruction(text), Err(Unsafe), "{text}");
    }
}

#[test]
fn a_range_is_a_range_only_where_something_is_counted() {
    reads("1-2 tablets", "1 to 2 tablets");
    reads("5-325 mg", "5 dash 325 milligrams");
    reads("Jan 15-20, 2015", "Jan 15-20, 2015");
}

#[test]
fn numbers_that_stand_together_are_told_apart_and_never_made_a_range() {
    reads("5-10mg q6h", "5 dash 10 milligrams every 6 hours");
    reads("5mg-325mg", "5 milligrams dash 325 milligrams");
    reads("10 - 20 mg", "10 dash 20 milligrams");
    reads("4 mg-6 mg", "4 milligrams dash 6 milligrams");
    reads("4-8 units", "4 to 8 units");
    reads("5-10mL bid", "5 to 10 milliliters two times a day");
    reads("1 1/2 tabs", "1 and 1/2 tablet");
    reads("1 1/2-2 tabs", "1 and 1/2 to 2 tablets");
    reads("one-half tablet", "one-half tablet");
    reads("2 times daily - with food", "2 times daily - with food");
}

#[test]
fn how_long_is_said_as_how_long() {
    reads("1 tab bid x 7 days", "1 tablet two times a day for 7 days");
    reads("1 tab bid x7d", "1 tablet two times a day for 7 days");
    reads("1 tab X 10d, then stop", "1 tablet for 10 days, then stop");
    reads("1 tab × 7 (seven) days", "1 tablet for 7 days");
    reads("1 tab x7-10 days", "1 tablet for 7 to 10 days");
    reads("1 tab x3/day", "1 tablet times 3 per day");
    reads("1 mg x1", "1 milligram times 1");
    reads("3 times per wk", "3 times per week");
}

#[test]
fn abbreviations_that_stand_together_are_said_one_by_one() {
    reads("1 tab PO TID/PRN", "1 tablet by mouth three times a day slash as needed");
    reads("1 tab BID-TID", "1 tablet two times a day dash three times a day");
    reads("12h on/12h off", "12 hours on slash 12 hours off");
    reads("1 tab w/food", "1 tablet with food");
    reads("p.o. b.i.d. with food", "by mouth two times a day with food");
    reads("at 9 a.m. daily", "at 9 AM daily");
    reads("q AM and q PM", "every morning and every evening");
    reads("1-2 tab(s) daily", "1 to 2 tablets daily");
    reads("1 tab.Do not crush", "1 tablet. Do not crush");
    assert_eq!(instruction("1 tab po.prn"), Err(Unsafe));
}

#[test]
fn doubtful_writing_is_refused() {
    for text in
        ["Take -5 mg", "1.000 mg daily", "Tome 1 tableta", "1-0-1", "i tab bid", "1 T daily", "ii tabs", "1 c food"]
    {
        assert_eq!(instruction(text), Err(Unsafe), "{text}");
    }
}

#[test]
fn a_names_letter_is_no_unit() {
    assert_eq!(name("Calcium 600 D 200"), "Calcium 600 D 200");
    assert_eq!(name("Os-Cal 500D"), "Os-Cal 500D");
    assert_eq!(name("pen needle 31G x 5 mm"), "pen needle 31G x 5 millimeters");
    assert_eq!(name("estradiol 0.25 mg-35 mcg"), "estradiol 0.25 milligrams dash 35 micrograms");
}

#[test]
fn a_name_keeps_every_number_and_word_of_itself() {
    for (text, spoken) in [
        ("lisinopril 10 MG Oral Tablet", "lisinopril 10 milligrams Oral Tablet"),
        (
            "Nizatidine 15 MG/ML Oral Solution [Axid]",
            "Nizatidine 15 milligrams per milliliter Oral Solution, brand name Axid",
        ),
        (
            "drospirenone-ethinyl estradiol (YAZ,GIANVI) tablet 3-0.02 mg",
            "drospirenone-ethinyl estradiol, YAZ, GIANVI, tablet 3-0.02 milligrams",
        ),
        ("Levothyroxine Sodium 75micrograms tablet (product)", "Levothyroxine Sodium 75 micrograms tablet"),
        ("Nystatin 100,000 u/ml oral suspension", "Nystatin 100,000 units per milliliter oral suspension"),
        ("Vicodin 5/500 Oral Tablet", "Vicodin 5/500 Oral Tablet"),
        (
            "24 HR tacrolimus 1 MG Extended Release Oral Tablet",
            "24 hour tacrolimus 1 milligram Extended Release Oral Tablet",
        ),
        ("Nitroglycerin 0.4 MG/ACTUAT Mucosal Spray", "Nitroglycerin 0.4 milligrams per actuation Mucosal Spray"),
        ("Wellbutrin XL 150 mg", "Wellbutrin XL 150 milligrams"),
    ] {
        assert_eq!(name(text), spoken);
    }
}
