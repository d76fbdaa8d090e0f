//! Several connections in one deployment: a call belongs to the one that its flow names, and none disturbs another.

use epic_simulator::Simulator;
use epic_simulator::settings::{KeySource, Settings};
use fulfillment::Fulfillment;
use lambda_runtime::{Context, LambdaEvent};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use shared::access_token::store::AccessTokenStore;
use shared::connection::ConnectionName;
use shared::randomness::Randomness;
use shared::refresh_request::RefreshReply;
use shared::signing_keys::store::Written;

use crate::support::lex::{self, Claim};
use crate::support::world::{World, invoke};

/// Camila Lopez of Epic's sandbox, as she is in both organisations' charts.
const CAMILA: Claim<'static> =
    Claim { number: "+14694694321", birth_date: ("1987-09-12", "September twelfth 1987"), gender: "female" };

/// A world with a second organisation, whose Epic is another.
struct Two {
    world: World,
    other: Simulator,
}

impl Two {
    async fn working() -> Self {
        let mut world = World::working().await;
        let clock = world.clock.clock();
        let keys =
            serde_json::to_value(world.key_ring_store().read(&world.connection).await.unwrap().ring.public_keys());
        let other = Simulator::start(Settings {
            client_id: "careline-production".to_owned(),
            jwks: KeySource::Set(keys.unwrap()),
            now: std::sync::Arc::new(move || clock.now()),
            ..Settings::default()
        })
        .await
        .unwrap();
        world.environment.insert("CONNECTIONS".to_owned(), "sandbox,production".to_owned());
        let settings = json!({
            "client_id": "careline-production",
            "token_endpoint": other.token_endpoint(),
            "fhir_base_url": other.fhir_base_url(),
        });
        world.aws.secrets_manager().put("production", settings);
        let ring = world.key_ring_store().read(&world.connection).await.unwrap().ring;
        assert_eq!(world.key_ring_store().write(&production(), &ring, 0).await.unwrap(), Written::Stored);
        world.deploy_token_refresher();
        Self { world, other }
    }

    fn tokens(&self) -> AccessTokenStore {
        self.world.access_token_store()
    }

    /// fulfillment, once for all turns of a test.
    async fn fulfillment(&self) -> Fulfillment {
        let http = shared::http::client().unwrap();
        let aws = shared::aws::Aws::from_environment(&self.world.environment, &http).unwrap();
        let config = fulfillment::config::Config::from_environment(&self.world.environment).unwrap();
        let fulfillment = Fulfillment::new(config, &aws, http, self.world.clock.clock(), Randomness::system());
        fulfillment.prepare().await;
        fulfillment
    }
}

fn production() -> ConnectionName {
    ConnectionName::parse("production").unwrap()
}

/// The event with the connection that the flow names.
fn on(connection: &str, mut event: Value) -> Value {
    event["sessionState"]["sessionAttributes"]["connection"] = json!(connection);
    event
}

async fn turn(fulfillment: &Fulfillment, event: Value) -> Value {
    let payload = RawValue::from_string(event.to_string()).unwrap();
    let Ok(answer) = fulfillment::handle(fulfillment, LambdaEvent::new(payload, Context::default())).await;
    serde_json::to_value(answer).unwrap()
}

fn status(answer: &Value) -> Option<&str> {
    answer.pointer("/sessionState/sessionAttributes/verificationStatus").and_then(Value::as_str)
}

#[tokio::test]
async fn a_call_belongs_to_the_connection_that_its_flow_names() {
    let two = Two::working().await;
    let fulfillment = two.fulfillment().await;
    for (connection, epic, not) in
        [("sandbox", &two.world.epic, &two.other), ("production", &two.other, &two.world.epic)]
    {
        let before = not.requests().fhir.len();
        let answer = turn(&fulfillment, on(connection, lex::verify(connection, CAMILA))).await;
        assert_eq!(status(&answer), Some("verified"), "{connection}: {answer}");
        assert_ne!(epic.requests().fhir.len(), 0, "{connection}");
        assert_eq!(not.requests().fhir.len(), before, "{connection}: the other's Epic was asked");
    }
}

