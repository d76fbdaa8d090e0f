//! Patient: what is compared with a caller, and what keeps a chart from being read out at all.

use serde::Deserialize;

use super::codeable_concept::CodeableConcept;
use super::field::{Field, List, Present};
use super::meta::Meta;
use super::period::Period;
use crate::phi::Phi;

/// Epic's extension for the legal sex, which Epic's search prefers over `gender` since August 2021.
pub const LEGAL_SEX: &str = "http://open.epic.com/FHIR/StructureDefinition/extension/legal-sex";

/// The fields of FHIR's `Patient` that verification reads. A malformed field never matches a factor; a malformed field
/// that could forbid reading the chart ([`Patient::is_active`], [`Patient::is_alive`], `link`) forbids it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Patient {
    /// `Patient`.
    pub resource_type: Field<String>,
    /// The logical id.
    pub id: Field<Phi<String>>,
    /// Security labels.
    pub meta: Field<Meta>,
    /// Rules without which the resource can't be understood. We know none.
    pub implicit_rules: Field<Present>,
    /// Extensions that change what the resource says. We know none.
    pub modifier_extension: Field<Present>,
    /// Whether the record is in use.
    pub active: Field<bool>,
    /// What stands in the value's place where that isn't known.
    #[serde(rename = "_active")]
    pub active_element: Field<Present>,
    /// The names.
    pub name: List<HumanName>,
    /// Phones, emails and others.
    pub telecom: List<ContactPoint>,
    /// `male`, `female`, `other` or `unknown`.
    pub gender: Field<Phi<String>>,
    /// A date, possibly only a year or month.
    pub birth_date: Field<Phi<String>>,
    /// One form of `deceased[x]`.
    pub deceased_boolean: Field<bool>,
    /// What stands in its place.
    #[serde(rename = "_deceasedBoolean")]
    pub deceased_boolean_element: Field<Present>,
    /// The other form of `deceased[x]`.
    pub deceased_date_time: Field<Phi<String>>,
    /// What stands in its place: who died has died, though nobody knows when.
    #[serde(rename = "_deceasedDateTime")]
    pub deceased_date_time_element: Field<Present>,
    /// The addresses.
    pub address: List<Address>,
    /// Record numbers.
    pub identifier: List<Identifier>,
    /// Other records of the same person; `replaced-by` on a merged one.
    pub link: List<PatientLink>,
    /// Extensions, of which [`Patient::legal_sex`] is read.
    pub extension: List<Extension>,
}

/// FHIR's `HumanName`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct HumanName {
    /// `usual`, `official`, `temp`, `nickname`, `anonymous`, `old` or `maiden`.
    #[serde(rename = "use")]
    pub name_use: Field<String>,
    /// The family name.
    pub family: Field<Phi<String>>,
    /// First and middle names.
    pub given: List<Phi<String>>,
    /// The whole name.
    pub text: Field<Phi<String>>,
    /// When it was in use.
    pub period: Field<Period>,
}

/// FHIR's `ContactPoint`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ContactPoint {
    /// `phone`, `fax`, `email`, `pager`, `url`, `sms` or `other`.
    pub system: Field<String>,
    /// `home`, `work`, `temp`, `old` or `mobile`.
    #[serde(rename = "use")]
    pub contact_use: Field<String>,
    /// The number or address, in whatever notation.
    pub value: Field<Phi<String>>,
    /// When it was in use.
    pub period: Field<Period>,
}

/// FHIR's `Address`, as far as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Address {
    /// `home`, `work`, `temp`, `old` or `billing`.
    #[serde(rename = "use")]
    pub address_use: Field<String>,
    /// The ZIP code.
    pub postal_code: Field<Phi<String>>,
    /// When it was in use.
    pub period: Field<Period>,
}

/// FHIR's `Identifier`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Identifier {
    /// `usual`, `official`, `temp`, `secondary` or `old`.
    #[serde(rename = "use")]
    pub identifier_use: Field<String>,
    /// Its kind; Epic writes it as text.
    #[serde(rename = "type")]
    pub identifier_type: Field<CodeableConcept>,
    /// The numbering system's URI.
    pub system: Field<String>,
    /// The number.
    pub value: Field<Phi<String>>,
    /// When it was in use.
    pub period: Field<Period>,
}

/// FHIR's `Patient.link`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PatientLink {
    /// `replaced-by`, `replaces`, `refer` or `seealso`.
    #[serde(rename = "type")]
    pub link_type: Field<String>,
    /// Extensions that change what the link says. We know none.
    #[serde(rename = "modifierExtension")]
    pub modifier_extension: Field<Present>,
}

/// FHIR's `Extension`, with the value types that are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Extension {
    /// Which extension.
    pub url: Field<String>,
    /// A value.
    pub value_codeable_concept: Field<CodeableConcept>,
    /// A value.
    pub value_code: Field<Phi<String>>,
}

impl Patient {
    /// Whether the record is in use: `active` is true or, as FHIR has it, absent.
    pub fn is_active(&self) -> bool {
        match self.active {
            Field::Absent => !self.active_element.is_present(),
            Field::Read(true) => true,
            Field::Read(false) | Field::Malformed => false,
        }
    }

