//! Wiring: configuration, clients, the runtime.

use jwks::JwksEndpoint;
use jwks::config::Config;
use lambda_runtime::service_fn;
use shared::aws::Aws;
use shared::aws::connector::RequestCounter;
use shared::clock::Clock;
use shared::environment::ProcessEnvironment;
use shared::telemetry;
use tracing::level_filters::LevelFilter;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    let http = shared::http::client()?;
    let config = Config::from_environment(&ProcessEnvironment);
    let aws = Aws::from_environment(&ProcessEnvironment, &http);
    let (config, aws) = match (config, aws) {
        (Ok(config), Ok(aws)) => (config, aws),
        (config, aws) => {
            telemetry::init(LevelFilter::ERROR);
            for error in [config.err(), aws.err()].into_iter().flatten() {
                tracing::error!(code = "configuration", error = %error, "the configuration is incomplete");
            }
            return Err("the configuration is incomplete".into());
        }
    };
    telemetry::init(config.log_level);
    let dynamodb = aws_sdk_dynamodb::Client::new(&aws.sdk_config(&RequestCounter::default()));
    let endpoint = JwksEndpoint::new(config, dynamodb, Clock::system());
    endpoint.prepare().await;
    lambda_runtime::run(service_fn(|event| jwks::handle(&endpoint, event))).await
}
