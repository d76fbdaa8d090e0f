//! Numbers as a person says them in Spanish: whole ones in digits, which the voice reads, one and decimals in words.

use crate::speech::fact::Number;
use crate::speech::number::with_commas;

const SMALL: [&str; 30] = [
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
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];

/// "1,000", "cero punto cinco".
pub(super) fn number(number: Number) -> String {
    let digits = number.digits();
    digits.split_once('.').map_or_else(|| with_commas(&digits), |(whole, decimals)| decimal(whole, decimals))
}

/// A number with its decimals, from its digits.
pub(super) fn decimal(whole: &str, decimals: &str) -> String {
    let decimals = decimals.bytes().map(|digit| word(SMALL.get(usize::from(digit.wrapping_sub(b'0')))));
    let decimals = decimals.collect::<Vec<_>>().join(" ");
    let whole = whole.parse::<usize>().ok().and_then(in_words).unwrap_or_else(|| with_commas(whole));
    format!("{whole} punto {decimals}")
}

/// Before something counted: "un parche", "una tableta", "2 tabletas".
pub(super) fn of(count: Number, feminine: bool) -> String {
    let digits = count.digits();
    digits.parse::<usize>().ok().map_or_else(|| number(count), |count| counted(count, feminine))
}

/// The same of a whole number. A voice reads digits without regard for what they count: "veintiuno medicamentos", "doscientos
/// unidades". What has a gender is in words.
pub(super) fn counted(count: usize, feminine: bool) -> String {
    let one = if feminine { "una" } else { "un" };
    let words = if count == 1 { Some(one.to_owned()) } else { in_words(count) };
    match words.filter(|_| count == 1 || (count % 10 == 1 && count % 100 != 11) || (feminine && count >= 200)) {
        Some(words) => {
            let words = if feminine { words.replace("ientos", "ientas") } else { words };
            match (words.strip_suffix("veintiuno"), words.strip_suffix("uno")) {
                (Some(before), _) if !feminine => format!("{before}veintiún"),
                (_, Some(before)) => format!("{before}{one}"),
                _ => words,
            }
        }
        None => with_commas(&count.to_string()),
    }
}

/// A small whole number in words.
pub(super) fn small(count: Number) -> Option<String> {
    count.digits().parse::<usize>().ok().filter(|count| (2..21).contains(count)).and_then(in_words)
}

/// Below a thousand.
fn in_words(number: usize) -> Option<String> {
    Some(match number {
        0..30 => word(SMALL.get(number)).to_owned(),
        30..100 if number.is_multiple_of(10) => word(TENS.get(number / 10)).to_owned(),
        30..100 => format!("{} y {}", word(TENS.get(number / 10)), word(SMALL.get(number % 10))),
        100 => "cien".to_owned(),
        101..1000 if number.is_multiple_of(100) => word(HUNDREDS.get(number / 100)).to_owned(),
        101..1000 => format!("{} {}", word(HUNDREDS.get(number / 100)), in_words(number % 100)?),
        _ => return None,
    })
}

fn word(word: Option<&&'static str>) -> &'static str {
    word.copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_said_digit_by_digit_behind_the_point_and_one_has_a_gender() {
        for (value, said) in [
            (0.5, "cero punto cinco"),
            (33.33, "treinta y tres punto tres tres"),
            (112.5, "ciento doce punto cinco"),
            (100.25, "cien punto dos cinco"),
            (10000.0, "10,000"),
        ] {
            assert_eq!(number(Number::of(value).unwrap()), said);
        }
        for (count, feminine, said) in [
            (1, false, "un"),
            (2, true, "2"),
            (11, true, "11"),
            (21, false, "veintiún"),
            (21, true, "veintiuna"),
            (31, false, "treinta y un"),
            (101, true, "ciento una"),
            (200, true, "doscientas"),
            (200, false, "200"),
            (500, true, "quinientas"),
            (750, true, "setecientas cincuenta"),
            (1000, true, "1,000"),
        ] {
            assert_eq!(counted(count, feminine), said);
        }
        assert_eq!((of(Number::ONE, true).as_str(), of(Number::ONE, false).as_str()), ("una", "un"));
    }
}
