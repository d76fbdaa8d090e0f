//! What is said of appointments, in Spanish.

use jiff::civil::{Date, Time, Weekday};

use super::agreement::and;
use super::number::counted;
use super::{day_of_month, month};
use crate::speech::dialog::appointments::{AppointmentWords, AppointmentsDialog};

/// The sentences.
pub(super) const APPOINTMENTS: AppointmentsDialog = AppointmentsDialog {
    next: |words| format!("Su próxima cita es {}.", told(words)),
    after_that: |words| format!("Después tiene otra {}.", told(words)),
    more: |count| match count {
        1 => "Después hay una más.".to_owned(),
        count => format!("Después hay {} más.", counted(count, true)),
    },
    none: "No encontré ninguna cita próxima.",
    none_read: "No pude leer sus citas. Eso no quiere decir que no tenga ninguna.",
    partial: "No pude leer todas sus citas, así que puede haber otras.",
    about_the_list: "Esto viene del expediente de su hospital, que tal vez no lo muestre todo. Para hacer, cambiar o cancelar una \
                     cita, diga, una persona por favor.",
    not_here: "En esta línea no puedo consultar citas. Para eso, diga, una persona por favor.",
    what_next: "También puede preguntar, ¿cuáles son mis medicamentos? O diga, adiós.",
};

/// Without titles: whether it is a "doctor" or a "doctora" no chart says here.
fn told(words: &AppointmentWords<'_>) -> String {
    let mut told = format!("{}, {}", day(words.at.date(), words.with_year), time(words.at.time()));
    let names = words.with.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    if !names.is_empty() {
        told.push_str(&format!(", con {}", joined(&names)));
    }
    if let Some(place) = words.place {
        told.push_str(&format!(", en {place}"));
    }
    told
}

fn joined(names: &[&str]) -> String {
    let Some((last, before)) = names.split_last() else { return String::new() };
    if before.is_empty() {
        return (*last).to_owned();
    }
    format!("{} {} {last}", before.join(", "), and(last))
}

fn day(date: Date, with_year: bool) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "lunes",
        Weekday::Tuesday => "martes",
        Weekday::Wednesday => "miércoles",
        Weekday::Thursday => "jueves",
        Weekday::Friday => "viernes",
        Weekday::Saturday => "sábado",
        Weekday::Sunday => "domingo",
    };
    let month = month(date.month());
    let day = day_of_month(date.day());
    let year = if with_year { format!(" de {}", date.year()) } else { String::new() };
    format!("el {weekday} {day} de {month}{year}")
}

/// Noon and midnight are said as that.
fn time(time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let part = match hour {
        0 | 19.. => "de la noche",
        1..12 => "de la mañana",
        _ => "de la tarde",
    };
    let on_the_clock = if hour % 12 == 0 { 12 } else { hour % 12 };
    // A voice reads a lone 1 as "uno".
    let at = match (on_the_clock, minute) {
        (1, 0) => "a la una".to_owned(),
        (1, _) => "a la 1".to_owned(),
        _ => format!("a las {on_the_clock}"),
    };
    match (hour, minute) {
        (0, 0) => "a medianoche".to_owned(),
        (12, 0) => "al mediodía".to_owned(),
        (_, 0) => format!("{at} {part}"),
        _ => format!("{at}:{minute:02} {part}"),
    }
}
