//! One word of a name or an instruction, with the punctuation around it.

use super::cycle;
use super::day;
use super::quantity::{amount, two_strengths, with_dash};
use super::quantity::{ends_in_number, form, is_narrow, joined, lost_its_point, per, run_on};
use super::{Manner, Unsafe};
use crate::speech::abbreviation::ambiguous::{Context, is_ambiguous, is_no_unit, is_numbering};
use crate::speech::frequency::hours;
use crate::speech::{abbreviation, doubtful, number};

/// A word with the punctuation around it.
pub(super) struct Word<'a> {
    pub(super) before: &'a str,
    pub(super) core: &'a str,
    pub(super) after: &'a str,
}

impl<'a> Word<'a> {
    pub(super) fn of(word: &'a str) -> Self {
        let opens = |c: char| matches!(c, '(' | '[' | '"' | '\'' | '{');
        let closes = |c: char| matches!(c, ')' | ']' | '"' | '\'' | '}' | ',' | ';' | ':' | '.' | '!' | '?');
        let trimmed = word.trim_start_matches(opens);
        let before = word.get(..word.len() - trimmed.len()).unwrap_or_default();
        let core = trimmed.trim_end_matches(closes);
        let after = trimmed.get(core.len()..).unwrap_or_default();
        Self { before, core, after }
    }

    /// The word as it is spoken. `opens`: it opens a sentence, or a part of one.
    pub(super) fn expanded(&self, manner: Manner, context: Context<'_>, opens: bool) -> Result<String, Unsafe> {
        let Context { previous, next, .. } = context;
        if manner == Manner::Instruction && (doubtful::number(self.core) || lost_its_point(self.core, next)) {
            return Err(Unsafe);
        }
        // "i.e." is what it says; "ie" may be a disease.
        match self.core.to_lowercase().as_str() {
            "i.e" if manner == Manner::Instruction => return Ok("that is".to_owned()),
            "e.g" if manner == Manner::Instruction => return Ok("for example".to_owned()),
            _ => {}
        }
        if manner == Manner::Instruction && is_heart_rate(self.core, context, opens) {
            return Ok("heart rate".to_owned());
        }
        let core = without_periods(self.core);
        let core = core.as_str();
        if let Some(number) = number::number(core) {
            return Ok(amount(&number, next));
        }
        if let Some(joined) = joined(core, previous, next, opens, manner)? {
            return Ok(joined);
        }
        if let Some(numbers) = two_strengths(core, next, manner) {
            return Ok(numbers);
        }
        let is_other = is_no_unit(core, next) && (core.len() > 1 || previous.is_some_and(ends_in_number));
        if manner == Manner::Name && (is_other || is_no_unit_in_name(core)) {
            return Ok(core.to_owned());
        }
        if is_other {
            return Err(Unsafe);
        }
        if manner == Manner::Name
            && let Some(number) = core.strip_prefix('-').and_then(number::number)
        {
            return Ok(format!("dash {}", amount(&number, next)));
        }
        if let Some(quantity) = with_dash(core, previous) {
            return Ok(quantity);
        }
        if let Some(rate) = per(core, previous, next, manner)? {
            return Ok(rate);
        }
        if let Some(quantity) = run_on(core, manner)? {
            return Ok(quantity);
        }
        if let Some(unit) = unit(core, manner, previous, next) {
            return Ok(unit.to_owned());
        }
        if manner == Manner::Name { Ok(core.to_owned()) } else { in_instruction(core, context) }
    }
}

