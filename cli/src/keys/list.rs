//! `careline keys list`: the keys, what each is for, and what may be done next. It changes nothing, and notes nothing.

use jiff::Timestamp;
use serde::Serialize;
use shared::signing_keys::{KeyRing, SigningKey};
use shared::telemetry::ErrorChain;

use super::error::KeysError;
use super::in_words::{in_words, whole_seconds};
use super::jwk_set_url::FetchError;
use super::kid;
use super::rotation::{self, Next};
use super::served::{Publication, Served};
use super::workbench::Workbench;
use crate::operator::Operator;

/// What is told of a connection's keys.
#[derive(Debug, Serialize)]
struct Listing<'a> {
    connection: &'a str,
    jwks_url: &'a str,
    /// How long others may keep the set, in seconds; none where the URL serves no set.
    copies_live_seconds: Option<i64>,
    /// Why the URL serves no set.
    problem: Option<String>,
    keys: Vec<Entry<'a>>,
}

/// A key.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    kid: &'a str,
    algorithm: &'static str,
    key_id: &'a str,
    role: Role,
    since: Timestamp,
    served: Option<Publication>,
    next: Step,
}

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    /// It signs.
    Signing,
    /// It was added, and never signed.
    Added,
    /// Another signs in its place.
    Replaced,
}

/// What may be done with a key next.
#[derive(Debug, Serialize)]
struct Step {
    /// `promote` or `retire`; none for the key that signs.
    step: Option<&'static str>,
    /// From when on; none where the URL has to serve it first.
    at: Option<Timestamp>,
    /// Whether that time has come.
    allowed: bool,
}

pub(super) async fn run(bench: &Workbench<'_>, json: bool, operator: &mut Operator<'_>) -> Result<(), KeysError> {
    let read = bench.read().await?;
    let fetched = bench.fetch().await;
    let now = bench.clock.now();
    let ring = match &fetched {
        Ok(served) => rotation::look(&read.ring, served, now),
        Err(_) => read.ring,
    };
    let listing = listing(bench, &ring, &fetched, now);
    if json {
        let text = serde_json::to_string_pretty(&listing).unwrap_or_default();
        operator.tell(&text);
    } else {
        for line in lines(&listing, now) {
            operator.tell(&line);
        }
    }
    Ok(())
}

fn listing<'a>(
    bench: &'a Workbench<'_>,
    ring: &'a KeyRing,
    fetched: &Result<Served, FetchError>,
    now: Timestamp,
) -> Listing<'a> {
    let served = fetched.as_ref().ok();
    let entry = |key: &'a SigningKey| Entry {
        kid: key.kid(),
        algorithm: key.algorithm().as_str(),
        key_id: &key.key_id,
        role: role(key),
        since: whole_seconds(key.replaced_at.or(key.promoted_at).unwrap_or(key.added_at)),
        served: served.map(|served| served.publication(&key.jwk)),
        next: step(rotation::next(ring, key), now),
    };
    Listing {
        connection: bench.connection.as_str(),
        jwks_url: bench.jwks_url(),
        copies_live_seconds: served.map(|served| served.lifetime().as_secs()),
        problem: fetched.as_ref().err().map(|error| ErrorChain(error).to_string()),
        keys: ring.keys.iter().map(entry).collect(),
    }
}

fn role(key: &SigningKey) -> Role {
    match (key.is_signing(), key.promoted_at) {
        (true, _) => Role::Signing,
        (false, Some(_)) => Role::Replaced,
        (false, None) => Role::Added,
    }
}

fn step(next: Next, now: Timestamp) -> Step {
    match next {
        Next::Signs => Step { step: None, at: None, allowed: false },
        Next::PromoteOnceServed => Step { step: Some("promote"), at: None, allowed: false },
        Next::Promote(at) => Step { step: Some("promote"), at: Some(whole_seconds(at)), allowed: at <= now },
        Next::Retire(at) => Step { step: Some("retire"), at: Some(whole_seconds(at)), allowed: at <= now },
    }
}

fn lines(listing: &Listing<'_>, now: Timestamp) -> Vec<String> {
    let seen = match (listing.copies_live_seconds, &listing.problem) {
        (Some(seconds), _) => format!("Others may keep the set for {seconds} s."),
        (None, problem) => format!("What Epic sees can't be seen: {}.", problem.as_deref().unwrap_or_default()),
    };
    let mut lines = vec![format!("Connection {}: {}", listing.connection, listing.jwks_url), seen];
    if listing.keys.is_empty() {
        lines.push("There are no keys yet.".to_owned());
        return lines;
    }
    let head = ["KID", "ALGORITHM", "ROLE", "SINCE", "SERVED", "NEXT"].map(str::to_owned);
    let rows: Vec<[String; 6]> = [head].into_iter().chain(listing.keys.iter().map(|key| row(key, now))).collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    lines.push(String::new());
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        lines.push(cells.collect::<Vec<_>>().join("  ").trim_end().to_owned());
    }
    lines
}

fn row(key: &Entry<'_>, now: Timestamp) -> [String; 6] {
    let role = match key.role {
        Role::Signing => "signing",
        Role::Added => "added",
        Role::Replaced => "replaced",
    };
    let served = match key.served {
        None => "unknown",
        Some(Publication::Published) => "yes",
        Some(Publication::Absent) => "NO",
        Some(Publication::Different) => "ANOTHER KEY",
        Some(Publication::Repeated) => "REPEATED",
    };
    let next = match (key.next.step, key.next.at) {
        (None, _) => "signs; promote another before it can be retired".to_owned(),
        (Some(step), None) => format!("{step}, some time after the URL was seen to serve it"),
        (Some(step), Some(_)) if key.next.allowed => format!("{step} now"),
        (Some(step), Some(at)) => format!("{step} at {at}, {}", in_words(at.duration_since(now))),
    };
    let texts = [kid::short(key.kid), key.algorithm, role].map(str::to_owned);
    let [kid, algorithm, role] = texts;
    [kid, algorithm, role, key.since.to_string(), served.to_owned(), next]
}
