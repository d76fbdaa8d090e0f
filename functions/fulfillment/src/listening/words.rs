//! Words as they are compared: in lower case, without accents, apostrophes and punctuation.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// More than this Lex takes in no turn, which is 1024 characters at most; what comes after it is not looked at.
const MOST_WORDS: usize = 512;

/// The words of `text`: "Can't breathe, tomé…" is `cant`, `breathe`, `tome`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ'))
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_apostrophes_and_punctuation_make_no_difference() {
        for text in ["I CAN'T breathe!", "i can’t  breathe", "I can´t-breathe…"] {
            assert_eq!(words(text), ["i", "cant", "breathe"], "{text}");
        }
        assert_eq!(words("¿Tomé demasiadas? ¡Sí, señor!"), ["tome", "demasiadas", "si", "senor"]);
        assert_eq!(words("Tome\u{301}"), ["tome"]);
        assert!(words(" …'").is_empty());
    }
}
