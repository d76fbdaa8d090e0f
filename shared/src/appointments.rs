//! A patient's next appointments: read from the chart, judged entry by entry, in the clinic's own time.
//!
//! Epic writes the start of an appointment in UTC, so that the clinic's zone has to be told by whoever runs the
//! connection ([`TIME_ZONE`]): nothing else says whether 16:30 UTC is half past ten or half past eleven there.

mod names;
mod upcoming;

use std::collections::{BTreeMap, HashSet};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use self::upcoming::{Left, judge};
use crate::appointment_list::{AppointmentList, NotUpcoming, UpcomingAppointment};
use crate::call_record::{AppointmentsOutcome, PatientId};
use crate::clock::Clock;
use crate::deadline::Deadline;
use crate::environment::Variable;
use crate::fhir::appointment::Appointment;
use crate::fhir::field::Field;
use crate::fhir::operation_outcome::Issue;
use crate::fhir::search::EntryResource;
use crate::fhir::{Entry, FhirClient, FhirError, FhirVersion, Search, SearchMethod, SearchSet};
use crate::metrics::Metric;
use crate::speech::Locale;
use crate::speech::dialog::appointments::AppointmentWords;

/// The setting that says which clock the clinic's walls show.
pub const TIME_ZONE: Variable = Variable {
    name: "time_zone",
    expectation: "a time zone's IANA name, such as America/Chicago",
    default: Some(""),
    purpose: "The clinic's time zone, in which appointments are told. Where it is not set, they are neither read nor told.",
};

/// At most this many pages: 1000 appointments, past ones included, at `COUNT` a page. More is reported as partial.
const PAGE_LIMIT: usize = 10;
/// Appointments a page.
const COUNT: &str = "100";
/// So many are told; of the others their number.
const TOLD: usize = 3;

/// Reads [`TIME_ZONE`]. Outer `None`: it is none. Inner `None`: there is none.
pub fn parse_time_zone(text: &str) -> Option<Option<TimeZone>> {
    if text.is_empty() { Some(None) } else { TimeZone::get(text).ok().map(Some) }
}

/// Reads `patient`'s next appointments, of a clinic in `zone`.
///
/// # Errors
/// [`FhirError`], but not where the same question gets the same answer as long as the call lasts: for a restricted chart
/// that is [`AppointmentsOutcome::Restricted`], and where Epic lets this line read none, [`AppointmentsOutcome::Unavailable`].
pub async fn read(
    fhir: &FhirClient,
    patient: &PatientId,
    zone: &TimeZone,
    clock: &Clock,
    deadline: Deadline,
) -> Result<AppointmentsOutcome, FhirError> {
    let now = clock.now();
    let set = match search(fhir, patient, now, deadline).await {
        Ok(set) => set,
        Err(FhirError::Restricted) => return Ok(AppointmentsOutcome::Restricted),
        Err(error @ FhirError::NotAuthorized { .. }) => {
            tracing::warn!(code = error.code(), error = %error, "appointments may not be read");
            return Ok(AppointmentsOutcome::Unavailable);
        }
        Err(error) => return Err(error),
    };
    let mut list = AppointmentList {
        next: Vec::new(),
        more: 0,
        partial: set.truncated() || set.issues().into_iter().any(Issue::makes_partial),
        left_out: BTreeMap::new(),
        read_at: now,
    };
    let mut upcoming = judged(&set, patient, fhir, zone, &mut list);
    upcoming.sort_by_key(|appointment| *appointment.starts_at.expose());
    list.more = upcoming.len().saturating_sub(TOLD);
    upcoming.truncate(TOLD);
    list.next = upcoming;
    tell(fhir, clock, &set, &list);
    Ok(AppointmentsOutcome::Read { list })
}

/// What a caller would hear of an appointment, if it has a start, and why a list would leave it out; see
/// [`crate::medications::preview`]. `None`: it can't be read.
pub(crate) fn preview(
    resource: &EntryResource<'_>,
    zone: Option<&TimeZone>,
    locale: Locale,
    now: Timestamp,
) -> Option<(Option<String>, Option<NotUpcoming>)> {
    let appointment = resource.decode::<Appointment>().ok()?;
    let (upcoming, why) = upcoming::previewed(&appointment, zone, now);
    let dialog = &locale.dialog().appointments;
    Some((upcoming.map(|upcoming| (dialog.next)(&AppointmentWords::of(&upcoming))), why))
}

