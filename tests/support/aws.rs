//! AWS's place on one loopback socket: DynamoDB (a real engine, in this process), KMS (with real keys), Lambda, SQS
//! and Secrets Manager. The SDK's own request building and error handling run against it, and it can fail on request.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use shared::aws::Aws;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::dynamodb::DynamoDb;
use super::kms::Kms;
use super::lambda::Lambda;
use super::operator::unhurried;
use super::secrets_manager::{SETTINGS_PREFIX, SecretsManager};
use super::sqs::Sqs;

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Call {
    /// IAM's name of the operation, such as `dynamodb:GetItem`; with "settings" after it for a connection's.
    pub operation: String,
    /// Its JSON body; `null` where it has none.
    pub body: Value,
}

/// What goes wrong with a request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// It is refused with this status and error code, such as `(400, "ThrottlingException")`.
    Error(u16, &'static str),
    /// It is answered with this status and body, which can be anything.
    Answer(u16, String),
    /// It is never answered.
    Hang,
    /// It is answered this much later; at once for zero, so that the next fault strikes a later request.
    Delay(Duration),
    /// It is done, but its answer is lost on the way: 500, which the SDK tries again.
    LoseAnswer,
    /// It is done, but its answer waits for [`AwsStandIn::release`].
    Hold,
}

/// The answer of a service: status, `X-Amz-Function-Error` (of Lambda), body.
pub struct Answer {
    pub status: u16,
    pub function_error: bool,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn ok(body: Value) -> Self {
        Self { status: 200, function_error: false, body: body.to_string().into_bytes() }
    }

    pub fn error(status: u16, code: &str) -> Self {
        let body = json!({"__type": code, "message": "refused by the stand-in"}).to_string().into_bytes();
        Self { status, function_error: false, body }
    }
}

#[derive(Default)]
struct Journal {
    calls: Vec<Call>,
    /// What happens to the next so many requests of an operation.
    faults: Vec<(String, Fault, usize)>,
    /// How many answers are held back.
    held: usize,
}

struct Services {
    dynamodb: DynamoDb,
    kms: Kms,
    lambda: Lambda,
    sqs: Sqs,
    secrets_manager: SecretsManager,
    journal: Mutex<Journal>,
    released: Notify,
}

/// How long a request may be waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// The stand-in. It ends when it is dropped.
pub struct AwsStandIn {
    endpoint: String,
    services: Arc<Services>,
    server: JoinHandle<()>,
}

