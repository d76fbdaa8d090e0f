//! A conversation with one bot: the session, and what one turn does to it.

use std::collections::BTreeMap;

use shared::clock::Clock;
use shared::randomness::Randomness;

use super::channel::{Input, InputMode, Platform};
use super::definition::fulfillment::Response;
use super::definition::message_group::texts;
use super::definition::{Bot, BotLocale, Intent};
use super::event::{ActiveIntent, EVENT_LIMIT, Event, Hook};
use super::invocation::{Failure, FailureReason, Invocation};
use super::keys;
use super::reply::{self, ConfirmationState, IntentState, Reply};
use super::understanding::{self, Interpretation};

mod listening;
mod progress;
mod reply_taken;

/// Steps within one turn: the dialog hook, fulfillment, and what a switch of intents adds.
const STEPS_A_TURN: usize = 8;

/// A session of a bot.
#[derive(Debug)]
pub struct Conversation<'a> {
    bot: &'a Bot,
    locale: &'a BotLocale,
    platform: Platform,
    session_id: String,
    attributes: BTreeMap<String, String>,
    waiting: Waiting,
    clock: Clock,
    randomness: Randomness,
}

/// What the caller's next words are taken for.
#[derive(Debug, Clone)]
enum Waiting {
    Intent,
    Slot { intent: ActiveIntent, slot: String, attempt: u8 },
    Confirmation { intent: ActiveIntent, question: Vec<String>, attempt: u8 },
}

/// Where a turn left the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The bot waits for the caller.
    Listening,
    /// The bot is done.
    Closed {
        /// With which intent.
        intent: String,
        /// In which state.
        state: IntentState,
    },
    /// Connect takes its error branch.
    Failed(Failure),
}

/// The next step within a turn.
enum Step {
    /// Ask the function, or go on as if it had delegated.
    Dialog { intent: ActiveIntent, asking: Option<(String, u8)> },
    /// What Lex does by itself: the next slot, or fulfillment.
    Next { intent: ActiveIntent, asking: Option<(String, u8)> },
    /// Wait for the caller.
    Wait(Waiting),
    /// Ask the caller the same again, and wait.
    AskAgain { question: Vec<String>, waiting: Waiting },
    /// The bot is done.
    Close(ActiveIntent),
}

impl<'a> Conversation<'a> {
    /// Begins a session with the attributes that the flow hands over.
    pub fn begin(
        bot: &'a Bot,
        locale: &'a BotLocale,
        platform: Platform,
        session_id: String,
        attributes: BTreeMap<String, String>,
        (clock, randomness): (Clock, Randomness),
    ) -> Self {
        Self { bot, locale, platform, session_id, attributes, waiting: Waiting::Intent, clock, randomness }
    }

    /// The session attributes as they stand.
    pub fn attributes(&self) -> &BTreeMap<String, String> {
        &self.attributes
    }

    /// Takes the first input from a line of what the caller says, or keys where `keypad` is set; `function` is invoked
    /// as Lex invokes it, and `hear` gets what the caller hears as they hear it.
    pub async fn turn(
        &mut self,
        line: &mut &str,
        keypad: bool,
        function: &impl AsyncFn(Vec<u8>) -> Invocation,
        hear: &mut dyn FnMut(&str),
    ) -> Outcome {
        let Some(input) = self.input(line, keypad) else { return Outcome::Listening };
        let today = jiff::tz::Offset::UTC.to_datetime(self.clock.now()).date();
        let interpretations = understanding::interpret(self.locale, &input.transcript, today);
        let asked = self.asked().map(|(slot, _)| slot.name.clone());
        let waiting = std::mem::replace(&mut self.waiting, Waiting::Intent);
        let (step, interpretations) = match self.understand(waiting, &input, interpretations, today) {
            Ok(understood) => understood,
            Err(reason) => return Outcome::Failed(Failure { hook: Hook::DialogCodeHook, reason }),
        };
        let turn = Turn { input: &input, interpretations: &interpretations, asked };
        let mut step = step;
        for _ in 0..STEPS_A_TURN {
            let next = match step {
                Step::Dialog { intent, asking } => self.dialog(&turn, intent, asking, function, hear).await,
                Step::Next { intent, asking } => self.next(&turn, intent, asking, function, hear).await,
                Step::Wait(waiting) => {
                    self.waiting = waiting;
                    return Outcome::Listening;
                }
                Step::AskAgain { question, waiting } => {
                    question.iter().for_each(|question| hear(question));
                    self.waiting = waiting;
                    return Outcome::Listening;
                }
                Step::Close(intent) => return Outcome::Closed { intent: intent.name, state: intent.state },
            };
            step = match next {
                Ok(step) => step,
                Err(failure) => return Outcome::Failed(failure),
            };
        }
        Outcome::Failed(Failure { hook: Hook::DialogCodeHook, reason: FailureReason::Circle })
    }

