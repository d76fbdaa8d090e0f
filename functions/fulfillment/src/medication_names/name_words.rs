//! Which words of a spoken medication are its name, and which words of a caller's are one.

use super::spanish_words::as_charted;
use crate::listening::words;
use crate::number_words::{spanish_hundreds, spanish_tens, spanish_unit, tens, unit};

/// Strengths, forms, routes and what joins them, in both languages.
const NOT_NAMES: &[&str] = &[
    "mg",
    "mcg",
    "ml",
    "meq",
    "milligram",
    "milligrams",
    "microgram",
    "micrograms",
    "gram",
    "grams",
    "milliliter",
    "milliliters",
    "milliequivalent",
    "milliequivalents",
    "auto",
    "injector",
    "metered",
    "actuation",
    "intrauterine",
    "bag",
    "intravenous",
    "cartridge",
    "bolsa",
    "intravenosa",
    "cartucho",
    "juego",
    "plumas",
    "orally",
    "slash",
    "unit",
    "units",
    "percent",
    "point",
    "per",
    "hour",
    "hours",
    "hr",
    "day",
    "daily",
    "dose",
    "doses",
    "tablet",
    "tablets",
    "capsule",
    "capsules",
    "oral",
    "solution",
    "suspension",
    "injection",
    "injectable",
    "inhaler",
    "inhalation",
    "aerosol",
    "powder",
    "spray",
    "nasal",
    "cream",
    "ointment",
    "gel",
    "lotion",
    "patch",
    "drops",
    "drop",
    "eye",
    "ear",
    "ophthalmic",
    "otic",
    "topical",
    "rectal",
    "suppository",
    "syrup",
    "liquid",
    "extended",
    "delivery",
    "long",
    "acting",
    "base",
    "scoop",
    "blister",
    "subcutaneous",
    "release",
    "delayed",
    "immediate",
    "sustained",
    "controlled",
    "modified",
    "chewable",
    "disintegrating",
    "coated",
    "enteric",
    "film",
    "pen",
    "vial",
    "prefilled",
    "syringe",
    "kit",
    "pack",
    "mouth",
    "also",
    "called",
    "and",
    "or",
    "the",
    "with",
    "of",
    "in",
    "by",
    "for",
    "a",
    "an",
    "to",
    "each",
    "er",
    "xr",
    "xl",
    "sr",
    "dr",
    "ec",
    "cr",
    "la",
    "zero",
    "half",
    "strength",
    "tableta",
    "tabletas",
    "capsula",
    "capsulas",
    "miligramo",
    "miligramos",
    "microgramo",
    "microgramos",
    "gramo",
    "gramos",
    "mililitro",
    "mililitros",
    "unidad",
    "unidades",
    "solucion",
    "jarabe",
    "crema",
    "inyeccion",
    "liberacion",
    "prolongada",
    "retardada",
    "inmediata",
    "gotas",
    "parche",
    "inhalador",
    "tambien",
    "llamado",
    "llamada",
    "por",
    "para",
    "con",
    "y",
    "o",
    "de",
    "del",
    "el",
    "los",
    "las",
    "un",
    "una",
    "punto",
    "cero",
    "ciento",
];

/// Words around a name in a question, in both languages.
const AROUND_NAMES: &[&str] = &[
    "my",
    "the",
    "that",
    "this",
    "those",
    "these",
    "it",
    "them",
    "one",
    "ones",
    "medication",
    "medications",
    "medicine",
    "medicines",
    "med",
    "meds",
    "pill",
    "pills",
    "drug",
    "prescription",
    "please",
    "how",
    "do",
    "does",
    "i",
    "take",
    "taking",
    "use",
    "what",
    "whats",
    "is",
    "are",
    "about",
    "when",
    "should",
    "supposed",
    "called",
    "named",
    "um",
    "uh",
    "er",
    "yes",
    "no",
    "tell",
    "me",
    "mi",
    "mis",
    "la",
    "lo",
    "eso",
    "esa",
    "ese",
    "esto",
    "esta",
    "este",
    "medicamento",
    "medicamentos",
    "medicina",
    "medicinas",
    "pastilla",
    "pastillas",
    "favor",
    "como",
    "tomo",
    "uso",
    "que",
    "es",
    "cual",
    "se",
    "llama",
    "sobre",
    "cuando",
    "last",
    "first",
    "ultimo",
    "ultima",
    "primero",
    "primera",
];

