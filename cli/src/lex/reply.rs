//! The function's reply, and why Lex would refuse it.
//!
//! The form: Lex V2 guide, "Lambda response format". The limits: its quotas, and the runtime API's `Message` and
//! `Messages`. What Lex does with a field it doesn't know is not documented; here it is refused.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use shared::json::{self, DecodeError};

use super::definition::BotLocale;
use super::message::{ContentType, Message};
use super::slot::Slots;

/// The largest reply (quotas: 50 KB).
const REPLY_LIMIT: usize = 50 * 1024;
/// The largest set of session attributes in a reply, as base64 (quotas: 12 KB).
const ATTRIBUTES_LIMIT: usize = 12 * 1024;
/// Messages a turn at most (runtime API: `Messages`).
const MESSAGES_LIMIT: usize = 10;
/// The longest message, in UTF-16 code units, as Lex counts characters (runtime API: `Text`; quotas, note).
const MESSAGE_LIMIT: usize = 1024;

/// Why Lex would not take a reply. Facts only: no reply is quoted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is too long altogether.
    #[error("the reply is {bytes} bytes long, more than Lex's {REPLY_LIMIT}")]
    TooLarge {
        /// Its length.
        bytes: usize,
    },
    /// It is not of the form that Lex documents.
    #[error("the reply is not of Lex's form: {0}")]
    Form(DecodeError),
    /// Lex keeps no more than this.
    #[error("the session attributes are {bytes} bytes long as base64, more than Lex's {ATTRIBUTES_LIMIT}")]
    AttributesTooLarge {
        /// Their length.
        bytes: usize,
    },
    /// Active contexts are beyond this stand-in.
    #[error("the reply sets active contexts, which this stand-in doesn't keep")]
    ActiveContexts,
    /// More messages than Lex takes in a turn.
    #[error("{count} messages in a turn, more than Lex's {MESSAGES_LIMIT}")]
    TooManyMessages {
        /// How many.
        count: usize,
    },
    /// A message without text.
    #[error("message {number} is empty")]
    EmptyMessage {
        /// Which, from 1.
        number: usize,
    },
    /// A message longer than Lex takes.
    #[error("message {number} has {characters} characters, more than Lex's {MESSAGE_LIMIT}")]
    MessageTooLong {
        /// Which, from 1.
        number: usize,
        /// Its length.
        characters: usize,
    },
    /// A message of a kind that the channel doesn't play.
    #[error("message {number} is {content_type}, and the channel accepts {accepted}")]
    NotAccepted {
        /// Which, from 1.
        number: usize,
        /// Its kind.
        content_type: &'static str,
        /// The accept list.
        accepted: &'static str,
    },
    /// SSML without its root element.
    #[error("message {number} is SSML and not within <speak>")]
    NotSpeak {
        /// Which, from 1.
        number: usize,
    },
    /// The dialog action needs something that is not there.
    #[error("{action} without {missing}")]
    Missing {
        /// The dialog action.
        action: &'static str,
        /// What it needs.
        missing: &'static str,
    },
    /// An intent that the bot doesn't have.
    #[error("the bot has no such intent")]
    UnknownIntent,
    /// A slot that the intent doesn't have.
    #[error("the intent has no such slot")]
    UnknownSlot,
    /// A state that goes with another dialog action.
    #[error("an intent can't be closed in the state {0}")]
    StateOfClose(&'static str),
}

/// A reply that Lex takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// What Lex is to do.
    pub(crate) action: Action,
    /// The intent as the function left it.
    pub(crate) intent: Option<ReplyIntent>,
    /// The session attributes from now on; none: as they were.
    pub(crate) session_attributes: Option<BTreeMap<String, String>>,
    /// What the caller hears.
    pub(crate) messages: Vec<Message>,
}

/// What Lex is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// What it would do by itself.
    Delegate,
    /// Ask for a slot of the intent.
    ElicitSlot(String),
    /// Ask whether it is right.
    ConfirmIntent,
    /// Ask what else is wanted.
    ElicitIntent,
    /// End the conversation.
    Close,
}

/// The state of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[expect(missing_docs, reason = "Lex's own words")]
pub enum IntentState {
    Failed,
    Fulfilled,
    FulfillmentInProgress,
    InProgress,
    ReadyForFulfillment,
    Waiting,
}

/// Whether the caller confirmed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
pub(crate) enum ConfirmationState {
    Confirmed,
    Denied,
    #[default]
    None,
}

