//! Numbers as a person says them in Spanish: whole ones in digits, which the voice reads; one, thousands and decimals in
//! words.

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

/// "12", "mil", "cero punto cinco".
pub(super) fn number(number: Number) -> String {
    let digits = number.digits();
    digits.split_once('.').map_or_else(|| whole(&digits), |(whole, decimals)| decimal(whole, decimals))
}

/// A whole number that counts nothing: from a thousand on in words, since a comma is a decimal's to many who speak Spanish.
fn whole(digits: &str) -> String {
    let words = digits.parse::<usize>().ok().filter(|value| *value >= THOUSAND).and_then(in_words);
    words.unwrap_or_else(|| with_commas(digits))
}

/// A number with its decimals, from its digits.
pub(super) fn decimal(whole: &str, decimals: &str) -> String {
    let decimals = decimals.bytes().map(|digit| word(SMALL.get(usize::from(digit.wrapping_sub(b'0')))));
    let decimals = decimals.collect::<Vec<_>>().join(" ");
    let value = whole.replace(',', "").parse::<usize>().ok();
    let whole = value.and_then(in_words).unwrap_or_else(|| with_commas(whole));
    format!("{whole} punto {decimals}")
}

/// Before something counted: "un parche", "una tableta", "2 tabletas".
pub(super) fn of(count: Number, feminine: bool) -> String {
    let digits = count.digits();
    digits.parse::<usize>().ok().map_or_else(|| number(count), |count| counted(count, feminine))
}

/// The first number of two, apart from what they count: "uno a dos parches", "una a dos tabletas".
pub(super) fn first_of_two(count: Number, feminine: bool) -> String {
    match feminine {
        true => of(count, true),
        false if count.is_one() => word(SMALL.get(1)).to_owned(),
        false => number(count),
    }
}

/// The same of a whole number. A voice reads digits without regard for what they count: "veintiuno medicamentos", "doscientos
/// unidades". What has a gender is in words.
pub(super) fn counted(count: usize, feminine: bool) -> String {
    let is_in_words = (count % 10 == 1 && count % 100 != 11) || (feminine && count >= 200) || count >= THOUSAND;
    match in_words(count).filter(|_| is_in_words) {
        // "Un millón de unidades".
        Some(words) if count >= MILLION && count.is_multiple_of(MILLION) => format!("{words} de"),
        Some(words) => before_a_noun(&words, feminine),
        None => with_commas(&count.to_string()),
    }
}

/// A number's words as they are before what it counts. Its millions are counted themselves.
fn before_a_noun(words: &str, feminine: bool) -> String {
    let (millions, rest) = match words.rfind("mill").and_then(|at| words.get(at..)?.find(' ').map(|end| at + end)) {
        Some(end) => words.split_at(end),
        None => ("", words),
    };
    let rest = if feminine { rest.replace("ientos", "ientas") } else { rest.to_owned() };
    let rest = match (rest.strip_suffix("veintiuno"), rest.strip_suffix("uno")) {
        (Some(before), _) if !feminine => format!("{before}veintiún"),
        (_, Some(before)) => format!("{before}{}", if feminine { "una" } else { "un" }),
        _ => rest,
    };
    format!("{millions}{rest}")
}

/// Whether `word` is the number in `digits`: "2 (dos)", "1 (una)".
pub(in crate::speech) fn is_in_words(digits: &str, word: &str) -> bool {
    let value = digits.parse::<usize>().ok();
    let genders = |value: usize| [counted(value, true), counted(value, false)];
    value.is_some_and(|value| {
        in_words(value).is_some_and(|own| own == word) || genders(value).iter().any(|own| own == word)
    })
}

/// A small whole number in words.
pub(super) fn small(count: Number) -> Option<String> {
    count.digits().parse::<usize>().ok().filter(|count| (2..21).contains(count)).and_then(in_words)
}

const THOUSAND: usize = 1_000;
const MILLION: usize = 1_000_000;

/// Below a thousand millions.
fn in_words(number: usize) -> Option<String> {
    let and_rest = |words: String, rest: usize| match rest {
        0 => Some(words),
        rest => Some(format!("{words} {}", in_words(rest)?)),
    };
    Some(match number {
        0..30 => word(SMALL.get(number)).to_owned(),
        30..100 if number.is_multiple_of(10) => word(TENS.get(number / 10)).to_owned(),
        30..100 => format!("{} y {}", word(TENS.get(number / 10)), word(SMALL.get(number % 10))),
        100 => "cien".to_owned(),
        101..THOUSAND => and_rest(word(HUNDREDS.get(number / 100)).to_owned(), number % 100)?,
        THOUSAND..2_000 => and_rest("mil".to_owned(), number % THOUSAND)?,
        2_000..MILLION => {
            let thousands = before_a_noun(&in_words(number / THOUSAND)?, false);
            and_rest(format!("{thousands} mil"), number % THOUSAND)?
        }
        MILLION..2_000_000 => and_rest("un millón".to_owned(), number % MILLION)?,
        2_000_000..1_000_000_000 => {
            let millions = before_a_noun(&in_words(number / MILLION)?, false);
            and_rest(format!("{millions} millones"), number % MILLION)?
        }
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
            (1250.5, "mil doscientos cincuenta punto cinco"),
            (10000.0, "diez mil"),
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
            (1000, true, "mil"),
            (1500, false, "mil quinientos"),
            (2300, true, "dos mil trescientas"),
            (21_000, false, "veintiún mil"),
            (50_000, true, "cincuenta mil"),
            (100_001, true, "cien mil una"),
            (1_000_000, true, "un millón de"),
            (2_400_000, true, "dos millones cuatrocientas mil"),
            (200_000_200, true, "doscientos millones doscientas"),
        ] {
            assert_eq!(counted(count, feminine), said);
        }
        assert_eq!(decimal("1,250", "5"), "mil doscientos cincuenta punto cinco");
        assert_eq!(
            (first_of_two(Number::ONE, false).as_str(), first_of_two(Number::ONE, true).as_str()),
            ("uno", "una")
        );
        assert_eq!((of(Number::ONE, true).as_str(), of(Number::ONE, false).as_str()), ("una", "un"));
    }
}
