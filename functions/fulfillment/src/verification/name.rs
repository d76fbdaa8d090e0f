//! The name factor: first and last name against `Patient.name`.
//!
//! The rule. Of either, the letters alone are compared, in lower case and without diacritics: spaces, hyphens and
//! apostrophes are written in one place and left out in the next ("García-Márquez", "Garcia Marquez"; "De La Cruz",
//! "Delacruz"; "O'Brien"). Of a last name all must be given, both halves of a compound one; of first names the first, or the
//! first and those after it. Both must be of one name that the patient goes by now: an official or usual one, not a
//! nickname, a maiden or an old name, nor one whose period has ended. What merely sounds alike is another name, which
//! is spelled then.

use jiff::Timestamp;
use shared::fhir::codeable_concept::text;
use shared::fhir::patient::{HumanName, Patient};
use shared::phi::Phi;

use super::current::{goes_on, is_of_use};
use super::folded::words;

/// The uses of a name that the patient goes by.
const USES: [&str; 2] = ["official", "usual"];
/// A first name of fewer letters is an initial, which half the patients share.
const FIRST_NAME_LETTERS: usize = 2;
/// What stands in a chart where a letter was lost on the way: any letter, so that no name is that one.
const LOST_LETTERS: [char; 2] = ['\u{FFFD}', '?'];
/// Said between the letters of a name that is spelled.
const MARKS: [&str; 7] = ["hyphen", "dash", "apostrophe", "space", "guion", "apostrofo", "espacio"];

/// A first or last name as the caller gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// As it is searched for: spelled letters put together.
    written: Phi<String>,
    letters: Phi<String>,
}

impl Name {
    /// The name in `said`, which may be spelled. `None` where there is no letter in it.
    pub(crate) fn parse(said: &str) -> Option<Self> {
        let is_mark = |word: &str| words(word).first().is_some_and(|word| MARKS.contains(&word.as_str()));
        let parts: Vec<&str> = said.split_whitespace().filter(|word| !is_mark(word)).collect();
        let letter = |word: &&str| word.trim_end_matches('.').chars().count() == 1;
        let spelled = parts.len() > 1 && parts.iter().all(letter);
        let written =
            if spelled { parts.iter().map(|letter| letter.trim_end_matches('.')).collect() } else { parts.join(" ") };
        let letters = letters(&written);
        (!letters.is_empty()).then(|| Self { written: Phi::new(written), letters: Phi::new(letters) })
    }

    /// The name, for a search.
    pub(crate) fn expose(&self) -> &str {
        self.written.expose()
    }
}

/// First and last name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FullName {
    /// The first name, perhaps with those after it.
    pub(crate) given: Name,
    /// The last name.
    pub(crate) family: Name,
}

impl FullName {
    /// Whether the patient goes by it.
    pub(crate) fn is_of(&self, patient: &Patient, now: Timestamp) -> bool {
        let is_it = |name: &&HumanName| is_of_use(&name.name_use, &USES) && goes_on(&name.period, now);
        patient.name.items.iter().filter(is_it).any(|name| self.is(name))
    }

    /// Whether a search by it may have found `patient`: one that goes by the sound, and by names of any kind.
    pub(crate) fn may_find(&self, patient: &Patient) -> bool {
        let initial = |letters: &str| letters.chars().next();
        let sought = [&self.given, &self.family].map(|name| initial(name.letters.expose()));
        let of = |name: &HumanName| {
            let given = name.given.items.iter().map(Phi::expose);
            let family = text(&name.family).map(str::to_owned);
            given.cloned().chain(family).any(|name| sought.contains(&initial(&letters(&name))))
        };
        patient.name.malformed || patient.name.items.iter().any(|name| name.given.malformed || of(name))
    }

    fn is(&self, name: &HumanName) -> bool {
        let lost = |written: &str| written.contains(LOST_LETTERS);
        if text(&name.family).is_some_and(lost) || name.given.items.iter().any(|given| lost(given.expose())) {
            return false;
        }
        let family = text(&name.family).map(letters).is_some_and(|family| family == *self.family.letters.expose());
        family && !name.given.malformed && self.is_given(name)
    }

    fn is_given(&self, name: &HumanName) -> bool {
        let names = name.given.items.iter().flat_map(|given| given.expose().split_whitespace()).map(letters);
        let mut so_far = String::new();
        for name in names {
            so_far.push_str(&name);
            if so_far == *self.given.letters.expose() {
                return so_far.chars().count() >= FIRST_NAME_LETTERS;
            }
        }
        false
    }
}

