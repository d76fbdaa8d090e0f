//! A dosage's structure, read as facts.

use super::amount::Amounts;
use super::moment::{ClockTime, Moment};
use super::way::{Method, Named, Route};
use super::{Fact, Found, Within, timing};
use crate::fhir::codeable_concept::CodeableConcept;
use crate::fhir::dosage::{Dosage, Dose, Quantity, Ratio};
use crate::fhir::field::Field;
use crate::speech::order_noise::without_dispensing;
use crate::speech::plain_text::{has_unspoken, plain};
use crate::speech::unit::{Family, Unit};
use crate::speech::{doubtful, expand};

/// What a dosage's structure has that can't be said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::speech) enum Doubt {
    /// Nothing.
    #[default]
    None,
    /// Something beside the dose and its times.
    More,
    /// Something of how much, how often, when or how long.
    Core,
}

/// The facts of a structure.
#[derive(Clone, Default)]
pub(in crate::speech) struct Reading {
    /// In the order in which they are said.
    pub(in crate::speech) facts: Vec<Found>,
    /// Whether there is more.
    pub(in crate::speech) doubt: Doubt,
    /// Facts of it that can't be so together: none of them is told as what is to be done.
    pub(in crate::speech) disputed: Vec<Found>,
    /// Whether words of it can't be read out safely, so that nothing of it should.
    pub(in crate::speech) is_unsafe: bool,
}

impl Reading {
    /// Reads `dosage`, apart from its words and the order's dates.
    pub(in crate::speech) fn of(dosage: &Dosage) -> Self {
        let timing = dosage.timing.read();
        let is_modified = dosage.modifier_extension.is_present()
            || timing.is_some_and(|timing| timing.modifier_extension.is_present());
        let mut reading = Self { is_unsafe: is_modified, ..Self::default() };
        reading.read_concept(&dosage.method, "method", |concept, words| match Method::of(concept) {
            Some(method) => Some(Fact::Method(Named::Known(method))),
            None => words.map(|words| Fact::Method(Named::Words(words))),
        });
        reading.read_doses(dosage);
        if !dosage.route.read().is_some_and(Route::is_none) {
            reading.read_concept(&dosage.route, "route", |concept, words| match Route::of(concept) {
                Some(route) => Some(Fact::Route(Named::Known(route))),
                // "IT" is into the spine, the middle ear or the windpipe.
                None => words.filter(|words| !is_letters(words)).map(|words| Fact::Route(Named::Words(words))),
            });
        }
        reading.read_concept(&dosage.site, "site", |_, words| words.map(Fact::Site));
        timing::read(&dosage.timing, &mut reading);
        match (&dosage.as_needed_codeable_concept, &dosage.as_needed_boolean) {
            // That it is as needed, or isn't, and nobody knows which.
            (Field::Absent, Field::Absent) if dosage.as_needed_boolean_element.is_present() => {
                reading.doubt = reading.doubt.max(Doubt::More);
            }
            (Field::Absent, Field::Absent | Field::Read(false)) => {}
            (Field::Absent, Field::Read(true)) => reading.add(Fact::AsNeeded(None), "asNeededBoolean".to_owned()),
            (Field::Absent, Field::Malformed) | (Field::Malformed, _) => reading.doubt = reading.doubt.max(Doubt::More),
            // A reason for which it is taken as needed, and that it isn't.
            (Field::Read(_), Field::Read(false)) => {
                let path = "asNeededBoolean".to_owned();
                reading.disputed.push(Found { fact: Fact::AsNeeded(None), path });
            }
            (Field::Read(_), _) => {
                let concept = &dosage.as_needed_codeable_concept;
                let known = reading.facts.len();
                let reason =
                    |_: &CodeableConcept, words: Option<String>| words.map(|words| Fact::AsNeeded(Some(words)));
                reading.read_concept(concept, "asNeededCodeableConcept", reason);
                // For what can't be said, and that it is only as needed can.
                if reading.facts.len() == known {
                    reading.add(Fact::AsNeeded(None), "asNeededCodeableConcept".to_owned());
                }
            }
        }
        reading.read_limits(dosage);
        if dosage.additional_instruction.malformed {
            reading.doubt = reading.doubt.max(Doubt::More);
        }
        for (index, addition) in dosage.additional_instruction.items.iter().enumerate() {
            reading.add_words(addition, &format!("additionalInstruction[{index}]"));
        }
        reading
    }

    /// Whether there is anything that can be said.
    pub(in crate::speech) fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    pub(super) fn add(&mut self, fact: Fact, path: String) {
        self.facts.push(Found { fact, path });
    }

    /// Takes facts out that can't be so together, or beside one that is disputed already.
    pub(in crate::speech) fn dispute(&mut self, is_it: impl Fn(&Found) -> bool) {
        let (disputed, facts) = std::mem::take(&mut self.facts).into_iter().partition(is_it);
        self.facts = facts;
        self.disputed.extend::<Vec<Found>>(disputed);
    }

    pub(super) fn lacks_the_core(&mut self) {
        self.doubt = Doubt::Core;
    }

