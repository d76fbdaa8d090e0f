//! Decoding JSON with errors that say where and what kind, never what stood there.
//!
//! serde's own messages echo values (``invalid type: string "Jane Doe 1970-01-01"``), so they are dropped here.

use serde::Deserialize;
use serde_json::error::Category;

/// JSON that is not what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the JSON expected: {category} at {path}, line {line}, column {column}")]
pub struct DecodeError {
    /// The field's path, such as `entry[3].resource`, where a field that we know has another type; a key that doesn't look
    /// like a field's name is shown as `*`. `.` where the JSON itself is broken: that can be within fields of any name.
    pub path: String,
    /// `syntax`, `data`, `end of input` or `input/output`.
    pub category: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// Decodes `bytes`, borrowing from them where the type allows it.
///
/// # Errors
/// [`DecodeError`], which repeats nothing of the input.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        // Only what we read has a type to be wrong. What is skipped has keys that may be anybody's name.
        let path = if error.inner().is_data() { safe_path(error.path()) } else { ".".to_owned() };
        DecodeError::new(path, error.inner())
    })?;
    deserializer.end().map_err(|error| DecodeError::new(".".to_owned(), &error))?;
    Ok(value)
}

impl DecodeError {
    fn new(path: String, error: &serde_json::Error) -> Self {
        let category = match error.classify() {
            Category::Io => "input/output",
            Category::Syntax => "syntax",
            Category::Data => "data",
            Category::Eof => "end of input",
        };
        Self { path, category, line: error.line(), column: error.column() }
    }
}

fn safe_path(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                // Field names are camelCase or snake_case words; anything else may be data used as a key.
                let is_name = key.len() <= 40 && key.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
                text.push('.');
                text.push_str(if is_name { key } else { "*" });
            }
            Segment::Unknown => text.push_str(".?"),
        }
    }
    if text.is_empty() { ".".to_owned() } else { text.trim_start_matches('.').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Patient {
        #[expect(dead_code, reason = "only decoded")]
        active: bool,
    }

    #[test]
    fn an_error_tells_the_place_and_never_the_value() {
        let error = decode::<Vec<Patient>>(br#"[{"active": "Jane Doe 1970-01-01"}]"#).unwrap_err();
        assert_eq!(error.path, "[0].active");
        assert!(!error.to_string().contains("Jane") && !format!("{error:?}").contains("1970"));
    }

    #[test]
    fn a_key_that_is_nobodys_field_is_not_told_where_the_json_breaks_below_it() {
        for broken in [r#"[{"JaneDoe": tru"#, r#"[{"JaneDoe": {"warfarin": nul}}]"#, r#"[{"JaneDoe": [1"#] {
            let error = decode::<Vec<Patient>>(broken.as_bytes()).unwrap_err();
            assert_eq!(error.path, ".", "{error}");
        }
    }

    #[test]
    fn what_follows_the_value_is_an_error() {
        assert_eq!(decode::<bool>(b"true false").unwrap_err().category, "syntax");
    }
}
