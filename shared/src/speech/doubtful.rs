//! Writing that has more than one reading, or none aloud: numbers, signs and languages. Abbreviations are another
//! module's.

use super::number;
use super::spanish_text::is_of_spanish;

/// Letters and signs beyond ASCII that an English voice reads. It skips others, and what is skipped is lost.
const READ_ALOUD: &str = "µμ°²×’‘“”…•®™";
/// ASCII signs that a voice skips, or that hold a place: "take ___ tablets", "1~2", "10^6".
const NOT_READ_ALOUD: [char; 3] = ['_', '~', '^'];
/// Words that give away an instruction in another language than English and Spanish, without its accents: an English voice
/// mangles it.
const FOREIGN: [&str; 49] = [
    // French.
    "prendre",
    "fois",
    "comprimes",
    "prenez",
    "comprime",
    "comprimé",
    "jour",
    "jours",
    "matin",
    "apres",
    "repas",
    "gelule",
    "gelules",
    "gouttes",
    "heures",
    // German.
    "nimm",
    "nehmen",
    "einnehmen",
    "einzunehmen",
    "tablette",
    "tabletten",
    "taglich",
    "taeglich",
    "morgens",
    "mittags",
    "abends",
    "stunden",
    "bedarf",
    "tropfen",
    "kapsel",
    "kapseln",
    // Portuguese and Italian.
    "comprimido",
    "comprimidos",
    "vezes",
    "manha",
    "noite",
    "compressa",
    "compresse",
    "giorno",
    "prendere",
    "volte",
    // Haitian Creole, Vietnamese, Tagalog.
    "pran",
    "chak",
    "grenn",
    "uong",
    "vien",
    "uminom",
    "inumin",
    "araw",
];

/// Whether a letter of a name is one that a voice reads: Latin, with whatever accent, or Greek ("interferon β").
pub(super) fn is_read_in_names(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{386}'..='\u{3CE}')
}

/// Whether an instruction's letters, signs or language can't be heard from an English voice.
pub(super) fn text(plain: &str) -> bool {
    let unheard = |c: char| {
        if c.is_ascii() { NOT_READ_ALOUD.contains(&c) } else { !c.is_whitespace() && !READ_ALOUD.contains(c) }
    };
    let lower = plain.to_lowercase();
    plain.contains(unheard)
        || lower.split(|c: char| !c.is_alphanumeric()).any(|word| FOREIGN.contains(&word) || is_of_spanish(word))
        || has_lost_letter(plain)
        || has_hour_sign(plain)
        || has_hole(plain)
}

/// "Do not take more than . . . in 24 hours" (SNOMED's): a place for a number that nobody filled in. Dots behind a
/// sentence are left.
pub(super) fn has_hole(plain: &str) -> bool {
    let together = plain.replace('…', "...").replace(". . .", "...").replace(". .", "..");
    together.match_indices("..").any(|(at, dots)| {
        let after = together.get(at + dots.len()..).unwrap_or_default().trim_start_matches(['.', ' ']);
        after.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    })
}

/// "1? tablets", "don?t": a question mark where a letter or a half was, before another character set had none for it.
fn has_lost_letter(plain: &str) -> bool {
    plain.match_indices('?').any(|(at, sign)| {
        let (before, after) = plain.split_at(at);
        let after = after.get(sign.len()..).unwrap_or_default();
        !before.ends_with(|c: char| c.is_alphabetic() || matches!(c, '?' | '!' | ')' | '"'))
            || after.starts_with(char::is_alphanumeric)
    })
}

/// "every 4°": hours, to some hands. Degrees have their scale, or are those of a fever.
fn has_hour_sign(plain: &str) -> bool {
    plain.match_indices('°').any(|(at, sign)| {
        let (before, after) = plain.split_at(at);
        let after = after.get(sign.len()..).unwrap_or_default().trim_start();
        let has_scale = after.starts_with(['F', 'C']) && !after.chars().nth(1).is_some_and(char::is_alphanumeric);
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        let start = before.trim_end_matches(is_number).len();
        let degrees = before.get(start..).and_then(number::value).unwrap_or_default();
        !has_scale && degrees < 90.0
    })
}

/// Whether a word of an instruction has a number in it that can be taken for another one.
pub(super) fn number(word: &str) -> bool {
    is_negative(word)
        || ends_in_dash(word)
        || word.split(['-', '/']).any(is_odd)
        || has_letters_for_digits(word)
        || is_scheme(word)
        || has_apostrophe(word)
        || has_hidden_point(word)
}

/// "10K", "3xweek", "9p", "every4hrs": a number that runs into letters of no unit. "1st", "9am", "101F" and "D5W" are
/// words.
pub(super) fn runs_into_letters(word: &str) -> bool {
    let after_word = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    if word.len() - after_word.len() > 2 && after_word.starts_with(|c: char| c.is_ascii_digit()) {
        return after_word.contains(char::is_alphabetic);
    }
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    letters.len() < word.len()
        && !letters.is_empty()
        && letters.chars().all(char::is_alphanumeric)
        && !matches!(letters.to_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "am" | "pm" | "f")
}

