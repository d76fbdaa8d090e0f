//! One job: is the call still there, is its chart wanted, read the medications, store them, and then the appointments.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use shared::access_token::source::AccessTokenSource;
use shared::access_token::store::AccessTokenStore;
use shared::appointments;
use shared::aws::connector::RequestCounter;
use shared::aws::{Aws, AwsError};
use shared::call_record::store::{CallStore, Written};
use shared::call_record::{CallRecord, MedicationsOutcome};
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::connection_settings::SettingsStore;
use shared::connections::Connections;
use shared::deadline::Deadline;
use shared::fhir::FhirClient;
use shared::medications::{self, MedicationPolicy};
use shared::metrics::Metric;
use shared::prefetch_job::PrefetchJob;
use shared::telemetry::ErrorChain;

use crate::config::{Config, ConnectionConfig};
use crate::error::{Disposition, JobError};

/// What is kept of the budget for storing what was read.
const STORE_BUDGET: Duration = Duration::from_secs(3);

/// Does prefetch jobs.
#[derive(Debug)]
pub struct PrefetchWorker {
    connections: Connections<Site>,
    calls: CallStore,
    clock: Clock,
}

/// What a connection's charts are read with.
#[derive(Debug)]
struct Site {
    fhir: FhirClient,
    policy: MedicationPolicy,
    time_zone: Option<TimeZone>,
}

/// Whether a chart is read on: one whose medications are restricted isn't opened again for the appointments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chart {
    Open,
    Restricted,
}

impl Chart {
    fn of(outcome: &MedicationsOutcome) -> Self {
        if *outcome == MedicationsOutcome::Restricted { Self::Restricted } else { Self::Open }
    }
}

impl PrefetchWorker {
    /// A worker whose clients are made of `aws` and `http`.
    pub fn new(config: Config, aws: &Aws, http: reqwest::Client, clock: Clock) -> Self {
        let requests = RequestCounter::default();
        let dynamodb = aws_sdk_dynamodb::Client::new(&aws.sdk_config(&requests));
        let lambda = aws_sdk_lambda::Client::new(&aws.sdk_config_for_invoke(&requests));
        let secrets = aws_sdk_secretsmanager::Client::new(&aws.sdk_config(&requests));
        let settings = SettingsStore::new(secrets, config.settings_prefix);
        let tokens = AccessTokenStore::new(dynamodb.clone(), config.access_token_table_name);
        let (token_refresher, token_clock) = (config.token_refresher, clock.clone());
        let connections = Connections::new(config.connections, settings, move |name, settings| {
            let ConnectionConfig { fhir_base_url, fhir_version, policy, time_zone } =
                ConnectionConfig::from_settings(settings)?;
            let (store, clock) = (tokens.clone(), token_clock.clone());
            let tokens = AccessTokenSource::new(store, lambda.clone(), token_refresher.clone(), name.clone(), clock);
            let fhir = FhirClient::new(http.clone(), fhir_base_url, tokens, RequestCounter::default());
            Ok(Site { fhir: fhir.speaking(fhir_version), policy, time_zone })
        });
        Self { connections, calls: CallStore::new(dynamodb, config.call_table_name), clock }
    }

