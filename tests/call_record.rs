//! The table of calls, against a DynamoDB engine.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use shared::call_record::store::Written;
use shared::call_record::{CallReference, MedicationsOutcome, PatientId, VerifiedCaller};
use shared::medication_list::{MedicationList, SpokenMedication};
use shared::phi::Phi;
use shared::randomness::Randomness;
use shared::speech::Locale;

use crate::support::world::World;

struct Call {
    reference: CallReference,
    caller: VerifiedCaller,
}

impl Call {
    async fn open(world: &World) -> Self {
        let now = world.clock.clock().now();
        let caller = VerifiedCaller {
            connection: world.connection.clone(),
            patient: PatientId::parse("p1").unwrap(),
            locale: Locale::EnUs,
            verified_by: vec!["phone".to_owned()],
            verified_at: now,
            expires_at: now.saturating_add(SignedDuration::from_mins(20)).unwrap(),
        };
        let reference = CallReference::new(&Randomness::system());
        assert_eq!(world.call_store().open(&reference, &caller).await.unwrap(), Written::Stored);
        Self { reference, caller }
    }

    async fn write(&self, world: &World, medications: &MedicationsOutcome) -> Written {
        let store = world.call_store();
        store.write_medications(&self.reference, medications, self.caller.expires_at).await.unwrap()
    }
}

/// A list of about `bytes` bytes, in a script of several bytes a character.
fn list(bytes: usize, read_at: Timestamp) -> MedicationsOutcome {
    let medication = SpokenMedication {
        name: Phi::new("ä".repeat(50)),
        sentences: vec![Phi::new("€".repeat(300))],
        readable: true,
        ..SpokenMedication::default()
    };
    MedicationsOutcome::Read {
        list: MedicationList {
            medications: vec![medication; bytes / 1000],
            partial: false,
            withheld: false,
            left_out: BTreeMap::new(),
            read_at,
        },
    }
}

#[tokio::test]
async fn a_call_is_read_whole_by_one_request() {
    let world = World::working().await;
    let call = Call::open(&world).await;
    let medications = list(3000, call.caller.verified_at);
    assert_eq!(call.write(&world, &medications).await, Written::Stored);
    let before = world.aws.operations().len();
    let record = world.call_store().read(&call.reference, world.clock.clock().now()).await.unwrap().unwrap();
    assert_eq!((record.caller, record.medications), (call.caller, Some(medications)));
    assert_eq!(world.aws.operations()[before..], ["dynamodb:Query"]);
}

#[tokio::test]
async fn a_list_too_large_for_an_item_is_split_and_read_back() {
    let world = World::working().await;
    let call = Call::open(&world).await;
    let medications = list(2_000_000, call.caller.verified_at);
    assert_eq!(call.write(&world, &medications).await, Written::Stored);
    let record = world.call_store().read(&call.reference, world.clock.clock().now()).await.unwrap().unwrap();
    assert!(record.medications == Some(medications), "a list of two megabytes reads back");
    assert!(world.aws.count("dynamodb:Query") > 1, "it has more than one page");
}

#[tokio::test]
async fn the_first_writer_wins_whatever_the_size_of_their_lists() {
    let world = World::working().await;
    for (first, second) in [(3000, 900_000), (900_000, 3000), (900_000, 1_300_000)] {
        let call = Call::open(&world).await;
        let medications = list(first, call.caller.verified_at);
        assert_eq!(call.write(&world, &medications).await, Written::Stored);
        assert_eq!(call.write(&world, &list(second, call.caller.verified_at)).await, Written::AlreadyThere);
        assert_eq!(call.write(&world, &MedicationsOutcome::Restricted).await, Written::AlreadyThere);
        let record = world.call_store().read(&call.reference, world.clock.clock().now()).await.unwrap().unwrap();
        assert!(record.medications == Some(medications), "{first}, {second}");
    }
}

#[tokio::test]
async fn a_reference_is_opened_once() {
    let world = World::working().await;
    let call = Call::open(&world).await;
    let again = world.call_store().open(&call.reference, &call.caller).await.unwrap();
    assert_eq!(again, Written::AlreadyThere);
}

#[tokio::test]
async fn an_expired_call_is_gone_though_its_items_are_still_there() {
    let world = World::working().await;
    let call = Call::open(&world).await;
    assert_eq!(call.write(&world, &MedicationsOutcome::Restricted).await, Written::Stored);
    let store = world.call_store();
    let last_moment = call.caller.expires_at.saturating_sub(SignedDuration::from_millis(1)).unwrap();
    assert!(store.read(&call.reference, last_moment).await.unwrap().is_some());
    assert_eq!(store.read(&call.reference, call.caller.expires_at).await.unwrap(), None);
}

#[tokio::test]
async fn a_reference_that_nobody_opened_is_no_call() {
    let world = World::working().await;
    let stranger = CallReference::new(&Randomness::system());
    assert_eq!(world.call_store().read(&stranger, world.clock.clock().now()).await.unwrap(), None);
}
