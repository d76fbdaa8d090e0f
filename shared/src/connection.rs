//! A connection: one Epic organisation in one environment. Its name keys every token, call, job and metric.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::environment::Variable;

/// The connections that a deployment serves.
pub const CONNECTIONS: Variable = Variable {
    name: "CONNECTIONS",
    expectation: "connection names with a comma between them, each once: 1 to 32 lower-case letters, digits and hyphens",
    default: None,
    purpose: "The Epic connections: a name keys its tokens, keys, calls, jobs, settings and metrics.",
};

/// The name of an Epic connection, such as `sandbox`: 1 to 32 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ConnectionName(String);

/// A connection's name is not of the form that [`ConnectionName`] states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a connection's name is 1 to 32 lower-case letters, digits and hyphens")]
pub struct InvalidConnectionName;

impl ConnectionName {
    /// Reads a connection's name.
    ///
    /// # Errors
    /// [`InvalidConnectionName`] when it has another form; the text is not repeated.
    pub fn parse(text: &str) -> Result<Self, InvalidConnectionName> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if (1..=32).contains(&text.len()) && text.chars().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidConnectionName)
        }
    }

    /// Reads a list such as `sandbox,production`: names with a comma between them, each once, and at least one.
    pub fn parse_list(text: &str) -> Option<Vec<Self>> {
        let names = text.split(',').map(|name| Self::parse(name.trim()).ok()).collect::<Option<Vec<_>>>()?;
        let is_once = |name: &Self| names.iter().filter(|other| *other == name).count() == 1;
        names.iter().all(is_once).then_some(names)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ConnectionName {
    type Error = InvalidConnectionName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for ConnectionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_each_name_once() {
        let names = ConnectionName::parse_list("sandbox, production").unwrap();
        assert_eq!(names.iter().map(ConnectionName::as_str).collect::<Vec<_>>(), ["sandbox", "production"]);
        for wrong in ["", "sandbox,", "sandbox,sandbox", "Sandbox", "sandbox;production"] {
            assert_eq!(ConnectionName::parse_list(wrong), None, "{wrong:?}");
        }
    }
}
