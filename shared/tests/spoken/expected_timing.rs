//! What has to be heard of a dosage's timing.

use serde_json::Value;

use super::expected::{Expected, List};
use super::tables::{CODES, DAYS, MOMENTS, MONTHS};

/// A start since then is news to the patient.
const NEWS_SINCE: &str = "2026-10-25";

impl List {
    /// When, how often, how long.
    pub(crate) fn timing(&mut self, timing: &Value) {
        self.repeat(&timing["repeat"]);
        for event in timing["event"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            self.date("event", event);
            if let Some((_, time)) = event.split_once('T') {
                self.time(time);
            }
        }
        self.code(&timing["code"]);
    }

    /// A code, and what it is called.
    fn code(&mut self, concept: &Value) {
        let coding = &concept["coding"][0];
        for words in [&concept["text"], &coding["code"], &coding["display"]].into_iter().filter_map(Value::as_str) {
            match CODES.iter().find(|(code, ..)| *code == words.to_lowercase()) {
                Some((_, english, spanish)) => self.add(&format!("code {words}"), english, spanish),
                None if words == "0900" => self.time("09:00"),
                None => self.own_words("code", words),
            }
        }
    }

    /// "2026-12-24", with or without a time behind it, "2026-12" or "2026".
    fn date(&mut self, what: &str, date: &str) {
        let what = format!("{what} {date}");
        let mut parts = date.split('T').next().unwrap_or_default().split('-').map(|part| part.parse::<u32>().unwrap());
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        for number in [year, day].into_iter().flatten() {
            self.all.push(Expected::of_numbers(&what, vec![number.to_string()]));
        }
        if let Some(month) = month {
            let (english, spanish) = MONTHS[usize::try_from(month).unwrap() - 1];
            self.add(&what, &[english], &[spanish]);
        }
    }

    /// "09:30:00".
    fn time(&mut self, time: &str) {
        let (hour, minute): (u32, u32) = (time[..2].parse().unwrap(), time[3..5].parse().unwrap());
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        let number = |value: u32| Expected::of_numbers(time, vec![value.to_string()]);
        self.all.push(number(hour));
        if minute > 0 {
            self.all.push(number(minute));
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
        for side in ["low", "high"] {
            let other = if side == "low" { "high" } else { "low" };
            let range = &repeat["boundsRange"];
            if range[side].is_object() && !range[other].is_object() {
                self.one_side(side);
            }
        }
        // Of the start, only one that is news is said; of a count, one that doesn't follow from the dates.
        if let Some(end) = repeat["boundsPeriod"]["end"].as_str() {
            // That the order's words have another end is said.
            if self.has_dates { self.more("end") } else { self.date("end", end) }
        }
        if let Some(start) =
            repeat["boundsPeriod"]["start"].as_str().filter(|start| *start >= NEWS_SINCE && !self.has_dates)
        {
            self.date("start", start);
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
            self.time(time);
        }
    }
}
