//! Scopes, in the forms that Epic and SMART write them, and whether a grant covers what is needed.
//!
//! One permission has many spellings: SMART v1 `system/Patient.read`, v2 `system/Patient.rs`, and Epic's own
//! `Patient.read Patient.search`, without the prefix and derived from what was ticked when the app was registered. An
//! Epic older than August 2024 answers in v1 whatever was asked for.

/// `system/` and FHIR's longest names of a type with room for a permission.
const LONGEST_SCOPE: usize = 64;

/// A set of scopes and the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes {
    text: String,
    scopes: Vec<Scope>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Scope {
    /// Reading or searching a resource type.
    Resource {
        /// The type's name, or `*`.
        resource_type: String,
        read: bool,
        search: bool,
        /// v2's restriction to some of the resources, such as `category=…`.
        restriction: Option<String>,
    },
    /// Anything else, which is compared as it stands.
    Other(String),
}

impl Scopes {
    /// Reads the scopes we need: at least one, in RFC 6749's characters, as much as a table's item takes with ease.
    pub fn parse_needed(text: &str) -> Option<Self> {
        // RFC 6749, appendix A.4: %x21 / %x23-5B / %x5D-7E, with spaces between the scopes.
        let allowed = |c: char| (c.is_ascii_graphic() && c != '"' && c != '\\') || c == ' ';
        let scopes = Self::parse(text);
        (text.len() <= 2048 && text.chars().all(allowed) && !scopes.scopes.is_empty()).then_some(scopes)
    }

    /// Reads the scopes granted. What isn't understood is kept as it stands.
    pub fn parse(text: &str) -> Self {
        Self { text: text.to_owned(), scopes: text.split_whitespace().map(Scope::parse).collect() }
    }

    /// The text as it was read.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether everything in `needed` that is ever done is in these: SMART v1 has no word for reading without searching,
    /// so that more may have been asked for.
    pub fn cover(&self, needed: &Self) -> bool {
        self.lacking(needed).next().is_none()
    }

    /// What of `needed` is not in these, as it is written there.
    pub fn lacking<'a>(&'a self, needed: &'a Self) -> impl Iterator<Item = &'a str> {
        needed.text.split_whitespace().zip(&needed.scopes).filter(|(_, needed)| !self.has(needed)).map(|(text, _)| text)
    }

    /// Those about resources, as they are written: a server's other words are not repeated.
    pub fn of_resources(&self) -> impl Iterator<Item = &str> {
        let written = self.text.split_whitespace().zip(&self.scopes);
        let plain = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '.' | '*');
        written
            .filter(move |(text, scope)| {
                matches!(scope, Scope::Resource { .. }) && text.len() <= LONGEST_SCOPE && text.chars().all(plain)
            })
            .map(|(text, _)| text)
    }

    fn has(&self, needed: &Scope) -> bool {
        match needed {
            Scope::Other(_) => self.scopes.contains(needed),
            Scope::Resource { resource_type, read, search, .. } => {
                let (reads, searches) = used(resource_type);
                let granted =
                    |permits: fn(&Scope) -> bool| self.scopes.iter().any(|scope| scope.allows(needed, permits));
                (!(*read && reads) || granted(Scope::reads)) && (!(*search && searches) || granted(Scope::searches))
            }
        }
    }
}

/// Whether resources of a type are read one by one, and whether they are searched for. A type that isn't ours is taken to
/// be used in every way that it is asked for.
fn used(resource_type: &str) -> (bool, bool) {
    match resource_type {
        "Patient" | "MedicationRequest" | "MedicationStatement" | "Appointment" => (false, true),
        "Medication" => (true, false),
        _ => (true, true),
    }
}

impl Scope {
    fn parse(text: &str) -> Self {
        Self::parse_resource(text).unwrap_or_else(|| Self::Other(text.to_owned()))
    }

    fn parse_resource(text: &str) -> Option<Self> {
        let text_without_context = match text.split_once('/') {
            Some(("system", rest)) => rest,
            Some(_) => return None,
            None => text,
        };
        let (name, restriction) = match text_without_context.split_once('?') {
            Some((name, restriction)) => (name, Some(restriction.to_owned())),
            None => (text_without_context, None),
        };
        let (resource_type, permission) = name.split_once('.')?;
        if resource_type != "*" && !resource_type.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let (read, search) = match permission {
            // v1's `read` is both. Epic's own form lists `read` and `search`; a grant of `read` alone is not refused
            // here: what it lacks shows as a 403, while refusing it wrongly would leave every call without a token.
            "read" | "Read" | "*" => (true, true),
            "search" | "Search" => (false, true),
            // v2: some of c, r, u, d, s, in this order.
            _ if !permission.is_empty() && permission.chars().all(|c| "cruds".contains(c)) => {
                (permission.contains('r'), permission.contains('s'))
            }
            "write" => (false, false),
            _ => return None,
        };
        Some(Self::Resource { resource_type: resource_type.to_owned(), read, search, restriction })
    }

