//! The options of `careline call`.

use std::path::PathBuf;

use clap::Args;
use shared::appointments::{TIME_ZONE as TIME_ZONE_SETTING, parse_time_zone};
use shared::fhir::FhirVersion;
use shared::fhir::version::FHIR_VERSION;

use super::error::CallError;
use crate::contact_flow::{Caller, Channel};
use crate::lex::definition::Definition;
use crate::script::{Number, Script, ScriptedCall};

/// The scopes that the functions ask another server for: those that a server which tells no appointments has, too.
const SCOPES_R4: &str = "system/Patient.read system/MedicationRequest.read system/Medication.read";
const SCOPES_STU3: &str = "system/Patient.read system/MedicationStatement.read system/Medication.read";
/// And the one more for appointments, which the simulator tells.
const SCOPE_OF_APPOINTMENTS: &str = "system/Appointment.read";
/// Where the simulated clinic is.
const TIME_ZONE: &str = "America/Chicago";
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
    /// The base of the FHIR server that takes its tokens (https, or http on loopback)
    #[arg(long, value_name = "URL", requires_all = ["client_id", "token_endpoint"], value_parser = endpoint)]
    pub fhir_base_url: Option<String>,
    /// FHIR's version there, or of the simulator: R4 or STU3
    #[arg(long, value_name = "VERSION", default_value = "R4", value_parser = fhir_version)]
    pub fhir_version: FhirVersion,
    /// The clinic's time zone at that server, such as America/Chicago: appointments are told in it, or else not at all
    #[arg(long, value_name = "ZONE", value_parser = time_zone)]
    pub time_zone: Option<String>,
    /// The scopes to ask for, separated by spaces [default: those for what is read]
    #[arg(long)]
    pub scopes: Option<String>,
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

    /// The clinic's time zone, if appointments are told: always with the simulator.
    pub(super) fn time_zone(&self) -> Option<String> {
        let simulated = self.other_server().is_none().then(|| TIME_ZONE.to_owned());
        self.time_zone.clone().or(simulated)
    }

    /// The scopes to ask for.
    pub(super) fn scopes(&self) -> String {
        let needed = match self.fhir_version {
            FhirVersion::R4 => SCOPES_R4,
            FhirVersion::Stu3 => SCOPES_STU3,
        };
        let appointments = self.time_zone().map(|_| format!(" {SCOPE_OF_APPOINTMENTS}"));
        self.scopes.clone().unwrap_or_else(|| format!("{needed}{}", appointments.unwrap_or_default()))
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

fn fhir_version(text: &str) -> Result<FhirVersion, String> {
    FhirVersion::parse(text).ok_or_else(|| FHIR_VERSION.expectation.to_owned())
}

fn time_zone(text: &str) -> Result<String, String> {
    let zone = parse_time_zone(text).flatten();
    zone.map(|_| text.to_owned()).ok_or_else(|| TIME_ZONE_SETTING.expectation.to_owned())
}

fn endpoint(text: &str) -> Result<String, String> {
    shared::http::parse_endpoint(text)
        .map(|_| text.to_owned())
        .ok_or_else(|| "an https URL (http on loopback only) without query, fragment or user".to_owned())
}
