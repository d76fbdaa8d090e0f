//! What a reply does to the conversation.

use super::{Conversation, Step, Waiting};
use crate::lex::definition::message_group::texts;
use crate::lex::event::{ActiveIntent, Hook};
use crate::lex::invocation::Failure;
use crate::lex::message::{ContentType, Message};
use crate::lex::reply::{Action, IntentState, Reply};
use crate::lex::understanding;

impl Conversation<'_> {
    /// Does what the reply says.
    pub(super) fn take(
        &mut self,
        reply: Reply,
        hook: Hook,
        before: ActiveIntent,
        asking: Option<(String, u8)>,
        hear: &mut dyn FnMut(&str),
    ) -> Result<Step, Failure> {
        // A map takes the place of the whole set, an empty one too; without one they stay.
        if let Some(attributes) = reply.session_attributes {
            self.attributes = attributes;
        }
        let replied = reply.intent;
        let mut intent = match replied {
            None => before,
            Some(replied) => {
                let known = self.locale.intent(&replied.name).map(understanding::unfilled).unwrap_or_default();
                ActiveIntent {
                    name: replied.name,
                    state: replied.state.unwrap_or(IntentState::InProgress),
                    confirmation: replied.confirmation_state,
                    slots: known.into_iter().chain(replied.slots.unwrap_or_default()).collect(),
                }
            }
        };
        // The messages are for the turn that the function ends; where it delegates, Lex's own come.
        let spoken = |messages: &[Message], hear: &mut dyn FnMut(&str)| {
            let heard = messages.iter().filter(|message| message.content_type != ContentType::CustomPayload);
            heard.for_each(|message| hear(&message.heard()));
        };
        match reply.action {
            Action::Delegate if hook == Hook::DialogCodeHook => Ok(Step::Next { intent, asking }),
            Action::Delegate => {
                intent.state = IntentState::Fulfilled;
                self.hear_closing(&intent, hear);
                Ok(Step::Close(intent))
            }
            Action::ElicitSlot(slot) => {
                intent.slots.insert(slot.clone(), None);
                let attempt = asking.filter(|(asked, _)| *asked == slot).map_or(0, |(_, attempt)| attempt);
                if reply.messages.is_empty() {
                    let known = self.locale.intent(&intent.name).and_then(|intent| intent.slot(&slot));
                    let prompt = known.map(|slot| &slot.value_elicitation_setting.prompt_specification);
                    prompt.into_iter().flat_map(|prompt| texts(&prompt.message_groups_list)).for_each(&mut *hear);
                } else {
                    spoken(&reply.messages, hear);
                }
                intent.state = IntentState::InProgress;
                Ok(Step::Wait(Waiting::Slot { intent, slot, attempt }))
            }
            Action::ConfirmIntent => {
                spoken(&reply.messages, hear);
                intent.state = IntentState::InProgress;
                let question = reply.messages.iter().map(Message::heard).collect();
                Ok(Step::Wait(Waiting::Confirmation { intent, question, attempt: 0 }))
            }
            Action::ElicitIntent => {
                spoken(&reply.messages, hear);
                Ok(Step::Wait(Waiting::Intent))
            }
            Action::Close => {
                if reply.messages.is_empty() && hook == Hook::FulfillmentCodeHook {
                    self.hear_closing(&intent, hear);
                } else {
                    spoken(&reply.messages, hear);
                }
                Ok(Step::Close(intent))
            }
        }
    }

    /// What the bot itself says after fulfillment, where the function gave no words.
    fn hear_closing(&self, intent: &ActiveIntent, hear: &mut dyn FnMut(&str)) {
        let Some(known) = self.locale.intent(&intent.name) else { return };
        let status = &known.fulfillment_code_hook.post_fulfillment_status_specification;
        let response = match intent.state {
            IntentState::Failed => &status.failure_response,
            IntentState::Fulfilled => &status.success_response,
            _ => &None,
        };
        response.iter().flat_map(|response| texts(&response.message_groups_list)).for_each(hear);
    }
}