    fn reads(&self) -> bool {
        matches!(self, Self::Resource { read: true, .. })
    }

    fn searches(&self) -> bool {
        matches!(self, Self::Resource { search: true, .. })
    }

    fn allows(&self, needed: &Self, permits: impl Fn(&Self) -> bool) -> bool {
        match (self, needed) {
            (
                Self::Resource { resource_type: granted, restriction: granted_restriction, .. },
                Self::Resource { resource_type: needed, restriction: needed_restriction, .. },
            ) => {
                permits(self)
                    && (granted == "*" || granted == needed)
                    && (granted_restriction.is_none() || granted_restriction == needed_restriction)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_covers(granted: &str, needed: &str, expected: bool) {
        let needed = Scopes::parse_needed(needed).unwrap();
        assert_eq!(Scopes::parse(granted).cover(&needed), expected, "{granted} for {needed:?}");
    }

    #[test]
    fn the_same_permission_in_another_spelling_covers() {
        for granted in [
            "system/Patient.rs",
            "system/Patient.read",
            "Patient.read Patient.search",
            "Patient.Read Patient.Search",
            "system/Patient.r system/Patient.s",
            "system/Patient.cruds",
            "system/*.read",
            "system/*.*",
            "openid system/Observation.rs system/Patient.rs",
        ] {
            check_covers(granted, "system/Patient.rs", true);
            check_covers(granted, "Patient.read", true);
        }
    }

    #[test]
    fn what_is_never_done_with_a_type_is_not_needed() {
        let asked_for = "system/Patient.read system/MedicationRequest.read system/Medication.read";
        for granted in [
            "system/Patient.rs system/MedicationRequest.rs system/Medication.r",
            "system/Patient.s system/MedicationRequest.s system/Medication.r",
            "Patient.search MedicationRequest.search Medication.read",
        ] {
            check_covers(granted, asked_for, true);
            check_covers(granted, "system/Patient.rs system/MedicationRequest.rs system/Medication.rs", true);
        }
        for granted in [
            "system/Patient.r system/MedicationRequest.rs system/Medication.rs",
            "system/Patient.rs system/MedicationRequest.r system/Medication.rs",
            "system/Patient.rs system/MedicationRequest.rs system/Medication.s",
            "system/Patient.rs system/MedicationRequest.rs",
        ] {
            check_covers(granted, asked_for, false);
        }
        // What a site asks for beyond that, it has a reason to.
        check_covers("system/Observation.r", "system/Observation.rs", false);
    }

    #[test]
    fn a_narrower_grant_does_not_cover() {
        for granted in [
            "",
            "system/Patient.r",
            "system/Patient.write",
            "system/Patient.cud",
            "system/Observation.rs",
            "user/Patient.rs",
            "patient/Patient.read",
            "system/Patient.rs?name=x",
            "system/PatientX.rs",
            "system/Patient",
        ] {
            check_covers(granted, "system/Patient.rs", false);
        }
        check_covers("system/Patient.rs", "system/Patient.rs system/MedicationRequest.rs", false);
    }

    #[test]
    fn a_scope_of_another_kind_is_compared_as_it_stands() {
        check_covers("system/Patient.rs fhirUser", "fhirUser", true);
        check_covers("system/Patient.rs", "fhirUser", false);
    }

    #[test]
    fn what_a_grant_lacks_is_told_as_it_was_asked_for_and_what_it_has_only_where_it_is_a_resources() {
        let needed = Scopes::parse_needed("system/Patient.rs system/MedicationRequest.rs").unwrap();
        let granted = Scopes::parse("openid system/Patient.read s3cret Patient.read?a=b X/s3cret.read");
        assert_eq!(granted.lacking(&needed).collect::<Vec<_>>(), ["system/MedicationRequest.rs"]);
        assert_eq!(granted.of_resources().collect::<Vec<_>>(), ["system/Patient.read"]);
    }

    #[test]
    fn needed_scopes_are_at_least_one_and_in_the_characters_of_rfc_6749() {
        for refused in ["", "  ", "system/Patient.rs\n", "a\"b", "ä"] {
            assert_eq!(Scopes::parse_needed(refused), None);
        }
    }
}
