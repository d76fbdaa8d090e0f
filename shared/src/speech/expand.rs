//! Names and instructions in words that can be spoken: abbreviations expanded, numbers made unmistakable.

mod billing;
mod both_units;
mod broken;
mod cycle;
mod date;
mod day;
mod hour;
mod letters;
mod mixed;
mod order_route;
mod quantity;
mod range;
mod reason;
mod run_together;
mod strength;
mod times;
mod word;

use self::quantity::{counted_range, fraction, is_range_with_fraction};
use self::word::Word;
use super::abbreviation::ambiguous::{Context, has_doubtful_form, is_of_dosing};
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

/// A drug's name, from plain text.
pub(super) fn name(plain: &str) -> String {
    let plain = one_or_several(&number::without_fraction_signs(&without_tags(plain))).replace("/m2", "/m²");
    // RxNorm's square brackets hold the brand; Epic's and others' round ones hold brands and remarks.
    let plain = plain.replace(" [", ", brand name ").replace(']', "");
    let plain = plain.replace(" (", ", ").replace('(', ", ").replace(") ", ", ").replace(")-", ", -");
    let plain = plain.replace(")/", ", slash ").replace([')', '[', '{', '}'], "").replace(",,", ",");
    let plain = with_inches(&with_space_after_commas(&plain));
    // Should a number be lost after all, the name is better read as it is written.
    expand(&plain, Manner::Name).ok().filter(|spoken| number::same_numbers(&plain, spoken)).unwrap_or(plain)
}

/// A name or phrase of a code system without its editors' tags.
pub(super) fn without_tags(plain: &str) -> String {
    // Some write them with a capital: "(Product)".
    let without = |plain: String, tag: &&str| match plain.to_ascii_lowercase().split_once(*tag) {
        Some((before, _)) => {
            let (kept, rest) = plain.split_at_checked(before.len()).unwrap_or_default();
            format!("{kept}{}", rest.get(tag.len()..).unwrap_or_default())
        }
        None => plain,
    };
    SEMANTIC_TAGS.iter().fold(plain.to_owned(), without).trim().to_owned()
}

/// Where "(s)" leaves open whether it is one, or more: an ear, or both of them.
const OF_PAIRS: [&str; 16] = [
    "ear", "Ear", "eye", "Eye", "eyelid", "nostril", "nare", "area", "Area", "site", "nail", "knee", "hand", "leg",
    "arm", "joint",
];

/// "Tablet(s)" is how a dictionary leaves it open how many; it isn't spoken.
fn one_or_several(plain: &str) -> String {
    let plain = OF_PAIRS.iter().fold(plain.to_owned(), |text, one| {
        ["both", "Both", "each", "Each"].iter().fold(text, |text, all| {
            let end = if all.ends_with("th") { "s" } else { "" };
            text.replace(&format!("{all} {one}(s)"), &format!("{all} {one}{end}"))
        })
    });
    let open = OF_PAIRS.iter().fold(plain, |text, one| {
        text.replace(&format!("{one}(s)"), &format!("{one} or {one}s"))
            .replace(&format!("{one}(S)"), &format!("{one} or {one}s"))
    });
    open.replace("(s)", "s").replace("(S)", "S").replace("(es)", "es").replace("(ES)", "ES")
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

/// A needle of `5/16"` has inches.
fn with_inches(text: &str) -> String {
    let mut previous_is_digit = false;
    let mut inches = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == '"' && previous_is_digit {
            inches.push_str(" inch");
        } else {
            inches.push(letter);
        }
        previous_is_digit = letter.is_ascii_digit();
    }
    inches
}

/// Whether a quotation mark stands anywhere but behind a digit.
fn opens_with_quote(text: &str) -> bool {
    let mut previous = ' ';
    text.chars().any(|letter| {
        let opens = letter == '"' && !previous.is_ascii_digit();
        previous = letter;
        opens
    })
}

/// An instruction, from plain text.
///
/// # Errors
/// [`Unsafe`], where reading it out would be guessing.
pub(super) fn instruction(plain: &str) -> Result<String, Unsafe> {
    let plain = one_or_several(&number::without_fraction_signs(&without_tags(plain))).replace("/m2", "/m²");
    let plain = plain.replace('×', "x").replace("H2O", "water").replace("h2o", "water");
    let plain = order_route::in_words(&billing::without_codes(&plain));
    let plain = times::closed_up(&plain);
    let plain = plain.replace("-and-a-half", " and a half").replace("-and-one-half", " and one half");
    // A ribbon of `1"` has an inch; other quotation marks open before a word.
    let plain = if opens_with_quote(&plain) { plain } else { with_inches(&plain) };
    let plain = range::closed_up(&date::in_words(&hour::joined(&plain))?);
    if doubtful::text(&plain) || has_doubtful_form(&plain) {
        return Err(Unsafe);
    }
    let spoken = expand(&plain, Manner::Instruction)?;
    // What no rule above foresees may still lose a number, and that is never read.
    if number::same_numbers(&plain, &spoken) { Ok(spoken) } else { Err(Unsafe) }
}

