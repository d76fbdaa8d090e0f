//! The simulator, asked over its socket. Each test starts from a working world and bends one thing.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{self, HeaderMap};
use ring::rand::SystemRandom;
use ring::signature::{self, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Map, Value, json};

use crate::Simulator;
use crate::requests::Verdict;
use crate::settings::{KeySource, Settings};

mod access;
mod client_assertion;
mod control;
mod faults;
mod key_set;
mod medication_search;
mod paging;
mod patient_search;
mod restrictions;
mod stu3;
mod token_request;

const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const CLIENT_KEY: &[u8] = include_bytes!("tests/keys/client.pk8");
const OTHER_KEY: &[u8] = include_bytes!("tests/keys/other.pk8");

/// A simulator with a registered client, a clock of its own, and what asks it.
struct World {
    simulator: Simulator,
    http: reqwest::Client,
    now: Arc<Mutex<Timestamp>>,
}

/// An answer, read whole.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl World {
    async fn working() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(bend: impl FnOnce(&mut Settings)) -> Self {
        let now = Arc::new(Mutex::new("2026-11-23T12:00:00Z".parse::<Timestamp>().unwrap()));
        let clock = Arc::clone(&now);
        let mut settings = Settings {
            client_id: "the-client".to_owned(),
            jwks: KeySource::Set(json!({"keys": [jwk(CLIENT_KEY, "key-1")]})),
            now: Arc::new(move || *clock.lock().unwrap()),
            ..Settings::default()
        };
        bend(&mut settings);
        let simulator = Simulator::start(settings).await.unwrap();
        let http = crate::token_endpoint::key_set::client().unwrap();
        Self { simulator, http, now }
    }

    fn pass(&self, seconds: i64) {
        *self.now.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    /// An assertion that is right in everything.
    fn assertion(&self) -> Assertion {
        let now = self.now.lock().unwrap().as_second();
        let mut jti = [0; 16];
        getrandom::fill(&mut jti).unwrap();
        let object = |value: Value| value.as_object().unwrap().clone();
        Assertion {
            header: object(json!({"alg": "RS384", "typ": "JWT", "kid": "key-1"})),
            claims: object(json!({
                "iss": "the-client",
                "sub": "the-client",
                "aud": self.simulator.token_endpoint(),
                "jti": URL_SAFE_NO_PAD.encode(jti),
                "iat": now - 20,
                "nbf": now - 20,
                "exp": now + 240,
            })),
            key: CLIENT_KEY,
        }
    }

    async fn present(&self, assertion: &Assertion) -> Answer {
        self.post_token(&form(&assertion.jwt())).await
    }

    async fn post_token(&self, body: &str) -> Answer {
        let request = self.http.post(self.simulator.token_endpoint()).body(body.to_owned());
        Answer::of(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")).await
    }

    async fn token(&self) -> String {
        let answer = self.present(&self.assertion()).await;
        answer.body["access_token"].as_str().expect("a token").to_owned()
    }

    async fn get(&self, path: &str) -> Answer {
        let token = self.simulator.control().issue_token();
        let url = format!("{}/{path}", self.simulator.fhir_base_url());
        Answer::of(self.http.get(url).bearer_auth(token)).await
    }

    async fn follow(&self, url: &str) -> Answer {
        Answer::of(self.http.get(url).bearer_auth(self.simulator.control().issue_token())).await
    }

    async fn search(&self, resource_type: &str, parameters: &[(&str, &str)]) -> Answer {
        let token = self.simulator.control().issue_token();
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        let url = format!("{}/{resource_type}/_search", self.simulator.fhir_base_url());
        let request = self.http.post(url).bearer_auth(token).body(body);
        Answer::of(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")).await
    }

    fn last_verdict(&self) -> Verdict {
        self.simulator.requests().token.last().expect("a token request").verdict
    }
}

impl Answer {
    async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.unwrap();
        Self { status, headers, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
    }

    /// The ids of the entries of one search mode.
    fn ids(&self, mode: &str) -> Vec<&str> {
        let entries = self.body["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of_mode = entries.iter().filter(|entry| entry["search"]["mode"] == mode);
        of_mode.map(|entry| entry["resource"]["id"].as_str().unwrap_or_default()).collect()
    }

    fn matches(&self) -> Vec<&str> {
        self.ids("match")
    }

    /// Epic's codes, of an `OperationOutcome` or of those in a Bundle.
    fn codes(&self) -> Vec<&str> {
        let entries = self.body["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
        let outcomes = entries.iter().map(|entry| &entry["resource"]).chain([&self.body]);
        let issues = outcomes
            .filter(|resource| resource["resourceType"] == "OperationOutcome")
            .flat_map(|outcome| outcome["issue"].as_array().unwrap());
        issues.map(|issue| issue["details"]["coding"][0]["code"].as_str().unwrap()).collect()
    }

    fn next(&self) -> Option<String> {
        let links = self.body["link"].as_array()?;
        let next = links.iter().find(|link| link["relation"] == "next")?;
        next["url"].as_str().map(str::to_owned)
    }

    #[track_caller]
    fn check(&self, status: u16, codes: &[&str]) {
        assert_eq!((self.status, self.codes().as_slice()), (status, codes), "{:#}", self.body);
    }
}

/// A client assertion in the making.
struct Assertion {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    key: &'static [u8],
}

impl Assertion {
    fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(name.to_owned(), value.into());
        self
    }

    fn without_claim(mut self, name: &str) -> Self {
        self.claims.remove(name).expect("a claim to leave out");
        self
    }

    fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header.insert(name.to_owned(), value.into());
        self
    }

    fn signed_by(self, key: &'static [u8]) -> Self {
        Self { key, ..self }
    }

    fn jwt(&self) -> String {
        let segment = |object: &Map<String, Value>| URL_SAFE_NO_PAD.encode(serde_json::to_vec(object).unwrap());
        let signed = format!("{}.{}", segment(&self.header), segment(&self.claims));
        let padding: &dyn signature::RsaEncoding = match self.header["alg"].as_str() {
            Some("RS256") => &signature::RSA_PKCS1_SHA256,
            Some("RS512") => &signature::RSA_PKCS1_SHA512,
            _ => &signature::RSA_PKCS1_SHA384,
        };
        let key = RsaKeyPair::from_pkcs8(self.key).unwrap();
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(padding, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn jwk(key: &[u8], kid: &str) -> Value {
    let public: RsaPublicKeyComponents<Vec<u8>> = RsaKeyPair::from_pkcs8(key).unwrap().public().into();
    json!({
        "kty": "RSA",
        "kid": kid,
        "n": URL_SAFE_NO_PAD.encode(public.n),
        "e": URL_SAFE_NO_PAD.encode(public.e),
    })
}

fn form(jwt: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_assertion_type", ASSERTION_TYPE)
        .append_pair("client_assertion", jwt)
        .finish()
}
