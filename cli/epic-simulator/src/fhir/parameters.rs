//! A search's parameters, from where this Epic reads them.

use crate::server::Incoming;
use crate::site::PostSearch;

/// Parameters in the order they were sent; a name can stand several times.
pub(super) struct Parameters {
    read: Vec<(String, String)>,
    /// Whether parameters were sent in a place that isn't read, and the site then answers with everything.
    pub(super) unfiltered: bool,
}

/// The parameter of a page link.
pub(super) const PAGE_SESSION: &str = "sessionID";

impl Parameters {
    /// Of a POST, since February 2026, the query string is ignored (but for `_format`); before that, the body.
    pub(super) fn read(incoming: &Incoming, post_search: PostSearch) -> Self {
        let query = incoming.head.uri.query().unwrap_or_default().as_bytes();
        let posted = incoming.head.method == axum::http::Method::POST;
        let source = if posted && post_search == PostSearch::ReadsBody { incoming.body.as_ref() } else { query };
        let mut read: Vec<(String, String)> = form_urlencoded::parse(source).into_owned().collect();
        read.retain(|(name, value)| name != "_format" && !value.is_empty());
        let unfiltered = posted && post_search == PostSearch::IgnoresBodyUnfiltered && read.is_empty();
        Self { read, unfiltered }
    }

    /// The first value of a parameter.
    pub(super) fn first(&self, name: &'static str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of a parameter, as it was sent.
    pub(super) fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.read.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter, those joined by commas apart: any of them may match.
    pub(super) fn any_of(&self, name: &'static str) -> Vec<&str> {
        self.all(name).flat_map(|values| values.split(',')).filter(|value| !value.is_empty()).collect()
    }

    pub(super) fn page_session(&self) -> Option<&str> {
        self.first(PAGE_SESSION)
    }

    /// The names, without repetition.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (name, _) in &self.read {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// Whether a parameter stands there that isn't among `known`, or among those every search knows.
    pub(super) fn has_unknown(&self, known: &[&str]) -> bool {
        let general = ["_count", "_include", "_revinclude", "_id"];
        self.read.iter().any(|(name, _)| !known.contains(&name.as_str()) && !general.contains(&name.as_str()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// How many matches a page may have at most.
    pub(super) fn count(&self) -> Option<usize> {
        self.first("_count").and_then(|count| count.parse().ok()).filter(|count| *count > 0)
    }
}
