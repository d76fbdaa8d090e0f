//! Where scenarios are played: the functions' own code in this process, or their binaries as deployed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use careline::local_stack::Function;
use epic_simulator::Simulator;
use fulfillment::Fulfillment;
use jiff::Timestamp;
use jwks::JwksEndpoint;
use lambda_runtime::{Context, Diagnostic, LambdaEvent};
use prefetch_worker::PrefetchWorker;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use shared::access_token::store::attribute;
use shared::aws::Aws;
use shared::call_record::store::{CallStore, Written};
use shared::call_record::{CallReference, PatientId, VerifiedCaller};
use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::prefetch_job::{PrefetchJob, VERSION};
use shared::randomness::Randomness;
use shared::speech::Locale;

use crate::support::canary::{BIRTH_DATE, BIRTH_DATE_SAID, EVERYTHING, PATIENT_ID, PHONE};
use crate::support::deployed::Deployed;
use crate::support::lex::{self, Claim};
use crate::support::operator::unhurried;
use crate::support::world::World;

/// What was told to whom, to be searched for canaries.
#[derive(Debug, Default)]
pub struct Told {
    /// Every error and reply in all its texts: `Display`, `Debug`, what the runtime reports.
    pub texts: String,
    /// What Lex was answered.
    pub answers: String,
    /// The call references given out.
    pub references: Vec<String>,
    /// The tokens that Epic issued.
    pub tokens: Vec<String>,
}

impl Told {
    /// Adds what was told elsewhere.
    pub fn add(&mut self, other: Self) {
        self.texts.push_str(&other.texts);
        self.answers.push_str(&other.answers);
        self.references.extend(other.references);
        self.tokens.extend(other.tokens);
    }
}

enum Place<'a> {
    InProcess(&'a World, Box<Fulfillment>, Box<PrefetchWorker>, Box<JwksEndpoint>),
    Deployed(&'a Deployed),
}

/// Where scenarios are played.
pub struct Stage<'a> {
    pub epic: &'a Simulator,
    pub connection: &'static str,
    pub access_token_table: String,
    pub call_table: String,
    pub told: RefCell<Told>,
    pub dynamodb: aws_sdk_dynamodb::Client,
    place: Place<'a>,
}

/// Longer ago than a job is of use: a turn doesn't wait for the worker.
pub const LONG_AGO: Duration = Duration::from_secs(90);

/// The canary patient's own words.
pub const CLAIM: Claim<'static> = Claim { number: PHONE, birth_date: (BIRTH_DATE, BIRTH_DATE_SAID), gender: "female" };

impl<'a> Stage<'a> {
    /// The functions' code in this process.
    pub async fn in_process(world: &'a World) -> Self {
        // Here the site tells appointments, too.
        world.set("time_zone", json!("America/Chicago"));
        let fulfillment = fulfillment_of(world, world.clock.clock(), Randomness::system());
        fulfillment.prepare().await;
        Self {
            epic: &world.epic,
            connection: "sandbox",
            access_token_table: world.environment["ACCESS_TOKEN_TABLE_NAME"].clone(),
            call_table: world.environment["CALL_TABLE_NAME"].clone(),
            told: RefCell::default(),
            dynamodb: world.dynamodb(),
            place: Place::InProcess(
                world,
                Box::new(fulfillment),
                Box::new(worker_of(world, world.clock.clock())),
                Box::new(jwks_of(world, world.clock.clock())),
            ),
        }
    }

    /// The deployed binaries.
    pub fn deployed(deployed: &'a Deployed) -> Self {
        let output = |name| deployed.stack.output(name).expect("an output").to_owned();
        Self {
            epic: &deployed.epic,
            connection: "sandbox",
            access_token_table: output("AccessTokenTableName"),
            call_table: output("CallTableName"),
            told: RefCell::default(),
            dynamodb: aws_sdk_dynamodb::Client::new(&unhurried(&deployed.stack.aws())),
            place: Place::Deployed(deployed),
        }
    }

    /// The time, as the functions have it.
    pub fn now(&self) -> Timestamp {
        match &self.place {
            Place::InProcess(world, ..) => world.clock.clock().now(),
            Place::Deployed(_) => Timestamp::now(),
        }
    }

