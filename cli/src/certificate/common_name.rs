//! The common name of a certificate or a private CA.

use std::fmt;
use std::str::FromStr;

/// A common name as X.509 takes it: 1 to 64 characters (RFC 5280's `ub-common-name`, and ACM PCA's limit), none of them a
/// control character, no space at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonName(String);

/// RFC 5280, appendix A.1: `ub-common-name`.
const MOST_CHARACTERS: usize = 64;

/// A text that is no common name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a common name has 1 to 64 characters, no control characters, and no space at its beginning or end")]
pub struct NoCommonName;

impl CommonName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CommonName {
    type Err = NoCommonName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_one = (1..=MOST_CHARACTERS).contains(&text.chars().count())
            && text.trim() == text
            && !text.chars().any(char::is_control);
        if is_one { Ok(Self(text.to_owned())) } else { Err(NoCommonName) }
    }
}

impl fmt::Display for CommonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_x509_takes_is_a_common_name() {
        for name in ["Careline", "Hospital São José: Careline", "a", &"é".repeat(64)] {
            assert_eq!(name.parse::<CommonName>().unwrap().as_str(), name);
        }
    }

    #[test]
    fn what_it_does_not_take_is_refused() {
        for text in ["", " ", " Careline", "Careline\n", "Care\u{0}line", &"a".repeat(65)] {
            assert_eq!(text.parse::<CommonName>(), Err(NoCommonName), "{text:?}");
        }
    }
}
