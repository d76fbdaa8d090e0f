//! The SDK's requests through our HTTP client, counted.
//!
//! One TLS stack and one set of roots for Epic and AWS; and since every attempt passes here, the count that a turn logs
//! is what was sent, not what was meant.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::{Headers, StatusCode};
use aws_smithy_runtime_api::shared::IntoShared as _;
use aws_smithy_types::body::SdkBody;

use crate::http::HttpError;

/// Counts the requests sent through it. Clones share the count.
#[derive(Debug, Clone, Default)]
pub struct RequestCounter(Arc<AtomicU64>);

impl RequestCounter {
    /// Requests sent so far.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts one.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// The SDK's HTTP client, made of ours.
#[derive(Debug, Clone)]
pub struct Connector {
    http: reqwest::Client,
    requests: RequestCounter,
}

impl Connector {
    /// A connector that sends through `http` and counts in `requests`.
    pub fn new(http: reqwest::Client, requests: RequestCounter) -> Self {
        Self { http, requests }
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let http = self.http.clone();
        self.requests.add();
        HttpConnectorFuture::new(async move {
            let request = to_reqwest(&request).ok_or_else(|| {
                ConnectorError::user("a request that can't be sent: streaming body, or malformed".into())
            })?;
            let response = http.execute(request).await.map_err(|error| connector_error(HttpError::new(&error)))?;
            let status =
                StatusCode::try_from(response.status().as_u16()).map_err(|_| connector_error(HttpError::Broken))?;
            let mut headers = Headers::new();
            for (name, value) in response.headers() {
                if let Ok(value) = value.to_str() {
                    headers.append(name.as_str().to_owned(), value.to_owned());
                }
            }
            let body = crate::http::read_body(response).await.map_err(connector_error)?;
            let mut response = HttpResponse::new(status, SdkBody::from(body));
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

fn to_reqwest(request: &HttpRequest) -> Option<reqwest::Request> {
    let method = request.method().parse().ok()?;
    let url = request.uri().parse().ok()?;
    let mut copy = reqwest::Request::new(method, url);
    for (name, value) in request.headers() {
        let name: reqwest::header::HeaderName = name.parse().ok()?;
        copy.headers_mut().append(name, value.parse().ok()?);
    }
    *copy.body_mut() = Some(request.body().bytes()?.to_vec().into());
    Some(copy)
}

fn connector_error(error: HttpError) -> ConnectorError {
    match error {
        HttpError::Timeout => ConnectorError::timeout(error.into()),
        HttpError::Connect | HttpError::Broken => ConnectorError::io(error.into()),
        HttpError::TooLarge => ConnectorError::other(error.into(), None),
    }
}
