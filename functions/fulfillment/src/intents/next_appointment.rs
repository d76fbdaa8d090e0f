//! `NextAppointment`: the next one and up to two after it, from the same one read of the call record as the medications;
//! or after a short wait for whoever is reading them; or from Epic.

use jiff::tz::TimeZone;
use shared::appointment_list::AppointmentList;
use shared::call_record::store::Written;
use shared::call_record::{AppointmentsOutcome, CallRecord, CallReference, MedicationsOutcome};
use shared::telemetry::ErrorChain;
use tokio::time::Instant;

use super::last_turn::LastTurn;
use super::{Answer, IntentName, Turn, not_read};
use crate::Fulfillment;
use crate::chart_reading::{NotRead, Source, read_call, reading_deadline, wait_for_worker};
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, Reply};

/// Tells the next appointments.
pub(crate) async fn answer(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let dialog = &turn.dialog().appointments;
    turn.session.set_last_turn(LastTurn { intent: IntentName::NextAppointment, at: None }.written());
    let Some(zone) = &turn.site.time_zone else {
        // The same for every caller of this line, so that it tells nothing of anybody.
        let messages = Messages::say(&[dialog.not_here, dialog.what_next]);
        return Answer::new(Reply::new(DialogAction::ElicitIntent, messages), "no-appointments-here");
    };
    let began = Instant::now();
    let (list, source) = match Box::pin(find_list(fulfillment, turn, zone)).await {
        Ok(found) => found,
        Err(why) => {
            if why.is_fault() {
                tracing::error!(code = "no-appointments", error = %ErrorChain(&why), "the appointments were not told");
            }
            return not_read::answer(fulfillment, turn, &why);
        }
    };
    let paragraphs = dialog.tell(&list, fulfillment.clock().now());
    // At most three appointments with names of a limited length: they always fit a turn.
    let messages = Messages::pack(turn.form(), paragraphs);
    tracing::info!(
        code = "answered",
        source = source.as_str(),
        elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "the appointments were told"
    );
    Answer::new(Reply::new(DialogAction::ElicitIntent, messages.unwrap_or_default()), source.as_str())
}

async fn find_list(
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    zone: &TimeZone,
) -> Result<(AppointmentList, Source), NotRead> {
    // Whatever the attributes claim: without a record of ours that is valid now, nobody is verified.
    let call = turn.session.call_reference().ok_or(NotRead::NoCall)?;
    let record = read_call(fulfillment, turn, &call).await?;
    // A chart whose medications are restricted isn't opened again.
    if record.medications == Some(MedicationsOutcome::Restricted) {
        return Err(NotRead::Restricted);
    }
    if let Some(appointments) = record.appointments {
        return Ok((read_list(appointments)?, Source::Prefetched));
    }
    let of_record = |record: CallRecord| record.appointments;
    if let Some(appointments) = wait_for_worker(fulfillment, turn, &call, &record, of_record).await? {
        return Ok((read_list(appointments)?, Source::Waited));
    }
    let (appointments, source) = read_live(fulfillment, turn, zone, &call, &record).await?;
    Ok((read_list(appointments)?, source))
}

/// Reads the chart, and stores the list for the turns to come.
async fn read_live(
    fulfillment: &Fulfillment,
    turn: &Turn<'_>,
    zone: &TimeZone,
    call: &CallReference,
    record: &CallRecord,
) -> Result<(AppointmentsOutcome, Source), NotRead> {
    let (fhir, patient) = (&turn.site.verification.fhir, &record.caller.patient);
    let read = shared::appointments::read(fhir, patient, zone, fulfillment.clock(), reading_deadline(turn));
    let appointments = read.await.map_err(NotRead::ReadChart)?;
    let write = fulfillment.calls().write_appointments(call, &appointments, record.caller.expires_at);
    // A list that somebody else read as quickly is as good as this one.
    if !matches!(turn.deadline.request(write).await, Ok(Ok(Written::Stored | Written::AlreadyThere))) {
        tracing::warn!(code = "list-not-stored", "a list that was read live was not stored");
    }
    if record.caller.expires_at <= fulfillment.clock().now() {
        return Err(NotRead::NoCall);
    }
    Ok((appointments, Source::Live))
}

fn read_list(appointments: AppointmentsOutcome) -> Result<AppointmentList, NotRead> {
    match appointments {
        AppointmentsOutcome::Read { list } => Ok(list),
        AppointmentsOutcome::Restricted => Err(NotRead::Restricted),
        AppointmentsOutcome::Unavailable => Err(NotRead::Unavailable),
    }
}
