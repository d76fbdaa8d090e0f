//! The sign "x": so many times, or for so long.
//!
//! It means both, and in "2 x 500 mg" a third thing. Which of them is told by what stands behind its number: a time, or
//! nothing that is counted. Anything else isn't read.

use super::quantity::two_numbers;
use super::word::Word;
use crate::speech::abbreviation::ambiguous::is_numbering;
use crate::speech::frequency::hours;
use crate::speech::{abbreviation, number};

/// Words between a number and what it counts.
const MORE: [&str; 8] = ["more", "additional", "extra", "further", "consecutive", "full", "whole", "total"];
/// Words that stand for a number: "x a week", "x the next few days".
const VAGUE: [&str; 10] = ["a", "an", "the", "next", "first", "few", "several", "another", "couple", "of"];
/// Words behind "x 2" that nothing is counted by. Abbreviations of how a dose is taken are others.
const GOES_ON: [&str; 53] = [
    "daily",
    "weekly",
    "monthly",
    "nightly",
    "a",
    "per",
    "each",
    "every",
    "then",
    "now",
    "today",
    "tonight",
    "tomorrow",
    "only",
    "immediately",
    "in",
    "at",
    "on",
    "by",
    "after",
    "before",
    "between",
    "within",
    "with",
    "without",
    "under",
    "into",
    "until",
    "while",
    "during",
    "as",
    "if",
    "when",
    "for",
    "and",
    "or",
    "but",
    "to",
    "followed",
    "prior",
    "may",
    "do",
    "not",
    "no",
    "max",
    "maximum",
    "the",
    "this",
    "via",
    "over",
    "up",
    "starting",
    "-",
];

/// What stands behind a sign and its number.
#[derive(Clone, Copy, PartialEq)]
enum Counted {
    /// A time, or something that is given once in a while.
    Time,
    /// "Times", in so many letters.
    Times,
    /// Nothing.
    Nothing,
    /// Something else.
    Other,
}

/// "2-3 x/week" as "2-3x/week", and "2-3 x daily" as "2-3x daily".
pub(super) fn closed_up(plain: &str) -> String {
    let mut closed = String::with_capacity(plain.len());
    let mut words = plain.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let is_rate = word.strip_prefix(['x', 'X']).is_some_and(|rest| match rest {
            "" => {
                let next = words.peek().map(|next| next.trim_end_matches(['.', ',', ';']).to_lowercase());
                let last = closed.rsplit(' ').next().unwrap_or_default();
                last.contains('-') && next.is_some_and(|next| matches!(next.as_str(), "daily" | "weekly" | "per" | "a"))
            }
            rest => rest.starts_with('/'),
        });
        let is_joined = is_rate && closed.ends_with(|c: char| c.is_ascii_digit());
        if !is_joined && !closed.is_empty() {
            closed.push(' ');
        }
        closed.push_str(word);
    }
    closed
}

