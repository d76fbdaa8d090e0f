//! Whose number it is that somebody calls from: nobody's, where it isn't known or only claimed (design.md, promise 5).

use serde_json::{Value, json};
use shared::speech::en_us::DIALOG;

use super::caller::{BORN, Caller, Footprint, HOME, slots, world_with_token};

#[tokio::test]
async fn a_number_that_is_withheld_foreign_or_absent_ends_with_a_person_and_asks_nobody() {
    let world = world_with_token().await;
    for number in ["anonymous", "", "+442079460958", "4695555555"] {
        let mut caller = Caller::from(&world, number).await;
        for hook in ["DialogCodeHook", "FulfillmentCodeHook"] {
            let event = caller.event("VerifyCaller", hook, slots(BORN, "female"));
            let (heard, footprint) = caller.footprint(async |caller| caller.send(&event).await).await;
            assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")));
            assert_eq!(heard.text, format!("{} {}", DIALOG.number_not_usable, DIALOG.to_a_person));
            assert_eq!(footprint, Footprint { fhir: Vec::new(), aws: Vec::new() });
        }
    }
}

#[tokio::test]
async fn a_number_that_is_only_claimed_ends_with_a_person_and_asks_nobody() {
    let world = world_with_token().await;
    // Only where Connect has a call on its phone line is the number one that somebody calls from.
    for (platform, input_mode) in [
        (json!("Connect Chat"), "Text"),
        (json!("Connect Chat"), "Speech"),
        (json!("Connect"), "Text"),
        (json!("Twilio"), "Speech"),
        (Value::Null, "Speech"),
    ] {
        let mut caller = Caller::from(&world, HOME).await;
        for hook in ["DialogCodeHook", "FulfillmentCodeHook"] {
            let mut event = caller.event("VerifyCaller", hook, slots(BORN, "female"));
            event["requestAttributes"] = json!({"x-amz-lex:channels:platform": platform});
            event["inputMode"] = json!(input_mode);
            let (heard, footprint) = caller.footprint(async |caller| caller.send(&event).await).await;
            assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")));
            assert_eq!(heard.text, format!("{} {}", DIALOG.number_not_usable, DIALOG.to_a_person));
            assert_eq!(footprint, Footprint { fhir: Vec::new(), aws: Vec::new() });
        }
    }
}
