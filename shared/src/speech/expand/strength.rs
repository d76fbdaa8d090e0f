//! What one of several holds, behind how many: "1 10 mg tablet" is 1 tablet of 10 milligrams. Side by side, the two numbers
//! are heard as one.

use super::mixed::is_part_of_more;
use super::quantity::amount;
use super::word::Word;
use crate::speech::abbreviation::{self, Unit};
use crate::speech::number;

/// Units of a strength.
const OF_STRENGTHS: [&str; 5] = ["milligram", "microgram", "gram", "unit", "milliequivalent"];
/// What is counted and has a strength.
const FORMS: [&str; 6] = ["tablet", "capsule", "patch", "suppository", "packet", "lozenge"];

/// So many of such a strength at `index`, and how many words they take.
pub(super) fn of_several(words: &[Word<'_>], index: usize) -> Option<(String, usize)> {
    let at = |offset: usize| words.get(index + offset);
    let count = at(0).filter(|word| word.after.is_empty())?;
    let many = number::value(count.core).filter(|many| *many > 0.0 && *many <= 10.0)?;
    // "1 (one) 10 mg tablet".
    let is_again = at(1).is_some_and(|again| {
        let is_same = number::value(again.core).is_some_and(|value| (value - many).abs() < f64::EPSILON);
        again.before == "(" && again.after == ")" && is_same
    });
    let from = if is_again { 2 } else { 1 };
    let (strength, unit, form) = match strength_and_unit(at(from)?) {
        Some((strength, unit)) => (strength, unit, from + 1),
        None => (number::number(plain(at(from)?)?)?, unit_of(plain(at(from + 1)?)?)?, from + 2),
    };
    // "2 500 mg" are 2500 to some hands.
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(count.core) && !is_again && strength.len() == 3 && is_digits(&strength) {
        return None;
    }
    let several = at(form).filter(|word| word.before.is_empty())?;
    let (one, many_words) = form_of(several.core)?;
    if !OF_STRENGTHS.contains(&unit.0) {
        return None;
    }
    // "One and one-half 5 mg tablets".
    let is_one = many <= 1.0 && !count.core.contains('.') && !is_part_of_more(words, index + 1);
    let held = format!("{} {}", amount(&strength, Some(unit.0)), if strength == "1" { unit.0 } else { unit.1 });
    let form_words = if is_one { one } else { many_words };
    let said = format!("{}{} {form_words} of {held}{}", count.before, count.core, several.after);
    Some((said, form + 1))
}

/// A word without anything around it.
fn plain<'a>(word: &Word<'a>) -> Option<&'a str> {
    (word.before.is_empty() && word.after.is_empty()).then_some(word.core)
}

/// "10mg", "10-mg".
fn strength_and_unit(word: &Word<'_>) -> Option<(String, Unit)> {
    let core = plain(word)?;
    let end = core.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
    let (digits, unit) = core.split_at(end);
    Some((number::number(digits)?, unit_of(unit.trim_start_matches('-'))?))
}

fn unit_of(word: &str) -> Option<Unit> {
    abbreviation::unit_after_number(word).filter(|_| !abbreviation::is_unsafe_run_on(word))
}

fn form_of(word: &str) -> Option<Unit> {
    if word.eq_ignore_ascii_case("lozenge") || word.eq_ignore_ascii_case("lozenges") {
        return Some(("lozenge", "lozenges"));
    }
    abbreviation::unit_after_number(word).filter(|(one, _)| FORMS.contains(one))
}
