//! Slots: which words of an utterance fill one, and with what value.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::date;
use super::definition::{BotLocale, DATE_SLOT_TYPE, Slot, SlotType};
use super::words::{Word, is_filler, is_stop_word, words};

/// The slots of an intent as the event has them: null while unfilled.
pub(crate) type Slots = BTreeMap<String, Option<SlotValue>>;

/// A filled slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlotValue {
    /// `Scalar`: this stand-in knows no lists.
    #[serde(default)]
    shape: Shape,
    /// What was said, and what it stands for.
    value: ResolvedValue,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Shape {
    #[default]
    Scalar,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ResolvedValue {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    original_value: Option<String>,
    interpreted_value: String,
    #[serde(default)]
    resolved_values: Vec<String>,
}

impl SlotValue {
    fn new(original: &str, interpreted: &str) -> Self {
        Self {
            shape: Shape::Scalar,
            value: ResolvedValue {
                original_value: Some(original.to_owned()),
                interpreted_value: interpreted.to_owned(),
                resolved_values: vec![interpreted.to_owned()],
            },
        }
    }

    /// What was said stands for this.
    #[cfg(test)]
    pub(crate) fn interpreted(&self) -> &str {
        &self.value.interpreted_value
    }

    /// The words that filled it.
    #[cfg(test)]
    pub(crate) fn original(&self) -> Option<&str> {
        self.value.original_value.as_deref()
    }
}

/// The words of an utterance that fill a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    /// The words, by their place.
    pub(crate) words: Range<usize>,
    /// The slot's value.
    pub(crate) value: SlotValue,
}

/// What kind of value a slot takes.
pub(crate) enum Kind<'a> {
    Date,
    OneOf(&'a SlotType),
}

/// What kind of value `slot` takes; none if it is of a type that this stand-in doesn't know.
pub(crate) fn kind<'a>(locale: &'a BotLocale, slot: &Slot) -> Option<Kind<'a>> {
    if slot.slot_type_name == DATE_SLOT_TYPE {
        return Some(Kind::Date);
    }
    locale.slot_types.iter().find(|slot_type| slot_type.name == slot.slot_type_name).map(Kind::OneOf)
}

/// Finds the words of `said` that fill a slot of this kind. `carriers` are words that may stand around a value that is
/// easily something else ("it's the twelfth", "I'm M").
pub(crate) fn find(kind: &Kind<'_>, said: &str, of: &[Word], carriers: &[String], today: Date) -> Option<Filled> {
    match kind {
        Kind::Date => find_date(said, of, carriers, today),
        Kind::OneOf(slot_type) => find_value(slot_type, said, of, carriers),
    }
}

fn find_date(said: &str, of: &[Word], carriers: &[String], today: Date) -> Option<Filled> {
    let texts: Vec<&str> = of.iter().map(|word| word.text.as_str()).collect();
    spans(of.len()).find_map(|span| {
        let reckoned = date::read(texts.get(span.clone())?, today)?;
        (reckoned.clear || only_carried(of, &span, carriers))
            .then(|| filled(said, of, span, &reckoned.date.to_string()))
            .flatten()
    })
}

fn find_value(slot_type: &SlotType, said: &str, of: &[Word], carriers: &[String]) -> Option<Filled> {
    let mut found: Option<Filled> = None;
    for value in &slot_type.slot_type_values {
        let names = std::iter::once(&value.sample_value).chain(&value.synonyms);
        for name in names.map(|name| words(&name.value)) {
            let same = |span: &Range<usize>| {
                of.get(span.clone()).is_some_and(|said| said.iter().map(|w| &w.text).eq(name.iter().map(|w| &w.text)))
            };
            let Some(span) = spans(of.len()).filter(|span| span.len() == name.len()).find(same) else { continue };
            let letter = name.iter().all(|word| word.text.chars().count() == 1);
            let longer = found.as_ref().is_none_or(|found| found.words.len() < span.len());
            if longer && (!letter || only_carried(of, &span, carriers)) {
                found = filled(said, of, span, &value.sample_value.value);
            }
        }
    }
    found
}

/// Every run of `count` words, the longest first, then from the left.
fn spans(count: usize) -> impl Iterator<Item = Range<usize>> {
    (1..=count).rev().flat_map(move |length| (0..=count - length).map(move |from| from..from + length))
}

/// Whether only carriers, fillers and stop words stand around `span`.
fn only_carried(of: &[Word], span: &Range<usize>, carriers: &[String]) -> bool {
    of.iter()
        .enumerate()
        .filter(|(at, _)| !span.contains(at))
        .all(|(_, word)| is_filler(&word.text) || is_stop_word(&word.text) || carriers.contains(&word.text))
}

fn filled(said: &str, of: &[Word], span: Range<usize>, interpreted: &str) -> Option<Filled> {
    let (first, last) = (of.get(span.start)?, of.get(span.end.checked_sub(1)?)?);
    let original = said.get(first.at.start..last.at.end)?;
    Some(Filled { words: span, value: SlotValue::new(original, interpreted) })
}