fn expand(plain: &str, manner: Manner) -> Result<String, Unsafe> {
    let words = plain.split_whitespace().flat_map(|word| run_together::split(word, manner)).map(Word::of);
    let words = words.collect::<Vec<_>>();
    let all_capitals = !plain.chars().any(char::is_lowercase);
    if manner == Manner::Instruction
        && (broken::any(&words) || times::are_unclear(&words) || letters::any_unknown(&words, all_capitals))
    {
        return Err(Unsafe);
    }
    let mut spoken: Vec<String> = Vec::new();
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let before = index.checked_sub(1).and_then(|index| words.get(index));
        let previous = before.map(|word| word.core);
        let next = words.get(index + 1).map(|word| word.core);
        if manner == Manner::Instruction {
            if ends_in_hold(&words, index) {
                return Err(Unsafe);
            }
            let several = match in_several_words(&words, index)? {
                None => both_units::range(&words, index)?.or_else(|| strength::of_several(&words, index)),
                several => several,
            };
            if let Some((several, taken)) = several {
                spoken.push(several);
                index += taken;
                continue;
            }
            if is_said_again(before, word)? {
                let close = word.after.strip_prefix(')').unwrap_or_default();
                if let Some(last) = spoken.last_mut() {
                    // "One-half (1/2)".
                    if word.core.contains('/') {
                        word.core.clone_into(last);
                    }
                    let goes_on = close.is_empty() && words.get(index + 1).is_some_and(is_another_number);
                    last.push_str(if goes_on { "," } else { close });
                }
                index += 1;
                continue;
            }
            if let Some(half) = range::half_a_tablet(&words, index) {
                spoken.push(half);
                index += 2;
                continue;
            }
            if let Some(once) = times::once(&words, index) {
                spoken.push(once);
                index += 2;
                continue;
            }
            // "1 1/2" is heard as 1 and 1 half, or 1 one-half.
            if previous.is_some_and(is_whole) && fraction(word.before, word.core) {
                spoken.push("and".to_owned());
            }
            if is_range_with_fraction(word.core, words.get(index + 1)) {
                let counted = words.get(index + 2).map(|word| word.core);
                let range = counted_range(word.core, next.unwrap_or_default(), counted).ok_or(Unsafe)?;
                spoken.push(format!("{}{range}{}", word.before, words.get(index + 1).map_or("", |word| word.after)));
                index += 2;
                continue;
            }
            // "2 500 mg" are two of 500, or 2500 to some hands.
            let alone = word.after.is_empty() && words.get(index + 1).is_some_and(|next| next.before.is_empty());
            if alone && is_whole(word.core) && word.core.len() < 4 && next.is_some_and(has_three_digits) {
                return Err(Unsafe);
            }
        }
        // One and a half of something are several, and so are twenty one.
        let previous = if mixed::is_part_of_more(&words, index) { Some("1.5") } else { previous };
        let plain_range = if manner == Manner::Instruction { range::plain(&words, index) } else { None };
        let reasons = if manner == Manner::Instruction { reason::alternatives(&words, index) } else { None };
        let core = match (times::sign(&words, index), plain_range.or(reasons)) {
            (_, Some(known)) => known,
            (Some(sign), None) if manner == Manner::Instruction => sign.to_owned(),
            _ => {
                let opens = before.is_none_or(|before| !before.after.is_empty()) || !word.before.is_empty();
                word.expanded(manner, Context { previous, next, all_capitals }, opens)?
            }
        };
        // "p.o. daily" doesn't end a sentence.
        let goes_on = next.is_some_and(|next| next.starts_with(char::is_lowercase));
        let after = if word.core.contains('.') && word.after == "." && goes_on { "" } else { word.after };
        // "1 5 mg tablet" is heard as 15.
        let pauses = manner == Manner::Instruction && after.is_empty() && number::value(word.core).is_some();
        let after = if pauses && words.get(index + 1).is_some_and(is_another_number) { "," } else { after };
        let lacks_for = manner == Manner::Instruction && after.is_empty() && core.ends_with("as needed");
        let after = if lacks_for && reason::follows(&words, index) { " for" } else { after };
        spoken.push(format!("{}{core}{after}", word.before));
        index += 1;
    }
    Ok(spoken.join(" "))
}

