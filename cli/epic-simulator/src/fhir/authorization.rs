//! Who may ask: the bearer token and its scopes.

use axum::http::{HeaderMap, header};

use crate::fhir::refusal::Refusal;
use crate::state::State;

/// What a scope grants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Interaction {
    Read,
    Search,
}

/// The scopes of the token in the `Authorization` header.
pub(super) fn authorize(state: &State, headers: &HeaderMap) -> Result<Vec<String>, Refusal> {
    let authorization = headers.get(header::AUTHORIZATION).ok_or(Refusal::NoToken)?;
    let (scheme, token) = authorization.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(Refusal::NoToken)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::NoToken);
    }
    let now = state.now();
    state.access_tokens().scopes(token.trim(), now).ok_or(Refusal::InvalidToken)
}

pub(super) fn is_granted(scopes: &[String], resource_type: &str, interaction: Interaction) -> bool {
    scopes.iter().any(|scope| grants(scope, resource_type, interaction))
}

/// `system/Patient.read` (SMART 1: read and search), `system/Patient.rs` (SMART 2), and Epic's own `Patient.Search`.
fn grants(scope: &str, resource_type: &str, interaction: Interaction) -> bool {
    let (context, rest) = scope.split_once('/').map_or((None, scope), |(context, rest)| (Some(context), rest));
    let Some((scoped_type, access)) = rest.split_once('.') else { return false };
    if scoped_type != resource_type && scoped_type != "*" {
        return false;
    }
    match (context, access) {
        (Some("system"), "read" | "*") => true,
        (Some("system"), "write") => false,
        (Some("system"), letters) => letters.contains(if interaction == Interaction::Read { 'r' } else { 's' }),
        (Some(_), _) => false,
        (None, access) => access.eq_ignore_ascii_case(if interaction == Interaction::Read { "read" } else { "search" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_grants_its_type_and_interaction_only() {
        use Interaction::{Read, Search};
        for (scope, read, search) in [
            ("system/Patient.read", true, true),
            ("system/*.read", true, true),
            ("system/Patient.*", true, true),
            ("system/Patient.rs", true, true),
            ("system/Patient.r", true, false),
            ("system/Patient.write", false, false),
            ("Patient.Read", true, false),
            ("Patient.search", false, true),
            ("user/Patient.read", false, false),
            ("system/Medication.read", false, false),
            ("openid", false, false),
        ] {
            assert_eq!(grants(scope, "Patient", Read), read, "{scope}");
            assert_eq!(grants(scope, "Patient", Search), search, "{scope}");
        }
    }
}
