//! ACM PCA on this machine. The local AWS has none, so another server (moto, pinned, installed inside the checkout) is in
//! the place of that one endpoint.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::error::LocalStackError;
use super::runner::Runner;
use super::{on_a_thread, python, stop};
use crate::certificate::private_ca::AWS_ENDPOINT_URL_ACM_PCA;

/// The list of Python packages, within the checkout.
const REQUIREMENTS: &str = "cli/local-stack/requirements-private-ca.txt";
/// What runs it, within the checkout.
const SCRIPT: &str = "cli/local-stack/private_ca.py";

/// A running ACM PCA, with no private CA in it at first. Dropping it, or the death of this process, ends it and all that
/// was made in it.
#[derive(Debug)]
pub struct PrivateCaServer {
    runner: Runner,
    endpoint: String,
}

/// The server, ready.
#[derive(Deserialize)]
struct Ready {
    endpoint: String,
}

impl PrivateCaServer {
    /// Installs what is missing and starts it on a loopback port. `tell` is given each step as it begins.
    ///
    /// # Errors
    /// [`LocalStackError`], in words for the person at the terminal.
    pub async fn start(checkout: &Path, tell: &mut dyn FnMut(&str)) -> Result<Self, LocalStackError> {
        let checkout = checkout.to_owned();
        on_a_thread(tell, move |tell| {
            let python = python::environment(&checkout, "private-ca", &checkout.join(REQUIREMENTS), tell)?;
            tell("starting the local ACM PCA");
            let no_plan = BTreeMap::<String, String>::new();
            let (runner, Ready { endpoint }) = Runner::start(&python, &checkout.join(SCRIPT), &no_plan, tell)?;
            Ok(Self { runner, endpoint })
        })
        .await
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The variable by which the clients of ACM PCA, and no others, are pointed to it.
    pub fn environment(&self) -> BTreeMap<String, String> {
        BTreeMap::from([(AWS_ENDPOINT_URL_ACM_PCA.name.to_owned(), self.endpoint.clone())])
    }

    /// Ends it and waits until it has ended.
    pub async fn stop(self) {
        stop(self.runner).await;
    }
}
