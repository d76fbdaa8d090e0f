//! The sign "x": so many times, or for so long.

use super::word::Word;
use crate::speech::{abbreviation, number};

/// "2-3 x/week" as "2-3x/week".
pub(super) fn closed_up(plain: &str) -> String {
    let mut closed = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        let is_rate = word.strip_prefix(['x', 'X']).is_some_and(|rest| rest.starts_with('/'));
        let is_joined = is_rate && closed.ends_with(|c: char| c.is_ascii_digit());
        if !is_joined && !closed.is_empty() {
            closed.push(' ');
        }
        closed.push_str(word);
    }
    closed
}

/// "x 1" is one time.
pub(super) fn once(words: &[Word<'_>], index: usize) -> Option<String> {
    let (cross, number) = (words.get(index)?, words.get(index + 1)?);
    let is_one = matches!(number.core, "1" | "one") && number.before.is_empty() && cross.after.is_empty();
    (is_one && sign(words, index) == Some("times")).then(|| format!("{}1 time{}", cross.before, number.after))
}

/// "x 7 days" is for so long, "x 2" so many times.
pub(super) fn sign(words: &[Word<'_>], index: usize) -> Option<&'static str> {
    if !matches!(words.get(index)?.core, "x" | "X" | "×") {
        return None;
    }
    if let Some(before) = how_many_before(words, index) {
        return Some(if before == "1" || before.eq_ignore_ascii_case("one") { "time" } else { "times" });
    }
    let number = words.get(index + 1)?.core;
    let (digits, run_on) = number.split_at(number.find(char::is_alphabetic).unwrap_or(number.len()));
    if digits.is_empty() && number::value(number).is_none() {
        return None;
    }
    // "x 7 (seven) days".
    let counted = words.iter().skip(index + 2).find(|word| word.before.is_empty()).map_or("", |word| word.core);
    let unit = abbreviation::unit_after_number(if digits.is_empty() || run_on.is_empty() { counted } else { run_on });
    let lasts = matches!(counted, "night" | "nights")
        || unit.is_some_and(|(one, _)| matches!(one, "minute" | "hour" | "day" | "week" | "month" | "dose"));
    // "x3/day" is three times.
    let lasts = lasts && !number.contains('/');
    Some(if lasts { "for" } else { "times" })
}

/// "2 x daily": the number before the sign, where how often follows.
fn how_many_before<'a>(words: &[Word<'a>], index: usize) -> Option<&'a str> {
    let (cross, next) = (words.get(index)?, words.get(index + 1)?.core.to_lowercase());
    let before = index.checked_sub(1).and_then(|before| words.get(before))?;
    let is_often = matches!(next.as_str(), "daily" | "weekly" | "monthly" | "a" | "per" | "each" | "every");
    let stands = before.after.is_empty() && cross.before.is_empty() && cross.after.is_empty();
    (is_often && stands && number::value(before.core).is_some()).then_some(before.core)
}

/// Whether one of `words` is a sign before a time before something, "x30 minutes prior to": how long, or how long before?
pub(super) fn leads(words: &[Word<'_>]) -> bool {
    (0..words.len()).any(|index| {
        let core = |index: usize| words.get(index).map_or("", |word| word.core);
        let (digits, run_on) = core(index + 1).split_at(core(index + 1).find(char::is_alphabetic).unwrap_or_default());
        let (unit, behind) =
            if digits.is_empty() || run_on.is_empty() { (core(index + 2), index + 3) } else { (run_on, index + 2) };
        let is_short = abbreviation::unit_after_number(unit).is_some_and(|(one, _)| matches!(one, "minute" | "hour"));
        let is_before = matches!(core(behind).to_lowercase().as_str(), "prior" | "before");
        sign(words, index) == Some("for") && is_short && is_before
    })
}
