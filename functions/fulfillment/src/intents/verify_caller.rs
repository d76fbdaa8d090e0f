//! `VerifyCaller`: who is calling?
//!
//! The dialog hook checks each slot as it comes, with no request to anybody. The fulfillment hook finds and compares the
//! patient, opens the call record, and has the medications read ahead. Delivered twice, it opens two records of the same
//! call, each with a reference of its own; whichever reply Lex takes, its reference is good, and the other's expires.

use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::Date;
use shared::aws::AwsError;
use shared::call_record::{CallReference, VerifiedCaller};
use shared::metrics::Metric;
use shared::phi::Phi;
use shared::telemetry::ErrorChain;
use tokio::time::Instant;

use super::{Answer, TIMES_NOT_UNDERSTOOD, Turn, not_understood, outage, understood};
use crate::Fulfillment;
use crate::lex::event::InputMode;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::{VerificationStatus, attribute};
use crate::verification::attempts::{Attempt, TRIES_PER_CALL};
use crate::verification::birth_date::{NoBirthDate, keyed, spoken};
use crate::verification::factors::Claim;
use crate::verification::gender::Gender;
use crate::verification::phone::E164;
use crate::verification::search::{Refusal, Verified};

/// The slot of the birth date.
pub(crate) const DATE_OF_BIRTH: &str = "DateOfBirth";
/// The slot of the gender.
pub(crate) const GENDER: &str = "Gender";

/// How long a call record lives. Lex ends a conversation after 15 minutes; PHI lives no longer than the call needs.
const CALL_LIFETIME: SignedDuration = SignedDuration::from_mins(20);
/// Queueing is not waited for longer: the worker would come too late.
const QUEUE_BUDGET: Duration = Duration::from_secs(3);

/// Checks the slots that are filled, and lets Lex go on.
pub(crate) fn validate(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    if calling_number(turn).is_none() {
        return number_not_usable(fulfillment, turn);
    }
    let now = fulfillment.clock().now();
    if turn.event.input_mode == InputMode::Dtmf {
        match keyed(turn.event.input_transcript.expose(), now) {
            Some(Ok(date)) => {
                understood(turn.session);
                let reply = Reply::delegate().filling(DATE_OF_BIRTH, date.expose().to_string());
                return Answer::new(reply, "birth-date-keyed");
            }
            Some(Err(problem)) => return ask_again(fulfillment, turn, problem.into()),
            None => {}
        }
    }
    let problem = match (birth_date(fulfillment, turn), gender(turn)) {
        (Some(Err(problem)), _) => Some(problem.into()),
        (_, Some(None)) => Some(Unclear::Gender),
        _ => None,
    };
    if let Some(problem) = problem {
        return ask_again(fulfillment, turn, problem);
    }
    understood(turn.session);
    Answer::new(Reply::delegate(), "delegated")
}

/// Verifies the caller.
pub(crate) async fn fulfil(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let began = Instant::now();
    let Some(phone) = calling_number(turn) else {
        return number_not_usable(fulfillment, turn);
    };
    let claim = match (birth_date(fulfillment, turn), gender(turn)) {
        (Some(Ok(birth_date)), Some(Some(gender))) => Claim { phone, birth_date, gender },
        (Some(Err(problem)), _) => return ask_again(fulfillment, turn, problem.into()),
        (None, _) => return ask_again(fulfillment, turn, NoBirthDate::Impossible.into()),
        (_, None | Some(None)) => return ask_again(fulfillment, turn, Unclear::Gender),
    };
    let tries = turn.session.count(attribute::VERIFICATION_TRY);
    if tries >= TRIES_PER_CALL {
        return refuse(fulfillment, turn, Refusal::LockedOut);
    }
    let call = turn.session.contact_id().unwrap_or(&turn.event.session_id);
    let (try_number, birth_date) = (tries.to_string(), claim.birth_date.expose().to_string());
    let said = [try_number.as_str(), claim.phone.expose(), &birth_date, claim.gender.search_parameter().1];
    let call = Some(call).filter(|call| !call.is_empty());
    let connection = &turn.site.connection;
    let attempt = Attempt { connection, call, calling_number: &claim.phone, said: &said };
    match turn.site.verification.verify(&claim, &attempt, turn.deadline).await {
        Ok(Ok(verified)) => match open_call(fulfillment, turn, verified, began).await {
            Ok(answer) => answer,
            Err(error) => {
                tracing::error!(code = "call-not-opened", error = %error, "a verified caller's call was not opened");
                outage(fulfillment, turn.session, turn.dialog(), "outage")
            }
        },
        Ok(Err(refusal)) => refuse(fulfillment, turn, refusal),
        Err(error) => {
            tracing::error!(code = "verification-failed", error = %ErrorChain(&error), "nobody could be verified");
            outage(fulfillment, turn.session, turn.dialog(), "outage")
        }
    }
}

