//! Facts of a dosage in Spanish.

use super::number::{first_of_two, number, of as counted, small as in_words};
use super::unit::{Words, words};
use super::{Spanish, phrase_book, way};
use crate::speech::fact::{
    Amounts, ClockTime, Day, Event, Fact, Meal, Method, Moment, Named, Number, Often, Part, Relation, Route, Side,
    When, Within,
};
use crate::speech::language::{Language, When as Date, list};
use crate::speech::unit::{Known, Measure, Unit};

/// A fact, as a part of a sentence.
pub(super) fn phrase(spanish: &Spanish, fact: &Fact) -> String {
    match fact {
        Fact::Method(Named::Known(method)) => verb(*method, true).to_owned(),
        Fact::Method(Named::Words(words)) => {
            way::way(words).map_or_else(|| format!("de esta manera, en inglés: {words}"), str::to_owned)
        }
        Fact::Dose { amounts, again: false } => amount(amounts, "de "),
        Fact::Dose { amounts, again: true } => format!("que también se indica como {}", amount(amounts, "de ")),
        Fact::Route(Named::Known(route)) => route_of(*route).to_owned(),
        Fact::Route(Named::Words(words)) => {
            way::way(words).map_or_else(|| format!("por esta vía, en inglés: {words}"), str::to_owned)
        }
        Fact::Site(words) => match phrase_book::site(words) {
            Some(site) => site.to_owned(),
            None => format!("en esta parte del cuerpo, en inglés: {words}"),
        },
        // "Over 20 minutes".
        Fact::Rate { amounts, per: None } if amounts.is_of_time() => lasting(amounts),
        Fact::Rate { amounts, per: None } => format!("a una velocidad de {}", amount(amounts, "")),
        Fact::Rate { amounts, per: Some(per) } => {
            format!("a una velocidad de {} en {}", amount(amounts, ""), amount(per, ""))
        }
        Fact::Lasting(amounts) => format!("{} cada vez", lasting(amounts)),
        Fact::Often(often) => frequency(*often),
        Fact::Moments(moments) => list(&moments.iter().map(moment).collect::<Vec<_>>(), "y"),
        Fact::AfternoonOrEvening => "por la tarde o por la noche".to_owned(),
        Fact::Times(times) => list(&times.iter().map(time).collect::<Vec<_>>(), "y"),
        Fact::Days(days) => list(&days.iter().map(|day| name(*day).to_owned()).collect::<Vec<_>>(), "y"),
        Fact::Events(events) => list(&events.iter().map(|own| event(spanish, own)).collect::<Vec<_>>(), "y"),
        Fact::AsNeeded(None) => "según sea necesario".to_owned(),
        Fact::AsNeeded(Some(reason)) => format!("según sea necesario para {}", phrase_book::reason(reason)),
        Fact::Course(amounts) => lasting(amounts),
        Fact::Count(count, None) => format!("{} en total", times(*count)),
        Fact::Count(count, Some(most)) => format!("de {} a {} en total", first_of_two(*count, true), times(*most)),
        Fact::Limit { most, within } => format!("no más de {} {}", amount(most, ""), limited(within)),
        Fact::Additional(words) => {
            phrase_book::instruction(words).map_or_else(|| format!("en inglés: {words}"), str::to_owned)
        }
    }
}

