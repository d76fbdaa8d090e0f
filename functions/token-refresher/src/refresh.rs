//! One refresh: decide, take the lease, sign, ask, store.
//!
//! A connection's refresh touches nothing of another's: its item, its lease, its key, its Epic.

mod check;

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client as DynamoDb;
use aws_sdk_kms::Client as Kms;
use aws_sdk_secretsmanager::Client as SecretsManager;
use shared::access_token::AccessToken;
use shared::access_token::store::{AccessTokenStore, TokenRecord};
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::connection_settings::SettingsStore;
use shared::connections::Connections;
use shared::deadline::Deadline;
use shared::metrics::Metric;
use shared::randomness::Randomness;
use shared::refresh_request::RefreshReply;
use shared::signing_keys::SigningKey;
use shared::signing_keys::store::KeyRingStore;
use shared::telemetry::ErrorChain;

use crate::client_assertion::SigningInput;
use crate::config::{Config, ConnectionConfig};
use crate::connection::Connection;
use crate::decision::{Decision, decide};
use crate::error::Failure;
use crate::event::Trigger;
use crate::kms_signer::KmsSigner;
use crate::lease::{Lease, Leases, Written};

/// An attempt signs and asks within this, which leaves a second of the lease to store the token in.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(4);
/// The first try and two more, within what a caller waits.
const ATTEMPTS: u32 = 3;
/// The longest pause before the second attempt; it doubles with each further one.
const BACKOFF: Duration = Duration::from_millis(200);
/// With less time than this left, no further attempt is begun.
const SHORTEST_ATTEMPT: Duration = Duration::from_millis(500);

/// Replaces access tokens.
#[derive(Debug)]
pub struct TokenRefresher {
    connections: Connections<Connection>,
    schedule_period: Duration,
    store: AccessTokenStore,
    leases: Leases,
    key_rings: KeyRingStore,
    signer: KmsSigner,
    clock: Clock,
    randomness: Randomness,
}

/// A token as obtained, and how long its parts took.
struct Obtained {
    token: AccessToken,
    sign: Duration,
    exchange: Duration,
}

impl TokenRefresher {
    /// A refresher with the clients that it is to use.
    pub fn new(
        config: Config,
        dynamodb: DynamoDb,
        kms: Kms,
        secrets: SecretsManager,
        http: reqwest::Client,
        clock: Clock,
        randomness: Randomness,
    ) -> Self {
        let settings = SettingsStore::new(secrets, config.settings_prefix);
        let connections = Connections::new(config.connections, settings, move |_, settings| {
            let config = ConnectionConfig::from_settings(settings)?;
            Ok(Connection::new(config, http.clone()))
        });
        Self {
            connections,
            schedule_period: config.schedule_period,
            store: AccessTokenStore::new(dynamodb.clone(), config.access_token_table_name.clone()),
            leases: Leases::new(dynamodb.clone(), config.access_token_table_name),
            key_rings: KeyRingStore::new(dynamodb, config.signing_key_table_name),
            signer: KmsSigner::new(kms),
            clock,
            randomness,
        }
    }

    /// What can be done before the first event: reads the connections' settings. Those that can't be read now are read by
    /// the first refresh; failing here would only have the environment started over.
    pub async fn prepare(&self) {
        self.connections.prepare().await;
    }

