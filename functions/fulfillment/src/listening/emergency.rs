//! Words of someone in danger.
//!
//! Four kinds: too much or something wrong was taken ([`Phrases::poisoning`]); somebody may take their own life, or hurt
//! themselves ([`Phrases::self_harm`]); something else that nobody says of a medicine ([`Phrases::danger`]); and what is a
//! symptom, but also what a medicine may be for ([`Phrases::symptoms`]). A symptom is no alarm in a question about a
//! medicine: named as what one is for, or that one had, beside a word of asking, and without any word of the moment ("now",
//! "should I", "help").

mod english;
mod spanish;

use std::ops::Range;

use super::pattern::{any, find, is_whole};

/// What is known of a danger. Of most kinds it is nothing: whom to call is the same for all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Danger {
    /// Too much, or something wrong, was taken.
    pub(crate) poisoning: bool,
    /// Somebody may take their own life, or hurt themselves.
    pub(crate) self_harm: bool,
}

impl Danger {
    /// Of which nothing is known, so that it may be of any kind.
    pub(crate) const ANY: Self = Self { poisoning: true, self_harm: true };

    /// Both.
    pub(super) fn and(self, other: Self) -> Self {
        Self { poisoning: self.poisoning || other.poisoning, self_harm: self.self_harm || other.self_harm }
    }
}

/// What is listened for, in one language.
struct Phrases {
    /// What is none of the below, though it sounds like it.
    harmless: &'static [&'static str],
    /// Too much, or something wrong, was taken.
    poisoning: &'static [&'static str],
    /// Somebody may take their own life, or hurt themselves.
    self_harm: &'static [&'static str],
    /// Danger, whatever else is said.
    danger: &'static [&'static str],
    /// Danger, where nothing else is said.
    alone: &'static [&'static str],
    /// Danger, unless a medicine is asked about.
    symptoms: &'static [&'static str],
    /// What stands before a symptom that a medicine is for.
    before: &'static [&'static str],
    /// What stands after it.
    after: &'static [&'static str],
    /// Words of asking.
    asking: &'static [&'static str],
    /// Words of the moment: who says them doesn't ask about a medicine only.
    moment: &'static [&'static str],
}

const LANGUAGES: [&Phrases; 2] = [&english::PHRASES, &spanish::PHRASES];

/// The danger that `words` tell of.
pub(super) fn heard(words: &[String]) -> Option<Danger> {
    let words = &without_harmless(words);
    let told = |phrases: fn(&Phrases) -> &'static [&'static str]| {
        LANGUAGES.iter().any(|language| any(words, phrases(language)))
    };
    let danger = Danger { poisoning: told(|of| of.poisoning), self_harm: told(|of| of.self_harm) };
    let other = || LANGUAGES.iter().any(|phrases| phrases.in_danger(words));
    (danger != Danger::default() || other()).then_some(danger)
}

fn without_harmless(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    for pattern in LANGUAGES.iter().flat_map(|phrases| phrases.harmless) {
        while let Some(at) = find(&words, pattern).filter(|at| !at.is_empty()) {
            words.drain(at);
        }
    }
    words
}

impl Phrases {
    fn in_danger(&self, words: &[String]) -> bool {
        any(words, self.danger)
            || self.alone.iter().any(|pattern| is_whole(words, pattern))
            || self.symptoms.iter().any(|pattern| self.is_felt(words, pattern))
    }

    /// Whether a symptom is told, and not asked about.
    fn is_felt(&self, words: &[String], pattern: &str) -> bool {
        let mut from = 0;
        // Each time that it is named: "what is it for? I have chest pain" names it once, and others may name it twice.
        while let Some(at) = words.get(from..).and_then(|rest| find(rest, pattern)) {
            let at = from + at.start..from + at.end;
            if !self.is_asked_about(words, &at) {
                return true;
            }
            from = at.end.max(at.start + 1);
        }
        false
    }

    fn is_asked_about(&self, words: &[String], at: &Range<usize>) -> bool {
        let before = words.get(..at.start).unwrap_or_default();
        let after = words.get(at.end..).unwrap_or_default();
        // "for", or "for my", or "for the bad", before it.
        let is_for = (0..=2).any(|skipped| {
            let kept = before.len().saturating_sub(skipped);
            let ends = |pattern: &&str| {
                let start = kept.checked_sub(pattern.split(' ').count());
                start.and_then(|start| before.get(start..kept)).is_some_and(|last| is_whole(last, pattern))
            };
            self.before.iter().any(ends)
        });
        let is_a_kind = after.first().is_some_and(|word| any(std::slice::from_ref(word), self.after));
        (is_for || is_a_kind) && any(words, self.asking) && !any(words, self.moment)
    }
}
