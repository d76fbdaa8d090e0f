//! Whether an instruction's words say what the chart's structure says.
//!
//! Issue 2 reads the written instruction and does not yet speak the structure. Where the structure has a dose, a
//! frequency or a limit that the words can't be seen to have, the caller is told that there is more and to ask: better
//! one sentence too many than a dose too few.

use super::frequency::{frequencies, hours, same};
use super::{abbreviation, number};
use crate::fhir::codeable_concept::text;
use crate::fhir::dosage::{Decimal, Dosage, DoseAndRate, Quantity, Range, Ratio, Repeat, Timing};
use crate::fhir::field::{Field, List};
use crate::phi::Phi;

/// What an instruction's words contain, once they are expanded.
pub(super) struct Said<'a> {
    words: Vec<&'a str>,
    numbers: Vec<f64>,
    frequencies: Vec<f64>,
}

/// Things that "a" or "an" counts one of.
const COUNTED: [&str; 10] =
    ["tablet", "capsule", "drop", "puff", "spray", "patch", "pill", "teaspoon", "tablespoon", "suppository"];

impl<'a> Said<'a> {
    /// `lowercase` is what will be spoken, in small letters.
    pub(super) fn of(lowercase: &'a str) -> Self {
        let words = lowercase
            .split([' ', '(', ')', ';', ':', '!', '?', '"'])
            .map(|word| word.trim_matches([',', '.']))
            .flat_map(|word| match word.split_once('-') {
                Some((low, high)) if number::value(low).is_some() && number::value(high).is_some() => {
                    vec![low, "to", high]
                }
                _ => vec![word],
            })
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>();
        let mut numbers = words.iter().filter_map(|word| number::value(word)).collect::<Vec<_>>();
        for pair in words.windows(2) {
            if let [article, thing] = pair {
                if matches!(*article, "a" | "an") && COUNTED.contains(thing) {
                    numbers.push(1.0);
                }
                // "1 1/2 tablets" is one number.
                if let (Some(whole), Some(part)) = (number::value(article), number::value(thing))
                    && part < 1.0
                {
                    numbers.push(whole + part);
                }
            }
        }
        for triple in words.windows(3) {
            if let [whole, "and", part] = triple
                && let (Some(whole), Some(part)) = (number::value(whole), number::value(part))
                && part < 1.0
            {
                numbers.push(whole + part);
            }
        }
        let frequencies = frequencies(&words);
        Self { words, numbers, frequencies }
    }

    fn number(&self, wanted: f64) -> bool {
        self.numbers.iter().any(|number| same(*number, wanted))
    }

    fn any_word(&self, wanted: &[&str]) -> bool {
        wanted.iter().any(|wanted| self.words.contains(wanted))
    }

    /// Whether `phrase`'s words stand among ours, one behind the other: "with food" is not in "food with".
    pub(super) fn phrase(&self, phrase: &str) -> bool {
        let phrase = phrase.to_lowercase();
        let wanted = letters(&phrase).collect::<Vec<_>>();
        let own = self.words.iter().flat_map(|word| letters(word)).collect::<Vec<_>>();
        !wanted.is_empty() && own.windows(wanted.len()).any(|window| window == wanted)
    }

    /// Whether what `other` says in numbers, frequencies and conditions is said by us, too.
    pub(super) fn says_all_of(&self, other: &Said<'_>) -> bool {
        // What forbids or limits is told by its whole sentence, not by one word of it.
        const LIMITS: [&str; 17] = [
            "not", "no", "never", "avoid", "stop", "only", "until", "unless", "if", "max", "maximum", "exceed", "hold",
            "call", "increase", "decrease", "don't",
        ];
        const CONDITIONS: [&str; 11] =
            ["when", "before", "after", "with", "without", "needed", "bedtime", "food", "meals", "for", "per"];
        if other.any_word(&LIMITS) {
            return self.phrase(&other.words.join(" "));
        }
        other.numbers.iter().all(|number| self.number(*number))
            && other.frequencies.iter().all(|rate| self.frequencies.iter().any(|own| same(*own, *rate)))
            && CONDITIONS.iter().all(|word| !other.words.contains(word) || self.words.contains(word))
    }

    /// Whether the words have what the structure of `dosage` has. `for_patient`: they are the prescriber's words to the
    /// patient, beside which the order's own bookkeeping (how many doses, from when to when) says nothing more.
    pub(super) fn covers(&self, dosage: &Dosage, for_patient: bool) -> bool {
        !dosage.modifier_extension.is_present()
            && self.covers_doses(&dosage.dose_and_rate)
            && covered(&dosage.timing, |timing| self.covers_timing(timing, for_patient))
            && covered(&dosage.max_dose_per_period, |limit| self.covers_limit(&limit.numerator))
            && self.covers_limit(&dosage.max_dose_per_administration)
            && self.covers_limit(&dosage.max_dose_per_lifetime)
    }

    /// Epic gives one dose in several ways (calculated, ordered, administered): the words have one of them.
    fn covers_doses(&self, doses: &List<DoseAndRate>) -> bool {
        let covers = |dose: &DoseAndRate| {
            covered(&dose.dose_quantity, |dose| self.covers_quantity(dose))
                && covered(&dose.dose_range, |range| self.covers_range(range))
                && covered(&dose.rate_quantity, |rate| self.covers_quantity(rate))
                && covered(&dose.rate_ratio, |rate| self.covers_ratio(rate))
                && covered(&dose.rate_range, |range| self.covers_range(range))
        };
        !doses.malformed && (doses.items.is_empty() || doses.items.iter().any(covers))
    }

