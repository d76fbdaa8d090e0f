//! Dates in Spanish: "doce de septiembre de mil novecientos ochenta y siete", "12/9/87" (the day first).

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Reckoned, clear, date, next, of_month, of_two_digits, of_year, vague, without_first};
use crate::lex::number::Reading;
use crate::lex::number::spanish::{below_hundred, full_year, without_accents};

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// Reads all of `words` as a date.
pub(super) fn read(words: &[&str], today: Date) -> Option<Reckoned> {
    let words = without_first(without_first(words, "el"), "del");
    let words = without_first(words, "dia");
    let words = without_first(words, "día");
    with_month_name(words, today).or_else(|| numbers(words)).map(clear).or_else(|| vaguely(words, today).map(vague))
}

/// "doce de septiembre de mil novecientos ochenta y siete", "septiembre doce de 1987", "12 de septiembre".
fn with_month_name(words: &[&str], today: Date) -> Option<Date> {
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words.get(at)?)?;
    let (before, after) = (words.get(..at)?, words.get(at + 1..)?);
    let before = if before.last() == Some(&"de") { before.get(..before.len() - 1)? } else { before };
    if before.is_empty() {
        return below_hundred(without_first(after, "el"))
            .into_iter()
            .find_map(|(day, used)| with_year(without_first(after, "el").get(used..)?, month, day, today));
    }
    let (day, _) = below_hundred(before).into_iter().find(|&(_, used)| used == before.len())?;
    with_year(after, month, day, today)
}

/// A day of a month with the year that `rest` gives, or the next such day from `today` on.
fn with_year(rest: &[&str], month: i16, day: i16, today: Date) -> Option<Date> {
    let year = without_first(without_of(rest), "año");
    if rest.is_empty() {
        return next(month, day, today);
    }
    years(year).into_iter().find(|&(_, used)| used == year.len()).and_then(|(year, _)| date(year, month, day))
}

/// "12/9/87", "1987-09-12", "doce nueve ochenta y siete": day, month, year, unless that can't be.
fn numbers(words: &[&str]) -> Option<Date> {
    if let Some((year, used)) = full_year(words) {
        let pair = pairs(words.get(used..)?).into_iter().find(|&(_, _, more)| used + more == words.len());
        if let Some(date) = pair.and_then(|(month, day, _)| date(year, month, day)) {
            return Some(date);
        }
    }
    pairs(words).into_iter().find_map(|(first, second, used)| {
        let rest = without_of(words.get(used..)?);
        let (year, _) = years(rest).into_iter().find(|&(_, used)| used == rest.len())?;
        date(year, second, first).or_else(|| date(year, first, second))
    })
}

fn vaguely(words: &[&str], today: Date) -> Option<Date> {
    match words {
        ["hoy"] => return Some(today),
        ["mañana"] => return today.checked_add(1.day()).ok(),
        ["ayer"] => return today.checked_sub(1.day()).ok(),
        _ => {}
    }
    if let Some(month) = words.first().and_then(|word| month(word)) {
        let rest = without_of(words.get(1..)?);
        let year = match full_year(rest) {
            Some((year, used)) if used == rest.len() => year,
            None if rest.is_empty() => today.year() + i16::from(month < i16::from(today.month())),
            _ => return None,
        };
        return of_month(year, month, today);
    }
    if let Some((year, used)) = full_year(without_first(words, "en")) {
        return (used == without_first(words, "en").len()).then(|| of_year(year, today)).flatten();
    }
    let (day, month, _) = pairs(words).into_iter().find(|&(_, _, used)| used == words.len())?;
    next(month, day, today)
}

/// Two numbers after each other.
fn pairs(words: &[&str]) -> Vec<(i16, i16, usize)> {
    let mut pairs = Vec::new();
    for (first, used) in below_hundred(words) {
        let rest = without_of(words.get(used..).unwrap_or_default());
        let skipped = words.len() - used - rest.len();
        pairs.extend(below_hundred(rest).into_iter().map(|(second, more)| (first, second, used + skipped + more)));
    }
    pairs
}

/// Years in full, then of two digits.
fn years(words: &[&str]) -> Vec<Reading> {
    let two_digits = below_hundred(words).into_iter().map(|(year, used)| (of_two_digits(year), used));
    full_year(words).into_iter().chain(two_digits).collect()
}

fn without_of<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    without_first(without_first(words, "de"), "del")
}

fn month(word: &str) -> Option<i16> {
    let word = without_accents(word);
    let is = |name: &&str| *name == word || (word == "setiembre" && *name == "septiembre");
    MONTHS.iter().position(is).and_then(|at| i16::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use crate::lex::date;
    use crate::lex::language::Language;
    use crate::lex::words::words;

    fn on(said: &str) -> Option<String> {
        let words = words(said);
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        date::read(&words, Language::Spanish, "2026-11-23".parse().unwrap()).map(|reckoned| reckoned.date.to_string())
    }

    #[test]
    fn a_date_is_read_however_it_is_said() {
        for said in [
            "doce de septiembre de mil novecientos ochenta y siete",
            "el doce de septiembre de mil novecientos ochenta y siete",
            "el día 12 de septiembre del año 1987",
            "12 de septiembre de 1987",
            "doce de septiembre del ochenta y siete",
            "septiembre doce de mil novecientos ochenta y siete",
            "doce de setiembre del 87",
            "12/9/1987",
            "12/09/87",
            "doce nueve ochenta y siete",
            "doce del nueve de mil novecientos ochenta y siete",
            "1987-09-12",
            "09121987",
            "cero nueve uno dos uno nueve ocho siete",
            "doce de septiembre uno nueve ocho siete",
            "12 de septiembre diecinueve ochenta y siete",
        ] {
            assert_eq!(on(said).as_deref(), Some("1987-09-12"), "{said}");
        }
        for (said, date) in [
            ("primero de enero de dos mil", "2000-01-01"),
            ("treinta y uno de marzo de dos mil cinco", "2005-03-31"),
            ("veintidós de febrero de mil novecientos treinta y seis", "1936-02-22"),
            ("dieciséis de mayo de mil novecientos", "1900-05-16"),
        ] {
            assert_eq!(on(said).as_deref(), Some(date), "{said}");
        }
    }

    #[test]
    fn what_is_left_out_leans_to_the_future() {
        assert_eq!(on("12 de septiembre").as_deref(), Some("2027-09-12"));
        assert_eq!(on("septiembre de 1987").as_deref(), Some("1987-09-01"));
        assert_eq!(on("mil novecientos ochenta y siete").as_deref(), Some("1987-01-01"));
        assert_eq!(on("hoy").as_deref(), Some("2026-11-23"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for said in ["treinta de febrero de 1987", "una persona", "uno", "", "sí"] {
            assert_eq!(on(said), None, "{said}");
        }
    }
}
