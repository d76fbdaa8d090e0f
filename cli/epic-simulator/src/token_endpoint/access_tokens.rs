//! The tokens issued: opaque, random, expiring by Epic's clock, revocable.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

/// All tokens issued.
#[derive(Default)]
pub(crate) struct AccessTokens(BTreeMap<String, Issued>);

struct Issued {
    scopes: Vec<String>,
    expires_at: Timestamp,
    revoked: bool,
}

impl AccessTokens {
    pub(crate) fn issue(&mut self, scopes: Vec<String>, expires_at: Timestamp) -> String {
        let mut bytes = [0; 48];
        #[expect(clippy::expect_used, reason = "a system without randomness can't run a test either")]
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        let token = URL_SAFE_NO_PAD.encode(bytes);
        self.0.insert(token.clone(), Issued { scopes, expires_at, revoked: false });
        token
    }

    pub(crate) fn revoke(&mut self, token: &str) {
        if let Some(issued) = self.0.get_mut(token) {
            issued.revoked = true;
        }
    }

    pub(crate) fn revoke_all(&mut self) {
        for issued in self.0.values_mut() {
            issued.revoked = true;
        }
    }

    pub(crate) fn issued(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// The scopes of a token that is good at `now`.
    pub(crate) fn scopes(&self, token: &str, now: Timestamp) -> Option<Vec<String>> {
        let issued = self.0.get(token)?;
        (!issued.revoked && now < issued.expires_at).then(|| issued.scopes.clone())
    }
}