fn unit(core: &str, manner: Manner, previous: Option<&str>, next: Option<&str>) -> Option<&'static str> {
    let per = previous.is_some_and(|previous| matches!(previous.to_lowercase().as_str(), "per" | "every" | "each"));
    if let Some(unit) = abbreviation::unit_after_number(core).filter(|unit| per && hours(unit.0).is_some()) {
        return Some(unit.0);
    }
    // "5 mg tab", and "prenatal tab" in a name.
    let is_form = matches!(core.to_lowercase().as_str(), "tab" | "tabs" | "cap" | "caps");
    // "10mg tab".
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let follows_unit =
        previous.is_some_and(|previous| abbreviation::unit(previous.trim_start_matches(is_digit)).is_some());
    // "1 ER tab".
    let is_of_release = previous
        .is_some_and(|previous| matches!(previous, "ER" | "SR" | "XR" | "XL" | "CR" | "DR" | "EC" | "LA" | "ODT"));
    let follows_unit = follows_unit || is_of_release;
    let counted = previous.is_some_and(ends_in_number);
    let unit = if counted || (is_form && (follows_unit || manner == Manner::Name)) {
        abbreviation::unit_after_number(core)
    } else {
        None
    };
    let unit = unit.or_else(|| abbreviation::unit(core))?;
    // "24 HR tacrolimus" lasts for 24 hours, and is called a 24 hour one.
    let is_of_time = unit.0 == "hour" || (hours(unit.0).is_some() && core.eq_ignore_ascii_case(unit.0));
    let singular = manner == Manner::Name && is_of_time && !previous.is_some_and(|word| word.contains('/'));
    // "A 21 day cycle".
    let is_measure = next.is_some_and(|next| matches!(next, "cycle" | "cycles" | "supply" | "course" | "period"));
    let singular = singular || (is_measure && counted && hours(unit.0).is_some());
    // "A 20 mg tab" is one.
    let singular = singular || (is_form && !counted && !core.to_lowercase().ends_with('s'));
    // "5-325 tablet" is one, with two strengths.
    let is_joined = |word: &&str| number::value(word).is_none() && !word.starts_with('-') && word.contains(['-', '/']);
    let strengths = previous.filter(is_joined);
    let is_range = manner == Manner::Instruction && strengths.is_some_and(is_narrow);
    let singular = singular || (strengths.is_some() && (core == unit.0 || (is_form && !is_range)));
    Some(if singular { unit.0 } else { form(unit, previous) })
}

/// A word of an instruction that is no quantity.
fn in_instruction(core: &str, context: Context<'_>) -> Result<String, Unsafe> {
    if is_numbering(core, context.previous) {
        return Ok(core.to_owned());
    }
    if let Some(every) = abbreviation::every(core) {
        return Ok(every);
    }
    if let Some(days) = day::names(core, context)?.or_else(|| cycle::days(core)) {
        return Ok(days);
    }
    if is_ambiguous(core, context) || doubtful::runs_into_letters(core) {
        return Err(Unsafe);
    }
    if let Some(meaning) = abbreviation::meaning(core) {
        return Ok(meaning.to_owned());
    }
    if let Some(Some(meanings)) = abbreviation::run_together(core) {
        return Ok(meanings);
    }
    standing_together(core)
}

/// Whether "HR" is what is measured: "HR less than 60". Behind a number it may be hours: "every 4 HR at most".
fn is_heart_rate(core: &str, context: Context<'_>, opens: bool) -> bool {
    let Context { previous, next: Some(next), .. } = context else { return false };
    let compares = matches!(next, "less" | "greater" | "at" | "above" | "below" | "under" | "over" | "is" | "equals");
    let may_be_hours = !opens && previous.is_some_and(ends_in_number) && !matches!(next, "less" | "greater");
    core == "HR" && compares && !may_be_hours
}

