//! Words in a row, with a little freedom.
//!
//! A pattern is words with blanks between them: `took/taken` is either of the two, `suicid-` any word that begins so, `?a` a
//! word that may be there or not, and `…` up to three words of any kind.

use std::ops::Range;

/// So many words may stand in a gap.
const GAP: usize = 3;

/// Where in `words` the first match of `pattern` stands.
pub(super) fn find(words: &[String], pattern: &str) -> Option<Range<usize>> {
    let pattern: Vec<&str> = pattern.split(' ').collect();
    (0..words.len()).find_map(|at| {
        let length = matched(words.get(at..)?, &pattern)?;
        Some(at..at + length)
    })
}

/// Whether one of `patterns` is anywhere in `words`.
pub(super) fn any(words: &[String], patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| find(words, pattern).is_some())
}

/// Whether `pattern` is all of `words`.
pub(super) fn is_whole(words: &[String], pattern: &str) -> bool {
    let elements: Vec<&str> = pattern.split(' ').collect();
    matched(words, &elements) == Some(words.len())
}

/// How many of the first `words` match, if they do.
fn matched(words: &[String], pattern: &[&str]) -> Option<usize> {
    let Some((element, rest)) = pattern.split_first() else { return Some(0) };
    if *element == "…" {
        return (0..=GAP.min(words.len())).find_map(|gap| Some(gap + matched(words.get(gap..)?, rest)?));
    }
    if let Some(optional) = element.strip_prefix('?') {
        return one(words, optional, rest).or_else(|| matched(words, rest));
    }
    one(words, element, rest)
}

fn one(words: &[String], element: &str, rest: &[&str]) -> Option<usize> {
    let (word, after) = words.split_first()?;
    let is = |wanted: &str| wanted.strip_suffix('-').map_or(word == wanted, |start| word.starts_with(start));
    element.split('/').any(is).then(|| matched(after, rest))?.map(|length| length + 1)
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn words_alternatives_beginnings_options_and_gaps_are_matched() {
        for (pattern, text, expected) in [
            ("chest pain", "i have chest pain now", Some(2..4)),
            ("took/taken too many", "i have taken too many", Some(2..5)),
            ("suicid-", "feeling suicidal", Some(1..2)),
            ("a ?real person", "a person", Some(0..2)),
            ("a ?real person", "is it a real person", Some(2..5)),
            ("took … pills", "i took all of my pills", Some(1..6)),
            ("took … pills", "i took them all and so the pills", None),
            ("took … pills", "took pills", Some(0..2)),
            ("chest pain", "chest", None),
        ] {
            assert_eq!(find(&words(text), pattern), expected, "{pattern}: {text}");
        }
        assert!(is_whole(&words("a person"), "?a ?real person") && !is_whole(&words("a person who"), "a person"));
    }
}
