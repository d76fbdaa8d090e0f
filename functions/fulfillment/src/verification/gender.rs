//! The gender factor: what the caller says against `Patient.gender`, or Epic's legal sex where the chart has it.

use super::folded::words;

/// Words around a gender that say nothing of it.
const FILLERS: [&str; 23] = [
    "a", "an", "i", "im", "am", "the", "it", "its", "is", "please", "soy", "es", "un", "una", "la", "el", "mi", "sexo",
    "genero", "de", "por", "favor", "dice",
];

/// A gender in FHIR's codes (`Patient.gender`) and Epic's (legal sex), which are the slot's values too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    /// `female`.
    Female,
    /// `male`.
    Male,
    /// `nonbinary`, a legal sex only.
    Nonbinary,
    /// `x`, a legal sex only.
    X,
    /// `other`.
    Other,
    /// `unknown`: the absence of a value, which never matches, not even itself.
    Unknown,
}

impl Gender {
    /// Reads a code, of the slot or of the chart, in any case.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        match code.trim().to_ascii_lowercase().as_str() {
            "female" => Some(Self::Female),
            "male" => Some(Self::Male),
            "nonbinary" => Some(Self::Nonbinary),
            "x" => Some(Self::X),
            "other" => Some(Self::Other),
            "unknown" => Some(Self::Unknown),
            _ => None,
        }
    }

    /// Reads a word or a key of the caller's, in English or Spanish, which Lex made no code of: `None` unless it is all that
    /// was said, so that nothing is guessed from a sentence.
    pub(crate) fn of_words(said: &str) -> Option<Self> {
        let words: Vec<String> = words(said).into_iter().filter(|word| !FILLERS.contains(&word.as_str())).collect();
        match words.join(" ").as_str() {
            "1" | "female" | "woman" | "girl" | "lady" | "f" | "femenino" | "femenina" | "mujer" | "hembra"
            | "senora" | "senorita" | "dama" | "nina" => Some(Self::Female),
            "2" | "male" | "man" | "boy" | "gentleman" | "m" | "masculino" | "masculina" | "hombre" | "varon"
            | "senor" | "caballero" | "nino" => Some(Self::Male),
            "3" | "other" | "something else" | "another" | "otro" | "otra" => Some(Self::Other),
            "nonbinary" | "non binary" | "enby" | "no binario" | "no binaria" | "no binarie" => Some(Self::Nonbinary),
            "x" | "ex" | "letter x" | "equis" | "letra equis" | "letra x" => Some(Self::X),
            _ => None,
        }
    }

    /// The parameter and value that Epic searches by: `gender` knows FHIR's codes, `legal-sex` two more.
    pub(crate) fn search_parameter(self) -> (&'static str, &'static str) {
        match self {
            Self::Female => ("gender", "female"),
            Self::Male => ("gender", "male"),
            Self::Other => ("gender", "other"),
            Self::Unknown => ("gender", "unknown"),
            Self::Nonbinary => ("legal-sex", "nonbinary"),
            Self::X => ("legal-sex", "x"),
        }
    }

    /// Whether a code on the chart is this gender.
    pub(crate) fn is(self, on_chart: Option<&str>) -> bool {
        self != Self::Unknown && on_chart.and_then(Self::parse) == Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_unknown_gender_never_matches() {
        assert!(Gender::Female.is(Some("female")));
        assert!(!Gender::Female.is(Some("male")));
        assert!(!Gender::Female.is(None));
        assert!(!Gender::Female.is(Some("")));
        assert!(!Gender::Unknown.is(Some("unknown")));
        assert!(!Gender::Unknown.is(None));
    }

    #[test]
    fn a_gender_is_understood_as_people_say_or_key_it_in_both_languages() {
        for (said, gender) in [
            ("I'm a woman", Gender::Female),
            ("Female.", Gender::Female),
            ("mujer", Gender::Female),
            ("soy hombre", Gender::Male),
            ("Varón", Gender::Male),
            ("mi sexo es femenino", Gender::Female),
            ("soy una señora", Gender::Female),
            ("género masculino, por favor", Gender::Male),
            ("caballero", Gender::Male),
            ("otro género", Gender::Other),
            ("no binario", Gender::Nonbinary),
            ("non-binary", Gender::Nonbinary),
            ("equis", Gender::X),
            ("otro", Gender::Other),
            ("1", Gender::Female),
            ("2#", Gender::Male),
            ("3", Gender::Other),
        ] {
            assert_eq!(Gender::of_words(said), Some(gender), "{said}");
        }
        for said in ["", "no", "no, female", "my mother is a woman", "12", "unknown", "no sé"] {
            assert_eq!(Gender::of_words(said), None, "{said}");
        }
    }

    #[test]
    fn legal_sex_is_searched_by_where_fhir_has_no_code() {
        assert_eq!(Gender::parse("X").unwrap().search_parameter(), ("legal-sex", "x"));
        assert_eq!(Gender::parse("female").unwrap().search_parameter(), ("gender", "female"));
        assert_eq!(Gender::parse("woman"), None);
    }
}
