//! `VerifyCaller`: who is calling?
//!
//! The dialog hook reads each answer as it comes, with no request to anybody, and decides by the site's policy what is
//! asked next. A birth date is read back before the next question, as the
//! caller gave it: a "no" asks for it again, and costs no try. The fulfillment hook finds and compares the patient, opens
//! the call record, and has the medications read ahead. Delivered twice, it opens two records of the same call, each with a
//! reference of its own; whichever reply Lex takes, its reference is good, and the other's expires.

mod given;
mod opening;
mod plan;
mod question;
pub(crate) mod slot;
mod words;

use std::ops::ControlFlow;

use shared::metrics::Metric;
use shared::telemetry::ErrorChain;
use tokio::time::Instant;

use self::given::{Given, Number, Unclear};
use self::opening::open_call;
pub(crate) use self::opening::prefetch;
use self::plan::{NotVerifiable, Plan, calling_number, may_say_number, set_not_known};
use self::question::{ReadBack, ask, ask_after_birth_date, ask_again, ask_to_confirm, ask_to_spell};
use self::slot::{Slot, Slots};
use self::words::{Said, YesOrNo};
use super::{Answer, TIMES_NOT_UNDERSTOOD, Turn, not_understood, outage, understood};
use crate::Fulfillment;
use crate::lex::event::Event;
use crate::lex::messages::Messages;
use crate::lex::response::{DialogAction, IntentState, Reply};
use crate::session::{Session, attribute};
use crate::verification::attempts::{Attempt, TRIES_PER_CALL};
use crate::verification::birth_date::keyed;
use crate::verification::claim::Claim;
use crate::verification::gender::Gender;
use crate::verification::postal_code::PostalCode;
use crate::verification::record_number::RecordNumberEnding;
use crate::verification::search::Refusal;

/// Forgets what was asked: Lex has forgotten what was answered.
pub(crate) fn forget_questions(session: &mut Session) {
    session.set_word(attribute::ASKED, None);
    ReadBack::NotYet.set(session);
}

/// Asks the question that stands again, with the read-back before it; costs no try. Where Lex has forgotten what was
/// answered, the first question is asked, and the caller is told that it is.
pub(crate) fn question_again(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let stood = turn.session.word(attribute::ASKED).and_then(Slot::parse);
    forget_questions(turn.session);
    let Answer { mut reply, outcome } = validate(fulfillment, turn);
    let stands = turn.session.word(attribute::ASKED).and_then(Slot::parse);
    if stood.is_some() && stands.is_some() && stood != stands {
        reply.messages = Messages::say(&[turn.dialog().aside.from_the_start]).followed_by(reply.messages);
    }
    Answer::new(reply, outcome)
}

/// As [`question_again`], after the sentences `before`.
pub(crate) fn question_after(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'_>,
    before: &[&str],
    outcome: &'static str,
) -> Answer {
    let Answer { mut reply, outcome: of_question } = question_again(fulfillment, turn);
    if !matches!(reply.action, DialogAction::ElicitSlot { .. } | DialogAction::ElicitSpelling { .. }) {
        return Answer::new(reply, of_question);
    }
    reply.messages = Messages::say(before).followed_by(reply.messages);
    Answer::new(reply, outcome)
}

/// The slots that Lex filled from what was `said`.
pub(crate) fn slots_filled_from(event: &Event, said: &str) -> Vec<&'static str> {
    let (said, slots) = (Said::of_text(said), Slots::of(event.intent()));
    let is_from = |slot: &Slot| {
        let original = slots.get(*slot).and_then(|value| value.original);
        original.is_some_and(|original| said.holds(original.expose()))
    };
    Slot::ALL.into_iter().filter(is_from).map(Slot::name).collect()
}

/// Asks the question that stands again, where Lex gave up on what was said to it; the third time in a row, hands over.
pub(crate) fn question_stands(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let before = turn.session.count(attribute::NOT_UNDERSTOOD);
    let times = not_understood(turn.session);
    if times >= TIMES_NOT_UNDERSTOOD {
        return person(fulfillment, turn, None, "not-understood-person");
    }
    // The question may count for itself what it can't read, and begins the count anew where it reads all: neither is
    // what the caller did.
    turn.session.set_count(attribute::NOT_UNDERSTOOD, before);
    let Answer { mut reply, outcome } = question_again(fulfillment, turn);
    if !matches!(reply.action, DialogAction::ElicitSlot { .. } | DialogAction::ElicitSpelling { .. }) {
        return Answer::new(reply, outcome);
    }
    if turn.session.count(attribute::NOT_UNDERSTOOD) != times {
        turn.session.set_count(attribute::NOT_UNDERSTOOD, times);
        reply.messages = Messages::say(&[turn.dialog().verification.not_heard]).followed_by(reply.messages);
    }
    Answer::new(reply, "not-understood")
}

