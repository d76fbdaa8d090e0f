//! The schedules that the local AWS fires.

use careline::local_stack::LocalStack;
use serde_json::{Value, json};

/// Stops a connection's schedule: from now on no run of it begins that could take a lease or replace a token in the middle
/// of a test. One that began before may be under way.
pub async fn stop(stack: &LocalStack, connection: &str) {
    let list = ask(stack, reqwest::Method::GET, "", None).await;
    let mut stopped = 0;
    for listed in list["Schedules"].as_array().expect("schedules") {
        let name = listed["Name"].as_str().expect("a name");
        let mut schedule = ask(stack, reqwest::Method::GET, &format!("/{name}"), None).await;
        let input = schedule["Target"]["Input"].as_str().expect("an event").as_bytes();
        let event: Value = shared::json::decode(input).expect("JSON");
        if event["connection"] == connection {
            schedule["State"] = json!("DISABLED");
            ask(stack, reqwest::Method::PUT, &format!("/{name}"), Some(schedule)).await;
            stopped += 1;
        }
    }
    assert_eq!(stopped, 1, "schedules of {connection} in {list}");
}

async fn ask(stack: &LocalStack, method: reqwest::Method, path: &str, body: Option<Value>) -> Value {
    let request = shared::http::client().expect("an HTTP client").request(method, format!("{}/schedules{path}", stack.endpoint())).header(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/scheduler/aws4_request, SignedHeaders=host, Signature=0",
    );
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body.to_string()),
        None => request,
    };
    let response = request.send().await.expect("the local AWS");
    let status = response.status();
    let answer = shared::http::read_body(response).await.expect("an answer");
    assert!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&answer));
    shared::json::decode(&answer).expect("JSON")
}