    fn covers_range(&self, range: &Range) -> bool {
        covered(&range.low, |low| self.covers_quantity(low)) && covered(&range.high, |high| self.covers_quantity(high))
    }

    fn covers_ratio(&self, ratio: &Ratio) -> bool {
        let denominator = |quantity: &Quantity| match quantity.value.read() {
            // "Per 1 hour" is said as "per hour".
            Some(value) if same(value.expose().0, 1.0) => true,
            _ => self.covers_quantity(quantity),
        };
        covered(&ratio.numerator, |numerator| self.covers_quantity(numerator))
            && covered(&ratio.denominator, denominator)
    }

    fn covers_quantity(&self, quantity: &Quantity) -> bool {
        let Field::Read(value) = &quantity.value else { return false };
        self.number(value.expose().0) && self.covers_unit(text(&quantity.unit).or_else(|| text(&quantity.code)))
    }

    /// A unit that we know must be among the words; of another one ("each", a site's own) nothing can be said.
    fn covers_unit(&self, unit: Option<&str>) -> bool {
        let unit = unit.map(|unit| unit.trim_matches(['{', '}', '[', ']'])).unwrap_or_default();
        let mut parts = unit.split('/').filter_map(abbreviation::unit_after_number);
        parts.all(|(one, several)| self.any_word(&[one, several]))
    }

    fn covers_limit(&self, limit: &Field<Quantity>) -> bool {
        let limits = ["max", "maximum", "exceed", "than", "most", "limit", "up"];
        covered(limit, |limit| self.any_word(&limits) && self.covers_quantity(limit))
    }

    fn covers_timing(&self, timing: &Timing, for_patient: bool) -> bool {
        let repeat = timing.repeat.read();
        let has_rule = repeat.is_some_and(|repeat| repeat.frequency.is_present() || repeat.period.is_present());
        timing.event.items.is_empty()
            && !timing.event.malformed
            && covered(&timing.repeat, |repeat| self.covers_repeat(repeat, for_patient))
            // A code is another way to say the rule; without a rule it has to be said.
            && (has_rule || !timing.code.is_present() || !self.frequencies.is_empty())
    }

    fn covers_repeat(&self, repeat: &Repeat, for_patient: bool) -> bool {
        let number = |field: &Field<Phi<Decimal>>| covered(field, |number| self.number(number.expose().0));
        let bookkeeping = for_patient
            || (number(&repeat.count)
                && number(&repeat.count_max)
                && covered(&repeat.bounds_period, |period| !period.end.is_present()));
        bookkeeping
            && number(&repeat.duration)
            && number(&repeat.duration_max)
            && number(&repeat.frequency_max)
            && number(&repeat.period_max)
            && number(&repeat.offset)
            && covered(&repeat.bounds_duration, |duration| self.covers_quantity(duration))
            && covered(&repeat.bounds_range, |range| self.covers_range(range))
            && self.covers_days(&repeat.day_of_week)
            && self.covers_moments(&repeat.when)
            && self.covers_frequency(repeat)
    }

    /// How often; times of day say it where nothing else does.
    fn covers_frequency(&self, repeat: &Repeat) -> bool {
        if repeat.time_of_day.malformed || repeat.frequency.is_malformed() {
            return false;
        }
        let says = |rate: f64| self.frequencies.iter().any(|own| same(*own, rate));
        let decimal = |field: &Field<Phi<Decimal>>| field.read().map(|number| number.expose().0);
        if !repeat.period.is_present() && !repeat.frequency.is_present() {
            let times = u8::try_from(repeat.time_of_day.items.len()).unwrap_or(u8::MAX);
            return times == 0 || says(f64::from(times) / 24.0);
        }
        let Some(unit) = text(&repeat.period_unit).and_then(hours) else { return false };
        let (Some(frequency), Some(period)) =
            (decimal(&repeat.frequency).or(Some(1.0)), decimal(&repeat.period).or(Some(1.0)))
        else {
            return false;
        };
        !repeat.period.is_malformed() && period > 0.0 && says(frequency / (period * unit))
    }

    fn covers_days(&self, days: &List<Phi<String>>) -> bool {
        let named = |day: &Phi<String>| {
            let day = day.expose().to_lowercase();
            day.len() == 3 && self.words.iter().any(|word| word.starts_with(&day))
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
            "AC" => self.any_word(&["before"]) && self.any_word(&["meal", "meals", "eating", "food"]),
            "PC" => self.any_word(&["after"]) && self.any_word(&["meal", "meals", "eating", "food"]),
            "C" => self.any_word(&["meal", "meals", "food"]),
            _ => false,
        };
        !moments.malformed && moments.items.iter().all(said)
    }
}

/// A text's words of letters and digits.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Absent: nothing to cover. Malformed: nobody knows.
fn covered<T>(field: &Field<T>, covers: impl FnOnce(&T) -> bool) -> bool {
    match field {
        Field::Absent => true,
        Field::Read(value) => covers(value),
        Field::Malformed => false,
    }
}

#[cfg(test)]
mod tests;
