//! CloudWatch metrics in the embedded metric format: a line of JSON on standard output, no request.
//!
//! The names stand here once; `tests` compares the alarms in `template.yaml` with them.

use std::io::Write as _;

use serde_json::json;

use crate::clock::Clock;
use crate::connection::ConnectionName;

/// The CloudWatch namespace of every metric of ours.
pub const NAMESPACE: &str = "Careline";

/// A metric of ours. Each is counted per connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Seconds until the stored access token expires, told at each scheduled run; negative once it has.
    TokenRemainingSeconds,
    /// A refresh that did not end in a stored token.
    TokenRefreshFailed,
    /// Epic refused a token that had just been obtained: a permission fault, which needs a person.
    TokenRejectedFresh,
    /// A prefetch job could not be queued; the call went on with a live read.
    PrefetchNotQueued,
    /// A prefetch job was acknowledged without work, since it was stale or its call had ended.
    PrefetchStale,
    /// Entries about another patient in an answer about this one: dropped, and an alarm.
    ForeignEntries,
    /// A turn that ended in the outage sentence.
    TurnFailed,
    /// A caller was not verified.
    VerificationRefused,
    /// jwks could not read a connection's keys: it serves the set it read last, or none.
    KeySetNotRead,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Self; 9] = [
        Self::TokenRemainingSeconds,
        Self::TokenRefreshFailed,
        Self::TokenRejectedFresh,
        Self::PrefetchNotQueued,
        Self::PrefetchStale,
        Self::ForeignEntries,
        Self::TurnFailed,
        Self::VerificationRefused,
        Self::KeySetNotRead,
    ];

    /// The metric's name in CloudWatch.
    pub fn name(self) -> &'static str {
        match self {
            Self::TokenRemainingSeconds => "TokenRemainingSeconds",
            Self::TokenRefreshFailed => "TokenRefreshFailed",
            Self::TokenRejectedFresh => "TokenRejectedFresh",
            Self::PrefetchNotQueued => "PrefetchNotQueued",
            Self::PrefetchStale => "PrefetchStale",
            Self::ForeignEntries => "ForeignEntries",
            Self::TurnFailed => "TurnFailed",
            Self::VerificationRefused => "VerificationRefused",
            Self::KeySetNotRead => "KeySetNotRead",
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::TokenRemainingSeconds => "Seconds",
            _ => "Count",
        }
    }

    /// Tells CloudWatch a value of this metric for `connection`.
    pub fn record(self, connection: &ConnectionName, value: i64, clock: &Clock) {
        let line = self.line(connection, value, clock);
        // A metric that can't be written must not fail a call.
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }

    fn line(self, connection: &ConnectionName, value: i64, clock: &Clock) -> String {
        json!({
            "_aws": {
                "Timestamp": clock.now().as_millisecond(),
                "CloudWatchMetrics": [{
                    "Namespace": NAMESPACE,
                    "Dimensions": [["Connection"]],
                    "Metrics": [{"Name": self.name(), "Unit": self.unit()}],
                }],
            },
            "Connection": connection.as_str(),
            self.name(): value,
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_in_the_embedded_metric_format() {
        let clock = Clock::from_fn(|| "2026-11-23T10:00:00Z".parse().unwrap());
        let line = Metric::TokenRemainingSeconds.line(&ConnectionName::parse("sandbox").unwrap(), 42, &clock);
        let line: serde_json::Value = crate::json::decode(line.as_bytes()).unwrap();
        assert_eq!(line["TokenRemainingSeconds"], 42);
        assert_eq!(line["Connection"], "sandbox");
        assert_eq!(line["_aws"]["Timestamp"], 1_795_428_000_000_i64);
        assert_eq!(line["_aws"]["CloudWatchMetrics"][0]["Metrics"][0]["Unit"], "Seconds");
    }
}
