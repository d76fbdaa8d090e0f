//! The gender factor: what the caller says against `Patient.gender`, or Epic's legal sex where the chart has it.

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
    fn legal_sex_is_searched_by_where_fhir_has_no_code() {
        assert_eq!(Gender::parse("X").unwrap().search_parameter(), ("legal-sex", "x"));
        assert_eq!(Gender::parse("female").unwrap().search_parameter(), ("gender", "female"));
        assert_eq!(Gender::parse("woman"), None);
    }
}
