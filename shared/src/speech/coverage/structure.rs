//! What the structure of a dosage has, and whether the words have it, too.

use super::{Amount, End, Said};
use crate::fhir::codeable_concept::text;
use crate::fhir::dosage::{Decimal, Dosage, DoseAndRate, Quantity, Range, Ratio, Repeat, Timing};
use crate::fhir::field::{Field, List};
use crate::phi::Phi;
use crate::speech::abbreviation::{self, Unit};
use crate::speech::frequency::{hours, same};

/// Units that are counted one by one, so that the words' number of them must be the chart's.
const COUNTED: [&str; 9] =
    ["tablet", "capsule", "drop", "puff", "spray", "patch", "packet", "suppository", "application"];
/// Units that say nothing of what is counted.
const ANYTHING: [&str; 5] = ["", "1", "each", "ea", "dose"];
const MEALS: [&str; 9] = ["meal", "meals", "food", "eating", "breakfast", "lunch", "dinner", "supper", "snack"];

impl Said<'_> {
    /// Whether the words have what the structure of `dosage` has, apart from its course (from when, until when, how many
    /// times in all).
    pub(in crate::speech) fn covers(&self, dosage: &Dosage) -> bool {
        let limited = |limit: &Ratio| {
            covered(&limit.numerator, |most| self.limits(most, |clause| self.says_period(clause, &limit.denominator)))
        };
        !dosage.modifier_extension.is_present()
            && self.covers_doses(&dosage.dose_and_rate)
            && covered(&dosage.timing, |timing| self.covers_timing(timing))
            && covered(&dosage.max_dose_per_period, limited)
            && covered(&dosage.max_dose_per_administration, |most| self.limits_with(most, &["dose", "once", "time"]))
            && covered(&dosage.max_dose_per_lifetime, |most| self.limits_with(most, &["lifetime", "life"]))
    }

    /// Epic gives one dose in several ways (calculated, ordered, administered): the words have one of them, and none that
    /// contradicts another.
    fn covers_doses(&self, doses: &List<DoseAndRate>) -> bool {
        let covers = |dose: &DoseAndRate| {
            covered(&dose.dose_quantity, |dose| self.covers_quantity(dose))
                && covered(&dose.dose_range, |range| self.covers_range(range))
                && covered(&dose.rate_quantity, |rate| self.covers_quantity(rate))
                && covered(&dose.rate_ratio, |rate| self.covers_ratio(rate))
                && covered(&dose.rate_range, |range| self.covers_range(range))
        };
        let contradicts = |dose: &DoseAndRate| dose.dose_quantity.read().is_some_and(|dose| self.contradicts(dose));
        !doses.malformed
            && (doses.items.is_empty() || doses.items.iter().any(covers))
            && !doses.items.iter().any(contradicts)
    }

    /// Whether the words give other numbers of the same counted thing.
    fn contradicts(&self, dose: &Quantity) -> bool {
        let (Some(value), Some(unit)) = (dose.value.read(), known_unit(dose)) else { return false };
        let is_unit = |word: &str| word == unit.0 || word == unit.1;
        COUNTED.contains(&unit.0) && self.amounts_of(is_unit).next().is_some() && !self.says(value.expose().0, is_unit)
    }

    fn covers_range(&self, range: &Range) -> bool {
        covered(&range.low, |low| self.covers_quantity(low)) && covered(&range.high, |high| self.covers_quantity(high))
    }

    fn covers_ratio(&self, ratio: &Ratio) -> bool {
        let denominator = |quantity: &Quantity| match quantity.value.read() {
            // "Per 1 hour" is said as "per hour".
            Some(value) if same(value.expose().0, 1.0) => {
                known_unit(quantity).is_some_and(|(one, several)| self.any_word(&[one, several]))
            }
            _ => self.covers_quantity(quantity),
        };
        covered(&ratio.numerator, |numerator| self.covers_quantity(numerator))
            && covered(&ratio.denominator, denominator)
    }

    /// Whether a quantity's number stands before its unit.
    fn covers_quantity(&self, quantity: &Quantity) -> bool {
        let Field::Read(value) = &quantity.value else { return false };
        let value = value.expose().0;
        // Whoever applies something applies it once.
        let is_applied = same(value, 1.0) && known_unit(quantity).is_some_and(|unit| unit.0 == "application");
        (is_applied && self.any_word(&["apply"]))
            || self.amounts.iter().any(|amount| same(amount.value, value) && self.is_of_unit(amount, quantity))
    }

    fn is_of_unit(&self, amount: &Amount, quantity: &Quantity) -> bool {
        let unit = unit_words(quantity);
        let mut parts = unit.split('/');
        let first = parts.next().unwrap_or_default();
        let has_first = if ANYTHING.contains(&first) {
            !self.is_of_time(amount)
        } else {
            let several = format!("{first}s");
            let known = abbreviation::unit_after_number(first);
            let is_unit = |word: &str| match known {
                Some((one, several)) => word == one || word == several,
                None => word == first || word == several,
            };
            self.amounts_of(is_unit).any(|own| own.at == amount.at)
        };
        let has = |part: &str| match abbreviation::unit_after_number(part) {
            Some((one, several)) => self.any_word(&[one, several]),
            None => self.any_word(&[part]),
        };
        has_first && parts.all(has)
    }

    /// Whether a number says how often or how long, rather than how much.
    fn is_of_time(&self, amount: &Amount) -> bool {
        let unit = self.word(amount.unit_at);
        // "2 daily" are two.
        (hours(unit).is_some() && !unit.ends_with("ly"))
            || matches!(unit, "time" | "times")
            || self.is_after_every(amount)
    }

    fn is_after_every(&self, amount: &Amount) -> bool {
        matches!(self.before(amount.at), "every" | "each" | "other")
    }

    fn limits_with(&self, most: &Quantity, words: &[&str]) -> bool {
        self.limits(most, |(start, end)| (start..end).any(|at| words.contains(&self.word(at))))
    }

    /// Whether one part of a sentence has the limit's word, its number before its unit, and what `is_meant` asks of it.
    fn limits(&self, most: &Quantity, is_meant: impl Fn((usize, usize)) -> bool) -> bool {
        let Field::Read(value) = &most.value else { return false };
        let mut start = 0;
        self.words.iter().enumerate().filter(|(at, word)| word.end > End::Nothing || at + 1 == self.words.len()).any(
            |(at, _)| {
                let clause = (start, at + 1);
                start = at + 1;
                let is_said = |amount: &Amount| {
                    (clause.0..clause.1).contains(&amount.at)
                        && same(amount.value, value.expose().0)
                        && self.is_of_unit(amount, most)
                };
                self.is_limit(clause) && is_meant(clause) && self.amounts.iter().any(is_said)
            },
        )
    }

    fn is_limit(&self, (start, end): (usize, usize)) -> bool {
        let any = |wanted: &[&str]| (start..end).any(|at| wanted.contains(&self.word(at)));
        let pair = |first, second| (start..end).any(|at| self.word(at) == first && self.word(at + 1) == second);
        any(&["max", "maximum", "exceed", "exceeding", "limit"])
            || pair("at", "most")
            || (pair("more", "than") && any(&["not", "no", "never", "don't", "don’t"]))
    }

    /// Whether a part of a sentence gives the time that a limit is for.
    fn says_period(&self, (start, end): (usize, usize), period: &Field<Quantity>) -> bool {
        covered(period, |period| {
            let unit = known_unit(period).and_then(|(one, _)| hours(one));
            let (Field::Read(value), Some(unit)) = (&period.value, unit) else { return false };
            let wanted = value.expose().0 * unit;
            (start..end).any(|at| {
                let count = at.checked_sub(1).and_then(|at| self.value(at)).unwrap_or(1.0);
                hours(self.word(at)).is_some_and(|hours| same(hours * count, wanted))
            })
        })
    }

    fn covers_timing(&self, timing: &Timing) -> bool {
        let repeat = timing.repeat.read();
        let has_rule = repeat.is_some_and(|repeat| repeat.frequency.is_present() || repeat.period.is_present());
        timing.event.items.is_empty()
            && !timing.event.malformed
            && covered(&timing.repeat, |repeat| self.covers_repeat(repeat))
            // A code is another way to say the rule; without a rule it has to be said.
            && (has_rule || !timing.code.is_present() || !self.frequencies.is_empty())
    }

    fn covers_repeat(&self, repeat: &Repeat) -> bool {
        let time = |field: &Field<Phi<Decimal>>, unit: Option<&str>| {
            let is_unit =
                |word: &str| hours(word).is_some_and(|own| unit.and_then(hours).is_some_and(|unit| same(own, unit)));
            covered(field, |number| self.says(number.expose().0, is_unit))
        };
        let times = |field: &Field<Phi<Decimal>>| {
            covered(field, |number| self.says(number.expose().0, |word| matches!(word, "time" | "times")))
        };
        time(&repeat.duration, text(&repeat.duration_unit))
            && time(&repeat.duration_max, text(&repeat.duration_unit))
            && times(&repeat.frequency_max)
            && time(&repeat.period_max, text(&repeat.period_unit))
            && time(&repeat.offset, Some("min"))
            && covered(&repeat.bounds_duration, |duration| self.lasts(duration))
            && covered(&repeat.bounds_range, |range| {
                covered(&range.low, |low| self.lasts(low)) && covered(&range.high, |high| self.lasts(high))
            })
            && self.covers_days(&repeat.day_of_week)
            && self.covers_moments(&repeat.when)
            && self.covers_frequency(repeat)
    }

    /// "For 7 days", which "every 7 days" isn't.
    fn lasts(&self, duration: &Quantity) -> bool {
        let Field::Read(value) = &duration.value else { return false };
        let mut amounts = self.amounts.iter().filter(|amount| same(amount.value, value.expose().0));
        amounts.any(|amount| self.is_of_unit(amount, duration) && !self.is_after_every(amount))
    }

    /// How often; times of day say it where nothing else does.
    fn covers_frequency(&self, repeat: &Repeat) -> bool {
        if repeat.time_of_day.malformed || repeat.frequency.is_malformed() {
            return false;
        }
        let has_rule = repeat.period.is_present() || repeat.frequency.is_present();
        match rate(repeat) {
            Some(rate) => self.frequencies.iter().any(|own| same(*own, rate)),
            None => !has_rule,
        }
    }

    fn covers_days(&self, days: &List<Phi<String>>) -> bool {
        let named = |day: &Phi<String>| {
            let names: &[&str] = match day.expose().to_lowercase().as_str() {
                "mon" => &["mon", "monday", "mondays"],
                "tue" => &["tue", "tues", "tuesday", "tuesdays"],
                "wed" => &["wed", "wednesday", "wednesdays"],
                "thu" => &["thu", "thur", "thurs", "thursday", "thursdays"],
                "fri" => &["fri", "friday", "fridays"],
                "sat" => &["sat", "saturday", "saturdays"],
                "sun" => &["sun", "sunday", "sundays"],
                _ => &[],
            };
            self.any_word(names)
        };
        !days.malformed && days.items.iter().all(named)
    }

    fn covers_moments(&self, moments: &List<Phi<String>>) -> bool {
        let said = |moment: &Phi<String>| match moment.expose().as_str() {
            "HS" => self.any_word(&["bedtime", "bed", "sleep"]),
            "MORN" | "MORN.early" | "MORN.late" => self.any_word(&["morning"]),
            "NOON" => self.any_word(&["noon"]),
            "AFT" | "AFT.early" | "AFT.late" => self.any_word(&["afternoon"]),
            "EVE" | "EVE.early" | "EVE.late" => self.any_word(&["evening"]),
            "NIGHT" => self.any_word(&["night", "nightly"]),
            "AC" => self.at_meals("before"),
            "PC" => self.at_meals("after"),
            "C" => self.at_meals("with"),
            "ACM" => self.at("before", &["breakfast"]),
            "ACD" => self.at("before", &["lunch"]),
            "ACV" => self.at("before", &["dinner", "supper"]),
            "PCM" => self.at("after", &["breakfast"]),
            "PCD" => self.at("after", &["lunch"]),
            "PCV" => self.at("after", &["dinner", "supper"]),
            "CM" => self.at("with", &["breakfast"]),
            "CD" => self.at("with", &["lunch"]),
            "CV" => self.at("with", &["dinner", "supper"]),
            _ => false,
        };
        !moments.malformed && moments.items.iter().all(said)
    }

    fn at_meals(&self, when: &str) -> bool {
        self.at(when, &MEALS)
    }

    /// "Before meals", "with a light snack".
    fn at(&self, when: &str, meals: &[&str]) -> bool {
        let is_near = |at: usize| (at + 1..=at + 3).any(|at| meals.contains(&self.word(at)));
        (0..self.words.len()).any(|at| self.word(at) == when && is_near(at))
    }

    /// Whether a number of times in all is said, or follows from how often and how long. `days`: from the first to the
    /// last, as far as it is said.
    pub(in crate::speech) fn covers_count(&self, count: f64, repeat: &Repeat, days: Option<i32>) -> bool {
        let is_total = |amount: &Amount| {
            let is_rate =
                |word| matches!(word, "a" | "per" | "each" | "every" | "daily" | "in") || hours(word).is_some();
            match self.word(amount.unit_at) {
                "dose" | "doses" => true,
                "time" | "times" => !is_rate(self.word(amount.unit_at + 1)),
                _ => false,
            }
        };
        let daily = rate(repeat).or_else(|| self.frequencies.first().copied()).map(|rate| rate * 24.0);
        let lasts = |amount: &Amount| {
            let lasts = hours(self.word(amount.unit_at)).map(|hours| amount.value * hours / 24.0);
            let is_meant = self.before(amount.at) == "for";
            is_meant && daily.zip(lasts).is_some_and(|(daily, days)| same(daily * days, count))
        };
        // The first and the last day count in part, by the hour of the first dose.
        let fits = |days: i32| {
            let whole = |days: i32| daily.map(|daily| f64::from(days) * daily);
            whole(days - 1).zip(whole(days + 1)).is_some_and(|(least, most)| (least..=most).contains(&count))
        };
        self.amounts.iter().any(|amount| (same(amount.value, count) && is_total(amount)) || lasts(amount))
            || days.is_some_and(fits)
    }
}

