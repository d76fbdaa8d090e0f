//! What was given: a resource, a Bundle, or several of them, one after the other.

use serde::Deserialize;
use serde_json::value::RawValue;
use shared::fhir::SearchSet;
use shared::fhir::field::{self, Field};

use super::PreviewError;

/// What a set of resources is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Bundle: heard as a patient's list.
    Bundle,
    /// Resources by themselves: each is heard.
    Resources,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Typed {
    resource_type: Field<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Batch<'a> {
    #[serde(borrow)]
    entry: Vec<BatchEntry<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BatchEntry<'a> {
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
}

/// A Bundle is one set; each Bundle in it, the answer to one request of a batch, is one by itself.
fn bundles(bundle: &str, sets: &mut Vec<(Kind, SearchSet)>) {
    let read = field::resource::<Batch<'_>>(bundle.as_bytes()).unwrap_or_default();
    let nested = |entry: &BatchEntry<'_>| {
        let resource = entry.resource?.get();
        let typed = field::resource::<Typed>(resource.as_bytes()).ok()?;
        typed.resource_type.read().is_some_and(|name| name == "Bundle").then(|| resource.to_owned())
    };
    let within = read.entry.iter().filter_map(nested).collect::<Vec<_>>();
    if within.is_empty() {
        sets.push((Kind::Bundle, SearchSet::of_page(bundle.as_bytes().to_vec())));
    }
    for bundle in within {
        bundles(&bundle, sets);
    }
}

/// The sets in `json`: each Bundle is one, and all that isn't in a Bundle is one together, so that one may refer to
/// another.
pub(super) fn sets(json: &[u8]) -> Result<Vec<(Kind, SearchSet)>, PreviewError> {
    let mut sets = Vec::new();
    let mut resources = Vec::new();
    // Some editors begin a file with a byte order mark.
    let json = json.strip_prefix("\u{feff}".as_bytes()).unwrap_or(json);
    let values = serde_json::Deserializer::from_slice(json).into_iter::<&RawValue>();
    for (index, value) in values.enumerate() {
        let number = index + 1;
        let value = value.map_err(|error| {
            let (line, column) = (error.line(), error.column());
            PreviewError::Json { number, line, column }
        })?;
        let typed = field::resource::<Typed>(value.get().as_bytes()).unwrap_or_default();
        let resource_type = typed.resource_type.read().ok_or(PreviewError::NoResource { number })?;
        if resource_type == "Bundle" {
            bundles(value.get(), &mut sets);
        } else {
            resources.push(value.get());
        }
    }
    if !resources.is_empty() {
        let entries = resources.iter().map(|resource| format!(r#"{{"resource":{resource}}}"#)).collect::<Vec<_>>();
        let bundle = format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(","));
        sets.push((Kind::Resources, SearchSet::of_page(bundle.into_bytes())));
    }
    if sets.is_empty() { Err(PreviewError::Empty) } else { Ok(sets) }
}
