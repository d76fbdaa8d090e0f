//! Two numbers with a dash that can only be from the one to the other.
//!
//! A dash stands between two strengths, too ("24-26 mg tablets"), and is called a dash then. Here is what no strength is:
//! a dose behind what is done with it, a day of a month, an hour, a blood sugar.

use super::quantity::{fraction, is_counted, is_narrow, two_numbers};
use super::word::Word;
use crate::speech::frequency::same;
use crate::speech::{abbreviation, number};

const MONTHS: [&str; 23] = [
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "december",
];
const VERBS: [&str; 6] = ["take", "give", "inject", "administer", "start", "use"];
/// What begins the way of a dose that stands before it.
const WAYS: [&str; 8] = ["by", "po", "p.o", "im", "iv", "under", "into", "through"];
/// What begins how often it is taken.
const OFTEN: [&str; 9] = ["every", "once", "twice", "daily", "bid", "tid", "qid", "prn", "nightly"];
/// What is measured or told in whole numbers.
const FINDINGS: [&str; 16] = [
    "sugar", "sugars", "glucose", "bg", "is", "between", "rate", "pulse", "bp", "sbp", "dbp", "hr", "pressure", "age",
    "ages", "aged",
];
/// Units in which no tablet's strengths are.
const OF_NO_STRENGTH: [&str; 5] = ["unit", "milliliter", "drop", "puff", "spray"];

/// "1 - 2 tabs" as "1-2 tabs", where something is counted, and "1 (one) - 2 (two) tabs", too.
pub(super) fn closed_up(plain: &str) -> String {
    let words = plain.split_whitespace().collect::<Vec<_>>();
    let words = without_repeats(&words);
    let is_number = |word: &str| number::number(word).is_some() || fraction("", word);
    let mut closed: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let counts = |word: &str| is_counted(word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        if let Some([low, "-", high, counted]) = words.get(at..at + 4)
            && is_number(low)
            && is_number(high)
            // "1/2 - 1 1/2 tabs".
            && (counts(counted) || (fraction("", counted) && words.get(at + 4).is_some_and(|word| counts(word))))
        {
            closed.push(format!("{low}-{high}"));
            at += 3;
        } else {
            closed.push((*word).to_owned());
            at += 1;
        }
    }
    closed.join(" ")
}

/// `words` without what is said again on both sides of a dash.
fn without_repeats<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let is_again = |number: &str, again: &str| {
        let again = again.strip_prefix('(').and_then(|again| again.strip_suffix(')')).and_then(number::value);
        again.is_some_and(|again| number::value(number).is_some_and(|number| same(number, again)))
    };
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words;
    while let [word, after @ ..] = rest {
        rest = after;
        kept.push(*word);
        if let [again, "-", high, high_again, after @ ..] = after
            && is_again(word, again)
            && is_again(high, high_again)
        {
            kept.extend(["-", *high]);
            rest = after;
        }
    }
    kept
}

/// Whether two numbers are the strengths of one tablet, however narrow a range they would be: sacubitril and valsartan have
/// these.
pub(super) fn are_strengths_of_one(low: f64, high: f64) -> bool {
    [(24.0, 26.0), (49.0, 51.0), (97.0, 103.0)].iter().any(|pair| same(pair.0, low) && same(pair.1, high))
}

