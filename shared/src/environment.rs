//! Configuration from environment variables: read once, checked whole, every problem told at once, never a value.

use std::collections::BTreeMap;
use std::fmt;

/// Where variables are read from: the process, or a map in tests.
pub trait Environment {
    /// The variable's value, if it is set and not empty.
    fn get(&self, name: &str) -> Option<String>;
}

/// The process's own environment.
#[derive(Debug, Clone, Copy)]
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the process's environment")]
    fn get(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}

impl Environment for BTreeMap<String, String> {
    fn get(&self, name: &str) -> Option<String> {
        BTreeMap::get(self, name).filter(|value| !value.is_empty()).cloned()
    }
}

/// A variable that a function reads. The parser, the template test and the README's table all read these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What its value must be, in words that complete "must be …".
    pub expectation: &'static str,
    /// What holds when it is not set. `None`: it must be set.
    pub default: Option<&'static str>,
    /// What it is for, for the README's table.
    pub purpose: &'static str,
}

/// One variable that is missing or not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable's name.
    pub name: &'static str,
    /// Whether it was there at all.
    pub set: bool,
    /// What it must be.
    pub expectation: &'static str,
}

/// Everything that is wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// The problems, in the order in which the variables are declared.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("configuration:")?;
        for Problem { name, set, expectation } in &self.problems {
            let state = if *set { "is set, but" } else { "is not set and" };
            write!(f, " {name} {state} must be {expectation};")?;
        }
        Ok(())
    }
}

/// Reads variables and collects what is wrong with them.
pub struct Reader<'a> {
    environment: &'a dyn Environment,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// A reader of `environment`.
    pub fn new(environment: &'a dyn Environment) -> Self {
        Self { environment, problems: Vec::new() }
    }

    /// Reads a variable (or its default) with `parse`. `None` means that a problem was noted: [`Reader::error`] has it.
    pub fn read<T>(&mut self, variable: &Variable, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = self.environment.get(variable.name);
        let set = value.is_some();
        let parsed = value.as_deref().or(variable.default).and_then(parse);
        if parsed.is_none() {
            self.problems.push(Problem { name: variable.name, set, expectation: variable.expectation });
        }
        parsed
    }

    /// Reads a variable that may be absent: `Some(None)` then.
    pub fn read_optional<T>(
        &mut self,
        variable: &Variable,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.environment.get(variable.name) {
            None => Some(None),
            Some(_) => self.read(variable, parse).map(Some),
        }
    }

    /// What was wrong.
    pub fn error(self) -> ConfigError {
        ConfigError { problems: self.problems }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: Variable = Variable { name: "PORT", expectation: "a port number", default: None, purpose: "" };
    const LEVEL: Variable = Variable { name: "LEVEL", expectation: "info or warn", default: None, purpose: "" };

    #[test]
    fn every_problem_is_told_at_once_by_name_and_expectation_and_never_by_value() {
        let environment = BTreeMap::from([("PORT".to_owned(), "s3cret".to_owned())]);
        let mut reader = Reader::new(&environment);
        assert_eq!(reader.read(&PORT, |text| text.parse::<u16>().ok()), None);
        assert_eq!(reader.read(&LEVEL, |text| Some(text.to_owned())), None);
        let error = reader.error().to_string();
        assert!(error.contains("PORT is set, but must be a port number"), "{error}");
        assert!(error.contains("LEVEL is not set and must be info or warn"), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
}
