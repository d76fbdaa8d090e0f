//! Why a call did not take place, or not as it should.

use std::io;
use std::path::PathBuf;

use shared::connection::InvalidConnectionName;

use crate::contact_flow::definition::FlowDefinitionError;
use crate::lex::definition::NoSuchLanguage;
use crate::local_stack::LocalStackError;
use crate::script::ScriptError;
use crate::script::player::Difference;

/// Why a call did not take place, or not as it should: what, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The script's file can't be read.
    #[error("can't read the script {}", .path.display())]
    ReadScript {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The script is none.
    #[error("{} is not a script", .path.display())]
    Script {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: ScriptError,
    },
    /// The template's bots or its flow are beyond the stand-ins.
    #[error("template.yaml can't be played")]
    Definition(#[source] FlowDefinitionError),
    /// The connection's name is none.
    #[error("the local connection can't be named")]
    ConnectionName(#[source] InvalidConnectionName),
    /// The bots don't speak the language.
    #[error("choose another language")]
    Locale(#[source] NoSuchLanguage),
    /// No port for the key set or the simulator.
    #[error("can't listen on 127.0.0.1 for {what}")]
    Listen {
        /// For what.
        what: &'static str,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The local stack did not start.
    #[error("the local stack did not start")]
    LocalStack(#[source] LocalStackError),
    /// The local stack stopped answering.
    #[error("the functions' log can't be read")]
    Log(#[source] LocalStackError),
    /// The jwks function doesn't serve the set.
    #[error("our key set can't be had from the local stack")]
    KeySet,
    /// The key set could not be written.
    #[error("can't write the key set to {}", .path.display())]
    WriteKeySet {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// There is no access token.
    #[error("no access token: {0}")]
    Token(String),
    /// A played call differed from its script.
    #[error("the call went another way than {}\n{difference}", .script.display())]
    Difference {
        /// The script.
        script: PathBuf,
        /// The first difference.
        difference: Difference,
    },
    /// The sample call did not show what it is to show.
    #[error("the sample call did not go as it should: {0}")]
    Sample(&'static str),
    /// The terminal can't be read.
    #[error("can't read the terminal")]
    Terminal(#[source] io::Error),
}

impl CallError {
    /// Whether what was asked for makes no sense, as opposed to having gone wrong.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::ReadScript { .. } | Self::Script { .. } | Self::Locale(_))
    }
}
