//! The FHIR client: every request with a token, within its caller's budget, and never to another server.

use std::collections::HashSet;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use url::Url;

use super::bundle::{Bundle, Next};
use super::error::FhirError;
use super::field;
use super::operation_outcome::OperationOutcome;
use super::search::{Search, SearchMethod, SearchSet, issues};
use super::version::FhirVersion;
use crate::access_token::AccessToken;
use crate::access_token::source::AccessTokenSource;
use crate::aws::connector::RequestCounter;
use crate::connection::ConnectionName;
use crate::deadline::Deadline;
use crate::http::{self, HttpError};

/// The wait before the one retry of a 429, a 5xx or a broken exchange: longer, and the caller waits in silence.
const RETRY_AFTER_FAILURE: Duration = Duration::from_millis(200);
/// The first try takes at most this share of what is left, so that a connection that hangs (one that was cut while the
/// function was frozen, for example) leaves time for another.
const FIRST_TRY_SHARE: f64 = 0.6;

/// So many connections may be kept: as many requests as go out side by side. Each may be gone when it is used again (whatever
/// stands between forgets one that is idle, and says so only then), and only using it tells.
const KEPT_CONNECTIONS: u32 = 4;

/// The most that is kept of a search's pages before another is asked for: 25 of the largest that Epic gives. Ten charts are
/// read side by side, in half a gigabyte.
const ROOM_FOR_PAGES: usize = 2 * http::BODY_LIMIT;

/// Reads one connection's charts.
#[derive(Debug, Clone)]
pub struct FhirClient {
    http: reqwest::Client,
    base_url: Url,
    version: FhirVersion,
    tokens: AccessTokenSource,
    requests: RequestCounter,
}

/// A request that can be sent again.
struct Request {
    method: Method,
    url: Url,
    form: Option<String>,
}

/// What came of one try.
enum Try {
    Answered(Vec<u8>),
    TokenRefused,
    Failed { error: FhirError, retry_after: Option<Duration> },
}

impl FhirClient {
    /// A client of the FHIR R4 server at `base_url`, whose requests are counted in `requests`.
    pub fn new(http: reqwest::Client, mut base_url: Url, tokens: AccessTokenSource, requests: RequestCounter) -> Self {
        if !base_url.path().ends_with('/') {
            let path = format!("{}/", base_url.path());
            base_url.set_path(&path);
        }
        Self { http, base_url, version: FhirVersion::R4, tokens, requests }
    }

    /// The same client, of a server that speaks `version`.
    #[must_use]
    pub fn speaking(self, version: FhirVersion) -> Self {
        Self { version, ..self }
    }

    /// FHIR's version there.
    pub fn version(&self) -> FhirVersion {
        self.version
    }

    /// The FHIR server's base URL, with a slash at its end.
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// Whose Epic this reads.
    pub fn connection(&self) -> &ConnectionName {
        self.tokens.connection()
    }

    /// Searches, and reads all pages up to the search's limit.
    ///
    /// Paging that can't go on (the limit, no room, a loop, a link to another server, a later page that fails), or that ends
    /// before the matches that the server counts, leaves what was read, marked as [`SearchSet::truncated`].
    ///
    /// # Errors
    /// [`FhirError`], also where the answer itself reports a failure or a restriction.
    pub async fn search(&self, search: &Search<'_>, deadline: Deadline) -> Result<SearchSet, FhirError> {
        match self.search_once(search, deadline).await {
            // Epic keeps a search's pages for a while only (4113): the pages of a new search start over.
            Err((FhirError::SessionExpired, _)) => match self.search_once(search, deadline).await {
                Err((FhirError::SessionExpired, read)) if !read.pages.is_empty() => Ok(read),
                result => result.map_err(|(error, _)| error),
            },
            result => result.map_err(|(error, _)| error),
        }
    }

    /// As [`FhirClient::search`], for a search by a chart's id: once more by GET where the server doesn't read the form.
    ///
    /// An Epic before February 2026 doesn't, and finds no parameters (4110); FHIR lets a server answer 405 to one of the two
    /// ways to search. A chart's id tells nobody whose it is, so that it may stand in a URL; what a caller said may not, and
    /// there the site decides.
    ///
    /// # Errors
    /// [`FhirError`].
    pub async fn search_chart(&self, search: &Search<'_>, deadline: Deadline) -> Result<SearchSet, FhirError> {
        match self.search(search, deadline).await {
            Err(FhirError::BadRequest { code: Some(4110) } | FhirError::Status { status: 405 | 501 }) => {
                tracing::info!(code = "fhir-post-search-ignored", "searching by GET");
                self.search(&Search { method: SearchMethod::Get, ..*search }, deadline).await
            }
            result => result,
        }
    }

