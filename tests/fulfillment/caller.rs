//! A caller on the line: keeps the session attributes between turns, as Lex does, and hears what is said.

use fulfillment::Fulfillment;
use fulfillment::config::Config;
use lambda_runtime::{Context, LambdaEvent};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use shared::aws::Aws;
use shared::call_record::CallReference;
use shared::clock::Clock;
use shared::randomness::Randomness;
use shared::speech::dialog::verification::AnsweredBy;
use shared::speech::en_us::DIALOG;

use super::ssml;
use crate::support::world::{World, missing};

/// Camila Lopez of Epic's sandbox: her home number, birth date and gender.
pub const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";
pub const HOME: &str = "+14695555555";
pub const MOBILE: &str = "+14694694321";
pub const WORK: &str = "+14698888888";
pub const BORN: &str = "1987-09-12";

/// What came back from a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The messages, joined.
    pub text: String,
    /// `Delegate`, `ElicitIntent`, …
    pub action: String,
    /// The slot that is asked for.
    pub slot: Option<String>,
    /// The attribute that tells the flow what to do.
    pub status: Option<String>,
    /// The intent, as echoed.
    pub intent: Value,
}

/// What a turn asked of others: FHIR requests and AWS operations, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Footprint {
    pub fhir: Vec<String>,
    pub aws: Vec<String>,
}

/// A world in which a token is stored, as it nearly always is, ten minutes past an hour.
pub async fn world_with_token() -> World {
    let world = World::working().await;
    world.clock.to_ten_past();
    world.refresh(missing()).await.unwrap();
    world
}

/// A fulfillment of its own, with `world`'s environment.
pub fn fulfillment(world: &World) -> Fulfillment {
    fulfillment_with(world, Randomness::system())
}

pub fn fulfillment_with(world: &World, randomness: Randomness) -> Fulfillment {
    fulfillment_at(world, world.clock.clock(), randomness)
}

pub fn fulfillment_at(world: &World, clock: Clock, randomness: Randomness) -> Fulfillment {
    let http = shared::http::client().unwrap();
    let aws = Aws::from_environment(&world.environment, &http).unwrap();
    let config = Config::from_environment(&world.environment).unwrap();
    Fulfillment::new(config, &aws, http, clock, randomness)
}

/// Gives `fulfillment` an event as the runtime does.
pub async fn invoke(fulfillment: &Fulfillment, event: &str) -> Value {
    let payload = RawValue::from_string(event.to_owned()).unwrap();
    let response = fulfillment::handle(fulfillment, LambdaEvent::new(payload, Context::default())).await.unwrap();
    serde_json::to_value(response).unwrap()
}

pub fn heard(response: &Value) -> Heard {
    let state = &response["sessionState"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let messages = response["messages"].as_array().cloned().unwrap_or_default();
    assert!(messages.len() <= 10);
    Heard {
        text: messages.iter().map(said).collect::<Vec<_>>().join(" "),
        action: text(&state["dialogAction"]["type"]).unwrap(),
        slot: text(&state["dialogAction"]["slotToElicit"]),
        status: text(&state["sessionAttributes"]["verificationStatus"]),
        intent: state["intent"].clone(),
    }
}

/// What is heard of a message: all of its text, or the text within its elements.
fn said(message: &Value) -> String {
    let content = message["content"].as_str().unwrap();
    match message["contentType"].as_str().unwrap() {
        "PlainText" => content.to_owned(),
        "SSML" => ssml::read(content).unwrap().text(),
        other => panic!("{other}"),
    }
}

/// A caller.
pub struct Caller<'a> {
    pub world: &'a World,
    pub fulfillment: Fulfillment,
    pub attributes: Map<String, Value>,
}

impl<'a> Caller<'a> {
    /// Someone who calls from `number`, each time in another call.
    pub async fn from(world: &'a World, number: &str) -> Self {
        let call = Randomness::system().name();
        let attributes = json!({"callingNumber": number, "contactId": call, "x-amz-lex:allow-interrupt:*:*": "true"});
        let fulfillment = fulfillment(world);
        fulfillment.prepare().await;
        Self { world, fulfillment, attributes: attributes.as_object().unwrap().clone() }
    }

    /// Camila, at home, verified.
    pub async fn verified(world: &'a World) -> Self {
        let mut caller = Self::from(world, HOME).await;
        assert_eq!(caller.verify(BORN, "female").await.status.as_deref(), Some("verified"));
        caller
    }

    /// The event of a hook, in the shape that Lex gives it.
    pub fn event(&self, intent: &str, hook: &str, slots: Value) -> Value {
        let state = if hook == "DialogCodeHook" { "InProgress" } else { "ReadyForFulfillment" };
        let intent = json!({"name": intent, "state": state, "confirmationState": "None", "slots": slots});
        json!({
            "messageVersion": "1.0", "invocationSource": hook, "inputMode": "Speech", "sessionId": "a-session",
            "responseContentType": "text/plain; charset=utf-8", "inputTranscript": "words of the caller",
            "bot": {"id": "B", "name": "PatientAuth", "aliasId": "A", "aliasName": "live", "localeId": "en_US", "version": "1"},
            "interpretations": [{"intent": intent, "nluConfidence": 1}],
            "sessionState": {"sessionAttributes": self.attributes, "activeContexts": [], "intent": intent,
                "originatingRequestId": "r"},
            "requestAttributes": {"x-amz-lex:channels:platform": "Connect"},
        })
    }

    /// Sends an event, and keeps the attributes that come back.
    pub async fn send(&mut self, event: &Value) -> Heard {
        let response = invoke(&self.fulfillment, &event.to_string()).await;
        if let Some(attributes) = response["sessionState"]["sessionAttributes"].as_object() {
            self.attributes = attributes.clone();
        }
        heard(&response)
    }

    /// Says a birth date (in full) and a gender, and has them verified.
    pub async fn verify(&mut self, born: &str, gender: &str) -> Heard {
        let event = self.event("VerifyCaller", "FulfillmentCodeHook", slots(born, gender));
        self.send(&event).await
    }

    /// Says something that is `intent`.
    pub async fn say(&mut self, intent: &str) -> Heard {
        let event = self.event(intent, "FulfillmentCodeHook", json!({}));
        self.send(&event).await
    }

    /// What `turn` asks of others.
    pub async fn footprint<T>(&mut self, turn: impl AsyncFnOnce(&mut Self) -> T) -> (T, Footprint) {
        let (fhir, aws) = (self.world.epic.requests().fhir.len(), self.world.aws.operations().len());
        let result = turn(self).await;
        let requests = self.world.epic.requests();
        let fhir = requests.fhir[fhir..].iter().map(|r| format!("{} {}", r.method, r.resource_type)).collect();
        (result, Footprint { fhir, aws: self.world.aws.operations()[aws..].to_vec() })
    }

    /// The reference of the call.
    pub fn call(&self) -> CallReference {
        CallReference::parse(self.attributes["callReference"].as_str().unwrap()).unwrap()
    }
}

/// What a refusal says that is not the last: the same words whatever its reason, and the first question.
pub fn refused_try_again() -> String {
    format!("{} {}", DIALOG.refused_try_again, DIALOG.verification.birth_date.text(AnsweredBy::Phone))
}

/// The slots of `VerifyCaller`, filled as Lex fills them.
pub fn slots(born: &str, gender: &str) -> Value {
    let slot = |value: &str| {
        json!({"shape": "Scalar",
            "value": {"originalValue": value, "interpretedValue": value, "resolvedValues": [value]}})
    };
    json!({"DateOfBirth": slot(born), "Gender": slot(gender)})
}
