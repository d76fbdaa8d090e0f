//! fulfillment: answers the callers.
//!
//! **Event.** The code hooks of both Lex V2 bots (`template.yaml`): a dialog hook checks slots, a fulfillment hook answers.
//! **Writes.** A verified caller's call record, the counters of attempts, a list that was read live; one message to the
//! prefetch queue.
//! **On failure.** A sentence, and a person where there is one. Never an error: Lex would leave the caller in silence.
//! **Needs.** `dynamodb:Query`, `PutItem`, `UpdateItem` of the table of calls, `GetItem` of the table of access tokens,
//! `sqs:SendMessage` of one queue, `secretsmanager:GetSecretValue` of the counters' secret and of the connections' settings,
//! `lambda:InvokeFunction` of token-refresher. It can't sign, and never speaks with the token endpoint.

// With optimisation on, the SDK's nested futures go deeper than the compiler's default of 128.
#![recursion_limit = "256"]

mod chart_reading;
pub mod config;
mod dialled_number;
mod fulfillment;
mod hand_over;
mod intents;
mod last_words;
mod lex;
mod listening;
mod medication_names;
mod medication_turn;
mod number_words;
mod prefetch_queue;
mod session;
mod site;
pub mod trial;
mod verification;

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures_util::FutureExt as _;
use lambda_runtime::LambdaEvent;
use serde_json::value::RawValue;
use shared::connection::ConnectionName;
use shared::deadline::Deadline;
use shared::speech::Locale;
use shared::telemetry::ErrorChain;
use tokio::time::Instant;

pub use self::fulfillment::Fulfillment;
use self::intents::{Answer, IntentName, Turn};
use self::lex::event::{Event, InvocationSource};
pub use self::lex::response::Response;
use self::session::Session;

/// A dialog hook stands between a caller's words and the next question.
const DIALOG_BUDGET: Duration = Duration::from_secs(3);
/// A fulfillment hook has a progress sentence to fall back on, and an end: after this, silence feels broken.
const FULFILLMENT_BUDGET: Duration = Duration::from_secs(12);
/// Whatever has not ended by its own deadline is broken off so long before the budget's end: there is time to say so.
const TO_SAY_SO: Duration = Duration::from_millis(500);

/// Answers a turn. Whatever happens, it is answered, and within its budget.
///
/// # Errors
/// None.
pub async fn handle(fulfillment: &Fulfillment, event: LambdaEvent<Box<RawValue>>) -> Result<Response, Infallible> {
    // Nothing is done outside of what is caught here, but for the last words, which can't panic.
    let (mut event, readable) =
        catch_unwind(AssertUnwindSafe(|| read(event.payload.get()))).unwrap_or_else(|_| (Event::default(), false));
    let responded = AssertUnwindSafe(respond(fulfillment, &mut event, readable)).catch_unwind().await;
    Ok(responded.unwrap_or_else(|_| {
        // Whoever looks after the line is told, if that still goes.
        let _ = catch_unwind(AssertUnwindSafe(|| intents::tell_failure(fulfillment, &Session::of(&event))));
        last_words::of(fulfillment.hand_over(), &event)
    }))
}

/// The event, and whether it is one of Lex's.
fn read(payload: &str) -> (Event, bool) {
    match shared::json::decode::<Event>(payload.as_bytes()) {
        Ok(event) => (event, true),
        Err(error) => {
            tracing::error!(code = "undecodable-event", error = %error, "an event is not Lex's");
            (Event::default(), false)
        }
    }
}

async fn respond(fulfillment: &Fulfillment, event: &mut Event, readable: bool) -> Response {
    let (began, requests_before) = (Instant::now(), fulfillment.requests().counts());
    let locale = Locale::of_bot(event.bot.locale_id.as_deref());
    let mut session = Session::of(event);
    let (hook, budget) = match event.invocation_source {
        InvocationSource::DialogCodeHook => ("dialog", DIALOG_BUDGET),
        InvocationSource::FulfillmentCodeHook => ("fulfillment", FULFILLMENT_BUDGET),
    };
    // A name of our configuration, or none: what the flow's attribute says is not repeated.
    let connection = fulfillment.connection(&session).map(ConnectionName::as_str);
    let mut intent = IntentName::parse(event.intent().map_or("", |intent| &intent.name));
    let deadline = Deadline::within(budget);
    // A panic's own text may quote what it choked on: the hook that telemetry sets tells its place only.
    // Boxed, since the futures of the SDK within are deep and large.
    let answered = AssertUnwindSafe(Box::pin(async {
        if !readable {
            return intents::outage(fulfillment, &mut session, locale.dialog(), "undecodable");
        }
        // Before all else, and with nothing asked of anybody.
        let urgent = listening::urgent(event);
        // What the bot took for an emergency is one, whatever else it sounds like.
        let aside = listening::aside(event).filter(|_| urgent.is_none() && intent != IntentName::Emergency);
        if urgent.is_none() {
            intent = intents::meant(event, intent, aside, &session);
        }
        if let Some(answer) = intents::at_once(fulfillment, urgent, intent, &mut session, locale.dialog()) {
            return answer;
        }
        match fulfillment.site(&session, deadline).await {
            Ok(site) => {
                let mut turn = Turn { event, session: &mut session, site, locale, deadline, aside };
                intents::answer(fulfillment, intent, &mut turn).await
            }
            Err(error) => {
                tracing::error!(code = error.code(), error = %ErrorChain(&error), "the call's connection can't be served");
                intents::outage(fulfillment, &mut session, locale.dialog(), "no-connection")
            }
        }
    }))
    .catch_unwind();
    let failure = match tokio::time::timeout(budget.saturating_sub(TO_SAY_SO), answered).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(_)) => Err("panic"),
        Err(_) => Err("timeout"),
    };
    let Answer { reply, outcome } = failure.unwrap_or_else(|outcome| {
        // What the turn had changed when it broke off is not kept.
        session = Session::of(event);
        intents::outage(fulfillment, &mut session, locale.dialog(), outcome)
    });
    let requests = fulfillment.requests().counts().since(requests_before);
    tracing::info!(
        code = "turn",
        connection,
        intent = intent.as_str(),
        hook,
        outcome,
        elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        dynamodb_requests = requests.dynamodb,
        fhir_requests = requests.fhir,
        sqs_requests = requests.sqs,
        lambda_requests = requests.lambda,
        "a turn was answered"
    );
    Response::new(event, session, reply)
}
