//! A phone: calls, what is heard in them, and the steps behind them.

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use shared::clock::Clock;
use shared::randomness::Randomness;
use tokio::time::{Instant, sleep};

use super::error::CallError;
use super::options::Options;
use super::screen::Screen;
use super::setting_up::Line;
use super::step::{Kind, Step};
use crate::contact_flow::definition::FlowDefinition;
use crate::contact_flow::{Caller, Channel, ContactFlow, Happening};
use crate::lambda::DeployedFunction;
use crate::local_stack::LogReader;
use crate::script::Script;
use crate::script::player::{Difference, compare};

/// How often the functions' log is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How long the lines of an invocation that has answered may take to be in the log.
const LINES_WITHIN: Duration = Duration::from_secs(10);
/// How long the prefetch may take before the call goes on without having shown it.
const PREFETCH_WITHIN: Duration = Duration::from_secs(6);

/// A phone.
pub(super) struct Phone<'a, 'o> {
    definition: &'a FlowDefinition,
    fulfillment: &'a DeployedFunction,
    log: LogReader,
    services: (Clock, Randomness),
    screen: &'a mut Screen<'o>,
    /// Every step so far.
    steps: Vec<Kind>,
    prefetch_within: Duration,
}

impl<'a, 'o> Phone<'a, 'o> {
    /// A phone on a line.
    pub(super) fn new(
        definition: &'a FlowDefinition,
        line: &'a Line,
        services: (Clock, Randomness),
        screen: &'a mut Screen<'o>,
    ) -> Self {
        Self {
            definition,
            fulfillment: &line.fulfillment,
            log: line.log(),
            services,
            screen,
            steps: Vec::new(),
            prefetch_within: PREFETCH_WITHIN,
        }
    }

    /// How long the prefetch may take from now on, where going on without it would show nothing.
    pub(super) fn wait_for_prefetch(&mut self, within: Duration) {
        self.prefetch_within = within;
    }

    /// Where the call is shown.
    pub(super) fn screen(&mut self) -> &mut Screen<'o> {
        self.screen
    }

    /// Every step so far.
    pub(super) fn steps(&self) -> &[Kind] {
        &self.steps
    }

    /// Calls. The greeting is heard, shown, and returned.
    pub(super) fn call(&mut self, caller: Caller) -> Result<(ContactFlow<'a>, Vec<String>), CallError> {
        self.screen.line(&match (caller.channel, caller.number.as_deref()) {
            (Channel::Chat, _) => "--- a chat, which has no calling number".to_owned(),
            (_, number) => format!("--- a call from {}", number.unwrap_or("a withheld number")),
        });
        let mut heard = Vec::new();
        let mut tell = |happening: Happening<'_>| show(self.screen, &mut heard, happening);
        let flow = ContactFlow::answer(self.definition, caller, self.services.clone(), &mut tell);
        Ok((flow.map_err(CallError::Locale)?, heard))
    }

    /// The caller says something; what they hear is shown, and returned, and then the steps are shown.
    pub(super) async fn say(&mut self, flow: &mut ContactFlow<'_>, words: &str) -> Result<Vec<String>, CallError> {
        let invocations = Cell::new(0);
        let function = async |payload| {
            invocations.set(invocations.get() + 1);
            self.fulfillment.invoke(payload).await
        };
        let mut heard = Vec::new();
        let mut tell = |happening: Happening<'_>| show(self.screen, &mut heard, happening);
        flow.say(words, &function, &mut tell).await;
        self.show_steps(invocations.get()).await?;
        Ok(heard)
    }

    /// Plays a script, up to the first difference.
    pub(super) async fn play(&mut self, script: &Script, path: &Path, options: &Options) -> Result<(), CallError> {
        let differs = |difference| CallError::Difference { script: path.to_owned(), difference };
        for call in &script.calls {
            let (mut flow, heard) = self.call(options.caller_of(call))?;
            compare(&heard, &call.greeting).map_err(differs)?;
            let mut last = heard;
            for turn in &call.turns {
                if flow.ended().is_some() {
                    return Err(differs(Difference::Ended { line: turn.line, heard: last.join(" ") }));
                }
                self.screen.caller(&turn.says);
                last = self.say(&mut flow, &turn.says).await?;
                compare(&last, &turn.expectations).map_err(differs)?;
            }
            self.screen.line("--- the call has ended");
            self.screen.line("");
        }
        Ok(())
    }

    /// Shows the steps of so many turns, and of the prefetch that they queued.
    async fn show_steps(&mut self, turns: usize) -> Result<(), CallError> {
        let turns = self.turns() + turns;
        let began = Instant::now();
        loop {
            self.show_new_steps().await?;
            let prefetching = self.count(Kind::PrefetchQueued) > self.count(Kind::PrefetchDone);
            let patience = match (self.turns() < turns, prefetching) {
                (true, _) => LINES_WITHIN,
                (false, true) => self.prefetch_within,
                (false, false) => return Ok(()),
            };
            if began.elapsed() >= patience {
                return Ok(());
            }
            sleep(LOOK_EVERY).await;
        }
    }

    /// How many turns there were so far.
    fn turns(&self) -> usize {
        self.count(Kind::Turn) + self.count(Kind::TurnWithOneRead)
    }

    /// Shows the steps until one of this kind, or, where `anything_will_do`, until any.
    pub(super) async fn show_steps_until(&mut self, kind: Kind, anything_will_do: bool) -> Result<(), CallError> {
        let before = self.steps.len();
        let end = Instant::now() + LINES_WITHIN;
        loop {
            self.show_new_steps().await?;
            let new = self.steps.get(before..).unwrap_or_default();
            if new.contains(&kind) || (anything_will_do && !new.is_empty()) || Instant::now() >= end {
                return Ok(());
            }
            sleep(LOOK_EVERY).await;
        }
    }

    fn count(&self, kind: Kind) -> usize {
        self.steps.iter().filter(|step| **step == kind).count()
    }

    async fn show_new_steps(&mut self) -> Result<(), CallError> {
        let lines = self.log.read().await.map_err(CallError::Log)?;
        for step in lines.iter().filter_map(|line| Step::of(&line.text)) {
            if let Some(text) = &step.text {
                self.screen.step(text);
            }
            self.steps.push(step.kind);
        }
        Ok(())
    }
}

fn show(screen: &mut Screen<'_>, heard: &mut Vec<String>, happening: Happening<'_>) {
    match happening {
        Happening::Heard(words) => {
            screen.hears(words);
            heard.push(words.to_owned());
        }
        Happening::Failed(failure) => screen.step(&format!("! Connect takes the error branch: {failure}")),
    }
}
