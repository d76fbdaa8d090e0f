//! What a language has words for. One trait, so that no language can lack a sentence.

use jiff::civil::Date;

use super::fact::{Amounts, Fact, Method, Named, Route};
use super::sentence::Sentence;
use super::unit::Unit;
use super::{Locale, en_us, es_us};

/// Sentences without anything to fill in.
pub struct Remarks {
    /// The chart gives no name that can be spoken.
    pub unnamed: &'static str,
    /// It is on hold.
    pub on_hold: &'static str,
    /// There are no instructions.
    pub no_instructions: &'static str,
    /// There are instructions, and they can't be read out safely.
    pub unreadable: &'static str,
    /// The instructions that were just read contradict each other, or what the chart has beside them does.
    pub differing: &'static str,
    /// The instructions contradict each other, and none was read.
    pub disagreeing: &'static str,
    /// There is more than the instructions that were just read.
    pub more_in_chart: &'static str,
    /// A dose whose unit the chart doesn't give.
    pub no_unit: &'static str,
    /// It has a reason that can't be read out.
    pub more_purpose: &'static str,
    /// Instructions without a dose.
    pub no_dose: &'static str,
    /// Instructions that don't say how often or when.
    pub no_timing: &'static str,
    /// Instructions that say neither.
    pub no_dose_or_timing: &'static str,
}

/// A date of the structure, as exact as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Year(i16),
    Month(i16, i8),
    Day(Date),
    /// An instant: the day depends on the time zone, which we don't know.
    About(Date),
}

/// How an instruction follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// The chart doesn't say.
    Unknown,
    /// It is the first of a sequence.
    First,
    /// It comes after it.
    Then,
    /// Both hold: one is for some days or hours, the other for others.
    Beside,
}

/// A language.
pub(super) trait Language: Sync {
    /// What is said as it is.
    fn remarks(&self) -> &'static Remarks;
    /// The sentence of a medication's name, and what else it is called.
    fn name(&self, name: &str, also: &[String]) -> String;
    /// The instructions.
    fn instruction(&self, words: &str) -> String;
    /// What of the instructions can be said, where they say more in English.
    fn instruction_in_part(&self, words: &str) -> String {
        self.instruction(words)
    }
    /// The written instructions, which are in English.
    fn written_in_english(&self, words: &str) -> String;
    /// What the chart has beside the written instructions.
    fn adds(&self, phrases: &str) -> String;
    /// What the chart has that contradicts them.
    fn contradicts(&self, phrases: &str) -> String;
    /// An additional instruction.
    fn additional(&self, words: &str) -> String;
    /// Which of several instructions comes now.
    fn part(&self, number: usize, count: usize, follows: Follows) -> String;
    /// From when to when the order runs. `passed`: it has ended.
    fn listed(&self, from: Option<&str>, until: Option<&str>, passed: bool) -> String;
    /// A date.
    fn date(&self, date: When) -> String;
    /// What it is for.
    fn purpose(&self, reasons: &[String]) -> String;
    /// A fact, as a part of a sentence.
    fn phrase(&self, fact: &Fact) -> String;
    /// A number with its decimals, in words.
    fn decimal(&self, whole: &str, decimals: &str) -> String;
    /// What to do with it, with how much: `None` where nothing behind it says.
    fn verb(&self, method: Method, dose: Option<&Amounts>) -> &'static str;
    /// What is done with it that goes this way, where the chart doesn't say.
    fn method_of(&self, route: Route) -> Method;
    /// What is said behind written instructions whose words people understand in different ways. `is_told`: the chart's
    /// structure has said which is meant.
    fn advice_on_dialect(&self, _words: &str, _is_told: bool) -> Option<&'static str> {
        None
    }
    /// What is said behind sentences of which some are in another language than the listener's.
    fn advice_on_other_language(&self, sentences: &[Sentence]) -> Option<&'static str>;
}

impl Locale {
    /// What is spoken of medications in this language.
    pub(super) fn language(self) -> &'static dyn Language {
        match self {
            Self::EnUs => &en_us::English,
            Self::EsUs => &es_us::Spanish,
        }
    }
}

