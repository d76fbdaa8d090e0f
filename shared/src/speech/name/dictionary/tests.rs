//! Names of Medi-Span, First Databank and Epic, as they are heard.

use super::super::Name;

#[track_caller]
fn hears(written: &str, spoken: &str) {
    assert_eq!(Name::of(written).spoken, spoken, "{written}");
}

#[test]
fn a_name_of_epics_is_said_with_its_brands_apart_and_its_form_in_words() {
    for (written, spoken, also) in [
        ("ceFAZolin (ANCEF) IVPB 2 g", "cefazolin intravenous bag 2 grams", vec!["Ancef"]),
        (
            "adalimumab (HUMIRA,CF, PEN) 40 MG/0.4ML PNKT",
            "adalimumab 40 milligrams per 0.4 milliliters pen kit",
            vec!["Humira CF Pen"],
        ),
        ("metFORMIN E.R. 500 mg tablet", "metformin extended-release 500 milligrams tablet", vec![]),
        ("oxyCODONE IR 5 mg tablet", "oxycodone immediate-release 5 milligrams tablet", vec![]),
        (
            "albuterol (PROVENTIL HFA;VENTOLIN HFA) 108 (90 Base) MCG/ACT inhaler",
            "albuterol 108 micrograms per actuation, 90 micrograms base, inhaler",
            vec!["Proventil HFA", "Ventolin HFA"],
        ),
        (
            "potassium chloride SA (K-DUR,KLOR-CON M20) 20 MEQ tablet",
            "potassium chloride SA 20 milliequivalents tablet",
            vec!["K-Dur", "Klor-Con M20"],
        ),
        (
            "ergocalciferol (VITAMIN D2) 1.25 MG (50000 UT) capsule",
            "ergocalciferol 1.25 milligrams, 50,000 units, capsule",
            vec!["Vitamin D2"],
        ),
        ("tamsulosin (FLOMAX) 0.4 mg Cp24", "tamsulosin 0.4 milligrams 24 hour capsules", vec!["Flomax"]),
        (
            "insulin glargine 100 unit/mL (3 mL) InPn",
            "insulin glargine 100 units per milliliter, 3 milliliters, pen",
            vec![],
        ),
    ] {
        let name = Name::of(written);
        assert_eq!((name.spoken.as_str(), name.also), (spoken, also.into_iter().map(str::to_owned).collect()));
    }
}

#[test]
fn a_caller_may_ask_for_what_epic_names_by_its_substance_or_its_brand_without_the_device() {
    for (written, asked) in [
        ("albuterol (PROVENTIL HFA;VENTOLIN HFA) 108 (90 Base) MCG/ACT inhaler", vec!["albuterol", "ventolin"]),
        (
            "potassium chloride SA (K-DUR,KLOR-CON M20) 20 MEQ tablet",
            vec!["potassium", "potassium chloride", "klor-con m20"],
        ),
        ("adalimumab (HUMIRA,CF, PEN) 40 MG/0.4ML PNKT", vec!["adalimumab", "humira"]),
        ("insulin glargine (LANTUS SOLOSTAR) 100 unit/mL (3 mL) InPn", vec!["insulin glargine", "lantus"]),
        ("metoprolol succinate ER (TOPROL-XL) 25 mg 24 hr tablet", vec!["metoprolol", "toprol"]),
        ("cholecalciferol (VITAMIN D3) 1000 units (25 mcg) TABS", vec!["cholecalciferol", "vitamin d3"]),
    ] {
        let bare = Name::of(written).bare;
        for name in asked {
            assert!(bare.iter().any(|known| known == name), "{written}: {name} isn't in {bare:?}");
        }
    }
}

#[test]
fn a_slash_behind_a_blank_is_so_much_in_a_volume_too() {
    hears(
        "albuterol 2.5 mg /3 mL (0.083 %) nebulizer solution",
        "albuterol 2.5 milligrams per 3 milliliters, 0.083 percent, nebulizer solution",
    );
}

#[test]
fn a_dose_from_a_device_is_so_much_per_actuation() {
    hears(
        "fluticasone propionate 50 mcg/actuation nasal spray,suspension",
        "fluticasone propionate 50 micrograms per actuation nasal spray, suspension",
    );
    hears(
        "FLUTICASONE PROPIONATE 50 MCG/ACT NA SUSP",
        "Fluticasone Propionate 50 micrograms per actuation nasal suspension",
    );
    hears(
        "ALBUTEROL SULFATE HFA 108 (90 BASE) MCG/ACT IN AERS",
        "Albuterol Sulfate HFA 108 micrograms per actuation, 90 micrograms base, inhalation aerosol",
    );
    hears(
        "budesonide-formoterol HFA 160 mcg-4.5 mcg/actuation aerosol inhaler",
        "budesonide-formoterol HFA 160 micrograms and 4.5 micrograms per actuation aerosol inhaler",
    );
    hears(
        "budesonide-formoterol 160-4.5 mcg/actuation inhaler",
        "budesonide-formoterol 160 and 4.5 micrograms per actuation inhaler",
    );
    hears("POLYETHYLENE GLYCOL 3350 17 GM/SCOOP PO POWD", "Polyethylene Glycol 3350 17 grams per scoop oral powder");
}

