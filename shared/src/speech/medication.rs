//! One medication, ready to speak: its name, and how to take it, in the prescriber's words and from the chart's structure.
//!
//! Nothing is shortened and nothing is guessed (design.md, promise 9). The words are read as they are written. What the
//! structure adds is said behind them; what it says instead is said, too, and that a pharmacist has to tell which is
//! right. Without words the structure's sentences are the instructions. What has no safe words makes them unreadable, or
//! is said to be there.

mod dispute;
mod part;
mod structure;
mod written;

use jiff::Timestamp;

use self::part::{Part, Unreadable};
use super::course::Course;
use super::fact::words_of;
use super::language::{Follows, Language};
use super::number::with_decimals;
use super::plain_text::{has_unspoken, plain};
use super::sentence::Sentence;
use super::{Locale, doubtful, name};
use crate::fhir::codeable_concept::CodeableConcept;
use crate::fhir::dosage::Dosage;
use crate::fhir::field::{Field, List};
use crate::fhir::period::Period;
use crate::medication_list::SpokenMedication;
use crate::phi::Phi;

/// What of an order or a statement is spoken, whichever resource it came in.
#[derive(Debug, Clone, Copy)]
pub struct Instructions<'a> {
    /// How it is to be taken.
    pub dosages: &'a List<Dosage>,
    /// What the resource calls the dosages: `dosageInstruction` or `dosage`.
    pub path: &'static str,
    /// Whether the resource has an extension that changes what it says. We know none: nothing of it can be relied on.
    pub modified: bool,
    /// What it is for, as far as the resource says it in words.
    pub reasons: &'a List<CodeableConcept>,
    /// From when to when the whole of it is taken: a statement's `effectivePeriod`.
    pub period: &'a Field<Period>,
    /// Whether it is on hold.
    pub on_hold: bool,
    /// The time: an order can be listed as active behind its end.
    pub now: Timestamp,
}

/// What is said of a medication, each sentence with what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its name in a form that can be spoken; empty where the chart gives none.
    pub name: Phi<String>,
    /// What else a caller may call it, in small letters.
    pub also_called: Vec<Phi<String>>,
    /// What it is for.
    pub purpose: Vec<Sentence>,
    /// What is said of it, in order.
    pub sentences: Vec<Sentence>,
    /// Whether its instructions could be read.
    pub readable: bool,
}

/// What is said of the current medication called `name` (`None`: the chart gives no name).
pub fn medication(locale: Locale, name: Option<&Phi<String>>, instructions: Instructions<'_>) -> SpokenMedication {
    let told = told(locale, name, instructions);
    let texts = |sentences: Vec<Sentence>| sentences.into_iter().map(|sentence| sentence.text).collect();
    SpokenMedication {
        name: told.name,
        also_called: told.also_called,
        purpose: texts(told.purpose),
        sentences: texts(told.sentences),
        readable: told.readable,
    }
}

/// As [`medication`], with the source of each sentence.
pub fn told(locale: Locale, name: Option<&Phi<String>>, instructions: Instructions<'_>) -> Told {
    let language = locale.language();
    let remarks = language.remarks();
    let name = spoken_name(name);
    let mut sentences = vec![name_sentence(language, name.as_ref(), "medication")];
    if instructions.on_hold {
        sentences.push(Sentence::new(remarks.on_hold, vec!["status".to_owned()]));
    }
    let dosages = instructions.dosages;
    let path = || vec![instructions.path.to_owned()];
    let readable = if dosages.items.iter().all(Dosage::is_empty) && !dosages.malformed && !instructions.modified {
        sentences.push(Sentence::new(remarks.no_instructions, path()));
        false
    } else {
        let said = in_sequence(locale, instructions);
        let readable = said.is_ok();
        match said {
            Ok(said) => {
                let advice = language.advice_on_other_language(&said);
                sentences.extend(said);
                sentences.extend(advice.map(|advice| Sentence::new(advice, path())));
            }
            Err(Unreadable::Unsafe) => sentences.push(Sentence::new(remarks.unreadable, path())),
            Err(Unreadable::Disagreeing) => sentences.push(Sentence::new(remarks.disagreeing, path())),
        }
        readable
    };
    add_period(language, instructions, &mut sentences);
    let has_name = name.is_some();
    let (spoken, bare) = name.map(|name| (name.spoken, name.bare)).unwrap_or_default();
    Told {
        // Without a name nobody can tell which one it is, however well the rest can be read.
        readable: readable && has_name,
        name: Phi::new(spoken),
        also_called: bare.into_iter().map(Phi::new).collect(),
        purpose: handed_on(language, purpose(language, instructions)),
        sentences: handed_on(language, sentences),
    }
}

