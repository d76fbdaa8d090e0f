//! Lex's contract, rule by rule, with functions of these tests in the place of ours.

mod refusals;
mod session;
mod turns;
mod understanding;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use shared::clock::Clock;
use shared::randomness::Randomness;

use super::channel::Platform;
use super::conversation::{Conversation, Outcome};
use super::definition::{BotLocale, Definition, SlotConstraint};
use super::invocation::Invocation;
use crate::contact_flow::definition::FlowDefinition;

/// A day on which "September 12th" is yet to come.
const TODAY: &str = "2026-08-01T12:00:00Z";

/// The deployed bots, but that Lex asks for the birth date and the gender by itself.
fn definition() -> Definition {
    let mut definition = deployed();
    for locale in &mut definition.bots.get_mut("PatientAuth").unwrap().bot_locales {
        let verify = locale.intents.iter_mut().find(|intent| intent.name == "VerifyCaller").unwrap();
        for slot in verify.slots.iter_mut().filter(|slot| ["DateOfBirth", "Gender"].contains(&slot.name.as_str())) {
            slot.value_elicitation_setting.slot_constraint = SlotConstraint::Required;
        }
    }
    definition
}

fn deployed() -> Definition {
    let deployed = FlowDefinition::deployed().expect("the deployed bots are of the form this stand-in knows");
    deployed.bots
}

fn clock() -> Clock {
    Clock::from_fn(|| TODAY.parse().unwrap())
}

/// A bot, what was sent to its function, and what the caller heard.
struct Talk<'a> {
    conversation: Conversation<'a>,
    keypad: bool,
    events: RefCell<Vec<Value>>,
    heard: Vec<String>,
    /// How many texts the caller heard in this turn so far, for a function to look at meanwhile.
    heard_so_far: Rc<Cell<usize>>,
}

impl<'a> Talk<'a> {
    fn with(definition: &'a Definition, bot: &str, platform: Platform) -> Self {
        let attributes = BTreeMap::from([("callingNumber".to_owned(), "+14695555555".to_owned())]);
        Self {
            conversation: Conversation::begin(
                &definition.bots[bot],
                definition.bots[bot].locale("en_US").unwrap(),
                platform,
                "4f8a7c66-0000-4000-8000-000000000000".to_owned(),
                attributes,
                (clock(), Randomness::from_fn(|buffer| buffer.fill(7))),
            ),
            keypad: false,
            events: RefCell::default(),
            heard: Vec::new(),
            heard_so_far: Rc::default(),
        }
    }

    /// One turn of which the function answers each event with what `answer` makes of it.
    async fn says(&mut self, said: &str, answer: impl Fn(&Value) -> Value) -> Outcome {
        self.says_to(said, async |event| Invocation::Answered(answer(&event).to_string().into_bytes())).await
    }

    async fn says_to(&mut self, said: &str, answer: impl AsyncFn(Value) -> Invocation) -> Outcome {
        self.heard.clear();
        self.events.borrow_mut().clear();
        self.heard_so_far.set(0);
        let (events, heard, so_far) = (&self.events, &mut self.heard, &self.heard_so_far);
        let function = async |payload: Vec<u8>| {
            let event: Value = shared::json::decode(&payload).unwrap();
            events.borrow_mut().push(event.clone());
            answer(event).await
        };
        let mut line = said;
        let mut hear = |text: &str| {
            heard.push(text.to_owned());
            so_far.set(heard.len());
        };
        self.conversation.turn(&mut line, self.keypad, &function, &mut hear).await
    }

    fn sources(&self) -> Vec<String> {
        self.events.borrow().iter().map(|event| event["invocationSource"].as_str().unwrap().to_owned()).collect()
    }

    fn event(&self, at: usize) -> Value {
        self.events.borrow()[at].clone()
    }
}

fn locale(definition: &Definition) -> &BotLocale {
    definition.bots["PatientAuth"].locale("en_US").unwrap()
}

/// What a function answers that leaves everything to Lex.
fn delegate(event: &Value) -> Value {
    json!({"sessionState": {"dialogAction": {"type": "Delegate"}, "intent": event["sessionState"]["intent"]}})
}

fn close(event: &Value, state: &str, words: &[&str]) -> Value {
    let mut intent = event["sessionState"]["intent"].clone();
    intent["state"] = state.into();
    let messages: Vec<Value> =
        words.iter().map(|words| json!({"contentType": "PlainText", "content": words})).collect();
    json!({"sessionState": {"dialogAction": {"type": "Close"}, "intent": intent}, "messages": messages})
}

/// Delegates in the dialog hook, and closes in fulfillment.
fn delegate_then_close(event: &Value) -> Value {
    if event["invocationSource"] == "DialogCodeHook" { delegate(event) } else { close(event, "Fulfilled", &["Done."]) }
}
