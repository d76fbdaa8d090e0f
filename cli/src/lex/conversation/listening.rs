//! What the caller's words are taken for, beside what was asked.

use jiff::civil::Date;

use super::{Conversation, Step, Waiting};
use crate::lex::channel::Input;
use crate::lex::event::ActiveIntent;
use crate::lex::invocation::FailureReason;
use crate::lex::language::Language;
use crate::lex::reply::{ConfirmationState, IntentState};
use crate::lex::slot::Said;
use crate::lex::understanding::{self, BUT_FOR_FILLERS, Interpretation};
use crate::lex::{slot, words};

/// The confidence from which another intent's words end the asking for a slot.
const CLEARLY_MEANT: f64 = 0.75;
/// How often an unclear yes or no is asked again; a reply that asks to confirm brings no setting of its own.
const CONFIRMATION_RETRIES: u8 = 2;

impl Conversation<'_> {
    /// What the caller's words are, beside what was asked: the first step of the turn, and the interpretations.
    pub(super) fn understand(
        &self,
        waiting: Waiting,
        input: &Input,
        mut interpretations: Vec<Interpretation>,
        today: Date,
    ) -> Result<(Step, Vec<Interpretation>), FailureReason> {
        let best = interpretations.first().cloned().ok_or(FailureReason::Definition("no FallbackIntent"))?;
        let clear = best.confidence.filter(|confidence| *confidence >= CLEARLY_MEANT).is_some();
        let (mut intent, step, understood) = match waiting {
            Waiting::Intent => return Ok((self.begin_intent(best), interpretations)),
            Waiting::Slot { mut intent, slot: asked, attempt } => {
                let known = self.known(&intent)?;
                let slot = known.slot(&asked).ok_or(FailureReason::Definition("a slot"))?;
                let kind = slot::kind(self.locale, slot).ok_or(FailureReason::Definition("a slot type"))?;
                let words = words::words(&input.transcript);
                let carriers = understanding::carriers(known, slot);
                let language = Language::of(self.locale);
                let said = Said { text: &input.transcript, words: &words, language, today };
                // Where any words fill the slot, those of a sample of another intent don't.
                let another = kind.is_free() && best.confidence >= Some(BUT_FOR_FILLERS) && best.intent != intent.name;
                let filled = slot::find(kind, said, &carriers).filter(|_| !another);
                let fills = filled.is_some();
                if let Some(filled) = filled {
                    intent.slots.insert(asked.clone(), Some(filled.value));
                }
                // Another slot's words in a sample of this intent ("my birthday is …") correct that slot.
                if best.intent == intent.name && clear {
                    for (name, value) in best.slots.iter().filter(|(name, value)| **name != asked && value.is_some()) {
                        intent.slots.insert(name.clone(), value.clone());
                    }
                } else if !fills && clear {
                    return Ok((self.begin_intent(best), interpretations));
                }
                let retries = slot.value_elicitation_setting.prompt_specification.max_retries;
                if !fills && attempt >= retries {
                    return self.begin_fallback(interpretations);
                }
                let asking = (!fills).then_some((asked, attempt + 1));
                (intent.clone(), Step::Dialog { intent, asking }, fills)
            }
            Waiting::Confirmation { mut intent, question, attempt } => {
                match yes_or_no(&input.transcript) {
                    Some(confirmation) => intent.confirmation = confirmation,
                    None if clear && best.intent != intent.name => {
                        return Ok((self.begin_intent(best), interpretations));
                    }
                    None if attempt >= CONFIRMATION_RETRIES => return self.begin_fallback(interpretations),
                    None => {
                        let waiting =
                            Waiting::Confirmation { intent, question: question.clone(), attempt: attempt + 1 };
                        return Ok((Step::AskAgain { question, waiting }, interpretations));
                    }
                }
                (intent.clone(), Step::Dialog { intent, asking: None }, true)
            }
        };
        // While something is asked for, the intent that asks is the best interpretation.
        let at = interpretations.iter().position(|interpretation| interpretation.intent == intent.name);
        let confidence = at.map(|at| interpretations.remove(at)).and_then(|found| found.confidence);
        let slots = std::mem::take(&mut intent.slots);
        let confidence = confidence.or(understood.then_some(1.0));
        interpretations.insert(0, Interpretation { intent: intent.name, confidence, slots });
        Ok((step, interpretations))
    }

    fn begin_intent(&self, interpretation: Interpretation) -> Step {
        let slots = self.locale.intent(&interpretation.intent).map(understanding::unfilled).unwrap_or_default();
        let intent = ActiveIntent {
            name: interpretation.intent,
            state: IntentState::InProgress,
            confirmation: ConfirmationState::None,
            slots: slots.into_iter().chain(interpretation.slots).collect(),
        };
        Step::Dialog { intent, asking: None }
    }

    /// Asked often enough: Lex fails the intent and invokes `FallbackIntent`.
    fn begin_fallback(
        &self,
        mut interpretations: Vec<Interpretation>,
    ) -> Result<(Step, Vec<Interpretation>), FailureReason> {
        let fallback = self.locale.fallback().ok_or(FailureReason::Definition("no FallbackIntent"))?;
        let at = interpretations.iter().position(|interpretation| interpretation.intent == fallback.name);
        let best = at.map(|at| interpretations.remove(at)).ok_or(FailureReason::Definition("no FallbackIntent"))?;
        interpretations.insert(0, best.clone());
        Ok((self.begin_intent(best), interpretations))
    }
}

fn yes_or_no(said: &str) -> Option<ConfirmationState> {
    const YES: &[&str] =
        &["yes", "yeah", "yep", "sure", "correct", "right", "okay", "ok", "sí", "si", "correcto", "claro"];
    const NO: &[&str] = &["no", "nope", "wrong", "incorrect", "incorrecto"];
    words::words(said).iter().find_map(|word| match word.text.as_str() {
        yes if YES.contains(&yes) => Some(ConfirmationState::Confirmed),
        no if NO.contains(&no) => Some(ConfirmationState::Denied),
        _ => None,
    })
}
