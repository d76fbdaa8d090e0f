//! What is served from memory, for how long, and what when the table can't be read.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::join_all;
use serde_json::json;
use shared::connection::ConnectionName;
use shared::signing_keys::publication::LONGEST_IN_MEMORY;
use tokio::time::timeout;

use super::{ec_key, endpoint, get, publish, rsa_key, set, set_of, started, world_with};
use crate::support::aws::Fault;
use crate::support::dynamodb::SIGNING_KEY_TABLE;
use crate::support::world::World;

const READ: &str = "dynamodb:GetItem";
const SECOND: Duration = Duration::from_secs(1);
/// After a failed read, the next one comes this much later.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(5);

fn refused() -> Fault {
    Fault::Error(400, "AccessDeniedException")
}

#[tokio::test]
async fn from_the_first_request_on_a_set_is_served_from_memory() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    let read = world.aws.count(READ);
    for _ in 0..3 {
        assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[rsa_key()]));
    }
    world.clock.advance(LONGEST_IN_MEMORY - SECOND);
    get(&endpoint, &world.connection).await;
    assert_eq!(world.aws.count(READ), read, "read at start, and not again");
    world.clock.advance(SECOND);
    get(&endpoint, &world.connection).await;
    get(&endpoint, &world.connection).await;
    assert_eq!(world.aws.count(READ), read + 1, "read again after the stated time");
}

#[tokio::test]
async fn a_rotation_is_seen_after_the_stated_time() {
    let mut world = world_with(&[rsa_key()]).await;
    for (max_age, in_memory) in [("86400", LONGEST_IN_MEMORY), ("5", Duration::from_secs(5))] {
        world.environment.insert("JWKS_MAX_AGE_SECONDS".to_owned(), max_age.to_owned());
        publish(&world, &[rsa_key()]).await;
        let endpoint = started(&world).await;
        let before = get(&endpoint, &world.connection).await;
        assert_eq!(before["headers"]["Cache-Control"], format!("public, max-age={max_age}"));

        publish(&world, &[rsa_key(), ec_key()]).await;
        world.clock.advance(in_memory - SECOND);
        assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[rsa_key()]));
        world.clock.advance(SECOND);
        let after = get(&endpoint, &world.connection).await;
        assert_eq!(set_of(&after), set(&[rsa_key(), ec_key()]));
        assert_ne!(after["headers"]["ETag"], before["headers"]["ETag"]);
    }
}

#[tokio::test]
async fn while_the_table_is_down_the_last_good_set_is_served() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    let read = world.aws.count(READ);
    world.clock.advance(LONGEST_IN_MEMORY);
    world.aws.fail(READ, refused(), 2);
    for reads in [1, 2] {
        for _ in 0..2 {
            assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[rsa_key()]));
        }
        // One try for both: an outage must not cost each request its time.
        assert_eq!(world.aws.count(READ), read + reads);
        world.clock.advance(TRY_AGAIN_AFTER);
    }
    // It is up again.
    publish(&world, &[ec_key()]).await;
    assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[ec_key()]));
}

#[tokio::test]
async fn an_item_that_is_none_of_ours_does_not_displace_the_last_good_set() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    spoil(&world, &world.connection).await;
    world.clock.advance(LONGEST_IN_MEMORY);
    assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[rsa_key()]));
}

#[tokio::test]
async fn a_table_that_never_answers_holds_nobody_up_for_long() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    world.clock.advance(LONGEST_IN_MEMORY);
    world.aws.fail(READ, Fault::Hang, usize::MAX);
    let answer =
        timeout(Duration::from_secs(4), get(&endpoint, &world.connection)).await.expect("the function has 5 s");
    assert_eq!(set_of(&answer), set(&[rsa_key()]));
}

#[tokio::test]
async fn with_neither_set_nor_table_the_answer_is_503_until_there_is_one() {
    let world = world_with(&[rsa_key()]).await;
    world.aws.fail(READ, refused(), 2);
    let endpoint = started(&world).await;
    let answer = get(&endpoint, &world.connection).await;
    assert_eq!(answer["statusCode"], 503);
    assert_eq!(answer["headers"]["Cache-Control"], "no-store");
    assert_eq!(answer["headers"]["Retry-After"], "5");
    assert_eq!(answer.get("body"), None);
    // The next request doesn't wait for anything: the table is asked at once.
    assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[rsa_key()]));
}

