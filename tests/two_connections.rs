//! Two connections on one deployed stack, and the Epic of one fails: nobody who calls the other one's line notices.

use std::cell::Cell;
use std::pin::pin;
use std::time::Duration;

use careline::local_stack::Function;
use epic_simulator::fault::{Endpoint, Fault, Times};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared::speech::en_us::DIALOG;

use crate::support::journal::{Invocation, Journal};
use crate::support::lex;
use crate::support::patient::{MEDICATION, Patient};
use crate::support::schedule;
use crate::support::several::{PRODUCTION, SANDBOX, Several};
use crate::support::waiting::until;

/// What a turn may take (design.md, promise 8).
const BUDGET: Duration = Duration::from_secs(12);
/// What a machine may add to it on which every core is busy: fulfillment's clock runs on meanwhile.
const BUSY: Duration = Duration::from_secs(3);
/// How often is tried what has to be over before something else is, on such a machine.
const TRIES: usize = 5;
/// The schedule fires once a minute. Two periods without a new token would be a token that nobody looks after.
const OLDEST: SignedDuration = SignedDuration::from_secs(120);

/// What an invocation told CloudWatch of a metric, for a connection.
fn tells(invocation: &Invocation, metric: &str, connection: &str) -> bool {
    invocation.events().any(|event| event.get(metric).is_some() && event["Connection"] == connection)
}

/// The event of the template's schedule.
fn scheduled(connection: &str) -> Value {
    json!({"connection": connection, "reason": "schedule"})
}

/// The two lines. Each call is a patient's of its own.
struct Lines {
    several: &'static Several,
    patients: Cell<u16>,
}

impl Lines {
    fn admit(&self, connection: &str) -> Patient {
        let number = self.patients.get();
        self.patients.set(number + 1);
        Patient::admit(self.several.epic(connection), &format!("{:04}", 3000 + number))
    }

    /// A patient calls and says who they are.
    async fn verify(&self, connection: &str) -> Value {
        let patient = self.admit(connection);
        self.several.turn(connection, lex::verify(&patient.id, patient.claim())).await
    }

    /// A call whose caller is verified: its reference.
    async fn verified_call(&self, connection: &str) -> String {
        let reply = self.verify(connection).await;
        let attributes = lex::attributes(&reply);
        assert_eq!(attributes["verificationStatus"], "verified", "{reply}");
        attributes["callReference"].as_str().expect("a reference").to_owned()
    }

    /// A whole call on the line that works: verified, and answered with the list that was prefetched.
    async fn answered_call(&self) {
        let epic = self.several.epic(SANDBOX);
        let call = self.verified_call(SANDBOX).await;
        until("the prefetched list", async || self.several.has_list(&call).await).await;

        let before = epic.requests().fhir.len();
        let reply = self.several.turn(SANDBOX, lex::medications(&call)).await;
        assert!(lex::heard(&reply).contains(MEDICATION), "{reply}");
        assert_eq!(epic.requests().fhir.len(), before, "Epic was asked during the turn");
    }

    /// A call on the line whose Epic fails: a sentence, in time, and a person.
    async fn failed_call(&self) {
        let reply = self.verify(PRODUCTION).await;
        check_person(&reply);
    }

    /// Whatever the other's Epic does: the scheduled run replaces this one's token, which is young and lives.
    async fn refreshed(&self) {
        let before = self.several.token(SANDBOX).await.version;
        until("another token", async || {
            // A run of before may have the lease.
            self.several.invoke(Function::TokenRefresher, &scheduled(SANDBOX)).await.expect("no failure");
            self.several.token(SANDBOX).await.version > before
        })
        .await;
        let record = self.several.token(SANDBOX).await;
        let token = record.token.expect("a token");
        let age = Timestamp::now().duration_since(token.obtained_at);
        assert!(record.version > before && age < OLDEST, "version {} after {before}, {age:?} old", record.version);
        assert!(token.is_usable_at(Timestamp::now()));
    }
}

#[track_caller]
fn check_person(reply: &Value) {
    assert_eq!(lex::attributes(reply)["verificationStatus"], "person", "{reply}");
    assert_eq!(reply["sessionState"]["dialogAction"]["type"], "Close", "{reply}");
    assert_eq!(lex::heard(reply), format!("{} {}", DIALOG.outage, DIALOG.to_a_person));
}

/// Plays what works beside what hangs, from the same moment on, until what works is over first: waiting for the other, it
/// never would be. What hangs tells whether it did.
async fn is_over_first(works: impl AsyncFn(), hangs: impl AsyncFn() -> bool) {
    for _ in 0..TRIES {
        let (mut working, mut hanging) = (pin!(works()), pin!(hangs()));
        tokio::select! {
            () = &mut working => if hanging.await { return },
            _ = &mut hanging => working.await,
        }
    }
    panic!("the calls on one line wait for what hangs on the other");
}

