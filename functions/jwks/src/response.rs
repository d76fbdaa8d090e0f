//! An answer as the HTTP API takes it (payload format 2.0).

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::entity_tag::EntityTag;
use crate::key_sets::KeySet;

/// What `Allow` lists: nothing else is done here.
const METHODS: &str = "GET, HEAD";
/// When to come again, in seconds, where no set could be read: most of what ails a table passes within that.
const RETRY_AFTER_SECONDS: &str = "5";

/// An answer: status, header fields, body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// The HTTP status.
    status_code: u16,
    headers: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

impl Response {
    /// The HTTP status.
    pub(crate) fn status(&self) -> u16 {
        self.status_code
    }

    /// 200 with the set.
    pub(crate) fn set(set: &KeySet, max_age: Duration) -> Self {
        let mut response = Self::cacheable(200, &set.entity_tag, max_age);
        response.headers.insert("Content-Type", "application/json".to_owned());
        response.body = Some(set.body.clone());
        response
    }

    /// 304: whoever asks has the set. It tells all that they may have to update of what they kept.
    pub(crate) fn not_modified(entity_tag: &EntityTag, max_age: Duration) -> Self {
        Self::cacheable(304, entity_tag, max_age)
    }

    /// 400: not a request.
    pub(crate) fn bad_request() -> Self {
        Self::failure(400)
    }

    /// 404: there is no such set, or not yet; so nobody may keep this.
    pub(crate) fn not_found() -> Self {
        Self::failure(404)
    }

    /// 405 with the methods that there are.
    pub(crate) fn method_not_allowed() -> Self {
        let mut response = Self::failure(405);
        response.headers.insert("Allow", METHODS.to_owned());
        response
    }

    /// 503: the set could not be read.
    pub(crate) fn unavailable() -> Self {
        let mut response = Self::failure(503);
        response.headers.insert("Retry-After", RETRY_AFTER_SECONDS.to_owned());
        response
    }

    /// The same answer to HEAD: all of it but the body.
    pub(crate) fn without_body(self) -> Self {
        Self { body: None, ..self }
    }

    fn cacheable(status: u16, entity_tag: &EntityTag, max_age: Duration) -> Self {
        let mut response = Self::new(status, format!("public, max-age={}", max_age.as_secs()));
        response.headers.insert("ETag", entity_tag.to_field());
        response
    }

    fn failure(status: u16) -> Self {
        Self::new(status, "no-store".to_owned())
    }

    fn new(status_code: u16, cache_control: String) -> Self {
        let headers = [("Cache-Control", cache_control), ("X-Content-Type-Options", "nosniff".to_owned())];
        Self { status_code, headers: headers.into(), body: None }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn json_of(response: &Response) -> Value {
        serde_json::to_value(response).unwrap()
    }

    #[test]
    fn a_set_may_be_kept_and_is_named_by_its_tag() {
        let set = KeySet::of_body(r#"{"keys":[]}"#.to_owned());
        let response = Response::set(&set, Duration::from_secs(3600));
        let headers = json!({"Cache-Control": "public, max-age=3600", "Content-Type": "application/json",
            "ETag": set.entity_tag.to_field(), "X-Content-Type-Options": "nosniff"});
        assert_eq!(json_of(&response), json!({"statusCode": 200, "headers": headers, "body": r#"{"keys":[]}"#}));
        assert_eq!(json_of(&response.without_body()), json!({"statusCode": 200, "headers": headers}));

        let headers = json!({"Cache-Control": "public, max-age=3600", "ETag": set.entity_tag.to_field(),
            "X-Content-Type-Options": "nosniff"});
        let not_modified = Response::not_modified(&set.entity_tag, Duration::from_secs(3600));
        assert_eq!(json_of(&not_modified), json!({"statusCode": 304, "headers": headers}));
    }

    #[test]
    fn nobody_may_keep_a_failure() {
        for (response, status, field) in [
            (Response::bad_request(), 400, None),
            (Response::not_found(), 404, None),
            (Response::method_not_allowed(), 405, Some(("Allow", "GET, HEAD"))),
            (Response::unavailable(), 503, Some(("Retry-After", "5"))),
        ] {
            let mut headers = json!({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"});
            if let Some((name, value)) = field {
                headers[name] = json!(value);
            }
            assert_eq!(json_of(&response), json!({"statusCode": status, "headers": headers}));
        }
    }
}