/// Reads the answer that came, and asks for what comes next.
pub(crate) fn validate(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let now = fulfillment.clock().now();
    let said = Said::of(turn.event);
    let asked = turn.session.word(attribute::ASKED).and_then(Slot::parse);
    let (mut slots, asked) = match heed(fulfillment, turn, &said, asked) {
        ControlFlow::Continue(heeded) => heeded,
        ControlFlow::Break(answer) => return answer,
    };
    let may_be_keyed = said.keyed || asked == Some(Slot::DateOfBirth);
    let birth_date_keyed = match keyed(said.text, now).filter(|_| may_be_keyed) {
        Some(Ok(date)) => {
            slots.fill(Slot::DateOfBirth, date.expose().to_string());
            true
        }
        Some(Err(problem)) => return ask_again(fulfillment, turn, slots, Unclear::BirthDate(problem)),
        None => false,
    };
    if let Some(asked) = asked.filter(|_| !birth_date_keyed) {
        take(turn, &mut slots, &said, asked);
    }
    // Told in this turn, whether or not it was asked for, it is read back.
    let original = slots.get(Slot::DateOfBirth).and_then(|value| value.original);
    let birth_date_told = birth_date_keyed || original.is_some_and(|original| said.holds(original.expose()));
    if asked.is_some_and(|asked| asked.is_digits() && slots.is_filled(asked)) && birth_date_told && !birth_date_keyed {
        // "Seven five oh four three" is a ZIP code that Lex can take for a date, too: then it has lost the one before.
        slots.empty(Slot::DateOfBirth);
    }
    if birth_date_told || !slots.is_filled(Slot::DateOfBirth) {
        ReadBack::NotYet.set(turn.session);
    }
    let plan = match Plan::of(turn, &slots) {
        Ok(plan) => plan,
        Err(reason) => return not_verifiable(fulfillment, turn, reason),
    };
    let given = match Given::read(&slots, &plan.counting, &turn.site.verification.policy.numbering, now) {
        Ok(given) => given,
        Err(unclear) => return ask_again(fulfillment, turn, slots, unclear),
    };
    if let Some(asked) = asked.filter(|asked| !slots.is_filled(*asked) && !birth_date_told) {
        return ask_again(fulfillment, turn, slots, Unclear::Slot(asked));
    }
    understood(turn.session);
    match (plan.next(&slots), given.birth_date().filter(|_| ReadBack::of(turn.session) == ReadBack::NotYet)) {
        (Some(slot), Some(birth_date)) => ask_after_birth_date(turn, slots, slot, birth_date),
        (Some(slot), None) => ask(turn, slots, slot, &[], "asked"),
        (None, Some(birth_date)) => ask_to_confirm(turn, slots, birth_date),
        (None, None) => {
            turn.session.set_word(attribute::ASKED, None);
            Answer::new(Reply { slots: slots.into_changes(), ..Reply::delegate() }, "delegated")
        }
    }
}

/// Heeds what is said in place of an answer: that the number is another, that a name will be spelled, that the caller
/// doesn't know, that the birth date is not the one that was read back. It costs no try. Goes on with the slots, and the
/// one whose answer is still to be read.
fn heed<'a>(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'a>,
    said: &Said<'_>,
    asked: Option<Slot>,
) -> ControlFlow<Answer, (Slots<'a>, Option<Slot>)> {
    let event = turn.event;
    let mut slots = Slots::of(event.intent());
    let Some(asked) = asked else { return ControlFlow::Continue((slots, None)) };
    if asked.is_name() && said.will_be_spelled() {
        slots.empty(asked);
        return ControlFlow::Break(ask_to_spell(turn, slots, asked, &[], "spelling"));
    }
    if asked != Slot::PhoneNumber && said.is_another_number() && turn.site.verification.policy.finds_by_phone() {
        if !may_say_number(turn) {
            return ControlFlow::Break(not_verifiable(fulfillment, turn, NotVerifiable::Number));
        }
        turn.session.set_word(attribute::NUMBER_SAID, Some("yes"));
        slots.empty(asked);
        slots.empty(Slot::PhoneNumber);
        return ControlFlow::Break(ask(turn, slots, Slot::PhoneNumber, &[], "another-number"));
    }
    if asked != Slot::Confirmation && said.does_not_know() {
        set_not_known(turn, asked);
        slots.empty(asked);
        return ControlFlow::Continue((slots, None));
    }
    if ReadBack::of(turn.session) == ReadBack::Asked && slots.is_filled(Slot::DateOfBirth) {
        return read_back_answered(fulfillment, turn, slots, said, asked);
    }
    ControlFlow::Continue((slots, Some(asked)))
}