/// Facts as the words of a sentence: what to do with how much, by which way and where, and behind commas the rest. Where
/// the chart doesn't say what to do, the way tells.
pub(super) fn directions(language: &dyn Language, facts: &[&Fact]) -> String {
    let verb = facts.iter().find_map(|fact| match fact {
        Fact::Route(Named::Known(route)) => Some(language.method_of(*route)),
        _ => None,
    });
    row(language, facts, verb)
}

/// Facts beside an instruction, one by one.
pub(super) fn additions(language: &dyn Language, facts: &[&Fact]) -> String {
    row(language, facts, None)
}

fn row(language: &dyn Language, facts: &[&Fact], verb: Option<Method>) -> String {
    let mut facts = facts.to_vec();
    facts.sort_by_key(|fact| place(fact));
    // Beside no other, a dose isn't one that is given again.
    let has_first = facts.iter().any(|fact| matches!(fact, Fact::Dose { again: false, .. }));
    let alone = facts.iter().find_map(|fact| match fact {
        Fact::Dose { amounts, again: true } if !has_first => {
            Some(Fact::Dose { amounts: amounts.clone(), again: false })
        }
        _ => None,
    });
    if let (Some(alone), Some(again)) = (&alone, facts.iter_mut().find(|fact| matches!(fact, Fact::Dose { .. }))) {
        *again = alone;
    }
    let dose = facts.iter().find_map(|fact| match fact {
        Fact::Dose { amounts, .. } => Some(amounts),
        _ => None,
    });
    let own = facts.iter().find_map(|fact| match fact {
        Fact::Method(Named::Known(method)) => Some(*method),
        _ => None,
    });
    let is_instruction = verb.is_some() || own.is_some();
    let mut said = own.or(verb).map_or_else(String::new, |method| language.verb(method, dose).to_owned());
    let mut apart = !is_instruction;
    // Whoever inhales breathes it in.
    let is_in_verb = |fact: &&&Fact| {
        let inhaled = is_instruction && own.or(verb) == Some(Method::Inhale);
        inhaled && matches!(fact, Fact::Route(Named::Known(Route::Inhalation)))
    };
    for fact in facts.iter().filter(|fact| place(fact) > 0 && !is_in_verb(fact)) {
        apart |= place(fact) >= PLACE_OF_TIME || matches!(fact, Fact::Dose { again: true, .. });
        if !said.is_empty() {
            said.push_str(if apart { ", " } else { " " });
        }
        said.push_str(&language.phrase(fact));
        apart = !is_instruction
            || matches!(fact, Fact::Dose { again: true, .. })
            || matches!(fact, Fact::Dose { amounts, .. } if amounts.measure.of == Unit::None);
    }
    said
}

/// From here on, facts stand behind commas.
const PLACE_OF_TIME: u8 = 10;

/// Where in the sentence a fact is said.
fn place(fact: &Fact) -> u8 {
    match fact {
        Fact::Method(Named::Known(_)) => 0,
        Fact::Dose { again: false, .. } => 1,
        Fact::Dose { again: true, .. } => 2,
        Fact::Route(_) => 3,
        Fact::Site(_) | Fact::Method(Named::Words(_)) => PLACE_OF_TIME,
        Fact::Rate { .. } => 11,
        Fact::Lasting(_) => 12,
        Fact::Often(_) => 13,
        Fact::Days(_) => 14,
        Fact::Times(_) => 15,
        Fact::Moments(_) | Fact::AfternoonOrEvening => 16,
        Fact::Events(_) => 17,
        Fact::AsNeeded(_) => 18,
        Fact::Course(_) => 19,
        Fact::Count(..) => 20,
        Fact::Limit { .. } => 21,
        Fact::Additional(_) => 22,
    }
}

/// `words` with an end.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim_end();
    if words.ends_with(['.', '!', '?']) {
        words.to_owned()
    } else {
        format!("{}.", words.trim_end_matches([',', ';', ':']))
    }
}

/// `words` with a capital at the start.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "a, b and c".
pub(super) fn list(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}