/// Adds from when to when it is taken, unless a dosage has said the same.
fn add_period(language: &dyn Language, instructions: Instructions<'_>, sentences: &mut Vec<Sentence>) {
    let course = Course::of_period(instructions.period);
    let remarks = language.remarks();
    let more = course.more.then(|| remarks.more_in_chart.to_owned());
    let differing = course.is_reversed.then(|| remarks.differing.to_owned());
    for text in course.sentence(language, instructions.now).into_iter().chain(more).chain(differing) {
        if !sentences.iter().any(|known| *known.text.expose() == text) {
            sentences.push(Sentence::new(text, vec!["effectivePeriod".to_owned()]));
        }
    }
}

/// What is said of a medication's name alone, as a `Medication` gives it.
pub fn name_told(locale: Locale, name: Option<&Phi<String>>) -> Told {
    let name = spoken_name(name);
    let language = locale.language();
    let sentences = handed_on(language, vec![name_sentence(language, name.as_ref(), "code")]);
    let readable = name.is_some();
    let (spoken, bare) = name.map(|name| (name.spoken, name.bare)).unwrap_or_default();
    let also_called = bare.into_iter().map(Phi::new).collect();
    Told { name: Phi::new(spoken), also_called, purpose: Vec::new(), sentences, readable }
}

/// Sentences as they are handed on: decimals in words, none too long.
fn handed_on(language: &dyn Language, sentences: Vec<Sentence>) -> Vec<Sentence> {
    let in_words = |sentence: Sentence| {
        let text = with_decimals(sentence.text.expose(), |whole, decimals| language.decimal(whole, decimals));
        Sentence::new(text, sentence.sources)
    };
    sentences.into_iter().map(in_words).flat_map(Sentence::split).collect()
}

fn spoken_name(name: Option<&Phi<String>>) -> Option<name::Name> {
    let name = name.and_then(|name| plain(name.expose())).filter(|name| !has_unspoken(name));
    // A voice skips letters of other scripts: of a name that has some, another would be heard.
    let is_skipped = |c: char| c.is_alphabetic() && !doubtful::is_read_in_names(c);
    let name = name.filter(|name| name.contains(|c: char| c.is_ascii_alphabetic()) && !name.contains(is_skipped));
    name.map(|name| name::Name::of(&name)).filter(|name| !name.spoken.is_empty())
}

fn name_sentence(language: &dyn Language, name: Option<&name::Name>, source: &str) -> Sentence {
    let unnamed = || language.remarks().unnamed.to_owned();
    let text = name.map_or_else(unnamed, |name| language.name(&name.spoken, &name.also));
    Sentence::new(text, vec![source.to_owned()])
}

