//! A token's life: obtained once for any number of callers, replaced in time, never overwritten by an older one.

mod signing;
mod storing;

use std::collections::HashSet;
use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault as EpicFault, Times};
use epic_simulator::requests::Verdict;
use epic_simulator::settings::KeySource;
use futures_util::future::join_all;
use serde_json::json;
use shared::access_token::AccessToken;
use shared::access_token::source::NoAccessToken;
use shared::access_token::store::TokenRecord;
use shared::deadline::Deadline;
use shared::refresh_request::RefreshReply;

use crate::support::aws::Fault;
use crate::support::world::{TOKEN_REFRESHER, World, invoke, missing, rejected, scheduled, signing_jwk};

const HALF_AN_HOUR: Duration = Duration::from_secs(1801);

/// What a fulfillment hook has.
fn budget() -> Deadline {
    Deadline::within(Duration::from_secs(12))
}

impl World {
    async fn stored(&self) -> TokenRecord {
        self.access_token_store().read(&self.connection).await.unwrap()
    }

    /// Stores a first token, as the schedule does.
    async fn first_token(&self) -> AccessToken {
        assert_eq!(self.refresh(scheduled()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
        self.stored().await.token.unwrap()
    }

    fn token_requests(&self) -> usize {
        self.epic.requests().token.len()
    }

    /// So many callers at once, each with clients of its own; their tokens' versions. They wait for longer than a hook
    /// may: in this process they and all that they call share one thread.
    async fn callers(&self, count: usize) -> Vec<Result<u64, NoAccessToken>> {
        let sources: Vec<_> = (0..count).map(|_| self.access_token_source()).collect();
        let deadline = Deadline::within(Duration::from_secs(40));
        let versions = sources.iter().map(async |source| source.usable(deadline).await.map(|token| token.version));
        join_all(versions).await
    }
}

fn failed(code: &str, retryable: bool) -> RefreshReply {
    RefreshReply::Failed { code: code.to_owned(), retryable }
}

#[tokio::test]
async fn epic_accepts_our_assertion_and_the_token_it_grants() {
    let world = World::working().await;
    let patient = world.fhir_client().read("Patient", "erXuFYUfucBZaryVksYEcMg3", budget()).await;
    assert!(patient.is_ok());
    let requests = world.epic.requests().token;
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].verdict, Verdict::Granted);
    assert_eq!(requests[0].kid.as_deref(), Some(signing_jwk().kid()));
    assert_eq!(world.stored().await.token.unwrap().kid, signing_jwk().kid());
}