    /// The slot that is asked for, and how often it was.
    fn asked(&self) -> Option<(&'a super::definition::Slot, u8)> {
        let Waiting::Slot { intent, slot, attempt } = &self.waiting else { return None };
        Some((self.locale.intent(&intent.name)?.slot(slot)?, *attempt))
    }

    fn input(&self, line: &mut &str, keypad: bool) -> Option<Input> {
        if keypad && keys::is_keys(line) {
            let asked = self.asked();
            let at_most = self.attributes.get(keys::MAX_LENGTH).and_then(|length| length.parse().ok());
            let keyed = keys::take(line, asked, at_most)?;
            return Some(Input { transcript: keyed.digits, mode: InputMode::Dtmf { transcript: keyed.transcript } });
        }
        let mode = if self.platform == Platform::Chat { InputMode::Text } else { InputMode::Speech };
        let transcript = std::mem::take(line).trim().to_owned();
        Some(Input { transcript, mode })
    }

    fn known(&self, intent: &ActiveIntent) -> Result<&'a Intent, FailureReason> {
        self.locale.intent(&intent.name).ok_or(FailureReason::Definition("an intent"))
    }

    /// The dialog hook, where the intent has one.
    async fn dialog(
        &mut self,
        turn: &Turn<'_>,
        intent: ActiveIntent,
        asking: Option<(String, u8)>,
        function: &impl AsyncFn(Vec<u8>) -> Invocation,
        hear: &mut dyn FnMut(&str),
    ) -> Result<Step, Failure> {
        let failed = |reason| Failure { hook: Hook::DialogCodeHook, reason };
        if !self.known(&intent).map_err(failed)?.dialog_code_hook.enabled {
            return Ok(Step::Next { intent, asking });
        }
        let proposed = self.proposed(&intent, asking.as_ref());
        match self.ask(turn, Hook::DialogCodeHook, &intent, proposed.as_ref(), function, hear).await {
            Ok(reply) => self.take(reply, Hook::DialogCodeHook, intent, asking, hear),
            Err(failure) => {
                let known = self.known(&intent).map_err(failed)?;
                if let Some(after) = known.after_dialog_hook(turn.asked.as_deref()) {
                    say_failure(&failure, &after.failure_response, &after.timeout_response, hear);
                }
                Err(failure)
            }
        }
    }

    /// What Lex would ask for next: what it is asking for and did not get, or the next slot that must be filled.
    fn proposed(&self, intent: &ActiveIntent, asking: Option<&(String, u8)>) -> Option<(String, u8)> {
        if let Some(asking) = asking.filter(|(slot, _)| intent.slots.get(slot).is_none_or(Option::is_none)) {
            return Some(asking.clone());
        }
        let slots = self.locale.intent(&intent.name)?.slots_by_priority();
        let next = slots.into_iter().find(|slot| intent.slots.get(&slot.name).is_none_or(Option::is_none))?;
        Some((next.name.clone(), 0))
    }

    /// The next slot, or fulfillment.
    async fn next(
        &mut self,
        turn: &Turn<'_>,
        mut intent: ActiveIntent,
        asking: Option<(String, u8)>,
        function: &impl AsyncFn(Vec<u8>) -> Invocation,
        hear: &mut dyn FnMut(&str),
    ) -> Result<Step, Failure> {
        let known = self.known(&intent).map_err(|reason| Failure { hook: Hook::FulfillmentCodeHook, reason })?;
        if intent.confirmation == ConfirmationState::Denied {
            intent.state = IntentState::Failed;
            return Ok(Step::Close(intent));
        }
        if let Some((slot, attempt)) = self.proposed(&intent, asking.as_ref()) {
            let prompt = known.slot(&slot).map(|slot| &slot.value_elicitation_setting.prompt_specification);
            prompt.into_iter().flat_map(|prompt| texts(&prompt.message_groups_list)).for_each(&mut *hear);
            return Ok(Step::Wait(Waiting::Slot { intent, slot, attempt }));
        }
        intent.state = IntentState::ReadyForFulfillment;
        if !known.fulfillment_code_hook.enabled {
            return Ok(Step::Close(intent));
        }
        match self.ask(turn, Hook::FulfillmentCodeHook, &intent, None, function, hear).await {
            Ok(reply) => self.take(reply, Hook::FulfillmentCodeHook, intent, None, hear),
            Err(failure) => {
                let status = &known.fulfillment_code_hook.post_fulfillment_status_specification;
                say_failure(&failure, &status.failure_response, &status.timeout_response, hear);
                Err(failure)
            }
        }
    }

    /// Invokes the function and reads its reply.
    async fn ask(
        &mut self,
        turn: &Turn<'_>,
        hook: Hook,
        intent: &ActiveIntent,
        proposed: Option<&(String, u8)>,
        function: &impl AsyncFn(Vec<u8>) -> Invocation,
        hear: &mut dyn FnMut(&str),
    ) -> Result<Reply, Failure> {
        let failed = |reason| Failure { hook, reason };
        let event = Event {
            hook,
            platform: self.platform,
            input: turn.input,
            bot_name: &self.bot.name,
            locale_id: &self.locale.locale_id,
            session_id: &self.session_id,
            request_id: &uuid(&self.randomness),
            session_attributes: &self.attributes,
            intent,
            interpretations: turn.interpretations,
            proposed: proposed.map(|(slot, attempt)| (slot.as_str(), keys::attempt_name(*attempt))),
        };
        let payload = event.to_json().to_string().into_bytes();
        if payload.len() > EVENT_LIMIT {
            return Err(failed(FailureReason::EventTooLarge { bytes: payload.len() }));
        }
        let updates = (hook == Hook::FulfillmentCodeHook && self.platform == Platform::Voice)
            .then(|| self.known(intent).ok()?.fulfillment_code_hook.fulfillment_updates_specification.as_ref())
            .flatten();
        let answer = match progress::invoke(function(payload), updates, hear).await.map_err(failed)? {
            Invocation::Answered(answer) => answer,
            Invocation::FunctionError(message) => return Err(failed(FailureReason::FunctionError(message))),
            Invocation::NotInvoked { code } => return Err(failed(FailureReason::NotInvoked { code })),
        };
        reply::read(&answer, self.locale, self.platform.accepted())
            .map_err(|refusal| failed(FailureReason::Refused(refusal)))
    }
}

/// What the events of one turn have in common.
struct Turn<'t> {
    input: &'t Input,
    interpretations: &'t [Interpretation],
    /// The slot that was asked for.
    asked: Option<String>,
}

/// What the bot itself says where the function failed.
fn say_failure(failure: &Failure, failed: &Option<Response>, timed_out: &Option<Response>, hear: &mut dyn FnMut(&str)) {
    let response = if matches!(failure.reason, FailureReason::TimedOut { .. }) { timed_out } else { failed };
    response.iter().flat_map(|response| texts(&response.message_groups_list)).for_each(hear);
}

/// A random UUID (version 4).
pub(crate) fn uuid(randomness: &Randomness) -> String {
    let random = u128::from_be_bytes(randomness.bytes());
    let bits = (random & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}
