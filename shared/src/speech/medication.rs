//! One medication, ready to speak: its name, and the instructions as they are written.
//!
//! Nothing is shortened and nothing is guessed (design.md, promise 9): instructions are read whole, or said to be
//! unreadable; where the chart has more than the words say, that is said, too.

use super::course::Course;
use super::coverage::Said;
use super::order_noise::{self, Instruction};
use super::plain_text::{has_unspoken, plain};
use super::{Locale, en_us, expand};
use crate::fhir::codeable_concept::{CodeableConcept, text};
use crate::fhir::dosage::Dosage;
use crate::fhir::field::{Field, List};
use crate::medication_list::SpokenMedication;
use crate::phi::Phi;

/// The longest sentence: a message has 1000 characters, and a listener less patience. A longer one is split, never cut.
const SENTENCE_LIMIT: usize = 400;

/// What instructions say where the rest of them isn't in the chart's answer.
const ELSEWHERE: [&str; 6] = [
    "admin instructions",
    "administration instructions",
    "see instructions",
    "see comments",
    "see comment",
    "see notes",
];

/// Instructions that can't be read out whole.
struct Unreadable;

/// What of an order or a statement is spoken, whichever resource it came in.
#[derive(Debug, Clone, Copy)]
pub struct Instructions<'a> {
    /// How it is to be taken.
    pub dosages: &'a List<Dosage>,
    /// Whether the resource has an extension that changes what it says. We know none: nothing of it can be relied on.
    pub modified: bool,
    /// What it is for, as far as the resource says it in words.
    pub reasons: &'a List<CodeableConcept>,
    /// Whether it is on hold.
    pub on_hold: bool,
}

/// What is said of the current medication called `name` (`None`: the chart gives no name).
pub fn medication(locale: Locale, name: Option<&Phi<String>>, instructions: Instructions<'_>) -> SpokenMedication {
    let _ = locale;
    let name = name.and_then(|name| plain(name.expose())).filter(|name| !has_unspoken(name));
    // A voice skips letters of other scripts.
    let name = name.filter(|name| name.contains(|c: char| c.is_ascii_alphabetic()));
    let name = name.map(|name| expand::name(&name)).filter(|name| !name.is_empty());
    let mut sentences = vec![name.as_deref().map_or_else(|| en_us::UNNAMED.to_owned(), en_us::medication_name)];
    if instructions.on_hold {
        sentences.push(en_us::ON_HOLD.to_owned());
    }
    let dosages = instructions.dosages;
    let readable = if dosages.items.is_empty() && !dosages.malformed && !instructions.modified {
        sentences.push(en_us::NO_INSTRUCTIONS.to_owned());
        false
    } else {
        match in_sequence(instructions) {
            Ok(said) => sentences.extend(said),
            Err(Unreadable) => sentences.push(en_us::UNREADABLE.to_owned()),
        }
        sentences.last().is_some_and(|last| last != en_us::UNREADABLE)
    };
    SpokenMedication {
        // Without a name nobody can tell which one it is, however well the rest can be read.
        readable: readable && name.is_some(),
        name: Phi::new(name.unwrap_or_default()),
        also_called: Vec::new(),
        purpose: Vec::new(),
        sentences: sentences.iter().flat_map(|sentence| split(sentence)).map(Phi::new).collect(),
    }
}

/// The sentences for all dosage instructions, in sequence.
fn in_sequence(instructions: Instructions<'_>) -> Result<Vec<String>, Unreadable> {
    let dosages = instructions.dosages;
    if dosages.malformed || instructions.modified {
        return Err(Unreadable);
    }
    let mut dosages = dosages.items.iter().collect::<Vec<_>>();
    if dosages.iter().any(|dosage| dosage.sequence.is_malformed()) {
        return Err(Unreadable);
    }
    // A stable sort: what has no sequence stays where the chart has it, first.
    dosages.sort_by_key(|dosage| dosage.sequence.read().copied());
    let mut parts = Vec::new();
    let mut more = false;
    for dosage in dosages {
        let part = Part::of(dosage)?;
        more |= part.more;
        // Charts repeat one text for each step of a schedule that the text tells as a whole.
        if !parts.contains(&part.sentences) {
            parts.push(part.sentences);
        }
    }
    let count = parts.len();
    let mut sentences = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if count > 1 {
            sentences.push(en_us::part(index + 1, count));
        }
        sentences.extend(part);
    }
    if more {
        sentences.push(en_us::MORE_IN_CHART.to_owned());
    }
    Ok(sentences)
}

/// What is said of one dosage instruction, and whether the chart has more.
struct Part {
    sentences: Vec<String>,
    more: bool,
}