/// Date and status are STU3's own parameters; in R4 Epic doesn't document them. In both, what counts is decided by us.
async fn search(
    fhir: &FhirClient,
    patient: &PatientId,
    now: Timestamp,
    deadline: Deadline,
) -> Result<SearchSet, FhirError> {
    // A day earlier than UTC's is today or earlier in every zone.
    let yesterday = TimeZone::UTC.to_datetime(now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(now)).date();
    let since = format!("ge{yesterday}");
    let mut parameters = vec![("patient", patient.expose()), ("_count", COUNT)];
    if fhir.version() == FhirVersion::Stu3 {
        parameters.extend([("status", "booked"), ("date", since.as_str())]);
    }
    let search = Search {
        resource_type: "Appointment",
        parameters: &parameters,
        method: SearchMethod::Post,
        page_limit: PAGE_LIMIT,
    };
    fhir.search_chart(&search, deadline).await
}

/// An answer's entries, each upcoming or counted in `list`.
fn judged(
    set: &SearchSet,
    patient: &PatientId,
    fhir: &FhirClient,
    zone: &TimeZone,
    list: &mut AppointmentList,
) -> Vec<UpcomingAppointment> {
    let mut upcoming = Vec::new();
    let mut ids = HashSet::new();
    for entry in set.entries() {
        let result = match &entry {
            Entry::Resource(resource) if resource.resource_type == "Appointment" => {
                resource.decode::<Appointment>().map_err(|_| Left::perhaps(NotUpcoming::Malformed)).and_then(
                    |appointment| {
                        let upcoming = judge(&appointment, patient, fhir.base_url(), zone, list.read_at)?;
                        // Pages can overlap when an appointment is made while we read.
                        match appointment.id {
                            Field::Read(id) if !ids.insert(id.clone()) => Err(Left::surely(NotUpcoming::Duplicate)),
                            _ => Ok(upcoming),
                        }
                    },
                )
            }
            Entry::Resource(_) => Err(Left::surely(NotUpcoming::OtherResource)),
            Entry::Malformed => Err(Left::perhaps(NotUpcoming::Malformed)),
        };
        match result {
            Ok(appointment) => upcoming.push(appointment),
            Err(left) => {
                *list.left_out.entry(left.reason).or_default() += 1;
                list.partial |= left.uncertain;
            }
        }
    }
    upcoming
}

fn tell(fhir: &FhirClient, clock: &Clock, set: &SearchSet, list: &AppointmentList) {
    let foreign = list.left_out.get(&NotUpcoming::ForeignPatient).copied().unwrap_or_default();
    if foreign > 0 {
        Metric::ForeignEntries.record(fhir.connection(), i64::try_from(foreign).unwrap_or(i64::MAX), clock);
        tracing::warn!(code = "foreign-entries", entries = foreign, "entries about another patient were dropped");
    }
    tracing::info!(
        code = "appointments-read",
        pages = set.pages(),
        appointments = list.next.len() + list.more,
        left_out = list.left_out.values().sum::<usize>(),
        partial = list.partial,
        "appointments read"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_known_by_its_name_without_a_file_of_the_system() {
        assert_eq!(parse_time_zone(""), Some(None));
        let zone = parse_time_zone("America/Chicago").flatten().unwrap();
        let at: Timestamp = "2026-12-01T16:30:00Z".parse().unwrap();
        assert_eq!(zone.to_datetime(at).to_string(), "2026-12-01T10:30:00");
        let summer: Timestamp = "2026-07-01T16:30:00Z".parse().unwrap();
        assert_eq!(zone.to_datetime(summer).to_string(), "2026-07-01T11:30:00");
        for other in ["Chicago", "CST6CDT ", "-06:00", "America/Springfield"] {
            assert_eq!(parse_time_zone(other), None, "{other}");
        }
    }
}
