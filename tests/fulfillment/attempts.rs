//! The counters of attempts.

use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault as EpicFault, Times};
use serde_json::json;
use shared::speech::en_us::DIALOG;

use super::caller::{BORN, Caller, HOME, MOBILE, refused_try_again, world_with_token};
use crate::support::aws::Fault;
use crate::support::dynamodb::CALL_TABLE;
use crate::support::world::World;

const AN_HOUR: Duration = Duration::from_secs(60 * 60);

async fn guess(world: &World, number: &str, day: u32) {
    let heard = Caller::from(world, number).await.verify(&format!("1990-01-{day:02}"), "female").await;
    assert_eq!(heard.text, refused_try_again());
}

async fn is_verified(world: &World, number: &str) -> bool {
    Caller::from(world, number).await.verify(BORN, "female").await.status.as_deref() == Some("verified")
}

/// The number of attempts in each counter of a kind.
pub(super) async fn counted(world: &World, kind: &str) -> Vec<usize> {
    let items = world.dynamodb().scan().table_name(CALL_TABLE).send().await.unwrap();
    let counters =
        items.items().iter().filter(|item| item["call"].as_s().unwrap().starts_with(&format!("attempts#{kind}#")));
    counters.filter_map(|item| item.get("attempts")).map(|set| set.as_ss().unwrap().len()).collect()
}

#[tokio::test]
async fn a_number_is_locked_out_for_an_hour_and_no_longer() {
    let world = world_with_token().await;
    for day in 1..=4 {
        guess(&world, HOME, day).await;
    }
    assert!(is_verified(&world, HOME).await);
    guess(&world, HOME, 5).await;
    assert!(!is_verified(&world, HOME).await);
    world.clock.advance(AN_HOUR);
    world.refresh(crate::support::world::missing()).await.unwrap();
    assert!(is_verified(&world, HOME).await);
}

#[tokio::test]
async fn guessing_through_a_day_gets_no_further_than_ten_tries() {
    let world = world_with_token().await;
    let into_the_day = world.clock.clock().now().as_second().rem_euclid(24 * 3600).unsigned_abs();
    world.clock.advance(Duration::from_secs(24 * 3600 - into_the_day + 600));
    for hour in 0..4 {
        world.refresh(crate::support::world::missing()).await.unwrap();
        for day in 1..=4 {
            guess(&world, HOME, 4 * hour + day).await;
        }
        world.clock.advance(AN_HOUR);
    }
    assert_eq!((counted(&world, "number-day").await, counted(&world, "patient-day").await), (vec![10], vec![10]));
    world.refresh(crate::support::world::missing()).await.unwrap();
    assert!(!is_verified(&world, HOME).await);
    world.clock.advance(20 * AN_HOUR);
    world.refresh(crate::support::world::missing()).await.unwrap();
    assert!(is_verified(&world, HOME).await);
}

#[tokio::test]
async fn a_patient_is_guarded_from_whichever_number_it_is_tried() {
    let world = world_with_token().await;
    for day in 1..=3 {
        guess(&world, HOME, day).await;
    }
    for day in 4..=5 {
        guess(&world, MOBILE, day).await;
    }
    assert!(!is_verified(&world, MOBILE).await, "two tries from this number, but five at this patient");
}

#[tokio::test]
async fn a_call_is_locked_out_after_three_tries_whatever_its_attributes_say() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let fresh = caller.attributes.clone();
    for day in 1..=3 {
        // As if Lex had lost what we set.
        caller.attributes = fresh.clone();
        caller.attributes.insert("verificationTry".to_owned(), (day - 1).to_string().into());
        caller.verify(&format!("1990-01-0{day}"), "female").await;
    }
    caller.attributes = fresh;
    assert_eq!(caller.verify(BORN, "female").await.text, refused_try_again());
}

#[tokio::test]
async fn a_try_delivered_many_times_counts_once() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    let attributes = caller.attributes.clone();
    for _ in 0..7 {
        caller.attributes = attributes.clone();
        caller.verify("1990-01-01", "female").await;
    }
    for kind in ["call", "number", "patient"] {
        assert_eq!(counted(&world, kind).await, [1], "{kind}");
    }
    assert!(is_verified(&world, HOME).await);
}

#[tokio::test]
async fn who_is_verified_uses_up_no_try() {
    let world = world_with_token().await;
    for _ in 0..7 {
        assert!(is_verified(&world, HOME).await);
    }
    assert!(counted(&world, "number").await.is_empty());
}

#[tokio::test]
async fn guesses_sent_side_by_side_pass_no_limit_together() {
    let world = world_with_token().await;
    let guesses = (1..=12).map(|day| {
        let world = &world;
        async move {
            let mut caller = Caller::from(world, HOME).await;
            caller.verify(&format!("1990-02-{day:02}"), "female").await
        }
    });
    futures_util::future::join_all(guesses).await;
    assert_eq!(counted(&world, "number").await, [5]);
    assert_eq!(counted(&world, "patient").await, [5]);
}

#[tokio::test]
async fn a_counter_tells_nothing_of_the_number_or_the_patient() {
    let world = world_with_token().await;
    guess(&world, HOME, 1).await;
    let items = world.dynamodb().scan().table_name(CALL_TABLE).send().await.unwrap();
    let table = format!("{:?}", items.items());
    assert!(table.contains("attempts#number#"));
    for secret in ["4695555555", "555-5555", super::caller::CAMILA, "1990-01-01"] {
        assert!(!table.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn where_tries_cant_be_counted_nobody_is_verified() {
    let world = world_with_token().await;
    world.aws.fail("dynamodb:TransactWriteItems", Fault::Error(500, "InternalServerError"), 9);
    let heard = Caller::from(&world, HOME).await.verify(BORN, "female").await;
    assert_eq!(heard.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person));
    assert!(world.aws.sqs().bodies().is_empty());
}

#[tokio::test]
async fn a_try_that_an_outage_broke_off_is_none() {
    let world = world_with_token().await;
    let nobody = json!({"resourceType": "Bundle", "type": "searchset", "total": 0}).to_string();
    for _ in 0..6 {
        let answer =
            EpicFault::Answer { status: 200, content_type: "application/fhir+json".to_owned(), body: nobody.clone() };
        world.epic.control().fault(Endpoint::Patient, answer, Times::Next(1));
        world.epic.control().fault(Endpoint::Patient, EpicFault::Truncated, Times::Next(1));
        let heard = Caller::from(&world, HOME).await.verify(BORN, "female").await;
        assert_eq!(heard.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person));
    }
    assert_eq!(world.aws.count("dynamodb:TransactWriteItems"), 0, "nothing was compared");
    assert!(counted(&world, "number").await.is_empty());
    assert!(is_verified(&world, HOME).await);
}

#[tokio::test]
async fn where_the_secret_cant_be_read_at_start_it_is_read_when_it_is_needed() {
    let world = world_with_token().await;
    world.aws.fail("secretsmanager:GetSecretValue", Fault::Error(400, "AccessDeniedException"), 1);
    assert!(is_verified(&world, HOME).await);
    assert_eq!(world.aws.count("secretsmanager:GetSecretValue"), 2);
}

#[tokio::test]
async fn without_the_secret_nobody_is_verified() {
    let world = world_with_token().await;
    world.aws.fail("secretsmanager:GetSecretValue", Fault::Error(400, "AccessDeniedException"), 2);
    assert!(!is_verified(&world, HOME).await);
}
