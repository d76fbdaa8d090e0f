//! What token-refresher's check came to: whether it could sign, what the token endpoint answered, and why.

use jiff::SignedDuration;
use shared::refresh_request::{RefreshReason, RefreshReply, RefreshRequest, TokenCheck};

use super::cause::Cause;
use super::report::{Diagnosis, Found};
use super::subject::Subject;
use crate::token_refresher::{self, NoAnswer};

/// How long Epic's sandbox takes to know what was saved: 30 minutes by its word, an hour seen.
const SANDBOX_SYNCHRONISES: SignedDuration = SignedDuration::from_hours(1);
/// How long production takes, after the customer enabled the app.
const PRODUCTION_SYNCHRONISES: SignedDuration = SignedDuration::from_hours(12);
/// Where Epic's sandbox is.
const SANDBOX: &str = "fhir.epic.com";

/// Has token-refresher make a check.
pub(super) async fn sign(subject: &Subject<'_>) -> Result<Found<TokenCheck>, Diagnosis> {
    let request = RefreshRequest {
        connection: subject.connection.clone(),
        reason: RefreshReason::Check,
        rejected_version: None,
        kid: None,
    };
    let failed = |seen: String| Diagnosis::new(Cause::TokenRefresherFailed, seen);
    let reply = token_refresher::ask(subject.deployment, &request).await.map_err(|error| match error {
        NoAnswer::Deployment(error) => Diagnosis::new(Cause::AwsUnreachable, error.to_string()),
        error => failed(error.to_string()),
    })?;
    match reply {
        RefreshReply::Checked(check) => {
            let seen = format!("token-refresher signed with {} in {} ms", check.algorithm.as_str(), check.sign_ms);
            Ok(Found::new(check, seen))
        }
        RefreshReply::Failed { code, .. } => Err(Diagnosis::new(cause_of_failure(&code), code)),
        _ => Err(failed("it is of another version than careline".to_owned())),
    }
}

/// Why nothing was signed, from the code of token-refresher's failure.
fn cause_of_failure(code: &str) -> Cause {
    match code {
        "no-signing-key" => Cause::NoSigningKey,
        "signing-key-unusable" => Cause::SigningKeyUnusable,
        "signing-not-permitted" | "signing-failed" => Cause::SigningNotPermitted,
        "settings-incomplete" => Cause::SettingsIncomplete,
        _ => Cause::TokenRefresherFailed,
    }
}

/// What is known when the token endpoint refuses, beside its code. All of ours has been found right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances<'a> {
    /// The token endpoint's host.
    pub(super) host: &'a str,
    /// How long ago the settings were written, or the first key was added, whichever is less.
    pub(super) set_up_for: SignedDuration,
    /// The token that was granted before, with these settings, if one was.
    pub(super) granted_before: Option<GrantedBefore>,
    /// How long ago the key that signs was first published.
    pub(super) published_for: SignedDuration,
    /// How long a copy of the set may be kept.
    pub(super) kept_for: SignedDuration,
}

/// A token that was granted to these settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GrantedBefore {
    /// To the key that signs now.
    ToThisKey,
    /// To another key.
    ToAnotherKey,
}

/// Why the token endpoint refused: from its code, and for `invalid_client`, which Epic answers for everything, from the
/// circumstances.
pub(super) fn cause_of_refusal(code: &str, circumstances: Circumstances<'_>) -> Cause {
    match code {
        "invalid_client" => cause_of_invalid_client(circumstances),
        "unauthorized_client" => Cause::NoBackgroundUser,
        "invalid_request" => Cause::RequestMalformed,
        "invalid_grant" | "unsupported_grant_type" => Cause::WrongFlow,
        "invalid_scope" | "scope-narrowed" => Cause::ScopeMissing,
        "timeout" | "no-connection" | "broken-connection" => Cause::TokenEndpointUnreachable,
        "token-endpoint-unavailable" => Cause::TokenEndpointUnavailable,
        // malformed-token-response, token-endpoint-refused, unknown-oauth-error, invalid_token
        _ => Cause::TokenEndpointWrong,
    }
}

fn cause_of_invalid_client(circumstances: Circumstances<'_>) -> Cause {
    let Circumstances { host, set_up_for, granted_before, published_for, kept_for } = circumstances;
    let synchronises = if host == SANDBOX { SANDBOX_SYNCHRONISES } else { PRODUCTION_SYNCHRONISES };
    match granted_before {
        Some(GrantedBefore::ToThisKey) => Cause::ClientWithdrawn,
        Some(GrantedBefore::ToAnotherKey) if published_for < kept_for => Cause::KeySetCached,
        Some(GrantedBefore::ToAnotherKey) => Cause::StaticKey,
        None if set_up_for < synchronises => Cause::NotSynchronised,
        None => Cause::ClientUnknown,
    }
}

