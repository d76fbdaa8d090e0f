//! Setting up a connection of the stack that was just deployed, by the operator's own commands: `careline provision` for
//! the key that signs for it, and what `careline connection set` writes.

use std::io;

use serde_json::{Map, Value};
use shared::clock::Clock;
use shared::environment::ProcessEnvironment;
use shared::randomness::Randomness;
use shared::telemetry::ErrorChain;

use super::error::LocalStackError;
use super::{EpicConnection, LocalStack, STACK_NAME};
use crate::connection::write_settings;
use crate::operator::Operator;
use crate::provisioning::{Provision, Tools, provision};

/// Sets a connection up, as an operator does after deploying.
pub(super) async fn connection(stack: &LocalStack, connection: &EpicConnection) -> Result<(), LocalStackError> {
    let failed = |error: &dyn std::error::Error| LocalStackError::SetUp { reason: ErrorChain(error).to_string() };
    let deployment = stack.deployment().map_err(|error| failed(&error))?;
    let version = connection.fhir_version.as_str().to_owned();
    let settings: Map<String, Value> = [
        ("client_id", Some(&connection.client_id)),
        ("token_endpoint", Some(&connection.token_endpoint)),
        ("fhir_base_url", Some(&connection.fhir_base_url)),
        ("fhir_version", Some(&version)),
        ("scopes", Some(&connection.scopes)),
        ("time_zone", connection.time_zone.as_ref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?.clone()))))
    .collect();
    write_settings(&deployment, &connection.name, &settings).await.map_err(|error| failed(&error))?;
    let directory = stack.directory().join("provisioned").join(connection.name.as_str());
    let options = Provision::self_signed(STACK_NAME, &connection.name, directory);
    let (clock, randomness) = (Clock::system(), Randomness::system());
    let tools = Tools { environment: &ProcessEnvironment, clock: &clock, randomness: &randomness };
    let mut operator = Operator { input: &mut io::Cursor::new([]), out: &mut io::sink(), is_terminal: false };
    provision(&options, &deployment, &tools, &mut operator).await.map_err(|error| failed(&error))
}
