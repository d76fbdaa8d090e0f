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
    let mut words = with_numbers_joined(words);
    for at in 1..words.len() {
        let is_counted = words.get(at).is_some_and(|word| COUNTED.contains(&word.text));
        // "Half a tablet", "three-quarters of a tablet".
        let before = |count: usize| at.checked_sub(count).and_then(|at| words.get(at));
        let of = usize::from(before(2).is_some_and(|word| word.text == "of"));
        let is_part = before(2 + of).is_some_and(|word| word.value.is_some_and(is_fraction) || word.text == "quarters");
        let is_course = matches!(words.get(at).map(|word| word.text), Some("week" | "month" | "year"))
            && before(2).is_some_and(|word| word.text == "for");
        let is_counted = (is_counted && !is_part) || is_course;
        if let Some(article) = words.get_mut(at - 1).filter(|word| is_counted && matches!(word.text, "a" | "an")) {
            article.value = Some(1.0);
        }
    }
    words
}

/// Words with each number that is spelled in several of them as one: "one hundred twenty five", "zero point five".
fn with_numbers_joined(words: Vec<Word<'_>>) -> Vec<Word<'_>> {
    let mut joined = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match spelled(words.get(at..).unwrap_or_default()) {
            Some((value, taken)) => {
                let end = words.get(at + taken - 1).map_or(word.end, |last| last.end);
                joined.push(Word { text: word.text, value: Some(value), end });
                at += taken;
            }
            None => {
                joined.push(*word);
                at += 1;
            }
        }
    }
    joined
}

/// The number that begins `words`, where it is spelled in more than one of them, and in how many.
fn spelled(words: &[Word<'_>]) -> Option<(f64, usize)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text);
    // Nothing but a space stands between them.
    let goes_on = |at: usize| at == 0 || words.get(at - 1).is_some_and(|word| word.end == End::Nothing);
    let number = |at: usize| {
        let is_spelled = |word: &&Word<'_>| {
            let is_before_name = at == 0 && matches!(text(1), "hundred" | "thousand");
            is_before_name || word.text.bytes().all(|b| b.is_ascii_alphabetic())
        };
        let word = words.get(at).filter(|word| goes_on(at) && is_spelled(word))?;
        word.value.filter(|value| value.fract() == 0.0 && !matches!(word.text, "once" | "twice" | "thrice" | "single"))
    };
    let below_hundred = |at: usize| {
        let tens = number(at)?;
        let ones = number(at + 1).filter(|ones| (1.0..10.0).contains(ones) && (20.0..100.0).contains(&tens));
        Some(ones.map_or((tens, at + 1), |ones| (tens + ones, at + 2)))
    };
    // "One half", "three quarters".
    let part = match text(1) {
        "half" => Some(0.5),
        "quarter" | "quarters" => Some(0.25),
        "third" | "thirds" if text(2) != "day" => Some(1.0 / 3.0),
        _ => None,
    };
    if let Some((count, part)) = number(0).filter(|count| (1.0..4.0).contains(count)).zip(part).filter(|_| goes_on(1)) {
        return Some((count * part, 2));
    }
    let (mut value, mut at) = if text(0) == "point" { (0.0, 0) } else { below_hundred(0)? };
    for (name, times) in [("hundred", 100.0), ("thousand", 1_000.0)] {
        if text(at) == name && goes_on(at) {
            value *= times;
            at += 1;
            let rest = below_hundred(at + usize::from(text(at) == "and")).filter(|(rest, _)| *rest < times);
            if let Some((rest, end)) = rest {
                value += rest;
                at = end;
            }
        }
    }
    if text(at) == "point" && goes_on(at) {
        let mut unit = 0.1;
        while let Some(digit) = number(at + 1).filter(|digit| *digit < 10.0) {
            value += digit * unit;
            unit /= 10.0;
            at += 1;
        }
        at += 1;
    }
    (at > 1).then_some((value, at))
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