    /// Reads one resource.
    ///
    /// # Errors
    /// [`FhirError`]; [`FhirError::BadRequest`] for an id that is none.
    pub async fn read(&self, resource_type: &'static str, id: &str, deadline: Deadline) -> Result<Vec<u8>, FhirError> {
        // An id becomes part of a URL, and nothing else may.
        let is_id = (1..=256).contains(&id.len())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
            && !id.chars().all(|c| c == '.');
        if !is_id {
            return Err(FhirError::BadRequest { code: None });
        }
        let url = self.base_url.join(&format!("{resource_type}/{id}")).map_err(|_| FhirError::ForeignLink)?;
        self.send(&Request { method: Method::GET, url, form: None }, deadline).await
    }

    async fn search_once(&self, search: &Search<'_>, deadline: Deadline) -> Result<SearchSet, (FhirError, SearchSet)> {
        let mut set = SearchSet::default();
        let mut request = match self.first_request(search) {
            Ok(request) => request,
            Err(error) => return Err((error, set)),
        };
        let mut seen = HashSet::new();
        loop {
            let page = match self.page(&request, deadline).await {
                Ok(page) => page,
                Err(error) if set.pages.is_empty() || error.forbids() => return Err((error, set)),
                Err(error) => {
                    set.truncated = true;
                    if error == FhirError::SessionExpired {
                        return Err((error, set));
                    }
                    tracing::warn!(code = "fhir-page-failed", reason = error.code(), "a later page could not be read");
                    return Ok(set);
                }
            };
            let next = self.next(&page);
            set.push(page);
            match next {
                Ok(None) => {
                    if set.lacks_matches(search.resource_type) {
                        tracing::warn!(code = "fhir-matches-missing", "the server counts more matches than it gave");
                        set.truncated = true;
                    }
                    return Ok(set);
                }
                Ok(Some(url)) if set.has_room(search.page_limit, ROOM_FOR_PAGES) && seen.insert(url.clone()) => {
                    request = Request { method: Method::GET, url, form: None };
                }
                Ok(Some(_)) => {
                    tracing::warn!(code = "fhir-too-many-pages", pages = set.pages.len(), "paging ended early");
                    set.truncated = true;
                    return Ok(set);
                }
                Err(error) => {
                    tracing::warn!(code = error.code(), "a paging link can't be followed");
                    set.truncated = true;
                    return Ok(set);
                }
            }
        }
    }

    fn first_request(&self, search: &Search<'_>) -> Result<Request, FhirError> {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(search.parameters).finish();
        let Search { resource_type, method, .. } = search;
        let (path, method) = match method {
            SearchMethod::Post => (format!("{resource_type}/_search"), Method::POST),
            SearchMethod::Get => ((*resource_type).to_owned(), Method::GET),
        };
        let mut url = self.base_url.join(&path).map_err(|_| FhirError::ForeignLink)?;
        if method == Method::GET {
            url.set_query(Some(&form));
            return Ok(Request { method, url, form: None });
        }
        Ok(Request { method, url, form: Some(form) })
    }

    /// One page, checked to be one, and to report no failure.
    async fn page(&self, request: &Request, deadline: Deadline) -> Result<Vec<u8>, FhirError> {
        let page = self.send(request, deadline).await?;
        if !Bundle::decode(&page).map_err(FhirError::NotJson)?.is_bundle() {
            return Err(outcome_failure(&page).unwrap_or(FhirError::NotABundle));
        }
        worst(issues(&page).into_iter().filter_map(|issue| issue.failure())).map_or(Ok(page), Err)
    }

    /// Where the next page is; an error for a link that must not or can't be followed.
    fn next(&self, page: &[u8]) -> Result<Option<Url>, FhirError> {
        let bundle = Bundle::decode(page).map_err(FhirError::NotJson)?;
        match bundle.next() {
            Next::None => Ok(None),
            Next::Malformed => Err(FhirError::ForeignLink),
            Next::At(link) => {
                let url = self.base_url.join(link).map_err(|_| FhirError::ForeignLink)?;
                // A token must not travel to another server, whatever the answer says.
                if http::same_origin(&url, &self.base_url) { Ok(Some(url)) } else { Err(FhirError::ForeignLink) }
            }
        }
    }

