//! Why a connection's settings were not changed.

use shared::aws::AwsError;
use shared::environment::ConfigError;
use shared::json::DecodeError;

use crate::deployment::DeploymentError;
use crate::operator::NotAgreed;

/// Why a connection's settings were not changed, or not taken up.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// The stack can't be worked on.
    #[error(transparent)]
    Deployment(DeploymentError),
    /// It was not agreed to.
    #[error(transparent)]
    NotAgreed(NotAgreed),
    /// A setting is not as it must be.
    #[error("nothing was changed: {0}")]
    Invalid(ConfigError),
    /// A setting that no function knows.
    #[error("nothing was changed: there is no setting {name}; there are: {known}")]
    Unknown {
        /// What was given.
        name: String,
        /// Those there are.
        known: String,
    },
    /// An option that must be JSON is none.
    #[error("nothing was changed: {option} must be JSON")]
    NotJson {
        /// The option.
        option: &'static str,
        /// Where it is none.
        #[source]
        source: DecodeError,
    },
    /// The settings can't be read.
    #[error("the connection's settings can't be read")]
    Read(#[source] AwsError),
    /// What is stored is no JSON object.
    #[error("the stored settings are no JSON object: mend the secret first")]
    Stored(#[source] DecodeError),
    /// The settings can't be written.
    #[error("the connection's settings can't be written")]
    Write(#[source] AwsError),
    /// The functions go on with the settings before.
    #[error("the settings are written, but {function} goes on with those before: run the same command again")]
    NotRestarted {
        /// The function.
        function: String,
        /// Why.
        #[source]
        source: AwsError,
    },
}

impl ConnectionError {
    /// Whether what was asked for makes no sense, as opposed to having gone wrong.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Deployment(error) => error.is_usage(),
            Self::Invalid(_) | Self::Unknown { .. } | Self::NotJson { .. } => true,
            Self::NotAgreed(error) => matches!(error, NotAgreed::NobodyToAsk),
            _ => false,
        }
    }
}
