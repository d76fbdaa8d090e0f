//! How often, as an instruction's words say it, to be compared with how often the chart's structure says it.

use super::number::value;

const HOURS_A_DAY: f64 = 24.0;

/// The hours in a unit of time. Months and years as long as FHIR's, on average.
pub(super) fn hours(unit: &str) -> Option<f64> {
    Some(match unit {
        "s" | "second" | "seconds" => 1.0 / 3600.0,
        "min" | "minute" | "minutes" => 1.0 / 60.0,
        "h" | "hour" | "hours" => 1.0,
        "d" | "day" | "days" | "daily" | "morning" | "evening" | "night" | "nightly" | "bedtime" | "afternoon" => {
            HOURS_A_DAY
        }
        "wk" | "week" | "weeks" | "weekly" => 7.0 * HOURS_A_DAY,
        "mo" | "month" | "months" | "monthly" => 730.0,
        "a" | "year" | "years" | "yearly" => 8760.0,
        _ => return None,
    })
}

/// Every frequency that the words state, in times an hour: at least, at most.
pub(super) fn frequencies(words: &[&str]) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    let mut index = 0;
    while index < words.len() {
        let is_every = matches!(at(index), "every" | "each");
        let (rate, taken) = match at(index) {
            "every" | "each" => every(words, index + 1),
            "once" | "twice" | "thrice" => (times(words, value(at(index)), None, index + 1), 2),
            // "2 to 3 times a day".
            word if matches!(at(index + 1), "to" | "or") && matches!(at(index + 3), "time" | "times") => {
                (times(words, value(word), value(at(index + 2)), index + 4), 5)
            }
            word if matches!(at(index + 1), "time" | "times") => (times(words, value(word), None, index + 2), 3),
            "daily" | "nightly" | "weekly" | "monthly" | "yearly" => {
                (hours(at(index)).map(|hours| one(1.0 / hours)), 1)
            }
            // "1 tablet per day"; of several it isn't said whether they are taken together.
            "per" | "a" if is_one_of_them(words, index) => (hours(at(index + 1)).map(|hours| one(1.0 / hours)), 2),
            "alternate" | "alternating" if at(index + 1) == "days" => (Some(one(0.5 / HOURS_A_DAY)), 2),
            // "4 days a week".
            word if at(index + 1) == "days"
                && matches!(at(index + 2), "a" | "per" | "each" | "every")
                && at(index + 3) == "week" =>
            {
                (value(word).map(|days| one(days / hours("week").unwrap_or(1.0))), 4)
            }
            _ => (None, 1),
        };
        index += if rate.is_some() { taken } else { 1 };
        let bedtime = rate.filter(|_| !is_every).and_then(|rate| with_bedtime(words, rate, index));
        if let Some((_, end)) = bedtime {
            index = end;
        }
        found.extend(bedtime.map(|(rate, _)| rate).or(rate));
    }
    found
}

/// "Three times a day and at bedtime" is four times, and so is what is taken four times, with meals and at bedtime. Of twice
/// a day with meals and at bedtime it isn't said how many there are. With it, where the words go on.
fn with_bedtime(words: &[&str], (least, most): (f64, f64), start: usize) -> Option<((f64, f64), usize)> {
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    let start = if hours(at(start)).is_some() { start + 1 } else { start };
    let has_meals = matches!(at(start), "before" | "after" | "with") && matches!(at(start + 1), "meals" | "food");
    let and = if has_meals { start + 2 } else { start };
    let end = match (at(and), at(and + 1), at(and + 2)) {
        ("and", "at", "bedtime" | "night") => and + 3,
        ("and", "nightly", _) => and + 2,
        _ => return None,
    };
    let times = least * HOURS_A_DAY;
    let more = (times + 1.0) / HOURS_A_DAY;
    let is_of_day = same(least, most) && times > 0.999 && same(times, times.round());
    let rate = match has_meals {
        true if times > 3.5 => (least, most),
        true if times < 2.5 => (least, more),
        _ => one(more),
    };
    is_of_day.then_some((rate, end))
}

/// How often, from when it is taken: "in the morning and at bedtime" is twice a day.
pub(super) fn by_moments(words: &[&str]) -> Option<(f64, f64)> {
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    // How many meals a patient has isn't said.
    if words.iter().any(|word| matches!(*word, "meal" | "meals")) {
        return None;
    }
    let moments = [
        "morning",
        "noon",
        "afternoon",
        "evening",
        "bedtime",
        "night",
        "midnight",
        "breakfast",
        "lunch",
        "dinner",
        "supper",
    ];
    let moments = moments.iter().filter(|moment| words.contains(moment)).count();
    // "At 8am and at noon", too. One hour alone may be that of a single day.
    let hours = (0..words.len()).filter(|index| is_hour(at(*index), at(index + 1))).count();
    let halves =
        (0..words.len()).filter(|index| matches!(at(*index), "the" | "every") && matches!(at(index + 1), "am" | "pm"));
    let count = if moments + hours > 1 { moments + hours } else { moments } + halves.count();
    (count > 0).then(|| one(f64::from(u8::try_from(count).unwrap_or(u8::MAX)) / HOURS_A_DAY))
}

