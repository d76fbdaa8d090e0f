//! A world in which everything works.

use std::collections::BTreeMap;

use epic_simulator::Simulator;
use epic_simulator::settings::{KeySource, Settings};
use jiff::Timestamp;
use lambda_runtime::{Context, LambdaEvent};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use shared::access_token::source::AccessTokenSource;
use shared::access_token::store::AccessTokenStore;
use shared::aws::Aws;
use shared::aws::connector::RequestCounter;
use shared::call_record::store::CallStore;
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::fhir::FhirClient;
use shared::jwk::{Jwk, JwkSet};
use shared::randomness::Randomness;
use shared::refresh_request::RefreshReply;
use shared::signing_keys::store::{KeyRingStore, Written};
use shared::signing_keys::{KeyRing, SigningKey};
use token_refresher::config::Config;
use token_refresher::error::RefreshError;
use token_refresher::refresh::TokenRefresher;
use url::Url;

use super::aws::AwsStandIn;
use super::clock::MovableClock;
use super::dynamodb::{ACCESS_TOKEN_TABLE, CALL_TABLE, SIGNING_KEY_TABLE};
use super::kms::{PUBLIC_KEY, SIGNING_KEY_ID};
use super::operator::{unhurried, unhurried_and_counted};
use super::secrets_manager::{ATTEMPT_SECRET_ARN, SETTINGS_PREFIX};
use super::sqs::PREFETCH_QUEUE_URL;

/// The name under which token-refresher is deployed.
pub const TOKEN_REFRESHER: &str = "token-refresher";

/// Everything around the functions. A test bends one thing of it.
pub struct World {
    pub aws: AwsStandIn,
    pub epic: Simulator,
    /// Our clock, and Epic's.
    pub clock: MovableClock,
    pub connection: ConnectionName,
    /// Every variable that the template sets for some function, and what Lambda sets. After a change for token-refresher,
    /// deploy it again.
    pub environment: BTreeMap<String, String>,
}

