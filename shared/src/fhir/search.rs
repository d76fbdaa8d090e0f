//! A search, and the pages that answered it.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::bundle::{Bundle, BundleEntry, Next, Typed};
use super::field::{self, Field};
use super::operation_outcome::{Issue, IssueKind, OperationOutcome};
use crate::json::DecodeError;

/// How the parameters travel. Never both ways: each version of Epic ignores one of them when both are there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SearchMethod {
    /// `POST {Type}/_search` with a form: birth dates and phone numbers stay out of URLs, and so out of others' logs.
    #[default]
    Post,
    /// `GET {Type}?…`, for an Epic before 2026.
    Get,
}

/// What to search for. It holds what a caller said, so its `Debug` shows the names of the parameters only.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// The type of resource wanted.
    pub resource_type: &'static str,
    /// Names and values, in order.
    pub parameters: &'a [(&'static str, &'a str)],
    /// How they travel.
    pub method: SearchMethod,
    /// How many pages are read at most; what is beyond is reported as [`SearchSet::truncated`].
    pub page_limit: usize,
}

impl fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.parameters.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        write!(f, "Search({} by {})", self.resource_type, names.join(", "))
    }
}

/// The pages that answered a search.
#[derive(Default)]
pub struct SearchSet {
    pub(super) pages: Vec<Vec<u8>>,
    pub(super) truncated: bool,
}

/// An entry of an answer.
pub enum Entry<'a> {
    /// A resource that says what it is.
    Resource(EntryResource<'a>),
    /// Something that is no resource.
    Malformed,
}

/// A resource of an answer, not read further than its type.
pub struct EntryResource<'a> {
    /// Its type. A server can put anything into an answer: check it.
    pub resource_type: Cow<'a, str>,
    /// Why the server put it there; `None` when it doesn't say. The type is what counts.
    pub mode: Option<Mode>,
    /// Its URL, which others in the answer may refer to.
    pub full_url: Option<Cow<'a, str>>,
    raw: &'a RawValue,
}

/// Why a server put an entry into an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It matched.
    Match,
    /// A match refers to it.
    Include,
    /// It is about the answer.
    Outcome,
}

impl<'a> EntryResource<'a> {
    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.raw.get().len()
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode<T: Deserialize<'a>>(&self) -> Result<T, DecodeError> {
        field::resource(self.raw.get().as_bytes())
    }
}

impl SearchSet {
    /// A set of the one page that was read; truncated where the page says that there is another.
    pub fn of_page(page: Vec<u8>) -> Self {
        let is_last = Bundle::decode(&page).is_ok_and(|bundle| matches!(bundle.next(), Next::None));
        let mut set = Self { pages: Vec::new(), truncated: !is_last };
        set.push(page);
        set
    }

    /// Adds a page. Of one with more entries than are read, the rest is missing.
    pub(super) fn push(&mut self, page: Vec<u8>) {
        self.truncated |= Bundle::decode(&page).is_ok_and(|bundle| bundle.is_too_long());
        self.pages.push(page);
    }

    /// Whether there is room for another page where so many pages, and so many bytes, are the most.
    pub(super) fn has_room(&self, pages: usize, bytes: usize) -> bool {
        self.pages.len() < pages && self.pages.iter().map(Vec::len).sum::<usize>() < bytes
    }

    /// The entries of all pages, in order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.pages.iter().flat_map(|page| Bundle::decode(page).map(Bundle::entries).unwrap_or_default()).map(entry)
    }

    /// The resources of type `resource_type`, whatever the server says why it put them there.
    pub fn resources(&self, resource_type: &str) -> impl Iterator<Item = EntryResource<'_>> {
        self.entries().filter_map(move |entry| match entry {
            Entry::Resource(resource) if resource.resource_type == resource_type => Some(resource),
            Entry::Resource(_) | Entry::Malformed => None,
        })
    }

    /// What the server says about its answer. None of them is a failure: those ended the search as an error.
    pub fn issues(&self) -> Vec<Issue> {
        self.pages.iter().flat_map(|page| issues(page)).collect()
    }

    /// Whether there are matches that were not read: on pages beyond the limit, in a loop, at another server, or failing;
    /// on a page with more entries than are read; or on none, where the server counts more of them than it gave.
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    /// Whether the server counts more matches of `resource_type` than there are. Fewer is no fault: it may have counted
    /// before it filtered, and one that can't be read counts as there.
    pub(super) fn lacks_matches(&self, resource_type: &str) -> bool {
        let totals = self.pages.iter().filter_map(|page| Bundle::decode(page).ok()?.total.read().copied());
        let is_match = |entry: &Entry<'_>| match entry {
            Entry::Resource(resource) => {
                resource.resource_type == resource_type && !matches!(resource.mode, Some(Mode::Include | Mode::Outcome))
            }
            Entry::Malformed => true,
        };
        let total = totals.max().unwrap_or_default();
        total > 0 && usize::try_from(total).is_ok_and(|total| self.entries().filter(is_match).count() < total)
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }
}

