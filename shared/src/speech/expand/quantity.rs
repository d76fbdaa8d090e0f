//! Quantities in words: a number and its unit, two numbers, so much per so much.

use super::word::Word;
use super::{Manner, Unsafe};
use crate::speech::abbreviation::{self, Unit};
use crate::speech::frequency::{hours, same};
use crate::speech::number;

/// How much larger than its start a range's end may be. Two strengths with a dash look the same ("5-325"), and few doses
/// are given from so much to more than four times as much.
const WIDEST_RANGE: f64 = 4.0;

/// Words that a count follows. After any other, two numbers may belong to a drug's name: "Entresto 24-26 tablets".
const BEFORE_COUNTS: [&str; 39] = [
    "take",
    "takes",
    "give",
    "use",
    "inject",
    "inhale",
    "instill",
    "apply",
    "insert",
    "place",
    "put",
    "spray",
    "chew",
    "dissolve",
    "swallow",
    "drink",
    "every",
    "each",
    "for",
    "to",
    "of",
    "than",
    "least",
    "most",
    "about",
    "x",
    "mouth",
    "and",
    "or",
    "then",
    "additional",
    "another",
    "after",
    "within",
    "over",
    "next",
    "last",
    "administer",
    "mix",
];

pub(super) fn ends_in_number(word: &str) -> bool {
    number::value(word).is_some() || word.rsplit(['-', '/']).next().is_some_and(|end| number::number(end).is_some())
}

/// A number: with commas where it counts something, as it is where it may be a year or a time.
pub(super) fn amount(number: &str, next: Option<&str>) -> String {
    let counts = next.is_some_and(|next| {
        let unit = next.split('/').next().unwrap_or(next);
        abbreviation::unit_after_number(unit).is_some() && !matches!(unit, "h" | "hr" | "hrs" | "hour" | "hours")
    });
    if counts { number::with_commas(number) } else { number.to_owned() }
}

/// Whether a number starts with a nought before a unit: "05 mg" has lost its point. "0900 hours" is a time.
pub(super) fn lost_its_point(core: &str, next: Option<&str>) -> bool {
    let leads =
        core.starts_with('0') && core.get(1..2).is_some_and(|second| second.bytes().all(|b| b.is_ascii_digit()));
    let unit = next.and_then(|next| abbreviation::unit_after_number(next.split('/').next().unwrap_or(next)));
    leads && (core.bytes().all(|b| b == b'0') || unit.is_some_and(|(one, _)| one != "hour"))
}

/// Whether "1/2" is part of a number: a fraction that nothing opens.
pub(super) fn fraction(before: &str, core: &str) -> bool {
    // "1 1/2-2".
    let start = core.split_once('-').filter(|_| number::value(core).is_none()).map_or(core, |(low, _)| low);
    before.is_empty() && !core.contains('.') && number::value(start).is_some_and(|value| 0.0 < value && value < 1.0)
}

/// Whether "1/2-1" is followed by "1/2", and so ends in one and a half.
pub(super) fn is_range_with_fraction(core: &str, next: Option<&Word<'_>>) -> bool {
    let ends_whole =
        core.rsplit_once('-').is_some_and(|(_, high)| !high.is_empty() && high.bytes().all(|b| b.is_ascii_digit()));
    let follows = next.is_some_and(|next| fraction(next.before, next.core) && !next.core.contains('-'));
    ends_whole && two_numbers(core).is_some() && follows
}

/// "1/2-1" and "1/2" before something counted: from a half to one and a half.
pub(super) fn counted_range(core: &str, fraction: &str, counted: Option<&str>) -> Option<String> {
    let (low, high) = two_numbers(core)?;
    let top = number::value(&high)? + number::value(fraction)?;
    let rises = number::value(&low)? < top;
    (rises && is_counted(counted?)).then(|| format!("{low} to {high} and {fraction}"))
}

