//! The FHIR server's SMART configuration: whether there is one, which token endpoint it names, and what time it is there.
//!
//! Epic's names neither the algorithms of assertions nor the backend scopes, so their absence is no fault.

use std::time::Duration;

use reqwest::header::ACCEPT;
use serde::Deserialize;
use shared::http::{HttpError, read_body, server_date};
use shared::json::decode;
use url::Url;

use super::cause::Cause;
use super::report::Diagnosis;
use super::subject::Subject;

const TIMEOUT: Duration = Duration::from_secs(10);

/// What is read of the document.
#[derive(Deserialize)]
struct Configuration {
    token_endpoint: String,
}

/// What the FHIR server says of itself.
pub(super) struct Discovered {
    /// Its token endpoint; nothing where it can't be read as a URL.
    pub(super) token_endpoint: Option<Url>,
    /// By how many seconds this machine's clock is ahead of the server's.
    pub(super) clock_ahead_s: Option<i64>,
}

struct Answer {
    status: u16,
    clock_ahead_s: Option<i64>,
    body: Vec<u8>,
}

pub(super) async fn discover(subject: &Subject<'_>, fhir_base_url: &Url) -> Result<Discovered, Diagnosis> {
    let base = with_slash(fhir_base_url);
    let url = base.join(".well-known/smart-configuration").map_err(|_| Cause::FhirBaseWrong)?;
    let answer = fetch(subject, url).await;
    let seen = match &answer {
        Err(error) => error.to_string(),
        Ok(answer) => format!(".well-known/smart-configuration answers with status {}", answer.status),
    };
    let read = diagnose(answer.as_ref().map(|answer| (answer.status, answer.body.as_slice())));
    let configuration = read.map_err(|cause| Diagnosis::new(cause, seen))?;
    Ok(Discovered {
        token_endpoint: base.join(&configuration.token_endpoint).ok(),
        clock_ahead_s: answer.ok().and_then(|answer| answer.clock_ahead_s),
    })
}

/// The base with a slash at its end, under which everything lies.
pub(super) fn with_slash(base: &Url) -> Url {
    let mut base = base.clone();
    if !base.path().ends_with('/') {
        let path = format!("{}/", base.path());
        base.set_path(&path);
    }
    base
}

async fn fetch(subject: &Subject<'_>, url: Url) -> Result<Answer, HttpError> {
    let request = subject.deployment.http().get(url).header(ACCEPT, "application/json").timeout(TIMEOUT);
    let response = request.send().await.map_err(|error| HttpError::new(&error))?;
    let ahead = server_date(&response).map(|date| subject.clock.now().duration_since(date).as_secs());
    let status = response.status().as_u16();
    Ok(Answer { status, clock_ahead_s: ahead, body: read_body(response).await? })
}

fn diagnose(answer: Result<(u16, &[u8]), &HttpError>) -> Result<Configuration, Cause> {
    match answer {
        Err(_) => Err(Cause::FhirUnreachable),
        Ok((404 | 410, _)) => Err(Cause::FhirBaseWrong),
        Ok((429 | 500.., _)) => Err(Cause::FhirUnavailable),
        Ok((200, body)) => decode(body).map_err(|_| Cause::NotFhir),
        Ok(_) => Err(Cause::NotFhir),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_smart_server_is_told_apart() {
        let cause = |status, body: &str| diagnose(Ok((status, body.as_bytes()))).err();
        assert_eq!(cause(200, r#"{"token_endpoint": "https://epic.example/token"}"#), None);
        assert_eq!(cause(200, "<html>"), Some(Cause::NotFhir));
        assert_eq!(cause(302, ""), Some(Cause::NotFhir));
        assert_eq!(cause(401, ""), Some(Cause::NotFhir));
        assert_eq!(cause(404, ""), Some(Cause::FhirBaseWrong));
        assert_eq!(cause(503, ""), Some(Cause::FhirUnavailable));
        assert_eq!(diagnose(Err(&HttpError::Timeout)).err(), Some(Cause::FhirUnreachable));
    }
}