    pub(crate) fn connections(&self) -> &Connections<Connection> {
        &self.connections
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Replaces the token if `trigger` has reason to, and answers what became of it.
    pub(crate) async fn refresh(
        &self,
        name: &ConnectionName,
        trigger: Trigger,
        deadline: Deadline,
    ) -> Result<RefreshReply, Failure> {
        let started = Instant::now();
        let connection = self.connections.get(name).await.map_err(Failure::Connection)?;
        let record = self.store.read(name).await.map_err(Failure::ReadToken)?;
        if let Some(reply) = self.reply_without_refresh(&record, trigger) {
            return Ok(reply);
        }
        let key = self.signing_key(name).await?;
        let taken = self.leases.take(name, self.randomness.name(), self.clock.now()).await;
        let mut lease = match taken.map_err(Failure::WriteLease)? {
            Written::Done(lease) => lease,
            Written::Lost(record) => return Ok(self.reply_to_other_holder(&record, trigger)),
        };
        // Another may have replaced it between the read and the lease.
        if let Some(reply) = self.reply_without_refresh(&lease.record, trigger) {
            self.release(&lease).await;
            return Ok(reply);
        }
        let forced = self.decide(&lease.record, trigger) == Decision::RefreshForced;
        match self.replace(connection, &mut lease, &key, forced, deadline).await {
            Err(failure) => {
                self.release(&lease).await;
                Err(failure)
            }
            Ok(Written::Lost(record)) => Ok(self.reply_to_other_holder(&record, trigger)),
            Ok(Written::Done(Obtained { token, sign, exchange })) => {
                tracing::info!(
                    code = "token-stored",
                    connection = name.as_str(),
                    version = token.version,
                    expires_in_s = token.lifetime().as_secs(),
                    sign_ms = milliseconds(sign),
                    token_endpoint_ms = milliseconds(exchange),
                    elapsed_ms = milliseconds(started.elapsed()),
                    "a new access token is stored"
                );
                Ok(RefreshReply::Refreshed { version: token.version })
            }
        }
    }

    /// Tells CloudWatch how long the stored token still lives, as callers see it.
    pub(crate) async fn record_remaining(&self, name: &ConnectionName) {
        if let Ok(record) = self.store.read(name).await {
            let now = self.clock.now();
            let remaining = record.token.map_or(0, |token| token.remaining_at(now).as_secs());
            Metric::TokenRemainingSeconds.record(name, remaining, &self.clock);
        }
    }

    /// The key that signs for a connection, read anew each time: a key that was promoted signs from then on.
    async fn signing_key(&self, name: &ConnectionName) -> Result<SigningKey, Failure> {
        let stored = self.key_rings.read(name).await.map_err(Failure::ReadSigningKeys)?;
        stored.ring.signing().cloned().ok_or(Failure::NoSigningKey)
    }

    fn decide(&self, record: &TokenRecord, trigger: Trigger) -> Decision {
        decide(record, trigger, self.schedule_period, self.clock.now())
    }

    fn reply_without_refresh(&self, record: &TokenRecord, trigger: Trigger) -> Option<RefreshReply> {
        match self.decide(record, trigger) {
            Decision::Refresh | Decision::RefreshForced => None,
            Decision::StillValid => Some(RefreshReply::StillValid),
            Decision::TooSoon => Some(RefreshReply::TooSoon),
        }
    }

    /// Another holds the lease, or has finished meanwhile.
    fn reply_to_other_holder(&self, record: &TokenRecord, trigger: Trigger) -> RefreshReply {
        self.reply_without_refresh(record, trigger).unwrap_or_else(|| {
            let left = record.lease_until.map_or(0, |until| until.duration_since(self.clock.now()).as_millis());
            RefreshReply::HeldByOther { lease_ends_in_ms: u64::try_from(left).unwrap_or(0) }
        })
    }

    /// Gets a token and stores it. [`Written::Lost`]: the lease ran out and another took it.
    async fn replace(
        &self,
        connection: &Connection,
        lease: &mut Lease,
        key: &SigningKey,
        forced: bool,
        deadline: Deadline,
    ) -> Result<Written<Obtained>, Failure> {
        let obtained = match self.obtain(connection, lease, key, deadline).await? {
            Written::Done(obtained) => obtained,
            Written::Lost(record) => return Ok(Written::Lost(record)),
        };
        let forced_at = forced.then_some(obtained.token.obtained_at);
        let mut stored = self.leases.store(lease, &obtained.token, forced_at).await.map_err(Failure::StoreToken);
        // A token that was granted isn't given up for one write that failed.
        if let Err(failure) = &stored
            && lease.lives(self.clock.now())
        {
            tell_next_attempt(1, failure);
            stored = self.leases.store(lease, &obtained.token, forced_at).await.map_err(Failure::StoreToken);
        }
        Ok(match stored? {
            Written::Done(()) => Written::Done(obtained),
            Written::Lost(record) => Written::Lost(record),
        })
    }

    /// Gets a token, with a fresh assertion at each attempt. [`Written::Lost`]: the lease ran out and another took it.
    async fn obtain(
        &self,
        connection: &Connection,
        lease: &mut Lease,
        key: &SigningKey,
        deadline: Deadline,
    ) -> Result<Written<Obtained>, Failure> {
        let version = lease.record.version + 1;
        let mut attempt = 1;
        loop {
            let limit = ATTEMPT_TIMEOUT.min(deadline.for_request());
            let outcome = tokio::time::timeout(limit, self.attempt(connection, key, version)).await;
            let failure = match outcome.unwrap_or(Err(Failure::AttemptTimeout)) {
                Ok(obtained) => return Ok(Written::Done(obtained)),
                Err(failure) => failure,
            };
            // Half fixed, half random, so that connections that failed together don't come back together.
            let pause = (BACKOFF * 2_u32.pow(attempt - 1)).mul_f64(0.5 + self.randomness.fraction() / 2.0);
            if !failure.is_retryable() || attempt == ATTEMPTS || deadline.for_request() < pause + SHORTEST_ATTEMPT {
                return Err(failure);
            }
            tell_next_attempt(attempt, &failure);
            tokio::time::sleep(pause).await;
            if let Written::Lost(record) =
                self.leases.renew(lease, self.clock.now()).await.map_err(Failure::WriteLease)?
            {
                return Ok(Written::Lost(record));
            }
            attempt += 1;
        }
    }

    async fn attempt(&self, connection: &Connection, key: &SigningKey, version: u64) -> Result<Obtained, Failure> {
        // The life counts from before the request: what it took is not lived twice.
        let obtained_at = self.clock.now();
        let jti = self.randomness.name();
        let audience = connection.token_endpoint.audience();
        let input = SigningInput::new(&connection.client_id, audience, key.into(), &jti, obtained_at)
            .map_err(|_| Failure::BuildClientAssertion)?;
        let started = Instant::now();
        let assertion = self.signer.sign(key, input).await.map_err(Failure::SignClientAssertion)?;
        let sign = started.elapsed();
        let request = connection.token_endpoint.request_token(&assertion, &connection.scopes);
        let grant = request.await.map_err(Failure::RequestToken)?;
        let exchange = started.elapsed().saturating_sub(sign);
        let expires_at = obtained_at + grant.expires_in;
        let token = AccessToken::new(grant.secret, version, grant.scope, obtained_at, expires_at, key.kid().to_owned());
        Ok(Obtained { token, sign, exchange })
    }

    async fn release(&self, lease: &Lease) {
        if let Err(error) = self.leases.release(lease).await {
            // It ends by itself, in seconds.
            tracing::warn!(code = "lease-not-released", error = %ErrorChain(&error), "the lease was not given back");
        }
    }
}

fn tell_next_attempt(attempt: u32, failure: &Failure) {
    let (reason, error) = (failure.code(), ErrorChain(failure));
    tracing::warn!(code = "token-attempt-failed", attempt, reason, error = %error, "trying again");
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
