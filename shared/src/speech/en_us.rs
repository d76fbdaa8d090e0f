//! Every sentence a patient can hear, in English.

mod appointments;
mod aside;
mod dialog;
mod directions;
mod listening;
pub(super) mod number;
mod unit;
mod verification;

use super::fact::{Amounts, Fact, Method, Route};
use super::language::{Follows, Language, Remarks, When, sentence};
use super::sentence::Sentence;

pub use self::dialog::DIALOG;
pub(super) use self::unit::words as unit_words;

/// What is said of a medication as it is.
pub const REMARKS: Remarks = Remarks {
    unnamed: "There is one medication whose name I can't read out. Please ask your pharmacist which one it is.",
    on_hold: "Your chart lists this one as on hold.",
    no_instructions: "Your chart gives no instructions for this one. Please ask your pharmacist how to take it.",
    unreadable: "I can't safely read out the instructions for this one. Please ask your pharmacist how to take it.",
    differing: "These instructions don't agree with each other. Please check with your pharmacist which is right.",
    disagreeing: "The instructions for this one in your chart don't agree with each other, so I can't safely read them out. \
                  Please ask your pharmacist how to take it.",
    more_in_chart: "Your chart has more on how to take this one that I can't read out. Please ask your pharmacist.",
    no_unit: "Your chart gives that amount without saying what is counted. Please ask your pharmacist.",
    more_purpose: "Your chart gives a reason for this one that I can't read out. Please ask your pharmacist.",
    no_dose: "Your chart doesn't say how much to take. Please ask your pharmacist.",
    no_timing: "Your chart doesn't say how often to take it. Please ask your pharmacist.",
    no_dose_or_timing: "Your chart doesn't say how much to take, or how often. Please ask your pharmacist.",
};

/// A month's name: 1 is the first.
fn month(number: i8) -> &'static str {
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
    usize::try_from(number).ok().and_then(|number| MONTHS.get(number.checked_sub(1)?)).copied().unwrap_or_default()
}

/// English.
pub(super) struct English;

impl Language for English {
    fn remarks(&self) -> &'static Remarks {
        &REMARKS
    }

    fn name(&self, name: &str, also: &[String]) -> String {
        if also.is_empty() { sentence(name) } else { sentence(&format!("{name}, also called {}", also.join(", or "))) }
    }

    fn instruction(&self, words: &str) -> String {
        sentence(&format!("The instructions say: {words}"))
    }

    fn written_in_english(&self, words: &str) -> String {
        self.instruction(words)
    }

    fn adds(&self, phrases: &str) -> String {
        sentence(&format!("Your chart adds: {phrases}"))
    }

    fn contradicts(&self, phrases: &str) -> String {
        format!(
            "But another part of your chart says: {} Please check with your pharmacist which is right.",
            sentence(phrases)
        )
    }

    fn additional(&self, words: &str) -> String {
        sentence(&format!("Also: {words}"))
    }

    fn part(&self, number: usize, count: usize, follows: Follows) -> String {
        let follows = match follows {
            Follows::Unknown => "",
            Follows::First => ", first",
            Follows::Then => ", then",
            Follows::Beside => ", in addition",
        };
        format!("Part {number} of {count}{follows}.")
    }

    fn listed(&self, from: Option<&str>, until: Option<&str>, passed: bool) -> String {
        let course = match (from, until) {
            (Some(from), Some(until)) => format!("from {from} until {until}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(until)) => format!("until {until}"),
            (None, None) => return String::new(),
        };
        if passed {
            format!(
                "Your chart lists it {course}, which has passed. Please ask your pharmacist or your doctor whether you \
                 should still take it."
            )
        } else {
            sentence(&format!("Your chart lists it {course}"))
        }
    }

    fn date(&self, date: When) -> String {
        match date {
            When::Year(year) => year.to_string(),
            When::Month(year, number) => format!("{} {year}", month(number)),
            When::Day(day) => format!("{} {}, {}", month(day.month()), day.day(), day.year()),
            When::About(day) => format!("about {} {}, {}", month(day.month()), day.day(), day.year()),
        }
    }

    fn purpose(&self, reasons: &[String]) -> String {
        sentence(&format!("Your chart says it is for: {}", reasons.join("; and for: ")))
    }

    fn phrase(&self, fact: &Fact) -> String {
        directions::phrase(self, fact)
    }

    fn decimal(&self, whole: &str, decimals: &str) -> String {
        number::decimal(whole, decimals)
    }

    fn verb(&self, method: Method, dose: Option<&Amounts>) -> &'static str {
        directions::verb(method, dose.is_none())
    }

    fn method_of(&self, route: Route) -> Method {
        match route {
            Route::Oral => Method::Take,
            Route::Inhalation => Method::Inhale,
            _ => Method::Use,
        }
    }

    fn advice_on_other_language(&self, _: &[Sentence]) -> Option<&'static str> {
        None
    }
}
