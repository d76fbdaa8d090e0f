//! How near two names are.

use super::sound::sound;

/// Names longer than this are compared whole or not at all.
const LONGEST: usize = 64;

/// A name in one word, with its sound.
pub(super) struct Name {
    /// In lower case, without blanks and accents.
    pub(super) letters: String,
    sound: String,
}

impl Name {
    /// The name of these letters.
    pub(super) fn of(letters: &str) -> Self {
        Self { letters: letters.to_owned(), sound: sound(letters) }
    }
}

/// From 0, the same, to 3; `None` where they are not near.
pub(super) fn nearness(said: &Name, name: &Name) -> Option<u8> {
    if said.letters == name.letters {
        return Some(0);
    }
    let (a, b): (Vec<char>, Vec<char>) = (said.letters.chars().collect(), name.letters.chars().collect());
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    // Of short words, many are near; of long ones, it costs too much to tell.
    if shorter < 4 || longer > LONGEST {
        return None;
    }
    let sounds_the_same = said.sound == name.sound && said.sound.len() >= 3;
    let is_beginning = a.len() >= 5 && 2 * a.len() >= b.len() && b.starts_with(&a);
    if longer - shorter > 3 && !sounds_the_same {
        return is_beginning.then_some(2);
    }
    match distance(&a, &b) {
        distance if sounds_the_same && distance <= longer / 2 => Some(1),
        1 if longer >= 5 => Some(1),
        2 if longer >= 8 => Some(2),
        _ if is_beginning => Some(2),
        3 if longer >= 12 => Some(3),
        _ => None,
    }
}

/// How many letters are to be put in, taken out, changed or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    // Three rows are all that is looked back at.
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&last, j + 1) + 1).min(at(&row, j) + 1).min(at(&last, j) + usize::from(x != y));
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                least = least.min(at(&before_last, j - 1) + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_put_in_taken_out_changed_and_swapped_are_counted() {
        let count = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        for (a, b, expected) in [
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("abc", "ac", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ] {
            assert_eq!((count(a, b), count(b, a)), (expected, expected), "{a} {b}");
        }
    }

    #[test]
    fn the_longer_a_name_the_more_may_be_wrong_in_it() {
        for (said, name, expected) in [
            ("warfarin", "warfarin", Some(0)),
            ("warfarim", "warfarin", Some(1)),
            ("wafarim", "warfarin", Some(2)),
            ("levothyrox", "levothyroxine", Some(2)),
            ("levo", "levothyroxine", None),
            ("yaz", "yas", None),
            ("zocor", "cozaar", None),
            ("hydralazine", "hydroxyzine", None),
        ] {
            assert_eq!(nearness(&Name::of(said), &Name::of(name)), expected, "{said} {name}");
        }
    }
}