    /// Gives a function an event; its answer, if it is not an error.
    pub async fn invoke(&self, function: Function, event: &str) -> Option<Value> {
        let answer = match &self.place {
            Place::InProcess(world, fulfillment, worker, endpoint) => {
                // What is no JSON at all is the runtime's to refuse.
                let payload = RawValue::from_string(event.to_owned()).ok()?;
                let event = LambdaEvent::new(payload, Context::default());
                match function {
                    Function::Fulfillment => self.note(fulfillment::handle(fulfillment, event).await),
                    Function::PrefetchWorker => self.note(prefetch_worker::handle(worker, event).await),
                    Function::TokenRefresher => {
                        self.note(token_refresher::handle(&world.token_refresher(), event).await)
                    }
                    Function::Jwks => self.note(jwks::handle(endpoint, event).await),
                }
            }
            Place::Deployed(deployed) => self.invoke_deployed(deployed, function, event).await,
        };
        if let (Some(answer), Function::Fulfillment) = (&answer, function) {
            let reference = lex::attributes(answer).get("callReference").and_then(Value::as_str).map(str::to_owned);
            let mut told = self.told.borrow_mut();
            told.answers.push_str(&format!("{answer}\n"));
            told.references.extend(reference);
        }
        answer
    }

    fn note<T: serde::Serialize + std::fmt::Debug, E: Into<Diagnostic> + std::fmt::Debug + std::fmt::Display>(
        &self,
        result: Result<T, E>,
    ) -> Option<Value> {
        match result {
            Ok(answer) => {
                self.tell(&format!("{answer:?} {answer:#?}"));
                Some(serde_json::to_value(&answer).expect("an answer is JSON"))
            }
            Err(error) => {
                self.tell(&format!("{error} {error:?} {error:#?}"));
                let Diagnostic { error_type, error_message } = error.into();
                self.tell(&format!("{error_type} {error_message}"));
                None
            }
        }
    }

    async fn invoke_deployed(&self, deployed: &Deployed, function: Function, event: &str) -> Option<Value> {
        let config = unhurried(&deployed.stack.aws());
        let invoke =
            aws_sdk_lambda::Client::new(&config).invoke().function_name(deployed.stack.function_name(function));
        let output = invoke.payload(event.as_bytes().to_vec().into()).send().await.ok()?;
        let payload = output.payload().map(AsRef::as_ref).unwrap_or_default();
        if function != Function::Fulfillment || output.function_error().is_some() {
            self.tell(&String::from_utf8_lossy(payload));
        }
        shared::json::decode(payload).ok().filter(|_| output.function_error().is_none())
    }

    /// All that was told, and the tokens that it must not hold.
    pub fn told(self, epic: &Simulator) -> Told {
        let mut told = self.told.into_inner();
        told.tokens.extend(epic.control().issued_tokens());
        told
    }

    /// Adds an error's or value's text to what is searched.
    pub fn tell(&self, text: &str) {
        self.told.borrow_mut().texts.push_str(&format!("{text}\n"));
    }

    /// The canary patient is verified, or not.
    pub async fn verify(&self) -> Value {
        self.verify_claim(CLAIM).await
    }

    /// As [`Stage::verify`], with other words.
    pub async fn verify_claim(&self, claim: Claim<'_>) -> Value {
        let contact_id = Randomness::system().name();
        self.invoke(Function::Fulfillment, &lex::verify(&contact_id, claim).to_string()).await.unwrap_or_default()
    }

    /// The caller of `call` asks for their medications.
    pub async fn list(&self, call: &CallReference) -> Value {
        self.invoke(Function::Fulfillment, &lex::medications(call.as_str()).to_string()).await.unwrap_or_default()
    }

    /// The caller of `call` asks for their next appointment.
    pub async fn appointments(&self, call: &CallReference) -> Value {
        let attributes = json!({"callReference": call.as_str(), "contactId": "c"});
        let event =
            lex::turn("FulfillmentCodeHook", "NextAppointment", json!({}), attributes, "when is my next appointment");
        self.invoke(Function::Fulfillment, &event.to_string()).await.unwrap_or_default()
    }

    /// The caller of `call` asks for the other language.
    pub async fn other_language(&self, call: &CallReference) -> Value {
        let attributes = json!({"callReference": call.as_str(), "contactId": "c"});
        let event = lex::turn("FulfillmentCodeHook", "OtherLanguage", json!({}), attributes, "en español");
        self.invoke(Function::Fulfillment, &event.to_string()).await.unwrap_or_default()
    }

    /// token-refresher is asked for a token, by a call and then by the schedule, and before that for a check and to try a key.
    pub async fn refresh(&self) {
        self.try_key(EVERYTHING).await;
        for reason in ["check", "missing", "schedule"] {
            self.refresh_for(reason).await;
        }
    }

