//! What to do with a medication, and by which way it goes into the body.

use crate::fhir::codeable_concept::CodeableConcept;

/// Something with words of its own in every language, or the chart's words for it.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::speech) enum Named<T> {
    /// It has words in every language.
    Known(T),
    /// The chart's.
    Words(String),
}

/// What to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum Method {
    Take,
    Swallow,
    Chew,
    Dissolve,
    Suck,
    Drink,
    Inject,
    Infuse,
    Inhale,
    Spray,
    Apply,
    Rub,
    Instill,
    Insert,
    Place,
    Gargle,
    Rinse,
    Swish,
    SwishAndSwallow,
    Sniff,
    Sprinkle,
    Wash,
    Shampoo,
    Give,
    Use,
}

/// By which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum Route {
    Oral,
    Sublingual,
    Buccal,
    Subcutaneous,
    Intramuscular,
    Intravenous,
    Nasal,
    Ophthalmic,
    Otic,
    Topical,
    Transdermal,
    Inhalation,
    Rectal,
    Vaginal,
    /// Epic's routes that say of two which one, or that it is both.
    At(Side),
}

/// Which of two eyes, ears or nostrils.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speech) enum Side {
    BothEyes,
    LeftEye,
    RightEye,
    BothEars,
    LeftEar,
    RightEar,
    EachNostril,
    LeftNostril,
    RightNostril,
}

impl Side {
    fn of_words(lower: &str) -> Option<Self> {
        Some(match lower {
            "both eyes" | "each eye" => Self::BothEyes,
            "left eye" => Self::LeftEye,
            "right eye" => Self::RightEye,
            "both ears" | "each ear" => Self::BothEars,
            "left ear" => Self::LeftEar,
            "right ear" => Self::RightEar,
            "each nostril" | "both nostrils" | "each nare" | "both nares" => Self::EachNostril,
            "left nostril" | "left nare" => Self::LeftNostril,
            "right nostril" | "right nare" => Self::RightNostril,
            _ => return None,
        })
    }

    /// What it is called in an instruction.
    pub(in crate::speech) fn names(self) -> &'static [&'static str] {
        match self {
            Self::BothEyes => &["both eyes", "each eye"],
            Self::LeftEye => &["left eye"],
            Self::RightEye => &["right eye"],
            Self::BothEars => &["both ears", "each ear"],
            Self::LeftEar => &["left ear"],
            Self::RightEar => &["right ear"],
            Self::EachNostril => &["each nostril", "both nostrils"],
            Self::LeftNostril => &["left nostril"],
            Self::RightNostril => &["right nostril"],
        }
    }
}

impl Method {
    /// The method of a concept, by SNOMED's code or the first of its words.
    pub(in crate::speech) fn of(concept: &CodeableConcept) -> Option<Self> {
        let of_words = |words: &str| {
            let words = words.to_lowercase();
            Some(match words.split(" - ").next()?.trim() {
                "take" => Self::Take,
                "swallow" => Self::Swallow,
                "chew" => Self::Chew,
                "dissolve" => Self::Dissolve,
                "suck" => Self::Suck,
                "drink" => Self::Drink,
                "inject" | "injection" => Self::Inject,
                "infuse" | "infusion" => Self::Infuse,
                "inhale" | "inhalation" => Self::Inhale,
                "spray" => Self::Spray,
                "apply" => Self::Apply,
                "rub" => Self::Rub,
                "instill" => Self::Instill,
                "insert" => Self::Insert,
                "place" => Self::Place,
                "gargle" => Self::Gargle,
                "rinse" => Self::Rinse,
                "swish" => Self::Swish,
                "swish and swallow" => Self::SwishAndSwallow,
                "sniff" => Self::Sniff,
                "sprinkle" => Self::Sprinkle,
                "wash" => Self::Wash,
                "shampoo" => Self::Shampoo,
                "administer" | "give" => Self::Give,
                "use" => Self::Use,
                _ => return None,
            })
        };
        // FHIR's value set `administration-method-codes`, as far as it says what to do with a medication.
        let of_code = |code: &str| {
            Some(match code {
                "417924000" => Self::Apply,
                "418283001" | "419582001" => Self::Give,
                "419385000" => Self::Use,
                "419652001" => Self::Take,
                "419747000" => Self::Chew,
                "420045007" => Self::Suck,
                "420360002" => Self::Sniff,
                "420606003" => Self::Shampoo,
                "421066005" => Self::Place,
                "421134003" => Self::Inhale,
                "421257003" => Self::Insert,
                "421298005" => Self::SwishAndSwallow,
                "421521009" => Self::Swallow,
                "421538008" => Self::Instill,
                "421682005" => Self::Dissolve,
                "421805007" => Self::Swish,
                "422145002" => Self::Inject,
                "422152000" => Self::Wash,
                "422219000" => Self::Sprinkle,
                _ => return None,
            })
        };
        concept.words().find_map(of_words).or_else(|| concept.codes().find_map(of_code))
    }
}

