//! Results that outlive their first page: `next` links carry an opaque session that expires.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;

use crate::state::Version;

/// What a search found.
pub(super) struct Results {
    pub(super) version: Version,
    pub(super) resource_type: &'static str,
    /// The patient whose chart was searched: checked for restrictions on every page.
    pub(super) patient_id: Option<String>,
    pub(super) rows: Vec<Row>,
    pub(super) page_size: usize,
    /// Whether the Medications that the rows refer to come along.
    pub(super) includes_medications: bool,
    /// Codes of this search's warnings.
    pub(super) warnings: Vec<u32>,
}

/// One resource found.
pub(super) struct Row {
    pub(super) resource: Arc<Value>,
    /// False for what a post-filter takes out of its page again.
    pub(super) kept: bool,
}

/// A page of results: where it begins.
pub(super) struct Page {
    pub(super) results: Arc<Results>,
    pub(super) offset: usize,
}

impl From<Results> for Page {
    fn from(results: Results) -> Self {
        Self { results: Arc::new(results), offset: 0 }
    }
}

/// The `next` links that are out.
#[derive(Default)]
pub(crate) struct PageSessions(BTreeMap<String, Session>);

struct Session {
    results: Arc<Results>,
    offset: usize,
    until: Timestamp,
}

impl PageSessions {
    /// Keeps a page for later; its opaque name.
    pub(super) fn keep(&mut self, page: Page, until: Timestamp) -> String {
        let mut bytes = [0; 24];
        #[expect(clippy::expect_used, reason = "a system without randomness can't run a test either")]
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        let name = URL_SAFE_NO_PAD.encode(bytes);
        self.0.insert(name.clone(), Session { results: page.results, offset: page.offset, until });
        name
    }

    /// The page of this name, unless it has expired. A link can be followed again.
    pub(super) fn open(&self, name: &str, now: Timestamp) -> Option<Page> {
        let session = self.0.get(name).filter(|session| now < session.until)?;
        Some(Page { results: Arc::clone(&session.results), offset: session.offset })
    }

    pub(crate) fn expire(&mut self) {
        self.0.clear();
    }
}