/// What to do with it. `alone`: nothing behind it says with how much.
pub(super) fn verb(method: Method, alone: bool) -> &'static str {
    let (with_dose, without) = match method {
        Method::Take => ("tome", "tómelo"),
        Method::Swallow => ("trague", "tráguelo"),
        Method::Chew => ("mastique", "mastíquelo"),
        Method::Dissolve => ("disuelva", "disuélvalo"),
        Method::Suck => ("chupe", "chúpelo"),
        Method::Drink => ("beba", "bébalo"),
        Method::Inject => ("inyecte", "inyéctelo"),
        Method::Infuse => ("administre por infusión", "adminístrelo por infusión"),
        Method::Inhale => ("inhale", "inhálelo"),
        Method::Spray => ("rocíe", "rocíelo"),
        Method::Apply => ("aplique", "aplíquelo"),
        Method::Rub => ("frote", "frótelo"),
        Method::Instill => ("ponga", "póngalo"),
        Method::Insert => ("introduzca", "introdúzcalo"),
        Method::Place => ("coloque", "colóquelo"),
        Method::Gargle => ("haga gárgaras con", "haga gárgaras con él"),
        Method::Rinse => ("enjuáguese con", "enjuáguese con él"),
        Method::Swish => ("enjuáguese la boca con", "enjuáguese la boca con él"),
        Method::SwishAndSwallow => ("enjuáguese la boca y trague", "enjuáguese la boca con él y tráguelo"),
        Method::Sniff => ("aspire por la nariz", "aspírelo por la nariz"),
        Method::Sprinkle => ("espolvoree", "espolvoréelo"),
        Method::Wash => ("lávese con", "lávese con él"),
        Method::Shampoo => ("lávese el cabello con", "lávese el cabello con él"),
        Method::Give => ("dé", "delo"),
        Method::Use => ("use", "úselo"),
    };
    if alone { without } else { with_dose }
}

fn route_of(route: Route) -> &'static str {
    match route {
        Route::Oral => "por la boca",
        Route::Sublingual => "debajo de la lengua",
        Route::Buccal => "entre la mejilla y la encía",
        Route::Subcutaneous => "debajo de la piel",
        Route::Intramuscular => "en el músculo",
        Route::Intravenous => "en la vena",
        Route::Nasal => "en la nariz",
        Route::Ophthalmic => "en el ojo",
        Route::Otic => "en el oído",
        Route::Topical => "sobre la piel",
        // Nobody puts a patch on "through the skin".
        Route::Transdermal => "en la piel",
        Route::Inhalation => "por inhalación",
        Route::Rectal => "en el recto",
        Route::Vaginal => "en la vagina",
        Route::At(side) => match side {
            Side::BothEyes => "en los dos ojos",
            Side::LeftEye => "en el ojo izquierdo",
            Side::RightEye => "en el ojo derecho",
            Side::BothEars => "en los dos oídos",
            Side::LeftEar => "en el oído izquierdo",
            Side::RightEar => "en el oído derecho",
            Side::EachNostril => "en cada orificio de la nariz",
            Side::LeftNostril => "en el orificio izquierdo de la nariz",
            Side::RightNostril => "en el orificio derecho de la nariz",
        },
    }
}

/// `from` opens an amount from low to high, where nothing before it does.
fn amount(amounts: &Amounts, from: &str) -> String {
    let Measure { of, per } = &amounts.measure;
    let per = per.iter().map(|unit| format!(" por {}", words(*unit).one)).collect::<String>();
    let feminine = matches!(of, Unit::Known(unit) if words(*unit).feminine);
    let said = match (amounts.low, amounts.high) {
        (Some(low), Some(high)) if low == high => one_amount(low, of),
        (Some(low), Some(high)) if *of == Unit::None => format!("una cantidad de {} a {}", alone(low), alone(high)),
        // "De una a dos tabletas".
        (Some(low), Some(high)) if low.is_one() => match in_words(high) {
            Some(high) => format!("{from}{} a {high}{}", first_of_two(low, feminine), several(of)),
            None => format!("{from}{} a {}", first_of_two(low, feminine), one_amount(high, of)),
        },
        (Some(low), Some(high)) => format!("{from}{} a {}", first_of_two(low, feminine), one_amount(high, of)),
        (Some(low), None) => format!("al menos {}", one_amount(low, of)),
        (None, Some(high)) => format!("hasta {}", one_amount(high, of)),
        (None, None) => String::new(),
    };
    said + &per
}

