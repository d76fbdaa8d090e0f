//! What is said of appointments, in English.

use jiff::civil::{Date, Time, Weekday};

use super::month;
use crate::speech::dialog::appointments::{AppointmentWords, AppointmentsDialog};

/// The sentences.
pub(super) const APPOINTMENTS: AppointmentsDialog = AppointmentsDialog {
    next: |words| format!("Your next appointment is {}.", told(words)),
    after_that: |words| format!("After that, you have one {}.", told(words)),
    more: |count| match count {
        1 => "There is 1 more after that.".to_owned(),
        count => format!("There are {count} more after that."),
    },
    none: "I found no upcoming appointments.",
    none_read: "I couldn't read your appointments. That doesn't mean that there are none.",
    partial: "I couldn't read all of your appointments, so there may be others.",
    about_the_list: "This comes from your hospital's record, which may not show everything. To make, change or cancel an \
                     appointment, say, a person please.",
    not_here: "I can't look up appointments on this line. For that, say, a person please.",
    what_next: "You can also ask, what are my medications? Or say, goodbye.",
};

fn told(words: &AppointmentWords<'_>) -> String {
    let mut told = format!("on {}, {}", day(words.at.date(), words.with_year), time(words.at.time()));
    let name =
        |(name, is_doctor): &(&str, bool)| if *is_doctor { format!("Doctor {name}") } else { (*name).to_owned() };
    let names = words.with.iter().map(name).collect::<Vec<_>>();
    if !names.is_empty() {
        told.push_str(&format!(", with {}", names.join(" and ")));
    }
    if let Some(place) = words.place {
        told.push_str(&format!(", at {place}"));
    }
    told
}

fn day(date: Date, with_year: bool) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let month = month(date.month());
    let year = if with_year { format!(", {}", date.year()) } else { String::new() };
    format!("{weekday}, {month} {}{year}", ordinal(date.day()))
}

/// The day of a month as it is said.
fn ordinal(day: i8) -> String {
    const FIRST: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let of = |day: i8| usize::try_from(day - 1).ok().and_then(|index| FIRST.get(index)).copied().unwrap_or_default();
    match day {
        30 => "thirtieth".to_owned(),
        31 => "thirty-first".to_owned(),
        21.. => format!("twenty-{}", of(day - 20)),
        _ => of(day).to_owned(),
    }
}

/// Noon and midnight are said as that: "12 PM" is taken for either.
fn time(time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let part = match hour {
        0 | 21.. => "at night",
        1..12 => "in the morning",
        12..17 => "in the afternoon",
        _ => "in the evening",
    };
    let on_the_clock = if hour % 12 == 0 { 12 } else { hour % 12 };
    match (hour, minute) {
        (0, 0) => "at midnight".to_owned(),
        (12, 0) => "at noon".to_owned(),
        (_, 0) => format!("at {on_the_clock} {part}"),
        _ => format!("at {on_the_clock}:{minute:02} {part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_month_has_its_word() {
        let words: Vec<_> = (1..=31).map(ordinal).collect();
        assert_eq!(words.iter().collect::<std::collections::BTreeSet<_>>().len(), 31);
        assert!(words.iter().all(|word| !word.is_empty() && !word.ends_with('-')), "{words:?}");
        assert_eq!(
            [ordinal(3), ordinal(22), ordinal(30), ordinal(31)],
            ["third", "twenty-second", "thirtieth", "thirty-first"]
        );
    }
}