/// "8am", "9:30pm", "8 am".
fn is_hour(word: &str, next: &str) -> bool {
    let is_clock = |clock: &str| {
        let (hour, minute) = clock.split_once(':').unwrap_or((clock, "00"));
        hour.parse::<u8>().is_ok_and(|hour| (1..=12).contains(&hour))
            && minute.parse::<u8>().is_ok_and(|minute| minute < 60)
    };
    let run_on = word.strip_suffix("am").or_else(|| word.strip_suffix("pm"));
    run_on.is_some_and(is_clock) || (matches!(next, "am" | "pm") && is_clock(word))
}

/// Whether one thing that is counted stands before a word: "1 tablet".
fn is_one_of_them(words: &[&str], index: usize) -> bool {
    let before =
        |count: usize| index.checked_sub(count).and_then(|index| words.get(index)).copied().unwrap_or_default();
    let is_counted = matches!(before(1), "tablet" | "capsule" | "pill" | "patch" | "packet" | "suppository");
    is_counted && matches!(before(2), "1" | "one" | "a")
}

/// After "every": a unit, "other" and a unit, or a number (and perhaps a second) and a unit.
fn every(words: &[&str], start: usize) -> (Option<(f64, f64)>, usize) {
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    if let Some(hours) = hours(at(start)) {
        return (Some(one(1.0 / hours)), 2);
    }
    let (counts, unit) = match at(start) {
        "other" => (Some(one(2.0)), start + 1),
        "third" => (Some(one(3.0)), start + 1),
        number if matches!(at(start + 1), "to" | "or") => (value(number).zip(value(at(start + 2))), start + 3),
        number => (value(number).map(one), start + 1),
    };
    let rate = counts.zip(hours(at(unit)));
    (rate.map(|((low, high), hours)| (1.0 / (high * hours), 1.0 / (low * hours))), unit + 2 - start)
}

/// After a number of times: "a day", "per week", "each morning", "daily".
fn times(words: &[&str], count: Option<f64>, most: Option<f64>, start: usize) -> Option<(f64, f64)> {
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    let unit = if matches!(at(start), "a" | "per" | "each" | "every" | "in") { start + 1 } else { start };
    let unit = if at(unit) == "the" || at(unit) == "a" { unit + 1 } else { unit };
    let (count, hours) = (count?, hours(at(unit))?);
    Some((count / hours, most.unwrap_or(count) / hours))
}

fn one(rate: f64) -> (f64, f64) {
    (rate, rate)
}

/// Whether two frequencies are the same, apart from rounding.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.001 * a.abs().max(b.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_words_say_is_understood() {
        for (text, per_hour) in [
            ("take 1 tablet daily", 1.0 / 24.0),
            ("two times a day", 2.0 / 24.0),
            ("1 time each day", 1.0 / 24.0),
            ("three times daily with food", 3.0 / 24.0),
            ("every 8 hours", 1.0 / 8.0),
            ("every other day", 1.0 / 48.0),
            ("once a week", 1.0 / 168.0),
            ("once daily at bedtime", 1.0 / 24.0),
            ("every morning", 1.0 / 24.0),
            ("1 tablet per day", 1.0 / 24.0),
            ("every third day", 1.0 / 72.0),
            ("on alternate days", 1.0 / 48.0),
            ("4 days a week", 4.0 / 168.0),
        ] {
            let words = text.split(' ').collect::<Vec<_>>();
            let found = frequencies(&words);
            let is_it = |(least, most): &(f64, f64)| same(*least, per_hour) && same(*most, per_hour);
            assert!(found.first().is_some_and(is_it), "{text}: {found:?}");
        }
        for (text, least, most) in
            [("every four to six hours", 1.0 / 6.0, 1.0 / 4.0), ("2 to 3 times a day", 2.0 / 24.0, 3.0 / 24.0)]
        {
            let words = text.split(' ').collect::<Vec<_>>();
            let found = frequencies(&words);
            let is_it = |(own_least, own_most): &(f64, f64)| same(*own_least, least) && same(*own_most, most);
            assert!(found.first().is_some_and(is_it), "{text}: {found:?}");
        }
        for (text, times) in [
            ("at bedtime", Some(1.0)),
            ("in the morning and at bedtime", Some(2.0)),
            ("at 8am and at noon", Some(2.0)),
            ("at 8 am and 2:30pm and bedtime", Some(3.0)),
            ("at noon and midnight", Some(2.0)),
            ("in the am and in the pm", Some(2.0)),
            ("with breakfast", Some(1.0)),
            ("before each meal and at bedtime", None),
            ("as directed", None),
            ("at 8am before surgery", None),
        ] {
            let words = text.split(' ').collect::<Vec<_>>();
            assert!(frequencies(&words).is_empty(), "{text}");
            let found = by_moments(&words).map(|(least, _)| (least * 24.0).round());
            assert_eq!(found, times, "{text}");
        }
        assert!(frequencies(&["2", "tablets", "a", "day"]).is_empty());
    }
}
