//! Instructions as prescribers write them, beside a structure that says the same, or another thing: what is written is
//! heard, and that the two differ.

use serde_json::{Value, json};

use super::chart::{LOCALES, speak_dosage};
use super::complete::Faults;
use super::expected::Heard;
use super::random::Random;

/// A part of an instruction: as it is written; the numbers and the words that are heard of it; the structure.
struct Part {
    written: &'static str,
    numbers: &'static [&'static str],
    words: &'static [&'static str],
    structure: Value,
}

fn part(
    written: &'static str,
    numbers: &'static [&'static str],
    words: &'static [&'static str],
    structure: Value,
) -> Part {
    Part { written, numbers, words, structure }
}

fn dose(value: f64, unit: &str) -> Value {
    json!({"doseAndRate": [{"doseQuantity": {"value": value, "unit": unit}}]})
}

fn doses() -> Vec<Part> {
    let range = json!({"low": {"value": 1, "unit": "tablet"}, "high": {"value": 2, "unit": "tablet"}});
    vec![
        part("1 tab", &["1"], &["tablet", "tableta"], dose(1.0, "tablet")),
        part("2 tabs", &["2"], &["tablet", "tableta"], dose(2.0, "tablet")),
        part("two tablets", &["2"], &["tablet", "tableta"], dose(2.0, "TAB")),
        part("1-2 tabs", &["1", "2"], &["tablet", "tableta"], json!({"doseAndRate": [{"doseRange": range}]})),
        part("1/2 tab", &["0.5"], &["tablet", "tableta"], dose(0.5, "tablet")),
        part("2 caps", &["2"], &["capsule", "cápsula"], dose(2.0, "capsule")),
        part("5 mL", &["5"], &["milliliter", "mililitro"], dose(5.0, "mL")),
        part("0.5 mg", &["0.5"], &["milligram", "miligramo"], dose(0.5, "mg")),
        part("500mg", &["500"], &["milligram", "miligramo"], dose(500.0, "mg")),
        part("10 units", &["10"], &["unit", "unidad"], dose(10.0, "U")),
    ]
}

fn ways() -> Vec<Part> {
    let way = |words: &str| json!({"route": {"text": words}});
    vec![
        part("", &[], &[], json!({})),
        part("PO", &[], &["mouth", "boca"], way("Oral")),
        part("by mouth", &[], &["mouth", "boca", "por vía oral"], way("Oral")),
        part("IM", &[], &["muscle", "intramuscular", "músculo"], way("Intramuscular")),
        part("subcutaneously", &[], &["under the skin", "subcutaneous", "debajo de la piel"], way("Subcutaneous")),
        part("in the left eye", &[], &["left eye", "ojo izquierdo"], way("Left Eye")),
        part("in both ears", &[], &["both ears", "los dos oídos"], way("Both Ears")),
    ]
}

fn often(frequency: u8, period: u8, unit: &str) -> Value {
    json!({"frequency": frequency, "period": period, "periodUnit": unit})
}

fn rules() -> Vec<Part> {
    let four_to_six = json!({"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"});
    vec![
        part("BID", &["2"], &["day", "día"], often(2, 1, "d")),
        part("twice daily", &["2"], &["daily", "day", "día"], often(2, 1, "d")),
        part("TID", &["3"], &["day", "día"], often(3, 1, "d")),
        part("daily", &[], &["daily", "day", "día"], often(1, 1, "d")),
        part("every 8 hours", &["8"], &["hour", "hora"], often(1, 8, "h")),
        part("q6h", &["6"], &["hour", "hora"], often(1, 6, "h")),
        part("q4-6h", &["4", "6"], &["hour", "hora"], four_to_six),
        part("every other day", &[], &["every other day", "cada 2 días"], often(1, 2, "d")),
        part("once a week", &[], &["week", "semana"], often(1, 1, "wk")),
    ]
}

/// When in the day or in the week, and what contradicts it.
fn moments() -> Vec<(Part, Value)> {
    let when = |code: &str| json!({"when": [code]});
    let nothing = || (part("", &[], &[], json!({})), json!({}));
    vec![
        nothing(),
        nothing(),
        (part("in the morning", &[], &["morning", "mañana"], when("MORN")), when("HS")),
        (part("at bedtime", &[], &["bedtime", "acostarse"], when("HS")), when("MORN")),
        (part("with meals", &[], &["with meals", "con las comidas"], when("C")), when("AC")),
        (part("before breakfast", &[], &["before breakfast", "antes del desayuno"], when("ACM")), when("PCM")),
        (part("after dinner", &[], &["after dinner", "después de la cena"], when("PCV")), when("ACV")),
        (part("at 9am", &["9"], &[], json!({"timeOfDay": ["09:00:00"]})), json!({"timeOfDay": ["21:00:00"]})),
        (part("on Mondays", &[], &["monday", "lunes"], json!({"dayOfWeek": ["mon"]})), json!({"dayOfWeek": ["tue"]})),
    ]
}

