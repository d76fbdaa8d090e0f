//! The options of `careline call`.

use std::path::PathBuf;

use clap::Args;

use super::error::CallError;
use crate::contact_flow::{Caller, Channel};
use crate::lex::definition::Definition;
use crate::script::{Number, Script, ScriptedCall};

/// The scopes that the functions ask for.
const SCOPES: &str = "system/Patient.read system/MedicationRequest.read system/Medication.read";
/// Camila Lopez's mobile phone, in the simulator and in Epic's own sandbox.
pub(super) const CAMILA: &str = "+14694694321";

/// The options of `careline call`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Play the conversation in this file (- for standard input), and fail at the first difference
    #[arg(long, value_name = "FILE", conflicts_with = "sample")]
    pub script: Option<PathBuf>,
    /// Play the sample call, as without a terminal
    #[arg(long)]
    pub sample: bool,
    /// The number to call from, in E.164, or "anonymous" [default: Camila Lopez's]
    #[arg(long, value_parser = Number::parse)]
    pub number: Option<Number>,
    /// The language of the line, as Lex names it
    #[arg(long, default_value = "en_US")]
    pub locale: String,
    /// How the caller calls: voice, keypad or chat
    #[arg(long, default_value = "voice")]
    pub channel: Channel,
    /// The client id at another SMART Backend Services server, in the simulator's place
    #[arg(long, value_name = "ID", requires_all = ["token_endpoint", "fhir_base_url"])]
    pub client_id: Option<String>,
    /// That server's token endpoint (https, or http on loopback)
    #[arg(long, value_name = "URL", requires_all = ["client_id", "fhir_base_url"], value_parser = endpoint)]
    pub token_endpoint: Option<String>,
    /// The base of the FHIR R4 server that takes its tokens (https, or http on loopback)
    #[arg(long, value_name = "URL", requires_all = ["client_id", "token_endpoint"], value_parser = endpoint)]
    pub fhir_base_url: Option<String>,
    /// The scopes to ask for, separated by spaces
    #[arg(long, default_value = SCOPES)]
    pub scopes: String,
    /// Write our JWK Set to this file, for a server that can't fetch it from this machine
    #[arg(long, value_name = "FILE")]
    pub jwks_out: Option<PathBuf>,
    /// Serve our JWK Set on this port of 127.0.0.1 too, for a server that must know its URL beforehand
    #[arg(long, value_name = "PORT")]
    pub jwks_port: Option<u16>,
}

/// Another server in the simulator's place.
#[derive(Debug, Clone, Copy)]
pub(super) struct OtherServer<'a> {
    pub(super) client_id: &'a str,
    pub(super) token_endpoint: &'a str,
    pub(super) fhir_base_url: &'a str,
}

impl Options {
    /// The server in the simulator's place, if one is given.
    pub(super) fn other_server(&self) -> Option<OtherServer<'_>> {
        Some(OtherServer {
            client_id: self.client_id.as_deref()?,
            token_endpoint: self.token_endpoint.as_deref()?,
            fhir_base_url: self.fhir_base_url.as_deref()?,
        })
    }

    /// Whoever calls without a script.
    pub(super) fn caller(&self) -> Caller {
        self.caller_of(&ScriptedCall::default())
    }

    /// Whoever calls in a script: what it leaves out, the options say.
    pub(super) fn caller_of(&self, call: &ScriptedCall) -> Caller {
        let number = match call.number.as_ref().or(self.number.as_ref()) {
            None => Some(CAMILA.to_owned()),
            Some(Number::Given(number)) => Some(number.clone()),
            Some(Number::Anonymous) => None,
        };
        let locale_id = call.locale_id.clone().unwrap_or_else(|| self.locale.clone());
        Caller { number, locale_id, channel: call.channel.unwrap_or(self.channel) }
    }

    /// Whether every bot speaks the languages of the calls to come.
    pub(super) fn check_locales(&self, definition: &Definition, script: Option<&Script>) -> Result<(), CallError> {
        let scripted = script.into_iter().flat_map(|script| &script.calls).filter_map(|call| call.locale_id.as_ref());
        scripted.chain([&self.locale]).try_for_each(|asked| definition.check_language(asked)).map_err(CallError::Locale)
    }
}

fn endpoint(text: &str) -> Result<String, String> {
    shared::http::parse_endpoint(text)
        .map(|_| text.to_owned())
        .ok_or_else(|| "an https URL (http on loopback only) without query, fragment or user".to_owned())
}
