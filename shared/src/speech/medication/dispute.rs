//! Facts of one structure that can't be so together: a dose above its own limit, "once a day" beside "every Monday".
//!
//! None of them is told as what is to be done: which of them is a slip, only the pharmacist can tell (design.md, promise 9).

use crate::speech::Locale;
use crate::speech::coverage::{Said, Verdict};
use crate::speech::fact::{Amounts, Fact, Found, Meal, Method, Named, Often, Reading, Route, When, Within};
use crate::speech::frequency::same;
use crate::speech::language::directions;
use crate::speech::unit::{Known, Unit};

const HOURS_A_DAY: f64 = 24.0;
const HOURS_A_WEEK: f64 = 168.0;

/// `reading` with what disagrees among what is disputed. `is_as_needed`: the words say that it is taken as needed.
pub(super) fn settled(mut reading: Reading, is_as_needed: bool) -> Reading {
    if is_crowded(&reading) {
        reading.dispute(|found| is_of_time(&found.fact));
    }
    if has_two_sides(&reading) {
        reading.dispute(|found| matches!(found.fact, Fact::Route(_) | Fact::Site(_)));
    }
    if has_other_way(&reading) {
        reading.dispute(|found| matches!(found.fact, Fact::Method(_) | Fact::Route(_)));
    }
    if has_other_count(&reading) {
        reading.dispute(|found| matches!(found.fact, Fact::Count(..) | Fact::Course(_)));
    }
    dispute_words(&mut reading);
    dispute_limits(&mut reading, is_as_needed);
    reading
}

/// What says how often or when.
fn is_of_time(fact: &Fact) -> bool {
    matches!(fact, Fact::Often(_) | Fact::Times(_) | Fact::Moments(_) | Fact::Days(_) | Fact::AfternoonOrEvening)
}

fn often(reading: &Reading) -> Option<Often> {
    reading.facts.iter().find_map(|found| match found.fact {
        Fact::Often(often) => Some(often),
        _ => None,
    })
}

/// How many times of day there are: hours, or events of which a day has one. `None`: meals, of which a day has several.
fn times_of_day(reading: &Reading) -> Option<usize> {
    let count = |found: &Found| match &found.fact {
        Fact::Times(times) => Some(times.len()),
        Fact::Moments(moments) => {
            let has_meals = moments.iter().any(|moment| matches!(moment.when, When::Meal(_, Meal::Any)));
            (!has_meals).then_some(moments.len())
        }
        Fact::AfternoonOrEvening => Some(1),
        _ => Some(0),
    };
    reading.facts.iter().map(count).sum()
}

fn days(reading: &Reading) -> usize {
    let days = reading.facts.iter().find_map(|found| match &found.fact {
        Fact::Days(days) => Some(days.len()),
        _ => None,
    });
    days.unwrap_or_default()
}

/// Whether there are more or fewer times of day than times a day, or days than times a week: "2 times a day, at 8 AM, noon
/// and 8 PM", "once a week, on Monday and Thursday".
fn is_crowded(reading: &Reading) -> bool {
    let Some(often) = often(reading).filter(|often| often.times_most.is_none() && often.period_most.is_none()) else {
        return false;
    };
    let (rate, _) = often.rates();
    let count = |number: usize| f64::from(u16::try_from(number).unwrap_or(u16::MAX));
    let a_day = rate * HOURS_A_DAY;
    let times = times_of_day(reading).map_or(0.0, count);
    // Every second day at nine is once on that day.
    let is_of_day = times > 0.0 && if a_day < 0.999 { times > 1.001 } else { !same(times, a_day) };
    let days = count(days(reading));
    let is_of_week = days > 0.0 && often.unit == Known::Week && often.period.is_one();
    is_of_day || (is_of_week && !same(rate * HOURS_A_WEEK, days))
}

/// "Inject it by mouth", "swallow it in the rectum". A few are injected into an eye.
fn has_other_way(reading: &Reading) -> bool {
    let method = reading.facts.iter().find_map(|found| match found.fact {
        Fact::Method(Named::Known(method)) => Some(method),
        _ => None,
    });
    let route = reading.facts.iter().find_map(|found| match found.fact {
        Fact::Route(Named::Known(route)) => Some(route),
        _ => None,
    });
    let (Some(method), Some(route)) = (method, route) else { return false };
    let is_inside = matches!(route, Route::Subcutaneous | Route::Intramuscular | Route::Intravenous);
    let is_outside =
        matches!(route, Route::Topical | Route::Transdermal | Route::Otic | Route::Rectal | Route::Vaginal);
    match method {
        Method::Inject | Method::Infuse => {
            is_outside || matches!(route, Route::Oral | Route::Sublingual | Route::Buccal)
        }
        Method::Swallow | Method::Drink => route != Route::Oral,
        Method::Chew => !matches!(route, Route::Oral | Route::Buccal),
        Method::Inhale => is_inside || is_outside,
        _ => false,
    }
}

/// "2 times a day, for 7 days, 3 times in all": the first day and the last one may count in part.
fn has_other_count(reading: &Reading) -> bool {
    let course = reading.facts.iter().find_map(|found| match &found.fact {
        Fact::Course(amounts) => Some(amounts.extent()).filter(|_| amounts.single().is_some()),
        _ => None,
    });
    let count = reading.facts.iter().find_map(|found| match found.fact {
        Fact::Count(count, None) => Some(count.value()),
        _ => None,
    });
    let is_as_needed = reading.facts.iter().any(|found| matches!(found.fact, Fact::AsNeeded(_)));
    let often = often(reading).filter(|often| days(reading) == 0 && !is_as_needed && often.times_most.is_none());
    let (Some((hours, _)), Some(count), Some((least, most))) = (course, count, often.map(Often::rates)) else {
        return false;
    };
    let slack = HOURS_A_DAY;
    count + 0.5 < least * (hours - slack).max(0.0) || count - 1.5 > most * (hours + slack)
}

