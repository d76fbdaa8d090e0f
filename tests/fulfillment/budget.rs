//! The caller always hears a sentence, in time (design.md, promise 8).

use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault as EpicFault, Times};
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use serde_json::json;
use shared::clock::Clock;
use shared::randomness::Randomness;
use shared::speech::en_us::DIALOG;
use shared::speech::es_us;
use tokio::time::timeout;

use super::caller::{
    BORN, Caller, HOME, Heard, fulfillment_at, fulfillment_with, heard, invoke, slots, world_with_token,
};
use crate::support::aws::Fault;
use crate::support::world::World;

/// The fulfillment hook's budget.
const BUDGET: Duration = Duration::from_secs(12);

/// What a caller heard at the end of a turn in which `peer` never answered.
struct Told {
    peer: &'static str,
    heard: Heard,
}

impl Told {
    /// The turn, which takes no longer than it may: by the clock that its own time-outs run on, of which the turn is told
    /// first, so that a machine on which nothing runs for a while makes no turn late.
    async fn of(peer: &'static str, turn: impl Future<Output = Heard>) -> Self {
        let heard = timeout(BUDGET, turn).await.unwrap_or_else(|_| panic!("{peer}: nothing was heard in time"));
        Self { peer, heard }
    }

    #[track_caller]
    fn check_outage(self) {
        let Self { peer, heard } = self;
        assert_eq!(heard.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person), "{peer}");
        assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")), "{peer}");
    }
}

/// One test, since each of these takes the whole budget, and they take it together.
#[tokio::test]
async fn whoever_never_answers_the_caller_hears_a_sentence_in_time() {
    let searching = async {
        let world = world_with_token().await;
        world.epic.control().hang(Endpoint::Patient);
        let mut caller = Caller::from(&world, HOME).await;
        Told::of("Epic's patient search", caller.verify(BORN, "female")).await
    };
    let reading = async {
        let world = world_with_token().await;
        let mut caller = Caller::verified(&world).await;
        world.epic.control().hang(Endpoint::MedicationRequest);
        Told::of("Epic's medication search", caller.say("ListMedications")).await
    };
    let breaking_off = async {
        let world = world_with_token().await;
        let mut caller = Caller::verified(&world).await;
        world.epic.control().fault(Endpoint::MedicationRequest, EpicFault::Stall, Times::Always);
        Told::of("Epic, in the middle of a page", caller.say("ListMedications")).await
    };
    let dripping = async {
        let world = world_with_token().await;
        let mut caller = Caller::verified(&world).await;
        world.epic.control().fault(Endpoint::MedicationRequest, EpicFault::Drip, Times::Always);
        Told::of("Epic, byte by byte", caller.say("ListMedications")).await
    };
    let dripping_at_first = async {
        let world = world_with_token().await;
        world.epic.control().fault(Endpoint::Patient, EpicFault::Drip, Times::Always);
        let mut caller = Caller::from(&world, HOME).await;
        Told::of("Epic's patient search, byte by byte", caller.verify(BORN, "female")).await
    };
    let token_dripping = async {
        let world = World::working().await;
        world.epic.control().fault(Endpoint::Token, EpicFault::Drip, Times::Always);
        let mut caller = Caller::from(&world, HOME).await;
        Told::of("Epic's token endpoint, byte by byte", caller.verify(BORN, "female")).await
    };
    let token = async {
        let world = World::working().await;
        world.aws.fail("lambda:Invoke", Fault::Hang, usize::MAX);
        let mut caller = Caller::from(&world, HOME).await;
        Told::of("token-refresher", caller.verify(BORN, "female")).await
    };
    let record = async {
        let world = world_with_token().await;
        let mut caller = Caller::verified(&world).await;
        world.aws.fail("dynamodb:Query", Fault::Hang, usize::MAX);
        Told::of("the read of the call", caller.say("ListMedications")).await
    };
    let opening = async {
        let world = world_with_token().await;
        world.aws.fail("dynamodb:PutItem", Fault::Hang, usize::MAX);
        let mut caller = Caller::from(&world, HOME).await;
        let told = Told::of("the write of the call", caller.verify(BORN, "female")).await;
        assert!(world.aws.sqs().bodies().is_empty(), "no job without its record");
        told
    };
    let counting = async {
        let world = world_with_token().await;
        world.aws.fail("dynamodb:TransactWriteItems", Fault::Hang, usize::MAX);
        let mut caller = Caller::from(&world, HOME).await;
        Told::of("the counters", caller.verify(BORN, "female")).await
    };
    let settings = async {
        let world = world_with_token().await;
        world.aws.fail("secretsmanager:GetSecretValue settings", Fault::Hang, usize::MAX);
        let mut caller = Caller::from(&world, HOME).await;
        Told::of("the read of the settings", caller.verify(BORN, "female")).await
    };
    let epic = [
        searching.boxed_local(),
        reading.boxed_local(),
        breaking_off.boxed_local(),
        dripping.boxed_local(),
        dripping_at_first.boxed_local(),
        token_dripping.boxed_local(),
    ];
    let aws = [
        token.boxed_local(),
        record.boxed_local(),
        opening.boxed_local(),
        counting.boxed_local(),
        settings.boxed_local(),
    ];
    join_all(epic.into_iter().chain(aws)).await.into_iter().for_each(Told::check_outage);
}