/// Done when 5.
#[tokio::test]
async fn a_connection_whose_epic_fails_disturbs_no_other() {
    let several = Several::deployed().await;
    let lines = Lines { several, patients: Cell::default() };
    let production = several.epic(PRODUCTION).control();
    let mut journal = Journal::of_stack_from_now(&several.stack).await;
    // Who refreshes, and when, is this test's to say.
    for connection in [SANDBOX, PRODUCTION] {
        schedule::stop(&several.stack, connection).await;
    }

    // All is well on both.
    lines.answered_call().await;
    let known = lines.verified_call(PRODUCTION).await;
    until("the prefetched list", async || several.has_list(&known).await).await;
    lines.refreshed().await;
    several.invoke(Function::TokenRefresher, &scheduled(PRODUCTION)).await.expect("no failure");

    // Its Epic hangs: in the worker, in a call that is under way, in one that begins, and at the token endpoint.
    production.hang(Endpoint::MedicationRequest);
    let under_way = lines.verified_call(PRODUCTION).await;
    production.hang(Endpoint::Patient);
    production.hang(Endpoint::Token);
    let token_of_production = several.token(PRODUCTION).await.version;
    let hanging = Journal::of_stack_from_now(&several.stack).await;
    let under_way_hangs = async || {
        check_person(&several.turn(PRODUCTION, lex::medications(&under_way)).await);
        true
    };
    let answered = async || {
        lines.answered_call().await;
        lines.refreshed().await;
    };
    let (_, (), ()) = tokio::join!(
        async { several.invoke(Function::TokenRefresher, &scheduled(PRODUCTION)).await },
        lines.failed_call(),
        is_over_first(answered, under_way_hangs),
    );
    // What was read before is told all the same.
    let reply = several.turn(PRODUCTION, lex::medications(&known)).await;
    assert!(lex::heard(&reply).contains(MEDICATION), "{reply}");
    check_failed_turns(hanging, 2).await;

    // One run for all of them: one waits in vain, and the other has its token long before. A run that hangs keeps the lease,
    // and nobody would wait.
    let rule = json!({"source": "aws.events", "detail-type": "Scheduled Event"});
    let run = async || {
        until("the lease", async || {
            several.token(PRODUCTION).await.lease_until.is_none_or(|until| until < Timestamp::now())
        })
        .await;
        several.invoke(Function::TokenRefresher, &rule).await.is_err()
    };
    let answered = async || {
        let before = several.token(SANDBOX).await.version;
        until("another token", async || several.token(SANDBOX).await.version > before).await;
        lines.answered_call().await;
    };
    is_over_first(answered, run).await;

    // Then it answers, with errors.
    production.heal();
    production.fault(Endpoint::Token, Fault::OAuthError("unauthorized_client".to_owned()), Times::Always);
    for endpoint in [Endpoint::Patient, Endpoint::MedicationRequest] {
        production.fault(endpoint, Fault::Status(500), Times::Always);
    }
    let refusing = Journal::of_stack_from_now(&several.stack).await;
    until("a refusal", async || {
        // A run that hung may have the lease.
        several.invoke(Function::TokenRefresher, &scheduled(PRODUCTION)).await.is_err()
    })
    .await;
    tokio::join!(lines.failed_call(), lines.answered_call());
    lines.refreshed().await;
    check_failed_turns(refusing, 1).await;
    assert_eq!(several.token(PRODUCTION).await.version, token_of_production);

    // What was told of all this names the one that failed.
    journal.read().await;
    for metric in ["TokenRefreshFailed", "TurnFailed"] {
        let about = |connection| journal.invocations.iter().any(|invocation| tells(invocation, metric, connection));
        assert_eq!((about(PRODUCTION), about(SANDBOX)), (true, false), "{metric}");
    }
    let named = |line: &Value, code: &str| line["code"] == code && line["connection"] == PRODUCTION;
    let lines_of_log = || journal.invocations.iter().flat_map(Invocation::events);
    assert!(lines_of_log().any(|line| named(&line, "unauthorized_client")));
    assert!(!lines_of_log().any(|line| line["level"] == "ERROR" && line["connection"] == SANDBOX));
    // Each turn of the other's took the time of a turn and no more, by fulfillment's own clock.
    for turn in lines_of_log().filter(|line| line["code"] == "turn" && line["connection"] == SANDBOX) {
        assert!(elapsed(&turn) < BUDGET, "{turn}");
    }

    // And when it is well again, so is its line.
    production.heal();
    lines.verified_call(PRODUCTION).await;
}

/// What a turn took.
fn elapsed(turn: &Value) -> Duration {
    Duration::from_millis(turn["elapsed_ms"].as_u64().expect("milliseconds"))
}

/// Asserts that so many turns of that connection's failed, and that none of them took longer than it may: what each waited
/// for was given up before the turn's own time was up, which would have cut it off.
async fn check_failed_turns(mut journal: Journal, count: usize) {
    let failed = |invocation: &Invocation| tells(invocation, "TurnFailed", PRODUCTION);
    for invocation in journal.until(count, failed).await {
        let turn = invocation.line("turn").expect("a turn");
        assert_eq!(turn["outcome"], "outage", "{turn}");
        assert!(elapsed(&turn) <= BUDGET + BUSY, "{turn}");
    }
}

#[tokio::test]
async fn each_jwk_set_url_serves_its_connections_own_keys() {
    let several = Several::deployed().await;
    let (sandbox, production) = (several.key_set(SANDBOX).await, several.key_set(PRODUCTION).await);
    for (connection, set) in [(SANDBOX, &sandbox), (PRODUCTION, &production)] {
        assert_eq!(*set, several.key_ring(connection).await.public_keys(), "{connection}");
        assert_eq!(set.keys.len(), 1, "{connection}");
    }
    assert_ne!(sandbox.keys[0].kid(), production.keys[0].kid());
}
