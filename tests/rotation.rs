//! Rotating the key that signs, on the deployed stack, while patients call.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use careline::keys::KeysError;
use careline::keys::rotation::Refusal;
use epic_simulator::requests::Verdict;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use shared::clock::Clock;
use shared::jwk::JwkSet;
use shared::signing_algorithm::SigningAlgorithm;
use shared::signing_keys::SigningKey;
use shared::telemetry::ErrorChain;
use tokio::time::sleep;

use crate::support::clock::MovableClock;
use crate::support::lex;
use crate::support::patient::{MEDICATION, Patient};
use crate::support::several::{ROTATED, Several};
use crate::support::waiting::until;

/// So many patients call at a time.
const CALLERS: usize = 2;
/// How long after a call the next patient calls.
const BETWEEN_CALLS: Duration = Duration::from_millis(300);

/// A rotation, and what goes on meanwhile. All of it is one task: a failure anywhere fails the test.
struct Rotation {
    several: &'static Several,
    /// How many calls have come, and how many of them were answered.
    calls: Cell<u16>,
    answered: Cell<usize>,
    /// How many token requests were looked at.
    judged: Cell<usize>,
}

impl Rotation {
    /// Patients call, each once: they are verified and hear their list.
    async fn calls(&self) -> Infallible {
        loop {
            let number = self.calls.get();
            self.calls.set(number + 1);
            let patient = Patient::admit(self.several.epic(ROTATED), &format!("{:04}", 2000 + number));
            let reply = self.several.turn(ROTATED, lex::verify(&patient.id, patient.claim())).await;
            let attributes = lex::attributes(&reply);
            assert_eq!(attributes["verificationStatus"], "verified", "{reply}");
            let call = attributes["callReference"].as_str().expect("a reference");
            let reply = self.several.turn(ROTATED, lex::medications(call)).await;
            assert!(lex::heard(&reply).contains(MEDICATION), "{reply}");
            self.answered.set(self.answered.get() + 1);
            sleep(BETWEEN_CALLS).await;
        }
    }

    /// Looks at each token request as it comes: Epic grants it, and the set that is served then has its key.
    async fn token_requests(&self) -> Infallible {
        let epic = self.several.epic(ROTATED);
        loop {
            let judged = self.judged.get();
            epic.until(|requests| requests.token.len() > judged).await;
            let requests = epic.requests().token;
            let served = self.served().await;
            for request in &requests[judged..] {
                assert_eq!(request.verdict, Verdict::Granted, "{request:?}");
                assert!(served.contains(request.kid.as_deref().expect("a kid")), "{request:?}: {served:?} are served");
            }
            self.judged.set(requests.len());
        }
    }

    /// The kids that the JWK Set URL serves.
    async fn served(&self) -> BTreeSet<String> {
        let JwkSet { keys } = self.several.key_set(ROTATED).await;
        keys.iter().map(|key| key.kid().to_owned()).collect()
    }

    /// `careline keys …`, as an operator runs it whose clock says this.
    async fn operator(&self, words: &str, clock: &Clock) -> Result<String, KeysError> {
        self.several.keys(ROTATED, words, clock).await
    }

    /// Waits for so many more calls to be answered.
    async fn more_calls(&self, count: usize) {
        let wanted = self.answered.get() + count;
        until("calls", async || self.answered.get() >= wanted).await;
    }

    /// Waits for another token request to be found good.
    async fn another_token(&self) {
        let before = self.judged.get();
        until("a token request", async || self.judged.get() > before).await;
    }

    /// The key with which the token was obtained that callers have now.
    async fn token_kid(&self) -> Option<String> {
        self.several.token(ROTATED).await.token.map(|token| token.kid)
    }

    /// Revokes a token that callers will go on using, at a moment when none is being obtained; and no other, should the
    /// schedule obtain one in that moment after all: a call that is refused with two tokens fails.
    async fn revoke_token(&self) {
        let revoked = RefCell::new(None);
        until("a new token", async || {
            let record = self.several.token(ROTATED).await;
            let left = SignedDuration::from_secs(14);
            let young = record.token.filter(|token| token.remaining_at(Timestamp::now()) > left);
            *revoked.borrow_mut() = young.filter(|_| record.lease_until.is_none());
            revoked.borrow().is_some()
        })
        .await;
        let token = revoked.into_inner().expect("a token");
        self.several.epic(ROTATED).control().revoke_token(token.secret());
    }

    /// A key as it stands in the ring.
    async fn key(&self, kid: &str) -> SigningKey {
        self.several.key_ring(ROTATED).await.key(kid).expect("the key").clone()
    }