/// How often in an hour.
fn rate(repeat: &Repeat) -> Option<f64> {
    let decimal = |field: &Field<Phi<Decimal>>| match field {
        Field::Absent => Some(1.0),
        Field::Read(number) => Some(number.expose().0),
        Field::Malformed => None,
    };
    if !repeat.period.is_present() && !repeat.frequency.is_present() {
        let times = u8::try_from(repeat.time_of_day.items.len()).unwrap_or(u8::MAX);
        return (times > 0).then(|| f64::from(times) / 24.0);
    }
    let unit = text(&repeat.period_unit).and_then(hours)?;
    let period = decimal(&repeat.period).filter(|period| *period > 0.0)?;
    Some(decimal(&repeat.frequency)? / (period * unit))
}

fn known_unit(quantity: &Quantity) -> Option<Unit> {
    abbreviation::unit_after_number(unit_words(quantity).split('/').next()?)
}

/// A quantity's unit, in small letters and without the braces of UCUM's annotations.
fn unit_words(quantity: &Quantity) -> String {
    let unit = text(&quantity.unit).or_else(|| text(&quantity.code)).unwrap_or_default().to_lowercase();
    let unit = unit.replace(['{', '}', '[', ']'], "").replace("(s)", "s");
    match unit.as_str() {
        "tbl" => "tablet".to_owned(),
        "drp" => "drop".to_owned(),
        _ => unit,
    }
}

/// Absent: nothing to cover. Malformed: nobody knows.
fn covered<T>(field: &Field<T>, covers: impl FnOnce(&T) -> bool) -> bool {
    match field {
        Field::Absent => true,
        Field::Read(value) => covers(value),
        Field::Malformed => false,
    }
}
