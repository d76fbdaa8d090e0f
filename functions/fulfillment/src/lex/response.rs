//! What Lex V2 is answered: exactly the fields of its contract.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use shared::phi::{self, Phi};
use shared::speech::Locale;

use super::event::{Event, Intent};
use super::messages::{Form, Message, Messages};
use crate::session::Session;

/// What happens next in the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialogAction {
    /// Lex goes on by the bot's definition: it asks for the next slot, or fulfils the intent.
    Delegate,
    /// The caller is asked what they want.
    ElicitIntent,
    /// The caller is asked for a slot.
    ElicitSlot {
        /// Its name.
        slot: &'static str,
    },
    /// The caller is asked for a slot, letter by letter.
    ElicitSpelling {
        /// Its name.
        slot: &'static str,
    },
    /// The bot's part of the call is over.
    Close(IntentState),
}

/// `intent.state` of an intent that closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentState {
    /// It did what it is for.
    Fulfilled,
    /// It did not.
    Failed,
}

/// A reply before it is put into Lex's form.
#[derive(Debug, Clone)]
pub struct Reply {
    /// What happens next.
    pub action: DialogAction,
    /// What the caller hears. Empty only with [`DialogAction::Delegate`].
    pub messages: Messages,
    /// Slots that are set, or emptied, beside those that Lex sent.
    pub slots: Vec<(&'static str, Phi<Option<String>>)>,
}

impl Reply {
    /// Says `messages` and does `action`.
    pub fn new(action: DialogAction, messages: Messages) -> Self {
        Self { action, messages, slots: Vec::new() }
    }

    /// Lets Lex go on.
    pub fn delegate() -> Self {
        Self::new(DialogAction::Delegate, Messages::default())
    }

    /// Empties `slots`, so that Lex asks for them again.
    pub fn emptying(mut self, slots: &[&'static str]) -> Self {
        self.slots.extend(slots.iter().map(|slot| (*slot, Phi::new(None))));
        self
    }
}

/// The reply in Lex's form.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    session_state: SessionState,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionState {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "stored_option")]
    session_attributes: Option<Phi<BTreeMap<String, String>>>,
    dialog_action: WireDialogAction,
    #[serde(skip_serializing_if = "Option::is_none")]
    intent: Option<WireIntent>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WireDialogAction {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slot_to_elicit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slot_elicitation_style: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WireIntent {
    name: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmation_state: Option<String>,
    #[serde(serialize_with = "phi::stored")]
    slots: Phi<Map<String, Value>>,
}

impl Response {
    /// Puts `reply` into Lex's form and the channel's, with the attributes of `session` and the intent of `event`.
    pub fn new(event: &Event, session: Session, reply: Reply) -> Self {
        let form = Form::of(event, &session);
        let mut messages = reply.messages.into_wire(form);
        // Silence is no answer.
        if messages.is_empty() && reply.action != DialogAction::Delegate {
            let dialog = Locale::of_bot(event.bot.locale_id.as_deref()).dialog();
            messages = Messages::say(&[dialog.outage]).into_wire(form);
        }
        let (kind, slot_to_elicit, state) = match reply.action {
            DialogAction::Delegate => ("Delegate", None, "InProgress"),
            DialogAction::ElicitIntent => ("ElicitIntent", None, "InProgress"),
            DialogAction::ElicitSlot { slot } | DialogAction::ElicitSpelling { slot } => {
                ("ElicitSlot", Some(slot), "InProgress")
            }
            DialogAction::Close(IntentState::Fulfilled) => ("Close", None, "Fulfilled"),
            DialogAction::Close(IntentState::Failed) => ("Close", None, "Failed"),
        };
        let spelled = matches!(reply.action, DialogAction::ElicitSpelling { .. });
        let slot_elicitation_style = spelled.then_some("SpellByLetter");
        // Lex wants the intent echoed, but for the action that asks for one.
        let intent = (reply.action != DialogAction::ElicitIntent)
            .then(|| WireIntent::new(event.intent().cloned(), state, reply.slots));
        Self {
            session_state: SessionState {
                session_attributes: session.into_attributes(),
                dialog_action: WireDialogAction { r#type: kind, slot_to_elicit, slot_elicitation_style },
                intent,
            },
            messages,
        }
    }

    /// Closes in `sentences` as they are, with the attributes of `session` and the intent of `event`.
    pub(crate) fn in_plain_words(event: &Event, session: Session, sentences: &[&str]) -> Self {
        let dialog_action = WireDialogAction { r#type: "Close", slot_to_elicit: None, slot_elicitation_style: None };
        Self {
            session_state: SessionState {
                session_attributes: session.into_attributes(),
                dialog_action,
                intent: Some(WireIntent::new(event.intent().cloned(), "Failed", Vec::new())),
            },
            messages: sentences.iter().map(|sentence| Message::plain(sentence)).collect(),
        }
    }
}

impl WireIntent {
    fn new(intent: Option<Intent>, state: &'static str, changes: Vec<(&'static str, Phi<Option<String>>)>) -> Self {
        // An event that names none is answered in the name of the intent that every bot has.
        let intent = intent.unwrap_or_else(|| Intent { name: "FallbackIntent".to_owned(), ..Intent::default() });
        let mut slots = intent.slots.into_exposed();
        for (slot, value) in changes {
            let value = value.into_exposed().map_or(Value::Null, |value| {
                json!({"shape": "Scalar", "value":
                    {"originalValue": value, "interpretedValue": value, "resolvedValues": [value]}})
            });
            slots.insert(slot.to_owned(), value);
        }
        Self { name: intent.name, state, confirmation_state: intent.confirmation_state, slots: Phi::new(slots) }
    }
}

fn stored_option<S: Serializer>(
    value: &Option<Phi<BTreeMap<String, String>>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.as_ref().map(Phi::expose).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Event {
        shared::json::decode(
            br#"{"sessionState": {"sessionAttributes": {"contactId": "c"}, "intent": {"name": "VerifyCaller",
                "confirmationState": "None", "slots": {"DateOfBirth": null, "Gender": {"shape": "Scalar",
                "value": {"originalValue": "woman", "interpretedValue": "female", "resolvedValues": ["female"]}}}}}}"#,
        )
        .unwrap()
    }

