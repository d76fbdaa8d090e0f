//! A dialog hook stands between a caller's words and the next question: it ends within 3 s (design.md, promise 8).

use std::time::Duration;

use shared::speech::en_us::DIALOG;
use tokio::time::timeout;

use super::caller::{BORN, Caller, HOME, fulfillment, slots, world_with_token};
use crate::support::aws::Fault;

/// The dialog hook's budget.
const BUDGET: Duration = Duration::from_secs(3);

/// All that a dialog hook asks anybody for: the settings, where they could not be read at start.
#[tokio::test]
async fn where_the_settings_never_come_a_dialog_hook_says_so_in_time() {
    let world = world_with_token().await;
    let mut caller = Caller::from(&world, HOME).await;
    // One that has just started, and read nothing yet.
    caller.fulfillment = fulfillment(&world);
    world.aws.fail("secretsmanager:GetSecretValue settings", Fault::Hang, usize::MAX);
    for intent in ["VerifyCaller", "ListMedications"] {
        let event = caller.event(intent, "DialogCodeHook", slots(BORN, "female"));
        // By the clock that the turn's own time-outs run on, and asked first: a machine that is busy makes no turn late.
        let heard = timeout(BUDGET, caller.send(&event)).await.unwrap_or_else(|_| panic!("{intent}: nothing in time"));
        assert_eq!(heard.text, format!("{} {}", DIALOG.outage, DIALOG.to_a_person), "{intent}");
        assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")), "{intent}");
    }
}
