//! The real thing: `template.yaml` and the functions' binaries on the local AWS, and the simulator in Epic's place.

use std::path::Path;
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use careline::local_stack::{EpicConnection, LocalStack};
use epic_simulator::Simulator;
use epic_simulator::settings::{KeySource, Settings};
use shared::aws::connector::RequestCounter;
use shared::connection::ConnectionName;
use shared::jwk::{Jwk, JwkSet};
use tokio::sync::{Mutex, MutexGuard};

/// The checkout that these tests stand in.
pub fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the checkout")
}

/// The name of its one connection.
pub fn connection() -> ConnectionName {
    ConnectionName::parse("sandbox").expect("a name")
}

/// A deployed pipeline. It ends with the test that started it, or with the process.
pub struct Deployed {
    pub stack: LocalStack,
    pub epic: Simulator,
}

/// The one that tests share which leave no trace in it: no faults, no token revoked.
static SHARED: LazyLock<Deployed> = LazyLock::new(|| start_for_good(Settings::default));
/// The one that tests disturb. Its tokens live so short that each run of the schedule replaces one.
static DISTURBED: LazyLock<Deployed> =
    LazyLock::new(|| start_for_good(|| Settings { token_lifetime: Duration::from_secs(120), ..Settings::default() }));
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

fn start_for_good(settings: fn() -> Settings) -> Deployed {
    let (ready, deployed) = mpsc::channel();
    // The simulator lives on the runtime that it was started on; a test's own ends with the test.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            ready.send(Deployed::start(settings()).await).expect("somebody waits");
            std::future::pending::<()>().await;
        });
    });
    deployed.recv().expect("the local stack starts")
}

impl Deployed {
    /// A pipeline of the test's own.
    pub async fn start(settings: Settings) -> Self {
        let (client_id, scopes) = (settings.client_id.clone(), settings.scopes.join(" "));
        let epic = Simulator::start(settings).await.expect("the simulator starts");
        let connection = EpicConnection {
            name: connection(),
            client_id,
            token_endpoint: epic.token_endpoint(),
            fhir_base_url: epic.fhir_base_url(),
            scopes,
        };
        // All that is ever logged, so that tests see it.
        let parameters = [("LogLevel", "debug")];
        let stack = LocalStack::start_with(checkout(), &[connection], &parameters, &mut |_| {})
            .await
            .unwrap_or_else(|error| panic!("the local stack starts: {}", shared::telemetry::ErrorChain(&error)));
        epic.control().register_keys(KeySource::Set(public_keys(&stack).await));
        Self { stack, epic }
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
        Alone { deployed, _alone: ALONE.lock().await }
    }
}

/// The set that an operator would register at Epic.
async fn public_keys(stack: &LocalStack) -> serde_json::Value {
    let kms = aws_sdk_kms::Client::new(&stack.aws().sdk_config(&RequestCounter::default()));
    let key = stack.signing_key_id(&connection());
    let public_key = kms.get_public_key().key_id(key).send().await.expect("kms:GetPublicKey");
    let jwk = Jwk::from_subject_public_key_info(public_key.public_key().expect("a key").as_ref()).expect("an RSA key");
    serde_json::to_value(JwkSet { keys: vec![jwk] }).expect("a set is JSON")
}