    /// A slot that is filled.
    fn born() -> Vec<(&'static str, Phi<Option<String>>)> {
        vec![("DateOfBirth", Phi::new(Some("1987-09-12".to_owned())))]
    }

    fn wire(event: &Event, reply: Reply) -> Value {
        serde_json::to_value(Response::new(event, Session::of(event), reply)).unwrap()
    }

    #[test]
    fn delegating_echoes_the_intent_with_its_slots_and_says_nothing() {
        let expected = json!({"sessionState": {
            "sessionAttributes": {"contactId": "c"},
            "dialogAction": {"type": "Delegate"},
            "intent": {"name": "VerifyCaller", "state": "InProgress", "confirmationState": "None", "slots": {
                "DateOfBirth": null,
                "Gender": {"shape": "Scalar",
                    "value": {"originalValue": "woman", "interpretedValue": "female", "resolvedValues": ["female"]}},
            }},
        }});
        assert_eq!(wire(&event(), Reply::delegate()), expected);
    }

    #[test]
    fn eliciting_a_slot_names_it_and_can_empty_and_fill_others() {
        let reply = Reply::new(DialogAction::ElicitSlot { slot: "DateOfBirth" }, Messages::say(&["When?"]));
        let response = wire(&event(), Reply { slots: born(), ..reply }.emptying(&["Gender"]));
        assert_eq!(
            response["sessionState"]["dialogAction"],
            json!({"type": "ElicitSlot", "slotToElicit": "DateOfBirth"})
        );
        let slots = &response["sessionState"]["intent"]["slots"];
        assert_eq!(slots["Gender"], Value::Null);
        assert_eq!(slots["DateOfBirth"]["value"]["interpretedValue"], "1987-09-12");
        assert_eq!(response["messages"], json!([{"contentType": "PlainText", "content": "When?"}]));
    }

    #[test]
    fn a_slot_is_elicited_letter_by_letter_in_lexs_style_for_it() {
        let response =
            wire(&event(), Reply::new(DialogAction::ElicitSpelling { slot: "LastName" }, Messages::default()));
        assert_eq!(
            response["sessionState"]["dialogAction"],
            json!({"type": "ElicitSlot", "slotToElicit": "LastName", "slotElicitationStyle": "SpellByLetter"})
        );
    }

    #[test]
    fn nobody_is_answered_with_silence() {
        let slot = "DateOfBirth";
        let actions = [
            DialogAction::ElicitIntent,
            DialogAction::ElicitSlot { slot },
            DialogAction::ElicitSpelling { slot },
            DialogAction::Close(IntentState::Fulfilled),
        ];
        for action in actions {
            let response = wire(&event(), Reply::new(action, Messages::say(&[" "])));
            assert_eq!(response["messages"][0]["content"], Locale::EnUs.dialog().outage);
        }
    }

    #[test]
    fn eliciting_an_intent_echoes_none() {
        let response = wire(&event(), Reply::new(DialogAction::ElicitIntent, Messages::say(&["What?"])));
        assert_eq!(response["sessionState"]["dialogAction"], json!({"type": "ElicitIntent"}));
        assert!(response["sessionState"].get("intent").is_none());
    }

    #[test]
    fn closing_tells_the_state_even_where_the_event_named_no_intent() {
        let empty: Event = shared::json::decode(b"{}").unwrap();
        let response = wire(&empty, Reply::new(DialogAction::Close(IntentState::Failed), Messages::say(&["Sorry."])));
        let expected = json!({
            "sessionState": {"dialogAction": {"type": "Close"},
                "intent": {"name": "FallbackIntent", "state": "Failed", "slots": {}}},
            "messages": [{"contentType": "PlainText", "content": "Sorry."}],
        });
        assert_eq!(response, expected);
    }

    #[test]
    fn debug_text_holds_nothing_of_the_caller() {
        let reply = Reply { slots: born(), ..Reply::delegate() };
        assert!(!format!("{reply:?}").contains("1987"));
        assert!(!format!("{:?}", Response::new(&event(), Session::of(&event()), reply)).contains("1987"));
    }
}