#[tokio::test]
async fn a_first_key_is_served_at_once_and_a_last_one_that_is_gone_no_more() {
    let world = world_with(&[]).await;
    let endpoint = started(&world).await;
    for unknown in [world.connection.clone(), ConnectionName::parse("production").unwrap()] {
        let answer = get(&endpoint, &unknown).await;
        assert_eq!(
            (answer["statusCode"].as_u64(), &answer["headers"]["Cache-Control"]),
            (Some(404), &json!("no-store"))
        );
    }
    publish(&world, &[rsa_key()]).await;
    assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[rsa_key()]));
    publish(&world, &[]).await;
    world.clock.advance(LONGEST_IN_MEMORY);
    assert_eq!(get(&endpoint, &world.connection).await["statusCode"], 404);
}

#[tokio::test]
async fn a_connection_whose_item_is_spoilt_disturbs_no_other() {
    let mut world = world_with(&[rsa_key()]).await;
    world.environment.insert("CONNECTIONS".to_owned(), "sandbox,production".to_owned());
    let production = ConnectionName::parse("production").unwrap();
    spoil(&world, &production).await;
    let endpoint = started(&world).await;
    assert_eq!(set_of(&get(&endpoint, &world.connection).await), set(&[rsa_key()]));
    assert_eq!(get(&endpoint, &production).await["statusCode"], 503);
}

#[tokio::test]
async fn at_start_all_connections_are_read_side_by_side() {
    let mut world = world_with(&[rsa_key()]).await;
    world.environment.insert("CONNECTIONS".to_owned(), "sandbox,production,third".to_owned());
    world.aws.fail(READ, Fault::Hang, usize::MAX);
    // On a machine that is busy they may all give up before one of them gets there.
    for _ in 0..5 {
        let (endpoint, read) = (endpoint(&world), world.aws.count(READ));
        // One after the other, each would be asked for when the one before had used up its 2 s.
        let all_asked = timeout(Duration::from_millis(3900), world.aws.arrived(READ, read + 3));
        let preparing = async {
            endpoint.prepare().await;
            std::future::pending::<()>().await;
        };
        tokio::select! {
            asked = all_asked => if asked.is_ok() { return },
            () = preparing => {}
        }
    }
    panic!("three are never asked for at once");
}

#[tokio::test]
async fn however_many_ask_at_once_the_table_is_read_once() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    let read = world.aws.count(READ);
    world.clock.advance(LONGEST_IN_MEMORY);
    world.aws.fail(READ, Fault::Delay(Duration::from_millis(100)), 1);
    for answer in join_all((0..20).map(|_| get(&endpoint, &world.connection))).await {
        assert_eq!(set_of(&answer), set(&[rsa_key()]));
    }
    assert_eq!(world.aws.count(READ), read + 1);
}

#[tokio::test]
async fn it_asks_for_nothing_but_the_keys() {
    let world = world_with(&[rsa_key()]).await;
    let before = world.aws.operations().len();
    let endpoint = started(&world).await;
    get(&endpoint, &world.connection).await;
    assert_eq!(world.aws.operations()[before..], [READ]);
    let request = world.aws.calls(READ).pop().unwrap().body;
    assert_eq!(request["TableName"], SIGNING_KEY_TABLE);
    assert_eq!(request["Key"], json!({"connection": {"S": "sandbox"}}));
}

/// Puts an item that is no ring in the place of a connection's.
async fn spoil(world: &World, connection: &ConnectionName) {
    world
        .dynamodb()
        .put_item()
        .table_name(SIGNING_KEY_TABLE)
        .item("connection", AttributeValue::S(connection.as_str().to_owned()))
        .item("key_ring", AttributeValue::S("{\"keys\": [{\"kty\": \"oct\"}]}".to_owned()))
        .item("revision", AttributeValue::N("1".to_owned()))
        .send()
        .await
        .unwrap();
}
