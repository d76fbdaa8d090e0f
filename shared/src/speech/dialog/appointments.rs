//! What is said of appointments, and how a list of them is told.

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::appointment_list::{AppointmentList, UpcomingAppointment};

/// The sentences about appointments in one language.
#[derive(Debug)]
pub struct AppointmentsDialog {
    /// The next appointment.
    pub next: fn(&AppointmentWords<'_>) -> String,
    /// One after it.
    pub after_that: fn(&AppointmentWords<'_>) -> String,
    /// So many more after those.
    pub more: fn(usize) -> String,
    /// There are none.
    pub none: &'static str,
    /// None could be read, of a list that is not whole.
    pub none_read: &'static str,
    /// The list is not whole.
    pub partial: &'static str,
    /// What the list is, and is not.
    pub about_the_list: &'static str,
    /// Appointments are not told on this line.
    pub not_here: &'static str,
    /// What can be said next.
    pub what_next: &'static str,
}

/// What is said of one appointment.
#[derive(Debug)]
pub struct AppointmentWords<'a> {
    /// When, by the clinic's clock.
    pub at: DateTime,
    /// Whether the year has to be said.
    pub with_year: bool,
    /// With whom: names, and whether they are doctors. Empty where nobody is named.
    pub with: Vec<(&'a str, bool)>,
    /// Where, if it is known.
    pub place: Option<&'a str>,
}

impl<'a> AppointmentWords<'a> {
    /// What is said of `appointment`.
    pub(crate) fn of(appointment: &'a UpcomingAppointment) -> Self {
        let with = appointment.with.iter();
        Self {
            at: *appointment.at_the_clinic.expose(),
            with_year: appointment.in_another_year,
            with: with.map(|attendee| (attendee.name.expose().as_str(), attendee.is_doctor)).collect(),
            place: appointment.place.as_ref().map(|place| place.expose().as_str()),
        }
    }
}

impl AppointmentsDialog {
    /// What is said of `list` at `now`, in paragraphs of whole sentences: those that began since it was read are over.
    pub fn tell(&self, list: &AppointmentList, now: Timestamp) -> Vec<Vec<String>> {
        let to_come = list.next.iter().filter(|appointment| *appointment.starts_at.expose() > now).collect::<Vec<_>>();
        let mut paragraphs = Vec::new();
        if to_come.is_empty() {
            // Where there are more than were kept, and the kept ones are over, that is as little known.
            let is_whole = !list.partial && list.more == 0;
            paragraphs.push(vec![if is_whole { self.none } else { self.none_read }.to_owned()]);
        }
        for (index, appointment) in to_come.iter().enumerate() {
            let sentence = if index == 0 { self.next } else { self.after_that };
            paragraphs.push(vec![sentence(&AppointmentWords::of(appointment))]);
        }
        let mut closing = Vec::new();
        if !to_come.is_empty() && list.more > 0 {
            closing.push((self.more)(list.more));
        }
        if !to_come.is_empty() && list.partial {
            closing.push(self.partial.to_owned());
        }
        closing.extend([self.about_the_list.to_owned(), self.what_next.to_owned()]);
        paragraphs.push(closing);
        paragraphs
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::tz::TimeZone;

    use super::*;
    use crate::appointment_list::Attendee;
    use crate::phi::Phi;
    use crate::speech::Locale;

    fn appointment(at: &str, with: &[(&str, bool)], place: Option<&str>) -> UpcomingAppointment {
        let at_the_clinic: DateTime = at.parse().unwrap();
        UpcomingAppointment {
            starts_at: Phi::new(TimeZone::get("America/Chicago").unwrap().to_timestamp(at_the_clinic).unwrap()),
            at_the_clinic: Phi::new(at_the_clinic),
            in_another_year: at_the_clinic.year() != 2026,
            with: with
                .iter()
                .map(|(name, is_doctor)| Attendee { name: Phi::new((*name).to_owned()), is_doctor: *is_doctor })
                .collect(),
            place: place.map(|place| Phi::new(place.to_owned())),
        }
    }

    fn list(next: Vec<UpcomingAppointment>) -> AppointmentList {
        let read_at = "2026-11-23T10:00:00Z".parse().unwrap();
        AppointmentList { next, more: 0, partial: false, left_out: BTreeMap::new(), read_at }
    }

    fn said(locale: Locale, list: &AppointmentList) -> String {
        let now = list.read_at;
        locale.dialog().appointments.tell(list, now).concat().join(" ")
    }

    #[test]
    fn an_appointment_is_told_with_its_day_time_people_and_place() {
        let list = list(vec![
            appointment("2026-12-01T10:30", &[("Maria Lopez", true)], Some("EMC Family Medicine")),
            appointment("2026-12-12T13:00", &[("Jane Roe", false), ("Adam Careful", true)], None),
            appointment("2027-01-02T12:00", &[], Some("South Wing, second floor")),
        ]);
        let english = said(Locale::EnUs, &list);
        assert!(
            english.starts_with(
                "Your next appointment is on Tuesday, December first, at 10:30 in the morning, with Doctor Maria Lopez, \
                 at EMC Family Medicine. After that, you have one on Saturday, December twelfth, at 1 in the afternoon, with \
                 Jane Roe and Doctor Adam Careful. After that, you have one on Saturday, January second, 2027, at noon, at \
                 South Wing, second floor."
            ),
            "{english}"
        );
        let spanish = said(Locale::EsUs, &list);
        assert!(
            spanish.starts_with(
                "Su próxima cita es el martes primero de diciembre, a las 10:30 de la mañana, con Maria Lopez, en EMC \
                 Family Medicine. Después tiene otra el sábado 12 de diciembre, a la una de la tarde, con Jane Roe y Adam \
                 Careful. Después tiene otra el sábado 2 de enero de 2027, al mediodía, en South Wing, second floor."
            ),
            "{spanish}"
        );
    }

    #[test]
    fn every_time_of_day_is_said_so_that_it_cannot_be_mistaken() {
        for (time, english, spanish) in [
            ("00:00", "at midnight", "a medianoche"),
            ("00:05", "at 12:05 at night", "a las 12:05 de la noche"),
            ("01:15", "at 1:15 in the morning", "a la 1:15 de la mañana"),
            ("08:00", "at 8 in the morning", "a las 8 de la mañana"),
            ("12:30", "at 12:30 in the afternoon", "a las 12:30 de la tarde"),
            ("16:05", "at 4:05 in the afternoon", "a las 4:05 de la tarde"),
            ("18:45", "at 6:45 in the evening", "a las 6:45 de la tarde"),
            ("19:00", "at 7 in the evening", "a las 7 de la noche"),
            ("22:00", "at 10 at night", "a las 10 de la noche"),
        ] {
            let list = list(vec![appointment(&format!("2026-12-08T{time}"), &[], None)]);
            let (said_english, said_spanish) = (said(Locale::EnUs, &list), said(Locale::EsUs, &list));
            assert!(said_english.contains(&format!("December eighth, {english}.")), "{said_english}");
            assert!(said_spanish.contains(&format!("8 de diciembre, {spanish}.")), "{said_spanish}");
        }
    }

    #[test]
    fn what_is_not_told_is_said_to_be_there() {
        for locale in [Locale::EnUs, Locale::EsUs] {
            let dialog = &locale.dialog().appointments;
            let one = || vec![appointment("2026-12-01T10:30", &[], None)];
            let more = said(locale, &AppointmentList { more: 2, partial: true, ..list(one()) });
            assert!(more.contains(&(dialog.more)(2)) && more.contains(dialog.partial), "{more}");
            let whole = said(locale, &list(one()));
            assert!(!whole.contains(dialog.partial) && whole.contains(dialog.about_the_list), "{whole}");
            let none = said(locale, &list(Vec::new()));
            assert!(none.starts_with(dialog.none) && none.contains(dialog.about_the_list), "{none}");
            let unread = said(locale, &AppointmentList { partial: true, ..list(Vec::new()) });
            assert!(unread.starts_with(dialog.none_read) && !unread.contains(dialog.none), "{unread}");
        }
    }

    #[test]
    fn one_that_has_begun_since_the_chart_was_read_is_not_told() {
        let list = list(vec![
            appointment("2026-12-01T10:30", &[("Maria Lopez", true)], None),
            appointment("2026-12-01T11:00", &[("Jane Roe", false)], None),
        ]);
        let dialog = &Locale::EnUs.dialog().appointments;
        let at = |now: &str| dialog.tell(&list, now.parse().unwrap()).concat().join(" ");
        assert!(
            at("2026-12-01T16:30:00Z").starts_with("Your next appointment is on Tuesday, December first, at 11 in")
        );
        assert!(at("2026-12-01T17:00:00Z").starts_with(dialog.none));
    }
}
