//! What is done with a medication, how long it takes and how many times it is done in all, in the words.

use super::{Amount, Said, Verdict};
use crate::speech::fact::{Amounts, Method, Number};
use crate::speech::frequency::same;

/// Words of what is injected, of what is swallowed, of what is breathed in, and of what is put on or into the body. Of these
/// no two are the same deed.
const DEEDS: [&[&str]; 4] = [
    &["inject", "injected", "injection", "infuse", "infused"],
    &["swallow", "swallowed", "chew", "chewed", "drink"],
    &["inhale", "inhaled"],
    &["apply", "applied", "rub", "insert", "instill"],
];

impl Said<'_> {
    pub(super) fn does(&self, method: Method) -> bool {
        let words: &[&str] = match method {
            Method::Take | Method::Give | Method::Use => return true,
            Method::Swallow => &["swallow", "swallowed"],
            Method::Chew => &["chew", "chewed"],
            Method::Dissolve => &["dissolve", "dissolved"],
            Method::Suck => &["suck"],
            Method::Drink => &["drink"],
            Method::Inject => &["inject", "injected", "injection", "injections"],
            Method::Infuse => &["infuse", "infused", "infusion"],
            Method::Inhale => &["inhale", "inhaled", "inhalation", "inhalations", "puff", "puffs"],
            Method::Spray => &["spray", "sprays"],
            Method::Apply => &["apply", "applied"],
            Method::Rub => &["rub"],
            Method::Instill => &["instill"],
            Method::Insert => &["insert"],
            Method::Place => &["place"],
            Method::Gargle => &["gargle"],
            Method::Rinse | Method::Swish => &["rinse", "swish"],
            Method::SwishAndSwallow => return self.any_word(&["swish"]) && self.any_word(&["swallow"]),
            Method::Sniff => &["sniff"],
            Method::Sprinkle => &["sprinkle"],
            Method::Wash => &["wash"],
            Method::Shampoo => &["shampoo"],
        };
        self.any_word(words)
    }

    /// Whether something else is done: "apply" isn't "inject".
    pub(super) fn does_another(&self, method: Method) -> bool {
        let own = match method {
            Method::Inject | Method::Infuse => 0,
            Method::Swallow | Method::Chew | Method::Drink => 1,
            Method::Inhale => 2,
            Method::Apply | Method::Rub | Method::Insert | Method::Instill => 3,
            _ => return false,
        };
        let does = |at: usize| DEEDS.get(at).is_some_and(|words| self.any_word(words));
        !does(own) && !self.does(method) && (0..DEEDS.len()).any(does)
    }

    /// How long each time: "over 30 minutes" isn't 60.
    pub(super) fn lasting(&self, amounts: &Amounts) -> Verdict {
        let is_other =
            |amount: &Amount| self.before(amount.at) == "over" && self.is_of_family(amount, &amounts.measure);
        match self.has_amounts(amounts) {
            true => Verdict::Said,
            false if self.amounts.iter().any(is_other) => Verdict::Contradicted,
            false => Verdict::Lacking,
        }
    }

    /// How many times in all: what is taken once, or for 3 doses, isn't taken 5 times. More is judged with the order's
    /// dates.
    pub(super) fn count(&self, count: Number) -> Verdict {
        if self.frequencies.is_empty() && self.is_single() {
            return if count.is_one() { Verdict::Said } else { Verdict::Contradicted };
        }
        let is_of_doses =
            |amount: &&Amount| self.before(amount.at) == "for" && matches!(self.word(amount.unit_at), "dose" | "doses");
        let mut doses = self.amounts.iter().filter(is_of_doses).peekable();
        if doses.peek().is_some() && doses.all(|amount| !same(amount.value, count.value())) {
            return Verdict::Contradicted;
        }
        Verdict::Lacking
    }
}