/// Whether our clock is so far off that Epic refuses what it says: `iat` and `nbf` lie 15 s back, `exp` 240 s ahead, and
/// the difference is known to the second.
pub(super) fn clock_locks_out(ahead_s: i64) -> bool {
    !(-235..15).contains(&ahead_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled() -> Circumstances<'static> {
        Circumstances {
            host: "epic.example",
            set_up_for: SignedDuration::from_hours(24 * 30),
            granted_before: None,
            published_for: SignedDuration::from_hours(24 * 30),
            kept_for: SignedDuration::from_hours(1),
        }
    }

    #[test]
    fn each_oauth_error_has_one_cause() {
        for (code, cause) in [
            ("unauthorized_client", Cause::NoBackgroundUser),
            ("invalid_request", Cause::RequestMalformed),
            ("invalid_grant", Cause::WrongFlow),
            ("unsupported_grant_type", Cause::WrongFlow),
            ("invalid_scope", Cause::ScopeMissing),
            ("scope-narrowed", Cause::ScopeMissing),
            ("timeout", Cause::TokenEndpointUnreachable),
            ("no-connection", Cause::TokenEndpointUnreachable),
            ("broken-connection", Cause::TokenEndpointUnreachable),
            ("token-endpoint-unavailable", Cause::TokenEndpointUnavailable),
            ("token-endpoint-refused", Cause::TokenEndpointWrong),
            ("malformed-token-response", Cause::TokenEndpointWrong),
            ("unknown-oauth-error", Cause::TokenEndpointWrong),
        ] {
            assert_eq!(cause_of_refusal(code, settled()), cause, "{code}");
        }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Circumstances<'static>), expected: Cause) {
        let mut circumstances = settled();
        change(&mut circumstances);
        assert_eq!(cause_of_refusal("invalid_client", circumstances), expected, "{circumstances:?}");
    }

    #[test]
    fn a_client_that_was_never_let_in_is_not_synchronised_at_first_and_unknown_later() {
        let hours = SignedDuration::from_hours;
        check(|now| now.set_up_for = hours(11), Cause::NotSynchronised);
        check(|now| now.set_up_for = hours(12), Cause::ClientUnknown);
        let sandbox = |now: &mut Circumstances<'static>, minutes| {
            (now.host, now.set_up_for) = (SANDBOX, SignedDuration::from_mins(minutes));
        };
        check(|now| sandbox(now, 59), Cause::NotSynchronised);
        check(|now| sandbox(now, 60), Cause::ClientUnknown);
    }

    #[test]
    fn a_client_that_was_let_in_before_is_told_apart_by_its_key() {
        check(|now| now.granted_before = Some(GrantedBefore::ToThisKey), Cause::ClientWithdrawn);
        let rotated = |now: &mut Circumstances<'static>, published_for| {
            now.granted_before = Some(GrantedBefore::ToAnotherKey);
            now.published_for = SignedDuration::from_mins(published_for);
        };
        check(|now| rotated(now, 59), Cause::KeySetCached);
        check(|now| rotated(now, 60), Cause::StaticKey);
    }

    #[test]
    fn a_clock_locks_out_where_epic_allows_for_nothing() {
        for fine in [-234, -60, 0, 5, 14] {
            assert!(!clock_locks_out(fine), "{fine}");
        }
        for off in [-3600, -236, 15, 60, 3600] {
            assert!(clock_locks_out(off), "{off}");
        }
    }

    #[test]
    fn a_failure_before_the_token_endpoint_has_one_cause() {
        assert_eq!(cause_of_failure("no-signing-key"), Cause::NoSigningKey);
        assert_eq!(cause_of_failure("signing-key-unusable"), Cause::SigningKeyUnusable);
        assert_eq!(cause_of_failure("signing-not-permitted"), Cause::SigningNotPermitted);
        assert_eq!(cause_of_failure("signing-failed"), Cause::SigningNotPermitted);
        assert_eq!(cause_of_failure("settings-incomplete"), Cause::SettingsIncomplete);
        for code in ["signing-key-table-failed", "settings-not-read", "unknown-connection", "malformed-event"] {
            assert_eq!(cause_of_failure(code), Cause::TokenRefresherFailed, "{code}");
        }
    }
}
