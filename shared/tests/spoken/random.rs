//! Dosages that no hospital wrote, from a seed.

use serde_json::{Value, json};

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
const MOMENTS: [&str; 15] =
    ["HS", "WAKE", "MORN", "NOON", "AFT", "EVE", "NIGHT", "C", "AC", "PC", "ACM", "PCM", "ACD", "PCD", "ACV"];
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
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn quantity(random: &mut Random, unit: &str) -> Value {
    json!({"value": random.pick(&AMOUNTS), "unit": unit})
}

/// From a whole number to a larger one.
fn range(random: &mut Random) -> (usize, usize) {
    let low = 1 + random.below(6);
    (low, low + 1 + random.below(6))
}

/// A dosage that can be said whole.
pub(crate) fn dosage(random: &mut Random) -> Value {
    let mut dosage = json!({});
    let unit = *random.pick(&UNITS);
    let dose = if random.once_in(4) {
        let (low, high) = range(random);
        json!({"doseRange": {"low": {"value": low, "unit": unit}, "high": {"value": high, "unit": unit}}})
    } else {
        json!({"doseQuantity": quantity(random, unit)})
    };
    if random.once_in(3) {
        // As STU3 has it.
        dosage = dose;
    } else {
        dosage["doseAndRate"] = json!([dose, dose]);
    }
    if !random.once_in(3) {
        dosage["route"] = json!({"text": random.pick(&ROUTES)});
    }
    way(random, &mut dosage);
    let mut repeat = repeat(random);
    if random.once_in(5) {
        repeat["boundsDuration"] = json!({"value": 2 + random.below(30), "code": random.pick(&["d", "wk", "mo"])});
    }
    if random.once_in(8) {
        repeat["count"] = json!(2 + random.below(40));
    }
    if random.once_in(8) {
        repeat["duration"] = json!(5 + random.below(50));
        repeat["durationUnit"] = json!("min");
    }
    dosage["timing"] = json!({"repeat": repeat});
    match random.below(5) {
        0 => dosage["asNeededBoolean"] = json!(true),
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
    dosage
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

fn repeat(random: &mut Random) -> Value {
    let mut repeat = json!({});
    if random.once_in(6) {
        let times = ["06:00:00", "09:30:00", "12:00:00", "13:15:00", "21:00:00"];
        let first = random.below(times.len());
        repeat["timeOfDay"] = if random.once_in(2) { json!([times[first]]) } else { json!(times[first..]) };
        return repeat;
    }
    repeat["period"] = json!(1);
    repeat["periodUnit"] = json!(random.pick(&["d", "d", "d", "h", "wk", "mo"]));
    repeat["frequency"] = json!(1 + random.below(5));
    if random.once_in(3) {
        repeat["frequency"] = json!(1);
        let (low, high) = range(random);
        repeat["period"] = json!(low);
        if random.once_in(2) {
            repeat["periodMax"] = json!(high);
        }
    } else if random.once_in(5) {
        let (low, high) = range(random);
        repeat["frequency"] = json!(low);
        repeat["frequencyMax"] = json!(high);
    }
    if random.once_in(4) {
        let first = random.below(MOMENTS.len());
        repeat["when"] = json!([MOMENTS[first]]);
        let takes_offset = ["HS", "WAKE", "AC", "PC", "ACM", "PCM", "ACD", "PCD", "ACV"].contains(&MOMENTS[first]);
        if takes_offset && random.once_in(2) {
            repeat["offset"] = json!(random.pick(&[15, 30, 60]));
        }
    }
    if random.once_in(6) {
        let first = random.below(DAYS.len());
        repeat["dayOfWeek"] = json!(DAYS[first..]);
    }
    repeat
}
