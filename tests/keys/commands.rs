//! The commands, from what is typed to what is stored.

use std::collections::BTreeMap;

use aws_sdk_kms::types::{KeySpec, KeyUsageType};
use careline::deployment::{Deployment, DeploymentError};
use careline::keys::rotation::Refusal;
use careline::keys::{self, FetchError, KeysError, Registered};
use careline::operator::{NotAgreed, Operator};
use jiff::{RoundMode, SignedDuration, TimestampRound, Unit};
use serde_json::Value;
use shared::clock::Clock;
use shared::telemetry::ErrorChain;

use super::stage::{Answer, Stage, connection, make_key, options, stack};

#[tokio::test]
async fn keys_are_rotated_in_epics_order_and_no_step_is_allowed_too_early() {
    let stage = Stage::working().await;
    let old = stage.ring("epic").await.signing().unwrap().kid().to_owned();
    let said = stage.keys("add").await.unwrap();
    assert!(said.contains("may be promoted at ") && said.contains(", in 61 minutes."), "{said}");
    let new = stage.ring("epic").await.keys[1].kid().to_owned();

    let error = stage.keys(&format!("promote {new}")).await.unwrap_err();
    let text = ErrorChain(&error).to_string();
    assert!(text.starts_with(&format!("the key {new} is not promoted: ")), "{text}");
    assert!(text.contains("it may be promoted at 20") && text.ends_with("in 61 minutes"), "{text}");
    stage.later(3600);
    assert!(stage.keys(&format!("promote {new}")).await.is_err());
    stage.later(35);
    let said = stage.keys(&format!("promote {}", &new[..8])).await.unwrap();
    assert!(said.contains(&format!("{new} signs, in place of {old}")), "{said}");
    assert!(said.contains(&format!("{old} may be retired at ")), "{said}");
    assert_eq!(stage.ring("epic").await.signing().unwrap().kid(), new);

    for kid in [&old, &new] {
        assert!(stage.keys(&format!("retire {kid}")).await.is_err());
    }
    stage.later(3601);
    let said = stage.keys(&format!("retire {old}")).await.unwrap();
    let by_hand = format!("aws kms schedule-key-deletion --key-id {}", stage.first_key_id);
    assert!(said.contains("stays: it is the stack's own") && said.contains(&by_hand), "{said}");
    let ring = stage.ring("epic").await;
    assert_eq!(ring.public_keys().keys.iter().map(|key| key.kid()).collect::<Vec<_>>(), [new.as_str()]);
    assert_eq!(stage.key_state(&stage.first_key_id).await, "Enabled");
}

#[tokio::test]
async fn the_wait_is_computed_from_what_the_url_states() {
    let stage = Stage::working().await;
    // Nothing was stated until now, and Epic keeps a set for 29 hours then.
    stage.url_states("public");
    assert!(stage.keys("add").await.unwrap().contains("in 29 hours and 1 minutes"));
    let kid = stage.ring("epic").await.keys[1].kid().to_owned();
    // A lower one that is stated now shortens nothing for those who have a copy.
    stage.url_states("max-age=5");
    stage.later(29 * 3600);
    let error = stage.keys(&format!("promote {kid}")).await.unwrap_err();
    assert!(matches!(error, KeysError::Refused { source: Refusal::PromotedTooEarly { .. }, .. }), "{error:?}");
    stage.later(60);
    stage.keys(&format!("promote {kid}")).await.unwrap();
    // Sets of before may be in use for as long, and the way back is kept.
    let first = stage.ring("epic").await.keys[0].kid().to_owned();
    stage.later(29 * 3600 - 120);
    assert!(stage.keys(&format!("retire {first}")).await.is_err());
    stage.later(120);
    stage.keys(&format!("retire {first}")).await.unwrap();

    // From now on it is five seconds, or the five minutes that an assertion lives.
    let said = stage.keys("add").await.unwrap();
    let newer = stage.ring("epic").await.keys[1].clone();
    let at = newer.seen_at.unwrap() + SignedDuration::from_secs(35);
    let at = at.round(TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Ceil)).unwrap();
    assert!(said.contains(&format!("may be promoted at {at}, in ")), "{at}: {said}");
    let newer = newer.kid().to_owned();
    stage.later(36);
    let said = stage.keys(&format!("promote {newer}")).await.unwrap();
    assert!(said.contains("may be retired at "), "{said}");
    stage.later(300);
    assert!(stage.keys(&format!("retire {kid}")).await.is_err());
    stage.later(61);
    stage.keys(&format!("retire {kid}")).await.unwrap();
}