/// "take.5 mg": heard as 5.
fn has_hidden_point(word: &str) -> bool {
    let mut letters = word.chars().peekable();
    let mut previous_is_letter = false;
    while let Some(letter) = letters.next() {
        if letter == '.' && previous_is_letter && letters.peek().is_some_and(char::is_ascii_digit) {
            return true;
        }
        previous_is_letter = letter.is_alphabetic();
    }
    false
}

/// "-5 mg": five of a list, or less than nothing.
fn is_negative(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
}

/// "5- 10 mg": the dash isn't heard.
fn ends_in_dash(word: &str) -> bool {
    word.strip_suffix('-').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// "0,5", "1.5.2"; and "1.000", which is a thousand elsewhere.
fn is_odd(part: &str) -> bool {
    let end = part.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(part.len());
    let digits = part.get(..end).unwrap_or_default().trim_end_matches(['.', ',']);
    let thousands = |whole: &str, decimals: &str| {
        (1..=3).contains(&whole.len()) && !whole.starts_with('0') && decimals.len() == 3 && decimals.ends_with('0')
    };
    let is_thousand = digits.split_once('.').is_some_and(|(whole, decimals)| thousands(whole, decimals));
    !digits.is_empty() && (is_thousand || number::number(digits).is_none())
}

/// "1O" and "l0" for 10, "1.O" for 1.0, "2q4h" for "2 q4h", "1e3".
fn has_letters_for_digits(word: &str) -> bool {
    let mut next = word.chars().skip(1).chain(['\0']);
    let mut previous_is_digit = false;
    let mut is_behind_point = false;
    word.chars().any(|c| {
        let next = next.next().unwrap_or_default();
        let found = match c {
            'q' | 'Q' => previous_is_digit,
            'o' | 'O' | 'I' => (previous_is_digit || is_behind_point) && !next.is_alphabetic(),
            'l' => next.is_ascii_digit() || (previous_is_digit && !next.is_alphabetic()),
            'e' | 'E' => previous_is_digit && next.is_ascii_digit(),
            _ => false,
        };
        is_behind_point = c == '.' && previous_is_digit;
        previous_is_digit = c.is_ascii_digit();
        found
    })
}

/// "1-0-1", "30-0-20": one in the morning, none at noon, one in the evening. A voice says a hundred and one.
fn is_scheme(word: &str) -> bool {
    let has_digits = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let most = if word.split('-').any(|part| part == "0") { 3 } else { 1 };
    word.split('-').count() > 2 && word.split('-').all(|part| has_digits(part, most))
}

/// "1'000": a thousand elsewhere, feet and inches here.
fn has_apostrophe(word: &str) -> bool {
    word.split(['\'', '’']).zip(word.split(['\'', '’']).skip(1)).any(|(before, after)| {
        before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_english_voice_would_skip_or_mangle_is_doubtful() {
        for instruction in [
            "服用1片",
            "Take ☐ 1 ☑ 2 tablets",
            "Take 1 tablet 💊",
            "Take 1 c\u{304} food",
            "Take ___ tablets",
            "1~2 tablets",
            "10^6 units",
            "Tomar 1 tableta cada 8h",
            "Prendre 1 comprimé à 8h",
            "Take １ tablet",
            "Take 1? tablets",
            "Take ? tablets",
            "don?t chew",
            "1 tablet every 4°",
            "Do not take more than . . . in 24 hours",
            "take ... tablets",
            "Prenez un comprime le matin",
            "Nimm eine Tablette morgens",
        ] {
            assert!(text(instruction), "{instruction}");
        }
        for instruction in [
            "Take with food... Do not crush...",
            "if fever above 101°",
            "37.5 °C or 101°F",
            "don’t chew",
            "5 mg in 1 mL. Questions? Call.",
        ] {
            assert!(!text(instruction), "{instruction}");
        }
    }

    #[test]
    fn a_number_that_can_be_taken_for_another_is_doubtful() {
        for word in [
            "-5", "-.5", "0,5", "10,00", "1.5.2", "1..5", "1.000", "2.500mg", "1O", "l0", "2q4h", "1e3", "1-0-1",
            "take.5", "1.O", "1'000", "30-0-20", "1.O", "1'000", "30-0-20",
        ] {
            assert!(number(word), "{word}");
        }
        for word in [
            "5",
            ".5",
            "0.500",
            "1,000",
            "12.5",
            "5-10",
            "8L/min",
            "8oz",
            "5lb",
            "D5W",
            "555-123-4567",
            "5/28/2019",
            "1.Take",
        ] {
            assert!(!number(word), "{word}");
        }
    }

    #[test]
    fn a_number_that_runs_into_letters_is_doubtful_unless_they_are_its_own() {
        for word in ["10K", "3xweek", "9p", "2tabz", "4x4", "every4hrs"] {
            assert!(runs_into_letters(word), "{word}");
        }
        for word in ["1st", "9am", "101F", "B12", "D5W", "12", "24-hour"] {
            assert!(!runs_into_letters(word), "{word}");
        }
    }
}
