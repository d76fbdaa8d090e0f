//! Names and instructions in words that can be spoken: abbreviations expanded, numbers made unmistakable.

mod quantity;

use self::quantity::{amount, dashed, ends_in_number, form, per, range, run_on, two_numbers};
use super::frequency::hours;
use super::{abbreviation, doubtful, number};

/// An instruction that can't be read safely: it has an abbreviation or a number with more than one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unsafe;

/// Words that tell a code system's editors what kind of concept a name is. They aren't part of the name.
const SEMANTIC_TAGS: [&str; 14] = [
    " (product)",
    " (medicinal product)",
    " (clinical drug)",
    " (substance)",
    " (disorder)",
    " (finding)",
    " (qualifier value)",
    " (body structure)",
    " (procedure)",
    " (situation)",
    " (observable entity)",
    " - dosing instruction fragment",
    " - dosing instruction imperative",
    " (regime/therapy)",
];

/// What a name or an instruction is read by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// A drug's name is never refused: its words are a drug dictionary's, not a hand's.
    Name,
    /// An instruction is refused where it has two meanings.
    Instruction,
}

/// A word with the punctuation around it.
struct Word<'a> {
    before: &'a str,
    core: &'a str,
    after: &'a str,
}

/// A drug's name, from plain text.
pub(super) fn name(plain: &str) -> String {
    let plain = without_tags(plain);
    // RxNorm's square brackets hold the brand; Epic's and others' round ones hold brands and remarks.
    let plain = plain.replace(" [", ", brand name ").replace(']', "");
    let plain = plain.replace(" (", ", ").replace(") ", ", ").replace(['(', ')', '[', '{', '}'], "");
    let plain = with_space_after_commas(&plain);
    expand(&plain, Manner::Name).unwrap_or(plain)
}

/// A name or phrase of a code system without its editors' tags.
pub(super) fn without_tags(plain: &str) -> String {
    SEMANTIC_TAGS.iter().fold(plain.to_owned(), |plain, tag| plain.replace(tag, "")).trim().to_owned()
}

/// "YAZ,GIANVI" as two names; "100,000" stays one number.
fn with_space_after_commas(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        spaced.push(letter);
        if letter == ',' && letters.peek().is_some_and(|next| next.is_alphabetic()) {
            spaced.push(' ');
        }
    }
    spaced
}

/// An instruction, from plain text.
///
/// # Errors
/// [`Unsafe`], where reading it out would be guessing.
pub(super) fn instruction(plain: &str) -> Result<String, Unsafe> {
    // "tablet(s)" is how a dictionary leaves it open how many; it isn't spoken.
    let plain = without_tags(plain).replace("(s)", "s");
    if doubtful::text(&plain) { Err(Unsafe) } else { expand(&plain, Manner::Instruction) }
}

fn expand(plain: &str, manner: Manner) -> Result<String, Unsafe> {
    let split = |word| if manner == Manner::Instruction { split_run_together(word) } else { vec![word] };
    let words = plain.split_whitespace().flat_map(split).map(Word::of).collect::<Vec<_>>();
    let all_capitals = !plain.chars().any(char::is_lowercase);
    let mut spoken: Vec<String> = Vec::new();
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let previous = index.checked_sub(1).and_then(|index| words.get(index)).map(|word| word.core);
        let next = words.get(index + 1).map(|word| word.core);
        // "q 4 h" is "q4h", "q am" is "qam".
        if manner == Manner::Instruction && word.core.eq_ignore_ascii_case("q") && word.after.is_empty() {
            if let Some(meaning) = next.and_then(|next| abbreviation::meaning(&format!("q{next}"))) {
                let after = words.get(index + 1).map_or("", |word| word.after);
                spoken.push(format!("{}{meaning}{after}", word.before));
                index += 2;
                continue;
            }
            let unit = words.get(index + 2);
            let joined = format!("q{}{}", next.unwrap_or_default(), unit.map_or("", |word| word.core));
            let every = abbreviation::every(&joined).ok_or(Unsafe)?;
            spoken.push(format!("{}{every}{}", word.before, unit.map_or("", |word| word.after)));
            index += 3;
            continue;
        }
        // "1 (one)" says the same twice; "2 (one)" says two things.
        if let (Some(previous), "(", Some(close)) = (previous, word.before, word.after.strip_prefix(')'))
            && let (Some(number), Some(again)) = (number::value(previous), number::value(word.core))
        {
            if manner == Manner::Instruction && (number - again).abs() > f64::EPSILON {
                return Err(Unsafe);
            }
            if let Some(last) = spoken.last_mut() {
                last.push_str(close);
            }
            index += 1;
            continue;
        }
        // "1 1/2" is heard as 1 and 1 half, or 1 one-half.
        if manner == Manner::Instruction && previous.is_some_and(is_whole) && is_fraction(word) {
            spoken.push("and".to_owned());
        }
        let core = match times_sign(&words, index) {
            Some(sign) if manner == Manner::Instruction => sign.to_owned(),
            _ => word.expanded(manner, previous, next, all_capitals)?,
        };
        // "p.o. daily" doesn't end a sentence.
        let goes_on = next.is_some_and(|next| next.starts_with(char::is_lowercase));
        let after = if word.core.contains('.') && word.after == "." && goes_on { "" } else { word.after };
        spoken.push(format!("{}{core}{after}", word.before));
        index += 1;
    }
    Ok(spoken.join(" "))
}

