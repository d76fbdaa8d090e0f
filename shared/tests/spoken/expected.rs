//! What has to be heard of a dosage: looked up in tables of our own, apart from what makes the sentences.

use serde_json::Value;

use super::numbers::{plain, said};

/// A language, by its file's name.
pub(crate) type Locale<'a> = &'a str;

/// Something that has to be heard, in one of several forms.
pub(crate) struct Expected {
    what: String,
    forms: Vec<String>,
    /// A number has to be heard as one of these.
    numbers: Vec<String>,
}

/// Units: how charts write them; what is heard of them in English, in Spanish.
const UNITS: [(&[&str], &[&str], &[&str]); 24] = [
    (&["tab", "tablet", "{tbl}", "tablets"], &["tablet"], &["tableta"]),
    (&["capsule", "capsules"], &["capsule"], &["cápsula"]),
    (&["mg"], &["milligram"], &["miligramo"]),
    (&["mcg", "ug"], &["microgram"], &["microgramo"]),
    (&["g"], &["gram"], &["gramo"]),
    (&["ml"], &["milliliter"], &["mililitro"]),
    (&["u", "[iu]"], &["unit"], &["unidad"]),
    (&["drop"], &["drop"], &["gota"]),
    (&["puff"], &["puff"], &["inhalacion", "inhalación"]),
    (&["spray"], &["spray"], &["rociada"]),
    (&["patch"], &["patch"], &["parche"]),
    (&["suppository"], &["suppositor"], &["supositorio"]),
    (&["meq"], &["milliequivalent"], &["miliequivalente"]),
    (&["mg/kg"], &["milligrams per kilogram", "milligram per kilogram"], &["por kilogramo"]),
    (&["ml/hr", "ml/h"], &["per hour"], &["por hora"]),
    (&["ug/min"], &["per minute"], &["por minuto"]),
    (&["h"], &["hour"], &["hora"]),
    (&["d"], &["day", "daily"], &["día"]),
    (&["wk"], &["week"], &["semana"]),
    (&["mo"], &["month"], &["mes"]),
    (&["min"], &["minute"], &["minuto"]),
    (&["a"], &["year"], &["año"]),
    (&["s"], &["second"], &["segundo"]),
    (&["ea", ""], &[""], &[""]),
];
/// Routes, by a part of how charts write them.
const ROUTES: [(&str, &[&str], &[&str]); 12] = [
    ("oral", &["mouth", "swallow"], &["por la boca"]),
    ("intravenous", &["vein", "intravenous"], &["vena"]),
    ("intramuscular", &["muscle", "intramuscular"], &["músculo"]),
    ("subcutaneous", &["under the skin"], &["debajo de la piel"]),
    ("topical", &["skin", "topical"], &["piel"]),
    ("nasal", &["nose"], &["nariz"]),
    ("ophthalmic", &["eye"], &["ojo"]),
    ("otic", &["ear"], &["oído"]),
    ("rectal", &["rectum"], &["recto"]),
    ("vaginal", &["vagina"], &["vagina"]),
    ("inhalation", &["breathing", "inhale"], &["inhal"]),
    ("sublingual", &["under the tongue"], &["lengua"]),
];
const MOMENTS: [(&str, &[&str], &[&str]); 17] = [
    ("HS", &["bedtime"], &["acostarse"]),
    ("WAKE", &["waking"], &["despertarse"]),
    ("MORN", &["morning"], &["mañana"]),
    ("NOON", &["noon"], &["mediodía"]),
    ("AFT", &["afternoon"], &["tarde"]),
    ("EVE", &["evening"], &["anochecer"]),
    ("NIGHT", &["night"], &["noche"]),
    ("C", &["with meals"], &["con las comidas"]),
    ("AC", &["before meals"], &["antes de las comidas"]),
    ("PC", &["after meals"], &["después de las comidas"]),
    ("CM", &["with breakfast"], &["con el desayuno"]),
    ("ACM", &["before breakfast"], &["antes del desayuno"]),
    ("PCM", &["after breakfast"], &["después del desayuno"]),
    ("ACD", &["before lunch"], &["antes del almuerzo"]),
    ("PCD", &["after lunch"], &["después del almuerzo"]),
    ("ACV", &["before dinner"], &["antes de la cena"]),
    ("PCV", &["after dinner"], &["después de la cena"]),
];
const DAYS: [(&str, &[&str], &[&str]); 7] = [
    ("mon", &["monday"], &["lunes"]),
    ("tue", &["tuesday"], &["martes"]),
    ("wed", &["wednesday"], &["miércoles"]),
    ("thu", &["thursday"], &["jueves"]),
    ("fri", &["friday"], &["viernes"]),
    ("sat", &["saturday"], &["sábado"]),
    ("sun", &["sunday"], &["domingo"]),
];

