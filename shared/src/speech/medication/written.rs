//! The words of a dosage instruction, in the language in which they are written.

use super::part::Unreadable;
use crate::fhir::codeable_concept::text;
use crate::fhir::dosage::Dosage;
use crate::fhir::field::Field;
use crate::phi::Phi;
use crate::speech::coverage::Said;
use crate::speech::fact::readable;
use crate::speech::order_noise::{self, Instruction};
use crate::speech::{Locale, plain_text, spanish_text};

/// Which language words are in, as the one who listens hears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// The listener's, and understood by us: compared with the structure.
    Own,
    /// The listener's, who listens in Spanish: compared by what its words mean in English.
    Spanish,
    /// English, for somebody who listens in another language.
    Foreign,
}

/// Words, ready to be read.
pub(super) struct Written {
    pub(super) words: String,
    pub(super) path: String,
    pub(super) tongue: Tongue,
}

/// All the words of an instruction.
pub(super) struct Words<'a> {
    /// Those that are read, in order.
    pub(super) written: Vec<Written>,
    /// Whether there are words for a patient who speaks another language than the listener.
    pub(super) unread: bool,
    /// What of the order stood behind them.
    pub(super) order: Instruction<'a>,
}

/// The words of `dosage`.
pub(super) fn of<'a>(locale: Locale, dosage: &'a Dosage, path: &str) -> Result<Words<'a>, Unreadable> {
    let elements = [&dosage.text, &dosage.patient_instruction];
    let is_too_long = |field: &Field<Phi<String>>| text(field).is_some_and(|words| words.len() > plain_text::LONGEST);
    if elements.into_iter().any(|field| field.is_malformed() || is_too_long(field)) {
        return Err(Unreadable::Unsafe);
    }
    let order = text(&dosage.text).map(order_noise::strip);
    let order = order.unwrap_or(Instruction { words: "", from: None, until: None });
    let for_patient = text(&dosage.patient_instruction).unwrap_or_default();
    let unread = locale == Locale::EnUs && !order.words.is_empty() && spanish_text::is_spanish(for_patient);
    let mut written = Vec::new();
    for (words, element) in [(order.words, "text"), (if unread { "" } else { for_patient }, "patientInstruction")] {
        let (words, tongue) = read(locale, words)?;
        if !words.is_empty() {
            written.push(Written { words, path: format!("{path}.{element}"), tongue });
        }
    }
    // Some sites write the whole instruction for the patient, others only a remark beside the order's. Only what is said in
    // the same words is said once.
    if let [order, patient] = written.as_slice() {
        let (order_words, patient_words) = (order.words.to_lowercase(), patient.words.to_lowercase());
        let is_same = order.tongue == patient.tongue && order.tongue != Tongue::Spanish;
        if (is_same && Said::of(&patient_words).says_all_of(&Said::of(&order_words))) || order_words == patient_words {
            written.remove(0);
        }
    }
    Ok(Words { written, unread, order })
}

fn read(locale: Locale, words: &str) -> Result<(String, Tongue), Unreadable> {
    match locale {
        Locale::EnUs => readable(words).map(|words| (words, Tongue::Own)).map_err(|_| Unreadable::Unsafe),
        Locale::EsUs if spanish_text::is_spanish(words) => {
            spanish_text::readable(words).map(|words| (words, Tongue::Spanish)).ok_or(Unreadable::Unsafe)
        }
        Locale::EsUs => readable(words).map(|words| (words, Tongue::Foreign)).map_err(|_| Unreadable::Unsafe),
    }
}
