//! The event that Lex invokes the function with, in the shapes seen in published Connect logs.
//!
//! Voice events carry nulls and fields that no documentation names (`rawInputTranscript`); chat events leave out what
//! they don't have. Both are kept, for they are what the function meets.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::channel::{Input, InputMode, Platform};
use super::reply::{ConfirmationState, IntentState};
use super::slot::Slots;
use super::understanding::Interpretation;

/// The largest event (quotas: 12 KB).
pub(crate) const EVENT_LIMIT: usize = 12 * 1024;

/// Why Lex invokes the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "Lex's own words")]
pub enum Hook {
    DialogCodeHook,
    FulfillmentCodeHook,
}

impl Hook {
    /// Its name in the event.
    pub fn name(self) -> &'static str {
        match self {
            Self::DialogCodeHook => "DialogCodeHook",
            Self::FulfillmentCodeHook => "FulfillmentCodeHook",
        }
    }
}

/// An intent as the conversation has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ActiveIntent {
    /// Which.
    pub(crate) name: String,
    /// How far it is.
    pub(crate) state: IntentState,
    /// Whether the caller confirmed it.
    pub(crate) confirmation: ConfirmationState,
    /// What is known.
    pub(crate) slots: Slots,
}

/// What an event tells.
pub(crate) struct Event<'a> {
    pub(crate) hook: Hook,
    pub(crate) platform: Platform,
    pub(crate) input: &'a Input,
    pub(crate) bot_name: &'a str,
    pub(crate) locale_id: &'a str,
    pub(crate) session_id: &'a str,
    pub(crate) request_id: &'a str,
    pub(crate) session_attributes: &'a BTreeMap<String, String>,
    pub(crate) intent: &'a ActiveIntent,
    pub(crate) interpretations: &'a [Interpretation],
    /// The slot that Lex would ask for next, and the name of the asking.
    pub(crate) proposed: Option<(&'a str, String)>,
}

impl Event<'_> {
    /// The event as JSON.
    pub(crate) fn to_json(&self) -> Value {
        let intent = self.intent_json(&self.intent.name, &self.intent.slots, self.intent.confirmation);
        let proposed = self.proposed.as_ref().map(|(slot, attempt)| {
            json!({
                "dialogAction": {"type": "ElicitSlot", "slotToElicit": slot},
                "intent": intent,
                "prompt": {"attempt": attempt},
            })
        });
        let mut state = json!({
            "sessionAttributes": self.session_attributes,
            "intent": intent,
            "originatingRequestId": self.request_id,
        });
        let mut event = json!({
            "messageVersion": "1.0",
            "invocationSource": self.hook.name(),
            "inputMode": self.input.mode.name(),
            "responseContentType": "text/plain; charset=utf-8",
            "sessionId": self.session_id,
            "inputTranscript": self.input.transcript,
            "rawInputTranscript": self.input.transcript,
            "bot": {
                "id": bot_id(self.bot_name),
                "name": self.bot_name,
                "aliasId": "CARELINE01",
                "aliasName": "live",
                "localeId": self.locale_id,
                "version": "1",
            },
            "interpretations": self.interpretations_json(),
            "requestAttributes": self.request_attributes(),
            "sessionState": Value::Null,
            "transcriptions": [self.transcription_json()],
        });
        if self.platform == Platform::Voice {
            insert(
                &mut state,
                &[("activeContexts", json!([])), ("runtimeHints", Value::Null), ("dialogAction", Value::Null)],
            );
            insert(&mut event, &[("proposedNextState", proposed.unwrap_or_default())]);
        } else if let Some(proposed) = proposed {
            insert(&mut event, &[("proposedNextState", proposed)]);
        }
        insert(&mut event, &[("sessionState", state)]);
        event
    }

    fn intent_json(&self, name: &str, slots: &Slots, confirmation: ConfirmationState) -> Value {
        let mut intent =
            json!({"name": name, "state": self.intent.state, "confirmationState": confirmation, "slots": slots});
        if self.platform == Platform::Voice {
            insert(&mut intent, &[("kendraResponse", Value::Null)]);
        }
        intent
    }

    fn interpretations_json(&self) -> Vec<Value> {
        let each = self.interpretations.iter().map(|interpretation| {
            // The active intent's slots hold what the whole conversation filled.
            let active = interpretation.intent == self.intent.name;
            let slots = if active { &self.intent.slots } else { &interpretation.slots };
            let confirmation = if active { self.intent.confirmation } else { ConfirmationState::None };
            let intent = self.intent_json(&interpretation.intent, slots, confirmation);
            let mut json = json!({"intent": intent, "interpretationSource": "Lex"});
            if let Some(confidence) = interpretation.confidence {
                insert(&mut json, &[("nluConfidence", confidence.into())]);
            } else if self.platform == Platform::Voice {
                insert(&mut json, &[("nluConfidence", Value::Null)]);
            }
            if self.platform == Platform::Voice {
                insert(&mut json, &[("sentimentResponse", Value::Null)]);
            }
            json
        });
        each.collect()
    }

    fn request_attributes(&self) -> Value {
        let mut attributes = json!({
            "x-amz-lex:accept-content-types": self.platform.accepted(),
            "x-amz-lex:channels:platform": self.platform.name(),
        });
        if let InputMode::Dtmf { transcript } = &self.input.mode {
            insert(&mut attributes, &[("x-amz-lex:dtmf-transcript", transcript.as_str().into())]);
        }
        attributes
    }

    fn transcription_json(&self) -> Value {
        let filled: Map<String, Value> = self
            .interpretations
            .iter()
            .filter(|interpretation| interpretation.intent == self.intent.name)
            .flat_map(|interpretation| &interpretation.slots)
            .filter_map(|(name, value)| Some((name.clone(), json!(value.as_ref()?))))
            .collect();
        json!({
            "transcription": self.input.transcript,
            "rawTranscription": self.input.transcript,
            "transcriptionConfidence": if self.platform == Platform::Voice { 0.92 } else { 1.0 },
            "resolvedContext": {"intent": self.intent.name},
            "resolvedSlots": filled,
        })
    }
}

/// Ten upper-case letters and digits, as Lex's ids have.
fn bot_id(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    letters.chain(std::iter::repeat('0')).take(10).collect()
}

fn insert(object: &mut Value, entries: &[(&str, Value)]) {
    if let Value::Object(map) = object {
        map.extend(entries.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    }
}
