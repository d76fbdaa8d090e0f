//! Several dosages of one medication: each is heard whole, by itself, in the order of the sequence.

use serde_json::{Value, json};
use shared::speech::sentence::Sentence;

use super::chart::{LOCALES, dosages, lines, speak};
use super::complete::Faults;
use super::random::{Random, dosage};

/// Dosages without what comes before or behind them, with their sequences.
fn several(random: &mut Random, texts: &[String]) -> Vec<Value> {
    const SEQUENCES: [&[u8]; 7] = [&[1, 2], &[1, 2, 3], &[1, 2, 3], &[2, 1], &[1, 1], &[1, 2, 2], &[]];
    let sequences = *random.pick(&SEQUENCES);
    let count = if sequences.is_empty() { 2 } else { sequences.len() };
    let mut list = (0..count).map(|_| dosage(random)).collect::<Vec<_>>();
    if random.once_in(3) {
        // A step comes once more, at once or behind another one.
        let again = list[0].clone();
        if let Some(last) = list.last_mut() {
            *last = again;
        }
    }
    for (index, dosage) in list.iter_mut().enumerate() {
        if let Some(sequence) = sequences.get(index) {
            dosage["sequence"] = json!(sequence);
        }
        if random.once_in(3) {
            dosage["text"] = json!(random.pick(texts));
        }
    }
    list
}

/// The sentences that tell of the dosage at `index`, and where the first of them stands.
fn of(sentences: &[Sentence], index: usize) -> (String, Option<usize>) {
    let own = format!("dosageInstruction[{index}]");
    let is_own =
        |source: &String| source.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let own = sentences.iter().enumerate().filter(|(_, sentence)| sentence.sources.iter().any(is_own));
    let own = own.collect::<Vec<_>>();
    let texts = own.iter().map(|(_, sentence)| sentence.text.expose().as_str()).collect::<Vec<_>>();
    (texts.join("\n  "), own.first().map(|(at, _)| *at))
}

/// Compares what is heard of `list` with each of its dosages, and with their order.
fn check(faults: &mut Faults, source: &str, list: &[Value]) {
    for (locale, name) in LOCALES {
        let sentences = speak(locale, Some("drug"), &json!(list), &json!([])).sentences;
        let all = sentences.iter().map(|sentence| sentence.text.expose().as_str()).collect::<Vec<_>>().join("\n  ");
        let mut starts = Vec::new();
        for (index, dosage) in list.iter().enumerate() {
            let (heard, start) = of(&sentences, index);
            faults.compare(name, &format!("{source} [{index}]"), dosage, &heard);
            starts.push((dosage, start));
        }
        // Those without a sequence are in the chart's order.
        starts.sort_by_key(|(dosage, _)| dosage["sequence"].as_u64());
        for pair in starts.windows(2) {
            let [(before, Some(start)), (after, Some(next))] = pair else { continue };
            if let Err(fault) = follows(&sentences, (before, *start), (after, *next), name) {
                faults.add(name, fault, source, &json!(list), &all);
            }
        }
    }
}

/// Whether what is heard from `next` on is told to come after what is heard from `start` on, or beside it.
fn follows(
    sentences: &[Sentence],
    (before, start): (&Value, usize),
    (after, next): (&Value, usize),
    locale: &str,
) -> Result<(), &'static str> {
    let is_beside = before["sequence"] == after["sequence"];
    if start == next {
        // One text may tell of several steps, and what is there twice at once is there once.
        let is_one_text = before["text"].is_string() && before["text"] == after["text"];
        let is_again = is_again(before, after);
        return if is_beside || (is_one_text && !is_again) { Ok(()) } else { Err("a step isn't heard once more") };
    }
    let between = sentences.get(start..next).ok_or("a step isn't heard in its place")?;
    let between = between.iter().filter(|sentence| sentence.sources == ["dosageInstruction.sequence"]);
    let between = between.map(|sentence| sentence.text.expose().to_lowercase()).collect::<String>();
    let wanted = match (is_beside, locale) {
        _ if before["sequence"].is_null() => "",
        (true, "es_US") => "además",
        (true, _) => "in addition",
        (false, "es_US") => "después",
        (false, _) => "then",
    };
    if between.is_empty() || !between.contains(wanted) { Err("how a step follows isn't heard") } else { Ok(()) }
}

/// Whether a step with a structure is the same as the one before it.
fn is_again(before: &Value, after: &Value) -> bool {
    let without_sequence = |dosage: &Value| {
        let mut dosage = dosage.clone();
        dosage.as_object_mut().unwrap().remove("sequence");
        dosage
    };
    let (before, after) = (without_sequence(before), without_sequence(after));
    before == after && before.as_object().unwrap().keys().any(|key| key != "text")
}

#[test]
fn each_of_several_dosages_is_heard_whole_and_in_its_place() {
    let texts = dosages().into_iter().filter_map(|(_, dosage)| dosage["text"].as_str().map(str::to_owned));
    let texts = texts.collect::<Vec<_>>();
    let mut faults = Faults::default();
    for seed in 0..300 {
        check(&mut faults, &format!("seed {seed}"), &several(&mut Random::new(seed), &texts));
    }
    faults.none();
}

#[test]
fn each_dosage_of_a_real_medication_is_heard_whole_and_in_its_place() {
    let mut faults = Faults::default();
    for line in lines("medications.jsonl") {
        let resource = &line["resource"];
        let dosages = resource["dosageInstruction"].as_array().or(resource["dosage"].as_array());
        check(&mut faults, line["source"].as_str().unwrap_or_default(), dosages.map_or(&[], Vec::as_slice));
    }
    faults.none();
}