/// The first answer after the birth date was read back.
fn read_back_answered<'a>(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'a>,
    mut slots: Slots<'a>,
    said: &Said<'_>,
    asked: Slot,
) -> ControlFlow<Answer, (Slots<'a>, Option<Slot>)> {
    // Where keys answer the question itself, they are no yes or no; nor is "no binario".
    let answers = if said.keyed {
        !asked.is_name() && asked != Slot::Confirmation && !said.is_key_for_not_right()
    } else {
        asked == Slot::Gender && Gender::of_words(said.text).is_some()
    };
    match said.yes_or_no().filter(|_| !answers) {
        Some(YesOrNo::No) => {
            let corrections = turn.session.count(attribute::CORRECTIONS).saturating_add(1);
            turn.session.set_count(attribute::CORRECTIONS, corrections);
            if corrections >= TIMES_NOT_UNDERSTOOD {
                return ControlFlow::Break(person(fulfillment, turn, None, "not-understood-person"));
            }
            [Slot::DateOfBirth, Slot::Confirmation, asked].into_iter().for_each(|slot| slots.empty(slot));
            ReadBack::NotYet.set(turn.session);
            let before = [turn.dialog().verification.birth_date_again];
            ControlFlow::Break(ask(turn, slots, Slot::DateOfBirth, &before, "birth-date-corrected"))
        }
        Some(YesOrNo::Yes) if asked == Slot::Confirmation => {
            ReadBack::Right.set(turn.session);
            slots.fill(asked, "yes".to_owned());
            ControlFlow::Continue((slots, Some(asked)))
        }
        None if asked == Slot::Confirmation => {
            ControlFlow::Break(ask_again(fulfillment, turn, slots, Unclear::Slot(asked)))
        }
        yes => {
            ReadBack::Right.set(turn.session);
            // "Yes" alone is no answer to the question; "yes, female" is.
            let original = slots.get(asked).and_then(|value| value.original);
            let only_yes = original.is_none_or(|original| Said::of_text(original.expose()).yes_or_no().is_some());
            if yes.is_some() && only_yes {
                slots.empty(asked);
                return ControlFlow::Break(ask(turn, slots, asked, &[], "birth-date-confirmed"));
            }
            ControlFlow::Continue((slots, Some(asked)))
        }
    }
}

/// Takes the answer to `asked` from what was said or keyed, where Lex made nothing of it, or made something of keys.
fn take(turn: &Turn<'_>, slots: &mut Slots<'_>, said: &Said<'_>, asked: Slot) {
    if slots.is_filled(asked) && !said.keyed {
        return;
    }
    let numbering = &turn.site.verification.policy.numbering;
    let value = match asked {
        Slot::PhoneNumber => numbering.of_said(said.text).map(|number| number.expose().to_owned()),
        Slot::Gender => Gender::of_words(said.text).map(|gender| gender.search_parameter().1.to_owned()),
        Slot::PostalCode => PostalCode::parse(said.text).map(|code| code.expose().to_owned()),
        Slot::RecordNumberEnding => RecordNumberEnding::parse(said.text).map(|ending| ending.expose().to_owned()),
        Slot::DateOfBirth | Slot::FirstName | Slot::LastName | Slot::Confirmation => None,
    };
    if let Some(value) = value {
        slots.fill(asked, value);
    }
}