/// Salts and the like: a word of many names, that tells two of them apart.
const SALTS: &[&str] = &[
    "acetate",
    "besylate",
    "bromide",
    "calcium",
    "carbonate",
    "chloride",
    "citrate",
    "disodium",
    "fumarate",
    "gluconate",
    "hcl",
    "hydrobromide",
    "hydrochloride",
    "iron",
    "magnesium",
    "maleate",
    "mesylate",
    "monohydrate",
    "nitrate",
    "oxide",
    "phosphate",
    "potassium",
    "sodium",
    "succinate",
    "sulfate",
    "tartrate",
    "trihydrate",
    "zinc",
    "estolate",
    "propionate",
    "furoate",
    "valerate",
    "pamoate",
    "xinafoate",
    "decanoate",
    "cypionate",
    "enanthate",
    "undecanoate",
    "dinitrate",
    "mononitrate",
];

/// First words of many names.
const COMMON: &[&str] =
    &["vitamin", "vitamina", "insulin", "insulina", "acid", "acido", "oil", "aceite", "human", "extract"];

/// Words of somebody who chooses, and of the places among which they do, in both languages.
const CHOOSING: &[&str] = &[
    "former", "second", "latter", "other", "primer", "segundo", "segunda", "otro", "otra", "want", "mean", "meant",
    "think", "guess", "would", "like", "number", "option", "quiero", "digo", "creo", "numero", "opcion",
];

/// Whether `word` chooses, or is a number's.
pub(super) fn is_choice(word: &str) -> bool {
    CHOOSING.contains(&word)
        || matches!(word, "hundred" | "thousand" | "mil" | "point" | "coma")
        || unit(word).or_else(|| tens(word)).is_some()
        || spanish_unit(word).or_else(|| spanish_tens(word)).or_else(|| spanish_hundreds(word)).is_some()
}

/// The words of a medication's name, without strength and form: `metoprolol`, `succinate`.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let is_name = |word: &String| word.starts_with(char::is_alphabetic) && !NOT_NAMES.contains(&word.as_str());
    words(name).into_iter().filter(is_name).collect()
}

/// What a caller said, in words: all of them but the numbers, and those that may be a name's.
pub(super) fn spoken_words(text: &str) -> (Vec<String>, Vec<String>) {
    let mut all: Vec<String> = Vec::new();
    for word in words(text) {
        match (all.last_mut(), digits(&word)) {
            // "D three" is D3.
            (Some(letter), Some(digits)) if letter.chars().count() == 1 => letter.push_str(digits),
            _ if word.starts_with(char::is_alphabetic) => all.push(word),
            _ => {}
        }
    }
    let around = |word: &str| AROUND_NAMES.contains(&word) || NOT_NAMES.contains(&word);
    let names = all.iter().filter(|word| !around(word)).cloned().collect();
    (all, as_charted(names))
}

/// The letters that tell medications of one name apart, with their numbers: the `d3` of vitamin D3, the `v` of penicillin V.
/// An "a" is one at the end only.
pub(super) fn letters(words: &[String]) -> Vec<String> {
    let is_letter = |(at, word): &(usize, &String)| {
        let mut characters = word.chars();
        let first = characters.next();
        let is_it = first.is_some_and(|first| matches!(first, 'b'..='h' | 'j'..='n' | 'p'..='x'))
            || first == Some('a') && *at > 0 && at + 1 == words.len();
        is_it && characters.all(|character| character.is_ascii_digit())
    };
    words.iter().enumerate().filter(is_letter).map(|(_, word)| word.clone()).collect()
}

/// The digits of the vitamins' numbers.
fn digits(word: &str) -> Option<&'static str> {
    match word {
        "one" | "uno" | "1" => Some("1"),
        "two" | "dos" | "2" => Some("2"),
        "three" | "tres" | "3" => Some("3"),
        "six" | "seis" | "6" => Some("6"),
        "ten" | "diez" | "10" => Some("10"),
        "twelve" | "doce" | "12" => Some("12"),
        _ => None,
    }
}

/// Whether `word` is a salt.
pub(super) fn is_salt(word: &str) -> bool {
    SALTS.contains(&word)
}

/// Whether `word` begins the names of many.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(&word)
}

#[cfg(test)]
mod tests;
