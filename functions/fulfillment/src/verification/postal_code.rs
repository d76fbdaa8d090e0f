//! The postal code factor: the five digits of a ZIP code against the patient's home addresses.

use jiff::Timestamp;
use shared::fhir::codeable_concept::text;
use shared::fhir::patient::Patient;
use shared::phi::Phi;

use super::current::{goes_on, is_of_use};
use super::spoken_digits::digits;

/// The digits that are compared; the four after them tell a street, which few people know.
const ZIP: usize = 5;
const ZIP_PLUS_FOUR: usize = 9;

/// A ZIP code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostalCode(Phi<String>);

impl PostalCode {
    /// The code in what was said or keyed: five digits, or nine of which the first five count.
    pub(crate) fn parse(said: &str) -> Option<Self> {
        Self::of_digits(&digits(said))
    }

    /// The code's digits.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Whether the patient lives there now.
    pub(crate) fn is_of(&self, patient: &Patient, now: Timestamp) -> bool {
        let mut homes = patient
            .address
            .items
            .iter()
            .filter(|address| is_of_use(&address.address_use, &["home"]) && goes_on(&address.period, now));
        homes.any(|home| text(&home.postal_code).and_then(Self::of_chart).as_ref() == Some(self))
    }

    /// A code as charts have it: "75043", "75043-1234" or "750431234". Another country's is none.
    fn of_chart(written: &str) -> Option<Self> {
        let is_written = |c: char| c.is_ascii_digit() || c == '-' || c == ' ';
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        written.chars().all(is_written).then(|| Self::of_digits(&digits)).flatten()
    }

    fn of_digits(digits: &str) -> Option<Self> {
        let whole = digits.len() == ZIP || digits.len() == ZIP_PLUS_FOUR;
        digits.get(..ZIP).filter(|_| whole).map(|code| Self(Phi::new(code.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(said: &str, address: &str) -> bool {
        let patient = format!(r#"{{"resourceType": "Patient", "address": [{address}]}}"#);
        let patient = shared::json::decode(patient.as_bytes()).unwrap();
        PostalCode::parse(said).is_some_and(|code| code.is_of(&patient, "2026-11-23T10:00:00Z".parse().unwrap()))
    }

    #[test]
    fn five_digits_agree_however_the_chart_writes_them() {
        for chart in ["75043", "75043-1234", "75043 1234", "750431234"] {
            assert!(agrees("75043", &format!(r#"{{"use": "home", "postalCode": "{chart}"}}"#)), "{chart}");
        }
        assert!(agrees("seven five oh four three", r#"{"postalCode": "75043"}"#));
        assert!(agrees("75043-9999", r#"{"use": "home", "postalCode": "75043-1234"}"#));
    }

    #[test]
    fn a_code_that_is_not_of_a_home_of_today_or_not_whole_never_agrees() {
        for address in [
            r#"{"use": "old", "postalCode": "75043"}"#,
            r#"{"use": "work", "postalCode": "75043"}"#,
            r#"{"use": "billing", "postalCode": "75043"}"#,
            r#"{"use": 7, "postalCode": "75043"}"#,
            r#"{"use": "home", "postalCode": "75043", "period": {"end": "2020"}}"#,
            r#"{"use": "home", "postalCode": "7504"}"#,
            r#"{"use": "home", "postalCode": "75043-12"}"#,
            r#"{"use": "home", "postalCode": "D75043"}"#,
            r#"{"use": "home", "postalCode": ""}"#,
            r#"{"use": "home"}"#,
            r#"{"use": "home", "postalCode": 75043}"#,
        ] {
            assert!(!agrees("75043", address), "{address}");
        }
        for said in ["7504", "750433", "", "home"] {
            assert_eq!(PostalCode::parse(said), None, "{said}");
        }
    }
}
