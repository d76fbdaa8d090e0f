//! Entity tags, with which whoever has our set asks whether it is still the same (RFC 9110, sections 8.8.3 and 13.1.2).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};

/// A strong entity tag: the body's SHA-256, so that each process that serves the same set serves the same tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntityTag {
    opaque: String,
}

impl EntityTag {
    /// The tag of a body.
    pub(crate) fn of(body: &str) -> Self {
        Self { opaque: URL_SAFE_NO_PAD.encode(digest(&SHA256, body.as_bytes())) }
    }

    /// The tag as a header field has it, in quotes.
    pub(crate) fn to_field(&self) -> String {
        format!("\"{}\"", self.opaque)
    }

    /// Whether an `If-None-Match` of this value names this tag, in weak comparison: `W/"x"` is `"x"`. What breaks the
    /// field's grammar ends it, and names nothing from there on.
    pub(crate) fn is_named_in(&self, if_none_match: &str) -> bool {
        const SPACE: [char; 2] = [' ', '\t'];
        if if_none_match.trim_matches(SPACE) == "*" {
            return true;
        }
        let mut rest = if_none_match;
        loop {
            // A list may have empty elements (RFC 9110, section 5.6.1.2).
            rest = rest.trim_start_matches([' ', '\t', ',']);
            // A tag may hold commas, so the list isn't split at them.
            let quoted = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"');
            let Some((opaque, after)) = quoted.and_then(|quoted| quoted.split_once('"')) else {
                return false;
            };
            if opaque == self.opaque {
                return true;
            }
            rest = after.trim_start_matches(SPACE);
            if !rest.starts_with(',') {
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag() -> EntityTag {
        EntityTag { opaque: "xyzzy".to_owned() }
    }

    #[test]
    fn a_tag_is_the_bodys_hash_in_quotes() {
        // SHA-256 of "abc", FIPS 180-4's example.
        let field = EntityTag::of("abc").to_field();
        assert_eq!(field, "\"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0\"");
        assert_ne!(EntityTag::of("abd").to_field(), field);
    }

    #[test]
    fn a_tag_is_found_alone_in_a_list_and_by_a_star() {
        for field in [
            r#""xyzzy""#,
            r#"W/"xyzzy""#,
            r#""r2d2xxxx", "xyzzy""#,
            r#"W/"r2d2xxxx",W/"xyzzy" , "c3piozzzz""#,
            r#","a", ,"xyzzy""#,
            r#""a,b" , "xyzzy""#,
            r#""","xyzzy""#,
            "*",
            " * ",
        ] {
            assert!(tag().is_named_in(field), "{field}");
        }
    }

    #[test]
    fn what_is_no_list_of_tags_names_nothing() {
        for field in [
            "",
            ",",
            r#""other""#,
            r#""XYZZY""#,
            "xyzzy",
            r#"w/"xyzzy""#,
            r#"W/ "xyzzy""#,
            r#""xyzzy"#,
            r#""a" "xyzzy""#,
            r#""a,"xyzzy""#,
            r#""a", *"#,
            "**",
        ] {
            assert!(!tag().is_named_in(field), "{field}");
        }
    }
}
