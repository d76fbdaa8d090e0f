//! What has to be heard of a dosage: looked up in tables of our own, apart from what makes the sentences.

use serde_json::Value;

use super::numbers::{plain, said};
use super::tables::{INSTRUCTIONS, LIMITS, METHODS, MORE, NOTHING, PATIENT_INSTRUCTIONS, ROUTES, Row, SITES, UNITS};

/// A language, by its file's name.
pub(crate) type Locale<'a> = &'a str;

/// What is heard.
pub(crate) struct Heard {
    /// In small letters.
    pub(crate) text: String,
    /// Every number in it.
    pub(crate) numbers: Vec<String>,
    /// Its words in one row.
    words: String,
}

impl Heard {
    /// What is heard of `text`.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        // "Los dos ojos" are both, and no number.
        let numbers = said(&text.replace("los dos ojos", "").replace("los dos oídos", ""));
        Self { numbers, words: row(&text), text }
    }

    /// Whether it is that nothing can be read safely.
    pub(crate) fn is_nothing(&self) -> bool {
        NOTHING.iter().any(|words| self.text.contains(words))
    }
}

/// Something that has to be heard, in one of several forms.
pub(crate) struct Expected {
    what: String,
    /// Parts between bars may stand apart.
    forms: Vec<String>,
    /// A number has to be heard as one of these.
    numbers: Vec<String>,
    /// Words that stand one behind the other.
    words: Option<String>,
}

impl Expected {
    /// One of these numbers.
    pub(crate) fn of_numbers(what: &str, numbers: Vec<String>) -> Self {
        Self { what: what.to_owned(), forms: Vec::new(), numbers, words: None }
    }

    /// Whether it is heard.
    pub(crate) fn is_heard(&self, heard: &Heard) -> bool {
        let has = |form: &String| form.split('|').all(|part| heard.text.contains(part));
        self.numbers.iter().any(|number| heard.numbers.contains(number))
            || self.forms.iter().any(has)
            || self.words.as_ref().is_some_and(|words| heard.words.contains(words))
    }

    /// What it is, for whoever reads a failure.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }
}

