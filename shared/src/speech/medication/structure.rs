//! Sentences made from a dosage's structure.

use super::part::{Unreadable, is_implied};
use crate::speech::course::Course;
use crate::speech::en_us::REMARKS;
use crate::speech::fact::{Doubt, Fact, Found, Method, Named, Reading, Route};
use crate::speech::language::{Language, Remarks, additions, capital, directions, sentence};
use crate::speech::sentence::Sentence;
use crate::speech::unit::Unit;

/// The instructions where there are no words for them. What they lack is said.
pub(super) fn alone(
    language: &dyn Language,
    path: &str,
    reading: &Reading,
    course: &Course,
) -> Result<Vec<Sentence>, Unreadable> {
    if !reading.disputed.is_empty() {
        return Err(Unreadable::Disagreeing);
    }
    if reading.is_empty() || reading.doubt == Doubt::Core {
        return Err(Unreadable::Unsafe);
    }
    let facts = reading.facts.iter().filter(|found| !is_implied(&found.fact, None, reading, course));
    let mut sentences = told(language, path, &facts.collect::<Vec<_>>());
    let remarks = lacking(reading, language.remarks()).into_iter();
    sentences.extend(remarks.map(|remark| Sentence::new(remark, vec![path.to_owned()])));
    Ok(sentences)
}

/// The same of instructions whose words lack as much, and without a word of that. `None` where it isn't said of what there
/// is so much.
pub(super) fn without_remarks(
    language: &dyn Language,
    path: &str,
    reading: &Reading,
    course: &Course,
) -> Option<Vec<Sentence>> {
    let facts = reading.facts.iter().filter(|found| !is_implied(&found.fact, None, reading, course));
    let facts = facts.collect::<Vec<_>>();
    let is_unclear = !reading.disputed.is_empty()
        || reading.doubt == Doubt::Core
        || facts.is_empty()
        || facts.iter().any(|found| lacks_unit(&found.fact));
    (!is_unclear).then(|| told(language, path, &facts))
}

/// What is said of what the structure lacks.
fn lacking(reading: &Reading, remarks: &Remarks) -> Vec<&'static str> {
    let has = |is_it: fn(&Fact) -> bool| reading.facts.iter().any(|found| is_it(&found.fact));
    // The code's words ("2 times daily") are an instruction of their own.
    let has_words_of_time = reading.facts.iter().any(|found| found.path == "timing.code");
    let mut lacking = match (has(has_dose), has(has_timing) || has_words_of_time) {
        (false, false) => vec![remarks.no_dose_or_timing],
        (false, true) => vec![remarks.no_dose],
        (true, false) => vec![remarks.no_timing],
        (true, true) => Vec::new(),
    };
    if has(lacks_unit) {
        lacking.push(remarks.no_unit);
    }
    lacking
}

/// The structure's instructions as sentences.
pub(super) fn told(language: &dyn Language, path: &str, facts: &[&Found]) -> Vec<Sentence> {
    told_as(language, path, facts, |words| language.instruction(words))
}

/// The same, where the words say more.
pub(super) fn told_in_part(language: &dyn Language, path: &str, facts: &[&Found]) -> Vec<Sentence> {
    told_as(language, path, facts, |words| language.instruction_in_part(words))
}

fn told_as(language: &dyn Language, path: &str, facts: &[&Found], say: impl Fn(&str) -> String) -> Vec<Sentence> {
    let (main, apart): (Vec<_>, Vec<_>) = facts.iter().copied().partition(|found| is_in_sentence(&found.fact));
    let mut sentences = Vec::new();
    let words = directions(language, &facts_of(&main));
    if !words.is_empty() {
        sentences.push(Sentence::new(say(&words), sources(path, &main)));
    }
    for found in apart {
        let words = match &found.fact {
            Fact::Additional(words) => language.additional(words),
            fact => sentence(&capital(&language.phrase(fact))),
        };
        sentences.push(Sentence::new(words, sources(path, &[found])));
    }
    sentences
}

/// What the structure adds to the words.
pub(super) fn added(language: &dyn Language, path: &str, facts: &[&Found]) -> Vec<Sentence> {
    let (additional, facts): (Vec<_>, Vec<_>) =
        facts.iter().copied().partition(|found| matches!(found.fact, Fact::Additional(_)));
    let mut sentences = Vec::new();
    let words = additions(language, &facts_of(&facts));
    if !words.is_empty() {
        sentences.push(Sentence::new(language.adds(&words), sources(path, &facts)));
    }
    if facts.iter().any(|found| lacks_unit(&found.fact)) {
        sentences.push(Sentence::new(language.remarks().no_unit, vec![path.to_owned()]));
    }
    for found in additional {
        if let Fact::Additional(words) = &found.fact {
            sentences.push(Sentence::new(language.additional(words), sources(path, &[found])));
        }
    }
    sentences
}

/// What the structure says in the place of something that the words say.
pub(super) fn contradicting(language: &dyn Language, path: &str, facts: &[&Found]) -> Option<Sentence> {
    let words = additions(language, &facts_of(facts));
    (!words.is_empty()).then(|| Sentence::new(language.contradicts(&words), sources(path, facts)))
}

/// Facts in one row of words.
pub(super) fn rendered(language: &dyn Language, facts: &[&Found]) -> String {
    directions(language, &facts_of(facts))
}

/// Whether the structure says how much and when.
pub(super) fn is_complete(reading: &Reading) -> bool {
    lacking(reading, &REMARKS).is_empty()
}

fn is_in_sentence(fact: &Fact) -> bool {
    !matches!(fact, Fact::Limit { .. } | Fact::Additional(_))
}

/// Whether it is so many of something that isn't told.
pub(super) fn lacks_unit(fact: &Fact) -> bool {
    matches!(fact, Fact::Dose { amounts, .. } if amounts.measure.of == Unit::None)
}

/// A cream has none.
fn has_dose(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Dose { .. }
            | Fact::Rate { .. }
            | Fact::Method(Named::Known(Method::Apply | Method::Rub))
            | Fact::Route(Named::Known(Route::Topical))
    )
}

fn has_timing(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Often(_)
            | Fact::Days(_)
            | Fact::Times(_)
            | Fact::Moments(_)
            | Fact::AfternoonOrEvening
            | Fact::Events(_)
            | Fact::AsNeeded(_)
            | Fact::Count(..)
            | Fact::Rate { .. }
    )
}

fn facts_of<'a>(found: &[&'a Found]) -> Vec<&'a Fact> {
    found.iter().map(|found| &found.fact).collect()
}

fn sources(path: &str, found: &[&Found]) -> Vec<String> {
    found.iter().map(|found| format!("{path}.{}", found.path)).collect()
}
