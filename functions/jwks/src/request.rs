//! A request as the HTTP API passes it on (payload format 2.0): of it is read what an answer depends on, and the rest may
//! be anything.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use shared::connection::ConnectionName;
use shared::json::{self, DecodeError};

/// What a connection's set is called.
const FILE: &str = "/jwks.json";

/// A request for a set.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// What is to be done.
    pub(crate) method: Method,
    /// Whose set is asked for; `None` where the path names nothing that could be a connection.
    pub(crate) connection: Option<ConnectionName>,
    /// The `If-None-Match` field.
    pub(crate) if_none_match: Option<String>,
}

/// A request's method, as far as we tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// The set.
    Get,
    /// As GET, without the body.
    Head,
    /// None that we answer.
    Other,
}

/// An event that is not an HTTP API's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MalformedRequest {
    /// Its JSON is another.
    #[error("the event can't be read")]
    Json(#[source] DecodeError),
    /// It tells no method.
    #[error("the event tells no HTTP method")]
    NoMethod,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    raw_path: Option<String>,
    path_parameters: Option<PathParameters>,
    request_context: Option<RequestContext>,
    headers: Option<Headers>,
}

/// Of the header fields, the one that is read. The others' names are anybody's words: they are passed over, so that no error
/// can name one.
#[derive(Default)]
struct Headers {
    if_none_match: Option<String>,
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Headers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("header fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Headers, A::Error> {
                let mut headers = Headers::default();
                // The HTTP API writes names in lower case and joins what comes several times; others may not.
                while let Some(name) = fields.next_key::<String>()? {
                    if name.eq_ignore_ascii_case("if-none-match") {
                        headers.if_none_match = fields.next_value()?;
                    } else {
                        fields.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(headers)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

#[derive(Deserialize)]
struct PathParameters {
    connection: Option<String>,
}

#[derive(Deserialize)]
struct RequestContext {
    http: Option<Http>,
}

#[derive(Deserialize)]
struct Http {
    method: Option<String>,
}

impl Method {
    /// Its name in the log.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Other => "other",
        }
    }
}

impl Request {
    /// Reads an event.
    ///
    /// # Errors
    /// [`MalformedRequest`], which repeats nothing of it.
    pub(crate) fn decode(payload: &str) -> Result<Self, MalformedRequest> {
        let payload: Payload = json::decode(payload.as_bytes()).map_err(MalformedRequest::Json)?;
        let method = payload.request_context.and_then(|context| context.http?.method);
        let method = match method.ok_or(MalformedRequest::NoMethod)?.as_str() {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            _ => Method::Other,
        };
        let parameter = payload.path_parameters.and_then(|parameters| parameters.connection);
        // A route without parameters, such as `$default`, tells the path only; a stage or a mapping may stand before it.
        let raw_path = payload.raw_path.as_deref().unwrap_or_default();
        let segment = raw_path.strip_suffix(FILE).and_then(|path| path.rsplit('/').next());
        let connection = parameter.as_deref().or(segment).and_then(|name| ConnectionName::parse(name).ok());
        let if_none_match = payload.headers.unwrap_or_default().if_none_match;
        Ok(Self { method, connection, if_none_match })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn decode(event: &Value) -> Result<Request, MalformedRequest> {
        Request::decode(&event.to_string())
    }

    fn get(raw_path: &str) -> Value {
        json!({"version": "2.0", "routeKey": "GET /{connection}/jwks.json", "rawPath": raw_path, "rawQueryString": "",
            "headers": {"accept": "application/json", "host": "id.execute-api.us-east-1.amazonaws.com"},
            "requestContext": {"accountId": "123456789012", "http": {"method": "GET", "path": raw_path}},
            "isBase64Encoded": false})
    }

    #[test]
    fn the_connection_is_the_paths_parameter_or_stands_before_the_file() {
        let sandbox = Some(ConnectionName::parse("sandbox").unwrap());
        let mut event = get("/anything");
        event["pathParameters"] = json!({"connection": "sandbox"});
        let expected = Request { method: Method::Get, connection: sandbox.clone(), if_none_match: None };
        assert_eq!(decode(&event), Ok(expected));
        for path in ["/sandbox/jwks.json", "/stage/sandbox/jwks.json"] {
            assert_eq!(decode(&get(path)).unwrap().connection, sandbox, "{path}");
        }
    }

    #[test]
    fn what_names_no_connection_is_none() {
        for path in ["", "/", "/jwks.json", "jwks.json", "/sandbox", "/sandbox/", "/sandbox/jwks.json/", "//jwks.json"]
        {
            assert_eq!(decode(&get(path)).unwrap().connection, None, "{path}");
        }
        let mut event = get("/sandbox/jwks.json");
        for name in ["", "Sandbox", "../sandbox", "a b", &"a".repeat(33)] {
            event["pathParameters"] = json!({"connection": name});
            assert_eq!(decode(&event).unwrap().connection, None, "{name}");
        }
    }

    #[test]
    fn a_method_is_told_exactly() {
        let mut event = get("/sandbox/jwks.json");
        for (method, read) in
            [("HEAD", Method::Head), ("POST", Method::Other), ("get", Method::Other), ("", Method::Other)]
        {
            event["requestContext"]["http"]["method"] = json!(method);
            assert_eq!(decode(&event).unwrap().method, read, "{method}");
        }
    }

    #[test]
    fn a_header_is_found_whatever_its_case() {
        for name in ["if-none-match", "If-None-Match", "IF-NONE-MATCH"] {
            let mut event = get("/sandbox/jwks.json");
            event["headers"] = json!({name: "\"x\"", "x-forwarded-for": null});
            assert_eq!(decode(&event).unwrap().if_none_match.as_deref(), Some("\"x\""), "{name}");
        }
        for headers in [Value::Null, json!({}), json!({"if-none-match": null})] {
            let mut event = get("/sandbox/jwks.json");
            event["headers"] = headers;
            assert_eq!(decode(&event).unwrap().if_none_match, None);
        }
    }

    #[test]
    fn what_is_not_an_http_apis_is_refused_and_not_repeated() {
        let version_1 = json!({"version": "1.0", "httpMethod": "GET", "path": "/s3cret/jwks.json"});
        for event in
            [json!({}), json!("s3cret"), json!({"headers": "s3cret"}), json!({"rawPath": ["s3cret"]}), version_1]
        {
            let error = decode(&event).unwrap_err();
            let shown = format!("{} {error:?}", shared::telemetry::ErrorChain(&error));
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
}
