//! Camila Lopez's appointments. They are made when the simulator starts: one with a date in a file would soon be over.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Data;

const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Data {
    /// With Camila's appointments around `now`, in the form that Epic gives: two to come, one cancelled, one over.
    #[must_use]
    pub fn with_appointments(mut self, now: Timestamp) -> Self {
        // 10:30 in Chicago, or half past eleven in summer.
        let today = now.duration_since(Timestamp::UNIX_EPOCH).as_secs().div_euclid(DAY.as_secs());
        let at = |days: i64| {
            let second = (today + days) * DAY.as_secs() + 16 * 3600 + 1800;
            Timestamp::from_second(second).map(|at| at.to_string()).unwrap_or_default()
        };
        for (id, status, start) in [
            ("eAppointmentNext", "booked", at(3)),
            ("eAppointmentLater", "booked", at(31)),
            ("eAppointmentCancelled", "cancelled", at(2)),
            ("eAppointmentOver", "fulfilled", at(-30)),
        ] {
            self.put(appointment(id, status, &start));
        }
        self
    }
}

/// An appointment of Camila's with her doctor in the sandbox, in Epic's form.
fn appointment(id: &str, status: &str, start: &str) -> Value {
    json!({
        "resourceType": "Appointment",
        "id": id,
        "status": status,
        "serviceCategory": [{"coding": [{"system": "http://open.epic.com/FHIR/StructureDefinition/appointment-service-category",
            "code": "appointment", "display": "Appointment"}], "text": "appointment"}],
        "serviceType": [{"coding": [{"system": "urn:oid:1.2.840.114350.1.13.0.1.7.3.808267.11", "code": "40111223",
            "display": "Office Visit"}]}],
        "start": start,
        "minutesDuration": 30,
        "participant": [
            {"actor": {"reference": format!("Patient/{CAMILA}"), "display": "Lopez, Camila Maria"}, "required": "required",
             "status": "accepted"},
            {"actor": {"reference": "Practitioner/eM5CWtq15N0WJeuCet5bJlQ3", "display": "Physician Family Medicine, MD"},
             "required": "required", "status": "accepted"},
            {"actor": {"reference": "Location/e4W4rmGe9QzuGm2Dy4NBqVc0KDe6yGld6HW95UuN-Qd03",
             "display": "EMC Family Medicine"}, "required": "required", "status": "accepted"},
        ],
    })
}
