//! Every sentence a patient can hear, in English.

mod appointments;
mod dialog;
mod listening;
mod verification;

pub use self::dialog::DIALOG;

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
