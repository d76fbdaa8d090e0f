//! Dates in figures, month first, as people write them in the US: "until 12/5" is "until December 5". A voice reads "1/2" as
//! a half.

use super::Unsafe;
use super::quantity::is_counted;
use crate::speech::abbreviation;

/// Each month, and how many days it has at most.
const MONTHS: [(&str, u8); 12] = [
    ("January", 31),
    ("February", 29),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];
/// Parts of a tablet that are doses.
const DOSES: [&str; 6] = ["1/2", "1/3", "2/3", "1/4", "3/4", "1/8"];

/// `plain` with those dates in words that can be nothing else.
///
/// # Errors
/// [`Unsafe`] for "start on 1/2": the second of January, or a half.
pub(super) fn in_words(plain: &str) -> Result<String, Unsafe> {
    let words = plain.split_whitespace().collect::<Vec<_>>();
    let mut told: Vec<String> = Vec::new();
    // Where the last date stood: another may follow it.
    let mut last = None;
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |before| *before);
        let joins = matches!(before, "and" | "or" | "to");
        let is_chained =
            last.is_some_and(|last: usize| (last + 1 == at && before.ends_with(',')) || (last + 2 == at && joins));
        let introduces = introduces(before);
        let date = date(word).filter(|_| is_chained || introduces).filter(|_| !goes_on(&words, at));
        match date {
            Some(_)
                if is_dose(word)
                    && before.trim_start_matches('(').eq_ignore_ascii_case("on")
                    && !leads_chain(&words, at) =>
            {
                return Err(Unsafe);
            }
            Some(_) if is_dose(word) && !is_chained && may_be_dosed(before) && !leads_chain(&words, at) => {
                told.push((*word).to_owned());
            }
            Some(date) => {
                told.push(date);
                last = Some(at);
            }
            None => told.push((*word).to_owned()),
        }
    }
    Ok(told.join(" "))
}

/// Whether a date follows.
fn introduces(word: &str) -> bool {
    matches!(
        word.trim_start_matches('(').to_lowercase().as_str(),
        "on" | "until" | "till" | "start" | "starting" | "stop" | "through"
    )
}

/// Whether a part of a tablet can follow: "start 1/2 daily".
fn may_be_dosed(word: &str) -> bool {
    matches!(word.trim_start_matches('(').to_lowercase().as_str(), "on" | "start" | "starting" | "stop")
}

fn is_dose(word: &str) -> bool {
    DOSES.contains(&core(word))
}

fn core(word: &str) -> &str {
    word.trim_end_matches([',', '.', ';', ':', ')'])
}

/// Whether the words behind the one at `at` make its numbers a quantity: a unit, another number, "and 2 tabs".
fn goes_on(words: &[&str], at: usize) -> bool {
    let word = |index: usize| words.get(index).copied().unwrap_or_default();
    let next = word(at + 1).trim_start_matches('(');
    let starts_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || c == '.') && date(word).is_none();
    let is_open = core(word(at)).len() == word(at).len();
    // "12/5, 2 tabs" is a list of three numbers, to the ear.
    let ends = !is_open && !word(at).ends_with(',');
    let letters = core(next).split('/').next().unwrap_or_default();
    let is_unit = abbreviation::unit_after_number(letters).is_some() || is_counted(letters);
    let is_of_scale = matches!(letters, "scale" | "pain" | "of");
    // Behind a year nothing is heard as a day's.
    let has_year = word(at).matches('/').count() > 1;
    let is_joined = !has_year && matches!(next, "and" | "or" | "to") && starts_number(word(at + 2));
    (starts_number(next) && !ends) || (is_open && (is_unit || is_of_scale || is_joined))
}

/// Whether a date that can be nothing else follows the one at `at` in a list.
fn leads_chain(words: &[&str], at: usize) -> bool {
    let word = |index: usize| words.get(index).copied().unwrap_or_default();
    let next = if matches!(word(at + 1), "and" | "or") { at + 2 } else { at + 1 };
    let is_list = word(at).ends_with(',') || next == at + 2;
    is_list && date(word(next)).is_some() && !is_dose(word(next)) && !goes_on(words, next)
}

/// "12/25", "12/25/2026," as a date in words.
fn date(word: &str) -> Option<String> {
    let end = word.get(core(word).len()..)?;
    let parts = core(word).split('/').collect::<Vec<_>>();
    let is_number = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let (month, day, year) = match parts.as_slice() {
        [month, day] if is_number(month) && is_number(day) => (month, day, String::new()),
        [month, day, year] if is_number(month) && is_number(day) => (month, day, format!(", {}", full_year(year)?)),
        _ => return None,
    };
    let (name, days) = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let day = day.parse::<u8>().ok().filter(|day| (1..=*days).contains(day))?;
    Some(format!("{name} {day}{year}{end}"))
}

fn full_year(year: &str) -> Option<String> {
    let is_number = year.bytes().all(|byte| byte.is_ascii_digit());
    match year.len() {
        2 if is_number => Some(format!("20{year}")),
        4 if is_number && (year.starts_with("19") || year.starts_with("20")) => Some(year.to_owned()),
        _ => None,
    }
}

/// Whether a word is a month's name, as it stands here.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|(month, _)| *month == word)
}