impl Part {
    fn of(dosage: &Dosage) -> Result<Self, Unreadable> {
        if dosage.text.is_malformed() || dosage.patient_instruction.is_malformed() {
            return Err(Unreadable);
        }
        let order = text(&dosage.text).map(order_noise::strip);
        let Instruction { words, from, until } = order.unwrap_or(Instruction { words: "", from: None, until: None });
        let order = readable(words)?;
        let for_patient = readable(text(&dosage.patient_instruction).unwrap_or_default())?;
        let mut sentences = Vec::new();
        match (order.is_empty(), for_patient.is_empty()) {
            (true, true) => return Err(Unreadable),
            (_, true) => sentences.push(en_us::instruction(&order)),
            (true, false) => sentences.push(en_us::instruction(&for_patient)),
            (false, false) => {
                // Some sites write the whole instruction for the patient, others only a remark beside the order's. Only
                // what is said in the same words is said once.
                let (order_words, patient_words) = (order.to_lowercase(), for_patient.to_lowercase());
                if !Said::of(&patient_words).says_all_of(&Said::of(&order_words)) {
                    sentences.push(en_us::instruction(&order));
                }
                sentences.push(en_us::instruction(&for_patient));
            }
        }
        let spoken = sentences.join(" ").to_lowercase();
        let said = Said::of(&spoken);
        let mut more = has_unspoken(&spoken) || !said.covers(dosage);
        more |= ELSEWHERE.iter().any(|words| said.phrase(words));
        more |= additions(dosage, &said, &mut sentences)?;
        // An order can be signed before it starts, and be listed as active behind its end.
        let from = from.map(readable).transpose()?;
        let until = until.map(readable).transpose()?;
        let course = Course::of(&dosage.timing, from, until, &said);
        sentences.extend(en_us::listed(course.from.as_deref(), course.until.as_deref()));
        sentences.extend(course.count.map(en_us::times_in_all));
        Ok(Self { sentences, more: more || course.more })
    }
}

/// What the structure adds in words of its own. Returns whether it has more than can be said.
fn additions(dosage: &Dosage, said: &Said<'_>, sentences: &mut Vec<String>) -> Result<bool, Unreadable> {
    let mut more = dosage.additional_instruction.malformed;
    for addition in &dosage.additional_instruction.items {
        match words_of(addition)? {
            Some(words) if said.phrase(&words) => {}
            Some(words) => sentences.push(en_us::additional(&words)),
            None => more = true,
        }
    }
    let phrase = |field: &Field<CodeableConcept>| match field {
        Field::Absent => Ok(None),
        Field::Malformed => Ok(Some(None)),
        Field::Read(concept) => words_of(concept).map(Some),
    };
    match phrase(&dosage.route)? {
        Some(Some(route)) if !says_route(said, &route) => sentences.push(en_us::route(&route)),
        Some(None) => more = true,
        Some(Some(_)) | None => {}
    }
    match phrase(&dosage.site)? {
        Some(Some(site)) if !said.phrase(&site) => sentences.push(en_us::site(&site)),
        Some(None) => more = true,
        Some(Some(_)) | None => {}
    }
    let says_as_needed = said.as_needed();
    match phrase(&dosage.as_needed_codeable_concept)? {
        Some(Some(reason)) if !says_as_needed || !said.phrase(&reason) => sentences.push(en_us::as_needed_for(&reason)),
        Some(None) => more = true,
        Some(Some(_)) => {}
        None => match dosage.as_needed_boolean {
            Field::Read(true) if !says_as_needed => sentences.push(en_us::AS_NEEDED.to_owned()),
            Field::Malformed => more = true,
            Field::Absent | Field::Read(_) => {}
        },
    }
    Ok(more)
}

/// Whether the words give the route, be it in plainer words.
fn says_route(said: &Said<'_>, route: &str) -> bool {
    let route = route.to_lowercase();
    let route = route.trim_end_matches(" route").trim_end_matches(" use");
    // "Under the skin" is another way than "on the skin".
    if route == "topical" && said.phrase("under the skin") {
        return false;
    }
    let plainly = match route {
        "oral" => ["mouth", "orally", "swallow", "swish"].as_slice(),
        "subcutaneous" => &["under the skin", "beneath the skin", "subcutaneously"],
        "intravenous" => &["intravenously", "vein"],
        "intramuscular" => &["intramuscularly", "muscle"],
        "nasal" => &["nostril", "nostrils", "nose"],
        "ophthalmic" => &["eye", "eyes"],
        "otic" => &["ear", "ears"],
        "topical" => &["skin", "topically"],
        "sublingual" => &["tongue"],
        "inhalation" => &["inhale", "inhaled", "inhales", "breathe"],
        "rectal" => &["rectum", "rectally"],
        "vaginal" => &["vagina", "vaginally"],
        _ => &[],
    };
    said.phrase(route) || plainly.iter().any(|word| said.phrase(word))
}

/// A concept's words, readable. `None` where it has codes only.
fn words_of(concept: &CodeableConcept) -> Result<Option<String>, Unreadable> {
    let Some(words) = concept.words().next() else { return Ok(None) };
    let words = readable(words)?;
    Ok((!words.is_empty() && !has_unspoken(&words)).then_some(words))
}

fn readable(text: &str) -> Result<String, Unreadable> {
    let plain = plain(text).ok_or(Unreadable)?;
    // "." and "-" fill a field that must not be empty.
    if !plain.contains(char::is_alphanumeric) {
        return Ok(String::new());
    }
    expand::instruction(&plain).map_err(|expand::Unsafe| Unreadable)
}

/// Splits a long sentence, at an end of a sentence within it, else after a comma, else between words, else anywhere.
fn split(sentence: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = sentence.trim();
    while rest.len() > SENTENCE_LIMIT {
        let head = rest.get(..rest.floor_char_boundary(SENTENCE_LIMIT)).unwrap_or(rest);
        let at = [". ", "; ", ", ", " "].iter().find_map(|end| head.rfind(end).map(|at| at + end.len()));
        let (part, after) = rest.split_at(at.filter(|at| *at > 0).unwrap_or(head.len()));
        parts.push(part.trim().to_owned());
        rest = after.trim();
    }
    parts.push(rest.to_owned());
    parts
}

#[cfg(test)]
mod tests;
