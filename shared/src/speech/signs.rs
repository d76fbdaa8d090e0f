//! Signs in chart text: called by their names, or not read where they have more than one meaning.
//!
//! After ISMP's list of error-prone symbols: a sign that a voice skips, or that different hands use differently, would
//! change what is heard.

/// Signs and what they are called.
const NAMES: [(&str, &str); 18] = [
    ("> =", ">="),
    ("< =", "<="),
    (">=", " at least "),
    ("<=", " at most "),
    ("≥", " at least "),
    ("≤", " at most "),
    (">", " greater than "),
    ("<", " less than "),
    ("+/-", " plus or minus "),
    ("±", " plus or minus "),
    ("+", " plus "),
    ("=", " equals "),
    ("&", " and "),
    ("@", " at "),
    ("#", " number "),
    (" | ", ", "),
    ("|", " "),
    ("`", " "),
];
/// Signs that change nothing where they stand for emphasis, or open a line.
const SILENT: [char; 2] = ['*', '\\'];

/// Arrows, which mean "then", "to" or "increase to"; and comparisons that some write for an arrow.
const UNCLEAR: [&str; 9] = ["->", "<-", "=>", "=<", "<>", "><", "<<", ">>", "=="];

/// `text` with its signs called by their names. Its spaces may be several afterwards.
pub(super) fn named(text: &str) -> String {
    let named = NAMES.iter().fold(text.to_owned(), |text, (sign, name)| text.replace(sign, name));
    named.replace(SILENT, " ")
}

/// Whether a sign stands in `text` that has several meanings, or that would be lost between numbers.
pub(super) fn are_unclear(text: &str) -> bool {
    let together = text.split_whitespace().collect::<String>();
    UNCLEAR.iter().any(|sign| together.contains(sign))
        || text.contains(['→', '←', '↑', '↓'])
        || opens_unknown_markup(text)
        || is_lost_between_numbers(text)
        || has_star_of_meaning(text)
        || has_hash_of_meaning(text)
}

/// "<take>" as a bracket, or a tag that we don't know. "<70" is a comparison.
fn opens_unknown_markup(text: &str) -> bool {
    around(text, '<').any(|(_, after)| after.starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '!'))
}

/// "1|2", "1 \ 2": a sign that isn't spoken between digits.
fn is_lost_between_numbers(text: &str) -> bool {
    ['*', '`', '\\', '|'].into_iter().any(|sign| {
        around(text, sign).any(|(before, after)| {
            before.trim_end().ends_with(|c: char| c.is_ascii_digit())
                && after.trim_start().starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// "2 * 250 mg" multiplies, "2* daily" has a footnote. "*with food*" is emphasis, and "* Take" a list's item.
fn has_star_of_meaning(text: &str) -> bool {
    around(text, '*').any(|(before, after)| {
        let is_digit = |c: char| c.is_ascii_digit();
        let is_alone = before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
        let opens_line = before.trim_end().ends_with(['.', ';', ':', '!', '?', '*']) || before.trim().is_empty();
        before.ends_with(is_digit) || after.starts_with(is_digit) || (is_alone && !opens_line)
    })
}

/// "#30" is number 30; "5#" has been pounds, and "#" alone fractures.
fn has_hash_of_meaning(text: &str) -> bool {
    around(text, '#').any(|(before, after)| {
        before.ends_with(char::is_alphanumeric) || !after.trim_start().starts_with(|c: char| c.is_ascii_digit())
    })
}

/// What stands before and after each `sign`.
fn around(text: &str, sign: char) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices(sign).map(move |(at, found)| {
        let (before, after) = text.split_at(at);
        (before, after.get(found.len()..).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(text: &str) -> String {
        named(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn signs_are_called_by_their_names() {
        for (text, name) in [
            ("if sugar <70 or >300", "if sugar less than 70 or greater than 300"),
            ("pain ≥4, or > = 5", "pain at least 4, or at least 5"),
            ("5 mg = 1 mL", "5 mg equals 1 mL"),
            ("calcium 600 +D", "calcium 600 plus D"),
            ("101 +/- 1", "101 plus or minus 1"),
            ("Tylenol #3, # 30", "Tylenol number 3, number 30"),
            ("salt & water @ 9", "salt and water at 9"),
            ("*with food* * Take", "with food Take"),
        ] {
            assert_eq!(spoken(text), name);
        }
    }

    #[test]
    fn signs_of_several_meanings_are_unclear_and_plain_ones_are_not() {
        for text in [
            "blood sugar => 300",
            "blood sugar =< 70",
            "sugar = > 300",
            "2 * 250 mg",
            "2 tablets * 250 mg",
            "2* daily",
            "5*10 mg",
            "1|2 tablets",
            "1 | 2 tablets",
            "1 \\ 2",
            "5 mg -> 10 mg",
            "5 mg → 10 mg",
            "5#",
            "# of tablets",
            "<take with food>",
            "<>",
        ] {
            assert!(are_unclear(text), "{text}");
        }
        for text in ["*Take* 2 *tablets*", "* Take 1. * Rest", "if sugar < 70 or > 300", "No. #3", "a - b", "x >= 3"] {
            assert!(!are_unclear(text), "{text}");
        }
    }
}
