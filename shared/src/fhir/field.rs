//! Fields of a resource, read so that one of the wrong type doesn't lose the rest, and isn't mistaken for absent.

use std::fmt;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::json::{self, DecodeError};

/// A field: not there, there, or there in a form that can't be read. Whoever uses it decides what the last one means;
/// where a missing field is harmless, a malformed one often isn't (`doNotPerform`, `deceasedBoolean`).
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// Not there, or `null`.
    #[default]
    Absent,
    /// There.
    Read(T),
    /// There, in another form than FHIR says.
    Malformed,
}

impl<T> Field<T> {
    /// The value, if it is there and was read.
    pub fn read(&self) -> Option<&T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Absent | Self::Malformed => None,
        }
    }

    /// Whether it is there at all, in whatever form.
    pub fn is_present(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Whether it is there and can't be read.
    pub fn is_malformed(&self) -> bool {
        matches!(self, Self::Malformed)
    }
}

/// Fields hold what charts hold: only whether it was read is shown.
impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "Absent",
            Self::Read(_) => "Read(..)",
            Self::Malformed => "Malformed",
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        if raw.get() == "null" {
            return Ok(Self::Absent);
        }
        Ok(item(raw).map_or(Self::Malformed, Self::Read))
    }
}

/// How many items of a repeating element are read. Charts have some dozens; bytes that are sent as thousands of empty items
/// would fill more memory than there is.
const MOST_ITEMS: usize = 1_000;

/// A repeating element: each item is read for itself.
#[derive(Clone, PartialEq, Eq)]
pub struct List<T> {
    /// The items that could be read, in order.
    pub items: Vec<T>,
    /// Whether there was something that could not: an item, the whole, or more items than are read.
    pub malformed: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), malformed: false }
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "List({} items, malformed: {})", self.items.len(), self.malformed)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut list = Self::default();
        let raw = <&RawValue>::deserialize(deserializer)?;
        if raw.get() == "null" {
            return Ok(list);
        }
        let Ok(items) = <Vec<&RawValue>>::deserialize(raw) else {
            list.malformed = true;
            return Ok(list);
        };
        list.malformed = items.len() > MOST_ITEMS;
        for raw in items.into_iter().take(MOST_ITEMS) {
            match item(raw) {
                Some(item) => list.items.push(item),
                None => list.malformed = true,
            }
        }
        Ok(list)
    }
}

/// Something that is there; what it is isn't read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present;

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// Reads a value that is no array. serde would take an array for a struct's fields in order, which FHIR never means.
fn item<'de, T: Deserialize<'de>>(raw: &'de RawValue) -> Option<T> {
    if raw.get().starts_with('[') { None } else { T::deserialize(raw).ok() }
}

/// Reads a resource: a JSON object, and nothing that serde would take for one.
///
/// # Errors
/// [`DecodeError`].
pub fn resource<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, DecodeError> {
    if json.trim_ascii_start().starts_with(b"{") {
        json::decode(json)
    } else {
        Err(DecodeError { path: ".".to_owned(), category: "data", line: 1, column: 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Thing {
        flag: Field<bool>,
        words: List<String>,
    }

    #[test]
    fn a_field_of_the_wrong_type_is_malformed_and_the_rest_is_read() {
        let thing: Thing = json::decode(br#"{"flag": "yes", "words": ["a", 1, "b"], "more": {}}"#).unwrap();
        assert!(thing.flag.is_malformed());
        assert_eq!(thing.words.items, ["a", "b"]);
        assert!(thing.words.malformed);
    }

    #[test]
    fn an_array_is_never_taken_for_an_object() {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Outer {
            thing: Field<Thing>,
            things: List<Thing>,
        }
        let outer: Outer = json::decode(br#"{"thing": [true], "things": [[true], {"flag": true}]}"#).unwrap();
        assert!(outer.thing.is_malformed());
        assert!(outer.things.malformed && outer.things.items.len() == 1);
        assert!(resource::<Thing>(b"[true]").is_err() && resource::<Thing>(b" {}").is_ok());
    }

    #[test]
    fn a_list_of_more_items_than_any_chart_has_is_read_in_part_and_malformed() {
        for (count, malformed) in [(MOST_ITEMS, false), (MOST_ITEMS + 1, true)] {
            let words = vec![r#""a""#; count].join(",");
            let thing: Thing = json::decode(format!(r#"{{"words": [{words}]}}"#).as_bytes()).unwrap();
            assert_eq!((thing.words.items.len(), thing.words.malformed), (MOST_ITEMS, malformed));
        }
    }

    #[test]
    fn null_and_nothing_are_absent() {
        for text in ["{}", r#"{"flag": null, "words": null}"#] {
            let thing: Thing = json::decode(text.as_bytes()).unwrap();
            assert!(!thing.flag.is_present() && thing.words.items.is_empty() && !thing.words.malformed, "{text}");
        }
    }

    #[test]
    fn debug_shows_no_value() {
        assert_eq!(format!("{:?}", Field::Read("warfarin")), "Read(..)");
        assert!(!format!("{:?}", List { items: vec!["warfarin"], malformed: false }).contains("warfarin"));
    }
}