/// Verifies the caller.
pub(crate) async fn fulfil(fulfillment: &Fulfillment, turn: &mut Turn<'_>) -> Answer {
    let began = Instant::now();
    let slots = Slots::of(turn.event.intent());
    let claim = match claim(fulfillment, turn, slots) {
        Ok(claim) => claim,
        Err(answer) => return *answer,
    };
    let tries = turn.session.count(attribute::VERIFICATION_TRY);
    if tries >= TRIES_PER_CALL {
        return refuse(fulfillment, turn, Refusal::LockedOut);
    }
    let call = turn.session.contact_id().unwrap_or(&turn.event.session_id);
    let parts = claim.parts();
    let try_number = tries.to_string();
    let said: Vec<&str> = std::iter::once(&try_number).chain(parts.expose()).map(String::as_str).collect();
    let calling_number = calling_number(turn);
    let attempt = Attempt {
        connection: &turn.site.connection,
        call: Some(call).filter(|call| !call.is_empty()),
        calling_number: calling_number.as_ref(),
        said_number: claim.said_number(),
        said: &said,
    };
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

/// What the caller claims.
///
/// # Errors
/// The answer to a caller whose answers are not all there, or can't be taken.
fn claim<'a>(fulfillment: &Fulfillment, turn: &mut Turn<'a>, slots: Slots<'a>) -> Result<Claim, Box<Answer>> {
    let plan = Plan::of(turn, &slots).map_err(|reason| Box::new(not_verifiable(fulfillment, turn, reason)))?;
    let numbering = &turn.site.verification.policy.numbering;
    let unclear = match Given::read(&slots, &plan.counting, numbering, fulfillment.clock().now()) {
        Ok(given) => match plan.next(&slots) {
            Some(slot) => Unclear::Slot(slot),
            None => match given.claim(plan.number, &plan.needed) {
                Some(claim) => return Ok(claim),
                None => Unclear::Slot(Slot::DateOfBirth),
            },
        },
        Err(unclear) => unclear,
    };
    Err(Box::new(ask_again(fulfillment, turn, slots, unclear)))
}

/// The one way in which a caller is refused, whatever the reason: asked again, and at the last try handed over.
fn refuse(fulfillment: &Fulfillment, turn: &mut Turn<'_>, refusal: Refusal) -> Answer {
    Metric::VerificationRefused.record(&turn.site.connection, 1, fulfillment.clock());
    tracing::info!(code = "verification-refused", reason = refusal.as_str(), "a caller was not verified");
    let tries = turn.session.count(attribute::VERIFICATION_TRY).saturating_add(1);
    turn.session.set_count(attribute::VERIFICATION_TRY, tries);
    turn.session.set_call_reference(None);
    forget_questions(turn.session);
    let dialog = turn.dialog();
    if tries >= TRIES_PER_CALL {
        return person(fulfillment, turn, Some(dialog.refused), "refused-last");
    }
    turn.session.set_status(None);
    let mut slots = Slots::of(turn.event.intent());
    Slot::ALL.into_iter().for_each(|slot| slots.empty(slot));
    let plan = match Plan::of(turn, &slots) {
        Ok(plan) => plan,
        Err(reason) => return not_verifiable(fulfillment, turn, reason),
    };
    let may_be_another = may_say_number(turn) && plan.number != Number::Said;
    let other_number = Some(dialog.verification.other_number).filter(|_| may_be_another);
    let before: Vec<&str> = std::iter::once(dialog.refused_try_again).chain(other_number).collect();
    let next = plan.next(&slots).unwrap_or(Slot::DateOfBirth);
    ask(turn, slots, next, &before, "refused")
}

/// No policy of the site's verifies this caller, who is a person's: their number isn't known, and one that they say doesn't
/// count (design.md, promise 5); or they don't know what they would have to.
fn not_verifiable(fulfillment: &Fulfillment, turn: &mut Turn<'_>, reason: NotVerifiable) -> Answer {
    match reason {
        NotVerifiable::Number => person(fulfillment, turn, Some(turn.dialog().number_not_usable), "number-not-usable"),
        NotVerifiable::NotKnown => person(fulfillment, turn, None, "not-known-person"),
    }
}

fn person(fulfillment: &Fulfillment, turn: &mut Turn<'_>, sentence: Option<&str>, outcome: &'static str) -> Answer {
    forget_questions(turn.session);
    let dialog = turn.dialog();
    Answer::new(fulfillment.hand_over().close(turn.session, dialog, IntentState::Failed, sentence), outcome)
}
