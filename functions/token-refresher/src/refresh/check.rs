//! Dry runs for an operator. For `careline doctor`: signs an assertion and asks for a token as a refresh would, once, and
//! tells what came of it. For `careline keys promote`: signs a probe with a key that is to sign later. Neither takes a lease
//! or stores anything; a token is dropped here.

use std::time::{Duration, Instant};

use shared::connection::ConnectionName;
use shared::connection_settings::SettingsError;
use shared::deadline::Deadline;
use shared::refresh_request::{Probe, TokenAnswer, TokenCheck};
use shared::signing_keys::SigningKey;

use super::{ATTEMPT_TIMEOUT, TokenRefresher, milliseconds};
use crate::client_assertion::SigningInput;
use crate::connection::Connection;
use crate::error::Failure;
use crate::scopes::Scopes;

/// What the token endpoint answered, when, and by whose clock.
struct Asked {
    answer: TokenAnswer,
    clock_ahead_s: Option<i64>,
}

impl TokenRefresher {
    /// Checks one connection, as its settings and keys are now.
    ///
    /// # Errors
    /// [`Failure`], for what goes wrong before the token endpoint is asked.
    pub(crate) async fn check(&self, name: &ConnectionName, deadline: Deadline) -> Result<TokenCheck, Failure> {
        let connection = self.connections.read_anew(name).await.map_err(Failure::Connection)?;
        let key = self.signing_key(name).await?;
        let probe = self.probe(&key).await?;
        let (asked, sign, exchange) = self.exchange(&connection, &key, deadline).await?;
        Ok(TokenCheck {
            kid: key.kid().to_owned(),
            algorithm: key.algorithm(),
            probe,
            sign_ms: milliseconds(sign),
            token_endpoint_ms: milliseconds(exchange),
            clock_ahead_s: asked.clock_ahead_s,
            answer: asked.answer,
        })
    }

    /// Tries a key of a connection, whether it is the one that signs or not. Its settings are no matter of this.
    ///
    /// # Errors
    /// [`Failure`]: why it can't be signed with.
    pub(crate) async fn try_key(&self, name: &ConnectionName, kid: &str) -> Result<Probe, Failure> {
        if !self.connections.names().any(|known| known == name) {
            return Err(Failure::Connection(SettingsError::Unknown));
        }
        let stored = self.key_rings.read(name).await.map_err(Failure::ReadSigningKeys)?;
        self.probe(stored.ring.key(kid).ok_or(Failure::KeyNotInRing)?).await
    }

    async fn probe(&self, key: &SigningKey) -> Result<Probe, Failure> {
        let input = SigningInput::probe(key.into(), &self.randomness.name(), self.clock.now())
            .map_err(|_| Failure::BuildClientAssertion)?;
        let signed = self.signer.sign(key, input).await.map_err(Failure::SignClientAssertion)?;
        // Nobody's credential: it names no client, and its audience is no token endpoint.
        Ok(Probe::new(signed.secret().to_owned()))
    }

    async fn exchange(
        &self,
        connection: &Connection,
        key: &SigningKey,
        deadline: Deadline,
    ) -> Result<(Asked, Duration, Duration), Failure> {
        let audience = connection.token_endpoint.audience();
        let jti = self.randomness.name();
        let input = SigningInput::new(&connection.client_id, audience, key.into(), &jti, self.clock.now())
            .map_err(|_| Failure::BuildClientAssertion)?;
        let started = Instant::now();
        let assertion = self.signer.sign(key, input).await.map_err(Failure::SignClientAssertion)?;
        let sign = started.elapsed();
        let limit = ATTEMPT_TIMEOUT.min(deadline.for_request());
        let asking = connection.token_endpoint.ask(&assertion, &connection.scopes);
        let asked = match tokio::time::timeout(limit, asking).await {
            Err(_) => Asked { answer: refused(&Failure::AttemptTimeout, None), clock_ahead_s: None },
            Ok(Err(error)) => Asked { answer: refused(&Failure::RequestToken(error), None), clock_ahead_s: None },
            Ok(Ok(answer)) => {
                let clock_ahead_s = answer.date.map(|date| self.clock.now().duration_since(date).as_secs());
                let status = Some(answer.status.as_u16());
                let told = match answer.token(&connection.scopes) {
                    Ok(grant) => granted(grant.expires_in, &Scopes::parse(&grant.scope), &connection.scopes),
                    Err(error) => refused(&Failure::RequestToken(error), status),
                };
                Asked { answer: told, clock_ahead_s }
            }
        };
        let exchange = started.elapsed().saturating_sub(sign);
        Ok((asked, sign, exchange))
    }
}

fn granted(expires_in: Duration, granted: &Scopes, needed: &Scopes) -> TokenAnswer {
    TokenAnswer::Granted {
        expires_in_s: expires_in.as_secs(),
        granted: granted.of_resources().map(str::to_owned).collect(),
        missing: granted.lacking(needed).map(str::to_owned).collect(),
    }
}

fn refused(failure: &Failure, status: Option<u16>) -> TokenAnswer {
    TokenAnswer::Refused { code: failure.code().to_owned(), status }
}
