//! The fixtures, and how they are spoken.

use std::path::PathBuf;

use serde_json::{Value, json};
use shared::fhir::codeable_concept::CodeableConcept;
use shared::fhir::dosage::Dosage;
use shared::fhir::field::{Field, List};
use shared::json;
use shared::phi::Phi;
use shared::speech::Locale;
use shared::speech::medication::{Instructions, Told, told};

/// Both languages, with the names of their files.
pub(crate) const LOCALES: [(Locale, &str); 2] = [(Locale::EnUs, "en_US"), (Locale::EsUs, "es_US")];
/// When all of it is heard.
pub(crate) const NOW: &str = "2026-11-24T15:00:00Z";

/// A line of a file of fixtures.
pub(crate) fn lines(file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path(file)).expect("the fixtures are in the checkout");
    text.lines().map(|line| json::decode(line.as_bytes()).expect("each line is JSON")).collect()
}

/// Where a fixture stands.
pub(crate) fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(file)
}

/// The dosages of every resource, with the file's and the line's name.
pub(crate) fn dosages() -> Vec<(String, Value)> {
    ["r4.jsonl", "stu3.jsonl", "synthea.jsonl"]
        .into_iter()
        .flat_map(lines)
        .map(|line| {
            let source = format!("{} [{}]", line["source"].as_str().unwrap_or_default(), line["index"]);
            (source, line["dosage"].clone())
        })
        .collect()
}

/// What is said of a medication called `name` with these dosages.
pub(crate) fn speak(locale: Locale, name: Option<&str>, dosages: &Value, reasons: &Value) -> Told {
    let dosages: List<Dosage> =
        json::decode(dosages.to_string().as_bytes()).expect("a list is read, whatever is in it");
    let reasons: List<CodeableConcept> = json::decode(reasons.to_string().as_bytes()).expect("so is a list of reasons");
    let name = name.map(|name| Phi::new(name.to_owned()));
    let instructions = Instructions {
        dosages: &dosages,
        path: "dosageInstruction",
        modified: false,
        reasons: &reasons,
        period: &Field::Absent,
        on_hold: false,
        now: NOW.parse().expect("a time"),
    };
    told(locale, name.as_ref(), instructions)
}

/// What is said of one dosage, without the name.
pub(crate) fn speak_dosage(locale: Locale, dosage: &Value) -> Vec<String> {
    let told = speak(locale, Some("drug"), &json!([dosage]), &json!([]));
    told.sentences.iter().skip(1).map(|sentence| sentence.text.expose().clone()).collect()
}
