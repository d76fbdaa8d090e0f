//! What is said of one dosage instruction: its words, and what its structure says beside them.

use jiff::Timestamp;

use super::dispute;
use super::structure;
use super::written::{self, Tongue, Words, Written};
use crate::fhir::dosage::Dosage;
use crate::speech::Locale;
use crate::speech::course::Course;
use crate::speech::coverage::{Said, Verdict, says_again, says_nothing_beyond};
use crate::speech::fact::{Doubt, Fact, Found, Number, Often, Reading, readable};
use crate::speech::language::{Language, directions};
use crate::speech::order_noise::Instruction;
use crate::speech::plain_text::has_unspoken;
use crate::speech::sentence::Sentence;
use crate::speech::spanish_text::meaning;

/// Where a course's dates stand.
const DATED: [&str; 2] = ["text", "timing.repeat.boundsPeriod"];

/// Instructions that aren't read out.
pub(super) enum Unreadable {
    /// They can't be read out whole.
    Unsafe,
    /// There are no words, and the structure says two things at once.
    Disagreeing,
}

/// What is said of one dosage instruction, and whether the chart has more.
pub(super) struct Part {
    pub(super) sentences: Vec<Sentence>,
    pub(super) more: bool,
}

/// The facts of a structure beside the words.
struct Compared<'a> {
    lacking: Vec<&'a Found>,
    contradicted: Vec<&'a Found>,
}

impl Part {
    /// The part of `dosage`, which stands at `path`.
    pub(super) fn of(locale: Locale, dosage: &Dosage, path: &str, now: Timestamp) -> Result<Self, Unreadable> {
        let language = locale.language();
        let reading = Reading::of(dosage);
        if reading.is_unsafe {
            return Err(Unreadable::Unsafe);
        }
        let Words { written, unread, order: Instruction { from, until, .. } } = written::of(locale, dosage, path)?;
        // An order can be signed before it starts, and be listed as active behind its end.
        let words = |end: Option<&str>| end.map(readable).transpose().map_err(|_| Unreadable::Unsafe);
        let course = Course::of(&dosage.timing, words(from)?, words(until)?);
        let reading = dispute::settled(reading, written.iter().any(|own| Said::of(&compared_words(own)).as_needed()));
        let disputed = reading.disputed.iter().map(|found| format!("{path}.{}", found.path)).collect::<Vec<_>>();
        let mut differing = Vec::new();
        let mut part = if written.is_empty() {
            let sentences = structure::alone(language, path, &reading, &course)?;
            Self { sentences, more: reading.doubt > Doubt::None }
        } else {
            let (reading, is_open) = beside_words(&written, reading);
            differing.extend(disputed.into_iter().filter(|_| is_open));
            let mut part = beside(language, path, &written, &reading, &course);
            part.sentences.extend(advice_on_dialect(language, &written, &reading));
            part
        };
        if course.is_reversed {
            differing.extend(DATED.map(|element| format!("{path}.{element}")));
        }
        if let [order, patient] = written.as_slice()
            && Said::of(&compared_words(order)).claims().disagrees(&Said::of(&compared_words(patient)).claims())
        {
            differing.extend([order.path.clone(), patient.path.clone()]);
        }
        if !differing.is_empty() {
            part.sentences.push(Sentence::new(language.remarks().differing, differing));
        }
        let sources = DATED.map(|element| format!("{path}.{element}"));
        part.sentences.extend(course.sentence(language, now).map(|words| Sentence::new(words, sources.to_vec())));
        part.more |= course.more || unread;
        Ok(part)
    }
}

/// What is said of words that are understood in different ways, unless the structure says which is meant.
fn advice_on_dialect(language: &dyn Language, written: &[Written], reading: &Reading) -> Option<Sentence> {
    let is_told = often(reading).is_some_and(|often| often.times == Some(Number::ONE) && often.period_most.is_none());
    let own = written.iter().filter(|own| own.tongue == Tongue::Spanish);
    let advice = |own: &Written| Some((language.advice_on_dialect(&own.words, is_told)?, own.path.clone()));
    own.filter_map(advice).next().map(|(advice, path)| Sentence::new(advice, vec![path]))
}