/// Numbers joined by dashes: "5-325" is a range, or two strengths. A range only where something is counted, by numbers
/// that can be one, behind a word that a count follows; otherwise the dash is spoken, as it is written, since a minus
/// between numbers is heard as a pause.
///
/// # Errors
/// [`Unsafe`] for "1-1/2", which is one and a half, or a range that goes down.
pub(super) fn joined(
    core: &str,
    previous: Option<&str>,
    next: Option<&str>,
    opens: bool,
    manner: Manner,
) -> Result<Option<String>, Unsafe> {
    if core == "-" {
        let goes_on = next.is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        return Ok(goes_on.then(|| "dash".to_owned()));
    }
    if number::value(core).is_some() || !core.contains('-') {
        return Ok(None);
    }
    let Some(numbers) = core.split('-').map(spelled).collect::<Option<Vec<_>>>() else { return Ok(None) };
    if manner == Manner::Name {
        return Ok(Some(numbers.join(" dash ")));
    }
    let next = next.unwrap_or_default();
    let unit = abbreviation::unit_after_number(next.split('/').next().unwrap_or(next));
    if let [low, high] = numbers.as_slice()
        && let (Some(low_value), Some(high_value)) = (number::value(low), number::value(high))
    {
        if high_value < 1.0 && low_value >= 1.0 && high.contains('/') {
            return Err(Unsafe);
        }
        if is_counted(next) {
            // "1 1/2-2".
            let whole = previous.and_then(number::value).filter(|_| low_value < 1.0);
            let low_value = low_value + whole.unwrap_or_default();
            // "Norco 5/325 1-2 tabs": behind its strength nothing is one but how many.
            let is_few = low_value >= 0.5 && high_value <= WIDEST_RANGE && low_value.fract() == 0.0;
            let follows_strength =
                is_few && previous.is_some_and(|word| word.contains(['/', '-']) && ends_in_number(word));
            let introduced = opens || whole.is_some() || follows_strength || previous.is_some_and(is_before_counts);
            let is_time = unit.is_some_and(|(one, _)| one == "time" || hours(one).is_some());
            if low_value >= high_value {
                return Err(Unsafe);
            }
            if is_time || (introduced && high_value <= WIDEST_RANGE * low_value) {
                return Ok(Some(format!("{low} to {high}")));
            }
        }
    }
    Ok((!is_telephone_number(core)).then(|| numbers.join(" dash ")))
}

/// "555-1234", "555-123-4567": heard as such without its dashes.
fn is_telephone_number(core: &str) -> bool {
    let lengths = core.split('-').map(str::len).collect::<Vec<_>>();
    matches!(lengths.as_slice(), [3, 4] | [3, 3, 4] | [1, 3, 3, 4])
}

pub(super) fn is_before_counts(word: &str) -> bool {
    BEFORE_COUNTS.contains(&word.to_lowercase().as_str())
        || abbreviation::meaning(word).is_some()
        || abbreviation::every(word).is_some()
}

/// "5-10" as its two numbers.
pub(super) fn two_numbers(core: &str) -> Option<(String, String)> {
    let (low, high) = core.split_once('-')?;
    Some((spelled(low)?, spelled(high)?))
}

/// Whether two numbers can be a range's.
pub(super) fn is_narrow(core: &str) -> bool {
    let values = two_numbers(core).and_then(|(low, high)| Some((number::value(&low)?, number::value(&high)?)));
    values.is_some_and(|(low, high)| low < high && high <= WIDEST_RANGE * low)
}

fn spelled(text: &str) -> Option<String> {
    number::number(text).or_else(|| number::value(text).map(|_| text.to_owned()))
}

/// "0.25 mg-35 mcg" ends one quantity and begins another; a "500-mg" tablet is one of 500 mg.
pub(super) fn with_dash(core: &str, previous: Option<&str>) -> Option<String> {
    let (before, after) = core.split_once('-')?;
    if let (Some(number), Some(unit)) = (number::number(before), abbreviation::unit_after_number(after)) {
        return (after.len() > 1).then(|| format!("{} {}", amount(&number, Some(after)), unit.0));
    }
    // A letter before a number is a name's: U-100, D-3.
    let is_unit = |unit: &str| (unit.len() > 1 || matches!(unit, "g" | "%")) && !abbreviation::is_unsafe_run_on(unit);
    let unit = abbreviation::unit_after_number(before).filter(|_| is_unit(before))?;
    let after = match abbreviation::unit_after_number(after).filter(|_| is_unit(after)) {
        // "0.1-20 mg-mcg".
        Some((_, several)) => several.to_owned(),
        None => number::number(after)?,
    };
    previous.is_some_and(ends_in_number).then(|| format!("{} dash {after}", form(unit, previous)))
}

