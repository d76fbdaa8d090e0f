//! What the JWK Set URL serves, looked at as Epic looks at it: by `kid`.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use shared::json::{DecodeError, decode};
use shared::jwk::Jwk;

use super::cache_control;

/// A set that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    keys: Vec<ServedKey>,
    lifetime: SignedDuration,
}

/// An entry of the set. It is no key of ours where it can't be read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ServedKey {
    kid: Option<String>,
    jwk: Option<Jwk>,
}

/// Whether a set has a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Publication {
    /// It has it.
    Published,
    /// It has none of this `kid`.
    Absent,
    /// Its key of this `kid` is another one.
    Different,
    /// It has several of this `kid`, and a verifier takes none then.
    Repeated,
}

impl Served {
    /// Reads the body and the `Cache-Control` header fields of an answer.
    ///
    /// # Errors
    /// [`DecodeError`] where the body is no JWK Set.
    pub fn read<'a>(body: &[u8], cache_control: impl IntoIterator<Item = &'a str>) -> Result<Self, DecodeError> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Box<RawValue>>,
        }
        #[derive(Deserialize)]
        struct Named {
            kid: Option<String>,
        }
        let set: Set = decode(body)?;
        let read = |key: &RawValue| ServedKey {
            kid: decode::<Named>(key.get().as_bytes()).ok().and_then(|named| named.kid),
            jwk: decode(key.get().as_bytes()).ok(),
        };
        Ok(Self {
            keys: set.keys.iter().map(|key| read(key)).collect(),
            lifetime: cache_control::lifetime(cache_control),
        })
    }

    /// How long others may keep it.
    pub fn lifetime(&self) -> SignedDuration {
        self.lifetime
    }

    /// Whether it has this key.
    pub fn publication(&self, jwk: &Jwk) -> Publication {
        let mut named = self.keys.iter().filter(|key| key.kid.as_deref() == Some(jwk.kid()));
        match (named.next(), named.next()) {
            (None, _) => Publication::Absent,
            (Some(_), Some(_)) => Publication::Repeated,
            (Some(key), None) if key.jwk.as_ref() == Some(jwk) => Publication::Published,
            (Some(_), None) => Publication::Different,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwk(kid: &str, x: &str) -> Jwk {
        decode(entry(kid, x).as_bytes()).unwrap()
    }

    fn entry(kid: &str, x: &str) -> String {
        format!(r#"{{"kty":"EC","crv":"P-384","x":"{x}","y":"Y","alg":"ES384","use":"sig","kid":"{kid}"}}"#)
    }

    #[track_caller]
    fn check(entries: &[String], expected: Publication) {
        let body = format!(r#"{{"keys":[{}]}}"#, entries.join(","));
        let served = Served::read(body.as_bytes(), ["max-age=5"]).unwrap();
        assert_eq!(served.publication(&jwk("k", "X")), expected, "{body}");
        assert_eq!(served.lifetime(), SignedDuration::from_secs(5));
    }

    #[test]
    fn a_key_is_published_where_it_stands_once_and_as_it_is() {
        let foreign = [r#"{"kty":"oct","kid":7}"#, r#"{"kty":"RSA","n":"1","e":"AQAB"}"#, "null"].map(str::to_owned);
        check(&[&foreign[..], &[entry("k", "X")]].concat(), Publication::Published);
        check(&[&foreign[..], &[entry("j", "X")]].concat(), Publication::Absent);
        check(&[], Publication::Absent);
        check(&[entry("k", "Z")], Publication::Different);
        check(&[r#"{"kty":"oct","kid":"k"}"#.to_owned()], Publication::Different);
        check(&[entry("k", "X"), entry("k", "X")], Publication::Repeated);
    }

    #[test]
    fn what_is_no_set_is_refused() {
        for body in ["<html>", r#"{"keys":{}}"#, r#"{"message":"Not Found"}"#, ""] {
            assert!(Served::read(body.as_bytes(), []).is_err(), "{body}");
        }
    }
}
