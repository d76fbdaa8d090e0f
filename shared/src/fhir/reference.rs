//! References between resources.

use serde::Deserialize;
use url::Url;

use super::field::Field;
use crate::http::same_origin;
use crate::phi::Phi;

/// FHIR's `Reference`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Reference {
    /// Relative (`Patient/123`), absolute, a `urn:`, or contained (`#m1`).
    pub reference: Field<Phi<String>>,
    /// Words for what it refers to.
    pub display: Field<Phi<String>>,
}

impl Reference {
    /// The reference itself.
    pub fn as_str(&self) -> Option<&str> {
        self.reference.read().map(|reference| reference.expose().as_str())
    }
}

/// The id of the `resource_type` that `reference` points to on the server at `base_url` (which ends with a slash):
/// `Type/id` relative or absolute, with or without a version. `None` for everything else.
///
/// An absolute one is compared as a URL, since the same server can be spelled in several ways (its host in capitals, its
/// port or not); its path, the base's included, by the letter.
pub fn local_id<'a>(reference: &'a str, resource_type: &str, base_url: &Url) -> Option<&'a str> {
    let relative = match Url::parse(reference) {
        Ok(url) => relative_to(base_url, &url, reference)?,
        Err(_) => reference,
    };
    let mut segments = relative.split('/');
    let (name, id) = (segments.next()?, segments.next()?);
    let version = (segments.next(), segments.next(), segments.next());
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let plain = !id.is_empty() && id.chars().all(allowed);
    let end = matches!(version, (None, ..) | (Some("_history"), Some(_), None));
    (name == resource_type && plain && end).then_some(id)
}

/// The end of `reference`, which was read as `url`, that follows the base URL.
fn relative_to<'a>(base_url: &Url, url: &Url, reference: &'a str) -> Option<&'a str> {
    let is_plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    let path = url.path().strip_prefix(base_url.path()).filter(|_| is_plain && same_origin(url, base_url))?;
    // As it is written: what only reading as a URL makes of it (dots, escapes) is nobody's id.
    let start = reference.len().checked_sub(path.len())?;
    reference.get(start..).filter(|end| *end == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_local_only_as_type_and_id_here() {
        let base = Url::parse("https://epic.example.org/api/FHIR/R4/").unwrap();
        let id = |reference: &'static str| local_id(reference, "Patient", &base);
        assert_eq!(id("Patient/p1"), Some("p1"));
        assert_eq!(id("Patient/p1/_history/3"), Some("p1"));
        for absolute in [
            "https://epic.example.org/api/FHIR/R4/Patient/p1",
            "https://EPIC.example.ORG/api/FHIR/R4/Patient/p1",
            "HTTPS://epic.example.org:443/api/FHIR/R4/Patient/p1/_history/3",
            "https://epic.example.org/api/FHIR/./STU3/../R4/Patient/p1",
        ] {
            assert_eq!(id(absolute), Some("p1"), "{absolute}");
        }
        for other in [
            "Patient/",
            "Patient/p1?x",
            "Patient/p1/",
            "Patient/p1/more",
            "Group/p1",
            "p1",
            "#p1",
            "urn:uuid:p1",
            "https://epic.example.org.evil.example/api/FHIR/R4/Patient/p1",
            "https://other.example.org/api/FHIR/R4/Patient/p1",
            "http://epic.example.org/api/FHIR/R4/Patient/p1",
            "https://epic.example.org:8443/api/FHIR/R4/Patient/p1",
            "https://epic.example.org@evil.example/api/FHIR/R4/Patient/p1",
            "https://user@epic.example.org/api/FHIR/R4/Patient/p1",
            "https://epic.example.org/api/FHIR/R4/Patient/p1?x",
            "https://epic.example.org/api/FHIR/R4/Patient/p1#x",
            "https://epic.example.org/api/FHIR/STU3/Patient/p1",
            "https://epic.example.org/api/fhir/r4/Patient/p1",
            "https://epic.example.org/api/FHIR/R4/../R5/Patient/p1",
            "https://epic.example.org/api/FHIR/R4/Patient/p0/../p1",
            "https://epic.example.org/api/FHIR/R4/Patient/p%31",
            "//epic.example.org/api/FHIR/R4/Patient/p1",
        ] {
            assert_eq!(id(other), None, "{other}");
        }
    }
}
