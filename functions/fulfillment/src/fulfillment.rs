//! What a turn is answered with: clients, configuration, clock.

use futures_util::FutureExt as _;
use shared::access_token::source::AccessTokenSource;
use shared::access_token::store::AccessTokenStore;
use shared::aws::Aws;
use shared::aws::connector::RequestCounter;
use shared::call_record::CallReference;
use shared::call_record::store::CallStore;
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::fhir::FhirClient;
use shared::medications::MedicationPolicy;
use shared::randomness::Randomness;

use crate::config::Config;
use crate::hand_over::HandOver;
use crate::prefetch_queue::PrefetchQueue;
use crate::verification::Verification;
use crate::verification::attempts::AttemptCounters;
use crate::verification::attempts::key::AttemptSecret;

/// The function, ready to answer.
#[derive(Debug)]
pub struct Fulfillment {
    connection: ConnectionName,
    hand_over: HandOver,
    medication_policy: MedicationPolicy,
    calls: CallStore,
    prefetch_queue: PrefetchQueue,
    verification: Verification,
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
        let tokens = AccessTokenSource::new(
            AccessTokenStore::new(dynamodb.clone(), config.access_token_table_name),
            lambda,
            config.token_refresher_function_name,
            config.connection.clone(),
            clock.clone(),
        );
        Self {
            connection: config.connection,
            hand_over: config.hand_over,
            medication_policy: config.medications_not_spoken,
            calls: CallStore::new(dynamodb.clone(), config.call_table_name.clone()),
            prefetch_queue: PrefetchQueue::new(sqs, config.prefetch_queue_url),
            verification: Verification {
                fhir: FhirClient::new(http, config.fhir_base_url, tokens, requests.fhir.clone()),
                attempts: AttemptCounters::new(
                    dynamodb,
                    config.call_table_name,
                    AttemptSecret::new(secrets, config.attempt_secret_arn),
                ),
                policy: config.patient_search,
                clock: clock.clone(),
            },
            clock,
            randomness,
            requests,
        }
    }

    /// Does what Lambda's start has processor time to spare for: reads the counters' secret, and opens the connection that
    /// every answer goes over with a read of a call that isn't there. What fails here is tried again when it is needed.
    pub async fn prepare(&self) {
        let nobody = CallReference::new(&self.randomness);
        let table = async { self.calls.read(&nobody, self.clock.now()).await.map(drop) };
        for result in
            futures_util::future::join_all([table.boxed(), self.verification.attempts.prepare().boxed()]).await
        {
            if let Err(error) = result {
                tracing::warn!(code = "not-prepared", error = %error, "something could not be read at start");
            }
        }
    }

    pub(crate) fn connection(&self) -> &ConnectionName {
        &self.connection
    }

    pub(crate) fn hand_over(&self) -> HandOver {
        self.hand_over
    }

    pub(crate) fn medication_policy(&self) -> &MedicationPolicy {
        &self.medication_policy
    }

    pub(crate) fn calls(&self) -> &CallStore {
        &self.calls
    }

    pub(crate) fn prefetch_queue(&self) -> &PrefetchQueue {
        &self.prefetch_queue
    }

    pub(crate) fn verification(&self) -> &Verification {
        &self.verification
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
