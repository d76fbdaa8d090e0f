//! Whether an instruction's words say what the chart's structure says, or another text.
//!
//! The written instruction is what is read. Where the structure has a dose, a frequency or a limit that the words can't
//! be seen to have, the caller is told that there is more and to ask: better one sentence too many than a dose too few.
//! So a number counts as said only where it stands beside its unit, and a limit where its word does.

mod beyond;
mod claims;
mod clause;
mod deed;
mod dose;
mod occasion;
mod side;
mod structure;
mod timing;
mod units;
mod words;

pub(super) use self::beyond::{says_again, says_nothing_beyond};

use self::words::{End, Word, is_fraction, is_whole};
use super::frequency::{by_moments, frequencies, same};

/// What an instruction's words contain, once they are expanded.
pub(super) struct Said<'a> {
    /// All of them.
    all: Vec<Word<'a>>,
    /// Those that aren't denied.
    words: Vec<Word<'a>>,
    amounts: Vec<Amount>,
    /// At least, at most, in times an hour.
    frequencies: Vec<(f64, f64)>,
    /// Whether they are said as such, and don't only follow from when it is taken.
    states_frequency: bool,
}

/// What the words are to a fact of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They say it.
    Said,
    /// They don't.
    Lacking,
    /// They say something else in its place.
    Contradicted,
}

/// A number among the words.
#[derive(Debug, Clone, Copy)]
struct Amount {
    value: f64,
    /// Where it stands.
    at: usize,
    /// Where its unit would: behind it, and behind the second number of a range.
    unit_at: usize,
}

/// Words that may stand between a number and its unit.
const BETWEEN: [&str; 6] = ["of", "a", "an", "whole", "oral", "chewable"];

/// What instructions say where the rest of them isn't in the chart's answer.
const ELSEWHERE: [&str; 6] = [
    "admin instructions",
    "administration instructions",
    "see instructions",
    "see comments",
    "see comment",
    "see notes",
];

impl<'a> Said<'a> {
    /// `lowercase` is what will be spoken, in small letters.
    pub(super) fn of(lowercase: &'a str) -> Self {
        let all = words::of(lowercase);
        let words = clause::without_denied(&all);
        let mut said = Self { all, words, amounts: Vec::new(), frequencies: Vec::new(), states_frequency: false };
        let of_taking = said.of_taking();
        said.frequencies = frequencies(&of_taking);
        said.states_frequency = !said.frequencies.is_empty();
        if !said.states_frequency {
            said.frequencies.extend(by_moments(&of_taking));
        }
        said.amounts = (0..said.words.len()).filter_map(|at| said.amount(at)).collect();
        said
    }