    /// token-refresher is asked for a token.
    pub async fn refresh_for(&self, reason: &str) {
        let event = json!({"connection": self.connection, "reason": reason}).to_string();
        self.invoke(Function::TokenRefresher, &event).await;
    }

    /// token-refresher is asked to try a key.
    pub async fn try_key(&self, kid: &str) {
        let event = json!({"connection": self.connection, "reason": "sign", "kid": kid}).to_string();
        self.invoke(Function::TokenRefresher, &event).await;
    }

    /// The worker is given these messages.
    pub async fn work(&self, bodies: &[String]) {
        let record = |(index, body): (usize, &String)| json!({"messageId": format!("message-{index}"), "body": body, "eventSource": "aws:sqs"});
        let records: Vec<_> = bodies.iter().enumerate().map(record).collect();
        self.invoke(Function::PrefetchWorker, &json!({"Records": records}).to_string()).await;
    }

    /// A job for `call`, as fulfillment sends it.
    pub fn job(&self, call: &CallReference) -> String {
        let connection = self.connection();
        PrefetchJob { version: VERSION, connection, call: call.clone(), enqueued_at: self.now() }.to_message()
    }

    /// A call of the canary patient's that began so long ago, with no list.
    pub async fn open_call(&self, ago: Duration) -> CallReference {
        let call = CallReference::new(&Randomness::system());
        let caller = VerifiedCaller {
            connection: self.connection(),
            patient: PatientId::parse(PATIENT_ID).unwrap(),
            locale: Locale::EnUs,
            verified_by: vec!["phone".to_owned()],
            verified_at: self.now() - ago,
            expires_at: self.now() + Duration::from_secs(600),
        };
        self.tell(&format!("{caller:?} {caller:#?} {call:?} {call:#?}"));
        assert_eq!(self.call_store().open(&call, &caller).await.expect("the table"), Written::Stored);
        self.told.borrow_mut().references.push(call.as_str().to_owned());
        call
    }

    pub fn call_store(&self) -> CallStore {
        CallStore::new(self.dynamodb.clone(), self.call_table.clone())
    }

    fn connection(&self) -> ConnectionName {
        ConnectionName::parse(self.connection).unwrap()
    }

    /// Stores an item as it is.
    pub async fn put(&self, table: &str, item: HashMap<String, AttributeValue>) {
        self.dynamodb.put_item().table_name(table).set_item(Some(item)).send().await.expect("the table");
    }

    /// Takes the token away.
    pub async fn forget_token(&self) {
        let item = self.dynamodb.delete_item().table_name(&self.access_token_table);
        let connection = AttributeValue::S(self.connection.to_owned());
        item.key(attribute::CONNECTION, connection).send().await.expect("the table");
    }

    /// As an hour later: no wrong try counts any more.
    pub async fn forget_attempts(&self) {
        let scan = self.dynamodb.scan().table_name(&self.call_table).send().await.expect("the table");
        for mut item in scan.items.unwrap_or_default() {
            item.retain(|name, _| name == "call" || name == "item");
            if item["call"].as_s().is_ok_and(|call| call.starts_with("attempts#")) {
                let delete = self.dynamodb.delete_item().table_name(&self.call_table).set_key(Some(item));
                delete.send().await.expect("the table");
            }
        }
    }
}

/// fulfillment with clients of its own.
pub fn fulfillment_of(world: &World, clock: Clock, randomness: Randomness) -> Fulfillment {
    let http = shared::http::client().unwrap();
    let aws = Aws::from_environment(&world.environment, &http).unwrap();
    let config = fulfillment::config::Config::from_environment(&world.environment).unwrap();
    Fulfillment::new(config, &aws, http, clock, randomness)
}

/// prefetch-worker with clients of its own.
pub fn worker_of(world: &World, clock: Clock) -> PrefetchWorker {
    let http = shared::http::client().unwrap();
    let aws = Aws::from_environment(&world.environment, &http).unwrap();
    let config = prefetch_worker::config::Config::from_environment(&world.environment).unwrap();
    PrefetchWorker::new(config, &aws, http, clock)
}

/// jwks with clients of its own.
pub fn jwks_of(world: &World, clock: Clock) -> JwksEndpoint {
    let config = jwks::config::Config::from_environment(&world.environment).unwrap();
    JwksEndpoint::new(config, world.dynamodb(), clock)
}
