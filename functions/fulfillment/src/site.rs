//! A connection as its callers meet it: whose patients they are, how they are verified, and what is not spoken.

use jiff::tz::TimeZone;
use shared::connection::ConnectionName;
use shared::medications::MedicationPolicy;

use crate::verification::Verification;

/// One Epic with its site's policies.
#[derive(Debug)]
pub(crate) struct Site {
    /// The connection's name.
    pub(crate) connection: ConnectionName,
    /// What is not spoken.
    pub(crate) medication_policy: MedicationPolicy,
    /// The clinic's time zone, if appointments are told here.
    pub(crate) time_zone: Option<TimeZone>,
    /// How callers are found and verified.
    pub(crate) verification: Verification,
}
