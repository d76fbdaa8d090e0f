//! Which key is meant: its `kid`, or how it begins.

use super::error::KeysError;

/// How much of a `kid` is shown where there is no room for all of it: 72 random bits.
const SHOWN: usize = 12;

/// The only one of `kids` that begins with `given`, or is it.
pub(super) fn find<'a>(kids: impl IntoIterator<Item = &'a str>, given: &str) -> Result<&'a str, KeysError> {
    let mut found = kids.into_iter().filter(|kid| !given.is_empty() && kid.starts_with(given));
    match (found.next(), found.next()) {
        (Some(kid), None) => Ok(kid),
        (Some(_), Some(_)) => Err(KeysError::Ambiguous { given: given.to_owned() }),
        (None, _) => Err(KeysError::NoSuchKey { given: given.to_owned() }),
    }
}

/// The beginning of a `kid`, for a table.
pub(super) fn short(kid: &str) -> &str {
    kid.get(..SHOWN).unwrap_or(kid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_beginning_is_enough() {
        let kids = ["-abc", "abcd", "abce"];
        assert_eq!(find(kids, "-").unwrap(), "-abc");
        assert_eq!(find(kids, "abcd").unwrap(), "abcd");
        assert!(matches!(find(kids, "abc"), Err(KeysError::Ambiguous { .. })));
        assert!(matches!(find(kids, "bcd"), Err(KeysError::NoSuchKey { .. })));
        assert!(matches!(find(kids, ""), Err(KeysError::NoSuchKey { .. })));
    }
}