#[tokio::test]
async fn a_call_of_one_connection_is_none_of_another() {
    let two = Two::working().await;
    let fulfillment = two.fulfillment().await;
    let verified = turn(&fulfillment, on("sandbox", lex::verify("1", CAMILA))).await;
    let call = lex::attributes(&verified)["callReference"].as_str().unwrap().to_owned();
    let answer = turn(&fulfillment, on("production", lex::medications(&call))).await;
    assert_eq!(status(&answer), Some("required"), "{answer}");
}

#[tokio::test]
async fn where_there_are_several_a_flow_that_names_none_or_another_ends_in_a_sentence() {
    let two = Two::working().await;
    let fulfillment = two.fulfillment().await;
    for event in [lex::verify("1", CAMILA), on("elsewhere", lex::verify("2", CAMILA))] {
        let answer = turn(&fulfillment, event).await;
        assert_eq!(status(&answer), Some("person"), "{answer}");
        assert!(answer["messages"][0]["content"].as_str().is_some_and(|text| text.ends_with('.')), "{answer}");
    }
    assert_eq!((two.world.epic.requests().fhir.len(), two.other.requests().fhir.len()), (0, 0));
}

#[tokio::test]
async fn settings_that_are_missing_or_wrong_disturb_no_other_connection() {
    let two = Two::working().await;
    for broken in [json!({}), json!({"fhir_base_url": "http://elsewhere.example/"}), json!("nonsense")] {
        two.world.aws.secrets_manager().put("production", broken);
        let fulfillment = two.fulfillment().await;
        let answer = turn(&fulfillment, on("production", lex::verify("1", CAMILA))).await;
        assert_eq!(status(&answer), Some("person"), "{answer}");
        let answer = turn(&fulfillment, on("sandbox", lex::verify("2", CAMILA))).await;
        assert_eq!(status(&answer), Some("verified"), "{answer}");
    }
}

#[tokio::test]
async fn a_connection_that_was_just_set_up_is_served_without_a_new_start() {
    let two = Two::working().await;
    let settings = json!({"fhir_base_url": two.other.fhir_base_url()});
    two.world.aws.secrets_manager().put("production", json!({}));
    let fulfillment = two.fulfillment().await;
    assert_eq!(status(&turn(&fulfillment, on("production", lex::verify("1", CAMILA))).await), Some("person"));
    let complete = json!({"client_id": "careline-production", "token_endpoint": two.other.token_endpoint()});
    let mut all = settings;
    all.as_object_mut().unwrap().extend(complete.as_object().unwrap().clone());
    two.world.aws.secrets_manager().put("production", all);
    assert_eq!(status(&turn(&fulfillment, on("production", lex::verify("2", CAMILA))).await), Some("verified"));
}

#[tokio::test]
async fn an_event_that_names_no_connection_refreshes_all_and_one_that_fails_leaves_the_others() {
    let two = Two::working().await;
    let refresher = two.world.token_refresher();
    let rule = json!({"source": "aws.events", "detail-type": "Scheduled Event"});
    assert_eq!(invoke(&refresher, &rule).await.unwrap(), RefreshReply::Refreshed { version: 1 });
    for name in [&two.world.connection, &production()] {
        assert_eq!(two.tokens().read(name).await.unwrap().version, 1, "{name}");
    }

    let two = Two::working().await;
    two.other.control().register_keys(KeySource::Set(json!({"keys": []})));
    let refresher = two.world.token_refresher();
    assert_eq!(invoke(&refresher, &rule).await.unwrap_err().code(), "invalid_client");
    assert_eq!(two.tokens().read(&two.world.connection).await.unwrap().version, 1);
    assert_eq!(two.tokens().read(&production()).await.unwrap().version, 0);
}
