//! What a caller can hear of their appointments: made by whoever read the chart, stored as it is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::phi::{self, Phi};

/// A patient's next appointments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentList {
    /// The next ones, the soonest first; not all of them.
    pub next: Vec<UpcomingAppointment>,
    /// How many there are after these.
    pub more: usize,
    /// Whether there may be others that could not be read.
    pub partial: bool,
    /// How many entries were left out, by reason.
    pub left_out: BTreeMap<NotUpcoming, usize>,
    /// When the chart was read.
    pub read_at: Timestamp,
}

/// One appointment that is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpcomingAppointment {
    /// When it begins.
    #[serde(serialize_with = "phi::stored")]
    pub starts_at: Phi<Timestamp>,
    /// The same as the clinic's clock and calendar show it.
    #[serde(serialize_with = "phi::stored")]
    pub at_the_clinic: Phi<DateTime>,
    /// Whether that is in another year than the day on which the chart was read.
    pub in_another_year: bool,
    /// With whom; nobody where the chart names nobody in a form that can be spoken.
    pub with: Vec<Attendee>,
    /// Where, if the chart says so in a form that can be spoken.
    #[serde(default, serialize_with = "stored_option")]
    pub place: Option<Phi<String>>,
}

/// Somebody whom a patient has an appointment with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// The name, without titles and degrees.
    #[serde(serialize_with = "phi::stored")]
    pub name: Phi<String>,
    /// Whether the chart calls them a doctor of medicine.
    pub is_doctor: bool,
}

/// Why an entry of an answer is not among the appointments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotUpcoming {
    /// Not an Appointment.
    OtherResource,
    /// Not this patient's: dropped, counted, an alarm.
    ForeignPatient,
    /// Not a resource that can be read, or one without what FHIR requires.
    Malformed,
    /// A status other than booked, or the patient declined.
    NotBooked,
    /// Labelled as restricted.
    Restricted,
    /// It has begun, or is over.
    Past,
    /// The same resource a second time.
    Duplicate,
}

fn stored_option<S: serde::Serializer>(value: &Option<Phi<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(Phi::expose).serialize(serializer)
}