/// A structure beside words, and whether it is to be told that it says two things at once. What the words say themselves, or
/// contradict, is compared with them like any other fact; what they lack is told by nobody.
fn beside_words(written: &[Written], mut reading: Reading) -> (Reading, bool) {
    let words = written.iter().map(compared_words).collect::<Vec<_>>();
    let all = words.iter().map(|words| Said::of(words)).collect::<Vec<_>>();
    let is = |found: &Found, wanted: Verdict| all.iter().any(|said| verdict(said, &found.fact, &reading) == wanted);
    let (contradicted, others): (Vec<_>, Vec<_>) =
        reading.disputed.iter().cloned().partition(|found| is(found, Verdict::Contradicted));
    let has_limit = others.iter().any(|found| matches!(found.fact, Fact::Limit { .. }));
    let is_said = others.iter().all(|found| is(found, Verdict::Said));
    let is_dose = |found: &&Found| matches!(found.fact, Fact::Dose { .. });
    // "But another part of your chart says: 5 milligrams, 50 milligrams."
    let is_of_two_doses = contradicted.iter().filter(is_dose).count() > 1;
    // Words that are above their own limit as well.
    let is_open = !is_said || is_of_two_doses || (has_limit && contradicted.is_empty());
    if !is_of_two_doses {
        reading.facts.extend(contradicted);
    }
    if is_said && !is_open {
        reading.facts.extend(others);
    }
    (reading, is_open)
}

/// The words, and the structure beside them.
fn beside(language: &dyn Language, path: &str, written: &[Written], reading: &Reading, course: &Course) -> Part {
    let (english, own): (Vec<_>, Vec<_>) = written.iter().partition(|written| written.tongue == Tongue::Foreign);
    let mut sentences = own
        .iter()
        .map(|own| Sentence::new(language.instruction(&own.words), vec![own.path.clone()]))
        .collect::<Vec<_>>();
    let understood = if english.is_empty() { &own } else { &english };
    let spoken = understood.iter().map(|own| own.words.to_lowercase()).collect::<Vec<_>>().join(". ");
    let said = Said::of(&spoken);
    let mut more = reading.doubt > Doubt::None || has_unspoken(&spoken) || said.points_elsewhere();
    let contradicts = contradicted_in_spanish(&own, reading);
    if understood.iter().any(|written| written.tongue == Tongue::Spanish) {
        let lacking = beside_spanish(&own, reading, course);
        let lacking = lacking.into_iter().filter(|found| !is_among(found, &contradicts)).collect::<Vec<_>>();
        sentences.extend(structure::contradicting(language, path, &contradicts));
        sentences.extend(structure::added(language, path, &lacking));
        return Part { sentences, more };
    }
    let compared = compare(&said, reading, course, &contradicts);
    if english.is_empty() {
        sentences.extend(structure::contradicting(language, path, &compared.contradicted));
        sentences.extend(structure::added(language, path, &compared.lacking));
        return Part { sentences, more };
    }
    // Only what the words say of the structure accounts for them: "one capsule, at most 3 a day" isn't "3 capsules".
    let agreed = reading
        .facts
        .iter()
        .filter(|found| verdict(&said, &found.fact, reading) == Verdict::Said || is_again(&found.fact, &said, reading));
    let rendered = structure::rendered(Locale::EnUs.language(), &agreed.collect::<Vec<_>>());
    let is_covered = !more && compared.contradicted.is_empty() && says_nothing_beyond(&spoken, &rendered);
    let alone = match structure::is_complete(reading) {
        true => structure::alone(language, path, reading, course).ok(),
        // "Take as needed": the words lack a dose as well, and are no less of an instruction.
        false => structure::without_remarks(language, path, reading, course),
    };
    match alone.filter(|_| is_covered) {
        Some(alone) => {
            for (sentence, written) in sentences.iter_mut().zip(&english) {
                sentence.sources.push(written.path.clone());
            }
            sentences.extend(alone);
        }
        None => {
            // What only the English words say is said in the listener's language, too, where that has words for it.
            let heard = |fact: &Fact| Some(&said).filter(|_| is_told_in_english(language, fact));
            let agreed = reading.facts.iter().filter(|found| {
                !is_implied(&found.fact, heard(&found.fact), reading, course)
                    && !is_among(found, &compared.contradicted)
            });
            let agreed = agreed.collect::<Vec<_>>();
            sentences.extend(structure::told_in_part(language, path, &agreed));
            // The words tell of what it is, where they have that number.
            let is_unexplained = |found: &&&Found| verdict(&said, &found.fact, reading) != Verdict::Said;
            if agreed.iter().filter(is_unexplained).any(|found| structure::lacks_unit(&found.fact)) {
                sentences.push(Sentence::new(language.remarks().no_unit, vec![path.to_owned()]));
            }
            let written = english.iter();
            sentences.extend(
                written.map(|own| Sentence::new(language.written_in_english(&own.words), vec![own.path.clone()])),
            );
            sentences.extend(structure::contradicting(language, path, &compared.contradicted));
            more |= sentences.is_empty();
        }
    }
    Part { sentences, more }
}

/// Words in the English that is compared.
fn compared_words(written: &Written) -> String {
    match written.tongue {
        Tongue::Spanish => meaning(&written.words).english,
        Tongue::Own | Tongue::Foreign => written.words.to_lowercase(),
    }
}

/// What Spanish words contradict.
fn contradicted_in_spanish<'a>(own: &[&Written], reading: &'a Reading) -> Vec<&'a Found> {
    let (spoken, _) = meanings(own);
    let said = Said::of(&spoken);
    reading.facts.iter().filter(|found| verdict(&said, &found.fact, reading) == Verdict::Contradicted).collect()
}

