//! Every sentence a patient can hear, in English.

// Dialog.

use super::dialog::Dialog;

/// The dialog.
pub const DIALOG: Dialog = Dialog {
    verified: "Thank you. You are verified.",
    refused_try_again: "I'm sorry, I couldn't verify you with that. Let's try once more. What is your date of birth? \
                        Say the month, the day and the year.",
    refused: "I'm sorry, I couldn't verify you.",
    number_not_usable: "I'm sorry, I can't verify callers on this line.",
    birth_date_impossible: "I didn't get a date of birth from that. Please say the month, the day and the year, such as \
                            January fifth, nineteen fifty. Or key in two digits for the month, two for the day and four \
                            for the year.",
    birth_date_without_year: "I need the year, too. Please say the month, the day and the year you were born in.",
    gender_unclear: "What gender is on your chart? You can say female, male, nonbinary, X, or other.",
    outage: "I'm sorry, I can't get to that right now.",
    to_a_person: "Let me get you to a person who can help.",
    call_the_clinic: "Please call your clinic or hospital directly, and they can help you.",
    not_understood_unverified: "I didn't understand that. To hear your medications, say, verify me. \
                                To speak with a person, say, a person please.",
    not_understood_verified: "I didn't understand that. You can ask, what are my medications? You can also say, more, \
                              or, a person please, or, goodbye.",
    verify_first: "Before I can tell you about your medications, I need to check who you are.",
    goodbye: "Thank you for calling.",
    count: |count, whole| {
        let medications = if count == 1 { "medication" } else { "medications" };
        if whole {
            format!("You have {count} {medications} on your list.")
        } else {
            format!("I found {count} {medications} on your list.")
        }
    },
    these: |now, left, first| {
        let number = |count| match count {
            1 => "one".to_owned(),
            2 => "two".to_owned(),
            3 => "three".to_owned(),
            more => more.to_string(),
        };
        match (now, first) {
            (_, true) if now == left => None,
            (1, true) => Some("Here is the first one.".to_owned()),
            (_, true) => Some(format!("Here are the first {}.", number(now))),
            (1, false) if now == left => Some("Here is the last one.".to_owned()),
            (_, false) if now == left => Some(format!("Here are the last {}.", number(now))),
            (1, false) => Some("Here is the next one.".to_owned()),
            (_, false) => Some(format!("Here are the next {}.", number(now))),
        }
    },
    none: "There are no current medications on your list.",
    none_read: "I couldn't read any medication on your list. That doesn't mean that there is none.",
    none_spoken: "There are no medications on your list that I can tell you about on this line.",
    partial: "I couldn't read the whole list, so there may be more. Please ask your clinic or pharmacist about the rest.",
    withheld: "There is something on your list that I can't tell you on this line. A person can: say, a person please.",
    about_the_list: "This list comes from your hospital's record. It may not have everything you take. Please don't \
                     start, stop or change a medicine because of it. If anything sounds wrong, ask your pharmacist or \
                     doctor.",
    more_to_come: |left| match left {
        1 => "There is 1 more. To hear it, say, more.".to_owned(),
        left => format!("There are {left} more. To hear them, say, more."),
    },
    end_of_list: "That is the end of your list.",
    what_next: "You can say, repeat, or, a person please, or, goodbye.",
    too_long: |name| {
        let name = if name.is_empty() { "one medication" } else { name };
        format!("The instructions for {name} are too long to read on this line. Please ask your pharmacist for them.")
    },
};

// Medications.

/// The chart gives no name that can be spoken.
pub const UNNAMED: &str =
    "There is one medication whose name I can't read out. Please ask your pharmacist which one it is.";

/// It is on hold.
pub const ON_HOLD: &str = "Your chart lists this one as on hold.";

/// There are no instructions.
pub const NO_INSTRUCTIONS: &str =
    "Your chart gives no instructions for this one. Please ask your pharmacist how to take it.";

/// There are instructions, and they can't be read out safely.
pub const UNREADABLE: &str =
    "I can't safely read out the instructions for this one. Please ask your pharmacist how to take it.";

/// There is more than the instructions that were just read.
pub const MORE_IN_CHART: &str =
    "Your chart has more on how to take this one that I can't read out. Please ask your pharmacist.";

/// To be taken as needed, which the instructions don't say.
pub const AS_NEEDED: &str = "Your chart says to take it as needed.";

/// A medication's name.
pub fn medication_name(name: &str) -> String {
    sentence(name)
}

/// Instructions as they are written.
pub fn instruction(words: &str) -> String {
    sentence(&format!("The instructions say: {words}"))
}

/// Which of several instructions comes now.
pub fn part(number: usize, count: usize) -> String {
    format!("Part {number} of {count}.")
}

/// An additional instruction.
pub fn additional(words: &str) -> String {
    sentence(&format!("Also: {words}"))
}

/// When to take what is taken as needed.
pub fn as_needed_for(reason: &str) -> String {
    sentence(&format!("Your chart says to take it as needed, for: {reason}"))
}

/// By which way, where the instructions don't say it.
pub fn route(route: &str) -> String {
    sentence(&format!("Your chart gives the way to take it as: {route}"))
}

/// Where on the body, where the instructions don't say it.
pub fn site(site: &str) -> String {
    sentence(&format!("Your chart gives the place on the body as: {site}"))
}

/// From when to when the order runs, as far as the chart gives it.
pub fn listed(from: Option<&str>, until: Option<&str>) -> Option<String> {
    let course = match (from, until) {
        (Some(from), Some(until)) => format!("from {from} until {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => return None,
    };
    Some(sentence(&format!("Your chart lists it {course}")))
}

/// How many times it is to be taken in all.
pub fn times_in_all(count: u32) -> String {
    let times = if count == 1 { "time" } else { "times" };
    format!("Your chart says: {count} {times} in all.")
}

/// A day, a month or a year. `about`: the chart's clock may be in another time zone.
pub fn date(year: i16, month: Option<i8>, day: Option<i8>, about: bool) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = match month {
        Some(month) => Some(*MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?),
        None => None,
    };
    let about = if about { "about " } else { "" };
    Some(match (month, day) {
        (Some(month), Some(day)) => format!("{about}{month} {day}, {year}"),
        (Some(month), None) => format!("{about}{month} {year}"),
        (None, _) => format!("{about}{year}"),
    })
}

/// `words` with an end.
fn sentence(words: &str) -> String {
    let words = words.trim_end();
    if words.ends_with(['.', '!', '?']) {
        words.to_owned()
    } else {
        format!("{}.", words.trim_end_matches([',', ';', ':']))
    }
}