impl World {
    pub async fn working() -> Self {
        let clock = MovableClock::default();
        let epic = Simulator::start(Settings {
            jwks: KeySource::Set(serde_json::to_value(JwkSet { keys: vec![signing_jwk()] }).unwrap()),
            now: {
                let clock = clock.clock();
                std::sync::Arc::new(move || clock.now())
            },
            ..Settings::default()
        })
        .await
        .unwrap();
        let aws = AwsStandIn::start().await;
        let mut environment = aws.environment();
        environment.extend(
            [
                ("LOG_LEVEL", "debug"),
                ("CONNECTIONS", "sandbox"),
                ("CONNECTION_SETTINGS_PREFIX", SETTINGS_PREFIX),
                ("ACCESS_TOKEN_TABLE_NAME", ACCESS_TOKEN_TABLE),
                ("SIGNING_KEY_TABLE_NAME", SIGNING_KEY_TABLE),
                ("CALL_TABLE_NAME", CALL_TABLE),
                ("SCHEDULE_PERIOD_SECONDS", "300"),
                ("TOKEN_REFRESHER_FUNCTION_NAME", TOKEN_REFRESHER),
                ("PREFETCH_QUEUE_URL", PREFETCH_QUEUE_URL),
                ("ATTEMPT_SECRET_ARN", ATTEMPT_SECRET_ARN),
                ("HAND_OVER", "person"),
                ("EMERGENCY_NUMBER", "911"),
                ("POISON_CONTROL_NUMBER", "1-800-222-1222"),
                ("CRISIS_LIFELINE_NUMBER", "988"),
                ("CONNECTIONS", "sandbox"),
                ("SIGNING_KEY_TABLE_NAME", SIGNING_KEY_TABLE),
                ("JWKS_MAX_AGE_SECONDS", "3600"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        let connection = ConnectionName::parse("sandbox").unwrap();
        let world = Self { aws, epic, clock, connection, environment };
        for (name, value) in [
            ("client_id", Settings::default().client_id),
            ("token_endpoint", world.epic.token_endpoint()),
            ("fhir_base_url", world.epic.fhir_base_url()),
            ("scopes", "system/Patient.rs system/MedicationRequest.rs system/Medication.rs".to_owned()),
        ] {
            world.set(name, json!(value));
        }
        world.sign_with(SIGNING_KEY_ID, PUBLIC_KEY).await;
        world.aws.forget_calls();
        world.deploy_token_refresher();
        world
    }

    /// Changes a setting of the connection, for functions that start from now on.
    pub fn set(&self, name: &str, value: Value) {
        self.aws.secrets_manager().set(self.connection.as_str(), name, value);
    }

    /// A setting of the connection.
    pub fn setting(&self, name: &str) -> String {
        self.aws.secrets_manager().setting(self.connection.as_str(), name)
    }

    /// Has this key sign for the connection, and no other.
    pub async fn sign_with(&self, key_id: &str, public_key: &[u8]) {
        let (store, now) = (self.key_ring_store(), self.clock.clock().now());
        let key = SigningKey {
            key_id: key_id.to_owned(),
            jwk: Jwk::from_subject_public_key_info(public_key).unwrap(),
            added_at: now,
            seen_at: Some(now),
            promoted_at: Some(now),
            replaced_at: None,
        };
        let revision = store.read(&self.connection).await.unwrap().revision;
        let ring = KeyRing { keys: vec![key], ..KeyRing::default() };
        assert_eq!(store.write(&self.connection, &ring, revision).await.unwrap(), Written::Stored);
    }

    /// Deploys token-refresher with the environment as it is: each invoke has an environment of its own, so that no two
    /// share memory.
    pub fn deploy_token_refresher(&self) {
        let (environment, clock) = (self.environment.clone(), self.clock.clock());
        self.aws.lambda().deploy(TOKEN_REFRESHER, move |payload| {
            let refresher = token_refresher(&environment, clock.clone());
            async move {
                let event = shared::json::decode(&payload).unwrap();
                match invoke(&refresher, &event).await {
                    Ok(reply) => Ok(serde_json::to_vec(&reply).unwrap()),
                    Err(error) => Err(error.code().to_owned()),
                }
            }
        });
    }

    /// A token-refresher of its own, outside Lambda.
    pub fn token_refresher(&self) -> TokenRefresher {
        self.token_refresher_at(self.clock.clock())
    }

    /// One whose clock is another.
    pub fn token_refresher_at(&self, clock: Clock) -> TokenRefresher {
        token_refresher(&self.environment, clock)
    }

    /// Gives a token-refresher of its own an event.
    pub async fn refresh(&self, event: Value) -> Result<RefreshReply, RefreshError> {
        invoke(&self.token_refresher(), &event).await
    }

    /// DynamoDB, with a client and a connection pool of its own at each call.
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&unhurried(&self.aws.aws()))
    }

    /// The table of access tokens, through a client of its own.
    pub fn access_token_store(&self) -> AccessTokenStore {
        AccessTokenStore::new(self.dynamodb(), ACCESS_TOKEN_TABLE.to_owned())
    }

    /// The table of calls, through a client of its own.
    pub fn call_store(&self) -> CallStore {
        CallStore::new(self.dynamodb(), CALL_TABLE.to_owned())
    }

    /// The table of signing keys, through a client of its own.
    pub fn key_ring_store(&self) -> KeyRingStore {
        KeyRingStore::new(self.dynamodb(), SIGNING_KEY_TABLE.to_owned())
    }

    /// A caller's way to a token, with clients of its own: it shares no memory with another.
    pub fn access_token_source(&self) -> AccessTokenSource {
        let (aws, requests) = (self.aws.aws(), RequestCounter::default());
        let dynamodb = aws_sdk_dynamodb::Client::new(&unhurried_and_counted(&aws, &requests));
        AccessTokenSource::new(
            AccessTokenStore::new(dynamodb, ACCESS_TOKEN_TABLE.to_owned()),
            aws_sdk_lambda::Client::new(&aws.sdk_config_for_invoke(&requests)),
            TOKEN_REFRESHER.to_owned(),
            self.connection.clone(),
            self.clock.clock(),
        )
    }

    /// Epic's FHIR API, through clients of its own.
    pub fn fhir_client(&self) -> FhirClient {
        let base_url = Url::parse(&self.epic.fhir_base_url()).unwrap();
        let http = shared::http::client().unwrap();
        FhirClient::new(http, base_url, self.access_token_source(), RequestCounter::default())
    }
}

/// The signing key's public part.
pub fn signing_jwk() -> Jwk {
    Jwk::from_subject_public_key_info(PUBLIC_KEY).unwrap()
}

/// The signing key in its ring, signing since `at`.
pub fn signing_key(at: Timestamp) -> SigningKey {
    SigningKey {
        key_id: SIGNING_KEY_ID.to_owned(),
        jwk: signing_jwk(),
        added_at: at,
        seen_at: None,
        promoted_at: Some(at),
        replaced_at: None,
    }
}

/// A direct invoke's event.
pub fn missing() -> Value {
    json!({"connection": "sandbox", "reason": "missing"})
}

/// A direct invoke's event about a token that Epic refused.
pub fn rejected(version: u64) -> Value {
    json!({"connection": "sandbox", "reason": "rejected", "rejected_version": version})
}

/// The schedule's event, as the template has it.
pub fn scheduled() -> Value {
    json!({"connection": "sandbox", "reason": "schedule"})
}

/// Gives `refresher` an event as the runtime does.
pub async fn invoke(refresher: &TokenRefresher, event: &Value) -> Result<RefreshReply, RefreshError> {
    let payload = RawValue::from_string(event.to_string()).unwrap();
    token_refresher::handle(refresher, LambdaEvent::new(payload, Context::default())).await
}

fn token_refresher(environment: &BTreeMap<String, String>, clock: Clock) -> TokenRefresher {
    let http = shared::http::client().unwrap();
    let aws = Aws::from_environment(environment, &http).unwrap();
    let sdk = unhurried(&aws);
    TokenRefresher::new(
        Config::from_environment(environment).unwrap(),
        aws_sdk_dynamodb::Client::new(&sdk),
        aws_sdk_kms::Client::new(&sdk),
        aws_sdk_secretsmanager::Client::new(&sdk),
        http,
        clock,
        Randomness::system(),
    )
}