/// What Spanish words lack. Where one of them isn't known, it may be any: whatever the structure says is said.
fn beside_spanish<'a>(own: &[&Written], reading: &'a Reading, course: &Course) -> Vec<&'a Found> {
    let (spoken, is_complete) = meanings(own);
    let said = Said::of(&spoken);
    let is_said = |found: &Found| is_complete && verdict(&said, &found.fact, reading) == Verdict::Said;
    let said = is_complete.then_some(&said);
    reading.facts.iter().filter(|found| !is_said(found) && !is_implied(&found.fact, said, reading, course)).collect()
}

/// What Spanish words mean, and whether all of them are known.
fn meanings(own: &[&Written]) -> (String, bool) {
    let own = own.iter().filter(|written| written.tongue == Tongue::Spanish);
    let meanings = own.map(|written| meaning(&written.words)).collect::<Vec<_>>();
    let is_complete = meanings.iter().all(|meaning| meaning.is_complete);
    (meanings.into_iter().map(|meaning| meaning.english).collect::<Vec<_>>().join(". "), is_complete)
}

fn is_among(found: &Found, others: &[&Found]) -> bool {
    others.iter().any(|other| std::ptr::eq(*other, found))
}

/// Whether the listener's language has only the chart's English words for it.
fn is_told_in_english(language: &dyn Language, fact: &Fact) -> bool {
    let Fact::Additional(words) = fact else { return false };
    let told = Sentence::new(language.additional(words), Vec::new());
    language.advice_on_other_language(&[told]).is_some()
}

/// `elsewhere`: what words in another language contradict.
fn compare<'a>(said: &Said<'_>, reading: &'a Reading, course: &Course, elsewhere: &[&Found]) -> Compared<'a> {
    let mut compared = Compared { lacking: Vec::new(), contradicted: Vec::new() };
    for found in &reading.facts {
        match verdict(said, &found.fact, reading) {
            _ if is_among(found, elsewhere) => compared.contradicted.push(found),
            Verdict::Said => {}
            Verdict::Lacking if is_implied(&found.fact, Some(said), reading, course) => {}
            Verdict::Lacking => compared.lacking.push(found),
            Verdict::Contradicted => compared.contradicted.push(found),
        }
    }
    compared
}

/// What words are to a fact beside the others.
fn verdict(said: &Said<'_>, fact: &Fact, reading: &Reading) -> Verdict {
    let is_other = match fact {
        // Nobody adds a dose to "stop this medication".
        Fact::Additional(words) => {
            let lower = words.to_lowercase();
            let own = Said::of(&lower);
            own.claims().disagrees(&said.claims()) || own.opposes(said)
        }
        Fact::Limit { .. } | Fact::AsNeeded(_) => false,
        _ if said.stops() => true,
        _ => is_daily(fact) && said.is_on_some_days() && !has_days(reading),
    };
    if is_other { Verdict::Contradicted } else { said.verdict(fact) }
}

/// Whether it is taken every day.
fn is_daily(fact: &Fact) -> bool {
    matches!(fact, Fact::Often(often) if often.rates().0 >= 0.999 / 24.0)
}

fn has_days(reading: &Reading) -> bool {
    reading.facts.iter().any(|found| matches!(found.fact, Fact::Days(_)))
}

/// Whether a fact follows from the others: a number of times in all from how often and from when to when, a code's words
/// from the rule that they put into words.
pub(super) fn is_implied(fact: &Fact, said: Option<&Said<'_>>, reading: &Reading, course: &Course) -> bool {
    let nothing = Said::of("");
    let said = said.unwrap_or(&nothing);
    match fact {
        Fact::Count(count, None) => said.covers_count(count.value(), often(reading), course.days()),
        _ => is_again(fact, said, reading),
    }
}

/// Words of a code ("every 6 hours as needed") that say nothing beyond the words and the rest of the structure.
fn is_again(fact: &Fact, said: &Said<'_>, reading: &Reading) -> bool {
    let Fact::Additional(words) = fact else { return false };
    // Words alone don't tell what a "not" belongs to.
    let lower = words.to_lowercase();
    let denies =
        |word: &str| matches!(word, "not" | "no" | "never" | "avoid" | "don't" | "don’t" | "without" | "until");
    if lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').any(denies) {
        return false;
    }
    let others = reading.facts.iter().map(|found| &found.fact).filter(|other| *other != fact);
    let english = Locale::EnUs.language();
    let rendered = directions(english, &others.collect::<Vec<_>>());
    says_again(words, &said.text(), &rendered)
}

fn often(reading: &Reading) -> Option<Often> {
    reading.facts.iter().find_map(|found| match found.fact {
        Fact::Often(often) => Some(often),
        _ => None,
    })
}
