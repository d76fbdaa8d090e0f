//! Every sentence a patient can hear, in Spanish: formal, plain, as a medical interpreter in the United States says it.
//!
//! What charts write in English is never translated word by word: it is looked up whole (`phrase_book`), or read as it is
//! written, behind the word that it is English. The Spanish voice is bilingual.

mod agreement;
mod appointments;
mod dialog;
mod directions;
mod listening;
mod number;
mod phrase_book;
mod unit;
mod verification;

use super::fact::{Fact, Method};
use super::language::{Follows, Language, Remarks, When, sentence};

pub(super) use self::agreement::agreeing;
pub use self::dialog::DIALOG;
pub(super) use self::number::is_in_words;

/// What is said of a medication as it is.
pub const REMARKS: Remarks = Remarks {
    unnamed: "Hay un medicamento cuyo nombre no puedo leerle. Por favor pregunte a su farmacéutico cuál es.",
    on_hold: "En su expediente, este medicamento está suspendido por ahora.",
    no_instructions: "Su expediente no tiene instrucciones para este medicamento. Por favor pregunte a su farmacéutico cómo \
                      tomarlo.",
    unreadable: "No puedo leerle con seguridad las instrucciones de este medicamento. Por favor pregunte a su farmacéutico \
                 cómo tomarlo.",
    more_in_chart: "Su expediente dice algo más sobre cómo tomarlo que no puedo leerle. Por favor pregunte a su farmacéutico.",
    no_unit: "Su expediente da esa cantidad sin decir de qué. Por favor pregunte a su farmacéutico.",
    more_purpose: "Su expediente da un motivo para este medicamento que no puedo leerle. Por favor pregunte a su farmacéutico.",
    no_dose: "Su expediente no dice qué cantidad tomar. Por favor pregunte a su farmacéutico.",
    no_timing: "Su expediente no dice cada cuánto tomarlo. Por favor pregunte a su farmacéutico.",
    no_dose_or_timing: "Su expediente no dice qué cantidad tomar ni cada cuánto. Por favor pregunte a su farmacéutico.",
};

/// A month's name: 1 is the first.
fn month(number: i8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    usize::try_from(number).ok().and_then(|number| MONTHS.get(number.checked_sub(1)?)).copied().unwrap_or_default()
}

/// A day of a month: the first is said as an ordinal.
fn day_of_month(number: i8) -> String {
    if number == 1 { "primero".to_owned() } else { number.to_string() }
}

/// Spanish.
pub(super) struct Spanish;

impl Language for Spanish {
    fn remarks(&self) -> &'static Remarks {
        &REMARKS
    }

    fn name(&self, name: &str, also: &[String]) -> String {
        let name = phrase_book::name(name);
        if also.is_empty() {
            sentence(&name)
        } else {
            sentence(&format!("{name}, también llamado {}", also.join(", o ")))
        }
    }

    fn instruction(&self, words: &str) -> String {
        sentence(&format!("Las instrucciones dicen: {words}"))
    }

    fn written_in_english(&self, words: &str) -> String {
        sentence(&format!("Las instrucciones escritas, en inglés, dicen: {words}"))
    }

    fn adds(&self, phrases: &str) -> String {
        sentence(&format!("Su expediente dice también: {phrases}"))
    }

    fn contradicts(&self, phrases: &str) -> String {
        format!(
            "Pero otra parte de su expediente dice: {} Por favor pregunte a su farmacéutico cuál es lo correcto.",
            sentence(phrases)
        )
    }

    fn additional(&self, words: &str) -> String {
        match phrase_book::instruction(words) {
            Some(spanish) => sentence(&format!("Además: {spanish}")),
            None => sentence(&format!("Además, en inglés: {words}")),
        }
    }

    fn part(&self, number: usize, count: usize, follows: Follows) -> String {
        let follows = match follows {
            Follows::Unknown => "",
            Follows::First => ", primero",
            Follows::Then => ", después",
            Follows::Beside => ", además",
        };
        format!("Parte {number} de {count}{follows}.")
    }

    fn listed(&self, from: Option<&str>, until: Option<&str>, passed: bool) -> String {
        let course = match (from, until) {
            (Some(from), Some(until)) => format!("desde {from} hasta {until}"),
            (Some(from), None) => format!("desde {from}"),
            (None, Some(until)) => format!("hasta {until}"),
            (None, None) => return String::new(),
        };
        if passed {
            format!(
                "Su expediente lo indica {course}, y esa fecha ya pasó. Por favor pregunte a su farmacéutico o a su médico si \
                 todavía debe tomarlo."
            )
        } else {
            sentence(&format!("Su expediente lo indica {course}"))
        }
    }

    fn date(&self, date: When) -> String {
        match date {
            When::Year(year) => format!("el año {year}"),
            When::Month(year, number) => format!("{} de {year}", month(number)),
            When::Day(date) => format!("el {} de {} de {}", day_of_month(date.day()), month(date.month()), date.year()),
            When::About(date) => {
                format!("cerca del {} de {} de {}", day_of_month(date.day()), month(date.month()), date.year())
            }
        }
    }

    fn purpose(&self, reasons: &[String]) -> String {
        let reasons = reasons.iter().map(|reason| phrase_book::reason(reason)).collect::<Vec<_>>();
        sentence(&format!("Su expediente dice que es para: {}", reasons.join("; y para: ")))
    }

    fn phrase(&self, fact: &Fact) -> String {
        directions::phrase(self, fact)
    }

    fn decimal(&self, whole: &str, decimals: &str) -> String {
        number::decimal(whole, decimals)
    }

    fn verb(&self, method: Method, alone: bool) -> &'static str {
        directions::verb(method, alone)
    }
}