/// "In the left eye, at this place on the body: right eye".
fn has_two_sides(reading: &Reading) -> bool {
    let site = reading.facts.iter().find_map(|found| match &found.fact {
        Fact::Site(site) => Some(site.to_lowercase()),
        _ => None,
    });
    let is_other = |found: &Found| {
        let is_side = matches!(found.fact, Fact::Route(Named::Known(Route::At(_))));
        is_side && site.as_ref().is_some_and(|site| Said::of(site).verdict(&found.fact) == Verdict::Contradicted)
    };
    reading.facts.iter().any(is_other)
}

/// Disputes words of the structure ("every Monday", "take 2 tablets") that say something else than the rest of it does, and
/// what they contradict.
fn dispute_words(reading: &mut Reading) {
    let words = reading.facts.iter().filter_map(|found| match &found.fact {
        Fact::Additional(words) => Some((words.clone(), found.path == "timing.code")),
        _ => None,
    });
    for (words, is_code) in words.collect::<Vec<_>>() {
        let lower = words.to_lowercase();
        let said = Said::of(&lower);
        let others = reading.facts.iter().map(|found| &found.fact);
        let others = others.filter(|fact| !matches!(fact, Fact::Additional(_) | Fact::Limit { .. }));
        let rendered = directions(Locale::EnUs.language(), &others.collect::<Vec<_>>()).to_lowercase();
        let differs = said.claims().disagrees(&Said::of(&rendered).claims());
        let is_on_days = is_code && said.is_on_some_days() && days(reading) == 0;
        let contradicts = |fact: &Fact| match fact {
            // "2 times daily", on Mondays.
            Fact::Days(_) => is_code && said.names_days() && said.verdict(fact) == Verdict::Contradicted,
            Fact::Often(often) if is_on_days => often.rates().0 >= 0.999 / HOURS_A_DAY,
            // Monday, Wednesday and Friday are alternate days.
            Fact::Often(often) if said.is_of_alternate_days() && is_of_three_or_four_days(*often) => false,
            Fact::Often(_) => (differs || is_code) && said.verdict(fact) == Verdict::Contradicted,
            Fact::Dose { .. } => differs && said.verdict(fact) == Verdict::Contradicted,
            fact => is_code && is_of_time(fact) && said.verdict(fact) == Verdict::Contradicted,
        };
        if reading.facts.iter().any(|found| contradicts(&found.fact)) {
            let is_own = |fact: &Fact| matches!(fact, Fact::Additional(own) if *own == words);
            reading.dispute(|found| contradicts(&found.fact) || is_own(&found.fact));
        }
    }
}

/// Disputes limits that are below the dose, or below what is taken in their time. As needed, a limit is below what is taken
/// at most: that is what it is for.
fn dispute_limits(reading: &mut Reading, is_as_needed: bool) {
    let is_as_needed = is_as_needed || reading.facts.iter().any(|found| matches!(found.fact, Fact::AsNeeded(_)));
    let has_days = days(reading) > 0;
    let rate = often(reading).map(|often| often.rates().0).or_else(|| {
        let times = times_of_day(reading).filter(|times| *times > 0)?;
        Some(f64::from(u16::try_from(times).ok()?) / HOURS_A_DAY)
    });
    // How often it is taken in a limit's time, at least.
    let times_in = |within: &Within| match within {
        Within::Period(period) if !is_as_needed => {
            let (hours, _) = period.extent();
            rate.filter(|_| !has_days || hours <= HOURS_A_DAY)
                .map_or(1.0, |rate| (rate * hours + 0.001).floor().max(1.0))
        }
        _ => 1.0,
    };
    let doses = reading.facts.iter().filter_map(|found| match &found.fact {
        Fact::Dose { amounts, .. } => Some(amounts.clone()),
        _ => None,
    });
    let doses = doses.collect::<Vec<_>>();
    let above = |fact: &Fact| {
        let Fact::Limit { most, within } = fact else { return None };
        let (_, limit) = most.extent();
        let times = times_in(within);
        let is_above = |(low, high): (f64, f64)| high > limit * 1.001 || low * times > limit * 1.001;
        let is_one_above = |dose: &Amounts| dose.is_of_a_kind(most) && is_above(dose.extent());
        let counts_doses = most.measure.of == Unit::Known(Known::Dose);
        let is_disputed = doses.iter().any(is_one_above) || (counts_doses && is_above((1.0, 1.0)));
        is_disputed.then_some(times > 1.0)
    };
    let disputed = reading.facts.iter().filter_map(|found| above(&found.fact)).collect::<Vec<_>>();
    if !disputed.is_empty() {
        let by_often = disputed.contains(&true);
        reading.dispute(|found| match &found.fact {
            Fact::Dose { .. } => true,
            fact if is_of_time(fact) => by_often,
            fact => above(fact).is_some(),
        });
    }
}

fn is_of_three_or_four_days(often: Often) -> bool {
    let (least, most) = often.rates();
    [3.0, 4.0].into_iter().any(|days| same(least * HOURS_A_WEEK, days) && same(most * HOURS_A_WEEK, days))
}
