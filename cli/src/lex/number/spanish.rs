//! Numbers as people say them in Spanish: "doce", "treinta y uno", "mil novecientos ochenta y siete", "primero".

use super::{Reading, digits};

const BELOW_THIRTY: [&str; 30] = [
    "cero",
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
const TENS: [(&str, i16); 7] = [
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
];
const HUNDREDS: [(&str, i16); 5] =
    [("quinientos", 500), ("seiscientos", 600), ("setecientos", 700), ("ochocientos", 800), ("novecientos", 900)];

/// A word without its accents, as lists here have it.
pub(crate) fn without_accents(word: &str) -> String {
    let plain = |c: char| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    };
    word.chars().map(plain).collect()
}

/// A single digit: "nueve", "cero", "9".
pub(crate) fn digit(word: &str) -> Option<i16> {
    digits(word, 1..=1).or_else(|| small(word).filter(|&n| n < 10))
}

/// A number below a hundred, the longest reading first: "treinta y uno", "doce", "05", "primero".
pub(crate) fn below_hundred(words: &[&str]) -> Vec<Reading> {
    let Some(&first) = words.first() else { return Vec::new() };
    if let Some(tens) = TENS.iter().find(|(name, _)| *name == without_accents(first)).map(|&(_, tens)| tens) {
        let and = usize::from(words.get(1) == Some(&"y"));
        let unit = words.get(1 + and).and_then(|unit| small(unit)).filter(|unit| (1..10).contains(unit));
        let whole = unit.filter(|_| and == 1).map(|unit| (tens + unit, 3));
        return whole.into_iter().chain([(tens, 1)]).collect();
    }
    let first_of_month = matches!(first, "primero" | "1o" | "1ro").then_some(1);
    let zero = (first == "cero").then(|| words.get(1).and_then(|word| digit(word))).flatten();
    let zero = zero.map(|n| (n, 2));
    zero.into_iter().chain(digits(first, 1..=2).or(first_of_month).or_else(|| small(first)).map(|n| (n, 1))).collect()
}

/// A year that was said in full: "mil novecientos ochenta y siete", "dos mil cinco", "1987", "uno nueve ocho siete".
pub(crate) fn full_year(words: &[&str]) -> Option<Reading> {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    if let Some(year) = digits(word(0), 4..=4) {
        return Some((year, 1));
    }
    let one_by_one: Option<Vec<i16>> = words.iter().take(4).map(|word| digit(word)).collect();
    if let Some(digits) = one_by_one.filter(|digits| digits.len() == 4) {
        return Some((digits.iter().fold(0, |year, digit| year * 10 + digit), 4));
    }
    let (base, used) = match (word(0), word(1)) {
        ("mil", hundreds) => {
            let hundreds = HUNDREDS.iter().find(|(name, _)| *name == hundreds)?.1;
            (1000 + hundreds, 2)
        }
        ("dos", "mil") => (2000, 2),
        // "diecinueve ochenta y siete", "veinte doce", as in English.
        (century, _) => {
            let century = small(century).filter(|century| (19..=20).contains(century))?;
            let (rest, used) = below_hundred(words.get(1..)?).into_iter().next()?;
            return Some((century * 100 + rest, used + 1));
        }
    };
    let rest = below_hundred(words.get(used..).unwrap_or_default()).into_iter().next();
    Some(rest.map_or((base, used), |(rest, more)| (base + rest, used + more)))
}

fn small(word: &str) -> Option<i16> {
    let word = without_accents(word);
    let word = if word == "un" { "uno" } else { word.as_str() };
    BELOW_THIRTY.iter().position(|name| *name == word).and_then(|at| i16::try_from(at).ok())
}
