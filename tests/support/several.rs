//! One deployment of several connections, each with an Epic of its own. Each test has connections of its own here: that
//! they are no matter to each other is what the deployment promises.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use careline::command::{Arguments, Command};
use careline::keys::{self, KeysError};
use careline::local_stack::{EpicConnection, Function, LocalStack};
use careline::operator::Operator;
use clap::Parser as _;
use epic_simulator::Simulator;
use epic_simulator::settings::Settings;
use jiff::Timestamp;
use serde_json::{Value, json};
use shared::access_token::store::{AccessTokenStore, TokenRecord};
use shared::call_record::CallReference;
use shared::call_record::store::CallStore;
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::fhir::FhirVersion;
use shared::jwk::JwkSet;
use shared::signing_keys::KeyRing;
use shared::telemetry::ErrorChain;

use super::deployed::{checkout, epic_connection, key_ring_store, register, start_for_good};
use super::operator::unhurried;
use super::token_requests::TokenRequests;

/// Of `two_connections.rs`: the one that works.
pub const SANDBOX: &str = "sandbox";
/// Of `two_connections.rs`: the one whose Epic fails.
pub const PRODUCTION: &str = "production";
/// Of `rotation.rs`.
pub const ROTATED: &str = "rotated";
/// Of `stu3.rs`: an Epic that is spoken with in STU3, at a clinic that tells appointments.
pub const STU3: &str = "stu3";
/// Of `jose.rs`: its token endpoint is no simulator's.
pub const JUDGED: &str = "judged";
/// Of `keys/trial.rs`: it has no Epic at all.
pub const BROUGHT: &str = "brought";
/// Where nobody listens.
const NOBODY: &str = "http://127.0.0.1:9/";
/// How long their tokens live. On the first two the schedule replaces one each time it fires; on the third, one is used
/// for ten seconds, since ten more are its margin. The one that fails comes first, where others could have to wait for it.
const TOKEN_LIFETIMES: [(&str, Duration); 3] =
    [(PRODUCTION, Duration::from_secs(120)), (SANDBOX, Duration::from_secs(120)), (ROTATED, Duration::from_secs(20))];

/// The deployment. It ends with the process.
pub struct Several {
    pub stack: LocalStack,
    epics: BTreeMap<&'static str, Simulator>,
    /// The token endpoint of [`JUDGED`].
    pub token_requests: TokenRequests,
}

static SEVERAL: LazyLock<Several> = LazyLock::new(|| start_for_good(Several::start));

