//! Dosages of chance in which one part can't be so beside another, made so that all of it can: of those others nothing may
//! be told as it stands.

use serde_json::{Value, json};

/// Events of which a day has several.
const MEALS: [&str; 3] = ["C", "AC", "PC"];
/// Methods that go one way only, and SNOMED's codes for them.
const METHODS_OF_A_WAY: [&str; 10] =
    ["Swallow", "Chew", "Drink", "Inject", "Infuse", "Inhale", "421521009", "419747000", "422145002", "421134003"];
/// Limits, beside the small ones: each a number that the listener of these tests knows.
const LIMITS: [f64; 4] = [75.0, 100.0, 1250.0, 10000.0];

/// Makes `dosage` one that can be so.
pub(crate) fn agree(dosage: &mut Value) {
    let has_side = dosage["route"]["text"]
        .as_str()
        .is_some_and(|route| ["Left", "Both", "Each"].iter().any(|side| route.starts_with(side)));
    let fields = dosage.as_object_mut().unwrap();
    if has_side {
        fields.remove("site");
    }
    let method = fields.get("method").map(Value::to_string).unwrap_or_default();
    if fields.contains_key("route") && METHODS_OF_A_WAY.iter().any(|own| method.contains(own)) {
        fields.remove("method");
    }
    if let Some(timing) = fields.get_mut("timing") {
        times(timing);
    }
    let timing = fields.get("timing").cloned().unwrap_or_default();
    let has_rule = timing["code"].is_object()
        || ["frequency", "frequencyMax", "timeOfDay"].iter().any(|field| !timing["repeat"][field].is_null());
    if let Some(instructions) = fields.get_mut("additionalInstruction").and_then(Value::as_array_mut) {
        let is_alternate = |instruction: &Value| instruction.to_string().contains("alternate days");
        instructions.retain(|instruction| !(has_rule && is_alternate(instruction)));
    }
    limits(dosage);
}

/// As many times a day as events of the day, as many a week as days.
fn times(timing: &mut Value) {
    let has_code = timing["code"].is_object();
    let Some(repeat) = timing["repeat"].as_object_mut() else { return };
    if has_code {
        repeat.remove("when");
        repeat.remove("offset");
    }
    let bounds = repeat.get("boundsPeriod").cloned().unwrap_or_default();
    if let (Some(start), Some(end)) = (bounds["start"].as_str(), bounds["end"].as_str())
        && start > end
    {
        repeat["boundsPeriod"] = json!({"end": end});
    }
    let count = |field: &str| repeat.get(field).and_then(Value::as_array).map_or(0, Vec::len);
    let (events, days) = (count("when"), count("dayOfWeek"));
    if repeat.contains_key("boundsDuration") {
        repeat.remove("count");
        repeat.remove("countMax");
    }
    let is_open = repeat.contains_key("frequencyMax") || repeat.contains_key("periodMax");
    let has_meals = repeat.get("when").is_some_and(|when| {
        when.as_array().unwrap().iter().filter_map(Value::as_str).any(|event| MEALS.contains(&event))
    });
    if !repeat.contains_key("frequency") || is_open {
        return;
    }
    if events > 0 && !has_meals {
        repeat.extend([
            ("frequency".to_owned(), json!(events)),
            ("period".to_owned(), json!(1)),
            ("periodUnit".to_owned(), json!("d")),
        ]);
    } else if days > 0 && repeat.get("periodUnit").is_some_and(|unit| unit == "wk") {
        repeat.extend([("frequency".to_owned(), json!(days)), ("period".to_owned(), json!(1))]);
    }
}

/// Limits that are not below the dose, as often as it is taken at most.
fn limits(dosage: &mut Value) {
    let dose = &dosage["doseAndRate"][0];
    let dose = if dose.is_object() { dose } else { &*dosage };
    let range = &dose["doseRange"];
    let amounts = [&dose["doseQuantity"]["value"], &range["low"]["value"], &range["high"]["value"]];
    let most = amounts.into_iter().filter_map(Value::as_f64).fold(0.0, f64::max);
    let hours = hours_of(&dosage["maxDosePerPeriod"]["denominator"]);
    let times = times_in(&dosage["timing"], hours);
    for (field, least) in
        [("maxDosePerAdministration", most), ("maxDosePerLifetime", most), ("maxDosePerPeriod", (most * times).ceil())]
    {
        let limit = if field == "maxDosePerPeriod" { &dosage[field]["numerator"] } else { &dosage[field] };
        if limit["value"].as_f64().is_none_or(|value| value >= least) {
            continue;
        }
        let fitting = if least < 20.0 { Some(least) } else { LIMITS.into_iter().find(|limit| *limit >= least) };
        match fitting {
            None => drop(dosage.as_object_mut().unwrap().remove(field)),
            Some(most) if field == "maxDosePerPeriod" => dosage[field]["numerator"]["value"] = json!(most),
            Some(most) => dosage[field]["value"] = json!(most),
        }
    }
}

fn hours_of(quantity: &Value) -> f64 {
    let hours = match quantity["unit"].as_str() {
        Some("h") => 1.0,
        _ => 24.0,
    };
    quantity["value"].as_f64().unwrap_or(1.0) * hours
}

/// How often it can be taken in so many hours, by whatever the timing says: once at least.
fn times_in(timing: &Value, hours: f64) -> f64 {
    let repeat = &timing["repeat"];
    let number = |field: &str| repeat[field].as_f64();
    let unit = match repeat["periodUnit"].as_str() {
        Some("min") => 1.0 / 60.0,
        Some("h") => 1.0,
        Some("wk") => 168.0,
        Some("mo") => 730.0,
        Some("a") => 8760.0,
        _ => 24.0,
    };
    let times = number("frequency").into_iter().chain(number("frequencyMax")).fold(1.0, f64::max);
    let rule = times * hours / (number("period").unwrap_or(1.0) * unit);
    let count =
        |field: &str| repeat[field].as_array().map_or(0.0, |items| f64::from(u8::try_from(items.len()).unwrap()));
    let events = (count("when") + count("timeOfDay")) * hours / 24.0;
    // No code is of more than once in four hours.
    let code = if timing["code"].is_object() { hours / 4.0 } else { 0.0 };
    [1.0, rule, events, code].into_iter().fold(1.0, f64::max).ceil()
}
