use super::*;

mod hurried;
mod letters;
mod orders;
mod reasons;
mod times;

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
    reads("5/325 mg tablets", "5 slash 325 milligrams tablets");
    reads("1/2 tab qhs", "1/2 tablet at bedtime");
    reads("5 cc at 8L/min", "5 milliliters at 8 liters per minute");
}

#[test]
fn a_range_that_can_be_nothing_else_is_from_the_one_to_the_other() {
    reads("Take 5-10 mg q6h", "Take 5 to 10 milligrams every 6 hours");
    reads("Give 25-50 mg bid", "Give 25 to 50 milligrams two times a day");
    reads("Take 1-2 q4h prn", "Take 1 to 2 every 4 hours as needed");
    reads("Take on days 1-14 of 21", "Take on days 1 to 14 of 21");
    reads("Mix in 4-8 oz of water", "Mix in 4 to 8 ounces of water");
    reads("apply 2-3x/day", "apply 2 to 3 times a day");
    // Strengths of two substances, however they are taken.
    reads("Take 5-325 mg q6h", "Take 5 dash 325 milligrams every 6 hours");
    reads("10-20 mg tablets daily", "10 dash 20 milligrams tablets daily");
}

#[test]
fn an_hour_is_one_however_it_is_written() {
    reads("1 tab at 8am and 8 pm", "1 tablet at 8am and 8pm");
    reads("1 tab at 8.30 am, with food", "1 tablet at 8:30am, with food");
    // "pm" without an hour may have been "prn".
    assert_eq!(instruction("1 tab pm"), Err(Unsafe));
    assert_eq!(instruction("MS04 15mg daily"), Err(Unsafe));
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
    reads("call 555-123-4567", "call 555-123-4567");
}

#[test]
fn numbers_that_stand_together_are_told_apart_and_never_made_a_range() {
    reads("5-10mg q6h", "5 to 10 milligrams every 6 hours");
    reads("5mg-325mg", "5 milligrams dash 325 milligrams");
    reads("10 - 20 mg", "10 dash 20 milligrams");
    reads("4 mg-6 mg", "4 milligrams to 6 milligrams");
    reads("4-8 units", "4 to 8 units");
    reads("5-10mL bid", "5 to 10 milliliters two times a day");
    reads("1 1/2 tabs", "1 and 1/2 tablets");
    reads("1 1/2-2 tabs", "1 and 1/2 to 2 tablets");
    reads("one-half tablet", "one-half tablet");
    reads("2 times daily - with food", "2 times daily - with food");
}

#[test]
fn how_long_is_said_as_how_long() {
    reads("1 tab bid x 7 days", "1 tablet two times a day for 7 days");
    reads("nightly x7 nights", "nightly for 7 nights");
    reads("1 tab bid x7d", "1 tablet two times a day for 7 days");
    reads("1 tab X 10d, then stop", "1 tablet for 10 days, then stop");
    reads("1 tab × 7 (seven) days", "1 tablet for 7 days");
    reads("1 tab x7-10 days", "1 tablet for 7 to 10 days");
    reads("1 tab x3/day", "1 tablet times 3 per day");
    reads("1 mg x1", "1 milligram 1 time");
    reads("3 times per wk", "3 times per week");
}

#[test]
fn abbreviations_that_stand_together_are_said_one_by_one() {
    reads("1 tab PO TID/PRN", "1 tablet by mouth three times a day, as needed");
    reads("1 tab BID-TID", "1 tablet two times a day to three times a day");
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
            "drospirenone-ethinyl estradiol, YAZ, GIANVI, tablet 3 dash 0.02 milligrams",
        ),
        ("Levothyroxine Sodium 75micrograms tablet (product)", "Levothyroxine Sodium 75 micrograms tablet"),
        ("Nystatin 100,000 u/ml oral suspension", "Nystatin 100,000 units per milliliter oral suspension"),
        ("Vicodin 5/500 Oral Tablet", "Vicodin 5 slash 500 Oral Tablet"),
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

#[track_caller]
fn refuses(texts: &[&str]) {
    for text in texts {
        assert_eq!(instruction(text), Err(Unsafe), "{text}");
    }
}

#[test]
fn an_abbreviation_of_several_meanings_is_never_given_one_of_them() {
    refuses(&[
        "Take 1 Pepcid AC daily as needed for heartburn",
        "1 tab daily for MDD",
        "1 tab for IE prophylaxis",
        "1 tab w/ PC juice",
        "1 tab TTHS",
        "1 gtt R eye",
        "2 sprays IN daily",
        "1 tab eod",
        "take with ASA",
        "1 supp daily",
        "apply 2 sq cm",
        "25 G needle",
        "2 MM units",
        "take iii daily",
        "Take I tab",
        "1 tab for pt use",
    ]);
    reads("1 tab ac", "1 tablet before meals");
    reads("1 tab TID AC", "1 tablet three times a day before meals");
    reads("30 min a.c.", "30 minutes before meals.");
    reads("MDD 4 tabs", "maximum daily dose 4 tablets");
    reads("with food, i.e. a meal", "with food, that is a meal");
    reads("vitamin D daily, for type II diabetes", "vitamin D daily, for type II diabetes");
    reads("for stage IV disease", "for stage IV disease");
    reads("replace the cap after use", "replace the cap after use");
}

