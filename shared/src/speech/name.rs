//! A drug's name: as it is spoken, and what else it is called.

mod bare;
mod dictionary;

use super::expand;
use super::unit::Known;

/// A name.
#[derive(Default)]
pub(super) struct Name {
    /// As it is spoken, without the brands in its brackets.
    pub(super) spoken: String,
    /// The brands in its brackets, as they are spoken.
    pub(super) also: Vec<String>,
    /// Bare names by which a caller may ask for it, in small letters.
    pub(super) bare: Vec<String>,
}

/// Words in a name's brackets that name no brand, though they begin with a capital.
const NO_BRANDS: [&str; 14] = [
    "human",
    "oral",
    "topical",
    "recombinant",
    "otc",
    "rx",
    "adult",
    "pediatric",
    "child",
    "generic",
    "product",
    "medication",
    "brand",
    "usp",
];
/// Abbreviations of drug dictionaries, whose names aren't written by hand, so that each has one meaning.
const ABBREVIATIONS: [(&str, &str); 39] = [
    ("po", "by mouth"),
    ("p.o.", "by mouth"),
    ("prn", "as needed"),
    ("qd", "daily"),
    ("bid", "two times a day"),
    ("tid", "three times a day"),
    ("qid", "four times a day"),
    ("qhs", "at bedtime"),
    ("sq", "under the skin"),
    ("subq", "under the skin"),
    ("subcut", "under the skin"),
    ("tsp", "teaspoon"),
    ("hcl", "hydrochloride"),
    ("hctz", "hydrochlorothiazide"),
    ("apap", "acetaminophen"),
    ("er", "extended-release"),
    ("e.r.", "extended-release"),
    ("ir", "immediate-release"),
    ("xr", "extended-release"),
    ("sr", "sustained-release"),
    ("xl", "extended-release"),
    ("cr", "controlled-release"),
    ("cd", "controlled-delivery"),
    ("la", "long-acting"),
    ("dr", "delayed-release"),
    ("ec", "enteric-coated"),
    ("odt", "orally disintegrating tablet"),
    ("susp", "suspension"),
    ("soln", "solution"),
    ("sol", "solution"),
    ("inj", "injection"),
    ("oint", "ointment"),
    ("crm", "cream"),
    ("liq", "liquid"),
    ("oph", "ophthalmic"),
    ("ophth", "ophthalmic"),
    ("tabs", "tablets"),
    ("caps", "capsules"),
    ("inhal", "inhalation"),
];

/// Words that have several meanings even there: what has one of them isn't read.
const AMBIGUOUS: [&str; 12] = ["od", "os", "ou", "au", "hs", "ss", "tiw", "biw", "d/c", "qod", "cc", "q.d."];
/// Drugs' abbreviations that have been taken for other drugs (ISMP's list): as a word of a name they may be either. In
/// brackets behind a name they are that one's.
const OF_SEVERAL_DRUGS: [&str; 11] =
    ["mso4", "ms04", "mgso4", "mgs04", "mtx", "azt", "ptu", "tac", "cpz", "ara-a", "dto"];

impl Name {
    /// The name in `plain` text. Empty where it can't be read.
    pub(super) fn of(plain: &str) -> Self {
        let plain = dictionary::written_out(&expand::without_tags(plain));
        let is_ambiguous = |word: &str| {
            word.contains(['_', '^', '~'])
                || AMBIGUOUS.contains(&word.to_lowercase().trim_matches([',', '(', ')', ';']))
        };
        if plain.split_whitespace().any(is_ambiguous) || may_be_several_drugs(&plain) || dictionary::is_no_name(&plain)
        {
            return Self::default();
        }
        let (rest, brands) = without_brands(&plain);
        let rest = rest.split_whitespace().filter(|word| !is_code(word)).map(word).collect::<Vec<_>>().join(" ");
        let rest = rest.trim_matches([',', ' ', '/']).to_owned();
        let also = brands.iter().map(|brand| brand.split(' ').map(brand_word).collect::<Vec<_>>().join(" "));
        let also = also.filter(|brand| !rest.eq_ignore_ascii_case(brand)).collect::<Vec<_>>();
        let spoken = with_joined_strengths(&expand::name(&rest));
        // A name that is nothing but its brand.
        let (spoken, also) = match also.split_first() {
            Some((first, others)) if spoken.is_empty() => (first.clone(), others.to_vec()),
            _ => (spoken, also),
        };
        let bare = bare::names(&plain, &rest, &also);
        Self { spoken, also, bare }
    }
}

