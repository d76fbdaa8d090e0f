//! What a simulator starts with.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::data::Data;
use crate::site::Site;

/// Tells the time.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a simulator starts with. [`Settings::default`] knows one client, `careline-sandbox`, with no key yet.
pub struct Settings {
    /// The registered client.
    pub client_id: String,
    /// Where the client's keys are.
    pub jwks: KeySource,
    /// What tokens are issued for: `expires_in`.
    pub token_lifetime: Duration,
    /// What the client is granted, whatever it asks for: Epic derives it from the APIs ticked on the app.
    pub scopes: Vec<String>,
    /// The charts.
    pub data: Data,
    /// How this customer's Epic is set up.
    pub site: Site,
    /// The simulator's clock; [`crate::control::Control::set_clock_offset`] shifts it.
    pub now: Now,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            client_id: "careline-sandbox".to_owned(),
            jwks: KeySource::Set(json!({"keys": []})),
            token_lifetime: Duration::from_secs(3600),
            scopes: [
                "system/Patient.read",
                "system/MedicationRequest.read",
                "system/MedicationStatement.read",
                "system/Medication.read",
                "system/Appointment.read",
            ]
            .map(str::to_owned)
            .to_vec(),
            data: Data::hospital(),
            site: Site::default(),
            now: Arc::new(Timestamp::now),
        }
    }
}

/// Where the client's public keys are.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    /// A JWK Set URL, fetched and cached as Epic does.
    Url(String),
    /// A JWK Set uploaded at registration.
    Set(Value),
}
