//! Numbers that a space, a line's end or a missing space broke, or ran together with the next one: "1 0 units", "12. 5 mg",
//! "11/2 tabs". Each could be another number, and none is read.

use super::date::is_month;
use super::quantity::{is_before_counts, is_counted};
use super::word::Word;
use crate::speech::frequency::hours;
use crate::speech::{abbreviation, number};

/// Whether one of `words` is a part of a number, or two numbers in one.
pub(super) fn any(words: &[Word<'_>]) -> bool {
    (0..words.len()).any(|index| {
        let Some(word) = words.get(index) else { return false };
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let next = words.get(index + 1);
        // "Until December 5. 2 tablets" ends a sentence.
        let is_day = before.is_some_and(|before| is_month(before.core)) && word.after == ".";
        (!is_day && next.is_some_and(|next| is_parted(word, next)))
            || is_parted_fraction(words, index)
            || is_mistyped(before, word, next)
            || is_list(word, next)
            || is_sequence(words, index)
            || is_rate_or_hour(word, next)
            || has_letter_for_unit(word.core)
    })
}

/// "1 0 units", "12. 5 mg", ". 5 mg", "2 .5 mg". Four digits are an hour: "1700 0900".
fn is_parted(word: &Word<'_>, next: &Word<'_>) -> bool {
    if !next.before.is_empty() {
        return false;
    }
    let goes_on = is_digits(next.core) && next.core.starts_with('0') && next.core.len() < 4;
    let is_point = next.core.strip_prefix('.').is_some_and(starts_with_digit);
    match word.after {
        "" => (is_digits(word.core) && goes_on) || (number::number(word.core).is_some() && is_point),
        "." => {
            (word.core.is_empty() || number::number(word.core).is_some()) && (starts_with_digit(next.core) || is_point)
        }
        _ => false,
    }
}

/// "2 /3 tabs", "2/ 3 tabs", "2 / 3 tabs".
fn is_parted_fraction(words: &[Word<'_>], index: usize) -> bool {
    let core = |index: usize| words.get(index).map_or("", |word| word.core);
    let (word, next) = (core(index), core(index + 1));
    let ends_whole = |word: &str| word.strip_suffix('/').is_some_and(is_digits);
    (is_digits(word) && next.strip_prefix('/').is_some_and(starts_with_digit))
        || (ends_whole(word) && starts_with_digit(next))
        || (is_digits(word) && next == "/" && is_digits(core(index + 2)) && is_counted(core(index + 3)))
}

/// "11/2 tabs" and "1.1/2 tab", which were to be 1 1/2, and "3/12 tablets". Behind a drug's name they are its strengths.
fn is_mistyped(before: Option<&Word<'_>>, word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let Some((over, under)) = word.core.split_once('/').filter(|_| word.after.is_empty()) else { return false };
    if !next.is_some_and(|next| is_counted(next.core)) || number::value(word.core).is_some() {
        return false;
    }
    let Ok(parts) = under.parse::<u16>() else { return false };
    if over.contains('.') {
        return number::number(over).is_some() && parts < 10;
    }
    let Ok(whole) = over.parse::<u16>() else { return false };
    let is_name = |before: &Word<'_>| {
        before.after.is_empty() && before.core.starts_with(char::is_uppercase) && !is_before_counts(before.core)
    };
    let ran_together = whole > 9 && (2..10).contains(&parts) && (1..parts).contains(&(whole % 10));
    // "On 12/12 hours" is half a day.
    let is_time =
        next.and_then(|next| abbreviation::unit_after_number(next.core)).is_some_and(|(one, _)| hours(one).is_some());
    ran_together || (parts <= 12 && !is_time && !(word.before.is_empty() && before.is_some_and(is_name)))
}

/// "5/7/9 units": for three meals, a voice says a day of July.
fn is_list(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let parts = word.core.split('/').collect::<Vec<_>>();
    let unit = next.filter(|_| word.after.is_empty()).and_then(|next| abbreviation::unit_after_number(next.core));
    parts.len() > 2 && parts.into_iter().all(is_digits) && unit.is_some_and(|(one, _)| hours(one).is_none())
}

/// "5-10-15 mg": for morning, noon and evening, or one after the other. Before "tablets" they are strengths.
fn is_sequence(words: &[Word<'_>], index: usize) -> bool {
    let core = |index: usize| words.get(index).map_or("", |word| word.core);
    let is_open = |index: usize| words.get(index).is_some_and(|word| word.after.is_empty());
    let numbers = core(index).trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let run_on = core(index).get(numbers.len()..).unwrap_or_default();
    let parts = numbers.split('-').collect::<Vec<_>>();
    if parts.len() < 3 || !parts.iter().all(|part| number::number(part).is_some() && part.len() < 4) {
        return false;
    }
    let is_unit = |word: &str| abbreviation::unit_after_number(word).is_some_and(|(one, _)| hours(one).is_none());
    let is_form = |at: usize| is_open(at - 1) && is_counted(core(at));
    let previous = index.checked_sub(1).map(core).unwrap_or_default().to_lowercase();
    let is_taken = matches!(previous.as_str(), "take" | "give" | "inject" | "use");
    match (run_on.is_empty(), is_unit(core(index + 1)) && is_open(index)) {
        (false, _) => is_unit(run_on) && !is_form(index + 1),
        (true, true) => !is_form(index + 2) || is_counted(core(index + 1)),
        (true, false) => is_taken,
    }
}

/// "less than 100/HR less than 55": per hour, or the heart rate.
fn is_rate_or_hour(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let (_, unit) = word.core.rsplit_once('/').unwrap_or_default();
    unit.eq_ignore_ascii_case("hr") && next.is_some_and(|next| matches!(next.core, "less" | "greater"))
}

/// "10-U", which is taken for 100, and "1/2T".
fn has_letter_for_unit(core: &str) -> bool {
    let unit = core.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'));
    let number = core.get(..core.len() - unit.len()).unwrap_or_default();
    let is_unit = match unit.strip_prefix('-') {
        Some(unit) => matches!(unit.to_lowercase().as_str(), "u" | "iu" | "t"),
        None => number.contains('/') && matches!(unit.to_lowercase().as_str(), "u" | "iu" | "t"),
    };
    starts_with_digit(number) && is_unit
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}
