//! `OperationOutcome`: what the server says about its answer, told by Epic's codes.
//!
//! Epic's codes are numbers in `details.coding.code`; the coding's system is an OID that differs per customer, so the
//! number alone counts. Another server has FHIR's own `issue.code`, which is read where there is no number.

use serde::Deserialize;

use super::error::FhirError;
use super::field::{Field, List};

/// Epic's codes have four or five digits. A longer number in their place is none, and may be somebody's: it isn't kept.
const HIGHEST_CODE: u32 = 99_999;

/// What an issue means for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssueKind {
    /// The search matched nothing (4101).
    NothingFound,
    /// The answer may lack something, or may be to another question than ours (4119, 59204, an ignored parameter).
    Partial,
    /// The client or its user may not read this (4118).
    NotAuthorized,
    /// The request is at fault (4100, 4102, 4110, …).
    BadRequest,
    /// Break-the-glass (4130, 4131, 4134): policy.
    Restricted,
    /// Too many matches, or too little to search by (4127, 59133).
    TooMany,
    /// Merged into another record (4107).
    Merged,
    /// The paging session expired (4113): the search is to be run again.
    SessionExpired,
    /// No such resource, or deleted (4103).
    NotFound,
    /// The server failed.
    Failure,
    /// Nothing that changes what the answer means.
    Remark,
}

/// An issue, classified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Issue {
    /// What it means.
    pub kind: IssueKind,
    /// Whether the server calls it an error or fatal.
    pub fatal: bool,
    /// Epic's code.
    pub code: Option<u32>,
}

impl Issue {
    /// The error that this issue is, also in an answer of status 200. `None` for what leaves the answer usable.
    pub fn failure(self) -> Option<FhirError> {
        let code = self.code;
        match self.kind {
            IssueKind::Restricted => Some(FhirError::Restricted),
            IssueKind::SessionExpired => Some(FhirError::SessionExpired),
            IssueKind::TooMany => Some(FhirError::TooMany { code }),
            IssueKind::Merged => Some(FhirError::Merged),
            IssueKind::NothingFound | IssueKind::Remark => None,
            IssueKind::Partial | IssueKind::Failure if self.fatal => Some(FhirError::Failure { code }),
            IssueKind::NotAuthorized if self.fatal => Some(FhirError::NotAuthorized { code }),
            IssueKind::BadRequest if self.fatal => Some(FhirError::BadRequest { code }),
            IssueKind::NotFound if self.fatal => Some(FhirError::NotFound),
            IssueKind::Partial
            | IssueKind::Failure
            | IssueKind::NotAuthorized
            | IssueKind::BadRequest
            | IssueKind::NotFound => None,
        }
    }

    /// Whether the answer may lack something because of it: any warning but "nothing found".
    pub fn makes_partial(self) -> bool {
        !matches!(self.kind, IssueKind::NothingFound | IssueKind::Remark)
    }
}