/// Whether a word of `plain` abbreviates one of several drugs. A brand ends in "HCT" ("Diovan HCT"), and "T3" is a drug's
/// in capitals only.
fn may_be_several_drugs(plain: &str) -> bool {
    plain.split_whitespace().enumerate().any(|(at, word)| {
        let word = word.trim_end_matches([',', ';', ':', '.']);
        let opens = at == 0;
        let word = if opens { word.trim_matches(['(', ')']) } else { word };
        let lower = word.to_lowercase();
        OF_SEVERAL_DRUGS.contains(&lower.as_str()) || word == "T3" || (opens && lower == "hct")
    })
}

/// The name without the brackets that hold brands, and the brands: "(YAZ,GIANVI)", "(PROVENTIL HFA;VENTOLIN HFA)", "[Axid]".
fn without_brands(plain: &str) -> (String, Vec<String>) {
    let mut rest = String::new();
    let mut brands: Vec<String> = Vec::new();
    let mut left = plain;
    while let Some(open) = left.find(['(', '[']) {
        let (before, bracket) = left.split_at(open);
        let close = if bracket.starts_with('(') { ')' } else { ']' };
        let Some((inner, after)) = bracket.get(1..).and_then(|inner| inner.split_once(close)) else { break };
        let names = brands_of(inner);
        rest.push_str(before);
        if names.iter().all(|name| is_brand(name)) {
            for name in names {
                if !brands.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                    brands.push(name);
                }
            }
        } else {
            rest.push_str(bracket.get(..=inner.len() + 1).unwrap_or_default());
        }
        left = after;
    }
    rest.push_str(left);
    (rest.split_whitespace().collect::<Vec<_>>().join(" "), brands)
}

/// The brands between two brackets. "HUMIRA,CF, PEN" is one of three words.
fn brands_of(inner: &str) -> Vec<String> {
    let mut brands: Vec<String> = Vec::new();
    for name in inner.split([',', ';']).map(str::trim) {
        match brands.last_mut() {
            Some(last) if matches!(name, "CF" | "PEN" | "PF") => {
                last.push(' ');
                last.push_str(name);
            }
            _ => brands.push(name.to_owned()),
        }
    }
    brands
}

/// A brand begins with a capital and has words of letters only, or behind the first one a letter with a number: "KLOR-CON
/// M20".
fn is_brand(name: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '\''));
    let is_numbered = |word: &str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        word.len() - digits.len() == 1 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let mut words = name.split(' ');
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.len() > 2
        && name.split(' ').count() < 4
        && words.next().is_some_and(is_word)
        && words.all(|word| is_word(word) || is_numbered(word))
        && !name.split(' ').any(|word| word != "PEN" && Known::parse(word).is_some())
        && name != "PEN"
        && !name.split(' ').any(|word| NO_BRANDS.contains(&word.to_lowercase().as_str()))
}

