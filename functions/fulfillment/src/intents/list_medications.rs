//! `ListMedications` and `MoreMedications`: from the prefetched list in one read of the call record; or after a short wait
//! for whoever is reading it; or from Epic.

use jiff::Timestamp;
use shared::aws::AwsError;
use shared::call_record::store::{CallStore, Written};
use shared::call_record::{CallRecord, CallReference, MedicationsOutcome, VerifiedCaller};
use shared::fhir::FhirError;
use shared::medication_list::MedicationList;
use shared::telemetry::ErrorChain;
use tokio::time::Instant;

use super::last_turn::LastTurn;
use super::{Answer, IntentName, Turn, not_read};
use crate::Fulfillment;
use crate::chart_reading::{NotRead, Part, find, reading_deadline};
use crate::lex::response::{DialogAction, Reply};
use crate::medication_turn::speak;
use crate::session::attribute;

/// Speaks of the medications, from the one with index `from` on.
pub(crate) async fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>, from: usize) -> Answer {
    from_list(fulfillment, turn, |list, turn| {
        let spoken = speak(list, from, turn.dialog(), turn.form());
        turn.session.set_count(attribute::MEDICATIONS_SPOKEN, spoken.next);
        if let Some(last) = spoken.next.checked_sub(1) {
            turn.session.set_count(attribute::LAST_MEDICATION, last);
        }
        let from = from.min(list.medications.len());
        turn.session.set_last_turn(LastTurn { intent: IntentName::ListMedications, at: Some(from) }.written());
        // The block stays open: there may be more to say.
        (Reply::new(DialogAction::ElicitIntent, spoken.messages), None)
    })
    .await
}

/// Answers from the list: with what `said` makes of it, and the outcome for the log where that is more than where the list
/// came from.
pub(super) async fn from_list(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'_>,
    said: impl FnOnce(&MedicationList, &mut Turn<'_>) -> (Reply, Option<&'static str>),
) -> Answer {
    let began = Instant::now();
    let (list, source) = match Box::pin(find(&Medications, fulfillment, turn)).await {
        Ok(found) => found,
        Err(why) => {
            if why.is_fault() {
                tracing::error!(code = "no-medications", error = %ErrorChain(&why), "the medications were not told");
            }
            return not_read::answer(fulfillment, turn, &why);
        }
    };
    let (reply, outcome) = said(&list, turn);
    tracing::info!(
        code = "answered",
        source = source.as_str(),
        elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "the medications were told"
    );
    Answer::new(reply, outcome.unwrap_or(source.as_str()))
}

/// The part of a chart that this is about.
struct Medications;

impl Part for Medications {
    type Outcome = MedicationsOutcome;
    type List = MedicationList;

    fn of(record: &mut CallRecord) -> Option<MedicationsOutcome> {
        record.medications.take()
    }

    async fn read(
        &self,
        fulfillment: &Fulfillment,
        turn: &Turn<'_>,
        caller: &VerifiedCaller,
    ) -> Result<MedicationsOutcome, FhirError> {
        shared::medications::read(
            &turn.site.verification.fhir,
            &caller.patient,
            &turn.site.medication_policy,
            caller.locale,
            fulfillment.clock(),
            reading_deadline(turn),
        )
        .await
    }

    async fn store(
        calls: &CallStore,
        call: &CallReference,
        outcome: &MedicationsOutcome,
        expires_at: Timestamp,
    ) -> Result<Written, AwsError> {
        calls.write_medications(call, outcome, expires_at).await
    }

    fn list(outcome: MedicationsOutcome) -> Result<MedicationList, NotRead> {
        match outcome {
            MedicationsOutcome::Read { list } => Ok(list),
            MedicationsOutcome::Restricted => Err(NotRead::Restricted),
        }
    }
}
