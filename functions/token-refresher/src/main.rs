//! Wiring: configuration, clients, the runtime.

use lambda_runtime::service_fn;
use shared::aws::Aws;
use shared::aws::connector::RequestCounter;
use shared::clock::Clock;
use shared::environment::ProcessEnvironment;
use shared::randomness::Randomness;
use shared::telemetry;
use token_refresher::config::Config;
use token_refresher::refresh::TokenRefresher;
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
    let sdk = aws.sdk_config(&RequestCounter::default());
    let (dynamodb, kms) = (aws_sdk_dynamodb::Client::new(&sdk), aws_sdk_kms::Client::new(&sdk));
    let secrets = aws_sdk_secretsmanager::Client::new(&sdk);
    let refresher = TokenRefresher::new(config, dynamodb, kms, secrets, http, Clock::system(), Randomness::system());
    refresher.prepare().await;
    lambda_runtime::run(service_fn(|event| token_refresher::handle(&refresher, event))).await
}
