//! Every sentence a patient can hear, in Spanish: formal, plain, as a medical interpreter in the United States says it.
//!
//! What charts write in English is never translated word by word: it is looked up whole (`phrase_book`), or read as it is
//! written, behind the word that it is English. The Spanish voice is bilingual.

mod agreement;
mod appointments;
mod aside;
mod dialog;
mod directions;
mod form;
mod listening;
mod number;
mod phrase_book;
mod reason;
mod unit;
mod verification;
mod way;

use super::fact::{Amounts, Fact, Method, Route};
use super::language::{Follows, Language, Remarks, When, sentence};
use super::sentence::Sentence;
use super::unit::{Known, Unit};

pub(super) use self::agreement::agreeing;
pub use self::dialog::DIALOG;
pub(super) use self::number::is_in_words;

/// What is said behind English words: whoever chose Spanish may not know them.
const IF_ENGLISH_IS_NOT_UNDERSTOOD: &str =
    "Si no entiende el inglés, pida a su farmacéutico que se lo explique en español.";

/// What is said behind "cada tercer día": every other day to a Mexican, every third one to others.
const EVERY_THIRD_DAY: &str = "«Cada tercer día» puede significar cada 2 días o cada 3 días. Por favor pregunte a su farmacéutico cuál es lo correcto.";

/// What is said of a medication as it is. "Usar" is said of pills, creams and insulin; a cream that is "taken" is swallowed.
pub const REMARKS: Remarks = Remarks {
    unnamed: "Hay un medicamento cuyo nombre no puedo leerle. Por favor pregunte a su farmacéutico cuál es.",
    on_hold: "En su expediente, este medicamento está suspendido por ahora.",
    no_instructions: "Su expediente no tiene instrucciones para este medicamento. Por favor pregunte a su farmacéutico cómo \
                      usarlo.",
    unreadable: "No puedo leerle con seguridad las instrucciones de este medicamento. Por favor pregunte a su farmacéutico \
                 cómo usarlo.",
    differing: "Estas instrucciones no coinciden entre sí. Por favor pregunte a su farmacéutico cuál es la correcta.",
    disagreeing: "Las instrucciones de este medicamento en su expediente no coinciden entre sí, y por eso no puedo leérselas \
                  con seguridad. Por favor pregunte a su farmacéutico cómo usarlo.",
    more_in_chart: "Su expediente dice algo más sobre cómo usarlo que no puedo leerle. Por favor pregunte a su farmacéutico.",
    no_unit: "Su expediente da esa cantidad sin decir de qué. Por favor pregunte a su farmacéutico.",
    more_purpose: "Su expediente da un motivo para este medicamento que no puedo leerle. Por favor pregunte a su farmacéutico.",
    no_dose: "Su expediente no dice qué cantidad usar. Por favor pregunte a su farmacéutico.",
    no_timing: "Su expediente no dice cada cuánto usarlo. Por favor pregunte a su farmacéutico.",
    no_dose_or_timing: "Su expediente no dice qué cantidad usar ni cada cuánto. Por favor pregunte a su farmacéutico.",
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
            let mut called = String::new();
            for name in also {
                if !called.is_empty() {
                    called.push_str(if agreement::begins_with_o(name) { ", u " } else { ", o " });
                }
                called.push_str(name);
            }
            // In a clause of its own: "tableta oral, también llamado" agrees with nothing.
            sentence(&format!("{name}, que también se llama {called}"))
        }
    }

    fn instruction(&self, words: &str) -> String {
        sentence(&format!("Las instrucciones dicen: {words}"))
    }

    /// Whoever hears only this hears no limit, no exception and no end.
    fn instruction_in_part(&self, words: &str) -> String {
        sentence(&format!("Una parte de las instrucciones dice: {words}"))
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
                 todavía debe usarlo."
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
                format!("alrededor del {} de {} de {}", day_of_month(date.day()), month(date.month()), date.year())
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

    fn verb(&self, method: Method, dose: Option<&Amounts>) -> &'static str {
        match (method, dose.map(|dose| &dose.measure.of)) {
            // Nobody inhales inhalations.
            (Method::Inhale, Some(Unit::Known(Known::Puff | Known::Inhalation))) => "haga",
            (Method::Spray, Some(Unit::Known(Known::Spray))) => "aplique",
            // "Chupe una pastilla para chupar".
            (Method::Suck, Some(Unit::Known(Known::Lozenge))) => "disuelva en la boca",
            // What is put in is no cream.
            (Method::Apply, Some(Unit::Known(Known::Suppository | Known::Ring))) => "introduzca",
            (_, dose) => directions::verb(method, dose.is_none()),
        }
    }

    /// "Use 20 unidades debajo de la piel" is said by nobody; "aplique" is, of an injection, of drops and of a cream.
    fn method_of(&self, route: Route) -> Method {
        match route {
            Route::Oral => Method::Take,
            Route::Inhalation => Method::Inhale,
            Route::Sublingual | Route::Buccal => Method::Place,
            _ => Method::Apply,
        }
    }

    fn advice_on_dialect(&self, words: &str, is_told: bool) -> Option<&'static str> {
        (!is_told && words.to_lowercase().contains("tercer día")).then_some(EVERY_THIRD_DAY)
    }

    fn advice_on_other_language(&self, sentences: &[Sentence]) -> Option<&'static str> {
        let has_english = sentences.iter().any(|sentence| sentence.text.expose().contains(", en inglés"));
        has_english.then_some(IF_ENGLISH_IS_NOT_UNDERSTOOD)
    }
}