    pub(super) fn add_moment(&mut self, moment: Moment, path: String) {
        let known = self.facts.iter().any(|found| matches!(&found.fact, Fact::Moments(all) if all.contains(&moment)));
        if !known {
            self.add(Fact::Moments(vec![moment]), path);
        }
    }

    pub(super) fn add_time(&mut self, time: ClockTime, path: String) {
        let known = self.facts.iter().any(|found| matches!(&found.fact, Fact::Times(all) if all.contains(&time)));
        if !known {
            self.add(Fact::Times(vec![time]), path);
        }
    }

    /// A concept's words as an instruction of their own.
    pub(super) fn add_words(&mut self, concept: &CodeableConcept, path: &str) {
        self.add_text(concept.words().next().unwrap_or_default(), path);
    }

    /// Words as an instruction of their own.
    pub(super) fn add_text(&mut self, words: &str, path: &str) {
        match spoken(words) {
            Ok(Some(words)) => self.add(Fact::Additional(words), path.to_owned()),
            Ok(None) => self.doubt = self.doubt.max(Doubt::More),
            Err(expand::Unsafe) => self.is_unsafe = true,
        }
    }

    fn read_concept(
        &mut self,
        field: &Field<CodeableConcept>,
        path: &str,
        fact: impl Fn(&CodeableConcept, Option<String>) -> Option<Fact>,
    ) {
        let fact = match field {
            Field::Absent => return,
            Field::Malformed => None,
            Field::Read(concept) => match fact(concept, None) {
                Some(known) if !matches!(known, Fact::AsNeeded(_)) => Some(known),
                _ => match words_of(concept) {
                    Ok(words) => fact(concept, words),
                    Err(expand::Unsafe) => {
                        self.is_unsafe = true;
                        return;
                    }
                },
            },
        };
        match fact {
            Some(fact) => self.add(fact, path.to_owned()),
            None => self.doubt = self.doubt.max(Doubt::More),
        }
    }

    /// The ordered dose first. Epic gives the same one as calculated and as administered, too: what is in another kind of
    /// unit is said with it ("10 milligrams, also given as 2 tablets"), what is in the same was rounded to what is ordered,
    /// or disagrees with it.
    fn read_doses(&mut self, dosage: &Dosage) {
        if dosage.dose_and_rate.malformed {
            self.lacks_the_core();
        }
        let mut doses = dosage.doses();
        doses.sort_by_key(|(_, dose)| rank(dose));
        let mut given: Vec<(Amounts, u8)> = Vec::new();
        let mut is_disputed = false;
        let mut rates: Vec<Fact> = Vec::new();
        for (base, dose) in &doses {
            for (amounts, element) in amounts_of(dose) {
                let Some(amounts) = amounts else {
                    self.lacks_the_core();
                    continue;
                };
                match given.iter().find(|(other, _)| other.is_of_a_kind(&amounts)) {
                    Some((same, _)) if same.extent() == amounts.extent() => {}
                    Some((ordered, other_rank)) if *other_rank != rank(dose) && is_rounded(ordered, &amounts) => {}
                    // Which of them is taken can't be told.
                    Some(_) => {
                        let path = format!("{base}{element}");
                        self.disputed.push(Found { fact: Fact::Dose { amounts, again: false }, path });
                        is_disputed = true;
                    }
                    None => {
                        let again = !given.is_empty();
                        self.add(Fact::Dose { amounts: amounts.clone(), again }, format!("{base}{element}"));
                        given.push((amounts, rank(dose)));
                    }
                }
            }
            for (rate, element) in rates_of(dose) {
                let Some(rate) = rate.map(|rate| over_a_time(rate, given.iter().map(|(amounts, _)| amounts))) else {
                    self.lacks_the_core();
                    continue;
                };
                if !rates.contains(&rate) {
                    rates.push(rate.clone());
                    self.add(rate, format!("{base}{element}"));
                }
            }
        }
        if is_disputed {
            self.dispute(|found| matches!(found.fact, Fact::Dose { .. }));
        }
    }

    fn read_limits(&mut self, dosage: &Dosage) {
        let mut add = |most: Option<Amounts>, within: Within, path: &str| match most {
            Some(most) => self.add(Fact::Limit { most, within }, path.to_owned()),
            None => self.lacks_the_core(),
        };
        match &dosage.max_dose_per_period {
            Field::Absent => {}
            Field::Malformed => add(None, Within::Time, ""),
            Field::Read(Ratio { numerator, denominator }) => {
                let most = numerator.read().and_then(Amounts::of_quantity);
                let period = denominator.read().and_then(Amounts::of_quantity).filter(Amounts::is_of_time);
                match period {
                    Some(period) => add(most, Within::Period(period), "maxDosePerPeriod"),
                    None => add(None, Within::Time, ""),
                }
            }
        }
        let mut quantity = |field: &Field<Quantity>, within: Within, path: &str| match field {
            Field::Absent => {}
            Field::Malformed => add(None, within, path),
            Field::Read(quantity) => add(Amounts::of_quantity(quantity), within, path),
        };
        quantity(&dosage.max_dose_per_administration, Within::Time, "maxDosePerAdministration");
        quantity(&dosage.max_dose_per_lifetime, Within::Lifetime, "maxDosePerLifetime");
    }
}

