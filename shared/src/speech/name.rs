//! A drug's name: as it is spoken, and what else it is called.

use super::expand;

/// A name.
#[derive(Default)]
pub(super) struct Name {
    /// As it is spoken, without the brands in its brackets.
    pub(super) spoken: String,
    /// The brands in its brackets, as they are spoken.
    pub(super) also: Vec<String>,
    /// Bare names by which a caller may ask for it, in small letters.
    pub(super) bare: Vec<String>,
}

impl Name {
    /// The name in `plain` text.
    pub(super) fn of(plain: &str) -> Self {
        Self { spoken: expand::name(plain), also: Vec::new(), bare: Vec::new() }
    }
}
