//! The local AWS with another token-refresher in its front: this process's, which knows a stage's table and connections.
//! With KMS it has the rights of the deployed one's role. Everything but an invoke is the local AWS's to answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response};
use careline::local_stack::{Function, LocalStack};
use serde_json::Value;
use shared::aws::Aws;
use shared::clock::Clock;
use shared::http::read_body;
use shared::randomness::Randomness;
use token_refresher::config::Config;
use token_refresher::refresh::TokenRefresher;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::support::lambda::Lambda;
use crate::support::operator::unhurried;
use crate::support::world::{TOKEN_REFRESHER, invoke};

pub struct Front {
    /// AWS as an operator finds it here.
    pub aws: Aws,
    pub lambda: Arc<Lambda>,
    server: JoinHandle<()>,
}

#[derive(Clone)]
struct Behind {
    endpoint: String,
    http: reqwest::Client,
    lambda: Arc<Lambda>,
}

impl Drop for Front {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Front {
    /// With a token-refresher that reads the keys of `connections` from `table`.
    pub async fn start(stack: &'static LocalStack, connections: &str, table: &str, clock: Clock) -> Self {
        let lambda = Arc::new(Lambda::default());
        let environment = [
            ("CONNECTIONS", connections),
            // What signs needs none of it.
            ("CONNECTION_SETTINGS_PREFIX", "nobodys/"),
            ("ACCESS_TOKEN_TABLE_NAME", "nobodys"),
            ("SIGNING_KEY_TABLE_NAME", table),
            ("SCHEDULE_PERIOD_SECONDS", "60"),
        ];
        let environment: BTreeMap<_, _> = environment.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        lambda.deploy(TOKEN_REFRESHER, move |payload| {
            let refresher = token_refresher(stack, &environment, clock.clone());
            async move {
                let event: Value = shared::json::decode(&payload).unwrap();
                let answer = invoke(&refresher, &event).await;
                answer.map(|reply| serde_json::to_vec(&reply).unwrap()).map_err(|error| error.code().to_owned())
            }
        });
        let http = shared::http::client().unwrap();
        let behind = Behind { endpoint: stack.endpoint().to_owned(), http: http.clone(), lambda: Arc::clone(&lambda) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(serve).with_state(behind);
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let operator = [
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_ENDPOINT_URL", endpoint.as_str()),
        ];
        let operator: BTreeMap<_, _> = operator.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self { aws: Aws::from_environment(&operator, &http).unwrap(), lambda, server }
    }
}

fn token_refresher(stack: &LocalStack, environment: &BTreeMap<String, String>, clock: Clock) -> TokenRefresher {
    let sdk = |aws: Aws| unhurried(&aws);
    // The stage's table is none that the role may read; its keys are the point.
    let operator = sdk(stack.aws());
    TokenRefresher::new(
        Config::from_environment(environment).unwrap(),
        aws_sdk_dynamodb::Client::new(&operator),
        aws_sdk_kms::Client::new(&sdk(stack.aws_as(Function::TokenRefresher))),
        aws_sdk_secretsmanager::Client::new(&operator),
        shared::http::client().unwrap(),
        clock,
        Randomness::system(),
    )
}

async fn serve(State(behind): State<Behind>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    let path = head.uri.path();
    if path.starts_with("/2015-03-31/functions/") {
        let answer = behind.lambda.answer(path, body).await;
        let mut response = Response::builder().status(answer.status);
        if answer.function_error {
            response = response.header("x-amz-function-error", "Unhandled");
        }
        return response.body(Body::from(answer.body)).unwrap();
    }
    behind.pass_on(head.method, path, head.headers, body).await
}

impl Behind {
    /// As it came: the signature covers the headers, the host among them.
    async fn pass_on(&self, method: Method, path: &str, headers: HeaderMap, body: Vec<u8>) -> Response<Body> {
        let request = self.http.request(method, format!("{}{path}", self.endpoint)).headers(headers).body(body);
        let answer = request.send().await.unwrap();
        let mut response = Response::builder().status(answer.status());
        for (name, value) in answer.headers().iter().filter(|(name, _)| *name != "transfer-encoding") {
            response = response.header(name, value);
        }
        response.body(Body::from(read_body(answer).await.unwrap())).unwrap()
    }
}
