//! The medication that a caller means by what Lex heard of its name. Never a wrong one: rather none, or a question.
//!
//! **What is compared.** What was said, as one word without blanks, with and without the words that are no name ("my",
//! "pill"), since a recogniser hears "lisinopril" as "lie sin oh pril". Of a medication: its name without strengths and
//! forms, everything it is also called, and the single words of those.
//!
//! **When it matches.** From the best to the worst: the same letters; the same sounds ([`sound`]), or one letter wrong in
//! five; two wrong in eight, or the beginning, of at least half; three wrong in twelve. A single word of a longer name, or
//! a word among others, counts with the same letters only.
//!
//! **When it doesn't.** Where a name on the list of names that are taken for one another ([`known_names`]) is as near as the
//! list's own, it may be that one that was said: nothing matches. "Prednisone" is never prednisolone. What is added to a name
//! and isn't the medication's, another drug or another salt, makes it another: "metoprolol tartrate" is not the succinate.
//!
//! **When it is asked.** Where two medications of the list are equally near, or one step apart and neither exact, and no
//! number that was said is in the name of one only: "warfarin, five milligrams". What is answered to that may be a number
//! alone, or "the second one" ([`choose`]).

mod known_names;
mod look_alikes;
mod name_words;
mod nearness;
mod sound;
mod spanish_words;
mod strength;

use shared::medication_list::SpokenMedication;

use self::known_names::known_names;
use self::name_words::{is_choice, is_common, is_salt, letters, name_words, spoken_words};
use self::nearness::{Name, nearness};
use self::strength::numbers;
use crate::listening::words;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// The medication, by index; or several that have one name.
    These(Vec<usize>),
    /// Several that may be meant.
    OneOf(Vec<usize>),
    /// None.
    Nothing,
    /// No name was said: "it", "that pill".
    Unnamed,
}

/// What a medication is called.
struct Names {
    /// The names, whole.
    whole: Vec<Name>,
    /// Their words.
    words: Vec<Vec<String>>,
}

/// What was said.
struct Said {
    /// As one word.
    whole: Vec<Name>,
    /// Its words that may be a name's.
    words: Vec<String>,
    /// Its letters, as in "vitamin C".
    letters: Vec<String>,
    /// Its numbers.
    numbers: Vec<String>,
}

/// Finds what `said` means among `medications`.
pub(crate) fn find(medications: &[SpokenMedication], said: &str) -> Found {
    let said = Said::of(said);
    if said.words.is_empty() {
        return Found::Unnamed;
    }
    let names: Vec<Names> = medications.iter().map(Names::of).collect();
    let near: Vec<(usize, u8)> =
        names.iter().enumerate().filter_map(|(at, names)| Some((at, said.nearness_to(names)?))).collect();
    let Some(best) = near.iter().map(|(_, nearness)| *nearness).min() else { return Found::Nothing };
    // Whether it is a name that we know, and none of the list's.
    let another = known_names().filter(|name| !names.iter().any(|names| names.has(name)));
    if best > 0 && another.filter_map(|name| said.nearness_to_name(&Name::of(name))).any(|nearness| nearness <= best) {
        return Found::Nothing;
    }
    let within = if best == 0 { 0 } else { best + 1 };
    let found: Vec<usize> = near.iter().filter(|(_, nearness)| *nearness <= within).map(|(at, _)| *at).collect();
    let found = said.of_these_strengths(medications, found);
    let name = |at: &usize| medications.get(*at).map(|medication| medication.name.expose());
    let one_name = found.first().is_some_and(|first| found.iter().all(|at| name(at) == name(first)));
    if one_name { Found::These(found) } else { Found::OneOf(found) }
}

/// Which of the two or more medications that the caller was asked about, by index, `said` means: by its place in the
/// question, or by a number that is in the name of one only.
pub(crate) fn choose(medications: &[SpokenMedication], asked: &[usize], said: &str) -> Option<usize> {
    if names_another(medications, asked, said) {
        return None;
    }
    let said_words = words(said);
    let says = |any: &[&str]| said_words.iter().any(|word| any.contains(&word.as_str()));
    let first = says(&["first", "former", "primero", "primera", "primer"]);
    let second = says(&["second", "latter", "last", "other", "segundo", "segunda", "ultimo", "ultima", "otro", "otra"]);
    match asked {
        [one, _] if first && !second => return Some(*one),
        [_, other] if second && !first => return Some(*other),
        _ => {}
    }
    // "The five milligram one": the last word is no number.
    let said = said.trim_end_matches(|c: char| !c.is_alphanumeric());
    let strengths = numbers(said.strip_suffix(" one").unwrap_or(said));
    match of_strengths(medications, asked, &strengths).as_slice() {
        [one] if asked.len() > 1 => Some(*one),
        _ => None,
    }
}