    /// The words in one row.
    pub(super) fn text(&self) -> String {
        self.all.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| word.text)
    }

    fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |at| self.word(at))
    }

    fn value(&self, at: usize) -> Option<f64> {
        self.words.get(at).and_then(|word| word.value)
    }

    fn amount(&self, at: usize) -> Option<Amount> {
        let (value, end) = self.number(at)?;
        let is_range = matches!(self.word(end), "to" | "or" | "dash");
        let unit_at = if is_range { self.number(end + 1).map_or(end, |(_, end)| end) } else { end };
        Some(Amount { value, at, unit_at })
    }

    /// The number that begins at a word, and where it ends: "1 and 1/2" and "1 1/2" are one.
    fn number(&self, at: usize) -> Option<(f64, usize)> {
        let value = self.value(at)?;
        let joins = |at: usize| at.checked_sub(1).and_then(|at| self.value(at)).is_some_and(is_whole);
        let is_of_half = self.before(at) == "a" && at >= 2 && self.word(at - 2) == "and";
        let is_part = joins(at) || is_of_half || (self.before(at) == "and" && at.checked_sub(1).is_some_and(joins));
        if is_fraction(value) && is_part {
            return None;
        }
        if is_whole(value) {
            // "Two and a half tablets", "a tablet and a half".
            let half = |at: usize| {
                let is_half = self.word(at) == "and" && self.word(at + 1) == "a" && self.word(at + 2) == "half";
                is_half.then_some(at + 3)
            };
            if let Some(end) = half(at + 1) {
                return Some((value + 0.5, end));
            }
            if half(at + 2).is_some() {
                return Some((value + 0.5, at + 1));
            }
            if let Some(part) = self.value(at + 1).filter(|part| is_fraction(*part)) {
                return Some((value + part, at + 2));
            }
            if let Some(part) = self.value(at + 2).filter(|part| is_fraction(*part) && self.word(at + 1) == "and") {
                return Some((value + part, at + 3));
            }
        }
        Some((value, at + 1))
    }

    fn amounts_of(&self, is_unit: impl Fn(&str) -> bool) -> impl Iterator<Item = &Amount> {
        self.amounts.iter().filter(move |amount| {
            let skipped = (amount.unit_at..).take_while(|at| BETWEEN.contains(&self.word(*at))).take(2).count();
            is_unit(self.word(amount.unit_at + skipped))
        })
    }

    /// Whether the words send to instructions that stand elsewhere.
    pub(super) fn points_elsewhere(&self) -> bool {
        ELSEWHERE.iter().any(|words| self.writes(words))
    }

    fn any_word(&self, wanted: &[&str]) -> bool {
        self.words.iter().any(|word| wanted.contains(&word.text))
    }

    /// Whether `phrase`'s words stand among ours, one behind the other: "with food" is not in "food with". What is denied
    /// isn't said.
    pub(super) fn phrase(&self, phrase: &str) -> bool {
        is_in(&self.words, phrase)
    }

    /// Whether they are written, be it behind a "not".
    pub(super) fn writes(&self, phrase: &str) -> bool {
        is_in(&self.all, phrase)
    }

    /// Whether it is said that the medication is taken as needed, and not what goes with it ("with food if needed").
    pub(super) fn as_needed(&self) -> bool {
        const WITH_IT: [&str; 7] = ["food", "meal", "meals", "milk", "water", "juice", "snack"];
        (0..self.words.len())
            .any(|at| self.word(at) == "as" && self.word(at + 1) == "needed" && !WITH_IT.contains(&self.before(at)))
    }

    /// Whether each sentence of `other` is one of ours, or begins one, in their order.
    pub(super) fn says_all_of(&self, other: &Said<'_>) -> bool {
        let mut own = self.sentences();
        other.sentences().all(|sentence| own.any(|own| begins(&own, &sentence)))
    }

    /// The sentences' words. "Take" goes without saying.
    fn sentences(&self) -> impl Iterator<Item = Vec<&Word<'a>>> {
        self.all
            .split_inclusive(|word| word.end == End::Sentence)
            .map(|sentence| sentence.iter().skip_while(|word| matches!(word.text, "take" | "please")).collect())
    }
}

/// Whether `sentence` says what `start` says, and perhaps more: nothing else before it, no alternative behind it.
fn begins(sentence: &[&Word<'_>], start: &[&Word<'_>]) -> bool {
    let is_same = |(own, other): (&&Word<'_>, &&Word<'_>)| match (own.value, other.value) {
        (Some(own), Some(other)) => same(own, other),
        _ => own.text == other.text,
    };
    let Some((head, rest)) = sentence.split_at_checked(start.len()) else { return false };
    let ends_in_number = start.last().is_some_and(|word| word.value.is_some());
    let goes_on = rest.first().is_some_and(|next| {
        matches!(next.text, "or" | "to" | "dash" | "slash" | "instead")
            || (ends_in_number && (next.text == "and" || next.value.is_some()))
    });
    head.iter().zip(start).all(is_same) && !goes_on
}

fn is_in(words: &[Word<'_>], phrase: &str) -> bool {
    let phrase = phrase.to_lowercase();
    let wanted = letters(&phrase).collect::<Vec<_>>();
    let own = words.iter().flat_map(|word| letters(word.text)).collect::<Vec<_>>();
    !wanted.is_empty() && own.windows(wanted.len()).any(|window| window == wanted)
}

/// A text's words of letters and digits.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests;
