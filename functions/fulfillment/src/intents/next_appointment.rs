//! `NextAppointment`: the next one and up to two after it, from the same one read of the call record as the medications;
//! or after a short wait for whoever is reading them; or from Epic.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use shared::appointment_list::AppointmentList;
use shared::aws::AwsError;
use shared::call_record::store::{CallStore, Written};
use shared::call_record::{AppointmentsOutcome, CallRecord, CallReference, MedicationsOutcome, VerifiedCaller};
use shared::fhir::FhirError;
use shared::telemetry::ErrorChain;
use tokio::time::Instant;

use super::last_turn::LastTurn;
use super::{Answer, IntentName, Turn, not_read};
use crate::Fulfillment;
use crate::chart_reading::{NotRead, Part, find, reading_deadline};
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
    let (list, source) = match Box::pin(find(&Appointments { zone }, fulfillment, turn)).await {
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

/// The part of a chart that this is about, in the clinic's time zone.
struct Appointments<'a> {
    zone: &'a TimeZone,
}

impl Part for Appointments<'_> {
    type Outcome = AppointmentsOutcome;
    type List = AppointmentList;

    fn of(record: &mut CallRecord) -> Option<AppointmentsOutcome> {
        // A chart whose medications are restricted isn't opened again.
        if record.medications == Some(MedicationsOutcome::Restricted) {
            return Some(AppointmentsOutcome::Restricted);
        }
        record.appointments.take()
    }

    async fn read(
        &self,
        fulfillment: &Fulfillment,
        turn: &Turn<'_>,
        caller: &VerifiedCaller,
    ) -> Result<AppointmentsOutcome, FhirError> {
        let fhir = &turn.site.verification.fhir;
        shared::appointments::read(fhir, &caller.patient, self.zone, fulfillment.clock(), reading_deadline(turn)).await
    }

    async fn store(
        calls: &CallStore,
        call: &CallReference,
        outcome: &AppointmentsOutcome,
        expires_at: Timestamp,
    ) -> Result<Written, AwsError> {
        calls.write_appointments(call, outcome, expires_at).await
    }

    fn list(outcome: AppointmentsOutcome) -> Result<AppointmentList, NotRead> {
        match outcome {
            AppointmentsOutcome::Read { list } => Ok(list),
            AppointmentsOutcome::Restricted => Err(NotRead::Restricted),
            AppointmentsOutcome::Unavailable => Err(NotRead::Unavailable),
        }
    }
}