/// FHIR's `OperationOutcome`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OperationOutcome {
    resource_type: Field<String>,
    issue: List<RawIssue>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct RawIssue {
    severity: Field<String>,
    code: Field<String>,
    details: Field<Details>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Details {
    coding: List<DetailsCoding>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct DetailsCoding {
    code: Field<String>,
}

impl OperationOutcome {
    /// Whether this is one at all: an error's body can be anything.
    pub fn is_one(&self) -> bool {
        self.resource_type.read().is_some_and(|name| name == "OperationOutcome")
    }

    /// Its issues, classified. One that can't be read is taken for a warning that we don't know.
    pub fn issues(&self) -> impl Iterator<Item = Issue> {
        let unreadable = Issue { kind: IssueKind::Partial, fatal: false, code: None };
        let readable = self.issue.items.iter().map(RawIssue::classify);
        readable.chain(self.issue.malformed.then_some(unreadable))
    }
}

impl RawIssue {
    fn classify(&self) -> Issue {
        let severity = self.severity.read().map_or("warning", String::as_str);
        let fatal = matches!(severity, "fatal" | "error");
        let codings = || self.details.read().into_iter().flat_map(|details| &details.coding.items);
        let codes = || codings().filter_map(|coding| coding.code.read());
        // Several codings say the same in several systems; the first number that we know decides.
        let known = codes().find_map(|code| code.parse().ok().and_then(|code| Some((code, kind_of(code)?))));
        if let Some((code, kind)) = known {
            return Issue { kind, fatal, code: Some(code) };
        }
        let code = codes().find_map(|code| code.parse().ok()).filter(|code| *code <= HIGHEST_CODE);
        // HL7's own way to say "break the glass": https://hl7.org/fhir/R4/operationoutcome-example-break-the-glass.html
        if codes().any(|code| code == "ETREAT") {
            return Issue { kind: IssueKind::Restricted, fatal, code };
        }
        let kind = match (severity, self.code.read().map_or("", String::as_str)) {
            // However lightly it is said: something is not there.
            (_, "incomplete") => IssueKind::Partial,
            ("information" | "success", _) => IssueKind::Remark,
            ("fatal" | "error", "security" | "login" | "unknown" | "expired" | "forbidden" | "suppressed") => {
                IssueKind::NotAuthorized
            }
            ("fatal" | "error", "not-found" | "deleted") => IssueKind::NotFound,
            ("fatal" | "error", "too-costly") => IssueKind::TooMany,
            (
                "fatal" | "error",
                "invalid" | "structure" | "required" | "value" | "invariant" | "not-supported" | "code-invalid"
                | "too-long" | "extension" | "business-rule",
            ) => IssueKind::BadRequest,
            ("fatal" | "error", _) => IssueKind::Failure,
            // A warning that we don't know is one all the same.
            _ => IssueKind::Partial,
        };
        Issue { kind, fatal, code }
    }
}

/// Epic's codes (fhir.epic.com/Specifications, "error codes"; sources in the comments of the table are Epic's own words).
fn kind_of(code: u32) -> Option<IssueKind> {
    Some(match code {
        4101 => IssueKind::NothingFound,
        // 4119: the record may be incomplete. 4122, 59100, 59101, 59109: a parameter was not understood and is ignored.
        // 59204, 59205: a part of the resource, or outside records, the client or user is not authorised for.
        4119 | 4122 | 59100 | 59101 | 59109 | 59204 | 59205 => IssueKind::Partial,
        4118 => IssueKind::NotAuthorized,
        4100 | 4102 | 4110 | 4111 | 4112 | 4115 | 59102 | 59108 | 59111 => IssueKind::BadRequest,
        4130 | 4131 | 4134 => IssueKind::Restricted,
        4127 | 59133 => IssueKind::TooMany,
        4107 => IssueKind::Merged,
        4113 => IssueKind::SessionExpired,
        4103 | 59144 => IssueKind::NotFound,
        4135 | 59159 | 59177 => IssueKind::Failure,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn classify(severity: &str, code: &str, epic: &str) -> Issue {
        let json = format!(
            r#"{{"resourceType": "OperationOutcome", "issue": [{{"severity": "{severity}", "code": "{code}",
                "details": {{"coding": [{{"system": "urn:oid:1.2.840.114350.1.13.861.1.7.2.657369", "code": "{epic}"}}]}}}}]}}"#
        );
        let outcome: OperationOutcome = json::decode(json.as_bytes()).unwrap();
        assert!(outcome.is_one());
        outcome.issues().next().unwrap()
    }

    #[test]
    fn epics_number_decides_whatever_its_system_and_fhirs_code() {
        use IssueKind::{
            BadRequest, Merged, NotAuthorized, NothingFound, Partial, Restricted, SessionExpired, TooMany,
        };
        for (epic, kind) in [
            ("4101", NothingFound),
            ("4119", Partial),
            ("59204", Partial),
            ("4118", NotAuthorized),
            ("4100", BadRequest),
            ("4110", BadRequest),
            ("59108", BadRequest),
            ("4130", Restricted),
            ("4131", Restricted),
            ("4134", Restricted),
            ("4127", TooMany),
            ("4107", Merged),
            ("4113", SessionExpired),
        ] {
            assert_eq!(classify("warning", "processing", epic).kind, kind, "{epic}");
        }
    }

    #[test]
    fn nothing_found_is_no_failure_even_when_the_server_calls_it_fatal() {
        assert_eq!(classify("fatal", "not-found", "4101").failure(), None);
    }

    #[test]
    fn an_error_in_a_successful_answer_is_a_failure_and_a_warning_makes_it_partial() {
        assert_eq!(classify("fatal", "x", "59177").failure(), Some(FhirError::Failure { code: Some(59177) }));
        assert_eq!(classify("error", "forbidden", "").failure(), Some(FhirError::NotAuthorized { code: None }));
        assert_eq!(classify("fatal", "code-invalid", "").failure(), Some(FhirError::BadRequest { code: None }));
        let warning = classify("warning", "processing", "4119");
        assert!(warning.failure().is_none() && warning.makes_partial());
        let remark = classify("information", "informational", "");
        assert!(remark.failure().is_none() && !remark.makes_partial());
    }

    #[test]
    fn an_incomplete_answer_is_partial_at_any_severity() {
        for severity in ["information", "success", "warning"] {
            let issue = classify(severity, "incomplete", "");
            assert!(issue.makes_partial() && issue.failure().is_none(), "{severity}");
        }
        assert_eq!(classify("error", "incomplete", "").kind, IssueKind::Partial);
        assert!(!classify("information", "informational", "").makes_partial());
    }

    #[test]
    fn a_restricted_chart_is_restricted_at_any_severity() {
        assert_eq!(classify("information", "suppressed", "4134").failure(), Some(FhirError::Restricted));
        assert_eq!(classify("information", "suppressed", "ETREAT").failure(), Some(FhirError::Restricted));
    }

    #[test]
    fn an_unknown_warning_makes_the_answer_partial() {
        assert!(classify("warning", "processing", "99999").makes_partial());
        assert_eq!(classify("warning", "processing", "99999").code, Some(99999));
        assert_eq!(classify("fatal", "processing", "4695555555").code, None, "a phone number is no code");
        assert_eq!(classify("fatal", "processing", "9121987").code, None, "nor is a birth date");
        let odd: OperationOutcome = json::decode(br#"{"resourceType": "OperationOutcome", "issue": ["x"]}"#).unwrap();
        assert!(odd.issues().all(Issue::makes_partial) && odd.issues().count() == 1);
    }
}
