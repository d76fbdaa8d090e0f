//! Waiting for the function as Lex waits: with words while it takes its time, and not for ever.

use std::time::Duration;

use tokio::time::Instant;

use crate::lex::definition::fulfillment::FulfillmentUpdates;
use crate::lex::definition::message_group::texts;
use crate::lex::invocation::{FailureReason, Invocation};

/// How long Lex waits for a function (quotas: 30 s), where no fulfillment updates say otherwise.
const TIMEOUT_SECONDS: u64 = 30;
/// Lex sends at most so many messages of progress for one fulfillment.
const UPDATES_LIMIT: usize = 5;

/// Waits for `invocation`, letting the caller hear `updates` meanwhile.
pub(super) async fn invoke(
    invocation: impl Future<Output = Invocation>,
    updates: Option<&FulfillmentUpdates>,
    hear: &mut dyn FnMut(&str),
) -> Result<Invocation, FailureReason> {
    let updates = updates.filter(|updates| updates.active);
    let seconds = updates.map_or(TIMEOUT_SECONDS, |updates| updates.timeout_in_seconds);
    let began = Instant::now();
    let end = began + Duration::from_secs(seconds);
    let mut invocation = std::pin::pin!(invocation);
    let mut said = 0;
    let mut due = updates.and_then(|updates| {
        let start = updates.start_response.as_ref().map(|start| start.delay_in_seconds);
        let first = start.or_else(|| updates.update_response.as_ref().map(|update| update.frequency_in_seconds))?;
        Some(began + Duration::from_secs(first))
    });
    loop {
        tokio::select! {
            biased;
            answer = &mut invocation => return Ok(answer),
            () = tokio::time::sleep_until(end) => return Err(FailureReason::TimedOut { seconds }),
            () = tokio::time::sleep_until(due.unwrap_or(end)), if due.is_some() => {
                let update = updates.and_then(|updates| updates.update_response.as_ref());
                let start = updates.and_then(|updates| updates.start_response.as_ref()).filter(|_| said == 0);
                let groups = start.map(|start| &start.message_groups).or(update.map(|update| &update.message_groups));
                groups.into_iter().flat_map(|groups| texts(groups)).for_each(&mut *hear);
                said += 1;
                due = update
                    .filter(|_| said < UPDATES_LIMIT)
                    .map(|update| Instant::now() + Duration::from_secs(update.frequency_in_seconds));
            }
        }
    }
}
