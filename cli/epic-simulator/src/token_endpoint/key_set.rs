//! The client's JWK Set, fetched and cached as Epic does.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header;
use serde_json::Value;

use crate::requests::Verdict;
use crate::settings::KeySource;
use crate::state::State;

/// Epic caches a key set this long, unless `Cache-Control` says less: its default and its maximum.
const LONGEST_CACHED: SignedDuration = SignedDuration::from_hours(29);
/// A key set URL has to be responsive.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);

/// What was fetched last.
#[derive(Default)]
pub(crate) struct KeySetCache(Option<Cached>);

#[derive(Clone)]
struct Cached {
    set: Value,
    until: Timestamp,
}

/// Verifies with the client's key set. A cached one that doesn't verify is fetched again, once: at most one fetch for
/// each assertion presented.
pub(super) async fn verify_with(state: &State, verify: impl Fn(&Value) -> Result<(), Verdict>) -> Result<(), Verdict> {
    let keys = state.behaviour().keys.clone();
    let url = match keys {
        KeySource::Set(set) => return verify(&set),
        KeySource::Url(url) => url,
    };
    let now = state.now();
    let cached = state.key_set().0.clone();
    if let Some(cached) = cached.filter(|cached| now < cached.until) {
        let verified = verify(&cached.set);
        if verified.is_ok() || !state.behaviour().refetches_keys {
            return verified;
        }
    }
    let (set, lifetime) = fetch(state, &url).await.ok_or(Verdict::KeySetUnavailable)?;
    let until = now.checked_add(lifetime).unwrap_or(Timestamp::MAX);
    state.key_set().0 = Some(Cached { set: set.clone(), until });
    verify(&set)
}

async fn fetch(state: &State, url: &str) -> Option<(Value, SignedDuration)> {
    state.record_key_set_fetch();
    let request = client()?.get(url).header(header::ACCEPT, "application/json").timeout(FETCH_TIMEOUT);
    let response = request.send().await.ok().filter(|response| response.status().is_success())?;
    let directives = response.headers().get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
    let lifetime = lifetime(directives.unwrap_or_default());
    let set = serde_json::from_slice(&response.bytes().await.ok()?).ok()?;
    Some((set, lifetime))
}

/// How long a set with these `Cache-Control` directives is kept.
fn lifetime(directives: &str) -> SignedDuration {
    let directives: Vec<String> =
        directives.split(',').map(|directive| directive.trim().to_ascii_lowercase()).collect();
    if directives.iter().any(|directive| directive == "no-store" || directive == "no-cache") {
        return SignedDuration::ZERO;
    }
    let max_age = directives.iter().find_map(|directive| directive.strip_prefix("max-age=")?.parse().ok());
    max_age.map_or(LONGEST_CACHED, SignedDuration::from_secs).min(LONGEST_CACHED)
}

/// A client for plain HTTP on this machine only: it trusts no certificate, and follows no redirect (a key set URL that
/// leads to a login page is a usual mistake).
pub(crate) fn client() -> Option<reqwest::Client> {
    let tls = rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
    client.redirect(reqwest::redirect::Policy::none()).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_kept_as_long_as_its_owner_says_and_never_longer_than_29_hours() {
        assert_eq!(lifetime(""), LONGEST_CACHED);
        assert_eq!(lifetime("public, max-age=300"), SignedDuration::from_secs(300));
        assert_eq!(lifetime("Max-Age=999999"), LONGEST_CACHED);
        assert_eq!(lifetime("no-store"), SignedDuration::ZERO);
        assert_eq!(lifetime("max-age=300, no-cache"), SignedDuration::ZERO);
    }
}
