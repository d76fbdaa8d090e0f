//! The class of sound of a word: its consonants, those that a telephone makes alike counted as one.
//!
//! `p` and `b`, `t` and `d`, `f`, `v` and `ph`, `k`, `c`, `ck`, `q`, `ch` and hard `g`, `s`, `z` and soft `c` are one each, `x`
//! is two; `h`, `w` and `y` are not heard, but for an `h` at the beginning; vowels are not either, but for that there is one
//! at the beginning. So "lie sin oh pril" is lisinopril, and "clonidine" is not Klonopin.

/// The key of `word`, which is in lower case and without accents.
pub(super) fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
    let mut key = String::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let next = letters.get(at + 1).copied();
        let (sounds, taken) = sounds(letter, next, at == 0);
        for sound in sounds.chars() {
            // A doubled letter is one sound; two with a vowel between are two.
            if !(at > 0 && key.ends_with(sound) && letters.get(at - 1).is_some_and(|before| *before == letter)) {
                key.push(sound);
            }
        }
        at += taken;
    }
    key
}

fn sounds(letter: char, next: Option<char>, first: bool) -> (&'static str, usize) {
    let soft = next.is_some_and(|next| matches!(next, 'e' | 'i' | 'y'));
    match (letter, next) {
        ('p', Some('h')) => ("f", 2),
        ('k' | 'g', Some('n')) if first => ("n", 2),
        ('p', Some('s' | 't' | 'n')) if first => ("", 1),
        ('c', Some('k' | 'h')) => ("k", 2),
        ('s', Some('h')) => ("s", 2),
        ('t', Some('h')) => ("t", 2),
        ('q', Some('u')) => ("k", 2),
        ('c', _) if soft => ("s", 1),
        ('g', _) if soft => ("j", 1),
        ('x', _) if first => ("s", 1),
        ('x', _) => ("ks", 1),
        ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) if first => ("a", 1),
        ('h', _) if first => ("h", 1),
        ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w', _) => ("", 1),
        ('b' | 'p', _) => ("p", 1),
        ('d' | 't', _) => ("t", 1),
        ('f' | 'v', _) => ("f", 1),
        ('c' | 'k' | 'g' | 'q', _) => ("k", 1),
        ('s' | 'z', _) => ("s", 1),
        ('j', _) => ("j", 1),
        ('l', _) => ("l", 1),
        ('m', _) => ("m", 1),
        ('n', _) => ("n", 1),
        ('r', _) => ("r", 1),
        _ => ("", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_recogniser_writes_down_sounds_like_the_name() {
        for (heard, name) in [
            ("liesinohpril", "lisinopril"),
            ("metfourmen", "metformin"),
            ("atourofastatin", "atorvastatin"),
            ("zanax", "xanax"),
            ("fenitoyn", "phenytoin"),
            ("clorthalidone", "chlorthalidone"),
        ] {
            assert_eq!(sound(heard), sound(name), "{heard}");
        }
    }

    #[test]
    fn names_that_are_only_alike_do_not_sound_the_same() {
        for (one, other) in [
            ("hydroxyzine", "hydralazine"),
            ("clonidine", "klonopin"),
            ("metformin", "metronidazole"),
            ("celebrex", "celexa"),
            ("prednisone", "prednisolone"),
        ] {
            assert_ne!(sound(one), sound(other));
        }
    }
}
