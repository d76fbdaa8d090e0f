//! How often and on which days, in the words.

use super::structure::lacking_unless;
use super::{Said, Verdict};
use crate::speech::fact::{Day, Number, Often};
use crate::speech::frequency::same;

/// The days of the week in their order, as words call them.
const WEEK: [(Day, &[&str]); 7] = [
    (Day::Monday, &["mon", "monday", "mondays"]),
    (Day::Tuesday, &["tue", "tues", "tuesday", "tuesdays"]),
    (Day::Wednesday, &["wed", "wednesday", "wednesdays"]),
    (Day::Thursday, &["thu", "thur", "thurs", "thursday", "thursdays"]),
    (Day::Friday, &["fri", "friday", "fridays"]),
    (Day::Saturday, &["sat", "saturday", "saturdays"]),
    (Day::Sunday, &["sun", "sunday", "sundays"]),
];

impl Said<'_> {
    pub(super) fn often(&self, often: Often) -> Verdict {
        const A_WEEK: f64 = 1.0 / 168.0;
        let (least, most) = often.rates();
        let mut state = Verdict::Lacking;
        // Methotrexate, once a week: whatever else the words have that is done daily, it isn't that.
        let is_weekly = self.frequencies.first().is_some_and(|(_, own_most)| *own_most <= A_WEEK * 1.001);
        if is_weekly && least > A_WEEK * 1.001 {
            return Verdict::Contradicted;
        }
        if self.frequencies.is_empty() && self.is_single() && often.rates().1 > 0.0 {
            return Verdict::Contradicted;
        }
        for (own_least, own_most) in &self.frequencies {
            if same(*own_least, least) && same(*own_most, most) {
                // "Every 6 hours" is around the clock, which "4 times a day" needn't be.
                return lacking_unless(self.has_numbers_of(often));
            }
            state = Verdict::Contradicted;
        }
        if let Some(days) = self.days_a_week().filter(|_| least < 0.999 / 24.0) {
            let is_same = same(days * A_WEEK, least) && same(days * A_WEEK, most);
            return if is_same { Verdict::Said } else { Verdict::Contradicted };
        }
        // "Every 4 to 6 hours" leaves room for "4 times a day".
        let fits = |(own_least, own_most): &(f64, f64)| own_least * 0.999 <= least && most <= own_most * 1.001;
        if self.frequencies.iter().any(fits) { Verdict::Lacking } else { state }
    }

    /// On how many days of the week it is taken, where the words name them and say nothing else of how often.
    fn days_a_week(&self) -> Option<f64> {
        let days = self.days_said().len();
        let is_named = self.frequencies.is_empty() && self.is_on_some_days();
        u8::try_from(days).ok().filter(|_| is_named).map(f64::from)
    }

    fn has_numbers_of(&self, often: Often) -> bool {
        let has = |number: Number| {
            let is_other = same(number.value(), 2.0) && self.any_word(&["other", "twice"]);
            // "Three times a day and at bedtime".
            let is_more = [" and at bedtime", " and nightly", " and at night"].iter().any(|more| self.phrase(more))
                && self.amounts.iter().any(|amount| same(amount.value + 1.0, number.value()));
            number.is_one()
                || is_other
                || is_more
                || self.amounts.iter().any(|amount| same(amount.value, number.value()))
        };
        let numbers = [often.times, often.times_most, Some(often.period), often.period_most];
        numbers.into_iter().flatten().all(has)
    }

    /// Whether the words tell of one dose, and of no other: "take 1 tablet once".
    pub(super) fn is_single(&self) -> bool {
        let goes_on = |at: usize| !matches!(self.word(at), "" | "only" | "now" | "by" | "for" | "then");
        let once = |at: usize| match self.word(at) {
            // Two tablets "at once" are taken together.
            "once" => self.before(at) != "at" && (!goes_on(at + 1) || self.ends(at)),
            "single" => matches!(self.word(at + 1), "dose"),
            "time" => self.value(at.wrapping_sub(1)) == Some(1.0) && (!goes_on(at + 1) || self.ends(at)),
            _ => false,
        };
        (0..self.words.len()).any(once)
    }

    pub(super) fn days(&self, days: &[Day]) -> Verdict {
        let said = self.days_said();
        if !said.is_empty() && days.len() == said.len() && days.iter().all(|day| said.contains(day)) {
            Verdict::Said
        } else if said.is_empty() {
            // Every day isn't some days.
            let is_daily =
                self.states_frequency && self.any_word(&["daily", "day", "nightly"]) && days.len() < WEEK.len();
            let is_every_day = self.frequencies.iter().all(|(least, _)| *least >= 0.999 / 24.0);
            if is_daily && is_every_day { Verdict::Contradicted } else { Verdict::Lacking }
        } else {
            Verdict::Contradicted
        }
    }

    /// The days that the words name: one by one, from one to another, or all but some.
    fn days_said(&self) -> Vec<Day> {
        let position = |at: usize| WEEK.iter().position(|(_, names)| names.contains(&self.word(at)));
        let mut named = [false; 7];
        let mut except = false;
        for at in 0..self.words.len() {
            match self.word(at) {
                "weekdays" => named.iter_mut().take(5).for_each(|day| *day = true),
                "weekends" => named.iter_mut().skip(5).for_each(|day| *day = true),
                "except" | "excluding" => except = true,
                _ => {}
            }
            let Some(first) = position(at) else { continue };
            let to =
                matches!(self.word(at + 1), "through" | "thru" | "to" | "dash").then(|| position(at + 2)).flatten();
            let count = to.map_or(0, |last| (last + WEEK.len() - first) % WEEK.len());
            for step in 0..=count {
                if let Some(day) = named.get_mut((first + step) % WEEK.len()) {
                    *day = true;
                }
            }
        }
        let is_said = |at: usize| named.get(at).copied().unwrap_or_default() != (except && named.contains(&true));
        WEEK.iter().enumerate().filter(|(at, _)| is_said(*at)).map(|(_, (day, _))| *day).collect()
    }

    /// Whether the words say every other day, and no other frequency.
    pub(in crate::speech) fn is_of_alternate_days(&self) -> bool {
        matches!(self.frequencies.as_slice(), [(least, most)] if same(*least, 1.0 / 48.0) && same(*most, 1.0 / 48.0))
    }

    /// Whether the words name days of the week.
    pub(in crate::speech) fn names_days(&self) -> bool {
        !self.days_said().is_empty()
    }

    /// Whether it is taken on some days of the week, which the words name, and they don't say how often apart from them.
    pub(in crate::speech) fn is_on_some_days(&self) -> bool {
        (1..WEEK.len()).contains(&self.days_said().len()) && !self.states_frequency && !self.any_word(&["other"])
    }
}
