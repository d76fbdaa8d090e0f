//! Setting up a line: the local AWS with the functions deployed, and an Epic.

use std::path::Path;

use epic_simulator::Simulator;
use epic_simulator::data::Data;
use epic_simulator::settings::{KeySource, Settings};
use jiff::Timestamp;
use shared::connection::ConnectionName;
use shared::fhir::FhirVersion;
use tokio::time::Instant;

use super::error::CallError;
use super::key_set::KeySet;
use super::options::Options;
use super::screen::Screen;
use crate::lambda::DeployedFunction;
use crate::local_stack::{EpicConnection, Function, LocalStack, LogReader};

/// The one connection of a line on this machine.
const CONNECTION: &str = "sandbox";

/// What answers calls.
pub(super) struct Line {
    pub(super) fulfillment: DeployedFunction,
    pub(super) token_refresher: DeployedFunction,
    stack: LocalStack,
    simulator: Option<Simulator>,
    key_set: KeySet,
}

impl Line {
    /// Starts what is needed, and tells of it.
    pub(super) async fn set_up(options: &Options, checkout: &Path, screen: &mut Screen<'_>) -> Result<Self, CallError> {
        let began = Instant::now();
        let simulator = match options.other_server() {
            None => Some(simulator(options).await?),
            Some(_) => None,
        };
        let epic = epic(options, simulator.as_ref())?;
        screen.line(if simulator.is_some() {
            "Setting up a local AWS and a simulated Epic. The first time takes minutes: everything is built."
        } else {
            "Setting up a local AWS. The first time takes minutes: everything is built."
        });
        let mut tell = |text: &str| screen.step(text);
        let stack = LocalStack::start(checkout, &epic, &mut tell).await.map_err(CallError::LocalStack)?;
        let jwks_url = stack.jwks_url(&epic.name);
        if let Some(simulator) = &simulator {
            simulator.control().register_keys(KeySource::Url(jwks_url.clone()));
        }
        let key_set = KeySet::of(jwks_url, options).await?;
        screen.line(&format!("Ready after {} s.", began.elapsed().as_secs()));
        screen.line("");
        screen.line(&format!("Local AWS       {}", stack.endpoint()));
        screen.line(&format!("Token endpoint  {}", epic.token_endpoint));
        screen.line(&format!("FHIR server     {}", epic.fhir_base_url));
        screen.line(&format!("Our key set     {}", key_set.url()));
        if let Some(file) = &options.jwks_out {
            screen.line(&format!("                {}", file.display()));
        }
        if let Some(simulator) = &simulator {
            screen.line(&format!("Simulator       {} (make it slow, failing, restricted)", simulator.control_url()));
        }
        screen.line("");
        let deployed = |function| DeployedFunction::new(&stack.aws(), stack.function_name(function));
        let (fulfillment, token_refresher) = (deployed(Function::Fulfillment), deployed(Function::TokenRefresher));
        Ok(Self { fulfillment, token_refresher, stack, simulator, key_set })
    }

    /// Whether Epic is simulated.
    pub(super) fn is_simulated(&self) -> bool {
        self.simulator.is_some()
    }

    /// Our JWK Set's URL.
    pub(super) fn key_set_url(&self) -> String {
        self.key_set.url()
    }

    /// What the functions log.
    pub(super) fn log(&self) -> LogReader {
        self.stack.log()
    }

    /// Ends it all.
    pub(super) async fn stop(self) {
        self.stack.stop().await;
        if let Some(simulator) = self.simulator {
            simulator.stop().await;
        }
    }
}

fn epic(options: &Options, simulator: Option<&Simulator>) -> Result<EpicConnection, CallError> {
    let name = ConnectionName::parse(CONNECTION).map_err(CallError::ConnectionName)?;
    let base_url = |simulator: &Simulator| match options.fhir_version {
        FhirVersion::R4 => simulator.fhir_base_url(),
        FhirVersion::Stu3 => simulator.stu3_base_url(),
    };
    let (scopes, fhir_version, time_zone) = (options.scopes(), options.fhir_version, options.time_zone());
    Ok(match options.other_server() {
        Some(server) => EpicConnection {
            name,
            client_id: server.client_id.to_owned(),
            token_endpoint: server.token_endpoint.to_owned(),
            fhir_base_url: server.fhir_base_url.to_owned(),
            fhir_version,
            scopes,
            time_zone,
        },
        None => EpicConnection {
            name,
            client_id: Settings::default().client_id,
            token_endpoint: simulator.map(Simulator::token_endpoint).unwrap_or_default(),
            fhir_base_url: simulator.map(base_url).unwrap_or_default(),
            fhir_version,
            scopes,
            time_zone,
        },
    })
}

async fn simulator(options: &Options) -> Result<Simulator, CallError> {
    let settings = Settings {
        scopes: options.scopes().split_whitespace().map(str::to_owned).collect(),
        data: Data::hospital().with_appointments(Timestamp::now()),
        ..Settings::default()
    };
    Simulator::start(settings).await.map_err(|source| CallError::Listen { what: "the simulated Epic", source })
}
