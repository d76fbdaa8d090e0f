//! Requests as an HTTP API passes them to a function (payload format 2.0).

use serde_json::{Value, json};

/// A request of this method for this path.
pub fn request(method: &str, path: &str) -> Value {
    json!({
        "version": "2.0",
        "routeKey": format!("{method} /{{connection}}/jwks.json"),
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"accept": "application/json", "host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "Epic"},
            "requestId": "JKJaXmPLvHcESHA=",
            "stage": "$default",
        },
        "pathParameters": {"connection": path.trim_start_matches('/').split('/').next()},
        "isBase64Encoded": false,
    })
}

/// The same with an `If-None-Match`.
pub fn conditional(method: &str, path: &str, if_none_match: &str) -> Value {
    let mut event = request(method, path);
    event["headers"]["if-none-match"] = json!(if_none_match);
    event
}
