//! The keypad: everything that can be said can be keyed. The contract with the callers, and with the flow's sentences.

use super::IntentName;
use crate::lex::event::Event;
use crate::session::Session;

/// The intent that was keyed: after verification one key wherever it is pressed, since nothing asked there is answered in
/// digits; before it only where Lex didn't take the key for an answer.
pub(super) fn keyed(event: &Event, intent: IntentName, session: &Session) -> Option<&'static str> {
    let key = event.keys()?;
    if session.call_reference().is_some() {
        verified(key)
    } else {
        unverified(key).filter(|_| intent == IntentName::Fallback)
    }
}

fn verified(key: &str) -> Option<&'static str> {
    match key {
        "1" => Some("ListMedications"),
        "2" => Some("MoreMedications"),
        "3" => Some("Repeat"),
        "4" => Some("NextAppointment"),
        "5" => Some("SpeakSlower"),
        "6" => Some("SpellThat"),
        "7" => Some("CountMedications"),
        "8" => Some("HowToTake"),
        key => at_any_time(key),
    }
}

fn unverified(key: &str) -> Option<&'static str> {
    match key {
        "1" => Some("VerifyCaller"),
        "3" => Some("Repeat"),
        key => at_any_time(key),
    }
}

fn at_any_time(key: &str) -> Option<&'static str> {
    match key {
        "9" => Some("Goodbye"),
        "0" => Some("SpeakToPerson"),
        // Lex writes the star, with which digits are taken back, as a word.
        "*" | "[DEL]" => Some("Help"),
        _ => None,
    }
}
