//! How much is taken, in the words: which of their amounts are a dose, and which a strength, a concentration, a limit, or a
//! dose that was.

use super::structure::is_word_of;
use super::units::COUNTED;
use super::{Amount, BETWEEN, Said, Verdict};
use crate::speech::fact::{Amounts, Number};
use crate::speech::frequency::same;
use crate::speech::unit::{Family, Known, Measure, Unit};

/// What a concentration is in: "100 units per milliliter".
const OF_CONCENTRATIONS: [&str; 10] = [
    "milliliter",
    "milliliters",
    "liter",
    "liters",
    "actuation",
    "actuations",
    "ounce",
    "ounces",
    "kilogram",
    "kilograms",
];
/// Words before an amount that isn't taken, or is no longer.
const OF_OTHERS: [&str; 5] = ["was", "were", "replaces", "replacing", "replace"];
/// Behind them, "from 5 milligrams" is what was.
const CHANGES: [&str; 10] = [
    "increase",
    "increased",
    "increasing",
    "decrease",
    "decreased",
    "reduce",
    "reduced",
    "change",
    "changed",
    "raised",
];
/// What holds an amount, and is no dose by itself: "a 3 milliliters pen".
const CONTAINERS: [&str; 10] =
    ["pen", "pens", "vial", "vials", "bottle", "syringe", "water", "juice", "milk", "liquid"];
/// What may stand behind a number that counts something which isn't named: "take one daily".
const BEHIND_BARE: [&str; 17] = [
    "", "daily", "nightly", "by", "twice", "once", "every", "each", "in", "at", "as", "with", "per", "a", "before",
    "after", "weekly",
];