fn letters(name: &str) -> String {
    words(name).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKING: &str = r#"{"resourceType": "Patient", "name": [
        {"use": "official", "family": "Lopez", "given": ["Camila", "Maria"]}]}"#;

    #[track_caller]
    fn check(given: &str, family: &str, patient: &str, expected: bool) {
        let patient = shared::json::decode(patient.as_bytes()).unwrap();
        let name = FullName { given: Name::parse(given).unwrap(), family: Name::parse(family).unwrap() };
        assert_eq!(name.is_of(&patient, "2026-11-23T10:00:00Z".parse().unwrap()), expected, "{given} {family}");
    }

    #[track_caller]
    fn bent(from: &str, to: &str) -> String {
        assert!(WORKING.contains(from), "{from}");
        WORKING.replacen(from, to, 1)
    }

    #[test]
    fn a_name_is_compared_without_case_and_diacritics() {
        for (given, family) in
            [("Camila", "Lopez"), ("camila", "LÓPEZ"), ("Camila Maria", "lópez"), ("C A M I L A", "l. o. p. e. z.")]
        {
            check(given, family, WORKING, true);
        }
        check("Nunez", "nuñez", &bent("Lopez", "Nuñez").replacen("Camila", "NÚÑEZ", 1), true);
    }

    #[test]
    fn another_name_is_another_however_alike() {
        for (given, family) in [
            ("Camila", "Lopes"),
            ("Kamila", "Lopez"),
            ("Maria", "Lopez"),
            ("Lopez", "Camila"),
            ("C", "Lopez"),
            ("Camila", "Lopez Garcia"),
            ("Camila", "Lo"),
        ] {
            check(given, family, WORKING, false);
        }
    }

    #[test]
    fn spaces_hyphens_and_apostrophes_make_no_difference_and_half_a_compound_name_is_not_all_of_it() {
        for (chart, said) in [
            ("García-Márquez", "Garcia Marquez"),
            ("Garcia Marquez", "garcia hyphen marquez"),
            ("De La Cruz", "Delacruz"),
            ("O'Brien", "OBrien"),
            ("O’Brien", "O apostrophe Brien"),
            ("Smith-Jones", "Smith guión Jones"),
        ] {
            check("Camila", said, &bent("Lopez", chart), true);
        }
        for half in ["Garcia", "Marquez"] {
            check("Camila", half, &bent("Lopez", "García-Márquez"), false);
        }
        check("Mary", "Lopez", &bent("\"Camila\", \"Maria\"", "\"Mary Ann\""), true);
        check("Mary Ann", "Lopez", &bent("\"Camila\", \"Maria\"", "\"Mary\", \"Ann\""), true);
        check("Jean", "Lopez", &bent("Camila", "Jean-Luc"), false);
        check("Jean Luc", "Lopez", &bent("Camila", "Jean-Luc"), true);
    }

    #[test]
    fn a_name_that_the_patient_does_not_go_by_now_never_agrees() {
        for usage in ["old", "maiden", "nickname", "anonymous", "temp", "x"] {
            check("Camila", "Lopez", &bent("official", usage), false);
        }
        check("Camila", "Lopez", &bent("official", "usual"), true);
        check("Camila", "Lopez", &bent("\"use\": \"official\", ", ""), true);
        for (period, expected) in [(r#"{"end": "2020-01-01"}"#, false), (r#"{"start": "2001"}"#, true), ("7", false)] {
            check("Camila", "Lopez", &bent("\"family\"", &format!("\"period\": {period}, \"family\"")), expected);
        }
        // First and last name of two different names of one patient are nobody's.
        check(
            "Ana",
            "Lopez",
            &bent("]}]", "]}, {\"use\": \"usual\", \"family\": \"Diaz\", \"given\": [\"Ana\"]}]"),
            false,
        );
    }

    #[test]
    fn a_missing_name_never_agrees() {
        for (from, to) in [
            ("\"Lopez\"", "null"),
            ("\"Lopez\"", "\"-\""),
            ("\"Camila\", \"Maria\"", ""),
            ("\"Camila\", \"Maria\"", "null, \"Camila\""),
            ("\"Camila\", \"Maria\"", "\"C.\""),
            ("\"name\"", "\"contact\""),
        ] {
            check("Camila", "Lopez", &bent(from, to), false);
        }
        // Letters that were lost on the way may have been any.
        check("Camila", "Lpez", &bent("Lopez", "L\u{FFFD}pez"), false);
        check("Camila", "Lopez", &bent("Maria", "Mar?a"), false);
        assert_eq!(Name::parse(" - "), None);
        check("C", "Lopez", &bent("\"Camila\", \"Maria\"", "\"C.\""), false);
    }

    #[test]
    fn what_is_searched_for_is_the_name_as_said_with_its_letters_put_together() {
        for (said, written) in [("L O P E Z", "LOPEZ"), ("García Márquez", "García Márquez"), ("D.", "D.")] {
            assert_eq!(Name::parse(said).unwrap().expose(), written);
        }
        assert!(!format!("{:?}", Name::parse("Lopez")).contains("Lopez"));
    }

    #[test]
    fn a_search_by_sound_may_find_who_shares_a_letter() {
        let patient = shared::json::decode(WORKING.as_bytes()).unwrap();
        let name = |given: &str, family: &str| FullName {
            given: Name::parse(given).unwrap(),
            family: Name::parse(family).unwrap(),
        };
        assert!(name("X", "Lopes").may_find(&patient) && name("Cami", "Y").may_find(&patient));
        assert!(!name("Ana", "Diaz").may_find(&patient));
    }
}
