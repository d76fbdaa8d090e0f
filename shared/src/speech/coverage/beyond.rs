//! Whether an instruction's words say more than sentences made from the structure.
//!
//! The other direction of coverage: only where the words say nothing beyond the structure may they be left out for a
//! sentence in another language. Each word has to be accounted for; a word too many is read rather than lost.

use crate::speech::number;

/// Words that say nothing which isn't in the structure once every fact of it is in the words.
const SILENT: [&str; 20] = [
    "take", "taking", "takes", "the", "a", "an", "of", "each", "every", "per", "please", "to", "in", "at", "and",
    "oral", "orally", "your", "use", "total",
];

/// Whether every word of `words` stands in `rendered`, what the structure says in English, as often or more.
pub(in crate::speech) fn says_nothing_beyond(words: &str, rendered: &str) -> bool {
    let mut left = tokens(rendered);
    tokens(words).into_iter().all(|word| match left.iter().position(|other| *other == word) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        // What is said twice has been said.
        None => !is_number(&word) && tokens(rendered).contains(&word),
    })
}

/// Whether all that `words` says is said by `said` or by `rendered`, each word behind the same one: "before lunch" isn't in
/// "after lunch, before dinner".
pub(in crate::speech) fn says_again(words: &str, said: &str, rendered: &str) -> bool {
    let (said, rendered) = (tokens(said), tokens(rendered));
    let is_in = |words: &[String]| {
        [&said, &rendered].into_iter().any(|own| own.windows(words.len()).any(|window| window == words))
    };
    let words = tokens(words);
    match words.len() {
        0 => true,
        1 => is_in(&words),
        _ => words.windows(2).all(is_in),
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn tokens(text: &str) -> Vec<String> {
    // "At once" is when, and not how often.
    let lower = text.to_lowercase().replace("at once", "immediately").replace("every other", "every 2");
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '-'));
    let words = words.map(|word| word.trim_matches(['.', '!', '"'])).filter(|word| !word.is_empty());
    with_points(words.flat_map(token).collect())
}

/// "Zero point five" as the number that it is.
fn with_points(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut is_behind_point = false;
    for word in words {
        let is_digit = word.len() == 1 && is_number(&word);
        match joined.last_mut() {
            Some(last) if word == "point" && is_number(last) => {
                last.push('.');
                is_behind_point = true;
            }
            Some(last) if is_behind_point && is_digit => last.push_str(&word),
            _ => {
                is_behind_point = false;
                joined.push(word);
            }
        }
    }
    joined
}

/// A word in the form that both sides share.
fn token(word: &str) -> Vec<String> {
    let of = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match word {
        "once" => return of(&["1", "time"]),
        "twice" => return of(&["2", "time"]),
        "daily" => return of(&["day"]),
        "nightly" => return of(&["night"]),
        "weekly" => return of(&["week"]),
        "monthly" => return of(&["month"]),
        _ if SILENT.contains(&word) => return Vec::new(),
        _ => {}
    }
    if let Some(value) = number::value(word) {
        return vec![value.to_string()];
    }
    let singular = word.strip_suffix('s').filter(|rest| rest.len() > 2 && !rest.ends_with('s')).unwrap_or(word);
    vec![singular.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_anything_that_the_structure_lacks_say_more() {
        for (words, rendered) in [
            ("Take 1 tablet by mouth 1 time each day.", "take 1 tablet by mouth, once a day"),
            ("1 capsule twice daily", "1 capsule, 2 times a day"),
            ("Inject 0.5 milliliters once a week", "inject zero point five milliliters, once a week"),
            ("Take one tablet by mouth daily", "take 1 tablet by mouth, once a day, at 9 AM"),
            ("every other day", "every 2 days"),
        ] {
            assert!(says_nothing_beyond(words, rendered), "{words}");
        }
        for (words, rendered) in [
            ("Take 1 tablet daily with food", "take 1 tablet by mouth, once a day"),
            ("Take 1 tablet daily. Do not crush.", "take 1 tablet, once a day"),
            (
                "Take 2 tablets in the morning and 1 tablet in the evening",
                "take 2 tablets, in the morning and in the evening",
            ),
            ("Take 1 tablet 1 hour before meals", "take 1 tablet, before meals"),
        ] {
            assert!(!says_nothing_beyond(words, rendered), "{words}");
        }
    }

    #[test]
    fn words_in_another_order_are_not_the_same_again() {
        for (words, said) in [
            ("Take before lunch and after dinner", "1 tablet after lunch and before dinner"),
            ("As directed", "as needed, unless otherwise directed"),
        ] {
            assert!(!says_again(words, said, ""), "{words}");
        }
        assert!(says_again("2 times daily as needed", "take 1 tablet", "1 tablet, twice a day, as needed for pain"));
    }
}