/// The sentences for all dosage instructions, in sequence.
fn in_sequence(locale: Locale, instructions: Instructions<'_>) -> Result<Vec<Sentence>, Unreadable> {
    let language = locale.language();
    let dosages = instructions.dosages;
    if dosages.malformed || instructions.modified {
        return Err(Unreadable::Unsafe);
    }
    let mut dosages = dosages.items.iter().enumerate().filter(|(_, dosage)| !dosage.is_empty()).collect::<Vec<_>>();
    if dosages.iter().any(|(_, dosage)| dosage.sequence.is_malformed()) {
        return Err(Unreadable::Unsafe);
    }
    // A stable sort: what has no sequence stays where the chart has it, first.
    dosages.sort_by_key(|(_, dosage)| dosage.sequence.read().copied());
    let mut parts: Vec<(&Dosage, Vec<Sentence>)> = Vec::new();
    let mut more = Vec::new();
    for (index, dosage) in dosages {
        let path = format!("{}[{index}]", instructions.path);
        let part = Part::of(locale, dosage, &path, instructions.now)?;
        if part.more {
            more.push(path);
        }
        let texts = |sentences: &[Sentence]| sentences.iter().map(|own| own.text.clone()).collect::<Vec<_>>();
        let own_texts = texts(&part.sentences);
        let last = parts.len().saturating_sub(1);
        let known = parts
            .iter_mut()
            .enumerate()
            .find(|(at, (other, sentences))| texts(sentences) == own_texts && is_told_with(dosage, other, *at == last));
        match known {
            Some((_, (_, known))) => {
                for (known, own) in known.iter_mut().zip(part.sentences) {
                    known.sources.extend(own.sources);
                }
            }
            None => parts.push((dosage, part.sentences)),
        }
    }
    let count = parts.len();
    let sequences = parts.iter().map(|(dosage, _)| dosage.sequence.read().copied()).collect::<Vec<_>>();
    let mut sentences = Vec::new();
    for (index, (_, part)) in parts.into_iter().enumerate() {
        if count > 1 {
            let sources = vec![format!("{}.sequence", instructions.path)];
            sentences.push(Sentence::new(language.part(index + 1, count, follows(&sequences, index)), sources));
        }
        sentences.extend(part);
    }
    if !more.is_empty() {
        sentences.push(Sentence::new(language.remarks().more_in_chart, more));
    }
    Ok(sentences)
}

/// Whether a dosage that sounds like another one needn't be told again. Charts repeat one text for each step of a schedule
/// that the text tells as a whole; a step that comes once more behind the others, or the same structure again, is a step.
fn is_told_with(dosage: &Dosage, other: &Dosage, is_last: bool) -> bool {
    let without_sequence = |dosage: &Dosage| Dosage { sequence: Field::Absent, ..dosage.clone() };
    let words = Dosage {
        text: dosage.text.clone(),
        patient_instruction: dosage.patient_instruction.clone(),
        ..Dosage::default()
    };
    let own = without_sequence(dosage);
    let is_step_again = own == without_sequence(other) && own != words;
    dosage.sequence == other.sequence || (is_last && !is_step_again)
}

/// FHIR: instructions of one sequence are concurrent, of rising ones they follow each other.
fn follows(sequences: &[Option<i64>], index: usize) -> Follows {
    let Some(all) = sequences.iter().copied().collect::<Option<Vec<_>>>() else { return Follows::Unknown };
    let own = all.get(index);
    match index.checked_sub(1).and_then(|before| all.get(before)) {
        None if all.iter().any(|other| Some(other) != own) => Follows::First,
        None => Follows::Unknown,
        Some(before) if Some(before) == own => Follows::Beside,
        Some(_) => Follows::Then,
    }
}

/// What it is for: the resource's reasons, and for what it is taken as needed.
fn purpose(language: &dyn Language, instructions: Instructions<'_>) -> Vec<Sentence> {
    let reasons = instructions.reasons.items.iter().enumerate();
    let reasons = reasons.map(|(index, reason)| (format!("reasonCode[{index}]"), reason));
    let needed = instructions.dosages.items.iter().enumerate().filter_map(|(index, dosage)| {
        let reason = dosage.as_needed_codeable_concept.read()?;
        Some((format!("{}[{index}].asNeededCodeableConcept", instructions.path), reason))
    });
    let (mut words, mut sources) = (Vec::new(), Vec::new());
    let mut unread = instructions.reasons.malformed;
    for (path, reason) in reasons.chain(needed) {
        match words_of(reason) {
            Ok(Some(reason)) if words.iter().any(|known: &String| known.eq_ignore_ascii_case(&reason)) => {}
            Ok(Some(reason)) => {
                words.push(reason);
                sources.push(path);
            }
            _ => unread = true,
        }
    }
    let mut sentences = Vec::new();
    if !words.is_empty() {
        let purpose = vec![Sentence::new(language.purpose(&words), sources.clone())];
        let advice = language.advice_on_other_language(&purpose);
        sentences.extend(purpose);
        sentences.extend(advice.map(|advice| Sentence::new(advice, sources)));
    }
    if unread {
        sentences.push(Sentence::new(language.remarks().more_purpose, vec!["reasonCode".to_owned()]));
    }
    sentences
}

#[cfg(test)]
mod tests;