/// "5/325" as two strengths. A half and its like are left, and so is what may be a date or a blood pressure.
pub(super) fn two_strengths(core: &str, next: Option<&str>, manner: Manner) -> Option<String> {
    let (first, second) = core.split_once('/')?;
    let (over, under) = (number::value(first)?, number::value(second)?);
    let is_fraction = over < under
        && (over <= 1.0 || [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 16.0, 32.0, 64.0].iter().any(|n| same(*n, under)));
    let unit = next.and_then(|next| abbreviation::unit_after_number(next.split('/').next().unwrap_or(next)));
    if is_fraction || (manner == Manner::Instruction && unit.is_none()) {
        return None;
    }
    Some(format!("{} slash {}", number::number(first)?, number::number(second)?))
}

/// Whether a word is something that is counted, rather than a unit of strength.
pub(super) fn is_counted(word: &str) -> bool {
    const COUNTED: [&str; 23] = [
        "time",
        "tablet",
        "capsule",
        "drop",
        "puff",
        "spray",
        "hour",
        "day",
        "week",
        "month",
        "minute",
        "second",
        "year",
        "dose",
        "teaspoon",
        "tablespoon",
        "unit",
        "milliliter",
        "patch",
        "application",
        "inhalation",
        "packet",
        "scoop",
    ];
    let word = word.to_lowercase();
    let unit = abbreviation::unit_after_number(word.split('/').next().unwrap_or_default());
    unit.is_some_and(|(one, _)| COUNTED.contains(&one)) || matches!(word.as_str(), "pill" | "pills")
}

/// `mg/kg`, `5mg/5mL`, `mcg/kg/min`: so much per so much. `5 mg/325 mg` and `25 units/10 units` are two of a kind, and
/// nothing is per anything.
pub(super) fn per(
    core: &str,
    previous: Option<&str>,
    next: Option<&str>,
    manner: Manner,
) -> Result<Option<String>, Unsafe> {
    if !core.contains('/') {
        return Ok(None);
    }
    let parts = core.split('/').collect::<Vec<_>>();
    let mut spoken = String::new();
    let mut first = None;
    let mut has_unit = false;
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        let (words, unit, counts) = if let Some(number) = number::number(part) {
            (number, next.filter(|_| is_last).and_then(abbreviation::unit_after_number), *part != "1")
        } else if let Some(quantity) = run_on(part, manner)? {
            has_unit = true;
            let letters = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
            (quantity, abbreviation::unit_after_number(letters), !is_one(part))
        } else if let Some(unit) = abbreviation::unit_after_number(part) {
            has_unit = true;
            let after_number = index == 0 && previous.is_some_and(ends_in_number);
            ((if after_number { form(unit, previous) } else { unit.0 }).to_owned(), Some(unit), false)
        } else {
            return Ok(None);
        };
        if index == 0 {
            first = unit;
        } else {
            spoken.push_str(if is_of_a_kind(first, unit, counts) { " slash " } else { " per " });
        }
        spoken.push_str(&words);
    }
    Ok(has_unit.then_some(spoken))
}

fn is_one(part: &str) -> bool {
    part.starts_with('1') && !part.get(1..2).is_some_and(|next| next.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Whether two quantities are of one kind: the same unit, or masses of which the second has a number of its own. What has
/// a number and no unit could be either.
fn is_of_a_kind(first: Option<Unit>, second: Option<Unit>, counts: bool) -> bool {
    let is_mass = |unit: Unit| matches!(unit.0, "gram" | "milligram" | "microgram");
    match (first, second) {
        (Some(first), Some(second)) => first == second || (counts && is_mass(first) && is_mass(second)),
        (None, Some(second)) => counts && hours(second.0).is_none(),
        (_, None) => counts,
    }
}

/// `75mcg`: a number with its unit run on.
pub(super) fn run_on(core: &str, manner: Manner) -> Result<Option<String>, Unsafe> {
    let Some(end) = core.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',') else { return Ok(None) };
    let (digits, rest) = core.split_at(end);
    let Some(number) = number::number(digits) else { return Ok(None) };
    if rest.eq_ignore_ascii_case("x") {
        return Ok(Some(format!("{number} {}", if number == "1" { "time" } else { "times" })));
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
    // A range ends in what is counted: "1/2-1 tablet".
    let end = |count: &str| two_numbers(count).and_then(|(_, high)| number::value(&high));
    let one = count
        .and_then(|count| number::value(count).or_else(|| end(count)))
        .is_some_and(|value| (value - 1.0).abs() < f64::EPSILON || (value < 1.0 && value > 0.0 && !decimal));
    if one { unit.0 } else { unit.1 }
}