/// What stands together: PO/PRN, BID-TID, 4mg-6mg.
fn standing_together(core: &str) -> Result<String, Unsafe> {
    let parts = core.split(['/', '-', ',', '.']).filter(|part| *part != core).collect::<Vec<_>>();
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let only_letters = parts.len() > 1 && parts.iter().all(|part| is_letter(part));
    let mut has_meaning = false;
    let mut kinds = Vec::new();
    let mut previous = None;
    for part in parts.iter().copied() {
        let context = Context { previous, next: Some("-"), all_capitals: true };
        kinds.extend(kind(part));
        has_meaning |= run_on(part, Manner::Instruction)?.is_some()
            || abbreviation::meaning(part).is_some()
            || abbreviation::every(part).is_some();
        // "X-ray" and "D-dimer" are words; "N/V", "M-W-F" and "w-c" are not.
        let is_of_word =
            is_letter(part) && !core.contains('/') && !matches!(part, "c" | "s" | "p" | "t" | "u" | "q" | "Q");
        if only_letters || (!is_of_word && is_ambiguous(part, context)) {
            return Err(Unsafe);
        }
        previous = Some(part);
    }
    if !has_meaning {
        return Ok(core.to_owned());
    }
    // "On non-HD days".
    if let [first, second] = parts.as_slice()
        && first.eq_ignore_ascii_case("non")
    {
        let context = Context { previous: Some("non"), next: None, all_capitals: true };
        return Ok(format!("{first}-{}", Word::of(second).expanded(Manner::Instruction, context, false)?));
    }
    let all_known = kinds.len() == parts.len();
    let joint = match kinds.as_slice() {
        // "BID-TID" is from the one to the other; "QD/BID" is either, or a change.
        [Kind::Often(low), Kind::Often(high)] if all_known && core.contains('-') && *low > 0 && low + 1 == *high => {
            Some(" to ")
        }
        // Several of one kind are alternatives, or one after the other.
        [one, others @ ..] if others.iter().any(|other| one.is_like(other)) => return Err(Unsafe),
        // "PO/PRN": by mouth, and as needed.
        _ if all_known => Some(", "),
        _ => None,
    };
    // "And", "or" and "to" would be guesses.
    let (sign, spoken) = if core.contains('/') { ('/', " slash ") } else { ('-', " dash ") };
    let mut previous = None;
    let mut words = Vec::new();
    for part in core.split(sign).filter(|part| *part != core) {
        let context = Context { previous, next: None, all_capitals: true };
        words.push(Word::of(part).expanded(Manner::Instruction, context, false)?);
        previous = Some(part);
    }
    // "APAP/day", behind so many grams.
    let is_time = |word: &str| matches!(word, "day" | "week" | "month" | "hour" | "hr" | "dose");
    let is_often = |word: &String| word.contains("day") || word.contains("every") || word.starts_with("as ");
    match words.as_mut_slice() {
        [] => Err(Unsafe),
        [what, time] if sign == '/' && previous.is_some_and(is_time) && !is_often(what) => {
            Ok(format!("{what} per {time}"))
        }
        words => Ok(words.join(joint.unwrap_or(spoken))),
    }
}

/// What an abbreviation tells.
#[derive(Clone, Copy)]
enum Kind {
    /// How often: so many times a day; nought for what isn't.
    Often(u8),
    Way,
    Meal,
    AsNeeded,
}

impl Kind {
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

fn kind(part: &str) -> Option<Kind> {
    match part.to_lowercase().as_str() {
        "daily" => return Some(Kind::Often(1)),
        "nightly" | "weekly" | "monthly" => return Some(Kind::Often(0)),
        _ => {}
    }
    if abbreviation::every(part).is_some() {
        return Some(Kind::Often(0));
    }
    Some(match abbreviation::meaning(part)? {
        "daily" => Kind::Often(1),
        "two times a day" => Kind::Often(2),
        "three times a day" => Kind::Often(3),
        "four times a day" => Kind::Often(4),
        "every other day" | "at bedtime" | "every morning" | "every evening" => Kind::Often(0),
        "by mouth" | "under the tongue" | "under the skin" | "intramuscular" | "intravenous" => Kind::Way,
        "before meals" | "after meals" => Kind::Meal,
        "as needed" => Kind::AsNeeded,
        _ => return None,
    })
}

/// "Calcium 600 D" has no days, and a "31 G" needle no grams.
fn is_no_unit_in_name(core: &str) -> bool {
    let unit = core.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.eq_ignore_ascii_case("d") || unit == "G"
}

/// "b.i.d" as "bid", "a.m" as "AM".
fn without_periods(core: &str) -> String {
    if matches!(core.to_lowercase().as_str(), "a.m" | "p.m") {
        return core.replace('.', "").to_uppercase();
    }
    let single = core.split('.').all(|part| part.len() <= 1 && part.chars().all(|c| c.is_ascii_alphabetic()));
    if single && core.contains('.') { core.replace('.', "") } else { core.to_owned() }
}