fn conditions() -> Vec<Part> {
    let pain = json!({"asNeededCodeableConcept": {"text": "pain"}});
    vec![
        part("", &[], &[], json!({})),
        part("", &[], &[], json!({})),
        part("prn", &[], &["as needed", "según sea necesario"], json!({"asNeededBoolean": true})),
        part("as needed for pain", &[], &["as needed for pain", "según sea necesario para el dolor"], pain),
    ]
}

fn courses() -> Vec<Part> {
    let days = |count: u8| json!({"boundsDuration": {"value": count, "unit": "d"}});
    vec![
        part("", &[], &[], json!({})),
        part("x 14 days", &["14"], &["day", "día"], days(14)),
        part("for 10 days", &["10"], &["day", "día"], days(10)),
    ]
}

fn limits() -> Vec<Part> {
    let most = |value: u8| {
        let day = json!({"value": 1, "unit": "d"});
        json!({"maxDosePerPeriod": {"numerator": {"value": value, "unit": "tablet"}, "denominator": day}})
    };
    vec![
        part("", &[], &[], json!({})),
        part("", &[], &[], json!({})),
        part("Max 8 tablets per day.", &["8"], &["max 8", "no más de", "no tome más de"], most(8)),
        part("Do not exceed 9 tablets a day.", &["9"], &["exceed", "no más de", "no tome más de"], most(9)),
    ]
}

/// An instruction with its structure.
struct Order {
    dosage: Value,
    parts: Vec<Part>,
    /// Whether the structure says another thing than the words.
    differs: bool,
}

/// What is written, as a Spanish prescriber writes it.
const SPANISH: [(&str, &str); 38] = [
    ("1 tab", "1 tableta"),
    ("2 tabs", "2 tabletas"),
    ("two tablets", "dos tabletas"),
    ("1-2 tabs", "1 a 2 tabletas"),
    ("1/2 tab", "media tableta"),
    ("2 caps", "2 cápsulas"),
    ("5 mL", "5 ml"),
    ("0.5 mg", "0.5 mg"),
    ("500mg", "500 mg"),
    ("10 units", "10 unidades"),
    ("PO", "por la boca"),
    ("by mouth", "por vía oral"),
    ("IM", "en el músculo"),
    ("subcutaneously", "debajo de la piel"),
    ("in the left eye", "en el ojo izquierdo"),
    ("in both ears", "en los dos oídos"),
    ("BID", "2 veces al día"),
    ("twice daily", "dos veces al día"),
    ("TID", "tres veces al día"),
    ("daily", "una vez al día"),
    ("every 8 hours", "cada 8 horas"),
    ("q6h", "cada 6 horas"),
    ("q4-6h", "cada 4 a 6 horas"),
    ("every other day", "cada 2 días"),
    ("once a week", "una vez a la semana"),
    ("in the morning", "por la mañana"),
    ("at bedtime", "al acostarse"),
    ("with meals", "con las comidas"),
    ("before breakfast", "antes del desayuno"),
    ("after dinner", "después de la cena"),
    ("at 9am", "a las 9 de la mañana"),
    ("on Mondays", "los lunes"),
    ("prn", "según sea necesario"),
    ("as needed for pain", "según sea necesario para el dolor"),
    ("x 14 days", "durante 14 días"),
    ("for 10 days", "por 10 días"),
    ("Max 8 tablets per day.", "No más de 8 tabletas al día."),
    ("Do not exceed 9 tablets a day.", "No tome más de 9 tabletas al día."),
];

/// The text of the parts of an instruction, with the limit behind it.
fn text(parts: &[&Part], limit: &Part, spanish: bool) -> String {
    let written = |part: &&Part| match SPANISH.iter().find(|(english, _)| spanish && *english == part.written) {
        Some((_, spanish)) => *spanish,
        None => part.written,
    };
    let words = parts.iter().map(written).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
    format!("{} {words}. {}", if spanish { "Tome" } else { "Take" }, written(&limit)).trim().to_owned()
}

