//! A stand-in for Connect: it plays the contact flow in `template.yaml` between the caller and the two bots.
//!
//! What each action does is Connect's (developer guide, "Flow language"); what Connect leaves open is decided the way that
//! is harder for the flow.

pub mod content;
pub mod definition;
mod references;
mod run;

use std::collections::BTreeMap;

use shared::clock::Clock;
use shared::randomness::Randomness;

use self::content::{Action, Kind};
use self::definition::FlowDefinition;
use crate::lex::conversation::{Conversation, Outcome, uuid};
use crate::lex::definition::NoSuchLanguage;
use crate::lex::invocation::{Failure, Invocation};
use crate::lex::keys;

/// The language that a flow speaks until another is chosen.
const FIRST_LANGUAGE: &str = "en_US";
/// What a caller writes in a chat for the other language.
const OTHER_LANGUAGE: &str = "español";

/// How a caller calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The calling number in E.164; none where it is withheld. A chat has none, whatever is given here.
    pub number: Option<String>,
    /// The language that the caller chooses, such as `en_US`.
    pub locale_id: String,
    /// By voice, keypad or chat.
    pub channel: Channel,
}

/// How a caller's words reach the bots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Spoken.
    Voice,
    /// Keyed where they are digits, `#` and `*`; spoken otherwise.
    Keypad,
    /// Written.
    Chat,
}

/// The people that a flow hands over to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum People {
    /// Somebody takes over.
    #[default]
    There,
    /// It is out of hours.
    Away,
    /// It is within hours, and nobody has logged in to take calls.
    Unstaffed,
    /// How many have can't be told.
    Uncounted,
    /// The queue is full.
    Busy,
    /// The queue can't be reached.
    OutOfReach,
}

/// Something that happens in a call.
#[derive(Debug, Clone, Copy)]
pub enum Happening<'e> {
    /// The caller hears this.
    Heard(&'e str),
    /// A bot failed, and the flow takes its error branch.
    Failed(&'e Failure),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The flow hung up.
    Goodbye,
    /// The flow hung up, and the caller will be called back.
    CalledBack,
    /// The caller was handed to a person.
    Person,
}

/// A call in the flow.
#[derive(Debug)]
pub struct ContactFlow<'a> {
    definition: &'a FlowDefinition,
    caller: Caller,
    people: People,
    contact_id: String,
    /// The language that the flow set.
    locale_id: String,
    /// What the flow keeps for itself.
    attributes: BTreeMap<String, String>,
    /// What the last bot left.
    lex: Option<LexResult>,
    /// How often each loop went on.
    loops: BTreeMap<String, u32>,
    /// Whether a callback waits in its queue.
    callback: bool,
    at: At<'a>,
    clock: Clock,
    randomness: Randomness,
}

/// What a bot leaves to the flow: `$.Lex`.
#[derive(Debug)]
struct LexResult {
    intent: String,
    session_attributes: BTreeMap<String, String>,
}

/// Where a call is.
#[derive(Debug)]
enum At<'a> {
    /// A bot listens.
    Talking(&'a Action, Conversation<'a>),
    /// A key is waited for.
    Asking(&'a Action),
    /// It is over.
    Ended(Ending),
}

