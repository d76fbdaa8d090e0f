//! What comes before any intent and any slot: someone in danger, and someone who wants a person. And, behind these, what
//! callers say beside the matter ([`aside`]).
//!
//! The caller's words are looked at before anything is asked of anybody, in both bots and both hooks, in English and in
//! Spanish whichever the bot speaks. It is plain matching of words: a model that understands more may understand this less.
//!
//! **An emergency** is looked for in everything that Lex may have heard, and is rather seen once too often: a false alarm
//! costs a sentence and a person's time. So "I take too many pills" is one, though it may be a complaint: who has just
//! swallowed a bottle says it in the same words. What is none is a question about a medicine, such as "what do I take for
//! chest pain?" ([`emergency`]).
//!
//! **A person** is looked for in what Lex takes for heard: a request that was not made ends a call for nothing. A lone word
//! that Lex took for a first or last name is that name: there are people called Person ([`person`]).

mod aside;
mod emergency;
mod pattern;
mod person;
mod words;

pub(crate) use self::aside::Aside;
pub(crate) use self::emergency::Danger;
pub(crate) use self::words::words;
use crate::lex::event::Event;
use crate::session::attribute;

/// Another transcription than the best counts from this confidence on: that of the bots' threshold. Below it is noise.
const CONFIDENT: f64 = 0.4;
/// The slots that hold names.
const NAMES: [&str; 2] = ["FirstName", "LastName"];
/// A cry for help, and the name of many a woman.
const CRY_AND_NAME: &str = "socorro";

/// What beats any intent and any slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgent {
    /// Someone may be in danger.
    Emergency(Danger),
    /// A person is asked for.
    Person,
}

/// What in the caller's words, or on their keys, beats any intent and any slot.
pub(crate) fn urgent(event: &Event) -> Option<Urgent> {
    let best = event.input_transcript.expose().as_str();
    if let Some(keys) = event.keys() {
        return keyed(keys);
    }
    let sure = |confidence: Option<f64>| confidence.is_none_or(|confidence| confidence >= CONFIDENT);
    let others = event.transcriptions.iter().filter(|heard| sure(heard.transcription_confidence));
    let heard = [best].into_iter().chain(others.map(|heard| heard.transcription.expose().as_str()));
    let heard = heard.map(words).filter(|heard| heard != &[CRY_AND_NAME] || !is_name(event, heard));
    if let Some(danger) = heard.filter_map(|heard| emergency::heard(&heard)).reduce(Danger::and) {
        return Some(Urgent::Emergency(danger));
    }
    let best = words(best);
    (person::heard(&best) && !is_name(event, &best)).then_some(Urgent::Person)
}

/// What was said beside the matter, if it was. Where a name is asked for, one word may be that name, and people are called
/// Price.
pub(crate) fn aside(event: &Event) -> Option<Aside> {
    if event.keys().is_some() {
        return None;
    }
    let best = words(event.input_transcript.expose());
    let asked = event.session_state.session_attributes.expose().get(attribute::ASKED);
    let names = asked.is_some_and(|asked| NAMES.contains(&asked.as_str()));
    let may_hold_a_name = |aside| best.len() == 1 || matches!(aside, Aside::Clinical | Aside::NotHere);
    aside::heard(&best).filter(|aside| !(names && may_hold_a_name(*aside)))
}

/// On any menu of a telephone, zero is a person; and whoever keys an emergency's number here is in one.
fn keyed(keys: &str) -> Option<Urgent> {
    // The key that ends an input may come with it.
    match keys.trim_end_matches('#') {
        "911" => Some(Urgent::Emergency(Danger::default())),
        "0" | "00" | "000" => Some(Urgent::Person),
        _ => None,
    }
}

/// Whether the one word that was said is the name that was asked for. Who says it to a second question, too, means it.
fn is_name(event: &Event, said: &[String]) -> bool {
    let asked = event.session_state.session_attributes.expose().get(attribute::ASKED);
    let original = |slot: &str| event.intent()?.slot(slot)?.original;
    let holds_it = |slot: &&&str| original(slot).is_some_and(|name| words(name.expose()) == said);
    match NAMES.iter().filter(holds_it).collect::<Vec<_>>().as_slice() {
        [slot] => said.len() == 1 && asked.is_none_or(|asked| asked == *slot),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
