//! Quantities in words: a number and its unit, two numbers, so much per so much.

use super::{Manner, Unsafe};
use crate::speech::abbreviation::{self, Unit};
use crate::speech::number;

pub(super) fn ends_in_number(word: &str) -> bool {
    number::value(word).is_some() || word.rsplit('-').next().is_some_and(|end| number::number(end).is_some())
}

/// A number: with commas where it counts something, as it is where it may be a year or a time.
pub(super) fn amount(number: &str, next: Option<&str>) -> String {
    let counts = next.is_some_and(|next| {
        let unit = next.split('/').next().unwrap_or(next);
        abbreviation::unit_after_number(unit).is_some() && !matches!(unit, "h" | "hr" | "hrs" | "hour" | "hours")
    });
    if counts { number::with_commas(number) } else { number.to_owned() }
}

/// Two numbers as written: bare ones before a unit of strength may be a range or two strengths ("5-325 mg"), and a minus
/// between numbers is heard as a pause. So the dash is spoken.
pub(super) fn dashed(core: &str, next: Option<&str>) -> Option<String> {
    let next = next?;
    if core == "-" {
        return next.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| "dash".to_owned());
    }
    let (low, high) = two_numbers(core).filter(|_| number::value(core).is_none())?;
    abbreviation::unit_after_number(next.split('/').next()?)?;
    Some(format!("{low} dash {high}"))
}

/// "5-10" as its two numbers.
pub(super) fn two_numbers(core: &str) -> Option<(String, String)> {
    let (low, high) = core.split_once('-')?;
    let number = |text: &str| number::number(text).or_else(|| number::value(text).map(|_| text.to_owned()));
    Some((number(low)?, number(high)?))
}

/// "4-6" before something counted: "4 to 6". Two strengths ("5-325 mg") look the same, so units of strength are no such
/// thing.
pub(super) fn range(core: &str, next: Option<&str>) -> Option<(String, String)> {
    let (low, high) = core.split_once('-')?;
    let next = next?.to_lowercase();
    let counted = [
        "tablet",
        "tab",
        "capsule",
        "cap",
        "drop",
        "gtt",
        "puff",
        "spray",
        "time",
        "hour",
        "hr",
        "day",
        "week",
        "wk",
        "month",
        "minute",
        "min",
        "dose",
        "patch",
        "application",
        "teaspoon",
        "tsp",
        "tablespoon",
        "tbsp",
        "unit",
        "ml",
        "milliliter",
        "inhalation",
    ];
    let plain = next.trim_end_matches("es").trim_end_matches('s');
    let is_counted = counted.contains(&plain) || counted.contains(&next.trim_end_matches('s')) || next == "h";
    let (low_value, high_value) = (number::value(low)?, number::value(high)?);
    (is_counted && low_value < high_value)
        .then(|| (number::number(low).unwrap_or(low.to_owned()), number::number(high).unwrap_or(high.to_owned())))
}

/// `mg/kg`, `5mg/5mL`, `mcg/kg/min`: so much per so much.
pub(super) fn per(core: &str, previous: Option<&str>, manner: Manner) -> Result<Option<String>, Unsafe> {
    if !core.contains('/') {
        return Ok(None);
    }
    let mut spoken = Vec::new();
    let mut has_unit = false;
    for (index, part) in core.split('/').enumerate() {
        let after_number = index == 0 && previous.is_some_and(ends_in_number);
        if let Some(number) = number::number(part) {
            spoken.push(number);
        } else if let Some(quantity) = run_on(part, manner)? {
            has_unit = true;
            spoken.push(quantity);
        } else if let Some(unit) = abbreviation::unit_after_number(part) {
            has_unit = true;
            spoken.push((if after_number { form(unit, previous) } else { unit.0 }).to_owned());
        } else {
            return Ok(None);
        }
    }
    Ok(has_unit.then(|| spoken.join(" per ")))
}

/// `75mcg`: a number with its unit run on.
pub(super) fn run_on(core: &str, manner: Manner) -> Result<Option<String>, Unsafe> {
    let Some(end) = core.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',') else { return Ok(None) };
    let (digits, rest) = core.split_at(end);
    let Some(number) = number::number(digits) else { return Ok(None) };
    if rest.eq_ignore_ascii_case("x") {
        return Ok(Some(format!("{number} times")));
    }
    let Some(unit) = abbreviation::unit_after_number(rest) else {
        // "10U/mL" comes here part by part; anything else that starts with a number is read as it is written.
        return Ok(None);
    };
    if manner == Manner::Instruction && abbreviation::is_unsafe_run_on(rest) {
        return Err(Unsafe);
    }
    let joint = if rest == "%" { "" } else { " " };
    let words = if rest == "%" { " percent" } else { form(unit, Some(digits)) };
    Ok(Some(format!("{}{joint}{words}", amount(&number, Some(rest)))))
}

pub(super) fn form(unit: Unit, count: Option<&str>) -> &'static str {
    // "1 tablet", "1/2 tablet", but "0.5 tablets".
    let decimal = count.is_some_and(|count| count.contains('.'));
    let one = count
        .and_then(number::value)
        .is_some_and(|value| (value - 1.0).abs() < f64::EPSILON || (value < 1.0 && value > 0.0 && !decimal));
    if one { unit.0 } else { unit.1 }
}