    /// Reads the connections' settings, before the first batch.
    pub async fn prepare(&self) {
        self.connections.prepare().await;
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Does the job in `message`, or finds that there is nothing to do.
    pub(crate) async fn run(&self, message: &str, deadline: Deadline) -> Result<(), JobError> {
        let job = PrefetchJob::from_message(message).map_err(JobError::Decode)?;
        if job.is_stale_at(self.now()) {
            self.not_wanted(&job.connection, "the job is stale");
            return Ok(());
        }
        let call = self.call(&job, deadline).await?.ok_or(JobError::NoSuchCall)?;
        if call.caller.expires_at <= self.now() {
            self.not_wanted(&job.connection, "the call has ended");
            return Ok(());
        }
        if call.caller.connection != job.connection {
            return Err(JobError::OtherConnection);
        }
        let site = self.connections.get(&job.connection).await.map_err(JobError::Connection)?;
        let medications = self.medications(&job, &call, site, deadline).await;
        let goes_on = match &medications {
            Ok(outcome) => *outcome != Chart::Restricted,
            Err(error) => error.disposition() == Disposition::GiveUp,
        };
        // Whatever becomes of these, the medications are done with: no failure here brings the job back.
        if goes_on && let Err(error) = self.appointments(&job, &call, site, deadline).await {
            tracing::warn!(code = error.code(), error = %ErrorChain(&error), "the appointments were not prefetched");
        }
        medications.map(drop)
    }

    /// The call, even one that has expired: a job for a call that has ended is done, one for a call that isn't there yet
    /// has to come again.
    async fn call(&self, job: &PrefetchJob, deadline: Deadline) -> Result<Option<CallRecord>, JobError> {
        const OPERATION: &str = "dynamodb:Query call";
        let read = deadline.request(self.calls.read(&job.call, Timestamp::MIN)).await;
        read.unwrap_or_else(|_| Err(AwsError::deadline_exceeded(OPERATION))).map_err(JobError::ReadCall)
    }

    async fn medications(
        &self,
        job: &PrefetchJob,
        call: &CallRecord,
        site: &Site,
        deadline: Deadline,
    ) -> Result<Chart, JobError> {
        const OPERATION: &str = "dynamodb:PutItem medications";
        if let Some(outcome) = &call.medications {
            tracing::info!(code = "prefetch-already-there", "the medications are there already");
            return Ok(Chart::of(outcome));
        }
        let started = Instant::now();
        let caller = &call.caller;
        let reading = medications::read_chart(
            &site.fhir,
            &caller.patient,
            &site.policy,
            caller.locale,
            &self.clock,
            reading_deadline(deadline),
        )
        .await
        .map_err(JobError::ReadMedications)?;
        // Somebody else's list, read at the same time, is as good: the first one stays.
        let write = self.calls.write_medications(&job.call, &reading.outcome, caller.expires_at);
        let written = deadline.request(write).await.unwrap_or_else(|_| Err(AwsError::deadline_exceeded(OPERATION)));
        if written.map_err(JobError::StoreMedications)? == Written::AlreadyThere {
            tracing::info!(code = "prefetch-already-there", "the medications were read at the same time by another");
            return Ok(Chart::of(&reading.outcome));
        }
        tracing::info!(
            code = "prefetch-done",
            elapsed_ms = milliseconds(started.elapsed()),
            medications = match &reading.outcome {
                MedicationsOutcome::Read { list } => list.medications.len(),
                MedicationsOutcome::Restricted => 0,
            },
            pages = reading.pages,
            // As a number: an i128 would be logged as text.
            age_ms = i64::try_from(self.now().duration_since(job.enqueued_at).as_millis()).unwrap_or(i64::MAX),
            "medications prefetched"
        );
        Ok(Chart::of(&reading.outcome))
    }

    /// Reads the appointments, where this site tells them and they aren't there yet.
    async fn appointments(
        &self,
        job: &PrefetchJob,
        call: &CallRecord,
        site: &Site,
        deadline: Deadline,
    ) -> Result<(), JobError> {
        const OPERATION: &str = "dynamodb:PutItem appointments";
        let (Some(zone), None) = (&site.time_zone, &call.appointments) else { return Ok(()) };
        let caller = &call.caller;
        let reading =
            appointments::read(&site.fhir, &caller.patient, zone, &self.clock, reading_deadline(deadline)).await;
        let outcome = reading.map_err(JobError::ReadAppointments)?;
        let write = self.calls.write_appointments(&job.call, &outcome, caller.expires_at);
        let written = deadline.request(write).await;
        written
            .unwrap_or_else(|_| Err(AwsError::deadline_exceeded(OPERATION)))
            .map(drop)
            .map_err(JobError::StoreAppointments)
    }

    fn not_wanted(&self, connection: &ConnectionName, why: &'static str) {
        Metric::PrefetchStale.record(connection, 1, &self.clock);
        tracing::info!(code = "prefetch-stale", why, "a job was acknowledged without work");
    }
}

/// When reading has to end, so that what was read can be stored.
fn reading_deadline(deadline: Deadline) -> Deadline {
    deadline.at_most(deadline.remaining().saturating_sub(STORE_BUDGET))
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
