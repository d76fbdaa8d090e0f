//! Numbers that several words make: "one and a half", "twenty one".

use super::quantity::{fraction, two_numbers};
use super::word::Word;
use crate::speech::number;

/// Whether a fraction or a one stands before the word at `index` that belongs to another number: "1 1/2", "one and one-half",
/// "twenty one".
pub(super) fn is_part_of_more(words: &[Word<'_>], index: usize) -> bool {
    let before = |count: usize| index.checked_sub(count).and_then(|index| words.get(index));
    let value = |count: usize| before(count).and_then(|word| number::value(word.core));
    let is_whole = |count: usize| {
        let ends_whole = |word: &Word<'_>| two_numbers(word.core).is_some() && fraction("", word.core);
        value(count).is_some_and(|value| value >= 1.0 && value.fract() == 0.0) || before(count).is_some_and(ends_whole)
    };
    let is_fraction = value(1).is_some_and(|value| 0.0 < value && value < 1.0)
        && before(1).is_some_and(|word| !word.core.contains('.') && word.after.is_empty());
    let is = |count: usize, text: &str| before(count).is_some_and(|word| word.core.eq_ignore_ascii_case(text));
    // "One half" is a half.
    if is(1, "half") && (is(2, "a") || is(2, "one")) {
        return is_fraction && is(3, "and") && is_whole(4);
    }
    let is_of_tens = before(2).is_some_and(|word| is_large(word.core) && word.after.is_empty());
    (is_fraction && (is_whole(2) || (is(2, "and") && is_whole(3)))) || (is(1, "one") && is_of_tens)
}

/// "Twenty" and its like, and "hundred": a number in words behind which a one goes on.
fn is_large(word: &str) -> bool {
    let is_ten = number::value(word).is_some_and(|value| value >= 20.0 && value % 10.0 == 0.0);
    let is_word = word.chars().all(char::is_alphabetic);
    is_word && (is_ten || matches!(word.to_lowercase().as_str(), "hundred" | "thousand"))
}
