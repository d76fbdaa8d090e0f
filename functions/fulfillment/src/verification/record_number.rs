//! The record number factor: the last four digits of the medical record number.

use jiff::Timestamp;
use shared::fhir::codeable_concept::text;
use shared::fhir::field::Field;
use shared::fhir::patient::{Identifier, Patient};
use shared::phi::Phi;

use super::current::goes_on;
use super::spoken_digits::digits;

/// How many of its digits a caller gives.
const ENDING: usize = 4;
/// The code of a medical record number in HL7's table 0203, and what sites write in its place.
const RECORD_NUMBER: [&str; 2] = ["MR", "MRN"];

/// The last four digits of a medical record number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordNumberEnding(Phi<String>);

impl RecordNumberEnding {
    /// The digits in what was said or keyed: four, and no more.
    pub(crate) fn parse(said: &str) -> Option<Self> {
        Some(digits(said)).filter(|digits| digits.len() == ENDING).map(|digits| Self(Phi::new(digits)))
    }

    /// The digits.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Whether one of the patient's record numbers ends so: of the numbering system `system` where the policy names one,
    /// else of those whose type says that they are record numbers.
    pub(crate) fn is_of(&self, patient: &Patient, system: Option<&str>, now: Timestamp) -> bool {
        let is_record_number = |identifier: &&Identifier| match system {
            Some(system) => identifier.system.read().is_some_and(|of| of == system),
            None => is_typed_record_number(identifier),
        };
        let is_current = |identifier: &&Identifier| {
            let usage = &identifier.identifier_use;
            let in_use = !usage.is_malformed() && usage.read().is_none_or(|usage| usage != "old");
            in_use && goes_on(&identifier.period, now)
        };
        let mut numbers = patient.identifier.items.iter().filter(is_record_number).filter(is_current);
        numbers.any(|number| text(&number.value).and_then(ending).is_some_and(|ending| ending == self.0.expose()))
    }
}

fn is_typed_record_number(identifier: &Identifier) -> bool {
    let Field::Read(kind) = &identifier.identifier_type else { return false };
    kind.codes().chain(text(&kind.text)).any(|kind| RECORD_NUMBER.contains(&kind))
}

/// The last four characters, if they are digits.
fn ending(number: &str) -> Option<&str> {
    let ending = number.get(number.len().checked_sub(ENDING)?..)?;
    ending.bytes().all(|byte| byte.is_ascii_digit()).then_some(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYSTEM: &str = "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.14";

    fn agrees(said: &str, system: Option<&str>, identifier: &str) -> bool {
        let patient = format!(r#"{{"resourceType": "Patient", "identifier": [{identifier}]}}"#);
        let patient = shared::json::decode(patient.as_bytes()).unwrap();
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        RecordNumberEnding::parse(said).is_some_and(|ending| ending.is_of(&patient, system, now))
    }

    #[test]
    fn the_last_four_digits_of_a_record_number_agree() {
        for kind in [r#"{"coding": [{"code": "MR"}]}"#, r#"{"text": "MRN"}"#, r#"{"text": "MR"}"#] {
            for (number, said) in
                [("203713", "3713"), ("  E203713", "three seven one three"), ("3713", "tres siete uno tres")]
            {
                let identifier = format!(r#"{{"use": "usual", "type": {kind}, "value": "{number}"}}"#);
                assert!(agrees(said, None, &identifier), "{identifier}");
            }
        }
    }

    #[test]
    fn a_policy_may_name_the_numbering_system_in_place_of_the_type() {
        let identifier = format!(r#"{{"type": {{"text": "EPI"}}, "system": "{SYSTEM}", "value": "203713"}}"#);
        assert!(agrees("3713", Some(SYSTEM), &identifier));
        assert!(!agrees("3713", None, &identifier));
        assert!(!agrees("3713", Some("urn:oid:1.2.3"), &identifier.replace("EPI", "MRN")));
    }

    #[test]
    fn another_number_an_old_one_and_one_without_four_digits_at_its_end_never_agree() {
        let working = r#"{"use": "usual", "type": {"text": "MRN"}, "value": "203713"}"#;
        assert!(agrees("3713", None, working));
        for (from, to) in [
            ("203713", "203714"),
            ("203713", "20371X"),
            ("203713", "713"),
            ("\"203713\"", "203713"),
            ("\"203713\"", "null"),
            ("\"MRN\"", "\"EPI\""),
            ("usual", "old"),
            ("\"usual\"", "7"),
            ("\"value\"", "\"period\": {\"end\": \"2020\"}, \"value\""),
        ] {
            assert!(!agrees("3713", None, &working.replacen(from, to, 1)), "{from} -> {to}");
        }
        for said in ["371", "37131", "203713", ""] {
            assert_eq!(RecordNumberEnding::parse(said), None, "{said}");
        }
    }
}
