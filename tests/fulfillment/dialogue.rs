//! A caller in the middle of `VerifyCaller`: keeps the slots between turns, as Lex does, and goes on to the fulfillment hook
//! where the dialog hook delegates.

use serde_json::{Value, json};
use shared::speech::dialog::verification::{AnsweredBy, Question, VerificationDialog};
use shared::speech::en_us::{self, DIALOG};
use shared::speech::es_us;

use super::caller::{Caller, Heard};
use crate::support::world::World;

/// The policies that sites write, each an object of `patient_search`.
pub fn policy(bend: Value) -> Value {
    let mut policy = json!({"required": ["phone", "birth_date", "gender"], "phone_formats": ["NNN-NNN-NNNN"],
        "country_code": "1", "minimum_age": 18});
    policy.as_object_mut().unwrap().extend(bend.as_object().unwrap().clone());
    policy
}

/// What Lex made of a turn's words: the slot, the words for it, and their value.
pub type Filled<'a> = (&'a str, &'a str, &'a str);

/// The conversation.
pub struct Dialogue<'a> {
    pub caller: Caller<'a>,
    pub slots: Value,
    /// `en_US` or `es_US`.
    pub locale: &'static str,
    /// `Connect` or `Connect Chat`.
    pub platform: &'static str,
}

impl<'a> Dialogue<'a> {
    /// Someone who calls from `number`, at a site with this policy.
    pub async fn at(world: &'a World, policy: Value, number: &str) -> Self {
        world.set("patient_search", policy);
        let slots = [
            "PhoneNumber",
            "DateOfBirth",
            "Gender",
            "FirstName",
            "LastName",
            "PostalCode",
            "RecordNumberEnding",
            "Confirmation",
        ];
        let slots = slots.map(|slot| (slot.to_owned(), Value::Null)).into_iter().collect();
        Self {
            caller: Caller::from(world, number).await,
            slots: Value::Object(slots),
            locale: "en_US",
            platform: "Connect",
        }
    }