#[tokio::test]
async fn what_may_pass_is_tried_again_with_a_fresh_assertion_each_time() {
    for fault in [EpicFault::Status(429), EpicFault::Status(503), EpicFault::Drop] {
        let world = World::working().await;
        world.epic.control().fault(Endpoint::Token, fault, Times::Next(2));
        assert_eq!(world.refresh(missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
        let requests = world.epic.requests().token;
        let jtis: HashSet<_> = requests.iter().map(|request| request.jti.clone().unwrap()).collect();
        assert_eq!((requests.len(), jtis.len(), world.aws.count("kms:Sign")), (3, 3, 3));
    }
}

#[tokio::test]
async fn an_endpoint_that_never_answers_is_tried_again_before_the_lease_ends() {
    let world = World::working().await;
    world.epic.control().fault(Endpoint::Token, EpicFault::Hang, Times::Next(1));
    assert_eq!(world.refresh(missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test]
async fn an_outage_ends_after_three_attempts_and_gives_the_lease_back() {
    let world = World::working().await;
    world.epic.control().fault(Endpoint::Token, EpicFault::Status(503), Times::Always);
    assert_eq!(world.refresh(missing()).await.unwrap(), failed("token-endpoint-unavailable", true));
    assert_eq!(world.token_requests(), 3);
    assert_eq!(world.stored().await.lease_until, None);
}

#[tokio::test]
async fn an_oauth_error_is_final_and_carries_its_code_to_the_caller() {
    let world = World::working().await;
    world.epic.control().register_keys(KeySource::Set(json!({"keys": []})));
    let refused = world.access_token_source().usable(budget()).await.unwrap_err();
    assert_eq!(refused, NoAccessToken::Refused { code: "invalid_client".to_owned() });
    assert_eq!(world.token_requests(), 1);
    assert_eq!(world.stored().await.lease_until, None);
}

#[tokio::test]
async fn a_token_that_lives_too_short_to_be_used_is_not_asked_for_over_and_over() {
    let world = World::working().await;
    world.epic.control().lie_about_token(json!({"expires_in": 10}));
    let refused = world.access_token_source().usable(budget()).await.unwrap_err();
    assert_eq!(refused, NoAccessToken::Refused { code: "malformed-token-response".to_owned() });
    assert_eq!(world.token_requests(), 1);
}

#[tokio::test]
async fn a_grant_of_fewer_scopes_is_not_stored() {
    let world = World::working().await;
    world.epic.control().set_scopes(&["system/Patient.read"]);
    assert_eq!(world.refresh(missing()).await.unwrap(), failed("scope-narrowed", false));
    assert!(world.stored().await.token.is_none());
}

#[tokio::test]
async fn a_failed_refresh_keeps_the_old_token_and_callers_use_it() {
    let world = World::working().await;
    let old = world.first_token().await;
    world.clock.advance(HALF_AN_HOUR);
    world.epic.control().fault(Endpoint::Token, EpicFault::Status(500), Times::Always);
    assert!(world.refresh(scheduled()).await.is_err());
    assert_eq!(world.stored().await.token.unwrap().secret(), old.secret());
    assert_eq!(world.access_token_source().usable(budget()).await.unwrap().version, 1);
}

#[tokio::test]
async fn a_scheduled_run_that_fails_is_an_error_with_a_stable_code() {
    let world = World::working().await;
    world.epic.control().fault(Endpoint::Token, EpicFault::OAuthError("unauthorized_client".into()), Times::Always);
    let error = world.refresh(scheduled()).await.unwrap_err();
    assert_eq!(error.code(), "unauthorized_client");
    assert_eq!(format!("{error:?}"), error.to_string());
}

#[tokio::test]
async fn an_event_that_can_not_be_read_is_an_error() {
    let world = World::working().await;
    let error = world.refresh(json!({"connection": "sandbox", "reason": "because"})).await.unwrap_err();
    assert_eq!(error.code(), "malformed-event");
}

#[tokio::test]
async fn a_request_for_another_connection_is_refused() {
    let world = World::working().await;
    let reply = world.refresh(json!({"connection": "production", "reason": "missing"})).await.unwrap();
    assert_eq!(reply, failed("unknown-connection", false));
    assert_eq!(world.aws.count_of_service("dynamodb"), 0);
}

#[tokio::test]
async fn the_schedule_replaces_a_token_in_the_second_half_of_its_life() {
    let world = World::working().await;
    world.first_token().await;
    assert_eq!(world.refresh(scheduled()).await.unwrap(), RefreshReply::StillValid);
    world.clock.advance(HALF_AN_HOUR);
    // Neither the rule's nor Scheduler's own event names a connection.
    for source in ["aws.scheduler", "aws.events"] {
        world.refresh(json!({"source": source, "detail-type": "Scheduled Event", "detail": "{}"})).await.unwrap();
    }
    assert_eq!((world.stored().await.version, world.token_requests()), (2, 2));
}

#[tokio::test]
async fn an_expired_token_is_not_used() {
    let world = World::working().await;
    world.first_token().await;
    world.clock.advance(Duration::from_secs(3600));
    assert_eq!(world.access_token_source().usable(budget()).await.unwrap().version, 2);
}

#[tokio::test]
async fn fifty_callers_without_a_token_cause_one_token_request() {
    let world = World::working().await;
    assert!(world.callers(50).await.iter().all(|version| *version == Ok(1)));
    assert_eq!((world.token_requests(), world.aws.count("kms:Sign")), (1, 1));
}

#[tokio::test]
async fn a_lease_holder_that_is_killed_costs_fifty_callers_one_more_request() {
    let world = World::working().await;
    world.epic.control().fault(Endpoint::Token, EpicFault::Hold, Times::Next(1));
    let kill = async {
        world.epic.until(|requests| requests.token.len() == 1).await;
        // With the holder goes every environment that runs now: none is left that could give the lease back.
        world.aws.lambda().kill_running();
        // Those whose invoke was killed ask again, and are told that the lease is held.
        world.clock.advance(Duration::from_secs(4));
        let asked = world.aws.count("lambda:Invoke");
        world.aws.arrived("lambda:Invoke", asked + 1).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(world.token_requests(), 1, "while the lease runs, nobody asks Epic in the place of the dead");
        world.clock.advance(Duration::from_secs(1));
    };
    let (versions, ()) = tokio::join!(world.callers(50), kill);
    assert!(versions.iter().all(|version| *version == Ok(1)), "{versions:?}");
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test]
async fn a_token_revoked_at_epic_is_replaced_within_the_call_by_one_request() {
    let world = World::working().await;
    world.first_token().await;
    world.epic.control().revoke_tokens();
    let clients: Vec<_> = (0..10).map(|_| world.fhir_client()).collect();
    let reads = clients.iter().map(|client| client.read("Patient", "erXuFYUfucBZaryVksYEcMg3", budget()));
    assert!(join_all(reads).await.iter().all(Result::is_ok));
    assert_eq!((world.stored().await.version, world.token_requests()), (2, 2));
}

#[tokio::test]
async fn an_older_refresh_never_overwrites_a_newer_token() {
    let world = World::working().await;
    world.epic.control().fault(Endpoint::Token, EpicFault::Hold, Times::Next(1));
    let (older, older_event) = (world.token_refresher(), missing());
    let newer = world.token_refresher_at(world.clock.ahead(Duration::from_secs(6)).clock());
    let overtake = async {
        // The older one has its token, and sleeps past the end of its lease before it can store it.
        world.epic.until(|requests| requests.token.len() == 1).await;
        assert_eq!(invoke(&newer, &missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
        let newer_token = world.stored().await.token.unwrap();
        world.epic.control().release();
        newer_token
    };
    let (reply, newer_token) = tokio::join!(invoke(&older, &older_event), overtake);
    assert_eq!(reply.unwrap(), RefreshReply::StillValid);
    assert_eq!(world.epic.control().issued_tokens().len(), 2);
    assert_eq!(world.stored().await.token.unwrap().secret(), newer_token.secret());
}

#[tokio::test]
async fn a_holder_that_slept_past_its_lease_does_not_ask_again() {
    let world = World::working().await;
    world.epic.control().fault(Endpoint::Token, EpicFault::Hang, Times::Next(1));
    let newer = world.token_refresher_at(world.clock.ahead(Duration::from_secs(6)).clock());
    let (older, older_event) = (world.token_refresher(), missing());
    let overtake = async {
        world.epic.until(|requests| requests.token.len() == 1).await;
        invoke(&newer, &missing()).await.unwrap()
    };
    let (reply, overtaken) = tokio::join!(invoke(&older, &older_event), overtake);
    assert_eq!(overtaken, RefreshReply::Refreshed { version: 1 });
    assert_eq!(reply.unwrap(), RefreshReply::StillValid);
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test]
async fn a_replacement_that_lives_shorter_is_stored() {
    let world = World::working().await;
    world.first_token().await;
    world.epic.control().revoke_tokens();
    world.epic.control().lie_about_token(json!({"expires_in": 300}));
    let token = world.access_token_source().replacing(1, budget()).await.unwrap();
    assert_eq!((token.version, token.lifetime().as_secs()), (2, 300));
}

#[tokio::test]
async fn a_refresh_is_forced_once_in_thirty_seconds() {
    let world = World::working().await;
    world.first_token().await;
    assert_eq!(world.refresh(rejected(1)).await.unwrap(), RefreshReply::Refreshed { version: 2 });
    assert_eq!(world.refresh(rejected(1)).await.unwrap(), RefreshReply::StillValid);
    let refused = world.access_token_source().replacing(2, budget()).await.unwrap_err();
    assert_eq!(refused, NoAccessToken::FreshTokenRejected);
    world.clock.advance(Duration::from_secs(30));
    assert_eq!(world.refresh(rejected(2)).await.unwrap(), RefreshReply::Refreshed { version: 3 });
}

#[tokio::test]
async fn a_throttled_caller_reads_the_table_until_the_token_is_there() {
    let world = World::working().await;
    world.aws.lambda().limit(TOKEN_REFRESHER, 1);
    world.epic.control().fault(Endpoint::Token, EpicFault::Hold, Times::Next(1));
    let release = async {
        world.epic.until(|requests| requests.token.len() == 1).await;
        world.aws.arrived("lambda:Invoke", 5).await;
        world.epic.control().release();
    };
    let (versions, ()) = tokio::join!(world.callers(5), release);
    assert!(versions.iter().all(|version| *version == Ok(1)), "{versions:?}");
    assert_eq!(world.token_requests(), 1);
}

#[tokio::test]
async fn a_caller_whose_invoke_hangs_takes_the_token_that_another_stored() {
    let world = World::working().await;
    world.aws.fail("lambda:Invoke", Fault::Hang, 1);
    let source = world.access_token_source();
    let another = async {
        world.aws.arrived("lambda:Invoke", 1).await;
        world.first_token().await
    };
    let (token, _) = tokio::join!(source.usable(budget()), another);
    assert_eq!(token.unwrap().version, 1);
}

#[tokio::test]
async fn a_caller_who_waits_outlasts_a_read_that_fails() {
    let world = World::working().await;
    let still_valid = serde_json::to_vec(&RefreshReply::StillValid).unwrap();
    world.aws.lambda().deploy(TOKEN_REFRESHER, move |_| std::future::ready(Ok(still_valid.clone())));
    // The first read passes; the second fails in each of the SDK's three attempts.
    world.aws.fail("dynamodb:GetItem", Fault::Delay(Duration::ZERO), 1);
    world.aws.fail("dynamodb:GetItem", Fault::Error(500, "InternalServerError"), 3);
    let source = world.access_token_source();
    let another = async {
        world.aws.arrived("dynamodb:GetItem", 4).await;
        world.first_token().await
    };
    let (token, _) = tokio::join!(source.usable(budget()), another);
    assert_eq!(token.unwrap().version, 1);
}

#[tokio::test]
async fn a_caller_without_the_right_to_invoke_is_told_at_once() {
    let world = World::working().await;
    world.aws.fail("lambda:Invoke", Fault::Error(403, "AccessDeniedException"), 1);
    let error = world.access_token_source().usable(budget()).await.unwrap_err();
    assert!(matches!(error, NoAccessToken::Invoke(_)), "{error}");
    assert_eq!(world.aws.count("lambda:Invoke"), 1);
}

#[tokio::test]
async fn without_a_token_in_time_the_last_failure_is_told() {
    let world = World::working().await;
    world.aws.lambda().limit(TOKEN_REFRESHER, 0);
    // All of it is waited: long enough for one answer on a machine that is busy.
    let deadline = Deadline::within(Duration::from_secs(6));
    let error = world.access_token_source().usable(deadline).await.unwrap_err();
    assert!(matches!(&error, NoAccessToken::Invoke(error) if error.is_throttled()), "{error}");
}

#[tokio::test]
async fn a_table_that_stops_answering_does_not_hide_what_failed_before() {
    let world = World::working().await;
    world.aws.lambda().limit(TOKEN_REFRESHER, 0);
    // The first read passes, and token-refresher is asked; no other is answered.
    world.aws.fail("dynamodb:GetItem", Fault::Delay(Duration::ZERO), 1);
    world.aws.fail("dynamodb:GetItem", Fault::Hang, usize::MAX);
    let deadline = Deadline::within(Duration::from_secs(6));
    let error = world.access_token_source().usable(deadline).await.unwrap_err();
    assert!(matches!(&error, NoAccessToken::Invoke(error) if error.is_throttled()), "{error}");
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_counts_as_done() {
    let world = World::working().await;
    // Taking the lease, and storing the token: the SDK sends both a second time.
    world.aws.fail("dynamodb:UpdateItem", Fault::LoseAnswer, 1);
    world.aws.fail("dynamodb:UpdateItem", Fault::Delay(Duration::ZERO), 1);
    world.aws.fail("dynamodb:UpdateItem", Fault::LoseAnswer, 1);
    assert_eq!(world.refresh(missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
    assert_eq!((world.aws.count("dynamodb:UpdateItem"), world.token_requests()), (4, 1));
}

#[tokio::test]
async fn a_prepared_refresher_reads_each_table_once_and_writes_one_twice() {
    let world = World::working().await;
    let refresher = world.token_refresher();
    refresher.prepare().await;
    invoke(&refresher, &missing()).await.unwrap();
    // The token and the signing keys; the lease and the new token.
    let requests = ["dynamodb:GetItem", "dynamodb:UpdateItem", "kms:Sign", "secretsmanager:GetSecretValue settings"];
    assert_eq!(requests.map(|operation| world.aws.count(operation)), [2, 2, 1, 1]);
}

#[tokio::test]
async fn a_token_stored_between_the_read_and_the_lease_is_left_alone() {
    let world = World::working().await;
    // The slow one has read that there is no token; the signing keys come after the other has stored one.
    world.aws.fail("dynamodb:GetItem", Fault::Delay(Duration::ZERO), 1);
    world.aws.fail("dynamodb:GetItem", Fault::Hold, 1);
    let another = async {
        world.aws.held().await;
        world.first_token().await;
        world.aws.release();
    };
    let (reply, ()) = tokio::join!(world.refresh(missing()), another);
    assert_eq!(reply.unwrap(), RefreshReply::StillValid);
    assert_eq!(world.token_requests(), 1);
    assert_eq!(world.stored().await.lease_until, None);
}
