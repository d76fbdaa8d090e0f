//! How one customer's Epic is set up: what differs from site to site and can be changed while the simulator runs.

use std::time::Duration;

use serde::Deserialize;

/// One customer's set-up. `Default` is Epic since February 2026 with a search that takes phone, birth date and gender.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
pub struct Site {
    /// The forms in which a `telecom` parameter finds a number. Epic stores and finds NNN-NNN-NNNN; some sites take E.164.
    pub phone_formats: Vec<PhoneFormat>,
    /// Which sets of criteria a patient search takes.
    pub minimum_data_sets: MinimumDataSets,
    /// What a `POST {type}/_search` reads.
    pub post_search: PostSearch,
    /// Whether `_include=MedicationRequest:medication` brings the Medications along.
    pub includes: bool,
    /// Matches on a page; `_count` can only lower it.
    pub page_size: usize,
    /// Whether status and category are applied after fetching (as Epic does for some parameters since May 2024): pages
    /// are then short or empty and still have a `next`.
    pub post_filter: bool,
    /// How long a `next` link lives.
    #[serde(with = "seconds")]
    pub page_session_lifetime: Duration,
    /// What a search or read of a restricted chart answers.
    pub restricted_answer: RestrictedAnswer,
    /// Codes of warnings that ride on every search answer, such as 4119 and 59204.
    pub warnings: Vec<u32>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            phone_formats: vec![PhoneFormat::Dashed],
            minimum_data_sets: MinimumDataSets::WithoutName,
            post_search: PostSearch::ReadsBody,
            includes: true,
            page_size: 100,
            post_filter: false,
            page_session_lifetime: Duration::from_secs(15 * 60),
            restricted_answer: RestrictedAnswer::Refused { code: 4130 },
            warnings: Vec::new(),
        }
    }
}

/// The form of a phone number in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneFormat {
    /// `469-555-5555`, as Epic stores it.
    Dashed,
    /// `4695555555`.
    Digits,
    /// `+14695555555`.
    E164,
    /// `(469) 555-5555`.
    Parenthesised,
}

/// Which criteria must come together before a patient search is made at all. Below them the answer is warning 59133.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MinimumDataSets {
    /// Epic's defaults since May 2019: id; identifier; given, family and birth date; given, family, gender and phone or
    /// e-mail.
    EpicDefault,
    /// Those, and a birth date with a phone, an e-mail or a family name.
    WithoutName,
}

/// What `POST {type}/_search` reads. Epic changed it in February 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostSearch {
    /// The body; of the query string only `_format`.
    ReadsBody,
    /// Only the query string, as before: without one the search is refused with 4110.
    IgnoresBody,
    /// Only the query string: without one everything is returned.
    IgnoresBodyUnfiltered,
}

/// What is answered for a chart under Break-the-Glass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestrictedAnswer {
    /// 403 with an `OperationOutcome` of this code: 4130 or 4131.
    Refused {
        /// Epic's code.
        code: u32,
    },
    /// 200 with a Bundle that holds warning 4134 in the chart's place. A read is refused with 4130.
    InBundle,
}

mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_secs)
    }
}
