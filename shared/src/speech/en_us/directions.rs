//! Facts of a dosage in English.

use super::English;
use super::number::number;
use super::unit::words;
use crate::speech::fact::{
    Amounts, ClockTime, Day, Event, Fact, Meal, Method, Moment, Named, Number, Often, Part, Relation, Route, Side,
    When, Within,
};
use crate::speech::language::{Language, When as Date, list};
use crate::speech::unit::{Known, Measure, Unit};

/// A fact, as a part of a sentence.
pub(super) fn phrase(english: &English, fact: &Fact) -> String {
    match fact {
        Fact::Method(Named::Known(method)) => verb(*method, true).to_owned(),
        Fact::Method(Named::Words(words)) => format!("by this method: {words}"),
        Fact::Dose { amounts, again: false } => amount(amounts),
        Fact::Dose { amounts, again: true } => format!("also given as {}", amount(amounts)),
        Fact::Route(Named::Known(route)) => way(*route).to_owned(),
        Fact::Route(Named::Words(words)) => format!("by this way: {words}"),
        Fact::Site(words) => format!("at this place on the body: {words}"),
        Fact::Rate { amounts, per: None } if amounts.is_of_time() => format!("over {}", amount(amounts)),
        Fact::Rate { amounts, per: None } => format!("at a rate of {}", amount(amounts)),
        Fact::Rate { amounts, per: Some(per) } => format!("at a rate of {} per {}", amount(amounts), amount(per)),
        Fact::Lasting(amounts) => format!("{} each time", lasting(amounts)),
        Fact::Often(often) => frequency(*often),
        Fact::Moments(moments) => list(&moments.iter().map(moment).collect::<Vec<_>>(), "and"),
        Fact::AfternoonOrEvening => "in the afternoon or evening".to_owned(),
        Fact::Times(times) => format!("at {}", list(&times.iter().map(time).collect::<Vec<_>>(), "and")),
        Fact::Days(days) => {
            format!("on {}", list(&days.iter().map(|day| name(*day).to_owned()).collect::<Vec<_>>(), "and"))
        }
        Fact::Events(events) => list(&events.iter().map(|own| event(english, own)).collect::<Vec<_>>(), "and"),
        Fact::AsNeeded(None) => "as needed".to_owned(),
        Fact::AsNeeded(Some(reason)) => format!("as needed for {reason}"),
        Fact::Course(amounts) => lasting(amounts),
        Fact::Count(count, None) => format!("{} in all", times(*count)),
        Fact::Count(count, Some(most)) => format!("{} to {} in all", number(*count), times(*most)),
        Fact::Limit { most, within } => format!("no more than {} {}", amount(most), limited(within)),
        Fact::Additional(words) => words.clone(),
    }
}

/// What to do with it. `alone`: nothing behind it says with how much.
pub(super) fn verb(method: Method, alone: bool) -> &'static str {
    let (with_dose, without) = match method {
        Method::Take => ("take", "take it"),
        Method::Swallow => ("swallow", "swallow it"),
        Method::Chew => ("chew", "chew it"),
        Method::Dissolve => ("dissolve", "dissolve it"),
        Method::Suck => ("suck", "suck it"),
        Method::Drink => ("drink", "drink it"),
        Method::Inject => ("inject", "inject it"),
        Method::Infuse => ("infuse", "infuse it"),
        Method::Inhale => ("inhale", "inhale it"),
        Method::Spray => ("spray", "spray it"),
        Method::Apply => ("apply", "apply it"),
        Method::Rub => ("rub in", "rub it in"),
        Method::Instill => ("instill", "instill it"),
        Method::Insert => ("insert", "insert it"),
        Method::Place => ("place", "place it"),
        Method::Gargle => ("gargle with", "gargle with it"),
        Method::Rinse => ("rinse with", "rinse with it"),
        Method::Swish => ("swish", "swish it"),
        Method::SwishAndSwallow => ("swish and swallow", "swish and swallow it"),
        Method::Sniff => ("sniff", "sniff it"),
        Method::Sprinkle => ("sprinkle", "sprinkle it"),
        Method::Wash => ("wash with", "wash with it"),
        Method::Shampoo => ("shampoo with", "shampoo with it"),
        Method::Give => ("give", "give it"),
        Method::Use => ("use", "use it"),
    };
    if alone { without } else { with_dose }
}

