//! A connection, ready to be asked for tokens: our app at one Epic.

use crate::config::ConnectionConfig;
use crate::scopes::Scopes;
use crate::token_endpoint::TokenEndpoint;

/// Our app at one Epic.
#[derive(Debug)]
pub(crate) struct Connection {
    /// Our client id there.
    pub(crate) client_id: String,
    /// What to ask for.
    pub(crate) scopes: Scopes,
    /// Where tokens are issued.
    pub(crate) token_endpoint: TokenEndpoint,
}

impl Connection {
    pub(crate) fn new(config: ConnectionConfig, http: reqwest::Client) -> Self {
        let ConnectionConfig { client_id, token_endpoint, scopes } = config;
        Self { client_id, scopes, token_endpoint: TokenEndpoint::new(http, token_endpoint) }
    }
}
