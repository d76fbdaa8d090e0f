//! `ListMedications` and `MoreMedications`: from the prefetched list in one read of the call record; or after a short wait
//! for whoever is reading it; or from Epic.

use shared::call_record::store::Written;
use shared::call_record::{CallRecord, CallReference, MedicationsOutcome};
use shared::medication_list::MedicationList;
use shared::telemetry::ErrorChain;
use tokio::time::Instant;

use super::last_turn::LastTurn;
use super::{Answer, IntentName, Turn, not_read};
use crate::Fulfillment;
use crate::chart_reading::{NotRead, Source, read_call, reading_deadline, wait_for_worker};
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
    let (list, source) = match Box::pin(find_list(fulfillment, turn)).await {
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

async fn find_list(fulfillment: &Fulfillment, turn: &Turn<'_>) -> Result<(MedicationList, Source), NotRead> {
    // Whatever the attributes claim: without a record of ours that is valid now, nobody is verified.
    let call = turn.session.call_reference().ok_or(NotRead::NoCall)?;
    let record = read_call(fulfillment, turn, &call).await?;
    if let Some(medications) = record.medications {
        return Ok((read_list(medications)?, Source::Prefetched));
    }
    let of_record = |record: CallRecord| record.medications;
    if let Some(medications) = wait_for_worker(fulfillment, turn, &call, &record, of_record).await? {
        return Ok((read_list(medications)?, Source::Waited));
    }
    let (medications, source) = read_live(fulfillment, turn, &call, &record).await?;
    Ok((read_list(medications)?, source))
}

/// Reads the chart, and stores the list for the turns to come; if another was as quick, theirs is the list, since "more"
/// will go on in what is stored.
async fn read_live(
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    call: &CallReference,
    record: &CallRecord,
) -> Result<(MedicationsOutcome, Source), NotRead> {
    let medications = shared::medications::read(
        &turn.site.verification.fhir,
        &record.caller.patient,
        &turn.site.medication_policy,
        record.caller.locale,
        fulfillment.clock(),
        reading_deadline(turn),
    )
    .await
    .map_err(NotRead::ReadChart)?;
    let write = fulfillment.calls().write_medications(call, &medications, record.caller.expires_at);
    match turn.deadline.request(write).await {
        Ok(Ok(Written::Stored)) => {}
        Ok(Ok(Written::AlreadyThere)) => {
            if let Some(stored) = read_call(fulfillment, turn, call).await?.medications {
                return Ok((stored, Source::Waited));
            }
        }
        // The caller has waited for this list.
        Ok(Err(_)) | Err(_) => tracing::warn!(code = "list-not-stored", "a list that was read live was not stored"),
    }
    if record.caller.expires_at <= fulfillment.clock().now() {
        return Err(NotRead::NoCall);
    }
    Ok((medications, Source::Live))
}

fn read_list(medications: MedicationsOutcome) -> Result<MedicationList, NotRead> {
    match medications {
        MedicationsOutcome::Read { list } => Ok(list),
        MedicationsOutcome::Restricted => Err(NotRead::Restricted),
    }
}