fn way(route: Route) -> &'static str {
    match route {
        Route::Oral => "by mouth",
        Route::Sublingual => "under the tongue",
        Route::Buccal => "between the cheek and the gum",
        Route::Subcutaneous => "under the skin",
        Route::Intramuscular => "into a muscle",
        Route::Intravenous => "into a vein",
        Route::Nasal => "in the nose",
        Route::Ophthalmic => "in the eye",
        Route::Otic => "in the ear",
        Route::Topical => "on the skin",
        Route::Transdermal => "through the skin",
        Route::Inhalation => "by breathing it in",
        Route::Rectal => "in the rectum",
        Route::Vaginal => "in the vagina",
        Route::At(side) => match side {
            Side::BothEyes => "in both eyes",
            Side::LeftEye => "in the left eye",
            Side::RightEye => "in the right eye",
            Side::BothEars => "in both ears",
            Side::LeftEar => "in the left ear",
            Side::RightEar => "in the right ear",
            Side::EachNostril => "in each nostril",
            Side::LeftNostril => "in the left nostril",
            Side::RightNostril => "in the right nostril",
        },
    }
}

fn amount(amounts: &Amounts) -> String {
    let Measure { of, per } = &amounts.measure;
    let per = per.iter().map(|unit| format!(" per {}", words(*unit).0)).collect::<String>();
    let counted = match (amounts.low, amounts.high) {
        (Some(low), Some(high)) if low == high => one_amount(low, of),
        (Some(low), Some(high)) if *of == Unit::None => format!("an amount of {} to {}", number(low), number(high)),
        (Some(low), Some(high)) => format!("{} to {}", number(low), one_amount(high, of)),
        (Some(low), None) => format!("at least {}", one_amount(low, of)),
        (None, Some(high)) => format!("up to {}", one_amount(high, of)),
        (None, None) => String::new(),
    };
    counted + &per
}

fn one_amount(count: Number, unit: &Unit) -> String {
    let (one, several) = match unit {
        Unit::None => return format!("an amount of {}", number(count)),
        Unit::Other(words) if count.is_one() || words.ends_with(['s', 'x', 'z', 'y', 'h']) => {
            return format!("{} {words}", number(count));
        }
        Unit::Other(words) => return format!("{} {words}s", number(count)),
        Unit::Known(unit) => words(*unit),
    };
    let broken = matches!(unit, Unit::Known(unit) if unit.is_broken_by_hand());
    let (whole, part) = count.parts();
    match (broken, whole, part) {
        (true, 0.0, 0.5) => format!("half a {one}"),
        (true, 0.0, 0.25) => format!("one quarter of a {one}"),
        (true, 0.0, 0.75) => format!("three quarters of a {one}"),
        (true, _, 0.5) => format!("{whole} and a half {several}"),
        _ => format!("{} {}", number(count), if count.is_one() { one } else { several }),
    }
}

fn lasting(amounts: &Amounts) -> String {
    format!("for {}", amount(amounts))
}

fn times(count: Number) -> String {
    format!("{} {}", number(count), if count.is_one() { "time" } else { "times" })
}

