//! Abbreviations in capitals that nobody knows. A voice spells them, and what was a limit or a reason is lost.

use super::day;
use super::quantity::ends_in_number;
use super::word::Word;
use crate::speech::abbreviation::ambiguous::{Context, is_numbering};
use crate::speech::abbreviation::{self, acronym};

/// Whether one of `words` is two to four capitals that are neither a word nor letters by which patients call something.
/// In a text of capitals a word can't be told from an abbreviation, unless it has no vowel.
pub(super) fn any_unknown(words: &[Word<'_>], all_capitals: bool) -> bool {
    (0..words.len()).any(|index| {
        let Some(word) = words.get(index) else { return false };
        let mut parts = word.core.split('/').filter(|part| is_capitals(part));
        parts.any(|part| {
            let may_be_word = (all_capitals && has_vowel(part)) || is_stressed_with(words, index);
            !may_be_word && !is_known(part, words, index) && !is_told(part, words, index)
        })
    })
}

/// "BTP", and several: "PVCs".
fn is_capitals(part: &str) -> bool {
    let one = part.strip_suffix('s').unwrap_or(part);
    (2..=4).contains(&one.len()) && one.bytes().all(|b| b.is_ascii_uppercase())
}

fn has_vowel(part: &str) -> bool {
    part.contains(['A', 'E', 'I', 'O', 'U', 'Y'])
}

/// Whether letters have a meaning for us or for a patient, be it in their place only: a unit behind a number.
fn is_known(part: &str, words: &[Word<'_>], index: usize) -> bool {
    let core = |index: usize| words.get(index).map(|word| word.core);
    let previous = index.checked_sub(1).and_then(core);
    let context = Context { previous, next: core(index + 1), all_capitals: false };
    let is_counted = previous.is_some_and(|previous| {
        ends_in_number(previous) || matches!(previous.to_lowercase().as_str(), "per" | "every" | "each")
    });
    let is_in_rate = words.get(index).is_some_and(|word| word.core.contains('/'));
    let unit =
        abbreviation::unit(part).or_else(|| abbreviation::unit_after_number(part).filter(|_| is_counted || is_in_rate));
    let one = part.strip_suffix('s').unwrap_or(part);
    acronym::is_known(part)
        || unit.is_some()
        || abbreviation::meaning(one).is_some()
        || abbreviation::every(part).is_some()
        || abbreviation::run_together(part).is_some()
        || !matches!(day::names(part, context), Ok(None))
        || is_numbering(part, previous)
        || (part == "HR" && core(index + 1).is_some())
}

/// Letters whose meaning the words give, "right bundle branch block (RBBB)", or that name a place: "call MGH".
fn is_told(part: &str, words: &[Word<'_>], index: usize) -> bool {
    let Some(word) = words.get(index) else { return false };
    let before = words.get(..index).unwrap_or_default();
    let initials = before.iter().rev().take(part.len()).filter_map(|word| word.core.chars().next());
    let initials = initials.collect::<Vec<_>>().into_iter().rev().collect::<String>();
    let is_explained = word.before == "(" && word.after.starts_with(')') && initials.eq_ignore_ascii_case(part);
    let is_place = before.last().is_some_and(|before| {
        before.after.is_empty() && matches!(before.core.to_lowercase().as_str(), "call" | "contact" | "phone")
    });
    is_explained || is_place
}

/// Whether a longer word in capitals stands beside: "WARM LEMON TEA" is stressed, and no abbreviation.
fn is_stressed_with(words: &[Word<'_>], index: usize) -> bool {
    let is_stressed = |index: usize| {
        let core = words.get(index).map_or("", |word| word.core);
        core.len() > 4 && has_vowel(core) && core.bytes().all(|b| b.is_ascii_uppercase())
    };
    words.get(index).is_some_and(|word| has_vowel(word.core))
        && (index.checked_sub(1).is_some_and(is_stressed) || is_stressed(index + 1))
}