/// What is ordered comes first, what was calculated last.
fn rank(dose: &Dose<'_>) -> u8 {
    match dose.kind.map(str::to_lowercase).as_deref() {
        Some("ordered") => 0,
        None => 1,
        Some("calculated") => 3,
        Some(_) => 2,
    }
}

fn amounts_of(dose: &Dose<'_>) -> Vec<(Option<Amounts>, &'static str)> {
    let mut amounts = Vec::new();
    if dose.dose_quantity.is_present() {
        amounts.push((dose.dose_quantity.read().and_then(Amounts::of_quantity), "doseQuantity"));
    }
    if dose.dose_range.is_present() {
        amounts.push((dose.dose_range.read().and_then(Amounts::of_range), "doseRange"));
    }
    amounts
}

fn rates_of(dose: &Dose<'_>) -> Vec<(Option<Fact>, &'static str)> {
    let mut rates = Vec::new();
    let plain = |amounts: Option<Amounts>| amounts.map(|amounts| Fact::Rate { amounts, per: None });
    if dose.rate_ratio.is_present() {
        rates.push((dose.rate_ratio.read().and_then(ratio), "rateRatio"));
    }
    if dose.rate_range.is_present() {
        rates.push((plain(dose.rate_range.read().and_then(Amounts::of_range)), "rateRange"));
    }
    if dose.rate_quantity.is_present() {
        rates.push((plain(dose.rate_quantity.read().and_then(Amounts::of_quantity)), "rateQuantity"));
    }
    rates
}

/// So much in so much: in one of a unit, it is one measure.
fn ratio(ratio: &Ratio) -> Option<Fact> {
    let mut amounts = Amounts::of_quantity(ratio.numerator.read()?)?;
    let per = Amounts::of_quantity(ratio.denominator.read()?)?;
    match (&per.measure.of, per.single()) {
        (Unit::Known(unit), Some(number)) if number.is_one() && per.measure.per.is_empty() => {
            amounts.measure.per.push(*unit);
            Some(Fact::Rate { amounts, per: None })
        }
        (Unit::None, _) => None,
        _ => Some(Fact::Rate { amounts, per: Some(per) }),
    }
}

/// A rate of the whole dose in so much time is how long the dose takes: "over 20 minutes".
fn over_a_time<'a>(rate: Fact, mut doses: impl Iterator<Item = &'a Amounts>) -> Fact {
    match rate {
        Fact::Rate { amounts, per: Some(per) } if per.is_of_time() && doses.any(|dose| *dose == amounts) => {
            Fact::Rate { amounts: per, per: None }
        }
        rate => rate,
    }
}

/// Whether what was calculated is what is ordered: the same, rounded, or within the range that is ordered. Hospitals round
/// a calculated dose by up to a tenth (HOPA's recommendation), and to the half of a tablet.
fn is_rounded(one: &Amounts, other: &Amounts) -> bool {
    let is_counted = one.measure.of.family() == Family::Counted;
    let is_near = |one: f64, other: f64| {
        (one - other).abs() <= 0.1 * one.max(other) || (is_counted && (one - other).abs() <= 0.25)
    };
    let ((low, high), (other_low, other_high)) = (one.extent(), other.extent());
    let is_within = |(low, high): (f64, f64), other: f64| (low * 0.9..=high * 1.1).contains(&other);
    (is_near(low, other_low) && is_near(high, other_high))
        || (other_low == other_high && is_within((low, high), other_low))
        || (low == high && is_within((other_low, other_high), low))
}

/// A concept's words, readable. `None` where it has codes only.
pub(in crate::speech) fn words_of(concept: &CodeableConcept) -> Result<Option<String>, expand::Unsafe> {
    concept.words().next().map_or(Ok(None), spoken)
}

/// Words as they are spoken. `None` where they are a code, or hold what can't be spoken.
fn spoken(words: &str) -> Result<Option<String>, expand::Unsafe> {
    if is_code(words) || doubtful::has_hole(words) {
        return Ok(None);
    }
    let words = readable(words)?;
    Ok((!words.is_empty() && !has_unspoken(&words)).then_some(words))
}

/// Whether a way is letters only, none of which we know.
fn is_letters(words: &str) -> bool {
    words.len() < 4 && words.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether words are a code that stands where words should.
fn is_code(words: &str) -> bool {
    let digits = words.chars().filter(char::is_ascii_digit).count();
    !words.contains(' ') && (digits > 3 || words.contains(['_', '|', '#', ':', '{', '[', '^']))
}

/// A chart's words as they are spoken.
pub(in crate::speech) fn readable(text: &str) -> Result<String, expand::Unsafe> {
    let plain = plain(without_dispensing(text)).ok_or(expand::Unsafe)?;
    // A field that was never filled in, or a list to choose from.
    if plain.contains(['[', ']', '{', '}']) {
        return Err(expand::Unsafe);
    }
    // "." and "-" fill a field that must not be empty.
    if !plain.contains(char::is_alphanumeric) {
        return Ok(String::new());
    }
    expand::instruction(&plain)
}
