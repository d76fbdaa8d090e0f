//! The sample call: what is played where nobody is at the terminal.

use std::path::Path;
use std::time::Duration;

use super::error::CallError;
use super::options::Options;
use super::phone::Phone;
use super::step::Kind;
use crate::script::Script;

/// Camila Lopez hears her medications; a second caller with her number and another birth date does not.
const SAMPLE: &str = include_str!("sample.call");
/// Where it stands, for whoever has to look at it.
const NAME: &str = "cli/src/call/sample.call";

/// How long the prefetch may take, on a machine that is busy with something else.
const PREFETCH_WITHIN: Duration = Duration::from_secs(60);

/// Plays it.
///
/// # Errors
/// [`CallError::Difference`] where other words were heard, [`CallError::Sample`] where the steps were others.
pub(super) async fn play(phone: &mut Phone<'_, '_>, options: &Options) -> Result<(), CallError> {
    let script = Script::parse(SAMPLE).map_err(|source| CallError::Script { path: NAME.into(), source })?;
    phone.wait_for_prefetch(PREFETCH_WITHIN);
    phone.play(&script, Path::new(NAME), options).await?;
    let steps = phone.steps();
    let answered = steps.iter().position(|kind| *kind == Kind::AnsweredFromPrefetched);
    // The turn's own line comes with that of its answer.
    let turn =
        answered.and_then(|at| steps.get(at..)?.iter().find(|k| matches!(k, Kind::Turn | Kind::TurnWithOneRead)));
    for (is_so, otherwise) in [
        (steps.contains(&Kind::TokenStored), "no token was stored"),
        (steps.contains(&Kind::CallerVerified), "nobody was verified"),
        (steps.contains(&Kind::PrefetchDone), "nothing was read ahead"),
        (answered.is_some(), "no answer came from the prefetched list"),
        (turn == Some(&Kind::TurnWithOneRead), "the answer took more than one DynamoDB request"),
        (steps.contains(&Kind::VerificationRefused), "the second caller was not refused"),
    ] {
        if !is_so {
            return Err(CallError::Sample(otherwise));
        }
    }
    phone.screen().line("All as it should be: verified, read ahead, answered with one DynamoDB request; and refused.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_script() {
        assert_eq!(Script::parse(SAMPLE).unwrap().calls.len(), 2);
    }
}
