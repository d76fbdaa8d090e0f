//! A step behind the call, from the line that a function logged of it.

use serde_json::{Map, Value};

/// What a step was, as far as the sample asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An access token is stored.
    TokenStored,
    /// A caller is verified.
    CallerVerified,
    /// A caller is not.
    VerificationRefused,
    /// The medications are to be read ahead.
    PrefetchQueued,
    /// They are read.
    PrefetchDone,
    /// Medications were told, from the list that was read ahead.
    AnsweredFromPrefetched,
    /// A turn was answered with one request in all, to DynamoDB.
    TurnWithOneRead,
    /// A turn was answered.
    Turn,
    /// Anything else.
    Other,
}

/// A step behind the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// What it was.
    pub(super) kind: Kind,
    /// How it is shown; nothing where it is not.
    pub(super) text: Option<String>,
}

/// A line that a function logged. A field is looked for by its name and may be missing or of another kind: the line is
/// written by another program.
struct Line(Map<String, Value>);

impl Line {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }
}

impl Step {
    /// The step that a function's line tells of; none where it is no line of ours.
    pub(super) fn of(line: &str) -> Option<Self> {
        let line = Line(shared::json::decode(line.trim().as_bytes()).ok()?);
        let code = line.text("code")?;
        let text = |name| line.text(name).unwrap_or_default();
        let number = |name| line.number(name).unwrap_or_default();
        let shown = |kind, what: &str, rest: String| {
            let time = line.number("elapsed_ms").map_or(String::new(), |ms| format!("{ms} ms"));
            Step { kind, text: Some(format!("{what:<34}{time:>8}   {rest}").trim_end().to_owned()) }
        };
        Some(match code {
            "token-stored" => {
                let (sign, endpoint) = (number("sign_ms"), number("token_endpoint_ms"));
                let lifetime = number("expires_in_s");
                let rest = format!("signed in {sign} ms, token endpoint {endpoint} ms, valid for {lifetime} s");
                shown(Kind::TokenStored, "token signed and stored", rest)
            }
            "caller-verified" => shown(Kind::CallerVerified, "caller verified", String::new()),
            "verification-refused" => {
                let rest = format!("{} (never told)", text("reason"));
                shown(Kind::VerificationRefused, "caller not verified", rest)
            }
            "prefetch-queued" => shown(Kind::PrefetchQueued, "prefetch queued", String::new()),
            "prefetch-done" => {
                let (medications, pages) = (number("medications"), number("pages"));
                let age = line.number("age_ms").map_or(String::new(), |age| format!(", {age} ms after it was queued"));
                let rest = format!("{} on {}{age}", counted(medications, "medication"), counted(pages, "page"));
                shown(Kind::PrefetchDone, "prefetch done", rest)
            }
            "answered" => match text("source") {
                "prefetched" => shown(Kind::AnsweredFromPrefetched, "answer from the prefetched list", String::new()),
                "waited" => shown(Kind::Other, "answer from the awaited list", String::new()),
                _ => shown(Kind::Other, "answer read live from FHIR", String::new()),
            },
            "turn" => {
                let requests = [
                    ("DynamoDB", number("dynamodb_requests")),
                    ("FHIR", number("fhir_requests")),
                    ("SQS", number("sqs_requests")),
                    ("Lambda", number("lambda_requests")),
                ];
                let made = requests.iter().filter(|(_, count)| *count > 0).map(|(to, count)| format!("{to} {count}"));
                let made: Vec<_> = made.collect();
                let one_read = made == ["DynamoDB 1"];
                let made = if made.is_empty() { "none".to_owned() } else { made.join(", ") };
                let what = format!("{}, {} hook", text("intent"), text("hook"));
                let rest = format!("{}; requests: {made}", text("outcome"));
                shown(if one_read { Kind::TurnWithOneRead } else { Kind::Turn }, &what, rest)
            }
            _ if matches!(text("level"), "ERROR" | "WARN") => {
                let cause = line.text("error").or(line.text("reason"));
                let cause = cause.map_or(String::new(), |cause| format!(" ({cause})"));
                Step { kind: Kind::Other, text: Some(format!("! {code}: {}{cause}", text("message"))) }
            }
            _ => Step { kind: Kind::Other, text: None },
        })
    }
}

fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_shows_what_it_asked_of_others() {
        let line = r#"{"level":"INFO","code":"turn","intent":"ListMedications","hook":"fulfillment","outcome":"prefetched",
            "elapsed_ms":4,"dynamodb_requests":1,"fhir_requests":0,"sqs_requests":0,"lambda_requests":0,"message":"x"}"#;
        let step = Step::of(line).unwrap();
        assert_eq!(step.kind, Kind::TurnWithOneRead);
        let text = step.text.unwrap();
        assert!(text.contains("4 ms") && text.ends_with("prefetched; requests: DynamoDB 1"), "{text}");
        let more = Step::of(&line.replace("\"fhir_requests\":0", "\"fhir_requests\":1")).unwrap();
        assert_eq!(more.kind, Kind::Turn);
    }

    #[test]
    fn a_field_of_another_kind_takes_nothing_else_away() {
        let line = r#"{"code":"prefetch-done","elapsed_ms":7,"medications":2,"pages":1,"age_ms":"41"}"#;
        let text = Step::of(line).unwrap().text.unwrap();
        assert!(text.contains("7 ms") && text.ends_with("2 medications on 1 page"), "{text}");
    }

    #[test]
    fn lines_of_others_are_no_steps() {
        for line in ["START RequestId: 1", "{\"_aws\":{},\"TokenAge\":3}", "", "null", "[]"] {
            assert_eq!(Step::of(line), None, "{line}");
        }
    }

    #[test]
    fn a_fault_is_shown_with_its_code() {
        let line =
            r#"{"level":"ERROR","code":"invalid_client","error":"refused","message":"the token was not refreshed"}"#;
        assert_eq!(Step::of(line).unwrap().text.unwrap(), "! invalid_client: the token was not refreshed (refused)");
    }
}