/// "x 1" is one time, and "x 3 times" are three.
pub(super) fn once(words: &[Word<'_>], index: usize) -> Option<String> {
    let (cross, number) = (words.get(index)?, words.get(index + 1)?);
    if !is_sign(cross) || how_many_before(words, index).is_some() || !cross.after.is_empty() {
        return None;
    }
    let is_number = number.before.is_empty() && number::value(number.core).is_some();
    let is_one = matches!(number.core.to_lowercase().as_str(), "1" | "one");
    match counted(words, index) {
        Counted::Times if is_number => Some(format!("{}{}{}", cross.before, number.core, number.after)),
        Counted::Nothing if is_number && is_one => Some(format!("{}1 time{}", cross.before, number.after)),
        _ => None,
    }
}

/// "x 7 days" is for so long, "x 2" so many times.
pub(super) fn sign(words: &[Word<'_>], index: usize) -> Option<&'static str> {
    if !is_sign(words.get(index)?) {
        return None;
    }
    if let Some(before) = how_many_before(words, index) {
        return Some(if before == "1" || before.eq_ignore_ascii_case("one") { "time" } else { "times" });
    }
    if is_for_vaguely(words, index) {
        return Some("for");
    }
    if is_of_size(words, index) {
        return Some("by");
    }
    match counted(words, index) {
        Counted::Time => Some("for"),
        Counted::Nothing if starts_with_number(words.get(index + 1)?.core) => Some("times"),
        _ => None,
    }
}

/// Whether a sign of `words` could be several things: "2 x 500 mg", "x 90 dys", "x30 minutes prior to".
pub(super) fn are_unclear(words: &[Word<'_>]) -> bool {
    (0..words.len()).any(|index| {
        let Some(word) = words.get(index) else { return false };
        is_product(words, index) || leads(words, index) || (is_sign(word) && !is_clear(words, index))
    })
}

fn is_sign(word: &Word<'_>) -> bool {
    matches!(word.core, "x" | "X" | "×")
}

/// Whether a sign can be put in words, or is a letter: "factor X", "X ray".
fn is_clear(words: &[Word<'_>], index: usize) -> bool {
    let previous = index.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.core);
    let is_letter = is_numbering("X", previous) || lower(words, index + 1).starts_with("ray");
    is_letter || once(words, index).is_some() || sign(words, index).is_some()
}

/// What is counted by the number behind the sign at `index`.
fn counted(words: &[Word<'_>], index: usize) -> Counted {
    let Some(number) = words.get(index + 1).filter(|number| starts_with_number(number.core)) else {
        return Counted::Other;
    };
    // "x3/day" is three times.
    if let Some((count, _)) = number.core.split_once('/').filter(|_| number::value(number.core).is_none()) {
        return if number::value(count).is_some() { Counted::Nothing } else { Counted::Other };
    }
    // "x7d".
    let run_on = number.core.trim_start_matches(|c: char| !c.is_alphabetic());
    if run_on.len() < number.core.len() && !run_on.is_empty() {
        return if is_time(run_on) { Counted::Time } else { Counted::Other };
    }
    let mut at = index + 1;
    if !pass_number(words, &mut at) {
        return Counted::Nothing;
    }
    // "x 7 to 10 days".
    if matches!(lower(words, at).as_str(), "to" | "or" | "-") && starts_with_number(&lower(words, at + 1)) {
        at += 1;
        if !pass_number(words, &mut at) {
            return Counted::Other;
        }
    }
    let mut last = String::new();
    while words.get(at).is_some_and(|word| word.before.is_empty()) && MORE.contains(&lower(words, at).as_str()) {
        last = lower(words, at);
        at += 1;
    }
    let next = lower(words, at);
    if is_time(&next) {
        return Counted::Time;
    }
    match next.as_str() {
        "time" | "times" => Counted::Times,
        // Three more days, or doses?
        _ if !last.is_empty() && last != "total" => Counted::Other,
        _ if goes_on(words, at) => Counted::Nothing,
        _ => Counted::Other,
    }
}

/// Steps over a number, and over the same in brackets. False where something ends behind it.
fn pass_number(words: &[Word<'_>], at: &mut usize) -> bool {
    let ends = |at: usize| words.get(at).is_some_and(|word| !word.after.trim_start_matches(')').is_empty());
    let is_again = |word: &Word<'_>| word.before == "(" && number::value(word.core).is_some();
    let mut ended = ends(*at);
    *at += 1;
    // "x 7 (seven) days".
    if !ended && words.get(*at).is_some_and(is_again) {
        ended = ends(*at);
        *at += 1;
    }
    !ended
}

/// Whether nothing that is counted stands at `at`: the end, a bracket, "then", "prn".
fn goes_on(words: &[Word<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return true };
    let next = lower(words, at);
    let is_noun = matches!(next.as_str(), "neb" | "nebs" | "appt" | "rx" | "ea" | "bm");
    let is_abbreviation = || abbreviation::meaning(&word.core.replace('.', "")).is_some() && !is_noun;
    let is_how = || is_abbreviation() || abbreviation::every(word.core).is_some() || next == "q" || is_sign(word);
    !word.before.is_empty() || GOES_ON.contains(&next.as_str()) || is_how()
}

/// What a course is measured in.
fn is_time(word: &str) -> bool {
    let unit = abbreviation::unit_after_number(word);
    unit.is_some_and(|(one, _)| one == "dose" || hours(one).is_some())
        || matches!(
            word,
            "night" | "nights" | "morning" | "mornings" | "evening" | "evenings" | "cycle" | "cycles" | "course"
        )
        || matches!(word, "courses" | "treatment" | "treatments" | "weekend" | "weekends")
}

/// "x a week", "x the next few days".
fn is_for_vaguely(words: &[Word<'_>], index: usize) -> bool {
    let vague = (index + 1..words.len()).take_while(|at| {
        let stands = words.get(*at).is_some_and(|word| word.after.is_empty() && word.before.is_empty());
        stands && VAGUE.contains(&lower(words, *at).as_str())
    });
    let count = vague.count();
    let at = index + 1 + count;
    let is_counted = starts_with_number(&lower(words, at)) && is_time(&lower(words, at + 1));
    count > 0 && (is_time(&lower(words, at)) || is_counted)
}

/// "5 cm x 5 cm".
fn is_of_size(words: &[Word<'_>], index: usize) -> bool {
    let is_length = |at: usize| {
        let is_long = |one: &str| matches!(one, "centimeter" | "millimeter");
        let word = lower(words, at);
        matches!(word.as_str(), "inch" | "inches")
            || abbreviation::unit_after_number(&word).is_some_and(|(one, _)| is_long(one))
    };
    let is_size = |at: usize| starts_with_number(&lower(words, at)) && is_length(at + 1);
    index.checked_sub(2).is_some_and(is_size) && is_size(index + 1)
}

/// "2 x 500 mg", "3 x 5 min", "2x tabs": a number that is multiplied, or how often it is done.
fn is_product(words: &[Word<'_>], index: usize) -> bool {
    let Some(word) = words.get(index) else { return false };
    let next = lower(words, index + 1);
    if is_sign(word) {
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let is_again = |before: &Word<'_>| before.before == "(" && before.after == ")";
        let is_count = |before: &Word<'_>| (before.after.is_empty() || is_again(before)) && ends_in_count(before.core);
        return before.is_some_and(is_count) && how_many_before(words, index).is_none();
    }
    // "2x 500 mg".
    let is_count = word.core.strip_suffix(['x', 'X']).is_some_and(ends_in_count);
    let is_of_time = |one: &str| one == "time" || hours(one).is_some();
    let is_quantity =
        starts_with_number(&next) || abbreviation::unit_after_number(&next).is_some_and(|(one, _)| !is_of_time(one));
    is_count && word.after.is_empty() && is_quantity
}

/// "Once x 1" and "twice x 7 days" multiply nothing.
fn ends_in_count(core: &str) -> bool {
    let is_often = matches!(core.to_lowercase().as_str(), "once" | "twice" | "thrice");
    (!is_often && number::value(core).is_some()) || two_numbers(core).is_some()
}

/// "2 x daily": the number before the sign, where how often follows.
fn how_many_before<'a>(words: &[Word<'a>], index: usize) -> Option<&'a str> {
    let (cross, next) = (words.get(index)?, lower(words, index + 1));
    let before = index.checked_sub(1).and_then(|before| words.get(before))?;
    let is_often = matches!(next.as_str(), "daily" | "weekly" | "monthly" | "a" | "per" | "each" | "every");
    let stands = before.after.is_empty() && cross.before.is_empty() && cross.after.is_empty();
    (is_often && stands && number::value(before.core).is_some()).then_some(before.core)
}

/// A sign before a time before something, "x30 minutes prior to": how long, or how long before?
fn leads(words: &[Word<'_>], index: usize) -> bool {
    let core = |index: usize| words.get(index).map_or("", |word| word.core);
    let (digits, run_on) = core(index + 1).split_at(core(index + 1).find(char::is_alphabetic).unwrap_or_default());
    let (unit, behind) =
        if digits.is_empty() || run_on.is_empty() { (core(index + 2), index + 3) } else { (run_on, index + 2) };
    let is_short =
        abbreviation::unit_after_number(unit).is_some_and(|(one, _)| matches!(one, "second" | "minute" | "hour"));
    let is_before = matches!(core(behind).to_lowercase().as_str(), "prior" | "before");
    sign(words, index) == Some("for") && is_short && is_before
}

fn starts_with_number(core: &str) -> bool {
    core.starts_with(|c: char| c.is_ascii_digit() || c == '.') || number::value(core).is_some()
}

fn lower(words: &[Word<'_>], at: usize) -> String {
    words.get(at).map_or_else(String::new, |word| word.core.to_lowercase())
}