#[tokio::test]
async fn every_command_run_twice_changes_nothing_the_second_time_and_says_so() {
    let stage = Stage::working().await;
    let first = stage.ring("epic").await.keys[0].kid().to_owned();
    let again = async |words: &str| {
        let (ring, keys) = (stage.ring("epic").await, stage.kms_keys().await);
        let said = stage.keys(words).await.unwrap();
        assert!(said.contains("Nothing was changed."), "{words}: {said}");
        assert_eq!((stage.ring("epic").await, stage.kms_keys().await), (ring, keys), "{words}");
    };
    let (epic, clock) = (connection("epic"), stage.now());
    let registered = keys::register_first(&stage.deployment, &epic, &stage.first_key_id, &clock).await.unwrap();
    assert_eq!(registered, Registered::Before);

    let added = stage.add("").await;
    again("add").await;
    again("add --algorithm RS384").await;
    let given_id = make_key(&stage.kms, KeySpec::EccNistP384, KeyUsageType::SignVerify).await;
    let given = stage.add(&format!("--key-id {given_id}")).await;
    again(&format!("add --key-id {given_id}")).await;
    stage.later(2 * 3600);
    stage.keys(&format!("promote {added}")).await.unwrap();
    again(&format!("promote {added}")).await;
    stage.later(2 * 3600);
    for kid in [&first, &given] {
        stage.keys(&format!("retire {kid}")).await.unwrap();
        again(&format!("retire {kid}")).await;
    }
}

#[tokio::test]
async fn what_will_change_is_told_and_nothing_changes_without_a_yes() {
    let stage = Stage::working().await;
    let added = stage.add("").await;
    stage.later(2 * 3600);
    let first = stage.ring("epic").await.keys[0].kid().to_owned();
    let cases = [
        ("add --algorithm ES384".to_owned(), "makes a KMS key (ECC_NIST_P384, SIGN_VERIFY)"),
        (format!("promote {added}"), "in place of"),
        (format!("retire {added}"), "takes the key"),
    ];
    for (words, told) in cases {
        let words = format!("{words} --connection epic");
        let (ring, keys) = (stage.ring("epic").await, stage.kms_keys().await);
        let (declined, said) = stage.run(&words, "n\n", true).await;
        assert!(matches!(declined, Err(KeysError::NotAgreed(NotAgreed::Declined))), "{words}: {declined:?}");
        assert!(said.contains(told) && said.ends_with("Do it? [y/N] "), "{words}: {said}");
        let (refused, said) = stage.run(&words, "y\n", false).await;
        assert!(matches!(&refused, Err(KeysError::NotAgreed(NotAgreed::NobodyToAsk))), "{words}: {refused:?}");
        assert!(said.contains(told), "{words}: {said}");
        assert!(refused.unwrap_err().is_usage());
        assert_eq!((stage.ring("epic").await, stage.kms_keys().await), (ring, keys), "{words}");
    }
    let (done, said) = stage.run(&format!("promote {added} --connection epic"), "y\n", true).await;
    done.unwrap();
    assert!(said.contains(&format!("The key {added} signs.\n")), "{said}");
    assert_eq!(stage.ring("epic").await.key(&first).unwrap().replaced_at, stage.ring("epic").await.keys[1].promoted_at);
}

/// Until the answer comes, the world may change: what was agreed to is looked at again.
#[tokio::test]
async fn what_is_no_longer_allowed_when_the_answer_comes_is_not_done() {
    let stage = Stage::working().await;
    let kid = stage.add("").await;
    stage.later(2 * 3600);
    let words = format!("promote {kid} --connection epic");
    // Both ask; what the second one sees was changed by the first.
    let (first, second) = tokio::join!(stage.run(&words, "y\n", true), stage.run(&words, "y\n", true));
    first.0.unwrap();
    second.0.unwrap();
    let both = first.1 + &second.1;
    assert_eq!(both.matches("signs already. Nothing was changed.").count(), 1, "{both}");
}

#[tokio::test]
async fn two_who_add_at_once_both_have_their_key_in_the_ring() {
    let stage = Stage::working().await;
    let ids = [KeySpec::EccNistP384, KeySpec::Rsa2048].map(|spec| make_key(&stage.kms, spec, KeyUsageType::SignVerify));
    let ids = futures_util::future::join_all(ids).await;
    let words = ids.iter().map(|id| format!("add --key-id {id}")).collect::<Vec<_>>();
    for done in futures_util::future::join_all(words.iter().map(|words| stage.keys(words))).await {
        done.unwrap();
    }
    let ring = stage.ring("epic").await;
    let present: Vec<_> = ring.keys.iter().map(|key| key.key_id.as_str()).collect();
    assert!(ids.iter().all(|id| present.contains(&id.as_str())), "{present:?}");
    assert!(ring.keys.iter().all(|key| key.seen_at.is_some() || key.is_signing()));
}

/// Whether an error is the one that was to be.
type Expected = fn(&KeysError) -> bool;

