//! What a turn is answered with: clients, configuration, clock.

use std::sync::Arc;

use futures_util::FutureExt as _;
use shared::access_token::source::AccessTokenSource;
use shared::access_token::store::AccessTokenStore;
use shared::aws::connector::RequestCounter;
use shared::aws::{Aws, AwsError};
use shared::call_record::CallReference;
use shared::call_record::store::CallStore;
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::connection_settings::{SettingsError, SettingsStore};
use shared::connections::Connections;
use shared::deadline::Deadline;
use shared::fhir::FhirClient;
use shared::randomness::Randomness;

use crate::config::{Config, ConnectionConfig};
use crate::dialled_number::DialledNumber;
use crate::hand_over::HandOver;
use crate::prefetch_queue::PrefetchQueue;
use crate::session::Session;
use crate::site::Site;
use crate::verification::Verification;
use crate::verification::attempts::AttemptCounters;
use crate::verification::attempts::key::AttemptSecret;

/// The function, ready to answer.
#[derive(Debug)]
pub struct Fulfillment {
    sites: Connections<Site>,
    hand_over: HandOver,
    emergency_number: DialledNumber,
    poison_control_number: DialledNumber,
    crisis_lifeline_number: Option<DialledNumber>,
    calls: CallStore,
    prefetch_queue: PrefetchQueue,
    attempts: Arc<AttemptCounters>,
    clock: Clock,
    randomness: Randomness,
    requests: Requests,
}

/// What is counted of a turn, at the connections.
#[derive(Debug, Clone, Default)]
pub(crate) struct Requests {
    dynamodb: RequestCounter,
    fhir: RequestCounter,
    sqs: RequestCounter,
    lambda: RequestCounter,
}

/// How many requests were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestCounts {
    pub(crate) dynamodb: u64,
    pub(crate) fhir: u64,
    pub(crate) sqs: u64,
    pub(crate) lambda: u64,
}

impl Requests {
    pub(crate) fn counts(&self) -> RequestCounts {
        RequestCounts {
            dynamodb: self.dynamodb.count(),
            fhir: self.fhir.count(),
            sqs: self.sqs.count(),
            lambda: self.lambda.count(),
        }
    }
}

impl RequestCounts {
    /// Those sent after `earlier` was counted. One environment of Lambda's answers one turn at a time.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            dynamodb: self.dynamodb - earlier.dynamodb,
            fhir: self.fhir - earlier.fhir,
            sqs: self.sqs - earlier.sqs,
            lambda: self.lambda - earlier.lambda,
        }
    }
}

impl Fulfillment {
    /// The function with this configuration, whose clients are made of `aws` and `http`.
    pub fn new(config: Config, aws: &Aws, http: reqwest::Client, clock: Clock, randomness: Randomness) -> Self {
        let requests = Requests::default();
        let dynamodb = aws_sdk_dynamodb::Client::new(&aws.sdk_config(&requests.dynamodb));
        let sqs = aws_sdk_sqs::Client::new(&aws.sdk_config(&requests.sqs));
        let lambda = aws_sdk_lambda::Client::new(&aws.sdk_config_for_invoke(&requests.lambda));
        let secrets = aws_sdk_secretsmanager::Client::new(&aws.sdk_config(&RequestCounter::default()));
        let attempts = Arc::new(AttemptCounters::new(
            dynamodb.clone(),
            config.call_table_name.clone(),
            AttemptSecret::new(secrets.clone(), config.attempt_secret_arn),
        ));
        let sites = {
            let settings = SettingsStore::new(secrets, config.settings_prefix);
            let store = AccessTokenStore::new(dynamodb.clone(), config.access_token_table_name);
            let (token_refresher, fhir_requests) = (config.token_refresher_function_name, requests.fhir.clone());
            let (attempts, clock) = (Arc::clone(&attempts), clock.clone());
            Connections::new(config.connections, settings, move |name, settings| {
                let config = ConnectionConfig::from_settings(settings)?;
                let (store, lambda, clock) = (store.clone(), lambda.clone(), clock.clone());
                let tokens =
                    AccessTokenSource::new(store, lambda, token_refresher.clone(), name.clone(), clock.clone());
                let fhir = FhirClient::new(http.clone(), config.fhir_base_url, tokens, fhir_requests.clone());
                let verification = Verification {
                    fhir: fhir.speaking(config.fhir_version),
                    attempts: Arc::clone(&attempts),
                    policy: config.patient_search,
                    clock,
                };
                Ok(Site {
                    connection: name.clone(),
                    medication_policy: config.medications_not_spoken,
                    time_zone: config.time_zone,
                    verification,
                })
            })
        };
        Self {
            sites,
            hand_over: config.hand_over,
            emergency_number: config.emergency_number,
            poison_control_number: config.poison_control_number,
            crisis_lifeline_number: config.crisis_lifeline_number,
            calls: CallStore::new(dynamodb, config.call_table_name),
            prefetch_queue: PrefetchQueue::new(sqs, config.prefetch_queue_url),
            attempts,
            clock,
            randomness,
            requests,
        }
    }

    /// Does what Lambda's start has processor time to spare for: reads the connections' settings and the counters' secret,
    /// and opens the connection that every answer goes over with a read of a call that isn't there. What fails here is tried again when it is needed.
    pub async fn prepare(&self) {
        let nobody = CallReference::new(&self.randomness);
        let table = async { self.calls.read(&nobody, self.clock.now()).await.map(drop) };
        let sites = async {
            self.sites.prepare().await;
            Ok(())
        };
        let all = [sites.boxed(), table.boxed(), self.attempts.prepare().boxed()];
        for result in futures_util::future::join_all(all).await {
            if let Err(error) = result {
                tracing::warn!(code = "not-prepared", error = %error, "something could not be read at start");
            }
        }
    }

    /// The site whose call this is: the one that the contact flow names. A flow that names none is that of the only one.
    /// Settings that could not be read at start are read now.
    pub(crate) async fn site(&self, session: &Session, deadline: Deadline) -> Result<&Site, SettingsError> {
        let name = self.connection(session).ok_or(SettingsError::Unknown)?;
        let timeout = || SettingsError::Read(AwsError::deadline_exceeded("secretsmanager:GetSecretValue settings"));
        deadline.request(self.sites.get(name)).await.unwrap_or_else(|_| Err(timeout()))
    }

    /// The name of the connection whose call this is, if it is one of ours.
    pub(crate) fn connection(&self, session: &Session) -> Option<&ConnectionName> {
        match session.connection() {
            Some(named) => self.sites.names().find(|name| name.as_str() == named),
            None => self.sites.only(),
        }
    }

    /// The connections that are served.
    pub(crate) fn connections(&self) -> impl Iterator<Item = &ConnectionName> {
        self.sites.names()
    }

    pub(crate) fn hand_over(&self) -> &HandOver {
        &self.hand_over
    }

    pub(crate) fn emergency_number(&self) -> &DialledNumber {
        &self.emergency_number
    }

    pub(crate) fn poison_control_number(&self) -> &DialledNumber {
        &self.poison_control_number
    }

    pub(crate) fn crisis_lifeline_number(&self) -> Option<&DialledNumber> {
        self.crisis_lifeline_number.as_ref()
    }

    pub(crate) fn calls(&self) -> &CallStore {
        &self.calls
    }

    pub(crate) fn prefetch_queue(&self) -> &PrefetchQueue {
        &self.prefetch_queue
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn randomness(&self) -> &Randomness {
        &self.randomness
    }

    pub(crate) fn requests(&self) -> &Requests {
        &self.requests
    }
}
