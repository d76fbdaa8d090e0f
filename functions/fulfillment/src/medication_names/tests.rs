//! The right medication is found, or it is asked, or none is: never a wrong one.

use shared::phi::Phi;

use super::look_alikes::LOOK_ALIKES;
use super::*;

fn medication(name: &str, also_called: &[&str]) -> SpokenMedication {
    let also_called = also_called.iter().map(|name| Phi::new((*name).to_owned())).collect();
    SpokenMedication { name: Phi::new(name.to_owned()), also_called, ..SpokenMedication::default() }
}

fn list(names: &[&str]) -> Vec<SpokenMedication> {
    names.iter().map(|name| medication(name, &[])).collect()
}

fn one(at: usize) -> Found {
    Found::These(vec![at])
}

#[test]
fn a_name_is_found_by_generic_brand_and_sound() {
    let list = vec![
        medication("lisinopril 10 milligrams tablet", &["zestril"]),
        medication("metoprolol succinate 50 milligrams extended-release tablet", &["toprol xl"]),
        medication(
            "drospirenone and ethinyl estradiol, also called Yaz, or Gianvi",
            &["drospirenone", "ethinyl estradiol", "yaz", "gianvi"],
        ),
        medication("atorvastatin 20 milligrams", &["lipitor"]),
        medication("insulin glargine 100 units per milliliter", &["lantus"]),
        medication("vitamin D3 1000 units", &[]),
    ];
    for (said, at) in [
        ("lisinopril", 0),
        ("my Lisinopril, please", 0),
        ("lie sin oh pril", 0),
        ("lisinipril", 0),
        ("lisinopril ten milligrams", 0),
        ("Zestril", 0),
        ("metoprolol", 1),
        ("metro prolol", 1),
        ("metoprolol succinate", 1),
        ("toprol", 1),
        ("yaz", 2),
        ("YAZ pills", 2),
        ("gianvi", 2),
        ("ethinyl estradiol", 2),
        ("a tour of a statin", 3),
        ("lipitore", 3),
        ("insulin", 4),
        ("lantus insulin", 4),
        ("glargine", 4),
        ("vitamin d three", 5),
        ("vitamin", 5),
    ] {
        assert_eq!(find(&list, said), one(at), "{said}");
    }
    for said in
        ["warfarin", "metoprolol tartrate", "insulin lispro", "vitamin b12", "more", "I don't know", "xyzzy", "acid"]
    {
        assert_eq!(find(&list, said), Found::Nothing, "{said}");
    }
    for said in ["", "it", "that one", "my pill", "8", "…"] {
        assert_eq!(find(&list, said), Found::Unnamed, "{said}");
    }
}

#[test]
fn a_look_alike_is_never_told_in_the_others_place() {
    for (one_name, other) in [
        ("hydroxyzine", "hydralazine"),
        ("clonidine", "klonopin"),
        ("metformin", "metronidazole"),
        ("celebrex", "celexa"),
        ("celebrex", "cerebyx"),
        ("prednisone", "prednisolone"),
        ("glipizide", "glyburide"),
        ("bupropion", "buspirone"),
        ("tramadol", "trazodone"),
        ("lamictal", "lamisil"),
        ("zantac", "xanax"),
        ("losartan", "valsartan"),
        ("hydrocodone", "oxycodone"),
        ("risperidone", "ropinirole"),
        ("quinine", "quinidine"),
        ("humalog", "humulin"),
        ("novolog", "novolin"),
        ("cycloserine", "cyclosporine"),
        ("vinblastine", "vincristine"),
        ("atomoxetine", "paroxetine"),
        ("escitalopram", "citalopram"),
        ("esomeprazole", "omeprazole"),
        ("oxcarbazepine", "carbamazepine"),
        ("valacyclovir", "acyclovir"),
    ] {
        for (said, other) in [(one_name, other), (other, one_name)] {
            assert_eq!(find(&list(&[other]), said), Found::Nothing, "{said} is not {other}");
            assert_eq!(find(&list(&[other, said]), said), one(1), "{said}, and not {other}");
        }
    }
}

