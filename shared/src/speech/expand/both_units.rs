//! A dose from so much to so much, with its unit on both sides: "500mg - 1000mg", "500 mg-1000 mg".

use super::Unsafe;
use super::quantity::{amount, form, is_before_counts, is_counted};
use super::range::are_strengths_of_one;
use super::word::Word;
use crate::speech::abbreviation::{self, Unit};
use crate::speech::number;

/// How much larger than its start a range's end is at most: "25 mg-100 mg" are the strengths of carbidopa and levodopa.
const WIDEST_RANGE: f64 = 4.0;

/// The range at `index`, and how many words it takes. Behind a drug's name, and before "tablets", it may be two strengths.
///
/// # Errors
/// [`Unsafe`] for one that goes down: a taper, or a slip.
pub(super) fn range(words: &[Word<'_>], index: usize) -> Result<Option<(String, usize)>, Unsafe> {
    let Some(first) = words.get(index) else { return Ok(None) };
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    let opens = before.is_none_or(|before| !before.after.is_empty()) || !first.before.is_empty();
    if !opens && !before.is_some_and(|before| is_before_counts(before.core)) {
        return Ok(None);
    }
    let mut joined = String::new();
    for taken in 1..=5 {
        let Some(word) = words.get(index + taken - 1) else { break };
        if taken > 1 && !word.before.is_empty() {
            break;
        }
        joined.push_str(word.core);
        let next = words.get(index + taken).map_or("", |next| next.core);
        let ends = !word.after.is_empty();
        if let Some((low, high)) = parts(&joined).filter(|_| ends || !is_counted(next)) {
            let said = said(&low, &high)?;
            return Ok(said.map(|said| (format!("{}{said}{}", first.before, word.after), taken)));
        }
        if ends {
            break;
        }
    }
    Ok(None)
}

fn said(low: &Quantity, high: &Quantity) -> Result<Option<String>, Unsafe> {
    let (from, until) = (low.value(), high.value());
    if from >= until {
        // "0.25 mg-35 mcg" are of two substances.
        return if low.unit == high.unit { Err(Unsafe) } else { Ok(None) };
    }
    if until >= WIDEST_RANGE * from || are_strengths_of_one(from / 1e3, until / 1e3) {
        return Ok(None);
    }
    Ok(Some(format!("{} to {}", low.words(), high.words())))
}

/// A number with its unit.
struct Quantity {
    number: String,
    unit: Unit,
}

impl Quantity {
    /// How much it is: of masses, in micrograms.
    fn value(&self) -> f64 {
        number::value(&self.number).unwrap_or_default() * mass(self.unit).unwrap_or(1.0)
    }

    fn words(&self) -> String {
        format!("{} {}", amount(&self.number, Some(self.unit.0)), form(self.unit, Some(&self.number)))
    }
}

fn mass(unit: Unit) -> Option<f64> {
    match unit.0 {
        "gram" => Some(1e6),
        "milligram" => Some(1e3),
        "microgram" => Some(1.0),
        _ => None,
    }
}

/// "500mg-1000mg" as its two quantities, which are of one unit, or masses.
fn parts(text: &str) -> Option<(Quantity, Quantity)> {
    let (low, high) = text.split_once('-')?;
    let (low, high) = (quantity(low)?, quantity(high)?);
    (low.unit == high.unit || mass(low.unit).and(mass(high.unit)).is_some()).then_some((low, high))
}

fn quantity(text: &str) -> Option<Quantity> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
    let (digits, unit) = text.split_at(end);
    let is_safe = !abbreviation::is_unsafe_run_on(unit);
    let unit = abbreviation::unit_after_number(unit).filter(|_| is_safe)?;
    Some(Quantity { number: number::number(digits)?, unit })
}
