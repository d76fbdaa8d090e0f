//! Which appointments are still to come, and what is told of them.

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use url::Url;

use super::names;
use crate::appointment_list::{NotUpcoming, UpcomingAppointment};
use crate::call_record::PatientId;
use crate::fhir::appointment::{Appointment, Participant};
use crate::fhir::codeable_concept::text;
use crate::fhir::field::Field;
use crate::fhir::meta::is_restricted;
use crate::fhir::reference::{Reference, local_id};
use crate::phi::Phi;

/// Several people at one appointment: no more than these are named.
const NAMED: usize = 2;

/// Why an entry is left out, and whether that leaves it open if there is an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) reason: NotUpcoming,
    pub(super) uncertain: bool,
}

impl Left {
    pub(super) fn surely(reason: NotUpcoming) -> Self {
        Self { reason, uncertain: false }
    }

    pub(super) fn perhaps(reason: NotUpcoming) -> Self {
        Self { reason, uncertain: true }
    }
}

/// Decides about one appointment in an answer about `patient` from the server at `base_url`, as of `now`.
pub(super) fn judge(
    appointment: &Appointment,
    patient: &PatientId,
    base_url: &Url,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<UpcomingAppointment, Left> {
    let participants = &appointment.participant.items;
    let is_patient = |participant: &&Participant| {
        let reference = participant.actor.read().and_then(Reference::as_str);
        reference.and_then(|reference| local_id(reference, "Patient", base_url)) == Some(patient.expose())
    };
    // In a group's appointment others take part, too; nothing is told of them.
    let Some(own) = participants.iter().find(is_patient) else {
        return Err(Left::perhaps(NotUpcoming::ForeignPatient));
    };
    let malformed = Left::perhaps(NotUpcoming::Malformed);
    let Field::Read(status) = &appointment.status else { return Err(malformed) };
    if !is_booked(status)? || own.has_declined() {
        return Err(Left::surely(NotUpcoming::NotBooked));
    }
    // FHIR requires a booked one's start. An instant has an offset, or it is none.
    let start = text(&appointment.start).and_then(|start| start.parse::<Timestamp>().ok()).ok_or(malformed)?;
    if start <= now {
        return Err(Left::surely(NotUpcoming::Past));
    }
    if appointment.is_modified() || own.is_modified() {
        return Err(malformed);
    }
    if is_restricted(&appointment.meta) {
        return Err(Left::perhaps(NotUpcoming::Restricted));
    }
    Ok(upcoming(appointment, start, zone, now))
}

/// Whether a status says that it takes place; one that FHIR has no such word for may.
fn is_booked(status: &str) -> Result<bool, Left> {
    match status {
        "booked" => Ok(true),
        "proposed" | "pending" | "arrived" | "fulfilled" | "cancelled" | "noshow" | "entered-in-error"
        | "checked-in" | "waitlist" => Ok(false),
        _ => Err(Left::perhaps(NotUpcoming::NotBooked)),
    }
}

/// What is told of an appointment at `start`, whosever it is and whether it takes place; and why a list would leave it
/// out. Without `zone`, the clinic's is taken to be that of the start as it is written.
pub(super) fn previewed(
    appointment: &Appointment,
    zone: Option<&TimeZone>,
    now: Timestamp,
) -> (Option<UpcomingAppointment>, Option<NotUpcoming>) {
    let by_status = if appointment.is_modified() || !appointment.status.is_present() {
        Some(NotUpcoming::Malformed)
    } else if is_restricted(&appointment.meta) {
        Some(NotUpcoming::Restricted)
    } else {
        appointment.status.read().is_none_or(|status| status != "booked").then_some(NotUpcoming::NotBooked)
    };
    let written = text(&appointment.start);
    let Some(start) = written.and_then(|start| start.parse::<Timestamp>().ok()) else {
        return (None, by_status.or(Some(NotUpcoming::Malformed)));
    };
    let offset = written.and_then(|start| Pieces::parse(start).ok()?.to_numeric_offset());
    let written_zone = offset.map_or(TimeZone::UTC, TimeZone::fixed);
    let why = by_status.or((start <= now).then_some(NotUpcoming::Past));
    (Some(upcoming(appointment, start, zone.unwrap_or(&written_zone), now)), why)
}

fn upcoming(appointment: &Appointment, start: Timestamp, zone: &TimeZone, now: Timestamp) -> UpcomingAppointment {
    let participants = &appointment.participant.items;
    let takes_part = |participant: &&Participant| !participant.has_declined() && !participant.is_modified();
    let taking_part = || participants.iter().filter(takes_part);
    let with = taking_part().filter_map(|participant| actor(participant, &["Practitioner", "PractitionerRole"]));
    let mut places = taking_part().filter_map(|participant| actor(participant, &["Location"]));
    let at_the_clinic = zone.to_datetime(start);
    UpcomingAppointment {
        starts_at: Phi::new(start),
        at_the_clinic: Phi::new(at_the_clinic),
        in_another_year: at_the_clinic.year() != zone.to_datetime(now).year(),
        with: with.filter_map(names::attendee).take(NAMED).collect(),
        place: places.find_map(names::place).map(Phi::new),
    }
}

/// What a participant is called, if it is a resource of one of these types.
fn actor<'a>(participant: &'a Participant, resource_types: &[&str]) -> Option<&'a str> {
    let reference = participant.actor.read()?;
    // Of whichever version.
    let mut segments = reference.as_str()?.split("/_history/").next()?.rsplit('/');
    let (_id, resource_type) = (segments.next()?, segments.next()?);
    resource_types.contains(&resource_type).then(|| text(&reference.display)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const BASE: &str = "https://epic.example.org/api/FHIR/R4/";
    const PATIENT: &str = r#"{"actor": {"reference": "Patient/p1"}, "status": "accepted"}"#;

    /// A booked appointment in the future, with one thing changed.
    fn judged(change: &str) -> Result<UpcomingAppointment, NotUpcoming> {
        judged_with(change).map_err(|left| left.reason)
    }

    fn judged_with(change: &str) -> Result<UpcomingAppointment, Left> {
        let participants = format!(
            r#"[{PATIENT}, {{"actor": {{"reference": "Practitioner/d1", "display": "Lopez, Maria, MD"}}}},
                {{"actor": {{"reference": "Location/l1", "display": "EMC FAMILY MEDICINE [10501101]"}}}}]"#
        );
        let mut fields = vec![
            ("status", r#""booked""#),
            ("start", r#""2026-12-01T16:30:00Z""#),
            ("participant", participants.as_str()),
        ];
        let (name, value) = change.split_once('=').unwrap();
        fields.retain(|(field, _)| *field != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
        let fields = fields.iter().map(|(name, value)| format!(r#""{name}": {value}"#)).collect::<Vec<_>>();
        let appointment = json::decode(format!("{{{}}}", fields.join(",")).as_bytes()).unwrap();
        let (patient, base) = (PatientId::parse("p1").unwrap(), Url::parse(BASE).unwrap());
        let zone = TimeZone::get("America/Chicago").unwrap();
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        judge(&appointment, &patient, &base, &zone, now)
    }

    #[test]
    fn a_booked_one_in_the_future_is_told_in_the_clinics_time() {
        let told = judged("id=7").unwrap();
        assert_eq!(told.at_the_clinic.expose().to_string(), "2026-12-01T10:30:00");
        assert!(!told.in_another_year);
        assert_eq!(told.with[0].name.expose(), "Maria Lopez");
        assert!(told.with[0].is_doctor);
        assert_eq!(told.place.unwrap().expose(), "EMC Family Medicine");
        // Another offset is the same instant.
        let written_there = judged(r#"start="2026-12-01T10:30:00-06:00""#).unwrap();
        assert_eq!(written_there.at_the_clinic.expose().to_string(), "2026-12-01T10:30:00");
        // New Year is the clinic's, too.
        assert!(!judged(r#"start="2027-01-01T05:00:00Z""#).unwrap().in_another_year);
        assert!(judged(r#"start="2027-01-01T15:00:00Z""#).unwrap().in_another_year);
    }

    #[test]
    fn what_is_not_booked_or_not_to_come_is_left_out() {
        for status in [
            "proposed",
            "pending",
            "arrived",
            "fulfilled",
            "cancelled",
            "noshow",
            "entered-in-error",
            "checked-in",
            "waitlist",
            "Booked",
            "confirmed",
        ] {
            let left = judged_with(&format!(r#"status="{status}""#)).unwrap_err();
            assert_eq!(left.reason, NotUpcoming::NotBooked, "{status}");
            assert_eq!(left.uncertain, matches!(status, "Booked" | "confirmed"), "{status}");
        }
        let declined = r#"participant=[{"actor": {"reference": "Patient/p1"}, "status": "declined"}]"#;
        assert_eq!(judged(declined), Err(NotUpcoming::NotBooked));
        for start in ["2026-11-23T10:00:00Z", "2013-12-10T09:00:00Z"] {
            assert_eq!(judged(&format!(r#"start="{start}""#)), Err(NotUpcoming::Past), "{start}");
        }
    }

    #[test]
    fn without_status_or_instant_it_cannot_be_told_what_it_is() {
        for change in [
            "status=",
            "status=1",
            "start=",
            r#"start="2026-12-01""#,
            r#"start="2026-12-01T10:30:00""#,
            "start=1796142600",
            r#"modifierExtension=[{"url": "x"}]"#,
            r#"implicitRules="http://example.org/rules""#,
            r#"participant=[{"actor": {"reference": "Patient/p1"}, "modifierExtension": [{"url": "x"}]}]"#,
        ] {
            assert_eq!(judged(change), Err(NotUpcoming::Malformed), "{change}");
        }
    }

    #[test]
    fn what_is_labelled_as_restricted_is_not_told_and_the_list_may_lack_something() {
        for label in [r#"{"code": "R"}"#, r#"{"code": "V"}"#, "7"] {
            let left = judged_with(&format!(r#"meta={{"security": [{label}]}}"#)).unwrap_err();
            assert_eq!((left.reason, left.uncertain), (NotUpcoming::Restricted, true), "{label}");
        }
        assert!(judged(r#"meta={"security": [{"code": "N"}]}"#).is_ok());
    }

    #[test]
    fn anybody_elses_appointment_is_foreign_whatever_else_it_is() {
        for participants in [
            "",
            "[]",
            "7",
            r#"[{"actor": {"reference": "Patient/p2"}}]"#,
            r#"[{"actor": {"reference": "RelatedPerson/p1"}}]"#,
            r#"[{"actor": {"reference": "https://elsewhere.example.org/Patient/p1"}}]"#,
            r#"[{"actor": {"display": "Camila Lopez"}}]"#,
        ] {
            let judged = judged(&format!("participant={participants}"));
            assert_eq!(judged, Err(NotUpcoming::ForeignPatient), "{participants}");
        }
    }

    #[test]
    fn whoever_takes_part_is_named_whichever_way_they_are_referred_to() {
        for reference in ["Practitioner/c", "Practitioner/c/_history/3", "https://elsewhere.example.org/Practitioner/c"]
        {
            let told = judged(&format!(
                r#"participant=[{PATIENT}, {{"actor": {{"reference": "{reference}", "display": "Luigi Maas"}}}}]"#
            ));
            assert_eq!(told.unwrap().with[0].name.expose(), "Luigi Maas", "{reference}");
        }
    }

    #[test]
    fn those_who_declined_and_those_without_a_name_are_not_named() {
        let told = judged(&format!(
            r#"participant=[{PATIENT}, {{"actor": {{"reference": "Practitioner/a", "display": "Dr Adam Careful"}}, "status": "declined"}},
                {{"actor": {{"reference": "Practitioner/b"}}}}, {{"actor": {{"reference": "Patient/p2", "display": "Jane Doe"}}}},
                {{"actor": {{"display": "Phone Call"}}}},
                {{"actor": {{"reference": "{BASE}Practitioner/c", "display": "Luigi Maas"}}}}]"#
        ))
        .unwrap();
        assert_eq!(told.with.len(), 1);
        assert_eq!(told.with[0].name.expose(), "Luigi Maas");
        assert!(!told.with[0].is_doctor && told.place.is_none());
    }
}