#[tokio::test]
async fn a_queue_that_never_answers_holds_the_caller_for_a_moment_only() {
    let world = world_with_token().await;
    world.aws.fail("sqs:SendMessage", Fault::Hang, usize::MAX);
    timeout(Duration::from_secs(5), Caller::verified(&world)).await.expect("a moment");
}

#[tokio::test]
async fn a_panic_ends_in_a_sentence_and_the_next_turn_is_answered() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    caller.fulfillment = fulfillment_with(&world, Randomness::from_fn(|_| panic!("planted")));
    let attributes = caller.attributes.clone();
    Told::of("a panic", caller.verify(BORN, "female")).await.check_outage();
    let mut expected = attributes;
    expected.insert("verificationStatus".to_owned(), json!("person"));
    assert_eq!(caller.attributes, expected);
    assert_eq!(caller.say("Goodbye").await.text, DIALOG.goodbye);
}

/// The clock is asked at every turn's end that is an outage, so that what answers a panic panics too.
#[tokio::test]
async fn a_panic_in_what_answers_a_panic_ends_in_a_sentence_too() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    caller.fulfillment = fulfillment_at(&world, Clock::from_fn(|| panic!("planted")), Randomness::system());
    let attributes = caller.attributes.clone();
    for (locale, dialog) in [("en_US", &DIALOG), ("es_US", &es_us::DIALOG)] {
        for hook in ["FulfillmentCodeHook", "DialogCodeHook"] {
            let mut event = caller.event("VerifyCaller", hook, slots(BORN, "female"));
            event["bot"]["localeId"] = json!(locale);
            event["requestAttributes"]["x-amz-lex:accept-content-types"] = json!("PlainText,SSML");
            let told = caller.send(&event).await;
            assert_eq!(told.text, format!("{} {}", dialog.outage, dialog.to_a_person), "{hook}");
            assert_eq!((told.action.as_str(), told.status.as_deref()), ("Close", Some("person")), "{hook}");
            assert_eq!((&told.intent["name"], &told.intent["state"]), (&json!("VerifyCaller"), &json!("Failed")));
            let mut expected = attributes.clone();
            expected.insert("verificationStatus".to_owned(), json!("person"));
            assert_eq!(caller.attributes, expected);
            caller.attributes = attributes.clone();
        }
    }
    for payload in ["null", "7"] {
        let told = heard(&invoke(&caller.fulfillment, payload).await);
        assert_eq!((told.action.as_str(), told.status.as_deref()), ("Close", Some("person")), "{payload}");
        assert_eq!(told.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person), "{payload}");
    }
}
