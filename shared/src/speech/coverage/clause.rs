//! The parts of sentences: which of them tell of a limit, which of something done beside the medication, which of what isn't
//! to be done.

use super::Said;
use super::words::{End, Word};

/// Words behind which stands what isn't so.
const DENYING: [&str; 7] = ["not", "never", "don't", "don’t", "avoid", "cannot", "instead"];

/// `words` without what they deny: "by mouth, not under the tongue". What is denied of a limit ("not more than 4") is that
/// limit.
pub(super) fn without_denied<'a>(words: &[Word<'a>]) -> Vec<Word<'a>> {
    let mut kept: Vec<Word<'a>> = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        if word.end == End::Nothing && at + 1 < words.len() {
            continue;
        }
        let clause = words.get(start..=at).unwrap_or_default();
        start = at + 1;
        let denies = |word: &Word<'_>| DENYING.contains(&word.text);
        let from = clause.iter().position(denies).filter(|_| !is_limit(clause)).unwrap_or(clause.len());
        // "Do not" is denied with its "do".
        kept.extend(clause.iter().take(from).filter(|word| !matches!(word.text, "do") || from == clause.len()));
        if from < clause.len()
            && let Some(last) = kept.last_mut()
        {
            last.end = last.end.max(word.end);
        }
    }
    kept
}

/// Whether a part of a sentence tells what is the most.
fn is_limit(clause: &[Word<'_>]) -> bool {
    let any = |wanted: &[&str]| clause.iter().any(|word| wanted.contains(&word.text));
    let pair = |first, second| {
        clause.windows(2).any(|pair| matches!(pair, [one, other] if one.text == first && other.text == second))
    };
    any(&["max", "maximum", "exceed", "exceeding", "limit"])
        || pair("at", "most")
        || (pair("more", "than") && any(&["not", "no", "never", "don't", "don’t"]))
}

impl<'a> Said<'a> {
    /// The parts of the sentences: from where to where.
    pub(super) fn clauses(&self) -> Vec<(usize, usize)> {
        let mut start = 0;
        let mut clauses = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if word.end > End::Nothing || at + 1 == self.words.len() {
                clauses.push((start, at + 1));
                start = at + 1;
            }
        }
        clauses
    }

    pub(super) fn is_limit(&self, (start, end): (usize, usize)) -> bool {
        is_limit(self.words.get(start..end).unwrap_or_default())
    }

    /// Whether something ends behind a word.
    pub(super) fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| word.end > End::Nothing)
    }

    /// The words, without those of a limit ("max 6 times a day") and of what is done beside it ("check blood sugar daily").
    pub(super) fn of_taking(&self) -> Vec<&'a str> {
        const BESIDE: [&str; 7] = ["check", "recheck", "test", "monitor", "measure", "weigh", "call"];
        let is_beside = |clause: &(usize, usize)| BESIDE.contains(&self.word(clause.0)) || self.is_limit(*clause);
        let beside = self.clauses().into_iter().filter(is_beside).collect::<Vec<_>>();
        let is_in = |at: usize| beside.iter().any(|(start, end)| (*start..*end).contains(&at));
        (0..self.words.len()).map(|at| if is_in(at) { "" } else { self.word(at) }).collect()
    }

    /// Whether the words say that it isn't taken: "stop this medication", "do not take", "on hold".
    pub(in crate::speech) fn stops(&self) -> bool {
        let text = |at: usize| self.all.get(at).map_or("", |word| word.text);
        let starts = |at: usize| at == 0 || self.all.get(at - 1).is_some_and(|word| word.end == End::Sentence);
        let is_this = |at: usize| matches!(text(at), "" | "this" | "medication" | "the" | "taking" | "until" | "all");
        (0..self.all.len()).filter(|at| starts(*at)).any(|at| match text(at) {
            "stop" | "hold" | "suspend" => {
                is_this(at + 1) || self.all.get(at).is_some_and(|word| word.end == End::Sentence)
            }
            "discontinue" | "discontinued" => true,
            "do" => text(at + 1) == "not" && matches!(text(at + 2), "take" | "use") && self.ends_in_all(at + 2),
            "on" => text(at + 1) == "hold",
            _ => false,
        })
    }

    fn ends_in_all(&self, at: usize) -> bool {
        self.all.get(at).is_none_or(|word| word.end > End::Nothing) || self.all.len() == at + 1
    }
}
