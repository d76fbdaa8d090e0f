//! FHIR's versions, as Epic serves them side by side: each at a base URL of its own, with resources of its own.

use crate::environment::Variable;

/// The setting that says which version of FHIR the connection's API speaks.
pub const FHIR_VERSION: Variable = Variable {
    name: "fhir_version",
    expectation: "R4 or STU3",
    default: Some("R4"),
    purpose: "FHIR's version at `fhir_base_url`: medications are MedicationRequests with R4, and MedicationStatements with STU3.",
};

/// A version of FHIR that Epic serves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FhirVersion {
    /// FHIR R4 (4.0.1). Epic's medications are `MedicationRequest`s; it has no `MedicationStatement`.
    #[default]
    R4,
    /// FHIR STU3 (3.0.2), for sites whose Epic lists medications as `MedicationStatement`s.
    Stu3,
}

impl FhirVersion {
    /// Reads [`FHIR_VERSION`].
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "R4" => Some(Self::R4),
            "STU3" => Some(Self::Stu3),
            _ => None,
        }
    }

    /// Its name, as the setting and the last part of Epic's base URLs have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::R4 => "R4",
            Self::Stu3 => "STU3",
        }
    }

    /// The type of resource that a patient's medications are.
    pub fn medication_resource(self) -> &'static str {
        match self {
            Self::R4 => "MedicationRequest",
            Self::Stu3 => "MedicationStatement",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_named_as_epic_names_it() {
        for version in [FhirVersion::R4, FhirVersion::Stu3] {
            assert_eq!(FhirVersion::parse(version.as_str()), Some(version));
        }
        for other in ["", "r4", "R5", "DSTU2", "4.0.1"] {
            assert_eq!(FhirVersion::parse(other), None, "{other}");
        }
    }
}
