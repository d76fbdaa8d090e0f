//! What a medication is taken for as needed: "prn pain" lacks a word that nobody lacks, and "pain/fever" another.

use super::day;
use super::word::Word;
use crate::speech::abbreviation::{self, acronym, ambiguous::Context};
use crate::speech::number;

/// Whether what follows "as needed" at `index` is what it is needed for, and no word says so.
pub(super) fn follows(words: &[Word<'_>], index: usize) -> bool {
    let Some(next) = words.get(index + 1).filter(|next| next.before.is_empty()) else { return false };
    let first = next.core.split('/').next().unwrap_or_default();
    if [next.core, first].into_iter().any(|core| is_complaint(core) || is_of_reasons(core)) {
        return true;
    }
    // "Prn left knee pain".
    let goes_on = |word: &&Word<'_>| word.before.is_empty() && (is_complaint(word.core) || is_describing(word.core));
    let is_named = words.iter().skip(index + 1).take(4).take_while(goes_on).any(|word| is_complaint(word.core));
    is_named || (is_plain_reason(first, words.get(index + 2)) && !is_described(words, index))
}

/// Complaints with a slash between them, "SOB/wheezing", are the one or the other, and so are reasons behind "prn".
/// Elsewhere a slash may be an "and": "with breakfast/dinner", "check BP/HR".
pub(super) fn alternatives(words: &[Word<'_>], index: usize) -> Option<String> {
    let word = words.get(index)?;
    let parts = word.core.split('/').collect::<Vec<_>>();
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    let is_behind_prn =
        word.before.is_empty() && before.is_some_and(|before| before.after.is_empty() && is_as_needed(before.core));
    let is_reason = |part: &&str| {
        let is_other = || is_of_reasons(part) || (part.len() > 2 && is_plain_reason(part, None));
        is_complaint(part) || is_symptom(part) || (is_behind_prn && is_other())
    };
    if parts.len() < 2 || !parts.iter().all(is_reason) {
        return None;
    }
    let spoken = parts.into_iter().map(|part| abbreviation::meaning(part).unwrap_or(part));
    Some(spoken.collect::<Vec<_>>().join(" or "))
}

/// A complaint, by a word that stands in its name.
fn is_complaint(word: &str) -> bool {
    match word.to_lowercase().as_str() {
        // Pain.
        "pain" | "pains" | "headache" | "headaches" | "migraine" | "migraines" | "cramp" | "cramps" => true,
        "cramping" | "spasm" | "spasms" | "stiffness" | "tightness" | "soreness" | "discomfort" => true,
        "chest" | "muscle" | "burning" => true,
        // The belly and the skin.
        "nausea" | "vomiting" | "heartburn" | "reflux" | "indigestion" | "gas" | "bloating" => true,
        "constipation" | "diarrhea" | "itch" | "itching" | "itchiness" | "rash" | "hives" | "irritation" => true,
        "swelling" | "edema" | "dryness" | "bleeding" => true,
        // The mind and the nerves.
        "anxiety" | "agitation" | "insomnia" | "sleep" | "dizziness" | "vertigo" | "seizure" | "seizures" => true,
        // The breath, and the whole body.
        "wheezing" | "wheeze" | "cough" | "congestion" | "shortness" | "dyspnea" | "palpitations" => true,
        "fever" | "fevers" | "chills" | "allergies" => true,
        // How much of it.
        "mild" | "moderate" | "severe" => true,
        _ => false,
    }
}

/// An abbreviation of what is complained of or measured: "prn BP > 160".
fn is_of_reasons(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_symptom(word)
        || matches!(lower.as_str(), "htn" | "uti" | "chf" | "bp" | "sbp" | "dbp" | "hr")
        || matches!(lower.as_str(), "bg" | "bs" | "fbs" | "fbg" | "fsbs" | "fsbg")
}

/// One of what is complained of.
fn is_symptom(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "sob" | "n/v" | "ha" | "btp" | "cp")
}

fn is_as_needed(core: &str) -> bool {
    core.replace('.', "").to_lowercase().ends_with("prn")
}

/// A word within a reason's name, neither a number nor what ends it: "left", "knee".
fn is_describing(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(lower.as_str(), "left" | "right" | "eye" | "ear" | "any" | "night" | "nighttime" | "morning")
        || is_plain_reason(word, None)
}

/// Whether a word that we don't know may begin a reason: "tremor", "GERD".
fn is_plain_reason(word: &str, behind: Option<&Word<'_>>) -> bool {
    let lower = word.to_lowercase();
    let context = Context { previous: None, next: behind.map(|word| word.core), all_capitals: false };
    let is_letters = lower.chars().count() > 1 && lower.chars().all(|c| c.is_alphabetic() || c == '-');
    let is_of_dose = abbreviation::meaning(word).is_some()
        || abbreviation::every(word).is_some()
        || abbreviation::unit_after_number(word).is_some()
        || abbreviation::run_together(word).is_some()
        || !matches!(day::names(word, context), Ok(None))
        || number::value(word).is_some();
    // A capital opens a sentence, or a brand's name.
    let is_name = word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase) && !acronym::is_known(word);
    is_letters && !is_of_dose && !is_name && !lower.ends_with("ly") && !begins_no_reason(&lower)
}

