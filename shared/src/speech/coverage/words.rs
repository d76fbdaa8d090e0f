//! A spoken text's words, with the numbers among them and the ends of its sentences.

use crate::speech::number;

/// A word in small letters, without its punctuation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// What it amounts to, where it is a number, or an article before something that is counted.
    pub(super) value: Option<f64>,
    /// What ends behind it.
    pub(super) end: End,
}

/// What ends behind a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// Nothing.
    Nothing,
    /// A part of a sentence.
    Clause,
    /// A sentence.
    Sentence,
}

/// Things that "a" or "an" counts one of.
const COUNTED: [&str; 11] =
    ["tablet", "capsule", "drop", "puff", "spray", "patch", "pill", "teaspoon", "tablespoon", "suppository", "packet"];

/// The words of `lowercase`.
pub(super) fn of(lowercase: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for piece in lowercase.split_whitespace().flat_map(pieces) {
        let text = piece.trim_matches(|c: char| matches!(c, '(' | ')' | ';' | ':' | '!' | '?' | '"' | ',' | '.'));
        words.extend(parts(text).into_iter().map(|text| Word { text, value: number::value(text), end: End::Nothing }));
        if let Some(last) = words.last_mut() {
            last.end = last.end.max(end(piece));
        }
    }
    for at in 1..words.len() {
        let is_counted = words.get(at).is_some_and(|word| COUNTED.contains(&word.text));
        if let Some(article) = words.get_mut(at - 1).filter(|word| is_counted && matches!(word.text, "a" | "an")) {
            article.value = Some(1.0);
        }
    }
    words
}

/// A word's parts with what ends each of them. "9:30" is one.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let is_digit = |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_time = word.split_once(':').is_some_and(|(hour, rest)| is_digit(Some(hour)) && is_digit(rest.get(..2)));
    word.split_inclusive(move |c: char| matches!(c, '(' | ')' | ';' | '!' | '?' | '"') || (c == ':' && !is_time))
}

/// "4-6" as three words.
fn parts(text: &str) -> Vec<&str> {
    let is_number = |text: &str| number::value(text).is_some();
    match text.split_once('-').filter(|(low, high)| is_number(low) && is_number(high) && !is_number(text)) {
        Some((low, high)) => vec![low, "to", high],
        None if text.is_empty() => Vec::new(),
        None => vec![text],
    }
}

/// What a piece's punctuation ends.
fn end(piece: &str) -> End {
    if piece.ends_with(['.', ';', '!', '?']) || piece.ends_with(".\"") {
        End::Sentence
    } else if piece.ends_with([',', ':', '(', ')']) {
        End::Clause
    } else {
        End::Nothing
    }
}

pub(super) fn is_whole(value: f64) -> bool {
    value >= 1.0 && value.fract() == 0.0
}

pub(super) fn is_fraction(value: f64) -> bool {
    0.0 < value && value < 1.0
}
