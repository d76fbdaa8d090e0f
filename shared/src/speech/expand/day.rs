//! Days of the week as they are abbreviated, in full: a voice reads "Thu" as it likes.

use super::Unsafe;
use crate::speech::abbreviation::ambiguous::Context;

const DAYS: [(&[&str], &str); 7] = [
    (&["mon", "monday"], "Monday"),
    (&["tue", "tues", "tuesday"], "Tuesday"),
    (&["wed", "wednesday"], "Wednesday"),
    (&["thu", "thur", "thurs", "thursday"], "Thursday"),
    (&["fri", "friday"], "Friday"),
    (&["sat", "saturday"], "Saturday"),
    (&["sun", "sunday"], "Sunday"),
];

/// The day that `core` is, or the days: "Mon/Wed/Fri", "M/W/F".
///
/// # Errors
/// [`Unsafe`] for "Mon-Thu": two days, or four. Where the days are so far apart that nobody takes two of them, "Mon-Fri", or
/// side by side, it makes no difference.
pub(super) fn names(core: &str, context: Context<'_>) -> Result<Option<String>, Unsafe> {
    if let Some(day) = day(core) {
        // "Sat" and "Sun" are words, too.
        let is_beside_day =
            [context.previous, context.next].into_iter().flatten().any(|word| day_of_list(word).is_some());
        let joins = |word: &str| matches!(word.to_lowercase().as_str(), "and" | "or" | "on" | "every" | "each");
        let is_joined = context.previous.is_some_and(joins)
            && context.next.is_none_or(|next| !next.starts_with(char::is_lowercase) || joins(next));
        let is_joined = is_joined || (core.eq_ignore_ascii_case("sat") && context.next.is_some_and(joins));
        let is_word = matches!(core.to_lowercase().as_str(), "sat" | "sun");
        return Ok((!is_word || is_beside_day || is_joined).then(|| day.to_owned()));
    }
    let sign = if core.contains('/') { '/' } else { '-' };
    let Some(days) = core.split(sign).map(day).collect::<Option<Vec<_>>>() else { return Ok(by_letters(core)) };
    match days.as_slice() {
        [first, last] if sign == '-' && are_far_apart(first, last) => Ok(Some(format!("{first} through {last}"))),
        [first, last] if sign == '-' && are_side_by_side(first, last) => Ok(Some(format!("{first} and {last}"))),
        [_, _] if sign == '-' => Err(Unsafe),
        days => Ok(Some(listed(days))),
    }
}

fn listed(days: &[&str]) -> String {
    match days {
        [head @ .., last] if !head.is_empty() => format!("{} and {last}", head.join(", ")),
        days => days.join(", "),
    }
}

/// "M/W/F", "Tu/Th/Sa": days by their first letters, where each can be one day only. Two by single letters may be something
/// else: "M/F", "W/F".
pub(super) fn by_letters(core: &str) -> Option<String> {
    if core == "M-F" {
        return Some("Monday through Friday".to_owned());
    }
    let parts = core.split(['/', '-', ',']).collect::<Vec<_>>();
    let has_thursday = parts.contains(&"Th");
    let day = |part: &&str| {
        Some(match *part {
            "M" | "Mo" => "Monday",
            "T" if has_thursday => "Tuesday",
            "Tu" => "Tuesday",
            "W" | "We" => "Wednesday",
            "Th" => "Thursday",
            "F" | "Fr" => "Friday",
            "Sa" => "Saturday",
            "Su" => "Sunday",
            _ => return None,
        })
    };
    let days = parts.iter().map(day).collect::<Option<Vec<_>>>()?;
    let is_rising = days.windows(2).all(|pair| {
        let [one, other] = pair else { return false };
        place(one) < place(other)
    });
    let is_certain = days.len() > 2 || (days.len() == 2 && parts.iter().any(|part| part.len() > 1));
    // "Tu-Th" may be three days.
    (is_rising && is_certain && !(days.len() == 2 && core.contains('-'))).then(|| listed(&days))
}

fn place(name: &str) -> Option<usize> {
    DAYS.iter().position(|(_, day)| *day == name)
}

fn are_side_by_side(first: &str, last: &str) -> bool {
    place(first).zip(place(last)).is_some_and(|(first, last)| (first + 1) % DAYS.len() == last)
}

/// Whether at least four days lie from the first to the last, in a week that begins or ends on Sunday.
fn are_far_apart(first: &str, last: &str) -> bool {
    let (Some(first), Some(last)) = (place(first), place(last)) else { return false };
    let first = if first == DAYS.len() - 1 { None } else { Some(first) };
    first.map_or(last >= 3 && last < DAYS.len() - 1, |first| last >= first + 4)
}

/// A day with a capital, as a name has.
fn day(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let found = DAYS.iter().find(|(names, _)| names.contains(&lower.as_str()));
    found.filter(|_| word.starts_with(char::is_uppercase)).map(|(_, day)| *day)
}

/// The first of one day, or of several.
fn day_of_list(words: &str) -> Option<&'static str> {
    words.split(['/', '-']).next().and_then(day)
}
