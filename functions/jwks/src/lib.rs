//! jwks: serves the public keys with which Epic verifies our assertions.
//!
//! **Event.** A request to the HTTP API (payload format 2.0) for `/{connection}/jwks.json`, from anyone.
//! **Writes.** Nothing.
//! **On failure.** While the table can't be read, the set that was read last goes on being served; where there is none,
//! the answer is 503. Never an error: the HTTP API would make a 500 of it that names no cause.
//! **Needs.** `dynamodb:GetItem` of the table of signing keys. No KMS: the public parts are in the table, so that it
//! serves, after a cold start too, while KMS does not answer. It can't sign, and it reads no token and no call.

pub mod config;
mod endpoint;
mod entity_tag;
mod key_sets;
mod request;
mod response;

use std::convert::Infallible;

use lambda_runtime::LambdaEvent;
use serde_json::value::RawValue;
use shared::telemetry::ErrorChain;

pub use self::endpoint::JwksEndpoint;
use self::request::Request;
pub use self::response::Response;

/// Answers a request: see the crate's documentation.
///
/// # Errors
/// None.
pub async fn handle(endpoint: &JwksEndpoint, event: LambdaEvent<Box<RawValue>>) -> Result<Response, Infallible> {
    match Request::decode(event.payload.get()) {
        Ok(request) => Ok(endpoint.answer(&request).await),
        Err(error) => {
            tracing::error!(code = "undecodable-event", error = %ErrorChain(&error), "an event is not an HTTP API's");
            Ok(Response::bad_request())
        }
    }
}