impl Expected {
    /// Whether it is heard in `text`, small letters.
    pub(crate) fn is_heard(&self, text: &str, numbers: &[String]) -> bool {
        self.numbers.iter().any(|number| numbers.contains(number))
            || self.forms.iter().any(|form| text.contains(form.as_str()))
    }

    /// What it is, for whoever reads a failure.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }
}

/// All that has to be heard of `dosage`.
pub(crate) fn of(dosage: &Value, locale: Locale<'_>) -> Vec<Expected> {
    let mut list = List { spanish: locale == "es_US", has_words: dosage["text"].is_string(), all: Vec::new() };
    let doses = dosage["doseAndRate"].as_array().cloned().unwrap_or_default();
    for dose in doses.iter().chain([dosage]) {
        for quantity in ["doseQuantity", "rateQuantity"] {
            list.quantity(quantity, &dose[quantity]);
        }
        for range in ["doseRange", "rateRange"] {
            list.quantity(range, &dose[range]["low"]);
            list.quantity(range, &dose[range]["high"]);
        }
        list.quantity("rateRatio", &dose["rateRatio"]["numerator"]);
        list.quantity("rateRatio", &without_one(&dose["rateRatio"]["denominator"]));
    }
    let repeat = &dosage["timing"]["repeat"];
    list.repeat(repeat);
    list.coded("route", &words(&dosage["route"]), &ROUTES);
    if dosage["asNeededBoolean"] == true || dosage["asNeededCodeableConcept"].is_object() {
        list.add("as needed", &["as needed"], &["según sea necesario"]);
    }
    for word in words(&dosage["asNeededCodeableConcept"]).split(" (").next().unwrap_or_default().split_whitespace() {
        list.add(word, &[word], &["según sea necesario para"]);
    }
    for limit in ["maxDosePerAdministration", "maxDosePerLifetime"] {
        list.limit(limit, &dosage[limit]);
    }
    list.limit("maxDosePerPeriod", &dosage["maxDosePerPeriod"]["numerator"]);
    list.quantity("maxDosePerPeriod", &without_one(&dosage["maxDosePerPeriod"]["denominator"]));
    list.all
}

struct List {
    spanish: bool,
    has_words: bool,
    all: Vec<Expected>,
}

impl List {
    fn add(&mut self, what: &str, english: &[&str], spanish: &[&str]) {
        let forms = if self.spanish { spanish } else { english };
        let forms = forms.iter().map(|form| form.to_lowercase()).collect();
        self.all.push(Expected { what: what.to_owned(), forms, numbers: Vec::new() });
    }

    fn number(&mut self, what: &str, value: &Value) {
        if let Some(value) = value.as_f64() {
            let what = format!("{what} {value}");
            self.all.push(Expected { what, forms: Vec::new(), numbers: vec![plain(value)] });
        }
    }

    fn quantity(&mut self, what: &str, quantity: &Value) {
        if !quantity.is_object() {
            return;
        }
        let unit = quantity["unit"].as_str().or(quantity["code"].as_str()).unwrap_or_default();
        self.number(what, &quantity["value"]);
        self.unit(what, unit);
        // Words may give 10 milligrams for 10,000 micrograms.
        let is_converted = self.has_words && matches!(unit.to_lowercase().as_str(), "g" | "mg" | "mcg");
        let value = quantity["value"].as_f64().filter(|_| is_converted);
        if let (Some(value), [.., number, unit]) = (value, self.all.as_mut_slice()) {
            number.numbers.extend([1e-6, 1e-3, 1e3, 1e6].map(|factor| plain((value * factor * 1e9).round() / 1e9)));
            unit.forms.push("gram".to_owned());
        }
    }

    fn unit(&mut self, what: &str, unit: &str) {
        let lower = unit.to_lowercase();
        let found = UNITS.iter().find(|(codes, ..)| codes.contains(&lower.as_str()));
        let (_, english, spanish) = found.unwrap_or_else(|| panic!("the table has no unit {unit:?}"));
        self.add(&format!("{what} {unit}"), english, spanish);
    }

    fn coded(&mut self, what: &str, words: &str, table: &[(&str, &[&str], &[&str])]) {
        let lower = words.to_lowercase();
        if let Some((_, english, spanish)) = table.iter().find(|(part, ..)| lower.contains(part)) {
            self.add(&format!("{what} {words}"), english, spanish);
        } else {
            assert!(words.is_empty(), "the table has no {what} {words:?}");
        }
    }