fn several(unit: &Unit) -> String {
    match unit {
        Unit::None => String::new(),
        Unit::Other(words) => in_english(words),
        Unit::Known(unit) => format!(" {}", words(*unit).several),
    }
}

/// A word that the chart has and Spanish hasn't from us.
fn in_english(words: &str) -> String {
    format!(", en inglés: {words}")
}

fn one_amount(count: Number, unit: &Unit) -> String {
    let Words { one, several, feminine } = match unit {
        Unit::None => return format!("una cantidad de {}", alone(count)),
        Unit::Other(words) => return format!("{}{}", number(count), in_english(words)),
        Unit::Known(unit) => words(*unit),
    };
    let broken = matches!(unit, Unit::Known(unit) if unit.is_broken_by_hand());
    let (whole, part) = count.parts();
    let half = if feminine { "media" } else { "medio" };
    match (broken, whole, part) {
        (true, 0.0, 0.5) => format!("{half} {one}"),
        (true, 0.0, 0.25) => format!("un cuarto de {one}"),
        (true, 0.0, 0.75) => format!("tres cuartos de {one}"),
        (true, 1.0, 0.5) => format!("{} {one} y {half}", counted(Number::ONE, feminine)),
        (true, _, 0.5) => format!("{whole} {several} y {half}"),
        _ => format!("{} {}", counted(count, feminine), if count.is_one() { one } else { several }),
    }
}

/// A number of nothing. In words where it is small: "una cantidad de 1, 4 veces al día" has a decimal comma to many.
fn alone(count: Number) -> String {
    in_words(count).unwrap_or_else(|| first_of_two(count, false))
}

fn lasting(amounts: &Amounts) -> String {
    format!("durante {}", amount(amounts, ""))
}

fn times(count: Number) -> String {
    format!("{} {}", counted(count, true), if count.is_one() { "vez" } else { "veces" })
}

fn frequency(often: Often) -> String {
    let Words { one, several, feminine } = words(often.unit);
    let half = if feminine { "media" } else { "medio" };
    let is_long = matches!(often.unit, Known::Day | Known::Week | Known::Month | Known::Year);
    let alone = often.times.is_some_and(Number::is_one) && often.times_most.is_none();
    let every = match often.period_most {
        Some(most) => {
            let most = match in_words(most).filter(|_| often.period.is_one()) {
                Some(most) => most,
                None => counted(most, feminine),
            };
            format!("cada {} a {most} {several}", first_of_two(often.period, feminine))
        }
        None if often.period.is_one() => format!("cada {one}"),
        // "Cada un día y medio", "cada 3 semanas y media".
        None if often.period.parts() == (1.0, 0.5) => format!("cada {} {one} y {half}", counted(Number::ONE, feminine)),
        None if often.period.parts().1 == 0.5 => format!("cada {} {several} y {half}", often.period.parts().0),
        None => format!("cada {} {several}", counted(often.period, feminine)),
    };
    if alone && (!often.period.is_one() || often.period_most.is_some() || !is_long) {
        return every;
    }
    let times = match (often.times, often.times_most) {
        (Some(count), None) => times(count),
        (Some(least), Some(most)) if least.is_one() => match in_words(most) {
            Some(most) => format!("de una a {most} veces"),
            None => format!("de una a {}", times(most)),
        },
        (Some(least), Some(most)) => format!("de {} a {}", first_of_two(least, true), times(most)),
        (None, Some(most)) => format!("hasta {}", times(most)),
        (None, None) => String::new(),
    };
    if often.period.is_one() && often.period_most.is_none() {
        format!("{times} {}", in_each(often.unit))
    } else {
        format!("{times} {every}")
    }
}

/// "3 veces al día", "no más de 3 tabletas al día".
fn in_each(unit: Known) -> String {
    let each = match unit {
        Known::Day | Known::Month | Known::Year => "al",
        Known::Week => "a la",
        _ => "por",
    };
    format!("{each} {}", words(unit).one)
}