impl<'a> ContactFlow<'a> {
    /// Answers a call: the caller chooses their language, and hears the greeting.
    ///
    /// # Errors
    /// [`NoSuchLanguage`] when the bots don't speak the caller's language.
    pub fn answer(
        definition: &'a FlowDefinition,
        caller: Caller,
        services: (Clock, Randomness),
        tell: &mut dyn FnMut(Happening<'_>),
    ) -> Result<Self, NoSuchLanguage> {
        Self::answer_with(definition, caller, People::There, services, tell)
    }

    /// As [`ContactFlow::answer`], with the people as they are given.
    ///
    /// # Errors
    /// As there.
    pub fn answer_with(
        definition: &'a FlowDefinition,
        caller: Caller,
        people: People,
        (clock, randomness): (Clock, Randomness),
        tell: &mut dyn FnMut(Happening<'_>),
    ) -> Result<Self, NoSuchLanguage> {
        definition.bots.check_language(&caller.locale_id)?;
        let mut flow = Self {
            definition,
            caller,
            people,
            contact_id: uuid(&randomness),
            locale_id: FIRST_LANGUAGE.to_owned(),
            attributes: BTreeMap::new(),
            lex: None,
            loops: BTreeMap::new(),
            callback: false,
            at: At::Ended(Ending::Goodbye),
            clock,
            randomness,
        };
        flow.run(Some(&definition.content.start), tell);
        Ok(flow)
    }

    /// How the call ended; none while it lasts.
    pub fn ended(&self) -> Option<Ending> {
        match self.at {
            At::Ended(Ending::Goodbye) if self.callback => Some(Ending::CalledBack),
            At::Ended(ending) => Some(ending),
            At::Talking(..) | At::Asking(_) => None,
        }
    }

    /// The caller says (keys, writes) `line`; the bot that they are talking with invokes `function`.
    pub async fn say(
        &mut self,
        line: &str,
        function: &impl AsyncFn(Vec<u8>) -> Invocation,
        tell: &mut dyn FnMut(Happening<'_>),
    ) {
        // There are no keys in a chat: the language is chosen in words.
        if self.caller.channel == Channel::Chat && self.lex.is_none() && self.caller.locale_id != self.locale_id {
            self.say_one(OTHER_LANGUAGE, function, tell).await;
        }
        self.say_one(line, function, tell).await;
    }

    async fn say_one(
        &mut self,
        line: &str,
        function: &impl AsyncFn(Vec<u8>) -> Invocation,
        tell: &mut dyn FnMut(Happening<'_>),
    ) {
        let keypad = self.caller.channel == Channel::Keypad;
        let mut rest = line;
        loop {
            match &mut self.at {
                At::Ended(_) => return,
                At::Asking(action) => {
                    let transitions = &action.transitions;
                    let key = rest.trim_start().chars().next().filter(|_| keys::is_keys(rest));
                    rest = key.and_then(|_| rest.trim_start().get(1..)).unwrap_or_default();
                    let next = match key {
                        Some(key) => transitions.by_result(&key.to_string()),
                        None => transitions.after_error("InputTimeLimitExceeded"),
                    };
                    self.run(next, tell);
                }
                At::Talking(action, conversation) => {
                    let action = *action;
                    let outcome = {
                        let mut hear = |text: &str| tell(Happening::Heard(text));
                        conversation.turn(&mut rest, keypad, function, &mut hear).await
                    };
                    let session_attributes = conversation.attributes().clone();
                    let next = match outcome {
                        Outcome::Listening => None,
                        Outcome::Closed { intent, .. } => {
                            let next = action.transitions.by_result(&intent);
                            self.lex = Some(LexResult { intent, session_attributes });
                            next
                        }
                        Outcome::Failed(failure) => {
                            tell(Happening::Failed(&failure));
                            self.lex = None;
                            action.transitions.after_error("NoMatchingError")
                        }
                    };
                    if next.is_some() {
                        self.run(next, tell);
                    }
                }
            }
            // Keys after the end key are the next input; other words are one.
            if !(keypad && keys::is_keys(rest)) {
                return;
            }
        }
    }

    fn is_chat(&self) -> bool {
        self.caller.channel == Channel::Chat
    }

    fn action(&self, identifier: &str) -> Option<&'a Action> {
        self.definition.content.actions.get(identifier)
    }

    /// The key with which the caller chooses their language.
    fn language_key(&self) -> Option<char> {
        (self.caller.locale_id != FIRST_LANGUAGE).then_some('2')
    }

    /// Whether this is the question for the language: the one that comes before any bot.
    fn asks_for_language(&self, action: &Action) -> bool {
        matches!(action.kind, Kind::GetParticipantInput(_)) && self.lex.is_none() && self.attributes.is_empty()
    }
}

#[cfg(test)]
mod tests;
