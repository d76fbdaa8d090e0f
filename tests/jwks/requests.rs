//! What is answered to which request.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{answer, ec_key, get, rsa_key, started, world_with};
use crate::support::http_api;
use crate::support::kms::SIGNING_KEY_ID;

const PATH: &str = "/sandbox/jwks.json";

#[tokio::test]
async fn a_set_holds_public_keys_and_nothing_else() {
    let world = world_with(&[rsa_key(), ec_key()]).await;
    let answer = get(&started(&world).await, &world.connection).await;
    let body: Value = shared::json::decode(answer["body"].as_str().unwrap().as_bytes()).unwrap();
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(members(&body), names(&["keys"]));
    let [rsa, ec] = body["keys"].as_array().unwrap().as_slice() else { panic!("{body}") };
    assert_eq!(members(rsa), names(&["kty", "n", "e", "alg", "use", "kid"]));
    assert_eq!(members(ec), names(&["kty", "crv", "x", "y", "alg", "use", "kid"]));
    assert_eq!((&rsa["kid"], &ec["kid"]), (&json!(rsa_key().kid()), &json!(ec_key().kid())));
    // Nor do they tell where the private ones are.
    assert!(!answer.to_string().contains(SIGNING_KEY_ID) && !answer.to_string().contains("arn:"), "{answer}");
}

#[tokio::test]
async fn head_is_answered_as_get_without_the_body() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    let mut get = get(&endpoint, &world.connection).await;
    let head = answer(&endpoint, &http_api::request("HEAD", PATH)).await;
    assert!(get.as_object_mut().unwrap().remove("body").is_some());
    assert_eq!(head, get);
}

#[tokio::test]
async fn whoever_has_the_set_is_told_so() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    let set = get(&endpoint, &world.connection).await;
    let tag = set["headers"]["ETag"].as_str().unwrap();
    assert!(tag.len() == 45 && tag.starts_with('"') && tag.ends_with('"'), "a strong tag: {tag}");
    for field in [tag.to_owned(), format!("W/{tag}"), format!("\"an older one\", {tag}"), "*".to_owned()] {
        for method in ["GET", "HEAD"] {
            let answer = answer(&endpoint, &http_api::conditional(method, PATH, &field)).await;
            let headers =
                json!({"Cache-Control": "public, max-age=3600", "ETag": tag, "X-Content-Type-Options": "nosniff"});
            assert_eq!(answer, json!({"statusCode": 304, "headers": headers}), "{method} {field}");
        }
    }
    for field in ["\"an older one\"", "", "xyz", tag.trim_matches('"')] {
        assert_eq!(answer(&endpoint, &http_api::conditional("GET", PATH, field)).await, set, "{field}");
    }
}

#[tokio::test]
async fn every_process_gives_the_same_set_the_same_tag() {
    let world = world_with(&[rsa_key(), ec_key()]).await;
    let (one, other) = (started(&world).await, started(&world).await);
    assert_eq!(get(&one, &world.connection).await, get(&other, &world.connection).await);
}

#[tokio::test]
async fn other_methods_are_not_allowed() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get"] {
        let answer = answer(&endpoint, &http_api::request(method, PATH)).await;
        let headers = json!({"Allow": "GET, HEAD", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"});
        assert_eq!(answer, json!({"statusCode": 405, "headers": headers}), "{method}");
    }
}

#[tokio::test]
async fn what_is_not_configured_is_not_looked_for() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    let read = world.aws.count("dynamodb:GetItem");
    for path in ["/production/jwks.json", "/Sandbox/jwks.json", "/jwks.json", "/", "/sandbox%20/jwks.json"] {
        for method in ["GET", "HEAD", "POST"] {
            let event = http_api::conditional(method, path, "*");
            let headers = json!({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"});
            let expected = json!({"statusCode": 404, "headers": headers});
            assert_eq!(answer(&endpoint, &event).await, expected, "{method} {path}");
        }
    }
    assert_eq!(world.aws.count("dynamodb:GetItem"), read);
}

#[tokio::test]
async fn what_is_no_request_is_answered_as_a_bad_one() {
    let world = world_with(&[rsa_key()]).await;
    let endpoint = started(&world).await;
    for event in [json!({}), json!(null), json!([PATH]), json!({"httpMethod": "GET", "path": PATH})] {
        assert_eq!(answer(&endpoint, &event).await["statusCode"], 400, "{event}");
    }
}
