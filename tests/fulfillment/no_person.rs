//! A site where nobody can be connected to (`HAND_OVER=none`): whoever can't be helped is told the number to call, once, in
//! their language, spoken or written; and where the site gave none, to call their clinic.

use serde_json::json;
use shared::speech::{Locale, en_us};

use super::caller::{BORN, Caller, HOME, Heard, world_with_token};
use super::dialogue::{Dialogue, policy};
use crate::support::aws::Fault;
use crate::support::world::World;

/// The channels, each with the number as it is told there.
const CHANNELS: [(&str, &str, &str); 3] = [
    ("Connect", "text/plain", "1, 4 6 9, 5 5 5, 0 1 0 0"),
    ("Connect", "SSML", "1-469-555-0100"),
    ("Connect Chat", "text/plain", "1-469-555-0100"),
];
const LOCALES: [&str; 2] = ["en_US", "es_US"];

async fn world(number: Option<&str>) -> World {
    let mut world = world_with_token().await;
    world.environment.insert("HAND_OVER".to_owned(), "none".to_owned());
    if let Some(number) = number {
        world.environment.insert("CLINIC_PHONE_NUMBER".to_owned(), number.to_owned());
    }
    world
}

/// What `caller` hears who says `words`, of which Lex made `intent`.
async fn says(caller: &mut Caller<'_>, words: &str, locale: &str, (platform, accepts, _): (&str, &str, &str)) -> Heard {
    let mut event = caller.event("FallbackIntent", "FulfillmentCodeHook", json!({}));
    (event["inputTranscript"], event["bot"]["localeId"]) = (json!(words), json!(locale));
    event["inputMode"] = json!(if platform == "Connect" { "Speech" } else { "Text" });
    event["requestAttributes"] =
        json!({"x-amz-lex:channels:platform": platform, "x-amz-lex:accept-content-types": accepts});
    caller.send(&event).await
}

/// Asserts that the call ends with the number, told once.
#[track_caller]
fn told(heard: &Heard, locale: &str, number: &str) {
    let dialog = Locale::of_bot(Some(locale)).dialog();
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("ended")), "{heard:?}");
    assert_eq!(heard.text.matches(number).count(), 1, "{heard:?}");
    assert!(heard.text.ends_with(&dialog.call_the_clinic_at.replace("{number}", number)), "{heard:?}");
    assert!(!heard.text.contains(dialog.call_the_clinic) && !heard.text.contains(dialog.to_a_person), "{heard:?}");
}

#[tokio::test]
async fn whoever_asks_for_a_person_or_is_in_danger_is_told_the_number_to_call() {
    for given in ["1-469-555-0100", "+14695550100"] {
        let world = world(Some(given)).await;
        for (locale, person, danger) in
            [("en_US", "a person please", "I can't breathe"), ("es_US", "una persona por favor", "no puedo respirar")]
        {
            for channel in CHANNELS {
                let mut caller = Caller::from(&world, HOME).await;
                told(&says(&mut caller, person, locale, channel).await, locale, channel.2);
                let heard = says(&mut caller, danger, locale, channel).await;
                told(&heard, locale, channel.2);
                // Who is dying comes first.
                assert!(heard.text.find('9') < heard.text.find(channel.2), "{heard:?}");
            }
        }
    }
}

#[tokio::test]
async fn whoever_is_not_understood_three_times_is_told_the_number_to_call() {
    let world = world(Some("1-469-555-0100")).await;
    for locale in LOCALES {
        for channel in CHANNELS {
            let mut caller = Caller::from(&world, HOME).await;
            for _ in 0..2 {
                let heard = says(&mut caller, "krrk", locale, channel).await;
                assert!(heard.action == "ElicitIntent" && !heard.text.contains(channel.2), "{heard:?}");
            }
            told(&says(&mut caller, "krrk", locale, channel).await, locale, channel.2);
        }
    }
}

#[tokio::test]
async fn whoever_is_not_verified_is_told_the_number_to_call_at_the_last_refusal_only() {
    let world = world(Some("1-469-555-0100")).await;
    for locale in LOCALES {
        let mut caller = Caller::from(&world, HOME).await;
        let mut refused = async || {
            let mut event =
                caller.event("VerifyCaller", "FulfillmentCodeHook", super::caller::slots("1990-01-01", "male"));
            event["bot"]["localeId"] = json!(locale);
            caller.send(&event).await
        };
        for _ in 0..2 {
            let heard = refused().await;
            assert!(heard.action == "ElicitSlot" && !heard.text.contains("4 6 9"), "{heard:?}");
        }
        told(&refused().await, locale, CHANNELS[0].2);
    }
    // And so is whoever the policy verifies nobody of.
    let mut dialogue = Dialogue::at(&world, policy(json!({})), "anonymous").await;
    let heard = dialogue.says("verify me", &[]).await;
    assert!(heard.text.starts_with(en_us::DIALOG.number_not_usable), "{heard:?}");
    told(&heard, "en_US", CHANNELS[0].2);
}

#[tokio::test]
async fn an_outage_is_told_with_the_number_to_call() {
    let world = world(Some("1-469-555-0100")).await;
    let mut caller = Caller::from(&world, HOME).await;
    assert_eq!(caller.verify(BORN, "female").await.status.as_deref(), Some("verified"));
    world.aws.fail("dynamodb:Query", Fault::Error(500, "InternalServerError"), usize::MAX);
    let heard = caller.say("ListMedications").await;
    assert!(heard.text.starts_with(en_us::DIALOG.outage), "{heard:?}");
    told(&heard, "en_US", CHANNELS[0].2);
}

#[tokio::test]
async fn where_the_site_gave_no_number_none_is_told() {
    for number in [None, Some("")] {
        let world = world(number).await;
        for locale in LOCALES {
            for channel in CHANNELS {
                let mut caller = Caller::from(&world, HOME).await;
                let heard = says(&mut caller, "operator", locale, channel).await;
                let dialog = Locale::of_bot(Some(locale)).dialog();
                assert_eq!((heard.text.as_str(), heard.status.as_deref()), (dialog.call_the_clinic, Some("ended")));
            }
        }
    }
}

/// Where there is a person, the flow tells the number, if they can't be reached; fulfillment doesn't tell it beforehand.
#[tokio::test]
async fn where_there_is_a_person_no_number_is_told() {
    let mut world = world(Some("1-469-555-0100")).await;
    world.environment.insert("HAND_OVER".to_owned(), "person".to_owned());
    let heard = says(&mut Caller::from(&world, HOME).await, "operator", "en_US", CHANNELS[0]).await;
    assert_eq!((heard.text.as_str(), heard.status.as_deref()), (en_us::DIALOG.to_a_person, Some("person")));
}