    /// Whether nothing says that the patient has died or may have, in either form of `deceased[x]`.
    pub fn is_alive(&self) -> bool {
        let boolean = match self.deceased_boolean {
            Field::Absent => !self.deceased_boolean_element.is_present(),
            Field::Read(died) => !died,
            Field::Malformed => false,
        };
        boolean && !self.deceased_date_time.is_present() && !self.deceased_date_time_element.is_present()
    }

    /// Whether another record has taken this one's place, or that can't be told.
    pub fn is_replaced(&self) -> bool {
        let replaced = |link: &PatientLink| match &link.link_type {
            Field::Read(link_type) => link_type == "replaced-by" || link.modifier_extension.is_present(),
            Field::Absent | Field::Malformed => true,
        };
        self.link.malformed || self.link.items.iter().any(replaced)
    }

    /// Whether something that we don't know changes what it says (FHIR: then it must not be gone by).
    pub fn is_modified(&self) -> bool {
        self.implicit_rules.is_present() || self.modifier_extension.is_present()
    }

    /// Epic's legal sex, if it is given.
    pub fn legal_sex(&self) -> Option<&CodeableConcept> {
        let extension =
            self.extension.items.iter().find(|extension| extension.url.read().is_some_and(|url| url == LEGAL_SEX))?;
        extension.value_codeable_concept.read()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::codeable_concept::text;
    use crate::json;

    fn patient(json: &str) -> Patient {
        json::decode(json.as_bytes()).unwrap()
    }

    #[test]
    fn one_malformed_field_does_not_lose_the_others() {
        let patient = patient(
            r#"{"resourceType": "Patient", "id": "p1", "birthDate": 1987, "gender": "female",
                "name": [{"family": "Lopez", "given": ["Camila", null]}, "Lopez"],
                "telecom": [{"system": "phone", "value": 469, "use": "home"}, {"system": "phone", "value": "469-555-5555"}]}"#,
        );
        assert!(patient.birth_date.is_malformed());
        assert_eq!(text(&patient.gender), Some("female"));
        assert_eq!(text(&patient.name.items[0].family), Some("Lopez"));
        assert!(patient.name.items[0].given.malformed && patient.name.malformed);
        assert!(patient.telecom.items[0].value.is_malformed());
        assert_eq!(text(&patient.telecom.items[1].value), Some("469-555-5555"));
    }

    #[test]
    fn what_could_forbid_reading_the_chart_forbids_it_when_malformed() {
        assert!(patient("{}").is_active() && patient("{}").is_alive() && !patient("{}").is_replaced());
        assert!(!patient(r#"{"active": "false"}"#).is_active());
        assert!(!patient(r#"{"deceasedBoolean": "true"}"#).is_alive());
        assert!(!patient(r#"{"deceasedDateTime": "2024-01-01"}"#).is_alive());
        assert!(!patient(r#"{"deceasedBoolean": false, "deceasedDateTime": 1}"#).is_alive());
        // An element whose value isn't known: that somebody died, but not when; whether, but not the answer.
        for element in ["_deceasedDateTime", "_deceasedBoolean"] {
            assert!(!patient(&format!(r#"{{"{element}": {{"extension": []}}}}"#)).is_alive(), "{element}");
        }
        assert!(patient(r#"{"deceasedBoolean": false, "_deceasedBoolean": {"id": "x"}}"#).is_alive());
        assert!(!patient(r#"{"_active": {"extension": []}}"#).is_active());
        assert!(patient(r#"{"active": true, "_active": {"id": "x"}}"#).is_active());
        assert!(patient(r#"{"link": [{"type": "seealso", "modifierExtension": [{"url": "x"}]}]}"#).is_replaced());
        for unknown in [r#"{"implicitRules": "x"}"#, r#"{"modifierExtension": [{"url": "x"}]}"#] {
            assert!(patient(unknown).is_modified() && !patient("{}").is_modified(), "{unknown}");
        }
        assert!(patient(r#"{"link": [{"type": "replaced-by"}]}"#).is_replaced());
        assert!(patient(r#"{"link": [7]}"#).is_replaced());
        assert!(!patient(r#"{"link": [{"type": "seealso"}]}"#).is_replaced());
    }

    #[test]
    fn the_legal_sex_is_read_from_epics_extension() {
        let patient = patient(
            r#"{"extension": [{"url": "http://example.org/x", "valueCode": "m"},
                {"url": "http://open.epic.com/FHIR/StructureDefinition/extension/legal-sex",
                 "valueCodeableConcept": {"coding": [{"code": "female"}]}}]}"#,
        );
        assert_eq!(patient.legal_sex().unwrap().codes().collect::<Vec<_>>(), ["female"]);
    }

    #[test]
    fn debug_shows_nothing_of_a_patient() {
        let shown =
            format!("{:?}", patient(r#"{"id": "p1", "birthDate": "1987-09-12", "name": [{"family": "Lopez"}]}"#));
        assert!(!shown.contains("Lopez") && !shown.contains("1987") && !shown.contains("p1"), "{shown}");
    }
}