fn moment(moment: &Moment) -> String {
    let Moment { when, offset } = moment;
    let event = match when {
        When::Part(part) => return part_of_day(*part).to_owned(),
        When::Meal(relation, meal) => match (relation, meal) {
            (Relation::With, Meal::Any) => "con las comidas",
            (Relation::With, Meal::Breakfast) => "con el desayuno",
            (Relation::With, Meal::Lunch) => "con el almuerzo",
            (Relation::With, Meal::Dinner) => "con la cena",
            (Relation::Before, Meal::Any) => "antes de las comidas",
            (Relation::Before, Meal::Breakfast) => "antes del desayuno",
            (Relation::Before, Meal::Lunch) => "antes del almuerzo",
            (Relation::Before, Meal::Dinner) => "antes de la cena",
            (Relation::After, Meal::Any) => "después de las comidas",
            (Relation::After, Meal::Breakfast) => "después del desayuno",
            (Relation::After, Meal::Lunch) => "después del almuerzo",
            (Relation::After, Meal::Dinner) => "después de la cena",
        },
        When::Bedtime if offset.is_some() => "antes de acostarse",
        When::Bedtime => "al acostarse",
        When::Asleep if offset.is_some() => "después de dormirse",
        When::Asleep => "una vez que se haya dormido",
        When::Waking if offset.is_some() => "después de despertarse",
        When::Waking => "al despertarse",
    };
    match offset {
        Some(offset) => format!("{} {event}", one_amount(*offset, &Unit::Known(Known::Minute))),
        None => event.to_owned(),
    }
}

fn part_of_day(part: Part) -> &'static str {
    match part {
        Part::Morning => "por la mañana",
        Part::EarlyMorning => "temprano por la mañana",
        Part::LateMorning => "al final de la mañana",
        Part::Noon => "al mediodía",
        Part::Afternoon => "por la tarde",
        Part::EarlyAfternoon => "temprano por la tarde",
        Part::LateAfternoon => "al final de la tarde",
        Part::Evening => "al anochecer",
        Part::EarlyEvening => "al empezar la noche",
        Part::LateEvening => "ya entrada la noche",
        Part::Night => "por la noche",
    }
}

fn time(time: &ClockTime) -> String {
    let ClockTime { hour, minute } = *time;
    let part = match hour {
        0 if minute == 0 => "de la medianoche",
        0..6 => "de la madrugada",
        6..12 => "de la mañana",
        12 if minute == 0 => "del mediodía",
        12..19 => "de la tarde",
        _ => "de la noche",
    };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    match (hour, minute) {
        // A voice reads a lone 1 as "uno".
        (1, 0) => format!("a la una {part}"),
        (1, _) => format!("a la 1:{minute:02} {part}"),
        (_, 0) => format!("a las {hour} {part}"),
        _ => format!("a las {hour}:{minute:02} {part}"),
    }
}

fn name(day: Day) -> &'static str {
    match day {
        Day::Monday => "los lunes",
        Day::Tuesday => "los martes",
        Day::Wednesday => "los miércoles",
        Day::Thursday => "los jueves",
        Day::Friday => "los viernes",
        Day::Saturday => "los sábados",
        Day::Sunday => "los domingos",
    }
}

fn event(spanish: &Spanish, event: &Event) -> String {
    let day = spanish.date(Date::Day(event.day));
    match &event.time {
        Some(at) => format!("{day}, {}", time(at)),
        None => day,
    }
}

fn limited(within: &Within) -> String {
    match within {
        Within::Period(period) => match (&period.measure.of, period.single()) {
            (Unit::Known(unit), Some(number)) if number.is_one() && period.is_of_time() => in_each(*unit),
            _ => format!("en {}", amount(period, "")),
        },
        Within::Time => "cada vez".to_owned(),
        Within::Lifetime => "en toda la vida".to_owned(),
    }
}