#[test]
fn schedules_that_run_together_are_said_in_words_or_refused() {
    reads("Inject 5 units ACHS", "Inject 5 units before meals and at bedtime");
    reads("1 tab TIDAC", "1 tablet three times a day before meals");
    reads("1 tab MWF", "1 tablet Monday, Wednesday and Friday");
    reads("1 mL im once", "1 milliliter intramuscular once");
    reads("1 tab q6h atc", "1 tablet every 6 hours around the clock");
    reads("1 tab q4-6 hrs", "1 tablet every 4 to 6 hours");
    reads("1 tab q4 hours", "1 tablet every 4 hours");
    reads("nothing NPO", "nothing nothing by mouth");
    reads("1 tab ac and hs", "1 tablet before meals and at bedtime");
    reads("1 tab q. 6 h.", "1 tablet every 6 hours.");
    reads("3×/day, 500 mg × 2", "3 times per day, 500 milligrams times 2");
    reads("BIDx7d", "two times a day for 7 days");
    reads("t.i.d. a.c.", "three times a day before meals.");
    refuses(&["when im dizzy", "heat to 40 atc", "1 tab TIDHS", "1 tab q4hprn", "1 tab Q.4.H."]);
}

#[test]
fn a_cap_full_of_powder_is_no_capsule() {
    refuses(&["1 cap (17 g) mixed in 8 oz of water", "1 cap full daily", "1 cap in water", "1 cap with 8 oz of juice"]);
    reads("1 cap daily", "1 capsule daily");
}

#[test]
fn two_strengths_are_no_range() {
    reads("Take 1 Norco 5-325 tablet every 6 hours", "Take 1 Norco 5 dash 325 tablet every 6 hours");
    reads("Take 1 Entresto 24-26 tablet", "Take 1 Entresto 24 dash 26 tablet");
    reads("Take 50-325-40 mg tablets", "Take 50 dash 325 dash 40 milligrams tablets");
    reads("Take 5/325mg", "Take 5 slash 325 milligrams");
    reads("Take 10 mg/325 mg", "Take 10 milligrams slash 325 milligrams");
    reads("25 units/10 units", "25 units slash 10 units");
    reads("25 units / 10 units", "25 units / 10 units");
    reads("take 1-2 tablets by mouth every 4-6 hours", "take 1 to 2 tablets by mouth every 4 to 6 hours");
    reads("every 1-12 hours", "every 1 to 12 hours");
    reads("Lantus 1-10 units", "Lantus 1 dash 10 units");
    for (text, spoken) in [
        ("Norco 5-325 tablet", "Norco 5 dash 325 tablet"),
        ("Entresto 24-26 tablet", "Entresto 24 dash 26 tablet"),
        ("Claritin-D 12 hour 5-120 tablet", "Claritin-D 12 hour 5 dash 120 tablet"),
        ("amLODIPine-benazepril 5-10 capsule", "amLODIPine-benazepril 5 dash 10 capsule"),
        (
            "butalbital-acetaminophen-caffeine 50-325-40 mg",
            "butalbital-acetaminophen-caffeine 50 dash 325 dash 40 milligrams",
        ),
        ("pioglitazone-metformin 15 mg/850 mg", "pioglitazone-metformin 15 milligrams slash 850 milligrams"),
        ("Percocet 5/325mg tab", "Percocet 5 slash 325 milligrams tablet"),
    ] {
        assert_eq!(name(text), spoken);
    }
}

#[test]
fn what_can_only_be_from_one_number_to_another_is_said_so() {
    reads("for menses from Jan 15-20, 2015", "for menses from Jan 15 to 20, 2015");
    reads("Inject 0-12 Units under the skin", "Inject 0 to 12 units under the skin");
    reads("Take 25-50 mg by mouth", "Take 25 to 50 milligrams by mouth");
    reads("1-2 tablets (2.5-5 mg total) daily", "1 to 2 tablets (2.5 to 5 milligrams total) daily");
    reads("150-199: 2 units; 200-249: 4 units", "150 to 199: 2 units; 200 to 249: 4 units");
    reads("for blood sugar 150-199 give 2 units", "for blood sugar 150 to 199 give 2 units");
    reads("apply to area 2-3x daily", "apply to area 2 to 3 times daily");
    reads("take one at 8-9 am", "take one at 8 to 9 am");
    reads("150-200 inject 2 units, 201-250 inject 4 units", "150 to 200 inject 2 units, 201 to 250 inject 4 units");
    reads("for moderate pain (4-6)", "for moderate pain (4 to 6)");
    reads("if heart rate is 50-60", "if heart rate is 50 to 60");
    reads("Take 1-2 each by mouth", "Take 1 to 2 each by mouth");
    reads("Take 24-26 mg tablets", "Take 24 dash 26 milligrams tablets");
    reads("Truvada 200-300: 1 tablet", "Truvada 200 dash 300: 1 tablet");
    reads("Take 5-325 mg by mouth", "Take 5 dash 325 milligrams by mouth");
    reads("Take Norco 5-325 (5-325 mg total)", "Take Norco 5 dash 325 (5 dash 325 milligrams total)");
}