impl Said<'_> {
    /// The number of what is taken.
    pub(super) fn dose(&self, amounts: &Amounts) -> Verdict {
        let measure = &amounts.measure;
        let is_dose = |amount: &Amount| self.is_dose(amount, measure) && self.is_as_single(amount, amounts);
        if self.has_amounts_where(amounts, is_dose) || self.is_sum(amounts) || self.is_applied_once(amounts) {
            return Verdict::Said;
        }
        // A strength beside what is counted isn't the dose, and neither is a limit.
        let has_counted = self.counts_something();
        let other = match (&measure.of, measure.of.family()) {
            (Unit::None, _) => has_counted,
            // Drops aren't puffs.
            (_, Family::Counted) => {
                // "Take one daily" leaves open what: the chart tells.
                let is_number = |number: Number, amount: &Amount| same(number.value(), amount.value);
                let is_same = |amount: &Amount| {
                    [amounts.low, amounts.high].into_iter().flatten().any(|number| is_number(number, amount))
                };
                let is_other =
                    |amount: &&Amount| self.is_of(amount, measure) || (self.is_bare_dose(amount) && !is_same(amount));
                has_counted || self.amounts.iter().any(|amount| is_other(&amount))
            }
            // Ten milliliters of insulin aren't ten units, nor are milligrams of potassium milliequivalents.
            (_, Family::Volume(_)) if self.has_same_number(amounts, Known::Unit) => true,
            (_, Family::Mass(_)) if self.has_same_number(amounts, Known::Milliequivalent) => true,
            // Of one that is counted, the strength is the dose.
            (_, Family::Mass(_) | Family::Volume(_)) => {
                (self.counts_at_most_one() && self.has_other(measure))
                    || self.has_total(measure)
                    || self.amounts.iter().any(|amount| self.is_told_to_be_taken(amount, measure))
            }
            (Unit::Known(Known::Unit | Known::InternationalUnit), _) => {
                self.has_other(measure) || self.has_same_number(amounts, Known::Milliliter)
            }
            (Unit::Known(_), Family::Own) => self.has_other(measure),
            _ => false,
        };
        if other { Verdict::Contradicted } else { Verdict::Lacking }
    }

    /// The word behind an amount's unit.
    fn behind(&self, amount: &Amount) -> usize {
        let skipped = (amount.unit_at..).take_while(|at| BETWEEN.contains(&self.word(*at))).take(2).count();
        amount.unit_at + skipped + 1
    }

    /// Whether an amount of what `measure` measures can be what is taken.
    pub(super) fn is_dose(&self, amount: &Amount, measure: &Measure) -> bool {
        if !measure.per.is_empty() {
            return true;
        }
        let (before, behind) = (self.before(amount.at), self.behind(amount));
        let per = |at: usize| OF_CONCENTRATIONS.contains(&self.word(at));
        let is_concentration = self.word(behind) == "per" && (per(behind + 1) || per(behind + 2));
        let was = before == "dose"
            && amount.at.checked_sub(2).is_some_and(|at| matches!(self.word(at), "previous" | "old" | "prior"));
        let changed = before == "from" && amount.at.checked_sub(2).is_some_and(|at| CHANGES.contains(&self.word(at)));
        let is_part = before == "plus" || self.word(behind) == "plus";
        let is_mass = matches!(measure.of.family(), Family::Mass(_));
        !(is_concentration
            || before == "per"
            || was
            || changed
            || is_part
            || OF_OTHERS.contains(&before)
            || CONTAINERS.contains(&self.word(behind))
            || self.is_of_limit(amount)
            || (is_mass && self.is_strength(amount, behind)))
    }

    /// Whether an amount is what one of several holds: "3 tablets of 10 milligrams", "2 times 5 milligrams", "5 milligrams
    /// times 2", "two of your 20 milligrams tablets".
    fn is_strength(&self, amount: &Amount, behind: usize) -> bool {
        let is_more = |at: usize| self.value(at).is_some_and(|value| !same(value, 1.0));
        let is_counted = |at: usize| COUNTED.iter().any(|unit| is_word_of(self.word(at), *unit));
        let near = amount.at.saturating_sub(4)..amount.at;
        let times = self.before(amount.at) == "times" || (self.word(behind) == "times" && is_more(behind + 1));
        let of = self.before(amount.at) == "of" && !self.counts_at_most_one();
        // "Warfarin 5 milligrams tablet: take 7.5 milligrams".
        let is_taken = matches!(self.before(amount.at), "" | "take" | "give" | "a" | "one" | "1" | "use");
        let is_named = is_counted(behind) && !is_taken && self.has_another_taken(amount);
        times || of || self.word(behind) == "each" || is_named || (is_counted(behind) && near.clone().any(is_more))
    }

    /// Whether another amount than this one stands behind "take".
    fn has_another_taken(&self, amount: &Amount) -> bool {
        self.amounts
            .iter()
            .any(|other| other.at != amount.at && matches!(self.before(other.at), "take" | "give" | "use"))
    }

    /// Whether an amount is one number where `amounts` are, and no end of a range.
    fn is_as_single(&self, amount: &Amount, amounts: &Amounts) -> bool {
        let joins = |word: &str| matches!(word, "to" | "or" | "dash");
        let begins_range =
            amount.unit_at > amount.at + 1 && (amount.at + 1..amount.unit_at).any(|at| joins(self.word(at)));
        let before_joint = amount.at.checked_sub(2).and_then(|at| self.value(at));
        let ends_range = joins(self.before(amount.at)) && before_joint.is_some();
        amounts.single().is_none() || !(begins_range || ends_range)
    }

    /// "1 tablet plus 1/2 tablet".
    fn is_sum(&self, amounts: &Amounts) -> bool {
        let second = |first: &Amount| {
            let behind = self.behind(first);
            let next = self.amounts.iter().find(|next| next.at == behind + 1);
            next.filter(|_| self.word(behind) == "plus")
        };
        let is_sum = |number: Number| {
            self.amounts.iter().any(|first| {
                let of_measure = self.is_of(first, &amounts.measure);
                second(first).is_some_and(|second| of_measure && same(first.value + second.value, number.value()))
            })
        };
        amounts.single().is_some_and(is_sum)
    }

    /// "Take 7.5 milligrams (one and one-half tablets of 5 milligrams)": that is the dose, whatever one of several holds.
    fn is_told_to_be_taken(&self, amount: &Amount, measure: &Measure) -> bool {
        let is_taken = matches!(self.before(amount.at), "take" | "give" | "inject" | "use" | "administer");
        is_taken && self.is_of_family(amount, measure) && self.is_dose(amount, measure)
    }

    fn counts_something(&self) -> bool {
        COUNTED.iter().any(|unit| self.amounts_of(|word| is_word_of(word, *unit)).next().is_some())
    }

    /// Whether nothing is counted but one, limits apart.
    fn counts_at_most_one(&self) -> bool {
        let amounts = |unit: Known| self.amounts_of(move |word| is_word_of(word, unit));
        let counted = COUNTED.iter().flat_map(|unit| amounts(*unit));
        counted.filter(|amount| !self.is_of_limit(amount)).all(|amount| same(amount.value, 1.0))
    }

    /// A number of something that isn't named: "take one daily", "max 4 per day".
    pub(super) fn is_bare(&self, amount: &Amount) -> bool {
        BEHIND_BARE.contains(&self.word(amount.unit_at))
    }

    /// Such a number behind "take".
    fn is_bare_dose(&self, amount: &Amount) -> bool {
        let is_taken = matches!(self.before(amount.at), "" | "take" | "takes" | "give" | "use" | "chew" | "swallow");
        is_taken && self.is_bare(amount)
    }

    /// Whether an amount is a limit's.
    fn is_of_limit(&self, amount: &Amount) -> bool {
        let clauses = self.clauses();
        clauses.iter().any(|clause| (clause.0..clause.1).contains(&amount.at) && self.is_limit(*clause))
    }

    /// Whether an amount of what `measure` measures is said, which isn't a limit's.
    fn has_other(&self, measure: &Measure) -> bool {
        // "4 micrograms per kilogram" is a rate; "10 milligrams per day" is a dose.
        let is_rate = |amount: &Amount| {
            measure.per.is_empty() && self.word(amount.unit_at + 1) == "per" && self.word(amount.unit_at + 2) != "day"
        };
        let is_other =
            |amount: &Amount| self.is_of_family(amount, measure) && !self.is_of_limit(amount) && !is_rate(amount);
        self.amounts.iter().any(is_other)
    }

    /// "(10 milligrams total)": that is what is taken, however many are counted.
    fn has_total(&self, measure: &Measure) -> bool {
        let is_total =
            |amount: &Amount| self.is_of_family(amount, measure) && self.word(self.behind(amount)) == "total";
        self.amounts.iter().any(is_total)
    }

    /// Whether the number of `amounts` is that of something in another unit, and of nothing in its own.
    fn has_same_number(&self, amounts: &Amounts, unit: Known) -> bool {
        let is_it =
            |number: Number| self.amounts_of(|word| is_word_of(word, unit)).any(|own| same(own.value, number.value()));
        amounts.single().is_some_and(is_it) && !self.has_other(&amounts.measure)
    }

    /// Whoever applies something applies it once.
    fn is_applied_once(&self, amounts: &Amounts) -> bool {
        let is_application = amounts.measure.of == Unit::Known(Known::Application);
        amounts.single().is_some_and(Number::is_one) && is_application && self.any_word(&["apply"])
    }
}
