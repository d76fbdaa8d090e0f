//! Promise 9: every number, unit, way, time, condition and limit of the source is heard, and nothing else.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::added::added;
use super::chart::{LOCALES, dosages, speak_dosage};
use super::expected::{Heard, numbers_of, of};
use super::random::{Random, dosage};

/// What isn't as it should be, one of each kind.
#[derive(Default)]
pub(crate) struct Faults(BTreeMap<String, String>);

impl Faults {
    /// Compares what is heard of `dosage` alone with it.
    fn check(&mut self, source: &str, dosage: &Value) {
        for (locale, name) in LOCALES {
            self.compare(name, source, dosage, &speak_dosage(locale, dosage).join("\n  "));
        }
    }

    /// Compares what is heard of `dosage` with it.
    pub(crate) fn compare(&mut self, locale: &str, source: &str, dosage: &Value, sentences: &str) {
        let heard = Heard::of(sentences);
        let mut add = |fault: &str| self.add(locale, fault, source, dosage, sentences);
        if heard.is_nothing() {
            return add("nothing is heard");
        }
        for expected in of(dosage, locale).iter().filter(|expected| !expected.is_heard(&heard)) {
            add(&format!("{} isn't heard", expected.what()));
        }
        for thing in added(dosage, sentences) {
            add(&format!("{thing} is heard and isn't in the source"));
        }
        let known = numbers_of(dosage);
        // "Un" and "una" are articles, too.
        for number in heard.numbers.iter().filter(|number| !known.contains(number) && *number != "1") {
            add(&format!("{number} is heard and isn't in the source"));
        }
    }

    /// Adds one.
    pub(crate) fn add(&mut self, locale: &str, fault: &str, source: &str, dosage: &Value, sentences: &str) {
        let of = format!("{source}\n  {dosage}\n  {sentences}");
        self.0.entry(format!("{locale}: {fault}")).or_insert(of);
    }

    /// There is none.
    #[track_caller]
    pub(crate) fn none(&self) {
        let faults = self.0.iter().map(|(fault, of)| format!("{fault}\n  {of}\n")).collect::<Vec<_>>();
        assert!(faults.is_empty(), "{} faults:\n\n{}", faults.len(), faults.join("\n"));
    }
}

#[test]
fn all_of_each_real_dosage_is_heard_and_nothing_else() {
    let mut faults = Faults::default();
    for (source, dosage) in dosages() {
        faults.check(&source, &dosage);
    }
    faults.none();
}

#[test]
fn all_of_any_dosage_is_heard_and_nothing_else() {
    let mut faults = Faults::default();
    for seed in 0..1_000 {
        faults.check(&format!("seed {seed}"), &dosage(&mut Random::new(seed)));
    }
    faults.none();
}

#[test]
fn all_of_any_structure_is_heard_beside_real_words() {
    let texts = dosages().into_iter().filter_map(|(_, dosage)| dosage["text"].as_str().map(str::to_owned));
    let texts = texts.collect::<Vec<_>>();
    let mut faults = Faults::default();
    for seed in 0..1_000 {
        let mut random = Random::new(seed);
        let mut dosage = dosage(&mut random);
        dosage["text"] = json!(random.pick(&texts));
        faults.check(&format!("seed {seed}"), &dosage);
    }
    faults.none();
}