/// The numbers at `index` as a range, where they are one.
pub(super) fn plain(words: &[Word<'_>], index: usize) -> Option<String> {
    let word = words.get(index)?;
    let lower = |index: usize| words.get(index).map_or_else(String::new, |word| word.core.to_lowercase());
    let core = word.core.strip_suffix(['x', 'X']).filter(|_| word.after.is_empty());
    if let Some(core) = core.filter(|core| is_narrow(core)) {
        let (low, high) = two_numbers(core)?;
        return Some(format!("{low} to {high} times"));
    }
    // "2-3x/day".
    let many = [("x/day", "day"), ("x/d", "day"), ("x/daily", "day"), ("x/week", "week"), ("x/wk", "week")];
    let many = many.iter().find_map(|(each, time)| Some((word.core.strip_suffix(each)?, time)));
    if let Some((core, time)) = many.filter(|(core, _)| is_narrow(core)) {
        let (low, high) = two_numbers(core)?;
        return Some(format!("{low} to {high} times a {time}"));
    }
    let (low, high) = two_numbers(word.core)?;
    let (from, until) = (number::value(&low)?, number::value(&high)?);
    if from >= until {
        return None;
    }
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    let previous = before.filter(|_| word.before.is_empty()).filter(|before| before.after.is_empty());
    let previous = previous.map_or_else(String::new, |before| before.core.to_lowercase());
    let opens = before.is_none_or(|before| !before.after.is_empty()) || !word.before.is_empty();
    let is_whole = |most: f64| from.fract() == 0.0 && until.fract() == 0.0 && from >= 1.0 && until <= most;
    let follows = |unit: fn(&str) -> bool| {
        word.after.is_empty() && abbreviation::unit_after_number(&lower(index + 1)).is_some_and(|(one, _)| unit(one))
    };
    let of_strength = |one: &str| matches!(one, "milligram" | "microgram" | "gram" | "milliequivalent");
    // "25-50 mg po daily" opens an order.
    let is_taken = VERBS.contains(&previous.as_str()) || (index == 0 && word.before.is_empty());
    let is_often = |index: usize| {
        let word = lower(index);
        abbreviation::every(&word).is_some() || OFTEN.contains(&word.as_str())
    };
    // "1-2 po q4h", "1-2 q4h".
    let begins_rest = |index: usize| is_often(index) || WAYS.contains(&lower(index).as_str());
    let is_more_days = || {
        let at = |count: usize| index.checked_sub(count).and_then(|index| words.get(index));
        let is_range = at(2).is_some_and(|word| two_numbers(word.core).is_some());
        previous == "and" && is_range && at(3).is_some_and(|word| word.core.eq_ignore_ascii_case("days"))
    };
    let is_of_days =
        MONTHS.contains(&previous.as_str()) || matches!(previous.as_str(), "day" | "days") || is_more_days();
    let is_day = is_of_days && is_whole(31.0);
    // "1-2 q4h": so many of what the order is for.
    let is_number = is_taken && is_narrow(word.core) && word.after.is_empty() && begins_rest(index + 1);
    let is_drunk = matches!(previous.as_str(), "in" | "with") && follows(|one| one == "ounce");
    let is_hour = is_whole(12.0) && matches!(lower(index + 1).as_str(), "am" | "pm" | "a.m" | "p.m");
    let is_way = is_taken && begins_rest(index + 2);
    let is_total = lower(index + 2) == "total";
    // "25-100 mg" are the strengths of carbidopa and levodopa.
    let are_strengths = are_strengths_of_one(from, until) || same(until, 4.0 * from);
    let is_dose = is_narrow(word.core) && !are_strengths && follows(of_strength) && (is_way || is_total);
    let is_counted = is_taken && follows(|one| OF_NO_STRENGTH.contains(&one));
    let is_measured = is_whole(999.0) && until >= 100.0;
    let is_finding = (is_whole(999.0) && FINDINGS.contains(&previous.as_str())) || previous == "inr";
    // The next line of a scale: ", 200-249 2 units".
    let gives_units = matches!(lower(index + 2).as_str(), "unit" | "units")
        && words.get(index + 1).is_some_and(|next| next.before.is_empty() && number::number(next.core).is_some());
    let is_line = is_measured && opens && word.after.is_empty() && gives_units;
    let is_said_to_be = VERBS.contains(&lower(index + 1).as_str()) || lower(index + 1) == "equals";
    let is_told = word.after.starts_with(':') || (word.after.is_empty() && is_said_to_be);
    let is_scale = is_measured && is_told && (opens || is_taken || previous == "for");
    let is_of_score =
        |word: &Word<'_>| matches!(word.core.to_lowercase().as_str(), "pain" | "score" | "scale" | "level");
    // The next line of "pain 1-3: 325 mg; 4-6: 650 mg".
    let is_next_score = opens
        && word.after.starts_with(':')
        && words.windows(2).take(index).any(|pair| {
            let [name, scores] = pair else { return false };
            is_of_score(name) && scores.after.starts_with(':') && two_numbers(scores.core).is_some()
        });
    let is_score = is_whole(10.0) && (before.is_some_and(is_of_score) || is_next_score);
    let is_each = is_taken && is_narrow(word.core) && word.after.is_empty() && lower(index + 1) == "each";
    (is_day
        || is_hour
        || is_dose
        || is_number
        || is_drunk
        || is_counted
        || is_finding
        || is_scale
        || is_line
        || is_score
        || is_each)
        .then(|| format!("{low} to {high}"))
}

/// "0.5 tablets" at `index`, and "0.5-1 tablets", as half a tablet: whoever misses "zero point" takes five.
pub(super) fn half_a_tablet(words: &[Word<'_>], index: usize) -> Option<String> {
    let (word, unit) = (words.get(index)?, words.get(index + 1)?);
    let previous = index.checked_sub(1).and_then(|before| words.get(before));
    let is_end = previous.is_some_and(|before| {
        let core = before.core.to_lowercase();
        before.after.is_empty()
            && (matches!(core.as_str(), "to" | "or" | "x" | "-" | "") || number::value(&core).is_some())
    });
    let is_half = number::number(word.core).is_some_and(|number| number == "0.5") && word.after.is_empty();
    let is_tablet = matches!(unit.core.to_lowercase().as_str(), "tab" | "tabs" | "tablet" | "tablets");
    if !is_tablet || !unit.before.is_empty() || is_end {
        return None;
    }
    let is_up_to_one = two_numbers(word.core).is_some_and(|(low, high)| low == "0.5" && high == "1");
    match (is_half, is_up_to_one && word.after.is_empty()) {
        (true, _) => Some(format!("{}half a tablet{}", word.before, unit.after)),
        (false, true) => Some(format!("{}half a tablet to 1 tablet{}", word.before, unit.after)),
        (false, false) => None,
    }
}