#[test]
fn a_letter_that_was_misheard_never_makes_another_medication_of_a_known_one() {
    for name in LOOK_ALIKES.iter().step_by(3) {
        let others: Vec<&str> = LOOK_ALIKES.iter().filter(|other| *other != name).copied().step_by(7).collect();
        let others = list(&others);
        for at in 0..name.len() {
            let (before, after) = name.split_at(at);
            let without: String = format!("{before}{}", after.get(1..).unwrap_or_default());
            let changed: String = format!("{before}o{}", after.get(1..).unwrap_or_default());
            for said in [without, changed] {
                if LOOK_ALIKES.contains(&said.as_str()) {
                    continue;
                }
                let found = find(&others, &said);
                assert!(!matches!(found, Found::These(_)), "{said}, of {name}");
            }
        }
    }
}

#[test]
fn no_name_is_listed_twice() {
    let once: std::collections::BTreeSet<_> = LOOK_ALIKES.iter().collect();
    assert_eq!(once.len(), LOOK_ALIKES.len());
}

#[test]
fn where_two_are_as_near_it_is_asked() {
    let two = list(&["insulin glargine", "insulin lispro"]);
    assert_eq!(find(&two, "insulin"), Found::OneOf(vec![0, 1]));
    assert_eq!(find(&two, "insulin lispro"), one(1));
    let two = list(&["metoprolol tartrate 25 milligrams", "metoprolol succinate 50 milligrams"]);
    assert_eq!(find(&two, "metoprolol"), Found::OneOf(vec![0, 1]));
    assert_eq!(find(&two, "metoprolol tartrate"), one(0));
    let alike = list(&["zorvalin", "zorvalon"]);
    assert_eq!(find(&alike, "zorvalan"), Found::OneOf(vec![0, 1]));
    assert_eq!(find(&alike, "zorvalin"), one(0));
    let doses = list(&["warfarin 1 milligram", "warfarin 5 milligrams"]);
    for (said, found) in [
        ("warfarin", Found::OneOf(vec![0, 1])),
        ("warfarin five milligrams", one(1)),
        ("warfarin 1 mg", one(0)),
        ("warfarin seven", Found::OneOf(vec![0, 1])),
        ("warfarin cinco miligramos", one(1)),
    ] {
        assert_eq!(find(&doses, said), found, "{said}");
    }
    assert_eq!(find(&list(&["warfarin", "warfarin"]), "warfarin"), Found::These(vec![0, 1]));
}

#[test]
fn what_was_asked_is_answered_by_place_or_by_number() {
    let doses = list(&["lisinopril", "warfarin 1 milligram", "warfarin 5 milligrams", "warfarin 5 milligrams again"]);
    for (said, asked, chosen) in [
        ("the first one", vec![1, 2], Some(1)),
        ("the second", vec![1, 2], Some(2)),
        ("la segunda", vec![1, 2], Some(2)),
        ("the five milligram one.", vec![1, 2], Some(2)),
        ("five milligrams", vec![1, 2], Some(2)),
        ("five", vec![1, 2, 3], None),
        ("seven", vec![1, 2], None),
        ("the second", vec![1, 2, 3], None),
        ("warfarin", vec![1, 2], None),
        ("the second", vec![], None),
    ] {
        assert_eq!(choose(&doses, &asked, said), chosen, "{said} of {asked:?}");
    }
}

#[test]
fn a_name_is_found_as_it_is_called_in_spanish() {
    for (said, name) in [
        ("insulina", "insulin glargine 100 units per milliliter"),
        ("la insulina", "insulin lispro"),
        ("potasio", "potassium chloride 20 milliequivalents"),
        ("cloruro de potasio", "potassium chloride 20 milliequivalents"),
        ("calcio", "calcium carbonate"),
        ("ácido fólico", "folic acid 1 milligram"),
        ("sulfato ferroso", "ferrous sulfate"),
        ("metformina", "metformin 500 milligrams"),
        ("levotiroxina", "levothyroxine"),
        ("hidroclorotiazida", "hydrochlorothiazide"),
        ("amlodipino", "amlodipine"),
        ("acetaminofén", "acetaminophen"),
        ("metoprolol succinato", "metoprolol succinate 50 milligrams"),
    ] {
        assert_eq!(find(&list(&[name]), said), one(0), "{said}");
    }
    let two = list(&["insulin glargine", "insulin lispro"]);
    assert_eq!(find(&two, "insulina"), Found::OneOf(vec![0, 1]));
    assert_eq!(find(&two, "insulina lispro"), one(1));
    for (said, name) in [
        ("metoprolol tartrato", "metoprolol succinate 50 milligrams"),
        ("potasio", "losartan potassium"),
        ("citrato de potasio", "potassium chloride"),
        ("prednisona", "prednisolone"),
        ("insulina", "metformin"),
    ] {
        assert_eq!(find(&list(&[name]), said), Found::Nothing, "{said} is not {name}");
    }
}

