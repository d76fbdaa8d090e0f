//! The words for numbers, in English and in Spanish, without accents: as `listening::words` has them.

/// Its value: index 1 is "one". A year's "oh five" is 5, so that "oh" and "zero" are none of these.
const UNITS: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const UNIT_ORDINALS: [&str; 20] = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const TENS_ORDINALS: [&str; 4] = ["", "", "twentieth", "thirtieth"];

/// What Spanish says in one word, up to twenty-nine.
const SPANISH_UNITS: [&str; 30] = [
    "",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidos",
    "veintitres",
    "veinticuatro",
    "veinticinco",
    "veintiseis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const SPANISH_TENS: [&str; 10] =
    ["", "", "veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const SPANISH_HUNDREDS: [&str; 10] = [
    "",
    "cien",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];

/// Zero, in either language and as a letter.
pub(crate) fn is_zero(word: &str) -> bool {
    matches!(word, "zero" | "oh" | "o" | "cero")
}

/// 1 to 19, in English.
pub(crate) fn unit(word: &str) -> Option<u32> {
    position(&UNITS, word)
}

/// First to nineteenth, in English.
pub(crate) fn unit_ordinal(word: &str) -> Option<u32> {
    position(&UNIT_ORDINALS, word)
}

/// 20, 30 … 90, in English.
pub(crate) fn tens(word: &str) -> Option<u32> {
    position(&TENS, word).map(|tens| tens * 10)
}

/// Twentieth and thirtieth, in English.
pub(crate) fn tens_ordinal(word: &str) -> Option<u32> {
    position(&TENS_ORDINALS, word).map(|tens| tens * 10)
}

/// 1 to 29, in Spanish, and the first of a month.
pub(crate) fn spanish_unit(word: &str) -> Option<u32> {
    match word {
        "primero" | "primer" | "un" => Some(1),
        word => position(&SPANISH_UNITS, word),
    }
}

/// 20, 30 … 90, in Spanish.
pub(crate) fn spanish_tens(word: &str) -> Option<u32> {
    position(&SPANISH_TENS, word).map(|tens| tens * 10)
}

/// 100, 200 … 900, in Spanish.
pub(crate) fn spanish_hundreds(word: &str) -> Option<u32> {
    if word == "ciento" { Some(100) } else { position(&SPANISH_HUNDREDS, word).map(|hundreds| hundreds * 100) }
}

/// Whether a number can be made of `word`, in either language: after it, the number may go on.
pub(crate) fn is_of_a_number(word: &str) -> bool {
    const BESIDE: [&str; 17] = [
        "hundred",
        "thousand",
        "million",
        "point",
        "half",
        "una",
        "veintiun",
        "veintiuna",
        "y",
        "mil",
        "millon",
        "millones",
        "punto",
        "coma",
        "medio",
        "media",
        "and",
    ];
    let masculine = word.replace("cientas", "cientos").replace("quinientas", "quinientos");
    is_zero(word)
        || BESIDE.contains(&word)
        || [unit, tens, spanish_unit, spanish_tens].iter().any(|value| value(word).is_some())
        || spanish_hundreds(&masculine).is_some()
}

fn position(words: &[&str], word: &str) -> Option<u32> {
    let is_it = |known: &&str| !known.is_empty() && *known == word;
    u32::try_from(words.iter().position(is_it)?).ok()
}
