//! What the functions write on standard output and standard error, read from their log groups.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::json;

use super::Function;
use super::error::LocalStackError;

/// As many lines as the local AWS gives in one answer.
const LIMIT: usize = 10_000;
/// An invocation's lines bear the time at which they begin to be written, and are there a little later: by then others
/// with a later time may have been read.
const WRITTEN_WITHIN_MS: i64 = 10_000;

/// A line that a function wrote, or that Lambda wrote about it (`START`, `END`, `REPORT`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Who wrote it.
    pub function: Function,
    /// The line. Ours are JSON.
    pub text: String,
}

/// Reads the functions' logs, each line once. A line is there when the invocation that wrote it has ended.
#[derive(Debug)]
pub struct LogReader {
    endpoint: String,
    authorization: String,
    stack_name: &'static str,
    /// An invocation's lines are one stream, and arrive together: a stream read once holds nothing new.
    read: BTreeSet<(Function, String)>,
    /// Per function, the time of the newest line read, in epoch milliseconds.
    newest: BTreeMap<Function, i64>,
}

#[derive(Deserialize)]
struct Answer {
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    timestamp: i64,
    message: String,
    log_stream_name: String,
}

impl LogReader {
    pub(super) fn new(endpoint: &str, region: &str, stack_name: &'static str) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            // The local AWS doesn't check the operator's signature; this names the operator and the service.
            authorization: format!(
                "AWS4-HMAC-SHA256 Credential=test/20260101/{region}/logs/aws4_request, SignedHeaders=host, Signature=0"
            ),
            stack_name,
            read: BTreeSet::new(),
            newest: BTreeMap::new(),
        }
    }

    /// The lines that have come since the last time, function by function, in the order in which their invocations ended.
    ///
    /// # Errors
    /// [`LocalStackError::Log`] when the local AWS doesn't answer.
    pub async fn read(&mut self) -> Result<Vec<LogLine>, LocalStackError> {
        let http = shared::http::client().map_err(|_| LocalStackError::Log("no HTTP client"))?;
        let mut lines = Vec::new();
        for function in Function::ALL {
            let mut since = self.newest.get(&function).copied().unwrap_or_default() - WRITTEN_WITHIN_MS;
            loop {
                let mut events = self.ask(&http, function, since.max(0)).await?;
                let more = events.len() == LIMIT;
                if more {
                    // The last invocation's lines may have been cut off: they are read with the next answer.
                    let cut = events.last().map(|event| event.log_stream_name.clone());
                    events.retain(|event| Some(&event.log_stream_name) != cut.as_ref());
                }
                let mut streams = BTreeSet::new();
                let newest = self.newest.entry(function).or_default();
                for event in events {
                    *newest = event.timestamp.max(*newest);
                    let stream = (function, event.log_stream_name);
                    if !self.read.contains(&stream) {
                        lines.push(LogLine { function, text: event.message });
                        streams.insert(stream);
                    }
                }
                let nothing_new = streams.is_empty();
                self.read.append(&mut streams);
                if !more {
                    break;
                }
                if nothing_new && since == *newest {
                    return Err(LocalStackError::Log("more lines at one moment than one answer holds"));
                }
                since = *newest;
            }
        }
        Ok(lines)
    }

    async fn ask(&self, http: &reqwest::Client, function: Function, since: i64) -> Result<Vec<Event>, LocalStackError> {
        let group = format!("/{}/{}", self.stack_name, function.name());
        let request = json!({"logGroupName": group, "startTime": since, "limit": LIMIT});
        let response = http
            .post(&self.endpoint)
            .header("authorization", &self.authorization)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", "Logs_20140328.FilterLogEvents")
            .body(request.to_string())
            .send()
            .await
            .map_err(|_| LocalStackError::Log("no answer"))?;
        if !response.status().is_success() {
            return Err(LocalStackError::Log("refused"));
        }
        let body = shared::http::read_body(response).await.map_err(|_| LocalStackError::Log("no whole answer"))?;
        let answer: Answer =
            shared::json::decode(&body).map_err(|_| LocalStackError::Log("an answer of another form"))?;
        Ok(answer.events)
    }
}