fn frequency(often: Often) -> String {
    let (one, several) = words(often.unit);
    let is_long = matches!(often.unit, Known::Day | Known::Week | Known::Month | Known::Year);
    let alone = often.times.is_some_and(Number::is_one) && often.times_most.is_none();
    let every = match often.period_most {
        Some(most) => format!("every {} to {} {several}", number(often.period), number(most)),
        None if often.period.is_one() => format!("every {one}"),
        None if often.period.parts().1 == 0.5 => format!("every {} and a half {several}", often.period.parts().0),
        None => format!("every {} {several}", number(often.period)),
    };
    if alone && (!often.period.is_one() || often.period_most.is_some() || !is_long) {
        return every;
    }
    let times = match (often.times, often.times_most) {
        (Some(times), None) if times.is_one() => "once".to_owned(),
        (Some(count), None) => times(count),
        (Some(least), Some(most)) => format!("{} to {}", number(least), times(most)),
        (None, Some(most)) => format!("up to {}", times(most)),
        (None, None) => String::new(),
    };
    if often.period.is_one() && often.period_most.is_none() {
        let article = if often.unit == Known::Hour { "an" } else { "a" };
        format!("{times} {article} {one}")
    } else {
        format!("{times} {every}")
    }
}

fn moment(moment: &Moment) -> String {
    let Moment { when, offset } = moment;
    let minutes = |minutes: Number| one_amount(minutes, &Unit::Known(Known::Minute));
    let (joint, event) = match when {
        When::Part(part) => return part_of_day(*part).to_owned(),
        When::Meal(relation, meal) => {
            let meal = match meal {
                Meal::Any => "meals",
                Meal::Breakfast => "breakfast",
                Meal::Lunch => "lunch",
                Meal::Dinner => "dinner",
            };
            let relation = match relation {
                Relation::Before => "before",
                Relation::With => "with",
                Relation::After => "after",
            };
            (relation, meal)
        }
        When::Bedtime if offset.is_some() => ("before", "bedtime"),
        When::Bedtime => ("at", "bedtime"),
        When::Asleep if offset.is_some() => ("after", "falling asleep"),
        When::Asleep => ("once", "asleep"),
        When::Waking => ("after", "waking up"),
    };
    match offset {
        Some(offset) => format!("{} {joint} {event}", minutes(*offset)),
        None => format!("{joint} {event}"),
    }
}

fn part_of_day(part: Part) -> &'static str {
    match part {
        Part::Morning => "in the morning",
        Part::EarlyMorning => "early in the morning",
        Part::LateMorning => "late in the morning",
        Part::Noon => "at noon",
        Part::Afternoon => "in the afternoon",
        Part::EarlyAfternoon => "early in the afternoon",
        Part::LateAfternoon => "late in the afternoon",
        Part::Evening => "in the evening",
        Part::EarlyEvening => "early in the evening",
        Part::LateEvening => "late in the evening",
        Part::Night => "at night",
    }
}

fn time(time: &ClockTime) -> String {
    let ClockTime { hour, minute } = *time;
    let (half, hour) = (if hour < 12 { "AM" } else { "PM" }, hour % 12);
    match (hour, minute, half) {
        (0, 0, "AM") => "12 midnight".to_owned(),
        (0, 0, _) => "12 noon".to_owned(),
        (_, 0, _) => format!("{hour} {half}"),
        _ => format!("{}:{minute:02} {half}", if hour == 0 { 12 } else { hour }),
    }
}

fn name(day: Day) -> &'static str {
    match day {
        Day::Monday => "Monday",
        Day::Tuesday => "Tuesday",
        Day::Wednesday => "Wednesday",
        Day::Thursday => "Thursday",
        Day::Friday => "Friday",
        Day::Saturday => "Saturday",
        Day::Sunday => "Sunday",
    }
}

fn event(english: &English, event: &Event) -> String {
    let day = english.date(Date::Day(event.day));
    match &event.time {
        Some(at) => format!("on {day}, at {}", time(at)),
        None => format!("on {day}"),
    }
}

fn limited(within: &Within) -> String {
    match within {
        Within::Period(period) => match (&period.measure.of, period.single()) {
            (Unit::Known(unit), Some(number)) if number.is_one() => format!("in 1 {}", words(*unit).0),
            _ => format!("in {}", amount(period)),
        },
        Within::Time => "each time".to_owned(),
        Within::Lifetime => "in a lifetime".to_owned(),
    }
}
