//! From what was said to what is wanted: utterances against the definition's samples, best first.
//!
//! Lex's own models are not public. This keeps what their users can rely on: a sample utterance said as it stands is
//! understood with certainty, one close to it with less, and what is close to none falls to `FallbackIntent`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::definition::{BotLocale, Intent, Slot};
use super::language::Language;
use super::slot::{self, Said, Slots};
use super::words::{is_stop_word, meaningful, words};

/// What Lex lists at most: the best four and `FallbackIntent`.
const INTERPRETATIONS: usize = 4;
/// The confidence in a sample said with nothing but fillers around it.
pub(crate) const BUT_FOR_FILLERS: f64 = 0.95;
/// The most confidence in what is no sample: how much of it a sample has, times this.
const SIMILAR: f64 = 0.9;
/// How much a word counts that says little about what is wanted, against 1 for one that does.
const STOP_WORD_WEIGHT: f64 = 0.15;
/// How much a word counts that is in no sample.
const UNKNOWN_WORD_WEIGHT: f64 = 0.7;
/// How much a slot's value counts: it is what the sample is about.
const SLOT_WEIGHT: f64 = 2.0;

/// An intent that may be meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Interpretation {
    /// The intent.
    pub(crate) intent: String,
    /// How sure that is, from 0 to 1; none for `FallbackIntent`.
    pub(crate) confidence: Option<f64>,
    /// The intent's slots, filled as far as the utterance fills them.
    pub(crate) slots: Slots,
}

/// The intents that `said` may mean, best first, with `FallbackIntent` before those below the bot's threshold.
pub(crate) fn interpret(locale: &BotLocale, said: &str, today: Date) -> Vec<Interpretation> {
    let said_words = words(said);
    let said = Said { text: said, words: &said_words, language: Language::of(locale), today };
    let weights = weights(locale);
    let mut found: Vec<Interpretation> = locale
        .intents
        .iter()
        .filter(|intent| !intent.is_fallback())
        .filter_map(|intent| best_sample(locale, intent, said, &weights))
        .collect();
    found.sort_by(|a, b| b.confidence.unwrap_or_default().total_cmp(&a.confidence.unwrap_or_default()));
    found.truncate(INTERPRETATIONS);
    let sure = found.iter().take_while(|i| i.confidence >= Some(locale.nlu_confidence_threshold)).count();
    if let Some(fallback) = locale.fallback() {
        found.insert(sure, Interpretation { intent: fallback.name.clone(), confidence: None, slots: Slots::new() });
    }
    found
}

/// Words that stand around a slot's value in the samples of its intent.
pub(crate) fn carriers(intent: &Intent, slot: &Slot) -> Vec<String> {
    let placeholder = format!("{{{}}}", slot.name);
    let around = intent.sample_utterances.iter().filter(|sample| sample.utterance.contains(&placeholder));
    around.flat_map(|sample| words(&sample.utterance.replace(&placeholder, " "))).map(|word| word.text).collect()
}

/// The unfilled slots of an intent.
pub(crate) fn unfilled(intent: &Intent) -> Slots {
    intent.slots.iter().map(|slot| (slot.name.clone(), None)).collect()
}

fn best_sample(
    locale: &BotLocale,
    intent: &Intent,
    said: Said<'_>,
    weights: &BTreeMap<String, f64>,
) -> Option<Interpretation> {
    let mut best: Option<Interpretation> = None;
    for sample in &intent.sample_utterances {
        let Some((template, slots)) = filled_in(locale, intent, &sample.utterance, said) else { continue };
        let said = template.said;
        let confidence = similarity(&said, &template.sample, weights);
        if confidence > best.as_ref().and_then(|best| best.confidence).unwrap_or_default() {
            best = Some(Interpretation { intent: intent.name.clone(), confidence: Some(confidence), slots });
        }
    }
    best
}

/// A sample and an utterance as words, each slot's value and placeholder replaced by the same one word.
struct Pair {
    said: Vec<String>,
    sample: Vec<String>,
}

/// The sample's placeholder found in the utterance; none if it is not. One slot a sample: the places of a second one's
/// words would have moved.
fn filled_in(locale: &BotLocale, intent: &Intent, sample: &str, said: Said<'_>) -> Option<(Pair, Slots)> {
    let texts = |part: &str| words(part).into_iter().map(|word| word.text).collect::<Vec<_>>();
    let mut slots = unfilled(intent);
    let mut pair = Pair { said: said.words.iter().map(|word| word.text.clone()).collect(), sample: texts(sample) };
    let Some((before, (name, after))) =
        sample.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return Some((pair, slots));
    };
    let (before, after) = (texts(before), texts(after));
    let slot = intent.slot(name)?;
    let kind = slot::kind(locale, slot)?;
    let filled = slot::find_between(kind, said, &carriers(intent, slot), (&before, &after))?;
    let placeholder = format!("{{{name}}}");
    pair.said.splice(filled.words, [placeholder.clone()]);
    pair.sample = before.into_iter().chain([placeholder]).chain(after).collect();
    slots.insert(name.to_owned(), Some(filled.value));
    Some((pair, slots))
}

fn similarity(said: &[String], sample: &[String], weights: &BTreeMap<String, f64>) -> f64 {
    if said.is_empty() {
        return 0.0;
    }
    if said == sample {
        return 1.0;
    }
    let (said, sample) = (meaningful(said), meaningful(sample));
    if said == sample {
        return BUT_FOR_FILLERS;
    }
    let weight = |word: &String| match word {
        slot if slot.starts_with('{') => SLOT_WEIGHT,
        stop if is_stop_word(stop) => STOP_WORD_WEIGHT,
        other => weights.get(other).copied().unwrap_or(UNKNOWN_WORD_WEIGHT),
    };
    let mut left = sample.clone();
    let mut shared = 0.0;
    for word in &said {
        if let Some(at) = left.iter().position(|other| other == word) {
            shared += weight(&left.swap_remove(at));
        }
    }
    let sum = |words: &[String]| words.iter().map(weight).sum::<f64>();
    let similar = SIMILAR * 2.0 * shared / (sum(&said) + sum(&sample));
    (similar * 100.0).round() / 100.0
}

/// What each word of the samples counts: 1 if only one intent's samples have it, less the more intents have it.
fn weights(locale: &BotLocale) -> BTreeMap<String, f64> {
    let mut intents: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for intent in &locale.intents {
        for word in intent.sample_utterances.iter().flat_map(|sample| words(&sample.utterance)) {
            intents.entry(word.text).or_default().insert(&intent.name);
        }
    }
    intents
        .into_iter()
        .map(|(word, intents)| (word, 1.0 / f64::from(u32::try_from(intents.len()).unwrap_or(1))))
        .collect()
}