impl Several {
    /// The one that there is.
    pub async fn deployed() -> &'static Self {
        tokio::task::spawn_blocking(|| &*SEVERAL).await.expect("the local stack")
    }

    async fn start() -> Self {
        let (mut epics, mut connections) = (BTreeMap::new(), Vec::new());
        for (connection, token_lifetime) in TOKEN_LIFETIMES {
            let settings =
                Settings { client_id: format!("careline-{connection}"), token_lifetime, ..Settings::default() };
            let (client_id, scopes) = (settings.client_id.clone(), settings.scopes.clone());
            let epic = Simulator::start(settings).await.expect("the simulator starts");
            connections.push(epic_connection(&name(connection), &epic, client_id, &scopes));
            epics.insert(connection, epic);
        }
        let epic = Simulator::start(Settings { client_id: format!("careline-{STU3}"), ..Settings::default() });
        let epic = epic.await.expect("the simulator starts");
        connections.push(EpicConnection {
            name: name(STU3),
            client_id: format!("careline-{STU3}"),
            token_endpoint: epic.token_endpoint(),
            fhir_base_url: epic.stu3_base_url(),
            fhir_version: FhirVersion::Stu3,
            scopes:
                "system/Patient.read system/MedicationStatement.read system/Medication.read system/Appointment.read"
                    .to_owned(),
            time_zone: Some("America/Chicago".to_owned()),
        });
        epics.insert(STU3, epic);
        let token_requests = TokenRequests::start().await;
        for (connection, token_endpoint) in [(JUDGED, token_requests.url.as_str()), (BROUGHT, NOBODY)] {
            connections.push(EpicConnection {
                name: name(connection),
                client_id: format!("careline-{connection}"),
                token_endpoint: token_endpoint.to_owned(),
                // Nobody calls there.
                fhir_base_url: NOBODY.to_owned(),
                fhir_version: FhirVersion::R4,
                scopes: "system/Patient.read".to_owned(),
                time_zone: None,
            });
        }
        let stack = LocalStack::start_with(checkout(), &connections, &[], &mut |_| {})
            .await
            .unwrap_or_else(|error| panic!("the local stack starts: {}", ErrorChain(&error)));
        for (connection, epic) in &epics {
            register(&stack, epic, &name(connection)).await;
        }
        Self { stack, epics, token_requests }
    }

    /// A connection's Epic.
    pub fn epic(&self, connection: &str) -> &Simulator {
        &self.epics[connection]
    }

    /// What fulfillment answers to a turn of a call that the flow says is this connection's.
    pub async fn turn(&self, connection: &str, mut event: Value) -> Value {
        event["sessionState"]["sessionAttributes"]["connection"] = json!(connection);
        self.invoke(Function::Fulfillment, &event).await.expect("fulfillment never fails")
    }

    /// What a function answers to an event; its error's type where it fails.
    pub async fn invoke(&self, function: Function, event: &Value) -> Result<Value, Value> {
        let config = unhurried(&self.stack.aws());
        let request = aws_sdk_lambda::Client::new(&config).invoke().function_name(self.stack.function_name(function));
        let output = request.payload(event.to_string().into_bytes().into()).send().await;
        let output = output.expect("the function is invoked");
        let answer = shared::json::decode(output.payload().expect("an answer").as_ref()).expect("an answer in JSON");
        if output.function_error().is_some() { Err(answer) } else { Ok(answer) }
    }

    /// A connection's item in the table of access tokens.
    pub async fn token(&self, connection: &str) -> TokenRecord {
        let table = self.stack.output("AccessTokenTableName").expect("an output of the template").to_owned();
        let config = unhurried(&self.stack.aws());
        let store = AccessTokenStore::new(aws_sdk_dynamodb::Client::new(&config), table);
        store.read(&name(connection)).await.expect("the table")
    }

    /// Whether a call's list was stored.
    pub async fn has_list(&self, call: &str) -> bool {
        let table = self.stack.output("CallTableName").expect("an output of the template").to_owned();
        let config = unhurried(&self.stack.aws());
        let store = CallStore::new(aws_sdk_dynamodb::Client::new(&config), table);
        let call = CallReference::parse(call).expect("a reference");
        let record = store.read(&call, Timestamp::now()).await.expect("the table");
        record.is_some_and(|record| record.medications.is_some())
    }

    /// A connection's keys as they are stored.
    pub async fn key_ring(&self, connection: &str) -> KeyRing {
        key_ring_store(&self.stack).read(&name(connection)).await.expect("the table").ring
    }

    /// What a connection's JWK Set URL serves.
    pub async fn key_set(&self, connection: &str) -> JwkSet {
        let request = shared::http::client().expect("an HTTP client").get(self.stack.jwks_url(&name(connection)));
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{connection}");
        shared::json::decode(&shared::http::read_body(response).await.expect("a whole answer")).expect("a set")
    }

    /// `careline keys …` for a connection, agreed to beforehand; what the operator reads.
    pub async fn keys(&self, connection: &str, words: &str, clock: &Clock) -> Result<String, KeysError> {
        let words = format!("careline keys {words} --connection {connection} --yes");
        let arguments = Arguments::try_parse_from(words.split(' ')).expect("a command of careline");
        let Command::Keys(options) = arguments.command else { panic!("{words}") };
        let deployment = self.stack.deployment().expect("an HTTP client");
        let (mut input, mut out) = (b"".as_slice(), Vec::new());
        let mut operator = Operator { input: &mut input, out: &mut out, is_terminal: false };
        keys::run(&options, &deployment, clock, &mut operator).await?;
        Ok(String::from_utf8(out).expect("text"))
    }
}

/// A connection's name.
pub fn name(connection: &str) -> ConnectionName {
    ConnectionName::parse(connection).expect("a name")
}