/// Whether more was said than a place and a number, and it is no name of the medications that were asked about: "lisinopril,
/// five milligrams" is no answer to which warfarin.
fn names_another(medications: &[SpokenMedication], asked: &[usize], said: &str) -> bool {
    let rest: Vec<String> = spoken_words(said).1.into_iter().filter(|word| !is_choice(word)).collect();
    let name = Name::of(&rest.concat());
    let asked_of = || asked.iter().filter_map(|at| medications.get(*at)).map(Names::of);
    let is_of = |names: Names| {
        names.whole.iter().any(|whole| nearness(&name, whole).is_some())
            || rest.iter().all(|word| names.has(word) || names.words.iter().flatten().any(|own| sounds_like(word, own)))
    };
    !rest.is_empty() && !asked_of().any(is_of)
}

fn sounds_like(word: &str, own: &str) -> bool {
    nearness(&Name::of(word), &Name::of(own)).is_some()
}

/// Those of `asked` in whose name one of `strengths` is; all where there is none.
fn of_strengths(medications: &[SpokenMedication], asked: &[usize], strengths: &[String]) -> Vec<usize> {
    let has = |at: &&usize| {
        let own = medications.get(**at).map(|medication| numbers(medication.name.expose())).unwrap_or_default();
        strengths.iter().any(|strength| own.contains(strength))
    };
    let those: Vec<usize> = asked.iter().filter(has).copied().collect();
    if those.is_empty() { asked.to_vec() } else { those }
}

/// The words of a medication's names, each once, for spelling.
pub(crate) fn words_to_spell(medication: &SpokenMedication) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in Names::of(medication).words.into_iter().flatten() {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

impl Names {
    fn of(medication: &SpokenMedication) -> Self {
        let texts = [&medication.name].into_iter().chain(&medication.also_called);
        let words: Vec<_> = texts.map(|text| name_words(text.expose())).filter(|words| !words.is_empty()).collect();
        Self { whole: words.iter().map(|words| Name::of(&words.concat())).collect(), words }
    }

    fn has(&self, name: &str) -> bool {
        self.whole.iter().any(|whole| whole.letters == name) || self.words.iter().flatten().any(|word| word == name)
    }

    /// Whether `word` alone names it: any of its words that is no salt's and no other medication's too.
    fn is_named_by(&self, word: &str) -> bool {
        word.len() >= 4 && !is_common(word) && self.words.iter().flatten().any(|own| own == word && !is_salt(word))
    }

    /// Whether `word` begins one of its names, and is all that is said: "insulin", "potassium".
    fn begins_with(&self, word: &str) -> bool {
        self.words.iter().any(|words| words.first().is_some_and(|first| first == word))
    }
}

impl Said {
    fn of(text: &str) -> Self {
        let (all, words) = spoken_words(text);
        let mut whole = vec![Name::of(&words.concat())];
        if all.len() != words.len() {
            whole.push(Name::of(&all.concat()));
        }
        Self { letters: letters(&all), whole, words, numbers: numbers(text) }
    }

    fn of_these_strengths(&self, medications: &[SpokenMedication], found: Vec<usize>) -> Vec<usize> {
        if found.len() > 1 { of_strengths(medications, &found, &self.numbers) } else { found }
    }

    fn nearness_to(&self, names: &Names) -> Option<u8> {
        let whole = names.whole.iter().filter_map(|name| self.nearness_to_name(name)).min();
        if self.has_another_letter(names) {
            return None;
        }
        if whole == Some(0) {
            return whole;
        }
        if self.adds_to(names) {
            return None;
        }
        let single = match self.words.as_slice() {
            [word] => names.begins_with(word) || names.is_named_by(word),
            words => words.iter().any(|word| names.is_named_by(word)),
        };
        if single { Some(0) } else { self.nearness_to_words(names).into_iter().chain(whole).min() }
    }

    fn nearness_to_name(&self, name: &Name) -> Option<u8> {
        self.whole.iter().filter_map(|said| nearness(said, name)).min()
    }

    /// A word of a name, not quite as it is written, where nothing else was said.
    fn nearness_to_words(&self, names: &Names) -> Option<u8> {
        let own = names.words.iter().flatten().filter(|word| word.len() >= 5 && !is_common(word) && !is_salt(word));
        own.filter_map(|word| self.nearness_to_name(&Name::of(word))).min()
    }

    /// Whether something was said beside a name that makes it another's.
    fn adds_to(&self, names: &Names) -> bool {
        self.words.iter().any(|word| (is_salt(word) || known_names().any(|known| known == word)) && !names.has(word))
    }

    /// Whether a letter was said where the name has another: "vitamin D" may be D3, and is never C.
    fn has_another_letter(&self, names: &Names) -> bool {
        let own: Vec<String> = names.words.iter().flat_map(|words| letters(words)).collect();
        let agree = |one: &String| own.iter().any(|own| own.starts_with(one.as_str()) || one.starts_with(own.as_str()));
        !own.is_empty() && !self.letters.is_empty() && !self.letters.iter().any(agree)
    }
}

#[cfg(test)]
mod tests;