fn order(random: &mut Random, spanish: bool) -> Order {
    let mut one = |parts: Vec<Part>| {
        let at = random.below(parts.len());
        parts.into_iter().nth(at).unwrap()
    };
    let mut parts = vec![one(doses()), one(ways()), one(rules()), one(conditions()), one(courses()), one(limits())];
    let at = random.below(moments().len());
    let (moment, other_moment) = moments().into_iter().nth(at).unwrap();
    parts.push(moment);
    let [dose, way, rule, condition, course, limit, moment] = parts.iter().collect::<Vec<_>>()[..] else {
        unreachable!()
    };
    let mut dosage = json!({"text": text(&[dose, way, rule, moment, condition, course], limit, spanish)});
    let mut repeat = json!({});
    let put = |fields: &Value, into: &mut Value| {
        for (name, value) in fields.as_object().unwrap() {
            into[name] = value.clone();
        }
    };
    let other = random.below(9);
    for part in [dose, way, condition, limit].into_iter().filter(|_| !random.once_in(4)) {
        put(&part.structure, &mut dosage);
    }
    for part in [rule, course, moment].into_iter().filter(|_| !random.once_in(4)) {
        put(&part.structure, &mut repeat);
    }
    // A time of day alone is once a day.
    if repeat["timeOfDay"].is_array() {
        put(&rule.structure, &mut repeat);
    }
    let mut differs = true;
    match other {
        0 => {
            let unit = &dose.structure["doseAndRate"][0];
            let unit = [&unit["doseQuantity"]["unit"], &unit["doseRange"]["low"]["unit"]];
            let unit = unit.into_iter().find_map(Value::as_str).unwrap();
            dosage["doseAndRate"] = json!([{"doseQuantity": {"value": 7, "unit": unit}}]);
        }
        1 => {
            repeat.as_object_mut().unwrap().remove("periodMax");
            put(&often(7, 1, "d"), &mut repeat);
        }
        2 if !course.written.is_empty() => put(&json!({"boundsDuration": {"value": 30, "unit": "d"}}), &mut repeat),
        3 if !limit.written.is_empty() => {
            put(&limit.structure, &mut dosage);
            dosage["maxDosePerPeriod"]["numerator"]["value"] = json!(3);
        }
        4 if way.written.contains("outh") => dosage["route"] = json!({"text": "Ophthalmic"}),
        4 if way.written.contains("left") => dosage["route"] = json!({"text": "Right Eye"}),
        4 if way.written.contains("both") => dosage["route"] = json!({"text": "Left Ear"}),
        5 if !moment.written.is_empty() => {
            put(&rule.structure, &mut repeat);
            put(&other_moment, &mut repeat);
        }
        _ => differs = false,
    }
    dosage["timing"] = json!({"repeat": repeat});
    Order { dosage, parts, differs }
}

/// Compares what is heard of instructions in a language with them.
fn check(faults: &mut Faults, seed: u64, spanish: bool) {
    let Order { dosage, parts, differs } = order(&mut Random::new(seed), spanish);
    let source = format!("seed {seed}");
    // Nobody who listens in English is read a Spanish instruction to the letter.
    for (locale, name) in LOCALES.into_iter().filter(|(_, name)| !spanish || *name == "es_US") {
        let sentences = speak_dosage(locale, &dosage).join("\n  ");
        faults.compare(name, &source, &dosage, &sentences);
        let heard = Heard::of(&sentences);
        let mut add = |fault: &str| faults.add(name, fault, &source, &dosage, &sentences);
        for part in &parts {
            let has_words = part.words.is_empty() || part.words.iter().any(|words| heard.text.contains(words));
            let has_numbers = part.numbers.iter().all(|number| heard.numbers.iter().any(|own| own == number));
            if !has_words || !has_numbers {
                add(&format!("{} isn't heard", part.written));
            }
        }
        let warned = ["which is right", "cuál es lo correcto"].iter().any(|words| heard.text.contains(words));
        if warned != differs {
            add(if warned { "what is the same is told to differ" } else { "what differs isn't told to" });
        }
    }
}

#[test]
fn what_is_written_is_heard_and_that_the_structure_says_another_thing() {
    let mut faults = Faults::default();
    (0..400).for_each(|seed| check(&mut faults, seed, false));
    faults.none();
}

#[test]
fn what_is_written_in_spanish_is_heard_and_that_the_structure_says_another_thing() {
    let mut faults = Faults::default();
    (0..400).for_each(|seed| check(&mut faults, seed, true));
    faults.none();
}