    /// Sends a request until it is answered: once, after a 401 once more with a newer token, after a passing failure once
    /// more, and at once on another connection where one breaks.
    async fn send(&self, request: &Request, deadline: Deadline) -> Result<Vec<u8>, FhirError> {
        let mut token = self.tokens.usable(deadline).await.map_err(FhirError::Token)?;
        let (mut replaced, mut retried, mut gone) = (false, false, 0);
        loop {
            match self.try_once(request, &token, retried, deadline).await {
                Try::Answered(body) => return Ok(body),
                Try::TokenRefused if replaced => {
                    let code = FhirError::FreshTokenRefused.code();
                    self.tokens.tell_fresh_token_refused();
                    tracing::error!(code, "Epic refused a token that was replaced a moment ago");
                    return Err(FhirError::FreshTokenRefused);
                }
                Try::TokenRefused => {
                    replaced = true;
                    token = self.tokens.replacing(token.version, deadline).await.map_err(FhirError::Token)?;
                }
                Try::Failed { error: FhirError::Http(HttpError::Broken), .. } if gone < KEPT_CONNECTIONS => gone += 1,
                Try::Failed { error, retry_after } => {
                    let wait = retry_after.unwrap_or_default().max(RETRY_AFTER_FAILURE);
                    // Twice the wait: a retry with less time than was waited for it is no chance.
                    if retried || !is_worth_retrying(&error) || deadline.for_request() < wait.saturating_mul(2) {
                        return Err(error);
                    }
                    retried = true;
                    tracing::debug!(code = "fhir-retry", reason = error.code(), "trying once more");
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    async fn try_once(&self, request: &Request, token: &AccessToken, retried: bool, deadline: Deadline) -> Try {
        let left = deadline.for_request();
        if left.is_zero() {
            return Try::Failed { error: FhirError::Timeout, retry_after: None };
        }
        let limit = if retried { left } else { left.mul_f64(FIRST_TRY_SHARE) };
        tokio::time::timeout(limit, self.exchange(request, token))
            .await
            .unwrap_or(Try::Failed { error: FhirError::Timeout, retry_after: None })
    }

    async fn exchange(&self, request: &Request, token: &AccessToken) -> Try {
        let failed = |error: HttpError| Try::Failed {
            error: if error == HttpError::Timeout { FhirError::Timeout } else { FhirError::Http(error) },
            retry_after: None,
        };
        let Ok(mut authorization) = HeaderValue::from_str(&format!("Bearer {}", token.secret())) else {
            // A token that is no header value was never one.
            return Try::TokenRefused;
        };
        authorization.set_sensitive(true);
        let mut message = reqwest::Request::new(request.method.clone(), request.url.clone());
        message.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/fhir+json"));
        message.headers_mut().insert(AUTHORIZATION, authorization);
        if let Some(form) = &request.form {
            let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
            message.headers_mut().insert(CONTENT_TYPE, form_type);
            *message.body_mut() = Some(form.clone().into());
        }
        self.requests.add();
        let response = match self.http.execute(message).await {
            Ok(response) => response,
            Err(error) => return failed(HttpError::new(&error)),
        };
        let status = response.status();
        let retry_after = retry_after(&response);
        let body = match http::read_body(response).await {
            Ok(body) => body,
            Err(error) => return failed(error),
        };
        if status.is_success() {
            return Try::Answered(body);
        }
        if status == StatusCode::UNAUTHORIZED {
            return Try::TokenRefused;
        }
        Try::Failed { error: failure(status, &body), retry_after }
    }
}

/// What an answer means that is none: what its body says, unless its status says more.
fn failure(status: StatusCode, body: &[u8]) -> FhirError {
    match outcome_failure(body) {
        // There is no such way to ask, in whatever words that is said.
        _ if matches!(status.as_u16(), 405 | 501) => status_failure(status),
        // FHIR's most general code, which HAPI's servers have for everything: something went wrong.
        Some(FhirError::Failure { code }) if status == StatusCode::FORBIDDEN => FhirError::NotAuthorized { code },
        Some(FhirError::Failure { code: None }) if status.is_client_error() => status_failure(status),
        said => said.unwrap_or_else(|| status_failure(status)),
    }
}

/// What an error's body says.
fn outcome_failure(body: &[u8]) -> Option<FhirError> {
    let outcome: OperationOutcome = field::resource(body).ok()?;
    let outcome = outcome.is_one().then_some(outcome)?;
    worst(outcome.issues().filter_map(|issue| issue.failure()))
}

/// Of several failures the one that decides: a restriction is policy, whatever else went wrong.
fn worst(mut failures: impl Iterator<Item = FhirError>) -> Option<FhirError> {
    let first = failures.next()?;
    if first == FhirError::Restricted || failures.any(|failure| failure == FhirError::Restricted) {
        return Some(FhirError::Restricted);
    }
    Some(first)
}

/// What a status says that comes without a word of FHIR's. Only 403 means something by itself: so Epic refuses a client an
/// API. A 404 or 400 may be anybody's who stands at this URL.
fn status_failure(status: StatusCode) -> FhirError {
    match status.as_u16() {
        403 => FhirError::NotAuthorized { code: None },
        status => FhirError::Status { status },
    }
}

/// Whether the one retry may help: passing failures, but not where the server itself reported one in its words.
fn is_worth_retrying(error: &FhirError) -> bool {
    match error {
        FhirError::SessionExpired => false,
        error => error.is_transient(),
    }
}

/// The server's `Retry-After` in seconds. Epic sends none; what stands before it may.
fn retry_after(response: &reqwest::Response) -> Option<Duration> {
    response.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok().map(Duration::from_secs)
}
