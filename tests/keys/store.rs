//! The table: one item a connection, written on condition of the revision that was read.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use futures_util::future::join_all;
use shared::connection::ConnectionName;
use shared::signing_keys::store::{KeyRingStore, StoredKeyRing, Written};
use shared::signing_keys::{KeyRing, RetiredKey};

use crate::support::aws::AwsStandIn;
use crate::support::dynamodb::SIGNING_KEY_TABLE as TABLE;
use crate::support::operator::unhurried;

async fn table() -> (AwsStandIn, aws_sdk_dynamodb::Client) {
    let aws = AwsStandIn::start().await;
    let client = aws_sdk_dynamodb::Client::new(&unhurried(&aws.aws()));
    (aws, client)
}

fn connection(name: &str) -> ConnectionName {
    ConnectionName::parse(name).unwrap()
}

/// A ring that tells who wrote it.
fn ring_of(writer: usize) -> KeyRing {
    let retired_at = "2026-11-23T10:00:00Z".parse().unwrap();
    let retired = RetiredKey { kid: writer.to_string(), key_id: format!("arn:{writer}"), retired_at };
    KeyRing { retired: vec![retired], ..KeyRing::default() }
}

#[tokio::test]
async fn of_writers_at_once_one_is_stored_and_the_others_are_told() {
    let (_aws, client) = table().await;
    let epic = connection("epic");
    let store = KeyRingStore::new(client, TABLE.to_owned());
    assert_eq!(store.read(&epic).await.unwrap(), StoredKeyRing::default());
    for revision in 0..3 {
        let rings: Vec<_> = (0..8).map(ring_of).collect();
        let written = join_all(rings.iter().map(|ring| store.write(&epic, ring, revision))).await;
        let stored: Vec<_> = (0..8).filter(|writer| matches!(written[*writer], Ok(Written::Stored))).collect();
        let outdated = written.iter().filter(|written| matches!(written, Ok(Written::Outdated))).count();
        assert_eq!((stored.len(), outdated), (1, 7), "revision {revision}");
        let expected = StoredKeyRing { ring: rings[stored[0]].clone(), revision: revision + 1 };
        assert_eq!(store.read(&epic).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn what_was_read_before_another_wrote_is_not_written_over_it() {
    let (_aws, client) = table().await;
    let epic = connection("epic");
    let store = KeyRingStore::new(client, TABLE.to_owned());
    assert_eq!(store.write(&epic, &ring_of(1), 0).await.unwrap(), Written::Stored);
    assert_eq!(store.write(&epic, &ring_of(2), 0).await.unwrap(), Written::Outdated);
    assert_eq!(store.write(&epic, &ring_of(2), 1).await.unwrap(), Written::Stored);
    assert_eq!(store.write(&epic, &ring_of(3), 1).await.unwrap(), Written::Outdated);
    assert_eq!(store.read(&epic).await.unwrap().ring, ring_of(2));
}

#[tokio::test]
async fn each_connection_has_a_ring_of_its_own() {
    let (_aws, client) = table().await;
    let store = KeyRingStore::new(client, TABLE.to_owned());
    for (writer, name) in ["sandbox", "production"].into_iter().enumerate() {
        assert_eq!(store.write(&connection(name), &ring_of(writer), 0).await.unwrap(), Written::Stored);
    }
    assert_eq!(store.read(&connection("sandbox")).await.unwrap().ring, ring_of(0));
    assert_eq!(store.read(&connection("production")).await.unwrap().ring, ring_of(1));
}

#[tokio::test]
async fn an_item_that_is_not_ours_is_told_and_not_taken_for_an_empty_ring() {
    let (_aws, client) = table().await;
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let number = |value: &str| AttributeValue::N(value.to_owned());
    let store = KeyRingStore::new(client.clone(), TABLE.to_owned());
    let items = [
        vec![],
        vec![("key_ring", text("{}")), ("revision", number("1"))],
        vec![("key_ring", text(r#"{"keys":[]}"#))],
        vec![("key_ring", text(r#"{"keys":[{"kid":"k"}]}"#)), ("revision", number("1"))],
    ];
    for item in items {
        let mut put = client.put_item().table_name(TABLE).item("connection", text("epic"));
        for (name, value) in item {
            put = put.item(name, value);
        }
        put.send().await.unwrap();
        let error = store.read(&connection("epic")).await.unwrap_err();
        assert_eq!(error.code, "malformed-item");
    }
}

/// What an older version wrote is read: every field that came later has a default.
#[tokio::test]
async fn a_ring_of_the_first_version_is_read() {
    let (_aws, client) = table().await;
    let jwk = r#"{"kty":"EC","crv":"P-384","x":"X","y":"Y","alg":"ES384","use":"sig","kid":"k"}"#;
    let ring = format!(r#"{{"keys":[{{"key_id":"arn:1","jwk":{jwk},"added_at":"2026-11-23T10:00:00Z"}}]}}"#);
    let put = client.put_item().table_name(TABLE).item("connection", AttributeValue::S("epic".to_owned()));
    let put = put.item("key_ring", AttributeValue::S(ring)).item("revision", AttributeValue::N("7".to_owned()));
    put.send().await.unwrap();
    let read = KeyRingStore::new(client, TABLE.to_owned()).read(&connection("epic")).await.unwrap();
    let kids: BTreeSet<_> = read.ring.keys.iter().map(|key| key.kid()).collect();
    assert_eq!((kids, read.revision), (BTreeSet::from(["k"]), 7));
}
