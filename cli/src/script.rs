//! A scripted conversation: the text that `careline call --script` plays.
//!
//! ```text
//! # Camila calls from her mobile phone.
//! number: +14694694321
//! hears: medication line
//! caller: my birthday is September twelfth nineteen eighty-seven
//! hears: gender
//! caller: female
//! hears: what are my medications
//! never: lopez
//! ---
//! number: anonymous
//! caller: a person please
//! hears: stay on the line
//! ```
//!
//! `hears` and `never` before the first `caller` are about the greeting. A `#` that begins a line starts a comment; one
//! after a space does too, if words follow it, so that `caller: 09121987 #` keeps its key.

use crate::contact_flow::Channel;

pub mod player;

/// One or more calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The calls, in order.
    pub calls: Vec<ScriptedCall>,
}

/// One call: what is not given comes from the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScriptedCall {
    /// The calling number.
    pub number: Option<Number>,
    /// The language.
    pub locale_id: Option<String>,
    /// The channel.
    pub channel: Option<Channel>,
    /// What the greeting must be like.
    pub greeting: Vec<Expectation>,
    /// What the caller says, and what they must hear then.
    pub turns: Vec<ScriptedTurn>,
}

/// The number a caller calls from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// In E.164.
    Given(String),
    /// Withheld.
    Anonymous,
}

/// What the caller says, and what they must hear then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptedTurn {
    /// The line in the script, from 1.
    pub line: usize,
    /// What the caller says or keys; nothing is silence.
    pub says: String,
    /// What the reply must be like.
    pub expectations: Vec<Expectation>,
}

/// What a reply must be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The line in the script, from 1.
    pub line: usize,
    /// Whether the text must be heard, or must not.
    pub wanted: bool,
    /// The text.
    pub text: String,
}

/// A line of a script that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ScriptError {
    /// The line, from 1; the last one where the whole is meant.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub problem: String,
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// [`ScriptError`] for the first line that is none.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut calls = Vec::new();
        let mut call = ScriptedCall::default();
        let mut last = 0;
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            last = number;
            let line = without_comment(line).trim();
            if line.is_empty() {
                continue;
            }
            if line.len() >= 3 && line.bytes().all(|b| b == b'-') {
                calls.push(finished(std::mem::take(&mut call), number)?);
                continue;
            }
            call.read_line(line, number).map_err(|problem| ScriptError { line: number, problem })?;
        }
        // A `---` at the end parts nothing.
        if call != ScriptedCall::default() || calls.is_empty() {
            calls.push(finished(call, last)?);
        }
        Ok(Self { calls })
    }
}

impl ScriptedCall {
    fn read_line(&mut self, line: &str, number: usize) -> Result<(), String> {
        let (name, value) = line.split_once(':').ok_or_else(|| {
            "expected `number:`, `locale:`, `channel:`, `caller:`, `hears:`, `never:`, `---` or a comment".to_owned()
        })?;
        let (name, value) = (name.trim(), value.trim());
        let header = matches!(name, "number" | "locale" | "channel");
        if header && (!self.turns.is_empty() || !self.greeting.is_empty()) {
            return Err(format!("`{name}:` stands at the head of a call, before its first `caller:` or `hears:`"));
        }
        let twice = |set: bool| if set { Err(format!("`{name}:` stands twice in this call")) } else { Ok(()) };
        match name {
            "number" => {
                twice(self.number.is_some())?;
                self.number = Some(Number::parse(value)?);
            }
            "locale" => {
                twice(self.locale_id.is_some())?;
                let language = value.split_once('_').is_some_and(|(a, b)| a.len() == 2 && b.len() == 2);
                let locale = language.then(|| value.to_owned());
                self.locale_id = Some(locale.ok_or("a locale is written as Lex does: en_US")?);
            }
            "channel" => {
                twice(self.channel.is_some())?;
                self.channel = Some(value.parse()?);
            }
            "caller" => {
                self.turns.push(ScriptedTurn { line: number, says: value.to_owned(), expectations: Vec::new() });
            }
            "hears" | "never" => {
                if value.is_empty() {
                    return Err(format!("`{name}:` needs a text"));
                }
                let expectation = Expectation { line: number, wanted: name == "hears", text: value.to_owned() };
                match self.turns.last_mut() {
                    Some(turn) => turn.expectations.push(expectation),
                    None => self.greeting.push(expectation),
                }
            }
            _ => return Err("a line begins with number, locale, channel, caller, hears or never".to_owned()),
        }
        Ok(())
    }
}

impl Number {
    /// Reads a calling number: E.164, or `anonymous`.
    ///
    /// # Errors
    /// What would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "anonymous" {
            return Ok(Self::Anonymous);
        }
        let digits = text.strip_prefix('+').unwrap_or_default();
        let e164 = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if e164 {
            Ok(Self::Given(text.to_owned()))
        } else {
            Err("a number is written as +14695555555, or `anonymous`".to_owned())
        }
    }
}

impl std::str::FromStr for Channel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "voice" => Ok(Self::Voice),
            "keypad" => Ok(Self::Keypad),
            "chat" => Ok(Self::Chat),
            _ => Err("a channel is voice, keypad or chat".to_owned()),
        }
    }
}

fn finished(call: ScriptedCall, line: usize) -> Result<ScriptedCall, ScriptError> {
    if call.turns.is_empty() && call.greeting.is_empty() {
        return Err(ScriptError { line, problem: "the call above has no `caller:` and no `hears:`".to_owned() });
    }
    Ok(call)
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    let comment = line.match_indices('#').map(|(at, _)| at).find(|&at| {
        let (before, after) = line.split_at(at);
        before.ends_with(char::is_whitespace) && after.chars().any(char::is_alphabetic)
    });
    comment.and_then(|at| line.get(..at)).unwrap_or(line)
}

#[cfg(test)]
mod tests;
