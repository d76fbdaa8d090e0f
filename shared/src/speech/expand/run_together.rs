//! Words that were written without the space between them.

use super::quantity::two_numbers;
use super::{Manner, day};
use crate::speech::frequency::hours;
use crate::speech::{abbreviation, number};

/// "6 hours.Infuse", "x7d", "w/food", "5-10mg", "1/2tab", "500mg(1tab)", "daily,2" and "0.9%NS" are two words.
pub(super) fn split(word: &str, manner: Manner) -> Vec<&str> {
    let at = strength(word).or_else(|| if manner == Manner::Instruction { in_instruction(word) } else { None });
    if let Some((before, after)) = at.filter(|at| *at > 0).and_then(|at| word.split_at_checked(at)) {
        let mut words = vec![before];
        words.extend(split(after, manner));
        return words;
    }
    if let Some((before, after)) = word.split_once('.').filter(|_| manner == Manner::Instruction) {
        let letters = |text: &str| text.chars().all(char::is_alphabetic);
        if before.len() > 2
            && after.len() > 1
            && letters(before)
            && letters(after)
            && after.starts_with(char::is_uppercase)
        {
            return vec![word.get(..=before.len()).unwrap_or(word), after];
        }
    }
    vec![word]
}

/// "5/325mg", "1/2tab": where the unit starts.
fn strength(word: &str) -> Option<usize> {
    let at = word.find(char::is_alphabetic)?;
    let (numbers, unit) = word.split_at(at);
    let (first, second) = numbers.split_once('/')?;
    // "2/24h" is a rate.
    let is_time = abbreviation::unit_after_number(unit.trim_end_matches(|c: char| !c.is_alphanumeric()))
        .is_some_and(|(one, _)| hours(one).is_some());
    (!is_time && number::number(first).is_some() && number::number(second).is_some() && is_unit(unit)).then_some(at)
}

fn in_instruction(word: &str) -> Option<usize> {
    // "M,W,F".
    if day::by_letters(word).is_some() {
        return None;
    }
    let digit_follows = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    if word.strip_prefix(['x', 'X', '×']).is_some_and(digit_follows) {
        return word.chars().next().map(char::len_utf8);
    }
    // "BIDx7d", "MRx1". "MAX2" has a word.
    let is_capitals = |text: &str| text.len() > 1 && text != "MA" && text.bytes().all(|b| b.is_ascii_uppercase());
    if let Some((before, after)) = word.split_once(['x', 'X'])
        && digit_follows(after)
        && (is_capitals(before) || abbreviation::meaning(before).is_some() || abbreviation::every(before).is_some())
    {
        return Some(before.len());
    }
    if let Some(at) = sign_within(word) {
        return Some(at);
    }
    if word.len() > 3 && word.to_lowercase().starts_with("w/") && !word.to_lowercase().starts_with("w/o") {
        return Some(2);
    }
    if let Some((number, rest)) = word.split_once('%') {
        let runs_on = number::number(number).is_some() && rest.starts_with(char::is_alphabetic);
        return runs_on.then_some(number.len() + 1);
    }
    word.find(char::is_alphabetic).filter(|at| {
        let (numbers, unit) = word.split_at(*at);
        two_numbers(numbers).is_some() && is_unit(unit)
    })
}

/// Where the second word starts behind or with a sign that should have had a space: not within a number, a time or a
/// telephone's area.
fn sign_within(word: &str) -> Option<usize> {
    let mut before = None;
    let mut letters = word.char_indices().peekable();
    while let Some((at, sign)) = letters.next() {
        let after = letters.peek().map(|(_, after)| *after).filter(|after| after.is_alphanumeric());
        if let (Some(before), Some(after)) = (before.filter(|c: &char| c.is_alphanumeric() || *c == ')'), after) {
            let has_letter = before.is_alphabetic() || after.is_alphabetic();
            match sign {
                '(' => return Some(at),
                ')' if after.is_alphabetic() => return Some(at + 1),
                ',' | ';' if has_letter => return Some(at + 1),
                ':' if before.is_alphabetic() => return Some(at + 1),
                _ => {}
            }
        }
        before = Some(sign);
    }
    None
}

fn is_unit(unit: &str) -> bool {
    let unit = unit.trim_end_matches(|c: char| !c.is_alphanumeric()).split('/').next().unwrap_or_default();
    abbreviation::unit_after_number(unit).is_some() && !abbreviation::is_unsafe_run_on(unit)
}