/// Words without what goes without saying, with a blank at either end.
fn row(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.filter(|word| !matches!(*word, "take" | "taking" | "takes" | "please"));
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// All that has to be heard of `dosage`.
pub(crate) fn of(dosage: &Value, locale: Locale<'_>) -> Vec<Expected> {
    let mut list = List {
        spanish: locale == "es_US",
        has_dates: dosage["text"].as_str().is_some_and(|text| text.contains(", Starting ")),
        has_words: dosage["text"].is_string() || dosage["patientInstruction"].is_string(),
        all: Vec::new(),
    };
    let doses = dosage["doseAndRate"].as_array().cloned().unwrap_or_default();
    for dose in doses.iter().chain([dosage]) {
        for quantity in ["doseQuantity", "rateQuantity"] {
            list.quantity(quantity, &dose[quantity]);
        }
        for range in ["doseRange", "rateRange"] {
            list.quantity(range, &dose[range]["low"]);
            list.quantity(range, &dose[range]["high"]);
            for (side, other) in [("low", "high"), ("high", "low")] {
                if dose[range][side].is_object() && !dose[range][other].is_object() {
                    list.one_side(side);
                }
            }
        }
        list.quantity("rateRatio", &dose["rateRatio"]["numerator"]);
        list.quantity("rateRatio", &without_one(&dose["rateRatio"]["denominator"]));
    }
    list.timing(&dosage["timing"]);
    list.method(&dosage["method"]);
    list.coded("route", &words(&dosage["route"]), &ROUTES);
    list.site(&dosage["site"]);
    if dosage["asNeededBoolean"] == true || dosage["asNeededCodeableConcept"].is_object() {
        list.add("as needed", &["as needed"], &["según sea necesario"]);
        if dosage["asNeededBoolean"] != true && words(&dosage["asNeededCodeableConcept"]).is_empty() {
            list.more("as needed");
        }
    }
    // In Spanish, an instruction that the structure gives whole is heard from there.
    let is_whole = |words: &&str| list.spanish && !PATIENT_INSTRUCTIONS.contains(words);
    if let Some(words) = dosage["patientInstruction"].as_str().filter(|words| !is_whole(words)) {
        list.own_words("patientInstruction", &words.replace(" (one)", ""));
    }
    for word in words(&dosage["asNeededCodeableConcept"]).split(" (").next().unwrap_or_default().split_whitespace() {
        list.add(word, &[word], &["según sea necesario para"]);
    }
    for (limit, english, spanish) in LIMITS {
        list.limit(limit, &dosage[limit]);
        if dosage[limit].is_object() {
            list.add(&format!("what {limit} is for"), english, spanish);
        }
    }
    list.limit("maxDosePerPeriod", &dosage["maxDosePerPeriod"]["numerator"]);
    list.quantity("maxDosePerPeriod", &without_one(&dosage["maxDosePerPeriod"]["denominator"]));
    for instruction in dosage["additionalInstruction"].as_array().into_iter().flatten() {
        list.instruction(instruction);
    }
    list.all
}

/// What has to be heard, as it is found.
pub(crate) struct List {
    spanish: bool,
    has_words: bool,
    /// Whether the order's words have its dates, too.
    pub(crate) has_dates: bool,
    pub(crate) all: Vec<Expected>,
}

impl List {
    pub(crate) fn add(&mut self, what: &str, english: &[&str], spanish: &[&str]) {
        let forms = if self.spanish { spanish } else { english };
        let forms = forms.iter().map(|form| form.to_lowercase()).collect();
        self.all.push(Expected { what: what.to_owned(), forms, numbers: Vec::new(), words: None });
    }

    pub(crate) fn number(&mut self, what: &str, value: &Value) {
        if let Some(value) = value.as_f64() {
            self.all.push(Expected::of_numbers(&format!("{what} {value}"), vec![plain(value)]));
        }
    }

    /// The words themselves; the numbers among them may be said in other forms.
    pub(crate) fn own_words(&mut self, what: &str, words: &str) {
        let mut run = Vec::new();
        for word in words.split_whitespace().chain(["0"]) {
            let numbers = said(word);
            if numbers.is_empty() {
                run.push(word);
                continue;
            }
            let (words, what) = (row(&run.join(" ")), format!("{what} {words}"));
            if !words.trim().is_empty() {
                self.all.push(Expected {
                    what: what.clone(),
                    forms: Vec::new(),
                    numbers: Vec::new(),
                    words: Some(words),
                });
            }
            if word != "0" {
                self.all.push(Expected::of_numbers(&what, numbers));
            }
            run.clear();
        }
    }

    /// There is more than can be said.
    pub(crate) fn more(&mut self, what: &str) {
        let (english, spanish) = MORE;
        self.add(&format!("more: {what}"), english, spanish);
    }

    fn method(&mut self, concept: &Value) {
        if !concept.is_object() {
            return;
        }
        let words = words(concept);
        let first = words.split(" - ").next().unwrap_or_default().to_lowercase();
        let code = concept["coding"][0]["code"].as_str().unwrap_or_default();
        let found = METHODS.iter().find(|(names, ..)| names.contains(&first.as_str()));
        let found = found.or_else(|| METHODS.iter().find(|(names, ..)| names.contains(&code)));
        match found {
            // Whatever somebody does with it is to take, to give and to use it.
            Some((["take" | "administer" | "use", ..], ..)) if self.has_words => {}
            Some((_, english, spanish)) => self.add(&format!("method {first}{code}"), english, spanish),
            None if words.is_empty() => self.more("method"),
            None => self.own_words("method", &words),
        }
    }

    fn site(&mut self, concept: &Value) {
        if !concept.is_object() {
            return;
        }
        let words = without_kind(&words(concept));
        let found = SITES.iter().find(|(site, _)| self.spanish && *site == words.to_lowercase());
        match found {
            Some((_, spanish)) => self.add(&format!("site {words}"), &[], spanish),
            None if words.is_empty() => self.more("site"),
            None => self.own_words("site", &words),
        }
    }

    fn instruction(&mut self, concept: &Value) {
        let words = without_kind(&words(concept));
        let what = format!("additionalInstruction {words}");
        let found = INSTRUCTIONS.iter().find(|(instruction, ..)| *instruction == words.to_lowercase());
        match found {
            Some((_, _, spanish)) if self.spanish && !spanish.is_empty() => self.add(&what, &[], spanish),
            Some((_, english, _)) if !english.is_empty() => self.add(&what, english, english),
            _ if words.is_empty() => self.more("additionalInstruction"),
            _ => self.own_words("additionalInstruction", &words),
        }
    }

    pub(crate) fn quantity(&mut self, what: &str, quantity: &Value) {
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

    pub(crate) fn unit(&mut self, what: &str, unit: &str) {
        let lower = unit.to_lowercase();
        let found = UNITS.iter().find(|(codes, ..)| codes.contains(&lower.as_str()));
        let (_, english, spanish) = found.unwrap_or_else(|| panic!("the table has no unit {unit:?}"));
        self.add(&format!("{what} {unit}"), english, spanish);
    }

    pub(crate) fn coded(&mut self, what: &str, words: &str, table: &[Row]) {
        let lower = words.to_lowercase();
        if let Some((_, english, spanish)) = table.iter().find(|(part, ..)| lower.contains(part)) {
            self.add(&format!("{what} {words}"), english, spanish);
        } else {
            assert!(words.is_empty(), "the table has no {what} {words:?}");
        }
    }

    /// Of a range only the least or the most.
    pub(crate) fn one_side(&mut self, side: &str) {
        match side {
            "low" => self.add("at least", &["at least"], &["al menos"]),
            _ => self.add("up to", &["up to"], &["hasta"]),
        }
    }

    fn limit(&mut self, what: &str, most: &Value) {
        if most.is_object() {
            self.add(
                what,
                &["no more than", "exceed", "maximum", "max ", "not more than"],
                &["no más de", "no tome más de"],
            );
            self.quantity(what, most);
            self.number_of_limit(what, most);
        }
    }

    /// The number behind the limit's words and before its unit, where no other words may give it: another number of the
    /// same unit isn't it. Larger ones are words in Spanish.
    fn number_of_limit(&mut self, what: &str, most: &Value) {
        let whole = most["value"].as_f64().filter(|value| (2.0..20.0).contains(value) && value.fract() == 0.0);
        let unit = most["unit"].as_str().unwrap_or_default().to_lowercase();
        let found = UNITS.iter().find(|(codes, ..)| codes.contains(&unit.as_str())).filter(|_| !self.has_words);
        if let (Some(value), Some((_, english, spanish))) = (whole, found) {
            let (before, units) = if self.spanish { ("no más de", spanish) } else { ("no more than", english) };
            let forms = units.iter().map(|unit| format!("{before} {value} {unit}")).collect();
            let what = format!("{what} {value} {unit}");
            self.all.push(Expected { what, forms, numbers: Vec::new(), words: None });
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

/// Words without SNOMED's remark on what kind of words they are.
fn without_kind(words: &str) -> String {
    let words = words.split(" (").next().unwrap_or_default();
    words.split(" - dosing instruction").next().unwrap_or_default().trim().to_owned()
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
            // "0900".
            if let (4, Ok(time)) = (text.len(), text.parse::<u32>()) {
                numbers.extend([time / 100 % 12, time % 100].map(|part| part.to_string()));
            }
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
