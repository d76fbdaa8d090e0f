//! The JWK Set URL as Epic sees it: over TLS, without logging in, following no redirect.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::{ACCEPT, CACHE_CONTROL};
use serde_json::Value;
use shared::http::{HttpError, parse_endpoint, read_body};
use shared::json::decode;
use shared::jwk::Jwk;

use super::cause::Cause;
use super::report::{Diagnosis, Found};
use super::subject::Subject;
use crate::keys::served::{Publication, Served};

/// How long the answer may take: a cold start takes a fraction of it.
const TIMEOUT: Duration = Duration::from_secs(10);
/// A longer time in the header is not one of ours, and Epic takes its own longest in its place.
const STATED_AT_MOST: SignedDuration = SignedDuration::from_hours(24);

/// What the URL answered, whatever it is.
pub(super) struct Answer {
    status: u16,
    cache_control: Vec<String>,
    body: Vec<u8>,
}

/// A set that has our key.
pub(super) struct Published {
    /// The URL.
    pub(super) url: String,
    /// How long a copy of the set may be kept.
    pub(super) lifetime: SignedDuration,
}

pub(super) async fn check(subject: &Subject<'_>, ours: &Jwk) -> Result<Found<Published>, Diagnosis> {
    let url = subject.deployment.jwks_url(&subject.connection);
    let url = url.map_err(|error| Diagnosis::new(Cause::AwsUnreachable, error.to_string()))?;
    let answer = fetch(subject.deployment.http(), &url).await;
    let served = diagnose(&url, &answer, ours).map_err(|cause| Diagnosis::new(cause, seen(&url, &answer)))?;
    let lifetime = served.lifetime();
    let mut found = Found::new(
        Published { url: url.clone(), lifetime },
        format!("{url} has our key once, to be kept for {} s", lifetime.as_secs()),
    );
    found.warning = (lifetime > STATED_AT_MOST).then(|| Diagnosis::new(Cause::CacheUnstated, url));
    Ok(found)
}

async fn fetch(http: &reqwest::Client, url: &str) -> Result<Answer, HttpError> {
    let failed = |error: reqwest::Error| HttpError::new(&error);
    let response = http.get(url).header(ACCEPT, "application/json").timeout(TIMEOUT).send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let cache_control = response.headers().get_all(CACHE_CONTROL).into_iter();
    let cache_control = cache_control.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
    let body = read_body(response).await?;
    Ok(Answer { status, cache_control, body })
}

/// From what the URL answered to why Epic finds no key of ours in it; the set, where it does.
pub(super) fn diagnose(url: &str, answer: &Result<Answer, HttpError>, ours: &Jwk) -> Result<Served, Cause> {
    // `parse_endpoint` lets plain HTTP through for loopback only.
    if parse_endpoint(url).is_none() {
        return Err(Cause::JwksUrlNotHttps);
    }
    let answer = answer.as_ref().map_err(|_| Cause::JwksUrlUnreachable)?;
    match answer.status {
        200 => {}
        300..400 => return Err(Cause::JwksUrlRedirects),
        _ => return Err(Cause::JwksUrlRefuses),
    }
    let cache_control = answer.cache_control.iter().map(String::as_str);
    let served = Served::read(&answer.body, cache_control).map_err(|_| Cause::JwksNotASet)?;
    match served.publication(ours) {
        Publication::Published => Ok(served),
        Publication::Absent => Err(Cause::KidAbsent),
        Publication::Repeated => Err(Cause::KidRepeated),
        Publication::Different if fits(&answer.body, ours) => Err(Cause::KeyDiffers),
        Publication::Different => Err(Cause::KeyTypeWrong),
    }
}

/// Whether the entry under our `kid` is at least for our algorithm.
fn fits(body: &[u8], ours: &Jwk) -> bool {
    let kty = serde_json::to_value(ours).ok().and_then(|jwk| jwk.get("kty").cloned());
    let set: Option<Value> = decode(body).ok();
    let entries = set.as_ref().and_then(|set| set.get("keys")?.as_array());
    let entry =
        entries.and_then(|keys| keys.iter().find(|key| key.get("kid").and_then(Value::as_str) == Some(ours.kid())));
    entry.is_some_and(|entry| {
        let alg = entry.get("alg").and_then(Value::as_str);
        entry.get("kty") == kty.as_ref() && alg.is_none_or(|alg| alg == ours.algorithm().as_str())
    })
}

fn seen(url: &str, answer: &Result<Answer, HttpError>) -> String {
    match answer {
        Err(error) => format!("{url}: {error}"),
        Ok(answer) => format!("{url} answers with status {}", answer.status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://keys.example.org/sandbox/jwks.json";

    fn ours() -> Jwk {
        Jwk::from_subject_public_key_info(include_bytes!("../../../shared/src/jwk/rsa-2048.public.der")).unwrap()
    }

    fn entry(change: &[(&str, &str)]) -> Value {
        let mut entry = serde_json::to_value(ours()).unwrap();
        for (name, value) in change {
            entry[*name] = Value::from(*value);
        }
        entry
    }

    fn answer(status: u16, body: &str) -> Result<Answer, HttpError> {
        Ok(Answer { status, cache_control: vec!["max-age=60".to_owned()], body: body.as_bytes().to_vec() })
    }

    fn set(entries: &[Value]) -> Result<Answer, HttpError> {
        answer(200, &serde_json::json!({ "keys": entries }).to_string())
    }

    #[track_caller]
    fn check(url: &str, answer: &Result<Answer, HttpError>, expected: Option<Cause>) {
        assert_eq!(diagnose(url, answer, &ours()).err(), expected);
    }

    #[test]
    fn a_set_with_our_key_among_others_is_well() {
        let other = serde_json::json!({"kty": "oct", "kid": "another"});
        check(URL, &set(&[other, entry(&[])]), None);
        check("http://127.0.0.1:9/sandbox/jwks.json", &set(&[entry(&[])]), None);
    }

    #[test]
    fn what_keeps_epic_from_the_set_is_told_apart() {
        check("http://keys.example.org/jwks.json", &set(&[entry(&[])]), Some(Cause::JwksUrlNotHttps));
        check(URL, &Err(HttpError::Connect), Some(Cause::JwksUrlUnreachable));
        check(URL, &Err(HttpError::Timeout), Some(Cause::JwksUrlUnreachable));
        for status in [301, 302, 303, 307, 308] {
            check(URL, &answer(status, ""), Some(Cause::JwksUrlRedirects));
        }
        for status in [204, 401, 403, 404, 500, 503] {
            check(URL, &answer(status, ""), Some(Cause::JwksUrlRefuses));
        }
        for body in ["<html>log in</html>", "", "{}", r#"{"keys": {}}"#, "[]"] {
            check(URL, &answer(200, body), Some(Cause::JwksNotASet));
        }
    }

    #[test]
    fn what_is_wrong_with_our_key_in_the_set_is_told_apart() {
        check(URL, &set(&[]), Some(Cause::KidAbsent));
        check(URL, &set(&[entry(&[("kid", "another")])]), Some(Cause::KidAbsent));
        check(URL, &set(&[entry(&[]), entry(&[])]), Some(Cause::KidRepeated));
        check(URL, &set(&[entry(&[("kty", "EC")])]), Some(Cause::KeyTypeWrong));
        check(URL, &set(&[entry(&[("alg", "ES384")])]), Some(Cause::KeyTypeWrong));
        check(URL, &set(&[entry(&[("n", "AQAB")])]), Some(Cause::KeyDiffers));
    }
}
