//! The files that people read: each source, and what is heard of it.

use serde_json::{Value, json};
use shared::speech::Locale;
use shared::speech::sentence::Sentence;

use super::chart::{LOCALES, dosages, lines, path, speak, speak_dosage};

/// Writes the files anew instead of comparing them.
const WRITE: &str = "CARELINE_WRITE_SPOKEN";

fn compare(file: &str, heard: &str) {
    #[expect(clippy::disallowed_methods, reason = "a switch for whoever runs this test, no configuration")]
    let write = std::env::var(WRITE).is_ok();
    if write {
        std::fs::write(path(file), heard).expect("the checkout can be written to");
        return;
    }
    let known = std::fs::read_to_string(path(file)).unwrap_or_default();
    let difference = known.lines().zip(heard.lines()).position(|(known, heard)| known != heard);
    assert!(
        known == heard,
        "{file} differs from line {}: read what is heard now, and if it is right, run this test with {WRITE}=1",
        difference.map_or_else(|| known.lines().count().min(heard.lines().count()), |line| line) + 1
    );
}

/// What of a dosage is in words, and that there is structure beside it.
fn source(dosage: &Value) -> String {
    let mut shown = dosage.clone();
    let Some(fields) = shown.as_object_mut() else { return String::new() };
    let words = ["text", "patientInstruction"].into_iter().filter_map(|name| Some((name, fields.remove(name)?)));
    let words =
        words.map(|(name, words)| format!("  {name}: {}\n", words.as_str().unwrap_or_default())).collect::<Vec<_>>();
    format!("{}  structure: {}\n", words.concat(), short(&shown))
}

/// A value without what only machines read.
fn short(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "system" && *name != "version");
            let fields = fields.map(|(name, value)| format!("{name} {}", short(value))).collect::<Vec<_>>();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[test]
fn each_real_dosage_is_heard_as_the_file_says() {
    for (locale, name) in LOCALES {
        let mut heard = String::new();
        for (source_name, dosage) in dosages() {
            heard.push_str(&format!("{source_name}\n{}", source(&dosage)));
            for sentence in speak_dosage(locale, &dosage) {
                heard.push_str(&format!("  > {sentence}\n"));
            }
            heard.push('\n');
        }
        compare(&format!("dosages.{name}.txt"), &heard);
    }
}

/// The resource's name for its medication, as far as it is in it.
fn name(resource: &Value) -> Option<String> {
    let words = |concept: &Value| {
        let display =
            concept["coding"].as_array().and_then(|codings| codings.iter().find_map(|own| own["display"].as_str()));
        concept["text"].as_str().or(display).map(str::to_owned)
    };
    let contained = || {
        let id = resource["medicationReference"]["reference"].as_str()?.strip_prefix('#')?;
        let medication = resource["contained"].as_array()?.iter().find(|own| own["id"] == id)?;
        words(&medication["code"])
    };
    let display = || resource["medicationReference"]["display"].as_str().map(str::to_owned);
    words(&resource["medicationCodeableConcept"]).or_else(display).or_else(contained)
}

fn tell(heard: &mut String, sign: &str, sentences: &[Sentence]) {
    for sentence in sentences {
        heard.push_str(&format!("  {sign} {}\n", sentence.text.expose()));
    }
}

#[test]
fn each_real_medication_is_heard_as_the_file_says() {
    for (locale, locale_name) in LOCALES {
        let mut heard = String::new();
        for line in lines("medications.jsonl") {
            let resource = &line["resource"];
            let dosages =
                if resource["dosage"].is_array() { &resource["dosage"] } else { &resource["dosageInstruction"] };
            let dosages = if dosages.is_array() { dosages.clone() } else { json!([]) };
            let reasons = if resource["reasonCode"].is_array() { resource["reasonCode"].clone() } else { json!([]) };
            let name = name(resource);
            let told = speak(locale, name.as_deref(), &dosages, &reasons);
            heard.push_str(&format!("{}\n", line["source"].as_str().unwrap_or_default()));
            heard.push_str(&format!("  name: {}\n", name.as_deref().unwrap_or("none")));
            let also = told.also_called.iter().map(|own| own.expose().as_str()).collect::<Vec<_>>();
            heard.push_str(&format!("  found by: {}\n", also.join(" | ")));
            tell(&mut heard, ">", &told.sentences);
            tell(&mut heard, "what for >", &told.purpose);
            heard.push('\n');
        }
        compare(&format!("medications.{locale_name}.txt"), &heard);
    }
}

#[test]
fn a_statement_of_stu3_and_a_request_of_r4_sound_the_same() {
    let stu3 = lines("stu3.jsonl");
    let mut same = 0;
    for r4 in lines("r4.jsonl") {
        let key = |line: &Value| {
            let source = line["source"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
            (source, line["index"].clone())
        };
        let Some(stu3) = stu3.iter().find(|line| key(line) == key(&r4)) else { continue };
        if normalised(&r4["dosage"]) != normalised(&stu3["dosage"]) {
            continue;
        }
        same += 1;
        for locale in [Locale::EnUs, Locale::EsUs] {
            assert_eq!(speak_dosage(locale, &r4["dosage"]), speak_dosage(locale, &stu3["dosage"]));
        }
    }
    assert!(same > 20, "only {same} dosages are in both");
}

/// A dosage of either version with its dose on itself, and without code systems, which moved.
fn normalised(dosage: &Value) -> Value {
    fn without_systems(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let fields = fields.iter().filter(|(name, _)| *name != "system");
                Value::Object(fields.map(|(name, value)| (name.clone(), without_systems(value))).collect())
            }
            Value::Array(items) => Value::Array(items.iter().map(without_systems).collect()),
            other => other.clone(),
        }
    }
    let mut dosage = without_systems(dosage);
    if let Some(fields) = dosage.as_object_mut()
        && let Some(Value::Object(mut dose)) = fields.remove("doseAndRate").and_then(|list| list.get(0).cloned())
    {
        dose.remove("type");
        fields.extend(dose);
    }
    dosage
}
