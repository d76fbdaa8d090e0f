//! A sentence that is too long for one message, in pieces: cut where a reader would breathe, and never within a number.

/// Words that numbers are made of, in both languages: "two hundred fifty", "zero point five", "mil novecientos".
const NUMBER_WORDS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "point",
    "half",
    "cero",
    "un",
    "una",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "veinte",
    "treinta",
    "cuarenta",
    "cincuenta",
    "sesenta",
    "setenta",
    "ochenta",
    "noventa",
    "cien",
    "ciento",
    "mil",
    "millones",
    "punto",
    "coma",
    "medio",
    "media",
];

/// `text` in pieces whose characters' widths, by `width`, come to at most `limit` each. Empty ones are left out.
pub(super) fn pieces(text: &str, limit: usize, width: impl Fn(char) -> usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while let Some(end) = beyond(rest, limit, &width) {
        let (piece, after) = rest.split_at(cut(rest, end));
        pieces.push(piece.trim_end());
        rest = after.trim_start();
    }
    pieces.push(rest);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Where the first character stands that is too much; `None` where all of it fits.
fn beyond(text: &str, limit: usize, width: impl Fn(char) -> usize) -> Option<usize> {
    let mut sum = 0;
    text.char_indices().find_map(|(at, c)| {
        sum += width(c);
        (sum > limit && at > 0).then_some(at)
    })
}

/// Where to cut at or before `end`: after a clause in the second half; else between words that are not a number, and where
/// "5 mg" and "1 000" stay together; else at any space; else, in a text without one, at `end`, but not between digits.
fn cut(text: &str, end: usize) -> usize {
    let spaces = || text.match_indices(' ').map(|(at, _)| at).filter(|at| (1..=end).contains(at));
    let before = |at: usize| text.split_at(at).0;
    let after = |at: usize| text.split_at(at).1.trim_start();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let clause = |at: &usize| {
        let mut last = before(*at).chars().rev();
        let mark = last.next().is_some_and(|c| matches!(c, ',' | ';' | ':' | '.' | '!' | '?'));
        mark && !(digit(last.next()) && digit(after(*at).chars().next()))
    };
    let in_number = |at: &usize| {
        let word = before(*at).rsplit(' ').next().unwrap_or_default().to_lowercase();
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        digit(word.chars().last()) || NUMBER_WORDS.contains(&word)
    };
    spaces()
        .rfind(|at| *at >= end / 2 && clause(at))
        .or_else(|| spaces().rfind(|at| !in_number(at)))
        .or_else(|| spaces().next_back())
        .unwrap_or_else(|| not_between_digits(text, end))
}

fn not_between_digits(text: &str, end: usize) -> usize {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/');
    let (before, after) = text.split_at(end);
    let start = before.trim_end_matches(number).len();
    if after.starts_with(number) && start > 0 { start } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_at(text: &str, limit: usize) -> Vec<&str> {
        pieces(text, limit, |_| 1)
    }

    #[test]
    fn a_long_sentence_is_cut_after_a_clause_where_there_is_one() {
        assert_eq!(cut_at("take one tablet, then take two tablets", 28), ["take one tablet,", "then take two tablets"]);
        assert_eq!(cut_at("take 1,000 or 1, 2 or 3 at once", 20), ["take 1,000 or", "1, 2 or 3 at once"]);
    }

    #[test]
    fn a_number_is_kept_whole_in_digits_and_in_words() {
        assert_eq!(cut_at("swallow 1 000 mg now", 12), ["swallow", "1 000 mg now"]);
        assert_eq!(cut_at("drink two hundred fifty milliliters", 18), ["drink", "two hundred fifty", "milliliters"]);
        assert_eq!(cut_at("abcdef12345", 8), ["abcdef", "12345"]);
    }

    #[test]
    fn nothing_is_lost_or_added_but_the_spaces_between_pieces() {
        let text = "a bc def 1.5 ghij, klmno 22 pqrstu vwxyz ".repeat(20);
        for limit in 1..80 {
            let joined: String = cut_at(&text, limit).concat().split_whitespace().collect();
            assert_eq!(joined, text.split_whitespace().collect::<String>());
            assert!(cut_at(&text, limit).iter().all(|piece| piece.chars().count() <= limit));
        }
    }
}
