//! The real thing: `template.yaml` and the functions' binaries on the local AWS, and the simulator in Epic's place.

use std::path::Path;
use std::sync::{LazyLock, mpsc};
use std::time::{Duration, Instant};

use aws_sdk_sqs::types::QueueAttributeName;

use super::operator::unhurried;
use careline::local_stack::{EpicConnection, LocalStack};
use epic_simulator::Simulator;
use epic_simulator::settings::{KeySource, Settings};
use shared::connection::ConnectionName;
use shared::fhir::FhirVersion;
use shared::signing_keys::store::KeyRingStore;
use tokio::sync::{Mutex, MutexGuard};

/// The checkout that these tests stand in.
pub fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the checkout")
}

/// The name of its one connection.
pub const CONNECTION: &str = "sandbox";

/// The name of its one connection.
pub fn connection() -> ConnectionName {
    ConnectionName::parse(CONNECTION).expect("a name")
}

/// A deployed pipeline. It ends with the test that started it, or with the process.
pub struct Deployed {
    pub stack: LocalStack,
    pub epic: Simulator,
}

/// The one that tests share which leave no trace in it: no faults, no token revoked.
static SHARED: LazyLock<Deployed> = LazyLock::new(|| start_for_good(|| Deployed::start(Settings::default())));
/// The one that tests disturb. Its tokens live so short that each run of the schedule replaces one.
static DISTURBED: LazyLock<Deployed> = LazyLock::new(|| {
    start_for_good(|| Deployed::start(Settings { token_lifetime: Duration::from_secs(120), ..Settings::default() }))
});
/// A job takes well under a second where Epic answers; this is for a machine that is busy.
const JOBS_END_WITHIN: Duration = Duration::from_secs(3);
/// Held by the test that disturbs it.
static ALONE: Mutex<()> = Mutex::const_new(());

/// The disturbed pipeline, for one test alone: it may break things, and nobody else's requests are among its own but the
/// schedule's. When it is dropped, the simulator is well again.
pub struct Alone {
    pub deployed: &'static Deployed,
    _alone: MutexGuard<'static, ()>,
}

impl Drop for Alone {
    fn drop(&mut self) {
        self.deployed.epic.control().heal();
    }
}

/// Starts something that lives as long as the process, on a runtime of its own: a test's own ends with the test.
pub fn start_for_good<T, F>(start: impl FnOnce() -> F + Send + 'static) -> T
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let (ready, started) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            assert!(ready.send(start().await).is_ok(), "nobody waits");
            std::future::pending::<()>().await;
        });
    });
    started.recv().expect("the local stack starts")
}

/// A simulator as the functions are deployed for it.
pub fn epic_connection(
    name: &ConnectionName,
    epic: &Simulator,
    client_id: String,
    scopes: &[String],
) -> EpicConnection {
    EpicConnection {
        name: name.clone(),
        client_id,
        token_endpoint: epic.token_endpoint(),
        fhir_base_url: epic.fhir_base_url(),
        fhir_version: FhirVersion::R4,
        scopes: scopes.join(" "),
        time_zone: None,
    }
}

/// Registers a connection's JWK Set URL at Epic, which learns our keys from there alone.
pub async fn register(stack: &LocalStack, epic: &Simulator, connection: &ConnectionName) {
    let url = stack.jwks_url(connection);
    // As Epic does when it is registered; and the function's cold start is over when a token is asked for.
    let answer = shared::http::client().expect("an HTTP client").get(&url).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{url}");
    epic.control().register_keys(KeySource::Url(url));
}

/// A stack's table of signing keys, as an operator has it.
pub fn key_ring_store(stack: &LocalStack) -> KeyRingStore {
    let table = stack.output("SigningKeyTableName").expect("an output of the template").to_owned();
    KeyRingStore::new(aws_sdk_dynamodb::Client::new(&unhurried(&stack.aws())), table)
}

impl Deployed {
    /// A pipeline of the test's own.
    pub async fn start(settings: Settings) -> Self {
        let (client_id, scopes) = (settings.client_id.clone(), settings.scopes.clone());
        let epic = Simulator::start(settings).await.expect("the simulator starts");
        let connection = epic_connection(&connection(), &epic, client_id, &scopes);
        // All that is ever logged, so that tests see it.
        let parameters = [("LogLevel", "debug")];
        let stack = LocalStack::start_with(checkout(), &[connection], &parameters, &mut |_| {})
            .await
            .unwrap_or_else(|error| panic!("the local stack starts: {}", shared::telemetry::ErrorChain(&error)));
        register(&stack, &epic, &self::connection()).await;
        Self { stack, epic }
    }

    /// The table of signing keys, as an operator has it.
    pub fn key_ring_store(&self) -> KeyRingStore {
        key_ring_store(&self.stack)
    }

    /// The pipeline that tests share.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    /// The pipeline that tests disturb, for one that only looks on.
    pub async fn disturbed() -> &'static Self {
        tokio::task::spawn_blocking(|| &*DISTURBED).await.expect("the local stack")
    }

    /// The pipeline that tests disturb, for this test alone.
    pub async fn alone() -> Alone {
        let deployed = Self::disturbed().await;
        let alone = Alone { deployed, _alone: ALONE.lock().await };
        deployed.forget_jobs().await;
        alone
    }

    /// Waits for the jobs under way and drops the others: one that failed in another test would come again in this one.
    async fn forget_jobs(&self) {
        let sqs = aws_sdk_sqs::Client::new(&unhurried(&self.stack.aws()));
        let queue = self.stack.output("PrefetchQueueUrl").expect("an output of the template");
        let began = Instant::now();
        loop {
            let request = sqs.get_queue_attributes().queue_url(queue).attribute_names(QueueAttributeName::All);
            let attributes = request.send().await.expect("the queue").attributes.unwrap_or_default();
            let count = |name| attributes.get(&name).and_then(|count| count.parse::<u32>().ok()).expect("a count");
            let waiting = count(QueueAttributeName::ApproximateNumberOfMessages);
            // Among them those that failed, which nobody does now.
            let taken = count(QueueAttributeName::ApproximateNumberOfMessagesNotVisible);
            if waiting + taken == 0 {
                return;
            }
            if began.elapsed() > JOBS_END_WITHIN {
                sqs.purge_queue().queue_url(queue).send().await.expect("the queue");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