/// "q 4 h" is "q4h", "q4 hours" too, "q am" is "qam", and beside "ac", "hs" is no half-strength: the words' meaning, and
/// how many they are.
fn in_several_words(words: &[Word<'_>], index: usize) -> Result<Option<(String, usize)>, Unsafe> {
    let Some(word) = words.get(index).filter(|word| matches!(word.after, "" | ".")) else { return Ok(None) };
    let core = |index: usize| words.get(index).map_or("", |word| word.core);
    let after = |index: usize| words.get(index).map_or("", |word| word.after);
    let counted = word.core.strip_prefix(['q', 'Q']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if word.core.eq_ignore_ascii_case("ac") {
        // "AC & HS", "ac hs".
        let joint = usize::from(matches!(core(index + 1), "and" | "plus"));
        if core(index + 1 + joint).eq_ignore_ascii_case("hs") {
            let after = after(index + 1 + joint);
            return Ok(Some((format!("{}before meals and at bedtime{after}", word.before), 2 + joint)));
        }
    }
    if let Some(meal) = at_meal(words, index) {
        return Ok(Some(meal));
    }
    // "MR x 3".
    if word.core == "MR" && matches!(core(index + 1), "x" | "X") && is_whole(core(index + 2)) {
        let times = if core(index + 2) == "1" { "time" } else { "times" };
        return Ok(Some((format!("may repeat {} {times}{}", core(index + 2), after(index + 2)), 3)));
    }
    if word.core.eq_ignore_ascii_case("q") {
        if let Some(meaning) = abbreviation::meaning(&format!("q{}", core(index + 1).replace('.', ""))) {
            return Ok(Some((format!("{}{meaning}{}", word.before, after(index + 1)), 2)));
        }
        // "q week on Mondays".
        if let Some(every) = abbreviation::every(&format!("q{}", core(index + 1)))
            && !core(index + 1).starts_with(|c: char| c.is_ascii_digit())
        {
            return Ok(Some((format!("{}{every}{}", word.before, after(index + 1)), 2)));
        }
        let every = abbreviation::every(&format!("q{}{}", core(index + 1), core(index + 2))).ok_or(Unsafe)?;
        return Ok(Some((format!("{}{every}{}", word.before, after(index + 2)), 3)));
    }
    let every = abbreviation::every(&format!("{}{}", word.core, core(index + 1))).filter(|_| counted);
    Ok(every.map(|every| (format!("{}{every}{}", word.before, after(index + 1)), 2)))
}

/// "1 tab ac breakfast" is before breakfast. "Pepcid AC" is a drug.
fn at_meal(words: &[Word<'_>], index: usize) -> Option<(String, usize)> {
    let word = words.get(index)?;
    let when = match word.core.to_lowercase().as_str() {
        "ac" => "before",
        "pc" => "after",
        _ => return None,
    };
    let previous = words.get(index.checked_sub(1)?)?.core.to_lowercase();
    let meal = words.get(index + 1).filter(|meal| meal.before.is_empty())?;
    let lower = meal.core.to_lowercase();
    let is_meal = matches!(lower.as_str(), "breakfast" | "lunch" | "dinner" | "supper" | "meal" | "meals");
    let said = || (format!("{}{when} {lower}{}", word.before, meal.after), 2);
    (is_meal && is_of_dosing(&previous)).then(said)
}

/// Whether an instruction ends in a lone "Hold": the pharmacy's, which keeps the order, or the patient's, who must not take
/// it.
fn ends_in_hold(words: &[Word<'_>], index: usize) -> bool {
    let Some(word) = words.get(index).filter(|word| word.core.eq_ignore_ascii_case("hold")) else { return false };
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    let is_apart =
        before.is_some_and(|before| !before.after.is_empty() || before.core == "-") || !word.before.is_empty();
    let is_shouted = word.core == "HOLD" && before.is_some_and(|before| before.core.contains(char::is_lowercase));
    (is_apart || is_shouted) && index + 1 == words.len()
}

/// "1 (one)" says the same twice; "2 (one)" says two things.
fn is_said_again(before: Option<&Word<'_>>, word: &Word<'_>) -> Result<bool, Unsafe> {
    let Some(before) = before.filter(|_| word.before == "(" && word.after.starts_with(')')) else { return Ok(false) };
    match (number::value(before.core), number::value(word.core)) {
        (Some(number), Some(again)) if (number - again).abs() > f64::EPSILON => Err(Unsafe),
        (Some(_), Some(_)) => Ok(true),
        _ => Ok(false),
    }
}

/// "500" and "500mg".
fn has_three_digits(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.len() - rest.len() == 3 && !rest.starts_with(['.', ',', '/', '-'])
}

fn is_another_number(word: &Word<'_>) -> bool {
    let is_number = word.core.starts_with(|c: char| c.is_ascii_digit());
    word.before.is_empty() && is_number && !fraction(word.before, word.core)
}

fn is_whole(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
