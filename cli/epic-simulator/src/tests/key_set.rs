//! The client's JWK Set by URL.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;

use super::*;

/// What the URL answers: status, `Cache-Control`, body.
type Served = Arc<Mutex<(u16, &'static str, Value)>>;

async fn serve_keys(cache_control: &'static str) -> (String, Served) {
    let set = json!({"keys": [jwk(CLIENT_KEY, "key-1")]});
    let served: Served = Arc::new(Mutex::new((200, cache_control, set)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    let answer = Arc::clone(&served);
    let route = get(move || async move {
        let (status, cache_control, body) = answer.lock().unwrap().clone();
        (StatusCode::from_u16(status).unwrap(), [("cache-control", cache_control)], body.to_string())
    });
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/jwks", route)).await });
    (url, served)
}

async fn world(cache_control: &'static str) -> (World, Served) {
    let (url, served) = serve_keys(cache_control).await;
    (World::with(|settings| settings.jwks = KeySource::Url(url)).await, served)
}

fn fetches(world: &World) -> usize {
    world.simulator.requests().key_set_fetches
}

#[tokio::test]
async fn a_key_set_is_fetched_once_while_its_cache_lives() {
    let (world, _) = world("max-age=300").await;
    for _ in 0..3 {
        assert_eq!(world.present(&world.assertion()).await.status, 200);
    }
    assert_eq!(fetches(&world), 1);
    world.pass(300);
    assert_eq!(world.present(&world.assertion()).await.status, 200);
    assert_eq!(fetches(&world), 2);
}

#[tokio::test]
async fn a_new_key_is_found_by_one_more_fetch() {
    let (world, served) = world("max-age=300").await;
    world.token().await;
    served.lock().unwrap().2 = json!({"keys": [jwk(CLIENT_KEY, "key-1"), jwk(OTHER_KEY, "key-2")]});
    let rotated = world.assertion().header("kid", "key-2").signed_by(OTHER_KEY);
    assert_eq!(world.present(&rotated).await.status, 200);
    assert_eq!(fetches(&world), 2);
}

#[tokio::test]
async fn a_key_replaced_under_its_kid_is_found_by_one_more_fetch() {
    let (world, served) = world("max-age=300").await;
    world.token().await;
    served.lock().unwrap().2 = json!({"keys": [jwk(OTHER_KEY, "key-1")]});
    assert_eq!(world.present(&world.assertion().signed_by(OTHER_KEY)).await.status, 200);
    assert_eq!(fetches(&world), 2);
}

#[tokio::test]
async fn an_assertion_causes_one_fetch_at_most() {
    let (world, _) = world("no-store").await;
    world.present(&world.assertion().signed_by(OTHER_KEY)).await;
    assert_eq!((fetches(&world), world.last_verdict()), (1, Verdict::WrongSignature));
    world.present(&world.assertion().header("kid", "key-2")).await;
    assert_eq!((fetches(&world), world.last_verdict()), (2, Verdict::UnknownKeyId));
}

#[tokio::test]
async fn a_cached_key_serves_while_its_url_is_down() {
    let (world, served) = world("max-age=300").await;
    world.token().await;
    served.lock().unwrap().0 = 503;
    assert_eq!(world.present(&world.assertion()).await.status, 200);
}

#[tokio::test]
async fn a_url_without_a_key_set_fails_the_client() {
    let (world, served) = world("no-store").await;
    for (status, body) in [(503, json!({"keys": []})), (302, json!({})), (200, json!("a login page")), (200, json!({}))]
    {
        *served.lock().unwrap() = (status, "no-store", body);
        let answer = world.present(&world.assertion()).await;
        assert_eq!((answer.status, &answer.body["error"]), (400, &json!("invalid_client")));
        assert_eq!(world.last_verdict(), Verdict::KeySetUnavailable, "{status}");
    }
}

#[tokio::test]
async fn jku_may_be_the_registered_url() {
    let (url, _) = serve_keys("max-age=300").await;
    let world = World::with(|settings| settings.jwks = KeySource::Url(url.clone())).await;
    assert_eq!(world.present(&world.assertion().header("jku", url)).await.status, 200);
}