#[tokio::test]
async fn while_the_url_does_not_serve_what_it_should_nothing_is_promoted_or_retired() {
    let stage = Stage::working().await;
    let kid = stage.add("").await;
    stage.later(2 * 3600);
    let before = stage.ring("epic").await;
    let failures: [(Answer, Expected); 5] = [
        (Answer::Status(302), |error| matches!(error, KeysError::JwkSetUrl(FetchError::Status { status: 302 }))),
        (Answer::Status(503), |error| matches!(error, KeysError::JwkSetUrl(FetchError::Status { status: 503 }))),
        (Answer::Body("<html>".into()), |error| matches!(error, KeysError::JwkSetUrl(FetchError::NotASet(_)))),
        (Answer::Body(r#"{"keys":[]}"#.into()), |error| {
            matches!(error, KeysError::Refused { source: Refusal::NotServed, .. })
        }),
        (Answer::Body(format!(r#"{{"keys":[{{"kty":"RSA","n":"AQ","e":"AQAB","kid":"{kid}"}}]}}"#)), |error| {
            matches!(error, KeysError::Refused { source: Refusal::OtherMaterial, .. })
        }),
    ];
    for (answer, expected) in failures {
        stage.url_answers(answer.clone());
        let error = stage.keys(&format!("promote {kid}")).await.unwrap_err();
        assert!(expected(&error), "{answer:?}: {error:?}");
        assert_eq!(stage.ring("epic").await.signing().unwrap().kid(), before.keys[0].kid());
    }
    // Those who fetched meanwhile have a set without it: the wait begins again.
    stage.url_answers(Answer::Table);
    let error = stage.keys(&format!("promote {kid}")).await.unwrap_err();
    assert!(matches!(error, KeysError::Refused { source: Refusal::PromotedTooEarly { .. }, .. }), "{error:?}");
    stage.later(3635);
    stage.keys(&format!("promote {kid}")).await.unwrap();

    stage.later(2 * 3600);
    let first = before.keys[0].kid();
    stage.url_answers(Answer::Status(500));
    assert!(matches!(stage.keys(&format!("retire {first}")).await, Err(KeysError::JwkSetUrl(_))));
    stage.url_answers(Answer::Body(serde_json::to_string(&before.public_keys()).unwrap().replace(&kid, "other")));
    let error = stage.keys(&format!("retire {first}")).await.unwrap_err();
    assert!(matches!(error, KeysError::Refused { source: Refusal::SigningKeyNotServed, .. }), "{error:?}");
}

#[tokio::test]
async fn the_list_says_what_each_key_is_for_and_what_may_be_done_next() {
    let stage = Stage::working().await;
    let kid = stage.add("--algorithm ES384").await;
    let before = stage.ring("epic").await;
    let said = stage.keys("list").await.unwrap();
    let row = |role: &str| said.lines().find(|line| line.contains(role)).unwrap_or_else(|| panic!("{said}"));
    assert!(said.contains("Others may keep the set for 3600 s."), "{said}");
    assert!(row(" signing ").starts_with(&before.keys[0].kid()[..12]) && row(" signing ").contains("RS384"), "{said}");
    let added = row(" added ");
    assert!(added.starts_with(&kid[..12]) && added.contains("ES384") && added.contains("  yes  "), "{said}");
    assert!(added.contains("promote at 20") && added.ends_with("in 61 minutes"), "{said}");

    stage.later(2 * 3600);
    assert!(stage.keys("list").await.unwrap().contains("promote now"));
    stage.keys(&format!("promote {kid}")).await.unwrap();
    let listed = stage.keys("list --json").await.unwrap();
    let listed: Value = shared::json::decode(listed.as_bytes()).unwrap();
    assert_eq!((&listed["connection"], &listed["copies_live_seconds"]), (&"epic".into(), &3600.into()));
    let [old, new] = [&listed["keys"][0], &listed["keys"][1]];
    assert_eq!(
        (&new["kid"], &new["role"], &new["served"]),
        (&kid.as_str().into(), &"signing".into(), &"published".into())
    );
    assert_eq!((&new["next"]["step"], &new["next"]["allowed"]), (&Value::Null, &false.into()));
    assert_eq!(
        (&old["role"], &old["next"]["step"], &old["next"]["allowed"]),
        (&"replaced".into(), &"retire".into(), &false.into())
    );
    assert_eq!(old["key_id"], stage.first_key_id.as_str());

    // It is told what is wrong with the URL, and the keys all the same.
    stage.url_answers(Answer::Status(403));
    let said = stage.keys("list").await.unwrap();
    assert!(
        said.contains("can't be seen: the JWK Set URL answered with status 403.") && said.contains("unknown"),
        "{said}"
    );
    // A list changes nothing.
    let (done, said) = stage.run("list --connection mercy", "", false).await;
    done.unwrap();
    assert!(said.contains("There are no keys yet."), "{said}");
}

#[tokio::test]
async fn a_kid_must_be_one_and_a_connection_too() {
    let stage = Stage::working().await;
    assert!(matches!(stage.keys("promote zzzzzzzz").await, Err(KeysError::NoSuchKey { .. })));
    assert!(matches!(stage.keys("retire zzzzzzzz").await, Err(KeysError::NoSuchKey { .. })));
    let (error, _) = stage.run("list", "", false).await;
    assert!(matches!(error, Err(KeysError::Deployment(DeploymentError::WhichConnection { .. }))), "{error:?}");
    let (error, _) = stage.run("list --connection other", "", false).await;
    assert!(matches!(error, Err(KeysError::Deployment(DeploymentError::NoConnection { .. }))), "{error:?}");
    let first = stage.ring("epic").await.keys[0].kid().to_owned();
    let error = stage.keys(&format!("retire {first}")).await.unwrap_err();
    assert!(matches!(error, KeysError::Refused { source: Refusal::Last, .. }), "{error:?}");
}

#[tokio::test]
async fn a_first_key_signs_at_once_and_only_on_an_empty_ring() {
    let stage = Stage::empty().await;
    let (mercy, now) = (connection("mercy"), stage.now());
    let registered = keys::register_first(&stage.deployment, &mercy, &stage.first_key_id, &now).await.unwrap();
    let ring = stage.ring("mercy").await;
    assert_eq!(registered, Registered::Now { kid: ring.signing().unwrap().kid().to_owned() });
    let other = make_key(&stage.kms, KeySpec::EccNistP384, KeyUsageType::SignVerify).await;
    let registered = keys::register_first(&stage.deployment, &mercy, &other, &now).await.unwrap();
    assert_eq!(registered, Registered::Before);
    assert_eq!(stage.ring("mercy").await, ring);

    // As `add` does it, where nothing was registered.
    let said = stage.keys("add --algorithm ES384").await.unwrap();
    assert!(said.contains("It is published, and signs."), "{said}");
    assert_eq!(stage.ring("epic").await.signing().unwrap().algorithm().as_str(), "ES384");
}

/// On the deployed stack, with jwks behind the URL.
#[tokio::test]
async fn the_deployed_stacks_first_key_is_listed_as_signing_and_served() {
    let deployment = stack().await.deployment().unwrap();
    let (mut input, mut out) = (&b""[..], Vec::new());
    let mut operator = Operator { input: &mut input, out: &mut out, is_terminal: false };
    keys::run(&options("list --json"), &deployment, &Clock::system(), &mut operator).await.unwrap();
    let listed: Value = shared::json::decode(&out).unwrap();
    assert_eq!(listed["copies_live_seconds"], 5, "{listed}");
    let key = &listed["keys"][0];
    assert_eq!((&key["role"], &key["served"]), (&"signing".into(), &"published".into()), "{listed}");
    let first = deployment.first_signing_key_id(&deployment.connection(None).unwrap()).unwrap().to_owned();
    assert_eq!(key["key_id"], first);
    keys::wait_until_served(&deployment, &deployment.connection(None).unwrap(), &Clock::system()).await.unwrap();
}

#[tokio::test]
async fn a_stack_is_found_by_its_name() {
    let stack = stack().await;
    let environment = |endpoint: &str| {
        [
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_ENDPOINT_URL", endpoint),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    };
    let environment: BTreeMap<String, String> = environment(stack.endpoint());
    let found = Deployment::find(&environment, "careline").await.unwrap();
    let local = stack.deployment().unwrap();
    for output in ["TokenRefresherRoleArn", "AccessTokenTableName", "PrefetchQueueUrl"] {
        assert_eq!(found.output(output).unwrap(), stack.output(output).unwrap());
        assert_eq!(local.output(output).unwrap(), stack.output(output).unwrap());
    }
    let error = Deployment::find(&environment, "nobodys").await.unwrap_err();
    assert!(matches!(&error, DeploymentError::NoStack { region, .. } if region == "us-east-1"), "{error:?}");
    // A role that may not look is told so.
    let role = stack.environment_of(careline::local_stack::Function::Fulfillment);
    let error = Deployment::find(&role, "careline").await.unwrap_err();
    assert!(ErrorChain(&error).to_string().contains("AccessDenied"), "{}", ErrorChain(&error));
    let mut unknown = environment;
    unknown.insert("AWS_ACCESS_KEY_ID".to_owned(), "AKIAIOSFODNN7EXAMPLE".to_owned());
    let error = Deployment::find(&unknown, "careline").await.unwrap_err();
    assert!(matches!(error, DeploymentError::Credentials(_)), "{}", ErrorChain(&error));
}
