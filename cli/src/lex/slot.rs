//! Slots: which words of an utterance fill one, and with what value.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::date;
use super::definition::slot_type::{ResolutionStrategy, SlotType};
use super::definition::{BotLocale, Slot};
use super::language::Language;
use super::words::{Word, is_filler, is_stop_word, words};

mod free;
mod keyed;

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
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind<'a> {
    /// `AMAZON.Date`.
    Date,
    /// `AMAZON.PhoneNumber`.
    PhoneNumber,
    /// `AMAZON.AlphaNumeric`.
    AlphaNumeric,
    /// `AMAZON.FirstName`, `AMAZON.LastName`.
    Name,
    /// A slot type of the bot: one of its values.
    OneOf(&'a SlotType),
    /// A slot type of the bot: whatever was said.
    AnyWords,
}

/// What kind of value `slot` takes; none if it is of a type that this stand-in doesn't know.
pub(crate) fn kind<'a>(locale: &'a BotLocale, slot: &Slot) -> Option<Kind<'a>> {
    match slot.slot_type_name.as_str() {
        "AMAZON.Date" => Some(Kind::Date),
        "AMAZON.PhoneNumber" => Some(Kind::PhoneNumber),
        "AMAZON.AlphaNumeric" => Some(Kind::AlphaNumeric),
        "AMAZON.FirstName" | "AMAZON.LastName" => Some(Kind::Name),
        own => {
            let own = locale.slot_types.iter().find(|slot_type| slot_type.name == own)?;
            Some(match own.value_selection_setting.resolution_strategy {
                ResolutionStrategy::TopResolution => Kind::OneOf(own),
                ResolutionStrategy::OriginalValue => Kind::AnyWords,
            })
        }
    }
}

impl Kind<'_> {
    /// Whether any words will do, so that only those around it tell what is a value.
    pub(crate) fn is_free(self) -> bool {
        matches!(self, Self::Name | Self::AnyWords)
    }
}

/// What is said, and what is needed to understand it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'s> {
    /// The text.
    pub(crate) text: &'s str,
    /// Its words.
    pub(crate) words: &'s [Word],
    /// The language.
    pub(crate) language: Language,
    /// Where the future begins.
    pub(crate) today: Date,
}

/// Finds the words that fill a slot of this kind. `carriers` are words that may stand around a value that is easily
/// something else ("it's the twelfth", "I'm M").
pub(crate) fn find(kind: Kind<'_>, said: Said<'_>, carriers: &[String]) -> Option<Filled> {
    match kind {
        Kind::Date => find_date(said, carriers),
        Kind::PhoneNumber => keyed::phone_number(said),
        Kind::AlphaNumeric => keyed::alphanumeric(said, carriers),
        Kind::Name | Kind::AnyWords => free::answer(said, carriers, matches!(kind, Kind::Name)),
        Kind::OneOf(slot_type) => find_value(slot_type, said, carriers),
    }
}

/// As [`find`], between the words of a sample before and after the slot's place.
pub(crate) fn find_between(
    kind: Kind<'_>,
    said: Said<'_>,
    carriers: &[String],
    around: (&[String], &[String]),
) -> Option<Filled> {
    match kind {
        Kind::Name | Kind::AnyWords => free::between(said, around),
        // What is but letters and digits is a value only where the sample has one.
        Kind::AlphaNumeric | Kind::PhoneNumber => {
            let span = free::span_between(said, around)?;
            let within = Said { words: said.words.get(span.clone())?, ..said };
            let found = find(kind, within, &[])?;
            Some(Filled { words: found.words.start + span.start..found.words.end + span.start, ..found })
        }
        Kind::Date | Kind::OneOf(_) => find(kind, said, carriers),
    }
}

fn find_date(said: Said<'_>, carriers: &[String]) -> Option<Filled> {
    let texts: Vec<&str> = said.words.iter().map(|word| word.text.as_str()).collect();
    spans(texts.len()).find_map(|span| {
        let reckoned = date::read(texts.get(span.clone())?, said.language, said.today)?;
        (reckoned.clear || only_carried(said.words, &span, carriers))
            .then(|| filled(said, span, &reckoned.date.to_string()))
            .flatten()
    })
}

fn find_value(slot_type: &SlotType, said: Said<'_>, carriers: &[String]) -> Option<Filled> {
    let of = said.words;
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
                found = filled(said, span, &value.sample_value.value);
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

fn filled(said: Said<'_>, span: Range<usize>, interpreted: &str) -> Option<Filled> {
    let original = text_of(said, &span)?;
    Some(Filled { words: span, value: SlotValue::new(original, interpreted) })
}

/// What was said from the first to the last of these words.
fn text_of<'s>(said: Said<'s>, span: &Range<usize>) -> Option<&'s str> {
    let (first, last) = (said.words.get(span.start)?, said.words.get(span.end.checked_sub(1)?)?);
    said.text.get(first.at.start..last.at.end)
}
