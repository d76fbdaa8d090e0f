//! Values that may be any words: names, and medications as people call them.

use std::ops::Range;

use super::{Filled, Said, filled, text_of};
use crate::lex::words::{Word, is_filler, is_stop_word};

/// A value has no more words than this.
const LONGEST: usize = 6;
/// What stands before a value and is none of it.
const DETERMINERS: [&str; 16] =
    ["the", "my", "that", "this", "a", "an", "el", "la", "los", "las", "mi", "mis", "un", "una", "ese", "esa"];
/// What an answer begins with.
const LEADS: [&str; 10] = ["it", "is", "i", "am", "this", "es", "soy", "me", "llamo", "yo"];
/// What stands for a value without being one.
const STAND_INS: [&str; 6] = ["one", "them", "thing", "ese", "esa", "eso"];

/// What was asked for: all that is said, without the words around it. An article may be part of a name ("de la Cruz").
pub(super) fn answer(said: Said<'_>, carriers: &[String], is_name: bool) -> Option<Filled> {
    let beside = |word: &Word| {
        let text = word.text.as_str();
        let leads = LEADS.contains(&text) || (!is_name && DETERMINERS.contains(&text));
        is_filler(text) || carriers.contains(&word.text) || leads
    };
    let (start, end) = trimmed(said.words, &beside);
    value(said, start, end)
}

/// What stands between the words of a sample.
pub(super) fn between(said: Said<'_>, around: (&[String], &[String])) -> Option<Filled> {
    let span = span_between(said, around)?;
    value(said, span.start, span.end)
}

/// The words between those of a sample, without an article.
pub(super) fn span_between(said: Said<'_>, (before, after): (&[String], &[String])) -> Option<Range<usize>> {
    let (mut start, mut end) = trimmed(said.words, &|word| is_filler(&word.text));
    let says = |at: usize, words: &[String]| {
        said.words.get(at..at + words.len()).is_some_and(|said| said.iter().map(|word| &word.text).eq(words))
    };
    // A filler may be the sample's own.
    if !says(start, before) && says(0, before) {
        start = 0;
    }
    let tail = end.checked_sub(after.len())?;
    if !says(start, before) || tail < start + before.len() || !says(tail, after) {
        return None;
    }
    start += before.len();
    end = tail;
    while said.words.get(start).is_some_and(|word| DETERMINERS.contains(&word.text.as_str())) {
        start += 1;
    }
    (start < end).then_some(start..end)
}

fn value(said: Said<'_>, start: usize, end: usize) -> Option<Filled> {
    let words = said.words.get(start..end).filter(|words| (1..=LONGEST).contains(&words.len()))?;
    let says_nothing = |word: &Word| is_stop_word(&word.text) || STAND_INS.contains(&word.text.as_str());
    if words.iter().all(says_nothing) {
        return None;
    }
    // Spelled, it is one word.
    if words.len() > 1 && words.iter().all(|word| word.text.chars().count() == 1) {
        let spelled: String = words.iter().map(|word| word.text.as_str()).collect();
        return filled(said, start..end, &spelled);
    }
    let text = text_of(said, &(start..end))?.to_owned();
    filled(said, start..end, &text)
}

/// The words without those at either end that are beside the point.
fn trimmed(words: &[Word], beside: &dyn Fn(&Word) -> bool) -> (usize, usize) {
    let start = words.iter().take_while(|word| beside(word)).count();
    let end = words.len() - words.iter().skip(start).rev().take_while(|word| beside(word)).count();
    (start, end)
}
