//! Dosages that no hospital wrote, from a seed.

use serde_json::{Value, json};

use super::agreement::agree;
use super::tables::PATIENT_INSTRUCTIONS;
use super::timings::timing;

/// A generator of numbers (splitmix64): the same for the same seed.
pub(crate) struct Random(u64);

impl Random {
    /// One for `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// One of them.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const AMOUNTS: [f64; 14] = [1.0, 2.0, 3.0, 0.5, 1.5, 2.5, 0.25, 0.125, 10.0, 12.5, 75.0, 100.0, 1250.0, 10000.0];
const UNITS: [&str; 13] =
    ["tablet", "TAB", "capsule", "mg", "mcg", "g", "mL", "U", "drop", "puff", "spray", "patch", "mEq"];
const ROUTES: [&str; 15] = [
    "Oral",
    "Intravenous",
    "Subcutaneous",
    "Topical",
    "Nasal",
    "Ophthalmic",
    "Otic",
    "Rectal",
    "Vaginal",
    "Sublingual",
    "Inhalation",
    "Left Eye",
    "Both Ears",
    "Each Nare",
    "Intramuscular",
];
const METHODS: [&str; 16] = [
    "Take",
    "Swallow",
    "Chew",
    "Dissolve",
    "Drink",
    "Inject",
    "Infuse",
    "Inhale",
    "Spray",
    "Apply",
    "Rub",
    "Instill",
    "Insert",
    "Swish and swallow",
    "Gargle",
    "By slow push",
];
const METHOD_CODES: [&str; 7] =
    ["421521009", "419747000", "422145002", "417924000", "421134003", "421257003", "1234567890"];
const SITES: [&str; 8] = [
    "Left arm",
    "Right arm",
    "Entire left upper arm (body structure)",
    "abdomen",
    "Left thigh",
    "Scalp",
    "nape of the neck",
    "Left eye",
];
const INSTRUCTIONS: [&str; 20] = [
    "With or after food",
    "Take with food",
    "on an empty stomach",
    "Take at bedtime",
    "Take in the morning",
    "Do not crush or chew",
    "Swallow whole",
    "Shake Well",
    "Apply sparingly",
    "Until finished - dosing instruction fragment (qualifier value)",
    "As directed",
    "Avoid alcohol",
    "For external use only",
    "Administer on alternate days",
    "Take 30 min before meals",
    "Take before lunch and after dinner",
    "Stop 2 days before surgery",
    "Keep away from children",
    "Wait 4 hours between doses",
    "Warning. May cause drowsiness. If affected do not drive or operate machinery. Avoid alcoholic drink (qualifier value)",
];

fn quantity(random: &mut Random, unit: &str) -> Value {
    json!({"value": random.pick(&AMOUNTS), "unit": unit})
}

/// From a whole number to a larger one.
pub(crate) fn range(random: &mut Random) -> (usize, usize) {
    let low = 1 + random.below(6);
    (low, low + 1 + random.below(6))
}

/// A dosage that can be said whole.
pub(crate) fn dosage(random: &mut Random) -> Value {
    let unit = *random.pick(&UNITS);
    let mut dosage = doses(random, unit);
    if !random.once_in(3) {
        dosage["route"] = json!({"text": random.pick(&ROUTES)});
    }
    way(random, &mut dosage);
    dosage["timing"] = timing(random);
    match random.below(10) {
        0 => dosage["asNeededBoolean"] = json!(true),
        2 => dosage["asNeededCodeableConcept"] = json!({"coding": [{"code": "22253000"}]}),
        1 => {
            dosage["asNeededCodeableConcept"] =
                json!({"text": random.pick(&["pain", "Rib Pain", "nausea", "swelling"])})
        }
        _ => {}
    }
    if random.once_in(5) {
        dosage["maxDosePerPeriod"] = json!({
            "numerator": quantity(random, unit),
            "denominator": {"value": random.pick(&[1, 24, 12, 2]), "unit": random.pick(&["d", "h"])},
        });
    }
    if random.once_in(8) {
        dosage["maxDosePerAdministration"] = quantity(random, unit);
    }
    if random.once_in(12) {
        dosage["maxDosePerLifetime"] = quantity(random, unit);
    }
    if random.once_in(10) {
        dosage["patientInstruction"] = json!(random.pick(&PATIENT_INSTRUCTIONS));
    }
    agree(&mut dosage);
    dosage
}

/// How much, and how fast.
fn doses(random: &mut Random, unit: &str) -> Value {
    let amount = |value: f64| json!({"value": value, "unit": unit});
    let mut dose = if random.once_in(4) {
        let (low, high) = range(random);
        let part = *random.pick(&[0.0, 0.0, 0.5, 0.25]);
        let mut range = json!({"low": amount(low as f64 + part), "high": amount(high as f64 + part)});
        let side = *random.pick(&["", "", "low", "high"]);
        range.as_object_mut().unwrap().remove(side);
        json!({"doseRange": range})
    } else {
        json!({"doseQuantity": quantity(random, unit)})
    };
    match random.below(16) {
        0 => {
            dose["rateRatio"] = json!({
                "numerator": quantity(random, "mL"),
                "denominator": {"value": random.pick(&[1, 8, 30]), "unit": random.pick(&["h", "min"])},
            });
        }
        1 => dose["rateQuantity"] = quantity(random, "mL/h"),
        2 => {
            let (low, high) = range(random);
            dose["rateRange"] =
                json!({"low": {"value": low, "unit": "ml/hr"}, "high": {"value": high, "unit": "ml/hr"}});
        }
        _ => {}
    }
    if random.once_in(3) {
        // As STU3 has it.
        return dose;
    }
    let kind = |kind: &str| json!({"coding": [{"code": kind}]});
    let mut again = dose.clone();
    if random.once_in(3) {
        dose["type"] = kind("ordered");
        // What is ordered, in another kind of unit.
        let other = if unit == "mg" { "tablet" } else { "mg" };
        let is_other = !matches!(unit, "mcg" | "g");
        again = if is_other { json!({"doseQuantity": quantity(random, other)}) } else { again };
        again["type"] = kind("calculated");
    }
    json!({"doseAndRate": [dose, again]})
}

/// What to do with it, where, and what else is to be known.
fn way(random: &mut Random, dosage: &mut Value) {
    let snomed = |code: &str| json!({"coding": [{"system": "http://snomed.info/sct", "code": code}]});
    match random.below(5) {
        0 => dosage["method"] = json!({"text": random.pick(&METHODS)}),
        1 => dosage["method"] = snomed(METHOD_CODES[random.below(METHOD_CODES.len())]),
        _ => {}
    }
    match random.below(16) {
        0 | 1 => dosage["site"] = json!({"coding": [{"display": random.pick(&SITES)}]}),
        2 => dosage["site"] = snomed("72098002"),
        _ => {}
    }
    let mut instructions = Vec::new();
    while random.once_in(3) {
        instructions.push(match random.below(8) {
            0 => snomed("311504000"),
            1 => json!({"coding": [{"code": "311504000", "display": random.pick(&INSTRUCTIONS)}]}),
            _ => json!({"text": random.pick(&INSTRUCTIONS)}),
        });
    }
    if !instructions.is_empty() {
        dosage["additionalInstruction"] = json!(instructions);
    }
}