#[test]
fn each_substance_has_its_strength_in_words() {
    hears(
        "hydrocodone 5 mg-acetaminophen 325 mg tablet",
        "hydrocodone 5 milligrams and acetaminophen 325 milligrams tablet",
    );
    hears(
        "dorzolamide 22.3 mg-timolol 6.8 mg/mL eye drops",
        "dorzolamide 22.3 milligrams and timolol 6.8 milligrams per milliliter eye drops",
    );
    hears(
        "omega-3 fatty acids-fish oil 300 mg-1,000 mg capsule",
        "omega-3 fatty acids-fish oil 300 milligrams and 1,000 milligrams capsule",
    );
    hears(
        "ipratropium 0.5 mg-albuterol 3 mg (2.5 mg base)/3 mL nebulization soln",
        "ipratropium 0.5 milligrams and albuterol 3 milligrams, 2.5 milligrams base, per 3 milliliters nebulization \
         solution",
    );
    hears(
        "ipratropium-albuterol 0.5 mg-3 mg(2.5 mg base)/3 mL nebulizer soln",
        "ipratropium-albuterol 0.5 milligrams and 3 milligrams, 2.5 milligrams base, per 3 milliliters nebulizer \
         solution",
    );
    hears("codeine 30 mg (base)/325 mg tablet", "codeine 30 milligrams, base, and 325 milligrams tablet");
    hears(
        "calcium 600 mg (as carbonate)-vitamin D3 10 mcg (400 unit) tablet",
        "calcium 600 milligrams, as carbonate, and vitamin D3 10 micrograms, 400 units, tablet",
    );
    hears(
        "fluticasone-umeclidinium-vilanterol 100-62.5-25 mcg blister",
        "fluticasone-umeclidinium-vilanterol 100, 62.5 and 25 micrograms blister",
    );
    hears(
        "brimonidine-timolol 0.2-0.5 % ophthalmic solution",
        "brimonidine-timolol 0.2 and 0.5 percent ophthalmic solution",
    );
}

#[test]
fn a_code_of_way_and_form_is_in_words_and_a_word_stays_one() {
    hears("ATORVASTATIN CALCIUM 40 MG PO TABS", "Atorvastatin Calcium 40 milligrams oral tablets");
    hears(
        "METFORMIN HCL ER 500 MG PO TB24",
        "Metformin hydrochloride extended-release 500 milligrams oral 24 hour tablets",
    );
    hears("OMEPRAZOLE 20 MG PO CPDR", "Omeprazole 20 milligrams oral delayed-release capsules");
    hears("TIMOLOL MALEATE 0.5 % OP SOLN", "Timolol Maleate 0.5 percent ophthalmic solution");
    hears("NITROGLYCERIN 0.4 MG SL SUBL", "Nitroglycerin 0.4 milligrams sublingual tablets");
    hears("TRIAMCINOLONE ACETONIDE 0.1 % EX CREA", "Triamcinolone Acetonide 0.1 percent topical cream");
    hears("INSULIN GLARGINE 100 UNIT/ML SC SOPN", "Insulin Glargine 100 units per milliliter subcutaneous pen");
    hears("nitroglycerin 0.4 mg SL tablet", "nitroglycerin 0.4 milligrams sublingual tablet");
    hears("metoprolol 25 mg tablet,extended release 24hr", "metoprolol 25 milligrams tablet, extended release 24 hour");
    hears(
        "levonorgestrel 0.15 mg tablets,3 month dose pack",
        "levonorgestrel 0.15 milligrams tablets, 3 month dose pack",
    );
    hears("vancomycin 1 g in 250 mL", "vancomycin 1 gram in 250 milliliters");
}

#[test]
fn capitals_for_the_eye_are_small_letters_for_the_ear() {
    hears("carvediloL 6.25 mg tablet", "carvedilol 6.25 milligrams tablet");
    hears("cholecalciferol (VITAMIN D3) 25 mcg tablet", "cholecalciferol 25 micrograms tablet");
    assert_eq!(Name::of("metoprolol (TOPROL-XL) 25 mg").also, ["Toprol-XL"]);
}

#[test]
fn what_says_that_there_is_no_name_is_none() {
    for name in ["UNABLE TO FIND", "NON FORMULARY", "Other"] {
        assert!(Name::of(name).spoken.is_empty(), "{name}");
    }
}
