//! Protected health information: wrapped, so that it can't be printed by accident.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that identifies a patient or tells of their health: it has no `Display`, and its `Debug` shows nothing.
///
/// It deserialises like what it holds. It serialises only where a field says so with [`stored`], which is for what goes
/// to our encrypted table or to the caller's ear, never to a log.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phi<T>(T);

impl<T> Phi<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// The value, unwrapped. Whoever calls this answers for where it goes.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phi(..)")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Phi<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T> From<T> for Phi<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// `#[serde(serialize_with = "phi::stored")]`: writes the value out, for storage under our key.
///
/// # Errors
/// Those of the serialiser.
pub fn stored<T: Serialize, S: Serializer>(value: &Phi<T>, serializer: S) -> Result<S::Ok, S::Error> {
    value.0.serialize(serializer)
}

/// As [`stored`], for a list.
///
/// # Errors
/// Those of the serialiser.
pub fn stored_list<T: Serialize, S: Serializer>(values: &[Phi<T>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(|value| &value.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_the_value() {
        let shown = format!("{:?} {:#?}", Phi::new("1987-09-12"), Some(Phi::new(vec!["warfarin"])));
        assert!(!shown.contains("1987") && !shown.contains("warfarin"), "{shown}");
    }
}
