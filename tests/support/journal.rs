//! What the deployed functions logged.

use std::time::{Duration, Instant};

use careline::local_stack::{Function, LocalStack, LogReader};
use serde_json::Value;

use super::deployed::Deployed;

/// How long a line may take: a function starts within a second, unless every core is compiling.
const PATIENCE: Duration = Duration::from_secs(30);

/// What an invocation logged: Lambda writes `START` before and `REPORT` after it.
#[derive(Debug, Clone)]
pub struct Invocation {
    pub function: Function,
    /// Every line, as it is.
    pub lines: Vec<String>,
}

impl Invocation {
    /// Its lines that are JSON: the log's, and the metrics.
    pub fn events(&self) -> impl Iterator<Item = Value> {
        self.lines.iter().filter_map(|line| shared::json::decode(line.trim().as_bytes()).ok())
    }

    /// Its first line with this `code`.
    pub fn line(&self, code: &str) -> Option<Value> {
        self.events().find(|event| event["code"] == code)
    }

    /// How many of its lines have this `code`.
    pub fn count(&self, code: &str) -> usize {
        self.events().filter(|event| event["code"] == code).count()
    }
}

/// Reads the functions' logs on.
pub struct Journal {
    reader: LogReader,
    pub invocations: Vec<Invocation>,
}

impl Journal {
    /// From the stack's start on.
    pub fn of(deployed: &Deployed) -> Self {
        Self::of_stack(&deployed.stack)
    }

    /// From now on.
    pub async fn from_now(deployed: &Deployed) -> Self {
        Self::of_stack_from_now(&deployed.stack).await
    }

    /// From the stack's start on.
    pub fn of_stack(stack: &LocalStack) -> Self {
        Self { reader: stack.log(), invocations: Vec::new() }
    }

    /// From now on.
    pub async fn of_stack_from_now(stack: &LocalStack) -> Self {
        let mut journal = Self::of_stack(stack);
        journal.read().await;
        journal.invocations.clear();
        journal
    }

    /// Reads what has come.
    pub async fn read(&mut self) {
        for line in self.reader.read().await.expect("the functions' log") {
            let begins = line.text.starts_with("START ");
            match self.invocations.last_mut() {
                Some(last) if !begins && last.function == line.function => last.lines.push(line.text),
                _ => self.invocations.push(Invocation { function: line.function, lines: vec![line.text] }),
            }
        }
    }

    /// The first `count` invocations of which `is_one` holds, waiting for them.
    pub async fn until(&mut self, count: usize, is_one: impl Fn(&Invocation) -> bool) -> Vec<Invocation> {
        self.until_within(PATIENCE, count, is_one).await
    }

    /// As [`Journal::until`], for what takes longer.
    pub async fn until_within(
        &mut self,
        patience: Duration,
        count: usize,
        is_one: impl Fn(&Invocation) -> bool,
    ) -> Vec<Invocation> {
        let started = Instant::now();
        loop {
            self.read().await;
            let found: Vec<_> = self.invocations.iter().filter(|invocation| is_one(invocation)).cloned().collect();
            if found.len() >= count {
                return found;
            }
            assert!(started.elapsed() < patience, "{} of {count} in {:#?}", found.len(), self.invocations);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The first invocation with a line of this `code`, waiting for it.
    pub async fn with(&mut self, code: &str) -> Invocation {
        self.until(1, |invocation| invocation.line(code).is_some()).await.remove(0)
    }
}