impl AwsStandIn {
    /// Starts it, with all tables there and empty.
    pub async fn start() -> Self {
        let services = Arc::new(Services {
            dynamodb: DynamoDb::start().await,
            kms: Kms::new(),
            lambda: Lambda::default(),
            sqs: Sqs::default(),
            secrets_manager: SecretsManager::default(),
            journal: Mutex::default(),
            released: Notify::new(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback({
            let services = Arc::clone(&services);
            move |request| serve(Arc::clone(&services), request)
        });
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let stand_in = Self { endpoint, services, server };
        super::dynamodb::create_tables(&aws_sdk_dynamodb::Client::new(&unhurried(&stand_in.aws()))).await;
        stand_in.forget_calls();
        stand_in
    }

    /// As if nothing had arrived so far.
    pub fn forget_calls(&self) {
        self.services.journal.lock().unwrap().calls.clear();
    }

    /// Client set-up as a function of ours has it, with an HTTP connection pool of its own.
    pub fn aws(&self) -> Aws {
        Aws::from_environment(&self.environment(), &shared::http::client().unwrap()).unwrap()
    }

    /// What Lambda sets for a function.
    pub fn environment(&self) -> BTreeMap<String, String> {
        [
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "test-only"),
            ("AWS_ENDPOINT_URL", self.endpoint.as_str()),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }

    pub fn secrets_manager(&self) -> &SecretsManager {
        &self.services.secrets_manager
    }

    pub fn lambda(&self) -> &Lambda {
        &self.services.lambda
    }

    pub fn sqs(&self) -> &Sqs {
        &self.services.sqs
    }

    /// The requests of `operation` (such as `dynamodb:GetItem`) that arrived so far, each attempt of the SDK.
    pub fn calls(&self, operation: &str) -> Vec<Call> {
        let journal = self.services.journal.lock().unwrap();
        journal.calls.iter().filter(|call| call.operation == operation).cloned().collect()
    }

    /// How many requests of `operation` arrived so far.
    pub fn count(&self, operation: &str) -> usize {
        self.calls(operation).len()
    }

    /// The operations of all requests that arrived so far, in order.
    pub fn operations(&self) -> Vec<String> {
        self.services.journal.lock().unwrap().calls.iter().map(|call| call.operation.clone()).collect()
    }

    /// How many requests of a service (such as `dynamodb`) arrived so far.
    pub fn count_of_service(&self, service: &str) -> usize {
        let journal = self.services.journal.lock().unwrap();
        journal.calls.iter().filter(|call| call.operation.split(':').next() == Some(service)).count()
    }

    /// Makes the next `times` requests of `operation` go wrong; the SDK tries most things three times.
    pub fn fail(&self, operation: &str, fault: Fault, times: usize) {
        self.services.journal.lock().unwrap().faults.push((operation.to_owned(), fault, times));
    }

    /// Waits until an answer is held back: what it tells is settled by then.
    pub async fn held(&self) {
        while self.services.journal.lock().unwrap().held == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Lets go all answers that are held back now.
    pub fn release(&self) {
        self.services.journal.lock().unwrap().held = 0;
        self.services.released.notify_waiters();
    }

    /// Waits until `count` requests of `operation` have arrived.
    pub async fn arrived(&self, operation: &str, count: usize) {
        let began = Instant::now();
        while self.count(operation) < count {
            assert!(
                began.elapsed() < PATIENCE,
                "{} of {count} {operation} in {:?}",
                self.count(operation),
                self.operations()
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

impl Drop for AwsStandIn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Journal {
    fn take_fault(&mut self, operation: &str) -> Option<Fault> {
        let (_, fault, times) = self.faults.iter_mut().find(|(of, _, times)| of == operation && *times > 0)?;
        *times -= 1;
        Some(fault.clone())
    }
}

async fn serve(services: Arc<Services>, request: Request<Body>) -> Response<Body> {
    let answer = answer(&services, request).await;
    let code =
        shared::json::decode::<Value>(&answer.body).ok().and_then(|body| Some(body["__type"].as_str()?.to_owned()));
    let mut response = Response::builder()
        .status(StatusCode::from_u16(answer.status).unwrap())
        .header("content-type", "application/x-amz-json-1.0");
    if let Some(code) = code {
        response = response.header("x-amzn-errortype", code);
    }
    if answer.function_error {
        response = response.header("x-amz-function-error", "Unhandled");
    }
    response.body(Body::from(answer.body)).unwrap()
}

async fn answer(services: &Services, request: Request<Body>) -> Answer {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let (service, operation) = match target.split_once('.') {
        Some(("DynamoDB_20120810", operation)) => ("dynamodb", operation),
        Some(("TrentService", operation)) => ("kms", operation),
        Some(("AmazonSQS", operation)) => ("sqs", operation),
        Some(("secretsmanager", operation)) => ("secretsmanager", operation),
        _ if head.uri.path().starts_with("/2015-03-31/functions/") => ("lambda", "Invoke"),
        _ => return Answer::error(400, "UnknownOperationException"),
    };
    let json: Value = shared::json::decode(&body).unwrap_or_default();
    let name = match json["SecretId"].as_str() {
        Some(id) if id.starts_with(SETTINGS_PREFIX) => format!("{service}:{operation} settings"),
        _ => format!("{service}:{operation}"),
    };
    let fault = {
        let mut journal = services.journal.lock().unwrap();
        journal.calls.push(Call { operation: name.clone(), body: json.clone() });
        journal.take_fault(&name)
    };
    match fault.clone() {
        Some(Fault::Error(status, code)) => return Answer::error(status, code),
        Some(Fault::Answer(status, body)) => return Answer { status, function_error: false, body: body.into_bytes() },
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Delay(delay)) => tokio::time::sleep(delay).await,
        Some(Fault::LoseAnswer | Fault::Hold) | None => {}
    }
    let answer = match service {
        "dynamodb" => services.dynamodb.answer(head.headers, body.to_vec()).await,
        "kms" => services.kms.answer(operation, &json),
        "sqs" => services.sqs.answer(operation, &json),
        "secretsmanager" => services.secrets_manager.answer(operation, &json),
        _ => services.lambda.answer(head.uri.path(), body.to_vec()).await,
    };
    match fault {
        Some(Fault::LoseAnswer) => Answer::error(500, "InternalServerError"),
        Some(Fault::Hold) => {
            let released = services.released.notified();
            services.journal.lock().unwrap().held += 1;
            released.await;
            answer
        }
        _ => answer,
    }
}
