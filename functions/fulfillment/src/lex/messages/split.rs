//! A sentence that is too long for one message, in pieces: cut where a reader would breathe, and never within a number.

use crate::listening::words;
use crate::number_words::is_of_a_number;

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
        let word = words(before(*at).rsplit(' ').next().unwrap_or_default()).pop().unwrap_or_default();
        digit(word.chars().last()) || is_of_a_number(&word)
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
        for number in [
            "thirty-three point three",
            "treinta y tres punto cinco",
            "veintiuno punto siete",
            "dieciséis punto dos",
            "doscientas treinta y una",
            "cuatrocientos cincuenta",
        ] {
            for limit in number.chars().count()..40 {
                let text = format!("tome ahora mismo {number} unidades");
                let pieces = cut_at(&text, limit);
                assert!(pieces.iter().any(|piece| piece.contains(number)), "{limit}: {pieces:?}");
            }
        }
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
