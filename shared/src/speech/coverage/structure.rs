//! What the structure of a dosage says, and whether the words say it, lack it or contradict it.

use super::units::CONVERTED;
use super::{Amount, Said, Verdict};
use crate::speech::en_us::unit_words;
use crate::speech::fact::{Amounts, Fact, Named, Number, Often, Within};
use crate::speech::frequency::{hours, same};
use crate::speech::unit::{Family, Known, Measure, Unit};

impl Said<'_> {
    /// Whether the words say a fact of the structure.
    pub(in crate::speech) fn verdict(&self, fact: &Fact) -> Verdict {
        match fact {
            Fact::Method(Named::Known(method)) if self.does_another(*method) => Verdict::Contradicted,
            Fact::Method(Named::Known(method)) => lacking_unless(self.does(*method)),
            Fact::Dose { amounts, .. } => self.dose(amounts),
            Fact::Route(Named::Known(route)) => self.route(*route),
            Fact::Site(words) => self.site(words),
            Fact::Route(Named::Words(words)) if self.says_another_side(words) => Verdict::Contradicted,
            Fact::Method(Named::Words(words)) | Fact::Route(Named::Words(words)) => lacking_unless(self.phrase(words)),
            Fact::Additional(words) => lacking_unless(self.writes(words)),
            Fact::Rate { amounts, per } => self.rate(amounts, per.as_ref()),
            Fact::Lasting(amounts) => self.lasting(amounts),
            Fact::Often(often) => self.often(*often),
            Fact::Moments(moments) => self.moments(moments),
            Fact::AfternoonOrEvening => lacking_unless(self.any_word(&["afternoon", "evening", "pm"])),
            Fact::Times(times) => self.times(times),
            Fact::Days(days) => self.days(days),
            Fact::Events(_) => Verdict::Lacking,
            Fact::AsNeeded(_) if self.writes("not as needed") => Verdict::Contradicted,
            Fact::AsNeeded(None) => lacking_unless(self.as_needed()),
            Fact::AsNeeded(Some(reason)) => lacking_unless(self.as_needed() && self.phrase(reason)),
            Fact::Course(amounts) => self.course(amounts),
            Fact::Count(count, None) => self.count(*count),
            Fact::Count(..) => Verdict::Lacking,
            Fact::Limit { most, within } => self.limit(most, within),
        }
    }

    /// Whether every number of `amounts` stands before its unit.
    pub(super) fn has_amounts(&self, amounts: &Amounts) -> bool {
        self.has_amounts_where(amounts, |_| true)
    }

    /// As [`Self::has_amounts`], of those that `counts` accepts.
    pub(super) fn has_amounts_where(&self, amounts: &Amounts, counts: impl Fn(&Amount) -> bool) -> bool {
        let has = |number: Number| {
            let mut own = self.amounts.iter().filter(|amount| self.is_same(amount, number, &amounts.measure));
            own.any(|amount| counts(amount) && self.is_as_open(amount, amounts))
        };
        amounts.low.is_none_or(has) && amounts.high.is_none_or(has)
    }

    /// Whether an amount leaves as much open as `amounts`: "2 tablets" aren't "up to 2 tablets".
    fn is_as_open(&self, amount: &Amount, amounts: &Amounts) -> bool {
        match (amounts.low, amounts.high) {
            (None, _) => matches!(self.before(amount.at), "to" | "most" | "maximum"),
            (_, None) => matches!(self.before(amount.at), "least" | "minimum"),
            _ => true,
        }
    }

    /// Whether `amount` is so much of `measure`, in its unit or in another one.
    pub(super) fn is_same(&self, amount: &Amount, number: Number, measure: &Measure) -> bool {
        if same(amount.value, number.value()) && self.is_of(amount, measure) {
            return true;
        }
        let Some(factor) = factor(measure.of.family()) else { return false };
        CONVERTED.iter().filter(|unit| is_of_one_family(unit.family(), measure.of.family())).any(|unit| {
            let other = Measure { of: Unit::Known(*unit), per: measure.per.clone() };
            let own = self::factor(unit.family()).unwrap_or_default();
            same(amount.value * own, number.value() * factor) && self.is_of(amount, &other)
        })
    }

    pub(super) fn is_of_family(&self, amount: &Amount, measure: &Measure) -> bool {
        let others = CONVERTED.iter().filter(|unit| is_of_one_family(unit.family(), measure.of.family()));
        let mut others = others.map(|unit| Measure { of: Unit::Known(*unit), per: measure.per.clone() });
        self.is_of(amount, measure) || others.any(|other| self.is_of(amount, &other))
    }

    /// Whether an amount's unit is `measure`.
    pub(super) fn is_of(&self, amount: &Amount, measure: &Measure) -> bool {
        let has_first = match &measure.of {
            Unit::None | Unit::Known(Known::Dose) => !self.is_of_time(amount),
            Unit::Known(unit) => self.amounts_of(|word| is_word_of(word, *unit)).any(|own| own.at == amount.at),
            Unit::Other(words) => {
                let last = words.rsplit(' ').next().unwrap_or(words);
                self.amounts_of(|word| word == words || word == last || word.strip_suffix('s') == Some(last))
                    .any(|own| own.at == amount.at)
            }
        };
        has_first && measure.per.iter().all(|unit| self.words.iter().any(|word| is_word_of(word.text, *unit)))
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

    fn rate(&self, amounts: &Amounts, per: Option<&Amounts>) -> Verdict {
        if self.has_amounts(amounts) && per.is_none_or(|per| self.has_amounts(per)) {
            return Verdict::Said;
        }
        // "Over 30 minutes", "at 8 liters per minute".
        let after = |amount: &Amount, word: &str| self.before(amount.at) == word;
        let is_other = |amount: &Amount| {
            let is_of_family = self.is_of_family(amount, &Measure { of: amounts.measure.of.clone(), per: Vec::new() });
            let rated = self.word(amount.unit_at + 1) == "per" && amounts.measure.per.len() == 1;
            let duration = amounts.is_of_time() && after(amount, "over");
            let twice = self.word(amount.unit_at + 3) == "per";
            is_of_family && (duration || (rated && !twice))
        };
        if self.amounts.iter().any(is_other) { Verdict::Contradicted } else { Verdict::Lacking }
    }

    fn course(&self, amounts: &Amounts) -> Verdict {
        let lasts = |number: Number| {
            let mut own = self.amounts.iter().filter(|amount| !self.is_after_every(amount));
            own.any(|amount| self.is_same(amount, number, &amounts.measure) && self.is_as_open(amount, amounts))
        };
        if amounts.low.is_none_or(lasts) && amounts.high.is_none_or(lasts) {
            return Verdict::Said;
        }
        let is_other = |amount: &Amount| {
            let days = hours(self.word(amount.unit_at)).is_some_and(|hours| hours >= 24.0);
            days && self.before(amount.at) == "for"
        };
        // The steps of a taper, "2 tablets for 3 days, then 1 tablet for 3 days", are six days together.
        let steps = self.amounts.iter().filter(|amount| is_other(amount)).collect::<Vec<_>>();
        let in_all =
            steps.iter().filter_map(|step| hours(self.word(step.unit_at)).map(|hours| step.value * hours)).sum::<f64>();
        let is_in_all = |number: Number| match amounts.measure.of.family() {
            Family::Time(hours) => same(number.value() * hours, in_all),
            _ => false,
        };
        // A month is 28 to 31 days.
        let is_month = |number: Number| match amounts.measure.of.family() {
            Family::Time(hours) => {
                let is_of_months = |step: &&Amount| matches!(self.word(step.unit_at), "month" | "months");
                let ratio = in_all / (number.value() * hours);
                steps.iter().any(is_of_months) && (0.92..1.09).contains(&ratio)
            }
            _ => false,
        };
        if amounts.single().is_some_and(is_month) {
            return Verdict::Said;
        }
        if steps.len() > 1 && amounts.single().is_some_and(is_in_all) {
            return Verdict::Said;
        }
        if self.amounts.iter().any(is_other) { Verdict::Contradicted } else { Verdict::Lacking }
    }

    fn limit(&self, most: &Amounts, within: &Within) -> Verdict {
        let is_meant = |(start, end): (usize, usize)| match within {
            Within::Period(period) => self.says_period((start, end), period),
            Within::Time => (start..end).any(|at| matches!(self.word(at), "dose" | "once" | "time")),
            Within::Lifetime => (start..end).any(|at| matches!(self.word(at), "lifetime" | "life")),
        };
        let mut state = Verdict::Lacking;
        for clause in self.clauses().into_iter().filter(|clause| self.is_limit(*clause)) {
            let own = self.amounts.iter().filter(|amount| (clause.0..clause.1).contains(&amount.at));
            let own = own.filter(|amount| self.is_limited(amount, &most.measure)).collect::<Vec<_>>();
            let is_said = |number: Number| {
                own.iter().any(|amount| {
                    if let Some(limit) = self.of_doses(amount, &most.measure) {
                        return same(limit, number.value());
                    }
                    self.is_same(amount, number, &most.measure)
                        || (self.is_bare(amount) && same(amount.value, number.value()))
                })
            };
            match (own.is_empty(), is_meant(clause)) {
                (false, true) if most.single().is_some_and(is_said) => return Verdict::Said,
                (false, true) => state = Verdict::Contradicted,
                // "4 mg a day" and "4 mg each time": one of them is a slip, and a dangerous one.
                (false, false) if most.single().is_some_and(is_said) && self.says_a_time(clause) => {
                    state = Verdict::Contradicted;
                }
                _ => {}
            }
        }
        if state == Verdict::Lacking && self.exceeds(most, within) { Verdict::Contradicted } else { state }
    }

    /// Whether an amount in a limit is one of what `measure` measures: "max 4 per day" of what is counted.
    fn is_limited(&self, amount: &Amount, measure: &Measure) -> bool {
        let is_counted = measure.of.family() == Family::Counted;
        self.is_of_family(amount, measure)
            || (is_counted && self.is_bare(amount))
            || self.of_doses(amount, measure).is_some()
    }

    /// "Max 3 doses" of what is counted, where the words say how many one dose is.
    fn of_doses(&self, amount: &Amount, measure: &Measure) -> Option<f64> {
        let is_counted = measure.of.family() == Family::Counted && measure.per.is_empty();
        let is_of_doses = is_counted && matches!(self.word(amount.unit_at), "dose" | "doses");
        self.claims().counted.filter(|_| is_of_doses).map(|dose| dose * amount.value)
    }

    /// Whether a part of a sentence gives any time that a limit is for.
    fn says_a_time(&self, (start, end): (usize, usize)) -> bool {
        (start..end).any(|at| {
            hours(self.word(at)).is_some() || matches!(self.word(at), "dose" | "once" | "time" | "lifetime" | "life")
        })
    }

    /// Whether a part of a sentence gives the time that a limit is for.
    fn says_period(&self, (start, end): (usize, usize), period: &Amounts) -> bool {
        let Family::Time(unit) = period.measure.of.family() else { return false };
        let Some(wanted) = period.single().map(|number| number.value() * unit) else { return false };
        (start..end).any(|at| {
            let count = at.checked_sub(1).and_then(|at| self.value(at)).unwrap_or(1.0);
            hours(self.word(at)).is_some_and(|hours| same(hours * count, wanted))
        })
    }

    /// Whether a number of times in all is said, or follows from how often and how long. `days`: from the first to the
    /// last, as far as it is said. `often`: the structure's frequency.
    pub(in crate::speech) fn covers_count(&self, count: f64, often: Option<Often>, days: Option<i32>) -> bool {
        let is_total = |amount: &Amount| {
            let is_rate =
                |word| matches!(word, "a" | "per" | "each" | "every" | "daily" | "in") || hours(word).is_some();
            match self.word(amount.unit_at) {
                "dose" | "doses" => true,
                "time" | "times" => !is_rate(self.word(amount.unit_at + 1)),
                _ => false,
            }
        };
        let own = self.frequencies.first().map(|rate| rate.1);
        let daily = often.map(|often| often.rates().1).or(own).map(|rate| rate * 24.0);
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

pub(super) fn lacking_unless(said: bool) -> Verdict {
    if said { Verdict::Said } else { Verdict::Lacking }
}

/// Whether `word` is what a unit is called; nobody tells puffs from inhalations.
pub(super) fn is_word_of(word: &str, unit: Known) -> bool {
    let (one, several) = unit_words(unit);
    let is_breath = |unit: Known| matches!(unit, Known::Puff | Known::Inhalation | Known::Actuation);
    let breath = is_breath(unit) && matches!(word, "puff" | "puffs" | "inhalation" | "inhalations");
    let pill = matches!(unit, Known::Tablet | Known::Capsule) && matches!(word, "pill" | "pills");
    // "International units" are two words, of which the number stands before the first.
    let spoon = (unit == Known::Teaspoon && matches!(word, "teaspoonful" | "teaspoonfuls"))
        || (unit == Known::Tablespoon && matches!(word, "tablespoonful" | "tablespoonfuls"));
    let units = unit == Known::InternationalUnit && matches!(word, "international" | "unit" | "units");
    word == one || word == several || breath || pill || units || spoon
}

fn factor(family: Family) -> Option<f64> {
    match family {
        Family::Mass(factor) | Family::Volume(factor) | Family::Time(factor) => Some(factor),
        Family::Counted | Family::Own => None,
    }
}

fn is_of_one_family(one: Family, other: Family) -> bool {
    matches!(
        (one, other),
        (Family::Mass(_), Family::Mass(_))
            | (Family::Volume(_), Family::Volume(_))
            | (Family::Time(_), Family::Time(_))
    )
}
