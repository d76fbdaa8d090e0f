//! Promise 9: every number, unit, way, time, condition and limit of the source is heard, and no other number.

use serde_json::{Value, json};

use super::chart::{LOCALES, dosages, speak_dosage};
use super::expected::{numbers_of, of};
use super::numbers::said;
use super::random::{Random, dosage};

#[track_caller]
fn check(source: &str, dosage: &Value) {
    for (locale, name) in LOCALES {
        let sentences = speak_dosage(locale, dosage).join(" ");
        let heard = sentences.to_lowercase();
        let numbers = said(&heard);
        for expected in of(dosage, name) {
            assert!(
                expected.is_heard(&heard, &numbers),
                "{name}: {} isn't heard of {source}\n{dosage}\n{sentences}",
                expected.what()
            );
        }
        let known = numbers_of(dosage);
        for number in numbers {
            // "Un" and "una" are articles, too.
            assert!(
                known.contains(&number) || number == "1",
                "{name}: {number} is heard and isn't in {source}\n{dosage}\n{sentences}"
            );
        }
    }
}

#[test]
fn all_of_each_real_dosage_is_heard_and_nothing_else() {
    for (source, dosage) in dosages() {
        check(&source, &dosage);
    }
}

#[test]
fn all_of_any_dosage_is_heard_and_nothing_else() {
    for seed in 0..1_500 {
        let dosage = dosage(&mut Random::new(seed));
        check(&format!("seed {seed}"), &dosage);
    }
}

#[test]
fn all_of_any_structure_is_heard_beside_real_words() {
    let texts = dosages().into_iter().filter_map(|(_, dosage)| dosage["text"].as_str().map(str::to_owned));
    let texts = texts.collect::<Vec<_>>();
    for seed in 0..1_500 {
        let mut random = Random::new(seed);
        let mut dosage = dosage(&mut random);
        dosage["text"] = json!(random.pick(&texts));
        check(&format!("seed {seed}"), &dosage);
    }
}
