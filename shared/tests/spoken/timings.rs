//! Timings that no hospital wrote, from a seed.

use serde_json::{Value, json};

use super::random::{Random, range};

const MOMENTS: [&str; 17] = [
    "HS", "WAKE", "MORN", "NOON", "AFT", "EVE", "NIGHT", "C", "AC", "PC", "CM", "ACM", "PCM", "ACD", "PCD", "ACV",
    "PCV",
];
/// Those that minutes can be told from.
const FROM: [&str; 10] = ["HS", "WAKE", "AC", "PC", "ACM", "PCM", "ACD", "PCD", "ACV", "PCV"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const TIMES: [&str; 8] = ["00:00:00", "06:00:00", "08:00", "09:30:00", "12:00:00", "13:15:00", "18:00:00", "21:00:00"];
/// Codes, and what hospitals call them.
const CODES: [(&str, &[&str]); 14] = [
    ("BID", &["BID", "Twice a day", "two times a day at institution specified time"]),
    ("TID", &["TID", "Three times daily"]),
    ("QID", &["QID", "4 times a day"]),
    ("QD", &["QD", "Every day", "Daily"]),
    ("QOD", &["QOD", "Every other day"]),
    ("Q4H", &["Q4H", "Every 4 hours", "Q4H PRN"]),
    ("Q6H", &["Q6H", "Every six hours"]),
    ("Q8H", &["Q8H"]),
    ("WK", &["Weekly"]),
    ("MO", &["Monthly"]),
    ("AM", &["AM", "every morning"]),
    ("PM", &["PM"]),
    ("BED", &["BED", "at bedtime"]),
    ("QHS", &["QHS"]),
];

/// When, how often, how long.
pub(crate) fn timing(random: &mut Random) -> Value {
    let (mut timing, mut repeat) = (json!({}), json!({}));
    match random.below(12) {
        0 => timing["code"] = code(random),
        1 | 2 => times_of_day(random, &mut repeat),
        3 => {
            timing["event"] =
                json!([random.pick(&["2026-12-01", "2026-12-24T09:30:00-05:00", "2027-02-15T08:00:00-06:00"])])
        }
        _ => how_often(random, &mut repeat),
    }
    if random.once_in(3) && !repeat["timeOfDay"].is_array() {
        moments(random, &mut repeat);
    }
    if random.once_in(5) {
        repeat["dayOfWeek"] = json!(some(random, &DAYS, 3));
    }
    bounds(random, &mut repeat);
    count_and_duration(random, &mut repeat);
    if repeat.as_object().is_some_and(|fields| !fields.is_empty()) {
        timing["repeat"] = repeat;
    }
    timing
}

/// One to `most` of them, in their order.
fn some<T: Clone>(random: &mut Random, items: &[T], most: usize) -> Vec<T> {
    let count = 1 + random.below(most);
    let mut left = items.to_vec();
    while left.len() > count {
        let at = random.below(left.len());
        left.remove(at);
    }
    left
}

fn code(random: &mut Random) -> Value {
    let (code, names) = *random.pick(&CODES);
    let coding = json!({"system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": code});
    match random.below(4) {
        0 => json!({"coding": [coding]}),
        1 => json!({"text": code}),
        2 => json!({"text": random.pick(&["Every 6 hours as needed", "0900", "2 times daily before meals"])}),
        _ => {
            let mut coding = coding;
            coding["display"] = json!(names[random.below(names.len())]);
            json!({"coding": [coding]})
        }
    }
}

fn times_of_day(random: &mut Random, repeat: &mut Value) {
    let times = some(random, &TIMES, 4);
    if random.once_in(3) {
        repeat["frequency"] = json!(times.len());
        repeat["period"] = json!(1);
        repeat["periodUnit"] = json!("d");
    }
    repeat["timeOfDay"] = json!(times);
}

fn how_often(random: &mut Random, repeat: &mut Value) {
    repeat["frequency"] = json!(1 + random.below(5));
    repeat["period"] = json!(1);
    repeat["periodUnit"] = json!(random.pick(&["d", "d", "d", "d", "h", "wk", "mo", "min", "a"]));
    if random.once_in(3) {
        repeat["frequency"] = json!(1);
        let (low, high) = range(random);
        repeat["period"] = if random.once_in(6) { json!(low as f64 + 0.5) } else { json!(low) };
        if random.once_in(2) {
            repeat["periodMax"] = json!(high + 1);
        }
    }
    if random.once_in(6) {
        let (low, high) = range(random);
        repeat["frequency"] = json!(low);
        repeat["frequencyMax"] = json!(high);
    } else if random.once_in(20) {
        repeat["frequencyMax"] = repeat["frequency"].take();
    }
}

fn moments(random: &mut Random, repeat: &mut Value) {
    let offset = random.once_in(4);
    let moments = if offset { some(random, &FROM, 2) } else { some(random, &MOMENTS, 3) };
    repeat["when"] = json!(moments);
    if offset {
        repeat["offset"] = json!(random.pick(&[15, 30, 60]));
    }
}

fn bounds(random: &mut Random, repeat: &mut Value) {
    match random.below(10) {
        0 | 1 => {
            repeat["boundsDuration"] = json!({"value": 2 + random.below(30), "code": random.pick(&["d", "wk", "mo"])});
        }
        2 => {
            let (low, high) = range(random);
            repeat["boundsRange"] = json!({"low": {"value": low, "unit": "d"}, "high": {"value": high, "unit": "d"}});
            let side = *random.pick(&["", "low", "high"]);
            repeat["boundsRange"].as_object_mut().unwrap().remove(side);
        }
        3 => {
            repeat["boundsPeriod"] = json!({"end": random.pick(&["2026-12-24", "2027-03", "2027", "2026-10-31"])});
            if random.once_in(2) {
                repeat["boundsPeriod"]["start"] =
                    json!(random.pick(&["2026-11-20", "2026-11-30T08:00:00Z", "2020-05-17"]));
            }
        }
        _ => {}
    }
}

fn count_and_duration(random: &mut Random, repeat: &mut Value) {
    if random.once_in(7) {
        let count = 2 + random.below(40);
        repeat["count"] = json!(count);
        if random.once_in(2) {
            repeat["countMax"] = json!(count + 1 + random.below(9));
        }
    }
    if random.once_in(7) {
        let duration = 5 + random.below(50);
        repeat["duration"] = if random.once_in(5) { json!(duration as f64 + 0.25) } else { json!(duration) };
        repeat["durationUnit"] = json!(random.pick(&["min", "min", "h", "s"]));
        if random.once_in(3) {
            repeat["durationMax"] = json!(duration + 1 + random.below(10));
        }
    }
}