    /// From RS384 to ES384, as the guide has it: add, promote, retire, each as soon as it may be done.
    async fn rotate(&self) {
        let system = Clock::system();
        self.more_calls(3).await;
        let ring = self.several.key_ring(ROTATED).await;
        let old = ring.signing().expect("a key signs").clone();
        assert_eq!((old.algorithm(), self.token_kid().await.as_deref()), (SigningAlgorithm::Rs384, Some(old.kid())));

        let before = Timestamp::now();
        self.operator("add --algorithm ES384", &system).await.unwrap_or_else(|error| panic!("{}", ErrorChain(&error)));
        let ring = self.several.key_ring(ROTATED).await;
        let new = ring.keys.iter().find(|key| key.kid() != old.kid()).expect("another key").clone();
        assert_eq!((new.algorithm(), ring.signing()), (SigningAlgorithm::Es384, Some(&ring.keys[0])));
        let seen_at = new.seen_at.expect("a key that was seen");
        assert!(before <= seen_at && seen_at <= Timestamp::now(), "{before}: {seen_at}");
        // An instance that served the set before may remember it.
        let both = [old.kid(), new.kid()].map(str::to_owned).into();
        until("the set with both keys", async || self.served().await == both).await;

        // Copies of the set without it live for 5 s, after the 30 s that an instance of jwks may remember that set.
        let early = self.operator(&format!("promote {}", new.kid()), &system).await.unwrap_err();
        let KeysError::Refused { source: Refusal::PromotedTooEarly { at, .. }, .. } = &early else { panic!("{early}") };
        check_refusal(&early, "promoted", *at, seen_at + SignedDuration::from_secs(35));
        let retired = self.operator(&format!("retire {}", old.kid()), &system).await;
        assert!(matches!(retired, Err(KeysError::Refused { source: Refusal::Signs, .. })), "{retired:?}");

        sleep(Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default()).await;
        assert_eq!(self.token_kid().await.as_deref(), Some(old.kid()));
        let (seen, before) = (self.judged.get(), Timestamp::now());
        self.operator(&format!("promote {}", new.kid()), &system)
            .await
            .unwrap_or_else(|error| panic!("{}", ErrorChain(&error)));
        let replaced_at = self.key(old.kid()).await.replaced_at.expect("a key that was replaced");
        assert!(before <= replaced_at && replaced_at <= Timestamp::now(), "{before}: {replaced_at}");
        self.revoke_token().await;
        until("a token with the new key", async || self.token_kid().await.as_deref() == Some(new.kid())).await;
        self.more_calls(3).await;

        // What the old key signed lives for five minutes, and was signed within one.
        let early = self.operator(&format!("retire {}", old.kid()), &system).await.unwrap_err();
        let KeysError::Refused { source: Refusal::RetiredTooEarly { at, .. }, .. } = &early else { panic!("{early}") };
        check_refusal(&early, "retired", *at, replaced_at + SignedDuration::from_mins(6));
        assert_eq!(self.served().await, [old.kid(), new.kid()].map(str::to_owned).into());

        let later = MovableClock::default().ahead(Duration::from_secs(6 * 60));
        self.operator(&format!("retire {}", old.kid()), &later.clock())
            .await
            .unwrap_or_else(|error| panic!("{}", ErrorChain(&error)));
        until("the set without the old key", async || self.served().await == [new.kid().to_owned()].into()).await;
        self.another_token().await;
        self.more_calls(3).await;

        // The old one until then, the new one from then on.
        let requests = self.several.epic(ROTATED).requests().token;
        let mut kids: Vec<_> = requests.iter().filter_map(|request| request.kid.as_deref()).collect();
        assert!(seen > 1 && kids.len() > seen + 1, "{kids:?}");
        kids.dedup();
        assert_eq!(kids, [old.kid(), new.kid()]);
    }
}

/// Asserts that a refusal says when the step may be done, and that this is `expected`.
#[track_caller]
fn check_refusal(error: &KeysError, step: &str, at: Timestamp, expected: Timestamp) {
    assert_eq!(at, expected, "{step}");
    let said = ErrorChain(error).to_string();
    let second = Timestamp::from_second(at.as_second() + i64::from(at.subsec_nanosecond() > 0)).unwrap();
    assert!(said.contains(&format!("it may be {step} at {second}")) && said.contains(", in "), "{said}");
}

#[tokio::test]
async fn a_rotation_under_a_stream_of_calls_fails_none_and_signs_with_published_keys_only() {
    let several = Several::deployed().await;
    let rotation = Rotation { several, calls: Cell::default(), answered: Cell::default(), judged: Cell::default() };
    tokio::select! {
        _ = join_all((0..CALLERS).map(|_| rotation.calls())) => {}
        never = rotation.token_requests() => match never {},
        () = rotation.rotate() => {}
    }
}
