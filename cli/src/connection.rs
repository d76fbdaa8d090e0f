//! `careline connection`: what an operator says of a connection, kept in Secrets Manager and never in a function.
//!
//! The functions check the settings when they start; here they are checked by the functions' own code before they are
//! written, so that what is wrong is told to the one who can mend it.

mod error;
mod options;
mod restart;
mod settings;

use serde_json::{Map, Value};
use shared::aws::AwsError;
use shared::aws::connector::RequestCounter;
use shared::clock::Clock;
use shared::connection::ConnectionName;

pub use self::error::ConnectionError;
pub use self::options::Options;
use self::options::{Command, Set, Show};
use crate::deployment::Deployment;
use crate::operator::Operator;

/// Does what `careline connection …` was told to, on a stack that was found.
///
/// # Errors
/// [`ConnectionError`]: why nothing was changed, or what is left to do.
pub async fn run(
    options: &Options,
    deployment: &Deployment,
    clock: &Clock,
    operator: &mut Operator<'_>,
) -> Result<(), ConnectionError> {
    let connection =
        deployment.connection(options.target().connection.as_ref()).map_err(ConnectionError::Deployment)?;
    let secret = Secret::of(deployment, &connection)?;
    match &options.command {
        Command::Set(set) => run_set(set, deployment, &connection, &secret, clock, operator).await,
        Command::Show(show) => run_show(show, &connection, &secret, operator).await,
    }
}

/// Writes a connection's settings as they are, without asking, and says whether that changed anything: for the local stack,
/// which has just made them up.
///
/// # Errors
/// [`ConnectionError`].
pub async fn write_settings(
    deployment: &Deployment,
    connection: &ConnectionName,
    settings: &Map<String, Value>,
) -> Result<bool, ConnectionError> {
    settings::check(settings)?;
    let secret = Secret::of(deployment, connection)?;
    if secret.read().await? == *settings {
        return Ok(false);
    }
    secret.write(settings).await.map(|()| true)
}

async fn run_set(
    options: &Set,
    deployment: &Deployment,
    connection: &ConnectionName,
    secret: &Secret,
    clock: &Clock,
    operator: &mut Operator<'_>,
) -> Result<(), ConnectionError> {
    let before = secret.read().await?;
    let after = options.applied_to(&before)?;
    let missing = settings::check(&after)?;
    if before == after {
        operator.tell(&format!("Connection {connection} is set so already. Nothing was changed."));
        tell_missing(&missing, operator);
        return Ok(());
    }
    operator.tell(&format!("This changes settings of connection {connection} in the secret {}:", secret.name));
    for name in settings::changed(&before, &after) {
        let what = match (before.contains_key(name), after.contains_key(name)) {
            (true, true) => "changed",
            (false, _) => "set",
            (true, false) => "taken out",
        };
        operator.tell(&format!("  {name}: {what}"));
    }
    operator.tell("The functions start anew with them; calls in progress are not disturbed.");
    operator.agree(options.consent.yes).await.map_err(ConnectionError::NotAgreed)?;
    secret.write(&after).await?;
    restart::functions(deployment, clock).await?;
    operator.tell("Done.");
    tell_missing(&missing, operator);
    Ok(())
}

async fn run_show(
    options: &Show,
    connection: &ConnectionName,
    secret: &Secret,
    operator: &mut Operator<'_>,
) -> Result<(), ConnectionError> {
    let settings = secret.read().await?;
    if options.json {
        operator.tell(&Value::Object(settings).to_string());
        return Ok(());
    }
    operator.tell(&format!("Connection {connection}, in the secret {}:", secret.name));
    for variable in settings::all() {
        let value = match settings.get(variable.name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => match variable.default {
                Some(default) => format!("{default}  (the default)"),
                None => format!("not set: must be {}", variable.expectation),
            },
        };
        operator.tell(&format!("  {:24} {value}", variable.name));
    }
    Ok(())
}

fn tell_missing(missing: &[&'static str], operator: &mut Operator<'_>) {
    if !missing.is_empty() {
        operator.tell(&format!("Still missing, so that no call can be answered yet: {}.", missing.join(", ")));
    }
}

/// The secret that holds a connection's settings.
struct Secret {
    secrets: aws_sdk_secretsmanager::Client,
    name: String,
}

impl Secret {
    fn of(deployment: &Deployment, connection: &ConnectionName) -> Result<Self, ConnectionError> {
        let prefix = deployment.output("ConnectionSettingsPrefix").map_err(ConnectionError::Deployment)?;
        let sdk = deployment.aws().sdk_config(&RequestCounter::default());
        Ok(Self { secrets: aws_sdk_secretsmanager::Client::new(&sdk), name: format!("{prefix}{connection}") })
    }

    async fn read(&self) -> Result<Map<String, Value>, ConnectionError> {
        let read = self.secrets.get_secret_value().secret_id(&self.name).send().await;
        let read = read
            .map_err(|error| ConnectionError::Read(AwsError::new("secretsmanager:GetSecretValue settings", &error)))?;
        let text = read.secret_string().unwrap_or_default();
        shared::json::decode(text.as_bytes()).map_err(ConnectionError::Stored)
    }

    async fn write(&self, settings: &Map<String, Value>) -> Result<(), ConnectionError> {
        let text = Value::Object(settings.clone()).to_string();
        let written = self.secrets.put_secret_value().secret_id(&self.name).secret_string(text).send().await;
        written
            .map(drop)
            .map_err(|error| ConnectionError::Write(AwsError::new("secretsmanager:PutSecretValue settings", &error)))
    }
}
