//! What each action does.

use super::content::{Action, Kind, LexBot};
use super::{At, ContactFlow, Ending, Happening, People};
use crate::lex::channel::Platform;
use crate::lex::conversation::Conversation;
use crate::lex::message::without_tags;

/// Actions between two inputs of the caller: more are a circle.
const ACTIONS: usize = 100;
/// Any error that has no branch of its own.
const ANY: &str = "NoMatchingError";

impl<'a> ContactFlow<'a> {
    /// Goes on with `next`, up to where the caller is listened to, or the call ends. Where there is no next action, Connect
    /// hangs up.
    pub(super) fn run(&mut self, next: Option<&str>, tell: &mut dyn FnMut(Happening<'_>)) {
        let mut next = next.and_then(|next| self.action(next));
        self.at = At::Ended(Ending::Goodbye);
        for _ in 0..ACTIONS {
            let Some(action) = next else { return };
            match self.act(action, tell) {
                Next::Action(identifier) => next = identifier.and_then(|identifier| self.action(identifier)),
                Next::At(at) => {
                    self.at = at;
                    return;
                }
            }
        }
    }

    fn act(&mut self, action: &'a Action, tell: &mut dyn FnMut(Happening<'_>)) -> Next<'a> {
        let transitions = &action.transitions;
        let then = || Next::Action(transitions.next_action.as_deref());
        let fail = |error| Next::Action(transitions.after_error(error));
        match &action.kind {
            Kind::UpdateFlowLoggingBehavior(_) | Kind::UpdateContactTextToSpeechVoice(_) => then(),
            Kind::UpdateContactRecordingAndAnalyticsBehavior(_) if self.is_chat() => fail("ChannelMismatch"),
            Kind::UpdateContactRecordingAndAnalyticsBehavior(_) => then(),
            Kind::UpdateContactData(data) => {
                self.locale_id = data.language_code.replace('-', "_");
                then()
            }
            Kind::UpdateFlowAttributes(set) => {
                let set = set.flow_attributes.iter().map(|(name, value)| (name.clone(), value.value.clone()));
                self.attributes.extend(set.collect::<Vec<_>>());
                then()
            }
            Kind::MessageParticipant(prompt) => {
                if self.hear(prompt.text.as_deref(), prompt.ssml.as_deref(), tell) {
                    then()
                } else {
                    fail(ANY)
                }
            }
            Kind::GetParticipantInput(_) if self.is_chat() => fail(ANY),
            Kind::GetParticipantInput(input) => {
                if !self.hear(Some(&input.text), None, tell) {
                    return fail(ANY);
                }
                if !self.asks_for_language(action) {
                    return Next::At(At::Asking(action));
                }
                match self.language_key() {
                    Some(key) => Next::Action(transitions.by_result(&key.to_string())),
                    None => fail("InputTimeLimitExceeded"),
                }
            }
            Kind::ConnectParticipantWithLexBot(bot) => {
                let Some(conversation) = self.conversation(bot) else { return fail(ANY) };
                if !self.hear(bot.text.as_deref(), bot.ssml.as_deref(), tell) {
                    return fail(ANY);
                }
                Next::At(At::Talking(action, conversation))
            }
            Kind::Compare(comparison) => match self.resolve(&comparison.comparison_value) {
                Some(value) => Next::Action(transitions.by_result(&value)),
                None => fail("NoMatchingCondition"),
            },
            Kind::Loop(count) => {
                let times = self.loops.entry(action.identifier.clone()).or_default();
                let goes_on = count.loop_count.parse().is_ok_and(|count: u32| *times < count);
                *times = if goes_on { *times + 1 } else { 0 };
                Next::Action(transitions.by_result(if goes_on { "ContinueLooping" } else { "DoneLooping" }))
            }
            Kind::CheckHoursOfOperation(_) => {
                Next::Action(transitions.by_result(if self.people == People::Away { "False" } else { "True" }))
            }
            Kind::CheckMetricData(_) => match self.people {
                People::Uncounted => fail(ANY),
                People::Unstaffed => Next::Action(transitions.by_result("0")),
                _ => Next::Action(transitions.by_result("1")),
            },
            Kind::UpdateContactTargetQueue(queue) if queue.queue_id.is_empty() => fail(ANY),
            Kind::UpdateContactTargetQueue(_) => then(),
            Kind::TransferContactToQueue(_) => match self.people {
                People::There | People::Unstaffed | People::Uncounted => Next::At(At::Ended(Ending::Person)),
                People::Busy => fail("QueueAtCapacity"),
                People::Away | People::OutOfReach => fail(ANY),
            },
            Kind::UpdateContactCallbackNumber(number) => match self.resolve(&number.callback_number) {
                Some(number) if number.starts_with('+') => then(),
                _ => fail("InvalidCallbackNumber"),
            },
            Kind::CreateCallbackContact(_) => {
                self.callback = true;
                then()
            }
            Kind::DisconnectParticipant(_) => Next::At(At::Ended(Ending::Goodbye)),
        }
    }

    /// The caller hears a prompt. False where it can't be played: it is empty, or SSML in a chat.
    fn hear(&self, text: Option<&str>, ssml: Option<&str>, tell: &mut dyn FnMut(Happening<'_>)) -> bool {
        let heard = match (text, ssml) {
            (Some(text), None) => self.resolve(text),
            (None, Some(ssml)) if !self.is_chat() => self.resolve(ssml).map(|ssml| without_tags(&ssml)),
            _ => None,
        };
        let Some(heard) = heard.filter(|heard| !heard.trim().is_empty()) else { return false };
        tell(Happening::Heard(&heard));
        true
    }

    /// A new session with a bot: none where there is no such bot, or it doesn't speak the language that the flow set.
    fn conversation(&self, block: &LexBot) -> Option<Conversation<'a>> {
        let bot = self.definition.bot(&block.lex_v2_bot.alias_arn)?;
        let locale = bot.locale(&self.locale_id)?;
        let attributes = block.lex_session_attributes.iter();
        let attributes = attributes.filter_map(|(name, value)| Some((name.clone(), self.resolve(value)?))).collect();
        let platform = if self.is_chat() { Platform::Chat } else { Platform::Voice };
        let services = (self.clock.clone(), self.randomness.clone());
        Some(Conversation::begin(bot, locale, platform, self.contact_id.clone(), attributes, services))
    }
}

/// What follows an action.
enum Next<'a> {
    Action(Option<&'a str>),
    At(At<'a>),
}