/// An intent in a reply.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ReplyIntent {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) state: Option<IntentState>,
    #[serde(default)]
    pub(crate) confirmation_state: ConfirmationState,
    /// Without them the intent has none filled: Lex takes the intent as the function returns it.
    #[serde(default)]
    pub(crate) slots: Option<Slots>,
    #[serde(default, rename = "kendraResponse")]
    _kendra_response: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    session_state: SessionState,
    #[serde(default)]
    messages: Option<Vec<Message>>,
    #[serde(default, rename = "requestAttributes")]
    _request_attributes: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SessionState {
    dialog_action: DialogAction,
    #[serde(default)]
    intent: Option<ReplyIntent>,
    #[serde(default)]
    session_attributes: Option<BTreeMap<String, String>>,
    #[serde(default)]
    active_contexts: Option<Vec<IgnoredAny>>,
    #[serde(default, rename = "runtimeHints")]
    _runtime_hints: IgnoredAny,
    #[serde(default, rename = "originatingRequestId")]
    _originating_request_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DialogAction {
    #[serde(rename = "type")]
    kind: DialogActionType,
    #[serde(default)]
    slot_to_elicit: Option<String>,
    #[serde(default, rename = "slotElicitationStyle")]
    _slot_elicitation_style: Option<SlotElicitationStyle>,
}

#[derive(Deserialize)]
enum DialogActionType {
    Delegate,
    ElicitSlot,
    ConfirmIntent,
    ElicitIntent,
    Close,
}

#[derive(Deserialize)]
enum SlotElicitationStyle {
    Default,
    SpellByLetter,
    SpellByWord,
}

/// Reads a reply as Lex does: `accepted` is the channel's accept list.
///
/// # Errors
/// [`Refusal`] where Lex would not take it.
pub(crate) fn read(reply: &[u8], locale: &BotLocale, accepted: &'static str) -> Result<Reply, Refusal> {
    if reply.len() > REPLY_LIMIT {
        return Err(Refusal::TooLarge { bytes: reply.len() });
    }
    let document: Document = json::decode(reply).map_err(Refusal::Form)?;
    let Document { session_state: state, messages, .. } = document;
    let messages = messages.unwrap_or_default();
    check_messages(&messages, accepted)?;
    if let Some(attributes) = &state.session_attributes {
        let written = serde_json::to_vec(attributes).unwrap_or_default();
        let bytes = STANDARD.encode(written).len();
        if bytes > ATTRIBUTES_LIMIT {
            return Err(Refusal::AttributesTooLarge { bytes });
        }
    }
    if state.active_contexts.is_some_and(|contexts| !contexts.is_empty()) {
        return Err(Refusal::ActiveContexts);
    }
    check_intent(state.intent.as_ref(), locale)?;
    let action = action(state.dialog_action, state.intent.as_ref(), &messages, locale)?;
    Ok(Reply { action, intent: state.intent, session_attributes: state.session_attributes, messages })
}

fn check_messages(messages: &[Message], accepted: &'static str) -> Result<(), Refusal> {
    if messages.len() > MESSAGES_LIMIT {
        return Err(Refusal::TooManyMessages { count: messages.len() });
    }
    for (number, message) in (1..).zip(messages) {
        let content_type = message.content_type.name();
        if !accepted.split(',').any(|accepted| accepted == content_type) {
            return Err(Refusal::NotAccepted { number, content_type, accepted });
        }
        let characters = message.content.encode_utf16().count();
        if characters == 0 {
            return Err(Refusal::EmptyMessage { number });
        }
        if characters > MESSAGE_LIMIT {
            return Err(Refusal::MessageTooLong { number, characters });
        }
        let content = message.content.trim();
        if message.content_type == ContentType::Ssml
            && !(content.starts_with("<speak") && content.ends_with("</speak>"))
        {
            return Err(Refusal::NotSpeak { number });
        }
    }
    Ok(())
}

fn check_intent(intent: Option<&ReplyIntent>, locale: &BotLocale) -> Result<(), Refusal> {
    let Some(intent) = intent else { return Ok(()) };
    let known = locale.intent(&intent.name).ok_or(Refusal::UnknownIntent)?;
    let slots = intent.slots.iter().flat_map(|slots| slots.keys());
    if slots.into_iter().any(|name| known.slot(name).is_none()) {
        return Err(Refusal::UnknownSlot);
    }
    Ok(())
}

fn action(
    dialog_action: DialogAction,
    intent: Option<&ReplyIntent>,
    messages: &[Message],
    locale: &BotLocale,
) -> Result<Action, Refusal> {
    let missing = |action, missing| Refusal::Missing { action, missing };
    match dialog_action.kind {
        DialogActionType::Delegate => Ok(Action::Delegate),
        DialogActionType::ElicitIntent if messages.is_empty() => Err(missing("ElicitIntent", "messages")),
        DialogActionType::ElicitIntent => Ok(Action::ElicitIntent),
        DialogActionType::ElicitSlot => {
            let intent = intent.ok_or(missing("ElicitSlot", "an intent"))?;
            let slot = dialog_action.slot_to_elicit.ok_or(missing("ElicitSlot", "slotToElicit"))?;
            let known = locale.intent(&intent.name).and_then(|intent| intent.slot(&slot));
            known.map(|_| Action::ElicitSlot(slot)).ok_or(Refusal::UnknownSlot)
        }
        DialogActionType::ConfirmIntent => {
            intent.ok_or(missing("ConfirmIntent", "an intent"))?;
            if messages.is_empty() { Err(missing("ConfirmIntent", "messages")) } else { Ok(Action::ConfirmIntent) }
        }
        DialogActionType::Close => match intent.ok_or(missing("Close", "an intent"))?.state {
            Some(IntentState::Failed | IntentState::Fulfilled | IntentState::InProgress) => Ok(Action::Close),
            None => Err(missing("Close", "the intent's state")),
            Some(IntentState::FulfillmentInProgress) => Err(Refusal::StateOfClose("FulfillmentInProgress")),
            Some(IntentState::ReadyForFulfillment) => Err(Refusal::StateOfClose("ReadyForFulfillment")),
            Some(IntentState::Waiting) => Err(Refusal::StateOfClose("Waiting")),
        },
    }
}