fn is_whole(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_fraction(word: &Word<'_>) -> bool {
    // "1 1/2-2".
    let start =
        word.core.split_once('-').filter(|_| number::value(word.core).is_none()).map_or(word.core, |(low, _)| low);
    word.before.is_empty()
        && !word.core.contains('.')
        && number::value(start).is_some_and(|value| 0.0 < value && value < 1.0)
}

/// "x 7 days" is for so long, "x 2" so many times.
fn times_sign(words: &[Word<'_>], index: usize) -> Option<&'static str> {
    if !matches!(words.get(index)?.core, "x" | "X" | "×") {
        return None;
    }
    let number = words.get(index + 1)?.core;
    let (digits, run_on) = number.split_at(number.find(char::is_alphabetic).unwrap_or(number.len()));
    if digits.is_empty() && number::value(number).is_none() {
        return None;
    }
    // "x 7 (seven) days".
    let counted = words.iter().skip(index + 2).find(|word| word.before.is_empty()).map_or("", |word| word.core);
    let unit = abbreviation::unit_after_number(if digits.is_empty() || run_on.is_empty() { counted } else { run_on });
    let lasts = unit.is_some_and(|(one, _)| matches!(one, "minute" | "hour" | "day" | "week" | "month" | "dose"));
    // "x3/day" is three times.
    let lasts = lasts && !number.contains('/');
    Some(if lasts { "for" } else { "times" })
}

/// "6 hours.Infuse", "x7d", "w/food" and "5-10mg" are two words.
fn split_run_together(word: &str) -> Vec<&str> {
    let digit_follows = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let at = if word.strip_prefix(['x', 'X', '×']).is_some_and(digit_follows) {
        word.chars().next().map(char::len_utf8)
    } else if word.len() > 3 && word.to_lowercase().starts_with("w/") {
        Some(2)
    } else {
        word.find(char::is_alphabetic).filter(|at| {
            let (numbers, unit) = word.split_at(*at);
            let unit = unit.trim_end_matches(|c: char| !c.is_alphanumeric()).split('/').next().unwrap_or_default();
            let is_unit = abbreviation::unit_after_number(unit).is_some() && !abbreviation::is_unsafe_run_on(unit);
            two_numbers(numbers).is_some() && is_unit
        })
    };
    if let Some((before, after)) = at.and_then(|at| word.split_at_checked(at)) {
        return vec![before, after];
    }
    if let Some((before, after)) = word.split_once('.') {
        let letters = |text: &str| text.chars().all(char::is_alphabetic);
        if before.len() > 2
            && after.len() > 1
            && letters(before)
            && letters(after)
            && after.starts_with(char::is_uppercase)
        {
            return vec![word.get(..=before.len()).unwrap_or(word), after];
        }
    }
    vec![word]
}

impl<'a> Word<'a> {
    fn of(word: &'a str) -> Self {
        let opens = |c: char| matches!(c, '(' | '[' | '"' | '\'' | '{');
        let closes = |c: char| matches!(c, ')' | ']' | '"' | '\'' | '}' | ',' | ';' | ':' | '.' | '!' | '?');
        let trimmed = word.trim_start_matches(opens);
        let before = word.get(..word.len() - trimmed.len()).unwrap_or_default();
        let core = trimmed.trim_end_matches(closes);
        let after = trimmed.get(core.len()..).unwrap_or_default();
        Self { before, core, after }
    }

    fn expanded(
        &self,
        manner: Manner,
        previous: Option<&str>,
        next: Option<&str>,
        all_capitals: bool,
    ) -> Result<String, Unsafe> {
        if manner == Manner::Instruction && doubtful::number(self.core) {
            return Err(Unsafe);
        }
        let core = without_periods(self.core);
        let core = core.as_str();
        if let Some(number) = number::number(core) {
            return Ok(amount(&number, next));
        }
        if let Some((low, high)) = range(core, next) {
            return Ok(format!("{low} to {high}"));
        }
        if manner == Manner::Name && is_no_unit_in_name(core, next) {
            return Ok(core.to_owned());
        }
        if manner == Manner::Instruction
            && let Some(dashed) = dashed(core, next)
        {
            return Ok(dashed);
        }
        // "0.25 mg-35 mcg".
        if let Some((unit, number)) = core.split_once('-')
            && let (Some(unit), Some(number)) = (abbreviation::unit_after_number(unit), number::number(number))
            && previous.is_some_and(ends_in_number)
        {
            return Ok(format!("{} dash {number}", form(unit, previous)));
        }
        if let Some(rate) = per(core, previous, manner)? {
            return Ok(rate);
        }
        if let Some(quantity) = run_on(core, manner)? {
            return Ok(quantity);
        }
        let per = previous.is_some_and(|previous| matches!(previous.to_lowercase().as_str(), "per" | "every" | "each"));
        if let Some(unit) = abbreviation::unit_after_number(core).filter(|unit| per && hours(unit.0).is_some()) {
            return Ok(unit.0.to_owned());
        }
        let unit = if previous.is_some_and(ends_in_number) { abbreviation::unit_after_number(core) } else { None };
        if let Some(unit) = unit.or_else(|| abbreviation::unit(core)) {
            // "24 HR tacrolimus" lasts for 24 hours, and is called a 24 hour one.
            let singular = manner == Manner::Name && unit.0 == "hour";
            return Ok(if singular { unit.0 } else { form(unit, previous) }.to_owned());
        }
        if manner == Manner::Name {
            return Ok(core.to_owned());
        }
        if let Some(every) = abbreviation::every(core) {
            return Ok(every);
        }
        if let Some(meaning) = abbreviation::meaning(core) {
            return Ok(meaning.to_owned());
        }
        if abbreviation::is_ambiguous(core, all_capitals, next) {
            return Err(Unsafe);
        }
        // What stands together: PO/PRN, BID-TID, 4mg-6mg.
        let mut has_meaning = false;
        for part in core.split(['/', '-', '+', ',', '.']).filter(|part| *part != core) {
            has_meaning |= run_on(part, manner)?.is_some()
                || abbreviation::meaning(part).is_some()
                || abbreviation::every(part).is_some();
            if abbreviation::is_ambiguous(part, true, Some("-")) {
                return Err(Unsafe);
            }
        }
        if !has_meaning {
            return Ok(core.to_owned());
        }
        // "And", "or" and "to" would be guesses.
        let (sign, spoken) = if core.contains('/') { ('/', " slash ") } else { ('-', " dash ") };
        let parts = core.split(sign).filter(|part| *part != core);
        let parts = parts.map(|part| Word::of(part).expanded(manner, None, None, all_capitals));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        if parts.is_empty() { Err(Unsafe) } else { Ok(parts.join(spoken)) }
    }
}

/// "Calcium 600 D" has no days, and a "31 G x 5 mm" needle no grams.
fn is_no_unit_in_name(core: &str, next: Option<&str>) -> bool {
    let unit = core.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.eq_ignore_ascii_case("d") || (unit.eq_ignore_ascii_case("g") && matches!(next, Some("x" | "X")))
}

/// "b.i.d" as "bid", "a.m" as "AM".
fn without_periods(core: &str) -> String {
    if matches!(core.to_lowercase().as_str(), "a.m" | "p.m") {
        return core.replace('.', "").to_uppercase();
    }
    let single = core.split('.').all(|part| part.len() <= 1 && part.chars().all(|c| c.is_ascii_alphabetic()));
    if single && core.contains('.') { core.replace('.', "") } else { core.to_owned() }
}

#[cfg(test)]
mod tests;
