//! Whether the stored token is to be replaced (design.md, section 1).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use shared::access_token::AccessToken;
use shared::access_token::store::TokenRecord;

use crate::event::Trigger;

/// At most one forced refresh of a connection in this time: a token that fresh being refused is a fault of permissions,
/// which no other token mends.
const FORCED_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Replace it.
    Refresh,
    /// Replace it although it looks usable, and note when.
    RefreshForced,
    /// Leave it.
    StillValid,
    /// Refuse: it was replaced a moment ago for the same reason.
    TooSoon,
}

/// Decides for `record`, as read at `now`.
pub(crate) fn decide(record: &TokenRecord, trigger: Trigger, schedule_period: Duration, now: Timestamp) -> Decision {
    let Some(token) = record.usable_at(now) else {
        return Decision::Refresh;
    };
    match trigger {
        Trigger::Schedule if is_due(token, schedule_period, now) => Decision::Refresh,
        Trigger::Rejected(version) if version == token.version => {
            let is_recent = |forced_at: Timestamp| now.duration_since(forced_at) < FORCED_AT_MOST_EVERY;
            if record.forced_at.is_some_and(is_recent) { Decision::TooSoon } else { Decision::RefreshForced }
        }
        Trigger::Schedule | Trigger::Missing | Trigger::Rejected(_) => Decision::StillValid,
    }
}

/// Less than half its life is left, or less than two schedule periods: a failed run leaves time for another.
fn is_due(token: &AccessToken, schedule_period: Duration, now: Timestamp) -> bool {
    let two_periods = SignedDuration::try_from(schedule_period * 2).unwrap_or(SignedDuration::MAX);
    token.remaining_at(now) < (token.lifetime() / 2).max(two_periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OBTAINED: &str = "2026-11-23T10:00:00Z";
    const PERIOD: Duration = Duration::from_secs(300);

    fn after(seconds: i64) -> Timestamp {
        OBTAINED.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
    }

    /// A record with a token of version 7 and this life, in seconds.
    fn record(life: i64) -> TokenRecord {
        let token = AccessToken::new("s3cret".into(), 7, String::new(), after(0), after(life), "kid".into());
        TokenRecord { token: Some(token), version: 7, ..TokenRecord::default() }
    }

    #[track_caller]
    fn check(record: &TokenRecord, trigger: Trigger, seconds: i64, expected: Decision) {
        assert_eq!(decide(record, trigger, PERIOD, after(seconds)), expected, "{trigger:?} after {seconds} s");
    }

    #[test]
    fn the_schedule_refreshes_when_less_than_half_the_life_or_two_periods_are_left() {
        use Decision::{Refresh, StillValid};
        // An hour: half of it counts. Fifteen minutes: two periods, ten minutes, count. Five minutes: each run refreshes.
        for (life, seconds, expected) in [
            (3600, 0, StillValid),
            (3600, 1800, StillValid),
            (3600, 1801, Refresh),
            (900, 300, StillValid),
            (900, 301, Refresh),
            (300, 0, Refresh),
            (3600, 4000, Refresh),
        ] {
            check(&record(life), Trigger::Schedule, seconds, expected);
        }
    }

    #[test]
    fn without_a_token_every_reason_refreshes() {
        for trigger in [Trigger::Schedule, Trigger::Missing, Trigger::Rejected(7)] {
            check(&TokenRecord::default(), trigger, 0, Decision::Refresh);
        }
    }

    #[test]
    fn a_token_is_missing_only_when_it_is_not_usable() {
        check(&record(3600), Trigger::Missing, 3589, Decision::StillValid);
        check(&record(3600), Trigger::Missing, 3590, Decision::Refresh);
    }

    #[test]
    fn a_rejected_token_is_replaced_only_while_it_is_the_stored_one() {
        check(&record(3600), Trigger::Rejected(7), 100, Decision::RefreshForced);
        check(&record(3600), Trigger::Rejected(6), 100, Decision::StillValid);
    }

    #[test]
    fn a_refresh_is_forced_once_in_thirty_seconds() {
        let forced = TokenRecord { forced_at: Some(after(0)), ..record(3600) };
        check(&forced, Trigger::Rejected(7), 29, Decision::TooSoon);
        check(&forced, Trigger::Rejected(7), 30, Decision::RefreshForced);
    }

    #[test]
    fn a_rejected_token_that_expired_is_replaced_whenever_the_last_was_forced() {
        let forced = TokenRecord { forced_at: Some(after(0)), ..record(15) };
        check(&forced, Trigger::Rejected(7), 20, Decision::Refresh);
    }
}