    /// The caller says something, of which Lex filled these slots.
    pub async fn says(&mut self, words: &str, filled: &[Filled<'_>]) -> Heard {
        let mode = if self.platform == "Connect" { "Speech" } else { "Text" };
        self.turn(words, mode, filled).await
    }

    /// The caller says what Lex takes as it is for `slot`.
    pub async fn answers(&mut self, slot: &str, words: &str) -> Heard {
        self.says(words, &[(slot, words, words)]).await
    }

    /// The caller says a birth date.
    pub async fn born(&mut self, words: &str, date: &str) -> Heard {
        self.says(words, &[("DateOfBirth", words, date)]).await
    }

    /// The caller keys something, of which Lex makes nothing.
    pub async fn keys(&mut self, keys: &str) -> Heard {
        self.turn(keys, "DTMF", &[]).await
    }

    async fn turn(&mut self, words: &str, mode: &str, told: &[Filled<'_>]) -> Heard {
        for (slot, original, interpreted) in told {
            self.slots[slot] = filled(original, interpreted);
        }
        let heard = self.hook("DialogCodeHook", words, mode).await;
        if heard.action == "Delegate" { self.hook("FulfillmentCodeHook", words, mode).await } else { heard }
    }

    async fn hook(&mut self, hook: &str, words: &str, mode: &str) -> Heard {
        let mut event = self.caller.event("VerifyCaller", hook, self.slots.clone());
        (event["inputTranscript"], event["inputMode"]) = (json!(words), json!(mode));
        event["bot"]["localeId"] = json!(self.locale);
        event["requestAttributes"]["x-amz-lex:channels:platform"] = json!(self.platform);
        let attributes = self.caller.attributes.clone();
        let heard = self.caller.send(&event).await;
        if hook == "DialogCodeHook" {
            // Delivered twice, it answers twice the same.
            let after = std::mem::replace(&mut self.caller.attributes, attributes);
            assert_eq!(self.caller.send(&event).await, heard);
            assert_eq!(self.caller.attributes, after);
        }
        self.slots = heard.intent["slots"].clone();
        heard
    }

    /// Lex makes nothing of what is said, and gives up on it: `FallbackIntent`. With the slots of `VerifyCaller` beside it
    /// where it kept them; they then hold what it might have heard for `slot`.
    pub async fn gives_up(&mut self, words: &str, kept: bool, might_be: Option<Filled<'_>>) -> Heard {
        let mut event = self.caller.event("FallbackIntent", "DialogCodeHook", json!({}));
        (event["inputTranscript"], event["bot"]["localeId"]) = (json!(words), json!(self.locale));
        event["requestAttributes"]["x-amz-lex:channels:platform"] = json!(self.platform);
        if kept {
            let mut slots = self.slots.clone();
            if let Some((slot, original, interpreted)) = might_be {
                slots[slot] = filled(original, interpreted);
            }
            let intent =
                json!({"name": "VerifyCaller", "state": "InProgress", "confirmationState": "None", "slots": slots});
            event["interpretations"].as_array_mut().unwrap().push(json!({"intent": intent, "nluConfidence": 0.3}));
        }
        let heard = self.caller.send(&event).await;
        if let Some(slots) = heard.intent["slots"].as_object() {
            for (name, value) in self.slots.as_object_mut().unwrap() {
                *value = slots.get(name).cloned().unwrap_or_default();
            }
        }
        heard
    }

    /// How many tries were refused so far.
    pub fn tries(&self) -> &str {
        self.caller.attributes.get("verificationTry").and_then(Value::as_str).unwrap_or("0")
    }
}

/// A slot as Lex fills it.
fn filled(original: &str, interpreted: &str) -> Value {
    json!({"shape": "Scalar", "value": {"originalValue": original, "interpretedValue": interpreted,
        "resolvedValues": [interpreted]}})
}

/// The question for `slot`.
pub fn question(dialog: &VerificationDialog, slot: &str) -> Question {
    match slot {
        "PhoneNumber" => dialog.phone_number,
        "DateOfBirth" => dialog.birth_date,
        "Gender" => dialog.gender,
        "FirstName" => dialog.first_name,
        "LastName" => dialog.last_name,
        "PostalCode" => dialog.postal_code,
        "RecordNumberEnding" => dialog.record_number,
        "Confirmation" => dialog.is_that_right,
        slot => panic!("{slot} is no slot"),
    }
}

/// Asserts that `slot` is asked for, and nothing else said.
#[track_caller]
pub fn asks(heard: &Heard, slot: &str) {
    assert_eq!(heard.slot.as_deref(), Some(slot), "{heard:?}");
    let questions = [&en_us::DIALOG, &es_us::DIALOG].map(|dialog| question(&dialog.verification, slot));
    let words = |by| questions.map(|question| question.text(by));
    assert!([words(AnsweredBy::Phone), words(AnsweredBy::Writing)].concat().contains(&heard.text), "{heard:?}");
}

/// Asserts that `slot` is asked for after the birth date is read back.
#[track_caller]
pub fn reads_back(heard: &Heard, slot: &str) {
    assert_eq!(heard.slot.as_deref(), Some(slot), "{heard:?}");
    let words = |by| format!("I heard September 12, 1987. {}", DIALOG.verification.say_no.hint(by));
    let read_back = [AnsweredBy::Phone, AnsweredBy::Writing].map(words);
    assert!(read_back.iter().any(|words| heard.text.starts_with(words)), "{heard:?}");
}

/// Asserts that the caller is verified.
#[track_caller]
pub fn verified(heard: &Heard) {
    assert_eq!((heard.status.as_deref(), heard.text.as_str()), (Some("verified"), DIALOG.verified), "{heard:?}");
}

/// Asserts that the caller is refused, in the words of every refusal.
#[track_caller]
pub fn refused(heard: &Heard) {
    assert!(heard.text.starts_with(DIALOG.refused_try_again) && heard.action == "ElicitSlot", "{heard:?}");
}

/// Asserts that a person takes over, after `sentence`.
#[track_caller]
pub fn person(heard: &Heard, sentence: &str) {
    assert_eq!((heard.action.as_str(), heard.status.as_deref()), ("Close", Some("person")), "{heard:?}");
    assert_eq!(heard.text, format!("{sentence} {}", DIALOG.to_a_person).trim());
}