impl Route {
    /// All of them.
    pub(in crate::speech) const ALL: [Self; 14] = [
        Self::Oral,
        Self::Sublingual,
        Self::Buccal,
        Self::Subcutaneous,
        Self::Intramuscular,
        Self::Intravenous,
        Self::Nasal,
        Self::Ophthalmic,
        Self::Otic,
        Self::Topical,
        Self::Transdermal,
        Self::Inhalation,
        Self::Rectal,
        Self::Vaginal,
    ];

    /// The route of a concept, by its words or SNOMED's code.
    pub(in crate::speech) fn of(concept: &CodeableConcept) -> Option<Self> {
        let of_code = |code: &str| {
            Some(match code {
                "26643006" | "260548002" => Self::Oral,
                "37839007" => Self::Sublingual,
                "54471007" => Self::Buccal,
                "34206005" | "263887005" => Self::Subcutaneous,
                "78421000" | "255559005" => Self::Intramuscular,
                "47625008" | "255560000" => Self::Intravenous,
                "46713006" | "260540009" => Self::Nasal,
                "54485002" => Self::Ophthalmic,
                "10547007" => Self::Otic,
                "6064005" | "359540000" => Self::Topical,
                "45890007" => Self::Transdermal,
                "18679011000001101" | "447694001" => Self::Inhalation,
                "37161004" => Self::Rectal,
                "16857009" => Self::Vaginal,
                _ => return None,
            })
        };
        concept.words().find_map(Self::of_words).or_else(|| concept.codes().find_map(of_code))
    }

    fn of_words(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        let words = words.split(" (").next()?.trim();
        let words = words.trim_end_matches(" route").trim_end_matches(" use").trim();
        Some(match words {
            "oral" | "by mouth" | "per os" | "orally" | "po" => Self::Oral,
            "sublingual" | "under the tongue" | "sl" => Self::Sublingual,
            "buccal" => Self::Buccal,
            "subcutaneous" | "under the skin" | "sq" | "sc" | "subq" | "subcut" => Self::Subcutaneous,
            "intramuscular" | "im" => Self::Intramuscular,
            "intravenous" | "iv" => Self::Intravenous,
            "nasal" | "intranasal" => Self::Nasal,
            "ophthalmic" => Self::Ophthalmic,
            "otic" => Self::Otic,
            "topical" | "cutaneous" => Self::Topical,
            "transdermal" => Self::Transdermal,
            "inhalation" | "respiratory" | "respiratory tract" | "respiratory (inhalation)" => Self::Inhalation,
            "rectal" => Self::Rectal,
            "vaginal" => Self::Vaginal,
            side => return Side::of_words(side).map(Self::At),
        })
    }

    /// Whether a concept only fills the place of a route, as Epic's do for a device or a test strip.
    pub(in crate::speech) fn is_none(concept: &CodeableConcept) -> bool {
        let words = concept.words().next().unwrap_or_default().to_lowercase();
        matches!(words.as_str(), "does not apply" | "other" | "misc.(non-drug; combo route)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_method_of_snomed_is_known_by_its_code_alone() {
        for (code, method) in [
            ("417924000", Method::Apply),
            ("418283001", Method::Give),
            ("419582001", Method::Give),
            ("419747000", Method::Chew),
            ("421298005", Method::SwishAndSwallow),
            ("421682005", Method::Dissolve),
            ("422152000", Method::Wash),
        ] {
            let concept = format!(r#"{{"coding": [{{"system": "http://snomed.info/sct", "code": "{code}"}}]}}"#);
            let concept: CodeableConcept = json::decode(concept.as_bytes()).unwrap();
            assert_eq!(Method::of(&concept), Some(method), "{code}");
        }
    }
}
