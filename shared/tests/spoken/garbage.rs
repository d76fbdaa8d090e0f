//! Whatever a chart holds: nothing empty is said, and nothing that a listener can't use or could mistake.

use serde_json::{Value, json};

use super::chart::{LOCALES, dosages, lines, speak};
use super::random::Random;

/// After ISMP's list, and codes of FHIR's: none of these is ever said.
const NEVER_SAID: [&str; 57] = [
    "qd",
    "q.d.",
    "qod",
    "bid",
    "tid",
    "qid",
    "qhs",
    "prn",
    "po",
    "p.o.",
    "sq",
    "subq",
    "sc",
    "mcg",
    "µg",
    "ug",
    "mg",
    "ml",
    "iu",
    "hs",
    "tiw",
    "biw",
    "d/c",
    "cc",
    "gtt",
    "tab",
    "tabs",
    "caps",
    "q4h",
    "q6h",
    "q8h",
    "q12h",
    "od",
    "os",
    "ou",
    "au",
    "ss",
    "meq",
    "tbsp",
    "tsp",
    "acm",
    "pcm",
    "acv",
    "pcv",
    "qam",
    "qpm",
    "periodunit",
    "null",
    // What an order has for a pharmacy or a payer.
    "hcc",
    "dx",
    "rf",
    "sig",
    "disp",
    "e11.9",
    "i10",
    "e78.5",
    "mtwthfsa",
];

/// Things that a chart should not hold where words, numbers or codes belong.
fn garbage(random: &mut Random) -> Value {
    let things = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1e300),
        json!(0.000_000_123),
        json!(""),
        json!("."),
        json!("http://example.org/x?y=1"),
        json!("urn:oid:1.2.840.114350.1.13"),
        json!("3f2b8c1e-77aa-4e0c-9b1d-0a1b2c3d4e5f"),
        json!("[TAB, CAP]"),
        json!("{tbl}"),
        json!("QD"),
        json!("take 1 tab PO qd"),
        json!("10U"),
        json!("1.0 mg .5"),
        json!("<b>x</b> & <script>"),
        json!("服用"),
        json!("Tome 1 tab c/8h VO"),
        json!("a_b|c"),
        json!("x\u{0}y"),
        json!("MORN"),
        json!("d"),
        json!([]),
        json!({}),
        json!([{"text": "OD"}]),
        json!({"value": 5, "unit": "mg"}),
        json!({"value": -5, "unit": "XQ"}),
        json!({"text": "prn"}),
        json!({"coding": [{"code": "385055001"}]}),
        json!("25:61:00"),
        json!("2026-13-40"),
    ];
    random.pick(&things).clone()
}

/// What an order has for others than the patient, in a hurried hand.
fn order(random: &mut Random) -> Value {
    let things = [
        json!("1 tab daily DX E11.9, I10 (HCC)"),
        json!("Sig: 1 tab daily #30 RF 2"),
        json!("1 each by Does not apply route, Disp: 30"),
        json!("500mg(1tab) daily,2 tabs Su\\nMTWThFSa"),
        json!("Do not take more than . . . in 24 hours"),
        json!("hold if SBP <100, HR <60, BG >300"),
        json!("E78.5"),
        json!("at 0800 & 2030, prn (1-2 gtts)"),
    ];
    random.pick(&things).clone()
}

/// Changes something somewhere in `value`.
fn mutate(value: &mut Value, random: &mut Random) {
    match value {
        Value::Object(fields) if !fields.is_empty() && !random.once_in(8) => {
            let names = fields.keys().cloned().collect::<Vec<_>>();
            let name = random.pick(&names);
            match random.below(10) {
                0 => {
                    fields.remove(name);
                }
                1 => {
                    let other = random.pick(&names).clone();
                    let copy = fields[&other].clone();
                    fields.insert(name.clone(), copy);
                }
                _ => mutate(&mut fields[name], random),
            }
        }
        Value::Array(items) if !items.is_empty() && !random.once_in(8) => {
            let at = random.below(items.len());
            if random.once_in(6) {
                let copy = items[at].clone();
                items.push(copy);
            } else {
                mutate(&mut items[at], random);
            }
        }
        other if random.once_in(4) => *other = order(random),
        other => *other = garbage(random),
    }
}

#[track_caller]
fn check(sentence: &str, source: &str) {
    let context = || format!("{sentence:?} is said of {source}");
    assert!(sentence.chars().any(char::is_alphanumeric), "nothing: {}", context());
    assert!(sentence.len() <= 400, "too long: {}", context());
    assert!(!sentence.contains(['[', ']', '{', '}', '<', '>', '_', '|', '\\', '^']), "a sign: {}", context());
    assert!(!sentence.chars().any(char::is_control), "a control character: {}", context());
    assert!(!sentence.contains(". ."), "a place that nobody filled in: {}", context());
    let lower = sentence.to_lowercase();
    for part in ["http", "urn:", "www.", "oid", "script"].iter().filter(|part| **part != "oid") {
        assert!(!lower.contains(part), "{part}: {}", context());
    }
    for word in lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')')) {
        let word = word.trim_matches(['.', '!', '?', '"']);
        assert!(!NEVER_SAID.contains(&word), "{word}: {}", context());
        let digits = word.chars().filter(char::is_ascii_digit).count();
        assert!(digits < 8 && !(word.len() > 20 && digits > 3), "a code, {word}: {}", context());
        // A naked point, a trailing nought.
        assert!(!(word.starts_with('.') && digits > 0), "a naked point: {}", context());
    }
}

#[test]
fn nothing_that_a_caller_cannot_use_is_said_whatever_the_chart_holds() {
    let names = lines("medications.jsonl");
    let dosages = dosages();
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let mut mutated = (0..1 + random.below(3)).map(|_| random.pick(&dosages).1.clone()).collect::<Vec<_>>();
        for dosage in &mut mutated {
            for _ in 0..random.below(4) {
                mutate(dosage, &mut random);
            }
        }
        let mut name = random.pick(&names)["resource"]["medicationReference"]["display"].clone();
        if random.once_in(4) {
            name = garbage(&mut random);
        }
        let mut reasons = random.pick(&names)["resource"]["reasonCode"].clone();
        mutate(&mut reasons, &mut random);
        let dosages = json!(mutated);
        for (locale, _) in LOCALES {
            let told = speak(locale, name.as_str(), &dosages, &reasons);
            assert!(told.sentences.len() > 1, "{dosages}");
            for sentence in told.sentences.iter().chain(&told.purpose) {
                check(sentence.text.expose(), &format!("{name} {dosages} {reasons}"));
                assert!(!sentence.sources.is_empty(), "{sentence:?}");
            }
        }
    }
}
