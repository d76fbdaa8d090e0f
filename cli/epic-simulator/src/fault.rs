//! What can be made to go wrong, per endpoint.

use std::collections::HashMap;
use std::time::Duration;

use serde::Deserialize;

/// Where a delay or a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// The token endpoint.
    Token,
    /// Searches and reads of Patient.
    Patient,
    /// The first page of a search for medications (STU3's `MedicationStatement` too), and their reads.
    MedicationRequest,
    /// Reads of Medication.
    Medication,
    /// The first page of an `Appointment` search, and its reads.
    Appointment,
    /// Further pages of any search.
    Page,
    /// `metadata` and `.well-known/smart-configuration`.
    Discovery,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// This status with a line of text, as from a proxy; no token is issued, nothing is read.
    Status(u16),
    /// 400 with this OAuth error (`unauthorized_client`, `invalid_client`, …).
    OAuthError(String),
    /// This status with an `OperationOutcome` of this Epic code.
    Outcome {
        /// The HTTP status.
        status: u16,
        /// Epic's code.
        code: u32,
    },
    /// Any answer.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The `Content-Type`.
        content_type: String,
        /// The body.
        body: String,
    },
    /// The true answer cut off in the middle, in a complete HTTP message: JSON that doesn't parse.
    Truncated,
    /// The connection is closed without an answer; a token has been issued.
    Drop,
    /// No answer, and the connection stays open.
    Hang,
    /// Headers and half of the body, then nothing.
    Stall,
    /// Headers, and the true body a byte at a time, so that something always comes and the end never does.
    Drip,
    /// The true answer, but only after [`crate::control::Control::release`].
    Hold,
}

impl Fault {
    /// Whether the true answer is prepared (and a token issued) before the fault spoils it.
    pub(crate) fn spoils_an_answer(&self) -> bool {
        matches!(self, Self::Truncated | Self::Drop | Self::Stall | Self::Drip | Self::Hold)
    }
}

/// How often a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Times {
    /// The next so many requests.
    Next(u32),
    /// Every request, until [`crate::control::Control::heal`].
    Always,
}

/// The delays and faults that are set.
#[derive(Default)]
pub(crate) struct Faults {
    delays: HashMap<Endpoint, Duration>,
    armed: Vec<(Endpoint, Fault, Times)>,
}

impl Faults {
    pub(crate) fn delay(&mut self, endpoint: Endpoint, delay: Duration) {
        self.delays.insert(endpoint, delay);
    }

    pub(crate) fn arm(&mut self, endpoint: Endpoint, fault: Fault, times: Times) {
        self.armed.push((endpoint, fault, times));
    }

    pub(crate) fn delay_of(&self, endpoint: Endpoint) -> Duration {
        self.delays.get(&endpoint).copied().unwrap_or_default()
    }

    /// The fault that strikes this request, if one does: the one set first.
    pub(crate) fn strike(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let at = self.armed.iter().position(|(at, _, times)| *at == endpoint && *times != Times::Next(0))?;
        let (_, fault, times) = self.armed.get_mut(at)?;
        let fault = fault.clone();
        if let Times::Next(left) = times {
            *left -= 1;
            if *left == 0 {
                self.armed.remove(at);
            }
        }
        Some(fault)
    }
}