    fn limit(&mut self, what: &str, most: &Value) {
        if most.is_object() {
            self.add(what, &["no more than", "exceed", "maximum", "not more than"], &["no más de"]);
            self.quantity(what, most);
        }
    }

    fn repeat(&mut self, repeat: &Value) {
        let is_one = |value: &Value| value.as_f64() == Some(1.0);
        let frequency = &repeat["frequency"];
        // "Every 8 hours" says that it is once.
        if !is_one(frequency) {
            self.number("frequency", frequency);
        }
        self.number("frequencyMax", &repeat["frequencyMax"]);
        if !is_one(&repeat["period"]) {
            self.number("period", &repeat["period"]);
        }
        self.number("periodMax", &repeat["periodMax"]);
        self.number("duration", &repeat["duration"]);
        self.number("durationMax", &repeat["durationMax"]);
        self.number("offset", &repeat["offset"]);
        self.number("countMax", &repeat["countMax"]);
        for unit in ["periodUnit", "durationUnit"] {
            if let Some(code) = repeat[unit].as_str() {
                self.unit(unit, code);
            }
        }
        self.quantity("boundsDuration", &repeat["boundsDuration"]);
        self.quantity("boundsRange", &repeat["boundsRange"]["low"]);
        self.quantity("boundsRange", &repeat["boundsRange"]["high"]);
        // Of the start, only one that is news is said; of a count, one that doesn't follow from the dates.
        if let Some(end) = repeat["boundsPeriod"]["end"].as_str() {
            self.add("end", &[&end[..4]], &[&end[..4]]);
        }
        if !repeat["boundsPeriod"].is_object() {
            self.number("count", &repeat["count"]);
        }
        for moment in repeat["when"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let found = MOMENTS.iter().find(|(code, ..)| *code == moment);
            let (_, english, spanish) = found.unwrap_or_else(|| panic!("the table has no {moment:?}"));
            let before_bed = ["before bedtime"];
            let english = if moment == "HS" && repeat["offset"].is_number() { &before_bed } else { *english };
            self.add(moment, english, spanish);
        }
        for day in repeat["dayOfWeek"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            self.coded("day", day, &DAYS);
        }
        for time in repeat["timeOfDay"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let (hour, minute): (u32, u32) = (time[..2].parse().unwrap(), time[3..5].parse().unwrap());
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            let number =
                |value: u32| Expected { what: time.to_owned(), forms: Vec::new(), numbers: vec![value.to_string()] };
            self.all.push(number(hour));
            if minute > 0 {
                self.all.push(number(minute));
            }
        }
    }
}

/// "Per 1 hour" is said as "per hour".
fn without_one(quantity: &Value) -> Value {
    let mut quantity = quantity.clone();
    if quantity["value"].as_f64() == Some(1.0)
        && let Some(fields) = quantity.as_object_mut()
    {
        fields.remove("value");
    }
    quantity
}

fn words(concept: &Value) -> String {
    let display = concept["coding"][0]["display"].as_str();
    concept["text"].as_str().or(display).unwrap_or_default().to_owned()
}

/// Every number that the source has, in whatever form it may be said.
pub(crate) fn numbers_of(source: &Value) -> Vec<String> {
    match source {
        Value::Number(number) => {
            let value = number.as_f64().unwrap_or_default();
            // "One and a half".
            vec![plain(value), plain(value.trunc()), plain(value.fract())]
        }
        Value::String(text) => {
            let mut numbers = said(text);
            let parts = text
                .split(|c: char| !c.is_ascii_digit() && c != '.')
                .filter_map(|part| part.trim_matches('.').parse().ok());
            numbers.extend(parts.flat_map(|part: f64| [plain(part), plain(part % 12.0)]));
            // A time of day may be noon, or midnight.
            if text.contains(':') {
                numbers.push("12".to_owned());
            }
            for (code, count) in [("bid", "2"), ("tid", "3"), ("qid", "4"), ("qd", "1"), ("qod", "2")] {
                if text.to_lowercase().contains(code) {
                    numbers.push(count.to_owned());
                }
            }
            numbers
        }
        Value::Array(items) => items.iter().flat_map(numbers_of).collect(),
        Value::Object(fields) => {
            let mut numbers = fields.values().flat_map(numbers_of).collect::<Vec<_>>();
            // So many times of day are so many times a day.
            if let Some(times) = fields.get("timeOfDay").and_then(Value::as_array) {
                numbers.push(times.len().to_string());
            }
            numbers
        }
        _ => Vec::new(),
    }
}
