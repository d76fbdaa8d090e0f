//! Words of someone in danger.
//!
//! Three kinds: too much or something wrong was taken ([`Phrases::poisoning`]); something that nobody says of a medicine
//! ([`Phrases::danger`]); and what is a symptom, but also what a medicine may be for ([`Phrases::symptoms`]). A symptom is
//! no alarm in a question about a medicine: named as what one is for, or that one had, beside a word of asking, and without
//! any word of the moment ("now", "should I", "help").

mod english;
mod spanish;

use std::ops::Range;

use super::pattern::{any, find, is_whole};

/// What is listened for, in one language.
struct Phrases {
    /// What is none of the below, though it sounds like it.
    harmless: &'static [&'static str],
    /// Too much, or something wrong, was taken.
    poisoning: &'static [&'static str],
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

/// Whether `words` tell of danger; and if so, whether too much or something wrong was taken.
pub(super) fn heard(words: &[String]) -> Option<bool> {
    let words = &without_harmless(words);
    if LANGUAGES.iter().any(|phrases| any(words, phrases.poisoning)) {
        return Some(true);
    }
    LANGUAGES.iter().any(|phrases| phrases.in_danger(words)).then_some(false)
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
