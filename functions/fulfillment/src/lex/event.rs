//! What Lex V2 sends: only the fields we read. AWS adds fields without notice, leaves fields out and sends nulls, so
//! whatever is absent, null or of another type reads as empty, and never fails the event.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use shared::phi::Phi;

/// The request attribute that names where the caller came by.
const PLATFORM: &str = "x-amz-lex:channels:platform";
/// The request attribute with the keys as they were pressed. The star, with which digits are taken back, is a word there,
/// and leaves the transcript empty.
const KEYS: &str = "x-amz-lex:dtmf-transcript";
/// Connect's phone lines there; its chats, text messages among them, are "Connect Chat".
const PHONE_LINE: &str = "Connect";

/// One turn of a conversation.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Event {
    /// Which code hook this is.
    #[serde(deserialize_with = "lenient")]
    pub invocation_source: InvocationSource,
    /// How the caller answered.
    #[serde(deserialize_with = "lenient")]
    pub input_mode: InputMode,
    /// What the caller said, wrote or keyed.
    #[serde(deserialize_with = "lenient")]
    pub input_transcript: Phi<String>,
    /// The conversation's id; in Connect commonly the contact's.
    #[serde(deserialize_with = "lenient")]
    pub session_id: String,
    /// Which bot asks.
    #[serde(deserialize_with = "lenient")]
    pub bot: Bot,
    /// The state to answer.
    #[serde(deserialize_with = "lenient")]
    pub session_state: SessionState,
    /// What the service that the caller came by says of itself. Connect fills it, and nobody who calls can.
    #[serde(deserialize_with = "attributes")]
    pub request_attributes: Phi<BTreeMap<String, String>>,
    /// What Lex heard, best first. Read only where `sessionState` names no intent.
    #[serde(deserialize_with = "lenient")]
    pub interpretations: Vec<Interpretation>,
    /// What the caller may have said, best first: of speech only.
    #[serde(deserialize_with = "lenient")]
    pub transcriptions: Vec<Transcription>,
}

/// `invocationSource`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum InvocationSource {
    /// Slots are being filled: validate.
    DialogCodeHook,
    /// The slots are filled: answer. Also where Lex doesn't say, since an answer beats silence.
    #[default]
    FulfillmentCodeHook,
}

/// `inputMode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum InputMode {
    /// Spoken, or of a kind we don't know.
    #[default]
    Speech,
    /// Written, in a chat.
    Text,
    /// Keyed on a phone.
    #[serde(rename = "DTMF")]
    Dtmf,
}

/// `bot`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Bot {
    /// The locale in which the caller is spoken with, such as `en_US`.
    #[serde(deserialize_with = "lenient")]
    pub locale_id: Option<String>,
}

/// `sessionState`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SessionState {
    /// The intent recognised.
    #[serde(deserialize_with = "lenient")]
    pub intent: Option<Intent>,
    /// The session's attributes: the calling number is among them.
    #[serde(deserialize_with = "attributes")]
    pub session_attributes: Phi<BTreeMap<String, String>>,
}

/// One of `interpretations`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Interpretation {
    /// Its intent.
    #[serde(deserialize_with = "lenient")]
    pub intent: Option<Intent>,
}

/// One of `transcriptions`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Transcription {
    /// The words.
    #[serde(deserialize_with = "lenient")]
    pub transcription: Phi<String>,
    /// How sure Lex is of them, from 0 to 1.
    #[serde(deserialize_with = "lenient")]
    pub transcription_confidence: Option<f64>,
}

/// An intent with its slots, which go back to Lex as they came, but for what we change.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Intent {
    /// Its name.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// `Confirmed`, `Denied` or `None`.
    #[serde(deserialize_with = "lenient")]
    pub confirmation_state: Option<String>,
    /// Its slots by name; a slot not filled is null. Their shape is Lex's.
    #[serde(deserialize_with = "lenient")]
    pub slots: Phi<Map<String, Value>>,
}

/// What a slot holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotValue {
    /// The caller's words for it.
    pub original: Option<Phi<String>>,
    /// What Lex made of them. A lower-ranked interpretation may have none.
    pub interpreted: Option<Phi<String>>,
}

impl Event {
    /// Whether this is a phone call, whose number is one that somebody calls from: on Connect's phone line, spoken or
    /// keyed. A chat has no such number, only what its client says; and what doesn't say what it is counts as a chat.
    pub fn is_phone_call(&self) -> bool {
        let platform = self.request_attributes.expose().get(PLATFORM);
        platform.is_some_and(|platform| platform == PHONE_LINE) && self.input_mode != InputMode::Text
    }

    /// What was keyed, if the caller answered by keys.
    pub fn keys(&self) -> Option<&str> {
        let transcript = self.input_transcript.expose().trim();
        let pressed = || self.request_attributes.expose().get(KEYS).map_or("", |keys| keys.trim());
        (self.input_mode == InputMode::Dtmf).then(|| if transcript.is_empty() { pressed() } else { transcript })
    }

    /// Makes it the event as if `intent` were being answered, with the slots that Lex has of it, and nothing had been said:
    /// what was said, or keyed, was not meant for a slot.
    pub fn turn_to(&mut self, intent: &str) {
        let all = self.interpretations.iter().filter_map(|heard| heard.intent.as_ref());
        let known = all.chain(&self.session_state.intent).find(|known| known.name == intent).cloned();
        let intent = known.unwrap_or_else(|| Intent { name: intent.to_owned(), ..Intent::default() });
        self.session_state.intent = Some(intent);
        self.invocation_source = InvocationSource::DialogCodeHook;
        self.input_transcript = Phi::default();
        self.transcriptions = Vec::new();
        if self.input_mode == InputMode::Dtmf {
            self.input_mode = InputMode::Speech;
        }
    }

    /// Empties a slot of the intent to answer.
    pub fn empty_slot(&mut self, slot: &str) {
        let Some(intent) = &mut self.session_state.intent else { return };
        let mut slots = std::mem::take(&mut intent.slots).into_exposed();
        if let Some(value) = slots.get_mut(slot) {
            *value = Value::Null;
        }
        intent.slots = Phi::new(slots);
    }

    /// The intent to answer.
    pub fn intent(&self) -> Option<&Intent> {
        let named = |intent: &&Intent| !intent.name.is_empty();
        let heard = || self.interpretations.iter().find_map(|heard| heard.intent.as_ref().filter(named));
        self.session_state.intent.as_ref().filter(named).or_else(heard)
    }
}

impl Intent {
    /// What the slot `name` holds; `None` where it is not filled.
    pub fn slot(&self, name: &str) -> Option<SlotValue> {
        let value = self.slots.expose().get(name)?.get("value")?;
        let text = |field: &str| {
            let text = value.get(field)?.as_str()?.trim();
            (!text.is_empty()).then(|| Phi::new(text.to_owned()))
        };
        Some(SlotValue { original: text("originalValue"), interpreted: text("interpretedValue") })
    }
}

/// Reads a field, or its default where it is null or of another type. Serde's message, which may quote the value, is
/// dropped.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

/// Reads the attributes that are text, which by Lex's contract all are.
fn attributes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Phi<BTreeMap<String, String>>, D::Error> {
    let values: Map<String, Value> = lenient(deserializer)?;
    let text = values.into_iter().filter_map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        _ => None,
    });
    Ok(Phi::new(text.collect()))
}

#[cfg(test)]
mod tests;
