//! A page of a searchset, borrowed from the bytes that came: each entry is kept as it is until somebody reads it.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::field::{self, Field, List};
use crate::json::DecodeError;

/// How many entries of a page are read. Epic sends a thousand at most; bytes that are sent as a hundred thousand small ones
/// would be as many medications.
const MOST_ENTRIES: usize = 2_000;

/// FHIR's `Bundle`, as far as a search needs it.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Bundle<'a> {
    pub(super) resource_type: Field<String>,
    /// How many resources match, over all pages, as the server counts.
    pub(super) total: Field<u64>,
    link: List<BundleLink>,
    #[serde(borrow)]
    entry: Option<Vec<&'a RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BundleLink {
    relation: Field<String>,
    url: Field<String>,
}

/// One entry, with its resource still unread.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct BundleEntry<'a> {
    #[serde(borrow)]
    pub(super) full_url: Field<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) resource: Option<&'a RawValue>,
    pub(super) search: Field<BundleEntrySearch>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct BundleEntrySearch {
    pub(super) mode: Field<String>,
}

/// What of a resource says what it is.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Typed<'a> {
    #[serde(borrow)]
    pub(super) resource_type: Field<Cow<'a, str>>,
}

/// Where the next page is.
pub(super) enum Next<'a> {
    /// Nowhere: this is the last.
    None,
    /// There.
    At(&'a str),
    /// A link is there and can't be read: there is more, and no way to it.
    Malformed,
}

impl<'a> Bundle<'a> {
    pub(super) fn decode(page: &'a [u8]) -> Result<Self, DecodeError> {
        field::resource(page)
    }

    pub(super) fn is_bundle(&self) -> bool {
        self.resource_type.read().is_some_and(|name| name == "Bundle")
    }

    pub(super) fn next(&self) -> Next<'_> {
        let next = self.link.items.iter().find(|link| link.relation.read().is_some_and(|name| name == "next"));
        match next {
            Some(BundleLink { url: Field::Read(url), .. }) => Next::At(url),
            Some(_) => Next::Malformed,
            None if self.link.malformed => Next::Malformed,
            None => Next::None,
        }
    }

    pub(super) fn entries(self) -> Vec<&'a RawValue> {
        let mut entries = self.entry.unwrap_or_default();
        entries.truncate(MOST_ENTRIES);
        entries
    }

    /// Whether it has more entries than are read.
    pub(super) fn is_too_long(&self) -> bool {
        self.entry.as_ref().is_some_and(|entries| entries.len() > MOST_ENTRIES)
    }
}
