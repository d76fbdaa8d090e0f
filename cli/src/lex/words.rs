//! What is said, as words: lower-case, without punctuation, contractions undone. The lists hold both languages: few words
//! of the one are words of the other.

use std::ops::Range;

/// Words that carry no meaning of their own at either end of what a caller says.
const FILLERS: &[&str] = &[
    "ah",
    "actually",
    "er",
    "erm",
    "hello",
    "hey",
    "hi",
    "hm",
    "hmm",
    "just",
    "kindly",
    "mm",
    "now",
    "oh",
    "ok",
    "okay",
    "please",
    "so",
    "sorry",
    "sure",
    "thanks",
    "then",
    "uh",
    "uhm",
    "um",
    "well",
    "yeah",
    "yes",
    "bueno",
    "eh",
    "este",
    "favor",
    "gracias",
    "hola",
    "mire",
    "oiga",
    "por",
    "pues",
    "señorita",
    "sí",
];

/// Fillers that are an answer where nothing else is said.
const ANSWERS: &[&str] =
    &["bueno", "gracias", "hello", "hey", "hi", "hola", "ok", "okay", "sure", "sí", "thanks", "yeah", "yes"];

/// Words that say little about what a caller wants.
const STOP_WORDS: &[&str] = &[
    "a", "all", "am", "an", "and", "are", "at", "be", "been", "can", "could", "did", "do", "does", "for", "have",
    "has", "i", "in", "is", "it", "like", "may", "me", "my", "of", "on", "some", "that", "the", "there", "these",
    "this", "to", "want", "was", "we", "what", "will", "with", "would", "you", "your", "con", "cuáles", "de", "el",
    "en", "es", "esa", "ese", "eso", "está", "estoy", "hay", "la", "las", "le", "lo", "los", "mi", "mis", "para",
    "puede", "que", "quiero", "qué", "se", "son", "soy", "su", "tengo", "un", "una", "y", "ya", "yo",
];

/// A word and where it stands in what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word in lower case, letters and digits only.
    pub(crate) text: String,
    /// Its bytes in what was said.
    pub(crate) at: Range<usize>,
}

/// The words of what was said.
pub(crate) fn words(said: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let ends = said.char_indices().chain(std::iter::once((said.len(), ' ')));
    for (at, c) in ends {
        let within = c.is_alphanumeric() || (matches!(c, '\'' | '’') && start.is_some());
        match (within, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let text = said.get(from..at).unwrap_or_default();
                for part in uncontracted(text) {
                    words.push(Word { text: part, at: from..from + text.trim_end_matches(['\'', '’']).len() });
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// "I'm" is "i am", "don't" is "do not".
fn uncontracted(word: &str) -> Vec<String> {
    let word = word.to_lowercase().replace('’', "'");
    let word = word.trim_matches('\'');
    let owned = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect();
    match word.split_once('\'') {
        None => owned(&[word]),
        Some(("let", "s")) => owned(&["let", "us"]),
        Some(("can", "t")) => owned(&["can", "not"]),
        Some((stem, "t")) if stem.ends_with('n') => owned(&[stem.trim_end_matches('n'), "not"]),
        Some((stem, "m")) => owned(&[stem, "am"]),
        Some((stem, "s")) => owned(&[stem, "is"]),
        Some((stem, "d")) => owned(&[stem, "would"]),
        Some((stem, "re")) => owned(&[stem, "are"]),
        Some((stem, "ve")) => owned(&[stem, "have"]),
        Some((stem, "ll")) => owned(&[stem, "will"]),
        Some(_) => vec![word.replace('\'', "")],
    }
}

/// Whether a word means nothing beside others.
pub(crate) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// The words that mean something: all but fillers, or, where there are no others, those that are an answer.
pub(crate) fn meaningful(words: &[String]) -> Vec<String> {
    let only = |meant: &dyn Fn(&str) -> bool| words.iter().filter(|word| meant(word)).cloned().collect::<Vec<_>>();
    let content = only(&|word| !is_filler(word));
    let content = if content.is_empty() { only(&|word| ANSWERS.contains(&word)) } else { content };
    if content.is_empty() { words.to_vec() } else { content }
}

/// Whether a word says little about what a caller wants.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(said: &str) -> Vec<String> {
        words(said).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn case_and_punctuation_make_no_difference() {
        assert_eq!(texts("  What ARE my medications?! "), ["what", "are", "my", "medications"]);
        assert_eq!(texts("9/12/'87, twenty-one"), ["9", "12", "87", "twenty", "one"]);
        assert!(texts("... ?").is_empty());
    }

    #[test]
    fn contractions_are_undone() {
        assert_eq!(
            texts("I'm done, that’s all, don't, can't"),
            "i am done that is all do not can not".split(' ').collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_word_knows_where_it_stood() {
        let said = "Um, SEPTEMBER 12th.";
        let words = words(said);
        assert_eq!(&said[words[1].at.start..words[2].at.end], "SEPTEMBER 12th");
    }
}
