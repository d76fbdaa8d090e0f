//! `Repeat` and `SpeakSlower`: the last turn again, and in the latter case more slowly, from now on.

use super::last_turn::LastTurn;
use super::{Answer, IntentName, Turn, help, verify_caller};
use crate::Fulfillment;
use crate::session::attribute;

/// Slow, and slower still; more is no help.
const SLOWEST: usize = 2;

/// The turn that is to be given again; the help where there was none.
pub(crate) fn last(turn: &Turn<'_>) -> LastTurn {
    let last = turn.session.last_turn().and_then(LastTurn::parse);
    last.filter(|last| last.intent != IntentName::VerifyCaller)
        .unwrap_or(LastTurn { intent: IntentName::Help, at: None })
}

/// From now on the caller is spoken to more slowly.
pub(crate) fn slow_down(turn: &mut Turn<'_>) {
    let slower = turn.session.count(attribute::SLOWER).saturating_add(1).min(SLOWEST);
    turn.session.set_count(attribute::SLOWER, slower);
}

/// Before verification there is one thing to repeat: the question that stands.
pub(crate) fn question(fulfillment: &Fulfillment, intent: IntentName, turn: &mut Turn<'_>) -> Answer {
    if intent == IntentName::SpeakSlower {
        slow_down(turn);
    }
    if turn.is_verifying() { verify_caller::question_again(fulfillment, turn) } else { help::answer(fulfillment, turn) }
}