#[test]
fn numbers_beside_each_other_stay_apart() {
    reads("take two (2) 500 mg tablets", "take two tablets of 500 milligrams");
    reads("take 1 (one) 500 mg tablet", "take 1 tablet of 500 milligrams");
    reads("take 1 5 mg tablet", "take 1 tablet of 5 milligrams");
    reads("take one (1) tablet", "take one tablet");
    reads("take one-half (1/2) tablet", "take 1/2 tablet");
    reads("50 mg/m2", "50 milligrams per square meter");
    reads("max 2/24h", "max 2 per 24 hours");
    reads("apply 1\" ribbon", "apply 1 inch ribbon");
}

#[test]
fn a_fraction_stays_one() {
    reads("1/2-1 1/2 tabs daily", "1/2 to 1 and 1/2 tablets daily");
    reads("take 1½ tabs", "take 1 and 1/2 tablets");
    reads("½-1 tab", "1/2 to 1 tablet");
    reads(
        "Take 0.5 tabs (2.5 mg total), or .5 tablet daily",
        "Take half a tablet (2.5 milligrams total), or 0.5 tablets daily",
    );
    reads("0.5-1 tablets", "half a tablet to 1 tablet");
    reads("1/2tab daily", "1/2 tablet daily");
    reads("take 1 1/2-2 1/2 tabs", "take 1 and 1/2 to 2 and 1/2 tablets");
    reads("1 and 1/2 tabs", "1 and 1/2 tablets");
    reads("1 or 2 tabs", "1 or 2 tablets");
    refuses(&[
        "1-1/2 tabs",
        "2-1 tabs",
        "1/2-1 1/2 daily",
        ". 5 mg",
        "0. 5 mg",
        "take.5 mg",
        "05 mg",
        "1 000 units",
        "1 250 mg",
        "5- 10 mg",
    ]);
}

#[test]
fn the_numbers_of_a_name_stay_what_they_are() {
    for (text, spoken) in [
        (
            "NovoLOG Mix 70-30 U-100 Insuln 100 unit/mL (70-30) subcutaneous",
            "NovoLOG Mix 70 dash 30 U-100 Insuln 100 units per milliliter, 70 dash 30, subcutaneous",
        ),
        ("digoxin 125 mcg(0.125 mg) tablet", "digoxin 125 micrograms, 0.125 milligrams, tablet"),
        (
            "calcium carbonate-vitamin D3 600 mg(1,500mg) -400 unit tablet",
            "calcium carbonate-vitamin D3 600 milligrams, 1,500 milligrams, dash 400 units tablet",
        ),
        ("Calcium 600 D-200", "Calcium 600 D-200"),
        ("nicotine 21 mg/24 hr patch", "nicotine 21 milligrams per 24 hours patch"),
        ("BD pen needle 31 G x 5/16\"", "BD pen needle 31 G x 5/16 inch"),
        ("lancets 30 G", "lancets 30 G"),
        ("lancets 30G", "lancets 30G"),
        ("Humalog 100 unit/mL", "Humalog 100 units per milliliter"),
        ("budesonide-formoterol 160-4.5 mcg/actuation", "budesonide-formoterol 160 dash 4.5 micrograms per actuation"),
        ("Penicillin G 1.2 MM units", "Penicillin G 1.2 MM units"),
        ("prenatal tab", "prenatal tablet"),
        ("vitamin D3, (VITAMIN D3) 1,000 unit", "vitamin D3, VITAMIN D3, 1,000 units"),
        (
            "estradiol 1 mg-20 mcg (21)/75 mg (7)",
            "estradiol 1 milligram dash 20 micrograms, 21, slash 75 milligrams, 7",
        ),
        ("levonorgestrel 0.1-20 mg-mcg", "levonorgestrel 0.1 dash 20 milligrams dash micrograms"),
        ("Dextrose 5 %-0.45 % sodium chloride", "Dextrose 5 percent dash 0.45 percent sodium chloride"),
        ("Natazia 28 Day Pack (Product)", "Natazia 28 day Pack"),
    ] {
        assert_eq!(name(text), spoken);
    }
}