#[test]
fn a_salt_names_only_what_begins_with_it() {
    let list = list(&["losartan potassium 50 milligrams", "potassium chloride 20 milliequivalents"]);
    assert_eq!(find(&list, "potassium"), one(1));
    assert_eq!(find(&list, "losartan"), one(0));
    assert_eq!(find(&list[..1], "potassium"), Found::Nothing);
}

#[test]
fn no_names_and_no_words_are_too_long_or_too_strange() {
    let strange = list(&["", "123", &"x".repeat(5000), "é\u{301}\u{0}", "and or the"]);
    for said in ["x", &"x".repeat(5000), "é\u{301}", &"word ".repeat(500)] {
        find(&strange, said);
    }
}

#[test]
fn each_word_of_the_names_is_spelled_once() {
    let yaz = medication("drospirenone and ethinyl estradiol 3 milligrams", &["yaz", "drospirenone"]);
    assert_eq!(words_to_spell(&yaz), ["drospirenone", "ethinyl", "estradiol", "yaz"]);
    assert!(words_to_spell(&medication("", &[])).is_empty());
}

#[test]
fn another_letter_ester_or_second_ingredient_is_another_medication() {
    for (on_the_list, said) in [
        ("vitamin D3 1000 units", "vitamin c"),
        ("vitamin D3 1000 units", "vitamin A"),
        ("vitamin D3 1000 units", "vitamin d two"),
        ("penicillin V potassium", "penicillin G"),
        ("folic acid", "folinic acid"),
        ("testosterone cypionate", "testosterone enanthate"),
        ("fluticasone and salmeterol", "fluticasone vilanterol"),
        ("budesonide and formoterol", "aclidinium formoterol"),
        ("metformin and sitagliptin", "metformin alogliptin"),
        ("olmesartan and hydrochlorothiazide", "telmisartan hydrochlorothiazide"),
        ("ethinyl estradiol and norgestimate", "ethinyl estradiol etonogestrel"),
        ("conjugated estrogens", "esterified estrogens"),
        ("hydrocortisone", "fludrocortisone"),
        ("dexamethasone", "betamethasone"),
        ("venlafaxine", "desvenlafaxine"),
        ("levofloxacin", "ofloxacin"),
        ("cefixime", "cefepime"),
        ("tizanidine", "nizatidine"),
        ("lorazepam", "flurazepam"),
        ("zestril", "restoril"),
    ] {
        assert_eq!(find(&list(&[on_the_list]), said), Found::Nothing, "{said} is not {on_the_list}");
    }
    for (on_the_list, said) in [
        ("vitamin D3 1000 units", "how do I take a vitamin"),
        ("vitamin D3 1000 units", "vitamin d"),
        ("vitamin D 50000 units", "my vitamin D 3"),
        ("penicillin V potassium", "penicillin v"),
        ("penicillin V potassium", "penicillin"),
        ("testosterone cypionate", "testosterone"),
        ("hydrocortisone", "hydrocortizone"),
        ("venlafaxine", "venla faxine"),
        ("olmesartan and hydrochlorothiazide", "olmesartan"),
    ] {
        assert_eq!(find(&list(&[on_the_list]), said), one(0), "{said} is {on_the_list}");
    }
}

#[test]
fn whoever_names_another_medication_has_not_chosen_between_those_asked_about() {
    let list = list(&["warfarin 5 milligrams", "warfarin 2 milligrams", "lisinopril 10 milligrams"]);
    for said in
        ["lisinopril 5 milligrams", "lie sin oh pril five", "my other pill, metformin", "the second one, lisinopril"]
    {
        assert_eq!(choose(&list, &[0, 1], said), None, "{said}");
    }
    for (said, chosen) in [
        ("five", 0),
        ("I mean the second one", 1),
        ("the warfarin two milligrams", 1),
        ("war farin five", 0),
        ("la segunda, por favor", 1),
        ("warfarina, cinco miligramos", 0),
    ] {
        assert_eq!(choose(&list, &[0, 1], said), Some(chosen), "{said}");
    }
}
