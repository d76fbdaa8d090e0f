//! What a resource says of itself: here, whether it is kept from most.

use serde::Deserialize;

use super::codeable_concept::{Coding, text};
use super::field::{Field, List};

/// Confidentiality codes of HL7's that keep a resource from being read out: restricted, very restricted.
const RESTRICTED: [&str; 2] = ["R", "V"];

/// FHIR's `Meta`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// Labels such as `R` (restricted) of the confidentiality code system.
    pub security: List<Coding>,
}

/// Whether a resource with this `meta` is labelled as restricted. A label that can't be read may be that one.
pub fn is_restricted(meta: &Field<Meta>) -> bool {
    match meta {
        Field::Absent => false,
        Field::Read(meta) => {
            let restricts = |label: &Coding| text(&label.code).is_none_or(|code| RESTRICTED.contains(&code));
            meta.security.malformed || meta.security.items.iter().any(restricts)
        }
        Field::Malformed => true,
    }
}