/// Words behind "prn" that go on with how, when and how often, or with another sentence.
fn begins_no_reason(lower: &str) -> bool {
    match lower {
        "for" | "with" | "without" | "at" | "in" | "on" | "by" | "to" | "into" | "onto" | "under" | "over" => true,
        "of" | "from" | "per" | "via" | "up" | "before" | "after" | "during" | "until" | "till" | "about" => true,
        "while" | "when" | "whenever" | "once" | "if" | "unless" | "and" | "or" | "but" | "then" | "as" | "than" => {
            true
        }
        "due" | "not" | "no" | "only" | "also" | "just" | "x" | "q" => true,
        "a" | "an" | "the" | "this" | "that" | "these" | "your" | "his" | "her" | "their" | "any" | "other" => true,
        "another" | "each" | "every" | "both" | "more" | "less" | "least" | "most" | "additional" | "extra" => true,
        "may" | "can" | "could" | "should" | "must" | "will" | "would" | "is" | "are" | "do" | "does" => true,
        "take" | "give" | "use" | "apply" | "inject" | "inhale" | "insert" | "place" | "put" | "chew" => true,
        "drink" | "swallow" | "dissolve" | "mix" | "repeat" | "call" | "contact" | "see" | "follow" | "start" => true,
        "stop" | "hold" | "skip" | "avoid" | "limit" | "max" | "maximum" | "minimum" | "alternate" => true,
        "alternating" | "starting" | "again" | "instead" | "please" | "thereafter" | "afterwards" => true,
        // Where and when.
        "left" | "right" | "affected" | "area" | "areas" | "eye" | "eyes" | "ear" | "ears" | "nostril" => true,
        "nostrils" | "oral" | "topical" | "rectal" | "vaginal" | "nasal" => true,
        "morning" | "afternoon" | "evening" | "night" | "nighttime" | "bedtime" | "noon" | "am" | "pm" => true,
        "twice" | "today" | "tonight" | "tomorrow" | "now" | "meal" | "meals" | "food" | "water" => true,
        // "A prn dose", "on a prn basis".
        "basis" | "dosing" | "order" | "orders" | "med" | "meds" | "medication" | "medications" => true,
        "medicine" | "medicines" | "pill" | "pills" | "refill" | "refills" => true,
        _ => false,
    }
}

/// Whether "prn" describes what is taken, which follows: "take prn ibuprofen", "your prn medicine".
fn is_described(words: &[Word<'_>], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| words.get(before)).filter(|before| before.after.is_empty());
    let describes = |word: &str| {
        matches!(word, "take" | "takes" | "give" | "use" | "uses" | "apply" | "with" | "and" | "or")
            || matches!(word, "a" | "an" | "the" | "your" | "other" | "any" | "these" | "all")
    };
    before.is_none_or(|before| describes(&before.core.to_lowercase()))
}
