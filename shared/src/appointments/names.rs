//! Names of people and places in a form that can be spoken.

use crate::appointment_list::Attendee;
use crate::phi::Phi;
use crate::speech;

/// A name longer than this is none that anybody would say.
const LONGEST: usize = 80;
/// Degrees behind a name, and whether they make a doctor of medicine.
const DEGREES: [(&str, bool); 24] = [
    ("MD", true),
    ("DO", true),
    ("MBBS", true),
    ("NP", false),
    ("FNP", false),
    ("FNP-C", false),
    ("APRN", false),
    ("ARNP", false),
    ("CNP", false),
    ("DNP", false),
    ("PA", false),
    ("PA-C", false),
    ("RN", false),
    ("LPN", false),
    ("CNM", false),
    ("PT", false),
    ("DPT", false),
    ("OT", false),
    ("LCSW", false),
    ("RD", false),
    ("PHD", false),
    ("PSYD", false),
    ("PHARMD", false),
    ("MPH", false),
];

/// Somebody with this name, as a chart writes it: "Lopez, Maria, MD".
pub(super) fn attendee(written: &str) -> Option<Attendee> {
    let name = spoken(written, 1)?;
    let (untitled, titled) = without_title(&name);
    let mut parts: Vec<&str> = untitled.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut is_doctor = titled;
    while let Some((last, rest)) = parts.split_last()
        && !rest.is_empty()
        && let Some(makes_doctor) = degree(last)
    {
        is_doctor |= makes_doctor;
        parts.pop();
    }
    let name = match parts.as_slice() {
        [name] => (*name).to_owned(),
        // The family name first, as registers have it.
        [family, given] => format!("{given} {family}"),
        _ => parts.join(" "),
    };
    // Epic's sandbox has doctors called "Physician Family Medicine".
    let is_doctor = is_doctor && !name.to_lowercase().contains("physician");
    (!name.is_empty()).then(|| Attendee { name: Phi::new(name), is_doctor })
}

/// A place with this name.
pub(super) fn place(written: &str) -> Option<String> {
    // A short word may be an abbreviation that the building goes by.
    spoken(written, 3)
}

/// A degree, and whether it makes a doctor of medicine; with points or without, several with spaces between them.
fn degree(text: &str) -> Option<bool> {
    let known = |word: &str| {
        let word = word.replace('.', "").to_uppercase();
        DEGREES.iter().find(|(degree, _)| *degree == word).map(|(_, makes_doctor)| *makes_doctor)
    };
    let degrees = text.split_whitespace().map(known).collect::<Option<Vec<_>>>()?;
    (!degrees.is_empty()).then(|| degrees.contains(&true))
}

fn without_title(name: &str) -> (&str, bool) {
    let title = ["Dr. ", "Dr ", "Doctor "].into_iter().find_map(|title| name.strip_prefix(title));
    title.map_or((name, false), |rest| (rest.trim_start(), true))
}

/// The words of `written` that can be said: no groups in brackets, which hold codes, and no codes outside of them. Where all
/// of it is in capitals, only words of up to `short` letters stay so.
fn spoken(written: &str, short: usize) -> Option<String> {
    let plain = speech::plain_words(&without_brackets(written)?)?.replace(['_', '|', '#', '*'], " ");
    let words: Vec<String> = plain.split_whitespace().filter(|word| !is_code(word)).map(str::to_owned).collect();
    let shouted = !words.iter().any(|word| word.chars().any(char::is_lowercase));
    let words = words.iter().map(|word| if shouted { lowered(word, short) } else { word.clone() }).collect::<Vec<_>>();
    let name = words.join(" ").trim_matches([',', '-', '.', ';', ':', '/', ' ']).to_owned();
    (name.chars().count() <= LONGEST && name.contains(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

/// Without what stands in brackets; `None` where they don't close.
fn without_brackets(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            _ if depth > 0 => {}
            _ => plain.push(letter),
        }
    }
    (depth == 0).then_some(plain)
}

/// Whether a word is a code: a long number, or letters and digits mixed ("EMC10501"). "2nd", "3B" and "200" are words.
fn is_code(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits >= 5 || (digits >= 3 && word.chars().any(|c| c.is_ascii_alphabetic()))
}

/// A word in capitals as it is written otherwise.
fn lowered(word: &str, short: usize) -> String {
    if word.chars().filter(|c| c.is_alphabetic()).count() <= short {
        return word.to_owned();
    }
    let mut letters = word.chars();
    letters.next().map(|first| format!("{first}{}", letters.as_str().to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(written: &str) -> Option<(String, bool)> {
        attendee(written).map(|attendee| (attendee.name.into_exposed(), attendee.is_doctor))
    }

    #[test]
    fn a_name_is_said_as_people_say_it() {
        for (written, name, is_doctor) in [
            ("Lopez, Maria, MD", "Maria Lopez", true),
            ("Maria Lopez, M.D.", "Maria Lopez", true),
            ("Dr Adam Careful", "Adam Careful", true),
            ("Dr. Adam Careful, MD, MPH", "Adam Careful", true),
            ("Jane Roe, PA-C", "Jane Roe", false),
            ("ROE, JANE, RN [1234]", "Jane Roe", false),
            ("Luigi Maas", "Luigi Maas", false),
            ("Physician Family Medicine, MD", "Physician Family Medicine", false),
            ("Nurse Triage {id 77}", "Nurse Triage", false),
        ] {
            assert_eq!(named(written), Some((name.to_owned(), is_doctor)), "{written}");
        }
    }

    #[test]
    fn codes_addresses_and_brackets_are_not_said() {
        for (written, said) in [
            ("EMC FAMILY MEDICINE [10501101]", "EMC Family Medicine"),
            ("South Wing, second floor", "South Wing, second floor"),
            ("Clinic 3B (see map)", "Clinic 3B"),
            ("EMC10501 Cardiology - ", "Cardiology"),
            ("200 Main St", "200 Main St"),
        ] {
            assert_eq!(place(written).as_deref(), Some(said), "{written}");
        }
        let long = "Room ".repeat(40);
        for written in ["[10501101]", "10501101", "https://example.org/l1", "Wing (A", "", "  ", &long, "Wing \u{FFFD}"]
        {
            assert_eq!(place(written), None, "{written}");
            assert_eq!(named(written), None, "{written}");
        }
    }
}
