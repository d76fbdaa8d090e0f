//! Days of the week as they are abbreviated, in full: a voice reads "Thu" as it likes.

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

/// The day that `core` is, or the days: "Mon/Wed/Fri". Which of "to" and "and" a dash is isn't known, unless the days are
/// so far apart that nobody takes two of them: "Mon-Fri".
pub(super) fn names(core: &str, context: Context<'_>) -> Option<String> {
    if let Some(day) = day(core) {
        // "Sat" and "Sun" are words, too.
        let is_beside_day =
            [context.previous, context.next].into_iter().flatten().any(|word| day_of_list(word).is_some());
        let joins = |word: &str| matches!(word.to_lowercase().as_str(), "and" | "or" | "on" | "every" | "each");
        let is_joined = context.previous.is_some_and(joins)
            && context.next.is_none_or(|next| !next.starts_with(char::is_lowercase) || joins(next));
        let is_joined = is_joined || (core.eq_ignore_ascii_case("sat") && context.next.is_some_and(joins));
        let is_word = matches!(core.to_lowercase().as_str(), "sat" | "sun");
        return (!is_word || is_beside_day || is_joined).then(|| day.to_owned());
    }
    let sign = if core.contains('/') { '/' } else { '-' };
    let days = core.split(sign).map(day).collect::<Option<Vec<_>>>()?;
    Some(match days.as_slice() {
        [first, last] if sign == '-' => {
            format!("{first} {} {last}", if are_far_apart(first, last) { "through" } else { "dash" })
        }
        days => days.join(", "),
    })
}

/// Whether at least four days lie from the first to the last, in a week that begins or ends on Sunday.
fn are_far_apart(first: &str, last: &str) -> bool {
    let place = |name: &str| DAYS.iter().position(|(_, day)| *day == name);
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