async fn open_call(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'_>,
    verified: Verified,
    began: Instant,
) -> Result<Answer, AwsError> {
    let call = CallReference::new(fulfillment.randomness());
    let now = fulfillment.clock().now();
    let caller = VerifiedCaller {
        connection: turn.site.connection.clone(),
        patient: verified.patient,
        locale: turn.locale,
        verified_by: verified.by.iter().map(|factor| factor.name().to_owned()).collect(),
        verified_at: now,
        expires_at: now.saturating_add(CALL_LIFETIME).unwrap_or(now),
    };
    // Before the job: a worker that finds no record has nothing to read for.
    turn.deadline
        .request(fulfillment.calls().open(&call, &caller))
        .await
        .map_err(|_| AwsError::deadline_exceeded("dynamodb:PutItem caller"))??;
    tracing::info!(
        code = "caller-verified",
        factors = verified.by.len(),
        elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "a caller is verified"
    );
    prefetch(fulfillment, turn, &call).await;
    turn.session.set_call_reference(Some(&call));
    turn.session.set_status(Some(VerificationStatus::Verified));
    let messages = Messages::say(&[turn.dialog().verified]);
    Ok(Answer::new(Reply::new(DialogAction::Close(IntentState::Fulfilled), messages), "verified"))
}

/// Has the medications read ahead. An optimisation: without it they are read when they are asked for.
async fn prefetch(fulfillment: &Fulfillment, turn: &Turn<'_>, call: &CallReference) {
    let send = fulfillment.prefetch_queue().send(&turn.site.connection, call, fulfillment.clock().now());
    let sent = turn.deadline.at_most(QUEUE_BUDGET).request(send).await;
    match sent.unwrap_or_else(|_| Err(AwsError::deadline_exceeded("sqs:SendMessage prefetch"))) {
        Ok(()) => tracing::info!(code = "prefetch-queued", "the medications are being read ahead"),
        Err(error) => {
            Metric::PrefetchNotQueued.record(&turn.site.connection, 1, fulfillment.clock());
            tracing::error!(code = "prefetch-not-queued", error = %error, "the medications are not read ahead");
        }
    }
}

/// The one way in which a caller is refused, whatever the reason: asked again, and at the last try handed over.
fn refuse(fulfillment: &Fulfillment, turn: &mut Turn<'_>, refusal: Refusal) -> Answer {
    Metric::VerificationRefused.record(&turn.site.connection, 1, fulfillment.clock());
    tracing::info!(code = "verification-refused", reason = refusal.as_str(), "a caller was not verified");
    let tries = turn.session.count(attribute::VERIFICATION_TRY).saturating_add(1);
    turn.session.set_count(attribute::VERIFICATION_TRY, tries);
    turn.session.set_call_reference(None);
    let dialog = turn.dialog();
    if tries >= TRIES_PER_CALL {
        let close = fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, Some(dialog.refused));
        return Answer::new(close, "refused-last");
    }
    turn.session.set_status(None);
    let messages = Messages::say(&[dialog.refused_try_again]);
    let reply = Reply::new(DialogAction::ElicitSlot { slot: DATE_OF_BIRTH }, messages);
    Answer::new(reply.emptying(&[DATE_OF_BIRTH, GENDER]), "refused")
}

/// What is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unclear {
    BirthDate(NoBirthDate),
    Gender,
}

impl From<NoBirthDate> for Unclear {
    fn from(problem: NoBirthDate) -> Self {
        Self::BirthDate(problem)
    }
}

fn ask_again(fulfillment: &Fulfillment, turn: &mut Turn<'_>, unclear: Unclear) -> Answer {
    let dialog = turn.dialog();
    if not_understood(turn.session) >= TIMES_NOT_UNDERSTOOD {
        let reply = fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, None);
        return Answer::new(reply, "not-understood-person");
    }
    let (slot, sentence, outcome) = match unclear {
        Unclear::BirthDate(NoBirthDate::Impossible) => {
            (DATE_OF_BIRTH, dialog.birth_date_impossible, "birth-date-impossible")
        }
        Unclear::BirthDate(NoBirthDate::YearNotSaid) => {
            (DATE_OF_BIRTH, dialog.birth_date_without_year, "birth-date-without-year")
        }
        Unclear::Gender => (GENDER, dialog.gender_unclear, "gender-unclear"),
    };
    let reply = Reply::new(DialogAction::ElicitSlot { slot }, Messages::say(&[sentence]));
    Answer::new(reply.emptying(&[slot]), outcome)
}

/// No policy verifies a caller by a number that they say, or claim in a chat (design.md, promise 5), so a caller whose own
/// isn't known is a person's.
fn number_not_usable(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let dialog = turn.dialog();
    let sentence = Some(dialog.number_not_usable);
    let reply = fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, sentence);
    Answer::new(reply, "number-not-usable")
}

fn calling_number(turn: &Turn<'_>) -> Option<E164> {
    let number = turn.session.calling_number()?;
    turn.site.verification.policy.numbering.of_caller(number.expose())
}

/// The slot's date: `None` where it is not filled.
fn birth_date(fulfillment: &Fulfillment, turn: &Turn<'_>) -> Option<Result<Phi<Date>, NoBirthDate>> {
    let slot = turn.event.intent()?.slot(DATE_OF_BIRTH)?;
    Some(spoken(&slot, fulfillment.clock().now()))
}

/// The slot's gender: `None` where it is not filled, `Some(None)` where it is none that we know.
fn gender(turn: &Turn<'_>) -> Option<Option<Gender>> {
    let slot = turn.event.intent()?.slot(GENDER)?;
    Some(slot.interpreted.and_then(|value| Gender::parse(value.expose())))
}
