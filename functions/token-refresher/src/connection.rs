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
        let ConnectionConfig { client_id, token_endpoint, audience, scopes } = config;
        Self { client_id, scopes, token_endpoint: TokenEndpoint::new(http, token_endpoint, audience) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_audience_is_the_token_endpoint_as_it_was_written() {
        for written in
            ["https://AUTH.example.org:443/token", "https://auth.example.org", "https://auth.example.org/a/../token"]
        {
            let settings = [("client_id", "c"), ("token_endpoint", written), ("scopes", "system/Patient.rs")];
            let settings: BTreeMap<_, _> = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            let config = ConnectionConfig::from_settings(&settings).unwrap();
            let connection = Connection::new(config, shared::http::client().unwrap());
            assert_eq!(connection.token_endpoint.audience(), written);
        }
    }
}