/// `NDA020800`: an application's number at the authority, no part of the name.
fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix("NDA").or_else(|| word.strip_prefix("ANDA")).or_else(|| word.strip_prefix("BLA"));
    digits.is_some_and(|digits| digits.len() > 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// A word of a name as it is said: abbreviations written out, "A/B" and "A / B" as two names, tall letters as small ones.
fn word(word: &str) -> String {
    if word == "/" {
        return "and".to_owned();
    }
    if let Some(inner) = word.strip_prefix('(') {
        return format!("({}", self::word(inner));
    }
    let core = word.trim_end_matches([',', ';']);
    let after = word.get(core.len()..).unwrap_or_default();
    let is_name = |part: &str| {
        // "mcg/actuation" is so much per so much.
        let is_unit = super::abbreviation::unit_after_number(part).is_some();
        part.len() > 2 && part.chars().all(|c| c.is_ascii_alphabetic()) && !is_unit
    };
    let parts = core.split('/').collect::<Vec<_>>();
    if parts.len() > 1 && parts.iter().all(|part| is_name(part)) && parts.iter().any(|part| part.len() > 4) {
        return format!("{}{after}", parts.into_iter().map(one).collect::<Vec<_>>().join(" and "));
    }
    // "lisinopril-HCTZ".
    let parts = core.split('-').map(one).collect::<Vec<_>>();
    format!("{}{after}", parts.join("-"))
}

fn one(part: &str) -> String {
    let lower = part.to_lowercase();
    match ABBREVIATIONS.iter().find(|(abbreviation, _)| *abbreviation == lower) {
        Some((_, meaning)) => (*meaning).to_owned(),
        None if part.len() > 3 => cased(part),
        None => part.to_owned(),
    }
}

/// "TOPROL-XL" part by part.
fn brand_word(word: &str) -> String {
    let part = |part: &str| if part == "HFA" { part.to_owned() } else { cased(part) };
    word.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// `PACLitaxel`, `hydrALAZINE` and `GIANVI` are read letter by letter: the capitals are for the eye.
fn cased(word: &str) -> String {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let is_letters = word.chars().all(|c| c.is_ascii_alphabetic());
    let is_sayable = word.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y']) && word.len() > 2;
    let lower = word.to_lowercase();
    // `carvediloL`.
    let is_last = capitals == 1 && word.len() > 4 && word.ends_with(|c: char| c.is_ascii_uppercase());
    if is_letters && is_last {
        return lower;
    }
    if !is_letters || !is_sayable || capitals < 3 {
        return word.to_owned();
    }
    if word.starts_with(|c: char| c.is_ascii_uppercase()) { super::language::capital(&lower) } else { lower }
}

/// "3 dash 0.02 milligrams" are two strengths, "3 and 0.02 milligrams"; and "100 dash 62.5 dash 25 micrograms" three.
fn with_joined_strengths(spoken: &str) -> String {
    let words = spoken.split(' ').collect::<Vec<_>>();
    let is_number = |word: Option<&&str>| word.is_some_and(|word| super::number::number(word).is_some());
    let is_unit = |word: Option<&&str>| {
        word.is_some_and(|word| {
            let is_known = super::abbreviation::unit_after_number(word).is_some() || *word == "percent";
            is_known || word.len() > 4 && word.ends_with("grams")
        })
    };
    let is_dash = |at: usize| matches!(words.get(at), Some(&("dash" | "slash")));
    // The joints of "100 dash 62.5 dash 25 micrograms" behind this one.
    let behind =
        |at: usize| (1..).take_while(|more| is_dash(at + 2 * more) && is_number(words.get(at + 2 * more + 1))).count();
    let mut joined = String::with_capacity(spoken.len());
    for (at, word) in words.iter().enumerate() {
        let behind = behind(at);
        let is_joint = is_dash(at)
            && is_number(at.checked_sub(1).and_then(|at| words.get(at)))
            && is_number(words.get(at + 1))
            && is_unit(words.get(at + 2 * behind + 2))
            && words.get(at + 2 * behind + 3) != Some(&"dash");
        match word {
            _ if is_joint && behind > 0 => joined.push(','),
            word => {
                joined.push_str(if joined.is_empty() { "" } else { " " });
                joined.push_str(if is_joint { "and" } else { word });
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_with_its_strengths_in_order_and_its_brands_apart() {
        for (written, spoken, also) in [
            (
                "drospirenone-ethinyl estradiol (YAZ,GIANVI) tablet 3-0.02 mg",
                "drospirenone-ethinyl estradiol tablet 3 and 0.02 milligrams",
                vec!["Yaz", "Gianvi"],
            ),
            (
                "Nizatidine 15 MG/ML Oral Solution [Axid]",
                "Nizatidine 15 milligrams per milliliter Oral Solution",
                vec!["Axid"],
            ),
            ("Alemtuzumab 10mg/ml (Lemtrada)", "Alemtuzumab 10 milligrams per milliliter", vec!["Lemtrada"]),
            ("lisinopril-HCTZ 10-12.5 mg tab", "lisinopril-hydrochlorothiazide 10 and 12.5 milligrams tablet", vec![]),
            // Two products of one strength, of which one is taken twice a day.
            ("bupropion SR 150 mg tablet", "bupropion sustained-release 150 milligrams tablet", vec![]),
            ("bupropion XL 150 mg tablet", "bupropion extended-release 150 milligrams tablet", vec![]),
            (
                "metoprolol succinate ER 50 mg tablet",
                "metoprolol succinate extended-release 50 milligrams tablet",
                vec![],
            ),
            ("PACLitaxel 100 MG Injection", "Paclitaxel 100 milligrams Injection", vec![]),
            ("hydrALAZINE HCl 25 mg", "hydralazine hydrochloride 25 milligrams", vec![]),
            (
                "NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector",
                "0.3 milliliters Epinephrine 1 milligram per milliliter Auto-Injector",
                vec![],
            ),
            (
                "Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet",
                "Amoxicillin 250 milligrams and Clavulanate 125 milligrams Oral Tablet",
                vec![],
            ),
            ("Piperacillin/Tazobactam 4.5gm", "Piperacillin and Tazobactam 4.5 grams", vec![]),
            ("insulin lispro (human) 100 unit/mL", "insulin lispro, human, 100 units per milliliter", vec![]),
            ("Vicodin 5/500 Oral Tablet", "Vicodin 5 slash 500 Oral Tablet", vec![]),
        ] {
            let name = Name::of(written);
            assert_eq!((name.spoken.as_str(), name.also), (spoken, also.into_iter().map(str::to_owned).collect()));
        }
    }

    #[test]
    fn an_abbreviation_that_may_be_several_drugs_is_no_name() {
        for written in [
            "MSO4 10 mg/mL",
            "MgSO4 2 g",
            "MTX 2.5 mg",
            "AZT 100 mg",
            "PTU 50 mg",
            "TAC 0.1% cream",
            "HCT 25",
            "CPZ",
            "ARA-A",
            "DTO",
            "T3",
            "Tylenol T3 tablet",
        ] {
            assert!(Name::of(written).spoken.is_empty(), "{written}");
        }
        for (written, spoken) in [
            ("Diovan HCT 160-12.5 mg tab", "Diovan HCT 160 and 12.5 milligrams tablet"),
            ("methotrexate (MTX) 2.5 mg tab", "methotrexate 2.5 milligrams tablet"),
            ("liothyronine (T3) 25 mcg tab", "liothyronine, T3, 25 micrograms tablet"),
            ("HCTZ 25 mg tab", "hydrochlorothiazide 25 milligrams tablet"),
        ] {
            assert_eq!(Name::of(written).spoken, spoken);
        }
    }

    #[test]
    fn a_caller_may_ask_by_brand_by_substance_or_by_a_part_of_it() {
        for (written, bare) in [
            (
                "drospirenone-ethinyl estradiol (YAZ,GIANVI) tablet 3-0.02 mg",
                vec!["yaz", "gianvi", "drospirenone-ethinyl estradiol", "drospirenone", "ethinyl estradiol"],
            ),
            (
                "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet",
                vec!["metformin hydrochloride", "metformin"],
            ),
            ("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet", vec!["amoxicillin", "clavulanate"]),
            (
                "lisinopril-HCTZ 10-12.5 mg tab",
                vec!["lisinopril-hydrochlorothiazide", "lisinopril", "hydrochlorothiazide"],
            ),
            ("Tylenol PM", vec!["tylenol pm", "tylenol"]),
            ("1 ML Epoetin Alfa 4000 UNT/ML Injection [Epogen]", vec!["epogen", "epoetin alfa"]),
        ] {
            assert_eq!(Name::of(written).bare, bare, "{written}");
        }
    }
}