impl fmt::Debug for SearchSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SearchSet({} pages, truncated: {})", self.pages.len(), self.truncated)
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resource(_) => "Resource(..)",
            Self::Malformed => "Malformed",
        })
    }
}

impl fmt::Debug for EntryResource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntryResource(..)")
    }
}

/// The issues of a page's `OperationOutcome` entries. One that can't be read is a warning that we don't know.
pub(super) fn issues(page: &[u8]) -> Vec<Issue> {
    let unreadable = Issue { kind: IssueKind::Partial, fatal: false, code: None };
    let mut issues = Vec::new();
    for raw in Bundle::decode(page).map(Bundle::entries).unwrap_or_default() {
        let Entry::Resource(resource) = entry(raw) else { continue };
        if resource.resource_type == "OperationOutcome" {
            match resource.decode::<OperationOutcome>() {
                Ok(outcome) => issues.extend(outcome.issues()),
                Err(_) => issues.push(unreadable),
            }
        }
    }
    issues
}

fn entry(raw: &RawValue) -> Entry<'_> {
    let read = || {
        let entry: BundleEntry<'_> = field::resource(raw.get().as_bytes()).ok()?;
        let resource = entry.resource?;
        let typed: Typed<'_> = field::resource(resource.get().as_bytes()).ok()?;
        let Field::Read(resource_type) = typed.resource_type else { return None };
        let mode = entry.search.read().and_then(|search| match search.mode.read()?.as_str() {
            "match" => Some(Mode::Match),
            "include" => Some(Mode::Include),
            "outcome" => Some(Mode::Outcome),
            _ => None,
        });
        let full_url = match entry.full_url {
            Field::Read(url) => Some(url),
            Field::Absent | Field::Malformed => None,
        };
        Some(EntryResource { resource_type, mode, full_url, raw: resource })
    };
    read().map_or(Entry::Malformed, Entry::Resource)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search_set(entries: &str) -> SearchSet {
        let page = format!(r#"{{"resourceType": "Bundle", "type": "searchset", "entry": [{entries}]}}"#);
        SearchSet::of_page(page.into_bytes())
    }

    #[test]
    fn an_entry_that_is_no_resource_is_malformed_and_the_rest_is_read() {
        let set = search_set(
            r#"7, {}, {"resource": null}, {"resource": {"id": "x"}}, {"resource": {"resourceType": 1}},
               {"resource": {"resourceType": "Patient", "id": "p1"}, "search": {"mode": "match"}}"#,
        );
        assert_eq!(set.entries().filter(|entry| matches!(entry, Entry::Malformed)).count(), 5);
        let patient = set.resources("Patient").next().unwrap();
        assert_eq!(patient.mode, Some(Mode::Match));
    }

    #[test]
    fn a_page_of_more_entries_than_any_server_sends_is_read_in_part_and_the_answer_is_truncated() {
        let entry = r#"{"resource": {"resourceType": "Patient"}}"#;
        for (count, truncated) in [(2_000, false), (2_001, true)] {
            let set = search_set(&vec![entry; count].join(","));
            assert_eq!((set.resources("Patient").count(), set.truncated()), (2_000, truncated));
        }
    }

    #[test]
    fn an_outcome_as_the_first_entry_is_not_a_match() {
        let set = search_set(
            r#"{"resource": {"resourceType": "OperationOutcome", "id": "o1",
                 "issue": [{"severity": "warning", "details": {"coding": [{"code": "4101"}]}}]},
                "search": {"mode": "outcome"}}"#,
        );
        assert_eq!(set.resources("Patient").count(), 0);
        assert_eq!(set.issues()[0].kind, IssueKind::NothingFound);
    }

    #[test]
    fn a_search_shows_the_names_of_its_parameters_only() {
        let parameters = [("birthdate", "1987-09-12")];
        let search =
            Search { resource_type: "Patient", parameters: &parameters, method: SearchMethod::Post, page_limit: 1 };
        assert_eq!(format!("{search:?}"), "Search(Patient by birthdate)");
    }
}
